#include "config.h"

#include "base/fika-tzif.h"
#include "base/fika-zone.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static void
assert_utc (const char *zone, const char *local, const char *expected)
{
  g_autofree char *utc = fika_utc_format (fika_zone_to_utc (zone, fika_civil_parse (local, NULL)));

  g_assert_cmpstr (utc, ==, expected);
}

static void
use_zone (const char *tz)
{
  if (tz != NULL)
    g_setenv ("TZ", tz, TRUE);
  else
    g_unsetenv ("TZ");
  fika_zone_forget_cached ();
}

/* Rows 24, 25: every change of 22 zones in five years, and odd ones of other times. */
static void
test_oracle (void)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "base", "zone-oracle.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) python = NULL;
  g_autofree char *lines = NULL;
  g_auto (GStrv) split = NULL;
  int changes = 0;

  python
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3", script, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, NULL, NULL, &lines, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (python) == 77)
    {
      g_test_skip ("Python here has no time zones");
      return;
    }
  g_assert_true (g_subprocess_get_successful (python));

  split = g_strsplit (lines, "\n", -1);
  for (guint i = 0; split[i] != NULL && *split[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (split[i], "\t", -1);

      if (g_str_equal (fields[0], "civil"))
        {
          int64_t utc = fika_zone_to_utc (fields[1], fika_civil_parse (fields[2], NULL));

          if (utc != g_ascii_strtoll (fields[3], NULL, 10))
            g_test_message ("%s", split[i]);
          g_assert_cmpint (utc, ==, g_ascii_strtoll (fields[3], NULL, 10));
        }
      else if (g_str_equal (fields[0], "utc"))
        {
          int64_t utc = g_ascii_strtoll (fields[2], NULL, 10);
          g_autofree char *local = fika_civil_format (fika_zone_from_utc (fields[1], utc));

          if (!g_str_equal (local, fields[3]))
            g_test_message ("%s", split[i]);
          g_assert_cmpstr (local, ==, fields[3]);
          g_assert_cmpint (fika_zone_offset_at (fields[1], utc), ==, atoi (fields[4]));
        }
      else
        {
          g_assert_cmpstr (fields[0], ==, "changes");
          changes = atoi (fields[1]);
        }
    }
  /* Twenty zones change their clocks twice a year. */
  g_assert_cmpint (changes, >, 200);
}

static void
test_row_24_gap (void)
{
  assert_utc ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59:00Z");
  assert_utc ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00:00Z");
  assert_utc ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30:00Z");
  assert_utc ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00:00Z");

  /* 02:30 becomes 03:30. */
  g_assert_cmpint (
      fika_zone_from_utc (
          "Europe/Berlin",
          fika_zone_to_utc ("Europe/Berlin", fika_civil_parse ("2026-03-29T02:30", NULL))),
      ==, fika_civil_parse ("2026-03-29T03:30", NULL));
  /* A whole day that was skipped. */
  assert_utc ("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00:00Z");
}

static void
test_row_25_overlap (void)
{
  assert_utc ("Europe/Berlin", "2026-10-25T01:59", "2026-10-24T23:59:00Z");
  assert_utc ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00:00Z");
  assert_utc ("Europe/Berlin", "2026-10-25T02:59", "2026-10-25T00:59:00Z");
  assert_utc ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00:00Z");
  /* Half an hour. */
  assert_utc ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45:00Z");
}

/* Row 30: no year is too far, neither 2038 nor the years after the files' tables. */
static void
test_row_30_far (void)
{
  assert_utc ("Europe/Berlin", "2039-07-01T12:00", "2039-07-01T10:00:00Z");
  assert_utc ("Europe/Berlin", "2039-12-01T12:00", "2039-12-01T11:00:00Z");
  assert_utc ("America/New_York", "2106-07-01T12:00", "2106-07-01T16:00:00Z");
  assert_utc ("Pacific/Auckland", "9999-12-31T23:59", "9999-12-31T10:59:00Z");
  assert_utc ("UTC", "1583-01-01T00:00", "1583-01-01T00:00:00Z");
}

