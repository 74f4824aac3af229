#include "config.h"

#include "plan/fika-rule.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

/* Whether the parts of a rule go together, and whether it can ever match. */

gboolean
fika_rule_bad_value (const char *part, const char *value, GError **error)
{
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               /* Translators: %s are a part of a repeating rule such as "COUNT", and its value. */
               _ ("The repeating rule has %s=%s, which makes no sense. Correct or remove it."),
               part, value);

  return FALSE;
}

gboolean
fika_rule_unsupported (const char *part, GError **error)
{
  if (g_str_equal (part, "BYHOUR") || g_str_equal (part, "BYMINUTE")
      || g_str_equal (part, "BYSECOND"))
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED,
                 /* Translators: %s is a part of a repeating rule such as "BYHOUR". */
                 _ ("The repeating rule has %s, but Fika repeats a plan at most once a day, at the "
                    "time it starts. Remove that part."),
                 part);
  else
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED,
                 /* Translators: %s is a part of a repeating rule such as "RSCALE". */
                 _ ("The repeating rule has %s, which Fika does not know. Remove that part."),
                 part);

  return FALSE;
}

/* Two parts that the standard, or Fika, does not let go together. */
static gboolean
not_together (const char *part, const char *other, GError **error)
{
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               /* Translators: %s are parts of a repeating rule such as "COUNT" and "UNTIL". */
               _ ("The repeating rule has both %s and %s, which do not go together. "
                  "Remove one of them."),
               part, other);

  return FALSE;
}

static gboolean
never_matches (GError **error)
{
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                       _ ("The repeating rule never matches a day, so nothing would be planned. "
                          "Change its days or months."));

  return FALSE;
}

/* What RFC 5545, section 3.3.10, forbids. */
static gboolean
check_together (const FikaRule *self, GError **error)
{
  const char *freq_names[] = { "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY" };
  const char *freq = freq_names[self->freq];
  gboolean has_month_days = self->month_days != 0 || self->month_days_back != 0;
  int most = self->freq == FIKA_FREQ_MONTHLY || self->months != 0 ? 5 : 53;

  if (self->count > 0 && self->until != FIKA_CIVIL_NONE)
    return not_together ("COUNT", "UNTIL", error);
  if (has_month_days && self->freq == FIKA_FREQ_WEEKLY)
    return not_together (freq, "BYMONTHDAY", error);
  if (self->year_days->len > 0 && self->freq != FIKA_FREQ_YEARLY)
    return not_together (freq, "BYYEARDAY", error);
  if (self->week_numbers->len > 0 && self->freq != FIKA_FREQ_YEARLY)
    return not_together (freq, "BYWEEKNO", error);
  if (self->positions->len > 0 && self->days->len == 0 && !has_month_days && self->months == 0
      && self->year_days->len == 0 && self->week_numbers->len == 0)
    {
      g_set_error_literal (
          error, FIKA_ERROR, FIKA_ERROR_INVALID,
          _ ("The repeating rule has BYSETPOS, but no days to count. Add BYDAY, or "
             "remove BYSETPOS."));
      return FALSE;
    }

  for (guint i = 0; i < self->days->len; i++)
    {
      const FikaRuleDay *day = &g_array_index (self->days, FikaRuleDay, i);

      if (day->n == 0)
        continue;
      if (self->freq == FIKA_FREQ_DAILY || self->freq == FIKA_FREQ_WEEKLY
          || self->week_numbers->len > 0 || ABS (day->n) > most)
        {
          g_autofree char *value
              = g_strdup_printf ("%d%s", day->n, fika_rule_weekday_key (day->weekday));

          return fika_rule_bad_value ("BYDAY", value, error);
        }
    }

  return TRUE;
}

/* What is allowed, used by nobody, and read differently by every program. */
static gboolean
check_simple (const FikaRule *self, GError **error)
{
  gboolean has_month_days = self->month_days != 0 || self->month_days_back != 0;

  if (self->year_days->len > 0
      && (self->months != 0 || has_month_days || self->week_numbers->len > 0
          || self->days->len > 0))
    return fika_rule_unsupported (_ ("BYYEARDAY together with other days"), error);
  if (self->week_numbers->len > 0 && (self->months != 0 || has_month_days))
    return fika_rule_unsupported (_ ("BYWEEKNO together with other days"), error);
  if (self->week_numbers->len > 0 && self->positions->len > 0)
    return fika_rule_unsupported (_ ("BYWEEKNO together with BYSETPOS"), error);
  if (self->freq == FIKA_FREQ_WEEKLY && self->positions->len > 0 && self->months != 0)
    return fika_rule_unsupported (_ ("BYSETPOS together with BYMONTH in a weekly rule"), error);

  return TRUE;
}

