#include "config.h"

#include "plan/fika-expand.h"

#include "plan/fika-walk.h"

#include <libical/ical.h>

/*
 * All of libical is in this file.
 *
 * libical is asked only for what cannot be counted simply, what it does right (3.0.16 was compared
 * with python3-dateutil) and in bounded time. A rule is taken apart into simpler ones, about one
 * weekday or one kind of month each, that leave nothing to DTSTART but the time of day. DTSTART is
 * moved to the beginning of the period that the span asked for begins in, so that years of history
 * cost nothing, and UNTIL is the end of that span. The parts that only leave days out are applied
 * here, and numbered weeks are counted here (libical misses days of them around the new year). Its
 * iterators end in 2582, but the calendar repeats itself every 400 years, weekdays included: so it
 * works between 1600 and 2400.
 */

#define CYCLE_DAYS 146097
#define CYCLE_YEARS 400
#define BASE_YEAR 1600

#if ICAL_CHECK_VERSION(3, 99, 0)
typedef struct icalrecurrencetype *Recur;

static Recur
recur_parse (const char *text)
{
  return icalrecurrencetype_new_from_string (text);
}

static void
recur_clear (Recur *recur)
{
  icalrecurrencetype_unref (*recur);
}

static void
recur_set_until (Recur *recur, struct icaltimetype until)
{
  (*recur)->until = until;
}
#else
typedef struct icalrecurrencetype Recur;

static Recur
recur_parse (const char *text)
{
  return icalrecurrencetype_from_string (text);
}

static void
recur_clear (Recur *recur)
{
  g_clear_pointer (&recur->rscale, free);
}

static void
recur_set_until (Recur *recur, struct icaltimetype until)
{
  recur->until = until;
}
#endif

static FikaCivil
last_civil (void)
{
  return fika_civil_new (fika_day_from_ymd (FIKA_YEAR_LAST, 12, 31), 23, 59);
}

static unsigned int
weekdays_of (const FikaRule *rule)
{
  unsigned int set = 0;

  for (guint i = 0; i < rule->days->len; i++)
    set |= 1u << g_array_index (rule->days, FikaRuleDay, i).weekday;

  return set;
}

/* The rule in one piece, with what it has from its start. */
static FikaPiece
whole_piece (const FikaRule *rule, FikaCivil anchor)
{
  FikaPiece piece = {
    .freq = rule->freq,
    .interval = rule->interval,
    .weekdays = weekdays_of (rule),
    .months = rule->months,
    .month_days = rule->month_days,
    .month_days_back = rule->month_days_back,
  };
  gboolean has_days = rule->days->len > 0 || rule->year_days->len > 0 || piece.month_days != 0
                      || piece.month_days_back != 0;
  int month, mday;

  fika_day_to_ymd (fika_civil_day (anchor), NULL, &month, &mday);

  /* Days that are picked are the days of every week or month, but for the others. That saves
   * walking through the days that do not count. */
  if (rule->freq == FIKA_FREQ_DAILY
      && (piece.months != 0 || piece.month_days != 0 || piece.month_days_back != 0))
    {
      piece.freq = piece.months != 0 ? FIKA_FREQ_YEARLY : FIKA_FREQ_MONTHLY;
      piece.interval = 1;
      if (!has_days)
        piece.month_days = ~1u;
      return piece;
    }
  if (rule->freq == FIKA_FREQ_DAILY && has_days && piece.interval == 1)
    piece.freq = FIKA_FREQ_WEEKLY;
  if (piece.freq == FIKA_FREQ_WEEKLY && piece.weekdays == 0)
    piece.weekdays = 1u << fika_day_weekday (fika_civil_day (anchor));

  if (piece.freq == FIKA_FREQ_YEARLY && piece.months == 0 && !has_days)
    piece.months = 1u << month;
  if (piece.freq >= FIKA_FREQ_MONTHLY && !has_days)
    piece.month_days = 1u << mday;
  /* Days of the month are days of every month; libical would take them for the start's alone. */
  if (piece.freq == FIKA_FREQ_YEARLY && piece.months == 0
      && (piece.month_days != 0 || piece.month_days_back != 0))
    piece.months = ((1u << 12) - 1) << 1;

  /* Picked months of every month are months of every year, unless positions are counted in each. */
  if (piece.freq == FIKA_FREQ_MONTHLY && piece.interval == 1 && piece.months != 0
      && rule->positions->len == 0)
    piece.freq = FIKA_FREQ_YEARLY;

  return piece;
}

