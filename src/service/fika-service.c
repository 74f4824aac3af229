#include "config.h"

#include "service/fika-service.h"

#include "base/fika-settings.h"
#include "base/fika-zone-watch.h"
#include "command/fika-reminder-settings.h"
#include "service/fika-notify-notifier.h"
#include "service/fika-service-bus.h"
#include "service/fika-window-launcher.h"

#include <malloc.h>

struct _FikaService
{
  GObject parent_instance;

  GDBusConnection *session;
  GDBusConnection *system; /* NULL where there is none */
  guint sleep_subscription;
  guint zone_subscription;
  GCancellable *cancellable;
  FikaZoneWatch *zone_watch;

  FikaStore *store;
  FikaNotifier *notifier;
  FikaReminderEngine *engine;
  FikaServiceBus *bus;
  GPtrArray *asking;   /* GDBusMethodInvocation: who asked how it is before that was known */
  GSettings *settings; /* NULL before something was told */

  guint tidying;
  FikaDay backed_up; /* the day of the last backup */
};

enum
{
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaService, fika_service, G_TYPE_OBJECT)

/* What a wake-up that comes anyway is used for: the daily backup, and giving memory back. */
static gboolean
tidy_cb (gpointer user_data)
{
  FikaService *self = user_data;
  FikaDay today = fika_store_today (self->store);
  g_autoptr (GError) error = NULL;

  self->tidying = 0;
  if (self->backed_up != today)
    {
      self->backed_up = today;
      if (!fika_store_is_empty (self->store)
          && !fika_store_keep_backup (self->store, FALSE, &error))
        g_message ("The daily backup could not be made: %s", error->message);
    }
  fika_store_release_memory (self->store);
  malloc_trim (0);

  return G_SOURCE_REMOVE;
}

static void
tidy_soon (FikaService *self)
{
  if (self->tidying == 0)
    self->tidying = g_idle_add_full (G_PRIORITY_LOW, tidy_cb, self, NULL);
}

static void
wake_cb (FikaService *self)
{
  tidy_soon (self);
}

static void
poke_cb (FikaService *self)
{
  /* The terminal knows nothing of the window: whoever pokes, all others hear of it from here. */
  fika_service_bus_emit_changed (self->bus);
  fika_reminder_engine_look (self->engine);
  tidy_soon (self);
}

static void
quit_cb (FikaService *self)
{
  g_signal_emit (self, signals[ENDED], 0);
}

static GVariant *
new_status (FikaService *self)
{
  const FikaServerState *state = fika_notifier_get_state (self->notifier);
  g_auto (GVariantDict) status = G_VARIANT_DICT_INIT (NULL);
  int64_t next;

  fika_store_refresh (self->store);
  next = fika_reminder_engine_get_next (self->engine);

  g_variant_dict_insert (&status, "running", "b", TRUE);
  g_variant_dict_insert (&status, "version", "s", FIKA_VERSION);
  g_variant_dict_insert (&status, "notifications", "b", state->reachable && !state->stuck);
  g_variant_dict_insert (&status, "actions", "b", state->actions);
  if (state->name != NULL)
    g_variant_dict_insert (&status, "server", "s", state->name);
  if (next != FIKA_UTC_NONE)
    g_variant_dict_insert (&status, "next", "x", next);

  return g_variant_dict_end (&status);
}

/* Answers when it is known whether somebody shows notifications, so that whoever started the
 * service by asking is not told that nobody does. */
static void
answer_status (FikaService *self)
{
  const FikaServerState *state = fika_notifier_get_state (self->notifier);

  if (!state->ready && !state->stuck)
    return;
  while (self->asking->len > 0)
    {
      GDBusMethodInvocation *invocation = g_ptr_array_steal_index (self->asking, 0);
      GVariant *status = new_status (self);

      g_dbus_method_invocation_return_value (invocation, g_variant_new_tuple (&status, 1));
    }
}

static void
status_cb (FikaService *self, GDBusMethodInvocation *invocation)
{
  g_ptr_array_add (self->asking, invocation);
  answer_status (self);
}

static void
test_shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GDBusMethodInvocation *invocation = user_data;
  GError *error = NULL;

  if (fika_reminder_engine_test_finish (FIKA_REMINDER_ENGINE (source), result, &error))
    g_dbus_method_invocation_return_value (invocation, NULL);
  else
    g_dbus_method_invocation_take_error (invocation, error);
}

static void
test_cb (FikaService *self, GDBusMethodInvocation *invocation)
{
  fika_reminder_engine_test_async (self->engine, test_shown_cb, invocation);
}

static void
committed_cb (FikaService *self)
{
  fika_service_bus_emit_changed (self->bus);
}

static void
apply_settings (FikaService *self)
{
  g_autoptr (GError) error = NULL;

  if (!fika_reminder_settings_apply (self->settings, self->store, &error))
    g_message ("The preferences for reminders could not be applied: %s", error->message);
}

static void
setting_cb (FikaService *self, const char *key)
{
  if (!fika_reminder_settings_concern (key))
    return;

  apply_settings (self);
  fika_reminder_engine_look (self->engine);
}

/* Not before it is needed: the preferences' backend costs memory. The window writes what it changes
 * of them to the data. */
static void
load_settings (FikaService *self)
{
  self->settings = fika_settings_new ();
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (setting_cb), self,
                           G_CONNECT_SWAPPED);
  apply_settings (self);
}

