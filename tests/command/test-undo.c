#include "config.h"

#include "base/fika-error.h"
#include "fika-command-test.h"

#include <string.h>

/*
 * The property that undo stands on: whatever is done, in whatever order, over restarts: undoing all
 * of it gives the data of the start, doing it again gives the data of the end, and what the machine
 * works out from the data is the same as if it were worked out anew.
 */

#define STEPS 400

typedef struct
{
  Fixture *fixture;
  FikaStore *store;
  GRand *rand;
  guint refused;
} Play;

static int
pick (Play *self, int n)
{
  return g_rand_int_range (self->rand, 0, n);
}

static int64_t
any_id (Play *self, const char *table)
{
  g_autofree char *count_sql = g_strdup_printf ("SELECT count(*) FROM %s", table);
  int64_t n = fixture_count (self->fixture, count_sql);
  g_autofree char *sql = NULL;

  if (n == 0)
    return 0;
  sql = g_strdup_printf ("SELECT id FROM %s ORDER BY id LIMIT 1 OFFSET %d", table,
                         pick (self, (int) n));

  return fixture_count (self->fixture, sql);
}

static FikaPerson *
any_person (Play *self)
{
  int64_t id = any_id (self, "person");

  return id != 0 ? fika_store_get_person (self->store, id, NULL) : NULL;
}

static FikaGroup *
any_group (Play *self)
{
  int64_t id = any_id (self, "grp");

  return id != 0 ? fika_store_get_group (self->store, id, NULL) : NULL;
}

static FikaSeries *
any_series (Play *self)
{
  int64_t id = any_id (self, "series");

  return id != 0 ? fika_store_get_series (self->store, id, NULL) : NULL;
}

static FikaCatchup *
any_catchup (Play *self)
{
  int64_t id = any_id (self, "catchup");

  return id != 0 ? fika_store_get_catchup (self->store, id, NULL) : NULL;
}

static FikaOccurrence *
any_occurrence (Play *self)
{
  g_autoptr (GPtrArray) agenda = NULL;
  FikaCivil from = civil ("2026-05-01T00:00") + (int64_t) pick (self, 30) * FIKA_MINUTES_A_DAY;

  agenda = fika_store_agenda (self->store, from, from + 10 * FIKA_MINUTES_A_DAY, NULL);
  g_assert_nonnull (agenda);

  return agenda->len > 0 ? g_object_ref (g_ptr_array_index (agenda, pick (self, agenda->len)))
                         : NULL;
}

static FikaCivil
any_time (Play *self)
{
  return civil ("2026-04-20T00:00") + (int64_t) pick (self, 40) * FIKA_MINUTES_A_DAY
         + pick (self, 96) * 15;
}

static void
dress_person (Play *self, FikaPerson *draft)
{
  static const char *const zones[] = { "", "Asia/Tokyo", "Nowhere/Land", "America/New_York" };
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = g_strdup_printf ("Person %d", pick (self, 50));
  g_autoptr (FikaPerson) introducer = any_person (self);

  fika_person_set_name (draft, pick (self, 20) == 0 ? "" : name);
  fika_person_set_ties (draft, (guint) pick (self, 1 << FIKA_N_TIES));
  fika_person_set_circle_id (draft, 1 + pick (self, 4));
  if (pick (self, 3) == 0)
    fika_person_set_cadence (draft, pick (self, 30), pick (self, 60));
  for (int i = pick (self, 4); i > 0; i--)
    {
      g_autofree char *value = g_strdup_printf ("0%d", pick (self, 1000));
      FikaContact *contact = fika_contact_new (pick (self, FIKA_N_CONTACT_KINDS), "x", value);

      contact->preferred = pick (self, 2);
      g_ptr_array_add (contacts, contact);
    }
  fika_person_set_contacts (draft, contacts);
  if (pick (self, 2))
    g_ptr_array_add (occasions, fika_occasion_new (pick (self, 3), "", 1950 + pick (self, 50),
                                                   1 + pick (self, 12), 1 + pick (self, 30)));
  fika_person_set_occasions (draft, occasions);
  for (int i = pick (self, 3); i > 0; i--)
    g_ptr_array_add (tags, g_strdup_printf ("tag %d", pick (self, 4)));
  fika_person_set_tags (draft, tags);
  g_object_set (
      draft, "zone", zones[pick (self, 4)], "archived", pick (self, 8) == 0, "introduced-by",
      introducer != NULL && pick (self, 3) == 0 ? fika_person_get_id (introducer) : (gint64) 0,
      NULL);
}

