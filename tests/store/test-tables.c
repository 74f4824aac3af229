#include "config.h"

#include "fika-test-store.h"

#include "base/fika-error.h"
#include "store/fika-circle-table.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-series-table.h"
#include "store/fika-store-private.h"
#include "store/fika-topic-table.h"

#define NOW "2026-05-04T09:00"

static int64_t
count_changes (FikaStore *store, const char *condition)
{
  g_autofree char *sql = g_strconcat ("SELECT count (*) FROM change WHERE action ="
                                      " (SELECT max (id) FROM action) AND ",
                                      condition, NULL);

  return fika_test_query_int (fika_store_get_db (store), sql);
}

static FikaPerson *
new_full_person (void)
{
  FikaPerson *person = fika_person_new ("Ada Lovelace");
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FikaContact *mail = fika_contact_new (FIKA_CONTACT_EMAIL, "home", "Ada@Example.org");

  mail->preferred = TRUE;
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_PHONE, "work", "+44 20 7946 0018"));
  g_ptr_array_add (contacts, mail);
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_ADDRESS, "", "12 St James's Square"));
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", 1815, 12, 10));
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_OTHER, "first program", 0, 2, 29));
  g_ptr_array_add (tags, (char *) "Chess");
  g_ptr_array_add (tags, (char *) "Mathematics");

  fika_person_set_uid (person, "ada-1");
  fika_person_set_ties (person, (1u << FIKA_TIE_FRIEND) | (1u << FIKA_TIE_MENTOR));
  fika_person_set_circle_id (person, 1);
  fika_person_set_cadence (person, 10, 20);
  g_object_set (person, "nickname", "Countess", "pronouns", "she/her", "zone", "Europe/London",
                "how-met", "at Babbage's", "notes", "Likes\nflying machines", "photo", "abc.png",
                "extra", "X-FOO:bar", "deceased", TRUE, "died", fika_test_day ("1852-11-27"),
                "archived", TRUE, "paused-until", fika_test_day ("2026-06-01"), "sample", TRUE,
                NULL);
  fika_person_set_contacts (person, contacts);
  fika_person_set_occasions (person, occasions);
  fika_person_set_tags (person, tags);
  return person;
}

static void
assert_full_person (FikaPerson *person)
{
  const FikaContact *contact;
  const FikaOccasion *occasion;
  FikaDay died;

  g_object_get (person, "died", &died, NULL);
  g_assert_cmpstr (fika_person_get_uid (person), ==, "ada-1");
  g_assert_cmpstr (fika_person_get_name (person), ==, "Ada Lovelace");
  g_assert_cmpstr (fika_person_get_nickname (person), ==, "Countess");
  g_assert_cmpstr (fika_person_get_pronouns (person), ==, "she/her");
  g_assert_cmpstr (fika_person_get_zone (person), ==, "Europe/London");
  g_assert_cmpstr (fika_person_get_how_met (person), ==, "at Babbage's");
  g_assert_cmpstr (fika_person_get_notes (person), ==, "Likes\nflying machines");
  g_assert_cmpstr (fika_person_get_photo (person), ==, "abc.png");
  g_assert_cmpstr (fika_person_get_extra (person), ==, "X-FOO:bar");
  g_assert_cmpint (fika_person_get_circle_id (person), ==, 1);
  g_assert_cmpstr (fika_person_get_circle_key (person), ==, "closest");
  g_assert_cmpint (fika_person_get_ideal (person), ==, 10);
  g_assert_cmpint (fika_person_get_latest (person), ==, 20);
  g_assert_cmpint (fika_person_get_effective_ideal (person), ==, 10);
  g_assert_cmpint (fika_person_get_ties (person), ==,
                   (1u << FIKA_TIE_FRIEND) | (1u << FIKA_TIE_MENTOR));
  g_assert_true (fika_person_get_archived (person));
  g_assert_true (fika_person_get_deceased (person));
  g_assert_true (fika_person_get_sample (person));
  g_assert_cmpint (died, ==, fika_test_day ("1852-11-27"));
  g_assert_cmpint (fika_person_get_paused_until (person), ==, fika_test_day ("2026-06-01"));
  g_assert_cmpint (fika_person_get_created (person), ==, fika_test_instant (NOW));

  g_assert_cmpuint (fika_person_get_contacts (person)->len, ==, 3);
  contact = g_ptr_array_index (fika_person_get_contacts (person), 0);
  g_assert_cmpint (contact->kind, ==, FIKA_CONTACT_PHONE);
  g_assert_cmpstr (contact->label, ==, "work");
  g_assert_cmpstr (contact->value, ==, "+44 20 7946 0018");
  g_assert_false (contact->preferred);
  contact = g_ptr_array_index (fika_person_get_contacts (person), 1);
  g_assert_cmpint (contact->kind, ==, FIKA_CONTACT_EMAIL);
  g_assert_true (contact->preferred);
  contact = g_ptr_array_index (fika_person_get_contacts (person), 2);
  g_assert_cmpint (contact->kind, ==, FIKA_CONTACT_ADDRESS);

  g_assert_cmpuint (fika_person_get_occasions (person)->len, ==, 2);
  occasion = g_ptr_array_index (fika_person_get_occasions (person), 0);
  g_assert_cmpint (occasion->kind, ==, FIKA_OCCASION_BIRTHDAY);
  g_assert_cmpint (occasion->year, ==, 1815);
  g_assert_cmpint (occasion->month, ==, 12);
  g_assert_cmpint (occasion->day, ==, 10);
  occasion = g_ptr_array_index (fika_person_get_occasions (person), 1);
  g_assert_cmpstr (occasion->label, ==, "first program");
  g_assert_cmpint (occasion->year, ==, 0);

  g_assert_cmpuint (fika_person_get_tags (person)->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fika_person_get_tags (person), 0), ==, "Chess");
  g_assert_cmpstr (g_ptr_array_index (fika_person_get_tags (person), 1), ==, "Mathematics");
}

