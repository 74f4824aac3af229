#include "config.h"

#include "db/fika-db.h"

#include "base/fika-error.h"
#include "db/fika-backup.h"
#include "db/fika-log.h"
#include "fika-test.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* What is wrong with a file is told in plain words, and the file stays as it is, byte for byte. */

/* Nobody: root may write everything. */
#define UNPRIVILEGED 65534

static void
add_person (FikaDb *db, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO person (uid, name, folded, created) VALUES ('%s', 'Ada', 'ada', 0)", uid);

  g_assert_true (fika_log_begin (db, "Add Ada", "window", 1, &error));
  g_assert_true (fika_db_exec (db, sql, &error));
  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
}

/* A closed database with people in it. */
static char *
make (const char *folder)
{
  FikaDb *db = fika_test_database_open (folder);

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%d", i);

      add_person (db, uid);
    }
  g_assert_finalize_object (db);
  return fika_test_database_path (folder);
}

static void
run_sql (const char *path, const char *sql)
{
  sqlite3 *sqlite = NULL;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  if (sqlite3_exec (sqlite, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (sqlite));
  g_assert_cmpint (sqlite3_close (sqlite), ==, SQLITE_OK);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
assert_refused (const char *path, int code, const char *words)
{
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fika_db_open (path, &error));
  g_assert_error (error, FIKA_ERROR, code);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, words);
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

/* Reliability, row 16: a newer Fika's data can be looked at and copied, and is not touched. */
static void
check_newer (const char *folder, const char *path)
{
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaBackupInfo) info = NULL;
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  FikaDb *db = fika_db_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (fika_db_is_read_only (db));
  g_assert_cmpint (fika_db_get_schema (db), ==, FIKA_DB_SCHEMA + 1);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 300);

  g_assert_false (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_false (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NEWER);
  g_clear_error (&error);
  g_assert_false (fika_db_exec (db, "DELETE FROM person", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NEWER);
  g_clear_error (&error);
  {
    g_autoptr (FikaStmt) stmt = fika_db_use (db, "DELETE FROM person", &error);

    g_assert_false (fika_stmt_run (stmt, &error));
    g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NEWER);
    g_clear_error (&error);
  }

  info = fika_backup_write (db, copy, &error);
  g_assert_no_error (error);
  g_assert_cmpint (info->people, ==, 300);
  g_assert_finalize_object (db);
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_newer (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", FIKA_DB_SCHEMA + 1);

  run_sql (path, sql);
  check_newer (folder, path);
}

/* The newer Fika runs, or was killed: its version is in the log beside the database only. */
static void
test_newer_in_log (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *sql = g_strdup_printf ("PRAGMA user_version = %d", FIKA_DB_SCHEMA + 1);
  sqlite3 *sqlite = NULL;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  g_assert_cmpint (sqlite3_exec (sqlite, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (sqlite);
  check_newer (folder, path);
}

static void
test_foreign (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "theirs.db", NULL);

  run_sql (path, "CREATE TABLE person (id INTEGER PRIMARY KEY); INSERT INTO person VALUES (1)");
  assert_refused (path, FIKA_ERROR_FOREIGN, "another program");
  run_sql (path, "PRAGMA application_id = 252006675");
  assert_refused (path, FIKA_ERROR_FOREIGN, "another program");
  run_sql (path, "PRAGMA journal_mode = WAL");
  assert_refused (path, FIKA_ERROR_FOREIGN, "another program");
}

static void
test_no_database (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "fika.db", NULL);
  g_autofree char *below = g_build_filename (path, "fika.db", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *text = g_strnfill (10000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  assert_refused (path, FIKA_ERROR_DAMAGED, "left as it is");
  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  assert_refused (path, FIKA_ERROR_DAMAGED, "left as it is");

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_null (fika_db_open (inner, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FOREIGN);
  g_clear_error (&error);
  g_assert_null (fika_db_open (below, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
}

static void
overwrite (const char *path, long offset, const char *with, gsize length)
{
  FILE *file = fopen (path, "r+");

  g_assert_nonnull (file);
  g_assert_cmpint (fseek (file, offset, SEEK_SET), ==, 0);
  g_assert_cmpint (fwrite (with, 1, length, file), ==, length);
  fclose (file);
}

static void
test_damaged (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *garbage = g_strnfill (4096, '\xa5');
  g_autoptr (GBytes) whole = read_file (path);
  gsize size = g_bytes_get_size (whole);

  /* The header gone, or the first page behind it. */
  overwrite (path, 0, garbage, 100);
  assert_refused (path, FIKA_ERROR_DAMAGED, "backups");
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (whole, NULL), (gssize) size, NULL));
  overwrite (path, 100, garbage, 3996);
  assert_refused (path, FIKA_ERROR_DAMAGED, "backups");

  /* The end cut off, at a page and within one. */
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (whole, NULL), (gssize) size, NULL));
  g_assert_cmpint (truncate (path, (off_t) size - 4096), ==, 0);
  assert_refused (path, FIKA_ERROR_DAMAGED, "backups");
  g_assert_cmpint (truncate (path, 1000), ==, 0);
  assert_refused (path, FIKA_ERROR_DAMAGED, "backups");

  /* Core tables gone. */
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (whole, NULL), (gssize) size, NULL));
  run_sql (path, "DROP TABLE log_state");
  assert_refused (path, FIKA_ERROR_DAMAGED, "backups");
}

