#include "config.h"

#include "plan/fika-recurrence.h"
#include "base/fika-error.h"
#include "base/fika-zone.h"

#include <gio/gio.h>
#include <string.h>
#include <time.h>

static FikaCivil
civil (const char *text)
{
  g_autoptr (GError) error = NULL;
  FikaCivil value = fika_civil_parse (text, &error);

  g_assert_no_error (error);

  return value;
}

static FikaRecurrence *
parse (const char *rule)
{
  g_autoptr (GError) error = NULL;
  FikaRecurrence *recurrence = fika_recurrence_parse (rule, &error);

  g_assert_no_error (error);
  g_assert_nonnull (recurrence);

  return recurrence;
}

static char *
join (GArray *occurrences)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < occurrences->len; i++)
    {
      g_autofree char *text = fika_civil_format (g_array_index (occurrences, FikaCivil, i));

      if (i > 0)
        g_string_append_c (out, ' ');
      g_string_append (out, text);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
expand (const char *rule, const char *anchor, const char *from, const char *until, guint limit)
{
  g_autoptr (FikaRecurrence) recurrence = parse (rule);
  g_autoptr (GArray) found
      = fika_recurrence_expand (recurrence, civil (anchor), civil (from), civil (until), limit);

  return join (found);
}

static void
assert_expands (const char *rule, const char *anchor, const char *until, const char *expected)
{
  g_autofree char *found = expand (rule, anchor, anchor, until, 0);

  g_assert_cmpstr (found, ==, expected);
}

static double
cpu_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Everything one may ask of a rule, against a list of what is right. */
static void
check_line (const char *line)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  g_autoptr (FikaRecurrence) recurrence = NULL;
  g_autoptr (GArray) found = NULL;
  g_autofree char *text = NULL;
  g_autofree char *canonical = NULL;
  g_autoptr (FikaRecurrence) again = NULL;
  g_autoptr (GArray) found_again = NULL;
  g_autofree char *text_again = NULL;
  FikaCivil anchor, from, until, next, previous;

  g_assert_cmpuint (g_strv_length (fields), ==, 5);
  recurrence = parse (fields[0]);
  anchor = civil (fields[1]);
  from = civil (fields[2]);
  until = civil (fields[3]);

  found = fika_recurrence_expand (recurrence, anchor, from, until, 0);
  text = join (found);
  if (!g_str_equal (text, fields[4]))
    g_test_message ("%s from %s, in %s to %s", fields[0], fields[1], fields[2], fields[3]);
  g_assert_cmpstr (text, ==, fields[4]);

  canonical = fika_recurrence_to_rule (recurrence);
  again = parse (canonical);
  found_again = fika_recurrence_expand (again, anchor, from, until, 0);
  text_again = join (found_again);
  g_assert_cmpstr (text_again, ==, fields[4]);

  next = fika_recurrence_next (recurrence, anchor, from);
  previous = fika_recurrence_previous (recurrence, anchor, until);
  if (found->len > 0)
    {
      g_assert_cmpint (next, ==, g_array_index (found, FikaCivil, 0));
      g_assert_cmpint (previous, ==, g_array_index (found, FikaCivil, found->len - 1));
      g_assert_true (fika_recurrence_contains (recurrence, anchor, next));
      g_assert_true (fika_recurrence_check_anchor (recurrence, anchor, NULL));
    }
  else
    {
      g_assert_true (next == FIKA_CIVIL_NONE || next >= until);
      g_assert_true (previous == FIKA_CIVIL_NONE || previous < from);
    }
  g_assert_false (fika_recurrence_contains (recurrence, anchor, until + 1)
                  && fika_recurrence_next (recurrence, anchor, until) > until + 1);
}

static void
test_oracle (void)
{
  const char *count = g_test_thorough () ? "20000" : "1500";
  const char *seed = g_getenv ("FIKA_TEST_SEED");
  g_autofree char *script
      = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "plan", "recurrence-oracle.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = NULL;
  g_autofree char *lines = NULL;
  g_auto (GStrv) split = NULL;
  guint n = 0, with_occurrences = 0;

  python = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", script,
                             count, seed != NULL ? seed : "20260729", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, NULL, NULL, &lines, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (python) == 77)
    {
      g_test_skip ("python3-dateutil is not installed");
      return;
    }
  g_assert_true (g_subprocess_get_successful (python));

  split = g_strsplit (lines, "\n", -1);
  for (; split[n] != NULL && *split[n] != '\0'; n++)
    {
      check_line (split[n]);
      with_occurrences += !g_str_has_suffix (split[n], "\t");
    }
  g_assert_cmpuint (n, ==, strtoul (count, NULL, 10));
  /* Most of them say something. */
  g_assert_cmpuint (with_occurrences, >, n / 2);
}