static void
test_person (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) draft = new_full_person ();
  g_autoptr (FikaPerson) other = fika_test_add_person (store, "Charles");
  g_autoptr (FikaStore) again = NULL;
  FikaPerson *live;
  int64_t id;

  g_object_set (draft, "introduced-by", fika_person_get_id (other), NULL);
  live = fika_test_save_person (store, draft);
  assert_full_person (live);
  id = fika_person_get_id (live);
  g_assert_cmpint (id, !=, 0);
  g_assert_cmpint (fika_person_get_id (draft), ==, 0);

  /* One object a row, for as long as anybody holds it. */
  {
    g_autoptr (FikaPerson) same = fika_store_get_person (store, id, NULL);
    g_autoptr (FikaPerson) by_uid = fika_store_get_person_by_uid (store, "ada-1", NULL);

    g_assert_true (same == live);
    g_assert_true (by_uid == live);
  }
  g_assert_finalize_object (live);
  g_assert_cmpuint (fika_store_n_live (store), ==, 1);

  again = fika_test_store_new (folder, NOW);
  live = fika_store_get_person (again, id, NULL);
  assert_full_person (live);
  g_assert_cmpint (fika_person_get_introduced_by (live), ==, fika_person_get_id (other));
  g_object_unref (live);

  fika_test_assert_store (store);
}

