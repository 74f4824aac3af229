#include "config.h"

#include "db/fika-backup.h"

#include "base/fika-error.h"
#include "db/fika-log.h"
#include "fika-test.h"

#include <glib/gstdio.h>

#include <sys/stat.h>
#include <utime.h>

#define DAY (24 * 60 * 60)

/* Monday, 5 January 2026, 12:00 UTC; 13:00 in Berlin, where tests are. (`date -u -d @1767614400`)
 */
#define MONDAY INT64_C (1767614400)

static void
act (FikaDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_log_begin (db, "Change", "window", 1000, &error));
  g_assert_no_error (error);
  g_assert_true (fika_db_exec (db, sql, &error));
  g_assert_no_error (error);
  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
}

static void
touch (FikaDb *db)
{
  act (db, "UPDATE person SET notes = notes || '.'");
}

static void
fill (FikaDb *db)
{
  act (db, "INSERT INTO person (uid, name, folded, created) VALUES ('a', 'Ada', 'ada', 0);"
           "INSERT INTO person (uid, name, folded, created) VALUES ('b', 'Ben', 'ben', 0);"
           "INSERT INTO grp (uid, name, folded, created) VALUES ('g', 'Choir', 'choir', 0);"
           "INSERT INTO catchup (uid, kind, start, utc, created) "
           "VALUES ('c', 'call', '2026-03-01T10:00', 100, 0);"
           "INSERT INTO catchup (uid, kind, start, utc, created) "
           "VALUES ('d', 'call', '2026-03-02T10:00', 200, 0);"
           "INSERT INTO catchup (uid, kind, start, utc, created) "
           "VALUES ('e', 'call', '2026-03-03T10:00', 300, 0);");
  g_assert_true (
      fika_db_exec (db, "INSERT INTO person_search (rowid, text) VALUES (1, 'Ada')", NULL));
}

static FikaBackupInfo *
keep (FikaDb *db, const char *folder, FikaBackupReason reason, int64_t now)
{
  g_autoptr (GError) error = NULL;
  FikaBackupInfo *info = fika_backup_keep (db, folder, reason, now, &error);

  g_assert_no_error (error);
  g_assert_nonnull (info);
  return info;
}

static char *
listing (const char *folder)
{
  g_auto (GStrv) files = fika_test_folder_list (folder);

  return g_strjoinv (" ", files);
}

