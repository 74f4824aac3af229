#include "config.h"

#include "service/fika-notify-notifier.h"

#include "base/fika-error.h"
#include "service/fika-notify-worker.h"

#include <glib/gi18n-lib.h>

/* How long a server may take before it counts as stuck, in seconds. */
#define PATIENCE 5

struct _FikaNotifyNotifier
{
  GObject parent_instance;

  GDBusConnection *connection;
  FikaNotifyWorker *worker;

  FikaServerState state;
  char *owner; /* unique bus name of the server, NULL = none */
  gboolean owner_known;
  gboolean activatable;
  gboolean activatable_known;
  gboolean markup;

  guint watch;
  guint subscription;
  GCancellable *query; /* of what is asked of the server that runs */
  guint queries;       /* how many of its answers are to come */

  GQueue requests; /* GTask */
  GTask *current;  /* the one that the worker has */
  char *asked;     /* the server that was to show it */
  gboolean starting;
  guint patience;

  char *activation_token;
  guint activation_number;
};

static void notifier_init (FikaNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaNotifyNotifier,
                               fika_notify_notifier,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_NOTIFIER, notifier_init))

typedef struct
{
  guint number;
  char *server;
} Shown;

typedef struct
{
  GTask *task;
  FikaNotifyAnswer *answer;
} Late;

static void pump (FikaNotifyNotifier *self);
static void ask_worker (FikaNotifyNotifier *self);

static void
shown_free (gpointer data)
{
  Shown *shown = data;

  g_free (shown->server);
  g_free (shown);
}

/* A unique name comes again on the next session's bus; the bus's own identity does not. */
static char *
server_identity (FikaNotifyNotifier *self, const char *owner)
{
  return g_strconcat (g_dbus_connection_get_guid (self->connection), " ", owner, NULL);
}

static gboolean
patience_cb (gpointer user_data)
{
  FikaNotifyNotifier *self = user_data;

  self->patience = 0;
  self->state.stuck = TRUE;
  fika_notifier_emit_changed (FIKA_NOTIFIER (self));

  return G_SOURCE_REMOVE;
}

/* Brings what is told of the server up to date after anything that it depends on. */
static void
update (FikaNotifyNotifier *self)
{
  gboolean waiting = self->queries > 0 || self->current != NULL;
  FikaServerState *state = &self->state;
  gboolean ready = self->owner_known && self->activatable_known && self->queries == 0;
  gboolean reachable = self->owner != NULL || self->activatable;
  gboolean stuck = state->stuck && waiting;
  g_autofree char *server = self->owner != NULL ? server_identity (self, self->owner) : NULL;

  if (!waiting)
    g_clear_handle_id (&self->patience, g_source_remove);
  else if (self->patience == 0 && !stuck)
    self->patience = g_timeout_add_seconds (PATIENCE, patience_cb, self);

  if (ready != state->ready || reachable != state->reachable || stuck != state->stuck
      || g_strcmp0 (server, state->server) != 0)
    {
      state->ready = ready;
      state->reachable = reachable;
      state->stuck = stuck;
      g_free (state->server);
      state->server = g_steal_pointer (&server);
      fika_notifier_emit_changed (FIKA_NOTIFIER (self));
    }

  pump (self);
}

static void
complete (FikaNotifyNotifier *self, GTask *task, FikaNotifyAnswer *answer, GError *error)
{
  Shown *shown;

  g_assert (self->current == task);
  self->current = NULL;
  g_clear_pointer (&self->asked, g_free);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
    }
  else
    {
      shown = g_new0 (Shown, 1);
      shown->number = answer->number;
      shown->server = server_identity (self, answer->owner);
      g_task_return_pointer (task, shown, shown_free);
    }

  g_object_unref (task);
  update (self);
}

static GError *
no_server_error (void)
{
  return g_error_new_literal (FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
                              _ ("This desktop shows no notifications at present."));
}

