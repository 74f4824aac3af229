#include "config.h"

#include "exchange/fika-document-private.h"

#include "base/fika-text.h"
#include "base/fika-zone.h"
#include "exchange/fika-photo.h"

#include <string.h>

#define LIST_MAX 500
#define UID_MAX 200
#define LEADS_MAX 20
#define STAGES_MAX 10000
#define DAYS_MAX 3650
#define MINUTES_MAX (7 * FIKA_MINUTES_A_DAY)
/* 9999-12-31T23:59:59Z */
#define UTC_MAX G_GINT64_CONSTANT (253402300799)

void
fika_entry_group_free (FikaEntryGroup *self)
{
  g_clear_object (&self->draft);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->stages, g_array_unref);
  g_free (self);
}

void
fika_entry_plan_free (FikaEntryPlan *self)
{
  g_clear_object (&self->draft);
  g_strfreev (self->people);
  g_free (self->group);
  g_free (self->series);
  g_free (self);
}

void
fika_entry_topic_free (FikaEntryTopic *self)
{
  g_free (self->topic.uid);
  g_free (self->topic.text);
  g_free (self->person);
  g_free (self);
}

static void
member_free (FikaEntryMember *self)
{
  g_free (self->person);
  g_free (self->role);
  g_free (self);
}

static char *
read_uid (FikaJsonReader *reader)
{
  char *uid = fika_json_read_line (reader, "uid", UID_MAX);

  if (*uid == '\0')
    *reader->ok = FALSE;

  return uid;
}

static FikaDay
read_day (FikaJsonReader *reader, const char *member)
{
  const char *text = fika_json_read_raw (reader, member);
  FikaDay day = FIKA_DAY_NONE;

  if (text == NULL)
    return day;
  day = fika_day_parse (text, NULL);
  if (day == FIKA_DAY_NONE)
    *reader->ok = FALSE;

  return day;
}

static FikaCivil
read_civil (FikaJsonReader *reader, const char *member)
{
  const char *text = fika_json_read_raw (reader, member);
  FikaCivil civil = FIKA_CIVIL_NONE;

  if (text == NULL)
    return civil;
  civil = fika_civil_parse (text, NULL);
  if (civil == FIKA_CIVIL_NONE)
    *reader->ok = FALSE;

  return civil;
}

static int64_t
read_created (FikaJsonReader *reader)
{
  return fika_json_read_int (reader, "created", 0, UTC_MAX, 0);
}

/* A zone that this computer does not know would shut the whole entry out; "wherever I am" keeps the
 * time of the day. */
static char *
read_zone (FikaJsonReader *reader)
{
  g_autofree char *zone = fika_json_read_line (reader, "zone", FIKA_LINE_MAX);

  return g_strdup (fika_zone_valid (zone) ? zone : FIKA_ZONE_HERE);
}

static void
read_lines (FikaJsonReader *reader, gpointer object, const char *const *members)
{
  for (; *members != NULL; members++)
    {
      g_autofree char *text = fika_json_read_line (reader, *members, FIKA_LINE_MAX);
      g_autofree char *property = g_strdelimit (g_strdup (*members), "_", '-');

      g_object_set (object, property, text, NULL);
    }
}

static GPtrArray *
read_words (FikaJsonReader *reader, const char *member)
{
  JsonArray *array = fika_json_read_array (reader, member, LIST_MAX);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *word = fika_text_clean_line (fika_json_read_nth_raw (reader, array, i));

      g_ptr_array_add (words, word);
      if (*word == '\0' || g_utf8_strlen (word, -1) > FIKA_NAME_MAX)
        *reader->ok = FALSE;
    }

  return words;
}

static GPtrArray *
read_contacts (FikaJsonReader *reader)
{
  JsonArray *array = fika_json_read_array (reader, "contacts", LIST_MAX);
  GPtrArray *contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (reader, array, i);
      g_autofree char *label = fika_json_read_line (&entry, "label", FIKA_LINE_MAX);
      FikaContactKind kind = FIKA_CONTACT_PHONE;
      g_autofree char *value = NULL;
      FikaContact *contact;

      if (!fika_contact_kind_parse (fika_json_read_key (&entry, "kind"), &kind))
        *reader->ok = FALSE;
      value = kind == FIKA_CONTACT_ADDRESS ? fika_json_read_note (&entry, "value", FIKA_NOTE_MAX)
                                           : fika_json_read_line (&entry, "value", FIKA_LINE_MAX);
      if (*value == '\0')
        *reader->ok = FALSE;
      contact = fika_contact_new (kind, label, value);
      contact->preferred = fika_json_read_boolean (&entry, "preferred");
      g_ptr_array_add (contacts, contact);
    }

  return contacts;
}

