#include "config.h"

#include "ui/fika-service-link.h"

#define SERVICE_NAME "org.fikaplanner.Fika.Service"
#define SERVICE_PATH "/org/fikaplanner/Fika/Service"
#define SERVICE_INTERFACE "org.fikaplanner.Fika.Service"

/* Milliseconds: a service that is started for the answer has to open the database first. */
#define STATUS_TIMEOUT 5000

struct _FikaServiceLink
{
  GObject parent_instance;

  GDBusConnection *connection; /* NULL without a bus */
  guint subscription;
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
      connection, SERVICE_NAME, SERVICE_INTERFACE, "Changed", SERVICE_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, changed_cb, weak, weak_ref_free);
  return self;
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
  g_dbus_connection_call (self->connection, SERVICE_NAME, SERVICE_PATH, SERVICE_INTERFACE, "Poke",
                          NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL, NULL);
}

static void
called_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer == NULL)
    {
      g_dbus_error_strip_remote_error (error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) g_variant_unref);
}

static void
call (FikaServiceLink *self,
      const char *method,
      const char *answer,
      GCancellable *cancellable,
      GAsyncReadyCallback callback,
      gpointer user_data,
      gpointer tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (self->connection == NULL || g_dbus_connection_is_closed (self->connection))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "no session bus");
      return;
    }
  g_dbus_connection_call (self->connection, SERVICE_NAME, SERVICE_PATH, SERVICE_INTERFACE, method,
                          NULL, G_VARIANT_TYPE (answer), G_DBUS_CALL_FLAGS_NONE, STATUS_TIMEOUT,
                          cancellable, called_cb, g_steal_pointer (&task));
}

/**
 * fika_service_link_status_async:
 * @self: the link
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks the service how it is; starts it where it does not run.
 */
void
fika_service_link_status_async (FikaServiceLink *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (FIKA_IS_SERVICE_LINK (self));

  call (self, "Status", "(a{sv})", cancellable, callback, user_data,
        fika_service_link_status_async);
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
  g_return_if_fail (FIKA_IS_SERVICE_LINK (self));

  call (self, "TestReminder", "()", cancellable, callback, user_data, fika_service_link_test_async);
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
