#include "config.h"

#include "ui/fika-preferences.h"

#include "base/fika-settings.h"
#include "ui/fika-circle-row.h"
#include "ui/fika-compat.h"
#include "ui/fika-reminder-rows.h"
#include "ui/reminders/fika-reach-group.h"
#include "ui/widgets/fika-leads.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n.h>

/* Pixels, where there is room. */
#define WIDTH 560
#define HEIGHT 640

/* A sheet of our own: the preferences window of libadwaita 1.2 keeps what was in it for ever. */
struct _FikaPreferences
{
  FikaSheet parent_instance;

  FikaMainWindow *window; /* outlives the page */
  GSettings *settings;

  FikaReachGroup *reach;
  GtkSwitch *discreet;
  FikaLeads *leads;
  AdwPreferencesGroup *own_leads;
  AdwPreferencesGroup *told;
  AdwPreferencesGroup *quiet;
  AdwPreferencesGroup *circles;
  AdwComboRow *first_weekday;
};

G_DEFINE_FINAL_TYPE (FikaPreferences, fika_preferences, FIKA_TYPE_SHEET)

static void
leads_changed_cb (FikaPreferences *self)
{
  g_autoptr (GArray) leads = NULL;

  if (self->settings == NULL)
    return;
  leads = fika_leads_get (self->leads);
  fika_settings_set_default_leads (self->settings, (const int *) (gpointer) leads->data,
                                   leads->len);
}

static void
first_weekday_cb (FikaPreferences *self)
{
  guint selected = adw_combo_row_get_selected (self->first_weekday);

  /* The first entry is the region's own. */
  if (self->settings != NULL && selected <= 7)
    g_settings_set_int (self->settings, FIKA_SETTING_FIRST_WEEKDAY, (int) selected - 1);
}

static void
fill_weekdays (FikaPreferences *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  GSettings *settings
      = g_steal_pointer (&self->settings); /* nothing is chosen while it is filled */

  gtk_string_list_append (list, _ ("As in my region"));
  for (int i = 0; i < 7; i++)
    {
      /* The first of January 2024 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, 1 + i, 12, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%A");

      gtk_string_list_append (list, name);
    }
  adw_combo_row_set_model (self->first_weekday, G_LIST_MODEL (list));
  adw_combo_row_set_selected (
      self->first_weekday, (guint) (g_settings_get_int (settings, FIKA_SETTING_FIRST_WEEKDAY) + 1));
  self->settings = settings;
}

static void
fill_circles (FikaPreferences *self)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  g_autoptr (GPtrArray) circles = fika_store_circles (store);

  for (guint i = 0; circles != NULL && i < circles->len; i++)
    adw_preferences_group_add (self->circles,
                               fika_circle_row_new (store, g_ptr_array_index (circles, i)));
  gtk_widget_set_sensitive (GTK_WIDGET (self->circles), !fika_store_is_read_only (store));
}

static void
fika_preferences_dispose (GObject *object)
{
  FikaPreferences *self = FIKA_PREFERENCES (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_PREFERENCES);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (fika_preferences_parent_class)->dispose (object);
}

static void
fika_preferences_class_init (FikaPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_preferences_dispose;

  g_type_ensure (FIKA_TYPE_LEADS);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_REACH_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/fika-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, reach);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, discreet);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, leads);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, own_leads);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, told);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, quiet);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, circles);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, first_weekday);
  gtk_widget_class_bind_template_callback (widget_class, leads_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_weekday_cb);
}

static void
fika_preferences_init (FikaPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_preferences_present_for:
 * @window: the window
 *
 * Shows the preferences over it.
 */
void
fika_preferences_present_for (FikaMainWindow *window)
{
  FikaPreferences *self;
  g_autoptr (GArray) leads = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self = g_object_new (FIKA_TYPE_PREFERENCES, NULL);
  self->window = window;
  fika_reach_group_set_window (self->reach, window);
  leads = fika_settings_default_leads (fika_main_window_get_settings (window));
  fika_leads_set (self->leads, leads);
  fill_circles (self);
  self->settings = g_object_ref (fika_main_window_get_settings (window));
  fill_weekdays (self);
  fika_reminder_rows_add_own_leads (self->own_leads, self->settings,
                                    fika_main_window_get_store (window));
  fika_reminder_rows_add_told (self->told, self->settings, fika_main_window_get_store (window));
  fika_reminder_rows_add_quiet (self->quiet, self->settings, fika_main_window_get_store (window));
  g_settings_bind (self->settings, FIKA_SETTING_DISCREET, self->discreet, "active",
                   G_SETTINGS_BIND_DEFAULT);
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window), _ ("Preferences"), WIDTH, HEIGHT);
}
