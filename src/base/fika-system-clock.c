#include "config.h"

#include "base/fika-clock.h"
#include "base/fika-zone.h"

#include <glib-unix.h>
#include <errno.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* Armed to this where nothing is to come (the year 2255, within what the kernel can hold): the
 * timer then only tells when the wall clock is set. */
#define FAR_FUTURE INT64_C (9000000000)

struct _FikaSystemClock
{
  FikaClock parent_instance;

  int fd;
  GSource *source;

  int64_t wake;
  int64_t woke; /* when the wake time last came; none comes sooner than a second later */
};

G_DEFINE_FINAL_TYPE (FikaSystemClock, fika_system_clock, FIKA_TYPE_CLOCK)

static int64_t
wall_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return now.tv_sec;
}

static void
set_timer (FikaSystemClock *self, int64_t utc)
{
  struct itimerspec spec = { .it_value.tv_sec = utc };

  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) == 0)
    return;

  /* The clock was set since the timer was last armed, and the kernel tells it only here: be woken
   * at once to pass it on. (A second step in between is told by the first.) */
  if (errno == ECANCELED)
    {
      spec.it_value.tv_sec = 1;
      if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &spec, NULL) == 0
          || errno == ECANCELED)
        return;
    }
  g_critical ("The timer cannot be armed: %s", g_strerror (errno));
}

static void
arm (FikaSystemClock *self)
{
  int64_t earliest = 1; /* zero would disarm the timer */

  if (self->wake == FIKA_UTC_NONE)
    {
      set_timer (self, FAR_FUTURE);
      return;
    }

  /* After a step backwards the last wake lies in the future and says nothing. */
  if (self->woke != FIKA_UTC_NONE && self->woke <= wall_seconds ())
    earliest = self->woke + 1;
  set_timer (self, CLAMP (self->wake, earliest, FAR_FUTURE));
}

static gboolean
timer_ready_cb (int fd, GIOCondition condition, gpointer user_data)
{
  FikaSystemClock *self = user_data;
  uint64_t expirations;

  if (read (fd, &expirations, sizeof expirations) < 0 && errno != ECANCELED)
    return G_SOURCE_CONTINUE;

  if (self->wake != FIKA_UTC_NONE && self->wake <= wall_seconds ())
    {
      self->woke = wall_seconds ();
      self->wake = FIKA_UTC_NONE;
    }
  arm (self);

  g_object_ref (self);
  fika_clock_emit_wake (FIKA_CLOCK (self));
  g_object_unref (self);

  return G_SOURCE_CONTINUE;
}

static int64_t
fika_system_clock_now (FikaClock *clock)
{
  return wall_seconds ();
}

static void
fika_system_clock_set_wake (FikaClock *clock, int64_t utc)
{
  FikaSystemClock *self = FIKA_SYSTEM_CLOCK (clock);

  if (self->wake == utc)
    return;

  self->wake = utc;
  arm (self);
}

static void
fika_system_clock_finalize (GObject *object)
{
  FikaSystemClock *self = FIKA_SYSTEM_CLOCK (object);

  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);

  G_OBJECT_CLASS (fika_system_clock_parent_class)->finalize (object);
}

static void
fika_system_clock_class_init (FikaSystemClockClass *klass)
{
  FikaClockClass *clock_class = FIKA_CLOCK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fika_system_clock_finalize;
  clock_class->now = fika_system_clock_now;
  clock_class->set_wake = fika_system_clock_set_wake;
}

static void
fika_system_clock_init (FikaSystemClock *self)
{
  self->wake = FIKA_UTC_NONE;
  self->woke = FIKA_UTC_NONE;

  /* Without a timer no reminder would ever come, and nobody would know. */
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);
  if (self->fd < 0)
    g_error ("The system gives no timer: %s", g_strerror (errno));

  self->source = g_unix_fd_source_new (self->fd, G_IO_IN);
  g_source_set_static_name (self->source, "fika-system-clock");
  g_source_set_callback (self->source, G_SOURCE_FUNC (timer_ready_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  arm (self);
}

/**
 * fika_system_clock_new:
 *
 * Makes the real clock. It wakes in the main context that is the thread's default now, and holds
 * one file descriptor.
 *
 * Returns: (transfer full): the clock
 */
FikaClock *
fika_system_clock_new (void)
{
  return g_object_new (FIKA_TYPE_SYSTEM_CLOCK, NULL);
}