/* A piece for each weekday, for libical mistakes the week in which a rule of several weeks, or one
 * with another WKST, begins. Every week needs no such care. */
static void
split_week (FikaPiece whole, GArray *pieces)
{
  if (whole.interval == 1)
    {
      g_array_append_val (pieces, whole);
      return;
    }

  for (int weekday = 0; weekday < 7; weekday++)
    {
      FikaPiece piece = whole;

      piece.weekdays &= 1u << weekday;
      if (piece.weekdays != 0)
        g_array_append_val (pieces, piece);
    }
}

/* A piece for each kind of month, so that the 29th to 31st fall on the last day of shorter ones. */
static void
split_months (FikaPiece whole, GArray *pieces)
{
  for (int month = 1; month <= 12; month++)
    {
      int length = fika_days_in_month (2023, month);
      FikaPiece piece = whole;
      gboolean merged = FALSE;

      if (whole.months != 0 && (whole.months & 1u << month) == 0)
        continue;

      piece.months = 1u << month;
      for (int mday = length + 1; mday <= 31; mday++)
        {
          if (piece.month_days & 1u << mday)
            {
              piece.month_days &= ~(1u << mday);
              piece.month_days_back |= 1u << 1;
            }
        }
      for (guint i = 0; i < pieces->len && !merged; i++)
        {
          FikaPiece *other = &g_array_index (pieces, FikaPiece, i);

          if (other->month_days == piece.month_days
              && other->month_days_back == piece.month_days_back)
            {
              other->months |= piece.months;
              merged = TRUE;
            }
        }
      if (!merged)
        g_array_append_val (pieces, piece);
    }
}

/* The pieces of a rule; none where its weeks are numbered. */
static GArray *
take_apart (const FikaRule *rule, FikaCivil anchor)
{
  const uint32_t late = 1u << 29 | 1u << 30 | 1u << 31;
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (FikaPiece));
  FikaPiece whole;

  if (rule->week_numbers->len > 0)
    return pieces;

  whole = whole_piece (rule, anchor);
  /* A rule that also asks for weekdays or positions means the days it says. */
  if (whole.freq == FIKA_FREQ_WEEKLY)
    split_week (whole, pieces);
  else if (rule->freq >= FIKA_FREQ_MONTHLY && (whole.month_days & late) != 0 && rule->days->len == 0
           && rule->positions->len == 0)
    split_months (whole, pieces);
  else
    g_array_append_val (pieces, whole);

  return pieces;
}

