#include "config.h"

#include "base/fika-error.h"
#include "base/fika-zone.h"
#include "store/fika-occurrence.h"
#include "store/fika-rows-private.h"

#include <string.h>

/* Row objects: properties, drafts, and how a live one takes over what was read again. */

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  g_ptr_array_add (user_data, (gpointer) pspec->name);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of what notified, sorted, since the last call. */
static char *
take_notified (GPtrArray *notified)
{
  char *names;

  g_ptr_array_sort (notified, compare_names);
  g_ptr_array_add (notified, NULL);
  names = g_strjoinv (" ", (char **) notified->pdata);
  g_ptr_array_set_size (notified, 0);

  return names;
}

#define assert_notified(notified, expected)                                                        \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *names_ = take_notified (notified);                                            \
    g_assert_cmpstr (names_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static GPtrArray *
watch (gpointer object)
{
  GPtrArray *notified = g_ptr_array_new ();

  g_signal_connect (object, "notify", G_CALLBACK (count_cb), notified);

  return notified;
}

static void
check_properties (GObject *object)
{
  g_autoptr (GPtrArray) notified = watch (object);
  g_autofree GParamSpec **specs = NULL;
  guint n, written = 0;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (object), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;
      g_auto (GValue) back = G_VALUE_INIT;
      GType type = specs[i]->value_type;

      if (!(specs[i]->flags & G_PARAM_WRITABLE) || G_TYPE_IS_OBJECT (type))
        continue;

      g_value_init (&value, type);
      if (type == G_TYPE_STRING)
        g_value_set_string (&value, "Grüße");
      else if (type == G_TYPE_INT)
        g_value_set_int (&value, 4);
      else if (type == G_TYPE_UINT)
        g_value_set_uint (&value, 5);
      else if (type == G_TYPE_INT64)
        g_value_set_int64 (&value, G_GINT64_CONSTANT (6000000000));
      else
        g_value_set_boolean (&value, TRUE);

      g_object_set_property (object, specs[i]->name, &value);
      assert_notified (notified, specs[i]->name);
      g_object_set_property (object, specs[i]->name, &value);
      assert_notified (notified, "");

      g_value_init (&back, type);
      g_object_get_property (object, specs[i]->name, &back);
      g_assert_cmpint (g_param_values_cmp (specs[i], &value, &back), ==, 0);

      if (type == G_TYPE_STRING)
        {
          g_autofree char *text = NULL;

          g_object_set (object, specs[i]->name, NULL, NULL);
          g_object_get (object, specs[i]->name, &text, NULL);
          g_assert_cmpstr (text, ==, "");
          assert_notified (notified, specs[i]->name);
        }
      written++;
    }
  g_assert_cmpuint (written, >, 8);
}

static void
test_properties (void)
{
  g_autoptr (FikaPerson) person = fika_person_new ("Ada");
  g_autoptr (FikaGroup) group = fika_group_new ("Choir");
  g_autoptr (FikaCatchup) catchup = fika_catchup_new (FIKA_KIND_CALL, 0);
  g_autoptr (FikaSeries) series = fika_series_new (FIKA_KIND_CALL, 0);

  check_properties (G_OBJECT (person));
  check_properties (G_OBJECT (group));
  check_properties (G_OBJECT (catchup));
  check_properties (G_OBJECT (series));
}

static void
test_first_values (void)
{
  g_autoptr (FikaPerson) person = fika_person_new ("Ada");
  g_autoptr (FikaGroup) group = fika_group_new ("Choir");
  g_autoptr (FikaCatchup) catchup = fika_catchup_new (FIKA_KIND_WALK, 1234);

  g_assert_cmpint (fika_person_get_id (person), ==, 0);
  g_assert_cmpstr (fika_person_get_uid (person), ==, "");
  g_assert_cmpint (fika_person_get_circle_id (person), ==, 3);
  g_assert_cmpint (fika_person_get_ideal (person), ==, FIKA_CADENCE_FROM_CIRCLE);
  g_assert_cmpint (fika_person_get_latest (person), ==, FIKA_CADENCE_FROM_CIRCLE);
  g_assert_cmpint (fika_person_get_died (person), ==, FIKA_DAY_NONE);
  g_assert_cmpint (fika_person_get_paused_until (person), ==, FIKA_DAY_NONE);
  g_assert_true (fika_person_get_last_utc (person) == FIKA_UTC_NONE);
  g_assert_cmpuint (fika_person_get_contacts (person)->len, ==, 0);

  g_assert_cmpint (fika_group_get_size (group), ==, -1);
  g_assert_cmpint (fika_group_get_travel_minutes (group), ==, -1);
  g_assert_cmpstr (fika_group_get_goal_period (group), ==, "week");
  g_assert_cmpint (fika_group_get_stage (group), ==, FIKA_STAGE_CURIOUS);

  g_assert_cmpint (fika_plan_get_kind (FIKA_PLAN (catchup)), ==, FIKA_KIND_WALK);
  g_assert_true (fika_plan_get_start (FIKA_PLAN (catchup)) == 1234);
  g_assert_cmpint (fika_catchup_get_state (catchup), ==, FIKA_STATE_PLANNED);
  g_assert_true (fika_catchup_get_original (catchup) == FIKA_CIVIL_NONE);
  g_assert_null (fika_plan_get_group (FIKA_PLAN (catchup)));
}

