#include "config.h"

#include "db/fika-log-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

/*
 * Undo and redo. Undo takes back the newest action that is done: it applies the inverse of each of
 * its changes, last first, as an action of kind `undo` whose own changes the triggers log. Redo
 * takes back that one in the same way. So every step goes through exactly the states the data was
 * in, and whatever follows (cascades) happens as it did.
 */

#define FIND_UNDO                                                                                  \
  "SELECT id, label FROM action WHERE kind = 'do' AND state = 'done' "                             \
  "ORDER BY id DESC LIMIT 1"
/* The one that was undone last is the oldest of those undone. */
#define FIND_REDO                                                                                  \
  "SELECT id, label FROM action WHERE kind = 'do' AND state = 'undone' "                           \
  "ORDER BY id LIMIT 1"

/* How to take back a change in one table. */
typedef struct
{
  char *sql[3]; /* by FikaOp */
} FikaInverse;

static void
inverse_free (FikaInverse *self)
{
  for (size_t i = 0; i < G_N_ELEMENTS (self->sql); i++)
    g_free (self->sql[i]);
  g_free (self);
}

static FikaInverse *
inverse_new (const char *table, GPtrArray *columns)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (GString) set = g_string_new (NULL);
  FikaInverse *self = g_new0 (FikaInverse, 1);

  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = columns->pdata[i];
      const char *comma = i > 0 ? ", " : "";

      g_string_append_printf (names, "%s\"%s\"", comma, column);
      g_string_append_printf (values, "%sjson_extract (?1, '$.\"%s\"')", comma, column);
      g_string_append_printf (set, "%s\"%s\" = json_extract (?1, '$.\"%s\"')", comma, column,
                              column);
    }
  self->sql[FIKA_OP_INSERT] = g_strdup_printf ("DELETE FROM \"%s\" WHERE rowid = ?2", table);
  self->sql[FIKA_OP_UPDATE]
      = g_strdup_printf ("UPDATE \"%s\" SET %s WHERE rowid = ?2", table, set->str);
  self->sql[FIKA_OP_DELETE]
      = g_strdup_printf ("INSERT INTO \"%s\" (%s) VALUES (%s)", table, names->str, values->str);
  return self;
}

static FikaInverse *
inverse_of (FikaDb *db, const char *table, GError **error)
{
  g_autoptr (GPtrArray) columns = NULL;
  FikaInverse *inverse;

  if (db->inverses == NULL)
    db->inverses
        = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) inverse_free);

  inverse = g_hash_table_lookup (db->inverses, table);
  if (inverse != NULL)
    return inverse;

  /* The log is only data: what it names must be a table of this database that has a log. */
  columns = fika_db_columns (db, table, error);
  if (columns == NULL)
    return NULL;
  if (columns->len == 0 || !fika_table_is_logged (table))
    {
      fika_set_damaged (db->path, error);
      return NULL;
    }
  inverse = inverse_new (table, columns);
  g_hash_table_insert (db->inverses, (char *) g_intern_string (table), inverse);
  return inverse;
}

static gboolean
apply_inverse (FikaDb *db, const FikaChange *change, GError **error)
{
  const FikaInverse *inverse = inverse_of (db, change->table, error);
  g_autoptr (FikaStmt) stmt = NULL;

  if (inverse == NULL)
    return FALSE;
  stmt = fika_db_use (db, inverse->sql[change->op], error);
  if (stmt == NULL)
    return FALSE;
  if (change->op != FIKA_OP_INSERT)
    fika_stmt_bind_text (stmt, 1, change->before);
  if (change->op != FIKA_OP_DELETE)
    fika_stmt_bind_int (stmt, 2, change->row);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  if (fika_db_n_changed (db) == 1)
    return TRUE;

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
               _ ("The data changed since in a way that cannot be taken back, so nothing was "
                  "changed."));
  return FALSE;
}

static GArray *
read_changes (FikaDb *db, int64_t action, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  stmt = fika_db_use (db,
                      "SELECT seq, tbl, row, op, before FROM change WHERE action = ? "
                      "ORDER BY seq DESC",
                      error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, action);
  return fika_log_read_changes (stmt, error);
}

/* Which action last put the changes of @target in place (for undo: itself or its newest redo), or
 * took them back (for redo: its newest undo). */
static int64_t
find_applied (FikaDb *db, int64_t target, gboolean redo, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  stmt = fika_db_use (db,
                      redo ? "SELECT max (id) FROM action WHERE kind = 'undo' AND target = ?1"
                           : "SELECT coalesce ((SELECT max (id) FROM action "
                             "WHERE kind = 'redo' AND target = ?1), ?1)",
                      error);
  if (stmt == NULL)
    return 0;
  fika_stmt_bind_int (stmt, 1, target);
  return fika_stmt_step (stmt, error) ? fika_stmt_int (stmt, 0) : 0;
}

static gboolean
set_state (FikaDb *db, int64_t action, const char *state, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, "UPDATE action SET state = ? WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_text (stmt, 1, state);
  fika_stmt_bind_int (stmt, 2, action);
  return fika_stmt_run (stmt, error);
}

/* Answers the target's id, 0 where there is none (no error) or with an error. */
static int64_t
find_target (FikaDb *db, gboolean redo, char **label, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, redo ? FIND_REDO : FIND_UNDO, error);

  if (stmt == NULL || !fika_stmt_step (stmt, error))
    return 0;
  *label = fika_stmt_dup_text (stmt, 1);
  return fika_stmt_int (stmt, 0);
}

