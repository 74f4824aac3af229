#include "config.h"

#include "exchange/fika-json.h"

#include "base/fika-zone.h"
#include "exchange/fika-json-private.h"

/* The keys and their order are those of the terminal interface, which others read. */

void
fika_json_add_text (JsonBuilder *builder, const char *key, const char *text)
{
  json_builder_set_member_name (builder, key);
  if (text == NULL || *text == '\0')
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, text);
}

/* A text that is never null: empty says as much. */
void
fika_json_add_plain (JsonBuilder *builder, const char *key, const char *text)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, text != NULL ? text : "");
}

void
fika_json_add_number (JsonBuilder *builder, const char *key, int64_t number)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, number);
}

void
fika_json_add_civil (JsonBuilder *builder, const char *key, FikaCivil civil)
{
  g_autofree char *text = civil != FIKA_CIVIL_NONE ? fika_civil_format (civil) : NULL;

  fika_json_add_text (builder, key, text);
}

static void
add_local (JsonBuilder *builder, const char *key, int64_t utc)
{
  fika_json_add_civil (builder, key,
                       utc != FIKA_UTC_NONE ? fika_zone_from_utc (FIKA_ZONE_HERE, utc)
                                            : FIKA_CIVIL_NONE);
}

void
fika_json_add_day (JsonBuilder *builder, const char *key, FikaDay day)
{
  g_autofree char *text = day != FIKA_DAY_NONE ? fika_day_format (day) : NULL;

  fika_json_add_text (builder, key, text);
}

static void
add_contacts (JsonBuilder *builder, const char *key, GPtrArray *contacts, FikaContactKind kind)
{
  json_builder_set_member_name (builder, key);
  json_builder_begin_array (builder);
  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);

      if (contact->kind == kind)
        json_builder_add_string_value (builder, contact->value);
    }
  json_builder_end_array (builder);
}

static void
add_people (JsonBuilder *builder, GPtrArray *people)
{
  json_builder_set_member_name (builder, "people");
  json_builder_begin_array (builder);
  for (guint i = 0; i < people->len; i++)
    json_builder_add_string_value (builder, fika_person_get_name (g_ptr_array_index (people, i)));
  json_builder_end_array (builder);
}

static void
add_group_name (JsonBuilder *builder, FikaPlan *plan)
{
  FikaGroup *group = fika_plan_get_group (plan);

  fika_json_add_text (builder, "group", group != NULL ? fika_group_get_name (group) : NULL);
}

static void
add_window (JsonBuilder *builder, FikaPlan *plan)
{
  FikaWindow window = fika_plan_get_window (plan);

  fika_json_add_text (builder, "window",
                      window != FIKA_WINDOW_EXACT ? fika_window_to_string (window) : NULL);
}

