#include "config.h"

#include "db/fika-db-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages in the write-ahead log after which it is copied into the database: 4 MB. */
#define CHECKPOINT_PAGES 1000

#define BUSY_TIMEOUT_MS 5000

G_DEFINE_FINAL_TYPE (FikaDb, fika_db, G_TYPE_OBJECT)

/* What a file turned out to be. */
typedef enum {
  FOUND_NEW,   /* nothing is in it yet */
  FOUND_OURS,  /* of this version or an older one */
  FOUND_NEWER, /* of a version that this program does not know */
} Found;

static int
wal_hook_cb (void *data, sqlite3 *sqlite, const char *name, int pages)
{
  FikaDb *self = data;

  self->wal_pages = pages;
  return SQLITE_OK;
}

static void
close_sqlite (FikaDb *self)
{
  if (self->sqlite == NULL)
    return;

  fika_db_drop_statements (self);
  g_clear_pointer (&self->inverses, g_hash_table_unref);
  sqlite3_close_v2 (self->sqlite);
  self->sqlite = NULL;
}

/* Closing the last connection copies the log into the database. Where that must not happen (the
 * lock is not ours, or the file is not to be touched) it waits for the next one. */
static void
keep_log_on_close (FikaDb *self, gboolean keep)
{
  if (self->sqlite != NULL)
    sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, NULL);
}

static void
fika_db_finalize (GObject *object)
{
  FikaDb *self = FIKA_DB (object);

  if (self->transaction)
    {
      g_warning ("A transaction was still open when the database was closed");
      fika_db_rollback (self);
    }
  if (self->sqlite != NULL && self->lock != NULL && !fika_lock_is_held (self->lock) &&
      !fika_lock_take (self->lock, NULL))
    keep_log_on_close (self, TRUE);
  close_sqlite (self);
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

static void
set_read_only (FikaDb *self, int code, const char *message)
{
  if (self->read_only == NULL)
    self->read_only = g_error_new_literal (FIKA_ERROR, code, message);
}

static void
set_unwritable (FikaDb *self)
{
  g_autofree char *message =
    g_strdup_printf (_("%s cannot be written, so it can only be looked at. Check its permissions "
                       "and those of its folder."),
                     self->path);

  set_read_only (self, FIKA_ERROR_READ_ONLY, message);
}

static gboolean
fail_errno (const char *path, int saved, GError **error)
{
  switch (saved)
    {
    case ENOSPC:
    case EDQUOT:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FULL,
                   _("The disk is full, so %s could not be created. Make some room and try again."),
                   path);
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY,
                   _("%s could not be created: its folder cannot be written. Check the folder's "
                     "permissions."),
                   path);
      break;
    default:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED, _("%s could not be created: %s."), path,
                   g_strerror (saved));
      break;
    }
  return FALSE;
}

/* Makes the folder and takes the lock in it. In a folder that cannot be written there is no lock,
 * and nobody who could write. */
static gboolean
lock_folder (FikaDb *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *file = g_build_filename (folder, "fika.lock", NULL);
  g_autoptr (GError) failure = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_errno (folder, errno, error);

  self->lock = fika_lock_new (file, &failure);
  if (self->lock != NULL)
    return fika_lock_take (self->lock, error);

  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
      g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_ROFS) ||
      g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_PERM))
    {
      if (g_access (self->path, F_OK) != 0)
        return fail_errno (self->path, EACCES, error);
      set_unwritable (self);
      return TRUE;
    }
  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return fail_errno (file, ENOSPC, error);
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED, _("%s could not be created: %s."), file,
               failure->message);
  return FALSE;
}

/* SQLite would create the file readable by all; so it is created here, before any connection can
 * hold locks on it (closing a descriptor would drop those). The log's files take its mode. */
static gboolean
ensure_private_file (FikaDb *self, GError **error)
{
  struct stat status;
  int fd = open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      (void) !fchmod (fd, 0600);
      close (fd);
      return TRUE;
    }
  if (errno != EEXIST)
    return fail_errno (self->path, errno, error);

  if (stat (self->path, &status) != 0)
    return fail_errno (self->path, errno, error);
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FOREIGN, _("%s is not a file of Fika."),
                   self->path);
      return FALSE;
    }
  return TRUE;
}

static void
make_private (FikaDb *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  struct stat status;

  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (self->path, suffixes[i], NULL);

      if (stat (file, &status) == 0 && (status.st_mode & 0077) != 0)
        (void) !chmod (file, 0600);
    }
}

