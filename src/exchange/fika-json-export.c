#include "config.h"

#include "exchange/fika-json.h"

#include "base/fika-paths.h"
#include "base/fika-zone.h"
#include "exchange/fika-json-private.h"
#include "exchange/fika-photo.h"
#include "store/fika-whole.h"

#include <string.h>

/*
 * The whole-data document:
 *
 *   {"format": "fika", "version": 1, "fika": "0.1.0", "exported": "2026-05-06T10:00:00Z",
 *    "circles": [{"key", "name", "own_name", "ideal", "latest"}],
 *    "people": […], "groups": […], "series": […], "catchups": […], "topics": […], "promises": […],
 *    "photos": {"name of the file": "base64"}}
 *
 * It is written entry by entry, each in a line of its own, and never held as a tree: a long life
 * has a hundred thousand of them.
 *
 * People, groups and plans are the objects of the terminal, with all that those leave out. What is
 * worked out (warmth, last_contact, next, volunteer_minutes and so on) is not read back. Things
 * refer to each other by their uid. Days and civil times are texts as everywhere, instants are UTC
 * seconds.
 */

/* The document so far. */
typedef struct
{
  FikaStore *store;
  GString *text;
  guint entries; /* in the list that is open */
} Writer;

static void
open_list (Writer *self, const char *key, char bracket)
{
  g_string_append_printf (self->text, ",\n\"%s\":%c", key, bracket);
  self->entries = 0;
}

static void
close_list (Writer *self, char bracket)
{
  g_string_append_printf (self->text, "%s%c", self->entries > 0 ? "\n" : "", bracket);
}

static void
begin_entry (Writer *self)
{
  g_string_append (self->text, self->entries++ > 0 ? ",\n" : "\n");
}

/* Takes the object that @builder has made. */
static void
put_object (Writer *self, JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char *object = json_to_string (node, FALSE);

  begin_entry (self);
  g_string_append (self->text, object);
}

static void
add_boolean (JsonBuilder *builder, const char *key, gboolean value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_boolean_value (builder, value);
}

static void
begin_list (JsonBuilder *builder, const char *key)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
}

static void
add_words (JsonBuilder *builder, const char *key, GPtrArray *words)
{
  begin_list (builder, key);
  for (guint i = 0; i < words->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (words, i));
  json_builder_end_array (builder);
}

