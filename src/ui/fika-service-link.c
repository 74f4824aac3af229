#include "config.h"

#include "ui/fika-service-link.h"

/* Milliseconds: a service that is started for the answer has to open the database first, and gives
 * a notification server that hangs five seconds. */
#define STATUS_TIMEOUT 15000

/* Milliseconds that an older service has to end. */
#define END_TIMEOUT 3000

struct _FikaServiceLink
{
  GObject parent_instance;

  GDBusConnection *connection; /* NULL without a bus */
  guint subscription;
  gboolean renewed; /* an older service was asked to end: once, whatever took its place */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaServiceLink, fika_service_link, G_TYPE_OBJECT)

static void
changed_cb (GDBusConnection *connection,
            const char *sender,
            const char *path,
            const char *interface,
            const char *signal,
            GVariant *parameters,
            gpointer user_data)
{
  g_autoptr (FikaServiceLink) self = g_weak_ref_get (user_data);

  if (self != NULL && self->subscription != 0)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
fika_service_link_dispose (GObject *object)
{
  FikaServiceLink *self = FIKA_SERVICE_LINK (object);

  if (self->subscription != 0)
    {
      guint subscription = self->subscription;

      self->subscription = 0;
      g_dbus_connection_signal_unsubscribe (self->connection, subscription);
    }
  g_clear_object (&self->connection);
  G_OBJECT_CLASS (fika_service_link_parent_class)->dispose (object);
}

static void
fika_service_link_class_init (FikaServiceLinkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_service_link_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fika_service_link_init (FikaServiceLink *self)
{
}

/**
 * fika_service_link_new:
 * @connection: (nullable): the session bus; %NULL without one
 *
 * Returns: (transfer full): a link that listens from now on
 */
FikaServiceLink *
fika_service_link_new (GDBusConnection *connection)
{
  FikaServiceLink *self = g_object_new (FIKA_TYPE_SERVICE_LINK, NULL);
  GWeakRef *weak;

  if (connection == NULL)
    return self;
  self->connection = g_object_ref (connection);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  self->subscription = g_dbus_connection_signal_subscribe (
      connection, FIKA_SERVICE_NAME, FIKA_SERVICE_INTERFACE, "Changed", FIKA_SERVICE_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, weak, weak_ref_free);
  return self;
}

/**
 * fika_service_link_get_connection:
 * @self: the link
 *
 * Returns: (transfer none) (nullable): the session bus; %NULL without one
 */
GDBusConnection *
fika_service_link_get_connection (FikaServiceLink *self)
{
  g_return_val_if_fail (FIKA_IS_SERVICE_LINK (self), NULL);

  return self->connection;
}

/**
 * fika_service_link_poke:
 * @self: the link
 *
 * Says that the window wrote, and so starts the service where it does not run. Awaits nothing.
 */
void
fika_service_link_poke (FikaServiceLink *self)
{
  g_return_if_fail (FIKA_IS_SERVICE_LINK (self));

  if (self->connection == NULL || g_dbus_connection_is_closed (self->connection))
    return;
  g_dbus_connection_call (self->connection, FIKA_SERVICE_NAME, FIKA_SERVICE_PATH,
                          FIKA_SERVICE_INTERFACE, "Poke", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, NULL, NULL);
}

static void
return_error (GTask *task, GError *error)
{
  g_dbus_error_strip_remote_error (error);
  g_task_return_error (task, error);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
}

/* Calls a method; @called has the task. */
static void
call_for (GTask *task, const char *method, const char *answer, GAsyncReadyCallback called)
{
  FikaServiceLink *self = g_task_get_source_object (task);

  if (self->connection == NULL || g_dbus_connection_is_closed (self->connection))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no session bus");
      g_object_unref (task);
      return;
    }
  g_dbus_connection_call (self->connection, FIKA_SERVICE_NAME, FIKA_SERVICE_PATH,
                          FIKA_SERVICE_INTERFACE, method, NULL, G_VARIANT_TYPE (answer),
                          G_DBUS_CALL_FLAGS_NONE, STATUS_TIMEOUT, g_task_get_cancellable (task),
                          called, task);
}

/* A service of an older Fika, after an upgrade: it is asked to end, and when it has, the bus starts
 * the new one for the same question. */

typedef struct
{
  GTask *task;
  guint watch;
  guint timeout;
} Renewal;

static void
renewal_end (Renewal *renewal)
{
  GTask *task = renewal->task;

  g_clear_handle_id (&renewal->watch, g_bus_unwatch_name);
  g_clear_handle_id (&renewal->timeout, g_source_remove);
  g_free (renewal);
  call_for (task, "Status", "(a{sv})", called_cb);
}

static void
old_vanished_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  renewal_end (user_data);
}

static gboolean
old_stays_cb (gpointer user_data)
{
  Renewal *renewal = user_data;

  renewal->timeout = 0;
  renewal_end (renewal);
  return G_SOURCE_REMOVE;
}

static void
renew (FikaServiceLink *self, GTask *task)
{
  Renewal *renewal = g_new0 (Renewal, 1);

  self->renewed = TRUE;
  renewal->task = task;
  g_dbus_connection_call (self->connection, FIKA_SERVICE_NAME, FIKA_SERVICE_PATH,
                          FIKA_SERVICE_INTERFACE, "Quit", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, -1, NULL, NULL, NULL);
  renewal->timeout = g_timeout_add (END_TIMEOUT, old_stays_cb, renewal);
  renewal->watch = g_bus_watch_name_on_connection (self->connection, FIKA_SERVICE_NAME,
                                                   G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                                   old_vanished_cb, renewal, NULL);
}

static void
status_called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  FikaServiceLink *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) status = NULL;

  if (answer == NULL)
    {
      return_error (task, error);
      return;
    }
  status = g_variant_get_child_value (answer, 0);
  if (!self->renewed && self->connection != NULL && fika_service_is_older (status, FIKA_VERSION))
    renew (self, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) g_variant_unref);
}

/**
 * fika_service_link_status_async:
 * @self: the link
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the service how it is; starts it where it does not run. One of an older Fika makes room for
 * its successor first.
 */
void
fika_service_link_status_async (FikaServiceLink *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FIKA_IS_SERVICE_LINK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fika_service_link_status_async);
  call_for (task, "Status", "(a{sv})", status_called_cb);
}

/**
 * fika_service_link_status_finish:
 * @self: the link
 * @result: of the call
 * @error: why there is no answer
 *
 * Returns: (transfer full): an a{sv} with what the service says
 */
GVariant *
fika_service_link_status_finish (FikaServiceLink *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer = g_task_propagate_pointer (G_TASK (result), error);

  return answer != NULL ? g_variant_get_child_value (answer, 0) : NULL;
}

/**
 * fika_service_link_test_async:
 * @self: the link
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Has the service show a reminder that is only a test.
 */
void
fika_service_link_test_async (FikaServiceLink *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FIKA_IS_SERVICE_LINK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fika_service_link_test_async);
  call_for (task, "TestReminder", "()", called_cb);
}

/**
 * fika_service_link_test_finish:
 * @self: the link
 * @result: of the call
 * @error: why nothing could be shown
 *
 * Returns: whether the service handed it to the desktop
 */
gboolean
fika_service_link_test_finish (FikaServiceLink *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GVariant) answer = g_task_propagate_pointer (G_TASK (result), error);

  return answer != NULL;
}
