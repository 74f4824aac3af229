#include "config.h"

#include "plan/fika-recurrence.h"

#include "plan/fika-rule.h"
#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>

/*
 * All of libical is in this file.
 *
 * libical is asked only for what it does right (3.0.16 was compared with python3-dateutil) and in
 * bounded time. A rule is taken apart into simpler ones, about one weekday or one kind of month
 * each, that leave nothing to DTSTART but the time of day. DTSTART is moved to the beginning of the
 * period that the span asked for begins in, so that years of history cost nothing, and UNTIL is the
 * end of that span. The parts that only leave days out are applied here, and numbered weeks are
 * weeks with such a part. libical's iterators end in 2582, but the calendar repeats itself every 400
 * years, weekdays included: so all is worked out between 1600 and 2400.
 */

#define CYCLE_DAYS 146097
#define CYCLE_YEARS 400
#define BASE_YEAR 1600

struct _FikaRecurrence {
  gatomicrefcount ref_count;
  FikaRule *rule;
};

G_DEFINE_BOXED_TYPE (FikaRecurrence, fika_recurrence, fika_recurrence_ref, fika_recurrence_unref)

#if ICAL_CHECK_VERSION (3, 99, 0)
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

/* A rule that libical is asked for, and what is left out of its answers. */
typedef struct {
  FikaFreq freq;
  int interval;
  unsigned int weekdays; /* of a weekly one: bit 0 = Monday */
  uint32_t months;       /* which; 0 = all */
  uint32_t month_days;
  uint32_t month_days_back;
} Piece;

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
static Piece
whole_piece (const FikaRule *rule, FikaCivil anchor)
{
  Piece piece = {
    .freq = rule->freq,
    .interval = rule->interval,
    .weekdays = weekdays_of (rule),
    .months = rule->months,
    .month_days = rule->month_days,
    .month_days_back = rule->month_days_back,
  };
  gboolean has_days = rule->days->len > 0 || rule->year_days->len > 0 ||
                      piece.month_days != 0 || piece.month_days_back != 0;
  int month, mday;

  fika_day_to_ymd (fika_civil_day (anchor), NULL, &month, &mday);

  /* Numbered weeks are every week, but for the others. */
  if (rule->week_numbers->len > 0) {
    piece.freq = FIKA_FREQ_WEEKLY;
    piece.interval = 1;
  }
  if (piece.freq == FIKA_FREQ_WEEKLY && piece.weekdays == 0)
    piece.weekdays = 1u << fika_day_weekday (fika_civil_day (anchor));

  if (piece.freq == FIKA_FREQ_YEARLY && piece.months == 0 && !has_days)
    piece.months = 1u << month;
  if (piece.freq >= FIKA_FREQ_MONTHLY && !has_days)
    piece.month_days = 1u << mday;
  /* Days of the month are days of every month; libical would take them for the start's alone. */
  if (piece.freq == FIKA_FREQ_YEARLY && piece.months == 0 &&
      (piece.month_days != 0 || piece.month_days_back != 0))
    piece.months = ((1u << 12) - 1) << 1;

  return piece;
}

/* A piece for each weekday, for libical mistakes the week in which a rule of several weeks, or one
 * with another WKST, begins. Every week needs no such care. */
static void
split_week (Piece whole, GArray *pieces)
{
  if (whole.interval == 1) {
    g_array_append_val (pieces, whole);
    return;
  }

  for (int weekday = 0; weekday < 7; weekday++) {
    Piece piece = whole;

    piece.weekdays &= 1u << weekday;
    if (piece.weekdays != 0)
      g_array_append_val (pieces, piece);
  }
}

