#include "config.h"

#include "db/fika-db.h"

#include "base/fika-error.h"
#include "db/fika-backup.h"
#include "db/fika-lock.h"
#include "db/fika-log.h"
#include "fika-test.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void
add_person (FikaDb *db, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO person (uid, name, folded, created) VALUES ('%s', 'Ada', 'ada', 0)", uid);

  g_assert_true (fika_log_begin (db, "Add Ada", "window", 1, &error));
  g_assert_no_error (error);
  g_assert_true (fika_db_exec (db, sql, &error));
  g_assert_no_error (error);
  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
}

static void
test_fresh (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = fika_test_database_path (folder);
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *mode = fika_test_query_text (db, "SELECT * FROM pragma_journal_mode");

  g_assert_cmpstr (fika_db_get_path (db), ==, path);
  g_assert_false (fika_db_is_read_only (db));
  g_assert_cmpint (fika_db_get_schema (db), ==, FIKA_DB_SCHEMA);
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA user_version"), ==, FIKA_DB_SCHEMA);
  /* "Fika" in ASCII. */
  g_assert_cmphex (fika_test_query_int (db, "PRAGMA application_id"), ==, 0x46696b61);
  g_assert_cmpstr (mode, ==, "wal");
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA synchronous"), ==, 3); /* EXTRA */
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA foreign_keys"), ==, 1);
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA trusted_schema"), ==, 0);
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA busy_timeout"), ==, 5000);
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA wal_autocheckpoint"), ==, 0);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM circle"), ==, 4);
  g_assert_true (fika_db_check (db, &error));
  g_assert_no_error (error);
}

/* Every connection, not only the one that made the file: what is acknowledged is on disk. */
static void
test_durable_again (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (FikaDb) db = fika_test_database_open (folder);
      g_autoptr (FikaDb) beside = fika_test_database_open (folder);

      g_assert_cmpint (fika_test_query_int (db, "PRAGMA synchronous"), ==, 3); /* EXTRA */
      g_assert_cmpint (fika_test_query_int (beside, "PRAGMA synchronous"), ==, 3);
    }
}

/* Every table of the schema has its log or is known as the machine's; every one is a rowid table
 * with an id of its own, as undo needs. */
static void
test_schema (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  const char *const logged
      = "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'log_*'";
  g_autofree char *unlogged = NULL;
  g_autofree char *odd = NULL;
  g_autofree char *sql = NULL;

  sql = g_strdup_printf ("SELECT group_concat (name, ' ') FROM (SELECT name FROM pragma_table_list "
                         "WHERE schema = 'main' AND type = 'table' AND name NOT GLOB 'sqlite_*' "
                         "AND name NOT IN (%s) ORDER BY name)",
                         logged);
  unlogged = fika_test_query_text (db, sql);
  g_assert_cmpstr (unlogged, ==,
                   "action cache_state change contact_cache log_state reminder series_cache");

  g_free (sql);
  sql = g_strdup_printf ("SELECT coalesce (group_concat (l.tbl_name), '') FROM (%s) AS l "
                         "WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info (l.tbl_name) "
                         "WHERE name = 'id' AND type = 'INTEGER' AND pk = 1) OR EXISTS "
                         "(SELECT 1 FROM pragma_table_info (l.tbl_name) "
                         "WHERE type NOT IN ('INTEGER', 'TEXT'))",
                         logged);
  odd = fika_test_query_text (db, sql);
  g_assert_cmpstr (odd, ==, "");
}

/* Search works in a schema that is not trusted, and its inner tables cannot be written. */
static void
test_defensive (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_db_exec (
      db, "INSERT INTO person_search (rowid, text) VALUES (7, 'Jürgen Müller')", &error));
  g_assert_no_error (error);
  g_assert_cmpint (
      fika_test_query_int (db, "SELECT rowid FROM person_search WHERE person_search MATCH 'jurg*'"),
      ==, 7);
  g_assert_true (fika_db_exec (db, "DELETE FROM person_search WHERE rowid = 7", &error));
  g_assert_no_error (error);

  g_assert_false (fika_db_exec (db, "DELETE FROM person_search_data", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
}

static void
assert_mode (const char *folder, const char *name, mode_t mode)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  if ((status.st_mode & 07777) != mode)
    g_error ("%s has mode %o", path, status.st_mode & 07777);
}

