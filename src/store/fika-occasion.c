#include "config.h"

#include "store/fika-person.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

/* A year with a 29 February, in whose place a day of an unknown year is checked. */
#define LEAP_YEAR 2000

/**
 * fika_occasion_new:
 * @kind: what it is
 * @label: (nullable): free words for it
 * @year: the year it first was, or 0 where unknown
 * @month: 1 to 12
 * @day: day of the month
 *
 * Returns: (transfer full): an occasion
 */
FikaOccasion *
fika_occasion_new (FikaOccasionKind kind, const char *label, int year, int month, int day)
{
  FikaOccasion *self = g_new (FikaOccasion, 1);

  self->kind = kind;
  self->label = g_strdup (label != NULL ? label : "");
  self->year = year;
  self->month = month;
  self->day = day;

  return self;
}

/* Exactly `n` digits, which are then behind *p; -1 otherwise. */
static int
take_digits (const char **p, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return -1;
      value = value * 10 + (**p - '0');
    }

  return value;
}

/**
 * fika_occasion_parse:
 * @kind: what it is
 * @text: "1990-04-12" or "19900412"; without the year "--04-12", "--0412" or "04-12"
 * @error: return location
 *
 * Reads a day of the year that exists (ISO 8601, and RFC 6350's form without a year).
 *
 * Returns: (transfer full) (nullable): an occasion; %NULL with %FIKA_ERROR_INVALID
 */
FikaOccasion *
fika_occasion_parse (FikaOccasionKind kind, const char *text, GError **error)
{
  g_autofree char *typed = NULL;
  const char *p;
  int year = 0, month, day;

  g_return_val_if_fail (text != NULL, NULL);

  typed = g_strstrip (g_strdup (text));
  p = typed;
  if (g_str_has_prefix (p, "--"))
    p += strlen ("--");
  else if (strlen (p) != strlen ("04-12"))
    {
      year = take_digits (&p, 4);
      if (*p == '-')
        p++;
      if (year == 0)
        year = -1;
    }
  month = take_digits (&p, 2);
  if (*p == '-')
    p++;
  day = take_digits (&p, 2);

  if (year < 0 || month < 0 || day < 0 || *p != '\0')
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("“%s” is no date. Write it as 1990-04-12, or as --04-12 without the year."),
                   typed);
      return NULL;
    }
  if (!fika_ymd_valid (year != 0 ? year : LEAP_YEAR, month, day))
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("The date “%s” does not exist. Check the day and the month."), typed);
      return NULL;
    }

  return fika_occasion_new (kind, NULL, year, month, day);
}

/**
 * fika_occasion_format:
 * @self: an occasion
 *
 * Returns: (transfer full): "1990-04-12", or "--04-12" without a year
 */
char *
fika_occasion_format (const FikaOccasion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->year == 0)
    return g_strdup_printf ("--%02d-%02d", self->month, self->day);

  return g_strdup_printf ("%04d-%02d-%02d", self->year, self->month, self->day);
}

static FikaDay
day_in_year (const FikaOccasion *self, int year)
{
  int last = fika_days_in_month (year, self->month);

  return fika_day_from_ymd (year, self->month, MIN (self->day, last));
}

/**
 * fika_occasion_next:
 * @self: an occasion
 * @from: a day
 *
 * Finds when it next comes round. The 29th of February is kept on the 28th in other years.
 *
 * Returns: the first such day that is @from or later
 */
FikaDay
fika_occasion_next (const FikaOccasion *self, FikaDay from)
{
  int year, month, mday;
  FikaDay day;

  g_return_val_if_fail (self != NULL, FIKA_DAY_NONE);

  fika_day_to_ymd (from, &year, &month, &mday);
  year = MAX (year, self->year);
  day = day_in_year (self, year);

  return day >= from ? day : day_in_year (self, year + 1);
}

FikaOccasion *
fika_occasion_copy (const FikaOccasion *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fika_occasion_new (self->kind, self->label, self->year, self->month, self->day);
}

gboolean
fika_occasion_equal (const FikaOccasion *a, const FikaOccasion *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && a->year == b->year && a->month == b->month && a->day == b->day
         && g_str_equal (a->label, b->label);
}

void
fika_occasion_free (FikaOccasion *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_free (self);
}
