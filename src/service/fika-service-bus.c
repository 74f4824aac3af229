#include "config.h"

#include "service/fika-service-bus.h"

struct _FikaServiceBus
{
  GObject parent_instance;

  GDBusConnection *connection;
  guint registration;
  guint name;
};

enum
{
  ACQUIRED,
  LOST,
  POKE,
  QUIT,
  STATUS,
  TEST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaServiceBus, fika_service_bus, G_TYPE_OBJECT)

static const char introspection[]
    = "<node>"
      "  <interface name='" FIKA_SERVICE_INTERFACE "'>"
      "    <!-- Someone wrote to the database: look at it. -->"
      "    <method name='Poke'/>"
      "    <!-- Whether reminders can reach the person. running (b), version (s), notifications "
      "(b): a"
      "         notification server is there or can be started, server (s): its name where it runs,"
      "         actions (b): it shows buttons, next (x): UTC seconds of the next reminder, where "
      "there"
      "         is one. -->"
      "    <method name='Status'>"
      "      <arg type='a{sv}' name='status' direction='out'/>"
      "    </method>"
      "    <!-- Shows a notification; answers when it is on the screen. -->"
      "    <method name='TestReminder'/>"
      "    <method name='Quit'/>"
      "    <!-- Somebody wrote to the database, the service or whoever poked it, or a reminder "
      "moved"
      "         on. -->"
      "    <signal name='Changed'/>"
      "    <!-- Which Fika this is. Whoever reads it learns that the service is at work, too. -->"
      "    <property name='Version' type='s' access='read'/>"
      "  </interface>"
      "</node>";

static void
method_call_cb (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  FikaServiceBus *self = user_data;

  if (g_str_equal (method, "Poke"))
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      g_signal_emit (self, signals[POKE], 0);
    }
  else if (g_str_equal (method, "Status"))
    {
      g_signal_emit (self, signals[STATUS], 0, invocation);
    }
  else if (g_str_equal (method, "TestReminder"))
    {
      g_signal_emit (self, signals[TEST], 0, invocation);
    }
  else
    {
      g_dbus_method_invocation_return_value (invocation, NULL);
      g_signal_emit (self, signals[QUIT], 0);
    }
}

static GVariant *
get_property_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *property,
                 GError **error,
                 gpointer user_data)
{
  /* There is no other. */
  return g_variant_new_string (FIKA_VERSION);
}

static const GDBusInterfaceVTable vtable = {
  .method_call = method_call_cb,
  .get_property = get_property_cb,
};

static void
name_acquired_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_signal_emit (user_data, signals[ACQUIRED], 0);
}

static void
name_lost_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  g_signal_emit (user_data, signals[LOST], 0);
}

static void
fika_service_bus_dispose (GObject *object)
{
  FikaServiceBus *self = FIKA_SERVICE_BUS (object);

  g_clear_handle_id (&self->name, g_bus_unown_name);
  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);

  G_OBJECT_CLASS (fika_service_bus_parent_class)->dispose (object);
}

static void
fika_service_bus_class_init (FikaServiceBusClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = fika_service_bus_dispose;

  signals[ACQUIRED]
      = g_signal_new ("acquired", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOST]
      = g_signal_new ("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[POKE]
      = g_signal_new ("poke", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[QUIT]
      = g_signal_new ("quit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STATUS] = g_signal_new ("status", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_DBUS_METHOD_INVOCATION);
  signals[TEST] = g_signal_new ("test", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_DBUS_METHOD_INVOCATION);
}

static void
fika_service_bus_init (FikaServiceBus *self)
{
}

/**
 * fika_service_bus_new:
 * @connection: the session bus
 *
 * Returns: (transfer full): the service's side of the bus, not seen by anyone yet
 */
FikaServiceBus *
fika_service_bus_new (GDBusConnection *connection)
{
  FikaServiceBus *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);

  self = g_object_new (FIKA_TYPE_SERVICE_BUS, NULL);
  self->connection = g_object_ref (connection);

  return self;
}

/**
 * fika_service_bus_own:
 * @self: the bus
 * @error: return location for an error
 *
 * Answers from now on, and asks for the name, in place of an older service that has it.
 *
 * Returns: whether it could
 */
gboolean
fika_service_bus_own (FikaServiceBus *self, GError **error)
{
  g_autoptr (GDBusNodeInfo) info = NULL;

  g_return_val_if_fail (FIKA_IS_SERVICE_BUS (self), FALSE);
  g_return_val_if_fail (self->name == 0, FALSE);

  info = g_dbus_node_info_new_for_xml (introspection, error);
  if (info == NULL)
    return FALSE;

  self->registration = g_dbus_connection_register_object (
      self->connection, FIKA_SERVICE_PATH, info->interfaces[0], &vtable, self, NULL, error);
  if (self->registration == 0)
    return FALSE;

  self->name = g_bus_own_name_on_connection (self->connection, FIKA_SERVICE_NAME,
                                             G_BUS_NAME_OWNER_FLAGS_ALLOW_REPLACEMENT
                                                 | G_BUS_NAME_OWNER_FLAGS_REPLACE,
                                             name_acquired_cb, name_lost_cb, self, NULL);

  return TRUE;
}

/**
 * fika_service_bus_emit_changed:
 * @self: the bus
 *
 * Tells the window that the service wrote to the database.
 */
void
fika_service_bus_emit_changed (FikaServiceBus *self)
{
  g_return_if_fail (FIKA_IS_SERVICE_BUS (self));

  g_dbus_connection_emit_signal (self->connection, NULL, FIKA_SERVICE_PATH, FIKA_SERVICE_INTERFACE,
                                 "Changed", NULL, NULL);
}