/* What did not change leaves no trace in the log. */
static void
test_person_parts (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) first = new_full_person ();
  g_autoptr (FikaPerson) live = fika_test_save_person (store, first);
  g_autoptr (FikaPerson) draft = fika_person_copy (live);
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  g_autoptr (FikaPerson) saved = NULL;
  int64_t action;

  /* Nothing changed: not even an action. */
  action = fika_test_query_int (fika_store_get_db (store), "SELECT max (id) FROM action");
  g_object_unref (fika_test_save_person (store, draft));
  g_assert_cmpint (fika_test_query_int (fika_store_get_db (store), "SELECT max (id) FROM action"),
                   ==, action);

  /* One phone number, one tag more, one less. */
  for (guint i = 0; i < fika_person_get_contacts (draft)->len; i++)
    g_ptr_array_add (contacts,
                     fika_contact_copy (g_ptr_array_index (fika_person_get_contacts (draft), i)));
  g_free (((FikaContact *) g_ptr_array_index (contacts, 0))->value);
  ((FikaContact *) g_ptr_array_index (contacts, 0))->value = g_strdup ("+44 20 7946 0999");
  fika_person_set_contacts (draft, contacts);
  g_ptr_array_add (tags, (char *) "Mathematics");
  g_ptr_array_add (tags, (char *) "Poetry");
  g_ptr_array_add (tags, (char *) "mathematics"); /* the same */
  fika_person_set_tags (draft, tags);
  saved = fika_test_save_person (store, draft);

  g_assert_cmpint (count_changes (store, "tbl = 'person'"), ==, 0);
  g_assert_cmpint (count_changes (store, "tbl = 'contact' AND op = 'u'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'contact'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'person_tag' AND op = 'd'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'person_tag' AND op = 'i'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl IN ('tie', 'occasion')"), ==, 0);
  /* Nobody has that tag any more. */
  g_assert_cmpint (count_changes (store, "tbl = 'tag' AND op = 'd'"), ==, 1);
  g_assert_cmpint (fika_test_query_int (fika_store_get_db (store),
                                        "SELECT count (*) FROM tag WHERE name = 'Chess'"),
                   ==, 0);

  /* The live object follows, there and back. */
  g_assert_true (saved == live);
  g_assert_cmpstr (((FikaContact *) g_ptr_array_index (fika_person_get_contacts (live), 0))->value,
                   ==, "+44 20 7946 0999");
  fika_test_undo (store);
  assert_full_person (live);
  fika_test_assert_store (store);
}

static void
test_texts (void)
{
  static const char *const names[]
      = { "👩‍🚀 🎉", "אדה לאבלייס", "Ⓐⓓⓐ \xe2\x80\x8f x", "O'Brien \"%_\\ DROP TABLE" };
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autofree char *very_long = g_strnfill (10000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FikaPerson) live = fika_test_add_person (store, names[i]);
      g_autoptr (FikaPerson) found = fika_store_find_person (store, names[i], NULL);
      g_autoptr (GArray) ids = fika_store_people_ids (store, names[i], 0, FALSE, NULL);
      g_autofree char *stored = fika_test_query_text (
          fika_store_get_db (store), "SELECT name FROM person ORDER BY id DESC LIMIT 1");

      g_assert_cmpstr (stored, ==, names[i]);
      g_assert_true (found == live);
      g_assert_cmpuint (ids->len, ==, 1);
      g_assert_cmpint (g_array_index (ids, int64_t, 0), ==, fika_person_get_id (live));
    }
  {
    g_autoptr (FikaPerson) draft = fika_person_new (very_long);
    g_autoptr (FikaPerson) live = NULL;

    g_object_set (draft, "notes", very_long, NULL);
    live = fika_test_save_person (store, draft);
    g_clear_object (&live);
    live = fika_store_find_person (store, very_long, NULL);
    g_assert_nonnull (live);
    g_assert_cmpstr (fika_person_get_name (live), ==, very_long);
    g_assert_cmpstr (fika_person_get_notes (live), ==, very_long);
  }
  fika_test_assert_store (store);
}