/* What libical is asked to iterate for one piece. */
static char *
rule_of_piece (const FikaRule *rule, const FikaPiece *piece)
{
  static const char *const freqs[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_printf (out, "FREQ=%s;INTERVAL=%d", freqs[piece->freq], piece->interval);

  if (piece->freq == FIKA_FREQ_WEEKLY)
    {
      const char *before = ";BYDAY=";

      for (int weekday = 0; weekday < 7; weekday++)
        {
          if (piece->weekdays & 1u << weekday)
            {
              g_string_append_printf (out, "%s%s", before, fika_rule_weekday_key (weekday));
              before = ",";
            }
        }
    }
  else if (piece->freq >= FIKA_FREQ_MONTHLY)
    {
      if (piece->freq == FIKA_FREQ_YEARLY)
        fika_rule_append_months (piece->months, out);
      fika_rule_append_numbers ("BYYEARDAY", rule->year_days, out);
      fika_rule_append_month_days (piece->month_days, piece->month_days_back, out);
      fika_rule_append_days (rule, out);
      fika_rule_append_numbers ("BYSETPOS", rule->positions, out);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The parts that only leave days out. */
static gboolean
passes (const FikaRule *rule, const FikaPiece *piece, FikaCivil anchor, FikaDay day)
{
  int month;

  if (rule->freq == FIKA_FREQ_DAILY && (day - fika_civil_day (anchor)) % rule->interval != 0)
    return FALSE;
  if (piece->freq == FIKA_FREQ_DAILY)
    return piece->weekdays == 0 || (piece->weekdays & 1u << fika_day_weekday (day)) != 0;
  if (piece->freq == FIKA_FREQ_YEARLY || piece->months == 0)
    return TRUE;

  fika_day_to_ymd (day, NULL, &month, NULL);

  return (piece->months & 1u << month) != 0;
}

/* The first day of the period number @n of a piece: of the day, week, month or year that is @n
 * INTERVALs after the one the anchor is in. In place of a week it is the weekday of it. */
static FikaDay
period_start (const FikaRule *rule, const FikaPiece *piece, FikaDay anchor, int n)
{
  int year, month, weekday;

  fika_day_to_ymd (anchor, &year, &month, NULL);

  switch (piece->freq)
    {
    case FIKA_FREQ_WEEKLY:
      anchor = fika_day_week_start (anchor, piece->interval == 1 ? 0 : rule->week_start);
      weekday = piece->interval == 1 ? 0 : g_bit_nth_lsf (piece->weekdays, -1);
      return anchor + (weekday - fika_day_weekday (anchor) + 7) % 7 + 7 * n * piece->interval;
    case FIKA_FREQ_MONTHLY:
      month += n * piece->interval - 1;
      return fika_day_from_ymd (year + month / 12, month % 12 + 1, 1);
    case FIKA_FREQ_YEARLY:
      return fika_day_from_ymd (year + n * piece->interval, 1, 1);
    case FIKA_FREQ_DAILY:
    default:
      return anchor + n * piece->interval;
    }
}

/* The first day of the first period that may have days on or after @day, which is not before the
 * anchor; FIKA_DAY_NONE where there is none any more. */
static FikaDay
first_period (const FikaRule *rule, const FikaPiece *piece, FikaDay anchor, FikaDay day)
{
  static const int longest[] = { 1, 7, 31, 366 };
  int anchor_year, anchor_month, year, month, n;
  FikaDay start;

  fika_day_to_ymd (anchor, &anchor_year, &anchor_month, NULL);
  fika_day_to_ymd (day, &year, &month, NULL);

  switch (piece->freq)
    {
    case FIKA_FREQ_WEEKLY:
      n = (day - anchor) / (7 * piece->interval);
      break;
    case FIKA_FREQ_MONTHLY:
      n = ((year - anchor_year) * 12 + month - anchor_month) / piece->interval;
      break;
    case FIKA_FREQ_YEARLY:
      n = (year - anchor_year) / piece->interval;
      break;
    case FIKA_FREQ_DAILY:
    default:
      n = (day - anchor) / piece->interval;
      break;
    }

  start = period_start (rule, piece, anchor, n);
  while (start != FIKA_DAY_NONE && start + longest[piece->freq] <= day)
    start = period_start (rule, piece, anchor, ++n);

  return start;
}

static struct icaltimetype
to_ical (FikaCivil civil)
{
  struct icaltimetype time = icaltime_null_time ();
  int minute = fika_civil_minute_of_day (civil);

  fika_day_to_ymd (fika_civil_day (civil), &time.year, &time.month, &time.day);
  time.hour = minute / 60;
  time.minute = minute % 60;

  return time;
}

static FikaCivil
from_ical (struct icaltimetype time)
{
  return fika_civil_new (fika_day_from_ymd (time.year, time.month, time.day), time.hour,
                         time.minute);
}

/* What is being looked for in one piece. */
typedef struct
{
  const FikaRule *rule;
  const FikaPiece *piece;
  FikaCivil anchor;
  FikaCivil from;
  FikaCivil until;
  guint limit;
  GArray *out;
} Search;

/* Takes the occurrence, where it is one. FALSE when there was enough. */
static gboolean
take (Search *search, FikaCivil civil)
{
  if (civil >= search->until)
    return FALSE;
  if (civil >= search->from
      && passes (search->rule, search->piece, search->anchor, fika_civil_day (civil)))
    {
      g_array_append_val (search->out, civil);
      search->limit--;
    }

  return search->limit > 0;
}

static gboolean
take_day_cb (FikaDay day, gpointer data)
{
  Search *search = data;

  return take (search, fika_civil_new (day, 0, fika_civil_minute_of_day (search->anchor)));
}

static void
ask_libical (Search *search, FikaDay start)
{
  FikaCivil dtstart = fika_civil_new (start, 0, fika_civil_minute_of_day (search->anchor));
  g_autofree char *text = rule_of_piece (search->rule, search->piece);
  icalrecur_iterator *iterator;
  FikaCivil shift;
  Recur recur;
  int year;

  fika_day_to_ymd (start, &year, NULL, NULL);
  shift = (FikaCivil) ((year - BASE_YEAR - (year < BASE_YEAR ? CYCLE_YEARS - 1 : 0)) / CYCLE_YEARS)
          * CYCLE_DAYS * FIKA_MINUTES_A_DAY;

  recur = recur_parse (text);
  recur_set_until (&recur, to_ical (search->until - 1 - shift));

  iterator = icalrecur_iterator_new (recur, to_ical (dtstart - shift));
  while (iterator != NULL)
    {
      struct icaltimetype time = icalrecur_iterator_next (iterator);

      if (icaltime_is_null_time (time) || !take (search, from_ical (time) + shift))
        break;
    }

  g_clear_pointer (&iterator, icalrecur_iterator_free);
  recur_clear (&recur);
}

/*
 * Appends the occurrences of one piece in [from, until) to @out, at most @limit, in order.
 * [from, until) is not before the anchor and at most one cycle of the calendar long.
 */
static void
expand_piece (const FikaRule *rule,
              const FikaPiece *piece,
              FikaCivil anchor,
              FikaCivil from,
              FikaCivil until,
              guint limit,
              GArray *out)
{
  FikaDay start = first_period (rule, piece, fika_civil_day (anchor), fika_civil_day (from));
  FikaDay last = fika_civil_day (until - 1);
  Search search = { rule, piece, anchor, from, until, limit, out };

  if (start == FIKA_DAY_NONE || start > last)
    return;

  if (fika_walk_can (rule, piece))
    fika_walk (rule, piece, start, last, take_day_cb, &search);
  else
    ask_libical (&search, start);
}

/*
 * Appends the occurrences in [from, until) of a rule with numbered weeks to @out, at most @limit,
 * in order: ISO 8601, but for the day that weeks begin on.
 */
static void
expand_weeks (const FikaRule *rule,
              FikaCivil anchor,
              FikaCivil from,
              FikaCivil until,
              guint limit,
              GArray *out)
{
  unsigned int weekdays = weekdays_of (rule);
  int year, anchor_year, last_year;

  if (weekdays == 0)
    weekdays = 1u << fika_day_weekday (fika_civil_day (anchor));

  fika_day_to_ymd (fika_civil_day (anchor), &anchor_year, NULL, NULL);
  fika_day_to_ymd (fika_civil_day (from), &year, NULL, NULL);
  fika_day_to_ymd (fika_civil_day (until - 1), &last_year, NULL, NULL);

  /* The days of a week may lie in the year before or after its own. The anchor's year counts as the
   * first where there are INTERVALs, as it does in other yearly rules. */
  year = anchor_year + MAX ((year - 1 - anchor_year) / rule->interval, 0) * rule->interval;
  if (rule->interval == 1)
    year--;

  year = MAX (year, FIKA_YEAR_FIRST);

  for (; year <= last_year + 1 && year < FIKA_YEAR_LAST; year += rule->interval)
    {
      FikaDay new_year = fika_day_from_ymd (year, 1, 1);
      FikaDay next = fika_day_from_ymd (year + 1, 1, 1);
      /* Week 1 is the one with 4 January in it. */
      FikaDay first = fika_day_week_start (new_year + 3, rule->week_start);
      int weeks = (fika_day_week_start (next + 3, rule->week_start) - first) / 7;
      uint64_t wanted = 0;

      for (guint i = 0; i < rule->week_numbers->len; i++)
        {
          int number = g_array_index (rule->week_numbers, int, i);

          number = number < 0 ? weeks + 1 + number : number;
          if (number >= 1 && number <= weeks)
            wanted |= UINT64_C (1) << number;
        }

      for (int day = 0; day < 7 * weeks && limit > 0; day++)
        {
          FikaCivil civil = fika_civil_new (first + day, 0, fika_civil_minute_of_day (anchor));

          if ((wanted & UINT64_C (1) << (day / 7 + 1)) != 0 && civil >= from && civil < until
              && (weekdays & 1u << fika_day_weekday (first + day)) != 0)
            {
              g_array_append_val (out, civil);
              limit--;
            }
        }
    }
}

static int
compare_civils (const void *a, const void *b)
{
  FikaCivil first = *(const FikaCivil *) a;
  FikaCivil second = *(const FikaCivil *) b;

  return (first > second) - (first < second);
}

/* After how many cycles of the calendar a rule matches the same days again. */
static int
cycles_of (const FikaRule *rule)
{
  static const int periods[] = { CYCLE_DAYS, CYCLE_DAYS / 7, CYCLE_YEARS * 12, CYCLE_YEARS };
  int a = periods[rule->freq];
  int b = rule->interval;

  /* The greatest common divisor ends up in @a. */
  while (b != 0)
    {
      int rest = a % b;

      a = b;
      b = rest;
    }

  return rule->interval / a;
}

/* Appends the occurrences in [from, until) to @out, COUNT left aside, at most @limit, in order. */
static void
expand_span (const FikaRule *rule,
             const GArray *pieces,
             FikaCivil anchor,
             FikaCivil from,
             FikaCivil until,
             guint limit,
             GArray *out)
{
  int empty_cycles = 0;

  from = MAX (from, anchor);
  until = MIN (until, last_civil () + 1);
  if (rule->until != FIKA_CIVIL_NONE)
    until = MIN (until, rule->until + 1);

  while (from < until && limit > 0)
    {
      FikaCivil end = MIN (until, from + (FikaCivil) CYCLE_DAYS * FIKA_MINUTES_A_DAY);
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (FikaCivil));
      guint n;

      if (rule->week_numbers->len > 0)
        expand_weeks (rule, anchor, from, end, limit, found);
      for (guint i = 0; i < pieces->len; i++)
        expand_piece (rule, &g_array_index (pieces, FikaPiece, i), anchor, from, end, limit, found);
      g_array_sort (found, compare_civils);
      n = MIN (found->len, limit);
      g_array_append_vals (out, found->data, n);

      if (found->len > 0)
        empty_cycles = 0;
      else if (++empty_cycles >= cycles_of (rule))
        return;
      limit -= n;
      from = end;
    }
}

/*
 * fika_expand:
 * @rule: a rule
 * @anchor: the start of the series, from 1583 to 9999
 * @from: where the span begins
 * @until: where the span ends, not in it any more
 * @limit: how many to find at most
 *
 * Returns: (transfer full): the occurrences in [@from, @until), in order, each once
 */
GArray *
fika_expand (const FikaRule *rule, FikaCivil anchor, FikaCivil from, FikaCivil until, guint limit)
{
  g_autoptr (GArray) pieces = take_apart (rule, anchor);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (FikaCivil));

  /* Where such a rule ends depends on all that came before. */
  if (rule->count > 0)
    {
      guint past;

      expand_span (rule, pieces, anchor, anchor, from, (guint) rule->count, found);
      past = found->len;
      g_array_set_size (found, 0);
      limit = MIN (limit, (guint) rule->count - past);
    }
  expand_span (rule, pieces, anchor, from, until, limit, found);

  return found;
}
