#include "config.h"

#include "base/fika-zone-watch.h"

#include "base/fika-zone.h"

#include <glib-unix.h>
#include <errno.h>
#include <sys/inotify.h>
#include <unistd.h>

/* An update writes hundreds of files: it is told this long after the first, and again after more.
 */
#define QUIET_MS 500

/* What becomes of a file that is replaced, taken away, or written in place. */
#define FILE_EVENTS (IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_CLOSE_WRITE)
#define FOLDER_EVENTS (IN_CREATE | IN_MOVED_TO)

struct _FikaZoneWatch
{
  GObject parent_instance;

  int fd; /* -1 where the system has no more of them */
  GSource *source;
  int link;   /* watches; -1 where there is nothing to watch */
  int target; /* what the link leads to */
  int folder; /* of the link, while there is none */
  GSource *telling;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaZoneWatch, fika_zone_watch, G_TYPE_OBJECT)

static void
unwatch (FikaZoneWatch *self, int *watch)
{
  if (*watch >= 0)
    inotify_rm_watch (self->fd, *watch);
  *watch = -1;
}

/*
 * Watches the files that are there now. A folder is watched only while the link is not there: much
 * else is written to /etc, and each time would be a wake-up.
 */
static void
watch_files (FikaZoneWatch *self)
{
  const char *path = fika_zone_local_path ();

  unwatch (self, &self->link);
  unwatch (self, &self->target);
  unwatch (self, &self->folder);
  if (path == NULL)
    return;

  self->link = inotify_add_watch (self->fd, path, FILE_EVENTS | IN_DONT_FOLLOW);
  if (self->link < 0)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      self->folder = inotify_add_watch (self->fd, folder, FOLDER_EVENTS | IN_ONLYDIR);
      /* It may have come in between. */
      self->link = inotify_add_watch (self->fd, path, FILE_EVENTS | IN_DONT_FOLLOW);
      if (self->link >= 0)
        unwatch (self, &self->folder);
    }
  /* The same watch where it is no link. */
  self->target = inotify_add_watch (self->fd, path, FILE_EVENTS);
  if (self->target == self->link)
    self->target = -1;
}

static gboolean
tell_cb (gpointer user_data)
{
  FikaZoneWatch *self = user_data;

  g_clear_pointer (&self->telling, g_source_unref);
  watch_files (self);
  g_signal_emit (self, signals[CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Watches that end say so, which means nothing; nor does what else comes into the link's folder. */
static gboolean
concerns (FikaZoneWatch *self, const struct inotify_event *event)
{
  const char *path = fika_zone_local_path ();
  g_autofree char *name = NULL;

  if ((event->mask & IN_IGNORED) != 0)
    return FALSE;
  if (event->wd != self->folder || path == NULL || event->len == 0)
    return TRUE;
  name = g_path_get_basename (path);

  return g_str_equal (event->name, name);
}

static gboolean
ready_cb (int fd, GIOCondition condition, gpointer user_data)
{
  FikaZoneWatch *self = user_data;
  gboolean any = FALSE;
  union
  {
    struct inotify_event event;
    char bytes[4096];
  } buffer;
  ssize_t n;

  while ((n = read (fd, &buffer, sizeof buffer)) > 0)
    {
      for (const char *at = buffer.bytes; at < buffer.bytes + n;)
        {
          const struct inotify_event *event = (const void *) at;

          any |= concerns (self, event);
          at += sizeof *event + event->len;
        }
    }
  if (n < 0 && errno != EAGAIN && errno != EINTR)
    {
      g_debug ("The zone's files can be watched no longer: %s", g_strerror (errno));
      return G_SOURCE_REMOVE;
    }

  if (any && self->telling == NULL)
    {
      self->telling = g_timeout_source_new (QUIET_MS);
      g_source_set_callback (self->telling, tell_cb, self, NULL);
      g_source_attach (self->telling, g_source_get_context (self->source));
    }

  return G_SOURCE_CONTINUE;
}

static void
fika_zone_watch_finalize (GObject *object)
{
  FikaZoneWatch *self = FIKA_ZONE_WATCH (object);

  if (self->telling != NULL)
    g_source_destroy (self->telling);
  g_clear_pointer (&self->telling, g_source_unref);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  if (self->fd >= 0)
    close (self->fd);

  G_OBJECT_CLASS (fika_zone_watch_parent_class)->finalize (object);
}

static void
fika_zone_watch_class_init (FikaZoneWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fika_zone_watch_finalize;

  /**
   * FikaZoneWatch::changed:
   * @self: the watch
   *
   * The zone, or what is known of zones, may be different. It is told within a second.
   */
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
fika_zone_watch_init (FikaZoneWatch *self)
{
  self->link = self->target = self->folder = -1;
  self->fd = inotify_init1 (IN_NONBLOCK | IN_CLOEXEC);
  if (self->fd < 0)
    {
      g_debug ("The zone's files cannot be watched: %s", g_strerror (errno));
      return;
    }

  self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
  g_source_set_static_name (self->source, "fika-zone-watch");
  g_source_set_callback (self->source, G_SOURCE_FUNC (ready_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  watch_files (self);
  /* Every update renames files here, those of all zones together. */
  inotify_add_watch (self->fd, fika_zone_database_dir (), FOLDER_EVENTS | IN_ONLYDIR);
}

/**
 * fika_zone_watch_new:
 *
 * Watches the files of the computer's zone and of the time zone database. It tells in the main
 * context that is the thread's default now. Where files cannot be watched it tells nothing.
 *
 * Returns: (transfer full): the watch
 */
FikaZoneWatch *
fika_zone_watch_new (void)
{
  return g_object_new (FIKA_TYPE_ZONE_WATCH, NULL);
}
