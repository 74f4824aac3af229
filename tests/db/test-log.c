#include "config.h"

#include "db/fika-log.h"

#include "base/fika-error.h"
#include "fika-test.h"

static void
begin (FikaDb *db, const char *label)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_log_begin (db, label, "window", 1000, &error));
  g_assert_no_error (error);
}

static void
run (FikaDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_db_exec (db, sql, &error));
  g_assert_no_error (error);
}

static void
commit (FikaDb *db)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_log_commit (db, &error));
  g_assert_no_error (error);
  g_assert_false (fika_db_in_transaction (db));
  g_assert_false (fika_db_has_busy_statement (db));
}

static void
act (FikaDb *db, const char *label, const char *sql)
{
  begin (db, label);
  run (db, sql);
  commit (db);
}

static void
undo (FikaDb *db, const char *expected_label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_assert_true (fika_log_begin_undo (db, "window", 2000, &label, &error));
  g_assert_no_error (error);
  if (expected_label != NULL)
    g_assert_cmpstr (label, ==, expected_label);
  commit (db);
}

static void
redo (FikaDb *db, const char *expected_label)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_assert_true (fika_log_begin_redo (db, "window", 3000, &label, &error));
  g_assert_no_error (error);
  if (expected_label != NULL)
    g_assert_cmpstr (label, ==, expected_label);
  commit (db);
}

static void
assert_nothing_to_undo (FikaDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = fika_log_undo_label (db);

  g_assert_null (label);
  g_assert_false (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "There is nothing to undo.");
  g_assert_false (fika_db_in_transaction (db));
}

static void
assert_nothing_to_redo (FikaDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = fika_log_redo_label (db);

  g_assert_null (label);
  g_assert_false (fika_log_begin_redo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "There is nothing to redo.");
  g_assert_false (fika_db_in_transaction (db));
}

#define ADD_ADA                                                                                    \
  "INSERT INTO person (id, uid, name, folded, created) VALUES (1, 'a', 'Ada', 'ada', 0);"
#define ADD_BEN                                                                                    \
  "INSERT INTO person (id, uid, name, folded, created) VALUES (2, 'b', 'Ben', 'ben', 0);"