static void
test_group (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaGroup) draft = fika_group_new ("Choir");
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  g_autoptr (GPtrArray) interests = g_ptr_array_new ();
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (FikaStore) other = NULL;
  g_autoptr (FikaGroup) live = NULL;
  g_autoptr (FikaGroup) read = NULL;
  g_autoptr (GPtrArray) of_ada = NULL;
  g_autofree char *trail = NULL;
  const FikaMember *member;

  g_ptr_array_add (members, fika_member_new (sam, "tenor", FIKA_DAY_NONE, FIKA_DAY_NONE));
  g_ptr_array_add (members, fika_member_new (ada, "leads", fika_test_day ("2020-01-01"),
                                             fika_test_day ("2025-12-31")));
  g_ptr_array_add (interests, (char *) "singing");
  g_ptr_array_add (values, (char *) "togetherness");
  g_ptr_array_add (values, (char *) "singing");
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_URL, "", "https://choir.example"));
  fika_group_set_members (draft, members);
  fika_group_set_interests (draft, interests);
  fika_group_set_values (draft, values);
  fika_group_set_contacts (draft, contacts);
  g_object_set (draft, "group-type", (int) FIKA_GROUP_CLASS, "stage", (int) FIKA_STAGE_THIRD_VISIT,
                "next-step", "Ask for the notes", "next-step-day", fika_test_day ("2026-05-09"),
                "place", "Church hall", "link", "https://meet.example", "cost", "5 €",
                "travel-minutes", 0, "size", 20, "lively", 2, "online", 1, "private-group", TRUE,
                "goal-minutes", 120, "goal-period", "month", "notes", "Bring water", "sample", TRUE,
                NULL);
  live = fika_test_save_group (store, draft);

  other = fika_test_store_new (folder, NOW);
  read = fika_store_get_group_by_uid (other, fika_group_get_uid (live), NULL);
  g_assert_cmpstr (fika_group_get_name (read), ==, "Choir");
  g_assert_cmpint (fika_group_get_group_type (read), ==, FIKA_GROUP_CLASS);
  g_assert_cmpint (fika_group_get_stage (read), ==, FIKA_STAGE_THIRD_VISIT);
  g_assert_cmpstr (fika_group_get_next_step (read), ==, "Ask for the notes");
  g_assert_cmpint (fika_group_get_next_step_day (read), ==, fika_test_day ("2026-05-09"));
  g_assert_cmpstr (fika_group_get_place (read), ==, "Church hall");
  g_assert_cmpstr (fika_group_get_link (read), ==, "https://meet.example");
  g_assert_cmpstr (fika_group_get_cost (read), ==, "5 €");
  g_assert_cmpint (fika_group_get_travel_minutes (read), ==, 0);
  g_assert_cmpint (fika_group_get_size (read), ==, 20);
  g_assert_cmpint (fika_group_get_lively (read), ==, 2);
  g_assert_cmpint (fika_group_get_online (read), ==, 1);
  g_assert_true (fika_group_get_private_group (read));
  g_assert_cmpint (fika_group_get_goal_minutes (read), ==, 120);
  g_assert_cmpstr (fika_group_get_goal_period (read), ==, "month");
  g_assert_cmpstr (fika_group_get_notes (read), ==, "Bring water");
  g_assert_false (fika_group_get_archived (read));
  g_assert_true (fika_group_get_sample (read));
  g_assert_cmpint (fika_group_get_created (read), ==, fika_test_instant (NOW));
  g_assert_cmpuint (fika_group_get_interests (read)->len, ==, 1);
  g_assert_cmpuint (fika_group_get_values (read)->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fika_group_get_values (read), 0), ==, "togetherness");
  g_assert_cmpuint (fika_group_get_contacts (read)->len, ==, 1);
  g_assert_cmpuint (fika_group_get_members (read)->len, ==, 2);
  member = g_ptr_array_index (fika_group_get_members (read), 1);
  g_assert_cmpstr (fika_person_get_name (member->person), ==, "Ada");
  g_assert_cmpstr (member->role, ==, "leads");
  g_assert_cmpint (member->since, ==, fika_test_day ("2020-01-01"));
  g_assert_cmpint (member->until, ==, fika_test_day ("2025-12-31"));
  member = g_ptr_array_index (fika_group_get_members (read), 0);
  g_assert_cmpint (member->since, ==, FIKA_DAY_NONE);

  of_ada = fika_store_groups_of_person (store, ada);
  g_assert_cmpuint (of_ada->len, ==, 1);
  g_assert_true (g_ptr_array_index (of_ada, 0) == live);

  /* The trail began. */
  trail = fika_test_query_text (
      fika_store_get_db (store),
      "SELECT group_concat (s.stage || ' ' || (s.at = g.created)) FROM stage_change s"
      " JOIN grp g ON g.id = s.grp");
  g_assert_cmpstr (trail, ==, "third-visit 1");
  fika_test_assert_store (store);
}

