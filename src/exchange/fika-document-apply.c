#include "config.h"

#include "exchange/fika-document.h"

#include "base/fika-error.h"
#include "command/fika-batch.h"
#include "exchange/fika-document-private.h"

#include <glib/gi18n-lib.h>

/* A document on its way into the data. No live object of the store that it was compared with is
 * looked at, save for ids, which never change. */
typedef struct
{
  FikaDocument *document;
  FikaStore *store; /* which is written to: not the one that it was compared with, on a thread */
  FikaBatch *batch;
  GPtrArray *items;
  GCancellable *cancellable;
  GHashTable *people; /* uid → FikaPerson: who the people of the document are here */
  GHashTable *groups; /* uid → FikaGroup */
  GHashTable *series; /* uid → FikaSeries */
} Apply;

/* Before each entry. */
static gboolean
go_on (Apply *apply, GError **error)
{
  if (g_cancellable_is_cancelled (apply->cancellable))
    return fika_import_set_cancelled (error);

  return fika_store_step (apply->store, FIKA_STEPS_TO_WRITE, error);
}

/* (transfer none) (nullable): of the document or here already. */
static FikaPerson *
person_of (Apply *apply, const char *uid)
{
  FikaPerson *person = g_hash_table_lookup (apply->people, uid);

  if (person != NULL || g_hash_table_contains (apply->document->uids, uid))
    return person;
  person = fika_store_get_person_by_uid (apply->store, uid, NULL);
  if (person != NULL)
    g_hash_table_insert (apply->people, g_strdup (uid), person);

  return person;
}

static FikaGroup *
group_of (Apply *apply, const char *uid)
{
  FikaGroup *group = g_hash_table_lookup (apply->groups, uid);

  if (group != NULL || *uid == '\0')
    return group;
  group = fika_store_get_group_by_uid (apply->store, uid, NULL);
  if (group != NULL)
    g_hash_table_insert (apply->groups, g_strdup (uid), group);

  return group;
}

static FikaSeries *
series_of (Apply *apply, const char *uid)
{
  FikaSeries *series = g_hash_table_lookup (apply->series, uid);
  FikaPlan *here;

  if (series != NULL)
    return series;
  here = fika_store_get_plan_by_uid (apply->store, uid, NULL);
  if (here == NULL || !FIKA_IS_SERIES (here))
    {
      g_clear_object (&here);
      return NULL;
    }
  g_hash_table_insert (apply->series, g_strdup (uid), here);

  return FIKA_SERIES (here);
}

static gboolean
apply_circles (Apply *apply, GError **error)
{
  GArray *circles = apply->document->circles;

  for (guint i = 0; i < circles->len; i++)
    {
      const FikaEntryCircle *circle = &g_array_index (circles, FikaEntryCircle, i);

      if (circle->name != NULL
          && !fika_batch_set_circle_name (apply->batch, circle->id, circle->name, error))
        return FALSE;
      if (circle->ideal >= 0
          && !fika_batch_set_circle_cadence (apply->batch, circle->id, circle->ideal,
                                             circle->latest, error))
        return FALSE;
    }

  return TRUE;
}

/* Who is not chosen but here stands for the person of the document all the same. */
static FikaPerson *
save_person (Apply *apply, guint i, GHashTable *drafts, GError **error)
{
  FikaDocument *self = apply->document;
  const FikaImportItem *item = g_ptr_array_index (apply->items, i);
  g_autoptr (FikaPerson) draft = NULL;
  FikaPerson *saved;
  int64_t id;

  if (!fika_import_is_chosen (item))
    return item->match != NULL
               ? fika_store_get_person (apply->store, fika_person_get_id (item->match), NULL)
               : NULL;
  draft = fika_import_draft_now (apply->store, item, g_ptr_array_index (self->cards, i), drafts,
                                 error);
  if (draft == NULL)
    return NULL;
  saved = fika_batch_save_person (apply->batch, draft, error);
  if (saved != NULL && fika_person_get_id (draft) != 0)
    {
      id = fika_person_get_id (draft);
      g_hash_table_replace (drafts, g_memdup2 (&id, sizeof id), g_object_ref (draft));
    }

  return saved;
}

