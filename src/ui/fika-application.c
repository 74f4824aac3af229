#include "config.h"

#include "ui/fika-application.h"

#include "base/fika-paths.h"
#include "base/fika-zone-watch.h"
#include "base/fika-zone.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-log-dialog.h"
#include "ui/fika-compat.h"
#include "ui/fika-preferences.h"
#include "ui/fika-service-link.h"
#include "base/fika-settings.h"
#include "command/fika-reminder-settings.h"
#include "ui/fika-shortcuts.h"
#include "ui/people/fika-import-sheet.h"
#include "ui/reminders/fika-snooze-menu.h"

#include <glib/gi18n.h>

/* Seconds. Every zone's midnight falls on a quarter of an hour. */
#define QUARTER 900

struct _FikaApplication
{
  AdwApplication parent_instance;

  FikaClock *clock;
  FikaStore *store; /* NULL while it could not be opened */
  GSettings *settings;
  FikaServiceLink *link;
  FikaZoneWatch *zone_watch;
  FikaDay today;
  guint first_poke;
};

G_DEFINE_FINAL_TYPE (FikaApplication, fika_application, ADW_TYPE_APPLICATION)

/* Time */

static void
arm (FikaApplication *self)
{
  int64_t now = fika_clock_now (self->clock);

  fika_clock_set_wake (self->clock, (now / QUARTER + 1) * QUARTER);
}

static FikaMainWindow *
the_window (FikaApplication *self)
{
  for (GList *i = gtk_application_get_windows (GTK_APPLICATION (self)); i != NULL; i = i->next)
    {
      if (FIKA_IS_MAIN_WINDOW (i->data))
        return i->data;
    }
  return NULL;
}

/* Looks at the clock: after a quarter of an hour, a night, a suspend, a journey. */
static void
look_at_clock (FikaApplication *self)
{
  FikaMainWindow *window = the_window (self);
  g_autoptr (GError) error = NULL;
  FikaDay today;
  gboolean new_day;

  if (self->store == NULL)
    return;
  today = fika_store_today (self->store);
  new_day = today != self->today;
  self->today = today;
  if (!fika_store_is_read_only (self->store) && !fika_store_roll (self->store, &error))
    g_debug ("Rolling on: %s", error->message);
  if (window != NULL)
    fika_main_window_time_passed (window, new_day);
}

static void
wake_cb (FikaApplication *self)
{
  look_at_clock (self);
  arm (self);
}

/* All that is shown has another time, whether the service has worked it out already or not. */
static void
zone_changed_cb (FikaApplication *self)
{
  g_autoptr (GError) error = NULL;

  fika_zone_forget_cached ();
  if (self->store == NULL)
    return;
  if (!fika_store_is_read_only (self->store) && !fika_store_zone_changed (self->store, &error))
    g_debug ("The new time zone: %s", error->message);
  self->today = FIKA_DAY_NONE;
  wake_cb (self);
}

/* The store */

static void
committed_cb (FikaApplication *self)
{
  fika_service_link_poke (self->link);
}

static void
update_actions (FikaApplication *self)
{
  g_autofree char *undo = self->store != NULL ? fika_store_dup_undo_label (self->store) : NULL;
  g_autofree char *redo = self->store != NULL ? fika_store_dup_redo_label (self->store) : NULL;
  gboolean writable = self->store != NULL && !fika_store_is_read_only (self->store);
  const struct
  {
    const char *action;
    gboolean enabled;
  } states[] = {
    { "undo", writable && undo != NULL },
    { "redo", writable && redo != NULL },
    { "plan", writable },
    { "log", writable },
    { "add-person", writable },
    { "add-group", writable },
    { "import", writable },
    { "load-sample", writable && !fika_store_has_sample (self->store) },
    { "remove-sample", writable && fika_store_has_sample (self->store) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), states[i].action);

      if (action != NULL)
        g_simple_action_set_enabled (G_SIMPLE_ACTION (action), states[i].enabled);
    }
}

static void
service_changed_cb (FikaApplication *self)
{
  if (self->store != NULL)
    fika_store_refresh (self->store);
}

/* What is told follows the preferences, wherever they are changed. */
static void
apply_settings (FikaApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->store != NULL && !fika_reminder_settings_apply (self->settings, self->store, &error))
    g_message ("The preferences for reminders could not be applied: %s", error->message);
}