/* Changing the parts of a group: roles by the person, traits by their name. */
static void
test_group_parts (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaPerson) li = fika_test_add_person (store, "Li");
  g_autoptr (FikaGroup) live = fika_test_add_group (store, "Choir");
  g_autoptr (FikaGroup) draft = fika_group_copy (live);
  g_autoptr (FikaGroup) saved = NULL;
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);

  g_ptr_array_add (members, fika_member_new (ada, "", FIKA_DAY_NONE, FIKA_DAY_NONE));
  g_ptr_array_add (members, fika_member_new (sam, "", FIKA_DAY_NONE, FIKA_DAY_NONE));
  fika_group_set_members (draft, members);
  g_clear_object (&saved);
  saved = fika_test_save_group (store, draft);
  g_assert_cmpint (count_changes (store, "tbl = 'member' AND op = 'i'"), ==, 2);

  /* Ada goes, Sam gets a role, Li comes. */
  g_ptr_array_set_size (members, 0);
  g_ptr_array_add (members, fika_member_new (sam, "tenor", FIKA_DAY_NONE, FIKA_DAY_NONE));
  g_ptr_array_add (members, fika_member_new (li, "", FIKA_DAY_NONE, FIKA_DAY_NONE));
  fika_group_set_members (draft, members);
  g_clear_object (&saved);
  saved = fika_test_save_group (store, draft);
  g_assert_cmpint (count_changes (store, "tbl = 'member' AND op = 'd'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'member' AND op = 'u'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'member' AND op = 'i'"), ==, 1);
  g_assert_cmpuint (fika_group_get_members (live)->len, ==, 2);

  fika_test_undo (store);
  g_assert_cmpstr (
      fika_person_get_name (
          ((FikaMember *) g_ptr_array_index (fika_group_get_members (live), 0))->person),
      ==, "Ada");
  fika_test_assert_store (store);
}

static void
test_catchup (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaGroup) group = fika_test_add_group (store, "Choir");
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_SESSION, fika_test_civil ("2026-03-29T02:30"));
  FikaPlan *plan = FIKA_PLAN (draft);
  g_autoptr (FikaStore) other = NULL;
  g_autoptr (FikaCatchup) live = NULL;
  g_autoptr (FikaCatchup) read = NULL;
  GArray *leads;

  fika_plan_add_person (plan, sam);
  fika_plan_add_person (plan, ada);
  fika_plan_set_group (plan, group);
  fika_plan_set_title (plan, "Rehearsal");
  fika_plan_set_zone (plan, "Europe/Berlin");
  fika_plan_set_minutes (plan, 90);
  fika_plan_set_place (plan, "Hall");
  fika_plan_set_link (plan, "https://meet.example");
  fika_plan_set_notes (plan, "Sang\nloudly");
  fika_plan_set_sample (plan, TRUE);
  fika_test_set_leads (plan, 3, 60, 0, 10);
  fika_catchup_set_state (draft, FIKA_STATE_HAPPENED);
  fika_catchup_set_feeling (draft, 5);
  fika_catchup_set_reached_out (draft, 2);
  fika_catchup_set_learned (draft, "It was fine");
  fika_catchup_set_again (draft, FIKA_AGAIN_MAYBE);
  fika_catchup_set_role (draft, "helper");
  fika_catchup_set_task (draft, "tea");
  fika_catchup_set_volunteer (draft, 45);
  live = fika_test_save_catchup (store, draft);

  other = fika_test_store_new (folder, NOW);
  read = fika_store_get_catchup (other, fika_plan_get_id (FIKA_PLAN (live)), NULL);
  plan = FIKA_PLAN (read);
  g_assert_cmpstr (fika_plan_get_uid (plan), ==, fika_plan_get_uid (FIKA_PLAN (live)));
  g_assert_true (g_uuid_string_is_valid (fika_plan_get_uid (plan)));
  g_assert_cmpint (fika_plan_get_kind (plan), ==, FIKA_KIND_SESSION);
  g_assert_cmpint (fika_plan_get_start (plan), ==, fika_test_civil ("2026-03-29T02:30"));
  /* That minute is in the gap: 01:30 UTC, the offset before it. */
  g_assert_cmpint (fika_catchup_get_utc (read), ==, 1774747800);
  g_assert_cmpint (fika_plan_get_window (plan), ==, FIKA_WINDOW_EXACT);
  g_assert_cmpstr (fika_plan_get_zone (plan), ==, "Europe/Berlin");
  g_assert_cmpint (fika_plan_get_minutes (plan), ==, 90);
  g_assert_cmpstr (fika_plan_get_title (plan), ==, "Rehearsal");
  g_assert_cmpstr (fika_plan_get_place (plan), ==, "Hall");
  g_assert_cmpstr (fika_plan_get_link (plan), ==, "https://meet.example");
  g_assert_cmpstr (fika_plan_get_notes (plan), ==, "Sang\nloudly");
  g_assert_true (fika_plan_get_sample (plan));
  g_assert_cmpstr (fika_group_get_name (fika_plan_get_group (plan)), ==, "Choir");
  g_assert_cmpuint (fika_plan_get_people (plan)->len, ==, 2);
  g_assert_cmpstr (fika_person_get_name (g_ptr_array_index (fika_plan_get_people (plan), 0)), ==,
                   "Sam");
  leads = fika_plan_get_leads (plan);
  g_assert_cmpuint (leads->len, ==, 3);
  g_assert_cmpint (g_array_index (leads, int, 0), ==, 0);
  g_assert_cmpint (g_array_index (leads, int, 2), ==, 60);
  g_assert_cmpint (fika_catchup_get_state (read), ==, FIKA_STATE_HAPPENED);
  g_assert_cmpint (fika_catchup_get_feeling (read), ==, 5);
  g_assert_cmpint (fika_catchup_get_reached_out (read), ==, 2);
  g_assert_cmpstr (fika_catchup_get_learned (read), ==, "It was fine");
  g_assert_cmpint (fika_catchup_get_again (read), ==, FIKA_AGAIN_MAYBE);
  g_assert_cmpstr (fika_catchup_get_role (read), ==, "helper");
  g_assert_cmpstr (fika_catchup_get_task (read), ==, "tea");
  g_assert_cmpint (fika_catchup_get_volunteer (read), ==, 45);
  g_assert_cmpint (fika_catchup_get_series_id (read), ==, 0);
  g_assert_cmpint (fika_catchup_get_original (read), ==, FIKA_CIVIL_NONE);

  g_assert_cmpint (fika_store_volunteer_minutes (store, group, 0, INT64_MAX), ==, 45);
  g_assert_cmpint (fika_store_volunteer_minutes (store, group, 1774747801, INT64_MAX), ==, 0);
  fika_test_assert_store (store);
}

