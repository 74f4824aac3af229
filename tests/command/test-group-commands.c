#include "config.h"

#include "base/fika-error.h"
#include "fika-command-test.h"

#include <string.h>

static void
set_member (FikaGroup *draft, FikaPerson *person, const char *role, FikaDay since, FikaDay until)
{
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);

  g_ptr_array_add (members, fika_member_new (person, role, since, until));
  fika_group_set_members (draft, members);
}

static void
test_save (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) noor = fixture_add_person (self, "Noor");
  g_autoptr (FikaGroup) draft = fika_group_new (" Harbour  Choir");
  g_autoptr (FikaGroup) changed = NULL;
  g_autoptr (FikaGroup) choir = NULL;
  g_autoptr (FikaGroup) again = NULL;
  g_autoptr (GPtrArray) interests = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  FikaMember *member;

  set_member (draft, noor, "soprano", TODAY - 30, FIKA_DAY_NONE);
  g_ptr_array_add (interests, (gpointer) "singing");
  g_ptr_array_add (interests, (gpointer) " ");
  fika_group_set_interests (draft, interests);
  choir = fika_command_save_group (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Add Harbour Choir");
  g_assert_cmpuint (fika_group_get_interests (choir)->len, ==, 1);
  member = g_ptr_array_index (fika_group_get_members (choir), 0);
  g_assert_true (member->person == noor);
  g_assert_cmpint (member->since, ==, TODAY - 30);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM stage_change"), ==, 1);

  /* A new stage, from the editor or by itself, is noted on the trail. */
  changed = fika_group_copy (choir);
  fika_group_set_stage (changed, FIKA_STAGE_ASKED);
  again = fika_command_save_group (self->store, changed, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (again == choir);
  g_assert_true (fika_command_set_stage (self->store, choir, FIKA_STAGE_MEMBER, SOURCE, &error));
  g_assert_no_error (error);
  assert_undo_label (self, "Move Harbour Choir to “Member”");
  g_assert_cmpint (fika_group_get_stage (choir), ==, FIKA_STAGE_MEMBER);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM stage_change"), ==, 3);
  /* Where it is already nothing happens. */
  g_assert_true (fika_command_set_stage (self->store, choir, FIKA_STAGE_MEMBER, SOURCE, &error));
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM stage_change"), ==, 3);
  fixture_undo (self);
  g_assert_cmpint (fika_group_get_stage (choir), ==, FIKA_STAGE_ASKED);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM stage_change"), ==, 2);
}

static FikaPerson *noor;

static void
spoil_name (FikaGroup *draft)
{
  fika_group_set_name (draft, "");
}
static void
spoil_type (FikaGroup *draft)
{
  g_object_set (draft, "group-type", 50, NULL);
}
static void
spoil_stage (FikaGroup *draft)
{
  g_object_set (draft, "stage", -1, NULL);
}
static void
spoil_size (FikaGroup *draft)
{
  g_object_set (draft, "size", -2, NULL);
}
static void
spoil_goal (FikaGroup *draft)
{
  g_object_set (draft, "goal-minutes", -1, NULL);
}
static void
spoil_period (FikaGroup *draft)
{
  g_object_set (draft, "goal-period", "eon", NULL);
}
static void
spoil_online (FikaGroup *draft)
{
  g_object_set (draft, "online", 3, NULL);
}
static void
spoil_travel (FikaGroup *draft)
{
  g_object_set (draft, "travel-minutes", -9, NULL);
}
static void
spoil_day (FikaGroup *draft)
{
  g_object_set (draft, "next-step-day", INT_MAX, NULL);
}
static void
spoil_member (FikaGroup *draft)
{
  set_member (draft, noor, "", TODAY, TODAY - 1);
}

static void
spoil_stranger (FikaGroup *draft)
{
  g_autoptr (FikaPerson) stranger = fika_person_new ("Nobody");

  set_member (draft, stranger, "", FIKA_DAY_NONE, FIKA_DAY_NONE);
}

static const struct
{
  void (*spoil) (FikaGroup *draft);
  const char *message; /* NULL: not found */
} bad[] = {
  { spoil_name, "The name is empty" },
  { spoil_type, "no answer" },
  { spoil_stage, "no answer" },
  { spoil_size, "number of people" },
  { spoil_goal, "goal" },
  { spoil_period, "no answer" },
  { spoil_online, "no answer" },
  { spoil_travel, "less than nothing" },
  { spoil_day, "next step" },
  { spoil_member, "Noor would leave before joining" },
  { spoil_stranger, NULL },
};

static void
test_bad (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) person = fixture_add_person (self, "Noor");
  g_autoptr (FikaGroup) choir = fixture_add_group (self, "Choir");
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  noor = person;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (FikaGroup) draft = fika_group_copy (choir);

      bad[i].spoil (draft);
      g_assert_null (fika_command_save_group (self->store, draft, SOURCE, &error));
      if (bad[i].message != NULL)
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
      else
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
      g_test_message ("%s", error->message);
      if (bad[i].message != NULL)
        g_assert_nonnull (strstr (error->message, bad[i].message));
      g_clear_error (&error);
    }
  g_assert_false (fika_command_set_stage (self->store, choir, 40, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  assert_undo_label (self, "Add Choir");
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaGroup) choir = fixture_add_group (self, "Choir");
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_SESSION, civil ("2026-04-30T19:00"));
  g_autoptr (FikaSeries) sessions = NULL;
  g_autoptr (FikaOccurrence) april = NULL;
  g_autoptr (FikaOccurrence) may = NULL;
  g_autoptr (FikaCatchup) lone_visit = NULL;
  g_autoptr (FikaCatchup) with_ada = NULL;
  g_autoptr (FikaCatchup) changed = NULL;
  g_autoptr (FikaCatchup) next = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fika_series_set_rule (draft, "FREQ=WEEKLY");
  fika_plan_set_group (FIKA_PLAN (draft), choir);
  sessions = fika_command_save_series (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Plan a session of Choir");
  fika_test_clock_advance (FIKA_TEST_CLOCK (self->clock), 8 * 86400);

  /* Two visits, one of them with Ada. */
  april = fixture_occurrence (self, sessions, "2026-04-30T19:00");
  may = fixture_occurrence (self, sessions, "2026-05-07T19:00");
  lone_visit = fika_command_log_occurrence (self->store, april, NULL, SOURCE, &error);
  g_assert_no_error (error);
  with_ada = fika_command_log_occurrence (self->store, may, NULL, SOURCE, &error);
  g_assert_no_error (error);
  changed = fika_catchup_copy (with_ada);
  fika_plan_add_person (FIKA_PLAN (changed), ada);
  next = fika_command_save_catchup (self->store, changed, SOURCE, &error);
  g_assert_no_error (error);

  before = fixture_dump (self);
  g_assert_true (fika_command_delete_group (self->store, choir, SOURCE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM series"), ==, 0);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 1);
  g_assert_cmpstr (fika_plan_get_title (FIKA_PLAN (with_ada)), ==, "Choir");
  g_assert_null (fika_plan_get_group (FIKA_PLAN (with_ada)));
  g_assert_cmpint (fika_catchup_get_state (with_ada), ==, FIKA_STATE_HAPPENED);

  fixture_undo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (fika_plan_get_group (FIKA_PLAN (with_ada)) == choir);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/group-commands/save", test_save);
  ADD ("/group-commands/bad", test_bad);
  ADD ("/group-commands/delete", test_delete);

  return g_test_run ();
}
