#include "config.h"

#include "store/fika-series-table.h"

#include "base/fika-error.h"
#include "store/fika-rows-private.h"
#include "store/fika-tables-private.h"

#include <glib/gi18n-lib.h>

enum
{
  LOAD,
  INSERT,
  UPDATE,
  DELETE,
  SELECT_PEOPLE,
  SELECT_PEOPLE_PARTS,
  INSERT_PERSON,
  UPDATE_PERSON,
  DELETE_PERSON,
  SELECT_LEADS,
  INSERT_LEAD,
  UPDATE_LEAD,
  DELETE_LEAD,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [LOAD] = "SELECT uid, kind, title, start, win, zone, minutes, place, link, notes, grp, rule,"
           " after_days, sample, created FROM series WHERE id = ?1",
  [INSERT] = "INSERT INTO series (uid, kind, title, start, win, zone, minutes, place, link, notes,"
             " grp, rule, after_days, sample, created) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
             " ?11, ?12, ?13, ?14, ?15, ?1)",
  [UPDATE] = "UPDATE series SET (uid, kind, title, start, win, zone, minutes, place, link, notes,"
             " grp, rule, after_days, sample) = (coalesce (nullif (?2, ''), uid), ?3, ?4, ?5, ?6,"
             " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) WHERE id = ?1",
  [DELETE] = "DELETE FROM series WHERE id = ?1",

  [SELECT_PEOPLE] = "SELECT person FROM series_person WHERE series = ?1 ORDER BY position, id",
  [SELECT_PEOPLE_PARTS] = "SELECT id, person, position FROM series_person WHERE series = ?1",
  [INSERT_PERSON] = "INSERT INTO series_person (series, person, position) VALUES (?1, ?2, ?3)",
  [UPDATE_PERSON] = "UPDATE series_person SET (person, position) = (?2, ?3) WHERE id = ?1",
  [DELETE_PERSON] = "DELETE FROM series_person WHERE id = ?1",

  [SELECT_LEADS] = "SELECT id, minutes FROM lead WHERE series = ?1 ORDER BY minutes",
  [INSERT_LEAD] = "INSERT INTO lead (series, minutes) VALUES (?1, ?2)",
  [UPDATE_LEAD] = "UPDATE lead SET minutes = ?2 WHERE id = ?1",
  [DELETE_LEAD] = "DELETE FROM lead WHERE id = ?1",
};

const FikaStatements fika_series_table_statements = { "series", sql, N_SQL };

/* Both writes bind alike; ?1 is the id or, for a new row, the time. */
static gboolean
bind (FikaStmt *stmt, FikaSeries *draft, const char *uid, int64_t first, GError **error)
{
  FikaPlan *plan = FIKA_PLAN (draft);
  FikaGroup *group = fika_plan_get_group (plan);
  FikaCivil start = fika_plan_get_start (plan);
  const char *rule = fika_series_get_rule (draft);

  if (start == FIKA_CIVIL_NONE)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Choose a day and a time for it to begin."));
      return FALSE;
    }
  if ((*rule == '\0') == (fika_series_get_after_days (draft) == 0))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Choose either fixed days or a number of days after the last time."));
      return FALSE;
    }
  if (group != NULL && fika_group_get_id (group) == 0)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Save the group first, then plan time with it."));
      return FALSE;
    }

  fika_stmt_bind_int (stmt, 1, first);
  fika_stmt_bind_text (stmt, 2, uid);
  fika_stmt_bind_text (stmt, 3, fika_kind_to_key (fika_plan_get_kind (plan)));
  fika_stmt_bind_text (stmt, 4, fika_plan_get_title (plan));
  fika_column_bind_civil (stmt, 5, start);
  fika_stmt_bind_text (stmt, 6, fika_window_to_string (fika_plan_get_window (plan)));
  fika_stmt_bind_text (stmt, 7, fika_plan_get_zone (plan));
  fika_stmt_bind_int (stmt, 8, fika_plan_get_minutes (plan));
  fika_stmt_bind_text (stmt, 9, fika_plan_get_place (plan));
  fika_stmt_bind_text (stmt, 10, fika_plan_get_link (plan));
  fika_stmt_bind_text (stmt, 11, fika_plan_get_notes (plan));
  fika_column_bind_id (stmt, 12, group != NULL ? fika_group_get_id (group) : 0);
  fika_stmt_bind_text (stmt, 13, rule);
  fika_stmt_bind_int (stmt, 14, fika_series_get_after_days (draft));
  fika_stmt_bind_int (stmt, 15, fika_plan_get_sample (plan));
  return TRUE;
}

