#include "config.h"

#include "store/fika-reminder.h"

#include "store/fika-reminder-derive-private.h"

enum
{
  GET_POLICY,
  SET_POLICY,
  SET_PAUSED,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [GET_POLICY] = "SELECT policy FROM cache_state WHERE id = 1",
  [SET_POLICY] = "UPDATE cache_state SET policy = ?1 WHERE id = 1",
  [SET_PAUSED] = "UPDATE cache_state SET paused_until = ?1 WHERE id = 1",
};

const FikaStatements fika_reminder_policy_statements = { "reminder policy", sql, N_SQL };

/**
 * fika_store_has_reminder_policy:
 * @self: a store
 *
 * Returns: whether a program has said what is to be told
 */
gboolean
fika_store_has_reminder_policy (FikaStore *self)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  stmt = fika_db_use (fika_store_get_db (self), sql[GET_POLICY], NULL);
  return stmt != NULL && fika_stmt_step (stmt, NULL) && *fika_column_string (stmt, 0) != '\0';
}

/**
 * fika_store_get_reminder_policy:
 * @self: a store
 * @policy: (out): what is told, and when
 */
void
fika_store_get_reminder_policy (FikaStore *self, FikaDuePolicy *policy)
{
  FikaPolicyCache *cache;
  g_autoptr (FikaStmt) stmt = NULL;
  const char *text = "";

  g_return_if_fail (FIKA_IS_STORE (self));
  g_return_if_fail (policy != NULL);

  cache = fika_store_get_policy_cache (self);
  stmt = fika_db_use (fika_store_get_db (self), sql[GET_POLICY], NULL);
  if (stmt != NULL && fika_stmt_step (stmt, NULL))
    text = fika_column_string (stmt, 0);
  if (cache->text == NULL || strcmp (cache->text, text) != 0)
    {
      g_free (cache->text);
      cache->text = g_strdup (text);
      fika_due_policy_parse (&cache->policy, text);
    }
  *policy = cache->policy;
}

static gboolean
set_paused (FikaStore *store, const FikaDuePolicy *policy, GError **error)
{
  return fika_table_run (store, sql[SET_PAUSED], fika_due_pause_ends (policy), error);
}

static gboolean
set_policy (FikaStore *store, const FikaDuePolicy *policy, const char *text, GError **error)
{
  int64_t now = fika_store_now (store);
  g_autoptr (FikaStmt) stmt = NULL;

  /* What the pause so far let pass by is not told when it ends early. */
  if (!fika_reminders_pass_by (store, now, error))
    return FALSE;
  stmt = fika_db_use (fika_store_get_db (store), sql[SET_POLICY], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_text (stmt, 1, text);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  g_clear_pointer (&stmt, fika_stmt_release);
  return set_paused (store, policy, error) && fika_reminders_derive_all (store, now, error);
}

/**
 * fika_store_set_reminder_policy:
 * @self: a store
 * @policy: what is to be told, and when
 * @error: return location for an error
 *
 * Makes the reminders that there are those that are wished for. Does nothing where they are.
 *
 * Returns: whether it was done
 */
gboolean
fika_store_set_reminder_policy (FikaStore *self, const FikaDuePolicy *policy, GError **error)
{
  FikaDb *db;
  g_autoptr (FikaChangeSet) changes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *known = NULL;
  FikaDuePolicy before;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (policy != NULL, FALSE);

  text = fika_due_policy_print (policy);
  fika_store_get_reminder_policy (self, &before);
  known = fika_due_policy_print (&before);
  if (fika_store_has_reminder_policy (self) && strcmp (text, known) == 0)
    return TRUE;

  db = fika_store_get_db (self);
  if (!fika_db_begin (db, error))
    return FALSE;
  if (!set_policy (self, policy, text, error))
    {
      fika_db_rollback (db);
      return FALSE;
    }
  if (!fika_db_commit (db, error))
    return FALSE;

  changes = fika_change_set_new ();
  changes->everything = TRUE;
  g_signal_emit_by_name (self, "changed", changes);
  g_signal_emit_by_name (self, "committed");
  return TRUE;
}

gboolean
fika_reminders_derive_all (FikaStore *store, int64_t now, GError **error)
{
  const struct
  {
    GArray *(*ids) (FikaStore *store, GError **error);
    gboolean (*derive) (FikaStore *store, int64_t id, int64_t now, GError **error);
  } steps[] = {
    /* A row that stands for an occurrence takes its reminders over: catch-ups come first. */
    { fika_reminders_all_catchups, fika_reminders_carry_catchup },
    { fika_reminders_all_series, fika_reminders_carry_series },
    { fika_reminders_all_people, fika_reminders_derive_person },
    { fika_reminders_all_groups, fika_reminders_derive_group },
  };
  FikaDuePolicy policy;

  fika_store_get_reminder_policy (store, &policy);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GArray) ids = steps[i].ids (store, error);

      if (ids == NULL)
        return FALSE;
      for (guint j = 0; j < ids->len; j++)
        if (!steps[i].derive (store, g_array_index (ids, int64_t, j), now, error))
          return FALSE;
    }
  return fika_reminders_derive_digest (store, now, error) && set_paused (store, &policy, error);
}