static void
test_catchup_parts (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaCatchup) live
      = fika_test_add_catchup (store, ada, "2026-05-05T10:00", FIKA_STATE_PLANNED);
  g_autoptr (FikaCatchup) draft = fika_catchup_copy (live);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  /* Sam comes before Ada: one new row, and Ada's has another place. */
  g_ptr_array_add (people, sam);
  g_ptr_array_add (people, ada);
  fika_plan_set_people (FIKA_PLAN (draft), people);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  fika_catchup_set_volunteer (draft, 30);
  g_object_unref (fika_test_save_catchup (store, draft));
  g_assert_cmpint (count_changes (store, "tbl = 'catchup_person' AND op = 'i'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'catchup_person' AND op = 'u'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'lead' AND op = 'i'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'visit' AND op = 'i'"), ==, 1);
  g_assert_cmpint (count_changes (store, "tbl = 'catchup'"), ==, 0);

  /* They change places; what said something of a visit is gone. */
  g_ptr_array_set_size (people, 0);
  g_ptr_array_add (people, ada);
  g_ptr_array_add (people, sam);
  fika_plan_set_people (FIKA_PLAN (draft), people);
  fika_catchup_set_volunteer (draft, 0);
  g_object_unref (fika_test_save_catchup (store, draft));
  g_assert_cmpint (count_changes (store, "tbl = 'catchup_person' AND op = 'u'"), ==, 2);
  g_assert_cmpint (count_changes (store, "tbl = 'visit' AND op = 'd'"), ==, 1);
  g_assert_true (g_ptr_array_index (fika_plan_get_people (FIKA_PLAN (live)), 0) == ada);

  fika_test_undo (store);
  g_assert_cmpint (fika_catchup_get_volunteer (live), ==, 30);
  g_assert_true (g_ptr_array_index (fika_plan_get_people (FIKA_PLAN (live)), 0) == sam);
  fika_test_undo (store);
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (live))->len, ==, 1);
  fika_test_assert_store (store);
}