static void
dress_plan (Play *self, FikaPlan *draft)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = pick (self, 3); i > 0; i--)
    {
      int lead = pick (self, 4) * 30;

      g_array_append_val (leads, lead);
    }
  fika_plan_set_leads (draft, leads);
  for (int i = pick (self, 4); i > 0; i--)
    {
      FikaPerson *person = any_person (self);

      if (person != NULL && !g_ptr_array_find (people, person, NULL))
        g_ptr_array_add (people, person);
      else
        g_clear_object (&person);
    }
  fika_plan_set_people (draft, people);
  if (pick (self, 3) == 0)
    {
      g_autoptr (FikaGroup) group = any_group (self);

      fika_plan_set_group (draft, group);
    }
  fika_plan_set_kind (draft, pick (self, FIKA_N_KINDS));
  fika_plan_set_start (draft, any_time (self));
  fika_plan_set_window (draft, pick (self, 5));
  fika_plan_set_minutes (draft, pick (self, 120) - 2);
  fika_plan_set_zone (draft, pick (self, 4) == 0 ? "America/New_York" : "");
  fika_plan_set_notes (draft, pick (self, 2) ? "A note." : "");
}

static void
dress_series (Play *self, FikaSeries *draft)
{
  static const char *const rules[] = {
    "FREQ=WEEKLY",
    "FREQ=DAILY;INTERVAL=3",
    "FREQ=WEEKLY;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=1TH",
    "FREQ=DAILY;COUNT=4",
    "FREQ=HOURLY",
  };

  dress_plan (self, FIKA_PLAN (draft));
  if (pick (self, 4) == 0)
    fika_series_set_after_days (draft, 1 + pick (self, 10));
  else
    fika_series_set_rule (draft, rules[pick (self, G_N_ELEMENTS (rules))]);
}

static void
dress_group (Play *self, FikaGroup *draft)
{
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (FikaPerson) person = any_person (self);
  g_autofree char *name = g_strdup_printf ("Group %d", pick (self, 20));

  fika_group_set_name (draft, name);
  fika_group_set_stage (draft, pick (self, FIKA_N_STAGES));
  if (person != NULL)
    g_ptr_array_add (members, fika_member_new (person, "role", TODAY, FIKA_DAY_NONE));
  fika_group_set_members (draft, members);
  if (pick (self, 2))
    g_ptr_array_add (values, (gpointer) "joy");
  fika_group_set_values (draft, values);
}

static void
play_person (Play *self, GError **error)
{
  g_autoptr (FikaPerson) live = any_person (self);
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) saved = NULL;

  switch (live != NULL ? pick (self, 8) : 0)
    {
    case 0:
    case 1:
    case 2:
      draft = fika_person_new ("x");
      dress_person (self, draft);
      saved = fika_command_save_person (self->store, draft, SOURCE, error);
      break;
    case 3:
    case 4:
      draft = fika_person_copy (live);
      dress_person (self, draft);
      saved = fika_command_save_person (self->store, draft, SOURCE, error);
      break;
    case 5:
      fika_command_archive_person (self->store, live, pick (self, 2), SOURCE, error);
      break;
    case 6:
      fika_command_set_circle_cadence (self->store, 1 + pick (self, 5), pick (self, 20),
                                       pick (self, 40), SOURCE, error);
      break;
    default:
      fika_command_delete_person (self->store, live, SOURCE, error);
      break;
    }
}

static void
play_topic (Play *self, GError **error)
{
  g_autoptr (FikaPerson) person = any_person (self);
  g_autoptr (GPtrArray) topics = NULL;
  const FikaTopic *topic;

  if (person == NULL)
    return;

  topics = fika_store_topics (self->store, person, FALSE);
  if (topics->len == 0 || pick (self, 2))
    {
      if (pick (self, 2))
        fika_command_add_topic (self->store, person, "a topic", TODAY, SOURCE, error);
      else
        fika_command_add_promise (self->store, person, pick (self, 2), "a promise", FIKA_DAY_NONE,
                                  SOURCE, error);
      return;
    }
  topic = g_ptr_array_index (topics, pick (self, topics->len));
  if (pick (self, 3))
    fika_command_close_topic (self->store, topic, pick (self, 2), SOURCE, error);
  else
    fika_command_delete_topic (self->store, topic, SOURCE, error);
}