/* Damage that opening does not come across is found by the check, and where it is read. */
static void
test_damaged_within (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *garbage = g_strnfill (4096, '\xa5');
  g_autoptr (GBytes) whole = read_file (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *sqlite = NULL;
  sqlite3_stmt *stmt = NULL;
  int root;
  FikaDb *db;

  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  sqlite3_prepare_v2 (sqlite, "SELECT rootpage FROM sqlite_schema WHERE name = 'person'", -1, &stmt,
                      NULL);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  root = sqlite3_column_int (stmt, 0);
  sqlite3_finalize (stmt);
  sqlite3_close (sqlite);
  overwrite (path, (long) (root - 1) * 4096, garbage, 4096);

  db = fika_test_database_open (folder);
  g_assert_false (fika_db_check (db, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
  g_clear_error (&error);
  {
    g_autoptr (FikaStmt) reader = fika_db_use (db, "SELECT notes FROM person", &error);

    g_assert_false (fika_stmt_step (reader, &error));
    g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
    g_clear_error (&error);
  }
  {
    g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);

    g_assert_null (fika_backup_write (db, copy, &error));
    g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
    g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
  }
  g_assert_finalize_object (db);
}

/* Creating it was cut short before anything was in it: begin anew. */
static void
test_empty_file (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "fika.db", NULL);
  g_autofree char *marked = g_build_filename (folder, "marked.db", NULL);
  g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d", FIKA_DB_APPLICATION_ID);
  g_autoptr (FikaDb) db = NULL;
  g_autoptr (FikaDb) other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  db = fika_db_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_db_get_schema (db), ==, FIKA_DB_SCHEMA);

  run_sql (marked, sql);
  other = fika_db_open (marked, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_db_get_schema (other), ==, FIKA_DB_SCHEMA);
}

/* Runs @check in a process that may not write everything, as root may. */
static void
run_unprivileged (const char *folder, void (*check) (const char *folder))
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      if (geteuid () == 0 && setresuid (UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED) != 0)
        _exit (2);
      check (folder);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
chown_all (const char *folder)
{
  g_auto (GStrv) files = fika_test_folder_list (folder);
  g_autofree char *inner = g_build_filename (folder, "fika", NULL);

  if (geteuid () != 0)
    return;
  for (size_t i = 0; files[i] != NULL; i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_assert_cmpint (chown (path, UNPRIVILEGED, (gid_t) -1), ==, 0);
    }
  g_assert_cmpint (chown (inner, UNPRIVILEGED, (gid_t) -1), ==, 0);
  g_assert_cmpint (chown (folder, UNPRIVILEGED, (gid_t) -1), ==, 0);
}

static void
check_read_only (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fika_test_database_path (folder);
  FikaDb *db = fika_db_open (path, &error);

  g_assert_no_error (error);
  g_assert_true (fika_db_is_read_only (db));
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 300);
  g_assert_false (fika_log_begin (db, "Add", "window", 1, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, "permissions"));
  g_object_unref (db);
}

static void
test_read_only_file (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;

  chown_all (folder);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  run_unprivileged (folder, check_read_only);
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_read_only_folder (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *inner = g_build_filename (folder, "fika", NULL);
  g_autofree char *lock = g_build_filename (inner, "fika.lock", NULL);
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;

  chown_all (folder);
  g_assert_cmpint (g_chmod (inner, 0500), ==, 0);
  run_unprivileged (folder, check_read_only);

  /* As on a disc: not even a lock file. */
  g_assert_cmpint (g_chmod (inner, 0700), ==, 0);
  g_assert_cmpint (g_unlink (lock), ==, 0);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  g_assert_cmpint (g_chmod (inner, 0500), ==, 0);
  run_unprivileged (folder, check_read_only);
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
  g_assert_cmpint (g_chmod (inner, 0700), ==, 0);
}

static void
check_cannot_create (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fika_test_database_path (folder);
  g_autofree char *here = g_build_filename (folder, "fika.db", NULL);

  g_assert_null (fika_db_open (path, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_null (fika_db_open (here, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY);
}

static void
test_cannot_create (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();

  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  run_unprivileged (folder, check_cannot_create);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/open/newer", test_newer);
  g_test_add_func ("/open/newer-in-log", test_newer_in_log);
  g_test_add_func ("/open/foreign", test_foreign);
  g_test_add_func ("/open/no-database", test_no_database);
  g_test_add_func ("/open/damaged", test_damaged);
  g_test_add_func ("/open/damaged-within", test_damaged_within);
  g_test_add_func ("/open/empty-file", test_empty_file);
  g_test_add_func ("/open/read-only-file", test_read_only_file);
  g_test_add_func ("/open/read-only-folder", test_read_only_folder);
  g_test_add_func ("/open/cannot-create", test_cannot_create);

  return g_test_run ();
}