/* Who introduced whom can only be said when both are there. */
static gboolean
save_introducers (Apply *apply, GError **error)
{
  FikaDocument *self = apply->document;

  for (guint i = 0; i < self->cards->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (apply->items, i);
      const FikaImportCard *card = g_ptr_array_index (self->cards, i);
      const char *uid = g_ptr_array_index (self->introducers, i);
      FikaPerson *introducer = *uid != '\0' ? person_of (apply, uid) : NULL;
      FikaPerson *person = person_of (apply, fika_person_get_uid (card->draft));
      g_autoptr (FikaPerson) draft = NULL;
      g_autoptr (FikaPerson) saved = NULL;

      if (introducer == NULL || person == NULL || introducer == person
          || item->verdict != FIKA_IMPORT_NEW || !item->chosen)
        continue;
      draft = fika_person_copy (person);
      g_object_set (draft, "introduced-by", fika_person_get_id (introducer), NULL);
      saved = fika_batch_save_person (apply->batch, draft, error);
      if (saved == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
apply_people (Apply *apply, GError **error)
{
  FikaDocument *self = apply->document;
  g_autoptr (GHashTable) drafts = NULL;

  drafts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  for (guint i = 0; i < self->cards->len; i++)
    {
      const FikaImportCard *card = g_ptr_array_index (self->cards, i);
      GError *local_error = NULL;
      FikaPerson *person;

      if (!go_on (apply, error))
        return FALSE;
      person = save_person (apply, i, drafts, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
      if (person != NULL)
        g_hash_table_insert (apply->people, g_strdup (fika_person_get_uid (card->draft)), person);
    }

  return save_introducers (apply, error);
}

static gboolean
apply_group (Apply *apply, const FikaEntryGroup *entry, GError **error)
{
  g_autoptr (FikaGroup) draft = fika_group_copy (entry->draft);
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  FikaGroup *group;

  for (guint i = 0; i < entry->members->len; i++)
    {
      const FikaEntryMember *member = g_ptr_array_index (entry->members, i);
      FikaPerson *person = person_of (apply, member->person);

      if (person != NULL)
        g_ptr_array_add (members,
                         fika_member_new (person, member->role, member->since, member->until));
    }
  fika_group_set_members (draft, members);
  group = fika_batch_add_group (apply->batch, draft, entry->stages, error);
  if (group == NULL)
    return FALSE;
  g_hash_table_insert (apply->groups, g_strdup (fika_group_get_uid (draft)), group);

  return TRUE;
}

static gboolean
apply_groups (Apply *apply, GError **error)
{
  GPtrArray *groups = apply->document->groups;

  for (guint i = 0; i < groups->len; i++)
    {
      const FikaEntryGroup *entry = g_ptr_array_index (groups, i);

      if (!go_on (apply, error))
        return FALSE;
      if (entry->verdict == FIKA_ENTRY_NEW && !apply_group (apply, entry, error))
        return FALSE;
    }

  return TRUE;
}

/* Puts people and group of here into a draft; FALSE where nobody is left. */
static gboolean
fill_plan (Apply *apply, const FikaEntryPlan *entry, FikaPlan *draft)
{
  FikaGroup *group = group_of (apply, entry->group);

  fika_plan_set_group (draft, group);
  for (char **uid = entry->people; *uid != NULL; uid++)
    {
      FikaPerson *person = person_of (apply, *uid);

      if (person != NULL && !fika_plan_has_person (draft, fika_person_get_id (person)))
        fika_plan_add_person (draft, person);
    }

  return group != NULL || fika_plan_get_people (draft)->len > 0;
}

static gboolean
apply_series (Apply *apply, GError **error)
{
  GPtrArray *all = apply->document->series;

  for (guint i = 0; i < all->len; i++)
    {
      const FikaEntryPlan *entry = g_ptr_array_index (all, i);
      g_autoptr (FikaSeries) draft = NULL;
      FikaSeries *series;

      if (!go_on (apply, error))
        return FALSE;
      if (entry->verdict != FIKA_ENTRY_NEW)
        continue;
      draft = fika_series_copy (FIKA_SERIES (entry->draft));
      if (!fill_plan (apply, entry, FIKA_PLAN (draft)))
        continue;
      series = fika_batch_add_series (apply->batch, draft, error);
      if (series == NULL)
        return FALSE;
      g_hash_table_insert (apply->series, g_strdup (fika_plan_get_uid (FIKA_PLAN (draft))), series);
    }

  return TRUE;
}

/* What happened comes over; who and where stay as they are here. */
static FikaCatchup *
draft_of_update (FikaCatchup *here, FikaCatchup *there)
{
  FikaCatchup *draft = fika_catchup_copy (here);

  fika_catchup_set_state (draft, fika_catchup_get_state (there));
  fika_plan_set_start (FIKA_PLAN (draft), fika_plan_get_start (FIKA_PLAN (there)));
  fika_plan_set_window (FIKA_PLAN (draft), fika_plan_get_window (FIKA_PLAN (there)));
  fika_plan_set_minutes (FIKA_PLAN (draft), fika_plan_get_minutes (FIKA_PLAN (there)));
  fika_plan_set_notes (FIKA_PLAN (draft), fika_plan_get_notes (FIKA_PLAN (there)));
  fika_catchup_set_feeling (draft, fika_catchup_get_feeling (there));
  fika_catchup_set_reached_out (draft, fika_catchup_get_reached_out (there));
  fika_catchup_set_learned (draft, fika_catchup_get_learned (there));
  fika_catchup_set_again (draft, fika_catchup_get_again (there));
  fika_catchup_set_role (draft, fika_catchup_get_role (there));
  fika_catchup_set_task (draft, fika_catchup_get_task (there));
  fika_catchup_set_volunteer (draft, fika_catchup_get_volunteer (there));

  return draft;
}

/* (transfer full) (nullable): the catch-up here that the entry is about. */
static FikaCatchup *
catchup_here (Apply *apply, const FikaEntryPlan *entry)
{
  FikaStore *store = apply->store;
  g_autoptr (FikaPlan) here = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  FikaCatchup *catchup;

  here = fika_store_get_plan_by_uid (store, fika_plan_get_uid (entry->draft), NULL);
  if (here != NULL)
    return FIKA_IS_CATCHUP (here) ? FIKA_CATCHUP (g_steal_pointer (&here)) : NULL;
  if (*entry->series == '\0')
    return NULL;
  occurrence = fika_store_get_occurrence (store, entry->series, entry->original, NULL);
  catchup = occurrence != NULL ? fika_occurrence_get_catchup (occurrence) : NULL;

  return catchup != NULL ? g_object_ref (catchup) : NULL;
}

static gboolean
apply_catchup (Apply *apply, const FikaEntryPlan *entry, GError **error)
{
  g_autoptr (FikaCatchup) here = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  FikaCatchup *there = FIKA_CATCHUP (entry->draft);

  if (entry->verdict == FIKA_ENTRY_UPDATED)
    {
      here = catchup_here (apply, entry);
      if (here == NULL)
        return TRUE;
      draft = draft_of_update (here, there);
    }
  else
    {
      draft = fika_catchup_copy (there);
      if (!fill_plan (apply, entry, FIKA_PLAN (draft)))
        return TRUE;
      if (*entry->series != '\0')
        {
          FikaSeries *series = series_of (apply, entry->series);

          if (series == NULL)
            return TRUE;
          fika_catchup_set_occurrence (draft, fika_plan_get_id (FIKA_PLAN (series)),
                                       entry->original);
        }
    }
  saved = fika_batch_save_catchup (apply->batch, draft, error);

  return saved != NULL;
}

static gboolean
apply_catchups (Apply *apply, GError **error)
{
  GPtrArray *catchups = apply->document->catchups;

  for (guint i = 0; i < catchups->len; i++)
    {
      const FikaEntryPlan *entry = g_ptr_array_index (catchups, i);

      if (!go_on (apply, error))
        return FALSE;
      if (entry->verdict != FIKA_ENTRY_KEPT && !apply_catchup (apply, entry, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
apply_topics (Apply *apply, GError **error)
{
  GPtrArray *topics = apply->document->topics;

  for (guint i = 0; i < topics->len; i++)
    {
      const FikaEntryTopic *entry = g_ptr_array_index (topics, i);
      FikaPerson *person = person_of (apply, entry->person);
      FikaTopic topic = entry->topic;

      if (!go_on (apply, error))
        return FALSE;
      if (entry->verdict == FIKA_ENTRY_KEPT || person == NULL)
        continue;
      topic.person = fika_person_get_id (person);
      if (!fika_batch_save_topic (apply->batch, &topic, error))
        return FALSE;
    }

  return TRUE;
}

static void
expect_steps (FikaDocument *self, FikaStore *store)
{
  guint entries = self->cards->len + self->groups->len + self->series->len + self->catchups->len
                  + self->topics->len;

  fika_store_expect_steps (store,
                           entries * FIKA_STEPS_TO_WRITE + self->cards->len * FIKA_STEPS_TO_DERIVE);
}

static gboolean
apply_all (Apply *apply, GError **error)
{
  return apply_circles (apply, error) && apply_people (apply, error) && apply_groups (apply, error)
         && apply_series (apply, error) && apply_catchups (apply, error)
         && apply_topics (apply, error) && fika_batch_commit (apply->batch, error);
}

/**
 * fika_document_apply:
 * @self: a document that was compared
 * @store: the data; a thread's own store where it is applied on one
 * @name: what its file is called
 * @items: (element-type FikaImportItem): the preview of its people
 * @source: one of FIKA_SOURCE_*
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Keeps all that is new and chosen as one action.
 *
 * Returns: whether all of it is kept; else nothing is
 */
gboolean
fika_document_apply (FikaDocument *self,
                     FikaStore *store,
                     const char *name,
                     GPtrArray *items,
                     const char *source,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) people = NULL;
  g_autoptr (GHashTable) groups = NULL;
  g_autoptr (GHashTable) series = NULL;
  g_autoptr (FikaBatch) batch = NULL;
  g_autofree char *shown = fika_import_label_name (name);
  g_autofree char *label = NULL;
  Apply apply = { .document = self, .store = store, .items = items, .cancellable = cancellable };
  gboolean done = FALSE;

  if (!fika_store_keep_backup (store, TRUE, error))
    return FALSE;
  expect_steps (self, store);
  people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  apply.people = people;
  apply.groups = groups;
  apply.series = series;

  /* Translators: the name of a file. */
  label = g_strdup_printf (_ ("Import %s"), shown);
  if (fika_import_save_photos (items, self->cards, made, cancellable, error))
    {
      batch = fika_batch_begin (store, label, source, error);
      apply.batch = batch;
      done = batch != NULL && apply_all (&apply, error);
    }
  if (!done)
    fika_import_remove_photos (made);

  return done;
}
