#include "config.h"

#include "base/fika-when.h"

#include <langinfo.h>

/* The locale's way to tell the time, for as long as a test wants another (the linker puts this in
 * place of the C library's; the words stay those of the locale the test runs in). */
static gboolean twelve_hours;

char *__wrap_nl_langinfo (nl_item item);
char *__real_nl_langinfo (nl_item item);

char *
__wrap_nl_langinfo (nl_item item)
{
  if (twelve_hours && item == T_FMT)
    return (char *) "%r";

  return __real_nl_langinfo (item);
}

static FikaCivil
at (const char *text)
{
  FikaCivil civil = fika_civil_parse (text, NULL);

  g_assert_cmpint (civil, !=, FIKA_CIVIL_NONE);

  return civil;
}

static void
test_time (void)
{
  g_autofree char *five = fika_when_time (at ("2026-07-29T17:00"));
  g_autofree char *early = fika_when_time (at ("2026-07-29T07:05"));
  g_autofree char *midnight = fika_when_time (at ("2026-07-29T00:00"));
  g_autofree char *before_epoch = fika_when_time (at ("1960-07-29T23:59"));

  g_assert_cmpstr (five, ==, "17:00");
  g_assert_cmpstr (early, ==, "07:05");
  g_assert_cmpstr (midnight, ==, "00:00");
  g_assert_cmpstr (before_epoch, ==, "23:59");
}

static void
test_twelve_hours (void)
{
  g_autofree char *five = NULL;
  g_autofree char *noon = NULL;
  g_autofree char *midnight = NULL;

  twelve_hours = TRUE;
  five = fika_when_time (at ("2026-07-29T17:00"));
  noon = fika_when_time (at ("2026-07-29T12:05"));
  midnight = fika_when_time (at ("2026-07-29T00:30"));
  twelve_hours = FALSE;

  g_assert_cmpstr (five, ==, "5:00 PM");
  g_assert_cmpstr (noon, ==, "12:05 PM");
  g_assert_cmpstr (midnight, ==, "12:30 AM");
}

static void
test_day (void)
{
  static const struct
  {
    const char *day;
    const char *words;
  } days[] = {
    /* Today is Wednesday, 29 July 2026. */
    { "2026-07-29", "Today" },
    { "2026-07-30", "Tomorrow" },
    { "2026-07-28", "Yesterday" },
    { "2026-07-31", "Friday" },
    { "2026-08-04", "Tuesday" },
    { "2026-08-05", "5 August" },
    { "2026-07-27", "27 July" },
    { "2026-12-03", "3 December" },
    { "2027-01-03", "3 January 2027" },
    { "2025-12-31", "31 December 2025" },
    { "9999-12-31", "31 December 9999" },
    { "1583-01-01", "1 January 1583" },
  };
  FikaDay today = fika_day_parse ("2026-07-29", NULL);
  g_autofree char *full = fika_when_day_full (today);

  for (size_t i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autofree char *words = fika_when_day (fika_day_parse (days[i].day, NULL), today);

      g_assert_cmpstr (words, ==, days[i].words);
    }
  g_assert_cmpstr (full, ==, "Wednesday, 29 July 2026");

  /* Over the end of a year the weekday still does. */
  g_autofree char *new_year
      = fika_when_day (fika_day_parse ("2027-01-03", NULL), fika_day_parse ("2026-12-29", NULL));
  g_assert_cmpstr (new_year, ==, "Sunday");
}

static void
test_day_and_time (void)
{
  static const struct
  {
    const char *start;
    FikaWindow window;
    const char *words;
  } starts[] = {
    { "2026-07-29T17:00", FIKA_WINDOW_EXACT, "Today, 17:00" },
    { "2026-07-30T09:30", FIKA_WINDOW_EXACT, "Tomorrow, 09:30" },
    { "2026-08-02T17:00", FIKA_WINDOW_EXACT, "Sunday, 17:00" },
    { "2026-12-03T17:00", FIKA_WINDOW_EXACT, "3 December, 17:00" },
    { "2026-07-29T08:00", FIKA_WINDOW_MORNING, "This morning" },
    { "2026-07-29T12:00", FIKA_WINDOW_AFTERNOON, "This afternoon" },
    { "2026-07-29T17:00", FIKA_WINDOW_EVENING, "This evening" },
    { "2026-07-29T08:00", FIKA_WINDOW_DAY, "Today, any time" },
    { "2026-07-30T08:00", FIKA_WINDOW_MORNING, "Tomorrow morning" },
    { "2026-08-01T12:00", FIKA_WINDOW_AFTERNOON, "Saturday afternoon" },
    { "2026-07-28T17:00", FIKA_WINDOW_EVENING, "Yesterday evening" },
    { "2026-12-03T08:00", FIKA_WINDOW_MORNING, "3 December, morning" },
    { "2026-12-03T08:00", FIKA_WINDOW_DAY, "3 December, any time" },
  };
  FikaDay today = fika_day_parse ("2026-07-29", NULL);
  g_autofree char *window
      = fika_when_time_or_window (at ("2026-07-29T12:00"), FIKA_WINDOW_AFTERNOON);
  g_autofree char *exact = fika_when_time_or_window (at ("2026-07-29T12:00"), FIKA_WINDOW_EXACT);

  for (size_t i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *words
          = fika_when_day_and_time (at (starts[i].start), starts[i].window, today);

      g_assert_cmpstr (words, ==, starts[i].words);
    }
  g_assert_cmpstr (window, ==, "afternoon");
  g_assert_cmpstr (exact, ==, "12:00");
}

