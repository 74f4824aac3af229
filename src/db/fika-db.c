#include "config.h"

#include "db/fika-db-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

#include <errno.h>

/* Pages in the write-ahead log after which it is copied into the database: 4 MB. */
#define CHECKPOINT_PAGES 1000

G_DEFINE_FINAL_TYPE (FikaDb, fika_db, G_TYPE_OBJECT)

static void
fika_db_finalize (GObject *object)
{
  FikaDb *self = FIKA_DB (object);

  if (self->transaction)
    {
      g_warning ("A transaction was still open when the database was closed");
      fika_db_rollback (self);
    }
  if (self->sqlite != NULL && self->lock != NULL && !fika_lock_is_held (self->lock)
      && !fika_lock_take (self->lock, NULL))
    fika_db_keep_log_on_close (self, TRUE);
  fika_db_close_sqlite (self);
  g_clear_pointer (&self->lock, fika_lock_free);
  g_clear_error (&self->read_only);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (fika_db_parent_class)->finalize (object);
}

static void
fika_db_class_init (FikaDbClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fika_db_finalize;
}

static void
fika_db_init (FikaDb *self)
{
}

/**
 * fika_db_get_path:
 * @self: a connection
 *
 * Returns: (transfer none): the absolute path of the database file
 */
const char *
fika_db_get_path (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), NULL);

  return self->path;
}

/**
 * fika_db_is_read_only:
 * @self: a connection
 *
 * Returns: whether the data can only be read; fika_db_begin() then says why
 */
gboolean
fika_db_is_read_only (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), TRUE);

  return self->read_only != NULL;
}

/**
 * fika_db_get_read_only_reason:
 * @self: a database
 *
 * Returns: (transfer none) (nullable): why it can only be looked at, as a sentence; %NULL where it
 * can be written
 */
const char *
fika_db_get_read_only_reason (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), NULL);

  return self->read_only != NULL ? self->read_only->message : NULL;
}

/**
 * fika_db_get_schema:
 * @self: a connection
 *
 * Returns: the version of the file's schema; more than %FIKA_DB_SCHEMA where a newer Fika wrote it
 */
int
fika_db_get_schema (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), 0);

  return self->schema;
}

/**
 * fika_db_check:
 * @self: a connection
 * @error: return location for an error
 *
 * Reads the whole file and checks that it holds together. Takes time that grows with it.
 *
 * Returns: %TRUE where all is well; %FALSE with %FIKA_ERROR_DAMAGED or another error
 */
gboolean
fika_db_check (FikaDb *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);

  return fika_sqlite_check (self->sqlite, self->path, error);
}

/**
 * fika_db_others_wrote:
 * @self: a connection
 *
 * Returns: whether another connection has written since this was last asked, or since opening
 */
gboolean
fika_db_others_wrote (FikaDb *self)
{
  g_autoptr (FikaStmt) stmt = NULL;
  int64_t version;

  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);

  stmt = fika_db_use (self, "PRAGMA data_version", NULL);
  if (stmt == NULL || !fika_stmt_step (stmt, NULL))
    return FALSE;
  version = fika_stmt_int (stmt, 0);
  if (version == self->data_version)
    return FALSE;
  self->data_version = version;
  return TRUE;
}

/* A file that was replaced or moved away under us must not be written: the log beside its old name
 * belongs to another file now. */
static gboolean
check_in_place (FikaDb *self, GError **error)
{
  int moved = 0;

  if (sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK
      || !moved)
    return TRUE;
  g_set_error (
      error, FIKA_ERROR, FIKA_ERROR_FAILED,
      _ ("%s was moved or replaced while Fika was open, so nothing was changed. Close Fika "
         "and open it again."),
      self->path);
  return FALSE;
}

/**
 * fika_db_begin:
 * @self: a connection
 * @error: return location for an error
 *
 * Takes the lock and begins a transaction that may write.
 *
 * Errors: %FIKA_ERROR_BUSY after five seconds, or at once where it is held; %FIKA_ERROR_READ_ONLY
 * or %FIKA_ERROR_NEWER where the data can only be read.
 *
 * Returns: whether it began
 */
gboolean
fika_db_begin (FikaDb *self, GError **error)
{
  int code;

  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);

  if (self->read_only != NULL)
    {
      g_propagate_error (error, g_error_copy (self->read_only));
      return FALSE;
    }
  if (self->transaction || self->held)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_BUSY,
                           _ ("Another change is still being written. Try again in a moment."));
      return FALSE;
    }
  if (!fika_lock_take (self->lock, error))
    return FALSE;
  if (!check_in_place (self, error))
    {
      fika_lock_drop (self->lock);
      return FALSE;
    }

  errno = 0;
  code = sqlite3_exec (self->sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      fika_db_fail (self, code, error);
      fika_lock_drop (self->lock);
      return FALSE;
    }
  self->transaction = TRUE;
  return TRUE;
}

