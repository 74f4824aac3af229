#include "config.h"

#include "db/fika-db-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opening: what is at a path is found out before anything is written. */

#define BUSY_TIMEOUT_MS 5000

/* What a file turned out to be. */
typedef enum
{
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

void
fika_db_close_sqlite (FikaDb *self)
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
void
fika_db_keep_log_on_close (FikaDb *self, gboolean keep)
{
  if (self->sqlite != NULL)
    sqlite3_db_config (self->sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, NULL);
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
  g_autofree char *message = g_strdup_printf (
      _ ("%s cannot be written, so it can only be looked at. Check its permissions "
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
      g_set_error (
          error, FIKA_ERROR, FIKA_ERROR_FULL,
          _ ("The disk is full, so %s could not be created. Make some room and try again."), path);
      break;
    case EACCES:
    case EPERM:
    case EROFS:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY,
                   _ ("%s could not be created: its folder cannot be written. Check the folder's "
                      "permissions."),
                   path);
      break;
    default:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED, _ ("%s could not be created: %s."), path,
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

  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_ROFS)
      || g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_PERM))
    {
      if (g_access (self->path, F_OK) != 0)
        return fail_errno (self->path, EACCES, error);
      set_unwritable (self);
      return TRUE;
    }
  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return fail_errno (file, ENOSPC, error);
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED, _ ("%s could not be created: %s."), file,
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
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FOREIGN, _ ("%s is not a file of Fika."),
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
  fika_db_keep_log_on_close (self, TRUE);
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

  if (!get_int (self, "PRAGMA application_id", &application, error)
      || !get_int (self, "PRAGMA user_version", &schema, error)
      || !get_int (self, "SELECT count(*) FROM sqlite_schema", &objects, error))
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
                   _ ("%s belongs to another program. It was left as it is."), self->path);
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
                   _ ("%s could not be opened: its folder cannot be written. Check the folder's "
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

  fika_db_close_sqlite (self);
  if (connect_sqlite (self, self->path, SQLITE_OPEN_READONLY, &failure)
      && inspect (self, newest, &found, &failure))
    return TRUE;

  if (!g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_DAMAGED)
      && !g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_FOREIGN))
    {
      fika_db_close_sqlite (self);
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
      g_autofree char *sql = g_strdup_printf ("PRAGMA application_id = %d", FIKA_DB_APPLICATION_ID);

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
  if (!connect_sqlite (self, self->path, SQLITE_OPEN_READWRITE, &failure)
      || !inspect (self, newest, &found, &failure))
    {
      if (g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_READ_ONLY)
          || g_access (self->path, W_OK) != 0)
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
                     _ ("This data was written by a newer Fika, so it can only be looked at and "
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
  fika_db_keep_log_on_close (self, FALSE);
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
    fika_db_close_sqlite (self);
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
