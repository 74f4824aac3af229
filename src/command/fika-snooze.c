#include "config.h"

#include "command/fika-snooze.h"

#include "base/fika-when.h"
#include "command/fika-reminder-actions.h"

#include <glib/gi18n-lib.h>

#define HOUR (60 * 60)

/* What was told longer ago is no longer what a person means when they want to be reminded again. */
#define RECENT_SECONDS (24 * HOUR)

/* Before when it has to be told again to be of use; %FIKA_UTC_NONE = whenever. */
static int64_t
limit_of (FikaReminder *reminder, int64_t now)
{
  if (reminder->kind == FIKA_REMINDER_PLAN && reminder->start > now)
    return reminder->start;
  if (reminder->kind == FIKA_REMINDER_OCCASION && reminder->day != FIKA_DAY_NONE)
    return fika_zone_to_utc (FIKA_ZONE_HERE, fika_civil_new (reminder->day + 1, 0, 0));
  return FIKA_UTC_NONE;
}

/* Whether it is one that a notification would offer to snooze, of something that is still to do. */
static gboolean
is_of_use (FikaReminder *reminder)
{
  switch (reminder->kind)
    {
    case FIKA_REMINDER_PLAN:
      return fika_occurrence_get_state (reminder->occurrence) == FIKA_STATE_PLANNED;
    case FIKA_REMINDER_TOPIC:
    case FIKA_REMINDER_PROMISE:
      return reminder->topic->closed == FIKA_UTC_NONE;
    case FIKA_REMINDER_OCCASION:
    case FIKA_REMINDER_STEP:
      return TRUE;
    case FIKA_REMINDER_ASKED:
    case FIKA_REMINDER_DIGEST:
    default:
      return FALSE;
    }
}

static gboolean
can_snooze (FikaReminder *reminder, int64_t now)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_SNOOZED, .now = now };
  FikaReminderStanding standing;
  FikaReminderStanding next;

  if (fika_reminder_is_gone (reminder) || !is_of_use (reminder))
    return FALSE;
  fika_reminder_get_standing (reminder, &standing);

  return fika_reminder_step (&standing, &event, &next) != FIKA_REMINDER_REFUSED
         && (fika_snooze_is_on (reminder) || reminder->shown_at + RECENT_SECONDS > now);
}

static int64_t
opening (FikaWindow window, FikaDay day)
{
  return fika_zone_to_utc (FIKA_ZONE_HERE, fika_window_opens (window, fika_civil_new (day, 0, 0)));
}

/**
 * fika_snooze_choices:
 * @reminder: a reminder
 * @now: UTC seconds
 * @choices: (out) (array fixed-size=5): until when it can be put off, earliest first
 *
 * What makes no sense is left out: a time after the beginning of what has yet to begin, or after
 * the day of a birthday; this evening when it is here or almost.
 *
 * Returns: how many they are; 0 where it was not told, or long ago, or is of something that is over
 */
guint
fika_snooze_choices (FikaReminder *reminder,
                     int64_t now,
                     FikaSnoozeChoice choices[FIKA_N_SNOOZE_LENGTHS])
{
  FikaCivil here = fika_zone_from_utc (FIKA_ZONE_HERE, now);
  FikaDay today = fika_civil_day (here);
  FikaSnoozeChoice all[FIKA_N_SNOOZE_LENGTHS] = {
    { FIKA_SNOOZE_SOON, now + FIKA_SNOOZE_SECONDS },
    { FIKA_SNOOZE_HOUR, now + HOUR },
    { FIKA_SNOOZE_START, 0 },
    { FIKA_SNOOZE_EVENING, opening (FIKA_WINDOW_EVENING, today) },
    { FIKA_SNOOZE_MORNING, opening (FIKA_WINDOW_MORNING, today) },
  };
  int64_t limit;
  guint n = 0;

  g_return_val_if_fail (reminder != NULL, 0);
  g_return_val_if_fail (choices != NULL, 0);

  if (!can_snooze (reminder, now))
    return 0;

  limit = limit_of (reminder, now);
  if (all[FIKA_SNOOZE_MORNING].until <= now + HOUR)
    all[FIKA_SNOOZE_MORNING].until = opening (FIKA_WINDOW_MORNING, today + 1);
  if (reminder->kind == FIKA_REMINDER_PLAN)
    all[FIKA_SNOOZE_START].until = reminder->start;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      gboolean distinct = i < FIKA_SNOOZE_EVENING || all[i].until > now + HOUR;

      if (all[i].until > now && distinct
          && (i == FIKA_SNOOZE_START || limit == FIKA_UTC_NONE || all[i].until < limit))
        choices[n++] = all[i];
    }
  /* Of what begins tonight the beginning is after the evening's. */
  for (guint i = 1; i < n; i++)
    for (guint j = i; j > 0 && choices[j - 1].until > choices[j].until; j--)
      {
        FikaSnoozeChoice later = choices[j - 1];

        choices[j - 1] = choices[j];
        choices[j] = later;
      }

  return n;
}

/**
 * fika_snooze_choice_label:
 * @self: a choice
 * @today: today
 *
 * Returns: (transfer full): how it is offered: "In 1 Hour", "This Evening, 17:00"
 */
char *
fika_snooze_choice_label (const FikaSnoozeChoice *self, FikaDay today)
{
  FikaCivil until;
  g_autofree char *time = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  until = fika_zone_from_utc (FIKA_ZONE_HERE, self->until);
  time = fika_when_time (until);
  switch (self->length)
    {
    case FIKA_SNOOZE_SOON:
      return g_strdup (_ ("In 10 Minutes"));
    case FIKA_SNOOZE_HOUR:
      return g_strdup (_ ("In 1 Hour"));
    case FIKA_SNOOZE_START:
      /* Translators: remind again when the catch-up begins; %s is a time of day */
      return g_strdup_printf (_ ("When It Begins, %s"), time);
    case FIKA_SNOOZE_EVENING:
      /* Translators: %s is a time of day */
      return g_strdup_printf (_ ("This Evening, %s"), time);
    case FIKA_SNOOZE_MORNING:
    default:
      return g_strdup_printf (fika_civil_day (until) == today ? _ ("This Morning, %s")
                                                              : _ ("Tomorrow Morning, %s"),
                              time);
    }
}

/**
 * fika_snooze_is_on:
 * @reminder: a reminder
 *
 * Returns: whether it was told, and is put off to be told again
 */
gboolean
fika_snooze_is_on (FikaReminder *reminder)
{
  g_return_val_if_fail (reminder != NULL, FALSE);

  return reminder->state == FIKA_REMINDER_PENDING && reminder->snoozed > 0;
}

/**
 * fika_snooze_find:
 * @store: the data
 * @occurrence: an entry
 *
 * Returns: (transfer full) (nullable): of its reminders the one to put off: one that is put off
 *   already, else the one that was told last, if that is not long ago
 */
FikaReminder *
fika_snooze_find (FikaStore *store, FikaOccurrence *occurrence)
{
  g_autoptr (GPtrArray) reminders = NULL;
  FikaReminder *found = NULL;
  guint index = 0;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (occurrence), NULL);

  reminders = fika_reminders_of_occurrence (store, occurrence, NULL);
  for (guint i = 0; reminders != NULL && i < reminders->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (reminders, i);

      if (!can_snooze (reminder, fika_store_now (store)))
        continue;
      if (found == NULL || fika_snooze_is_on (reminder)
          || (!fika_snooze_is_on (found) && reminder->shown_at >= found->shown_at))
        {
          found = reminder;
          index = i;
        }
    }

  return found != NULL ? g_ptr_array_steal_index (reminders, index) : NULL;
}
