#include "config.h"

#include "ui/widgets/fika-date-text.h"

#include "base/fika-error.h"
#include "base/fika-text.h"

#include <glib/gi18n.h>

#include <langinfo.h>
#include <string.h>

#define TOKENS_MAX 12
#define LENGTH_MAX (7 * FIKA_MINUTES_A_DAY)

typedef struct
{
  char *word; /* folded letters; NULL for a number */
  int number;
  int digits;
  gboolean after_point; /* a '.' or ',' stands before it, with nothing between */
} Token;

static void
token_clear (gpointer data)
{
  g_clear_pointer (&((Token *) data)->word, g_free);
}

/* Runs of letters and runs of digits; everything else only parts them. NULL: too much of it. */
static GArray *
tokenize (const char *text)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (Token));
  const char *p = text;
  gboolean point = FALSE;

  g_array_set_clear_func (tokens, token_clear);
  while (*p != '\0')
    {
      const char *from = p;
      Token token = { NULL, 0, 0, point };

      if (tokens->len == TOKENS_MAX)
        return NULL;
      if (g_ascii_isdigit (*p))
        {
          while (g_ascii_isdigit (*p) && p - from < 9)
            p++;
          token.number = (int) g_ascii_strtoll (from, NULL, 10);
          token.digits = (int) (p - from);
        }
      else if (g_unichar_isalpha (g_utf8_get_char (p)))
        {
          g_autofree char *word = NULL;

          while (g_unichar_isalpha (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          word = g_strndup (from, (gsize) (p - from));
          token.word = fika_text_fold (word);
        }
      else
        {
          point = *p == '.' || *p == ',';
          p = g_utf8_next_char (p);
          continue;
        }
      point = FALSE;
      g_array_append_val (tokens, token);
    }
  return g_steal_pointer (&tokens);
}

static gboolean
is_one_of (const char *word, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = fika_text_fold (words[i]);

      if (strcmp (folded, word) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A name in full, or its beginning where that has at least @least characters. */
static gboolean
begins (const char *name, const char *word, glong least)
{
  g_autofree char *folded = fika_text_fold (name);

  return strcmp (folded, word) == 0
         || (g_utf8_strlen (word, -1) >= least && g_str_has_prefix (folded, word));
}

static gboolean
is_date_name (const char *word, int year, int month, int day, const char *format, glong least)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, day, 12, 0, 0);
  g_autofree char *name = g_date_time_format (date, format);
  g_autofree char *bare = NULL;

  if (name == NULL)
    return FALSE;
  /* Some languages write a point behind a short name. */
  bare = g_strdelimit (g_strdup (name), ".", ' ');
  g_strstrip (bare);
  return begins (bare, word, least);
}

/* 1 to 12, or 0. */
static int
month_of (const char *word)
{
  static const char *const english[]
      = { "January", "February", "March",     "April",   "May",      "June",
          "July",    "August",   "September", "October", "November", "December" };

  for (int month = 1; month <= 12; month++)
    {
      if (is_date_name (word, 2024, month, 1, "%B", 3)
          || is_date_name (word, 2024, month, 1, "%OB", 3)
          || is_date_name (word, 2024, month, 1, "%b", 3) || begins (english[month - 1], word, 3))
        return month;
    }
  return 0;
}

/* 0 (Monday) to 6, or -1. */
static int
weekday_of (const char *word)
{
  static const char *const english[]
      = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

  /* The first of January 2024 was a Monday. */
  for (int weekday = 0; weekday < 7; weekday++)
    {
      if (is_date_name (word, 2024, 1, 1 + weekday, "%A", 3)
          || is_date_name (word, 2024, 1, 1 + weekday, "%a", 2)
          || begins (english[weekday], word, 3))
        return weekday;
    }
  return -1;
}

/* Whether the locale writes the day before the month. */
static gboolean
day_comes_first (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *day = strstr (format, "%d");
  const char *month = strstr (format, "%m");

  if (strstr (format, "%D") != NULL)
    return FALSE;
  if (day == NULL)
    day = strstr (format, "%e");
  return day == NULL || month == NULL || day < month;
}

static FikaDay
no_date (const char *text, GError **error)
{
  g_autofree char *shown = fika_text_clip (text, 40);
  g_autofree char *example = fika_date_text_format (fika_day_from_ymd (2026, 11, 29));

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               /* Translators: the second %s is an example of a date */
               _ ("“%s” is not a date. Write it as %s, or choose it in the calendar."), shown,
               example);
  return FIKA_DAY_NONE;
}

