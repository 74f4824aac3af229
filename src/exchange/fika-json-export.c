#include "config.h"

#include "exchange/fika-json.h"

#include "base/fika-paths.h"
#include "base/fika-zone.h"
#include "exchange/fika-json-private.h"
#include "exchange/fika-photo.h"
#include "store/fika-whole.h"

/*
 * The whole-data document:
 *
 *   {"format": "fika", "version": 1, "fika": "0.1.0", "exported": "2026-05-06T10:00:00Z",
 *    "circles": [{"key", "name", "ideal", "latest"}],
 *    "people": […], "groups": […], "series": […], "catchups": […], "topics": […], "promises": […],
 *    "photos": {"name of the file": "base64"}}
 *
 * People, groups and plans are the objects of the terminal, with all that those leave out. What is
 * worked out (warmth, last_contact, next, volunteer_minutes and so on) is not read back. Things refer
 * to each other by their uid. Days and civil times are texts as everywhere, instants are UTC seconds.
 */

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
  for (guint i = 0; i < contacts->len; i++) {
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
  for (guint i = 0; i < occasions->len; i++) {
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
  for (guint i = 0; i < changes->len; i++) {
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

  if (series_id != 0) {
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
add_circles (JsonBuilder *builder, FikaStore *store)
{
  g_autoptr (GPtrArray) circles = fika_store_circles (store);

  begin_list (builder, "circles");
  for (guint i = 0; i < circles->len; i++) {
    const FikaCircle *circle = g_ptr_array_index (circles, i);

    json_builder_begin_object (builder);
    fika_json_add_plain (builder, "key", circle->key);
    fika_json_add_plain (builder, "name", circle->name);
    fika_json_add_number (builder, "ideal", circle->ideal);
    fika_json_add_number (builder, "latest", circle->latest);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* A photo whose file is gone is left out, as everywhere. */
static void
add_photo (JsonBuilder *builder, const char *name, GHashTable *seen)
{
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  g_autofree char *base64 = NULL;
  gsize length;

  if (*name == '\0' || !g_hash_table_add (seen, g_strdup (name)) ||
      !g_file_get_contents (path, &data, &length, NULL) ||
      fika_photo_check ((const guint8 *) data, length) != FIKA_PHOTO_OK)
    return;
  base64 = g_base64_encode ((const guchar *) data, length);
  fika_json_add_plain (builder, name, base64);
}

static gboolean
add_people (JsonBuilder *builder, FikaStore *store, GArray *ids, GError **error)
{
  begin_list (builder, "people");
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (FikaPerson) person = NULL;

    person = fika_store_get_person (store, g_array_index (ids, int64_t, i), error);
    if (person == NULL)
      return FALSE;
    add_whole_person (builder, store, person);
  }
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_groups (JsonBuilder *builder, FikaStore *store, GError **error)
{
  g_autoptr (GArray) ids = fika_store_all_ids (store, FIKA_WHOLE_GROUPS, error);

  if (ids == NULL)
    return FALSE;
  begin_list (builder, "groups");
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (FikaGroup) group = NULL;

    group = fika_store_get_group (store, g_array_index (ids, int64_t, i), error);
    if (group == NULL || !add_whole_group (builder, store, group, error))
      return FALSE;
  }
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_series (JsonBuilder *builder, FikaStore *store, GError **error)
{
  g_autoptr (GArray) ids = fika_store_all_ids (store, FIKA_WHOLE_SERIES, error);

  if (ids == NULL)
    return FALSE;
  begin_list (builder, "series");
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (FikaSeries) series = NULL;

    series = fika_store_get_series (store, g_array_index (ids, int64_t, i), error);
    if (series == NULL)
      return FALSE;
    add_whole_series (builder, store, series);
  }
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_catchups (JsonBuilder *builder, FikaStore *store, GError **error)
{
  g_autoptr (GArray) ids = fika_store_all_ids (store, FIKA_WHOLE_CATCHUPS, error);

  if (ids == NULL)
    return FALSE;
  begin_list (builder, "catchups");
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (FikaCatchup) catchup = NULL;

    catchup = fika_store_get_catchup (store, g_array_index (ids, int64_t, i), error);
    if (catchup == NULL || !add_whole_catchup (builder, store, catchup, error))
      return FALSE;
  }
  json_builder_end_array (builder);

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
add_topics (JsonBuilder *builder,
            FikaStore *store,
            GArray *people,
            const char *key,
            gboolean promises,
            GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_topic_free);
  g_autoptr (GHashTable) uids = NULL; /* id of a person → uid */

  uids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < people->len; i++) {
    int64_t id = g_array_index (people, int64_t, i);
    g_autoptr (FikaPerson) person = fika_store_get_person (store, id, error);
    g_autoptr (GPtrArray) topics = NULL;

    if (person == NULL)
      return FALSE;
    topics = fika_store_topics (store, person, FALSE);
    if (topics->len > 0)
      g_hash_table_insert (uids, g_memdup2 (&id, sizeof id),
                           g_strdup (fika_person_get_uid (person)));
    for (guint j = topics->len; j-- > 0;) {
      FikaTopic *topic = g_ptr_array_index (topics, j);

      if (!topic->promise == !promises)
        g_ptr_array_add (all, g_ptr_array_steal_index (topics, j));
    }
  }
  g_ptr_array_sort (all, compare_topics);
  begin_list (builder, key);
  for (guint i = 0; i < all->len; i++) {
    const FikaTopic *topic = g_ptr_array_index (all, i);

    add_topic (builder, topic, g_hash_table_lookup (uids, &topic->person));
  }
  json_builder_end_array (builder);

  return TRUE;
}

static gboolean
add_photos (JsonBuilder *builder, FikaStore *store, GArray *people, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  json_builder_set_member_name (builder, "photos");
  json_builder_begin_object (builder);
  for (guint i = 0; i < people->len; i++) {
    g_autoptr (FikaPerson) person = NULL;

    person = fika_store_get_person (store, g_array_index (people, int64_t, i), error);
    if (person == NULL)
      return FALSE;
    add_photo (builder, fika_person_get_photo (person), seen);
  }
  json_builder_end_object (builder);

  return TRUE;
}

/**
 * fika_json_export:
 * @store: the data
 * @error: return location
 *
 * Everything as one document, from which fika_import_read() makes the same data again.
 *
 * Returns: (transfer full) (nullable): an object, whose members may be removed; %NULL with an error of
 *   the store
 */
JsonNode *
fika_json_export (FikaStore *store, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GArray) people = NULL;
  g_autofree char *now = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  people = fika_store_all_ids (store, FIKA_WHOLE_PEOPLE, error);
  if (people == NULL)
    return NULL;
  now = fika_utc_format (fika_store_now (store));
  json_builder_begin_object (builder);
  fika_json_add_plain (builder, "format", "fika");
  fika_json_add_number (builder, "version", FIKA_DOCUMENT_VERSION);
  fika_json_add_plain (builder, "fika", FIKA_VERSION);
  fika_json_add_plain (builder, "exported", now);
  add_circles (builder, store);
  if (!add_people (builder, store, people, error) || !add_groups (builder, store, error) ||
      !add_series (builder, store, error) || !add_catchups (builder, store, error) ||
      !add_topics (builder, store, people, "topics", FALSE, error) ||
      !add_topics (builder, store, people, "promises", TRUE, error) ||
      !add_photos (builder, store, people, error))
    return NULL;
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