static FikaPerson *
make_person (void)
{
  FikaPerson *person = fika_person_new ("Ada Lovelace");
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  g_object_set (person, "nickname", "Ada", "zone", "Europe/London", "ideal", 7, "latest", 21, NULL);
  fika_person_set_uid (person, "uid-ada");
  fika_person_set_row (person, 12, 1000);
  fika_person_set_derived (person, "closest", 3, 5, 2000, FIKA_UTC_NONE);
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_PHONE, "work", "+44 20 7946 0958"));
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_PHONE, "home", "020 7946 0000"));
  fika_person_set_contacts (person, contacts);
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", 1815, 12, 10));
  fika_person_set_occasions (person, occasions);
  g_ptr_array_add (tags, (gpointer) "maths");
  fika_person_set_tags (person, tags);

  return person;
}

static void
test_assign (void)
{
  FikaPerson *live = make_person ();
  FikaPerson *fresh = make_person ();
  g_autoptr (GPtrArray) notified = watch (live);
  g_autoptr (GPtrArray) contacts = NULL;
  FikaContact *first;

  fika_person_assign (live, fresh);
  assert_notified (notified, "");

  g_object_set (fresh, "nickname", "Countess", "archived", TRUE, NULL);
  fika_person_set_derived (fresh, "closest", 3, 5, 3000, 4000);
  fika_person_assign (live, fresh);
  assert_notified (notified, "archived last-utc next-utc nickname");
  g_assert_cmpstr (fika_person_get_nickname (live), ==, "Countess");
  g_assert_true (fika_person_get_next_utc (live) == 4000);

  /* A part of a list that differs: the list notifies, and nothing else. */
  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  for (guint i = 0; i < fika_person_get_contacts (fresh)->len; i++)
    g_ptr_array_add (contacts,
                     fika_contact_copy (g_ptr_array_index (fika_person_get_contacts (fresh), i)));
  first = g_ptr_array_index (contacts, 0);
  first->preferred = TRUE;
  fika_person_set_contacts (fresh, contacts);
  fika_person_assign (live, fresh);
  assert_notified (notified, "contacts");
  first = g_ptr_array_index (fika_person_get_contacts (live), 0);
  g_assert_true (first->preferred);

  fika_person_set_tags (fresh, NULL);
  fika_person_set_occasions (fresh, NULL);
  fika_person_assign (live, fresh);
  assert_notified (notified, "occasions tags");

  g_assert_finalize_object (live);
  g_assert_finalize_object (fresh);
}

static void
test_copy (void)
{
  FikaPerson *person = make_person ();
  FikaPerson *copy = fika_person_copy (person);
  const FikaContact *contact;

  g_assert_true (fika_person_get_id (copy) == 12);
  g_assert_cmpstr (fika_person_get_uid (copy), ==, "uid-ada");
  g_assert_cmpint (fika_person_get_effective_ideal (copy), ==, 7);
  g_assert_true (fika_person_get_contacts (copy) != fika_person_get_contacts (person));

  /* The draft is on its own. */
  fika_person_set_name (copy, "Augusta");
  fika_person_set_contacts (copy, NULL);
  g_assert_cmpstr (fika_person_get_name (person), ==, "Ada Lovelace");
  contact = fika_person_find_contact (person, FIKA_CONTACT_PHONE);
  g_assert_cmpstr (contact->value, ==, "+44 20 7946 0958");
  g_assert_null (fika_person_find_contact (copy, FIKA_CONTACT_PHONE));
  g_assert_null (fika_person_find_contact (person, FIKA_CONTACT_EMAIL));
  g_assert_cmpint (fika_person_get_birthday (person)->year, ==, 1815);

  ((FikaContact *) g_ptr_array_index (fika_person_get_contacts (person), 1))->preferred = TRUE;
  contact = fika_person_find_contact (person, FIKA_CONTACT_PHONE);
  g_assert_cmpstr (contact->label, ==, "home");

  g_assert_finalize_object (person);
  g_assert_finalize_object (copy);
}