static GError *
show_error (const GError *cause)
{
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY))
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                                _ ("This desktop shows no notifications at present."));
  if (g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
      || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
      || g_error_matches (cause, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CLOSED)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return no_server_error ();

  return g_error_new (FIKA_ERROR, FIKA_ERROR_FAILED,
                      /* Translators: %s is what the desktop answered, often in English. */
                      _ ("The desktop did not show the notification: %s"), cause->message);
}

/* The server answered a later question, or is gone: what it did with the earlier one is settled. */
static void
late_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Late *late = user_data;
  FikaNotifyNotifier *self = g_task_get_source_object (late->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (FikaNotifyAnswer) answer = g_steal_pointer (&late->answer);

  if (fika_notify_worker_take_answer (self->worker, answer))
    complete (self, late->task, answer, NULL);
  else if (reply == NULL)
    complete (self, late->task, NULL, show_error (error));
  else if (answer->serial == 0)
    ask_worker (self);
  else
    complete (self, late->task, NULL,
              g_error_new_literal (FIKA_ERROR, FIKA_ERROR_FAILED,
                                   _ ("The desktop did not show the notification.")));

  g_free (late);
}

static void
worker_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  FikaNotifyNotifier *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaNotifyAnswer) answer
      = fika_notify_worker_show_finish (FIKA_NOTIFY_WORKER (source), result, &error);

  if (answer == NULL)
    {
      complete (self, task, NULL, show_error (error));
    }
  else if (answer->number == 0 && g_strcmp0 (self->owner, self->asked) == 0)
    {
      Late *late = g_new0 (Late, 1);

      late->task = task;
      late->answer = g_steal_pointer (&answer);
      g_dbus_connection_call (self->connection, self->owner, FIKA_NOTIFICATIONS_PATH,
                              FIKA_NOTIFICATIONS_INTERFACE, "GetServerInformation", NULL, NULL,
                              G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, self->query, late_cb,
                              late);
    }
  else if (answer->number == 0)
    {
      /* Another server took its place meanwhile. */
      complete (self, task, NULL, no_server_error ());
    }
  else
    {
      complete (self, task, answer, NULL);
    }
}

static void
ask_worker (FikaNotifyNotifier *self)
{
  fika_notify_worker_show_async (self->worker, g_task_get_task_data (self->current),
                                 self->state.actions, self->markup, worker_shown_cb, self->current);
}

static void
fail_requests (FikaNotifyNotifier *self)
{
  GQueue requests = self->requests;
  GTask *task;

  g_queue_init (&self->requests);
  while ((task = g_queue_pop_head (&requests)) != NULL)
    {
      g_task_return_error (task, no_server_error ());
      g_object_unref (task);
    }
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaNotifyNotifier) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  self->starting = FALSE;
  if (self->owner == NULL)
    {
      /* Not to be started: until one comes by itself nothing can be shown. */
      if (reply == NULL)
        self->activatable = FALSE;
      fail_requests (self);
    }
  update (self);
}

static void
numbered_cb (FikaNotifyNotifier *self, const char *owner, guint number)
{
  if (g_strcmp0 (owner, self->owner) == 0)
    fika_notifier_emit_numbered (FIKA_NOTIFIER (self), number);
}

static void
pump (FikaNotifyNotifier *self)
{
  if (self->current != NULL || g_queue_is_empty (&self->requests) || !self->state.ready)
    return;

  if (self->owner == NULL)
    {
      if (self->starting)
        return;
      self->starting = TRUE;
      g_dbus_connection_call (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                              "org.freedesktop.DBus", "StartServiceByName",
                              g_variant_new ("(su)", FIKA_NOTIFICATIONS_NAME, 0), NULL,
                              G_DBUS_CALL_FLAGS_NONE, -1, NULL, started_cb, g_object_ref (self));
      return;
    }

  self->current = g_queue_pop_head (&self->requests);
  self->asked = g_strdup (self->owner);
  if (self->worker == NULL)
    {
      self->worker = fika_notify_worker_new (self->connection);
      g_signal_connect_object (self->worker, "numbered", G_CALLBACK (numbered_cb), self,
                               G_CONNECT_SWAPPED);
    }
  ask_worker (self);
  update (self);
}

