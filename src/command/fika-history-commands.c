#include "config.h"

#include "command/fika-commands.h"

/**
 * fika_command_undo:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @label: (out) (optional) (transfer full): what was undone, in the person's words
 * @error: return location
 *
 * Undoes the newest action that is not undone yet, whichever program did it.
 *
 * Returns: %FALSE with an error, %FIKA_ERROR_NOT_FOUND where there is nothing to undo
 */
gboolean
fika_command_undo (FikaStore *store, const char *source, char **label, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_store_undo (store, source, label, error);
}

/**
 * fika_command_redo:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @label: (out) (optional) (transfer full): what was done again, in the person's words
 * @error: return location
 *
 * Does again what was undone last.
 *
 * Returns: %FALSE with an error, %FIKA_ERROR_NOT_FOUND where there is nothing to do again
 */
gboolean
fika_command_redo (FikaStore *store, const char *source, char **label, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_store_redo (store, source, label, error);
}
