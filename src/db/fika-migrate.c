#include "config.h"

#include "db/fika-backup.h"
#include "db/fika-db-private.h"

#include "base/fika-error.h"
#include "fika-data-resources.h"

#include <glib/gi18n-lib.h>

/*
 * Schema versions are numbered SQL files among the resources, NNN-name.sql. A file that was
 * released never changes; each is applied in one exclusive transaction together with
 * `user_version`.
 */

static int
number_of (const char *name)
{
  return (int) g_ascii_strtoll (name, NULL, 10);
}

static char **
list_files (const char *sql_resources)
{
  /* Naming the resources also keeps them when this room is linked as a static library. */
  g_assert (fika_data_get_resource () != NULL);

  return g_resources_enumerate_children (sql_resources, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

/* The newest schema there is a migration to. */
int
fika_migrate_newest (const char *sql_resources)
{
  g_auto (GStrv) names = list_files (sql_resources);
  int newest = 0;

  for (size_t i = 0; names != NULL && names[i] != NULL; i++)
    newest = MAX (newest, number_of (names[i]));
  return newest;
}

static GBytes *
load (const char *sql_resources, int number, GError **error)
{
  g_auto (GStrv) names = list_files (sql_resources);

  for (size_t i = 0; names != NULL && names[i] != NULL; i++)
    if (number_of (names[i]) == number)
      {
        g_autofree char *path = g_build_path ("/", sql_resources, names[i], NULL);

        return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
      }
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
               _ ("Fika lacks the step to version %d of its data. Install Fika again."), number);
  return NULL;
}

static gboolean
apply (FikaDb *self, const char *sql_resources, int number, GError **error)
{
  /* Images of rows as they were before the schema changed cannot be put back into it. */
  const char *const forget = "UPDATE action SET state = 'dropped' WHERE state <> 'dropped'";
  g_autoptr (GBytes) bytes = load (sql_resources, number, error);
  g_autofree char *version = g_strdup_printf ("PRAGMA user_version = %d", number);
  g_autofree char *sql = NULL;
  gsize size;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  sql = g_strndup (data, size);

  return fika_triggers_drop (self, error) && fika_sqlite_exec (self->sqlite, self->path, sql, error)
         && fika_triggers_create (self, error)
         && (number == 1 || fika_sqlite_exec (self->sqlite, self->path, forget, error))
         && fika_sqlite_exec (self->sqlite, self->path, version, error)
         && fika_sqlite_check (self->sqlite, self->path, error);
}

static gboolean
apply_in_transaction (FikaDb *self, const char *sql_resources, int number, GError **error)
{
  if (!fika_sqlite_exec (self->sqlite, self->path, "BEGIN EXCLUSIVE", error))
    return FALSE;

  self->transaction = TRUE;
  if (!apply (self, sql_resources, number, error)
      || !fika_sqlite_exec (self->sqlite, self->path, "COMMIT", error))
    {
      fika_db_drop_statements (self);
      sqlite3_exec (self->sqlite, "ROLLBACK", NULL, NULL, NULL);
      self->transaction = FALSE;
      return FALSE;
    }
  self->transaction = FALSE;
  self->schema = number;
  return TRUE;
}

static gboolean
keep_backup (FikaDb *self, GError **error)
{
  g_autofree char *folder = fika_db_backups_folder (self->path);
  g_autoptr (FikaBackupInfo) info = NULL;

  /* Only a name is made of it, so no clock of the person's plans is needed here. */
  info = fika_backup_keep (self, folder, FIKA_BACKUP_BEFORE_CHANGE,
                           g_get_real_time () / G_USEC_PER_SEC, error);
  return info != NULL;
}

/*
 * Brings the database to the newest schema; the caller holds the lock. A file with data is copied
 * to the backups first. Each step is whole or does not happen.
 */
gboolean
fika_migrate (FikaDb *self, const char *sql_resources, GError **error)
{
  int newest = fika_migrate_newest (sql_resources);
  gboolean done = TRUE;

  g_assert (!self->transaction);

  if (self->schema > 0 && self->schema < newest && !keep_backup (self, error))
    return FALSE;

  /* A step may rebuild a table that others refer to; every reference is checked before it commits.
   */
  if (!fika_sqlite_exec (self->sqlite, self->path, "PRAGMA foreign_keys = OFF", error))
    return FALSE;
  while (done && self->schema < newest)
    done = apply_in_transaction (self, sql_resources, self->schema + 1, error);
  return fika_sqlite_exec (self->sqlite, self->path, "PRAGMA foreign_keys = ON",
                           done ? error : NULL)
         && done;
}
