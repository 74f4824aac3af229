#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"

#include <string.h>

/* Shorter numbers (of emergency services, extensions) belong to more than one person. */
#define SHORTEST_NUMBER 6

/* In the order in which they count. */
typedef enum
{
  BY_PHONE,
  BY_EMAIL,
  BY_NAME,
} Likeness;

static const FikaOccasion *
birthday_of (FikaPerson *person)
{
  return fika_person_get_birthday (person);
}

/* People with the same name and different birthdays are two. */
static gboolean
may_be_same (FikaPerson *here, FikaPerson *card)
{
  const FikaOccasion *a = birthday_of (here);
  const FikaOccasion *b = birthday_of (card);

  if (a == NULL || b == NULL)
    return TRUE;

  return a->month == b->month && a->day == b->day
         && (a->year == b->year || a->year == 0 || b->year == 0);
}

static void
add_ids (GArray *all, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      gboolean known = FALSE;

      for (guint j = 0; j < all->len; j++)
        known |= g_array_index (all, int64_t, j) == id;
      if (!known)
        g_array_append_val (all, id);
    }
}

static GArray *
find_alike (FikaStore *store, FikaPerson *card, Likeness likeness)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (int64_t));
  GPtrArray *contacts = fika_person_get_contacts (card);
  FikaContactKind kind = likeness == BY_PHONE ? FIKA_CONTACT_PHONE : FIKA_CONTACT_EMAIL;

  if (likeness == BY_NAME)
    {
      g_autoptr (GArray) ids = fika_store_find_people_by_name (store, fika_person_get_name (card));

      add_ids (all, ids);
      return all;
    }
  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *key = NULL;
      g_autoptr (GArray) ids = NULL;

      if (contact->kind != kind)
        continue;
      key = fika_contact_match_key (kind, contact->value);
      if (strlen (key) < (kind == FIKA_CONTACT_PHONE ? SHORTEST_NUMBER : 1))
        continue;
      ids = fika_store_find_people_by_contact (store, kind, contact->value);
      add_ids (all, ids);
    }

  return all;
}

static FikaImportItem *
item_new (FikaImportCard *card, FikaImportVerdict verdict, FikaPerson *draft, FikaPerson *match)
{
  FikaImportItem *item = g_new0 (FikaImportItem, 1);

  item->draft = g_object_ref (draft);
  item->verdict = verdict;
  item->match = match != NULL ? g_object_ref (match) : NULL;
  item->line = card->line;
  item->chosen = verdict == FIKA_IMPORT_NEW || verdict == FIKA_IMPORT_UPDATED;

  return item;
}

void
fika_import_item_free (FikaImportItem *self)
{
  g_clear_object (&self->draft);
  g_clear_object (&self->match);
  g_free (self);
}

/* Somebody of whom the card tells nothing new is the same; else the best of those who are alike. */
static FikaImportItem *
match_alike (FikaStore *store, FikaImportCard *card, GError **error)
{
  g_autoptr (FikaPerson) best = NULL;
  gboolean best_named = FALSE;

  for (Likeness likeness = BY_PHONE; likeness <= BY_NAME; likeness++)
    {
      g_autoptr (GArray) ids = find_alike (store, card->draft, likeness);
      gboolean decided = best != NULL;

      for (guint i = 0; i < ids->len; i++)
        {
          g_autoptr (FikaPerson) here = NULL;
          g_autoptr (FikaPerson) merged = NULL;
          gboolean named;

          here = fika_store_get_person (store, g_array_index (ids, int64_t, i), error);
          if (here == NULL)
            return NULL;
          named = fika_text_folded_equal (fika_person_get_name (here),
                                          fika_person_get_name (card->draft));
          if (likeness == BY_NAME && !may_be_same (here, card->draft))
            continue;
          merged = fika_import_merge (here, card->draft, FALSE);
          if (named && may_be_same (here, card->draft) && fika_import_same_person (here, merged))
            return item_new (card, FIKA_IMPORT_UNCHANGED, merged, here);
          if (!decided && (best == NULL || (named && !best_named)))
            {
              g_set_object (&best, here);
              best_named = named;
            }
        }
    }

  if (best != NULL)
    {
      g_autoptr (FikaPerson) merged = fika_import_merge (best, card->draft, FALSE);

      return item_new (card, FIKA_IMPORT_DUPLICATE, merged, best);
    }

  return item_new (card, FIKA_IMPORT_NEW, card->draft, NULL);
}

/**
 * fika_import_match:
 * @store: the data
 * @card: a card of the file
 * @error: return location
 *
 * Says what the card is to the people here: the same UID is the same card; else the same phone
 * number, mail address or name may be the same person.
 *
 * Returns: (transfer full) (nullable): the entry of the preview; %NULL with an error of the store
 */
FikaImportItem *
fika_import_match (FikaStore *store, FikaImportCard *card, GError **error)
{
  const char *uid = fika_person_get_uid (card->draft);
  g_autoptr (FikaPerson) here = NULL;
  g_autoptr (FikaPerson) merged = NULL;
  g_autoptr (GError) local_error = NULL;

  if (*uid == '\0')
    return match_alike (store, card, error);
  here = fika_store_get_person_by_uid (store, uid, &local_error);
  if (here == NULL)
    {
      if (!g_error_matches (local_error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      return match_alike (store, card, error);
    }
  merged = fika_import_merge (here, card->draft, TRUE);

  return item_new (
      card, fika_import_same_person (here, merged) ? FIKA_IMPORT_UNCHANGED : FIKA_IMPORT_UPDATED,
      merged, here);
}
