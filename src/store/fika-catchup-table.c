#include "config.h"

#include "store/fika-catchup-table.h"

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
  SELECT_VISIT,
  INSERT_VISIT,
  UPDATE_VISIT,
  DELETE_VISIT,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [LOAD] = "SELECT c.uid, c.series, c.original, c.kind, c.title, c.start, c.win, c.zone, c.utc,"
           " c.minutes, c.place, c.link, c.notes, c.grp, c.state, c.feeling, c.reached_out,"
           " c.learned, c.sample, c.created, v.again, v.role, v.task, v.volunteer FROM catchup c"
           " LEFT JOIN visit v ON v.catchup = c.id WHERE c.id = ?1",
  [INSERT] = "INSERT INTO catchup (uid, series, original, kind, title, start, win, zone, utc,"
             " minutes, place, link, notes, grp, state, feeling, reached_out, learned, sample,"
             " created) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
             " ?17, ?18, ?19, ?20, ?1)",
  [UPDATE] = "UPDATE catchup SET (uid, series, original, kind, title, start, win, zone, utc,"
             " minutes, place, link, notes, grp, state, feeling, reached_out, learned, sample)"
             " = (coalesce (nullif (?2, ''), uid), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
             " ?14, ?15, ?16, ?17, ?18, ?19, ?20) WHERE id = ?1",
  [DELETE] = "DELETE FROM catchup WHERE id = ?1",

  [SELECT_PEOPLE] = "SELECT person FROM catchup_person WHERE catchup = ?1 ORDER BY position, id",
  [SELECT_PEOPLE_PARTS] = "SELECT id, person, position FROM catchup_person WHERE catchup = ?1",
  [INSERT_PERSON] = "INSERT INTO catchup_person (catchup, person, position) VALUES (?1, ?2, ?3)",
  [UPDATE_PERSON] = "UPDATE catchup_person SET (person, position) = (?2, ?3) WHERE id = ?1",
  [DELETE_PERSON] = "DELETE FROM catchup_person WHERE id = ?1",

  [SELECT_LEADS] = "SELECT id, minutes FROM lead WHERE catchup = ?1 ORDER BY minutes",
  [INSERT_LEAD] = "INSERT INTO lead (catchup, minutes) VALUES (?1, ?2)",
  [UPDATE_LEAD] = "UPDATE lead SET minutes = ?2 WHERE id = ?1",
  [DELETE_LEAD] = "DELETE FROM lead WHERE id = ?1",

  [SELECT_VISIT] = "SELECT id, again, role, task, volunteer FROM visit WHERE catchup = ?1",
  [INSERT_VISIT]
  = "INSERT INTO visit (catchup, again, role, task, volunteer) VALUES (?1, ?2, ?3, ?4, ?5)",
  [UPDATE_VISIT]
  = "UPDATE visit SET (again, role, task, volunteer) = (?2, ?3, ?4, ?5) WHERE id = ?1",
  [DELETE_VISIT] = "DELETE FROM visit WHERE id = ?1",
};

const FikaStatements fika_catchup_table_statements = { "catchup", sql, N_SQL };