/* A piece for each kind of month, so that the 29th to 31st fall on the last day of shorter ones. */
static void
split_months (Piece whole, GArray *pieces)
{
  for (int month = 1; month <= 12; month++) {
    int length = fika_days_in_month (2023, month);
    Piece piece = whole;
    gboolean merged = FALSE;

    if (whole.months != 0 && (whole.months & 1u << month) == 0)
      continue;

    piece.months = 1u << month;
    for (int mday = length + 1; mday <= 31; mday++) {
      if (piece.month_days & 1u << mday) {
        piece.month_days &= ~(1u << mday);
        piece.month_days_back |= 1u << 1;
      }
    }
    for (guint i = 0; i < pieces->len && !merged; i++) {
      Piece *other = &g_array_index (pieces, Piece, i);

      if (other->month_days == piece.month_days &&
          other->month_days_back == piece.month_days_back) {
        other->months |= piece.months;
        merged = TRUE;
      }
    }
    if (!merged)
      g_array_append_val (pieces, piece);
  }
}

static GArray *
take_apart (const FikaRule *rule, FikaCivil anchor)
{
  const uint32_t late = 1u << 29 | 1u << 30 | 1u << 31;
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  Piece whole = whole_piece (rule, anchor);

  /* A rule that also asks for weekdays or positions means the days it says. */
  if (whole.freq == FIKA_FREQ_WEEKLY)
    split_week (whole, pieces);
  else if (whole.freq >= FIKA_FREQ_MONTHLY && (whole.month_days & late) != 0 &&
           rule->days->len == 0 && rule->positions->len == 0)
    split_months (whole, pieces);
  else
    g_array_append_val (pieces, whole);

  return pieces;
}