static void
play_catchup (Play *self, GError **error)
{
  g_autoptr (FikaCatchup) live = any_catchup (self);
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  g_autoptr (FikaSeries) series_draft = NULL;
  g_autoptr (FikaSeries) series = NULL;
  FikaLogDetails details = { .feeling = pick (self, 6), .next_topic = "next time" };

  switch (live != NULL ? pick (self, 8) : pick (self, 3))
    {
    case 0:
    case 1:
      draft = fika_catchup_new (FIKA_KIND_CALL, 0);
      dress_plan (self, FIKA_PLAN (draft));
      saved = fika_command_save_catchup (self->store, draft, SOURCE, error);
      break;
    case 2:
      draft = fika_catchup_new (FIKA_KIND_CALL, 0);
      dress_plan (self, FIKA_PLAN (draft));
      saved = fika_command_log_new (self->store, draft, &details, SOURCE, error);
      break;
    case 3:
    case 4:
      draft = fika_catchup_copy (live);
      dress_plan (self, FIKA_PLAN (draft));
      fika_catchup_set_state (draft, pick (self, 4));
      fika_catchup_set_again (draft, pick (self, 4));
      saved = fika_command_save_catchup (self->store, draft, SOURCE, error);
      break;
    case 5:
      series_draft = fika_series_new (FIKA_KIND_CALL, 0);
      dress_series (self, series_draft);
      series = fika_command_convert_to_series (self->store, live, series_draft, SOURCE, error);
      break;
    default:
      fika_command_delete_plan (self->store, FIKA_PLAN (live), SOURCE, error);
      break;
    }
}

static void
play_series (Play *self, GError **error)
{
  g_autoptr (FikaSeries) live = any_series (self);
  g_autoptr (FikaSeries) draft = NULL;
  g_autoptr (FikaSeries) saved = NULL;
  g_autoptr (FikaCatchup) catchup_draft = NULL;
  g_autoptr (FikaCatchup) catchup = NULL;

  switch (live != NULL ? pick (self, 8) : 0)
    {
    case 0:
    case 1:
    case 2:
      draft = fika_series_new (FIKA_KIND_CALL, 0);
      dress_series (self, draft);
      saved = fika_command_save_series (self->store, draft, SOURCE, error);
      break;
    case 3:
    case 4:
    case 5:
      draft = fika_series_copy (live);
      if (pick (self, 2))
        dress_series (self, draft);
      else
        fika_plan_set_start (FIKA_PLAN (draft), fika_plan_get_start (FIKA_PLAN (live)) + 60);
      saved = fika_command_save_series (self->store, draft, SOURCE, error);
      break;
    case 6:
      catchup_draft = fika_catchup_new (FIKA_KIND_CALL, 0);
      dress_plan (self, FIKA_PLAN (catchup_draft));
      catchup = fika_command_convert_to_catchup (self->store, live, catchup_draft, SOURCE, error);
      break;
    default:
      fika_command_delete_plan (self->store, FIKA_PLAN (live), SOURCE, error);
      break;
    }
}

static void
play_occurrence (Play *self, GError **error)
{
  g_autoptr (FikaOccurrence) occurrence = any_occurrence (self);
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  FikaLogDetails details = { .minutes = pick (self, 90), .note = "It was good." };

  if (occurrence == NULL)
    return;

  switch (pick (self, 5))
    {
    case 0:
      saved = fika_command_move_occurrence (self->store, occurrence, any_time (self),
                                            pick (self, 5), SOURCE, error);
      break;
    case 1:
      saved = fika_command_skip_occurrence (self->store, occurrence, SOURCE, error);
      break;
    case 2:
      draft = fika_catchup_new (FIKA_KIND_CALL, 0);
      dress_plan (self, FIKA_PLAN (draft));
      saved = fika_command_edit_occurrence (self->store, occurrence, draft, SOURCE, error);
      break;
    default:
      saved = fika_command_log_occurrence (self->store, occurrence,
                                           pick (self, 2) ? &details : NULL, SOURCE, error);
      break;
    }
}

