#include "config.h"

#include "ui/reminders/fika-quiet-watch.h"

/* Do not disturb, by a server that is played here and by the settings of the desktop. */

static const char introspection[] = "<node>"
                                    " <interface name='org.freedesktop.Notifications'>"
                                    "  <property name='Inhibited' type='b' access='read'/>"
                                    " </interface>"
                                    " <interface name='org.dunstproject.cmd0'>"
                                    "  <property name='paused' type='b' access='read'/>"
                                    " </interface>"
                                    "</node>";

#define SERVER_PATH "/org/freedesktop/Notifications"
#define PLASMA 0
#define DUNST 1

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  GDBusConnection *server;
  GDBusNodeInfo *info;
  guint name;
  guint registration;
  gboolean quiet;
  guint n_asked;
  guint n_changed;
  FikaQuietWatch *watch;
} Fixture;

#define await(expression)                                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                               \
    while (!(expression))                                                                          \
      {                                                                                            \
        g_assert_cmpint (g_get_monotonic_time (), <, deadline);                                    \
        if (!g_main_context_iteration (NULL, FALSE))                                               \
          g_usleep (500);                                                                          \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static GDBusConnection *
connect_to (GTestDBus *bus)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static void
acquired_cb (GDBusConnection *connection, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static GVariant *
property_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *property,
             GError **error,
             gpointer user_data)
{
  Fixture *fixture = user_data;

  fixture->n_asked++;

  return g_variant_new_boolean (fixture->quiet);
}

static const GDBusInterfaceVTable vtable = { NULL, property_cb, NULL };

static void
changed_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gboolean acquired = FALSE;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->connection = connect_to (fixture->bus);
  fixture->server = connect_to (fixture->bus);
  fixture->info = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_assert_nonnull (fixture->info);
  fixture->name = g_bus_own_name_on_connection (fixture->server, "org.freedesktop.Notifications",
                                                G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL,
                                                &acquired, NULL);
  await (acquired);
  fixture->watch = fika_quiet_watch_new (fixture->connection);
  g_signal_connect_swapped (fixture->watch, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
play (Fixture *fixture, guint server)
{
  fixture->registration = g_dbus_connection_register_object (fixture->server, SERVER_PATH,
                                                             fixture->info->interfaces[server],
                                                             &vtable, fixture, NULL, NULL);
  g_assert_cmpuint (fixture->registration, >, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer watch = fixture->watch;

  /* A question that is on its way keeps it until the answer, and no longer. */
  g_object_add_weak_pointer (G_OBJECT (fixture->watch), &watch);
  g_signal_handlers_disconnect_by_data (fixture->watch, fixture);
  g_object_unref (fixture->watch);
  await (watch == NULL);
  if (fixture->registration != 0)
    g_dbus_connection_unregister_object (fixture->server, fixture->registration);
  g_bus_unown_name (fixture->name);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_dbus_connection_close_sync (fixture->server, NULL, NULL);
  g_object_unref (fixture->connection);
  g_object_unref (fixture->server);
  g_dbus_node_info_unref (fixture->info);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

static void
set_quiet (Fixture *fixture, gboolean quiet)
{
  fixture->quiet = quiet;
  g_assert_true (g_dbus_connection_emit_signal (
      fixture->server, NULL, SERVER_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      g_variant_new ("(sa{sv}as)", "org.freedesktop.Notifications", NULL, NULL), NULL));
}

static void
test_server (Fixture *fixture, gconstpointer data)
{
  play (fixture, GPOINTER_TO_UINT (data));
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_UNKNOWN);

  fika_quiet_watch_set_server (fixture->watch, "played");
  await (fika_quiet_watch_get (fixture->watch) == FIKA_QUIET_OFF);
  g_assert_cmpuint (fixture->n_changed, ==, 1);

  set_quiet (fixture, TRUE);
  await (fika_quiet_watch_get (fixture->watch) == FIKA_QUIET_ON);
  set_quiet (fixture, FALSE);
  await (fika_quiet_watch_get (fixture->watch) == FIKA_QUIET_OFF);
  g_assert_cmpuint (fixture->n_changed, ==, 3);

  /* Asked again, it says the same, and no more is made of it. */
  fixture->n_asked = 0;
  fika_quiet_watch_set_server (fixture->watch, "played");
  await (fixture->n_asked > 0);
  g_assert_cmpuint (fixture->n_changed, ==, 3);

  /* Another server is another question. */
  fika_quiet_watch_set_server (fixture->watch, NULL);
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_UNKNOWN);
}

/* A server that says nothing of it leaves it unknown: nothing is claimed. */
static void
test_silent (Fixture *fixture, gconstpointer data)
{
  fika_quiet_watch_set_server (fixture->watch, "played");
  for (guint i = 0; i < 200; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_UNKNOWN);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static gboolean
has_schema (const char *id)
{
  g_autoptr (GSettingsSchema) schema
      = g_settings_schema_source_lookup (g_settings_schema_source_get_default (), id, TRUE);

  return schema != NULL;
}

static void
test_gnome (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GSettings) of_fika = NULL;

  if (!has_schema ("org.gnome.desktop.notifications")
      || !has_schema ("org.gnome.desktop.notifications.application"))
    {
      g_test_skip ("GNOME's settings are not installed");
      return;
    }
  settings = g_settings_new ("org.gnome.desktop.notifications");
  of_fika = g_settings_new_with_path (
      "org.gnome.desktop.notifications.application",
      "/org/gnome/desktop/notifications/application/org-fikaplanner-fika/");

  /* Installed, the settings of a desktop that does not run say nothing. */
  g_settings_set_boolean (settings, "show-banners", FALSE);
  fika_quiet_watch_set_server (fixture->watch, "dunst");
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_UNKNOWN);

  fika_quiet_watch_set_server (fixture->watch, "gnome-shell");
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_ON);
  g_settings_set_boolean (settings, "show-banners", TRUE);
  await (fixture->n_changed > 0);
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_OFF);

  /* Of Fika alone. */
  fixture->n_changed = 0;
  g_settings_set_boolean (of_fika, "enable", FALSE);
  await (fixture->n_changed > 0);
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_MUTED);
  g_settings_reset (of_fika, "enable");
  g_settings_set_boolean (of_fika, "show-banners", FALSE);
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_MUTED);
  g_settings_reset (of_fika, "show-banners");
  g_assert_cmpint (fika_quiet_watch_get (fixture->watch), ==, FIKA_QUIET_OFF);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, function)                                                                  \
  g_test_add (path, Fixture, GUINT_TO_POINTER (data), set_up, function, tear_down)
  ADD ("/quiet-watch/plasma", PLASMA, test_server);
  ADD ("/quiet-watch/dunst", DUNST, test_server);
  ADD ("/quiet-watch/silent", 0, test_silent);
  ADD ("/quiet-watch/gnome", 0, test_gnome);
#undef ADD

  return g_test_run ();
}
