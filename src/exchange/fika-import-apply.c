#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"
#include "base/fika-text.h"
#include "command/fika-commands.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Longest name of a file in the label of an action, in characters. */
#define LABEL_NAME_MAX 60

/**
 * fika_import_is_chosen:
 * @item: an entry of the preview
 *
 * Returns: whether it is to be saved
 */
gboolean
fika_import_is_chosen (const FikaImportItem *item)
{
  return item->chosen && item->verdict != FIKA_IMPORT_UNCHANGED;
}

/**
 * fika_import_label_name:
 * @name: the name of a file
 *
 * Returns: (transfer full): the name, fit for the label of an action
 */
char *
fika_import_label_name (const char *name)
{
  return fika_text_clip (name, LABEL_NAME_MAX);
}

/**
 * fika_import_draft_now:
 * @store: the data
 * @item: an entry that is chosen
 * @card: its card
 * @drafts: (element-type gint64 FikaPerson): what this import already makes of people, by their id
 * @error: return location
 *
 * Somebody may have changed since the preview: the card is merged with the person as they are now,
 * or with what another card of this import already made of them.
 *
 * Returns: (transfer full) (nullable): a draft; %NULL with an error of the store
 */
FikaPerson *
fika_import_draft_now (FikaStore *store,
                       const FikaImportItem *item,
                       const FikaImportCard *card,
                       GHashTable *drafts,
                       GError **error)
{
  const char *uid = fika_person_get_uid (card->draft);
  g_autoptr (FikaPerson) here = NULL;
  g_autoptr (GError) local_error = NULL;
  FikaPerson *before;
  int64_t id;

  if (item->match != NULL)
    here = fika_store_get_person (store, fika_person_get_id (item->match), &local_error);
  else if (*uid != '\0')
    here = fika_store_get_person_by_uid (store, uid, &local_error);
  if (local_error != NULL && !g_error_matches (local_error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (here == NULL)
    return g_object_ref (card->draft);

  id = fika_person_get_id (here);
  before = g_hash_table_lookup (drafts, &id);

  return fika_import_merge (before != NULL ? before : here, card->draft,
                            g_str_equal (uid, fika_person_get_uid (here)));
}

/**
 * fika_import_save_photos:
 * @items: (element-type FikaImportItem): the preview
 * @cards: (element-type FikaImportCard): the card of each item
 * @made: (element-type utf8): takes the names of the files that were made
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Keeps the photos of what is chosen, before the people who have them: a photo without a person is
 * harmless, the other way is not.
 *
 * Returns: whether all are there
 */
gboolean
fika_import_save_photos (GPtrArray *items,
                         GPtrArray *cards,
                         GPtrArray *made,
                         GCancellable *cancellable,
                         GError **error)
{
  for (guint i = 0; i < cards->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (items, i);
      const FikaImportCard *card = g_ptr_array_index (cards, i);
      const char *name = fika_person_get_photo (card->draft);
      gboolean is_new;

      if (card->photo == NULL || !fika_import_is_chosen (item))
        continue;
      if (g_cancellable_is_cancelled (cancellable))
        return fika_import_set_cancelled (error);
      if (!fika_import_save_photo (name, card->photo, &is_new, error))
        return FALSE;
      if (is_new)
        g_ptr_array_add (made, g_strdup (name));
    }

  return TRUE;
}

/**
 * fika_import_remove_photos:
 * @made: (element-type utf8): names of files
 *
 * Takes back what fika_import_save_photos() made.
 */
void
fika_import_remove_photos (GPtrArray *made)
{
  g_autofree char *folder = fika_paths_photos_dir ();

  for (guint i = 0; i < made->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (made, i), NULL);

      g_unlink (path);
    }
}

/* The drafts of what is chosen, each person once. */
static GPtrArray *
collect (FikaStore *store, GPtrArray *items, GPtrArray *cards, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) drafts = NULL; /* of people who are here: id → draft, borrowed */

  drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (items, i);
      FikaPerson *draft;
      int64_t id;

      if (!fika_import_is_chosen (item))
        continue;
      draft = fika_import_draft_now (store, item, g_ptr_array_index (cards, i), drafts, error);
      if (draft == NULL)
        return NULL;
      id = fika_person_get_id (draft);
      if (id != 0)
        {
          FikaPerson *before = g_hash_table_lookup (drafts, &id);

          if (before != NULL)
            g_ptr_array_remove (all, before);
          g_hash_table_replace (drafts, g_memdup2 (&id, sizeof id), draft);
        }
      g_ptr_array_add (all, draft);
    }

  return g_steal_pointer (&all);
}

/**
 * fika_import_apply_cards:
 * @store: the data
 * @name: what the file is called
 * @items: (element-type FikaImportItem): the preview
 * @cards: (element-type FikaImportCard): the card of each item
 * @source: one of FIKA_SOURCE_*
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Returns: whether all that is chosen is kept; else nothing is
 */
gboolean
fika_import_apply_cards (FikaStore *store,
                         const char *name,
                         GPtrArray *items,
                         GPtrArray *cards,
                         const char *source,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GPtrArray) drafts = collect (store, items, cards, error);
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *shown = fika_import_label_name (name);
  g_autofree char *label = NULL;

  if (drafts == NULL)
    return FALSE;
  if (drafts->len == 0)
    return TRUE;
  if (!fika_store_keep_backup (store, TRUE, error))
    return FALSE;
  label = g_strdup_printf (
      ngettext ("Import %u person from %s", "Import %u people from %s", drafts->len), drafts->len,
      shown);
  if (fika_import_save_photos (items, cards, made, cancellable, error)
      && fika_command_save_people (store, drafts, label, source, cancellable, error))
    return TRUE;
  fika_import_remove_photos (made);

  return FALSE;
}