static GPtrArray *
read_occasions (FikaJsonReader *reader)
{
  JsonArray *array = fika_json_read_array (reader, "occasions", LIST_MAX);
  GPtrArray *occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (reader, array, i);
      g_autofree char *label = fika_json_read_line (&entry, "label", FIKA_LINE_MAX);
      FikaOccasionKind kind = FIKA_OCCASION_OTHER;
      FikaOccasion *occasion;

      if (!fika_occasion_kind_parse (fika_json_read_key (&entry, "kind"), &kind))
        *reader->ok = FALSE;
      occasion = fika_occasion_parse (kind, fika_json_read_key (&entry, "date"), NULL);
      if (occasion == NULL)
        {
          *reader->ok = FALSE;
          continue;
        }
      g_free (occasion->label);
      occasion->label = g_steal_pointer (&label);
      g_ptr_array_add (occasions, occasion);
    }

  return occasions;
}

static guint
read_ties (FikaJsonReader *reader)
{
  JsonArray *array = fika_json_read_array (reader, "ties", LIST_MAX);
  guint ties = 0;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaTie tie;

      if (fika_tie_parse (fika_json_read_nth_raw (reader, array, i), &tie))
        ties |= 1u << tie;
      else
        *reader->ok = FALSE;
    }

  return ties;
}

/* The photo that the document has for that name, checked; NULL where it has none. */
static GBytes *
read_photo (FikaDocument *self, const char *name)
{
  gboolean ok = TRUE;
  FikaJsonReader root = { json_node_get_object (self->root), &ok };
  FikaJsonReader photos = fika_json_read_object (&root, "photos");
  const char *base64 = *name != '\0' ? fika_json_read_raw (&photos, name) : NULL;
  g_autofree guint8 *data = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (base64 == NULL || strlen (base64) > FIKA_PHOTO_MAX_BYTES * 2)
    return NULL;
  data = fika_photo_decode_base64 (base64, &length);
  if (data == NULL || fika_photo_check (data, length) != FIKA_PHOTO_OK)
    return NULL;
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  hash = fika_import_photo_name (bytes);

  return g_str_equal (hash, name) ? g_steal_pointer (&bytes) : NULL;
}

/**
 * fika_document_read_person:
 * @self: the document
 * @reader: an object of it
 * @introducer: (out) (transfer full): uid of who introduced them; empty where nobody did
 *
 * Returns: (transfer full) (nullable): the person as a card; %NULL where it makes no sense
 */
