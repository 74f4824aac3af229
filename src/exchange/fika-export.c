#include "config.h"

#include "exchange/fika-export.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

/**
 * fika_export_to_file:
 * @path: where to write; a file of that name is replaced when the new one is whole
 * @text: what to write
 * @error: return location for an error
 *
 * Writes an export: to a file beside, onto the disk, then in place of the old one, readable by nobody
 * else.
 *
 * Returns: whether it is there; the old file is untouched otherwise
 */
gboolean
fika_export_to_file (const char *path, const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  if (g_file_set_contents_full (path,
                                text,
                                -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600,
                                &reason))
    return TRUE;

  g_set_error (error,
               FIKA_ERROR,
               g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? FIKA_ERROR_FULL
                                                                           : FIKA_ERROR_FAILED,
               _ ("The file could not be written, and nothing was changed: %s"),
               reason->message);

  return FALSE;
}
