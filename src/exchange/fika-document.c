#include "config.h"

#include "exchange/fika-document.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "exchange/fika-document-private.h"

#include <glib/gi18n-lib.h>

/* An object of the list being compared. Whatever is wrong with it keeps only itself out. */
typedef struct
{
  FikaDocument *document;
  FikaJsonReader reader;
  GPtrArray *items;
  GPtrArray *skips;
} Entry;

static gboolean
skip (Entry *entry, const char *reason)
{
  gboolean ok = TRUE;
  FikaJsonReader reader = { entry->reader.object, &ok };
  g_autofree char *name = fika_json_read_line (&reader, "name", G_MAXINT);
  g_autofree char *title = fika_json_read_line (&reader, "title", G_MAXINT);

  g_ptr_array_add (entry->skips,
                   fika_import_skip_new (0, *name != '\0' ? name : title, reason, FALSE));

  return TRUE;
}

static gboolean
skip_nonsense (Entry *entry)
{
  return skip (entry, _ ("The entry makes no sense and was left out."));
}

/* Whether an error only says that something is not there; others go on. */
static gboolean
is_missing (GError *local_error, GError **error)
{
  if (g_error_matches (local_error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
    {
      g_error_free (local_error);
      return TRUE;
    }
  g_propagate_error (error, local_error);

  return FALSE;
}

static gboolean
is_person_known (FikaDocument *self, const char *uid)
{
  g_autoptr (FikaPerson) here = NULL;

  if (g_hash_table_contains (self->uids, uid))
    return TRUE;
  here = fika_store_get_person_by_uid (self->store, uid, NULL);

  return here != NULL;
}

/* Names and rhythms of circles are settings: they come over where nothing was set here. What the
 * document tells of a circle that is as it came with Fika says nothing. */
static gboolean
compare_circle (Entry *entry, GError **error)
{
  FikaDocument *self = entry->document;
  const char *key = fika_json_read_key (&entry->reader, "key");
  int ideal = (int) fika_json_read_int (&entry->reader, "ideal", 0, 3650, 0);
  int latest = (int) fika_json_read_int (&entry->reader, "latest", 0, 3650, 0);
  g_autofree char *name = fika_json_read_line (&entry->reader, "own_name", FIKA_LINE_MAX);
  g_autoptr (GPtrArray) circles = NULL;

  if (!*entry->reader.ok || ideal > latest || (ideal == 0) != (latest == 0))
    return skip_nonsense (entry);
  circles = fika_store_circles (self->store);
  for (guint i = 0; i < circles->len; i++)
    {
      const FikaCircle *circle = g_ptr_array_index (circles, i);
      FikaEntryCircle changed = { circle->id, NULL, -1, -1 };

      if (!g_str_equal (circle->key, key))
        continue;
      if (*circle->own_name == '\0' && *name != '\0')
        changed.name = g_steal_pointer (&name);
      if (!circle->own_cadence && (circle->ideal != ideal || circle->latest != latest))
        {
          changed.ideal = ideal;
          changed.latest = latest;
        }
      if (changed.name != NULL || changed.ideal >= 0)
        g_array_append_val (self->circles, changed);
      break;
    }

  return TRUE;
}

static gboolean
compare_person (Entry *entry, GError **error)
{
  FikaDocument *self = entry->document;
  FikaImportCard *card;
  FikaImportItem *item;
  char *introducer = NULL;

  card = fika_document_read_person (self, &entry->reader, &introducer);
  if (card == NULL)
    return skip_nonsense (entry);
  if (!g_hash_table_add (self->uids, g_strdup (fika_person_get_uid (card->draft))))
    {
      fika_import_card_free (card);
      g_free (introducer);
      return skip_nonsense (entry);
    }
  g_ptr_array_add (self->cards, card);
  g_ptr_array_add (self->introducers, introducer);
  item = fika_import_match (self->store, card, error);
  if (item == NULL)
    return FALSE;
  g_ptr_array_add (entry->items, item);

  return TRUE;
}

static gboolean
compare_group (Entry *entry, GError **error)
{
  FikaDocument *self = entry->document;
  FikaEntryGroup *group = fika_document_read_group (&entry->reader);
  g_autoptr (FikaGroup) here = NULL;
  GError *local_error = NULL;

  if (group == NULL)
    return skip_nonsense (entry);
  g_ptr_array_add (self->groups, group);
  here = fika_store_get_group_by_uid (self->store, fika_group_get_uid (group->draft), &local_error);
  if (here == NULL && !is_missing (local_error, error))
    return FALSE;
  group->verdict = here != NULL ? FIKA_ENTRY_KEPT : FIKA_ENTRY_NEW;

  return TRUE;
}

/* Somebody is in it: who is in the document or here, or a group. */
static gboolean
has_company (FikaDocument *self, FikaEntryPlan *plan)
{
  if (*plan->group != '\0')
    return TRUE;
  for (char **uid = plan->people; *uid != NULL; uid++)
    {
      if (is_person_known (self, *uid))
        return TRUE;
    }

  return FALSE;
}

static gboolean
compare_series (Entry *entry, GError **error)
{
  FikaDocument *self = entry->document;
  FikaEntryPlan *plan = fika_document_read_series (&entry->reader);
  g_autoptr (FikaPlan) here = NULL;
  GError *local_error = NULL;

  if (plan == NULL)
    return skip_nonsense (entry);
  g_ptr_array_add (self->series, plan);
  here = fika_store_get_plan_by_uid (self->store, fika_plan_get_uid (plan->draft), &local_error);
  if (here == NULL && !is_missing (local_error, error))
    return FALSE;
  plan->verdict = here != NULL ? FIKA_ENTRY_KEPT : FIKA_ENTRY_NEW;
  if (here == NULL && !has_company (self, plan))
    {
      plan->verdict = FIKA_ENTRY_KEPT;
      return skip (entry, _ ("Nobody who is in it is here, or in the file."));
    }

  return TRUE;
}

/* The exception that is here for the same occurrence, perhaps made on another computer. */
static FikaCatchup *
find_exception (FikaDocument *self, FikaEntryPlan *plan)
{
  g_autoptr (FikaPlan) series = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  FikaCatchup *catchup;

  if (*plan->series == '\0')
    return NULL;
  series = fika_store_get_plan_by_uid (self->store, plan->series, NULL);
  if (series == NULL || !FIKA_IS_SERIES (series))
    return NULL;
  occurrence = fika_store_get_occurrence (self->store, plan->series, plan->original, NULL);
  catchup = occurrence != NULL ? fika_occurrence_get_catchup (occurrence) : NULL;

  return catchup != NULL ? g_object_ref (catchup) : NULL;
}

/* What has happened there, and is only planned here, has happened. */
static gboolean
tells_more (FikaEntryPlan *plan, FikaCatchup *here)
{
  return fika_catchup_get_state (here) == FIKA_STATE_PLANNED
         && fika_catchup_get_state (FIKA_CATCHUP (plan->draft)) != FIKA_STATE_PLANNED;
}

static gboolean
compare_catchup (Entry *entry, GError **error)
{
  FikaDocument *self = entry->document;
  FikaEntryPlan *plan = fika_document_read_catchup (&entry->reader);
  g_autoptr (FikaPlan) here = NULL;
  GError *local_error = NULL;

  if (plan == NULL)
    return skip_nonsense (entry);
  g_ptr_array_add (self->catchups, plan);
  here = fika_store_get_plan_by_uid (self->store, fika_plan_get_uid (plan->draft), &local_error);
  if (here == NULL && !is_missing (local_error, error))
    return FALSE;
  if (here == NULL)
    here = (FikaPlan *) find_exception (self, plan);

  if (here != NULL && FIKA_IS_CATCHUP (here))
    plan->verdict = tells_more (plan, FIKA_CATCHUP (here)) ? FIKA_ENTRY_UPDATED : FIKA_ENTRY_KEPT;
  else
    plan->verdict = here != NULL ? FIKA_ENTRY_KEPT : FIKA_ENTRY_NEW;
  if (plan->verdict == FIKA_ENTRY_NEW && !has_company (self, plan))
    {
      plan->verdict = FIKA_ENTRY_KEPT;
      return skip (entry, _ ("Nobody who is in it is here, or in the file."));
    }

  return TRUE;
}

static const FikaTopic *
find_topic (GPtrArray *topics, const FikaTopic *like)
{
  for (guint i = 0; i < topics->len; i++)
    {
      const FikaTopic *topic = g_ptr_array_index (topics, i);

      if (!topic->promise == !like->promise && g_str_equal (topic->uid, like->uid))
        return topic;
    }

  return NULL;
}

static gboolean
compare_topic_of (Entry *entry, gboolean promise, GError **error)
{
  FikaDocument *self = entry->document;
  FikaEntryTopic *topic = fika_document_read_topic (&entry->reader, promise);
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  const FikaTopic *here = NULL;

  if (topic == NULL)
    return skip_nonsense (entry);
  g_ptr_array_add (self->topics, topic);
  if (!is_person_known (self, topic->person))
    return skip (entry, _ ("The person it is about is not here, and not in the file."));

  person = fika_store_get_person_by_uid (self->store, topic->person, NULL);
  if (person != NULL)
    {
      topics = fika_store_topics (self->store, person, FALSE);
      here = find_topic (topics, &topic->topic);
    }
  if (here == NULL)
    {
      topic->verdict = FIKA_ENTRY_NEW;
    }
  else if (here->closed == FIKA_UTC_NONE && topic->topic.closed != FIKA_UTC_NONE)
    {
      topic->verdict = FIKA_ENTRY_UPDATED;
      topic->topic.id = here->id;
    }

  return TRUE;
}

static gboolean
compare_topic (Entry *entry, GError **error)
{
  return compare_topic_of (entry, FALSE, error);
}

static gboolean
compare_promise (Entry *entry, GError **error)
{
  return compare_topic_of (entry, TRUE, error);
}

/* The lists of the document, in an order in which each may refer to those before. */
static const struct
{
  const char *member;
  gboolean (*compare) (Entry *entry, GError **error);
} phases[] = {
  { "circles", compare_circle },   { "people", compare_person },    { "groups", compare_group },
  { "series", compare_series },    { "catchups", compare_catchup }, { "topics", compare_topic },
  { "promises", compare_promise },
};

static void
clear_circle (gpointer data)
{
  FikaEntryCircle *circle = data;

  g_clear_pointer (&circle->name, g_free);
}

/**
 * fika_document_new:
 * @store: the data to compare with
 * @root: the document
 *
 * Returns: (transfer full): the document, not yet compared
 */
FikaDocument *
fika_document_new (FikaStore *store, JsonNode *root)
{
  FikaDocument *self = g_new0 (FikaDocument, 1);

  self->store = g_object_ref (store);
  self->root = json_node_ref (root);
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_import_card_free);
  self->introducers = g_ptr_array_new_with_free_func (g_free);
  self->uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_entry_group_free);
  self->series = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_entry_plan_free);
  self->catchups = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_entry_plan_free);
  self->topics = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_entry_topic_free);
  self->circles = g_array_new (FALSE, FALSE, sizeof (FikaEntryCircle));
  g_array_set_clear_func (self->circles, clear_circle);

  return self;
}

