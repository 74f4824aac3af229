#include "config.h"

#include "ui/reminders/fika-quiet-watch.h"

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"
#define PROPERTIES "org.freedesktop.DBus.Properties"

/* Milliseconds. */
#define TIMEOUT 3000

/* Servers that say it themselves: whether they hold everything back. */
static const struct
{
  const char *interface;
  const char *property;
} said[] = {
  { "org.freedesktop.Notifications", "Inhibited" }, /* Plasma */
  { "org.dunstproject.cmd0", "paused" },
};

/* Desktops whose settings say it, by what their server calls itself. A schema alone says nothing:
 * it is installed with half of the programs there are. */
typedef struct
{
  const char *server;
  const char *schema;
  const char *key;
  gboolean quiet; /* the value of the key that means it */
  /* The same for one program, below a path that is its id with '-' for what is no letter or digit.
   */
  const char *program_schema;
  const char *program_path;
  const char *program_keys[3]; /* each of which mutes it when it is FALSE */
} Desktop;

static const Desktop desktops[] = {
  {
      "gnome-shell",
      "org.gnome.desktop.notifications",
      "show-banners",
      FALSE,
      "org.gnome.desktop.notifications.application",
      "/org/gnome/desktop/notifications/application/org-fikaplanner-fika/",
      { "enable", "show-banners", NULL },
  },
  { "cinnamon", "org.cinnamon.desktop.notifications", "display-notifications", FALSE },
};

struct _FikaQuietWatch
{
  GObject parent_instance;

  GDBusConnection *connection; /* NULL without a bus */
  GCancellable *cancellable;
  guint subscription;
  char *server;

  const Desktop *desktop; /* NULL where it is none of those */
  GSettings *settings;    /* of the desktop; NULL where they cannot be read */
  GSettings *of_program;  /* likewise */
  FikaQuiet by_server;    /* what the server says */
  guint asked;            /* which of `said` is being asked */
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaQuietWatch, fika_quiet_watch, G_TYPE_OBJECT)

static void ask (FikaQuietWatch *self);

static void
changed (FikaQuietWatch *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaQuietWatch) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) value = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL)
    g_variant_get (answer, "(v)", &value);
  if (value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    {
      FikaQuiet quiet = g_variant_get_boolean (value) ? FIKA_QUIET_ON : FIKA_QUIET_OFF;

      if (quiet != self->by_server)
        {
          self->by_server = quiet;
          changed (self);
        }
      return;
    }
  self->asked++;
  ask (self);
}

/* Asks one after the other; who does not know the property answers with an error. */
static void
ask (FikaQuietWatch *self)
{
  if (self->connection == NULL || self->asked >= G_N_ELEMENTS (said))
    return;
  g_dbus_connection_call (
      self->connection, SERVER_NAME, SERVER_PATH, PROPERTIES, "Get",
      g_variant_new ("(ss)", said[self->asked].interface, said[self->asked].property),
      G_VARIANT_TYPE ("(v)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, TIMEOUT, self->cancellable, asked_cb,
      g_object_ref (self));
}

static void
ask_anew (FikaQuietWatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->asked = 0;
  ask (self);
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
properties_cb (GDBusConnection *connection,
               const char *sender,
               const char *path,
               const char *interface,
               const char *signal,
               GVariant *parameters,
               gpointer user_data)
{
  g_autoptr (FikaQuietWatch) self = g_weak_ref_get (user_data);

  if (self != NULL && self->subscription != 0)
    ask_anew (self);
}

static void
subscribe (FikaQuietWatch *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  self->subscription = g_dbus_connection_signal_subscribe (
      self->connection, SERVER_NAME, PROPERTIES, "PropertiesChanged", SERVER_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, properties_cb, weak, weak_ref_free);
}

/* Settings that are not there, or lack the keys, are none: GSettings itself would end the program.
 */
static GSettings *
open_settings (const char *schema_id, const char *path, const char *const *keys)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source == NULL || schema_id == NULL)
    return NULL;
  schema = g_settings_schema_source_lookup (source, schema_id, TRUE);
  if (schema == NULL)
    return NULL;
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GSettingsSchemaKey) key = NULL;

      if (!g_settings_schema_has_key (schema, keys[i]))
        return NULL;
      key = g_settings_schema_get_key (schema, keys[i]);
      if (!g_variant_type_equal (g_settings_schema_key_get_value_type (key),
                                 G_VARIANT_TYPE_BOOLEAN))
        return NULL;
    }
  return g_settings_new_full (schema, NULL, path);
}

