#include "config.h"

#include "store/fika-store-private.h"

#include "db/fika-log.h"

/* Rows that are taken back within a frame or two. */
#define LONG 1000

/**
 * fika_store_dup_undo_label:
 * @self: a store
 *
 * Returns: (transfer full) (nullable): what undo would take back; %NULL where there is nothing
 */
char *
fika_store_dup_undo_label (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_log_undo_label (fika_store_get_db (self));
}

/**
 * fika_store_dup_redo_label:
 * @self: a store
 *
 * Returns: (transfer full) (nullable): what redo would do again; %NULL where there is nothing
 */
char *
fika_store_dup_redo_label (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_log_redo_label (fika_store_get_db (self));
}

/**
 * fika_store_undo_is_long:
 * @self: a store
 *
 * Returns: whether what undo would take back is so much that it would be felt: for
 *   fika_store_work_async()
 */
gboolean
fika_store_undo_is_long (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  return fika_log_undo_size (fika_store_get_db (self), LONG) == LONG;
}

/**
 * fika_store_redo_is_long:
 * @self: a store
 *
 * Returns: whether what redo would bring back is so much that it would be felt
 */
gboolean
fika_store_redo_is_long (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  return fika_log_redo_size (fika_store_get_db (self), LONG) == LONG;
}

/**
 * fika_history_entry_free:
 * @self: (nullable): an entry
 */
void
fika_history_entry_free (FikaHistoryEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self->source);
  g_free (self);
}

/**
 * fika_store_history:
 * @self: a store
 * @limit: how many at most
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaHistoryEntry) (nullable): what was done, newest first;
 *   %NULL with an error
 */
GPtrArray *
fika_store_history (FikaStore *self, guint limit, GError **error)
{
  g_autoptr (GPtrArray) log = NULL;
  g_autoptr (GPtrArray) history = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  log = fika_log_history (fika_store_get_db (self), limit, error);
  if (log == NULL)
    return NULL;
  history = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_history_entry_free);
  for (guint i = 0; i < log->len; i++)
    {
      FikaLogEntry *from = g_ptr_array_index (log, i);
      FikaHistoryEntry *entry = g_new0 (FikaHistoryEntry, 1);

      entry->id = from->id;
      entry->label = g_steal_pointer (&from->label);
      entry->source = g_steal_pointer (&from->source);
      entry->at = from->at;
      entry->undone = from->undone;
      g_ptr_array_add (history, entry);
    }
  return g_steal_pointer (&history);
}