void
fika_document_free (FikaDocument *self)
{
  g_ptr_array_unref (self->cards);
  g_ptr_array_unref (self->introducers);
  g_hash_table_unref (self->uids);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->series);
  g_ptr_array_unref (self->catchups);
  g_ptr_array_unref (self->topics);
  g_array_unref (self->circles);
  json_node_unref (self->root);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * fika_document_is_compared:
 * @self: a document
 *
 * Returns: whether every entry was compared
 */
gboolean
fika_document_is_compared (FikaDocument *self)
{
  return self->phase == G_N_ELEMENTS (phases);
}

/**
 * fika_document_compare_one:
 * @self: a document, not yet compared
 * @items: (element-type FikaImportItem): takes the people
 * @skips: (element-type FikaImportSkip): takes what makes no sense
 * @error: return location
 *
 * Compares the next entry with the data.
 *
 * Returns: %FALSE with an error of the store
 */
gboolean
fika_document_compare_one (FikaDocument *self, GPtrArray *items, GPtrArray *skips, GError **error)
{
  gboolean root_ok = TRUE;
  gboolean ok = TRUE;
  FikaJsonReader root = { json_node_get_object (self->root), &root_ok };
  Entry entry = { .document = self, .items = items, .skips = skips };
  JsonArray *array;

  g_return_val_if_fail (!fika_document_is_compared (self), FALSE);

  array = fika_json_read_array (&root, phases[self->phase].member, G_MAXUINT);
  if (array == NULL || self->next >= json_array_get_length (array))
    {
      if (!root_ok)
        skip_nonsense (&entry);
      self->phase++;
      self->next = 0;
      return TRUE;
    }
  root.ok = &ok;
  entry.reader = fika_json_read_nth (&root, array, self->next++);
  if (entry.reader.object == NULL)
    return skip_nonsense (&entry);

  return phases[self->phase].compare (&entry, error);
}