/* Row 29: the 29th, 30th and 31st do not vanish, whichever way they came into the rule. */
static void
test_row_29_month_ends (void)
{
  assert_expands ("FREQ=MONTHLY", "2026-01-31T17:00", "2026-08-01T00:00",
                  "2026-01-31T17:00 2026-02-28T17:00 2026-03-31T17:00 2026-04-30T17:00 "
                  "2026-05-31T17:00 2026-06-30T17:00 2026-07-31T17:00");
  assert_expands ("FREQ=MONTHLY", "2027-11-30T08:00", "2028-05-01T00:00",
                  "2027-11-30T08:00 2027-12-30T08:00 2028-01-30T08:00 2028-02-29T08:00 "
                  "2028-03-30T08:00 2028-04-30T08:00");
  assert_expands ("FREQ=MONTHLY;INTERVAL=2", "2026-10-29T08:00", "2027-05-01T00:00",
                  "2026-10-29T08:00 2026-12-29T08:00 2027-02-28T08:00 2027-04-29T08:00");
  assert_expands ("FREQ=MONTHLY;BYMONTHDAY=15,31", "2026-01-20T12:00", "2026-04-01T00:00",
                  "2026-01-31T12:00 2026-02-15T12:00 2026-02-28T12:00 2026-03-15T12:00 "
                  "2026-03-31T12:00");
  /* Both say the last day of a short month; that is one occurrence. */
  assert_expands ("FREQ=MONTHLY;BYMONTHDAY=30,31;COUNT=5", "2026-01-30T12:00", "2027-01-01T00:00",
                  "2026-01-30T12:00 2026-01-31T12:00 2026-02-28T12:00 2026-03-30T12:00 "
                  "2026-03-31T12:00");
  assert_expands ("FREQ=YEARLY", "2024-02-29T09:00", "2029-01-01T00:00",
                  "2024-02-29T09:00 2025-02-28T09:00 2026-02-28T09:00 2027-02-28T09:00 "
                  "2028-02-29T09:00");
  assert_expands ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-01-01T09:00", "2029-01-01T00:00",
                  "2026-02-28T09:00 2027-02-28T09:00 2028-02-29T09:00");
  assert_expands ("FREQ=YEARLY;BYMONTH=1,4", "2026-01-31T09:00", "2028-01-01T00:00",
                  "2026-01-31T09:00 2026-04-30T09:00 2027-01-31T09:00 2027-04-30T09:00");

  /* Weekdays and positions are meant as they are written. */
  assert_expands ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=31", "2026-01-01T09:00", "2027-01-01T00:00",
                  "2026-07-31T09:00");
  assert_expands ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "2026-01-01T09:00",
                  "2026-04-01T00:00", "2026-01-31T09:00 2026-02-28T09:00 2026-03-31T09:00");
  /* As is a day that is picked out of all days. */
  assert_expands ("FREQ=DAILY;BYMONTHDAY=31", "2026-01-01T09:00", "2026-06-01T00:00",
                  "2026-01-31T09:00 2026-03-31T09:00 2026-05-31T09:00");
}

/* Row 29, from 2024 to 2104: the 31st of every month is its last day, 2100 included. */
static void
test_row_29_eighty_years (void)
{
  g_autoptr (FikaRecurrence) monthly = parse ("FREQ=MONTHLY");
  g_autoptr (FikaRecurrence) yearly = parse ("FREQ=YEARLY");
  FikaCivil anchor = civil ("2024-01-31T10:00");
  FikaCivil leap_day = civil ("2024-02-29T10:00");
  g_autoptr (GArray) months
      = fika_recurrence_expand (monthly, anchor, anchor, civil ("2105-01-01T00:00"), 0);
  g_autoptr (GArray) years
      = fika_recurrence_expand (yearly, leap_day, leap_day, civil ("2105-01-01T00:00"), 0);

  g_assert_cmpuint (months->len, ==, 81 * 12);
  for (guint i = 0; i < months->len; i++)
    {
      g_autoptr (GDateTime) first
          = g_date_time_new_utc (2024 + (int) i / 12, (int) i % 12 + 1, 1, 10, 0, 0);
      g_autoptr (GDateTime) next = g_date_time_add_months (first, 1);
      g_autoptr (GDateTime) last = g_date_time_add_days (next, -1);

      g_assert_cmpint (g_array_index (months, FikaCivil, i) * 60, ==, g_date_time_to_unix (last));
    }

  g_assert_cmpuint (years->len, ==, 81);
  for (guint i = 0; i < years->len; i++)
    {
      int year = 2024 + (int) i;
      int mday = year % 4 == 0 && year != 2100 ? 29 : 28;
      g_autoptr (GDateTime) day = g_date_time_new_utc (year, 2, mday, 10, 0, 0);

      g_assert_cmpint (g_array_index (years, FikaCivil, i) * 60, ==, g_date_time_to_unix (day));
    }
}

