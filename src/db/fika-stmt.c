#include "config.h"

#include "db/fika-db-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

#include <errno.h>

/* More SQL texts than this are not kept prepared; Fika's own tables have fewer. */
#define MAX_KEPT 400

struct _FikaStmt
{
  FikaDb *db; /* owned while lent */
  sqlite3_stmt *sqlite;
  gboolean kept; /* in the connection's table of statements */
  gboolean lent;
  int failed; /* code of the first bind that failed */
};

static void
stmt_free (FikaStmt *self)
{
  sqlite3_finalize (self->sqlite);
  g_free (self);
}

void
fika_db_drop_statements (FikaDb *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
}

static gboolean
is_not_lent_cb (gpointer key, gpointer value, gpointer user_data)
{
  return !((FikaStmt *) value)->lent;
}

/**
 * fika_db_release_memory:
 * @self: a connection
 *
 * Gives back the memory that only serves speed: prepared statements and cached pages. For a program
 * that now sleeps for hours; what is used again is made again.
 */
void
fika_db_release_memory (FikaDb *self)
{
  g_return_if_fail (FIKA_IS_DB (self));

  if (self->statements != NULL)
    g_hash_table_foreach_remove (self->statements, is_not_lent_cb, NULL);
  sqlite3_db_release_memory (self->sqlite);
}

/**
 * fika_db_use:
 * @self: a connection
 * @sql: one statement
 * @error: return location for an error
 *
 * Lends the prepared statement for @sql. It is prepared once and kept; one that is lent out already
 * (a query within the rows of the same query) is prepared anew.
 *
 * Returns: (transfer full) (nullable): the statement, or %NULL with an error
 */
FikaStmt *
fika_db_use (FikaDb *self, const char *sql, GError **error)
{
  FikaStmt *stmt;
  sqlite3_stmt *sqlite = NULL;
  gboolean keep;
  int code;

  g_return_val_if_fail (FIKA_IS_DB (self), NULL);
  g_return_val_if_fail (sql != NULL, NULL);

  if (self->statements == NULL)
    self->statements
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) stmt_free);

  stmt = g_hash_table_lookup (self->statements, sql);
  if (stmt == NULL || stmt->lent)
    {
      keep = stmt == NULL && g_hash_table_size (self->statements) < MAX_KEPT;
      code = sqlite3_prepare_v3 (self->sqlite, sql, -1, keep ? SQLITE_PREPARE_PERSISTENT : 0,
                                 &sqlite, NULL);
      if (code != SQLITE_OK)
        {
          fika_db_fail (self, code, error);
          return NULL;
        }
      /* Blank or only a comment: a mistake in Fika, not of the person. */
      g_return_val_if_fail (sqlite != NULL, NULL);

      stmt = g_new0 (FikaStmt, 1);
      stmt->sqlite = sqlite;
      stmt->kept = keep;
      if (keep)
        g_hash_table_insert (self->statements, g_strdup (sql), stmt);
    }

  stmt->lent = TRUE;
  stmt->failed = SQLITE_OK;
  stmt->db = g_object_ref (self);
  return stmt;
}

/**
 * fika_stmt_release:
 * @self: (transfer full) (nullable): a statement
 *
 * Gives a statement back: it is reset, so that it holds no snapshot, and forgets its parameters.
 */
void
fika_stmt_release (FikaStmt *self)
{
  g_autoptr (FikaDb) db = NULL;

  if (self == NULL)
    return;

  g_return_if_fail (self->lent);

  db = g_steal_pointer (&self->db);
  sqlite3_reset (self->sqlite);
  sqlite3_clear_bindings (self->sqlite);
  self->lent = FALSE;
  if (!self->kept)
    stmt_free (self);
}

static void
note (FikaStmt *self, int code)
{
  if (code != SQLITE_OK && self->failed == SQLITE_OK)
    self->failed = code;
}

/**
 * fika_stmt_bind_int:
 * @self: a statement
 * @parameter: which, from 1
 * @value: its value
 */
void
fika_stmt_bind_int (FikaStmt *self, int parameter, int64_t value)
{
  g_return_if_fail (self != NULL && self->lent);

  note (self, sqlite3_bind_int64 (self->sqlite, parameter, value));
}