static gboolean
connect_sqlite (FikaDb *self, const char *name, int flags, GError **error)
{
  int code = sqlite3_open_v2 (name, &self->sqlite, flags, NULL);

  if (code != SQLITE_OK)
    {
      fika_sqlite_fail (self->sqlite, self->path, code, error);
      sqlite3_close (self->sqlite);
      self->sqlite = NULL;
      return FALSE;
    }

  code = fika_image_add_function (self->sqlite);
  if (code != SQLITE_OK)
    return fika_db_fail (self, code, error);
  sqlite3_extended_result_codes (self->sqlite, 1);
  sqlite3_busy_timeout (self->sqlite, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  keep_log_on_close (self, TRUE);
  return TRUE;
}

static gboolean
get_int (FikaDb *self, const char *sql, int64_t *value, GError **error)
{
  return fika_sqlite_get_int (self->sqlite, self->path, sql, value, error);
}

/* Looks at the file and writes nothing. */
static gboolean
inspect (FikaDb *self, int newest, Found *found, GError **error)
{
  int64_t application;
  int64_t schema;
  int64_t objects;
  int64_t core;

  if (!get_int (self, "PRAGMA application_id", &application, error) ||
      !get_int (self, "PRAGMA user_version", &schema, error) ||
      !get_int (self, "SELECT count(*) FROM sqlite_schema", &objects, error))
    return FALSE;

  self->schema = (int) schema;
  if (application == 0 && schema == 0 && objects == 0)
    {
      *found = FOUND_NEW;
      return TRUE;
    }
  if (application != FIKA_DB_APPLICATION_ID)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FOREIGN,
                   _("%s belongs to another program. It was left as it is."), self->path);
      return FALSE;
    }
  if (schema == 0 && objects == 0)
    {
      /* Its creation was cut short. */
      *found = FOUND_NEW;
      return TRUE;
    }
  if (schema > newest)
    {
      *found = FOUND_NEWER;
      return TRUE;
    }

  if (!get_int (self,
                "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN "
                "('action', 'change', 'log_state')",
                &core, error))
    return FALSE;
  if (schema < 1 || core != 3)
    {
      fika_set_damaged (self->path, error);
      return FALSE;
    }
  *found = FOUND_OURS;
  return TRUE;
}

