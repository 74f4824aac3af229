#include "config.h"

#include "db/fika-db.h"

#include "base/fika-error.h"
#include "fika-test.h"

static FikaStmt *
use (FikaDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  FikaStmt *stmt = fika_db_use (db, sql, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stmt);
  return stmt;
}

static void
test_values (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaStmt) stmt = use (db, "SELECT ?1, ?2, ?3, ?4, typeof (?2)");
  g_autofree char *copy = NULL;
  const char *text = "Jürgen \xf0\x9f\x91\x8b שלום \"quoted\" \\ \t\n\x01";

  fika_stmt_bind_int (stmt, 1, INT64_MIN);
  fika_stmt_bind_text (stmt, 2, text);
  fika_stmt_bind_null (stmt, 3);
  fika_stmt_bind_text (stmt, 4, NULL);
  g_assert_true (fika_stmt_step (stmt, NULL));
  g_assert_cmpint (fika_stmt_int (stmt, 0), ==, INT64_MIN);
  g_assert_cmpstr (fika_stmt_text (stmt, 1), ==, text);
  copy = fika_stmt_dup_text (stmt, 1);
  g_assert_false (fika_stmt_is_null (stmt, 1));
  g_assert_true (fika_stmt_is_null (stmt, 2));
  g_assert_true (fika_stmt_is_null (stmt, 3));
  g_assert_null (fika_stmt_text (stmt, 2));
  g_assert_null (fika_stmt_dup_text (stmt, 3));
  g_assert_cmpint (fika_stmt_int (stmt, 2), ==, 0);
  g_assert_cmpstr (fika_stmt_text (stmt, 4), ==, "text");
  g_assert_false (fika_stmt_step (stmt, NULL));
  g_assert_cmpstr (copy, ==, text);
}

/* After its last row a statement can run again, with its parameters or with others. */
static void
test_again (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaStmt) stmt = use (db, "SELECT ?1 + ?2");

  fika_stmt_bind_int (stmt, 1, 20);
  fika_stmt_bind_int (stmt, 2, 1);
  g_assert_true (fika_stmt_step (stmt, NULL));
  g_assert_cmpint (fika_stmt_int (stmt, 0), ==, 21);
  g_assert_false (fika_stmt_step (stmt, NULL));
  fika_stmt_bind_int (stmt, 2, 2);
  g_assert_true (fika_stmt_step (stmt, NULL));
  g_assert_cmpint (fika_stmt_int (stmt, 0), ==, 22);
}

/* A statement that is lent out is not lent a second time; one given back has forgotten all. */
static void
test_lending (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  const char *sql = "SELECT id, ?1 FROM circle ORDER BY id";
  FikaStmt *outer = use (db, sql);
  FikaStmt *inner;
  FikaStmt *first = outer;
  int rows = 0;

  fika_stmt_bind_int (outer, 1, 7);
  while (fika_stmt_step (outer, NULL))
    {
      inner = use (db, sql);
      g_assert_true (inner != outer);
      g_assert_true (fika_stmt_step (inner, NULL));
      g_assert_cmpint (fika_stmt_int (inner, 0), ==, 1);
      g_assert_true (fika_stmt_is_null (inner, 1));
      fika_stmt_release (inner);
      g_assert_cmpint (fika_stmt_int (outer, 0), ==, ++rows);
      g_assert_cmpint (fika_stmt_int (outer, 1), ==, 7);
    }
  g_assert_cmpint (rows, ==, 4);
  fika_stmt_release (outer);

  outer = use (db, sql);
  g_assert_true (outer == first);
  g_assert_true (fika_stmt_step (outer, NULL));
  g_assert_true (fika_stmt_is_null (outer, 1));
  g_assert_true (fika_db_has_busy_statement (db));
  fika_stmt_release (outer);
  g_assert_false (fika_db_has_busy_statement (db));
}

static void
test_mistakes (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaStmt) stmt = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (fika_db_use (db, "SELECT nothing FROM nowhere", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);

  stmt = use (db, "SELECT ?1");
  fika_stmt_bind_int (stmt, 2, 1);
  g_assert_false (fika_stmt_step (stmt, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
}

/* Without the lock nothing is written. */
static void
test_write_outside (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (FikaStmt) stmt = use (db, "UPDATE log_state SET action = 3");
  g_autoptr (GError) error = NULL;

  g_assert_false (fika_stmt_run (stmt, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_assert_cmpint (fika_test_query_int (db, "SELECT action FROM log_state"), ==, 0);
}

/* A statement keeps its connection. */
static void
test_outlives (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaDb *db = fika_test_database_open (folder);
  FikaStmt *stmt = use (db, "SELECT count(*) FROM circle");

  g_object_unref (db);
  g_assert_true (fika_stmt_step (stmt, NULL));
  g_assert_cmpint (fika_stmt_int (stmt, 0), ==, 4);
  fika_stmt_release (stmt);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/statement/values", test_values);
  g_test_add_func ("/statement/again", test_again);
  g_test_add_func ("/statement/lending", test_lending);
  g_test_add_func ("/statement/mistakes", test_mistakes);
  g_test_add_func ("/statement/write-outside-transaction", test_write_outside);
  g_test_add_func ("/statement/outlives-its-owner", test_outlives);

  return g_test_run ();
}
