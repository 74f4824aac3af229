#include "config.h"

#include "ui/reminders/fika-reminder-row.h"

#include "base/fika-when.h"
#include "ui/fika-compat.h"
#include "ui/reminders/fika-snooze-menu.h"
#include "ui/widgets/fika-kind-style.h"

#include <glib/gi18n.h>

static GtkWidget *
icon_new (FikaReminder *reminder)
{
  FikaPlan *plan;
  GtkWidget *icon;

  if (reminder->occurrence == NULL)
    return gtk_image_new_from_icon_name ("fika-reminder-symbolic");
  plan = fika_occurrence_get_plan (reminder->occurrence);
  icon = gtk_image_new_from_icon_name (fika_kind_icon (fika_plan_get_kind (plan)));
  gtk_widget_add_css_class (icon, "tint-icon");
  gtk_widget_add_css_class (icon, fika_plan_tint (plan));
  return icon;
}

static AdwActionRow *
row_new (FikaReminder *reminder, const char *subtitle)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *title = fika_reminder_title (reminder);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (row, 2);
  adw_action_row_set_subtitle_lines (row, 0);
  if (*subtitle != '\0')
    adw_action_row_set_subtitle (row, subtitle);
  adw_action_row_add_prefix (row, icon_new (reminder));
  if (reminder->occurrence != NULL)
    {
      g_autofree char *key = fika_occurrence_dup_key (reminder->occurrence);

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-catchup");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", key);
    }
  return row;
}

/* What a screen reader says of the row at once: what, when, and what else there is. */
static void
label_row (AdwActionRow *row, const char *when, const char *more)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_autofree char *label = g_strjoin (". ", title, when, *more != '\0' ? more : NULL, NULL);

  fika_speak (GTK_WIDGET (row), label);
}

/* A way to be reminded again, of what was told a little while ago or is put off. */
static void
add_snooze (AdwActionRow *row, FikaReminder *reminder, FikaStore *store)
{
  GtkWidget *button = fika_snooze_button_new (reminder, store, "app.snooze");
  const char *label = _ ("Remind Me Again");

  if (button == NULL)
    return;
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "fika-reminder-symbolic");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (row, button);
}

/**
 * fika_reminder_row_new_coming:
 * @reminder: one to come
 * @store: the data
 *
 * Returns: (transfer floating): what will be said, and the time of day
 */
GtkWidget *
fika_reminder_row_new_coming (FikaReminder *reminder, FikaStore *store)
{
  g_autofree char *body = fika_reminder_body (reminder, store);
  g_autofree char *time = fika_when_time (fika_zone_from_utc (FIKA_ZONE_HERE, reminder->due));
  GtkWidget *label = gtk_label_new (time);
  AdwActionRow *row = row_new (reminder, body);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (row, label);
  add_snooze (row, reminder, store);
  label_row (row, time, body);
  return GTK_WIDGET (row);
}

/**
 * fika_reminder_row_new_told:
 * @reminder: one that was told
 * @store: the data
 * @away: whether it is listed with those that came while the person was away, and need not say so
 *
 * Returns: (transfer floating): what was said and when, and what became of it
 */
GtkWidget *
fika_reminder_row_new_told (FikaReminder *reminder, FikaStore *store, gboolean away)
{
  /* What came while the person was away is of its own time, not of that of the summary. */
  int64_t instant = reminder->state == FIKA_REMINDER_MISSED ? reminder->due : reminder->shown_at;
  g_autofree char *when = fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, instant),
                                                  FIKA_WINDOW_EXACT, fika_store_today (store));
  g_autofree char *subtitle = NULL;
  AdwActionRow *row;

  if (!away)
    {
      /* Translators: when a reminder was told, and what became of it: "Yesterday, 16:50 · Logged"
       */
      subtitle = g_strdup_printf (_ ("%s · %s"), when, fika_reminder_outcome (reminder));
    }
  row = row_new (reminder, away ? when : subtitle);
  add_snooze (row, reminder, store);
  label_row (row, when, away ? "" : fika_reminder_outcome (reminder));
  return GTK_WIDGET (row);
}
