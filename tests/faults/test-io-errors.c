#include "config.h"

#include "db/fika-backup.h"
#include "db/fika-db-private.h"
#include "db/fika-log.h"

#include "base/fika-error.h"
#include "fika-fault-vfs.h"
#include "fika-test.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MIGRATED "/org/fikaplanner/Fika/test/two"

/*
 * Reliability, rows 5, 6 and 15: the disk fails or is full at any one call, once or from then on.
 * What was acknowledged stays, what was not is whole or absent, the connection goes on reading, and
 * when the disk is well again all is well again.
 */

#define N_PEOPLE 6

/* What a run of the scenario was told. */
typedef struct
{
  gboolean acknowledged[N_PEOPLE];
  gboolean attempted[N_PEOPLE];
} Outcome;

static void
check_error (GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == FIKA_ERROR);
  /* A disk that fails has not damaged, replaced or outgrown anything. */
  if (error->code != FIKA_ERROR_FAILED && error->code != FIKA_ERROR_FULL)
    g_error ("unexpected error %d: %s", error->code, error->message);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static gboolean
add_person (FikaDb *db, int i, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO person (uid, name, folded, created) VALUES ('%d', 'A', 'a', 0);"
      "INSERT INTO tie (person, tie) VALUES (last_insert_rowid (), 'friend');"
      "INSERT INTO tie (person, tie) VALUES ((SELECT max (id) FROM person), 'b');",
      i);

  if (!fika_log_begin (db, "Add", "window", 1, error))
    return FALSE;
  if (!fika_db_exec (db, sql, error))
    {
      fika_log_rollback (db);
      return FALSE;
    }
  return fika_log_commit (db, error);
}

static void
note (FikaDb *db, Outcome *outcome, int i)
{
  g_autoptr (GError) error = NULL;

  outcome->attempted[i] = TRUE;
  outcome->acknowledged[i] = add_person (db, i, &error);
  if (!outcome->acknowledged[i])
    check_error (error);
  g_assert_false (fika_db_in_transaction (db));
}