/* The first year from @today on (or back) in which the date is there. */
static FikaDay
without_year (int month, int day, FikaDay today, gboolean past)
{
  int year;

  fika_day_to_ymd (today, &year, NULL, NULL);
  /* Eight years hold a 29th of February also around 2100. */
  for (int i = 0; i <= 8; i++, year += past ? -1 : 1)
    {
      FikaDay found;

      if (!fika_ymd_valid (year, month, day))
        continue;
      found = fika_day_from_ymd (year, month, day);
      if (past ? found <= today : found >= today)
        return found;
    }
  return FIKA_DAY_NONE;
}

static FikaDay
only_day_of_month (int day, FikaDay today, gboolean past)
{
  int year;
  int month;

  fika_day_to_ymd (today, &year, &month, NULL);
  for (int i = 0; i < 3; i++)
    {
      FikaDay found;

      if (fika_ymd_valid (year, month, day))
        {
          found = fika_day_from_ymd (year, month, day);
          if (past ? found <= today : found >= today)
            return found;
        }
      month += past ? -1 : 1;
      year += month > 12 ? 1 : month < 1 ? -1 : 0;
      month = month > 12 ? 1 : month < 1 ? 12 : month;
    }
  return FIKA_DAY_NONE;
}

typedef struct
{
  int numbers[3];
  int digits[3];
  int n;
  int month;
  int weekday;
  int offset; /* of "tomorrow" */
  gboolean relative;
} DateParts;

static gboolean
read_word (const char *word, gboolean after_number, DateParts *parts)
{
  const char *const today[] = { "today", _ ("today"), NULL };
  const char *const tomorrow[] = { "tomorrow", _ ("tomorrow"), NULL };
  const char *const yesterday[] = { "yesterday", _ ("yesterday"), NULL };
  /* Translators: words that may stand in a date and say nothing, separated by blanks; for English
   * "of the on" */
  g_auto (GStrv) fillers = g_strsplit (C_ ("date words", "of the on"), " ", -1);
  const char *const ordinals[] = { "st", "nd", "rd", "th", NULL };
  int found;

  if (is_one_of (word, today) || is_one_of (word, tomorrow) || is_one_of (word, yesterday))
    {
      parts->offset = is_one_of (word, today) ? 0 : is_one_of (word, tomorrow) ? 1 : -1;
      parts->relative = TRUE;
      return TRUE;
    }
  if (after_number && is_one_of (word, ordinals))
    return TRUE;
  if (is_one_of (word, (const char *const *) fillers))
    return TRUE;
  found = weekday_of (word);
  if (found >= 0 && parts->weekday < 0)
    {
      parts->weekday = found;
      return TRUE;
    }
  found = month_of (word);
  if (found == 0 || parts->month != 0)
    return FALSE;
  parts->month = found;
  return TRUE;
}

static FikaDay
from_parts (const DateParts *parts, FikaDay today, gboolean past)
{
  int year = 0;
  int month = parts->month;
  int day = 0;

  if (parts->n == 0)
    {
      int ahead;

      if (parts->relative)
        return today + parts->offset;
      if (parts->weekday < 0 || month != 0)
        return FIKA_DAY_NONE;
      ahead = (parts->weekday - fika_day_weekday (today) + 7) % 7;
      return past && ahead > 0 ? today + ahead - 7 : today + ahead;
    }
  if (parts->relative || (month != 0 && parts->n == 3))
    return FIKA_DAY_NONE;
  if (month != 0)
    {
      /* "29 November 2026", "2026 November 29" */
      gboolean year_first = parts->n == 2 && parts->digits[0] == 4;

      day = parts->numbers[year_first ? 1 : 0];
      if (parts->n == 2)
        year = parts->numbers[year_first ? 0 : 1];
    }
  else if (parts->n == 1)
    return parts->digits[0] <= 2 ? only_day_of_month (parts->numbers[0], today, past)
                                 : FIKA_DAY_NONE;
  else if (parts->n == 3 && parts->digits[0] == 4)
    {
      year = parts->numbers[0];
      month = parts->numbers[1];
      day = parts->numbers[2];
    }
  else
    {
      gboolean day_first = day_comes_first ();

      day = parts->numbers[day_first ? 0 : 1];
      month = parts->numbers[day_first ? 1 : 0];
      if (parts->n == 3)
        year = parts->numbers[2];
    }
  if (year == 0)
    return without_year (month, day, today, past);
  if (year < 100)
    year += 2000;
  return fika_ymd_valid (year, month, day) ? fika_day_from_ymd (year, month, day) : FIKA_DAY_NONE;
}

