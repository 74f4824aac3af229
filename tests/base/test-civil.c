#include "config.h"

#include "base/fika-civil.h"
#include "base/fika-error.h"

#include <string.h>

/* Every day from 1583 to 9999, against GLib's own calendar. */
static void
test_every_day (void)
{
  g_autoptr (GDate) date = g_date_new_dmy (1, G_DATE_JANUARY, 1583);
  FikaDay day = fika_day_from_ymd (1583, 1, 1);
  guint32 first = g_date_get_julian (date);

  while (g_date_get_year (date) <= 9999)
    {
      int year, month, mday;

      fika_day_to_ymd (day, &year, &month, &mday);
      g_assert_cmpint (year, ==, g_date_get_year (date));
      g_assert_cmpint (month, ==, g_date_get_month (date));
      g_assert_cmpint (mday, ==, g_date_get_day (date));
      g_assert_cmpint (fika_day_from_ymd (year, month, mday), ==, day);
      g_assert_cmpint (fika_day_weekday (day), ==, g_date_get_weekday (date) - 1);
      if (mday == 1 || mday == 31)
        g_assert_cmpint (fika_day_iso_week (day), ==, g_date_get_iso8601_week_of_year (date));

      g_date_add_days (date, 1);
      day++;
    }

  /* Both ends as Python's datetime.date has them. */
  g_assert_cmpint (fika_day_from_ymd (1970, 1, 1), ==, 0);
  g_assert_cmpint (fika_day_from_ymd (1583, 1, 1), ==, -141349);
  g_assert_cmpint (fika_day_from_ymd (9999, 12, 31), ==, 2932896);
  g_assert_cmpuint (g_date_get_julian (date) - first, ==, 2932896 + 141349 + 1);
}

static void
test_no_such_day (void)
{
  g_assert_cmpint (fika_day_from_ymd (2026, 2, 29), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (2100, 2, 29), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (2000, 2, 29), !=, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (2026, 4, 31), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (2026, 0, 1), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (2026, 13, 1), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (2026, 1, 0), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (1582, 12, 31), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_day_from_ymd (10000, 1, 1), ==, FIKA_DAY_NONE);
}

/* The last day of every month, 2024 to 2104. */
static void
test_month_ends (void)
{
  static const int common[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  for (int year = 2024; year <= 2104; year++)
    {
      gboolean leap = year % 4 == 0 && year != 2100;

      for (int month = 1; month <= 12; month++)
        {
          int length = common[month - 1] + (month == 2 && leap);

          g_assert_cmpint (fika_days_in_month (year, month), ==, length);
          g_assert_true (fika_ymd_valid (year, month, length));
          g_assert_false (fika_ymd_valid (year, month, length + 1));
          if (month < 12)
            g_assert_cmpint (fika_day_from_ymd (year, month, length) + 1, ==,
                             fika_day_from_ymd (year, month + 1, 1));
        }
      g_assert_cmpint (fika_day_from_ymd (year, 12, 31) + 1, ==,
                       fika_day_from_ymd (year + 1, 1, 1));
    }
}

static void
test_weeks (void)
{
  /* 29 July 2026 is a Wednesday. */
  FikaDay day = fika_day_from_ymd (2026, 7, 29);

  g_assert_cmpint (fika_day_weekday (day), ==, 2);
  g_assert_cmpint (fika_day_week_start (day, 0), ==, fika_day_from_ymd (2026, 7, 27));
  g_assert_cmpint (fika_day_week_start (day, 6), ==, fika_day_from_ymd (2026, 7, 26));
  g_assert_cmpint (fika_day_week_start (day, 2), ==, day);
  g_assert_cmpint (fika_day_week_start (day, 3), ==, fika_day_from_ymd (2026, 7, 23));

  g_assert_cmpint (fika_day_iso_week (fika_day_from_ymd (2027, 1, 3)), ==, 53);
  g_assert_cmpint (fika_day_iso_week (fika_day_from_ymd (2027, 1, 4)), ==, 1);
  g_assert_cmpint (fika_day_iso_week (fika_day_from_ymd (2025, 12, 29)), ==, 1);
  g_assert_cmpint (fika_day_iso_week (fika_day_from_ymd (2022, 1, 1)), ==, 52);
}

static void
test_parse (void)
{
  static const char *const good[] = {
    "2026-03-29T17:00", "1583-01-01T00:00", "9999-12-31T23:59",
    "2024-02-29T08:05", "1969-12-31T23:59", "1970-01-01T00:00",
  };
  static const struct
  {
    const char *text;
    const char *says;
  } bad[] = {
    { "", "like 2026-03-29T17:00" },
    { "tomorrow", "“tomorrow”" },
    { "2026-03-29", "date and time" },
    { "2026-03-29T17:00:00", "date and time" },
    { "2026-03-29T17:0", "date and time" },
    { "2026-03-29X17:00", "date and time" },
    { "2026-3-29T17:00", "date and time" },
    { "+026-03-29T17:00", "date and time" },
    { " 2026-03-29T17:00", "date and time" },
    { "2026-03-29T17:00Z", "date and time" },
    { "２０２６-03-29T17:00", "date and time" },
    { "2026-02-30T17:00", "30 February 2026 does not exist. Choose a day from 1 to 28." },
    { "2024-02-30T17:00", "1 to 29" },
    { "2026-04-31T17:00", "31 April 2026" },
    { "2026-04-00T17:00", "1 to 30" },
    { "2026-13-01T17:00", "month 13" },
    { "2026-00-01T17:00", "month 0" },
    { "1582-01-01T17:00", "1583 to 9999" },
    { "0000-01-01T17:00", "1583 to 9999" },
    { "2026-03-29T24:00", "24:00" },
    { "2026-03-29T23:60", "23:60" },
    { "\xff\xfe"
      "26-03-29T17:00",
      "date and time" },
  };
  g_autofree char *very_long = g_strnfill (10000, '2');
  g_autoptr (GError) error = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    {
      FikaCivil civil = fika_civil_parse (good[i], NULL);
      g_autofree char *again = fika_civil_format (civil);

      g_assert_cmpint (civil, !=, FIKA_CIVIL_NONE);
      g_assert_cmpstr (again, ==, good[i]);
    }
  g_assert_cmpint (fika_civil_parse ("2026-03-29 17:00", NULL), ==,
                   fika_civil_parse ("2026-03-29T17:00", NULL));
  g_assert_cmpint (fika_civil_parse ("1970-01-02T01:01", NULL), ==, 1440 + 61);

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) reason = NULL;

      g_assert_cmpint (fika_civil_parse (bad[i].text, &reason), ==, FIKA_CIVIL_NONE);
      g_assert_error (reason, FIKA_ERROR, FIKA_ERROR_INVALID);
      g_assert_nonnull (strstr (reason->message, bad[i].says));
      g_assert_true (g_utf8_validate (reason->message, -1, NULL));
    }

  g_assert_cmpint (fika_civil_parse (very_long, &error), ==, FIKA_CIVIL_NONE);
  g_assert_cmpuint (strlen (error->message), <, 300);
}