/* Both writes bind alike; ?1 is the id or, for a new row, the time. */
static gboolean
bind (FikaStmt *stmt, FikaCatchup *draft, const char *uid, int64_t first, GError **error)
{
  FikaPlan *plan = FIKA_PLAN (draft);
  FikaGroup *group = fika_plan_get_group (plan);
  FikaCivil start = fika_plan_get_start (plan);
  FikaWindow window = fika_plan_get_window (plan);

  if (start == FIKA_CIVIL_NONE)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Choose a day and a time for it."));
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
  fika_column_bind_id (stmt, 3, fika_catchup_get_series_id (draft));
  fika_column_bind_civil (stmt, 4, fika_catchup_get_original (draft));
  fika_stmt_bind_text (stmt, 5, fika_kind_to_key (fika_plan_get_kind (plan)));
  fika_stmt_bind_text (stmt, 6, fika_plan_get_title (plan));
  fika_column_bind_civil (stmt, 7, start);
  fika_stmt_bind_text (stmt, 8, fika_window_to_string (window));
  fika_stmt_bind_text (stmt, 9, fika_plan_get_zone (plan));
  fika_stmt_bind_int (stmt, 10, fika_plan_instant (fika_plan_get_zone (plan), window, start));
  fika_stmt_bind_int (stmt, 11, fika_plan_get_minutes (plan));
  fika_stmt_bind_text (stmt, 12, fika_plan_get_place (plan));
  fika_stmt_bind_text (stmt, 13, fika_plan_get_link (plan));
  fika_stmt_bind_text (stmt, 14, fika_plan_get_notes (plan));
  fika_column_bind_id (stmt, 15, group != NULL ? fika_group_get_id (group) : 0);
  fika_stmt_bind_text (stmt, 16, fika_state_to_key (fika_catchup_get_state (draft)));
  fika_stmt_bind_int (stmt, 17, fika_catchup_get_feeling (draft));
  fika_stmt_bind_int (stmt, 18, fika_catchup_get_reached_out (draft));
  fika_stmt_bind_text (stmt, 19, fika_catchup_get_learned (draft));
  fika_stmt_bind_int (stmt, 20, fika_plan_get_sample (plan));
  return TRUE;
}

static FikaCatchup *
read_row (FikaStmt *stmt, int64_t id)
{
  FikaKind kind = FIKA_KIND_OTHER;
  FikaWindow window = FIKA_WINDOW_EXACT;
  FikaState state = FIKA_STATE_PLANNED;
  FikaAgain again = FIKA_AGAIN_UNSAID;
  FikaCatchup *catchup;
  FikaPlan *plan;

  fika_kind_parse (fika_column_string (stmt, 3), &kind);
  fika_window_parse (fika_column_string (stmt, 6), &window);
  fika_state_parse (fika_column_string (stmt, 14), &state);
  fika_again_parse (fika_column_string (stmt, 20), &again);

  catchup = fika_catchup_new (kind, fika_column_civil (stmt, 5));
  plan = FIKA_PLAN (catchup);
  fika_plan_set_row (plan, id, fika_stmt_int (stmt, 19));
  fika_plan_set_uid (plan, fika_column_string (stmt, 0));
  fika_catchup_set_occurrence (catchup, fika_stmt_int (stmt, 1), fika_column_civil (stmt, 2));
  fika_plan_set_title (plan, fika_column_string (stmt, 4));
  fika_plan_set_window (plan, window);
  fika_plan_set_zone (plan, fika_column_string (stmt, 7));
  fika_catchup_set_utc (catchup, fika_stmt_int (stmt, 8));
  fika_plan_set_minutes (plan, (int) fika_stmt_int (stmt, 9));
  fika_plan_set_place (plan, fika_column_string (stmt, 10));
  fika_plan_set_link (plan, fika_column_string (stmt, 11));
  fika_plan_set_notes (plan, fika_column_string (stmt, 12));
  fika_catchup_set_state (catchup, state);
  fika_catchup_set_feeling (catchup, (int) fika_stmt_int (stmt, 15));
  fika_catchup_set_reached_out (catchup, (int) fika_stmt_int (stmt, 16));
  fika_catchup_set_learned (catchup, fika_column_string (stmt, 17));
  fika_plan_set_sample (plan, fika_stmt_int (stmt, 18) != 0);
  fika_catchup_set_again (catchup, again);
  fika_catchup_set_role (catchup, fika_column_string (stmt, 21));
  fika_catchup_set_task (catchup, fika_column_string (stmt, 22));
  fika_catchup_set_volunteer (catchup, (int) fika_stmt_int (stmt, 23));
  return catchup;
}