FikaImportCard *
fika_document_read_person (FikaDocument *self, FikaJsonReader *reader, char **introducer)
{
  static const char *const lines[] = { "nickname", "pronouns", "how_met", NULL };
  g_autoptr (FikaImportCard) card = g_new0 (FikaImportCard, 1);
  g_autofree char *name = fika_json_read_line (reader, "name", FIKA_NAME_MAX);
  g_autofree char *uid = read_uid (reader);
  g_autofree char *notes = fika_json_read_note (reader, "notes", FIKA_NOTE_MAX);
  g_autofree char *extra = fika_json_read_note (reader, "extra", FIKA_NOTE_MAX);
  g_autofree char *photo = fika_json_read_line (reader, "photo", UID_MAX);
  g_autofree char *zone = read_zone (reader);
  g_autoptr (GPtrArray) contacts = read_contacts (reader);
  g_autoptr (GPtrArray) occasions = read_occasions (reader);
  g_autoptr (GPtrArray) tags = read_words (reader, "tags");
  const char *circle_key = fika_json_read_raw (reader, "circle");
  int64_t circle = circle_key != NULL ? fika_store_circle_by_key (self->store, circle_key) : 0;
  int ideal, latest;

  card->draft = fika_person_new (*name != '\0' ? name : "?");
  fika_person_set_uid (card->draft, uid);
  read_lines (reader, card->draft, lines);
  ideal = (int) fika_json_read_int (reader, "own_ideal", 0, DAYS_MAX, FIKA_CADENCE_FROM_CIRCLE);
  latest = (int) fika_json_read_int (reader, "own_latest", 0, DAYS_MAX, FIKA_CADENCE_FROM_CIRCLE);
  fika_person_set_cadence (card->draft, ideal, latest);
  fika_person_set_ties (card->draft, read_ties (reader));
  if (circle != 0)
    fika_person_set_circle_id (card->draft, circle);
  card->photo = read_photo (self, photo);
  g_object_set (card->draft, "notes", notes, "extra", extra, "zone", zone, "photo",
                card->photo != NULL ? photo : "", "archived",
                fika_json_read_boolean (reader, "archived"), "deceased",
                fika_json_read_boolean (reader, "deceased"), "sample",
                fika_json_read_boolean (reader, "sample"), "died", read_day (reader, "died"),
                "paused-until", read_day (reader, "paused_until"), NULL);
  fika_person_set_created (card->draft, read_created (reader));
  fika_person_set_contacts (card->draft, contacts);
  fika_person_set_occasions (card->draft, occasions);
  fika_person_set_tags (card->draft, tags);
  *introducer = fika_json_read_line (reader, "introduced_by", UID_MAX);
  if (*name != '\0' && *reader->ok)
    return g_steal_pointer (&card);
  g_clear_pointer (introducer, g_free);

  return NULL;
}

static void
read_members (FikaJsonReader *reader, GPtrArray *members)
{
  JsonArray *array = fika_json_read_array (reader, "members", LIST_MAX);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (reader, array, i);
      FikaEntryMember *member = g_new0 (FikaEntryMember, 1);

      member->person = read_uid (&entry);
      member->role = fika_json_read_line (&entry, "role", FIKA_LINE_MAX);
      member->since = read_day (&entry, "since");
      member->until = read_day (&entry, "until");
      g_ptr_array_add (members, member);
    }
}

static void
read_stages (FikaJsonReader *reader, GArray *stages)
{
  JsonArray *array = fika_json_read_array (reader, "stages", STAGES_MAX);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (reader, array, i);
      FikaStageChange change
          = { FIKA_STAGE_CURIOUS, fika_json_read_int (&entry, "at", 0, UTC_MAX, 0) };

      if (!fika_stage_parse (fika_json_read_key (&entry, "stage"), &change.stage))
        *reader->ok = FALSE;
      g_array_append_val (stages, change);
    }
}

/**
 * fika_document_read_group:
 * @reader: an object of the document
 *
 * Returns: (transfer full) (nullable): the group; %NULL where it makes no sense
 */
FikaEntryGroup *
fika_document_read_group (FikaJsonReader *reader)
{
  static const char *const lines[] = { "next_step", "place", "link", "cost", "goal_period", NULL };
  FikaEntryGroup *entry = g_new0 (FikaEntryGroup, 1);
  g_autofree char *name = fika_json_read_line (reader, "name", FIKA_NAME_MAX);
  g_autofree char *uid = read_uid (reader);
  g_autofree char *notes = fika_json_read_note (reader, "notes", FIKA_NOTE_MAX);
  g_autoptr (GPtrArray) contacts = read_contacts (reader);
  g_autoptr (GPtrArray) interests = read_words (reader, "interests");
  g_autoptr (GPtrArray) values = read_words (reader, "values");
  FikaGroupType type = FIKA_GROUP_OTHER;
  FikaStage stage = FIKA_STAGE_CURIOUS;

  if (*name == '\0' || !fika_group_type_parse (fika_json_read_key (reader, "type"), &type)
      || !fika_stage_parse (fika_json_read_key (reader, "stage"), &stage))
    *reader->ok = FALSE;
  entry->draft = fika_group_new (*name != '\0' ? name : "?");
  fika_group_set_uid (entry->draft, uid);
  read_lines (reader, entry->draft, lines);
  g_object_set (entry->draft, "group-type", (int) type, "stage", (int) stage, "notes", notes,
                "next-step-day", read_day (reader, "next_step_day"), "travel-minutes",
                (int) fika_json_read_int (reader, "travel_minutes", -1, G_MAXINT, -1), "size",
                (int) fika_json_read_int (reader, "size", -1, G_MAXINT, -1), "lively",
                (int) fika_json_read_int (reader, "lively", 0, 2, 0), "online",
                (int) fika_json_read_int (reader, "online", 0, 2, 0), "private-group",
                fika_json_read_boolean (reader, "private"), "goal-minutes",
                (int) fika_json_read_int (reader, "goal_minutes", 0, G_MAXINT, 0), "archived",
                fika_json_read_boolean (reader, "archived"), "sample",
                fika_json_read_boolean (reader, "sample"), NULL);
  fika_group_set_created (entry->draft, read_created (reader));
  fika_group_set_contacts (entry->draft, contacts);
  fika_group_set_interests (entry->draft, interests);
  fika_group_set_values (entry->draft, values);
  entry->members = g_ptr_array_new_with_free_func ((GDestroyNotify) member_free);
  entry->stages = g_array_new (FALSE, FALSE, sizeof (FikaStageChange));
  read_members (reader, entry->members);
  read_stages (reader, entry->stages);
  if (!*reader->ok)
    g_clear_pointer (&entry, fika_entry_group_free);

  return entry;
}