static gboolean
take_back (FikaDb *db, gboolean redo, const char *source, int64_t now, char **label, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GArray) changes = NULL;
  g_autoptr (GError) failure = NULL;
  int64_t target = find_target (db, redo, &text, &failure);
  int64_t applied;

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (target == 0)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
                           redo ? _ ("There is nothing to redo.")
                                : _ ("There is nothing to undo."));
      return FALSE;
    }

  applied = find_applied (db, target, redo, error);
  if (applied == 0)
    return FALSE;
  changes = read_changes (db, applied, error);
  if (changes == NULL
      || !fika_log_open_action (db, text, source, now, redo ? "redo" : "undo", target, error)
      || !set_state (db, target, redo ? "done" : "undone", error)
      || !fika_sqlite_exec (db->sqlite, db->path, "PRAGMA defer_foreign_keys = ON", error))
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    if (!apply_inverse (db, &g_array_index (changes, FikaChange, i), error))
      return FALSE;

  if (label != NULL)
    *label = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
begin (FikaDb *db, gboolean redo, const char *source, int64_t now, char **label, GError **error)
{
  if (!fika_db_begin (db, error))
    return FALSE;
  if (take_back (db, redo, source, now, label, error))
    return TRUE;
  fika_db_rollback (db);
  return FALSE;
}

/**
 * fika_log_begin_undo:
 * @db: a connection
 * @source: where the person does it
 * @now: UTC seconds
 * @label: (out) (optional) (transfer full): what is undone
 * @error: return location for an error
 *
 * Begins a transaction and takes back the newest action that is not undone, whoever did it. The
 * caller brings what is worked out from the data up to date and then calls fika_log_commit().
 *
 * Errors: %FIKA_ERROR_NOT_FOUND where there is nothing to undo, those of fika_db_begin() and of
 * writing. No transaction is open then.
 *
 * Returns: whether the transaction is open, with the action undone in it
 */
gboolean
fika_log_begin_undo (FikaDb *db, const char *source, int64_t now, char **label, GError **error)
{
  g_return_val_if_fail (FIKA_IS_DB (db), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  return begin (db, FALSE, source, now, label, error);
}

/**
 * fika_log_begin_redo:
 * @db: a connection
 * @source: where the person does it
 * @now: UTC seconds
 * @label: (out) (optional) (transfer full): what is redone
 * @error: return location for an error
 *
 * As fika_log_begin_undo(), for the action that was undone last, unless something new was done
 * since.
 *
 * Returns: whether the transaction is open, with the action redone in it
 */
gboolean
fika_log_begin_redo (FikaDb *db, const char *source, int64_t now, char **label, GError **error)
{
  g_return_val_if_fail (FIKA_IS_DB (db), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  return begin (db, TRUE, source, now, label, error);
}

static guint
count_changes (FikaDb *db, gboolean redo, guint limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  g_autofree char *label = NULL;
  int64_t target = find_target (db, redo, &label, &error);
  int64_t applied = target != 0 ? find_applied (db, target, redo, &error) : 0;

  if (applied == 0)
    return 0;
  stmt = fika_db_use (db, "SELECT count (*) FROM (SELECT 1 FROM change WHERE action = ?1 LIMIT ?2)",
                      &error);
  if (stmt == NULL)
    return 0;
  fika_stmt_bind_int (stmt, 1, applied);
  fika_stmt_bind_int (stmt, 2, limit);
  return fika_stmt_step (stmt, &error) ? (guint) fika_stmt_int (stmt, 0) : 0;
}

/**
 * fika_log_undo_size:
 * @db: a connection
 * @limit: how far to count
 *
 * Returns: how many rows undo would take back, at most @limit; 0 where there is nothing to undo
 */
guint
fika_log_undo_size (FikaDb *db, guint limit)
{
  g_return_val_if_fail (FIKA_IS_DB (db), 0);

  return count_changes (db, FALSE, limit);
}

/**
 * fika_log_redo_size:
 * @db: a connection
 * @limit: how far to count
 *
 * Returns: how many rows redo would bring back, at most @limit; 0 where there is nothing to redo
 */
guint
fika_log_redo_size (FikaDb *db, guint limit)
{
  g_return_val_if_fail (FIKA_IS_DB (db), 0);

  return count_changes (db, TRUE, limit);
}

static char *
dup_label (FikaDb *db, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  find_target (db, redo, &label, &error);
  if (error != NULL)
    g_debug ("The change log could not be read: %s", error->message);
  return g_steal_pointer (&label);
}

/**
 * fika_log_undo_label:
 * @db: a connection
 *
 * Returns: (transfer full) (nullable): what undo would take back; %NULL where there is nothing
 */
char *
fika_log_undo_label (FikaDb *db)
{
  g_return_val_if_fail (FIKA_IS_DB (db), NULL);

  return dup_label (db, FALSE);
}

/**
 * fika_log_redo_label:
 * @db: a connection
 *
 * Returns: (transfer full) (nullable): what redo would bring back; %NULL where there is nothing
 */
char *
fika_log_redo_label (FikaDb *db)
{
  g_return_val_if_fail (FIKA_IS_DB (db), NULL);

  return dup_label (db, TRUE);
}