/* Reliability, row 72: nobody else can read the data, whatever the umask. */
static void
test_modes (void)
{
  static const mode_t umasks[] = { 0000, 0022, 0077 };

  for (size_t i = 0; i < G_N_ELEMENTS (umasks); i++)
    {
      g_auto (FikaTestFolder) folder = fika_test_folder_new ();
      mode_t old = umask (umasks[i]);
      g_autoptr (FikaDb) db = fika_test_database_open (folder);
      g_autofree char *backups = g_build_filename (folder, "fika", "backups", NULL);
      g_autoptr (FikaBackupInfo) info = NULL;
      g_autoptr (GError) error = NULL;

      add_person (db, "ada");
      info = fika_backup_keep (db, backups, FIKA_BACKUP_DAILY, 0, &error);
      g_assert_no_error (error);
      umask (old);

      assert_mode (folder, "fika", 0700);
      assert_mode (folder, "fika/fika.db", 0600);
      assert_mode (folder, "fika/fika.db-wal", 0600);
      assert_mode (folder, "fika/fika.db-shm", 0600);
      assert_mode (folder, "fika/fika.lock", 0600);
      assert_mode (folder, "fika/backups/fika-1970-01-01.db", 0600);
    }
}

/* A file that was copied back by hand is made private again. */
static void
test_loose_modes (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = fika_test_database_path (folder);
  FikaDb *db = fika_test_database_open (folder);

  g_assert_finalize_object (db);
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  db = fika_test_database_open (folder);
  add_person (db, "ada");
  assert_mode (folder, "fika/fika.db", 0600);
  assert_mode (folder, "fika/fika.db-wal", 0600);
  g_assert_finalize_object (db);
}

static void
test_close (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_auto (GStrv) files = NULL;
  g_autofree char *joined = NULL;
  FikaDb *db = fika_test_database_open (folder);

  add_person (db, "ada");
  g_assert_finalize_object (db);
  files = fika_test_folder_list (folder);
  joined = g_strjoinv (" ", files);
  g_assert_cmpstr (joined, ==, "fika/fika.db fika/fika.lock");

  db = fika_test_database_open (folder);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 1);
  g_assert_finalize_object (db);
}

static void
test_transaction (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaDb) other = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (fika_db_in_transaction (db));
  g_assert_true (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_true (fika_db_in_transaction (db));
  g_assert_false (fika_db_begin (db, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (fika_db_in_transaction (db));
  g_assert_true (fika_db_exec (db,
                               "INSERT INTO person (uid, name, folded, created) "
                               "VALUES ('a', 'Ada', 'ada', 0)",
                               &error));
  g_assert_cmpint (fika_db_last_id (db), ==, 1);
  g_assert_cmpint (fika_db_n_changed (db), ==, 1);
  g_assert_cmpint (fika_test_query_int (other, "SELECT count(*) FROM person"), ==, 0);
  fika_db_rollback (db);
  g_assert_false (fika_db_in_transaction (db));
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 0);

  /* The lock is free again. */
  add_person (other, "b");
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 1);
}

/* A COMMIT that fails takes everything back, says so, and gives up the lock. */
static void
test_commit_fails (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaDb) other = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_true (fika_db_exec (db,
                               "PRAGMA defer_foreign_keys = ON;"
                               "INSERT INTO tie (person, tie) VALUES (99, 'friend')",
                               &error));
  g_assert_no_error (error);
  g_assert_false (fika_log_commit (db, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (fika_db_in_transaction (db));
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM tie"), ==, 0);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM action"), ==, 0);
  g_assert_cmpint (fika_test_query_int (db, "SELECT action FROM log_state"), ==, 0);

  add_person (other, "b");
  add_person (db, "c");
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 2);
}

/* Holds the lock in another process, from the time this returns until the pipe is closed or
 * @hold_ms have passed. */
static pid_t
hold_lock (const char *folder, int hold_ms, int *until)
{
  g_autofree char *path = g_build_filename (folder, "fika", "fika.lock", NULL);
  int ready[2];
  int release[2];
  char byte = 0;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  g_assert_cmpint (pipe (release), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      int fd = open (path, O_RDWR);

      close (release[1]);
      if (fd < 0 || flock (fd, LOCK_EX) != 0 || write (ready[1], &byte, 1) != 1)
        _exit (1);
      if (hold_ms > 0)
        g_usleep ((gulong) hold_ms * 1000);
      else
        (void) !read (release[0], &byte, 1);
      _exit (0);
    }
  close (ready[1]);
  close (release[0]);
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  close (ready[0]);
  *until = release[1];
  return child;
}

