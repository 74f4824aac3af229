#include "config.h"

#include "base/fika-civil.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Days of a common year before each month, and of the whole year at the end. */
static const int days_before_month[13] = {
  0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365,
};

static const struct
{
  const char *key;
  int from_minute;
  int to_minute;
} windows[] = {
  [FIKA_WINDOW_EXACT] = { "exact", 0, FIKA_MINUTES_A_DAY },
  [FIKA_WINDOW_MORNING] = { "morning", 8 * 60, 12 * 60 },
  [FIKA_WINDOW_AFTERNOON] = { "afternoon", 12 * 60, 17 * 60 },
  [FIKA_WINDOW_EVENING] = { "evening", 17 * 60, 22 * 60 },
  [FIKA_WINDOW_DAY] = { "day", 8 * 60, 22 * 60 },
};

static int64_t
floor_div (int64_t a, int64_t b)
{
  return a / b - (a % b < 0);
}

static int
floor_mod (int64_t a, int b)
{
  int rest = (int) (a % b);

  return rest < 0 ? rest + b : rest;
}

static gboolean
is_leap_year (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* The days from 0001-01-01 to the first day of @year. */
static int64_t
days_before_year (int year)
{
  int64_t past = (int64_t) year - 1;

  return 365 * past + floor_div (past, 4) - floor_div (past, 100) + floor_div (past, 400);
}

/* The days from 0001-01-01 to 1970-01-01. */
#define EPOCH_DAY 719162

static int
day_of_year (int year, int month, int day)
{
  return days_before_month[month - 1] + (month > 2 && is_leap_year (year)) + day - 1;
}

/**
 * fika_ymd_valid:
 * @year: a year
 * @month: a month, 1 to 12
 * @day: a day of the month, 1 to 31
 *
 * Returns: whether there is such a day and Fika keeps it: from 1583-01-01 to 9999-12-31
 */
gboolean
fika_ymd_valid (int year, int month, int day)
{
  return year >= FIKA_YEAR_FIRST && year <= FIKA_YEAR_LAST && month >= 1 && month <= 12 && day >= 1
         && day <= fika_days_in_month (year, month);
}

/**
 * fika_days_in_month:
 * @year: a year
 * @month: a month, 1 to 12
 *
 * Returns: how many days that month has, or 0 where @month is none
 */
int
fika_days_in_month (int year, int month)
{
  if (month < 1 || month > 12)
    return 0;

  return days_before_month[month] - days_before_month[month - 1]
         + (month == 2 && is_leap_year (year));
}

/**
 * fika_day_from_ymd:
 * @year: a year
 * @month: a month, 1 to 12
 * @day: a day of the month
 *
 * Returns: the day of the Gregorian calendar, or %FIKA_DAY_NONE where fika_ymd_valid() says no
 */
FikaDay
fika_day_from_ymd (int year, int month, int day)
{
  if (!fika_ymd_valid (year, month, day))
    return FIKA_DAY_NONE;

  return (FikaDay) (days_before_year (year) - EPOCH_DAY + day_of_year (year, month, day));
}

/**
 * fika_day_to_ymd:
 * @day: a day
 * @year: (out) (optional): its year
 * @month: (out) (optional): its month, 1 to 12
 * @mday: (out) (optional): its day of the month, from 1
 */
void
fika_day_to_ymd (FikaDay day, int *year, int *month, int *mday)
{
  int64_t days = (int64_t) day + EPOCH_DAY;
  int y = (int) floor_div (days * 400, 146097) + 1;
  int rest, m;

  /* 400 years have 146,097 days; the mean year is at most one off. */
  while (days < days_before_year (y))
    y--;
  while (days >= days_before_year (y + 1))
    y++;

  rest = (int) (days - days_before_year (y));
  for (m = 1; rest >= fika_days_in_month (y, m); m++)
    rest -= fika_days_in_month (y, m);

  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (mday != NULL)
    *mday = rest + 1;
}

/**
 * fika_day_weekday:
 * @day: a day
 *
 * Returns: its day of the week, 0 = Monday to 6 = Sunday
 */
int
fika_day_weekday (FikaDay day)
{
  /* 1970-01-01 was a Thursday. */
  return floor_mod ((int64_t) day + 3, 7);
}

/**
 * fika_day_week_start:
 * @day: a day
 * @first_weekday: the day that weeks begin on, 0 = Monday to 6 = Sunday
 *
 * Returns: the first day of the week that @day is in
 */
FikaDay
fika_day_week_start (FikaDay day, int first_weekday)
{
  g_return_val_if_fail (first_weekday >= 0 && first_weekday <= 6, day);

  return day - floor_mod (fika_day_weekday (day) - first_weekday, 7);
}

/**
 * fika_day_iso_week:
 * @day: a day
 *
 * Returns: the number of its week as ISO 8601 counts them, 1 to 53: week 1 has the year's first
 *   Thursday
 */
int
fika_day_iso_week (FikaDay day)
{
  FikaDay thursday = fika_day_week_start (day, 0) + 3;
  int year, month, mday;

  fika_day_to_ymd (thursday, &year, &month, &mday);

  return day_of_year (year, month, mday) / 7 + 1;
}

/* Reads exactly @n ASCII digits. */
static gboolean
read_digits (const char *text, int n, int *value)
{
  int number = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      number = number * 10 + (text[i] - '0');
    }
  *value = number;

  return TRUE;
}

