#include "config.h"

#include "base/fika-paths.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <sys/stat.h>

/**
 * fika_paths_data_dir:
 *
 * Returns: (transfer full) (type filename): the folder that everything of the person's is kept in,
 *   `$XDG_DATA_HOME/fika`; it need not exist
 */
char *
fika_paths_data_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "fika", NULL);
}

/**
 * fika_paths_database:
 *
 * Returns: (transfer full) (type filename): the database file; it need not exist
 */
char *
fika_paths_database (void)
{
  return g_build_filename (g_get_user_data_dir (), "fika", "fika.db", NULL);
}

/**
 * fika_paths_backups_dir:
 *
 * Returns: (transfer full) (type filename): the folder of the backups; it need not exist
 */
char *
fika_paths_backups_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "fika", "backups", NULL);
}

/**
 * fika_paths_photos_dir:
 *
 * Returns: (transfer full) (type filename): the folder of the photos, files named by the hash of
 *   their content; it need not exist
 */
char *
fika_paths_photos_dir (void)
{
  return g_build_filename (g_get_user_data_dir (), "fika", "photos", NULL);
}

static gboolean
folder_failed (const char *path, int code, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, FIKA_ERROR, code == ENOSPC ? FIKA_ERROR_FULL : FIKA_ERROR_FAILED,
               /* Translators: the path of a folder, and the system's reason. */
               _ ("The folder %s cannot be used: %s. Check who may write there, then try again."),
               shown, g_strerror (code));

  return FALSE;
}

/**
 * fika_paths_ensure_private_dir:
 * @path: (type filename): a folder
 * @error: return location for an error
 *
 * Makes sure that @path is a folder that nobody else may look into (mode 0700), and makes it and
 * its parents where they are missing.
 *
 * Returns: whether it is; else @error is %FIKA_ERROR_FULL or %FIKA_ERROR_FAILED
 */
gboolean
fika_paths_ensure_private_dir (const char *path, GError **error)
{
  struct stat info;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (g_mkdir_with_parents (path, 0700) != 0)
    return folder_failed (path, errno, error);
  if (stat (path, &info) != 0)
    return folder_failed (path, errno, error);
  if (!S_ISDIR (info.st_mode))
    return folder_failed (path, ENOTDIR, error);
  if ((info.st_mode & 07777) != 0700 && g_chmod (path, 0700) != 0)
    return folder_failed (path, errno, error);

  return TRUE;
}

/**
 * fika_paths_libexec:
 * @program: the name of a program of Fika's own
 *
 * Returns: (transfer full) (type filename): where it is installed, or in `$FIKA_LIBEXECDIR` where
 *   that is set
 */
char *
fika_paths_libexec (const char *program)
{
  const char *dir = g_getenv ("FIKA_LIBEXECDIR");

  g_return_val_if_fail (program != NULL, NULL);

  return g_build_filename (dir != NULL && *dir != '\0' ? dir : FIKA_LIBEXECDIR, program, NULL);
}

/**
 * fika_paths_bin:
 * @program: the name of a program that a desktop or a person may start
 *
 * Returns: (transfer full) (type filename): where it is installed, or in `$FIKA_BINDIR` where that
 * is set
 */
char *
fika_paths_bin (const char *program)
{
  const char *dir = g_getenv ("FIKA_BINDIR");

  g_return_val_if_fail (program != NULL, NULL);

  return g_build_filename (dir != NULL && *dir != '\0' ? dir : FIKA_BINDIR, program, NULL);
}

/**
 * fika_paths_is_sandboxed:
 *
 * Returns: whether Fika runs in a Flatpak's sandbox, where the desktop's portals stand for what is
 *   outside; `$FIKA_FLATPAK_INFO` names another file than the one that says so, for tests
 */
gboolean
fika_paths_is_sandboxed (void)
{
  const char *info = g_getenv ("FIKA_FLATPAK_INFO");

  return g_file_test (info != NULL ? info : "/.flatpak-info", G_FILE_TEST_EXISTS);
}