static char **
read_uids (FikaJsonReader *reader, const char *member)
{
  JsonArray *array = fika_json_read_array (reader, member, LIST_MAX);
  guint n = array != NULL ? json_array_get_length (array) : 0;
  char **uids = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    uids[i] = g_strdup (fika_json_read_nth_raw (reader, array, i));

  return uids;
}

static void
read_leads (FikaJsonReader *reader, FikaPlan *draft)
{
  JsonArray *array = fika_json_read_array (reader, "leads", LEADS_MAX);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      int lead = (int) fika_json_read_nth_int (reader, array, i, 0, 60 * FIKA_MINUTES_A_DAY);

      g_array_append_val (leads, lead);
    }
  fika_plan_set_leads (draft, leads);
}

/* What catch-ups and series have in common. */
static void
read_plan (FikaJsonReader *reader, FikaEntryPlan *entry)
{
  static const char *const lines[] = { "place", "link", NULL };
  FikaPlan *draft = entry->draft;
  g_autofree char *uid = read_uid (reader);
  g_autofree char *title = fika_json_read_line (reader, "own_title", FIKA_LINE_MAX);
  g_autofree char *notes = fika_json_read_note (reader, "notes", FIKA_NOTE_MAX);
  g_autofree char *zone = read_zone (reader);
  FikaWindow window = FIKA_WINDOW_EXACT;
  FikaKind kind = FIKA_KIND_OTHER;

  if (!fika_kind_parse (fika_json_read_key (reader, "kind"), &kind)
      || !fika_window_parse (fika_json_read_key (reader, "window"), &window))
    *reader->ok = FALSE;
  fika_plan_set_uid (draft, uid);
  fika_plan_set_kind (draft, kind);
  fika_plan_set_window (draft, window);
  fika_plan_set_title (draft, title);
  fika_plan_set_notes (draft, notes);
  fika_plan_set_zone (draft, zone);
  fika_plan_set_minutes (draft, (int) fika_json_read_int (reader, "minutes", 0, MINUTES_MAX, 0));
  fika_plan_set_sample (draft, fika_json_read_boolean (reader, "sample"));
  fika_plan_set_created (draft, read_created (reader));
  read_lines (reader, draft, lines);
  read_leads (reader, draft);
  entry->people = read_uids (reader, "people_uids");
  entry->group = fika_json_read_line (reader, "group_uid", UID_MAX);
}

static FikaCivil
read_start (FikaJsonReader *reader)
{
  FikaCivil start = read_civil (reader, "start");

  if (start == FIKA_CIVIL_NONE)
    *reader->ok = FALSE;

  return start != FIKA_CIVIL_NONE ? start : 0;
}

/**
 * fika_document_read_series:
 * @reader: an object of the document
 *
 * Returns: (transfer full) (nullable): the series; %NULL where it makes no sense
 */
