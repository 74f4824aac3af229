#pragma once

#include "store/fika-reminder.h"

G_BEGIN_DECLS

/**
 * FikaReminderAction:
 * @FIKA_REMINDER_CALL: ring one of its people
 * @FIKA_REMINDER_JOIN: open its link
 * @FIKA_REMINDER_DIRECTIONS: show its place on a map
 * @FIKA_REMINDER_MESSAGE: write to one of its people
 * @FIKA_REMINDER_LOG: it happened
 * @FIKA_REMINDER_YES: it happened: the answer when asked
 * @FIKA_REMINDER_NO: it did not: it is skipped
 * @FIKA_REMINDER_CLOSE: a topic was raised, a promise was kept
 * @FIKA_REMINDER_SNOOZE: tell it again in a while
 *
 * What can be done with a reminder where it is told: the buttons of a notification.
 */
typedef enum
{
  FIKA_REMINDER_CALL,
  FIKA_REMINDER_JOIN,
  FIKA_REMINDER_DIRECTIONS,
  FIKA_REMINDER_MESSAGE,
  FIKA_REMINDER_LOG,
  FIKA_REMINDER_YES,
  FIKA_REMINDER_NO,
  FIKA_REMINDER_CLOSE,
  FIKA_REMINDER_SNOOZE,
} FikaReminderAction;
#define FIKA_N_REMINDER_ACTIONS 9

/* The first few of them each open something: a way to be with somebody. */
#define FIKA_N_REMINDER_WAYS (FIKA_REMINDER_MESSAGE + 1)

/* As many as every desktop shows. */
#define FIKA_REMINDER_ACTIONS_MAX 3

/* How long a snooze puts a reminder off, in seconds. */
#define FIKA_SNOOZE_SECONDS (10 * 60)

const char *fika_reminder_action_to_key (FikaReminderAction action);
gboolean fika_reminder_action_parse (const char *key, FikaReminderAction *action);
const char *fika_reminder_action_label (FikaReminderAction action);
gboolean fika_reminder_choose_way (FikaKind kind, guint ways, FikaReminderAction *way);
guint fika_reminder_choose (FikaReminderKind kind,
                            gboolean has_way,
                            FikaReminderAction way,
                            FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX]);
guint fika_reminder_actions (FikaReminder *self,
                             FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX]);
gboolean fika_reminder_offers (FikaReminder *self, FikaReminderAction action);
char *fika_reminder_dup_uri (FikaReminder *self, FikaReminderAction action);

G_END_DECLS