/* What was typed, short enough and valid enough to be quoted in a sentence. */
static char *
quoted (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  if (g_utf8_strlen (valid, -1) > 40)
    {
      g_autofree char *start = g_utf8_substring (valid, 0, 39);

      return g_strconcat (start, "…", NULL);
    }

  return g_steal_pointer (&valid);
}

static char *
month_name (int year, int month, const char *format)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, 1, 0, 0, 0);

  return g_date_time_format (date, format);
}

/* Reads "YYYY-MM-DD" at the start of @text; what follows is the caller's. */
static gboolean
read_day (const char *text, FikaDay *day, gboolean *well_formed, GError **error)
{
  int year, month, mday;

  *well_formed = read_digits (text, 4, &year) && text[4] == '-' && read_digits (text + 5, 2, &month)
                 && text[7] == '-' && read_digits (text + 8, 2, &mday);
  if (!*well_formed)
    return FALSE;

  if (year < FIKA_YEAR_FIRST || year > FIKA_YEAR_LAST)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("The year %d is out of reach. Choose one from %d to %d."), year,
                   FIKA_YEAR_FIRST, FIKA_YEAR_LAST);
      return FALSE;
    }
  if (month < 1 || month > 12)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("There is no month %d. Choose one from 1 to 12."), month);
      return FALSE;
    }
  if (!fika_ymd_valid (year, month, mday))
    {
      g_autofree char *name = month_name (year, month, "%B");

      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   /* Translators: a day, the name of its month, its year, the month's last day. */
                   _ ("%d %s %d does not exist. Choose a day from 1 to %d."), mday, name, year,
                   fika_days_in_month (year, month));
      return FALSE;
    }
  *day = fika_day_from_ymd (year, month, mday);

  return TRUE;
}

/**
 * fika_day_parse:
 * @text: a day as YYYY-MM-DD
 * @error: return location for an error
 *
 * Returns: the day, or %FIKA_DAY_NONE with %FIKA_ERROR_INVALID
 */
FikaDay
fika_day_parse (const char *text, GError **error)
{
  gboolean well_formed;
  FikaDay day;

  g_return_val_if_fail (text != NULL, FIKA_DAY_NONE);
  g_return_val_if_fail (error == NULL || *error == NULL, FIKA_DAY_NONE);

  if (strnlen (text, 11) == 10)
    {
      if (read_day (text, &day, &well_formed, error))
        return day;
      if (well_formed)
        return FIKA_DAY_NONE;
    }

  g_autofree char *typed = quoted (text);
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               _ ("“%s” is not a date. Write it as year, month and day, like 2026-03-29."), typed);

  return FIKA_DAY_NONE;
}

/**
 * fika_day_format:
 * @day: a day
 *
 * Returns: (transfer full): the day as YYYY-MM-DD
 */
char *
fika_day_format (FikaDay day)
{
  int year, month, mday;

  fika_day_to_ymd (day, &year, &month, &mday);

  return g_strdup_printf ("%04d-%02d-%02d", year, month, mday);
}

/**
 * fika_civil_new:
 * @day: a day
 * @hour: hours since its start, commonly 0 to 23
 * @minute: minutes on top, commonly 0 to 59
 *
 * Returns: that time; hours and minutes beyond the day run into its neighbours
 */
FikaCivil
fika_civil_new (FikaDay day, int hour, int minute)
{
  return (FikaCivil) day * FIKA_MINUTES_A_DAY + (int64_t) hour * 60 + minute;
}

/**
 * fika_civil_day:
 * @civil: a civil time
 *
 * Returns: the day it is on
 */
FikaDay
fika_civil_day (FikaCivil civil)
{
  return (FikaDay) floor_div (civil, FIKA_MINUTES_A_DAY);
}