FikaEntryPlan *
fika_document_read_series (FikaJsonReader *reader)
{
  FikaEntryPlan *entry = g_new0 (FikaEntryPlan, 1);
  FikaSeries *draft = fika_series_new (FIKA_KIND_OTHER, read_start (reader));
  g_autofree char *rule = fika_json_read_line (reader, "rule", FIKA_LINE_MAX);
  int days = (int) fika_json_read_int (reader, "after_days", 0, DAYS_MAX, 0);

  entry->draft = FIKA_PLAN (draft);
  entry->series = g_strdup ("");
  entry->original = FIKA_CIVIL_NONE;
  read_plan (reader, entry);
  fika_series_set_rule (draft, rule);
  fika_series_set_after_days (draft, days);
  if ((*rule == '\0') == (days == 0))
    {
      *reader->ok = FALSE;
    }
  else if (*rule != '\0')
    {
      FikaRecurrence *recurrence = fika_recurrence_parse (rule, NULL);

      if (recurrence == NULL
          || !fika_recurrence_check_anchor (recurrence, fika_plan_get_start (entry->draft), NULL))
        *reader->ok = FALSE;
      g_clear_pointer (&recurrence, fika_recurrence_unref);
    }
  if (!*reader->ok)
    g_clear_pointer (&entry, fika_entry_plan_free);

  return entry;
}

/**
 * fika_document_read_catchup:
 * @reader: an object of the document
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL where it makes no sense
 */
FikaEntryPlan *
fika_document_read_catchup (FikaJsonReader *reader)
{
  static const char *const lines[] = { "role", "task", NULL };
  FikaEntryPlan *entry = g_new0 (FikaEntryPlan, 1);
  FikaCatchup *draft = fika_catchup_new (FIKA_KIND_OTHER, read_start (reader));
  g_autofree char *learned = fika_json_read_note (reader, "learned", FIKA_NOTE_MAX);
  const char *again_key = fika_json_read_raw (reader, "again");
  FikaState state = FIKA_STATE_PLANNED;
  FikaAgain again = FIKA_AGAIN_UNSAID;

  entry->draft = FIKA_PLAN (draft);
  entry->series = fika_json_read_line (reader, "series", UID_MAX);
  entry->original = read_civil (reader, "original");
  read_plan (reader, entry);
  read_lines (reader, draft, lines);
  if (!fika_state_parse (fika_json_read_key (reader, "state"), &state)
      || (again_key != NULL && *again_key != '\0' && !fika_again_parse (again_key, &again))
      || (*entry->series == '\0') != (entry->original == FIKA_CIVIL_NONE))
    *reader->ok = FALSE;
  fika_catchup_set_state (draft, state);
  fika_catchup_set_again (draft, again);
  fika_catchup_set_learned (draft, learned);
  fika_catchup_set_feeling (draft, (int) fika_json_read_int (reader, "feeling", 0, 5, 0));
  fika_catchup_set_reached_out (draft, (int) fika_json_read_int (reader, "reached_out", 0, 2, 0));
  fika_catchup_set_volunteer (draft,
                              (int) fika_json_read_int (reader, "volunteer", 0, MINUTES_MAX, 0));
  if (!*reader->ok)
    g_clear_pointer (&entry, fika_entry_plan_free);

  return entry;
}

/**
 * fika_document_read_topic:
 * @reader: an object of the document
 * @promise: whether it is one of the promises
 *
 * Returns: (transfer full) (nullable): the topic; %NULL where it makes no sense
 */
FikaEntryTopic *
fika_document_read_topic (FikaJsonReader *reader, gboolean promise)
{
  FikaEntryTopic *entry = g_new0 (FikaEntryTopic, 1);

  entry->topic.uid = read_uid (reader);
  entry->topic.text = fika_json_read_line (reader, "text", FIKA_LINE_MAX);
  entry->topic.promise = promise;
  entry->topic.theirs = fika_json_read_boolean (reader, "theirs");
  entry->topic.day = read_day (reader, "day");
  entry->topic.closed = fika_json_read_int (reader, "closed", 0, UTC_MAX, FIKA_UTC_NONE);
  entry->topic.created = read_created (reader);
  entry->person = fika_json_read_line (reader, "person", UID_MAX);
  if (*entry->topic.text == '\0' || *entry->person == '\0')
    *reader->ok = FALSE;
  if (!*reader->ok)
    g_clear_pointer (&entry, fika_entry_topic_free);

  return entry;
}