static void
signal_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer user_data)
{
  FikaNotifyNotifier *self = user_data;
  const char *text;
  guint number, reason;

  if (g_strcmp0 (sender, self->owner) != 0)
    return;

  if (g_str_equal (signal, "ActionInvoked")
      && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    {
      g_autofree char *token = NULL;

      g_variant_get (parameters, "(u&s)", &number, &text);
      if (number == self->activation_number)
        token = g_steal_pointer (&self->activation_token);
      fika_notifier_emit_action (FIKA_NOTIFIER (self), number, text, token);
    }
  else if (g_str_equal (signal, "NotificationClosed")
           && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(uu)")))
    {
      g_variant_get (parameters, "(uu)", &number, &reason);
      fika_notifier_emit_closed (FIKA_NOTIFIER (self), number, reason);
    }
  else if (g_str_equal (signal, "ActivationToken")
           && g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(us)")))
    {
      g_variant_get (parameters, "(u&s)", &self->activation_number, &text);
      g_free (self->activation_token);
      self->activation_token = g_strdup (text);
    }
}

static void
capabilities_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaNotifyNotifier) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (reply != NULL)
    {
      g_autofree const char **names = NULL;

      g_variant_get (reply, "(^a&s)", &names);
      self->state.actions = g_strv_contains (names, "actions");
      self->markup = g_strv_contains (names, "body-markup");
    }
  self->queries--;
  update (self);
}

static void
information_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaNotifyNotifier) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (reply != NULL)
    {
      g_free (self->state.name);
      g_variant_get (reply, "(ssss)", &self->state.name, NULL, NULL, NULL);
    }
  self->queries--;
  update (self);
}

static void
ask (FikaNotifyNotifier *self,
     const char *method,
     const char *reply_type,
     GAsyncReadyCallback callback)
{
  self->queries++;
  g_dbus_connection_call (self->connection, self->owner, FIKA_NOTIFICATIONS_PATH,
                          FIKA_NOTIFICATIONS_INTERFACE, method, NULL, G_VARIANT_TYPE (reply_type),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, G_MAXINT, self->query, callback,
                          g_object_ref (self));
}

static void
forget_server (FikaNotifyNotifier *self)
{
  if (self->query != NULL)
    g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  self->queries = 0;

  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->connection, self->subscription);
  self->subscription = 0;

  g_clear_pointer (&self->owner, g_free);
  g_clear_pointer (&self->state.name, g_free);
  g_clear_pointer (&self->activation_token, g_free);
  self->activation_number = 0;
  self->state.actions = FALSE;
  self->markup = FALSE;
}

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  FikaNotifyNotifier *self = user_data;

  forget_server (self);
  self->owner_known = TRUE;
  self->owner = g_strdup (owner);
  self->query = g_cancellable_new ();
  self->subscription = g_dbus_connection_signal_subscribe (
      connection, owner, FIKA_NOTIFICATIONS_INTERFACE, NULL, FIKA_NOTIFICATIONS_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, signal_cb, self, NULL);
  ask (self, "GetCapabilities", "(as)", capabilities_cb);
  ask (self, "GetServerInformation", "(ssss)", information_cb);
  update (self);
}

static void
vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  FikaNotifyNotifier *self = user_data;

  forget_server (self);
  self->owner_known = TRUE;
  update (self);
}

static void
activatable_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaNotifyNotifier) self = user_data;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply != NULL)
    {
      g_autofree const char **names = NULL;

      g_variant_get (reply, "(^a&s)", &names);
      self->activatable = g_strv_contains (names, FIKA_NOTIFICATIONS_NAME);
    }
  self->activatable_known = TRUE;
  update (self);
}