static void
test_changes (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GArray) later = NULL;
  g_autoptr (GArray) none = NULL;
  FikaChange *change;

  g_assert_cmpint (fika_log_last_seq (db), ==, 0);
  g_assert_cmpint (fika_log_current_action (db), ==, 0);
  begin (db, "Add Ada");
  g_assert_cmpint (fika_log_current_action (db), ==, 1);
  run (db, ADD_ADA "INSERT INTO tie (id, person, tie) VALUES (5, 1, 'friend');"
                   "UPDATE tie SET tie = 'mentor' WHERE id = 5;"
                   "DELETE FROM person WHERE id = 1;");

  /* Those of the open transaction are seen, cascades included: the child goes first. */
  changes = fika_log_changes_since (db, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 5);
  change = &g_array_index (changes, FikaChange, 0);
  g_assert_cmpint (change->seq, ==, 1);
  g_assert_true (change->table == g_intern_string ("person"));
  g_assert_cmpint (change->row, ==, 1);
  g_assert_cmpint (change->op, ==, FIKA_OP_INSERT);
  g_assert_null (change->before);
  change = &g_array_index (changes, FikaChange, 2);
  g_assert_cmpstr (change->table, ==, "tie");
  g_assert_cmpint (change->row, ==, 5);
  g_assert_cmpint (change->op, ==, FIKA_OP_UPDATE);
  g_assert_cmpstr (change->before, ==, "{\"id\":5,\"person\":1,\"tie\":\"friend\"}");
  change = &g_array_index (changes, FikaChange, 3);
  g_assert_cmpstr (change->table, ==, "tie");
  g_assert_cmpint (change->op, ==, FIKA_OP_DELETE);
  g_assert_cmpstr (change->before, ==, "{\"id\":5,\"person\":1,\"tie\":\"mentor\"}");
  change = &g_array_index (changes, FikaChange, 4);
  g_assert_cmpstr (change->table, ==, "person");
  g_assert_cmpint (change->op, ==, FIKA_OP_DELETE);
  commit (db);

  g_assert_cmpint (fika_log_last_seq (db), ==, 5);
  g_assert_cmpint (fika_log_current_action (db), ==, 0);
  later = fika_log_changes_since (db, 4, &error);
  g_assert_cmpuint (later->len, ==, 1);
  none = fika_log_changes_since (db, 5, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* The image is JSON that SQLite's own reader takes, whatever the text. */
static void
test_image (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) all = g_string_new ("\"'\\/ Jürgen שלום \xf0\x9f\x91\x8b \xe2\x80\xa8");
  FikaStmt *stmt;

  for (char c = 1; c < 0x7f; c++)
    g_string_append_c (all, c);
  begin (db, "Add");
  stmt = fika_db_use (db,
                      "INSERT INTO person (id, uid, name, folded, notes, ideal, latest, created) "
                      "VALUES (1, 'a', 'Ada', 'ada', ?, ?, ?, ?)",
                      &error);
  fika_stmt_bind_text (stmt, 1, all->str);
  fika_stmt_bind_int (stmt, 2, INT64_MAX);
  fika_stmt_bind_null (stmt, 3);
  fika_stmt_bind_int (stmt, 4, INT64_MIN);
  g_assert_true (fika_stmt_run (stmt, &error));
  fika_stmt_release (stmt);
  commit (db);
  act (db, "Remove", "DELETE FROM person WHERE id = 1");

  g_assert_cmpint (
      fika_test_query_int (db, "SELECT json_valid (before) FROM change WHERE op = 'd'"), ==, 1);
  undo (db, "Remove");
  g_assert_cmpint (fika_test_query_int (db, "SELECT ideal FROM person"), ==, INT64_MAX);
  g_assert_cmpint (fika_test_query_int (db, "SELECT created FROM person"), ==, INT64_MIN);
  g_assert_cmpint (fika_test_query_int (db, "SELECT latest IS NULL FROM person"), ==, 1);
  {
    g_autofree char *notes = fika_test_query_text (db, "SELECT notes FROM person");

    g_assert_cmpstr (notes, ==, all->str);
  }
}

static void
test_outside_action (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (fika_db_exec (db, ADD_ADA, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 0);

  act (db, "Add", ADD_ADA);
  g_assert_false (fika_db_exec (db, "UPDATE person SET name = 'Eva'", &error));
  g_clear_error (&error);
  g_assert_false (fika_db_exec (db, "DELETE FROM person", &error));
  g_clear_error (&error);
  begin (db, "Renumber");
  g_assert_false (fika_db_exec (db, "UPDATE person SET id = 7", &error));
  g_assert_nonnull (error);
  fika_log_rollback (db);
}

/* What the machine works out needs no action, and is not undone. */
static void
test_derived (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  int64_t seq;

  act (db, "Plan",
       "INSERT INTO catchup (id, uid, kind, start, utc, created) "
       "VALUES (1, 'c', 'call', '2026-03-01T10:00', 100, 0)");
  seq = fika_log_last_seq (db);
  run (db, "UPDATE catchup SET utc = 200; "
           "INSERT INTO reminder (catchup, lead, start, due) VALUES (1, 10, 200, 190)");
  g_assert_cmpint (fika_log_last_seq (db), ==, seq);
  act (db, "Move", "UPDATE catchup SET start = '2026-03-01T11:00', utc = 300");
  g_assert_cmpint (fika_log_last_seq (db), ==, seq + 1);
}

/* An action that changed nothing is none: pressing Save is not yet something to undo. */
static void
test_nothing_changed (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);

  act (db, "Add Ada", ADD_ADA);
  act (db, "Add Ben", ADD_BEN);
  undo (db, "Add Ben");
  act (db, "Save Ada", "UPDATE person SET name = 'Ada', notes = ''");
  act (db, "Look", "UPDATE log_state SET action = action");
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM action"), ==, 3);
  redo (db, "Add Ben");

  begin (db, "Given up");
  run (db, "DELETE FROM person");
  fika_log_rollback (db);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 2);
  undo (db, "Add Ben");
}