/* A draft takes over what it did not touch itself. */
static void
test_rebase (void)
{
  FikaPerson *live = make_person ();
  FikaPerson *draft = fika_person_copy (live);
  FikaPerson *fresh = make_person ();
  FikaPerson *second;
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FikaPerson *new = fika_person_new ("Bo");

  g_object_set (draft, "nickname", "Mine", "archived", TRUE, NULL);
  g_object_set (fresh, "nickname", "Theirs", "notes", "Theirs too", NULL);
  g_ptr_array_add (tags, (gpointer) "engines");
  fika_person_set_tags (fresh, tags);
  fika_person_assign (live, fresh);

  /* A copy of a draft is a draft of the same. */
  second = fika_person_copy (draft);
  fika_person_rebase (second, live);
  g_assert_cmpstr (fika_person_get_nickname (second), ==, "Mine");
  g_assert_cmpstr (fika_person_get_notes (second), ==, "Theirs too");
  g_assert_true (fika_person_get_archived (second));
  g_assert_cmpstr (g_ptr_array_index (fika_person_get_tags (second), 0), ==, "engines");
  g_assert_cmpuint (fika_person_get_contacts (second)->len, ==, 2);
  g_assert_cmpstr (fika_person_get_notes (draft), ==, "");

  fika_person_rebase (new, live);
  g_assert_cmpstr (fika_person_get_name (new), ==, "Bo");

  g_assert_finalize_object (live);
  g_assert_finalize_object (draft);
  g_assert_finalize_object (fresh);
  g_assert_finalize_object (second);
  g_assert_finalize_object (new);
}

static void
test_derived (void)
{
  g_autoptr (FikaPerson) person = fika_person_new ("Li");

  fika_person_set_derived (person, "close", 14, 28, FIKA_UTC_NONE, FIKA_UTC_NONE);
  g_assert_cmpint (fika_person_get_effective_ideal (person), ==, 14);
  g_assert_cmpint (fika_person_get_effective_latest (person), ==, 28);
  g_assert_cmpstr (fika_person_get_circle_key (person), ==, "close");

  fika_person_set_cadence (person, 0, 0);
  fika_person_set_derived (person, "close", 14, 28, FIKA_UTC_NONE, FIKA_UTC_NONE);
  g_assert_cmpint (fika_person_get_effective_ideal (person), ==, 0);
  g_assert_cmpint (fika_person_warmth_state (person, 20000), ==, FIKA_WARMTH_NONE);
}

