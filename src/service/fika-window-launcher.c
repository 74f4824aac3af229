#include "config.h"

#include "service/fika-window-launcher.h"

#define WINDOW_PATH "/org/fikaplanner/Fika"
#define WINDOW_INTERFACE "org.freedesktop.Application"

/* A window that has to be started first takes its time to answer, in milliseconds. */
#define TIMEOUT 60000

typedef struct
{
  GDBusConnection *connection;
  char *key;
  char *activation_token;
} Launch;

static void
launch_free (Launch *launch)
{
  g_object_unref (launch->connection);
  g_free (launch->key);
  g_free (launch->activation_token);
  g_free (launch);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply == NULL)
    g_message ("Fika could not be opened: %s", error->message);
}

/* As the Desktop Entry Specification has it, "D-Bus Activation". Both names of the token are in
 * use. */
static GVariant *
platform_data (const char *activation_token)
{
  g_auto (GVariantDict) data = G_VARIANT_DICT_INIT (NULL);

  if (activation_token != NULL)
    {
      g_variant_dict_insert (&data, "activation-token", "s", activation_token);
      g_variant_dict_insert (&data, "desktop-startup-id", "s", activation_token);
    }

  return g_variant_dict_end (&data);
}

/* The window's actions for keys that begin so; an occurrence's has no such beginning. */
static const struct
{
  const char *prefix;
  const char *action;
} actions[] = {
  { "person:", "open-person" },
  { "group:", "open-group" },
  { "place:", "show-place" },
};

/**
 * fika_window_launcher_open:
 * @connection: the session bus
 * @key: (nullable): what to show, as fika_reminder_dup_key () has it, or
 * %FIKA_WINDOW_KEY_REMINDERS; %NULL = just Fika
 * @activation_token: (nullable): what lets the window take the focus
 *
 * Opens Fika, starting it where it does not run.
 */
void
fika_window_launcher_open (GDBusConnection *connection,
                           const char *key,
                           const char *activation_token)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));

  if (key != NULL)
    {
      const char *action = "open-catchup";
      GVariant *parameter;

      for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
        if (g_str_has_prefix (key, actions[i].prefix))
          {
            action = actions[i].action;
            key += strlen (actions[i].prefix);
            break;
          }
      parameter = g_variant_new_variant (g_variant_new_string (key));

      g_dbus_connection_call (
          connection, FIKA_APP_ID, WINDOW_PATH, WINDOW_INTERFACE, "ActivateAction",
          g_variant_new ("(s@av@a{sv})", action, g_variant_new_array (NULL, &parameter, 1),
                         platform_data (activation_token)),
          NULL, G_DBUS_CALL_FLAGS_NONE, TIMEOUT, NULL, opened_cb, NULL);
    }
  else
    {
      g_dbus_connection_call (connection, FIKA_APP_ID, WINDOW_PATH, WINDOW_INTERFACE, "Activate",
                              g_variant_new ("(@a{sv})", platform_data (activation_token)), NULL,
                              G_DBUS_CALL_FLAGS_NONE, TIMEOUT, NULL, opened_cb, NULL);
    }
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Launch *launch = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    {
      /* Nothing here makes calls: show the number instead. */
      g_message ("Nothing could be opened for a press of Call: %s", error->message);
      fika_window_launcher_open (launch->connection, launch->key, launch->activation_token);
    }
  launch_free (launch);
}

/**
 * fika_window_launcher_launch:
 * @connection: the session bus
 * @uri: what to open, such as a tel: URI
 * @key: (nullable): what to show where nothing opens @uri, likewise
 * @activation_token: (nullable): what lets a window take the focus
 *
 * Opens a URI with the desktop's handler for it.
 */
void
fika_window_launcher_launch (GDBusConnection *connection,
                             const char *uri,
                             const char *key,
                             const char *activation_token)
{
  g_autoptr (GAppLaunchContext) context = NULL;
  Launch *launch;

  g_return_if_fail (G_IS_DBUS_CONNECTION (connection));
  g_return_if_fail (uri != NULL);

  context = g_app_launch_context_new ();
  if (activation_token != NULL)
    {
      g_app_launch_context_setenv (context, "XDG_ACTIVATION_TOKEN", activation_token);
      g_app_launch_context_setenv (context, "DESKTOP_STARTUP_ID", activation_token);
    }

  launch = g_new0 (Launch, 1);
  launch->connection = g_object_ref (connection);
  launch->key = g_strdup (key);
  launch->activation_token = g_strdup (activation_token);
  g_app_info_launch_default_for_uri_async (uri, context, NULL, launched_cb, launch);
}
