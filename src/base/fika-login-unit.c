#include "config.h"

#include "base/fika-login-private.h"

/* org.freedesktop.systemd1, the manager of the person's own session. */

#define MANAGER_NAME "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER_INTERFACE "org.freedesktop.systemd1.Manager"
#define UNIT_INTERFACE "org.freedesktop.systemd1.Unit"

#define UNIT "fika-service.service"
/* What wants it: where a session does not come this far, enabling the unit would start nothing. */
#define SESSION "graphical-session.target"

/* Milliseconds. */
#define TIMEOUT 5000

static GVariant *
call (GDBusConnection *bus,
      const char *path,
      const char *interface,
      const char *method,
      GVariant *parameters,
      const char *answer,
      GError **error)
{
  return g_dbus_connection_call_sync (bus, MANAGER_NAME, path, interface, method, parameters,
                                      answer != NULL ? G_VARIANT_TYPE (answer) : NULL,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT, NULL, error);
}

/* Whether the session that runs now was started by systemd, as far as its graphical part. */
static gboolean
starts_session (GDBusConnection *bus)
{
  g_autoptr (GVariant) unit = call (bus, MANAGER_PATH, MANAGER_INTERFACE, "GetUnit",
                                    g_variant_new ("(s)", SESSION), "(o)", NULL);
  g_autoptr (GVariant) property = NULL;
  g_autoptr (GVariant) value = NULL;
  const char *path;
  const char *state;

  if (unit == NULL)
    return FALSE;
  g_variant_get (unit, "(&o)", &path);
  property = call (bus, path, "org.freedesktop.DBus.Properties", "Get",
                   g_variant_new ("(ss)", UNIT_INTERFACE, "ActiveState"), "(v)", NULL);
  if (property == NULL)
    return FALSE;
  g_variant_get (property, "(v)", &value);
  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return FALSE;
  state = g_variant_get_string (value, NULL);

  return g_str_equal (state, "active") || g_str_equal (state, "activating")
         || g_str_equal (state, "reloading");
}

gboolean
fika_login_unit_known (GDBusConnection *bus, gboolean *on)
{
  g_autoptr (GVariant) answer = NULL;
  const char *state;

  if (bus == NULL)
    return FALSE;
  answer = call (bus, MANAGER_PATH, MANAGER_INTERFACE, "GetUnitFileState",
                 g_variant_new ("(s)", UNIT), "(s)", NULL);
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(&s)", &state);
  *on = g_str_equal (state, "enabled");

  return TRUE;
}

gboolean
fika_login_unit_find (GDBusConnection *bus, gboolean *on)
{
  return fika_login_unit_known (bus, on) && starts_session (bus);
}

gboolean
fika_login_unit_set (GDBusConnection *bus, gboolean on, GError **error)
{
  const char *const files[] = { UNIT, NULL };
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GVariant) reloaded = NULL;
  g_autoptr (GError) failed = NULL;

  if (on)
    answer = call (bus, MANAGER_PATH, MANAGER_INTERFACE, "EnableUnitFiles",
                   g_variant_new ("(^asbb)", files, FALSE, FALSE), "(ba(sss))", &failed);
  else
    answer = call (bus, MANAGER_PATH, MANAGER_INTERFACE, "DisableUnitFiles",
                   g_variant_new ("(^asb)", files, FALSE), "(a(sss))", &failed);
  if (answer == NULL)
    {
      g_dbus_error_strip_remote_error (failed);
      return fika_login_refused (failed->message, error);
    }

  /* As systemctl does, so that the manager knows of the links made and removed. It finds them at
   * the next login whether this works or not. */
  reloaded = call (bus, MANAGER_PATH, MANAGER_INTERFACE, "Reload", NULL, NULL, NULL);

  return TRUE;
}
