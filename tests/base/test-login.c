#include "config.h"

#include "base/fika-error.h"
#include "base/fika-login.h"
#include "base/fika-settings.h"

#include <glib/gstdio.h>
#include <string.h>

/* Starting at login against a systemd and a portal that are played here, on a bus of their own. The
 * functions under test run in a thread, as they do in the window. */

#define ENTRY "org.fikaplanner.Fika.Service.desktop"

static const char introspection[]
    = "<node>"
      " <interface name='org.freedesktop.systemd1.Manager'>"
      "  <method name='GetUnit'><arg type='s' direction='in'/><arg type='o' "
      "direction='out'/></method>"
      "  <method name='GetUnitFileState'><arg type='s' direction='in'/><arg type='s' "
      "direction='out'/>"
      "  </method>"
      "  <method name='EnableUnitFiles'><arg type='as' direction='in'/><arg type='b' "
      "direction='in'/>"
      "   <arg type='b' direction='in'/><arg type='b' direction='out'/>"
      "   <arg type='a(sss)' direction='out'/></method>"
      "  <method name='DisableUnitFiles'><arg type='as' direction='in'/><arg type='b' "
      "direction='in'/>"
      "   <arg type='a(sss)' direction='out'/></method>"
      "  <method name='Reload'/>"
      " </interface>"
      " <interface name='org.freedesktop.systemd1.Unit'>"
      "  <property name='ActiveState' type='s' access='read'/>"
      " </interface>"
      " <interface name='org.freedesktop.portal.Background'>"
      "  <method name='RequestBackground'><arg type='s' direction='in'/>"
      "   <arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
      " </interface>"
      "</node>";

typedef enum
{
  GRANTS,
  DENIES,    /* response 0, but nothing is allowed */
  CANCELLED, /* response 1: the person closed the question */
  DIES,      /* leaves the bus instead of an answer */
  SILENT,    /* never answers */
} Portal;

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection; /* of who asks */
  GDBusConnection *other;      /* of systemd and the portal */
  GDBusNodeInfo *info;
  guint registrations[3];
  guint systemd;
  guint portal_name;

  char *unit_state;    /* NULL: there is no such unit */
  char *session_state; /* NULL: there is no such unit */
  gboolean refuses;
  GString *calls;

  Portal portal;
  char *command;
  gboolean asked_autostart;
} Fixture;

static void
answer_portal (Fixture *fixture,
               GVariant *parameters,
               const char *sender,
               GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (parameters, 1);
  g_autofree char *name = g_strdup (sender + 1);
  g_autofree char *path = NULL;
  g_autofree const char **command = NULL;
  GVariantBuilder results;
  const char *token;
  gboolean grant = fixture->portal == GRANTS;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &fixture->asked_autostart));
  g_assert_true (g_variant_lookup (options, "commandline", "^a&s", &command));
  g_free (fixture->command);
  fixture->command = g_strjoinv (" ", (char **) command);
  path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s",
                          g_strdelimit (name, ".", '_'), token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", path));
  if (fixture->portal == SILENT)
    return;
  if (fixture->portal == DIES)
    {
      g_clear_handle_id (&fixture->portal_name, g_bus_unown_name);
      return;
    }

  g_variant_builder_init (&results, G_VARIANT_TYPE_VARDICT);
  if (fixture->portal != CANCELLED)
    {
      g_variant_builder_add (&results, "{sv}", "background", g_variant_new_boolean (grant));
      g_variant_builder_add (&results, "{sv}", "autostart",
                             g_variant_new_boolean (grant && fixture->asked_autostart));
    }
  g_assert_true (g_dbus_connection_emit_signal (
      fixture->other, sender, path, "org.freedesktop.portal.Request", "Response",
      g_variant_new ("(ua{sv})", fixture->portal == CANCELLED ? 1 : 0, &results), NULL));
}

static void
refuse (GDBusMethodInvocation *invocation, const char *name, const char *message)
{
  g_dbus_method_invocation_return_dbus_error (invocation, name, message);
}