/* Reliability, row 7: a program that holds the lock is waited for, and then named as the reason. */
static void
test_busy (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = fika_test_database_path (folder);
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaDb) second = NULL;
  g_autoptr (GError) error = NULL;
  int until;
  pid_t child = hold_lock (folder, 0, &until);

  g_assert_cmpuint (fika_lock_get_patience (), ==, 5000);
  fika_lock_set_patience (100);

  g_assert_null (fika_db_open (path, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (fika_db_in_transaction (db));

  /* Reading needs no lock. */
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM circle"), ==, 4);

  close (until);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  fika_lock_set_patience (5000);
  add_person (db, "ada");

  /* One that soon lets go is waited for. */
  child = hold_lock (folder, 300, &until);
  add_person (db, "ben");
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  close (until);

  child = hold_lock (folder, 300, &until);
  second = fika_db_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_test_query_int (second, "SELECT count(*) FROM person"), ==, 2);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  close (until);
}

/* Closing while another holds the lock leaves the log for the next one, and loses nothing. */
static void
test_close_busy (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *log = g_build_filename (folder, "fika", "fika.db-wal", NULL);
  FikaDb *db = fika_test_database_open (folder);
  int until;
  pid_t child;

  add_person (db, "ada");
  child = hold_lock (folder, 0, &until);
  fika_lock_set_patience (50);
  g_assert_finalize_object (db);
  fika_lock_set_patience (5000);
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  close (until);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);

  db = fika_test_database_open (folder);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 1);
  g_assert_finalize_object (db);
}

static void
test_others_wrote (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaDb) other = fika_test_database_open (folder);

  g_assert_false (fika_db_others_wrote (db));
  add_person (db, "a");
  g_assert_false (fika_db_others_wrote (db));
  g_assert_true (fika_db_others_wrote (other));
  g_assert_false (fika_db_others_wrote (other));
  add_person (other, "b");
  g_assert_false (fika_db_others_wrote (other));
  g_assert_true (fika_db_others_wrote (db));
  g_assert_false (fika_db_others_wrote (db));
}

/* Reliability, row 8: the log beside the database stays small, whatever is written. */
static void
test_checkpoint (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *log = g_build_filename (folder, "fika", "fika.db-wal", NULL);
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *notes = g_strnfill (100 * 1024, 'n');
  struct stat status;
  off_t largest = 0;

  add_person (db, "ada");
  for (int i = 0; i < 200; i++)
    {
      g_autoptr (GError) error = NULL;
      FikaStmt *stmt;

      g_assert_true (fika_log_begin (db, "Note", "window", 1, &error));
      notes[0] = i % 2 == 0 ? 'a' : 'b';
      stmt = fika_db_use (db, "UPDATE person SET notes = ?", &error);
      fika_stmt_bind_text (stmt, 1, notes);
      g_assert_true (fika_stmt_run (stmt, &error));
      fika_stmt_release (stmt);
      g_assert_true (fika_log_commit (db, &error));
      g_assert_no_error (error);
      g_assert_cmpint (stat (log, &status), ==, 0);
      largest = MAX (largest, status.st_size);
    }
  /* 200 × 2 × 100 KB were written. */
  g_assert_cmpint (largest, <, 8 * 1024 * 1024);
}

/* Reliability, row 12: a file that was put in the place of ours is not written. */
static void
test_replaced (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = fika_test_database_path (folder);
  g_autofree char *away = g_strconcat (path, ".old", NULL);
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;

  add_person (db, "a");
  g_assert_cmpint (g_rename (path, away), ==, 0);
  g_assert_true (g_file_set_contents (path, "something else", -1, NULL));
  g_assert_false (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_cmpint (g_rename (away, path), ==, 0);
  add_person (db, "b");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/db/fresh", test_fresh);
  g_test_add_func ("/db/002-durable-again", test_durable_again);
  g_test_add_func ("/db/schema", test_schema);
  g_test_add_func ("/db/defensive", test_defensive);
  g_test_add_func ("/db/modes", test_modes);
  g_test_add_func ("/db/loose-modes", test_loose_modes);
  g_test_add_func ("/db/close", test_close);
  g_test_add_func ("/db/transaction", test_transaction);
  g_test_add_func ("/db/commit-fails", test_commit_fails);
  g_test_add_func ("/db/busy", test_busy);
  g_test_add_func ("/db/close-busy", test_close_busy);
  g_test_add_func ("/db/others-wrote", test_others_wrote);
  g_test_add_func ("/db/checkpoint", test_checkpoint);
  g_test_add_func ("/db/replaced", test_replaced);

  return g_test_run ();
}
