#include "config.h"

#include "plan/fika-rule.h"

#include "base/fika-text.h"

#include <glib/gi18n-lib.h>

/* A rule in words: what people plan by has words of its own, anything else is told as it is. */

#define WORKDAYS (1u << 0 | 1u << 1 | 1u << 2 | 1u << 3 | 1u << 4)
#define WEEKEND (1u << 5 | 1u << 6)
#define ALL_DAYS (WORKDAYS | WEEKEND)

static const char *const month_days[] = {
  NULL,
  NC_ ("day of the month", "1st"),
  NC_ ("day of the month", "2nd"),
  NC_ ("day of the month", "3rd"),
  NC_ ("day of the month", "4th"),
  NC_ ("day of the month", "5th"),
  NC_ ("day of the month", "6th"),
  NC_ ("day of the month", "7th"),
  NC_ ("day of the month", "8th"),
  NC_ ("day of the month", "9th"),
  NC_ ("day of the month", "10th"),
  NC_ ("day of the month", "11th"),
  NC_ ("day of the month", "12th"),
  NC_ ("day of the month", "13th"),
  NC_ ("day of the month", "14th"),
  NC_ ("day of the month", "15th"),
  NC_ ("day of the month", "16th"),
  NC_ ("day of the month", "17th"),
  NC_ ("day of the month", "18th"),
  NC_ ("day of the month", "19th"),
  NC_ ("day of the month", "20th"),
  NC_ ("day of the month", "21st"),
  NC_ ("day of the month", "22nd"),
  NC_ ("day of the month", "23rd"),
  NC_ ("day of the month", "24th"),
  NC_ ("day of the month", "25th"),
  NC_ ("day of the month", "26th"),
  NC_ ("day of the month", "27th"),
  NC_ ("day of the month", "28th"),
  NC_ ("day of the month", "29th"),
  NC_ ("day of the month", "30th"),
  NC_ ("day of the month", "31st"),
};

static char *
format_date (int year, int month, int mday, const char *format)
{
  g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, mday, 0, 0, 0);

  return g_date_time_format (date, format);
}

static char *
weekday_name (int weekday)
{
  /* 1 January 2024 was a Monday. */
  return format_date (2024, 1, 1 + weekday, "%A");
}

/* The weekdays without a number, as bits; 0 where one has a number. */
static unsigned int
plain_weekdays (const FikaRule *self)
{
  unsigned int set = 0;

  for (guint i = 0; i < self->days->len; i++)
    {
      const FikaRuleDay *day = &g_array_index (self->days, FikaRuleDay, i);

      if (day->n != 0)
        return 0;
      set |= 1u << day->weekday;
    }

  return set;
}

static char *
join_weekdays (unsigned int set)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (int weekday = 0; weekday < 7; weekday++)
    {
      if (set & 1u << weekday)
        g_ptr_array_add (names, weekday_name (weekday));
    }
  g_ptr_array_add (names, NULL);

  return fika_text_join_names ((const char *const *) names->pdata);
}

static char *
join_months (uint32_t months)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (int month = 1; month <= 12; month++)
    {
      if (months & 1u << month)
        g_ptr_array_add (names, format_date (2024, month, 1, "%OB"));
    }
  g_ptr_array_add (names, NULL);

  return fika_text_join_names ((const char *const *) names->pdata);
}

static int
only_bit (uint32_t set)
{
  return set != 0 && (set & (set - 1)) == 0 ? g_bit_nth_lsf (set, -1) : -1;
}

/* "first Thursday", "last workday"; NULL for a position that has no word. */
static char *
nth (int n, const char *what)
{
  switch (n)
    {
    case 1:
      /* Translators: %s is a weekday, "day", "workday" or "day of the weekend". */
      return g_strdup_printf (C_ ("nth weekday", "first %s"), what);
    case 2:
      return g_strdup_printf (C_ ("nth weekday", "second %s"), what);
    case 3:
      return g_strdup_printf (C_ ("nth weekday", "third %s"), what);
    case 4:
      return g_strdup_printf (C_ ("nth weekday", "fourth %s"), what);
    case 5:
      return g_strdup_printf (C_ ("nth weekday", "fifth %s"), what);
    case -1:
      return g_strdup_printf (C_ ("nth weekday", "last %s"), what);
    case -2:
      return g_strdup_printf (C_ ("nth weekday", "second to last %s"), what);
    default:
      return NULL;
    }
}

/* "first Thursday", "first and third Thursday" as two, "last day", "1st and 15th": the days of a
 * month; NULL where there are no words for them. */