static void
test_parse_day (void)
{
  g_autofree char *text = fika_day_format (fika_day_parse ("2028-02-29", NULL));
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, "2028-02-29");
  g_assert_cmpint (fika_day_parse ("2026-02-29", &error), ==, FIKA_DAY_NONE);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "29 February 2026"));
  g_clear_error (&error);
  g_assert_cmpint (fika_day_parse ("2026-02-28T10:00", &error), ==, FIKA_DAY_NONE);
  g_assert_nonnull (strstr (error->message, "like 2026-03-29."));
}

static void
test_parts (void)
{
  FikaCivil before_epoch = fika_civil_new (-1, 23, 30);
  FikaCivil next_day = fika_civil_new (0, 24, 61);

  g_assert_cmpint (before_epoch, ==, -30);
  g_assert_cmpint (fika_civil_day (before_epoch), ==, -1);
  g_assert_cmpint (fika_civil_minute_of_day (before_epoch), ==, 23 * 60 + 30);
  g_assert_cmpint (fika_civil_day (next_day), ==, 1);
  g_assert_cmpint (fika_civil_minute_of_day (next_day), ==, 61);
}

static void
test_windows (void)
{
  static const struct
  {
    FikaWindow window;
    const char *key;
    const char *opens;
    const char *closes;
  } windows[] = {
    { FIKA_WINDOW_EXACT, "exact", "2026-07-29T14:20", "2026-07-29T15:05" },
    { FIKA_WINDOW_MORNING, "morning", "2026-07-29T08:00", "2026-07-29T12:00" },
    { FIKA_WINDOW_AFTERNOON, "afternoon", "2026-07-29T12:00", "2026-07-29T17:00" },
    { FIKA_WINDOW_EVENING, "evening", "2026-07-29T17:00", "2026-07-29T22:00" },
    { FIKA_WINDOW_DAY, "day", "2026-07-29T08:00", "2026-07-29T22:00" },
  };
  FikaCivil start = fika_civil_parse ("2026-07-29T14:20", NULL);
  FikaWindow window = FIKA_WINDOW_DAY;

  for (size_t i = 0; i < G_N_ELEMENTS (windows); i++)
    {
      g_autofree char *opens = fika_civil_format (fika_window_opens (windows[i].window, start));
      g_autofree char *closes
          = fika_civil_format (fika_window_closes (windows[i].window, start, 45));

      g_assert_cmpstr (opens, ==, windows[i].opens);
      g_assert_cmpstr (closes, ==, windows[i].closes);
      g_assert_cmpstr (fika_window_to_string (windows[i].window), ==, windows[i].key);
      g_assert_true (fika_window_parse (windows[i].key, &window));
      g_assert_cmpint (window, ==, windows[i].window);
    }

  /* An exact one that runs past midnight. */
  g_assert_cmpint (fika_window_closes (FIKA_WINDOW_EXACT, fika_civil_new (0, 23, 30), 60), ==,
                   fika_civil_new (1, 0, 30));

  g_assert_false (fika_window_parse ("night", &window));
  g_assert_false (fika_window_parse ("", &window));
  g_assert_false (fika_window_parse (NULL, &window));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/civil/every-day", test_every_day);
  g_test_add_func ("/civil/no-such-day", test_no_such_day);
  g_test_add_func ("/civil/month-ends", test_month_ends);
  g_test_add_func ("/civil/weeks", test_weeks);
  g_test_add_func ("/civil/parse", test_parse);
  g_test_add_func ("/civil/parse-day", test_parse_day);
  g_test_add_func ("/civil/parts", test_parts);
  g_test_add_func ("/civil/windows", test_windows);

  return g_test_run ();
}