/**
 * fika_civil_minute_of_day:
 * @civil: a civil time
 *
 * Returns: the minutes since its midnight, 0 to 1439
 */
int
fika_civil_minute_of_day (FikaCivil civil)
{
  return floor_mod (civil, FIKA_MINUTES_A_DAY);
}

/**
 * fika_civil_parse:
 * @text: a time as YYYY-MM-DDTHH:MM; a blank may stand for the T
 * @error: return location for an error
 *
 * Returns: the time, or %FIKA_CIVIL_NONE with %FIKA_ERROR_INVALID
 */
FikaCivil
fika_civil_parse (const char *text, GError **error)
{
  gboolean well_formed;
  FikaDay day;
  int hour, minute;

  g_return_val_if_fail (text != NULL, FIKA_CIVIL_NONE);
  g_return_val_if_fail (error == NULL || *error == NULL, FIKA_CIVIL_NONE);

  if (strnlen (text, 17) == 16 && (text[10] == 'T' || text[10] == ' ')
      && read_digits (text + 11, 2, &hour) && text[13] == ':'
      && read_digits (text + 14, 2, &minute))
    {
      if (read_day (text, &day, &well_formed, error))
        {
          if (hour <= 23 && minute <= 59)
            return fika_civil_new (day, hour, minute);

          g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                       _ ("There is no time %02d:%02d. Choose one from 00:00 to 23:59."), hour,
                       minute);
          return FIKA_CIVIL_NONE;
        }
      if (well_formed)
        return FIKA_CIVIL_NONE;
    }

  g_autofree char *typed = quoted (text);
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               _ ("“%s” is not a date and time. Write it like 2026-03-29T17:00."), typed);

  return FIKA_CIVIL_NONE;
}

/**
 * fika_civil_format:
 * @civil: a civil time
 *
 * Returns: (transfer full): the time as YYYY-MM-DDTHH:MM
 */
char *
fika_civil_format (FikaCivil civil)
{
  g_autofree char *day = fika_day_format (fika_civil_day (civil));
  int minute = fika_civil_minute_of_day (civil);

  return g_strdup_printf ("%sT%02d:%02d", day, minute / 60, minute % 60);
}

/**
 * fika_window_parse:
 * @text: (nullable): a window's key
 * @window: (out): the window
 *
 * Returns: whether @text is one of "exact", "morning", "afternoon", "evening", "day"
 */
gboolean
fika_window_parse (const char *text, FikaWindow *window)
{
  for (size_t i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      if (g_strcmp0 (text, windows[i].key) == 0)
        {
          *window = (FikaWindow) i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fika_window_to_string:
 * @window: a window
 *
 * Returns: its key, which is never translated
 */
const char *
fika_window_to_string (FikaWindow window)
{
  g_return_val_if_fail ((size_t) window < G_N_ELEMENTS (windows), windows[0].key);

  return windows[window].key;
}

/**
 * fika_window_span:
 * @window: a window
 * @from_minute: (out): the minute of the day it opens at
 * @to_minute: (out): the minute of the day it closes at, no longer in it
 *
 * The hours of a window. The exact "window" may begin at any minute of its day.
 */
void
fika_window_span (FikaWindow window, int *from_minute, int *to_minute)
{
  g_return_if_fail ((size_t) window < G_N_ELEMENTS (windows));

  *from_minute = windows[window].from_minute;
  *to_minute = windows[window].to_minute;
}

/**
 * fika_window_opens:
 * @window: a window
 * @start: the start of a catch-up
 *
 * Returns: when it can begin at the earliest: @start itself where it is exact, else the opening of
 *   the window on the day of @start
 */
FikaCivil
fika_window_opens (FikaWindow window, FikaCivil start)
{
  g_return_val_if_fail ((size_t) window < G_N_ELEMENTS (windows), start);

  if (window == FIKA_WINDOW_EXACT)
    return start;

  return fika_civil_new (fika_civil_day (start), 0, windows[window].from_minute);
}

/**
 * fika_window_closes:
 * @window: a window
 * @start: the start of a catch-up
 * @minutes: its length in minutes; 0 where it has no fixed end
 *
 * Returns: when it is over: @minutes after @start where it is exact, else the closing of the window
 *   on the day of @start
 */
FikaCivil
fika_window_closes (FikaWindow window, FikaCivil start, int minutes)
{
  g_return_val_if_fail ((size_t) window < G_N_ELEMENTS (windows), start);

  if (window == FIKA_WINDOW_EXACT)
    return start + minutes;

  return fika_civil_new (fika_civil_day (start), 0, windows[window].to_minute);
}