/* Rows 24, 26 and 27: a series keeps its time on the wall through both changes of the clock; the
 * shift of the night without a 02:30 does not leak into the next. */
static void
test_row_26_gap_does_not_leak (void)
{
  static const struct
  {
    const char *civil;
    const char *utc;
  } nights[] = {
    { "2026-03-28T02:30", "2026-03-28T01:30:00Z" },
    { "2026-03-29T02:30", "2026-03-29T01:30:00Z" }, /* 03:30 on the wall */
    { "2026-03-30T02:30", "2026-03-30T00:30:00Z" },
    { "2026-10-24T02:30", "2026-10-24T00:30:00Z" },
    { "2026-10-25T02:30", "2026-10-25T00:30:00Z" }, /* the first of two */
    { "2026-10-26T02:30", "2026-10-26T01:30:00Z" },
  };
  g_autoptr (FikaRecurrence) daily = parse ("FREQ=DAILY");
  g_autoptr (FikaRecurrence) weekly = parse ("FREQ=WEEKLY");

  for (size_t i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      FikaCivil night
          = fika_recurrence_next (daily, civil ("2026-01-01T02:30"), civil (nights[i].civil) - 60);
      g_autofree char *shown = fika_civil_format (night);
      g_autofree char *utc = fika_utc_format (fika_zone_to_utc ("Europe/Berlin", night));

      g_assert_cmpstr (shown, ==, nights[i].civil);
      g_assert_cmpstr (utc, ==, nights[i].utc);
    }

  for (FikaCivil at = civil ("2026-01-04T17:00"); at < civil ("2027-01-01T00:00");
       at += 7 * FIKA_MINUTES_A_DAY)
    g_assert_true (fika_recurrence_contains (weekly, civil ("2026-01-04T17:00"), at));
}

static void
test_until (void)
{
  /* A day includes its evening; a time includes itself. */
  assert_expands ("FREQ=DAILY;UNTIL=20260103", "2026-01-01T22:00", "2027-01-01T00:00",
                  "2026-01-01T22:00 2026-01-02T22:00 2026-01-03T22:00");
  assert_expands ("FREQ=DAILY;UNTIL=20260103T220000", "2026-01-01T22:00", "2027-01-01T00:00",
                  "2026-01-01T22:00 2026-01-02T22:00 2026-01-03T22:00");
  assert_expands ("FREQ=DAILY;UNTIL=20260103T215900", "2026-01-01T22:00", "2027-01-01T00:00",
                  "2026-01-01T22:00 2026-01-02T22:00");
  /* In UTC: 21:00 there is 22:00 in Berlin in winter, which is the zone of the tests. */
  assert_expands ("FREQ=DAILY;UNTIL=20260103T210000Z", "2026-01-01T22:00", "2027-01-01T00:00",
                  "2026-01-01T22:00 2026-01-02T22:00 2026-01-03T22:00");
  assert_expands ("FREQ=DAILY;UNTIL=20260103T205959Z", "2026-01-01T22:00", "2027-01-01T00:00",
                  "2026-01-01T22:00 2026-01-02T22:00");
}

/* Row 38: no occurrence is lost at the edge of a span, and none is in two. */
static void
test_row_38_half_open (void)
{
  static const char *const rules[] = {
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=2,7;BYMONTHDAY=29",
    "FREQ=DAILY;COUNT=300",
  };
  FikaCivil anchor = civil ("2024-01-31T17:00");
  FikaCivil end = civil ("2027-06-01T00:00");

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (FikaRecurrence) recurrence = parse (rules[i]);
      g_autoptr (GArray) whole = fika_recurrence_expand (recurrence, anchor, anchor, end, 0);
      g_autofree char *whole_text = join (whole);

      /* Spans that begin and end on occurrences, just before and just after them. */
      for (int length = 7 * FIKA_MINUTES_A_DAY - 1; length <= 7 * FIKA_MINUTES_A_DAY + 1; length++)
        {
          g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (FikaCivil));
          g_autofree char *parts_text = NULL;

          for (FikaCivil from = anchor; from < end; from += length)
            {
              g_autoptr (GArray) part
                  = fika_recurrence_expand (recurrence, anchor, from, MIN (from + length, end), 0);

              g_array_append_vals (parts, part->data, part->len);
            }
          parts_text = join (parts);
          g_assert_cmpstr (parts_text, ==, whole_text);
        }

      /* And one by one, in both directions. */
      for (guint j = 0; j + 1 < whole->len; j++)
        {
          FikaCivil this = g_array_index (whole, FikaCivil, j);
          FikaCivil next = g_array_index (whole, FikaCivil, j + 1);

          g_assert_cmpint (fika_recurrence_next (recurrence, anchor, this), ==, this);
          g_assert_cmpint (fika_recurrence_next (recurrence, anchor, this + 1), ==, next);
          g_assert_cmpint (fika_recurrence_previous (recurrence, anchor, next), ==, this);
          g_assert_false (fika_recurrence_contains (recurrence, anchor, this + 1));
        }
    }
}

