#include "config.h"

#include "plan/fika-walk.h"

/*
 * The days of the rules that people make: every so many days, on weekdays, on days of the month by
 * number or as the second Tuesday or the last Friday. They are counted here, for libical reads the
 * data of ICU for even the simplest of rules: 3 MB in a service that should be small, and most of
 * the time that a rule takes.
 */

/* The days of a month as bits, bit 1 for the 1st. */
static uint32_t
days_by_number (const FikaPiece *piece, int length)
{
  uint32_t all = (uint32_t) ((UINT64_C (2) << length) - 2);
  uint32_t days = piece->month_days;

  if (piece->month_days == 0 && piece->month_days_back == 0)
    return all;

  for (int back = 1; back <= length; back++)
    if (piece->month_days_back & 1u << back)
      days |= 1u << (length + 1 - back);

  return days & all;
}

static uint32_t
days_by_weekday (const FikaRule *rule, FikaDay first, int length)
{
  uint32_t days = 0;

  for (guint i = 0; i < rule->days->len; i++)
    {
      const FikaRuleDay *wanted = &g_array_index (rule->days, FikaRuleDay, i);
      /* The first such day of the month, and how many of them it has. */
      int mday = 1 + (wanted->weekday - fika_day_weekday (first) + 7) % 7;
      int count = (length - mday) / 7 + 1;

      for (int n = 1; n <= count; n++)
        if (wanted->n == 0 || wanted->n == n || wanted->n == n - count - 1)
          days |= 1u << (mday + 7 * (n - 1));
    }

  return days;
}

static gboolean
walk_month (const FikaRule *rule,
            const FikaPiece *piece,
            int year,
            int month,
            FikaDay last,
            FikaWalkFunc func,
            gpointer data)
{
  FikaDay first = fika_day_from_ymd (year, month, 1);
  int length = fika_days_in_month (year, month);
  uint32_t days = days_by_number (piece, length);

  if (rule->days->len > 0)
    days &= days_by_weekday (rule, first, length);
  for (int mday = 1; mday <= length && first + mday - 1 <= last; mday++)
    if ((days & 1u << mday) != 0 && !func (first + mday - 1, data))
      return FALSE;

  return TRUE;
}

/* FALSE when there was enough. */
static gboolean
walk_period (const FikaRule *rule,
             const FikaPiece *piece,
             FikaDay start,
             FikaDay last,
             FikaWalkFunc func,
             gpointer data)
{
  int year, month;

  switch (piece->freq)
    {
    case FIKA_FREQ_WEEKLY:
      for (FikaDay day = start; day < start + 7 && day <= last; day++)
        if ((piece->weekdays & 1u << fika_day_weekday (day)) != 0 && !func (day, data))
          return FALSE;
      return TRUE;

    case FIKA_FREQ_MONTHLY:
      fika_day_to_ymd (start, &year, &month, NULL);
      return walk_month (rule, piece, year, month, last, func, data);

    case FIKA_FREQ_YEARLY:
      fika_day_to_ymd (start, &year, NULL, NULL);
      for (month = 1; month <= 12; month++)
        if ((piece->months & 1u << month) != 0
            && !walk_month (rule, piece, year, month, last, func, data))
          return FALSE;
      return TRUE;

    case FIKA_FREQ_DAILY:
    default:
      return func (start, data);
    }
}

/* The first day of the period after one; FIKA_DAY_NONE where there is none any more. */
static FikaDay
next_period (const FikaPiece *piece, FikaDay start)
{
  int year, month;

  fika_day_to_ymd (start, &year, &month, NULL);

  switch (piece->freq)
    {
    case FIKA_FREQ_WEEKLY:
      return start + 7 * piece->interval;
    case FIKA_FREQ_MONTHLY:
      month += piece->interval - 1;
      return fika_day_from_ymd (year + month / 12, month % 12 + 1, 1);
    case FIKA_FREQ_YEARLY:
      return fika_day_from_ymd (year + piece->interval, 1, 1);
    case FIKA_FREQ_DAILY:
    default:
      return start + piece->interval;
    }
}

/*
 * fika_walk_can:
 * @rule: a rule without numbered weeks
 * @piece: a piece of it
 *
 * Returns: whether fika_walk() knows its days; it does not where they have positions or are counted
 *   through the year
 */
gboolean
fika_walk_can (const FikaRule *rule, const FikaPiece *piece)
{
  return rule->positions->len == 0 && rule->year_days->len == 0
         && (piece->freq != FIKA_FREQ_YEARLY || piece->months != 0);
}

/*
 * fika_walk:
 * @rule: a rule
 * @piece: a piece of it that fika_walk_can()
 * @start: the first day of one of its periods; of a weekly one with an interval, its weekday
 * @last: the last day to look at
 * @func: called for each day, in order, until it says %FALSE
 * @data: for @func
 */
void
fika_walk (const FikaRule *rule,
           const FikaPiece *piece,
           FikaDay start,
           FikaDay last,
           FikaWalkFunc func,
           gpointer data)
{
  for (FikaDay day = start; day != FIKA_DAY_NONE && day <= last; day = next_period (piece, day))
    if (!walk_period (rule, piece, day, last, func, data))
      return;
}
