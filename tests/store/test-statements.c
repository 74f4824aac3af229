#include "config.h"

#include "fika-test-store.h"

#include "store/fika-store-private.h"
#include "store/fika-tables-private.h"

#define NOW "2026-05-04T09:00"

/* What may read a whole table, by the beginning of its text. (The indexes of sample rows hold
 * nothing else, so reading one whole is fine for any.) */
static const char *const allowed_scans[] = {
  /* Small tables. */
  "SELECT id, key, name, ideal, latest FROM circle",
  "DELETE FROM tag WHERE NOT EXISTS",
  "SELECT id, name, '', archived FROM grp",
  /* Only the first row. */
  "SELECT NOT EXISTS (SELECT 1 FROM person)",
  "SELECT max (due, (SELECT paused_until FROM cache_state WHERE id = 1)) FROM reminder WHERE state"
  " IN ('pending', 'posting')",
  /* Of one person. */
  "SELECT * FROM (SELECT id, uid, person, 0 AS promise",
  /* When the zone changed, or all is checked. */
  "SELECT id FROM catchup INDEXED BY catchup_planned",
  "SELECT id FROM series UNION",
  "SELECT person FROM occasion UNION",
  "SELECT id FROM grp WHERE next_step_day",
  "SELECT s.rowid FROM person_search s",
  /* When next to nothing was found by words' beginnings. */
  "SELECT rowid, text FROM person_search",
};

/* Likewise, as whole texts. */
static const char *const allowed_whole[] = {
  "SELECT id FROM catchup",
  "SELECT id FROM series",
  "SELECT id FROM person",
  "SELECT id FROM catchup ORDER BY id",
  "SELECT id FROM series ORDER BY id",
  "SELECT id FROM person ORDER BY id",
  "SELECT id FROM grp ORDER BY id",
  NULL,
};

/* What must come in order from an index. */
static const char *const sorted_by_index[] = {
  "SELECT id FROM catchup WHERE utc >= ?1 AND utc < ?2 ORDER BY utc",
  "SELECT max (due, (SELECT paused_until FROM cache_state WHERE id = 1)) FROM reminder",
  "SELECT p.id FROM person p WHERE p.archived = ?1 ORDER BY p.folded, p.id",
};

static gboolean
begins_with_one (const char *sql, const char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    if (g_str_has_prefix (sql, texts[i]))
      return TRUE;
  return FALSE;
}

/* A search text looked up by words or by its person is no scan, though it is called one; those
 * within words are read only where few were found. */
static gboolean
is_search (const char *detail, const char *sql)
{
  return strstr (detail, "VIRTUAL TABLE INDEX 0:=") != NULL
         || strstr (detail, "VIRTUAL TABLE INDEX 0:M") != NULL
         || (strstr (detail, "person_search VIRTUAL TABLE INDEX 0:") != NULL
             && strstr (sql, "UNION SELECT rowid FROM person_search WHERE text LIKE") != NULL);
}

static void
for_each_statement (FikaDb *db, void (*check) (FikaDb *db, const char *name, const char *sql))
{
  for (const FikaStatements *const *all = fika_store_statements (); *all != NULL; all++)
    for (guint i = 0; i < (*all)->n_sql; i++)
      check (db, (*all)->name, (*all)->sql[i]);
}

static void
check_prepares (FikaDb *db, const char *name, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  g_assert_nonnull (sql);
  stmt = fika_db_use (db, sql, &error);
  if (error != NULL)
    g_error ("%s: %s: %s", name, sql, error->message);
  g_assert_nonnull (stmt);
}

static void
test_prepare (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);

  for_each_statement (db, check_prepares);
  g_assert_false (fika_db_has_busy_statement (db));
}

static void
check_plan (FikaDb *db, const char *name, const char *sql)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (db, explain, &error);

  g_assert_no_error (error);
  while (fika_stmt_step (stmt, &error))
    {
      const char *detail = fika_stmt_text (stmt, 3);

      if (g_str_has_prefix (detail, "SCAN ") && strstr (detail, "CONSTANT ROW") == NULL
          && strstr (detail, "_sample") == NULL && !is_search (detail, sql)
          && !g_strv_contains (allowed_whole, sql)
          && !begins_with_one (sql, allowed_scans, G_N_ELEMENTS (allowed_scans)))
        g_error ("%s reads a whole table: %s: %s", name, detail, sql);
      if (g_str_has_prefix (detail, "USE TEMP B-TREE")
          && begins_with_one (sql, sorted_by_index, G_N_ELEMENTS (sorted_by_index)))
        g_error ("%s sorts: %s", name, sql);
    }
  g_assert_no_error (error);
}

static void
test_plans (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaDb) db = fika_test_database_open (folder);

  /* To explain a write counts as one. */
  g_assert_true (fika_db_begin (db, NULL));
  for_each_statement (db, check_plan);
  fika_db_rollback (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/statements/prepare", test_prepare);
  g_test_add_func ("/store/statements/plans", test_plans);

  return g_test_run ();
}
