#include "config.h"

#include "base/fika-login-private.h"

#include "base/fika-error.h"
#include "base/fika-settings.h"

#include <glib/gi18n-lib.h>

/* org.freedesktop.portal.Background: the desktop starts what is in a sandbox, when it likes to. It
 * cannot be asked what it does, so its last answer is kept in the settings. */

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Background"
#define REQUEST_INTERFACE "org.freedesktop.portal.Request"

/* Seconds that a person may look at the desktop's question. */
#define PATIENCE 300

/* Milliseconds until the desktop has to say that it will ask. */
#define TIMEOUT 25000

typedef struct
{
  GMainContext *context;
  gboolean answered;
  gboolean gone; /* the desktop's side ended, or its patience did, or ours */
  guint response;
  GVariant *results;
} Request;

static void
response_cb (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *signal,
             GVariant *parameters,
             gpointer user_data)
{
  Request *request = user_data;

  if (request->answered || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &request->response, &request->results);
  request->answered = TRUE;
}

static gboolean
gone_cb (gpointer user_data)
{
  Request *request = user_data;

  request->gone = TRUE;

  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  return gone_cb (user_data);
}

static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  gone_cb (user_data);
}

/* The path that the request will have, so that its answer cannot come before somebody listens:
 * org.freedesktop.portal.Request, "handle_token". */
static char *
dup_request_path (GDBusConnection *bus, const char *token)
{
  g_autofree char *sender = g_strdup (g_dbus_connection_get_unique_name (bus) + 1);

  return g_strconcat (PORTAL_PATH "/request/", g_strdelimit (sender, ".", '_'), "/", token, NULL);
}

static GVariant *
new_parameters (const char *token, gboolean on)
{
  const char *const command[] = { "fika-service", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("So that reminders come before you open Fika")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (on));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));

  return g_variant_new ("(sa{sv})", "", &options);
}

static void
await_answer (Request *request, GCancellable *cancellable)
{
  g_autoptr (GSource) patience = g_timeout_source_new_seconds (PATIENCE);
  g_autoptr (GSource) cancel = NULL;

  g_source_set_callback (patience, gone_cb, request, NULL);
  g_source_attach (patience, request->context);
  if (cancellable != NULL)
    {
      cancel = g_cancellable_source_new (cancellable);
      g_source_set_callback (cancel, G_SOURCE_FUNC (cancelled_cb), request, NULL);
      g_source_attach (cancel, request->context);
    }

  while (!request->answered && !request->gone)
    g_main_context_iteration (request->context, TRUE);

  g_source_destroy (patience);
  if (cancel != NULL)
    g_source_destroy (cancel);
}

/* Asks and waits, in the thread's own context. */
static gboolean
ask (GDBusConnection *bus, Request *request, gboolean on, GCancellable *cancellable, GError **error)
{
  g_autofree char *token = g_strdup_printf ("fika%u", g_random_int ());
  g_autofree char *path = dup_request_path (bus, token);
  g_autoptr (GVariant) handle = NULL;
  guint subscription;
  guint watch;

  subscription = g_dbus_connection_signal_subscribe (
      bus, PORTAL_NAME, REQUEST_INTERFACE, "Response", path, NULL, G_DBUS_SIGNAL_FLAGS_NONE,
      response_cb, request, NULL);
  handle = g_dbus_connection_call_sync (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE,
                                        "RequestBackground", new_parameters (token, on),
                                        G_VARIANT_TYPE ("(o)"), G_DBUS_CALL_FLAGS_NONE, TIMEOUT,
                                        cancellable, error);
  if (handle != NULL)
    {
      watch = g_bus_watch_name_on_connection (bus, PORTAL_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE, NULL,
                                              vanished_cb, request, NULL);
      await_answer (request, cancellable);
      g_bus_unwatch_name (watch);
    }
  g_dbus_connection_signal_unsubscribe (bus, subscription);
  /* What was on its way to one of the two is let go of before the request is. */
  while (g_main_context_iteration (request->context, FALSE))
    ;

  return handle != NULL;
}

static gboolean
judge (const Request *request, gboolean on, GError **error)
{
  gboolean background = TRUE;
  gboolean autostart = FALSE;

  if (!request->answered)
    return fika_login_refused (_ ("the desktop did not answer"), error);

  if (request->response == 0)
    {
      g_variant_lookup (request->results, "background", "b", &background);
      g_variant_lookup (request->results, "autostart", "b", &autostart);
    }
  if (request->response == 0 && !autostart == !on && (background || !on))
    return TRUE;
  if (!on)
    return fika_login_refused (_ ("the desktop did not allow it"), error);

  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                       _ ("Your desktop did not allow Fika to start at login. Reminders come while "
                          "Fika is open; the settings of your desktop can allow it."));

  return FALSE;
}

gboolean
fika_login_portal_get (void)
{
  g_autoptr (GSettings) settings = fika_settings_new ();

  return g_settings_get_boolean (settings, FIKA_SETTING_START_AT_LOGIN);
}

gboolean
fika_login_portal_set (GDBusConnection *bus, gboolean on, GCancellable *cancellable, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSettings) settings = fika_settings_new ();
  g_autoptr (GError) failed = NULL;
  Request request = { .context = context };
  gboolean done;

  if (bus == NULL)
    return fika_login_refused (_ ("there is no desktop session"), error);

  g_main_context_push_thread_default (context);
  if (ask (bus, &request, on, cancellable, &failed))
    done = judge (&request, on, error);
  else
    {
      g_dbus_error_strip_remote_error (failed);
      done = fika_login_refused (failed->message, error);
    }
  g_main_context_pop_thread_default (context);
  g_clear_pointer (&request.results, g_variant_unref);

  /* Refused, it is off: the desktop starts nothing that it does not allow. */
  if (done || on)
    g_settings_set_boolean (settings, FIKA_SETTING_START_AT_LOGIN, done && on);

  return done;
}
