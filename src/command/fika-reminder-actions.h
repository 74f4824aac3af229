#pragma once

#include "store/fika-reminder.h"

G_BEGIN_DECLS

/**
 * FikaReminderAction:
 * @FIKA_REMINDER_CALL: ring the first of its people who has a number
 * @FIKA_REMINDER_LOG: it happened
 * @FIKA_REMINDER_SNOOZE: tell it again in a while
 *
 * What can be done with a reminder where it is told: the buttons of a notification.
 */
typedef enum
{
  FIKA_REMINDER_CALL,
  FIKA_REMINDER_LOG,
  FIKA_REMINDER_SNOOZE,
} FikaReminderAction;
#define FIKA_N_REMINDER_ACTIONS 3

/* How long a snooze puts a reminder off, in seconds. */
#define FIKA_SNOOZE_SECONDS (10 * 60)

const char *fika_reminder_action_to_key (FikaReminderAction action);
gboolean fika_reminder_action_parse (const char *key, FikaReminderAction *action);
const char *fika_reminder_action_label (FikaReminderAction action);
gboolean fika_reminder_offers (FikaReminder *self, FikaReminderAction action);
char *fika_reminder_dup_call_uri (FikaReminder *self);

G_END_DECLS
