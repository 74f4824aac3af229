#pragma once

#include "store/fika-reminder.h"

G_BEGIN_DECLS

/**
 * FikaSnoozeLength:
 * @FIKA_SNOOZE_SOON: in as long as the button of a notification puts it off
 * @FIKA_SNOOZE_HOUR: in an hour
 * @FIKA_SNOOZE_START: when what it is of begins
 * @FIKA_SNOOZE_EVENING: when the evening begins
 * @FIKA_SNOOZE_MORNING: when the next morning begins
 */
typedef enum
{
  FIKA_SNOOZE_SOON,
  FIKA_SNOOZE_HOUR,
  FIKA_SNOOZE_START,
  FIKA_SNOOZE_EVENING,
  FIKA_SNOOZE_MORNING,
} FikaSnoozeLength;
#define FIKA_N_SNOOZE_LENGTHS 5

typedef struct
{
  FikaSnoozeLength length;
  int64_t until; /* UTC seconds */
} FikaSnoozeChoice;

guint fika_snooze_choices (FikaReminder *reminder,
                           int64_t now,
                           FikaSnoozeChoice choices[FIKA_N_SNOOZE_LENGTHS]);
char *fika_snooze_choice_label (const FikaSnoozeChoice *self, FikaDay today);
FikaReminder *fika_snooze_find (FikaStore *store, FikaOccurrence *occurrence);
gboolean fika_snooze_is_on (FikaReminder *reminder);

G_END_DECLS