static void
setting_cb (FikaApplication *self, const char *key)
{
  if (fika_reminder_settings_concern (key))
    apply_settings (self);
}

static gboolean
open_store (FikaApplication *self, GError **error)
{
  g_autofree char *dir = fika_paths_data_dir ();
  g_autofree char *file = fika_paths_database ();

  if (!fika_paths_ensure_private_dir (dir, error))
    return FALSE;
  self->store = fika_store_open (file, self->clock, error);
  if (self->store == NULL)
    return FALSE;
  self->today = fika_store_today (self->store);
  g_signal_connect_object (self->store, "committed", G_CALLBACK (committed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  apply_settings (self);
  update_actions (self);
  arm (self);
  return TRUE;
}

/* Windows */

/* Whether reminders reach the person is asked when the window is there, and when it is looked at
 * again. */
static void
ask_reach (FikaApplication *self)
{
  FikaMainWindow *window = the_window (self);

  if (window != NULL && self->store != NULL)
    fika_reach_ask (fika_main_window_get_reach (window));
}

static gboolean
first_poke_cb (gpointer user_data)
{
  FikaApplication *self = user_data;

  self->first_poke = 0;
  fika_service_link_poke (self->link);
  ask_reach (self);
  return G_SOURCE_REMOVE;
}

/* Focus came back: perhaps after the computer slept, or another program wrote. */
static void
active_cb (FikaApplication *self, GParamSpec *pspec, GtkWindow *window)
{
  if (self->store == NULL || !gtk_window_is_active (window))
    return;
  fika_store_refresh (self->store);
  look_at_clock (self);
  if (self->first_poke == 0)
    ask_reach (self);
}

static FikaMainWindow *
ensure_window (FikaApplication *self)
{
  g_autoptr (GError) error = NULL;
  FikaMainWindow *window = the_window (self);

  if (window != NULL)
    return window;
  if (self->store == NULL)
    open_store (self, &error);
  window = fika_main_window_new (GTK_APPLICATION (self), self->store, self->settings, self->link);
  if (error != NULL)
    fika_main_window_show_trouble (window, error);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (active_cb), self,
                           G_CONNECT_SWAPPED);
  /* After the first frame; the service then looks after reminders whether the window stays or not.
   */
  if (self->first_poke == 0)
    self->first_poke = g_timeout_add_full (G_PRIORITY_LOW, 300, first_poke_cb, self, NULL);
  return window;
}

static FikaMainWindow *
present (FikaApplication *self)
{
  FikaMainWindow *window = ensure_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* Actions */

static void
plan_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaApplication *self = user_data;
  FikaMainWindow *window = present (self);

  if (self->store != NULL)
    fika_catchup_editor_present_new (window, FIKA_DAY_NONE, NULL, NULL);
}

static void
log_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaApplication *self = user_data;
  FikaMainWindow *window = present (self);

  if (self->store != NULL)
    fika_log_dialog_present (window, NULL, NULL);
}

static void
show_place_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaPlace *place
      = fika_main_window_show_place (present (user_data), g_variant_get_string (parameter, NULL));

  /* Gone to by a key, so the keyboard goes along. */
  if (place != NULL)
    fika_place_focus (place);
}

static void
open_in (FikaApplication *self, const char *name, GVariant *parameter)
{
  FikaMainWindow *window = present (self);
  FikaPlace *place = fika_main_window_show_place (window, name);

  if (place != NULL && !fika_place_open (place, g_variant_get_string (parameter, NULL)))
    fika_main_window_toast (window, _ ("That is no longer here. It may have been deleted."));
}

static void
open_catchup_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_in (user_data, "week", parameter);
}

static void
open_person_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_in (user_data, "people", parameter);
}

static void
open_group_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  open_in (user_data, "groups", parameter);
}

static void
add_in (FikaApplication *self, const char *name)
{
  FikaPlace *place = fika_main_window_get_place (present (self), name);

  if (place != NULL)
    fika_place_add (place);
}

static void
add_person_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  add_in (user_data, "people");
}

static void
add_group_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  add_in (user_data, "groups");
}

static void
search_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaMainWindow *window = present (user_data);
  const char *name = fika_main_window_get_place_name (window);
  FikaPlace *place = name != NULL ? fika_main_window_get_place (window, name) : NULL;

  if (place != NULL && fika_place_search (place))
    return;
  place = fika_main_window_show_place (window, "people");
  if (place != NULL)
    fika_place_search (place);
}