static JsonNode *
finish (JsonBuilder *builder)
{
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static JsonBuilder *
begin (void)
{
  JsonBuilder *builder = json_builder_new_immutable ();

  return json_builder_begin_object (builder);
}

void
fika_json_add_person (JsonBuilder *builder, FikaStore *store, FikaPerson *person)
{
  FikaDay today = fika_store_today (store);
  const FikaOccasion *occasion = fika_person_get_birthday (person);
  g_autofree char *birthday = occasion != NULL ? fika_occasion_format (occasion) : NULL;

  fika_json_add_plain (builder, "uid", fika_person_get_uid (person));
  fika_json_add_plain (builder, "name", fika_person_get_name (person));
  fika_json_add_plain (builder, "circle", fika_person_get_circle_key (person));
  json_builder_set_member_name (builder, "ties");
  json_builder_begin_array (builder);
  for (FikaTie tie = 0; tie < FIKA_N_TIES; tie++)
    {
      if ((fika_person_get_ties (person) & (1u << tie)) != 0)
        json_builder_add_string_value (builder, fika_tie_to_key (tie));
    }
  json_builder_end_array (builder);
  add_contacts (builder, "phones", fika_person_get_contacts (person), FIKA_CONTACT_PHONE);
  add_contacts (builder, "emails", fika_person_get_contacts (person), FIKA_CONTACT_EMAIL);
  fika_json_add_text (builder, "birthday", birthday);
  fika_json_add_plain (builder, "zone", fika_person_get_zone (person));
  fika_json_add_number (builder, "ideal", fika_person_get_effective_ideal (person));
  fika_json_add_number (builder, "latest", fika_person_get_effective_latest (person));
  add_local (builder, "last_contact", fika_person_get_last_utc (person));
  json_builder_set_member_name (builder, "warmth");
  json_builder_add_double_value (builder, fika_person_warmth (person, today) / 1000.0);
  fika_json_add_plain (builder, "state",
                       fika_warmth_to_key (fika_person_warmth_state (person, today)));
  add_local (builder, "next", fika_person_get_next_utc (person));
}

/**
 * fika_json_person:
 * @store: the data
 * @person: a live person
 *
 * A person as `fika people --json` lists them: uid, name, circle, ties, phones, emails, birthday
 * (YYYY-MM-DD, or --MM-DD where the year is unknown), zone, ideal and latest (days, as they count),
 * last_contact (local), warmth (0 to 1), state, next (local).
 *
 * Returns: (transfer full): the object
 */
JsonNode *
fika_json_person (FikaStore *store, FikaPerson *person)
{
  g_autoptr (JsonBuilder) builder = begin ();

  fika_json_add_person (builder, store, person);

  return finish (builder);
}

void
fika_json_add_plan (JsonBuilder *builder, FikaStore *store, FikaPlan *plan)
{
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *repeat = NULL;

  if (FIKA_IS_SERIES (plan))
    {
      FikaSeries *series = FIKA_SERIES (plan);

      repeat = fika_series_get_after_days (series) > 0
                   ? g_strdup_printf ("after %d days", fika_series_get_after_days (series))
                   : g_strdup (fika_series_get_rule (series));
    }

  fika_json_add_plain (builder, "uid", fika_plan_get_uid (plan));
  fika_json_add_plain (builder, "title", title);
  fika_json_add_plain (builder, "kind", fika_kind_to_key (fika_plan_get_kind (plan)));
  add_people (builder, fika_plan_get_people (plan));
  add_group_name (builder, plan);
  fika_json_add_civil (builder, "start", fika_plan_get_start (plan));
  fika_json_add_plain (builder, "zone", fika_plan_get_zone (plan));
  fika_json_add_text (builder, "repeat", repeat);
}

/**
 * fika_json_plan:
 * @store: the data
 * @plan: a live catch-up or series
 *
 * A plan as `fika plan --json` answers it: uid, title, kind, people, group, start (local in its
 * zone), zone, repeat (an RFC 5545 rule, or "after N days"; null where it does not repeat).
 *
 * Returns: (transfer full): the object
 */
JsonNode *
fika_json_plan (FikaStore *store, FikaPlan *plan)
{
  g_autoptr (JsonBuilder) builder = begin ();

  fika_json_add_plan (builder, store, plan);

  return finish (builder);
}

/**
 * fika_json_occurrence:
 * @store: the data
 * @occurrence: an entry of an agenda
 *
 * An entry as `fika agenda --json` lists it: uid, series (its uid, null for a single one), title,
 * kind, people, group, start and end (local in its zone), window (null for an exact time), zone,
 * utc, place, state.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
fika_json_occurrence (FikaStore *store, FikaOccurrence *occurrence)
{
  g_autoptr (JsonBuilder) builder = begin ();
  FikaPlan *plan = fika_occurrence_get_plan (occurrence);
  FikaSeries *series = fika_occurrence_get_series (occurrence);
  FikaCivil start = fika_occurrence_get_start (occurrence);
  int minutes = fika_plan_get_minutes (plan);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *utc = fika_utc_format (fika_occurrence_get_utc (occurrence));

  fika_json_add_plain (builder, "uid", fika_occurrence_get_uid (occurrence));
  fika_json_add_text (builder, "series",
                      series != NULL ? fika_plan_get_uid (FIKA_PLAN (series)) : NULL);
  fika_json_add_plain (builder, "title", title);
  fika_json_add_plain (builder, "kind", fika_kind_to_key (fika_plan_get_kind (plan)));
  add_people (builder, fika_plan_get_people (plan));
  add_group_name (builder, plan);
  fika_json_add_civil (builder, "start", start);
  fika_json_add_civil (builder, "end", minutes > 0 ? start + minutes : FIKA_CIVIL_NONE);
  add_window (builder, plan);
  fika_json_add_plain (builder, "zone", fika_plan_get_zone (plan));
  fika_json_add_plain (builder, "utc", utc);
  fika_json_add_plain (builder, "place", fika_plan_get_place (plan));
  fika_json_add_plain (builder, "state",
                       fika_state_to_key (fika_occurrence_get_state (occurrence)));

  return finish (builder);
}

void
fika_json_add_group (JsonBuilder *builder, FikaStore *store, FikaGroup *group)
{
  GPtrArray *members = fika_group_get_members (group);
  g_autoptr (GArray) visits = fika_store_visit_ids (store, group, NULL);

  fika_json_add_plain (builder, "uid", fika_group_get_uid (group));
  fika_json_add_plain (builder, "name", fika_group_get_name (group));
  fika_json_add_plain (builder, "type", fika_group_type_to_key (fika_group_get_group_type (group)));
  fika_json_add_plain (builder, "stage", fika_stage_to_key (fika_group_get_stage (group)));
  fika_json_add_plain (builder, "next_step", fika_group_get_next_step (group));
  fika_json_add_day (builder, "next_step_day", fika_group_get_next_step_day (group));
  fika_json_add_plain (builder, "place", fika_group_get_place (group));
  fika_json_add_plain (builder, "link", fika_group_get_link (group));
  fika_json_add_plain (builder, "cost", fika_group_get_cost (group));
  json_builder_set_member_name (builder, "private");
  json_builder_add_boolean_value (builder, fika_group_get_private_group (group));
  json_builder_set_member_name (builder, "members");
  json_builder_begin_array (builder);
  for (guint i = 0; i < members->len; i++)
    {
      const FikaMember *member = g_ptr_array_index (members, i);

      json_builder_begin_object (builder);
      fika_json_add_plain (builder, "uid", fika_person_get_uid (member->person));
      fika_json_add_plain (builder, "name", fika_person_get_name (member->person));
      fika_json_add_plain (builder, "role", member->role);
      fika_json_add_day (builder, "since", member->since);
      fika_json_add_day (builder, "until", member->until);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  fika_json_add_number (builder, "visits", visits != NULL ? visits->len : 0);
  fika_json_add_number (builder, "volunteer_minutes",
                        fika_store_volunteer_minutes (store, group, INT64_MIN, INT64_MAX));
}

/**
 * fika_json_group:
 * @store: the data
 * @group: a live group
 *
 * A group as `fika groups --json` lists it: uid, name, type, stage, next_step, next_step_day,
 * place, link, cost, private, members (uid, name, role, since, until), visits (how many),
 * volunteer_minutes.
 *
 * Returns: (transfer full): the object
 */
JsonNode *
fika_json_group (FikaStore *store, FikaGroup *group)
{
  g_autoptr (JsonBuilder) builder = begin ();

  fika_json_add_group (builder, store, group);

  return finish (builder);
}

/**
 * fika_json_to_text:
 * @node: any node
 *
 * Returns: (transfer full): the node as indented JSON, with a newline behind
 */
char *
fika_json_to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;

  json_generator_set_root (generator, node);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);

  return g_strconcat (text, "\n", NULL);
}