/* Without a folder to keep the log's index in, SQLite reads only what nobody can change. */
static gboolean
connect_immutable (FikaDb *self, GError **error)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *uri = NULL;
  g_autofree char *name = NULL;
  struct stat status;

  if (stat (log, &status) == 0 && status.st_size > 0)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY,
                   _("%s could not be opened: its folder cannot be written. Check the folder's "
                     "permissions."),
                   self->path);
      return FALSE;
    }
  uri = g_filename_to_uri (self->path, NULL, error);
  if (uri == NULL)
    return FALSE;
  name = g_strconcat (uri, "?immutable=1", NULL);
  return connect_sqlite (self, name, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

static gboolean
open_read_only (FikaDb *self, int newest, GError **error)
{
  g_autoptr (GError) failure = NULL;
  Found found;

  close_sqlite (self);
  if (connect_sqlite (self, self->path, SQLITE_OPEN_READONLY, &failure) &&
      inspect (self, newest, &found, &failure))
    return TRUE;

  if (!g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_DAMAGED) &&
      !g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_FOREIGN))
    {
      close_sqlite (self);
      return connect_immutable (self, error) && inspect (self, newest, &found, error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* EXTRA comes before WAL: the other order can lose the whole database in a power cut, because the
 * deletion of the journal that makes the switch would not be on disk. The application's number is
 * written first of all, so that no moment leaves a file that nobody would know as Fika's. */
static gboolean
configure (FikaDb *self, Found found, GError **error)
{
  if (!fika_sqlite_exec (self->sqlite, self->path,
                         "PRAGMA synchronous = EXTRA;"
                         "PRAGMA temp_store = MEMORY;"
                         "PRAGMA foreign_keys = ON;"
                         "PRAGMA recursive_triggers = ON;"
                         "PRAGMA journal_size_limit = 4194304;",
                         error))
    return FALSE;
  if (found == FOUND_NEW)
    {
      g_autofree char *sql =
        g_strdup_printf ("PRAGMA application_id = %d", FIKA_DB_APPLICATION_ID);

      if (!fika_sqlite_exec (self->sqlite, self->path, sql, error))
        return FALSE;
    }
  if (!fika_sqlite_exec (self->sqlite, self->path, "PRAGMA journal_mode = WAL", error))
    return FALSE;

  /* In place of SQLite's own checkpoints: ours run after a commit, under the lock. */
  sqlite3_wal_hook (self->sqlite, wal_hook_cb, self);
  return TRUE;
}

static gboolean
open_locked (FikaDb *self, const char *sql_resources, GError **error)
{
  g_autoptr (GError) failure = NULL;
  int newest = fika_migrate_newest (sql_resources);
  Found found = FOUND_NEW;

  if (self->read_only != NULL)
    return open_read_only (self, newest, error);

  if (!ensure_private_file (self, error))
    return FALSE;
  if (!connect_sqlite (self, self->path, SQLITE_OPEN_READWRITE, &failure) ||
      !inspect (self, newest, &found, &failure))
    {
      if (g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_READ_ONLY) ||
          g_access (self->path, W_OK) != 0)
        {
          set_unwritable (self);
          return open_read_only (self, newest, error);
        }
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  if (found == FOUND_NEWER)
    {
      set_read_only (self, FIKA_ERROR_NEWER,
                     _("This data was written by a newer Fika, so it can only be looked at and "
                       "exported. Update Fika to change it."));
      return open_read_only (self, newest, error);
    }
  if (sqlite3_db_readonly (self->sqlite, "main") == 1)
    {
      set_unwritable (self);
      return open_read_only (self, newest, error);
    }

  make_private (self);
  if (!configure (self, found, &failure))
    {
      if (g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_READ_ONLY) && found == FOUND_OURS)
        {
          set_unwritable (self);
          return open_read_only (self, newest, error);
        }
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self->schema < newest && !fika_migrate (self, sql_resources, error))
    return FALSE;
  if (!get_int (self, "PRAGMA data_version", &self->data_version, error))
    return FALSE;
  keep_log_on_close (self, FALSE);
  return TRUE;
}

/* As fika_db_open (), with other migrations: for the tests of migrating. */
FikaDb *
fika_db_open_from (const char *path, const char *sql_resources, GError **error)
{
  g_autoptr (FikaDb) self = g_object_new (FIKA_TYPE_DB, NULL);
  gboolean opened;

  self->path = g_canonicalize_filename (path, NULL);
  if (!lock_folder (self, error))
    return NULL;
  opened = open_locked (self, sql_resources, error);
  if (!opened)
    close_sqlite (self);
  fika_lock_drop (self->lock);
  return opened ? g_steal_pointer (&self) : NULL;
}

/**
 * fika_db_open:
 * @path: the database file; its folder is made where it is missing
 * @error: return location for an error
 *
 * Opens the database, creates it or brings it to the present schema (after a backup beside it).
 * Folder and files are readable by their owner alone. One that a newer Fika wrote, or that cannot
 * be written, opens for reading: see fika_db_is_read_only().
 *
 * Errors: %FIKA_ERROR_FOREIGN and %FIKA_ERROR_DAMAGED (the file is left untouched),
 * %FIKA_ERROR_BUSY after five seconds, %FIKA_ERROR_FULL, %FIKA_ERROR_READ_ONLY,
 * %FIKA_ERROR_FAILED.
 *
 * Returns: (transfer full) (nullable): the connection, or %NULL with an error
 */
FikaDb *
fika_db_open (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return fika_db_open_from (path, FIKA_DB_SQL_RESOURCES, error);
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

  if (sqlite3_file_control (self->sqlite, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
      !moved)
    return TRUE;
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
               _("%s was moved or replaced while Fika was open, so nothing was changed. Close Fika "
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
 * Errors: %FIKA_ERROR_BUSY after five seconds; %FIKA_ERROR_READ_ONLY or %FIKA_ERROR_NEWER where the
 * data can only be read.
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
  if (self->transaction)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_BUSY,
                           _("Another change is still being written. Try again in a moment."));
      return FALSE;
    }
  if (!fika_lock_take (self->lock, error))
    return FALSE;
  if (!check_in_place (self, error))
    {
      fika_lock_drop (self->lock);
      return FALSE;
    }

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
                           _("The change was given up before it was written. Try again."));
      fika_db_rollback (self);
      return FALSE;
    }

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
                           _("The change was given up before it was written. Try again."));
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