static char *
days_of_month (const FikaRule *self, FikaCivil anchor)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  uint32_t forward = self->month_days;
  unsigned int plain = plain_weekdays (self);

  if (self->days->len > 0)
    {
      if (self->month_days != 0 || self->month_days_back != 0)
        return NULL;

      if (plain != 0)
        {
          g_autofree char *what = NULL;

          if (self->positions->len == 0)
            return NULL;
          if (plain == ALL_DAYS)
            what = g_strdup (C_ ("nth weekday", "day"));
          else if (plain == WORKDAYS)
            what = g_strdup (C_ ("nth weekday", "workday"));
          else if (plain == WEEKEND)
            what = g_strdup (C_ ("nth weekday", "day of a weekend"));
          else if (only_bit (plain) >= 0)
            what = weekday_name (only_bit (plain));
          else
            return NULL;

          for (guint i = 0; i < self->positions->len; i++)
            g_ptr_array_add (names, nth (g_array_index (self->positions, int, i), what));
        }
      else
        {
          if (self->positions->len > 0)
            return NULL;

          for (guint i = 0; i < self->days->len; i++)
            {
              const FikaRuleDay *day = &g_array_index (self->days, FikaRuleDay, i);
              g_autofree char *what = weekday_name (day->weekday);

              g_ptr_array_add (names, day->n != 0 ? nth (day->n, what) : NULL);
            }
        }
    }
  else
    {
      gboolean last = self->month_days_back == 1u << 1;

      if (self->positions->len > 0 || (self->month_days_back != 0 && !last))
        return NULL;
      if (forward == 0 && !last)
        {
          int mday;

          fika_day_to_ymd (fika_civil_day (anchor), NULL, NULL, &mday);
          forward = 1u << mday;
        }
      /* The 31st falls on the last day of every month. */
      if (self->freq == FIKA_FREQ_MONTHLY && forward & 1u << 31)
        {
          forward &= ~(1u << 31);
          last = TRUE;
        }
      for (int mday = 1; mday <= 31; mday++)
        {
          if (forward & 1u << mday)
            g_ptr_array_add (names, g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "day of the month",
                                                            month_days[mday])));
        }
      if (last)
        g_ptr_array_add (names, g_strdup (C_ ("day of the month", "last day")));
    }

  for (guint i = 0; i < names->len; i++)
    {
      if (names->pdata[i] == NULL)
        return NULL;
    }
  g_ptr_array_add (names, NULL);

  return fika_text_join_names ((const char *const *) names->pdata);
}

static char *
describe_daily (const FikaRule *self)
{
  unsigned int plain = plain_weekdays (self);
  g_autofree char *base = NULL;
  g_autofree char *months = NULL;

  if (self->month_days != 0 || self->month_days_back != 0)
    return NULL;

  base = g_strdup_printf (ngettext ("every day", "every %d days", self->interval), self->interval);
  if (plain != 0 && plain != ALL_DAYS)
    {
      g_autofree char *names = join_weekdays (plain);

      if (self->interval > 1)
        return NULL;
      g_free (base);
      base = plain == WORKDAYS ? g_strdup (_ ("every workday"))
                               : g_strdup_printf (C_ ("weekly", "every %s"), names);
    }
  if (self->months == 0)
    return g_steal_pointer (&base);

  months = join_months (self->months);

  /* Translators: a repetition and the months it is limited to: "every day in June and July". */
  return g_strdup_printf (C_ ("repeat", "%s in %s"), base, months);
}

static char *
describe_weekly (const FikaRule *self, FikaCivil anchor)
{
  unsigned int plain = plain_weekdays (self);
  g_autofree char *base = NULL;
  g_autofree char *names = NULL;
  g_autofree char *months = NULL;

  if (plain == 0)
    plain = 1u << fika_day_weekday (fika_civil_day (anchor));
  names = join_weekdays (plain);

  if (self->interval > 1)
    base
        = g_strdup_printf (ngettext ("every %d week on %s", "every %d weeks on %s", self->interval),
                           self->interval, names);
  else if (plain == ALL_DAYS)
    base = g_strdup (ngettext ("every day", "every %d days", 1));
  else if (plain == WORKDAYS)
    base = g_strdup (_ ("every workday"));
  else
    /* Translators: %s is one or more weekdays: "every Tuesday and Thursday". */
    base = g_strdup_printf (C_ ("weekly", "every %s"), names);

  if (self->months == 0)
    return g_steal_pointer (&base);

  months = join_months (self->months);

  return g_strdup_printf (C_ ("repeat", "%s in %s"), base, months);
}

static char *
describe_monthly (const FikaRule *self, FikaCivil anchor)
{
  g_autofree char *days = days_of_month (self, anchor);
  g_autofree char *base = NULL;
  g_autofree char *months = NULL;

  if (days == NULL)
    return NULL;

  if (self->interval > 1)
    /* Translators: %s is days of the month: "every 2 months on the first Thursday". */
    base = g_strdup_printf (
        ngettext ("every %d month on the %s", "every %d months on the %s", self->interval),
        self->interval, days);
  else if (self->months == 0)
    /* Translators: %s is days of the month, as "first Thursday" or "15th". */
    base = g_strdup_printf (C_ ("monthly", "on the %s of the month"), days);
  else
    base = g_strdup_printf (C_ ("monthly", "on the %s"), days);
  if (self->months == 0)
    return g_steal_pointer (&base);

  months = join_months (self->months);
  if (self->interval > 1)
    return g_strdup_printf (C_ ("repeat", "%s in %s"), base, months);

  /* Translators: days and the months they are of: "on the first Thursday of June and July". */
  return g_strdup_printf (C_ ("repeat", "%s of %s"), base, months);
}