static void
test_series (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaGroup) group = fika_test_add_group (store, "Choir");
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_WALK, fika_test_civil ("2026-05-02T14:00"));
  FikaPlan *plan = FIKA_PLAN (draft);
  g_autoptr (FikaStore) other = NULL;
  g_autoptr (FikaSeries) live = NULL;
  g_autoptr (FikaSeries) read = NULL;
  g_autoptr (GPtrArray) of_group = NULL;

  fika_series_set_rule (draft, "FREQ=WEEKLY;BYDAY=SA");
  fika_plan_set_window (plan, FIKA_WINDOW_AFTERNOON);
  fika_plan_set_group (plan, group);
  fika_plan_add_person (plan, ada);
  fika_plan_set_title (plan, "Walk");
  fika_plan_set_zone (plan, "Asia/Tokyo");
  fika_plan_set_minutes (plan, 120);
  fika_plan_set_place (plan, "Park");
  fika_plan_set_link (plan, "https://map.example");
  fika_plan_set_notes (plan, "Slow");
  fika_test_set_leads (plan, 2, 30, 1440);
  live = fika_test_save_series (store, draft);

  other = fika_test_store_new (folder, NOW);
  read = fika_store_get_series (other, fika_plan_get_id (FIKA_PLAN (live)), NULL);
  plan = FIKA_PLAN (read);
  g_assert_cmpstr (fika_series_get_rule (read), ==, "FREQ=WEEKLY;BYDAY=SA");
  g_assert_cmpint (fika_series_get_after_days (read), ==, 0);
  g_assert_cmpint (fika_plan_get_kind (plan), ==, FIKA_KIND_WALK);
  g_assert_cmpint (fika_plan_get_start (plan), ==, fika_test_civil ("2026-05-02T14:00"));
  g_assert_cmpint (fika_plan_get_window (plan), ==, FIKA_WINDOW_AFTERNOON);
  g_assert_cmpstr (fika_plan_get_zone (plan), ==, "Asia/Tokyo");
  g_assert_cmpint (fika_plan_get_minutes (plan), ==, 120);
  g_assert_cmpstr (fika_plan_get_title (plan), ==, "Walk");
  g_assert_cmpstr (fika_plan_get_place (plan), ==, "Park");
  g_assert_cmpstr (fika_plan_get_link (plan), ==, "https://map.example");
  g_assert_cmpstr (fika_plan_get_notes (plan), ==, "Slow");
  g_assert_cmpuint (fika_plan_get_people (plan)->len, ==, 1);
  g_assert_cmpuint (fika_plan_get_leads (plan)->len, ==, 2);
  g_assert_cmpstr (fika_group_get_name (fika_plan_get_group (plan)), ==, "Choir");
  of_group = fika_store_series_of_group (store, group);
  g_assert_cmpuint (of_group->len, ==, 1);
  g_assert_true (g_ptr_array_index (of_group, 0) == live);

  /* By a rule, or after the last time; never both, never neither. */
  {
    g_autoptr (FikaSeries) neither = fika_series_new (FIKA_KIND_WALK, fika_test_civil (NOW));
    g_autoptr (GError) error = NULL;

    g_assert_true (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, NULL));
    g_assert_cmpint (fika_series_table_insert (store, neither, &error), ==, 0);
    g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
    fika_store_rollback (store);
  }
  fika_test_assert_store (store);
}

