#include "config.h"

#include "ui/people/fika-person-words.h"

#include "base/fika-when.h"

#include <glib/gi18n-lib.h>

/* Hours of the night, when a call would wake somebody. */
#define NIGHT_FROM_HOUR 22
#define NIGHT_UNTIL_HOUR 7

static FikaDay
day_of_utc (int64_t utc)
{
  return fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, utc));
}

static char *
capitalised (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, 1);
  g_autofree char *upper = g_utf8_strup (first, -1);

  return g_strconcat (upper, g_utf8_next_char (text), NULL);
}

/**
 * fika_person_words_status:
 * @person: a person
 * @today: the day it is
 *
 * One line for a list: what the warmth is, and when the last time was; who they are to you where
 * there is neither.
 *
 * Returns: (transfer full): the line; empty where there is nothing to say
 */
char *
fika_person_words_status (FikaPerson *person, FikaDay today)
{
  FikaWarmth warmth;
  g_autofree char *ago = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  if (fika_person_get_deceased (person))
    return g_strdup (_ ("In memory"));
  if (fika_person_get_archived (person))
    return g_strdup (_ ("Archived"));

  if (fika_person_get_last_utc (person) != FIKA_UTC_NONE)
    ago = fika_when_ago (day_of_utc (fika_person_get_last_utc (person)), today);

  warmth = fika_person_warmth_state (person, today);
  if (warmth == FIKA_WARMTH_NONE || warmth == FIKA_WARMTH_RESTING)
    return ago != NULL ? g_strdup_printf (_ ("Talked %s"), ago) : fika_person_words_ties (person);

  words = capitalised (fika_warmth_to_words (warmth));
  if (ago == NULL)
    return g_steal_pointer (&words);
  /* Translators: how warm it is, then when the last time was: "Good time · 5 weeks ago" */
  return g_strdup_printf (_ ("%s · %s"), words, ago);
}

static char *
last_words (FikaPerson *person, FikaCatchup *last, FikaDay today)
{
  g_autofree char *ago = NULL;

  if (fika_person_get_last_utc (person) == FIKA_UTC_NONE)
    return g_strdup (_ ("Not talked yet"));

  ago = fika_when_ago (day_of_utc (fika_person_get_last_utc (person)), today);
  if (last == NULL)
    return g_strdup_printf (_ ("Last talked %s"), ago);

  switch (fika_kind_channel (fika_plan_get_kind (FIKA_PLAN (last))))
    {
    case FIKA_CHANNEL_TOGETHER:
      return g_strdup_printf (_ ("Last met %s"), ago);
    case FIKA_CHANNEL_VIDEO:
      return g_strdup_printf (_ ("Last talked %s by video"), ago);
    case FIKA_CHANNEL_VOICE:
      return g_strdup_printf (_ ("Last talked %s by phone"), ago);
    case FIKA_CHANNEL_TEXT:
      return g_strdup_printf (_ ("Last wrote %s"), ago);
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * fika_person_words_warmth:
 * @person: a person
 * @last: (nullable): the last catch-up with them
 * @today: the day it is
 *
 * The line under the name on a person's page: "Last talked 12 days ago by phone · every 2–4 weeks ·
 * good time".
 *
 * Returns: (transfer full): the line
 */
char *
fika_person_words_warmth (FikaPerson *person, FikaCatchup *last, FikaDay today)
{
  g_autofree char *talked = NULL;
  g_autofree char *every = NULL;
  g_autofree char *state = NULL;
  FikaWarmth warmth;

  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  talked = last_words (person, last, today);
  warmth = fika_person_warmth_state (person, today);
  if (warmth == FIKA_WARMTH_NONE)
    return g_steal_pointer (&talked);

  every = fika_when_every_days (fika_person_get_effective_ideal (person),
                                fika_person_get_effective_latest (person));
  state = g_utf8_strdown (fika_warmth_to_words (warmth), -1);
  return g_strdup_printf ("%s · %s · %s", talked, every, state);
}

/**
 * fika_person_words_ties:
 * @person: a person
 *
 * Circle-free words for what someone is to you: "Friend, neighbour".
 *
 * Returns: (transfer full): the words; empty where none is set
 */
char *
fika_person_words_ties (FikaPerson *person)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  for (FikaTie tie = 0; tie < FIKA_N_TIES; tie++)
    {
      g_autofree char *word = NULL;

      if ((fika_person_get_ties (person) & (1u << tie)) == 0)
        continue;
      word = words->len == 0 ? g_strdup (fika_tie_label (tie))
                             : g_utf8_strdown (fika_tie_label (tie), -1);
      if (words->len > 0)
        g_string_append (words, ", ");
      g_string_append (words, word);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * fika_person_words_occasion:
 * @occasion: a day of the year
 * @today: the day it is
 *
 * When it is next, and how many years it then is where the year is known: "12 March, in 3 weeks,
 * turns 40".
 *
 * Returns: (transfer full): the words
 */
char *
fika_person_words_occasion (const FikaOccasion *occasion, FikaDay today)
{
  FikaDay next;
  g_autofree char *when = NULL;
  int year;

  g_return_val_if_fail (occasion != NULL, NULL);

  next = fika_occasion_next (occasion, today);
  when = fika_when_day (next, today);
  if (occasion->year == 0)
    return g_steal_pointer (&when);

  fika_day_to_ymd (next, &year, NULL, NULL);
  if (occasion->kind == FIKA_OCCASION_BIRTHDAY)
    /* Translators: a day, then an age: "12 March, turns 40" */
    return g_strdup_printf (_ ("%s, turns %d"), when, year - occasion->year);

  return g_strdup_printf (ngettext ("%s, %d year", "%s, %d years", year - occasion->year), when,
                          year - occasion->year);
}

/**
 * fika_person_words_local_time:
 * @person: a person
 * @now: UTC seconds
 *
 * What time it is where someone lives, with a gentle hint at night.
 *
 * Returns: (transfer full) (nullable): the words; %NULL where their time is yours
 */
char *
fika_person_words_local_time (FikaPerson *person, int64_t now)
{
  const char *zone;
  FikaCivil there;
  g_autofree char *time = NULL;
  int hour;

  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  zone = fika_person_get_zone (person);
  if (*zone == '\0' || fika_zone_offset_at (zone, now) == fika_zone_offset_at (FIKA_ZONE_HERE, now))
    return NULL;

  there = fika_zone_from_utc (zone, now);
  time = fika_when_time (there);
  hour = fika_civil_minute_of_day (there) / 60;
  if (hour >= NIGHT_FROM_HOUR || hour < NIGHT_UNTIL_HOUR)
    return g_strdup_printf (_ ("%s there now; probably asleep"), time);

  return g_strdup_printf (_ ("%s there now"), time);
}
