#include "config.h"

#include "ui/fika-preferences.h"

#include "base/fika-settings.h"
#include "base/fika-when.h"
#include "ui/fika-autostart.h"
#include "ui/fika-circle-row.h"
#include "ui/fika-compat.h"
#include "ui/widgets/fika-error-row.h"
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
  GCancellable *cancellable;

  AdwActionRow *status;
  GtkImage *status_icon;
  GtkWidget *test;
  GtkSwitch *login;
  FikaErrorRow *login_error;
  GtkSwitch *discreet;
  FikaLeads *leads;
  AdwPreferencesGroup *circles;
  AdwComboRow *first_weekday;
};

G_DEFINE_FINAL_TYPE (FikaPreferences, fika_preferences, FIKA_TYPE_SHEET)

static void
say_status (FikaPreferences *self, const char *title, const char *text, gboolean good)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->status), title);
  adw_action_row_set_subtitle (self->status, text);
  adw_action_row_set_subtitle_lines (self->status, 0);
  gtk_image_set_from_icon_name (self->status_icon,
                                good ? "fika-happened-symbolic" : "dialog-warning-symbolic");
}

static char *
dup_next (FikaPreferences *self, GVariant *status)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  g_autofree char *when = NULL;
  gint64 next;

  if (!g_variant_lookup (status, "next", "x", &next))
    return g_strdup (_("Nothing is to be told yet."));
  when = fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, next), FIKA_WINDOW_EXACT,
                                 fika_store_today (store));
  /* Translators: %s is a day and a time */
  return g_strdup_printf (_("The next one: %s."), when);
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) status
      = fika_service_link_status_finish (FIKA_SERVICE_LINK (source), result, &error);
  g_autofree char *next = NULL;
  gboolean notifications = FALSE;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (status == NULL)
    {
      say_status (self, _("The reminder service does not run"),
                  _("Reminders cannot reach you right now. Install Fika for your desktop, or log in "
                    "again."),
                  FALSE);
      gtk_widget_set_sensitive (self->test, FALSE);
      return;
    }
  next = dup_next (self, status);
  g_variant_lookup (status, "notifications", "b", &notifications);
  if (notifications)
    say_status (self, _("Reminders can reach you"), next, TRUE);
  else
    say_status (self, _("Your desktop shows no notifications"),
                _("The reminder service runs, but nothing here shows what it says. Allow "
                  "notifications in the settings of your desktop."),
                FALSE);
}

static void
test_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (FikaPreferences) self = user_data;
  g_autoptr (GError) error = NULL;

  if (fika_service_link_test_finish (FIKA_SERVICE_LINK (source), result, &error))
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        say_status (self, _("The test was sent"),
                    _("If you did not see it, look at the notification settings of your desktop."),
                    TRUE);
    }
  else if (!g_cancellable_is_cancelled (self->cancellable))
    say_status (self, _("The test could not be shown"), error->message, FALSE);
}

static void
test_clicked_cb (FikaPreferences *self)
{
  fika_service_link_test_async (fika_main_window_get_link (self->window), self->cancellable, test_cb,
                                g_object_ref (self));
}

static gboolean
login_set_cb (FikaPreferences *self, gboolean on)
{
  GError *error = NULL;
  gboolean now;

  fika_autostart_set (on, &error);
  fika_error_row_take (self->login_error, error);
  /* The switch shows what is, not what was asked for. */
  now = fika_autostart_get ();
  g_settings_set_boolean (self->settings, FIKA_SETTING_START_AT_LOGIN, now);
  gtk_switch_set_state (self->login, now);
  if (now != on)
    gtk_switch_set_active (self->login, now);
  return TRUE;
}

static void
leads_changed_cb (FikaPreferences *self)
{
  g_autoptr (GArray) leads = NULL;

  if (self->settings == NULL)
    return;
  leads = fika_leads_get (self->leads);
  fika_settings_set_default_leads (self->settings, (const int *) (gpointer) leads->data, leads->len);
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
  GSettings *settings = g_steal_pointer (&self->settings); /* nothing is chosen while it is filled */

  gtk_string_list_append (list, _("As in my region"));
  for (int i = 0; i < 7; i++)
    {
      /* The first of January 2024 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, 1 + i, 12, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%A");

      gtk_string_list_append (list, name);
    }
  adw_combo_row_set_model (self->first_weekday, G_LIST_MODEL (list));
  adw_combo_row_set_selected (
      self->first_weekday,
      (guint) (g_settings_get_int (settings, FIKA_SETTING_FIRST_WEEKDAY) + 1));
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
fika_preferences_unmap (GtkWidget *widget)
{
  g_cancellable_cancel (FIKA_PREFERENCES (widget)->cancellable);
  GTK_WIDGET_CLASS (fika_preferences_parent_class)->unmap (widget);
}

static void
fika_preferences_dispose (GObject *object)
{
  FikaPreferences *self = FIKA_PREFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_PREFERENCES);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (fika_preferences_parent_class)->dispose (object);
}

static void
fika_preferences_finalize (GObject *object)
{
  g_clear_object (&FIKA_PREFERENCES (object)->cancellable);
  G_OBJECT_CLASS (fika_preferences_parent_class)->finalize (object);
}

static void
fika_preferences_class_init (FikaPreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_preferences_dispose;
  object_class->finalize = fika_preferences_finalize;
  widget_class->unmap = fika_preferences_unmap;

  g_type_ensure (FIKA_TYPE_ERROR_ROW);
  g_type_ensure (FIKA_TYPE_LEADS);
  g_type_ensure (FIKA_TYPE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/fika-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, status);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, status_icon);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, test);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, login);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, login_error);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, discreet);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, leads);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, circles);
  gtk_widget_class_bind_template_child (widget_class, FikaPreferences, first_weekday);
  gtk_widget_class_bind_template_callback (widget_class, test_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, login_set_cb);
  gtk_widget_class_bind_template_callback (widget_class, leads_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_weekday_cb);
}

static void
fika_preferences_init (FikaPreferences *self)
{
  self->cancellable = g_cancellable_new ();
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
  g_signal_handlers_block_matched (self->login, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  gtk_switch_set_active (self->login, fika_autostart_get ());
  g_signal_handlers_unblock_matched (self->login, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  leads = fika_settings_default_leads (fika_main_window_get_settings (window));
  fika_leads_set (self->leads, leads);
  fill_circles (self);
  self->settings = g_object_ref (fika_main_window_get_settings (window));
  fill_weekdays (self);
  g_settings_bind (self->settings, FIKA_SETTING_DISCREET, self->discreet, "active",
                   G_SETTINGS_BIND_DEFAULT);
  fika_service_link_status_async (fika_main_window_get_link (window), self->cancellable, status_cb,
                                  g_object_ref (self));
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window), _("Preferences"), WIDTH, HEIGHT);
}
