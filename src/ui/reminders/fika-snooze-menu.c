#include "config.h"

#include "ui/reminders/fika-snooze-menu.h"

#include "base/fika-when.h"

#include <glib/gi18n.h>

/**
 * fika_snooze_button_new:
 * @reminder: a reminder
 * @store: the data
 * @action: the name of an action that takes "(xx)": the reminder's id, and when to tell it again
 *
 * Returns: (transfer floating) (nullable): a button with a menu; %NULL where it cannot be put off
 */
GtkWidget *
fika_snooze_button_new (FikaReminder *reminder, FikaStore *store, const char *action)
{
  FikaSnoozeChoice choices[FIKA_N_SNOOZE_LENGTHS];
  g_autoptr (GMenu) menu = NULL;
  GtkWidget *button;
  guint n;

  g_return_val_if_fail (reminder != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (action != NULL, NULL);

  n = fika_store_is_read_only (store)
          ? 0
          : fika_snooze_choices (reminder, fika_store_now (store), choices);
  if (n == 0)
    return NULL;

  menu = g_menu_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = fika_snooze_choice_label (&choices[i], fika_store_today (store));
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, action, "(xx)", (gint64) reminder->id,
                                         (gint64) choices[i].until);
      g_menu_append_item (menu, item);
    }
  button = gtk_menu_button_new ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  return button;
}

/**
 * fika_snooze_pick:
 * @window: the window
 * @id: a reminder's id
 * @until: UTC seconds
 *
 * Puts it off, says so, and offers to take that back.
 */
void
fika_snooze_pick (FikaMainWindow *window, int64_t id, int64_t until)
{
  FikaStore *store = fika_main_window_get_store (window);
  g_autoptr (FikaReminder) before = NULL;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;
  g_autofree char *undo = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GError) error = NULL;

  if (store == NULL)
    return;
  before = fika_reminders_get (store, id, &error);
  if (before == NULL || !fika_reminders_snooze (store, id, until, &error))
    {
      if (error != NULL)
        fika_main_window_toast_error (window, error);
      else
        fika_main_window_toast (window, _ ("There is nothing left to be reminded of"));
      return;
    }

  when = fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, until), FIKA_WINDOW_EXACT,
                                 fika_store_today (store));
  /* Translators: %s is a day and a time: "Reminds again: Tomorrow, 08:00" */
  text = g_strdup_printf (_ ("Reminds again: %s"), when);
  target = g_variant_ref_sink (g_variant_new (
      "(xsx)", (gint64) id, fika_reminder_state_to_key (before->state), (gint64) before->due));
  undo = g_action_print_detailed_name ("app.unsnooze", target);
  fika_main_window_toast_with (window, text, _ ("_Undo"), undo);
}

/**
 * fika_snooze_take_back:
 * @window: the window
 * @before: the reminder's id, its state and when it was due, as app.unsnooze has them
 *
 * Takes back that it was put off, and says so.
 */
void
fika_snooze_take_back (FikaMainWindow *window, GVariant *before)
{
  FikaStore *store = fika_main_window_get_store (window);
  FikaReminderState state;
  g_autoptr (GError) error = NULL;
  const char *key;
  gint64 id;
  gint64 due;

  g_variant_get (before, "(x&sx)", &id, &key, &due);
  if (store == NULL || !fika_reminder_state_parse (key, &state))
    return;
  if (fika_reminders_unsnooze (store, id, state, due, &error))
    fika_main_window_toast (window, _ ("It does not remind again"));
  else if (error != NULL)
    fika_main_window_toast_error (window, error);
  else
    fika_main_window_toast (window, _ ("It has reminded again already"));
}