static void
call_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *parameters,
         GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Fixture *fixture = user_data;
  const char *unit;

  if (g_str_equal (method, "RequestBackground"))
    {
      answer_portal (fixture, parameters, sender, invocation);
      return;
    }
  if (g_str_equal (method, "GetUnit"))
    {
      g_variant_get (parameters, "(&s)", &unit);
      if (fixture->session_state != NULL && g_str_equal (unit, "graphical-session.target"))
        g_dbus_method_invocation_return_value (
            invocation, g_variant_new ("(o)", "/org/freedesktop/systemd1/unit/session"));
      else
        refuse (invocation, "org.freedesktop.systemd1.NoSuchUnit", "not loaded");
    }
  else if (g_str_equal (method, "GetUnitFileState"))
    {
      g_variant_get (parameters, "(&s)", &unit);
      g_assert_cmpstr (unit, ==, "fika-service.service");
      if (fixture->unit_state != NULL)
        g_dbus_method_invocation_return_value (invocation,
                                               g_variant_new ("(s)", fixture->unit_state));
      else
        refuse (invocation, "org.freedesktop.DBus.Error.FileNotFound", "No such file");
    }
  else
    {
      gboolean enable = g_str_equal (method, "EnableUnitFiles");

      g_string_append_printf (fixture->calls, "%s ", method);
      if (g_str_equal (method, "Reload"))
        {
          g_dbus_method_invocation_return_value (invocation, NULL);
          return;
        }
      if (fixture->refuses)
        {
          refuse (invocation, "org.freedesktop.systemd1.UnitMasked", "Unit is masked.");
          return;
        }
      g_free (fixture->unit_state);
      fixture->unit_state = g_strdup (enable ? "enabled" : "disabled");
      if (enable)
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(ba(sss))", TRUE, NULL));
      else
        g_dbus_method_invocation_return_value (invocation, g_variant_new ("(a(sss))", NULL));
    }
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
  return g_variant_new_string (((Fixture *) user_data)->session_state);
}

static const GDBusInterfaceVTable vtable = { call_cb, property_cb, NULL };

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

static guint
own (Fixture *fixture, const char *name)
{
  gboolean acquired = FALSE;
  guint id = g_bus_own_name_on_connection (fixture->other, name, G_BUS_NAME_OWNER_FLAGS_NONE,
                                           acquired_cb, NULL, &acquired, NULL);

  while (!acquired)
    g_main_context_iteration (NULL, TRUE);

  return id;
}

static char *
entry_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", ENTRY, NULL);
}