static void
telling_cb (FikaService *self)
{
  if (self->settings == NULL)
    load_settings (self);
  fika_reminder_engine_set_discreet (
      self->engine, g_settings_get_boolean (self->settings, FIKA_SETTING_DISCREET));
}

static void
open_cb (FikaService *self, const char *key, const char *activation_token)
{
  fika_window_launcher_open (self->session, key, activation_token);
}

static void
launch_cb (FikaService *self, const char *uri, const char *key, const char *activation_token)
{
  fika_window_launcher_launch (self->session, uri, key, activation_token);
}

static void
sleep_cb (GDBusConnection *connection,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer user_data)
{
  FikaService *self = user_data;
  gboolean going_to_sleep;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;

  g_variant_get (parameters, "(b)", &going_to_sleep);
  if (!going_to_sleep)
    fika_clock_emit_wake (fika_store_get_clock (self->store));
}

static void
zone_cb (GDBusConnection *connection,
         const char *sender,
         const char *path,
         const char *interface,
         const char *signal,
         GVariant *parameters,
         gpointer user_data)
{
  FikaService *self = user_data;

  fika_reminder_engine_zone_changed (self->engine);
}

static void
system_bus_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FikaService *self = user_data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *system = g_bus_get_finish (result, &error);

  if (system == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("No system bus, so sleep and zone are seen by the clock alone: %s",
                 error->message);
      return;
    }

  /* Nobody on the system bus can do more with these signals than make the service look. So they are
   * taken from anyone, which spares being told of every start and end of the daemons. */
  self->system = system;
  g_dbus_connection_set_exit_on_close (system, FALSE);
  self->sleep_subscription = g_dbus_connection_signal_subscribe (
      system, NULL, "org.freedesktop.login1.Manager", "PrepareForSleep", "/org/freedesktop/login1",
      NULL, G_DBUS_SIGNAL_FLAGS_NONE, sleep_cb, self, NULL);
  self->zone_subscription = g_dbus_connection_signal_subscribe (
      system, NULL, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      "/org/freedesktop/timedate1", "org.freedesktop.timedate1", G_DBUS_SIGNAL_FLAGS_NONE, zone_cb,
      self, NULL);
}

static void
fika_service_dispose (GObject *object)
{
  FikaService *self = FIKA_SERVICE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->tidying, g_source_remove);

  if (self->system != NULL)
    {
      g_dbus_connection_signal_unsubscribe (self->system, self->sleep_subscription);
      g_dbus_connection_signal_unsubscribe (self->system, self->zone_subscription);
    }
  g_clear_object (&self->system);

  g_clear_pointer (&self->asking, g_ptr_array_unref);
  g_clear_object (&self->settings);
  g_clear_object (&self->zone_watch);
  g_clear_object (&self->bus);
  g_clear_object (&self->engine);
  g_clear_object (&self->notifier);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (fika_service_parent_class)->dispose (object);
}

static void
fika_service_class_init (FikaServiceClass *class)
{
  G_OBJECT_CLASS (class)->dispose = fika_service_dispose;

  signals[ENDED] = g_signal_new ("ended", FIKA_TYPE_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
fika_service_init (FikaService *self)
{
  self->cancellable = g_cancellable_new ();
  self->backed_up = FIKA_DAY_NONE;
  self->asking = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * fika_service_new:
 * @connection: the session bus
 * @store: the data
 *
 * Returns: (transfer full): a service that does nothing yet
 */
FikaService *
fika_service_new (GDBusConnection *connection, FikaStore *store)
{
  FikaService *self;

  g_return_val_if_fail (G_IS_DBUS_CONNECTION (connection), NULL);
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  self = g_object_new (FIKA_TYPE_SERVICE, NULL);
  self->session = g_object_ref (connection);
  self->store = g_object_ref (store);
  self->notifier = fika_notify_notifier_new (connection);
  self->engine = fika_reminder_engine_new (store, self->notifier);
  self->bus = fika_service_bus_new (connection);
  self->zone_watch = fika_zone_watch_new ();

  g_signal_connect_object (store, "committed", G_CALLBACK (committed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fika_store_get_clock (store), "wake", G_CALLBACK (wake_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "telling", G_CALLBACK (telling_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "moved", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->engine, "launch", G_CALLBACK (launch_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifier, "changed", G_CALLBACK (answer_status), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->zone_watch, "changed",
                           G_CALLBACK (fika_reminder_engine_zone_changed), self->engine,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bus, "poke", G_CALLBACK (poke_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bus, "status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bus, "test", G_CALLBACK (test_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bus, "quit", G_CALLBACK (quit_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bus, "lost", G_CALLBACK (quit_cb), self, G_CONNECT_SWAPPED);

  return self;
}

static void
acquired_cb (FikaService *self)
{
  if (!fika_store_has_reminder_policy (self->store))
    load_settings (self);
  fika_reminder_engine_start (self->engine);
  tidy_soon (self);
}

/**
 * fika_service_start:
 * @self: a service
 * @error: return location for an error
 *
 * Takes the name on the bus, and begins to remind once it has it: never while an older service
 * does.
 *
 * Returns: whether it could
 */
gboolean
fika_service_start (FikaService *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_SERVICE (self), FALSE);

  g_signal_connect_object (self->bus, "acquired", G_CALLBACK (acquired_cb), self,
                           G_CONNECT_SWAPPED);
  if (!fika_service_bus_own (self->bus, error))
    return FALSE;

  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, system_bus_cb, self);

  return TRUE;
}