static void
test_ago (void)
{
  static const struct
  {
    int days;
    const char *past;
    const char *future;
  } distances[] = {
    { 0, "today", "today" },
    { 1, "yesterday", "tomorrow" },
    { 2, "2 days ago", "in 2 days" },
    { 13, "13 days ago", "in 13 days" },
    { 14, "2 weeks ago", "in 2 weeks" },
    { 20, "2 weeks ago", "in 2 weeks" },
    { 49, "7 weeks ago", "in 7 weeks" },
    { 69, "9 weeks ago", "in 9 weeks" },
    { 70, "2 months ago", "in 2 months" },
    { 365, "11 months ago", "in 11 months" },
    { 366, "12 months ago", "in 12 months" },
    { 729, "23 months ago", "in 23 months" },
    { 731, "2 years ago", "in 2 years" },
    { 3653, "10 years ago", "in 10 years" },
  };
  FikaDay today = fika_day_parse ("2026-07-29", NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (distances); i++)
    {
      g_autofree char *past = fika_when_ago (today - distances[i].days, today);
      g_autofree char *future = fika_when_ago (today + distances[i].days, today);

      g_assert_cmpstr (past, ==, distances[i].past);
      g_assert_cmpstr (future, ==, distances[i].future);
    }
}

static void
test_lengths (void)
{
  static const struct
  {
    int minutes;
    const char *duration;
    const char *lead;
  } lengths[] = {
    { 0, "0 min", "At the time" },
    { 1, "1 min", "1 minute before" },
    { 10, "10 min", "10 minutes before" },
    { 60, "1 h", "1 hour before" },
    { 90, "1 h 30 min", "90 minutes before" },
    { 120, "2 h", "2 hours before" },
    { 1440, "24 h", "1 day before" },
    { 2880, "48 h", "2 days before" },
    { 10080, "168 h", "1 week before" },
    { 20160, "336 h", "2 weeks before" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *duration = fika_when_duration (lengths[i].minutes);
      g_autofree char *lead = fika_when_lead (lengths[i].minutes);

      g_assert_cmpstr (duration, ==, lengths[i].duration);
      g_assert_cmpstr (lead, ==, lengths[i].lead);
    }
}

static void
test_every_days (void)
{
  static const struct
  {
    int ideal;
    int latest;
    const char *words;
  } cadences[] = {
    { 0, 0, "no rhythm" },
    { 7, 14, "every 1–2 weeks" },
    { 14, 28, "every 2–4 weeks" },
    { 30, 60, "every 1–2 months" },
    { 90, 180, "every 3–6 months" },
    { 365, 730, "every 1–2 years" },
    { 10, 20, "every 10–20 days" },
    { 7, 10, "every 7–10 days" },
    { 1, 3, "every 1–3 days" },
    { 7, 7, "about every week" },
    { 14, 10, "about every 2 weeks" },
    { 30, 30, "about every month" },
    { 1, 1, "about every day" },
    { 10, 10, "about every 10 days" },
    { 365, 365, "about every year" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cadences); i++)
    {
      g_autofree char *words = fika_when_every_days (cadences[i].ideal, cadences[i].latest);

      g_assert_cmpstr (words, ==, cadences[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/when/time", test_time);
  g_test_add_func ("/when/twelve-hours", test_twelve_hours);
  g_test_add_func ("/when/day", test_day);
  g_test_add_func ("/when/day-and-time", test_day_and_time);
  g_test_add_func ("/when/ago", test_ago);
  g_test_add_func ("/when/lengths", test_lengths);
  g_test_add_func ("/when/every-days", test_every_days);

  return g_test_run ();
}