static void
test_ends (void)
{
  g_autoptr (FikaRecurrence) endless = parse ("FREQ=WEEKLY");
  g_autoptr (FikaRecurrence) counted = parse ("FREQ=WEEKLY;COUNT=3");
  g_autoptr (FikaRecurrence) ended = parse ("FREQ=WEEKLY;UNTIL=20260120");
  g_autofree char *limited
      = expand ("FREQ=DAILY", "2026-01-01T10:00", "2026-02-01T00:00", "2027-01-01T00:00", 2);
  FikaCivil anchor = civil ("2026-01-05T10:00");
  g_autoptr (GArray) most = NULL;

  g_assert_cmpstr (limited, ==, "2026-02-01T10:00 2026-02-02T10:00");

  g_assert_cmpint (fika_recurrence_next (endless, anchor, INT64_MIN), ==, anchor);
  g_assert_cmpint (fika_recurrence_previous (endless, anchor, anchor), ==, FIKA_CIVIL_NONE);
  g_assert_cmpint (fika_recurrence_previous (endless, anchor, INT64_MAX), ==,
                   civil ("9999-12-27T10:00"));
  g_assert_cmpint (fika_recurrence_next (endless, anchor, civil ("9999-12-27T10:01")), ==,
                   FIKA_CIVIL_NONE);
  most = fika_recurrence_expand (endless, anchor, INT64_MIN, INT64_MAX, 0);
  g_assert_cmpuint (most->len, ==, 10000);

  g_assert_cmpint (fika_recurrence_previous (counted, anchor, INT64_MAX), ==,
                   civil ("2026-01-19T10:00"));
  g_assert_cmpint (fika_recurrence_next (counted, anchor, civil ("2026-01-19T10:01")), ==,
                   FIKA_CIVIL_NONE);
  g_assert_cmpint (fika_recurrence_previous (ended, anchor, INT64_MAX), ==,
                   civil ("2026-01-19T10:00"));
  g_assert_cmpint (fika_recurrence_next (ended, anchor, civil ("2026-01-19T10:01")), ==,
                   FIKA_CIVIL_NONE);

  /* The year 1600 and the years after libical's last. */
  assert_expands ("FREQ=YEARLY;INTERVAL=500", "1583-02-28T10:00", "3100-01-01T00:00",
                  "1583-02-28T10:00 2083-02-28T10:00 2583-02-28T10:00 3083-02-28T10:00");
  assert_expands ("FREQ=MONTHLY;BYDAY=1TH", "9999-10-01T10:00", "9999-12-31T23:59",
                  "9999-10-07T10:00 9999-11-04T10:00 9999-12-02T10:00");
  /* 5 January 2026 is a Monday; the second week begins on the 11th where weeks begin on Sunday. */
  assert_expands ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "2026-01-05T10:00",
                  "2026-02-02T00:00",
                  "2026-01-05T10:00 2026-01-18T10:00 2026-01-19T10:00 "
                  "2026-02-01T10:00");
  assert_expands ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", "2026-01-05T10:00",
                  "2026-02-02T00:00",
                  "2026-01-05T10:00 2026-01-11T10:00 2026-01-19T10:00 "
                  "2026-01-25T10:00");
  /* The start is no occurrence unless the rule says so. */
  assert_expands ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2026-01-05T10:00", "2027-01-01T00:00",
                  "2026-01-06T10:00 2026-01-13T10:00");
}