static void
play_group (Play *self, GError **error)
{
  g_autoptr (FikaGroup) live = any_group (self);
  g_autoptr (FikaGroup) draft = NULL;
  g_autoptr (FikaGroup) saved = NULL;

  switch (live != NULL ? pick (self, 6) : 0)
    {
    case 0:
    case 1:
      draft = fika_group_new ("x");
      dress_group (self, draft);
      saved = fika_command_save_group (self->store, draft, SOURCE, error);
      break;
    case 2:
      draft = fika_group_copy (live);
      dress_group (self, draft);
      saved = fika_command_save_group (self->store, draft, SOURCE, error);
      break;
    case 3:
    case 4:
      fika_command_set_stage (self->store, live, pick (self, FIKA_N_STAGES), SOURCE, error);
      break;
    default:
      fika_command_delete_group (self->store, live, SOURCE, error);
      break;
    }
}

static void
play_set (Play *self, GError **error)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);

  if (pick (self, 4) == 0)
    {
      if (fika_store_has_sample (self->store))
        fika_command_remove_sample (self->store, SOURCE, error);
      else
        fika_command_load_sample (self->store, SOURCE, error);
      return;
    }
  for (int i = pick (self, 6); i > 0; i--)
    {
      FikaPerson *draft = fika_person_new ("x");

      dress_person (self, draft);
      g_ptr_array_add (drafts, draft);
    }
  fika_command_save_people (self->store, drafts, NULL, FIKA_SOURCE_IMPORT, NULL, error);
}

