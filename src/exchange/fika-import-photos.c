#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"
#include "exchange/fika-export.h"

#include <glib/gi18n-lib.h>

/**
 * fika_import_photo_name:
 * @photo: the bytes of a photo
 *
 * Returns: (transfer full): what its file is called: the SHA-256 of its content, in hexadecimal
 */
char *
fika_import_photo_name (GBytes *photo)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, photo);
}

/**
 * fika_import_save_photo:
 * @name: what fika_import_photo_name() says
 * @photo: the bytes
 * @made: (out): whether there was no such file before
 * @error: return location
 *
 * Keeps a photo among the others. One that is there already is left alone: its name says that it is
 * the same.
 *
 * Returns: whether it is there now
 */
gboolean
fika_import_save_photo (const char *name, GBytes *photo, gboolean *made, GError **error)
{
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize length;
  const char *data = g_bytes_get_data (photo, &length);

  *made = FALSE;
  if (!fika_paths_ensure_private_dir (folder, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!fika_export_bytes_to_file (path, data, length, error))
    return FALSE;
  *made = TRUE;

  return TRUE;
}
