#include "config.h"

#include "base/fika-when.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

static char *
format_day (FikaDay day, const char *format)
{
  g_autoptr (GDateTime) date = NULL;
  int year, month, mday;

  fika_day_to_ymd (day, &year, &month, &mday);
  date = g_date_time_new_utc (year, month, mday, 0, 0, 0);

  return date != NULL ? g_date_time_format (date, format) : fika_day_format (day);
}

/* Whether the locale tells the time with "a.m." and "p.m.". */
static gboolean
has_twelve_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  return *nl_langinfo (AM_STR) != '\0'
         && (strstr (format, "%p") != NULL || strstr (format, "%P") != NULL
             || strstr (format, "%r") != NULL || strstr (format, "%I") != NULL
             || strstr (format, "%l") != NULL);
}

/**
 * fika_when_time:
 * @civil: a civil time
 *
 * Returns: (transfer full): its time of day as the locale tells it: "17:00" or "5:00 PM"
 */
char *
fika_when_time (FikaCivil civil)
{
  int minute = fika_civil_minute_of_day (civil);
  g_autoptr (GDateTime) time = g_date_time_new_utc (2000, 1, 1, minute / 60, minute % 60, 0);

  if (has_twelve_hours ())
    /* Translators: a time with 12 hours, see g_date_time_format(): "5:00 PM". */
    return g_date_time_format (time, C_ ("time", "%-I:%M %p"));

  /* Translators: a time with 24 hours, see g_date_time_format(): "17:00". */
  return g_date_time_format (time, C_ ("time", "%H:%M"));
}

/**
 * fika_when_time_or_window:
 * @civil: the start of a catch-up
 * @window: its window
 *
 * Returns: (transfer full): "17:00", or the window in words: "afternoon", "any time"
 */
char *
fika_when_time_or_window (FikaCivil civil, FikaWindow window)
{
  switch (window)
    {
    case FIKA_WINDOW_MORNING:
      return g_strdup (C_ ("window", "morning"));
    case FIKA_WINDOW_AFTERNOON:
      return g_strdup (C_ ("window", "afternoon"));
    case FIKA_WINDOW_EVENING:
      return g_strdup (C_ ("window", "evening"));
    case FIKA_WINDOW_DAY:
      return g_strdup (C_ ("window", "any time"));
    case FIKA_WINDOW_EXACT:
    default:
      return fika_when_time (civil);
    }
}

/**
 * fika_when_day:
 * @day: a day
 * @today: today
 *
 * Returns: (transfer full): the day in few words: "Today", "Tomorrow", "Yesterday", the weekday
 *   within the next six days, else "3 December", with its year where that is another
 */
char *
fika_when_day (FikaDay day, FikaDay today)
{
  int64_t distance = (int64_t) day - today;
  int year, this_year;

  if (distance == 0)
    return g_strdup (_ ("Today"));
  if (distance == 1)
    return g_strdup (_ ("Tomorrow"));
  if (distance == -1)
    return g_strdup (_ ("Yesterday"));
  if (distance > 1 && distance <= 6)
    return format_day (day, "%A");

  fika_day_to_ymd (day, &year, NULL, NULL);
  fika_day_to_ymd (today, &this_year, NULL, NULL);
  if (year != this_year)
    /* Translators: a day with its year, see g_date_time_format(): "3 December 2026". */
    return format_day (day, C_ ("date", "%-d %B %Y"));

  /* Translators: a day of this year, see g_date_time_format(): "3 December". */
  return format_day (day, C_ ("date", "%-d %B"));
}

/**
 * fika_when_day_full:
 * @day: a day
 *
 * Returns: (transfer full): the whole date: "Thursday, 3 December 2026"
 */
char *
fika_when_day_full (FikaDay day)
{
  /* Translators: a whole date, see g_date_time_format(): "Thursday, 3 December 2026". */
  return format_day (day, C_ ("date", "%A, %-d %B %Y"));
}

/**
 * fika_when_day_and_time:
 * @civil: the start of a catch-up
 * @window: its window
 * @today: today
 *
 * Returns: (transfer full): "Today, 17:00", "Sunday, 17:00", "This evening", "Saturday afternoon",
 *   "3 December, morning"
 */
char *
fika_when_day_and_time (FikaCivil civil, FikaWindow window, FikaDay today)
{
  FikaDay day = fika_civil_day (civil);
  g_autofree char *day_words = fika_when_day (day, today);
  g_autofree char *time_words = NULL;
  gboolean named = ABS ((int64_t) day - today) <= 1 || (day > today && day <= today + 6);

  if (window == FIKA_WINDOW_MORNING && named)
    /* Translators: %s is "Tomorrow", "Yesterday" or a weekday. */
    return day == today ? g_strdup (_ ("This morning"))
                        : g_strdup_printf (_ ("%s morning"), day_words);
  if (window == FIKA_WINDOW_AFTERNOON && named)
    /* Translators: %s is "Tomorrow", "Yesterday" or a weekday. */
    return day == today ? g_strdup (_ ("This afternoon"))
                        : g_strdup_printf (_ ("%s afternoon"), day_words);
  if (window == FIKA_WINDOW_EVENING && named)
    /* Translators: %s is "Tomorrow", "Yesterday" or a weekday. */
    return day == today ? g_strdup (_ ("This evening"))
                        : g_strdup_printf (_ ("%s evening"), day_words);

  time_words = fika_when_time_or_window (civil, window);

  /* Translators: a day and a time or a window: "Sunday, 17:00", "3 December, morning". */
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day_words, time_words);
}