static void
watch_desktop (FikaQuietWatch *self)
{
  const char *keys[] = { NULL, NULL };

  g_clear_object (&self->settings);
  g_clear_object (&self->of_program);
  self->desktop = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (desktops) && self->server != NULL; i++)
    {
      if (g_ascii_strcasecmp (desktops[i].server, self->server) == 0)
        self->desktop = &desktops[i];
    }
  if (self->desktop == NULL)
    return;
  keys[0] = self->desktop->key;
  self->settings = open_settings (self->desktop->schema, NULL, keys);
  self->of_program = open_settings (self->desktop->program_schema, self->desktop->program_path,
                                    self->desktop->program_keys);
  if (self->settings != NULL)
    g_signal_connect_object (self->settings, "changed", G_CALLBACK (changed), self,
                             G_CONNECT_SWAPPED);
  if (self->of_program != NULL)
    g_signal_connect_object (self->of_program, "changed", G_CALLBACK (changed), self,
                             G_CONNECT_SWAPPED);
}

static void
fika_quiet_watch_dispose (GObject *object)
{
  FikaQuietWatch *self = FIKA_QUIET_WATCH (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->subscription != 0)
    {
      guint subscription = self->subscription;

      self->subscription = 0;
      g_dbus_connection_signal_unsubscribe (self->connection, subscription);
    }
  g_clear_object (&self->connection);
  g_clear_object (&self->settings);
  g_clear_object (&self->of_program);
  g_clear_pointer (&self->server, g_free);
  G_OBJECT_CLASS (fika_quiet_watch_parent_class)->dispose (object);
}

static void
fika_quiet_watch_class_init (FikaQuietWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_quiet_watch_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fika_quiet_watch_init (FikaQuietWatch *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * fika_quiet_watch_new:
 * @connection: (nullable): the session bus
 *
 * Returns: (transfer full): a watch that knows nothing before a server is set
 */
FikaQuietWatch *
fika_quiet_watch_new (GDBusConnection *connection)
{
  FikaQuietWatch *self = g_object_new (FIKA_TYPE_QUIET_WATCH, NULL);

  g_set_object (&self->connection, connection);
  return self;
}

/**
 * fika_quiet_watch_set_server:
 * @self: a watch
 * @server: (nullable): what the notification server that runs calls itself
 *
 * Looks at it anew. There is a signal only when something is found to be another.
 */
void
fika_quiet_watch_set_server (FikaQuietWatch *self, const char *server)
{
  g_return_if_fail (FIKA_IS_QUIET_WATCH (self));

  if (g_strcmp0 (server, self->server) != 0)
    {
      g_free (self->server);
      self->server = g_strdup (server);
      self->by_server = FIKA_QUIET_UNKNOWN;
      watch_desktop (self);
    }
  if (self->connection != NULL && self->subscription == 0)
    subscribe (self);
  if (server != NULL)
    ask_anew (self);
}

/**
 * fika_quiet_watch_get:
 * @self: a watch
 *
 * Returns: whether the desktop holds notifications back
 */
FikaQuiet
fika_quiet_watch_get (FikaQuietWatch *self)
{
  gboolean known;

  g_return_val_if_fail (FIKA_IS_QUIET_WATCH (self), FIKA_QUIET_UNKNOWN);

  known = self->by_server != FIKA_QUIET_UNKNOWN;
  for (guint i = 0; self->of_program != NULL && self->desktop->program_keys[i] != NULL; i++)
    {
      if (!g_settings_get_boolean (self->of_program, self->desktop->program_keys[i]))
        return FIKA_QUIET_MUTED;
      known = TRUE;
    }
  if (self->settings != NULL)
    {
      if (!g_settings_get_boolean (self->settings, self->desktop->key) == !self->desktop->quiet)
        return FIKA_QUIET_ON;
      known = TRUE;
    }
  if (self->by_server == FIKA_QUIET_ON)
    return FIKA_QUIET_ON;
  return known ? FIKA_QUIET_OFF : FIKA_QUIET_UNKNOWN;
}