/* Old series cost no more than young ones. */
static void
test_history_is_free (void)
{
  static const char *const rules[] = {
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=MONTHLY;BYDAY=1TH",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=YEARLY",
    "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
  };
  FikaCivil from = civil ("2026-07-27T00:00");
  FikaCivil until = civil ("2026-08-03T00:00");
  double start = cpu_seconds ();

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (FikaRecurrence) recurrence = parse (rules[i]);

      for (int j = 0; j < 500; j++)
        {
          g_autoptr (GArray) found
              = fika_recurrence_expand (recurrence, civil ("1583-01-01T10:00"), from, until, 0);

          g_assert_cmpuint (found->len, <=, 7);
        }
    }

  /* 4,000 weeks, 443 years after the start. Walking there would take minutes. */
  g_assert_cmpfloat (cpu_seconds () - start, <, 10.0);
}

static void
assert_bounded (const char *rule, const char *anchor)
{
  g_autoptr (GError) error = NULL;
  double start = cpu_seconds ();
  g_autoptr (FikaRecurrence) recurrence = fika_recurrence_parse (rule, &error);
  double took;

  if (recurrence == NULL)
    {
      g_assert_nonnull (error);
      g_assert_cmpuint (strlen (error->message), <, 400);
    }
  else
    {
      g_autofree char *words = fika_recurrence_describe (recurrence, civil (anchor));

      g_assert_cmpstr (words, !=, "");
      if (!fika_recurrence_check_anchor (recurrence, civil (anchor), &error))
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
    }
  took = cpu_seconds () - start;
  if (took > 1.0)
    g_test_message ("%s took %.2f s to check", rule, took);
  g_assert_cmpfloat (took, <=, 1.0);
  if (recurrence == NULL || error != NULL)
    return;

  start = cpu_seconds ();
  fika_recurrence_next (recurrence, civil (anchor), civil ("2030-01-01T00:00"));
  g_assert_cmpfloat (cpu_seconds () - start, <=, 1.0);
  start = cpu_seconds ();
  fika_recurrence_previous (recurrence, civil (anchor), INT64_MAX);
  took = cpu_seconds () - start;
  if (took > 1.0)
    g_test_message ("%s took %.2f s to its end", rule, took);
  g_assert_cmpfloat (took, <=, 1.0);
}

/* Row 59: rules made to take all time there is. */
static void
test_row_59_bombs (void)
{
  static const char *const bombs[] = {
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY",
    "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31",
    "FREQ=HOURLY;BYDAY=MO;BYSETPOS=366",
    "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,1,2,3;BYSECOND=0,1,2,3",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
    "FREQ=DAILY;BYMONTH=2;BYDAY=MO;COUNT=10000",
    "FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
    "FREQ=DAILY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
    "FREQ=DAILY;INTERVAL=997;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=10000",
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    "FREQ=DAILY;INTERVAL=14;BYDAY=MO",
    "FREQ=DAILY;INTERVAL=994;BYDAY=MO",
    "FREQ=DAILY;BYSETPOS=2;BYDAY=MO",
    "FREQ=WEEKLY;INTERVAL=1000;BYDAY=MO;BYMONTH=2",
    "FREQ=WEEKLY;INTERVAL=997;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYMONTH=2;COUNT=10000",
    "FREQ=WEEKLY;INTERVAL=27;BYDAY=SU;BYMONTH=2",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2,4,6,9,11;BYMONTHDAY=31",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
    "FREQ=MONTHLY;INTERVAL=996;BYMONTH=2",
    "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTH=2;COUNT=10000",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-366",
    "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=29;BYMONTH=2;COUNT=10000",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-30",
    "FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=29;BYDAY=TU",
    "FREQ=YEARLY;BYMONTH=2;BYDAY=MO;BYSETPOS=6",
    "FREQ=YEARLY;BYMONTH=2;BYDAY=5MO;INTERVAL=3",
    "FREQ=YEARLY;BYDAY=53MO;INTERVAL=999",
    "FREQ=YEARLY;BYYEARDAY=366;INTERVAL=1000",
    "FREQ=YEARLY;BYYEARDAY=366,-366;COUNT=10000",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=10000",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;INTERVAL=999",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;INTERVAL=28",
    "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366;COUNT=10000",
    "FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA,SU;COUNT=10000",
    "FREQ=DAILY;COUNT=10000",
    "FREQ=DAILY;COUNT=2147483648",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;INTERVAL=99999999999999999999",
    "FREQ=DAILY;UNTIL=99991231",
  };
  g_autoptr (GString) long_list = g_string_new ("FREQ=YEARLY;BYYEARDAY=1");

  for (size_t i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      /* A Tuesday in March of a leap year, so that many never match. */
      assert_bounded (bombs[i], "2024-03-05T17:00");
      assert_bounded (bombs[i], "2026-01-31T00:00");
    }

  for (int i = 0; i < 100000; i++)
    g_string_append (long_list, ",1");
  assert_bounded (long_list->str, "2026-01-01T00:00");
}