/**
 * fika_stmt_bind_text:
 * @self: a statement
 * @parameter: which, from 1
 * @value: (nullable): its value, UTF-8, copied; %NULL is SQL's NULL
 */
void
fika_stmt_bind_text (FikaStmt *self, int parameter, const char *value)
{
  g_return_if_fail (self != NULL && self->lent);

  note (self, sqlite3_bind_text (self->sqlite, parameter, value, -1, SQLITE_TRANSIENT));
}

/**
 * fika_stmt_bind_null:
 * @self: a statement
 * @parameter: which, from 1
 */
void
fika_stmt_bind_null (FikaStmt *self, int parameter)
{
  g_return_if_fail (self != NULL && self->lent);

  note (self, sqlite3_bind_null (self->sqlite, parameter));
}

/* Outside a transaction a write would run without the lock; and after SQLite had to give up a
 * transaction by itself (a full disk), the rest of it must not be written alone. */
static gboolean
may_run (FikaStmt *self, GError **error)
{
  if (self->failed != SQLITE_OK)
    return fika_db_fail (self->db, self->failed, error);
  if (sqlite3_stmt_readonly (self->sqlite) || self->db->read_only != NULL)
    return TRUE;
  if (self->db->transaction && !sqlite3_get_autocommit (self->db->sqlite))
    return TRUE;

  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                       self->db->transaction
                           ? _ ("The change was given up before it was written. Try again.")
                           : _ ("A change was attempted outside of a transaction."));
  return FALSE;
}

/**
 * fika_stmt_step:
 * @self: a statement
 * @error: return location for an error
 *
 * Runs the statement up to its next row. After the last row it is reset and may be run again, with
 * the same parameters or others.
 *
 * Returns: %TRUE at a row; %FALSE after the last, or with an error
 */
gboolean
fika_stmt_step (FikaStmt *self, GError **error)
{
  int code;

  g_return_val_if_fail (self != NULL && self->lent, FALSE);

  if (!may_run (self, error))
    return FALSE;

  errno = 0;
  code = sqlite3_step (self->sqlite);
  if (code == SQLITE_ROW)
    return TRUE;
  if (code != SQLITE_DONE)
    fika_db_fail (self->db, code, error);
  sqlite3_reset (self->sqlite);
  return FALSE;
}

/**
 * fika_stmt_run:
 * @self: a statement
 * @error: return location for an error
 *
 * Runs the statement to its end and resets it. Parameters stay, for the next run.
 *
 * Returns: %TRUE where it ran
 */
gboolean
fika_stmt_run (FikaStmt *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (self != NULL && self->lent, FALSE);

  while (fika_stmt_step (self, &failure))
    ;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * fika_stmt_is_null:
 * @self: a statement at a row
 * @column: which, from 0
 *
 * Returns: whether the column is SQL's NULL
 */
gboolean
fika_stmt_is_null (FikaStmt *self, int column)
{
  g_return_val_if_fail (self != NULL && self->lent, TRUE);

  return sqlite3_column_type (self->sqlite, column) == SQLITE_NULL;
}

/**
 * fika_stmt_int:
 * @self: a statement at a row
 * @column: which, from 0
 *
 * Returns: the column's value; 0 where it is NULL
 */
int64_t
fika_stmt_int (FikaStmt *self, int column)
{
  g_return_val_if_fail (self != NULL && self->lent, 0);

  return sqlite3_column_int64 (self->sqlite, column);
}

/**
 * fika_stmt_text:
 * @self: a statement at a row
 * @column: which, from 0
 *
 * Returns: (transfer none) (nullable): the column's text, valid until the next step; %NULL where it
 *   is NULL
 */
const char *
fika_stmt_text (FikaStmt *self, int column)
{
  g_return_val_if_fail (self != NULL && self->lent, NULL);

  return (const char *) sqlite3_column_text (self->sqlite, column);
}

/**
 * fika_stmt_dup_text:
 * @self: a statement at a row
 * @column: which, from 0
 *
 * Returns: (transfer full) (nullable): a copy of the column's text; %NULL where it is NULL
 */
char *
fika_stmt_dup_text (FikaStmt *self, int column)
{
  return g_strdup (fika_stmt_text (self, column));
}