static const FikaServerState *
fika_notify_notifier_get_state (FikaNotifier *notifier)
{
  return &FIKA_NOTIFY_NOTIFIER (notifier)->state;
}

static void
fika_notify_notifier_show_async (FikaNotifier *notifier,
                                 FikaNotification *notification,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  FikaNotifyNotifier *self = FIKA_NOTIFY_NOTIFIER (notifier);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, fika_notify_notifier_show_async);
  g_task_set_task_data (task, fika_notification_ref (notification),
                        (GDestroyNotify) fika_notification_unref);
  g_queue_push_tail (&self->requests, task);
  pump (self);
}

static gboolean
fika_notify_notifier_show_finish (FikaNotifier *notifier,
                                  GAsyncResult *result,
                                  guint *number,
                                  char **server,
                                  GError **error)
{
  Shown *shown;

  g_return_val_if_fail (g_task_is_valid (result, notifier), FALSE);

  shown = g_task_propagate_pointer (G_TASK (result), error);
  if (shown == NULL)
    return FALSE;

  *number = shown->number;
  *server = g_steal_pointer (&shown->server);
  shown_free (shown);

  return TRUE;
}

static void
fika_notify_notifier_close (FikaNotifier *notifier, guint number)
{
  FikaNotifyNotifier *self = FIKA_NOTIFY_NOTIFIER (notifier);

  if (self->owner != NULL)
    g_dbus_connection_call (self->connection, self->owner, FIKA_NOTIFICATIONS_PATH,
                            FIKA_NOTIFICATIONS_INTERFACE, "CloseNotification",
                            g_variant_new ("(u)", number), NULL, G_DBUS_CALL_FLAGS_NO_AUTO_START,
                            -1, NULL, NULL, NULL);
}

static void
notifier_init (FikaNotifierInterface *iface)
{
  iface->get_state = fika_notify_notifier_get_state;
  iface->show_async = fika_notify_notifier_show_async;
  iface->show_finish = fika_notify_notifier_show_finish;
  iface->close = fika_notify_notifier_close;
}

static void
fika_notify_notifier_dispose (GObject *object)
{
  FikaNotifyNotifier *self = FIKA_NOTIFY_NOTIFIER (object);

  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->connection != NULL)
    forget_server (self);
  g_clear_object (&self->worker);
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (fika_notify_notifier_parent_class)->dispose (object);
}

static void
fika_notify_notifier_finalize (GObject *object)
{
  FikaNotifyNotifier *self = FIKA_NOTIFY_NOTIFIER (object);

  g_free (self->asked);
  g_free (self->state.server);
  g_free (self->state.name);

  G_OBJECT_CLASS (fika_notify_notifier_parent_class)->finalize (object);
}

static void
fika_notify_notifier_class_init (FikaNotifyNotifierClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fika_notify_notifier_dispose;
  object_class->finalize = fika_notify_notifier_finalize;
}

static void
fika_notify_notifier_init (FikaNotifyNotifier *self)
{
  g_queue_init (&self->requests);
}

/**
 * fika_notify_notifier_new:
 * @connection: the session bus
 *
 * Its state is not ready before a few turns of the main loop.
 *
 * Returns: (transfer full): a notifier
 */
FikaNotifier *
fika_notify_notifier_new (GDBusConnection *connection)
{
  FikaNotifyNotifier *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (FIKA_TYPE_NOTIFY_NOTIFIER, NULL);
  self->connection = g_object_ref (connection);
  self->watch = g_bus_watch_name_on_connection (connection, FIKA_NOTIFICATIONS_NAME,
                                                G_BUS_NAME_WATCHER_FLAGS_NONE, appeared_cb,
                                                vanished_cb, self, NULL);
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "ListActivatableNames", NULL,
                          G_VARIANT_TYPE ("(as)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, activatable_cb,
                          g_object_ref (self));

  return FIKA_NOTIFIER (self);
}