static void
say_stepped (FikaMainWindow *window, gboolean redo, const char *label, const GError *error)
{
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      fika_main_window_toast_error (window, error);
      return;
    }
  if (redo)
    {
      text = g_strdup_printf (_ ("Done again: %s"), label);
      fika_main_window_toast_undo (window, text);
    }
  else
    {
      text = g_strdup_printf (_ ("Undone: %s"), label);
      fika_main_window_toast_redo (window, text);
    }
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GApplication *application = g_application_get_default ();
  FikaMainWindow *window = the_window (FIKA_APPLICATION (application));
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  label = fika_command_step_history_finish (FIKA_STORE (source), result, &error);
  if (window != NULL)
    say_stepped (window, GPOINTER_TO_INT (user_data), label, error);
  g_application_release (application);
}

/* What takes long: the window goes on meanwhile, and Fika stays until it is done. */
static void
step_history_long (FikaApplication *self, FikaMainWindow *window, gboolean redo)
{
  g_autofree char *label
      = redo ? fika_store_dup_redo_label (self->store) : fika_store_dup_undo_label (self->store);
  g_autofree char *text = NULL;

  text = g_strdup_printf (redo ? _ ("Doing again: %s") : _ ("Undoing: %s"), label);
  fika_main_window_toast (window, text);
  g_application_hold (G_APPLICATION (self));
  fika_command_step_history_async (self->store, redo, FIKA_SOURCE_WINDOW, stepped_cb,
                                   GINT_TO_POINTER (redo));
}

static void
step_history (FikaApplication *self, gboolean redo)
{
  FikaMainWindow *window = present (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  if (self->store == NULL)
    return;
  if (redo ? fika_store_redo_is_long (self->store) : fika_store_undo_is_long (self->store))
    {
      step_history_long (self, window, redo);
      return;
    }
  if (redo)
    fika_command_redo (self->store, FIKA_SOURCE_WINDOW, &label, &error);
  else
    fika_command_undo (self->store, FIKA_SOURCE_WINDOW, &label, &error);
  say_stepped (window, redo, label, error);
}

static void
undo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  step_history (user_data, FALSE);
}

static void
redo_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  step_history (user_data, TRUE);
}

static void
snooze_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gint64 id;
  gint64 until;

  g_variant_get (parameter, "(xx)", &id, &until);
  fika_snooze_pick (present (user_data), id, until);
}

static void
unsnooze_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  fika_snooze_take_back (present (user_data), parameter);
}

static void
import_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  fika_import_sheet_choose (present (user_data));
}

static void
load_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaApplication *self = user_data;
  FikaMainWindow *window = present (self);
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (fika_command_load_sample (self->store, FIKA_SOURCE_WINDOW, &error))
    fika_main_window_toast_undo (window, _ ("This is sample data"));
  else
    fika_main_window_toast_error (window, error);
}

static void
remove_sample_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaApplication *self = user_data;
  FikaMainWindow *window = present (self);
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (fika_command_remove_sample (self->store, FIKA_SOURCE_WINDOW, &error))
    fika_main_window_toast_undo (window,
                                 _ ("The sample data is gone. What you added yourself stays."));
  else
    fika_main_window_toast_error (window, error);
}

static void
preferences_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaApplication *self = user_data;
  FikaMainWindow *window = present (self);

  if (self->store != NULL)
    fika_preferences_present_for (window);
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *ui = fika_shortcuts_to_ui ();

  fika_shortcuts_present (GTK_WIDGET (present (user_data)), ui);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  fika_about_present (GTK_WIDGET (present (user_data)));
}

static void
menu_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  fika_main_window_open_menu (present (user_data));
}

static void
show_folder_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autofree char *dir = fika_paths_data_dir ();
  g_autofree char *uri = g_filename_to_uri (dir, NULL, NULL);

  if (uri != NULL)
    fika_open_uri (GTK_WIDGET (present (user_data)), uri, G_OBJECT (user_data), NULL);
}

