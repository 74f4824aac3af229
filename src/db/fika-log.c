#include "config.h"

#include "db/fika-log-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

void
fika_log_entry_free (FikaLogEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->source);
  g_free (self);
}

static gboolean
run (FikaDb *db, const char *sql, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, error);

  return stmt != NULL && fika_stmt_run (stmt, error);
}

static gboolean
run_with_id (FikaDb *db, const char *sql, int64_t id, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  return fika_stmt_run (stmt, error);
}

/* Writes the row of a new action and makes it the one that the triggers write to. */
gboolean
fika_log_open_action (FikaDb *db,
                      const char *label,
                      const char *source,
                      int64_t now,
                      const char *kind,
                      int64_t target,
                      GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  stmt = fika_db_use (
      db, "INSERT INTO action (label, source, at, kind, target) VALUES (?, ?, ?, ?, ?)", error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_text (stmt, 1, label);
  fika_stmt_bind_text (stmt, 2, source);
  fika_stmt_bind_int (stmt, 3, now);
  fika_stmt_bind_text (stmt, 4, kind);
  if (target != 0)
    fika_stmt_bind_int (stmt, 5, target);
  return fika_stmt_run (stmt, error)
         && run_with_id (db, "UPDATE log_state SET action = ? WHERE id = 1", fika_db_last_id (db),
                         error);
}

/**
 * fika_log_begin:
 * @db: a connection
 * @label: what the person does, as they read it: "Log a call with Ada"
 * @source: where they do it: window, notification, terminal, import
 * @now: UTC seconds
 * @error: return location for an error
 *
 * Begins a transaction whose changes are one action. Without an action no row of a person's data
 * can be written (save a column that is worked out from others, such as `catchup.utc`).
 *
 * Errors: those of fika_db_begin().
 *
 * Returns: whether it began
 */
gboolean
fika_log_begin (FikaDb *db, const char *label, const char *source, int64_t now, GError **error)
{
  g_return_val_if_fail (FIKA_IS_DB (db), FALSE);
  g_return_val_if_fail (label != NULL && source != NULL, FALSE);

  if (!fika_db_begin (db, error))
    return FALSE;
  if (fika_log_open_action (db, label, source, now, "do", 0, error))
    return TRUE;
  fika_db_rollback (db);
  return FALSE;
}

static gboolean
close_action (FikaDb *db, int64_t action, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_do;
  gboolean changed;

  stmt = fika_db_use (db,
                      "SELECT kind = 'do', EXISTS (SELECT 1 FROM change WHERE action = ?1) "
                      "FROM action WHERE id = ?1",
                      error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, action);
  if (!fika_stmt_step (stmt, &failure))
    {
      if (failure == NULL)
        g_set_error_literal (&failure, FIKA_ERROR, FIKA_ERROR_FAILED,
                             _ ("The change was given up before it was written. Try again."));
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  is_do = fika_stmt_int (stmt, 0) != 0;
  changed = fika_stmt_int (stmt, 1) != 0;
  g_clear_pointer (&stmt, fika_stmt_release);

  if (!run (db, "UPDATE log_state SET action = 0 WHERE id = 1", error))
    return FALSE;
  if (!is_do)
    return TRUE;
  if (!changed)
    return run_with_id (db, "DELETE FROM action WHERE id = ?", action, error);
  /* Something new was done: what was undone before it cannot come back. */
  return run (db, "UPDATE action SET state = 'dropped' WHERE kind = 'do' AND state = 'undone'",
              error);
}

/**
 * fika_log_commit:
 * @db: a connection within an action
 * @error: return location for an error
 *
 * Makes the action durable. One that changed nothing leaves no trace; one that did takes away the
 * chance to redo what was undone before. Where it fails nothing of it remains.
 *
 * Returns: whether all is on disk
 */
gboolean
fika_log_commit (FikaDb *db, GError **error)
{
  int64_t action;

  g_return_val_if_fail (FIKA_IS_DB (db), FALSE);
  g_return_val_if_fail (fika_db_in_transaction (db), FALSE);

  action = fika_log_current_action (db);
  if (!close_action (db, action, error))
    {
      fika_db_rollback (db);
      return FALSE;
    }
  return fika_db_commit (db, error);
}

/**
 * fika_log_rollback:
 * @db: a connection
 *
 * Takes back the open action, if there is one.
 */
void
fika_log_rollback (FikaDb *db)
{
  g_return_if_fail (FIKA_IS_DB (db));

  fika_db_rollback (db);
}

static int64_t
get_int (FikaDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, &error);
  int64_t value = 0;

  if (stmt != NULL && fika_stmt_step (stmt, &error))
    value = fika_stmt_int (stmt, 0);
  if (error != NULL)
    g_debug ("The change log could not be read: %s", error->message);
  return value;
}

/**
 * fika_log_current_action:
 * @db: a connection
 *
 * Returns: the id of the action that is being written; 0 where there is none
 */
int64_t
fika_log_current_action (FikaDb *db)
{
  g_return_val_if_fail (FIKA_IS_DB (db), 0);

  return get_int (db, "SELECT action FROM log_state WHERE id = 1");
}

/**
 * fika_log_last_seq:
 * @db: a connection
 *
 * Returns: the place of the newest change in the log, also where it was pruned since; 0 where
 *   nothing was ever changed
 */
int64_t
fika_log_last_seq (FikaDb *db)
{
  g_return_val_if_fail (FIKA_IS_DB (db), 0);

  return get_int (db, "SELECT seq FROM sqlite_sequence WHERE name = 'change'");
}

static void
clear_change_cb (gpointer data)
{
  FikaChange *change = data;

  g_clear_pointer (&change->before, g_free);
}

GArray *
fika_log_read_changes (FikaStmt *stmt, GError **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, TRUE, sizeof (FikaChange));
  g_autoptr (GError) failure = NULL;

  g_array_set_clear_func (changes, clear_change_cb);
  while (fika_stmt_step (stmt, &failure))
    {
      const char *op = fika_stmt_text (stmt, 3);
      FikaChange change = {
        .seq = fika_stmt_int (stmt, 0),
        .table = g_intern_string (fika_stmt_text (stmt, 1)),
        .row = fika_stmt_int (stmt, 2),
        .op = *op == 'i'   ? FIKA_OP_INSERT
              : *op == 'u' ? FIKA_OP_UPDATE
                           : FIKA_OP_DELETE,
        .before = fika_stmt_dup_text (stmt, 4),
      };

      g_array_append_val (changes, change);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&changes);
}

