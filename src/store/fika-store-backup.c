#include "config.h"

#include "store/fika-store-private.h"

#include "db/fika-backup.h"

/**
 * fika_store_backup:
 * @self: a store
 * @file: where to
 * @people: (out) (optional): how many people are in it
 * @catchups: (out) (optional): how many catch-ups
 * @groups: (out) (optional): how many groups
 * @error: return location for an error
 *
 * Writes a checked copy of the data.
 *
 * Returns: whether it was written
 */
gboolean
fika_store_backup (FikaStore *self,
                   const char *file,
                   int64_t *people,
                   int64_t *catchups,
                   int64_t *groups,
                   GError **error)
{
  g_autoptr (FikaBackupInfo) info = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (file != NULL, FALSE);

  info = fika_backup_write (fika_store_get_db (self), file, error);
  if (info == NULL)
    return FALSE;
  if (people != NULL)
    *people = info->people;
  if (catchups != NULL)
    *catchups = info->catchups;
  if (groups != NULL)
    *groups = info->groups;
  return TRUE;
}

/**
 * fika_store_keep_backup:
 * @self: a store
 * @before_change: whether much is about to change (an import, many deletions); else the day's
 * backup
 * @error: return location for an error
 *
 * Keeps a copy in the folder "backups" beside the data, and lets old ones go.
 *
 * Returns: whether there is a copy now
 */
gboolean
fika_store_keep_backup (FikaStore *self, gboolean before_change, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *backups = NULL;
  g_autoptr (FikaBackupInfo) info = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  folder = g_path_get_dirname (fika_store_get_path (self));
  backups = g_build_filename (folder, "backups", NULL);
  info = fika_backup_keep (fika_store_get_db (self), backups,
                           before_change ? FIKA_BACKUP_BEFORE_CHANGE : FIKA_BACKUP_DAILY,
                           fika_store_now (self), error);
  return info != NULL;
}

/**
 * fika_store_release_memory:
 * @self: a store
 *
 * Gives back the memory that only serves speed. For a program that now sleeps for hours.
 */
void
fika_store_release_memory (FikaStore *self)
{
  g_return_if_fail (FIKA_IS_STORE (self));

  fika_db_release_memory (fika_store_get_db (self));
}