static void
add_contacts (JsonBuilder *builder, GPtrArray *contacts)
{
  begin_list (builder, "contacts");
  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);

      json_builder_begin_object (builder);
      fika_json_add_plain (builder, "kind", fika_contact_kind_to_key (contact->kind));
      fika_json_add_plain (builder, "label", contact->label);
      fika_json_add_plain (builder, "value", contact->value);
      add_boolean (builder, "preferred", contact->preferred);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_occasions (JsonBuilder *builder, GPtrArray *occasions)
{
  begin_list (builder, "occasions");
  for (guint i = 0; i < occasions->len; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (occasions, i);
      g_autofree char *date = fika_occasion_format (occasion);

      json_builder_begin_object (builder);
      fika_json_add_plain (builder, "kind", fika_occasion_kind_to_key (occasion->kind));
      fika_json_add_plain (builder, "label", occasion->label);
      fika_json_add_plain (builder, "date", date);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* Days of one's own; null where they are the circle's. */
static void
add_own_days (JsonBuilder *builder, const char *key, int days)
{
  json_builder_set_member_name (builder, key);
  if (days == FIKA_CADENCE_FROM_CIRCLE)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, days);
}

static const char *
uid_of (FikaPerson *person)
{
  return person != NULL ? fika_person_get_uid (person) : NULL;
}

static void
add_whole_person (JsonBuilder *builder, FikaStore *store, FikaPerson *person)
{
  int64_t introducer_id = fika_person_get_introduced_by (person);
  g_autoptr (FikaPerson) introducer = NULL;

  if (introducer_id != 0)
    introducer = fika_store_get_person (store, introducer_id, NULL);
  json_builder_begin_object (builder);
  fika_json_add_person (builder, store, person);
  fika_json_add_plain (builder, "nickname", fika_person_get_nickname (person));
  fika_json_add_plain (builder, "pronouns", fika_person_get_pronouns (person));
  fika_json_add_plain (builder, "how_met", fika_person_get_how_met (person));
  fika_json_add_plain (builder, "notes", fika_person_get_notes (person));
  fika_json_add_plain (builder, "photo", fika_person_get_photo (person));
  fika_json_add_plain (builder, "extra", fika_person_get_extra (person));
  add_own_days (builder, "own_ideal", fika_person_get_ideal (person));
  add_own_days (builder, "own_latest", fika_person_get_latest (person));
  fika_json_add_text (builder, "introduced_by", uid_of (introducer));
  add_boolean (builder, "archived", fika_person_get_archived (person));
  add_boolean (builder, "deceased", fika_person_get_deceased (person));
  fika_json_add_day (builder, "died", fika_person_get_died (person));
  fika_json_add_day (builder, "paused_until", fika_person_get_paused_until (person));
  add_boolean (builder, "sample", fika_person_get_sample (person));
  fika_json_add_number (builder, "created", fika_person_get_created (person));
  add_contacts (builder, fika_person_get_contacts (person));
  add_occasions (builder, fika_person_get_occasions (person));
  add_words (builder, "tags", fika_person_get_tags (person));
  json_builder_end_object (builder);
}

static gboolean
add_stages (JsonBuilder *builder, FikaStore *store, FikaGroup *group, GError **error)
{
  g_autoptr (GArray) changes = fika_store_stage_changes (store, group, error);

  if (changes == NULL)
    return FALSE;
  begin_list (builder, "stages");
  for (guint i = 0; i < changes->len; i++)
    {
      const FikaStageChange *change = &g_array_index (changes, FikaStageChange, i);

      json_builder_begin_object (builder);
      fika_json_add_plain (builder, "stage", fika_stage_to_key (change->stage));
      fika_json_add_number (builder, "at", change->at);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_whole_group (JsonBuilder *builder, FikaStore *store, FikaGroup *group, GError **error)
{
  json_builder_begin_object (builder);
  fika_json_add_group (builder, store, group);
  add_words (builder, "interests", fika_group_get_interests (group));
  add_words (builder, "values", fika_group_get_values (group));
  fika_json_add_number (builder, "travel_minutes", fika_group_get_travel_minutes (group));
  fika_json_add_number (builder, "size", fika_group_get_size (group));
  fika_json_add_number (builder, "lively", fika_group_get_lively (group));
  fika_json_add_number (builder, "online", fika_group_get_online (group));
  fika_json_add_number (builder, "goal_minutes", fika_group_get_goal_minutes (group));
  fika_json_add_plain (builder, "goal_period", fika_group_get_goal_period (group));
  fika_json_add_plain (builder, "notes", fika_group_get_notes (group));
  add_boolean (builder, "archived", fika_group_get_archived (group));
  add_boolean (builder, "sample", fika_group_get_sample (group));
  fika_json_add_number (builder, "created", fika_group_get_created (group));
  add_contacts (builder, fika_group_get_contacts (group));
  if (!add_stages (builder, store, group, error))
    return FALSE;
  json_builder_end_object (builder);

  return TRUE;
}

/* What catch-ups and series have in common. */
static void
add_whole_plan (JsonBuilder *builder, FikaStore *store, FikaPlan *plan)
{
  GPtrArray *people = fika_plan_get_people (plan);
  GArray *leads = fika_plan_get_leads (plan);
  FikaGroup *group = fika_plan_get_group (plan);

  fika_json_add_plan (builder, store, plan);
  fika_json_add_plain (builder, "own_title", fika_plan_get_title (plan));
  begin_list (builder, "people_uids");
  for (guint i = 0; i < people->len; i++)
    json_builder_add_string_value (builder, uid_of (g_ptr_array_index (people, i)));
  json_builder_end_array (builder);
  fika_json_add_text (builder, "group_uid", group != NULL ? fika_group_get_uid (group) : NULL);
  fika_json_add_plain (builder, "window", fika_window_to_string (fika_plan_get_window (plan)));
  fika_json_add_number (builder, "minutes", fika_plan_get_minutes (plan));
  fika_json_add_plain (builder, "place", fika_plan_get_place (plan));
  fika_json_add_plain (builder, "link", fika_plan_get_link (plan));
  fika_json_add_plain (builder, "notes", fika_plan_get_notes (plan));
  begin_list (builder, "leads");
  for (guint i = 0; i < leads->len; i++)
    json_builder_add_int_value (builder, g_array_index (leads, int, i));
  json_builder_end_array (builder);
  add_boolean (builder, "sample", fika_plan_get_sample (plan));
  fika_json_add_number (builder, "created", fika_plan_get_created (plan));
}

static void
add_whole_series (JsonBuilder *builder, FikaStore *store, FikaSeries *series)
{
  json_builder_begin_object (builder);
  add_whole_plan (builder, store, FIKA_PLAN (series));
  fika_json_add_plain (builder, "rule", fika_series_get_rule (series));
  fika_json_add_number (builder, "after_days", fika_series_get_after_days (series));
  json_builder_end_object (builder);
}

static gboolean
add_whole_catchup (JsonBuilder *builder, FikaStore *store, FikaCatchup *catchup, GError **error)
{
  int64_t series_id = fika_catchup_get_series_id (catchup);
  g_autoptr (FikaSeries) series = NULL;

  if (series_id != 0)
    {
      series = fika_store_get_series (store, series_id, error);
      if (series == NULL)
        return FALSE;
    }
  json_builder_begin_object (builder);
  add_whole_plan (builder, store, FIKA_PLAN (catchup));
  fika_json_add_text (builder, "series",
                      series != NULL ? fika_plan_get_uid (FIKA_PLAN (series)) : NULL);
  fika_json_add_civil (builder, "original",
                       series != NULL ? fika_catchup_get_original (catchup) : FIKA_CIVIL_NONE);
  fika_json_add_plain (builder, "state", fika_state_to_key (fika_catchup_get_state (catchup)));
  fika_json_add_number (builder, "feeling", fika_catchup_get_feeling (catchup));
  fika_json_add_number (builder, "reached_out", fika_catchup_get_reached_out (catchup));
  fika_json_add_plain (builder, "learned", fika_catchup_get_learned (catchup));
  fika_json_add_plain (builder, "again", fika_again_to_key (fika_catchup_get_again (catchup)));
  fika_json_add_plain (builder, "role", fika_catchup_get_role (catchup));
  fika_json_add_plain (builder, "task", fika_catchup_get_task (catchup));
  fika_json_add_number (builder, "volunteer", fika_catchup_get_volunteer (catchup));
  json_builder_end_object (builder);

  return TRUE;
}

static void
add_topic (JsonBuilder *builder, const FikaTopic *topic, const char *person)
{
  json_builder_begin_object (builder);
  fika_json_add_plain (builder, "uid", topic->uid);
  fika_json_add_plain (builder, "person", person);
  if (topic->promise)
    add_boolean (builder, "theirs", topic->theirs);
  fika_json_add_plain (builder, "text", topic->text);
  fika_json_add_day (builder, "day", topic->day);
  json_builder_set_member_name (builder, "closed");
  if (topic->closed == FIKA_UTC_NONE)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, topic->closed);
  fika_json_add_number (builder, "created", topic->created);
  json_builder_end_object (builder);
}

static void
put_circles (Writer *self)
{
  g_autoptr (GPtrArray) circles = fika_store_circles (self->store);

  open_list (self, "circles", '[');
  for (guint i = 0; i < circles->len; i++)
    {
      const FikaCircle *circle = g_ptr_array_index (circles, i);
      g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

      json_builder_begin_object (builder);
      fika_json_add_plain (builder, "key", circle->key);
      fika_json_add_plain (builder, "name", circle->name);
      fika_json_add_plain (builder, "own_name", circle->own_name);
      fika_json_add_number (builder, "ideal", circle->ideal);
      fika_json_add_number (builder, "latest", circle->latest);
      json_builder_end_object (builder);
      put_object (self, builder);
    }
  close_list (self, ']');
}

/* A photo whose file is gone is left out, as everywhere. */
static void
put_photo (Writer *self, const char *name, GHashTable *seen)
{
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  g_autofree char *base64 = NULL;
  gsize length;

  /* A name that is no hash is none of ours, and would need escapes. */
  if (*name == '\0' || name[strspn (name, "0123456789abcdef")] != '\0'
      || !g_hash_table_add (seen, g_strdup (name))
      || !g_file_get_contents (path, &data, &length, NULL)
      || fika_photo_check ((const guint8 *) data, length) != FIKA_PHOTO_OK)
    return;
  base64 = g_base64_encode ((const guchar *) data, length);
  begin_entry (self);
  g_string_append_printf (self->text, "\"%s\":\"%s\"", name, base64);
}

static gboolean
put_photos (Writer *self, GArray *people, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  open_list (self, "photos", '{');
  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (FikaPerson) person = NULL;

      person = fika_store_get_person (self->store, g_array_index (people, int64_t, i), error);
      if (person == NULL)
        return FALSE;
      put_photo (self, fika_person_get_photo (person), seen);
    }
  close_list (self, '}');

  return TRUE;
}

static gboolean
put_person (Writer *self, int64_t id, GError **error)
{
  g_autoptr (FikaPerson) person = fika_store_get_person (self->store, id, error);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (person == NULL)
    return FALSE;
  add_whole_person (builder, self->store, person);
  put_object (self, builder);

  return TRUE;
}

static gboolean
put_group (Writer *self, int64_t id, GError **error)
{
  g_autoptr (FikaGroup) group = fika_store_get_group (self->store, id, error);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (group == NULL || !add_whole_group (builder, self->store, group, error))
    return FALSE;
  put_object (self, builder);

  return TRUE;
}

static gboolean
put_series (Writer *self, int64_t id, GError **error)
{
  g_autoptr (FikaSeries) series = fika_store_get_series (self->store, id, error);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (series == NULL)
    return FALSE;
  add_whole_series (builder, self->store, series);
  put_object (self, builder);

  return TRUE;
}

static gboolean
put_catchup (Writer *self, int64_t id, GError **error)
{
  g_autoptr (FikaCatchup) catchup = fika_store_get_catchup (self->store, id, error);
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (catchup == NULL || !add_whole_catchup (builder, self->store, catchup, error))
    return FALSE;
  put_object (self, builder);

  return TRUE;
}

static gboolean
put_all (Writer *self,
         const char *key,
         FikaWhole what,
         gboolean (*put) (Writer *self, int64_t id, GError **error),
         GError **error)
{
  g_autoptr (GArray) ids = fika_store_all_ids (self->store, what, error);

  if (ids == NULL)
    return FALSE;
  open_list (self, key, '[');
  for (guint i = 0; i < ids->len; i++)
    {
      if (!put (self, g_array_index (ids, int64_t, i), error))
        return FALSE;
    }
  close_list (self, ']');

  return TRUE;
}

static int
compare_topics (gconstpointer a, gconstpointer b)
{
  const FikaTopic *one = *(const FikaTopic *const *) a;
  const FikaTopic *other = *(const FikaTopic *const *) b;

  return one->id < other->id ? -1 : one->id > other->id;
}

/* In the order in which they came up, whoever they are about. */
static gboolean
put_topics (Writer *self, GArray *people, const char *key, gboolean promises, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_topic_free);
  g_autoptr (GHashTable) uids = NULL; /* id of a person → uid */

  uids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < people->len; i++)
    {
      int64_t id = g_array_index (people, int64_t, i);
      g_autoptr (FikaPerson) person = fika_store_get_person (self->store, id, error);
      g_autoptr (GPtrArray) topics = NULL;

      if (person == NULL)
        return FALSE;
      topics = fika_store_topics (self->store, person, FALSE);
      if (topics->len > 0)
        g_hash_table_insert (uids, g_memdup2 (&id, sizeof id),
                             g_strdup (fika_person_get_uid (person)));
      for (guint j = topics->len; j-- > 0;)
        {
          FikaTopic *topic = g_ptr_array_index (topics, j);

          if (!topic->promise == !promises)
            g_ptr_array_add (all, g_ptr_array_steal_index (topics, j));
        }
    }
  g_ptr_array_sort (all, compare_topics);
  open_list (self, key, '[');
  for (guint i = 0; i < all->len; i++)
    {
      const FikaTopic *topic = g_ptr_array_index (all, i);
      g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

      add_topic (builder, topic, g_hash_table_lookup (uids, &topic->person));
      put_object (self, builder);
    }
  close_list (self, ']');

  return TRUE;
}

