#include "config.h"

#include "ui/widgets/fika-date-text.h"

#include "base/fika-error.h"

#include <locale.h>

/* Today is Wednesday, 25 November 2026; the locale (C.UTF-8) writes the month before the day. */
#define TODAY (fika_day_from_ymd (2026, 11, 25))

typedef struct
{
  const char *text;
  const char *next; /* read as the next such day */
  const char *last; /* read as the last one; NULL: the same */
} DateCase;

static const DateCase dates[] = {
  { "2026-11-29", "2026-11-29" },
  { "29 November 2026", "2026-11-29" },
  { "Sun 29 November 2026", "2026-11-29" },
  { "November 29, 2026", "2026-11-29" },
  { "29th of November", "2026-11-29", "2025-11-29" },
  { "1st dec", "2026-12-01", "2025-12-01" },
  { "25 nov", "2026-11-25" },
  { "24 nov", "2027-11-24", "2026-11-24" },
  { "11/29/2026", "2026-11-29" },
  { "11/29/26", "2026-11-29" },
  { "11/29", "2026-11-29", "2025-11-29" },
  { "29 February", "2028-02-29", "2024-02-29" },
  { "29", "2026-11-29", "2026-10-29" },
  { "31", "2026-12-31", "2026-10-31" },
  { "25", "2026-11-25" },
  { "sunday", "2026-11-29", "2026-11-22" },
  { "on Sunday", "2026-11-29", "2026-11-22" },
  { "Wednesday", "2026-11-25" },
  { "TODAY", "2026-11-25" },
  { "tomorrow", "2026-11-26" },
  { "yesterday", "2026-11-24" },
};

static void
test_dates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      for (int past = 0; past <= 1; past++)
        {
          g_autoptr (GError) error = NULL;
          FikaDay day = fika_date_text_parse (dates[i].text, TODAY, past == 1, &error);
          const char *expected = past == 1 && dates[i].last != NULL ? dates[i].last : dates[i].next;
          g_autofree char *found = NULL;

          g_assert_no_error (error);
          found = fika_day_format (day);
          if (g_strcmp0 (found, expected) != 0)
            g_test_message ("“%s”, %s", dates[i].text, past ? "past" : "next");
          g_assert_cmpstr (found, ==, expected);
        }
    }
}

static void
test_no_dates (void)
{
  const char *const texts[] = {
    "",
    "   ",
    "31 February 2026",
    "30 Feb",
    "2026-02-29",
    "29 Nov 2026 2027",
    "32",
    "0",
    "13/13/2026",
    "soon",
    "29 Foo",
    "Sunday Monday",
    "tomorrow 29 November",
    "November",
    "99999999999999999999",
    "29 November 12345",
    "1 January 1000",
    "\xf0\x9f\x8e\x82",
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", texts[i]);
      g_assert_cmpint (fika_date_text_parse (texts[i], TODAY, FALSE, &error), ==, FIKA_DAY_NONE);
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
    }
}

/* What a field shows, it reads as the same day: every day of four years. */
static void
test_round_trip (void)
{
  for (FikaDay day = fika_day_from_ymd (2024, 1, 1); day < fika_day_from_ymd (2028, 1, 1); day++)
    {
      g_autofree char *text = fika_date_text_format (day);

      g_assert_cmpint (fika_date_text_parse (text, TODAY, FALSE, NULL), ==, day);
      g_assert_cmpint (fika_date_text_parse (text, TODAY, TRUE, NULL), ==, day);
    }
}

static void
test_times (void)
{
  const struct
  {
    const char *text;
    int minutes;
  } times[] = {
    { "17:00", 17 * 60 },
    { "17.30", 17 * 60 + 30 },
    { "1730", 17 * 60 + 30 },
    { "17", 17 * 60 },
    { "7", 7 * 60 },
    { "5 pm", 17 * 60 },
    { "5:30pm", 1050 },
    { "12 am", 0 },
    { "12 pm", 12 * 60 },
    { "12:30 AM", 30 },
    { "5 p.m.", 17 * 60 },
    { "730", 7 * 60 + 30 },
    { "0:00", 0 },
    { "23:59", 23 * 60 + 59 },
    { "17 h", 17 * 60 },
    { "5 o'clock", 300 },
  };
  const char *const wrong[]
      = { "", "24:00", "17:60", "13 pm", "0 am", "half five", "17:0", "123456", "5 pm pm" };

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autoptr (GError) error = NULL;
      int minutes = fika_time_text_parse (times[i].text, &error);

      g_assert_no_error (error);
      if (minutes != times[i].minutes)
        g_test_message ("“%s”", times[i].text);
      g_assert_cmpint (minutes, ==, times[i].minutes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", wrong[i]);
      g_assert_cmpint (fika_time_text_parse (wrong[i], &error), ==, -1);
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
    }
}

static void
test_lengths (void)
{
  const struct
  {
    const char *text;
    int minutes;
  } lengths[] = {
    { "", 0 },       { "  ", 0 },        { "45", 45 },         { "45 min", 45 }, { "90m", 90 },
    { "1 h", 60 },   { "1h30", 90 },     { "1 h 30 min", 90 }, { "1:30", 90 },   { "1.5 h", 90 },
    { "1,5 h", 90 }, { "2 hours", 120 }, { "0:20", 20 },       { "0.25h", 15 },  { "168 h", 10080 },
  };
  const char *const wrong[] = { "long",   "1 h 2 h", "169 h",  "5 weeks", ":",  "1 day",
                                "999999", "-5",      "−5 min", "1-2 h",   "???" };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError) error = NULL;
      int minutes = fika_length_text_parse (lengths[i].text, &error);

      if (error != NULL || minutes != lengths[i].minutes)
        g_test_message ("“%s”", lengths[i].text);
      g_assert_no_error (error);
      g_assert_cmpint (minutes, ==, lengths[i].minutes);
    }
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("“%s”", wrong[i]);
      g_assert_cmpint (fika_length_text_parse (wrong[i], &error), ==, -1);
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
    }
  for (int minutes = 0; minutes <= 600; minutes++)
    {
      g_autofree char *text = fika_length_text_format (minutes);

      g_assert_cmpint (fika_length_text_parse (text, NULL), ==, minutes);
    }
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/date-text/dates", test_dates);
  g_test_add_func ("/ui/date-text/no-dates", test_no_dates);
  g_test_add_func ("/ui/date-text/round-trip", test_round_trip);
  g_test_add_func ("/ui/date-text/times", test_times);
  g_test_add_func ("/ui/date-text/lengths", test_lengths);
  return g_test_run ();
}