static void
test_never_matches (void)
{
  static const char *const impossible[] = {
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",      "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-30",      "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
    "FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=3",       "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
    "FREQ=MONTHLY;BYDAY=MO,TH;BYSETPOS=10,-11", "FREQ=YEARLY;BYMONTH=2;BYDAY=MO;BYSETPOS=-6",
    "FREQ=YEARLY;BYDAY=10MO;BYSETPOS=2",
  };
  static const char *const never[] = {
    "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
    "FREQ=DAILY;UNTIL=20240304",
    "FREQ=YEARLY;INTERVAL=4;BYYEARDAY=366;UNTIL=20241230",
  };
  g_autoptr (FikaRecurrence) rare = parse ("FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=29;BYMONTH=2");

  for (size_t i = 0; i < G_N_ELEMENTS (impossible); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (fika_recurrence_parse (impossible[i], &error));
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "never matches"));
    }

  /* From a Tuesday in March. */
  for (size_t i = 0; i < G_N_ELEMENTS (never); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FikaRecurrence) recurrence = parse (never[i]);
      gboolean ends = strstr (never[i], "UNTIL") != NULL;

      g_assert_false (
          fika_recurrence_check_anchor (recurrence, civil ("2024-03-05T17:00"), &error));
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, ends ? "ends before" : "never matches"));
      g_assert_cmpint (fika_recurrence_next (recurrence, civil ("2024-03-05T17:00"), INT64_MIN), ==,
                       FIKA_CIVIL_NONE);
    }

  /* Rare is not never. */
  g_assert_true (fika_recurrence_check_anchor (rare, civil ("2024-03-05T17:00"), NULL));
  g_assert_cmpint (fika_recurrence_next (rare, civil ("2024-03-05T17:00"), INT64_MIN), ==,
                   civil ("2044-02-29T17:00"));
}