static void
test_topics (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  FikaTopic later = { .person = fika_person_get_id (ada),
                      .text = (char *) "The new job",
                      .day = FIKA_DAY_NONE,
                      .closed = FIKA_UTC_NONE };
  FikaTopic dated = later;
  FikaTopic promise = later;
  g_autoptr (GPtrArray) topics = NULL;
  FikaTopic *topic;
  guint i;

  dated.text = (char *) "The exam";
  dated.day = fika_test_day ("2026-05-10");
  promise.promise = TRUE;
  promise.theirs = TRUE;
  promise.text = (char *) "The book";

  g_assert_true (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, NULL));
  g_assert_cmpint (fika_topic_table_insert (store, &later, NULL), !=, 0);
  g_assert_cmpint (fika_topic_table_insert (store, &dated, NULL), !=, 0);
  g_assert_cmpint (fika_topic_table_insert (store, &promise, NULL), !=, 0);
  g_assert_true (fika_store_commit (store, NULL));

  topics = fika_store_topics (store, ada, TRUE);
  g_assert_cmpuint (topics->len, ==, 3);
  topic = g_ptr_array_index (topics, 0);
  g_assert_cmpstr (topic->text, ==, "The exam");
  g_assert_cmpint (topic->day, ==, fika_test_day ("2026-05-10"));
  g_assert_false (topic->promise);
  topic = g_ptr_array_index (topics, 2);
  g_assert_cmpstr (topic->text, ==, "The book");
  g_assert_true (topic->promise);
  g_assert_true (topic->theirs);
  g_assert_cmpint (topic->day, ==, FIKA_DAY_NONE);
  g_assert_cmpint (topic->closed, ==, FIKA_UTC_NONE);

  /* Closed ones go last. */
  topic = g_ptr_array_index (topics, 0);
  topic->closed = fika_test_instant (NOW);
  g_assert_true (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, NULL));
  g_assert_true (fika_topic_table_update (store, topic, NULL));
  g_assert_true (fika_topic_table_delete (store, g_ptr_array_index (topics, 2), NULL));
  g_assert_true (fika_store_commit (store, NULL));
  g_clear_pointer (&topics, g_ptr_array_unref);
  topics = fika_store_topics (store, ada, TRUE);
  g_assert_cmpuint (topics->len, ==, 1);
  g_clear_pointer (&topics, g_ptr_array_unref);
  topics = fika_store_topics (store, ada, FALSE);
  g_assert_cmpuint (topics->len, ==, 2);
  i = topics->len - 1;
  topic = g_ptr_array_index (topics, i);
  g_assert_cmpint (topic->closed, ==, fika_test_instant (NOW));
  fika_test_assert_store (store);
}

static void
test_circles (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (GPtrArray) circles = fika_store_circles (store);
  const FikaCircle *circle = g_ptr_array_index (circles, 2);

  g_assert_cmpuint (circles->len, ==, 4);
  g_assert_cmpstr (circle->key, ==, "friends");
  g_assert_cmpstr (circle->name, ==, "Friends");
  g_assert_cmpint (circle->ideal, ==, 30);
  g_assert_cmpint (circle->latest, ==, 60);
  g_assert_cmpint (fika_store_circle_by_key (store, "friends"), ==, circle->id);
  g_assert_cmpint (fika_store_circle_by_key (store, "foes"), ==, 0);

  /* Whoever is in it follows. */
  g_assert_cmpint (fika_person_get_effective_ideal (ada), ==, 30);
  g_assert_true (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, NULL));
  g_assert_true (fika_circle_table_update (store, circle->id, 20, 40, NULL));
  g_assert_true (fika_store_commit (store, NULL));
  g_assert_cmpint (fika_person_get_effective_ideal (ada), ==, 20);
  g_assert_cmpint (fika_person_get_effective_latest (ada), ==, 40);
  fika_test_undo (store);
  g_assert_cmpint (fika_person_get_effective_ideal (ada), ==, 30);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/tables/person", test_person);
  g_test_add_func ("/store/tables/person-parts", test_person_parts);
  g_test_add_func ("/store/tables/texts", test_texts);
  g_test_add_func ("/store/tables/group", test_group);
  g_test_add_func ("/store/tables/group-parts", test_group_parts);
  g_test_add_func ("/store/tables/catchup", test_catchup);
  g_test_add_func ("/store/tables/catchup-parts", test_catchup_parts);
  g_test_add_func ("/store/tables/series", test_series);
  g_test_add_func ("/store/tables/topics", test_topics);
  g_test_add_func ("/store/tables/circles", test_circles);

  return g_test_run ();
}
