#include "config.h"

#include "service/fika-take-over.h"

#include "service/fika-reminder-card.h"

/**
 * fika_take_over:
 * @popups: of the service of now
 * @store: the data
 * @rows: (element-type FikaReminder): what an earlier run of the service, which is dead, had on the
 *   screen, oldest first
 * @server: (nullable): the notification server of now
 * @now: UTC seconds
 * @discreet: whether notifications give the time alone
 *
 * Knows again what is on the screen, and puts up what is no longer there and still matters.
 */
void
fika_take_over (FikaPopups *popups,
                FikaStore *store,
                GPtrArray *rows,
                const char *server,
                int64_t now,
                gboolean discreet)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_SERVER, .now = now, .server = server };
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_popup_unref);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (gboolean));
  guint surplus = 0;

  g_return_if_fail (FIKA_IS_POPUPS (popups));
  g_return_if_fail (FIKA_IS_STORE (store));
  g_return_if_fail (rows != NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      FikaReminder *row = g_ptr_array_index (rows, i);
      FikaPopup *popup;
      FikaReminderStanding standing;
      FikaReminderStanding next;
      FikaReminderEffect effect;
      gboolean show;

      fika_reminder_get_standing (row, &standing);
      effect = fika_reminder_step (&standing, &event, &next);
      if (effect == FIKA_REMINDER_REFUSED || fika_reminder_is_gone (row))
        continue;

      popup = fika_reminder_card_new_popup (row, store, discreet);
      if (effect != FIKA_REMINDER_POST_AGAIN)
        fika_popup_set_number (popup, row->notification, row->server);
      show = effect != FIKA_REMINDER_STAYS;
      surplus += show;
      g_ptr_array_add (taken, popup);
      g_array_append_val (shown, show);
    }

  /* The oldest had left the screen for the newest, and do so still. */
  surplus = surplus > FIKA_POPUPS_MAX ? surplus - FIKA_POPUPS_MAX : 0;
  for (guint i = 0; i < taken->len; i++)
    {
      gboolean show = g_array_index (shown, gboolean, i);

      if (show && surplus > 0)
        {
          show = FALSE;
          surplus--;
        }
      fika_popups_adopt (popups, g_ptr_array_index (taken, i), show);
    }
}