static void
test_errors (void)
{
  static const struct
  {
    const char *rule;
    FikaError code;
    const char *says;
  } wrong[] = {
    { "", FIKA_ERROR_INVALID, "how often" },
    { "every sunday", FIKA_ERROR_INVALID, "FREQ=WEEKLY;BYDAY=SU" },
    { "FREQ=WEEKLY;", FIKA_ERROR_INVALID, "not a repeating rule" },
    { "BYDAY=SU", FIKA_ERROR_INVALID, "how often" },
    { "FREQ=FORTNIGHTLY", FIKA_ERROR_INVALID, "FREQ=FORTNIGHTLY" },
    { "FREQ=HOURLY", FIKA_ERROR_UNSUPPORTED, "once a day" },
    { "FREQ=SECONDLY", FIKA_ERROR_UNSUPPORTED, "once a day" },
    { "FREQ=DAILY;BYHOUR=9,17", FIKA_ERROR_UNSUPPORTED, "BYHOUR" },
    { "RSCALE=HEBREW;FREQ=YEARLY", FIKA_ERROR_UNSUPPORTED, "RSCALE" },
    { "FREQ=DAILY;X-THING=1", FIKA_ERROR_UNSUPPORTED, "X-THING" },
    { "FREQ=DAILY;FREQ=WEEKLY", FIKA_ERROR_INVALID, "FREQ" },
    { "FREQ=DAILY;COUNT=2;UNTIL=20260101", FIKA_ERROR_INVALID, "UNTIL" },
    { "FREQ=DAILY;COUNT=0", FIKA_ERROR_INVALID, "COUNT=0" },
    { "FREQ=DAILY;COUNT=10001", FIKA_ERROR_INVALID, "COUNT=10001" },
    { "FREQ=DAILY;COUNT=-1", FIKA_ERROR_INVALID, "COUNT=-1" },
    { "FREQ=DAILY;INTERVAL=1001", FIKA_ERROR_INVALID, "INTERVAL=1001" },
    { "FREQ=DAILY;INTERVAL=1.5", FIKA_ERROR_INVALID, "INTERVAL=1.5" },
    { "FREQ=DAILY;INTERVAL=", FIKA_ERROR_INVALID, "INTERVAL=" },
    { "FREQ=DAILY;UNTIL=20260230", FIKA_ERROR_INVALID, "UNTIL=20260230" },
    { "FREQ=DAILY;UNTIL=2026-01-01", FIKA_ERROR_INVALID, "UNTIL=2026-01-01" },
    { "FREQ=DAILY;UNTIL=20260101T2500", FIKA_ERROR_INVALID, "UNTIL" },
    { "FREQ=WEEKLY;BYDAY=1MO", FIKA_ERROR_INVALID, "BYDAY=1MO" },
    { "FREQ=WEEKLY;BYDAY=MON", FIKA_ERROR_INVALID, "BYDAY=MON" },
    { "FREQ=WEEKLY;BYDAY=MO,", FIKA_ERROR_INVALID, "BYDAY" },
    { "FREQ=WEEKLY;BYMONTHDAY=1", FIKA_ERROR_INVALID, "BYMONTHDAY" },
    { "FREQ=MONTHLY;BYDAY=6MO", FIKA_ERROR_INVALID, "BYDAY=6MO" },
    { "FREQ=MONTHLY;BYDAY=0MO", FIKA_ERROR_INVALID, "BYDAY=0MO" },
    { "FREQ=MONTHLY;BYMONTHDAY=32", FIKA_ERROR_INVALID, "BYMONTHDAY=32" },
    { "FREQ=MONTHLY;BYMONTHDAY=0", FIKA_ERROR_INVALID, "BYMONTHDAY=0" },
    { "FREQ=MONTHLY;BYYEARDAY=1", FIKA_ERROR_INVALID, "BYYEARDAY" },
    { "FREQ=MONTHLY;BYWEEKNO=1", FIKA_ERROR_INVALID, "BYWEEKNO" },
    { "FREQ=YEARLY;BYMONTH=13", FIKA_ERROR_INVALID, "BYMONTH=13" },
    { "FREQ=YEARLY;BYSETPOS=1", FIKA_ERROR_INVALID, "BYSETPOS" },
    { "FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO", FIKA_ERROR_INVALID, "BYDAY=1MO" },
    { "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=2", FIKA_ERROR_UNSUPPORTED, "BYYEARDAY" },
    { "FREQ=DAILY;INTERVAL=２", FIKA_ERROR_INVALID, "not a repeating rule" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      FikaRecurrence *recurrence = fika_recurrence_parse (wrong[i].rule, &error);

      if (recurrence != NULL || strstr (error->message, wrong[i].says) == NULL)
        g_test_message ("%s: %s", wrong[i].rule, error != NULL ? error->message : "accepted");
      g_assert_null (recurrence);
      g_assert_error (error, FIKA_ERROR, (int) wrong[i].code);
      g_assert_nonnull (strstr (error->message, wrong[i].says));
    }
}

static void
test_canonical (void)
{
  static const struct
  {
    const char *rule;
    const char *canonical;
  } rules[] = {
    { "freq=weekly;byday=su", "FREQ=WEEKLY;BYDAY=SU" },
    { "FREQ=WEEKLY;INTERVAL=1;WKST=MO", "FREQ=WEEKLY" },
    { "BYDAY=SU,TU,TU;COUNT=5;FREQ=WEEKLY;INTERVAL=2",
      "FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=TU,SU" },
    { "FREQ=WEEKLY;WKST=SU;BYDAY=MO,SU", "FREQ=WEEKLY;BYDAY=SU,MO;WKST=SU" },
    { "FREQ=MONTHLY;BYDAY=+1TH,-1TH", "FREQ=MONTHLY;BYDAY=-1TH,1TH" },
    { "FREQ=MONTHLY;BYMONTHDAY=-1,15,1", "FREQ=MONTHLY;BYMONTHDAY=1,15,-1" },
    { "FREQ=DAILY;UNTIL=20260103", "FREQ=DAILY;UNTIL=20260103" },
    { "FREQ=DAILY;UNTIL=20260103T221500", "FREQ=DAILY;UNTIL=20260103T221500" },
    { "FREQ=DAILY;UNTIL=20260703T210000Z", "FREQ=DAILY;UNTIL=20260703T230000" },
    { "FREQ=YEARLY;BYWEEKNO=20,-1;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=-1,20;BYDAY=MO" },
    { "FREQ=YEARLY;BYSETPOS=-1;BYMONTH=12,1;BYDAY=FR",
      "FREQ=YEARLY;BYMONTH=1,12;BYDAY=FR;BYSETPOS=-1" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (FikaRecurrence) recurrence = parse (rules[i].rule);
      g_autofree char *canonical = fika_recurrence_to_rule (recurrence);

      g_assert_cmpstr (canonical, ==, rules[i].canonical);
    }
}

static void
test_describe (void)
{
  static const struct
  {
    const char *rule;
    const char *anchor;
    const char *words;
  } rules[] = {
    { "FREQ=DAILY", "2026-01-05T10:00", "every day" },
    { "FREQ=DAILY;INTERVAL=3", "2026-01-05T10:00", "every 3 days" },
    { "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "2026-01-05T10:00", "every workday" },
    { "FREQ=DAILY;BYMONTH=6,7", "2026-01-05T10:00", "every day in June and July" },
    { "FREQ=WEEKLY", "2026-01-04T10:00", "every Sunday" },
    { "FREQ=WEEKLY;BYDAY=TH,TU", "2026-01-05T10:00", "every Tuesday and Thursday" },
    { "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "2026-01-05T10:00",
      "every 2 weeks on Tuesday and Thursday" },
    { "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-01-05T10:00", "every workday" },
    { "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "2026-01-05T10:00", "every day" },
    { "FREQ=WEEKLY;UNTIL=20270630", "2026-01-04T10:00", "every Sunday, until 30 June 2027" },
    { "FREQ=WEEKLY;COUNT=10", "2026-01-04T10:00", "every Sunday, 10 times" },
    { "FREQ=WEEKLY;COUNT=1", "2026-01-04T10:00", "every Sunday, 1 time" },
    { "FREQ=MONTHLY;BYDAY=1TH", "2026-01-05T10:00", "on the first Thursday of the month" },
    { "FREQ=MONTHLY;BYDAY=1TH,3TH", "2026-01-05T10:00",
      "on the first Thursday and third Thursday of the month" },
    { "FREQ=MONTHLY;BYDAY=-1FR", "2026-01-05T10:00", "on the last Friday of the month" },
    { "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-01-05T10:00", "on the last day of the month" },
    { "FREQ=MONTHLY", "2026-01-31T10:00", "on the last day of the month" },
    { "FREQ=MONTHLY", "2026-01-15T10:00", "on the 15th of the month" },
    { "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15", "2026-01-15T10:00",
      "every 2 months on the 1st and 15th" },
    { "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-15T10:00",
      "on the last workday of the month" },
    { "FREQ=MONTHLY;BYDAY=SU;BYSETPOS=2", "2026-01-15T10:00", "on the second Sunday of the month" },
    { "FREQ=MONTHLY;BYDAY=1TH;BYMONTH=6,7", "2026-01-05T10:00",
      "on the first Thursday of June and July" },
    { "FREQ=YEARLY", "2026-12-24T10:00", "every year on 24 December" },
    { "FREQ=YEARLY", "2024-02-29T10:00", "every year on 29 February" },
    { "FREQ=YEARLY;INTERVAL=2;BYMONTH=12;BYMONTHDAY=24", "2026-01-05T10:00",
      "every 2 years on 24 December" },
    { "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "2026-01-05T10:00",
      "every year on the last Sunday of October" },
    { "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1", "2026-01-05T10:00",
      "every year on the 1st of March and September" },
    { "FREQ=YEARLY;BYYEARDAY=100", "2026-01-05T10:00", "every year (BYYEARDAY=100)" },
    { "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-05T10:00",
      "every month (BYMONTHDAY=13;BYDAY=FR)" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      g_autoptr (FikaRecurrence) recurrence = parse (rules[i].rule);
      g_autofree char *words = fika_recurrence_describe (recurrence, civil (rules[i].anchor));

      g_assert_cmpstr (words, ==, rules[i].words);
    }
}

static void
test_boxed (void)
{
  FikaRecurrence *recurrence = parse ("FREQ=WEEKLY");
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *rule = NULL;

  g_value_init (&value, FIKA_TYPE_RECURRENCE);
  g_value_take_boxed (&value, fika_recurrence_ref (recurrence));
  fika_recurrence_unref (recurrence);

  rule = fika_recurrence_to_rule (g_value_get_boxed (&value));
  g_assert_cmpstr (rule, ==, "FREQ=WEEKLY");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recurrence/oracle", test_oracle);
  g_test_add_func ("/recurrence/029-month-ends", test_row_29_month_ends);
  g_test_add_func ("/recurrence/029-eighty-years", test_row_29_eighty_years);
  g_test_add_func ("/recurrence/026-gap-does-not-leak", test_row_26_gap_does_not_leak);
  g_test_add_func ("/recurrence/038-half-open", test_row_38_half_open);
  g_test_add_func ("/recurrence/059-bombs", test_row_59_bombs);
  g_test_add_func ("/recurrence/until", test_until);
  g_test_add_func ("/recurrence/ends", test_ends);
  g_test_add_func ("/recurrence/history-is-free", test_history_is_free);
  g_test_add_func ("/recurrence/never-matches", test_never_matches);
  g_test_add_func ("/recurrence/errors", test_errors);
  g_test_add_func ("/recurrence/canonical", test_canonical);
  g_test_add_func ("/recurrence/describe", test_describe);
  g_test_add_func ("/recurrence/boxed", test_boxed);

  return g_test_run ();
}