static FikaSeries *
read_row (FikaStmt *stmt, int64_t id)
{
  FikaKind kind = FIKA_KIND_OTHER;
  FikaWindow window = FIKA_WINDOW_EXACT;
  FikaSeries *series;
  FikaPlan *plan;

  fika_kind_parse (fika_column_string (stmt, 1), &kind);
  fika_window_parse (fika_column_string (stmt, 4), &window);

  series = fika_series_new (kind, fika_column_civil (stmt, 3));
  plan = FIKA_PLAN (series);
  fika_plan_set_row (plan, id, fika_stmt_int (stmt, 14));
  fika_plan_set_uid (plan, fika_column_string (stmt, 0));
  fika_plan_set_title (plan, fika_column_string (stmt, 2));
  fika_plan_set_window (plan, window);
  fika_plan_set_zone (plan, fika_column_string (stmt, 5));
  fika_plan_set_minutes (plan, (int) fika_stmt_int (stmt, 6));
  fika_plan_set_place (plan, fika_column_string (stmt, 7));
  fika_plan_set_link (plan, fika_column_string (stmt, 8));
  fika_plan_set_notes (plan, fika_column_string (stmt, 9));
  fika_series_set_rule (series, fika_column_string (stmt, 11));
  fika_series_set_after_days (series, (int) fika_stmt_int (stmt, 12));
  fika_plan_set_sample (plan, fika_stmt_int (stmt, 13) != 0);
  return series;
}

FikaSeries *
fika_series_table_load (FikaStore *store, int64_t id, GError **error)
{
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[LOAD], error);
  GError *local_error = NULL;
  int64_t grp;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    {
      if (fika_propagate (error, local_error))
        fika_set_not_found (error, _ ("This series is no longer there."));
      return NULL;
    }
  series = read_row (stmt, id);
  grp = fika_stmt_int (stmt, 10);
  if (grp != 0)
    {
      g_autoptr (FikaGroup) group = fika_store_get_group (store, grp, error);

      if (group == NULL)
        return NULL;
      fika_plan_set_group (FIKA_PLAN (series), group);
    }
  if (!fika_plan_read_parts (store, FIKA_PLAN (series), sql[SELECT_PEOPLE], sql[SELECT_LEADS],
                             error))
    return NULL;
  return g_steal_pointer (&series);
}

static gboolean
write_parts (FikaStore *store, int64_t id, FikaSeries *draft, GError **error)
{
  const FikaPartTable people = {
    sql[SELECT_PEOPLE_PARTS], sql[INSERT_PERSON], sql[UPDATE_PERSON], sql[DELETE_PERSON], 2, 1
  };
  const FikaPartTable leads
      = { sql[SELECT_LEADS], sql[INSERT_LEAD], sql[UPDATE_LEAD], sql[DELETE_LEAD], 1, 1 };
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (GPtrArray) people_parts = fika_plan_people_to_parts (FIKA_PLAN (draft), error);
  g_autoptr (GPtrArray) lead_parts = fika_plan_leads_to_parts (FIKA_PLAN (draft));

  return people_parts != NULL && fika_parts_write (db, &people, id, people_parts, NULL, error)
         && fika_parts_write (db, &leads, id, lead_parts, NULL, error);
}

/**
 * fika_series_table_insert:
 * @store: a store in a transaction
 * @draft: what to write; a uid is made up where it has none
 * @error: return location for an error
 *
 * Returns: the new row's id, or 0
 */
int64_t
fika_series_table_insert (FikaStore *store, FikaSeries *draft, GError **error)
{
  g_autofree char *uid = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  int64_t created;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), 0);
  g_return_val_if_fail (FIKA_IS_SERIES (draft), 0);

  stmt = fika_db_use (fika_store_get_db (store), sql[INSERT], error);
  if (stmt == NULL)
    return 0;
  uid = fika_uid_or_new (fika_plan_get_uid (FIKA_PLAN (draft)));
  created = fika_created_or_now (store, fika_plan_get_created (FIKA_PLAN (draft)));
  if (!bind (stmt, draft, uid, created, error) || !fika_stmt_run (stmt, error))
    return 0;
  id = fika_db_last_id (fika_store_get_db (store));
  return write_parts (store, id, draft, error) ? id : 0;
}

/**
 * fika_series_table_update:
 * @store: a store in a transaction
 * @id: the row's id
 * @draft: what the row is to be
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_series_table_update (FikaStore *store, int64_t id, FikaSeries *draft, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_SERIES (draft), FALSE);

  stmt = fika_db_use (fika_store_get_db (store), sql[UPDATE], error);
  if (stmt == NULL || !bind (stmt, draft, fika_plan_get_uid (FIKA_PLAN (draft)), id, error)
      || !fika_stmt_run (stmt, error))
    return FALSE;
  if (fika_db_n_changed (fika_store_get_db (store)) == 0)
    return fika_set_not_found (error, _ ("This series is no longer there."));
  return write_parts (store, id, draft, error);
}

/**
 * fika_series_table_delete:
 * @store: a store in a transaction
 * @id: the row's id
 * @error: return location for an error
 *
 * Deletes a series with all parts and the catch-ups that stand for its occurrences.
 *
 * Returns: whether it was deleted; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_series_table_delete (FikaStore *store, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_table_delete (store, sql[DELETE], id, _ ("This series is no longer there."), error);
}
