#include "config.h"

#include "service/fika-press.h"

#include "base/fika-error.h"
#include "command/fika-commands.h"
#include "command/fika-reminder-actions.h"

/**
 * fika_press_find:
 * @store: the data
 * @row: the id of a reminder
 * @token: what its notification's buttons are known by
 *
 * Returns: (transfer full) (nullable): the reminder, if it is still the one that was told with that
 *   token and nothing was done about it
 */
FikaReminder *
fika_press_find (FikaStore *store, int64_t row, const char *token)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_PRESSED, .token = token };
  g_autoptr (FikaReminder) reminder = NULL;
  FikaReminderStanding standing;
  FikaReminderStanding next;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (token != NULL && *token != '\0', NULL);

  reminder = fika_reminders_get (store, row, NULL);
  if (reminder == NULL || fika_reminder_is_gone (reminder))
    return NULL;
  fika_reminder_get_standing (reminder, &standing);
  if (fika_reminder_step (&standing, &event, &next) == FIKA_REMINDER_REFUSED)
    return NULL;

  return g_steal_pointer (&reminder);
}

static gboolean
finish (FikaStore *store, FikaReminder *reminder, GError **error)
{
  GError *finish_error = NULL;

  /* FALSE without an error: the row is gone or was finished with its plan, which is as well. */
  fika_reminders_finish (store, reminder->id, FIKA_REMINDER_DONE, &finish_error);
  if (finish_error != NULL)
    g_propagate_error (error, finish_error);

  return finish_error == NULL;
}

static gboolean
snooze (FikaStore *store, FikaReminder *reminder, GError **error)
{
  int64_t until = fika_store_now (store) + FIKA_SNOOZE_SECONDS;
  GError *snooze_error = NULL;

  fika_reminders_snooze (store, reminder->id, until, &snooze_error);
  if (snooze_error != NULL)
    g_propagate_error (error, snooze_error);

  return snooze_error == NULL;
}

static gboolean
log_it (FikaStore *store, FikaReminder *reminder, GError **error)
{
  FikaLogDetails details = { 0 };
  g_autoptr (FikaCatchup) catchup = NULL;

  if (reminder->occurrence == NULL
      || fika_occurrence_get_state (reminder->occurrence) == FIKA_STATE_HAPPENED)
    return TRUE;

  catchup = fika_command_log_occurrence (store, reminder->occurrence, &details,
                                         FIKA_SOURCE_NOTIFICATION, error);

  return catchup != NULL;
}

static gboolean
skip_it (FikaStore *store, FikaReminder *reminder, GError **error)
{
  g_autoptr (FikaCatchup) catchup = NULL;

  if (reminder->occurrence == NULL
      || fika_occurrence_get_state (reminder->occurrence) != FIKA_STATE_PLANNED)
    return TRUE;

  catchup
      = fika_command_skip_occurrence (store, reminder->occurrence, FIKA_SOURCE_NOTIFICATION, error);

  return catchup != NULL;
}

static gboolean
close_topic (FikaStore *store, FikaReminder *reminder, GError **error)
{
  if (reminder->topic == NULL || reminder->topic->closed != FIKA_UTC_NONE)
    return TRUE;

  return fika_command_close_topic (store, reminder->topic, TRUE, FIKA_SOURCE_NOTIFICATION, error);
}

/**
 * fika_press:
 * @store: the data
 * @reminder: one that fika_press_find () gave
 * @verb: the key of a #FikaReminderAction; anything else opens Fika
 * @uri: (out) (transfer full) (nullable): what to open now that it is done
 * @error: why it could not be done
 *
 * Does what a button of a notification says. What it changes is committed when this returns, so
 * that whatever is launched next can take Fika down without losing it.
 *
 * Returns: whether it was done
 */
gboolean
fika_press (FikaStore *store, FikaReminder *reminder, const char *verb, char **uri, GError **error)
{
  FikaReminderAction action;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (reminder != NULL && !fika_reminder_is_gone (reminder), FALSE);
  g_return_val_if_fail (verb != NULL, FALSE);
  g_return_val_if_fail (uri != NULL, FALSE);

  *uri = NULL;

  if (!fika_reminder_action_parse (verb, &action))
    return finish (store, reminder, error);

  switch (action)
    {
    case FIKA_REMINDER_CALL:
    case FIKA_REMINDER_JOIN:
    case FIKA_REMINDER_DIRECTIONS:
    case FIKA_REMINDER_MESSAGE:
      if (!finish (store, reminder, error))
        return FALSE;
      *uri = fika_reminder_dup_uri (reminder, action);
      return TRUE;

    case FIKA_REMINDER_LOG:
    case FIKA_REMINDER_YES:
      return log_it (store, reminder, error) && finish (store, reminder, error);

    case FIKA_REMINDER_NO:
      return skip_it (store, reminder, error) && finish (store, reminder, error);

    case FIKA_REMINDER_CLOSE:
      return close_topic (store, reminder, error) && finish (store, reminder, error);

    case FIKA_REMINDER_SNOOZE:
      return snooze (store, reminder, error);

    default:
      g_return_val_if_reached (FALSE);
    }
}