static void
test_warmth (void)
{
  g_autoptr (FikaPerson) person = fika_person_new ("Li");
  FikaDay day = fika_day_from_ymd (2026, 5, 1);
  /* 23:30 in Berlin on 1 May is 21:30 UTC. */
  int64_t evening = fika_zone_to_utc ("Europe/Berlin", fika_civil_new (day, 23, 30));

  fika_person_set_row (person, 1, evening);
  fika_person_set_derived (person, "friends", 30, 60, FIKA_UTC_NONE, FIKA_UTC_NONE);

  /* Civil days count, not spans of 24 hours; without a contact from the day they were added. */
  g_assert_cmpint (fika_person_days_since_contact (person, day), ==, 0);
  g_assert_cmpint (fika_person_days_since_contact (person, day + 1), ==, 1);
  g_assert_cmpint (fika_person_days_since_contact (person, day - 3), ==, 0);

  g_assert_cmpint (fika_person_warmth_state (person, day + 29), ==, FIKA_WARMTH_RESTING);
  g_assert_cmpint (fika_person_warmth_state (person, day + 45), ==, FIKA_WARMTH_GOOD_TIME);
  g_assert_cmpint (fika_person_warmth (person, day + 45), ==, 500);
  g_assert_cmpint (fika_person_warmth_state (person, day + 60), ==, FIKA_WARMTH_LONGING);

  fika_person_set_derived (person, "friends", 30, 60, evening + 40 * 86400, FIKA_UTC_NONE);
  g_assert_cmpint (fika_person_days_since_contact (person, day + 45), ==, 5);
  g_assert_cmpint (fika_person_warmth (person, day + 45), ==, 0);

  /* A pause stops the clock, and nothing has piled up when it ends. */
  fika_person_set_derived (person, "friends", 30, 60, evening, FIKA_UTC_NONE);
  g_object_set (person, "paused-until", day + 100, NULL);
  g_assert_cmpint (fika_person_warmth_state (person, day + 99), ==, FIKA_WARMTH_RESTING);
  g_assert_cmpint (fika_person_warmth (person, day + 100), ==, 0);
  g_assert_cmpint (fika_person_warmth (person, day + 115), ==, 500);
  g_object_set (person, "paused-until", day + 2, NULL);
  g_assert_cmpint (fika_person_warmth (person, day + 15), ==, 0);

  /* Who is archived or has died is never asked for. */
  g_object_set (person, "paused-until", FIKA_DAY_NONE, "archived", TRUE, NULL);
  g_assert_cmpint (fika_person_warmth_state (person, day + 60), ==, FIKA_WARMTH_NONE);
  g_object_set (person, "archived", FALSE, "deceased", TRUE, NULL);
  g_assert_cmpint (fika_person_warmth (person, day + 60), ==, 0);
}

static void
test_plan (void)
{
  FikaCatchup *catchup = fika_catchup_new (FIKA_KIND_COFFEE, 0);
  FikaCatchup *copy;
  FikaPlan *plan = FIKA_PLAN (catchup);
  FikaPerson *ada = fika_person_new ("Ada");
  FikaPerson *sam = fika_person_new ("Sam");
  FikaGroup *group = fika_group_new ("Choir");
  g_autoptr (GPtrArray) notified = NULL;
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));
  const int typed[] = { 1440, 0, 10, 10 };
  g_autofree char *names = NULL;
  char *title;

  fika_person_set_row (ada, 1, 0);
  fika_person_set_row (sam, 2, 0);
  notified = watch (plan);
  fika_plan_add_person (plan, ada);
  fika_plan_add_person (plan, sam);
  assert_notified (notified, "people people");
  fika_plan_add_person (plan, ada);
  assert_notified (notified, "");
  g_assert_cmpuint (fika_plan_get_people (plan)->len, ==, 2);
  g_assert_true (fika_plan_has_person (plan, 2));
  g_assert_false (fika_plan_has_person (plan, 3));
  g_assert_false (fika_plan_has_person (plan, 0));
  names = fika_plan_dup_people_names (plan);
  g_assert_cmpstr (names, ==, "Ada and Sam");

  /* Leads are kept ascending, each once. */
  g_array_append_vals (leads, typed, G_N_ELEMENTS (typed));
  fika_plan_set_leads (plan, leads);
  assert_notified (notified, "leads");
  g_assert_cmpuint (fika_plan_get_leads (plan)->len, ==, 3);
  g_assert_cmpint (g_array_index (fika_plan_get_leads (plan), int, 0), ==, 0);
  g_assert_cmpint (g_array_index (fika_plan_get_leads (plan), int, 1), ==, 10);
  g_assert_cmpint (g_array_index (fika_plan_get_leads (plan), int, 2), ==, 1440);

  /* Own title, else the group of a session, else what and with whom. */
  title = fika_plan_dup_display_title (plan);
  g_assert_nonnull (strstr (title, "Ada"));
  g_free (title);
  fika_plan_set_group (plan, group);
  fika_plan_set_kind (plan, FIKA_KIND_SESSION);
  title = fika_plan_dup_display_title (plan);
  g_assert_cmpstr (title, ==, "Choir");
  g_free (title);
  fika_plan_set_title (plan, "Concert");
  title = fika_plan_dup_display_title (plan);
  g_assert_cmpstr (title, ==, "Concert");
  g_free (title);

  /* A copy refers to the same people, and lets go of them. */
  fika_catchup_set_occurrence (catchup, 7, 99);
  fika_catchup_set_feeling (catchup, 5);
  copy = fika_catchup_copy (catchup);
  g_assert_true (g_ptr_array_index (fika_plan_get_people (FIKA_PLAN (copy)), 0) == ada);
  g_assert_true (fika_plan_get_group (FIKA_PLAN (copy)) == group);
  g_assert_true (fika_catchup_get_series_id (copy) == 7);
  g_assert_true (fika_catchup_get_original (copy) == 99);
  g_assert_cmpint (fika_catchup_get_feeling (copy), ==, 5);

  g_clear_pointer (&notified, g_ptr_array_unref);
  g_signal_handlers_disconnect_matched (catchup, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, count_cb, NULL);
  notified = watch (copy);
  g_array_set_size (leads, 1);
  fika_plan_set_leads (plan, leads);
  fika_plan_set_place (plan, "Town hall");
  fika_catchup_set_state (catchup, FIKA_STATE_HAPPENED);
  fika_catchup_assign (copy, catchup);
  assert_notified (notified, "leads place state");

  g_assert_finalize_object (catchup);
  g_assert_finalize_object (copy);
  g_assert_finalize_object (ada);
  g_assert_finalize_object (sam);
  g_assert_finalize_object (group);
}

