#include "config.h"

#include "db/fika-backup.h"

#include "base/fika-error.h"
#include "db/fika-db-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT_DAILY 7
#define KEPT_WEEKLY 4
#define KEPT_BEFORE_CHANGE 5

#define PREFIX "fika-"
#define BEFORE_CHANGE "-before-change"
#define SUFFIX ".db"
#define PART ".part-"

#define PART_SECONDS (24 * 60 * 60)

void
fika_backup_info_free (FikaBackupInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->file);
  g_free (self);
}

static gboolean
fail_errno (const char *file, int saved, GError **error)
{
  if (saved == ENOSPC || saved == EDQUOT || saved == EFBIG)
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FULL,
                 _ ("The disk is full, so the backup %s could not be written. Make some room and "
                    "try again."),
                 file);
  else if (saved == EACCES || saved == EPERM || saved == EROFS)
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_READ_ONLY,
                 _ ("The backup %s could not be written: its folder cannot be written. Choose "
                    "another folder."),
                 file);
  else
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                 _ ("The backup %s could not be written: %s."), file, g_strerror (saved));
  return FALSE;
}

/* A backup is one whole file that nobody writes: it is read as such, and nothing appears beside. */
static sqlite3 *
open_copy (const char *file, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (file, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, error);
  g_autofree char *name = NULL;
  sqlite3 *sqlite = NULL;
  int code;

  if (uri == NULL)
    return NULL;
  name = g_strconcat (uri, "?immutable=1", NULL);
  code = sqlite3_open_v2 (name, &sqlite, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
  if (code != SQLITE_OK)
    {
      fika_sqlite_fail (sqlite, file, code, error);
      sqlite3_close (sqlite);
      return NULL;
    }
  sqlite3_extended_result_codes (sqlite, 1);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  return sqlite;
}

static gboolean
read_counts (sqlite3 *sqlite, const char *file, FikaBackupInfo *info, GError **error)
{
  int64_t application;

  if (!fika_sqlite_get_int (sqlite, file, "PRAGMA application_id", &application, error))
    return FALSE;
  if (application != FIKA_DB_APPLICATION_ID)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_FOREIGN, _ ("%s is not a backup of Fika."), file);
      return FALSE;
    }
  return fika_sqlite_get_int (sqlite, file, "SELECT count(*) FROM person", &info->people, error)
         && fika_sqlite_get_int (sqlite, file, "SELECT count(*) FROM catchup", &info->catchups,
                                 error)
         && fika_sqlite_get_int (sqlite, file, "SELECT count(*) FROM grp", &info->groups, error);
}

static FikaBackupInfo *
read_info (const char *file, gboolean check, GError **error)
{
  g_autoptr (FikaBackupInfo) info = g_new0 (FikaBackupInfo, 1);
  sqlite3 *sqlite = open_copy (file, error);
  gboolean read;

  if (sqlite == NULL)
    return NULL;
  info->file = g_strdup (file);
  read = (!check || fika_sqlite_check (sqlite, file, error))
         && read_counts (sqlite, file, info, error);
  sqlite3_close (sqlite);
  return read ? g_steal_pointer (&info) : NULL;
}

/**
 * fika_backup_read_info:
 * @file: path of a backup
 * @error: return location for an error
 *
 * Reads what is in a backup. The file is not written, and no file appears beside it.
 *
 * Errors: %FIKA_ERROR_FOREIGN, %FIKA_ERROR_DAMAGED, %FIKA_ERROR_FAILED.
 *
 * Returns: (transfer full) (nullable): what is in it; %NULL with an error
 */
FikaBackupInfo *
fika_backup_read_info (const char *file, GError **error)
{
  g_return_val_if_fail (file != NULL, NULL);

  return read_info (file, FALSE, error);
}

static gboolean
sync_path (const char *path, int flags, const char *file, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | flags);
  int saved = 0;

  if (fd < 0)
    return fail_errno (file, errno, error);
  if (fsync (fd) != 0)
    saved = errno;
  close (fd);
  return saved == 0 || fail_errno (file, saved, error);
}

