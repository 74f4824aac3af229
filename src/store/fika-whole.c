#include "config.h"

#include "store/fika-whole.h"

#include "store/fika-group-table.h"
#include "store/fika-tables-private.h"

enum
{
  ALL_PEOPLE,
  ALL_GROUPS,
  ALL_SERIES,
  ALL_CATCHUPS,
  STAGE_CHANGES,
  DELETE_STAGE_CHANGES,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [ALL_PEOPLE] = "SELECT id FROM person ORDER BY id",
  [ALL_GROUPS] = "SELECT id FROM grp ORDER BY id",
  [ALL_SERIES] = "SELECT id FROM series ORDER BY id",
  [ALL_CATCHUPS] = "SELECT id FROM catchup ORDER BY id",
  [STAGE_CHANGES] = "SELECT stage, at FROM stage_change WHERE grp = ?1 ORDER BY at, id",
  [DELETE_STAGE_CHANGES] = "DELETE FROM stage_change WHERE grp = ?1",
};

const FikaStatements fika_whole_statements = { "whole", sql, N_SQL };

/**
 * fika_store_all_ids:
 * @self: a store
 * @what: of what
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the ids of all rows; %NULL with an
 * error
 */
GArray *
fika_store_all_ids (FikaStore *self, FikaWhole what, GError **error)
{
  static const int statements[] = {
    [FIKA_WHOLE_PEOPLE] = ALL_PEOPLE,
    [FIKA_WHOLE_GROUPS] = ALL_GROUPS,
    [FIKA_WHOLE_SERIES] = ALL_SERIES,
    [FIKA_WHOLE_CATCHUPS] = ALL_CATCHUPS,
  };
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (what < G_N_ELEMENTS (statements), NULL);

  stmt = fika_db_use (fika_store_get_db (self), sql[statements[what]], error);
  return stmt != NULL ? fika_column_ids (stmt, error) : NULL;
}

/**
 * fika_store_stage_changes:
 * @self: a store
 * @group: a live group
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaStageChange) (nullable): its way so far, oldest first;
 *   %NULL with an error
 */
GArray *
fika_store_stage_changes (FikaStore *self, FikaGroup *group, GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (FikaStageChange));
  g_autoptr (FikaStmt) stmt = NULL;
  GError *local_error = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  stmt = fika_db_use (fika_store_get_db (self), sql[STAGE_CHANGES], error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, fika_group_get_id (group));
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaStageChange change = { FIKA_STAGE_CURIOUS, fika_stmt_int (stmt, 1) };

      fika_stage_parse (fika_column_string (stmt, 0), &change.stage);
      g_array_append_val (changes, change);
    }
  return fika_propagate (error, local_error) ? g_steal_pointer (&changes) : NULL;
}

/**
 * fika_store_set_stage_changes:
 * @self: a store in a transaction
 * @group: id of a group
 * @changes: (element-type FikaStageChange): its way so far
 * @error: return location for an error
 *
 * Writes the way of a group anew.
 *
 * Returns: whether it was written
 */
gboolean
fika_store_set_stage_changes (FikaStore *self, int64_t group, GArray *changes, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (changes != NULL, FALSE);

  if (!fika_table_run (self, sql[DELETE_STAGE_CHANGES], group, error))
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const FikaStageChange *change = &g_array_index (changes, FikaStageChange, i);

      if (!fika_group_table_add_stage_change (self, group, change->stage, change->at, error))
        return FALSE;
    }
  return TRUE;
}