static void
test_series (void)
{
  FikaSeries *series
      = fika_series_new (FIKA_KIND_CALL, fika_civil_parse ("2026-05-03T17:00", NULL));
  FikaSeries *copy;
  FikaRecurrence *recurrence;
  g_autofree char *words = NULL;

  fika_series_set_rule (series, "FREQ=WEEKLY;BYDAY=SU");
  recurrence = fika_series_get_recurrence (series);
  g_assert_nonnull (recurrence);
  g_assert_true (fika_series_get_recurrence (series) == recurrence);

  /* The two ways to repeat exclude each other. */
  fika_series_set_after_days (series, 10);
  g_assert_cmpstr (fika_series_get_rule (series), ==, "");
  g_assert_null (fika_series_get_recurrence (series));
  words = fika_series_describe (series);
  g_assert_cmpstr (words, ==, "10 days after the last time");
  fika_series_set_rule (series, "FREQ=DAILY");
  g_assert_cmpint (fika_series_get_after_days (series), ==, 0);
  g_assert_nonnull (fika_series_get_recurrence (series));

  copy = fika_series_copy (series);
  g_assert_cmpstr (fika_series_get_rule (copy), ==, "FREQ=DAILY");
  g_assert_true (fika_plan_get_start (FIKA_PLAN (copy))
                 == fika_plan_get_start (FIKA_PLAN (series)));
  fika_series_set_rule (copy, "FREQ=NEVER");
  g_assert_null (fika_series_get_recurrence (copy));

  g_assert_finalize_object (series);
  g_assert_finalize_object (copy);
}

static void
test_group (void)
{
  FikaGroup *group = fika_group_new ("Choir");
  FikaGroup *copy;
  FikaPerson *ada = fika_person_new ("Ada");
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) interests = g_ptr_array_new ();
  g_autoptr (GPtrArray) notified = NULL;
  FikaMember *member;

  members = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  g_ptr_array_add (members, fika_member_new (ada, "conductor", 100, FIKA_DAY_NONE));
  fika_group_set_members (group, members);
  g_ptr_array_add (interests, (gpointer) "singing");
  fika_group_set_interests (group, interests);
  fika_group_set_row (group, 4, 5);

  copy = fika_group_copy (group);
  member = g_ptr_array_index (fika_group_get_members (copy), 0);
  g_assert_true (member->person == ada);
  g_assert_cmpstr (member->role, ==, "conductor");
  g_assert_cmpstr (g_ptr_array_index (fika_group_get_interests (copy), 0), ==, "singing");

  notified = watch (copy);
  member = g_ptr_array_index (members, 0);
  member->until = 200;
  fika_group_set_members (group, members);
  fika_group_set_stage (group, FIKA_STAGE_MEMBER);
  fika_group_assign (copy, group);
  assert_notified (notified, "members stage");

  g_clear_pointer (&members, g_ptr_array_unref);
  g_assert_finalize_object (group);
  g_assert_finalize_object (copy);
  g_assert_finalize_object (ada);
}