static void
test_valid (void)
{
  static const char *const good[] = {
    "",
    "UTC",
    "Europe/Berlin",
    "America/Argentina/Buenos_Aires",
    "Etc/GMT+5",
    "America/Port-au-Prince",
  };
  static const char *const bad[] = {
    "Europe",
    "Europe/",
    "/Europe/Berlin",
    "Europe//Berlin",
    "europe/berlin",
    "Europe/Berlin ",
    "Mars/Olympus",
    "../../../etc/passwd",
    "Europe/../Europe/Berlin",
    "./UTC",
    "/usr/share/zoneinfo/Europe/Berlin",
    "/etc/localtime",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "+02:00",
    "posix/Europe/Berlin",
    "right/Europe/Berlin",
    "posixrules",
    "localtime",
    "zone.tab",
    "tzdata.zi",
    "leapseconds",
    ":Europe/Berlin",
    "Europe/Berlin\n",
    "日本",
  };
  g_autofree char *very_long = g_strnfill (10000, 'A');

  for (size_t i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (fika_zone_valid (good[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (fika_zone_valid (bad[i]));
  g_assert_false (fika_zone_valid (very_long));
  g_assert_false (fika_zone_valid (NULL));
}

static void
test_here (void)
{
  static const struct
  {
    const char *tz;
    const char *name;
    const char *utc; /* of noon on 1 July 2026 */
  } zones[] = {
    { "Asia/Tokyo", "Asia/Tokyo", "2026-07-01T03:00:00Z" },
    { ":Asia/Tokyo", "Asia/Tokyo", "2026-07-01T03:00:00Z" },
    { "/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo", "2026-07-01T03:00:00Z" },
    { "", "UTC", "2026-07-01T12:00:00Z" },
    { "CET-1CEST,M3.5.0,M10.5.0/3", "", "2026-07-01T10:00:00Z" },
    { "CET-1CEST,J88/2,299/3", "", "2026-07-01T10:00:00Z" },
    { "<+0330>-3:30", "", "2026-07-01T08:30:00Z" },
    { "NZST-12NZDT,M9.5.0,M4.1.0/3", "", "2026-07-01T00:00:00Z" },
    { "XXX3EDT4,0/0,J365/23", "", "2026-07-01T16:00:00Z" }, /* summer time all year */
    { "Nowhere/At_All", "", "2026-07-01T12:00:00Z" },
    { "XST5XDT", "", "2026-07-01T16:00:00Z" }, /* as in the United States */
  };
  g_autofree char *before = g_strdup (g_getenv ("TZ"));
  g_autofree char *computer = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autofree char *name = NULL;

      use_zone (zones[i].tz);
      name = fika_zone_local_name ();
      g_assert_cmpstr (name, ==, zones[i].name);
      assert_utc (FIKA_ZONE_HERE, "2026-07-01T12:00", zones[i].utc);
      /* A zone that is not known is read as here. */
      assert_utc ("Mars/Olympus", "2026-07-01T12:00", zones[i].utc);
    }

  /* Whatever this computer's is. */
  use_zone (NULL);
  computer = fika_zone_local_name ();
  g_assert_true (fika_zone_valid (computer));
  g_assert_cmpint (fika_zone_offset_at (FIKA_ZONE_HERE, 0), ==, fika_zone_offset_at (computer, 0));

  use_zone (before);
}

/* Row 23: the zone is another after it was forgotten, and not before. */
static void
test_row_23_zone_changes (void)
{
  g_autofree char *before = g_strdup (g_getenv ("TZ"));

  use_zone ("Europe/Berlin");
  assert_utc (FIKA_ZONE_HERE, "2026-07-01T12:00", "2026-07-01T10:00:00Z");
  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  assert_utc (FIKA_ZONE_HERE, "2026-07-01T12:00", "2026-07-01T10:00:00Z");
  fika_zone_forget_cached ();
  assert_utc (FIKA_ZONE_HERE, "2026-07-01T12:00", "2026-07-01T03:00:00Z");

  use_zone (before);
}

/* Row 31: an update of the time zone database is seen, even while GLib holds the zone. */
static void
test_row_31_tzdata_update (void)
{
  g_autofree char *dir = g_dir_make_tmp ("fika-zones-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (dir, "Home", NULL);
  g_autofree char *berlin = NULL;
  g_autofree char *tokyo = NULL;
  g_autoptr (GTimeZone) held = NULL;
  size_t berlin_length, tokyo_length;

  g_assert_true (
      g_file_get_contents ("/usr/share/zoneinfo/Europe/Berlin", &berlin, &berlin_length, NULL));
  g_assert_true (
      g_file_get_contents ("/usr/share/zoneinfo/Asia/Tokyo", &tokyo, &tokyo_length, NULL));
  g_assert_true (g_file_set_contents (file, berlin, (gssize) berlin_length, NULL));
  g_setenv ("TZDIR", dir, TRUE);
  fika_zone_forget_cached ();
  held = g_time_zone_new_identifier ("Home");

  g_assert_true (fika_zone_valid ("Home"));
  assert_utc ("Home", "2026-07-01T12:00", "2026-07-01T10:00:00Z");
  g_assert_true (g_file_set_contents (file, tokyo, (gssize) tokyo_length, NULL));
  assert_utc ("Home", "2026-07-01T12:00", "2026-07-01T10:00:00Z");
  fika_zone_forget_cached ();
  assert_utc ("Home", "2026-07-01T12:00", "2026-07-01T03:00:00Z");

  g_unsetenv ("TZDIR");
  fika_zone_forget_cached ();
  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* A damaged file gives no zone or some zone, and does no harm. */
static void
test_damaged_file (void)
{
  g_autofree char *dir = g_dir_make_tmp ("fika-zones-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (dir, "Zone", NULL);
  g_autofree char *data = NULL;
  size_t length;
  guint loaded = 0;

  g_assert_true (g_file_get_contents ("/usr/share/zoneinfo/Europe/Berlin", &data, &length, NULL));

  for (size_t i = 0; i < length; i += 1 + i / 50)
    {
      g_assert_true (
          g_file_set_contents_full (file, data, (gssize) i, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      g_autoptr (FikaTzif) zone = fika_tzif_load (file);

      /* Without its end it is the first part at most, which a reader of today does not take. */
      if (zone != NULL)
        g_assert_cmpint (fika_tzif_offset_at (zone, 0), ==, 3600);
    }

  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *flipped = g_memdup2 (data, length);

      for (int j = g_test_rand_int_range (1, 5); j > 0; j--)
        {
          /* Half of them in the headers. */
          size_t at = (size_t) g_test_rand_int_range (0, j % 2 == 0 ? 44 : (int) length);

          flipped[at] = (char) g_test_rand_int_range (0, 256);
        }
      g_assert_true (g_file_set_contents_full (file, flipped, (gssize) length,
                                               G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      g_autoptr (FikaTzif) zone = fika_tzif_load (file);

      if (zone == NULL)
        continue;
      loaded++;
      for (int64_t utc = -5000000000; utc < 9000000000; utc += 987654321)
        {
          g_assert_cmpint (ABS (fika_tzif_offset_at (zone, utc)), <, 200 * 3600);
          g_assert_cmpint (ABS (fika_tzif_offset_for (zone, utc)), <, 200 * 3600);
        }
    }
  g_assert_cmpuint (loaded, >, 0);

  g_assert_null (fika_tzif_load (dir));
  g_assert_null (fika_tzif_load ("/dev/zero"));
  g_assert_cmpint (g_remove (file), ==, 0);
  g_assert_null (fika_tzif_load (file));
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

static void
test_posix_rules (void)
{
  static const char *const bad[] = {
    "",
    "X",
    "XX1",
    "CET",
    "CET-",
    "CET-1CEST,",
    "CET-1CEST,M3.5.0",
    "CET-1CEST,M13.5.0,M10.5.0",
    "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0",
    "CET-1CEST,J0,J10",
    "CET-1CEST,366,10",
    "CET-200",
    "<CET-1",
    "CET-1CEST,M3.5.0,M10.5.0/3x",
    "CET-1:60",
    "CET-99999999999999999999",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      FikaTzif *zone = fika_tzif_new_posix (bad[i]);

      if (zone != NULL)
        g_test_message ("%s was accepted", bad[i]);
      g_assert_null (zone);
    }
}

static void
test_none (void)
{
  g_autofree char *utc = fika_utc_format (-1);

  g_assert_cmpint (fika_zone_to_utc ("UTC", FIKA_CIVIL_NONE), ==, FIKA_UTC_NONE);
  g_assert_cmpint (fika_zone_from_utc ("UTC", FIKA_UTC_NONE), ==, FIKA_CIVIL_NONE);
  g_assert_cmpint (fika_zone_from_utc ("UTC", -1), ==, -1);
  g_assert_cmpstr (utc, ==, "1969-12-31T23:59:59Z");
}

static void *
convert_cb (void *data)
{
  for (int i = 0; i < 20000; i++)
    {
      g_assert_cmpint (fika_zone_to_utc ("Asia/Tokyo", i), ==, ((int64_t) i - 540) * 60);
      if (i % 1000 == 0)
        fika_zone_forget_cached ();
    }

  return NULL;
}

/* Imports convert on a thread of their own. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (size_t i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("convert", convert_cb, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/zone/oracle", test_oracle);
  g_test_add_func ("/zone/023-zone-changes", test_row_23_zone_changes);
  g_test_add_func ("/zone/024-gap", test_row_24_gap);
  g_test_add_func ("/zone/025-overlap", test_row_25_overlap);
  g_test_add_func ("/zone/030-far", test_row_30_far);
  g_test_add_func ("/zone/031-tzdata-update", test_row_31_tzdata_update);
  g_test_add_func ("/zone/valid", test_valid);
  g_test_add_func ("/zone/here", test_here);
  g_test_add_func ("/zone/damaged-file", test_damaged_file);
  g_test_add_func ("/zone/posix-rules", test_posix_rules);
  g_test_add_func ("/zone/none", test_none);
  g_test_add_func ("/zone/threads", test_threads);

  return g_test_run ();
}