/* What the machine worked out, against the same worked out from nothing. */
static void
check_machine (Play *self)
{
  g_autofree char *before = fixture_dump_machine (self->fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_store_check (self->store, &error));
  g_assert_no_error (error);
  fixture_derive_all (self->fixture);
  after = fixture_dump_machine (self->fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
play_step (Play *self)
{
  static void (*const parts[]) (Play * self, GError * *error) = {
    play_person,     play_topic,      play_catchup,    play_catchup, play_series, play_series,
    play_occurrence, play_occurrence, play_occurrence, play_group,   play_set,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = pick (self, 10) == 0 ? fixture_dump (self->fixture) : NULL;
  int part = pick (self, 2 * (int) G_N_ELEMENTS (parts) - 1) / 2;

  parts[part](self, &error);
  if (error != NULL)
    {
      /* Refused, and nothing is left of it. */
      if (!g_error_matches (error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED))
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
      self->refused++;
      if (before != NULL)
        {
          g_autofree char *after = fixture_dump (self->fixture);

          g_assert_cmpstr (after, ==, before);
        }
    }
}

static void
reopen (Play *self)
{
  fixture_reopen (self->fixture);
  self->store = self->fixture->store;
}

static guint
undo_all (Play *self)
{
  guint n = 0;

  for (;; n++)
    {
      g_autofree char *label = fika_store_dup_undo_label (self->store);

      if (label == NULL)
        return n;
      fixture_undo (self->fixture);
      if (n % 50 == 25)
        reopen (self);
      if (n % 40 == 10)
        check_machine (self);
    }
}

static guint
redo_all (Play *self)
{
  guint n = 0;

  for (;; n++)
    {
      g_autofree char *label = fika_store_dup_redo_label (self->store);

      if (label == NULL)
        return n;
      fixture_redo (self->fixture);
      if (n % 60 == 30)
        reopen (self);
    }
}

static void
test_property (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  Play self = { fixture, fixture->store, rand, 0 };
  g_autofree char *start = fixture_dump (fixture);
  g_autofree char *end = NULL;
  g_autofree char *machine = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *machine_again = NULL;
  guint undone;

  for (guint i = 0; i < STEPS; i++)
    {
      play_step (&self);
      if (i % 100 == 60)
        reopen (&self);
      if (i % 50 == 20)
        check_machine (&self);
      /* Now and then somebody changes their mind. */
      if (i % 30 == 29)
        {
          fixture_undo (fixture);
          if (pick (&self, 2))
            fixture_redo (fixture);
        }
    }
  g_test_message ("%u of %d steps refused", self.refused, STEPS);
  g_assert_cmpuint (self.refused, >, 0);
  g_assert_cmpuint (self.refused, <, STEPS / 2);

  /* What waits to be done again is not part of the end. */
  end = fixture_dump (fixture);
  machine = fixture_dump_machine (fixture);
  g_assert_cmpuint (strlen (end), >, 5000);
  g_assert_nonnull (strstr (machine, "contact "));
  g_assert_nonnull (strstr (machine, "reminder "));
  g_assert_nonnull (strstr (machine, "search "));
  g_assert_nonnull (strstr (machine, "series "));
  check_machine (&self);

  undone = undo_all (&self);
  g_assert_cmpuint (undone, >, STEPS / 4);
  dump = fixture_dump (fixture);
  g_assert_cmpstr (dump, ==, start);
  check_machine (&self);

  g_free (g_steal_pointer (&dump));
  while (undone-- > 0)
    fixture_redo (fixture);
  dump = fixture_dump (fixture);
  g_assert_cmpstr (dump, ==, end);
  machine_again = fixture_dump_machine (fixture);
  g_assert_cmpstr (machine_again, ==, machine);
  check_machine (&self);
  redo_all (&self);
}

/* Every live object says what the database says, after whatever was done and undone. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (99);
  Play self = { fixture, fixture->store, rand, 0 };
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 150; i++)
    {
      FikaPerson *person;
      FikaCatchup *catchup;

      play_step (&self);
      if (i % 3 == 0 && (person = any_person (&self)) != NULL)
        g_ptr_array_add (held, person);
      if (i % 2 == 0 && (catchup = any_catchup (&self)) != NULL)
        g_ptr_array_add (held, catchup);
      if (i % 10 == 9)
        fixture_undo (fixture);
    }

  for (guint i = 0; i < held->len; i++)
    {
      GObject *object = g_ptr_array_index (held, i);
      g_autofree char *sql = NULL;
      g_autofree char *text = NULL;

      if (FIKA_IS_PERSON (object))
        {
          int64_t id = fika_person_get_id (FIKA_PERSON (object));

          sql = g_strdup_printf (
              "SELECT coalesce (max (name), '-') FROM person WHERE id = %" G_GINT64_FORMAT, id);
          text = fika_test_query_text (fixture_db (fixture), sql);
          if (!g_str_equal (text, "-"))
            g_assert_cmpstr (text, ==, fika_person_get_name (FIKA_PERSON (object)));
        }
      else
        {
          g_autofree char *start = fika_civil_format (fika_plan_get_start (FIKA_PLAN (object)));
          g_autofree char *live = g_strdup_printf (
              "%s %s %u", start, fika_state_to_key (fika_catchup_get_state (FIKA_CATCHUP (object))),
              fika_plan_get_people (FIKA_PLAN (object))->len);

          sql = g_strdup_printf (
              "SELECT coalesce (max (start || ' ' || state || ' ' || (SELECT count(*) "
              "FROM catchup_person WHERE catchup = catchup.id)), '-') "
              "FROM catchup WHERE id = %" G_GINT64_FORMAT,
              fika_plan_get_id (FIKA_PLAN (object)));
          text = fika_test_query_text (fixture_db (fixture), sql);
          if (!g_str_equal (text, "-"))
            g_assert_cmpstr (text, ==, live);
        }
    }
}

static void
test_ends (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_assert_false (fika_command_undo (self->store, SOURCE, &label, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fika_command_redo (self->store, SOURCE, &label, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* After a restart too, and something new ends the chance to redo. */
  ada = fixture_add_person (self, "Ada");
  g_clear_object (&ada);
  fixture_reopen (self);
  g_assert_true (fika_command_undo (self->store, SOURCE, &label, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Add Ada");
  fixture_reopen (self);
  ada = fixture_add_person (self, "Bo");
  g_assert_false (fika_command_redo (self->store, SOURCE, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/undo/ends", Fixture, NULL, fixture_set_up, test_ends, fixture_tear_down);
  g_test_add ("/undo/property/1", Fixture, GUINT_TO_POINTER (1), fixture_set_up, test_property,
              fixture_tear_down);
  g_test_add ("/undo/property/2", Fixture, GUINT_TO_POINTER (2026), fixture_set_up, test_property,
              fixture_tear_down);
  g_test_add ("/undo/live", Fixture, NULL, fixture_set_up, test_live, fixture_tear_down);

  return g_test_run ();
}
