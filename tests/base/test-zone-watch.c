#include "config.h"

#include "base/fika-zone-watch.h"
#include "base/fika-zone.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A zone's file, link and database in a folder of the test's own: TZ names the link, as
 * /etc/localtime is where TZ is not set. */
typedef struct
{
  char *folder;
  char *database;
  char *link;
  FikaZoneWatch *watch;
  guint told;
} Fixture;

static void
copy (const char *zone, const char *to)
{
  g_autofree char *from = g_build_filename ("/usr/share/zoneinfo", zone, NULL);
  g_autofree char *fresh = g_strconcat (to, ".new", NULL);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &data, &length, NULL));
  g_assert_true (g_file_set_contents (fresh, data, (gssize) length, NULL));
  g_assert_cmpint (g_rename (fresh, to), ==, 0);
}

static void
link_to (Fixture *fixture, const char *zone)
{
  g_autofree char *target = g_build_filename (fixture->database, zone, NULL);
  g_autofree char *fresh = g_strconcat (fixture->link, ".new", NULL);

  g_assert_cmpint (symlink (target, fresh), ==, 0);
  g_assert_cmpint (g_rename (fresh, fixture->link), ==, 0);
}

static void
changed_cb (Fixture *fixture)
{
  fixture->told++;
  fika_zone_forget_cached ();
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *berlin = NULL;
  g_autofree char *tokyo = NULL;

  fixture->folder = g_dir_make_tmp ("fika-zone-XXXXXX", NULL);
  fixture->database = g_build_filename (fixture->folder, "zoneinfo", NULL);
  fixture->link = g_build_filename (fixture->folder, "localtime", NULL);
  berlin = g_build_filename (fixture->database, "Berlin", NULL);
  tokyo = g_build_filename (fixture->database, "Tokyo", NULL);
  g_assert_cmpint (g_mkdir (fixture->database, 0700), ==, 0);
  copy ("Europe/Berlin", berlin);
  copy ("Asia/Tokyo", tokyo);
  link_to (fixture, "Berlin");

  setenv ("TZDIR", fixture->database, 1);
  setenv ("TZ", fixture->link, 1);
  fika_zone_forget_cached ();
  fixture->watch = fika_zone_watch_new ();
  g_signal_connect_swapped (fixture->watch, "changed", G_CALLBACK (changed_cb), fixture);
}

static void
remove_in (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_in (path);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->watch);
  setenv ("TZ", "Europe/Berlin", 1);
  unsetenv ("TZDIR");
  fika_zone_forget_cached ();
  remove_in (fixture->folder);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->database);
  g_free (fixture->link);
}

static void
await_told (Fixture *fixture, guint times)
{
  while (fixture->told < times)
    g_main_context_iteration (NULL, TRUE);
}

/* 1 July 2026, 12:00 UTC */
#define SUMMER INT64_C (1782907200)

static int
hours_ahead (void)
{
  return fika_zone_offset_at (FIKA_ZONE_HERE, SUMMER) / 3600;
}

/* Another zone, again and again: the link is replaced. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (hours_ahead (), ==, 2);
  link_to (fixture, "Tokyo");
  await_told (fixture, 1);
  g_assert_cmpint (hours_ahead (), ==, 9);
  link_to (fixture, "Berlin");
  await_told (fixture, 2);
  g_assert_cmpint (hours_ahead (), ==, 2);
}

/* As "rm" and "ln -s" do it, with a while in between. */
static void
test_link_gone_for_a_while (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);

  g_assert_cmpint (g_unlink (fixture->link), ==, 0);
  await_told (fixture, 1);
  /* What else is written there is not the zone's. */
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  link_to (fixture, "Tokyo");
  await_told (fixture, 2);
  g_assert_cmpint (hours_ahead (), ==, 9);
}

/* A file in place of the link. */
static void
test_file (Fixture *fixture, gconstpointer data)
{
  copy ("Asia/Tokyo", fixture->link);
  await_told (fixture, 1);
  g_assert_cmpint (hours_ahead (), ==, 9);
  copy ("Europe/Berlin", fixture->link);
  await_told (fixture, 2);
  g_assert_cmpint (hours_ahead (), ==, 2);
}

/* The rules of the zone that is the computer's, and of another one with the rest of an update. */
static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autofree char *berlin = g_build_filename (fixture->database, "Berlin", NULL);
  g_autofree char *version_file = g_build_filename (fixture->database, "tzdata.zi", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  copy ("Europe/Lisbon", berlin);
  await_told (fixture, 1);
  g_assert_cmpint (hours_ahead (), ==, 1);

  before = fika_zone_dup_database_version ();
  g_assert_true (g_file_set_contents (version_file, "# version 2026b\nR A\n", -1, NULL));
  await_told (fixture, 2);
  after = fika_zone_dup_database_version ();
  g_assert_cmpstr (after, ==, "2026b");
  g_assert_cmpstr (before, !=, after);
}

/* Nothing changes, and nothing is told, whatever else is read or written. */
static void
test_quiet (Fixture *fixture, gconstpointer data)
{
  g_autofree char *other = g_build_filename (fixture->folder, "other", NULL);

  g_assert_cmpint (hours_ahead (), ==, 2);
  g_assert_true (g_file_set_contents (other, "x", 1, NULL));
  for (int i = 0; i < 100; i++)
    g_assert_false (g_main_context_iteration (NULL, FALSE));
  link_to (fixture, "Tokyo");
  await_told (fixture, 1);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->told, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/zone-watch/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("023-link", test_link);
  ADD ("023-link-gone-for-a-while", test_link_gone_for_a_while);
  ADD ("023-file", test_file);
  ADD ("031-update", test_update);
  ADD ("028-quiet", test_quiet);

  return g_test_run ();
}