static void
test_order (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autofree char *label = NULL;

  assert_nothing_to_undo (db);
  assert_nothing_to_redo (db);
  act (db, "one", ADD_ADA);
  act (db, "two", "UPDATE person SET notes = 'two'");
  act (db, "three", "UPDATE person SET notes = 'three'");
  undo (db, "three");
  undo (db, "two");
  label = fika_log_redo_label (db);
  g_assert_cmpstr (label, ==, "two");
  redo (db, "two");
  undo (db, "two");
  redo (db, "two");
  redo (db, "three");
  assert_nothing_to_redo (db);
  undo (db, "three");
  undo (db, "two");

  /* Something new takes the place of what was undone. */
  act (db, "four", "UPDATE person SET notes = 'four'");
  assert_nothing_to_redo (db);
  undo (db, "four");
  undo (db, "one");
  assert_nothing_to_undo (db);
  redo (db, "one");
  redo (db, "four");
  assert_nothing_to_redo (db);
  g_clear_pointer (&label, g_free);
  label = fika_log_undo_label (db);
  g_assert_cmpstr (label, ==, "four");
  {
    g_autofree char *notes = fika_test_query_text (db, "SELECT notes FROM person");

    g_assert_cmpstr (notes, ==, "four");
  }
}

static void
test_history (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) first = NULL;
  FikaLogEntry *entry;

  act (db, "one", ADD_ADA);
  act (db, "two", ADD_BEN);
  undo (db, "two");
  entries = fika_log_history (db, 10, NULL);
  g_assert_cmpuint (entries->len, ==, 2);
  entry = entries->pdata[0];
  g_assert_cmpstr (entry->label, ==, "two");
  g_assert_true (entry->undone);
  entry = entries->pdata[1];
  g_assert_cmpstr (entry->label, ==, "one");
  g_assert_cmpstr (entry->source, ==, "window");
  g_assert_cmpint (entry->at, ==, 1000);
  g_assert_false (entry->undone);
  first = fika_log_history (db, 1, NULL);
  g_assert_cmpuint (first->len, ==, 1);
}

