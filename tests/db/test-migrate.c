#include "config.h"

#include "db/fika-db-private.h"

#include "base/fika-error.h"
#include "db/fika-backup.h"
#include "db/fika-log.h"
#include "fika-test.h"

#define MIGRATIONS "/org/fikaplanner/Fika/test/"

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

/* A database of schema 1 with Ada in it, closed. */
static char *
make (const char *folder)
{
  FikaDb *db = fika_test_database_open (folder);

  act (db, "INSERT INTO person (uid, name, folded, created) VALUES ('a', 'Ada', 'ada', 0);"
           "INSERT INTO tie (person, tie) VALUES (1, 'friend')");
  g_assert_finalize_object (db);
  return fika_test_database_path (folder);
}

static char *
schema_of (FikaDb *db)
{
  return fika_test_query_text (
      db, "SELECT group_concat (type || ' ' || name || ': ' || sql, char (10)) "
          "FROM (SELECT type, name, sql FROM sqlite_schema "
          "WHERE sql IS NOT NULL ORDER BY type, name)");
}

static void
test_upgrade (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *backups = g_build_filename (folder, "fika", "backups", NULL);
  g_autofree char *fresh_path = g_build_filename (folder, "fresh.db", NULL);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *name = NULL;
  g_autofree char *migrated = NULL;
  g_autofree char *fresh_schema = NULL;
  FikaDb *db = fika_db_open_from (path, MIGRATIONS "two", &error);
  FikaDb *fresh = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (fika_db_get_schema (db), ==, 2);
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA user_version"), ==, 2);
  g_assert_cmpint (fika_test_query_int (db, "PRAGMA foreign_keys"), ==, 1);
  name = fika_test_query_text (db, "SELECT name FROM person");
  g_assert_cmpstr (name, ==, "Ada");
  g_assert_cmpint (fika_test_query_int (db, "SELECT days FROM circle WHERE id = 3"), ==, 30);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM tie"), ==, 1);

  /* As fresh, log included. */
  fresh = fika_db_open_from (fresh_path, MIGRATIONS "two", &error);
  g_assert_no_error (error);
  migrated = schema_of (db);
  fresh_schema = schema_of (fresh);
  g_assert_nonnull (strstr (migrated, "log_wish_d"));
  g_assert_cmpstr (migrated, ==, fresh_schema);
  g_assert_finalize_object (fresh);

  /* What was done before cannot be undone, what is done now can. */
  g_assert_false (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  before = fika_test_dump (db);
  act (db, "UPDATE circle SET colour = 'green'; INSERT INTO wish (person, text) VALUES (1, 'tea')");
  g_assert_true (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
  {
    g_autofree char *after = fika_test_dump (db);

    g_assert_cmpstr (after, ==, before);
  }

  /* A copy from before was kept. */
  kept = fika_backup_list (backups);
  g_assert_cmpuint (kept->len, ==, 1);
  g_assert_cmpint (((FikaBackupInfo *) kept->pdata[0])->people, ==, 1);
  g_assert_finalize_object (db);

  /* The older Fika only looks. */
  db = fika_test_database_open (folder);
  g_assert_true (fika_db_is_read_only (db));
  g_assert_finalize_object (db);
}

static void
check_refused (const char *migrations, int code)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = make (folder);
  g_autofree char *backups = g_build_filename (folder, "fika", "backups", NULL);
  g_autofree char *schema = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *schema_after = NULL;
  g_autofree char *dump_after = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  FikaDb *db = fika_test_database_open (folder);

  schema = schema_of (db);
  dump = fika_test_dump (db);
  g_assert_finalize_object (db);

  g_assert_null (fika_db_open_from (path, migrations, &error));
  g_assert_error (error, FIKA_ERROR, code);

  db = fika_test_database_open (folder);
  g_assert_false (fika_db_is_read_only (db));
  schema_after = schema_of (db);
  dump_after = fika_test_dump (db);
  g_assert_cmpstr (schema_after, ==, schema);
  g_assert_cmpstr (dump_after, ==, dump);
  g_assert_true (fika_log_begin_undo (db, "window", 1, NULL, NULL));
  g_assert_true (fika_log_commit (db, NULL));
  g_assert_finalize_object (db);

  kept = fika_backup_list (backups);
  g_assert_cmpuint (kept->len, ==, 1);
}

/* Reliability, row 15: a step that fails leaves the data as it was. */
static void
test_wrong (void)
{
  check_refused (MIGRATIONS "wrong", FIKA_ERROR_FAILED);
}

static void
test_orphan (void)
{
  check_refused (MIGRATIONS "orphan", FIKA_ERROR_DAMAGED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/migrate/upgrade", test_upgrade);
  g_test_add_func ("/migrate/wrong", test_wrong);
  g_test_add_func ("/migrate/orphan", test_orphan);

  return g_test_run ();
}
