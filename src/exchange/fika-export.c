#include "config.h"

#include "exchange/fika-export.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static gboolean
write_failed (GError **error, const char *path, int code)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (code == ENOSPC || code == EDQUOT)
    g_set_error (
        error, FIKA_ERROR, FIKA_ERROR_FULL,
        _ ("“%s” cannot be written: the disk is full. Make room, or choose another place."), shown);
  else
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                 /* Translators: the path of a file, and the system's reason. */
                 _ ("“%s” cannot be written: %s. Choose another place."), shown, g_strerror (code));

  return FALSE;
}

static gboolean
write_all (int fd, const char *data, gsize length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      data += n;
      length -= n;
    }

  return TRUE;
}

/* So that the new name lasts, too. Folders that cannot be synced (of some network file systems) are
 * none the worse for it. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/**
 * fika_export_bytes_to_file:
 * @path: (type filename): where to; what is there is replaced
 * @data: (array length=length): the content
 * @length: how many bytes
 * @error: return location
 *
 * Writes a file that nobody else may read (mode 0600) so that at any moment there is either the old
 * one or the new one, whole: into a file of another name, which is synced and then renamed.
 *
 * Returns: whether it is there; else @error is %FIKA_ERROR_FULL or %FIKA_ERROR_FAILED, and what was
 *   there before is still there
 */
gboolean
fika_export_bytes_to_file (const char *path, const char *data, gsize length, GError **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *temporary = NULL;
  int code = 0;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (data != NULL || length == 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return write_failed (error, path, EISDIR);
  folder = g_path_get_dirname (path);
  temporary = g_build_filename (folder, ".fika-XXXXXX", NULL);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    return write_failed (error, path, errno);

  if (!write_all (fd, data, length) || fsync (fd) != 0)
    code = errno;
  if (close (fd) != 0 && code == 0)
    code = errno;
  if (code == 0 && g_rename (temporary, path) != 0)
    code = errno;
  if (code != 0)
    {
      g_unlink (temporary);
      return write_failed (error, path, code);
    }
  sync_folder (path);

  return TRUE;
}

/**
 * fika_export_to_file:
 * @path: (type filename): where to; what is there is replaced
 * @text: the content
 * @error: return location
 *
 * As fika_export_bytes_to_file(), for a text.
 *
 * Returns: whether it is there
 */
gboolean
fika_export_to_file (const char *path, const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  return fika_export_bytes_to_file (path, text, strlen (text), error);
}