static void
tally (FikaEntryVerdict verdict, guint *added, guint *updated)
{
  *added += verdict == FIKA_ENTRY_NEW;
  *updated += verdict == FIKA_ENTRY_UPDATED;
}

/**
 * fika_document_get_summary:
 * @self: a document that was compared
 * @summary: (inout): filled
 */
void
fika_document_get_summary (FikaDocument *self, FikaImportSummary *summary)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const FikaEntryGroup *group = g_ptr_array_index (self->groups, i);

      tally (group->verdict, &summary->groups_new, &summary->groups_updated);
    }
  for (guint i = 0; i < self->series->len; i++)
    {
      const FikaEntryPlan *plan = g_ptr_array_index (self->series, i);

      tally (plan->verdict, &summary->plans_new, &summary->plans_updated);
    }
  for (guint i = 0; i < self->catchups->len; i++)
    {
      const FikaEntryPlan *plan = g_ptr_array_index (self->catchups, i);

      tally (plan->verdict, &summary->plans_new, &summary->plans_updated);
    }
  for (guint i = 0; i < self->topics->len; i++)
    {
      const FikaEntryTopic *topic = g_ptr_array_index (self->topics, i);

      tally (topic->verdict, &summary->topics_new, &summary->topics_updated);
    }
  summary->circles_updated += self->circles->len;
}