/* Whether one of the days of the month that are written in the rule exists in one of its months. */
static gboolean
check_month_days (const FikaRule *self, GError **error)
{
  if (self->month_days == 0 && self->month_days_back == 0)
    return TRUE;

  for (int month = 1; month <= 12; month++)
    {
      /* Bits 1 to the length of the month, in a leap year. */
      uint32_t existing = (uint32_t) ((UINT64_C (2) << fika_days_in_month (2024, month)) - 2);

      if (self->months != 0 && (self->months & 1u << month) == 0)
        continue;
      if (((self->month_days | self->month_days_back) & existing) != 0)
        return TRUE;
    }

  return never_matches (error);
}

static gboolean
has_number (const GArray *numbers, int number)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      if (g_array_index (numbers, int, i) == number)
        return TRUE;
    }

  return FALSE;
}

/* Whether a day is in the set of its month or year, positions and intervals left aside. */
static gboolean
in_set (const FikaRule *self, int year, int month, int mday)
{
  gboolean in_month = self->freq == FIKA_FREQ_MONTHLY || self->months != 0;
  FikaDay day = fika_day_from_ymd (year, month, mday);
  /* The days of the month or year before this one, and after it. */
  int before = in_month ? mday - 1 : day - fika_day_from_ymd (year, 1, 1);
  int after
      = in_month ? fika_days_in_month (year, month) - mday : fika_day_from_ymd (year, 12, 31) - day;

  if (self->months != 0 && (self->months & 1u << month) == 0)
    return FALSE;
  if (self->year_days->len > 0 && !has_number (self->year_days, before + 1)
      && !has_number (self->year_days, -after - 1))
    return FALSE;
  if ((self->month_days != 0 || self->month_days_back != 0) && (self->month_days & 1u << mday) == 0
      && (self->month_days_back & 1u << (fika_days_in_month (year, month) + 1 - mday)) == 0)
    return FALSE;
  if (self->days->len == 0)
    return TRUE;
  for (guint i = 0; i < self->days->len; i++)
    {
      const FikaRuleDay *wanted = &g_array_index (self->days, FikaRuleDay, i);

      if (wanted->weekday == fika_day_weekday (day)
          && (wanted->n == 0 || wanted->n == before / 7 + 1 || wanted->n == -(after / 7) - 1))
        return TRUE;
    }

  return FALSE;
}

/* Whether a month or a year ever has as many days as BYSETPOS counts to. */
static gboolean
check_positions (const FikaRule *self, GError **error)
{
  int least = G_MAXINT;
  int most = 0;

  if (self->positions->len == 0 || self->freq < FIKA_FREQ_MONTHLY)
    return TRUE;

  for (guint i = 0; i < self->positions->len; i++)
    least = MIN (least, ABS (g_array_index (self->positions, int, i)));

  /* 28 years have every kind of year. */
  for (int year = 2000; year < 2028; year++)
    {
      int size = 0;

      for (int month = 1; month <= 12; month++)
        {
          for (int mday = 1; mday <= fika_days_in_month (year, month); mday++)
            size += in_set (self, year, month, mday);
          if (self->freq == FIKA_FREQ_MONTHLY || month == 12)
            {
              most = MAX (most, size);
              size = 0;
            }
        }
    }

  return most >= least || never_matches (error);
}

/* A day and a week of up to seven days: BYSETPOS can be worked out now. */
static gboolean
resolve_positions (FikaRule *self, GError **error)
{
  g_autoptr (GArray) kept = NULL;
  int size = self->freq == FIKA_FREQ_DAILY ? 1 : (int) self->days->len;

  if (self->positions->len == 0 || self->freq >= FIKA_FREQ_MONTHLY)
    return TRUE;
  if (self->freq == FIKA_FREQ_WEEKLY && size == 0)
    size = 1;

  kept = g_array_new (FALSE, FALSE, sizeof (FikaRuleDay));
  for (int i = 0; i < size; i++)
    {
      gboolean chosen = FALSE;

      for (guint j = 0; j < self->positions->len; j++)
        {
          int position = g_array_index (self->positions, int, j);

          chosen = chosen || position == i + 1 || position == i - size;
        }
      if (!chosen)
        continue;
      if (size == 1)
        {
          g_array_set_size (self->positions, 0);
          return TRUE;
        }
      g_array_append_val (kept, g_array_index (self->days, FikaRuleDay, i));
    }
  if (kept->len == 0)
    return never_matches (error);

  g_array_set_size (self->days, 0);
  g_array_append_vals (self->days, kept->data, kept->len);
  g_array_set_size (self->positions, 0);

  return TRUE;
}

/*
 * fika_rule_check:
 * @self: a rule whose parts make sense each by itself
 *
 * Checks the whole, and works out BYSETPOS where a period is a day or a week.
 *
 * Returns: whether it is right; else @error is FIKA_ERROR_INVALID or FIKA_ERROR_UNSUPPORTED
 */
gboolean
fika_rule_check (FikaRule *self, GError **error)
{
  return check_together (self, error) && check_simple (self, error)
         && check_month_days (self, error) && resolve_positions (self, error)
         && check_positions (self, error);
}