static gboolean
put_people (Writer *self, GError **error)
{
  g_autoptr (GArray) people = fika_store_all_ids (self->store, FIKA_WHOLE_PEOPLE, error);

  if (people == NULL)
    return FALSE;
  put_circles (self);

  return put_all (self, "people", FIKA_WHOLE_PEOPLE, put_person, error)
         && put_topics (self, people, "topics", FALSE, error)
         && put_topics (self, people, "promises", TRUE, error) && put_photos (self, people, error);
}

/**
 * fika_json_export:
 * @store: the data
 * @parts: what of it
 * @error: return location
 *
 * The data as one document, from which fika_import_read() makes the same data again.
 *
 * Returns: (transfer full) (nullable): the text, with a newline behind; %NULL with an error of the
 *   store
 */
char *
fika_json_export (FikaStore *store, FikaJsonParts parts, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *now = NULL;
  Writer writer = { store, text, 0 };

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  now = fika_utc_format (fika_store_now (store));
  g_string_append_printf (text,
                          "{\"format\":\"fika\",\n\"version\":%d,\n\"fika\":\"%s\",\n"
                          "\"exported\":\"%s\"",
                          FIKA_DOCUMENT_VERSION, FIKA_VERSION, now);
  if ((parts & FIKA_JSON_PEOPLE) != 0 && !put_people (&writer, error))
    return NULL;
  if ((parts & FIKA_JSON_GROUPS) != 0
      && !put_all (&writer, "groups", FIKA_WHOLE_GROUPS, put_group, error))
    return NULL;
  if ((parts & FIKA_JSON_PLANS) != 0
      && (!put_all (&writer, "series", FIKA_WHOLE_SERIES, put_series, error)
          || !put_all (&writer, "catchups", FIKA_WHOLE_CATCHUPS, put_catchup, error)))
    return NULL;
  g_string_append (text, "}\n");

  return g_string_free (g_steal_pointer (&text), FALSE);
}