/**
 * fika_date_text_format:
 * @day: a day
 *
 * Returns: (transfer full): the date as a field shows it, which fika_date_text_parse () reads:
 *   "Sun 29 November 2026"
 */
char *
fika_date_text_format (FikaDay day)
{
  g_autoptr (GDateTime) date = NULL;
  int year;
  int month;
  int mday;

  fika_day_to_ymd (day, &year, &month, &mday);
  date = g_date_time_new_utc (year, month, mday, 12, 0, 0);
  /* Translators: a date in a field: weekday, day, month, year in any order, the month in letters */
  return g_date_time_format (date, C_ ("date field", "%a %-d %B %Y"));
}

/**
 * fika_date_text_parse:
 * @text: what was typed
 * @today: today
 * @past: whether a date without its year is the last such, rather than the next
 * @error: what is wrong with it
 *
 * Reads "29 November 2026", "Sun 29 Nov", "29.11.", "11/29/2026" in the locale's order,
 * "2026-11-29", "29", "Sunday", "tomorrow". A weekday beside a date is not checked against it.
 *
 * Returns: the day, or %FIKA_DAY_NONE
 */
FikaDay
fika_date_text_parse (const char *text, FikaDay today, gboolean past, GError **error)
{
  g_autoptr (GArray) tokens = NULL;
  DateParts parts = { .weekday = -1 };
  FikaDay day;
  int year;

  g_return_val_if_fail (text != NULL, FIKA_DAY_NONE);

  tokens = tokenize (text);
  if (tokens == NULL)
    return no_date (text, error);
  if (tokens->len == 0)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("On which day? Write a date, or choose it in the calendar."));
      return FIKA_DAY_NONE;
    }
  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = &g_array_index (tokens, Token, i);
      gboolean after_number = i > 0 && g_array_index (tokens, Token, i - 1).word == NULL;

      if (token->word != NULL)
        {
          if (!read_word (token->word, after_number, &parts))
            return no_date (text, error);
          continue;
        }
      if (parts.n == 3 || token->digits > 4)
        return no_date (text, error);
      parts.numbers[parts.n] = token->number;
      parts.digits[parts.n++] = token->digits;
    }
  day = from_parts (&parts, today, past);
  if (day == FIKA_DAY_NONE)
    return no_date (text, error);
  fika_day_to_ymd (day, &year, NULL, NULL);
  if (year < FIKA_YEAR_FIRST || year > FIKA_YEAR_LAST)
    return no_date (text, error);
  return day;
}

static int
no_time (const char *text, GError **error)
{
  g_autofree char *shown = fika_text_clip (text, 40);

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               _ ("“%s” is not a time of day. Write it as 17:00 or 5 pm."), shown);
  return -1;
}

/* -1: neither; 0: before noon; 12: after. */
static int
half_of_day (const char *word)
{
  g_autoptr (GDateTime) morning = g_date_time_new_utc (2024, 1, 1, 9, 0, 0);
  g_autoptr (GDateTime) evening = g_date_time_new_utc (2024, 1, 1, 21, 0, 0);
  g_autofree char *am = g_date_time_format (morning, "%p");
  g_autofree char *pm = g_date_time_format (evening, "%p");
  const char *const before[] = { "am", "a", am != NULL ? am : "am", NULL };
  const char *const after[] = { "pm", "p", pm != NULL ? pm : "pm", NULL };

  return is_one_of (word, before) ? 0 : is_one_of (word, after) ? 12 : -1;
}

/**
 * fika_time_text_parse:
 * @text: what was typed
 * @error: what is wrong with it
 *
 * Reads "17:00", "17.30", "1730", "17", "5 pm", "5:30pm".
 *
 * Returns: minutes since midnight, or -1
 */