static gboolean
vacuum_into (FikaDb *db, const char *part, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int code;

  code = sqlite3_prepare_v2 (db->sqlite, "VACUUM INTO ?", -1, &stmt, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_bind_text (stmt, 1, part, -1, SQLITE_TRANSIENT);
  if (code == SQLITE_OK)
    code = sqlite3_step (stmt);
  if (code != SQLITE_DONE)
    fika_db_fail (db, code, error);
  sqlite3_finalize (stmt);
  return code == SQLITE_DONE;
}

/* Reads the copy from end to end. One that does not hold together says nothing of the data. */
static FikaBackupInfo *
verify (const char *part, const char *file, GError **error)
{
  g_autoptr (GError) failure = NULL;
  FikaBackupInfo *info = read_info (part, TRUE, &failure);

  if (info != NULL)
    return info;
  if (g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_DAMAGED)
      || g_error_matches (failure, FIKA_ERROR, FIKA_ERROR_FOREIGN))
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                 _ ("The backup %s was not written rightly and was not kept. Try again, or choose "
                    "another disk."),
                 file);
  else
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * fika_backup_write:
 * @db: a connection outside a transaction
 * @file: path of the backup; one that is there already is replaced, once the new one is whole
 * @error: return location for an error
 *
 * Writes a copy of the data: under another name first, checked page by page, on disk, and only then
 * under its own. Readable by its owner alone. Works from a database that can only be read, too.
 *
 * Errors: %FIKA_ERROR_FULL, %FIKA_ERROR_READ_ONLY, %FIKA_ERROR_DAMAGED where the data itself is,
 * %FIKA_ERROR_FAILED. An older backup of that name stays as it was then.
 *
 * Returns: (transfer full) (nullable): what is in it; %NULL with an error
 */
FikaBackupInfo *
fika_backup_write (FikaDb *db, const char *file, GError **error)
{
  g_autoptr (FikaBackupInfo) info = NULL;
  g_autofree char *absolute = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *part = NULL;
  int fd;

  g_return_val_if_fail (FIKA_IS_DB (db), NULL);
  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (!fika_db_in_transaction (db), NULL);

  absolute = g_canonicalize_filename (file, NULL);
  folder = g_path_get_dirname (absolute);
  if (strcmp (absolute, db->path) == 0)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("A backup cannot replace the data itself. Choose another file."));
      return NULL;
    }

  part = g_strdup_printf ("%s" PART "XXXXXX", absolute);
  fd = g_mkstemp_full (part, O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    {
      fail_errno (file, errno, error);
      return NULL;
    }
  (void) !fchmod (fd, 0600);
  close (fd);

  if (vacuum_into (db, part, error) && (info = verify (part, file, error)) != NULL
      && sync_path (part, 0, file, error))
    {
      if (g_rename (part, absolute) == 0)
        {
          g_free (info->file);
          info->file = g_steal_pointer (&absolute);
          return sync_path (folder, O_DIRECTORY, file, error) ? g_steal_pointer (&info) : NULL;
        }
      fail_errno (file, errno, error);
    }
  g_unlink (part);
  return NULL;
}

static gboolean
is_before_change (const char *name)
{
  return strstr (name, BEFORE_CHANGE) != NULL;
}

/* The day that a backup's name begins with; NULL where it is no name of ours. */
static GDateTime *
day_of (const char *name)
{
  int year;
  int month;
  int day;

  if (!g_str_has_prefix (name, PREFIX) || !g_str_has_suffix (name, SUFFIX)
      || sscanf (name, PREFIX "%4d-%2d-%2d", &year, &month, &day) != 3)
    return NULL;
  return g_date_time_new_utc (year, month, day, 0, 0, 0);
}

/* What a program that was killed while it wrote a backup left behind. Younger ones may belong to
 * one that is writing still. */
static void
remove_parts (const char *folder, const char *fresh)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  struct stat status;
  time_t written;
  const char *name;

  if (dir == NULL || stat (fresh, &status) != 0)
    return;
  written = status.st_mtime;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, PREFIX) && strstr (name, SUFFIX PART) != NULL
          && stat (file, &status) == 0 && written - status.st_mtime > PART_SECONDS)
        g_unlink (file);
    }
}

static int
compare_names_cb (gconstpointer a, gconstpointer b)
{
  return -strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of the backups in @folder, newest first. */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autoptr (GDateTime) day = day_of (name);

      if (day != NULL)
        g_ptr_array_add (names, g_strdup (name));
    }
  g_ptr_array_sort (names, compare_names_cb);
  return names;
}

/**
 * fika_backup_list:
 * @folder: where backups are kept
 *
 * Looks for the backups that can be read.
 *
 * Returns: (transfer full) (element-type FikaBackupInfo): them, newest first
 */
GPtrArray *
fika_backup_list (const char *folder)
{
  GPtrArray *infos = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_backup_info_free);
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (folder != NULL, infos);

  names = list_names (folder);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (folder, names->pdata[i], NULL);
      g_autoptr (GError) error = NULL;
      FikaBackupInfo *info = read_info (file, FALSE, &error);

      if (info != NULL)
        g_ptr_array_add (infos, info);
      else
        g_debug ("%s is no backup: %s", file, error->message);
    }
  return infos;
}