static void
test_write (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *out = g_build_filename (folder, "out", NULL);
  g_autofree char *file = g_build_filename (out, "mine.db", NULL);
  g_autoptr (FikaBackupInfo) info = NULL;
  g_autoptr (FikaBackupInfo) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *names = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  struct stat status;
  FikaDb *copy;

  fill (db);
  g_assert_cmpint (g_mkdir (out, 0755), ==, 0);
  g_assert_true (g_file_set_contents (file, "an older one", -1, NULL));
  info = fika_backup_write (db, file, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (info->file, ==, file);
  g_assert_cmpint (info->people, ==, 2);
  g_assert_cmpint (info->catchups, ==, 3);
  g_assert_cmpint (info->groups, ==, 1);
  g_assert_cmpint (stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);

  read = fika_backup_read_info (file, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->catchups, ==, 3);

  /* Nothing else appeared beside it, by writing or by reading. */
  names = listing (out);
  g_assert_cmpstr (names, ==, "mine.db");

  /* It is the whole: it opens as data, with its log. */
  copy = fika_db_open (file, &error);
  g_assert_no_error (error);
  before = fika_test_dump (db);
  after = fika_test_dump (copy);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (fika_test_query_int (
                       copy, "SELECT count(*) FROM person_search WHERE person_search MATCH 'ada'"),
                   ==, 1);
  g_assert_true (fika_log_begin_undo (copy, "window", 1, NULL, &error));
  g_assert_true (fika_log_commit (copy, &error));
  g_assert_cmpint (fika_test_query_int (copy, "SELECT count(*) FROM person"), ==, 0);
  g_assert_finalize_object (copy);
}

static void
test_refused (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *nowhere = g_build_filename (folder, "nowhere", "copy.db", NULL);
  g_autofree char *text = g_build_filename (folder, "text.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (fika_backup_write (db, fika_db_get_path (db), &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (fika_backup_write (db, nowhere, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (fika_backup_read_info (nowhere, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (text, "no backup", -1, NULL));
  g_assert_null (fika_backup_read_info (text, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
}

/* A daily one is written when something changed, and the day's later one takes its place. */
static void
test_daily (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (FikaBackupInfo) info = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autofree char *names = NULL;

  fill (db);
  info = keep (db, backups, FIKA_BACKUP_DAILY, MONDAY);
  g_assert_true (g_str_has_suffix (info->file, "/backups/fika-2026-01-05.db"));
  g_clear_pointer (&info, fika_backup_info_free);

  info = keep (db, backups, FIKA_BACKUP_DAILY, MONDAY + DAY);
  g_assert_true (g_str_has_suffix (info->file, "/backups/fika-2026-01-05.db"));
  g_assert_cmpint (info->people, ==, 2);
  g_clear_pointer (&info, fika_backup_info_free);

  act (db, "INSERT INTO person (uid, name, folded, created) VALUES ('x', 'Xenia', 'xenia', 0)");
  info = keep (db, backups, FIKA_BACKUP_DAILY, MONDAY + 60);
  g_assert_cmpint (info->people, ==, 3);
  names = listing (backups);
  g_assert_cmpstr (names, ==, "fika-2026-01-05.db");
  g_clear_pointer (&info, fika_backup_info_free);

  touch (db);
  info = keep (db, backups, FIKA_BACKUP_DAILY, MONDAY + DAY);
  g_assert_true (g_str_has_suffix (info->file, "/backups/fika-2026-01-06.db"));
  kept = fika_backup_list (backups);
  g_assert_cmpuint (kept->len, ==, 2);
  g_assert_cmpstr (((FikaBackupInfo *) kept->pdata[0])->file, ==, info->file);
}

static void
test_prune (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *stranger = g_build_filename (backups, "holiday.db", NULL);
  g_autofree char *names = NULL;

  fill (db);
  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  g_assert_true (g_file_set_contents (stranger, "not ours", -1, NULL));

  /* Monday 5 January to Friday 27 February. */
  for (int i = 0; i <= 53; i++)
    {
      touch (db);
      fika_backup_info_free (keep (db, backups, FIKA_BACKUP_DAILY, MONDAY + (int64_t) i * DAY));
    }

  /* Seven days, 21 to 27 February; the week of the oldest of them (16 to 22) is told by it; then
   * the Sundays before, of four weeks. */
  names = listing (backups);
  g_assert_cmpstr (names, ==,
                   "fika-2026-01-25.db fika-2026-02-01.db fika-2026-02-08.db fika-2026-02-15.db "
                   "fika-2026-02-21.db fika-2026-02-22.db fika-2026-02-23.db fika-2026-02-24.db "
                   "fika-2026-02-25.db fika-2026-02-26.db fika-2026-02-27.db holiday.db");
}

static void
test_before_change (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autoptr (FikaBackupInfo) info = NULL;
  g_autofree char *names = NULL;

  fill (db);
  fika_backup_info_free (keep (db, backups, FIKA_BACKUP_DAILY, MONDAY - DAY));
  for (int i = 0; i < 8; i++)
    fika_backup_info_free (keep (db, backups, FIKA_BACKUP_BEFORE_CHANGE, MONDAY + i));
  names = listing (backups);
  g_assert_cmpstr (names, ==,
                   "fika-2026-01-04.db "
                   "fika-2026-01-05T130003-before-change.db "
                   "fika-2026-01-05T130004-before-change.db "
                   "fika-2026-01-05T130005-before-change.db "
                   "fika-2026-01-05T130006-before-change.db "
                   "fika-2026-01-05T130007-before-change.db");

  /* Two within one second; and the clock set back: the newest written stays. */
  fika_backup_info_free (keep (db, backups, FIKA_BACKUP_BEFORE_CHANGE, MONDAY + 7));
  info = keep (db, backups, FIKA_BACKUP_BEFORE_CHANGE, MONDAY - 30 * DAY);
  g_assert_true (g_file_test (info->file, G_FILE_TEST_EXISTS));
}

/* One that cannot be written costs none that is there. */
static void
test_failure_keeps (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *obstacle = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fill (db);
  for (int i = 0; i < 7; i++)
    {
      touch (db);
      fika_backup_info_free (keep (db, backups, FIKA_BACKUP_DAILY, MONDAY + (int64_t) i * DAY));
    }
  /* A folder of that name cannot be replaced by a file. */
  obstacle = g_build_filename (backups, "fika-2026-01-12.db", NULL);
  g_assert_cmpint (g_mkdir (obstacle, 0700), ==, 0);
  touch (db);
  before = listing (backups);
  g_assert_null (fika_backup_keep (db, backups, FIKA_BACKUP_DAILY, MONDAY + 7 * DAY, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  after = listing (backups);
  g_assert_cmpstr (before, ==, after);
}

/* What a killed program left is cleared away a day later. */
static void
test_leftovers (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *old = g_build_filename (backups, "fika-2026-01-01.db.part-AAAAAA", NULL);
  g_autofree char *young = g_build_filename (backups, "fika-2026-01-01.db.part-BBBBBB", NULL);
  struct utimbuf times = { .actime = MONDAY, .modtime = MONDAY };

  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  g_assert_true (g_file_set_contents (old, "", 0, NULL));
  g_assert_true (g_file_set_contents (young, "", 0, NULL));
  g_assert_cmpint (g_utime (old, &times), ==, 0);
  fika_backup_info_free (keep (db, backups, FIKA_BACKUP_DAILY, MONDAY));
  g_assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backup/write", test_write);
  g_test_add_func ("/backup/refused", test_refused);
  g_test_add_func ("/backup/daily", test_daily);
  g_test_add_func ("/backup/prune", test_prune);
  g_test_add_func ("/backup/before-change", test_before_change);
  g_test_add_func ("/backup/failure-keeps", test_failure_keeps);
  g_test_add_func ("/backup/leftovers", test_leftovers);

  return g_test_run ();
}
