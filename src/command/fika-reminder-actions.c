#include "config.h"

#include "command/fika-reminder-actions.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *key;
  const char *label;
} actions[FIKA_N_REMINDER_ACTIONS] = {
  [FIKA_REMINDER_CALL] = { "call", NC_ ("reminder", "Call") },
  [FIKA_REMINDER_LOG] = { "log", NC_ ("reminder", "Log") },
  [FIKA_REMINDER_SNOOZE] = { "snooze", NC_ ("reminder", "Snooze") },
};

/**
 * fika_reminder_action_to_key:
 * @action: an action
 *
 * Returns: (transfer none): its stable key
 */
const char *
fika_reminder_action_to_key (FikaReminderAction action)
{
  g_return_val_if_fail (action < FIKA_N_REMINDER_ACTIONS, NULL);

  return actions[action].key;
}

/**
 * fika_reminder_action_parse:
 * @key: a key, or anything else
 * @action: (out): where to put the action
 *
 * Returns: whether @key is one
 */
gboolean
fika_reminder_action_parse (const char *key, FikaReminderAction *action)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  for (guint i = 0; i < FIKA_N_REMINDER_ACTIONS; i++)
    {
      if (g_str_equal (key, actions[i].key))
        {
          *action = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fika_reminder_action_label:
 * @action: an action
 *
 * Returns: (transfer none): what its button says, translated
 */
const char *
fika_reminder_action_label (FikaReminderAction action)
{
  g_return_val_if_fail (action < FIKA_N_REMINDER_ACTIONS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "reminder", actions[action].label);
}

/**
 * fika_reminder_dup_call_uri:
 * @self: a reminder
 *
 * Returns: (transfer full) (nullable): the tel: URI of the first of its people who has a number
 */
char *
fika_reminder_dup_call_uri (FikaReminder *self)
{
  GPtrArray *people;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->occurrence == NULL)
    return NULL;

  people = fika_plan_get_people (fika_occurrence_get_plan (self->occurrence));
  for (guint i = 0; i < people->len; i++)
    {
      const FikaContact *phone
          = fika_person_find_contact (g_ptr_array_index (people, i), FIKA_CONTACT_PHONE);
      g_autofree char *uri = phone != NULL ? fika_contact_to_uri (phone) : NULL;

      if (uri != NULL)
        return g_steal_pointer (&uri);
    }

  return NULL;
}

/**
 * fika_reminder_offers:
 * @self: a reminder
 * @action: an action
 *
 * Returns: whether @action makes sense for it: Call only where a number is known
 */
gboolean
fika_reminder_offers (FikaReminder *self, FikaReminderAction action)
{
  g_autofree char *uri = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->occurrence == NULL)
    return FALSE;
  if (action != FIKA_REMINDER_CALL)
    return TRUE;

  uri = fika_reminder_dup_call_uri (self);

  return uri != NULL;
}