static void
test_occurrence (void)
{
  FikaCivil sunday = fika_civil_parse ("2026-05-03T17:00", NULL);
  FikaSeries *series = fika_series_new (FIKA_KIND_CALL, sunday);
  FikaCatchup *moved = fika_catchup_new (FIKA_KIND_CALL, sunday + 60);
  FikaCatchup *lone = fika_catchup_new (FIKA_KIND_COFFEE, sunday + 30);
  FikaOccurrence *virtual, *exception, *single, *again;
  g_autofree char *key = NULL;
  g_autofree char *exception_key = NULL;
  g_autofree char *single_key = NULL;
  g_autofree char *uid = NULL;
  g_autofree char *uid_back = NULL;
  FikaCivil original;
  /* Berlin is two hours ahead in May. */
  int64_t utc = G_GINT64_CONSTANT (1777820400);

  fika_plan_set_uid (FIKA_PLAN (series), "a/b");
  fika_plan_set_uid (FIKA_PLAN (moved), "c");
  fika_plan_set_uid (FIKA_PLAN (lone), "d");
  fika_catchup_set_occurrence (moved, 3, sunday);
  fika_plan_set_minutes (FIKA_PLAN (lone), 45);

  virtual = fika_occurrence_new_for_series (series, sunday);
  again = fika_occurrence_new_for_series (series, sunday);
  exception = fika_occurrence_new_for_catchup (moved, series);
  single = fika_occurrence_new_for_catchup (lone, NULL);

  g_assert_true (fika_occurrence_get_utc (virtual) == utc);
  g_assert_true (fika_occurrence_get_utc (exception) == utc + 3600);
  g_assert_true (fika_occurrence_get_plan (virtual) == FIKA_PLAN (series));
  g_assert_true (fika_occurrence_get_plan (exception) == FIKA_PLAN (moved));
  g_assert_null (fika_occurrence_get_catchup (virtual));
  g_assert_null (fika_occurrence_get_series (single));
  g_assert_true (fika_occurrence_get_original (single) == FIKA_CIVIL_NONE);

  /* The name of an occurrence stays when it is touched. */
  key = fika_occurrence_dup_key (virtual);
  exception_key = fika_occurrence_dup_key (exception);
  single_key = fika_occurrence_dup_key (single);
  g_assert_cmpstr (key, ==, "a/b/2026-05-03T17:00");
  g_assert_cmpstr (exception_key, ==, key);
  g_assert_cmpstr (single_key, ==, "d/");
  g_assert_true (fika_occurrence_parse_key (key, &uid, &original));
  g_assert_cmpstr (uid, ==, "a/b");
  g_assert_true (original == sunday);
  g_assert_true (fika_occurrence_parse_key (single_key, &uid_back, &original));
  g_assert_cmpstr (uid_back, ==, "d");
  g_assert_true (original == FIKA_CIVIL_NONE);
  g_clear_pointer (&uid, g_free);
  g_assert_false (fika_occurrence_parse_key ("d", &uid, &original));
  g_assert_false (fika_occurrence_parse_key ("/", &uid, &original));
  g_assert_false (fika_occurrence_parse_key ("d/2026-13-03T17:00", &uid, &original));
  g_assert_null (uid);

  g_assert_true (fika_occurrence_equal (virtual, again));
  g_assert_false (fika_occurrence_equal (virtual, exception));
  g_assert_cmpint (fika_occurrence_compare (virtual, again), ==, 0);
  g_assert_cmpint (fika_occurrence_compare (virtual, single), <, 0);
  g_assert_cmpint (fika_occurrence_compare (exception, single), >, 0);

  /* Over when its minutes are, or when its window closes (22:00). */
  /* Open-ended, it is taken for an hour. */
  g_assert_false (fika_occurrence_is_past (virtual, utc + 3600 - 1));
  g_assert_true (fika_occurrence_is_past (virtual, utc + 3600));
  g_assert_false (fika_occurrence_is_past (single, utc + 75 * 60 - 1));
  g_assert_true (fika_occurrence_is_past (single, utc + 75 * 60));
  fika_plan_set_window (FIKA_PLAN (lone), FIKA_WINDOW_EVENING);
  g_assert_false (fika_occurrence_is_past (single, utc + 5 * 3600 - 1));
  g_assert_true (fika_occurrence_is_past (single, utc + 5 * 3600));

  g_assert_finalize_object (virtual);
  g_assert_finalize_object (again);
  g_assert_finalize_object (exception);
  g_assert_finalize_object (single);
  g_assert_finalize_object (series);
  g_assert_finalize_object (moved);
  g_assert_finalize_object (lone);
}