/* Seven days, then the newest of each of four weeks before them; five before-change ones. The one
 * that was just written and checked stays, whatever its name says. */
static void
prune (const char *folder, const char *fresh)
{
  g_autoptr (GPtrArray) names = list_names (folder);
  int n_daily = 0;
  int n_weekly = 0;
  int n_before = 0;
  int last_week = 0;

  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];
      g_autofree char *file = g_build_filename (folder, name, NULL);
      g_autoptr (GDateTime) day = day_of (name);
      int week
          = g_date_time_get_week_numbering_year (day) * 100 + g_date_time_get_week_of_year (day);
      gboolean keep;

      if (is_before_change (name))
        keep = n_before++ < KEPT_BEFORE_CHANGE;
      else if (n_daily < KEPT_DAILY)
        {
          keep = TRUE;
          n_daily++;
          last_week = week;
        }
      else
        {
          keep = week != last_week && n_weekly < KEPT_WEEKLY;
          if (keep)
            n_weekly++;
          last_week = week;
        }

      if (!keep && strcmp (file, fresh) != 0)
        g_unlink (file);
    }
}

static char *
choose_name (const char *folder, FikaBackupReason reason, int64_t now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now);
  g_autofree char *stamp = NULL;
  char *file;

  if (time == NULL)
    time = g_date_time_new_from_unix_local (0);
  if (reason == FIKA_BACKUP_DAILY)
    {
      stamp = g_date_time_format (time, PREFIX "%Y-%m-%d" SUFFIX);
      return g_build_filename (folder, stamp, NULL);
    }

  stamp = g_date_time_format (time, PREFIX "%Y-%m-%dT%H%M%S");
  for (int i = 1;; i++)
    {
      g_autofree char *name = i == 1 ? g_strconcat (stamp, BEFORE_CHANGE SUFFIX, NULL)
                                     : g_strdup_printf ("%s" BEFORE_CHANGE "-%d" SUFFIX, stamp, i);

      file = g_build_filename (folder, name, NULL);
      if (!g_file_test (file, G_FILE_TEST_EXISTS))
        return file;
      g_free (file);
    }
}

static int64_t
last_seq (sqlite3 *sqlite, const char *path)
{
  int64_t seq;

  return fika_sqlite_get_int (sqlite, path, "SELECT seq FROM sqlite_sequence WHERE name = 'change'",
                              &seq, NULL)
             ? seq
             : -1;
}

/* The newest daily backup, where it can be read and nothing was changed since. */
static FikaBackupInfo *
find_current (FikaDb *db, const char *folder)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *file = g_build_filename (folder, names->pdata[i], NULL);
      sqlite3 *sqlite = NULL;
      gboolean current;

      if (is_before_change (names->pdata[i]))
        continue;
      sqlite = open_copy (file, NULL);
      current = sqlite != NULL && last_seq (sqlite, file) == last_seq (db->sqlite, db->path);
      sqlite3_close (sqlite);
      return current ? read_info (file, TRUE, NULL) : NULL;
    }
  return NULL;
}

/**
 * fika_backup_keep:
 * @db: a connection outside a transaction
 * @folder: where backups are kept; made where it is missing
 * @reason: what it is made for
 * @now: UTC seconds, for its name
 * @error: return location for an error
 *
 * Keeps a backup and then lets go of old ones: seven daily, four weekly, and five made before a
 * change stay. A daily one is not written again while nothing has changed; on the same day a new
 * one takes the old one's place. Nothing is let go of where the new one failed.
 *
 * Errors: those of fika_backup_write().
 *
 * Returns: (transfer full) (nullable): what is in it; %NULL with an error
 */
FikaBackupInfo *
fika_backup_keep (FikaDb *db,
                  const char *folder,
                  FikaBackupReason reason,
                  int64_t now,
                  GError **error)
{
  g_autoptr (FikaBackupInfo) info = NULL;
  g_autofree char *file = NULL;

  g_return_val_if_fail (FIKA_IS_DB (db), NULL);
  g_return_val_if_fail (folder != NULL, NULL);
  g_return_val_if_fail (!fika_db_in_transaction (db), NULL);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_errno (folder, errno, error);
      return NULL;
    }
  if (reason == FIKA_BACKUP_DAILY)
    {
      info = find_current (db, folder);
      if (info != NULL)
        return g_steal_pointer (&info);
    }

  file = choose_name (folder, reason, now);
  info = fika_backup_write (db, file, error);
  if (info != NULL)
    {
      prune (folder, info->file);
      remove_parts (folder, info->file);
    }
  return g_steal_pointer (&info);
}