FikaCatchup *
fika_catchup_table_load (FikaStore *store, int64_t id, GError **error)
{
  g_autoptr (FikaCatchup) catchup = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[LOAD], error);
  GError *local_error = NULL;
  int64_t grp;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    {
      if (fika_propagate (error, local_error))
        fika_set_not_found (error, _ ("This catch-up is no longer there."));
      return NULL;
    }
  catchup = read_row (stmt, id);
  grp = fika_stmt_int (stmt, 13);
  if (grp != 0)
    {
      g_autoptr (FikaGroup) group = fika_store_get_group (store, grp, error);

      if (group == NULL)
        return NULL;
      fika_plan_set_group (FIKA_PLAN (catchup), group);
    }
  if (!fika_plan_read_parts (store, FIKA_PLAN (catchup), sql[SELECT_PEOPLE], sql[SELECT_LEADS],
                             error))
    return NULL;
  return g_steal_pointer (&catchup);
}

static gboolean
write_people (FikaStore *store, int64_t id, FikaCatchup *draft, GError **error)
{
  const FikaPartTable table = {
    sql[SELECT_PEOPLE_PARTS], sql[INSERT_PERSON], sql[UPDATE_PERSON], sql[DELETE_PERSON], 2, 1
  };
  g_autoptr (GPtrArray) parts = fika_plan_people_to_parts (FIKA_PLAN (draft), error);

  return parts != NULL
         && fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static gboolean
write_leads (FikaStore *store, int64_t id, FikaCatchup *draft, GError **error)
{
  const FikaPartTable table
      = { sql[SELECT_LEADS], sql[INSERT_LEAD], sql[UPDATE_LEAD], sql[DELETE_LEAD], 1, 1 };
  g_autoptr (GPtrArray) parts = fika_plan_leads_to_parts (FIKA_PLAN (draft));

  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

/* Only a catch-up that says something of a visit has that row. */
static gboolean
write_visit (FikaStore *store, int64_t id, FikaCatchup *draft, GError **error)
{
  const FikaPartTable table
      = { sql[SELECT_VISIT], sql[INSERT_VISIT], sql[UPDATE_VISIT], sql[DELETE_VISIT], 4, 0 };
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  FikaAgain again = fika_catchup_get_again (draft);
  const char *role = fika_catchup_get_role (draft);
  const char *task = fika_catchup_get_task (draft);
  int volunteer = fika_catchup_get_volunteer (draft);

  if (again != FIKA_AGAIN_UNSAID || *role != '\0' || *task != '\0' || volunteer != 0)
    fika_parts_add (parts, 4,
                    g_strdup (again != FIKA_AGAIN_UNSAID ? fika_again_to_key (again) : ""),
                    g_strdup (role), g_strdup (task), g_strdup_printf ("%d", volunteer));
  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static gboolean
write_parts (FikaStore *store, int64_t id, FikaCatchup *draft, GError **error)
{
  return write_people (store, id, draft, error) && write_leads (store, id, draft, error)
         && write_visit (store, id, draft, error);
}

/**
 * fika_catchup_table_insert:
 * @store: a store in a transaction
 * @draft: what to write; a uid is made up where it has none
 * @error: return location for an error
 *
 * Returns: the new row's id, or 0
 */
int64_t
fika_catchup_table_insert (FikaStore *store, FikaCatchup *draft, GError **error)
{
  g_autofree char *uid = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  int64_t created;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), 0);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), 0);

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
 * fika_catchup_table_update:
 * @store: a store in a transaction
 * @id: the row's id
 * @draft: what the row is to be
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_catchup_table_update (FikaStore *store, int64_t id, FikaCatchup *draft, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), FALSE);

  stmt = fika_db_use (fika_store_get_db (store), sql[UPDATE], error);
  if (stmt == NULL || !bind (stmt, draft, fika_plan_get_uid (FIKA_PLAN (draft)), id, error)
      || !fika_stmt_run (stmt, error))
    return FALSE;
  if (fika_db_n_changed (fika_store_get_db (store)) == 0)
    return fika_set_not_found (error, _ ("This catch-up is no longer there."));
  return write_parts (store, id, draft, error);
}

/**
 * fika_catchup_table_delete:
 * @store: a store in a transaction
 * @id: the row's id
 * @error: return location for an error
 *
 * Returns: whether it was deleted with all parts; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_catchup_table_delete (FikaStore *store, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_table_delete (store, sql[DELETE], id, _ ("This catch-up is no longer there."), error);
}