static void
test_occasion_parse (void)
{
  static const struct
  {
    const char *text;
    const char *formatted; /* NULL where it must be refused */
  } cases[] = {
    { "1990-04-12", "1990-04-12" },
    { " 1990-04-12 ", "1990-04-12" },
    { "19900412", "1990-04-12" },
    { "--04-12", "--04-12" },
    { "--0412", "--04-12" },
    { "04-12", "--04-12" },
    { "--02-29", "--02-29" },
    { "2000-02-29", "2000-02-29" },
    { "1900-02-29", NULL },
    { "2023-02-29", NULL },
    { "--02-30", NULL },
    { "--04-31", NULL },
    { "1990-13-01", NULL },
    { "1990-00-10", NULL },
    { "1990-04-00", NULL },
    { "0000-04-12", NULL },
    { "1200-04-12", NULL },
    { "1990-4-12", NULL },
    { "1990-04-12T10:00", NULL },
    { "", NULL },
    { "--", NULL },
    { "soon", NULL },
    { "soons", NULL },
    { "12.04.1990", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (FikaOccasion) occasion = NULL;
      g_autofree char *formatted = NULL;

      g_test_message ("“%s”", cases[i].text);
      occasion = fika_occasion_parse (FIKA_OCCASION_BIRTHDAY, cases[i].text, &error);
      if (cases[i].formatted == NULL)
        {
          g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
          g_assert_null (occasion);
          continue;
        }
      g_assert_no_error (error);
      formatted = fika_occasion_format (occasion);
      g_assert_cmpstr (formatted, ==, cases[i].formatted);
    }
}

static void
test_occasion_next (void)
{
  static const struct
  {
    const char *occasion;
    const char *from;
    const char *next;
  } cases[] = {
    { "1990-04-12", "2026-04-12", "2026-04-12" }, { "1990-04-12", "2026-04-13", "2027-04-12" },
    { "--12-31", "2026-12-31", "2026-12-31" },    { "--01-01", "2026-12-31", "2027-01-01" },
    { "--02-29", "2026-01-01", "2026-02-28" },    { "--02-29", "2026-03-01", "2027-02-28" },
    { "--02-29", "2027-03-01", "2028-02-29" },    { "--02-29", "2028-02-28", "2028-02-29" },
    { "2000-02-29", "2100-01-01", "2100-02-28" }, { "2030-06-01", "2026-01-01", "2030-06-01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FikaOccasion) occasion
          = fika_occasion_parse (FIKA_OCCASION_BIRTHDAY, cases[i].occasion, NULL);
      g_autofree char *next
          = fika_day_format (fika_occasion_next (occasion, fika_day_parse (cases[i].from, NULL)));

      g_assert_cmpstr (next, ==, cases[i].next);
    }
}

static void
test_match_key (void)
{
  static const struct
  {
    FikaContactKind kind;
    const char *value;
    const char *key;
  } cases[] = {
    { FIKA_CONTACT_PHONE, "+44 20 7946 0958", "079460958" },
    { FIKA_CONTACT_PHONE, "0044 (0)20-7946.0958", "079460958" },
    { FIKA_CONTACT_PHONE, "020 7946 0958", "079460958" },
    { FIKA_CONTACT_PHONE, "112", "112" },
    { FIKA_CONTACT_PHONE, "home", "" },
    { FIKA_CONTACT_EMAIL, " Ada@Example.ORG ", "ada@example.org" },
    { FIKA_CONTACT_URL, "https://example.org", "" },
    { FIKA_CONTACT_ADDRESS, "12 High Street", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = fika_contact_match_key (cases[i].kind, cases[i].value);

      g_assert_cmpstr (key, ==, cases[i].key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rows/properties", test_properties);
  g_test_add_func ("/rows/first-values", test_first_values);
  g_test_add_func ("/rows/assign", test_assign);
  g_test_add_func ("/rows/copy", test_copy);
  g_test_add_func ("/rows/rebase", test_rebase);
  g_test_add_func ("/rows/derived", test_derived);
  g_test_add_func ("/rows/warmth", test_warmth);
  g_test_add_func ("/rows/plan", test_plan);
  g_test_add_func ("/rows/series", test_series);
  g_test_add_func ("/rows/group", test_group);
  g_test_add_func ("/rows/occurrence", test_occurrence);
  g_test_add_func ("/rows/occasion/parse", test_occasion_parse);
  g_test_add_func ("/rows/occasion/next", test_occasion_next);
  g_test_add_func ("/rows/contact/match-key", test_match_key);

  return g_test_run ();
}