/* A log that does not fit the data takes nothing back by halves. */
static void
test_cannot_undo (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  act (db, "Add both", ADD_ADA ADD_BEN);
  /* The log is told of a row that is not there. */
  run (db, "UPDATE change SET row = 99 WHERE row = 1");
  before = fika_test_dump (db);
  g_assert_false (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (fika_db_in_transaction (db));
  after = fika_test_dump (db);
  g_assert_cmpstr (before, ==, after);

  /* Of a table that has no log, or that is none. */
  run (db, "UPDATE change SET row = 1, tbl = 'action' WHERE row = 99");
  g_assert_false (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
  g_clear_error (&error);
  run (db, "UPDATE change SET tbl = 'person\"; DROP TABLE person; --' WHERE tbl = 'action'");
  g_assert_false (fika_log_begin_undo (db, "window", 1, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 2);
}

static void
test_prune (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);
  g_autoptr (GError) error = NULL;
  int64_t seq;

  for (int i = 0; i < 10; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO person (uid, name, folded, created) VALUES ('%d', 'A', 'a', 0)", i);

      g_assert_true (fika_log_begin (db, "Add", "window", 100 + i, &error));
      run (db, sql);
      commit (db);
    }
  seq = fika_log_last_seq (db);

  /* By age: those before 103 go. */
  g_assert_true (fika_log_prune (db, 100, 103, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM action"), ==, 7);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM change"), ==, 7);
  g_assert_cmpint (fika_test_query_int (db, "SELECT min (at) FROM action"), ==, 103);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 10);
  g_assert_cmpint (fika_log_last_seq (db), ==, seq);

  /* By count. */
  g_assert_true (fika_log_prune (db, 2, 0, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM action"), ==, 2);
  undo (db, "Add");
  undo (db, "Add");
  assert_nothing_to_undo (db);
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM person"), ==, 8);

  /* All; what was seen is still counted on. */
  seq = fika_log_last_seq (db);
  g_assert_true (fika_log_prune (db, 0, 0, &error));
  g_assert_cmpint (fika_test_query_int (db, "SELECT count(*) FROM action"), ==, 0);
  g_assert_cmpint (fika_log_last_seq (db), ==, seq);
  act (db, "Remove", "DELETE FROM person WHERE id = 1");
  g_assert_cmpint (fika_log_last_seq (db), ==, seq + 1);
}

/*
 * The property: whatever was done, undoing all of it gives the start back, every step the state
 * before it, and redoing all of it the end; over both connections and after opening again.
 */

static const char *const words[] = {
  "''",
  "'x'",
  "'Zoë'",
  "'\"q\"'",
  "'back\\slash'",
  "'tab' || char (9)",
  "'a' || char (10) || 'b'",
  "'{\"a\":1}'",
  "'null'",
  "'12'",
  "'שלום'",
  "'👋🏽'",
  "char (8232)",
  "'it''s'",
};

static const char *
word (GRand *rand)
{
  return words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
}

static char *
random_sql (GRand *rand)
{
  static guint serial = 0;
  int id = g_rand_int_range (rand, 1, 12);
  int other = g_rand_int_range (rand, 1, 12);

  switch (g_rand_int_range (rand, 0, 25))
    {
    case 0:
    case 1:
    case 2:
      return g_strdup_printf (
          "INSERT INTO person (uid, name, folded, notes, ideal, circle, created) "
          "VALUES ('p%u', 'P' || %s, 'p', %s, %s, %d, %d)",
          serial++, word (rand), word (rand),
          g_rand_boolean (rand) ? "NULL" : "9223372036854775807", 1 + id % 4, -id);
    case 3:
      return g_strdup_printf ("INSERT INTO tie (person, tie) VALUES (%d, %s)", id, word (rand));
    case 4:
      return g_strdup_printf ("INSERT OR REPLACE INTO tag (name, folded) VALUES ('t' || %s, %s)",
                              word (rand), word (rand));
    case 5:
      return g_strdup_printf ("INSERT INTO person_tag (person, tag) VALUES (%d, %d)", id, other);
    case 6:
    case 7:
      return g_strdup_printf ("INSERT INTO grp (uid, name, folded, size, created) "
                              "VALUES ('g%u', 'G' || %s, 'g', -9223372036854775807 - 1, 0)",
                              serial++, word (rand));
    case 8:
      return g_strdup_printf ("INSERT INTO member (grp, person, role) VALUES (%d, %d, %s)", id,
                              other, word (rand));
    case 9:
    case 10:
      return g_strdup_printf ("INSERT INTO series (uid, kind, start, rule, grp, created) "
                              "VALUES ('s%u', 'call', '2026-01-01T10:00', 'FREQ=DAILY', "
                              "(SELECT id FROM grp WHERE id = %d), 0)",
                              serial++, id);
    case 11:
    case 12:
      return g_strdup_printf ("INSERT INTO catchup (uid, series, original, kind, start, utc, grp, "
                              "created) SELECT 'c%u', s, iif (s IS NULL, NULL, '%d'), 'call', "
                              "'2026-01-01T10:00', 0, (SELECT id FROM grp WHERE id = %d), 0 FROM "
                              "(SELECT (SELECT id FROM series WHERE id = %d) AS s)",
                              serial++, g_rand_int_range (rand, 0, 1000), other, id);
    case 13:
      return g_strdup_printf ("INSERT INTO catchup_person (catchup, person, position) "
                              "VALUES (%d, %d, 0)",
                              id, other);
    case 14:
      return g_strdup_printf ("INSERT INTO visit (catchup, again) VALUES (%d, %s)", id,
                              word (rand));
    case 15:
      return g_strdup_printf ("INSERT INTO lead (catchup, minutes) VALUES (%d, %d)", id, other);
    case 16:
      return g_strdup_printf ("INSERT INTO contact (person, kind, value) VALUES (%d, 'phone', "
                              "'+' || %s)",
                              id, word (rand));
    case 17:
      return g_strdup_printf ("UPDATE person SET name = 'N' || %s, notes = %s, latest = %s, "
                              "introduced_by = (SELECT id FROM person WHERE id = %d) WHERE id = %d",
                              word (rand), word (rand), g_rand_boolean (rand) ? "NULL" : "-1",
                              other, id);
    case 18:
      return g_strdup ("UPDATE catchup_person SET position = position + 1");
    case 19:
      return g_strdup_printf ("UPDATE OR REPLACE tag SET folded = %s WHERE id = %d", word (rand),
                              id);
    case 20:
      return g_strdup_printf ("UPDATE catchup SET state = 'happened', notes = %s WHERE id = %d",
                              word (rand), id);
    case 21:
      return g_strdup_printf ("DELETE FROM person WHERE id = %d", id);
    case 22:
      return g_strdup_printf ("DELETE FROM grp WHERE id = %d", id);
    case 23:
      return g_strdup_printf ("DELETE FROM series WHERE id = %d", id);
    default:
      return g_strdup_printf ("DELETE FROM catchup WHERE id = %d", id);
    }
}

/* Some of what is tried does not fit the data (a person that is not there); that is part of it. */
static gboolean
random_action (FikaDb *db, GRand *rand)
{
  int64_t before = fika_log_last_seq (db);
  int n = g_rand_int_range (rand, 1, 8);

  begin (db, "random");
  for (int i = 0; i < n; i++)
    {
      g_autofree char *sql = random_sql (rand);
      g_autoptr (GError) error = NULL;

      if (!fika_db_exec (db, sql, &error))
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
    }
  if (g_rand_int_range (rand, 0, 10) == 0)
    fika_log_rollback (db);
  else
    commit (db);
  return fika_log_last_seq (db) != before;
}

static void
assert_dump (FikaDb *db, GPtrArray *dumps, guint at)
{
  g_autofree char *dump = fika_test_dump (db);

  g_assert_cmpstr (dump, ==, dumps->pdata[at]);
}

static void
run_property (guint32 seed, int n_actions)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GPtrArray) dumps = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  FikaDb *dbs[2] = { fika_test_database_open (folder), fika_test_database_open (folder) };
  guint at = 0; /* the index of the dump that the data is at */

  g_ptr_array_add (dumps, fika_test_dump (dbs[0]));
  for (int i = 0; i < n_actions; i++)
    {
      FikaDb *db = dbs[g_rand_int_range (rand, 0, 2)];
      int choice = g_rand_int_range (rand, 0, 10);

      if (choice == 0 && at > 0)
        {
          undo (db, NULL);
          assert_dump (db, dumps, --at);
        }
      else if (choice == 1 && at + 1 < dumps->len)
        {
          redo (db, NULL);
          assert_dump (db, dumps, ++at);
        }
      else if (random_action (db, rand))
        {
          g_ptr_array_set_size (dumps, (gint) at + 1);
          g_ptr_array_add (dumps, fika_test_dump (db));
          at++;
        }
      if (g_rand_int_range (rand, 0, 30) == 0)
        {
          g_assert_finalize_object (dbs[0]);
          dbs[0] = fika_test_database_open (folder);
        }
    }

  for (int round = 0; round < 2; round++)
    {
      while (at > 0)
        {
          undo (dbs[at % 2], NULL);
          assert_dump (dbs[0], dumps, --at);
        }
      assert_nothing_to_undo (dbs[1]);
      while (at + 1 < dumps->len)
        {
          redo (dbs[at % 2], NULL);
          assert_dump (dbs[0], dumps, ++at);
        }
      assert_nothing_to_redo (dbs[1]);
    }

  g_assert_true (fika_db_check (dbs[0], &error));
  g_assert_no_error (error);
  g_assert_finalize_object (dbs[0]);
  g_assert_finalize_object (dbs[1]);
}

/* Reliability, row 18. */
static void
test_property (void)
{
  int runs = g_test_slow () ? 200 : 6;

  for (int i = 0; i < runs; i++)
    {
      guint32 seed = (guint32) g_test_rand_int ();

      g_test_message ("seed %u", seed);
      run_property (seed, 120);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log/changes", test_changes);
  g_test_add_func ("/log/image", test_image);
  g_test_add_func ("/log/outside-action", test_outside_action);
  g_test_add_func ("/log/derived", test_derived);
  g_test_add_func ("/log/nothing-changed", test_nothing_changed);
  g_test_add_func ("/log/order", test_order);
  g_test_add_func ("/log/history", test_history);
  g_test_add_func ("/log/cannot-undo", test_cannot_undo);
  g_test_add_func ("/log/prune", test_prune);
  g_test_add_func ("/log/property", test_property);

  return g_test_run ();
}