static void
try_again_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaApplication *self = user_data;
  FikaMainWindow *window = present (self);
  g_autoptr (GError) error = NULL;

  if (self->store != NULL)
    return;
  if (open_store (self, &error))
    fika_main_window_set_store (window, self->store);
  else
    fika_main_window_show_trouble (window, error);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  FikaMainWindow *window = the_window (user_data);

  /* An editor with something in it asks first: it is a window of its own on some stacks. */
  if (window != NULL)
    {
      fika_main_window_set_leaving (window, TRUE);
      gtk_window_close (GTK_WINDOW (window));
    }
  else
    {
      g_application_quit (user_data);
    }
}

static const GActionEntry actions[] = {
  { "plan", plan_cb },
  { "quick-add", plan_cb },
  { "log", log_cb },
  { "add-person", add_person_cb },
  { "add-group", add_group_cb },
  { "show-place", show_place_cb, "s" },
  { "open-catchup", open_catchup_cb, "s" },
  { "open-person", open_person_cb, "s" },
  { "open-group", open_group_cb, "s" },
  { "search", search_cb },
  { "undo", undo_cb },
  { "redo", redo_cb },
  { "snooze", snooze_cb, "(xx)" },
  { "unsnooze", unsnooze_cb, "(xsx)" },
  { "import", import_cb },
  { "load-sample", load_sample_cb },
  { "remove-sample", remove_sample_cb },
  { "preferences", preferences_cb },
  { "shortcuts", shortcuts_cb },
  { "about", about_cb },
  { "menu", menu_cb },
  { "show-folder", show_folder_cb },
  { "try-again", try_again_cb },
  { "quit", quit_cb },
};

static void
fika_application_activate (GApplication *application)
{
  present (FIKA_APPLICATION (application));
}

/* A contacts file opened with Fika is one to bring people in from. */
static void
fika_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  FikaApplication *self = FIKA_APPLICATION (application);
  FikaMainWindow *window = present (self);

  if (self->store == NULL || fika_store_is_read_only (self->store))
    return;
  for (int i = 0; i < n_files; i++)
    fika_import_sheet_present (window, files[i]);
}

static void
fika_application_startup (GApplication *application)
{
  FikaApplication *self = FIKA_APPLICATION (application);
  const FikaShortcut *shortcuts;
  guint n;

  G_APPLICATION_CLASS (fika_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (FIKA_APP_ID);
  self->settings = fika_settings_new ();
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (setting_cb), self,
                           G_CONNECT_SWAPPED);
  self->link = fika_service_link_new (g_application_get_dbus_connection (application));
  g_signal_connect_object (self->link, "changed", G_CALLBACK (service_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->clock = fika_system_clock_new ();
  g_signal_connect_object (self->clock, "wake", G_CALLBACK (wake_cb), self, G_CONNECT_SWAPPED);
  self->zone_watch = fika_zone_watch_new ();
  g_signal_connect_object (self->zone_watch, "changed", G_CALLBACK (zone_changed_cb), self,
                           G_CONNECT_SWAPPED);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  shortcuts = fika_shortcuts_get (&n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) accels = NULL;

      if (shortcuts[i].action == NULL)
        continue;
      accels = g_strsplit (shortcuts[i].accels, " ", -1);
      gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                             (const char *const *) accels);
    }
}

static void
fika_application_shutdown (GApplication *application)
{
  FikaApplication *self = FIKA_APPLICATION (application);

  g_clear_handle_id (&self->first_poke, g_source_remove);
  g_clear_object (&self->link);
  g_clear_object (&self->zone_watch);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  G_APPLICATION_CLASS (fika_application_parent_class)->shutdown (application);
}

static void
fika_application_class_init (FikaApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = fika_application_startup;
  application_class->activate = fika_application_activate;
  application_class->open = fika_application_open;
  application_class->shutdown = fika_application_shutdown;
}

static void
fika_application_init (FikaApplication *self)
{
}

/**
 * fika_application_new:
 *
 * Returns: (transfer full): the program with the window
 */
FikaApplication *
fika_application_new (void)
{
  return g_object_new (FIKA_TYPE_APPLICATION, "application-id", FIKA_APP_ID, "resource-base-path",
                       "/org/fikaplanner/Fika", "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}

/**
 * fika_application_get_store:
 * @self: the application
 *
 * Returns: (transfer none) (nullable): the data; %NULL where it could not be opened
 */
FikaStore *
fika_application_get_store (FikaApplication *self)
{
  g_return_val_if_fail (FIKA_IS_APPLICATION (self), NULL);

  return self->store;
}
