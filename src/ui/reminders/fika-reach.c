#include "config.h"

#include "ui/reminders/fika-reach.h"

#include "base/fika-zone.h"
#include "ui/reminders/fika-quiet-watch.h"

#define NOTIFICATIONS_NAME "org.freedesktop.Notifications"

/* Milliseconds from the end of a service or a server until it is asked for anew: whatever takes its
 * place has come by then. */
#define SETTLING 1000

/* Asking starts a service that ended; seconds in which that is done once. */
#define RESTART_INTERVAL 60

struct _FikaReach
{
  GObject parent_instance;

  FikaServiceLink *link;
  FikaQuietWatch *quiet;
  FikaReachState state;
  GCancellable *cancellable;

  gboolean asking; /* the service */
  gboolean again;  /* something happened meanwhile */
  gboolean reading_login;
  guint service_watch; /* 0 before the first question */
  guint server_watch;
  gboolean service_there;
  guint settling;
  gint64 restarted; /* monotonic microseconds */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaReach, fika_reach, G_TYPE_OBJECT)

static void
changed (FikaReach *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
quiet_changed_cb (FikaReach *self)
{
  self->state.quiet = fika_quiet_watch_get (self->quiet);
  changed (self);
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaReach) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) status
      = fika_service_link_status_finish (FIKA_SERVICE_LINK (source), result, &error);

  self->asking = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (status == NULL)
    g_debug ("The service does not say how it is: %s", error->message);
  fika_reach_state_take_status (&self->state, status);
  fika_quiet_watch_set_server (self->quiet, self->state.server);
  self->state.quiet = fika_quiet_watch_get (self->quiet);
  changed (self);
  if (self->again)
    {
      self->again = FALSE;
      fika_reach_ask (self);
    }
}

static void
login_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaReach) self = user_data;
  FikaLogin login;

  self->reading_login = FALSE;
  fika_login_read_finish (result, &login, NULL);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  self->state.login = login;
  self->state.login_known = TRUE;
  changed (self);
}

static void
read_login (FikaReach *self)
{
  if (self->reading_login)
    return;
  self->reading_login = TRUE;
  fika_login_read_async (fika_service_link_get_connection (self->link), self->cancellable, login_cb,
                         g_object_ref (self));
}

/* Others come and go */

static gboolean
settled_cb (gpointer user_data)
{
  FikaReach *self = user_data;

  self->settling = 0;
  fika_reach_ask (self);
  return G_SOURCE_REMOVE;
}

static void
ask_soon (FikaReach *self)
{
  if (self->settling == 0)
    self->settling = g_timeout_add (SETTLING, settled_cb, self);
}

static void
service_appeared_cb (GDBusConnection *connection,
                     const char *name,
                     const char *owner,
                     gpointer user_data)
{
  FikaReach *self = user_data;

  self->service_there = TRUE;
  if (self->state.asked && !self->state.running)
    ask_soon (self);
}

static void
service_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FikaReach *self = user_data;
  gint64 now = g_get_monotonic_time ();

  if (!self->service_there)
    return;
  self->service_there = FALSE;
  /* One that ends as often as it is started is not there. */
  if (now - self->restarted < RESTART_INTERVAL * G_USEC_PER_SEC)
    {
      fika_reach_state_take_status (&self->state, NULL);
      changed (self);
      return;
    }
  self->restarted = now;
  ask_soon (self);
}

static void
server_appeared_cb (GDBusConnection *connection,
                    const char *name,
                    const char *owner,
                    gpointer user_data)
{
  FikaReach *self = user_data;

  /* The one that is there at first is being asked for. */
  if (self->state.asked)
    ask_soon (self);
}

static void
server_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FikaReach *self = user_data;

  if (self->state.notifications)
    ask_soon (self);
}

static void
watch (FikaReach *self)
{
  GDBusConnection *connection = fika_service_link_get_connection (self->link);

  if (connection == NULL || self->service_watch != 0)
    return;
  self->restarted = g_get_monotonic_time () - RESTART_INTERVAL * G_USEC_PER_SEC;
  self->service_watch = g_bus_watch_name_on_connection (
      connection, FIKA_SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, service_appeared_cb,
      service_vanished_cb, self, NULL);
  self->server_watch = g_bus_watch_name_on_connection (
      connection, NOTIFICATIONS_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, server_appeared_cb,
      server_vanished_cb, self, NULL);
}

static void
fika_reach_dispose (GObject *object)
{
  FikaReach *self = FIKA_REACH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->settling, g_source_remove);
  g_clear_handle_id (&self->service_watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->server_watch, g_bus_unwatch_name);
  g_clear_object (&self->quiet);
  g_clear_object (&self->link);
  G_OBJECT_CLASS (fika_reach_parent_class)->dispose (object);
}

static void
fika_reach_finalize (GObject *object)
{
  FikaReach *self = FIKA_REACH (object);

  fika_reach_state_clear (&self->state);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (fika_reach_parent_class)->finalize (object);
}

static void
fika_reach_class_init (FikaReachClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fika_reach_dispose;
  object_class->finalize = fika_reach_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fika_reach_init (FikaReach *self)
{
  self->cancellable = g_cancellable_new ();
  self->state.next = FIKA_UTC_NONE;
}

/**
 * fika_reach_new:
 * @link: the way to the background service
 *
 * Returns: (transfer full): what knows nothing yet, and starts nothing
 */
FikaReach *
fika_reach_new (FikaServiceLink *link)
{
  FikaReach *self;

  g_return_val_if_fail (FIKA_IS_SERVICE_LINK (link), NULL);

  self = g_object_new (FIKA_TYPE_REACH, NULL);
  self->link = g_object_ref (link);
  self->quiet = fika_quiet_watch_new (fika_service_link_get_connection (link));
  g_signal_connect_object (self->quiet, "changed", G_CALLBACK (quiet_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * fika_reach_get_state:
 * @self: the reach
 *
 * Returns: (transfer none): what is known by now
 */
const FikaReachState *
fika_reach_get_state (FikaReach *self)
{
  g_return_val_if_fail (FIKA_IS_REACH (self), NULL);

  return &self->state;
}

/**
 * fika_reach_ask:
 * @self: the reach
 *
 * Finds everything out anew; starts the service where it does not run.
 */
void
fika_reach_ask (FikaReach *self)
{
  g_return_if_fail (FIKA_IS_REACH (self));

  read_login (self);
  if (self->asking)
    {
      self->again = TRUE;
      return;
    }
  watch (self);
  self->asking = TRUE;
  fika_service_link_status_async (self->link, self->cancellable, status_cb, g_object_ref (self));
}

static void
login_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FikaReach *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean done = fika_login_set_finish (result, &self->state.login, &error);

  self->state.login_known = TRUE;
  changed (self);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * fika_reach_set_login_async:
 * @self: the reach
 * @on: whether the service should start at login
 * @cancellable: (nullable): to give up waiting for the desktop's answer
 * @callback: called when it is done, or could not be
 * @user_data: for @callback
 */
void
fika_reach_set_login_async (FikaReach *self,
                            gboolean on,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FIKA_IS_REACH (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fika_reach_set_login_async);
  g_task_set_check_cancellable (task, FALSE);
  fika_login_set_async (fika_service_link_get_connection (self->link), on, cancellable,
                        login_set_cb, g_steal_pointer (&task));
}

/**
 * fika_reach_set_login_finish:
 * @self: the reach
 * @result: of the call
 * @error: why it could not be done, in plain words
 *
 * Returns: whether it is so now; the state says how it is either way
 */
gboolean
fika_reach_set_login_finish (FikaReach *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