/* What libical is asked to iterate for one piece. */
static char *
rule_of_piece (const FikaRule *rule, const Piece *piece)
{
  static const char *const freqs[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_printf (out, "FREQ=%s;INTERVAL=%d", freqs[piece->freq], piece->interval);

  if (piece->freq == FIKA_FREQ_WEEKLY) {
    const char *before = ";BYDAY=";

    for (int weekday = 0; weekday < 7; weekday++) {
      if (piece->weekdays & 1u << weekday) {
        g_string_append_printf (out, "%s%s", before, fika_rule_weekday_key (weekday));
        before = ",";
      }
    }
  } else if (piece->freq >= FIKA_FREQ_MONTHLY) {
    if (piece->freq == FIKA_FREQ_YEARLY)
      fika_rule_append_months (piece->months, out);
    fika_rule_append_numbers ("BYYEARDAY", rule->year_days, out);
    fika_rule_append_month_days (piece->month_days, piece->month_days_back, out);
    fika_rule_append_days (rule, out);
    fika_rule_append_numbers ("BYSETPOS", rule->positions, out);
  }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Whether @day is in one of the rule's numbered weeks: ISO 8601, but for the day they begin on. */
static gboolean
is_in_week (const FikaRule *rule, FikaCivil anchor, FikaDay day)
{
  /* A week is of the year that has more of it, and so the fourth of its days. */
  FikaDay middle = fika_day_week_start (day, rule->week_start) + 3;
  int year, anchor_year, number, weeks;

  fika_day_to_ymd (middle, &year, NULL, NULL);
  fika_day_to_ymd (fika_civil_day (anchor), &anchor_year, NULL, NULL);
  if ((year - anchor_year) % rule->interval != 0)
    return FALSE;

  number = (middle - fika_day_from_ymd (year, 1, 1)) / 7 + 1;
  weeks = number + (fika_day_from_ymd (year, 12, 31) - middle) / 7;
  for (guint i = 0; i < rule->week_numbers->len; i++) {
    int wanted = g_array_index (rule->week_numbers, int, i);

    if (wanted == number || wanted == number - weeks - 1)
      return TRUE;
  }

  return FALSE;
}

/* The parts that only leave days out. */
static gboolean
passes (const FikaRule *rule, const Piece *piece, FikaCivil anchor, FikaDay day)
{
  int year, month, mday, back;

  if (piece->freq == FIKA_FREQ_YEARLY)
    return TRUE;
  if (rule->week_numbers->len > 0 && !is_in_week (rule, anchor, day))
    return FALSE;

  fika_day_to_ymd (day, &year, &month, &mday);
  if (piece->months != 0 && (piece->months & 1u << month) == 0)
    return FALSE;
  if (piece->freq != FIKA_FREQ_DAILY)
    return TRUE;

  if (piece->weekdays != 0 && (piece->weekdays & 1u << fika_day_weekday (day)) == 0)
    return FALSE;
  back = fika_days_in_month (year, month) + 1 - mday;

  return (piece->month_days == 0 && piece->month_days_back == 0) ||
         (piece->month_days & 1u << mday) != 0 || (piece->month_days_back & 1u << back) != 0;
}

/* The first day of the period number @n of a piece: of the day, week, month or year that is @n
 * INTERVALs after the one the anchor is in. In place of a week it is the weekday of it. */
static FikaDay
period_start (const FikaRule *rule, const Piece *piece, FikaDay anchor, int n)
{
  int year, month, weekday;

  fika_day_to_ymd (anchor, &year, &month, NULL);

  switch (piece->freq) {
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
first_period (const FikaRule *rule, const Piece *piece, FikaDay anchor, FikaDay day)
{
  static const int longest[] = { 1, 7, 31, 366 };
  int anchor_year, anchor_month, year, month, n;
  FikaDay start;

  fika_day_to_ymd (anchor, &anchor_year, &anchor_month, NULL);
  fika_day_to_ymd (day, &year, &month, NULL);

  switch (piece->freq) {
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

/*
 * Appends the occurrences of one piece in [from, until) to @out, at most @limit, in order.
 * [from, until) is not before the anchor and at most one cycle of the calendar long.
 */
static void
expand_piece (const FikaRule *rule,
              const Piece *piece,
              FikaCivil anchor,
              FikaCivil from,
              FikaCivil until,
              guint limit,
              GArray *out)
{
  FikaDay start = first_period (rule, piece, fika_civil_day (anchor), fika_civil_day (from));
  FikaCivil dtstart = fika_civil_new (start, 0, fika_civil_minute_of_day (anchor));
  g_autofree char *text = NULL;
  icalrecur_iterator *iterator;
  FikaCivil shift;
  Recur recur;
  int year;

  if (start == FIKA_DAY_NONE || start > fika_civil_day (until - 1))
    return;

  fika_day_to_ymd (start, &year, NULL, NULL);
  shift = (FikaCivil) ((year - BASE_YEAR - (year < BASE_YEAR ? CYCLE_YEARS - 1 : 0)) /
                       CYCLE_YEARS) * CYCLE_DAYS * FIKA_MINUTES_A_DAY;

  text = rule_of_piece (rule, piece);
  recur = recur_parse (text);
  recur_set_until (&recur, to_ical (until - 1 - shift));

  /* A yearly rule takes an error that was left over for its own. */
  icalerror_clear_errno ();
  iterator = icalrecur_iterator_new (recur, to_ical (dtstart - shift));
  while (iterator != NULL && limit > 0) {
    struct icaltimetype time = icalrecur_iterator_next (iterator);
    FikaCivil civil;

    if (icaltime_is_null_time (time))
      break;
    civil = from_ical (time) + shift;
    if (civil >= until)
      break;
    if (civil >= from && passes (rule, piece, anchor, fika_civil_day (civil))) {
      g_array_append_val (out, civil);
      limit--;
    }
  }

  g_clear_pointer (&iterator, icalrecur_iterator_free);
  recur_clear (&recur);
}

static int
compare_civils (const void *a, const void *b)
{
  FikaCivil first = *(const FikaCivil *) a;
  FikaCivil second = *(const FikaCivil *) b;

  return (first > second) - (first < second);
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

  while (from < until && limit > 0) {
    FikaCivil end = MIN (until, from + (FikaCivil) CYCLE_DAYS * FIKA_MINUTES_A_DAY);
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (FikaCivil));
    guint n;

    for (guint i = 0; i < pieces->len; i++)
      expand_piece (rule, &g_array_index (pieces, Piece, i), anchor, from, end, limit, found);
    g_array_sort (found, compare_civils);
    n = MIN (found->len, limit);
    g_array_append_vals (out, found->data, n);

    /* Periods of @interval match again, or not, after that many cycles at the latest. */
    if (found->len > 0)
      empty_cycles = 0;
    else if (++empty_cycles >= rule->interval)
      return;
    limit -= n;
    from = end;
  }
}

static GArray *
expand_all (FikaRecurrence *self, FikaCivil anchor, FikaCivil from, FikaCivil until, guint limit)
{
  const FikaRule *rule = self->rule;
  g_autoptr (GArray) pieces = take_apart (rule, anchor);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (FikaCivil));
  guint first = 0;

  if (rule->count == 0) {
    expand_span (rule, pieces, anchor, from, until, limit, found);
    return g_steal_pointer (&found);
  }

  /* Where the rule ends depends on all that came before. */
  expand_span (rule, pieces, anchor, anchor, until, (guint) rule->count, found);
  while (first < found->len && g_array_index (found, FikaCivil, first) < from)
    first++;
  g_array_remove_range (found, 0, first);
  g_array_set_size (found, MIN (found->len, limit));

  return g_steal_pointer (&found);
}

static gboolean
is_kept (FikaCivil civil)
{
  return civil >= fika_civil_new (fika_day_from_ymd (FIKA_YEAR_FIRST, 1, 1), 0, 0) &&
         civil <= last_civil ();
}

/**
 * fika_recurrence_parse:
 * @rule: a RECUR value of RFC 5545, section 3.3.10, such as "FREQ=WEEKLY;BYDAY=SU"
 * @error: return location for an error
 *
 * Reads and checks a repeating rule. Fika knows all parts but BYHOUR, BYMINUTE, BYSECOND and those
 * of extensions, with FREQ from DAILY to YEARLY, INTERVAL up to 1,000 and COUNT up to 10,000. An
 * UNTIL in UTC is read as the local time that it is on this computer; one that is a day includes
 * that day.
 *
 * Returns: (transfer full): the rule, or %NULL with %FIKA_ERROR_INVALID (it makes no sense, or no
 *   day of any year can match it) or %FIKA_ERROR_UNSUPPORTED
 */
FikaRecurrence *
fika_recurrence_parse (const char *rule, GError **error)
{
  g_autoptr (FikaRule) parsed = NULL;
  FikaRecurrence *self;

  g_return_val_if_fail (rule != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parsed = fika_rule_parse (rule, error);
  if (parsed == NULL)
    return NULL;

  self = g_new0 (FikaRecurrence, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->rule = g_steal_pointer (&parsed);

  return self;
}

/**
 * fika_recurrence_ref:
 * @self: a rule
 *
 * Returns: (transfer full): @self
 */
FikaRecurrence *
fika_recurrence_ref (FikaRecurrence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * fika_recurrence_unref:
 * @self: (transfer full): a rule
 */
void
fika_recurrence_unref (FikaRecurrence *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  fika_rule_free (self->rule);
  g_free (self);
}

/**
 * fika_recurrence_to_rule:
 * @self: a rule
 *
 * Returns: (transfer full): the RECUR value, in one order of parts whatever it was parsed from
 */
char *
fika_recurrence_to_rule (FikaRecurrence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fika_rule_to_string (self->rule);
}

/**
 * fika_recurrence_describe:
 * @self: a rule
 * @anchor: the start of the series
 *
 * Returns: (transfer full): the rule in words, as within a sentence: "every 2 weeks on Tuesday and
 *   Thursday", "on the last day of the month, 10 times"
 */
char *
fika_recurrence_describe (FikaRecurrence *self, FikaCivil anchor)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fika_rule_describe (self->rule, anchor);
}

/**
 * fika_recurrence_expand:
 * @self: a rule
 * @anchor: the start of the series, DTSTART; an occurrence only where the rule matches it
 * @from: where the span begins
 * @until: where the span ends, not in it any more
 * @limit: how many to find at most; 0 for as many as there are, up to 10,000
 *
 * The occurrences in [@from, @until), in order, each once. The years between @anchor and @from cost
 * nothing, except for a rule with COUNT.
 *
 * Returns: (transfer full) (element-type gint64): an array of #FikaCivil
 */
GArray *
fika_recurrence_expand (FikaRecurrence *self,
                        FikaCivil anchor,
                        FikaCivil from,
                        FikaCivil until,
                        guint limit)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!is_kept (anchor))
    return g_array_new (FALSE, FALSE, sizeof (FikaCivil));

  return expand_all (self, anchor, from, until, limit == 0 ? FIKA_RULE_COUNT_MAX : limit);
}

/**
 * fika_recurrence_next:
 * @self: a rule
 * @anchor: the start of the series
 * @from: a time
 *
 * Returns: the first occurrence at or after @from, or %FIKA_CIVIL_NONE
 */
FikaCivil
fika_recurrence_next (FikaRecurrence *self, FikaCivil anchor, FikaCivil from)
{
  g_autoptr (GArray) found = NULL;

  g_return_val_if_fail (self != NULL, FIKA_CIVIL_NONE);

  found = fika_recurrence_expand (self, anchor, from, INT64_MAX, 1);

  return found->len > 0 ? g_array_index (found, FikaCivil, 0) : FIKA_CIVIL_NONE;
}

/**
 * fika_recurrence_previous:
 * @self: a rule
 * @anchor: the start of the series
 * @before: a time
 *
 * Returns: the last occurrence before @before, or %FIKA_CIVIL_NONE
 */
FikaCivil
fika_recurrence_previous (FikaRecurrence *self, FikaCivil anchor, FikaCivil before)
{
  static const int period_days[] = { 1, 7, 31, 366 };
  FikaCivil span;

  g_return_val_if_fail (self != NULL, FIKA_CIVIL_NONE);

  if (!is_kept (anchor))
    return FIKA_CIVIL_NONE;

  before = MIN (before, last_civil () + 1);
  if (self->rule->count == 0 && self->rule->until != FIKA_CIVIL_NONE)
    before = MIN (before, self->rule->until + 1);
  span = (FikaCivil) period_days[self->rule->freq] * self->rule->interval * FIKA_MINUTES_A_DAY;

  /* Ever longer spans back from @before; a rule with COUNT is walked from the start anyway. */
  for (FikaCivil end = before; end > anchor; span *= 2) {
    FikaCivil from = self->rule->count > 0 ? anchor : MAX (anchor, end - span);
    g_autoptr (GArray) found = expand_all (self, anchor, from, end, FIKA_RULE_COUNT_MAX);

    if (found->len > 0)
      return g_array_index (found, FikaCivil, found->len - 1);
    end = from;
  }

  return FIKA_CIVIL_NONE;
}

/**
 * fika_recurrence_contains:
 * @self: a rule
 * @anchor: the start of the series
 * @civil: a time
 *
 * Returns: whether @civil is an occurrence
 */
gboolean
fika_recurrence_contains (FikaRecurrence *self, FikaCivil anchor, FikaCivil civil)
{
  g_autoptr (GArray) found = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (fika_civil_minute_of_day (civil) != fika_civil_minute_of_day (anchor))
    return FALSE;

  found = fika_recurrence_expand (self, anchor, civil, civil + 1, 1);

  return found->len > 0;
}

/**
 * fika_recurrence_check_anchor:
 * @self: a rule
 * @anchor: the start of a series
 * @error: return location for an error
 *
 * Checks that the rule, begun at @anchor, ever matches.
 *
 * Returns: whether it does; else @error is %FIKA_ERROR_INVALID
 */
gboolean
fika_recurrence_check_anchor (FikaRecurrence *self, FikaCivil anchor, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (fika_recurrence_next (self, anchor, anchor) != FIKA_CIVIL_NONE)
    return TRUE;

  if (self->rule->until != FIKA_CIVIL_NONE)
    g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                         _("The repeating rule ends before it matches a day for the first time. "
                           "Let it end later, or leave the end out."));
  else
    g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                         _("The repeating rule never matches a day, so nothing would be planned. "
                           "Change its days or months."));

  return FALSE;
}
