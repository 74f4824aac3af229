#include "config.h"

#include "db/fika-db-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

#include <errno.h>

/* What the room does with bare connections: those that are not (yet) a FikaDb, and the one place
 * where SQLite's codes become errors of Fika. */

char *
fika_db_backups_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, "backups", NULL);
}

void
fika_set_damaged (const char *path, GError **error)
{
  g_autofree char *backups = fika_db_backups_folder (path);

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED,
               _ ("The data in %s is damaged. It was left as it is; earlier copies are in %s."),
               path, backups);
}

static gboolean
is_full (int code, int system_errno)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      return TRUE;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
    default:
      return FALSE;
    }
}

/*
 * Sets the error that a person should read for an SQLite result @code of @sqlite, whose database is
 * at @path. Always answers FALSE, so that it can be returned.
 */
gboolean
fika_sqlite_fail (sqlite3 *sqlite, const char *path, int code, GError **error)
{
  int current_errno = errno;
  const char *reason = sqlite != NULL ? sqlite3_errmsg (sqlite) : sqlite3_errstr (code);
  int system_errno = sqlite != NULL ? sqlite3_system_errno (sqlite) : 0;

  /* SQLite keeps the system's reason of most failures, but not that of a COMMIT. */
  if (system_errno == 0)
    system_errno = current_errno;

  if (is_full (code, system_errno))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FULL,
                           _ ("The disk is full, so nothing was changed. Make some room and try "
                              "again."));
      return FALSE;
    }

  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_BUSY,
                           _ ("Fika's data is in use by another program. Try again in a moment."));
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY,
                   _ ("%s cannot be written, so nothing was changed. Check its permissions and "
                      "those of its folder."),
                   path);
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      fika_set_damaged (path, error);
      break;
    case SQLITE_CANTOPEN:
      if (system_errno == EACCES || system_errno == EPERM || system_errno == EROFS)
        g_set_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY,
                     _ ("%s could not be opened. Check its permissions and those of its folder."),
                     path);
      else
        g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED, _ ("%s could not be opened: %s."), path,
                     system_errno != 0 ? g_strerror (system_errno) : reason);
      break;
    case SQLITE_IOERR:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                   _ ("The disk failed while %s was being read or written, so nothing was changed: "
                      "%s."),
                   path, system_errno != 0 ? g_strerror (system_errno) : reason);
      break;
    case SQLITE_CONSTRAINT:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("The change does not fit the data: %s."), reason);
      break;
    default:
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED, _ ("The database refused: %s."), reason);
      break;
    }
  return FALSE;
}

gboolean
fika_db_fail (FikaDb *self, int code, GError **error)
{
  /* A file that may only be read says why. */
  if ((code & 0xff) == SQLITE_READONLY && self->read_only != NULL)
    {
      g_propagate_error (error, g_error_copy (self->read_only));
      return FALSE;
    }
  return fika_sqlite_fail (self->sqlite, self->path, code, error);
}

gboolean
fika_sqlite_exec (sqlite3 *sqlite, const char *path, const char *sql, GError **error)
{
  int code;

  errno = 0;
  code = sqlite3_exec (sqlite, sql, NULL, NULL, NULL);

  if (code != SQLITE_OK)
    return fika_sqlite_fail (sqlite, path, code, error);
  return TRUE;
}

/* The first column of the first row; 0 where there is no row. */
gboolean
fika_sqlite_get_int (sqlite3 *sqlite,
                     const char *path,
                     const char *sql,
                     int64_t *value,
                     GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code = sqlite3_prepare_v2 (sqlite, sql, -1, &stmt, NULL);

  *value = 0;
  if (code == SQLITE_OK)
    {
      code = sqlite3_step (stmt);
      if (code == SQLITE_ROW)
        *value = sqlite3_column_int64 (stmt, 0);
    }
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    {
      fika_sqlite_fail (sqlite, path, code, error);
      sqlite3_finalize (stmt);
      return FALSE;
    }
  sqlite3_finalize (stmt);
  return TRUE;
}

/* The first column of the first row; "" where there is none, NULL with an error. */
char *
fika_sqlite_get_text (sqlite3 *sqlite, const char *path, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  char *text = NULL;
  int code = sqlite3_prepare_v2 (sqlite, sql, -1, &stmt, NULL);

  if (code == SQLITE_OK)
    code = sqlite3_step (stmt);
  if (code == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    text = text != NULL ? text : g_strdup ("");
  else
    fika_sqlite_fail (sqlite, path, code, error);
  sqlite3_finalize (stmt);
  return text;
}

/* The check tells of a page that could not be read in its text only: that is the disk's failure,
 * and no damage of the file. */
static int
read_error_in (const char *text)
{
  const char *code = strstr (text, "error code");

  if (code == NULL)
    return SQLITE_OK;
  code += strlen ("error code");
  while (*code == '=' || *code == ' ')
    code++;
  return (int) g_ascii_strtoll (code, NULL, 10);
}

/* Whether the whole file holds together: every page, every index, every reference. */
gboolean
fika_sqlite_check (sqlite3 *sqlite, const char *path, GError **error)
{
  g_autofree char *integrity = NULL;
  g_autofree char *orphan = NULL;

  integrity = fika_sqlite_get_text (sqlite, path, "PRAGMA integrity_check (1)", error);
  if (integrity == NULL)
    return FALSE;
  if (strcmp (integrity, "ok") != 0)
    {
      int code = read_error_in (integrity);

      g_debug ("%s: %s", path, integrity);
      if ((code & 0xff) == SQLITE_IOERR)
        return fika_sqlite_fail (NULL, path, code, error);
      fika_set_damaged (path, error);
      return FALSE;
    }

  orphan = fika_sqlite_get_text (sqlite, path, "PRAGMA foreign_key_check", error);
  if (orphan == NULL)
    return FALSE;
  if (*orphan != '\0')
    {
      g_debug ("%s: a row of %s refers to nothing", path, orphan);
      fika_set_damaged (path, error);
      return FALSE;
    }
  return TRUE;
}