/* The date of a rule that has one each year: "24 December"; else NULL. */
static char *
single_date (const FikaRule *self, FikaCivil anchor)
{
  int year, month, mday;

  if (self->days->len > 0 || self->month_days_back != 0 || self->positions->len > 0)
    return NULL;

  fika_day_to_ymd (fika_civil_day (anchor), &year, &month, &mday);
  if (self->months != 0)
    month = only_bit (self->months);
  else if (self->month_days != 0)
    return NULL;
  if (self->month_days != 0)
    mday = only_bit (self->month_days);
  if (month < 0 || mday < 0)
    return NULL;

  /* A leap year, so that it has a 29 February. */
  return format_date (2024, month, MIN (mday, fika_days_in_month (2024, month)),
                      C_ ("date", "%-d %B"));
}

static char *
describe_yearly (const FikaRule *self, FikaCivil anchor)
{
  g_autofree char *base = NULL;
  g_autofree char *when = NULL;

  if (self->year_days->len > 0 || self->week_numbers->len > 0)
    return NULL;

  when = single_date (self, anchor);
  if (when == NULL)
    {
      g_autofree char *days = NULL;
      g_autofree char *months = NULL;

      /* Days in several months, counted in each; counted in the year they are no days of a month.
       */
      if (self->months == 0 || (self->positions->len > 0 && only_bit (self->months) < 0))
        return NULL;
      days = days_of_month (self, anchor);
      if (days == NULL)
        return NULL;
      months = join_months (self->months);
      /* Translators: days and the months they are of: "the last Sunday of October". */
      when = g_strdup_printf (C_ ("yearly", "the %s of %s"), days, months);
    }

  base
      = g_strdup_printf (ngettext ("every year", "every %d years", self->interval), self->interval);

  /* Translators: "every year" or "every 2 years", and a date. */
  return g_strdup_printf (C_ ("yearly", "%s on %s"), base, when);
}

/* Rules that have no words of their own. */
static char *
describe_other (const FikaRule *self)
{
  g_autoptr (GString) parts = g_string_new (NULL);
  g_autofree char *base = NULL;

  switch (self->freq)
    {
    case FIKA_FREQ_WEEKLY:
      base = g_strdup_printf (ngettext ("every week", "every %d weeks", self->interval),
                              self->interval);
      break;
    case FIKA_FREQ_MONTHLY:
      base = g_strdup_printf (ngettext ("every month", "every %d months", self->interval),
                              self->interval);
      break;
    case FIKA_FREQ_YEARLY:
      base = g_strdup_printf (ngettext ("every year", "every %d years", self->interval),
                              self->interval);
      break;
    case FIKA_FREQ_DAILY:
    default:
      base = g_strdup_printf (ngettext ("every day", "every %d days", self->interval),
                              self->interval);
      break;
    }

  fika_rule_append_months (self->months, parts);
  fika_rule_append_numbers ("BYWEEKNO", self->week_numbers, parts);
  fika_rule_append_numbers ("BYYEARDAY", self->year_days, parts);
  fika_rule_append_month_days (self->month_days, self->month_days_back, parts);
  fika_rule_append_days (self, parts);
  fika_rule_append_numbers ("BYSETPOS", self->positions, parts);
  if (parts->len == 0)
    return g_steal_pointer (&base);

  /* Translators: a repetition, and parts of a rule that are written as computers do. */
  return g_strdup_printf (C_ ("repeat", "%s (%s)"), base, parts->str + 1);
}

/*
 * fika_rule_describe:
 * @self: a rule
 * @anchor: the start of the series
 *
 * Returns: (transfer full): the rule in words, as within a sentence
 */
char *
fika_rule_describe (const FikaRule *self, FikaCivil anchor)
{
  g_autofree char *base = NULL;

  switch (self->freq)
    {
    case FIKA_FREQ_WEEKLY:
      base = describe_weekly (self, anchor);
      break;
    case FIKA_FREQ_MONTHLY:
      base = describe_monthly (self, anchor);
      break;
    case FIKA_FREQ_YEARLY:
      base = describe_yearly (self, anchor);
      break;
    case FIKA_FREQ_DAILY:
    default:
      base = describe_daily (self);
      break;
    }
  if (base == NULL)
    base = describe_other (self);

  if (self->count > 0)
    /* Translators: a repetition, and how often: "every Sunday, 10 times". */
    return g_strdup_printf (ngettext ("%s, %d time", "%s, %d times", self->count), base,
                            self->count);
  if (self->until != FIKA_CIVIL_NONE)
    {
      g_autofree char *date = NULL;
      int year, month, mday;

      fika_day_to_ymd (fika_civil_day (self->until), &year, &month, &mday);
      date = format_date (year, month, mday, C_ ("date", "%-d %B %Y"));
      /* Translators: a repetition, and its last date: "every Sunday, until 30 June 2027". */
      return g_strdup_printf (C_ ("repeat", "%s, until %s"), base, date);
    }

  return g_steal_pointer (&base);
}