int
fika_time_text_parse (const char *text, GError **error)
{
  g_autoptr (GArray) tokens = NULL;
  /* Translators: words that may stand behind an hour, separated by blanks; for German "uhr h" */
  g_auto (GStrv) fillers = g_strsplit (C_ ("time words", "h o clock oclock"), " ", -1);
  int hour = -1;
  int minute = 0;
  int half = -1;
  int n = 0;

  g_return_val_if_fail (text != NULL, -1);

  tokens = tokenize (text);
  if (tokens == NULL)
    return no_time (text, error);
  if (tokens->len == 0)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("At what time? Write it as 17:00, or choose a part of the day."));
      return -1;
    }
  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = &g_array_index (tokens, Token, i);

      if (token->word != NULL)
        {
          int found = half_of_day (token->word);

          /* "a.m." comes as two words */
          if (found >= 0 && n > 0 && half < 0)
            half = found;
          else if (strcmp (token->word, "m") != 0
                   && !is_one_of (token->word, (const char *const *) fillers))
            return no_time (text, error);
          continue;
        }
      if (n == 0 && token->digits >= 3 && token->digits <= 4)
        {
          hour = token->number / 100;
          minute = token->number % 100;
          n = 2;
        }
      else if (n == 0 && token->digits <= 2)
        {
          hour = token->number;
          n = 1;
        }
      else if (n == 1 && token->digits == 2)
        {
          minute = token->number;
          n = 2;
        }
      else
        return no_time (text, error);
    }
  if (half >= 0)
    {
      if (hour < 1 || hour > 12)
        return no_time (text, error);
      hour = hour % 12 + half;
    }
  if (hour < 0 || hour > 23 || minute > 59)
    return no_time (text, error);
  return hour * 60 + minute;
}

/**
 * fika_length_text_format:
 * @minutes: a length; 0 where it is open
 *
 * Returns: (transfer full): the length as a field shows it: "", "45 min", "1 h 30 min"
 */
char *
fika_length_text_format (int minutes)
{
  if (minutes <= 0)
    return g_strdup ("");
  if (minutes < 60)
    return g_strdup_printf (C_ ("length field", "%d min"), minutes);
  if (minutes % 60 == 0)
    return g_strdup_printf (C_ ("length field", "%d h"), minutes / 60);
  return g_strdup_printf (C_ ("length field", "%d h %d min"), minutes / 60, minutes % 60);
}

static int
no_length (const char *text, GError **error)
{
  g_autofree char *shown = fika_text_clip (text, 40);

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               _ ("“%s” is not a length. Write it as 45 min or 1 h 30, up to a week, or leave it "
                  "empty."),
               shown);
  return -1;
}

/**
 * fika_length_text_parse:
 * @text: what was typed
 * @error: what is wrong with it
 *
 * Reads "45", "45 min", "1 h", "1 h 30", "1:30", "1.5 h"; nothing at all is an open end.
 *
 * Returns: minutes, 0 for an open end, or -1
 */
int
fika_length_text_parse (const char *text, GError **error)
{
  g_autoptr (GArray) tokens = NULL;
  double total = 0;
  gboolean clock;
  gboolean hours_before = FALSE;

  g_return_val_if_fail (text != NULL, -1);

  tokens = tokenize (text);
  /* Nothing ends before it starts. */
  if (tokens == NULL || strchr (text, '-') != NULL || strstr (text, "−") != NULL)
    return no_length (text, error);
  if (tokens->len == 0 && text[strspn (text, " \t\n")] != '\0')
    return no_length (text, error);
  clock = strchr (text, ':') != NULL;
  if (clock && (tokens->len < 2 || g_array_index (tokens, Token, 0).word != NULL))
    return no_length (text, error);
  for (guint i = 0; i < tokens->len; i++)
    {
      Token *token = &g_array_index (tokens, Token, i);
      Token *next = i + 1 < tokens->len ? &g_array_index (tokens, Token, i + 1) : NULL;
      double value = token->number;
      gboolean hours;

      if (token->word != NULL || token->digits > 5)
        return no_length (text, error);
      if (!clock && next != NULL && next->word == NULL && next->after_point && next->digits <= 2)
        {
          value += next->number / (next->digits == 1 ? 10.0 : 100.0);
          i++;
          next = i + 1 < tokens->len ? &g_array_index (tokens, Token, i + 1) : NULL;
        }
      if (clock)
        hours = i == 0;
      else
        hours = next != NULL && next->word != NULL
                && (next->word[0] == 'h' || begins (C_ ("length", "hours"), next->word, 1)
                    || begins (C_ ("length", "hour"), next->word, 1));
      if (!hours && !clock && next != NULL && next->word != NULL
          && !begins ("minutes", next->word, 1)
          && !begins (C_ ("length", "minutes"), next->word, 1))
        return no_length (text, error);
      if (hours && hours_before)
        return no_length (text, error);
      hours_before = hours;
      total += hours ? value * 60 : value;
      if (next != NULL && next->word != NULL)
        i++;
    }
  if (total > LENGTH_MAX)
    return no_length (text, error);
  return (int) (total + 0.5);
}