static gboolean
entry_exists (void)
{
  g_autofree char *path = entry_path ();

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
write_entry (const char *content)
{
  g_autofree char *path = entry_path ();
  g_autofree char *dir = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (dir, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const paths[]
      = { "/org/freedesktop/systemd1", "/org/freedesktop/systemd1/unit/session",
          "/org/freedesktop/portal/desktop" };

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->connection = connect_to (fixture->bus);
  fixture->other = connect_to (fixture->bus);
  fixture->info = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_assert_nonnull (fixture->info);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      fixture->registrations[i] = g_dbus_connection_register_object (
          fixture->other, paths[i], fixture->info->interfaces[i], &vtable, fixture, NULL, NULL);
      g_assert_cmpuint (fixture->registrations[i], >, 0);
    }
  fixture->calls = g_string_new (NULL);
  fixture->portal_name = own (fixture, "org.freedesktop.portal.Desktop");
  g_unsetenv ("FIKA_FLATPAK_INFO");
}

static void
start_systemd (Fixture *fixture, const char *unit_state, const char *session_state)
{
  fixture->unit_state = g_strdup (unit_state);
  fixture->session_state = g_strdup (session_state);
  fixture->systemd = own (fixture, "org.freedesktop.systemd1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = entry_path ();
  g_autoptr (GSettings) settings = fika_settings_new ();

  g_remove (path);
  g_settings_reset (settings, FIKA_SETTING_START_AT_LOGIN);
  g_clear_handle_id (&fixture->systemd, g_bus_unown_name);
  g_clear_handle_id (&fixture->portal_name, g_bus_unown_name);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->registrations); i++)
    g_dbus_connection_unregister_object (fixture->other, fixture->registrations[i]);
  g_dbus_connection_close_sync (fixture->connection, NULL, NULL);
  g_dbus_connection_close_sync (fixture->other, NULL, NULL);
  g_object_unref (fixture->connection);
  g_object_unref (fixture->other);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
  g_dbus_node_info_unref (fixture->info);
  g_string_free (fixture->calls, TRUE);
  g_free (fixture->unit_state);
  g_free (fixture->session_state);
  g_free (fixture->command);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static FikaLogin
read_login (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  FikaLogin login;

  fika_login_read_async (fixture->connection, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (fika_login_read_finish (result, &login, NULL));

  return login;
}

static gboolean
set_login (Fixture *fixture,
           gboolean on,
           GCancellable *cancellable,
           FikaLogin *login,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fika_login_set_async (fixture->connection, on, cancellable, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return fika_login_set_finish (result, login, error);
}

static void
assert_set (Fixture *fixture, gboolean on, FikaLoginWay way)
{
  g_autoptr (GError) error = NULL;
  FikaLogin login;

  g_assert_true (set_login (fixture, on, NULL, &login, &error));
  g_assert_no_error (error);
  g_assert_cmpint (login.way, ==, way);
  g_assert_cmpint (login.on, ==, on);
  login = read_login (fixture);
  g_assert_cmpint (login.way, ==, way);
  g_assert_cmpint (login.on, ==, on);
}

static void
assert_refused (Fixture *fixture, gboolean on, gboolean stays, const char *words)
{
  g_autoptr (GError) error = NULL;
  FikaLogin login;

  g_assert_false (set_login (fixture, on, NULL, &login, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpint (login.on, ==, stays);
  g_assert_cmpint (read_login (fixture).on, ==, stays);
}

/* Without a systemd: an entry, that a systemd which reads it too leaves alone. */
static void
test_entry (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = entry_path ();
  g_autofree char *content = NULL;

  g_assert_cmpint (read_login (fixture).way, ==, FIKA_LOGIN_BY_ENTRY);
  g_assert_false (read_login (fixture).on);
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_ENTRY);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_nonnull (strstr (content, "\nX-systemd-skip=true\n"));
  g_assert_nonnull (strstr (content, "/fika-service"));
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_ENTRY);
  assert_set (fixture, FALSE, FIKA_LOGIN_BY_ENTRY);
  g_assert_false (entry_exists ());
  assert_set (fixture, FALSE, FIKA_LOGIN_BY_ENTRY);
}

/* Its true state: an entry alone is not enough. */
static void
test_entry_true_state (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *content;
    gboolean on;
  } cases[] = {
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=true\n", TRUE },
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=true\nHidden=true\n", FALSE },
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=true\nX-GNOME-Autostart-enabled=false\n",
      FALSE },
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=true\nX-GNOME-Autostart-enabled=true\n",
      TRUE },
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=true\nOnlyShowIn=Elsewhere;\n", FALSE },
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=/no/such/fika-service\n", FALSE },
    { "[Desktop Entry]\nType=Application\nName=Fika\nExec=true\nTryExec=/no/such/thing\n", FALSE },
    { "no entry at all", FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      write_entry (cases[i].content);
      g_test_message ("%s", cases[i].content);
      g_assert_cmpint (read_login (fixture).on, ==, cases[i].on);
    }
}

static void
test_entry_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = entry_path ();
  g_autofree char *file = g_build_filename (path, "in-the-way", NULL);

  /* A folder in its place. */
  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  assert_refused (fixture, TRUE, FALSE, "Nothing else is affected");
  g_remove (file);
  g_remove (path);
}

/* Where a systemd starts the session: its unit, and never an entry beside it. */
static void
test_unit (Fixture *fixture, gconstpointer data)
{
  start_systemd (fixture, "disabled", "active");
  write_entry ("[Desktop Entry]\nType=Application\nName=Fika\nExec=true\n");

  g_assert_cmpint (read_login (fixture).way, ==, FIKA_LOGIN_BY_UNIT);
  g_assert_false (read_login (fixture).on);
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_UNIT);
  g_assert_cmpstr (fixture->calls->str, ==, "EnableUnitFiles Reload ");
  g_assert_false (entry_exists ());
  assert_set (fixture, FALSE, FIKA_LOGIN_BY_UNIT);
  g_assert_cmpstr (fixture->unit_state, ==, "disabled");
}

static void
test_unit_refused (Fixture *fixture, gconstpointer data)
{
  start_systemd (fixture, "masked", "activating");
  fixture->refuses = TRUE;

  assert_refused (fixture, TRUE, FALSE, "masked");
  g_assert_false (entry_exists ());
}

/* A systemd that is there but starts no graphical session would start nothing; and one that does
 * not know the unit, because Fika is installed elsewhere, neither. */