/**
 * fika_when_ago:
 * @day: a day
 * @today: today
 *
 * Returns: (transfer full): how far @day is away, as within a sentence: "today", "yesterday",
 *   "5 days ago", "7 weeks ago", "4 months ago", "2 years ago", "tomorrow", "in 3 days"
 */
char *
fika_when_ago (FikaDay day, FikaDay today)
{
  int64_t distance = (int64_t) today - day;
  int64_t days = ABS (distance);
  gboolean past = distance > 0;
  int n;

  if (days == 0)
    return g_strdup (_ ("today"));
  if (days == 1)
    return g_strdup (past ? _ ("yesterday") : _ ("tomorrow"));

  if (days < 14)
    {
      n = (int) days;
      return g_strdup_printf (past ? ngettext ("%d day ago", "%d days ago", n)
                                   : ngettext ("in %d day", "in %d days", n),
                              n);
    }
  if (days < 70)
    {
      n = (int) (days / 7);
      return g_strdup_printf (past ? ngettext ("%d week ago", "%d weeks ago", n)
                                   : ngettext ("in %d week", "in %d weeks", n),
                              n);
    }
  if (days < 730)
    {
      n = (int) (days * 12 * 400 / 146097);
      return g_strdup_printf (past ? ngettext ("%d month ago", "%d months ago", n)
                                   : ngettext ("in %d month", "in %d months", n),
                              n);
    }
  n = (int) (days * 400 / 146097);

  return g_strdup_printf (past ? ngettext ("%d year ago", "%d years ago", n)
                               : ngettext ("in %d year", "in %d years", n),
                          n);
}

/**
 * fika_when_duration:
 * @minutes: a length, in minutes
 *
 * Returns: (transfer full): "45 min", "2 h", "1 h 30 min"
 */
char *
fika_when_duration (int minutes)
{
  int hours = minutes / 60;
  int rest = minutes % 60;

  if (hours == 0)
    /* Translators: a duration in minutes. */
    return g_strdup_printf (C_ ("duration", "%d min"), rest);
  if (rest == 0)
    /* Translators: a duration in hours. */
    return g_strdup_printf (C_ ("duration", "%d h"), hours);

  /* Translators: a duration in hours and minutes. */
  return g_strdup_printf (C_ ("duration", "%d h %d min"), hours, rest);
}

/**
 * fika_when_lead:
 * @minutes: how long before a catch-up it is told, in minutes
 *
 * Returns: (transfer full): "At the time", "10 minutes before", "1 hour before", "1 day before"
 */
char *
fika_when_lead (int minutes)
{
  int n;

  if (minutes <= 0)
    return g_strdup (_ ("At the time"));

  if (minutes % (7 * FIKA_MINUTES_A_DAY) == 0)
    {
      n = minutes / (7 * FIKA_MINUTES_A_DAY);
      return g_strdup_printf (ngettext ("%d week before", "%d weeks before", n), n);
    }
  if (minutes % FIKA_MINUTES_A_DAY == 0)
    {
      n = minutes / FIKA_MINUTES_A_DAY;
      return g_strdup_printf (ngettext ("%d day before", "%d days before", n), n);
    }
  if (minutes % 60 == 0)
    {
      n = minutes / 60;
      return g_strdup_printf (ngettext ("%d hour before", "%d hours before", n), n);
    }

  return g_strdup_printf (ngettext ("%d minute before", "%d minutes before", minutes), minutes);
}

/**
 * fika_when_every_days:
 * @ideal: the ideal number of days between two contacts; 0 = none
 * @latest: the latest number of days
 *
 * Returns: (transfer full): a cadence in words, in the largest unit that both are whole in:
 *   "every 2–4 weeks", "every 10–20 days", "about every week"
 */
char *
fika_when_every_days (int ideal, int latest)
{
  if (ideal <= 0)
    return g_strdup (_ ("no rhythm"));

  if (latest <= ideal)
    {
      if (ideal % 365 == 0)
        return g_strdup_printf (ngettext ("about every year", "about every %d years", ideal / 365),
                                ideal / 365);
      if (ideal % 30 == 0)
        return g_strdup_printf (ngettext ("about every month", "about every %d months", ideal / 30),
                                ideal / 30);
      if (ideal % 7 == 0)
        return g_strdup_printf (ngettext ("about every week", "about every %d weeks", ideal / 7),
                                ideal / 7);

      return g_strdup_printf (ngettext ("about every day", "about every %d days", ideal), ideal);
    }

  if (ideal % 365 == 0 && latest % 365 == 0)
    return g_strdup_printf (ngettext ("every %d–%d year", "every %d–%d years", latest / 365),
                            ideal / 365, latest / 365);
  if (ideal % 30 == 0 && latest % 30 == 0)
    return g_strdup_printf (ngettext ("every %d–%d month", "every %d–%d months", latest / 30),
                            ideal / 30, latest / 30);
  if (ideal % 7 == 0 && latest % 7 == 0)
    return g_strdup_printf (ngettext ("every %d–%d week", "every %d–%d weeks", latest / 7),
                            ideal / 7, latest / 7);

  return g_strdup_printf (ngettext ("every %d–%d day", "every %d–%d days", latest), ideal, latest);
}