/**
 * fika_log_changes_since:
 * @db: a connection
 * @seq: a place in the log
 * @error: return location for an error
 *
 * Reads the changes after @seq, those of the open transaction included.
 *
 * Returns: (transfer full) (element-type FikaChange) (nullable): the changes in order; %NULL with
 * an error
 */
GArray *
fika_log_changes_since (FikaDb *db, int64_t seq, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_DB (db), NULL);

  stmt = fika_db_use (db, "SELECT seq, tbl, row, op, before FROM change WHERE seq > ? ORDER BY seq",
                      error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, seq);
  return fika_log_read_changes (stmt, error);
}

/**
 * fika_log_history:
 * @db: a connection
 * @limit: how many at most
 * @error: return location for an error
 *
 * Reads what was done, newest first. Undoing and redoing are no entries of their own: an entry says
 * whether it is undone.
 *
 * Returns: (transfer full) (element-type FikaLogEntry) (nullable): the entries; %NULL with an error
 */
GPtrArray *
fika_log_history (FikaDb *db, guint limit, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_DB (db), NULL);

  stmt = fika_db_use (db,
                      "SELECT id, label, source, at, state <> 'done' FROM action "
                      "WHERE kind = 'do' ORDER BY id DESC LIMIT ?",
                      error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, limit);

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_log_entry_free);
  while (fika_stmt_step (stmt, &failure))
    {
      FikaLogEntry *entry = g_new0 (FikaLogEntry, 1);

      entry->id = fika_stmt_int (stmt, 0);
      entry->label = fika_stmt_dup_text (stmt, 1);
      entry->source = fika_stmt_dup_text (stmt, 2);
      entry->at = fika_stmt_int (stmt, 3);
      entry->undone = fika_stmt_int (stmt, 4) != 0;
      g_ptr_array_add (entries, entry);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&entries);
}

/**
 * fika_log_prune:
 * @db: a connection
 * @keep: how many of the newest actions may stay
 * @before: UTC seconds; actions older than this go
 * @error: return location for an error
 *
 * Forgets the beginning of the log: actions that are older than @before or not among the newest
 * @keep. They can no longer be undone; the data itself stays as it is. Only a beginning is ever
 * forgotten, so what remains can be undone in order whatever the clock did.
 *
 * Returns: whether it was done
 */
gboolean
fika_log_prune (FikaDb *db, guint keep, int64_t before, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_DB (db), FALSE);

  if (!fika_db_begin (db, error))
    return FALSE;
  stmt = fika_db_use (db,
                      "DELETE FROM action WHERE id < max ("
                      " coalesce ((SELECT min (id) FROM action WHERE at >= ?1), 1 << 62),"
                      " coalesce ((SELECT id FROM action WHERE ?2 > 0"
                      "            ORDER BY id DESC LIMIT 1 OFFSET max (?2 - 1, 0)),"
                      "           iif (?2 > 0, 0, 1 << 62)))",
                      error);
  if (stmt != NULL)
    {
      fika_stmt_bind_int (stmt, 1, before);
      fika_stmt_bind_int (stmt, 2, keep);
      if (fika_stmt_run (stmt, error))
        {
          g_clear_pointer (&stmt, fika_stmt_release);
          return fika_db_commit (db, error);
        }
    }
  g_clear_pointer (&stmt, fika_stmt_release);
  fika_db_rollback (db);
  return FALSE;
}