/* Where only half of it worked, which of those added so far are there is not known. */
static void
undo_and_redo (FikaDb *db, Outcome *outcome)
{
  Outcome before = *outcome;
  g_autoptr (GError) error = NULL;

  if (!fika_log_begin_undo (db, "window", 1, NULL, &error))
    {
      /* Before anything was added there is nothing to undo. */
      if (!g_error_matches (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
        check_error (error);
      return;
    }
  memset (outcome->acknowledged, 0, sizeof outcome->acknowledged);
  if (!fika_log_commit (db, &error) || !fika_log_begin_redo (db, "window", 1, NULL, &error)
      || !fika_log_commit (db, &error))
    check_error (error);
  else
    *outcome = before;
}

/* Opens, writes, undoes, redoes, copies, closes; whatever fails, it goes on with the next. */
static void
run_scenario (const char *folder, const char *migrations, Outcome *outcome)
{
  g_autofree char *path = fika_test_database_path (folder);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  FikaBackupInfo *info;
  FikaDb *db = fika_db_open_from (path, migrations, &error);

  if (db == NULL)
    {
      check_error (error);
      return;
    }
  g_assert_false (fika_db_is_read_only (db));

  for (int i = 1; i < 4; i++)
    note (db, outcome, i);
  undo_and_redo (db, outcome);

  info = fika_backup_write (db, copy, &error);
  if (info == NULL)
    check_error (error);
  g_clear_error (&error);
  g_clear_pointer (&info, fika_backup_info_free);
  note (db, outcome, 4);
  note (db, outcome, 5);
  g_assert_false (fika_db_has_busy_statement (db));
  g_assert_finalize_object (db);
}

static void
check_after (const char *folder, const char *migrations, const Outcome *outcome)
{
  g_autofree char *path = fika_test_database_path (folder);
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  FikaBackupInfo *info;
  FikaDb *db = fika_db_open_from (path, migrations, &error);

  g_assert_no_error (error);
  g_assert_false (fika_db_is_read_only (db));
  g_assert_true (fika_db_check (db, &error));
  g_assert_no_error (error);

  /* The one that was there before, and each that was acknowledged. */
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person WHERE uid = '0'"), ==, 1);
  for (int i = 1; i < N_PEOPLE; i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM person WHERE uid = '%d'", i);
      int64_t n = fika_test_query_int (db, sql);

      if (outcome->acknowledged[i])
        g_assert_cmpint (n, ==, 1);
      else if (!outcome->attempted[i])
        g_assert_cmpint (n, ==, 0);
      else
        g_assert_cmpint (n, <=, 1);
    }
  /* Whole or absent. */
  g_assert_cmpint (
      fika_test_query_int (db, "SELECT count(*) FROM person AS p WHERE (SELECT count(*) FROM tie "
                               "WHERE person = p.id) <> 2"),
      ==, 0);
  g_assert_cmpint (fika_test_query_int (db, "SELECT action FROM log_state"), ==, 0);

  /* A backup that has its name is whole. */
  if (g_file_test (copy, G_FILE_TEST_EXISTS))
    {
      info = fika_backup_read_info (copy, &error);
      g_assert_no_error (error);
      g_assert_cmpint (info->people, >=, 1);
      fika_backup_info_free (info);
    }

  /* And it works again. */
  g_assert_true (add_person (db, 100, &error));
  g_assert_no_error (error);
  g_assert_true (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (db);
}

static void
prepare (const char *folder)
{
  g_autoptr (GError) error = NULL;
  FikaDb *db = fika_test_database_open (folder);

  g_assert_true (add_person (db, 0, &error));
  g_assert_no_error (error);
  g_assert_finalize_object (db);
}

/* Every @step-th call fails in turn, until a run gets by without meeting its fault. */
static void
run_all (FikaFault fault, gboolean lasting, const char *migrations, int step)
{
  int64_t n = 1 + g_test_rand_int_range (0, step);
  int runs = 0;

  for (;; n += step, runs++)
    {
      g_auto (FikaTestFolder) folder = fika_test_folder_new ();
      Outcome outcome = { 0 };

      prepare (folder);
      fika_fault_vfs_arm (fault, n, lasting);
      run_scenario (folder, migrations, &outcome);
      fika_fault_vfs_disarm ();
      check_after (folder, migrations, &outcome);
      if (!fika_fault_vfs_was_hit ())
        break;
    }
  g_test_message ("%d runs, up to call %" G_GINT64_FORMAT, runs, n);
  g_assert_cmpint (runs, >, 1);
}

static int
stride (void)
{
  return g_test_slow () ? 1 : 43;
}

static void
test_io_once (void)
{
  run_all (FIKA_FAULT_IO, FALSE, FIKA_DB_SQL_RESOURCES, stride ());
}

static void
test_io_lasting (void)
{
  run_all (FIKA_FAULT_IO, TRUE, FIKA_DB_SQL_RESOURCES, stride ());
}

static void
test_full_once (void)
{
  run_all (FIKA_FAULT_FULL, FALSE, FIKA_DB_SQL_RESOURCES, g_test_slow () ? 1 : 17);
}

static void
test_full_lasting (void)
{
  run_all (FIKA_FAULT_FULL, TRUE, FIKA_DB_SQL_RESOURCES, g_test_slow () ? 1 : 17);
}

static void
test_migration_io (void)
{
  run_all (FIKA_FAULT_IO, FALSE, MIGRATED, stride ());
}

static void
test_migration_full (void)
{
  run_all (FIKA_FAULT_FULL, TRUE, MIGRATED, g_test_slow () ? 1 : 17);
}

/* A fault while the file is made does not leave one that the next start refuses. */
static void
test_creation (void)
{
  int step = g_test_slow () ? 1 : 5;

  for (int64_t n = 1 + g_test_rand_int_range (0, step);; n += step)
    {
      g_auto (FikaTestFolder) folder = fika_test_folder_new ();
      g_autofree char *path = fika_test_database_path (folder);
      g_autoptr (GError) error = NULL;
      FikaDb *db;

      fika_fault_vfs_arm (FIKA_FAULT_IO, n, TRUE);
      db = fika_db_open (path, &error);
      if (db == NULL)
        check_error (error);
      g_clear_object (&db);
      fika_fault_vfs_disarm ();

      db = fika_test_database_open (folder);
      g_assert_false (fika_db_is_read_only (db));
      g_assert_cmpint (fika_db_get_schema (db), ==, FIKA_DB_SCHEMA);
      g_assert_true (fika_db_check (db, NULL));
      g_assert_finalize_object (db);
      if (!fika_fault_vfs_was_hit ())
        break;
    }
}

/* While nothing can be written, reading goes on, the person is told why, and trying again works as
 * soon as there is room. */
static void
test_full_then_room (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = NULL;
  g_autoptr (GError) error = NULL;

  prepare (folder);
  db = fika_test_database_open (folder);
  fika_fault_vfs_arm (FIKA_FAULT_FULL, 1, TRUE);
  for (int i = 0; i < 3; i++)
    {
      g_assert_false (add_person (db, 1, &error));
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FULL);
      g_assert_nonnull (strstr (error->message, "disk is full"));
      g_clear_error (&error);
      g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 1);
    }
  fika_fault_vfs_disarm ();
  g_assert_true (add_person (db, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 2);
}

/* The kernel itself refuses: a file may not grow any more. In a process of its own, for the limit
 * cannot be taken back. */
static void
check_limited (const char *folder)
{
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *notes = g_strnfill (2000000, 'n');
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  struct rlimit limit = { .rlim_cur = 300000, .rlim_max = 300000 };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);

  g_assert_true (fika_log_begin (db, "Note", "window", 1, &error));
  stmt = fika_db_use (db, "UPDATE person SET notes = ?", &error);
  fika_stmt_bind_text (stmt, 1, notes);
  /* It may be written only at the commit. */
  if (fika_stmt_run (stmt, &error))
    {
      g_clear_pointer (&stmt, fika_stmt_release);
      g_assert_false (fika_log_commit (db, &error));
    }
  else
    fika_log_rollback (db);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FULL);
  g_clear_error (&error);
  g_clear_pointer (&stmt, fika_stmt_release);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person WHERE notes = ''"), ==, 1);

  /* The copy would be larger than that, too. */
  g_assert_null (fika_backup_write (db, copy, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FULL);
  g_clear_error (&error);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));

  /* What is small enough still goes. */
  g_assert_true (add_person (db, 1, &error));
  g_assert_no_error (error);
}

static void
test_limited (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaDb *db;
  int status;
  pid_t child;

  prepare (folder);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      check_limited (folder);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);

  db = fika_test_database_open (folder);
  g_assert_true (fika_db_check (db, NULL));
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 2);
  g_assert_finalize_object (db);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fika_fault_vfs_register ();

  g_test_add_func ("/io-errors/006-once", test_io_once);
  g_test_add_func ("/io-errors/006-lasting", test_io_lasting);
  g_test_add_func ("/io-errors/005-full-once", test_full_once);
  g_test_add_func ("/io-errors/005-full-lasting", test_full_lasting);
  g_test_add_func ("/io-errors/015-migration", test_migration_io);
  g_test_add_func ("/io-errors/015-migration-full", test_migration_full);
  g_test_add_func ("/io-errors/creation", test_creation);
  g_test_add_func ("/io-errors/005-full-then-room", test_full_then_room);
  g_test_add_func ("/io-errors/005-limited", test_limited);

  return g_test_run ();
}