static void
test_unit_of_no_use (Fixture *fixture, gconstpointer data)
{
  start_systemd (fixture, "disabled", NULL);
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_ENTRY);
  g_assert_true (entry_exists ());
  g_assert_cmpstr (fixture->calls->str, ==, "");

  /* Enabled for another session, it is turned off together with the entry. */
  g_free (fixture->unit_state);
  fixture->unit_state = g_strdup ("enabled");
  assert_set (fixture, FALSE, FIKA_LOGIN_BY_ENTRY);
  g_assert_cmpstr (fixture->unit_state, ==, "disabled");
  g_assert_false (entry_exists ());

  g_clear_pointer (&fixture->unit_state, g_free);
  fixture->session_state = g_strdup ("active");
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_ENTRY);

  g_free (fixture->session_state);
  fixture->session_state = g_strdup ("inactive");
  fixture->unit_state = g_strdup ("enabled");
  g_assert_cmpint (read_login (fixture).way, ==, FIKA_LOGIN_BY_ENTRY);
}

/* 41: within a sandbox the desktop is asked, and its answer holds. */
static void
test_041_portal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  FikaLogin login;

  g_setenv ("FIKA_FLATPAK_INFO", "/", TRUE);
  start_systemd (fixture, "disabled", "active");

  g_assert_cmpint (read_login (fixture).way, ==, FIKA_LOGIN_BY_PORTAL);
  g_assert_false (read_login (fixture).on);

  fixture->portal = GRANTS;
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_PORTAL);
  g_assert_true (fixture->asked_autostart);
  g_assert_cmpstr (fixture->command, ==, "fika-service");
  assert_set (fixture, FALSE, FIKA_LOGIN_BY_PORTAL);
  g_assert_false (fixture->asked_autostart);

  /* Denied, it says so and is off, whatever it was. */
  fixture->portal = DENIES;
  assert_refused (fixture, TRUE, FALSE, "did not allow Fika to start at login");
  fixture->portal = GRANTS;
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_PORTAL);
  fixture->portal = CANCELLED;
  assert_refused (fixture, TRUE, FALSE, "did not allow Fika to start at login");

  /* It could not be turned off: it is still on. */
  fixture->portal = GRANTS;
  assert_set (fixture, TRUE, FIKA_LOGIN_BY_PORTAL);
  fixture->portal = CANCELLED;
  assert_refused (fixture, FALSE, TRUE, "did not allow it");

  fixture->portal = SILENT;
  g_cancellable_cancel (cancellable);
  g_assert_false (set_login (fixture, TRUE, cancellable, &login, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);

  fixture->portal = DIES;
  assert_refused (fixture, TRUE, FALSE, "did not answer");
  /* And nobody there at all. */
  assert_refused (fixture, TRUE, FALSE, "could not be changed");

  g_assert_cmpstr (fixture->calls->str, ==, "");
  g_assert_false (entry_exists ());
}

/* Without a bus the entry is what there is. */
static void
test_no_bus (void)
{
  g_autoptr (GError) error = NULL;
  FikaLogin login;

  g_unsetenv ("FIKA_FLATPAK_INFO");
  g_assert_true (fika_login_set (NULL, TRUE, &login, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (login.way, ==, FIKA_LOGIN_BY_ENTRY);
  g_assert_true (login.on);
  g_assert_true (fika_login_set (NULL, FALSE, &login, NULL, NULL));
  g_assert_false (login.on);

  g_setenv ("FIKA_FLATPAK_INFO", "/", TRUE);
  g_assert_false (fika_login_set (NULL, TRUE, &login, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_unsetenv ("FIKA_FLATPAK_INFO");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("fika-login-XXXXXX", NULL);
  g_autofree char *config = g_build_filename (folder, "config", NULL);
  g_autofree char *autostart = g_build_filename (config, "autostart", NULL);
  g_autofree char *program = g_build_filename (folder, "fika-service", NULL);
  int result;

  /* Read once, at the first use. */
  g_setenv ("XDG_CONFIG_HOME", config, TRUE);
  g_setenv ("FIKA_BINDIR", folder, TRUE);
  g_assert_true (g_file_set_contents (program, "#!/bin/sh\n", -1, NULL));
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);

  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/login/040-entry", test_entry);
  ADD ("/login/040-entry-true-state", test_entry_true_state);
  ADD ("/login/040-entry-refused", test_entry_refused);
  ADD ("/login/040-unit", test_unit);
  ADD ("/login/040-unit-refused", test_unit_refused);
  ADD ("/login/040-unit-of-no-use", test_unit_of_no_use);
  ADD ("/login/041-portal", test_041_portal);
#undef ADD
  g_test_add_func ("/login/no-bus", test_no_bus);

  result = g_test_run ();
  g_remove (program);
  g_rmdir (autostart);
  g_rmdir (config);
  g_rmdir (folder);

  return result;
}
