#include "config.h"

#include "ui/catchup/fika-when-words.h"

#include "base/fika-when.h"
#include "base/fika-zone.h"
#include "plan/fika-recurrence.h"

#include <glib/gi18n.h>

/**
 * fika_occurrence_here:
 * @occurrence: an entry
 *
 * Returns: when it begins on this computer's clock, whatever zone it is planned in
 */
FikaCivil
fika_occurrence_here (FikaOccurrence *occurrence)
{
  const char *zone = fika_plan_get_zone (fika_occurrence_get_plan (occurrence));

  if (zone[0] == '\0')
    return fika_occurrence_get_start (occurrence);
  return fika_zone_from_utc (FIKA_ZONE_HERE, fika_occurrence_get_utc (occurrence));
}

/**
 * fika_words_sentence:
 * @words: words as within a sentence
 *
 * Returns: (transfer full): the same with a capital in front
 */
char *
fika_words_sentence (const char *words)
{
  g_autofree char *first = NULL;

  if (words[0] == '\0')
    return g_strdup ("");
  first = g_utf8_strup (words, g_utf8_next_char (words) - words);
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

static char *
at_time (const char *what, FikaCivil start, FikaWindow loose)
{
  g_autofree char *time = NULL;

  switch (loose)
    {
    case FIKA_WINDOW_MORNING:
      return g_strdup_printf (_ ("%s in the morning"), what);
    case FIKA_WINDOW_AFTERNOON:
      return g_strdup_printf (_ ("%s in the afternoon"), what);
    case FIKA_WINDOW_EVENING:
      return g_strdup_printf (_ ("%s in the evening"), what);
    case FIKA_WINDOW_DAY:
      return g_strdup_printf (_ ("%s, any time that day"), what);
    case FIKA_WINDOW_EXACT:
    default:
      time = fika_when_time (start);
      /* Translators: "Sunday, 29 November 2026 at 17:00", "every Sunday at 17:00" */
      return g_strdup_printf (_ ("%s at %s"), what, time);
    }
}

/* "29 November", with its year where that is another. */
static char *
dup_date (FikaDay day, FikaDay today)
{
  g_autoptr (GDateTime) date = NULL;
  int year;
  int month;
  int mday;
  int this_year;

  fika_day_to_ymd (day, &year, &month, &mday);
  fika_day_to_ymd (today, &this_year, NULL, NULL);
  date = g_date_time_new_utc (year, month, mday, 12, 0, 0);
  return g_date_time_format (date,
                             year == this_year ? C_ ("date", "%-d %B") : C_ ("date", "%-d %B %Y"));
}

/**
 * fika_when_words_once:
 * @start: when it begins
 * @loose: how exactly
 * @minutes: how long; 0 where it is open
 *
 * Returns: (transfer full): "Sunday, 29 November 2026 at 17:00, for 45 min"
 */
char *
fika_when_words_once (FikaCivil start, FikaWindow loose, int minutes)
{
  g_autofree char *day = fika_when_day_full (fika_civil_day (start));
  g_autofree char *when = at_time (day, start, loose);
  g_autofree char *length = NULL;

  if (minutes <= 0)
    return g_steal_pointer (&when);
  length = fika_when_duration (minutes);
  /* Translators: "Sunday, 29 November 2026 at 17:00, for 45 min" */
  return g_strdup_printf (_ ("%s, for %s"), when, length);
}

/**
 * fika_when_words_plan:
 * @start: when it begins
 * @loose: how exactly
 * @minutes: how long; 0 where it is open
 * @rule: a RECUR value, or ""
 * @after_days: days after the last time, or 0
 * @today: today
 *
 * Returns: (transfer full) (nullable): the whole plan as a sentence: "Every Sunday at 17:00,
 * starting 29 November"; %NULL where the rule makes no sense
 */
char *
fika_when_words_plan (FikaCivil start,
                      FikaWindow loose,
                      int minutes,
                      const char *rule,
                      int after_days,
                      FikaDay today)
{
  g_autoptr (FikaRecurrence) recurrence = NULL;
  g_autofree char *how = NULL;
  g_autofree char *at = NULL;
  g_autofree char *first = NULL;
  g_autofree char *words = NULL;
  FikaCivil begins = start;

  if (rule[0] == '\0' && after_days == 0)
    return fika_when_words_once (start, loose, minutes);
  if (after_days > 0)
    how = g_strdup_printf (
        ngettext ("%d day after the last time", "%d days after the last time", (gulong) after_days),
        after_days);
  else
    {
      recurrence = fika_recurrence_parse (rule, NULL);
      if (recurrence == NULL)
        return NULL;
      begins = fika_recurrence_next (recurrence, start, start);
      if (begins == FIKA_CIVIL_NONE)
        return NULL;
      how = fika_recurrence_describe (recurrence, begins);
    }
  at = at_time (how, start, loose);
  first = dup_date (fika_civil_day (begins), today);
  /* Translators: "Every Sunday at 17:00, starting 29 November" */
  words = g_strdup_printf (_ ("%s, starting %s"), at, first);
  return fika_words_sentence (words);
}