static void
checkpoint (FikaDb *self)
{
  if (self->wal_pages < CHECKPOINT_PAGES)
    return;
  /* Where it fails, all that was committed is still in the log, and the next one tries again. */
  sqlite3_wal_checkpoint_v2 (self->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

/**
 * fika_db_commit:
 * @self: a connection within a transaction
 * @error: return location for an error
 *
 * Makes the transaction durable and gives up the lock. Where that fails nothing of it remains.
 *
 * Returns: whether all is on disk
 */
gboolean
fika_db_commit (FikaDb *self, GError **error)
{
  int code;

  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);
  g_return_val_if_fail (self->transaction, FALSE);

  if (sqlite3_get_autocommit (self->sqlite))
    {
      /* SQLite gave up by itself, at a statement whose error was not heeded. */
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                           _ ("The change was given up before it was written. Try again."));
      fika_db_rollback (self);
      return FALSE;
    }

  errno = 0;
  code = sqlite3_exec (self->sqlite, "COMMIT", NULL, NULL, NULL);
  if (code != SQLITE_OK)
    {
      fika_db_fail (self, code, error);
      fika_db_rollback (self);
      return FALSE;
    }
  checkpoint (self);
  self->transaction = FALSE;
  fika_lock_drop (self->lock);
  return TRUE;
}

/**
 * fika_db_rollback:
 * @self: a connection
 *
 * Takes back the open transaction, if there is one, and gives up the lock.
 */
void
fika_db_rollback (FikaDb *self)
{
  g_return_if_fail (FIKA_IS_DB (self));

  if (!self->transaction)
    return;
  if (!sqlite3_get_autocommit (self->sqlite))
    sqlite3_exec (self->sqlite, "ROLLBACK", NULL, NULL, NULL);
  self->transaction = FALSE;
  fika_lock_drop (self->lock);
}

/**
 * fika_db_in_transaction:
 * @self: a connection
 *
 * Returns: whether a transaction is open
 */
gboolean
fika_db_in_transaction (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);

  return self->transaction;
}

/**
 * fika_db_hold:
 * @self: a connection outside of a transaction
 * @held: whether nothing is to be written by it for now
 *
 * For the time in which another connection of this process writes something long: whoever wants to
 * write hears at once that it is busy, instead of waiting for the lock. Reading goes on.
 */
void
fika_db_hold (FikaDb *self, gboolean held)
{
  g_return_if_fail (FIKA_IS_DB (self));
  g_return_if_fail (!self->transaction);

  self->held = held;
}

/**
 * fika_db_exec:
 * @self: a connection
 * @sql: statements
 * @error: return location for an error
 *
 * Runs statements that take no parameters and answer no rows; in a transaction of their own where
 * none is open.
 *
 * Returns: whether all of them ran
 */
gboolean
fika_db_exec (FikaDb *self, const char *sql, GError **error)
{
  gboolean own;

  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);
  g_return_val_if_fail (sql != NULL, FALSE);

  own = !self->transaction;
  if (own && !fika_db_begin (self, error))
    return FALSE;
  if (!own && sqlite3_get_autocommit (self->sqlite))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                           _ ("The change was given up before it was written. Try again."));
      return FALSE;
    }
  if (!fika_sqlite_exec (self->sqlite, self->path, sql, error))
    {
      if (own)
        fika_db_rollback (self);
      return FALSE;
    }
  return own ? fika_db_commit (self, error) : TRUE;
}

/**
 * fika_db_last_id:
 * @self: a connection
 *
 * Returns: the id of the row inserted last by this connection
 */
int64_t
fika_db_last_id (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), 0);

  return sqlite3_last_insert_rowid (self->sqlite);
}

/**
 * fika_db_n_changed:
 * @self: a connection
 *
 * Returns: how many rows the last statement inserted, changed or deleted, without those that
 *   followed from it (cascades, the log)
 */
int
fika_db_n_changed (FikaDb *self)
{
  g_return_val_if_fail (FIKA_IS_DB (self), 0);

  return sqlite3_changes (self->sqlite);
}

/**
 * fika_db_has_busy_statement:
 * @self: a connection
 *
 * Returns: whether a statement is at a row still and so holds a snapshot; between two turns of the
 *   main loop there is none
 */
gboolean
fika_db_has_busy_statement (FikaDb *self)
{
  sqlite3_stmt *stmt = NULL;

  g_return_val_if_fail (FIKA_IS_DB (self), FALSE);

  while ((stmt = sqlite3_next_stmt (self->sqlite, stmt)) != NULL)
    if (sqlite3_stmt_busy (stmt))
      return TRUE;
  return FALSE;
}
