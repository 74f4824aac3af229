#include "config.h"

#include "base/fika-error.h"
#include "fika-command-test.h"

#include <string.h>

#define SAMPLE_ROWS                                                                                \
  "SELECT (SELECT count(*) FROM person WHERE sample) + (SELECT count(*) FROM grp WHERE sample) + " \
  "(SELECT count(*) FROM series WHERE sample) + (SELECT count(*) FROM catchup WHERE sample)"

static void
load (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_command_load_sample (self->store, SOURCE, &error));
  g_assert_no_error (error);
}

static void
remove_sample (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_command_remove_sample (self->store, SOURCE, &error));
  g_assert_no_error (error);
}

static void
test_load (Fixture *self, gconstpointer data)
{
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  g_autofree char *loaded = NULL;
  g_autofree char *agenda = NULL;
  g_autoptr (FikaPerson) mum = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_store_is_empty (self->store));
  g_assert_false (fika_store_has_sample (self->store));
  load (self);
  assert_undo_label (self, "Load the sample data");
  g_assert_true (fika_store_has_sample (self->store));
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM person"), ==, 9);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM grp"), ==, 3);
  /* All of it is marked. */
  g_assert_cmpint (fixture_count (self, SAMPLE_ROWS), ==,
                   fixture_count (self, "SELECT (SELECT count(*) FROM person) + "
                                        "(SELECT count(*) FROM grp) + "
                                        "(SELECT count(*) FROM series) + "
                                        "(SELECT count(*) FROM catchup)"));
  /* Nothing of the past is open, nothing of the future has happened. */
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup WHERE (state = 'planned') <> "
                                        "(utc > 1778061600)"),
                   ==, 0);
  agenda = fixture_agenda (self, "2026-04-15T00:00", "2026-05-06T00:00");
  g_assert_null (strstr (agenda, "planned"));
  g_free (g_steal_pointer (&agenda));
  agenda = fixture_agenda (self, "2026-05-06T12:00", "2026-05-11T00:00");
  g_assert_null (strstr (agenda, "happened"));
  /* The weekly call of this week. */
  g_assert_nonnull (strstr (agenda, "2026-05-10T17:00 planned"));
  mum = fika_store_find_person (self->store, "mum", &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_person_days_since_contact (mum, TODAY), ==, 3);
  g_assert_cmpint (fika_occasion_next (fika_person_get_birthday (mum), TODAY), ==, TODAY + 3);

  g_assert_false (fika_command_load_sample (self->store, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);

  loaded = fixture_dump (self);
  remove_sample (self);
  assert_undo_label (self, "Remove the sample data");
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (fika_store_has_sample (self->store));
  g_assert_true (fika_store_is_empty (self->store));

  fixture_undo (self);
  g_free (g_steal_pointer (&after));
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, loaded);
  fixture_undo (self);
  g_free (g_steal_pointer (&after));
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

/* Any day is a good one to look at the sample: nothing in it is refused, nothing past is open. */
static void
test_every_day (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      load (self);
      g_assert_cmpint (fixture_count (self,
                                      "SELECT count(*) FROM catchup WHERE "
                                      "state = 'planned' AND utc < (SELECT max (at) FROM action)"),
                       ==, 0);
      remove_sample (self);
      g_assert_true (fika_store_is_empty (self->store));
      /* Days that come in all weekdays, and the end of February of a leap year. */
      fika_test_clock_advance (FIKA_TEST_CLOCK (self->clock), i == 6 ? 648 * 86400 : 86400);
    }
}

/* Own things stay: whole where the sample is not in them, without its people where others are. */
static void
test_keep_own (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) sam = NULL;
  g_autoptr (FikaGroup) choir = NULL;
  g_autoptr (FikaGroup) own_group = fixture_add_group (self, "Chess");
  g_autoptr (FikaCatchup) own = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-09T10:00", ada);
  g_autoptr (FikaCatchup) both = NULL;
  g_autoptr (FikaCatchup) only_sample = NULL;
  g_autoptr (FikaCatchup) at_choir = NULL;
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_MEAL, civil ("2026-05-08T19:00"));
  g_autoptr (FikaGroup) group_draft = NULL;
  g_autoptr (FikaGroup) saved_group = NULL;
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  g_autoptr (GError) error = NULL;

  load (self);
  sam = fika_store_find_person (self->store, "sam", &error);
  g_assert_no_error (error);
  choir = fika_store_find_group (self->store, "harbour", &error);
  g_assert_no_error (error);

  fika_plan_add_person (FIKA_PLAN (draft), sam);
  only_sample = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  both = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  fika_plan_set_kind (FIKA_PLAN (draft), FIKA_KIND_SESSION);
  fika_plan_set_group (FIKA_PLAN (draft), choir);
  at_choir = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  group_draft = fika_group_copy (own_group);
  g_ptr_array_add (members, fika_member_new (sam, "", FIKA_DAY_NONE, FIKA_DAY_NONE));
  g_ptr_array_add (members, fika_member_new (ada, "", FIKA_DAY_NONE, FIKA_DAY_NONE));
  fika_group_set_members (group_draft, members);
  saved_group = fika_command_save_group (self->store, group_draft, SOURCE, &error);
  g_assert_no_error (error);

  remove_sample (self);
  g_assert_cmpint (fixture_count (self, SAMPLE_ROWS), ==, 0);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 3);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM person"), ==, 1);
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (both))->len, ==, 1);
  g_assert_true (g_ptr_array_index (fika_plan_get_people (FIKA_PLAN (both)), 0) == ada);
  g_assert_null (fika_plan_get_group (FIKA_PLAN (at_choir)));
  g_assert_cmpstr (fika_plan_get_title (FIKA_PLAN (at_choir)), ==, "Harbour Choir");
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (own))->len, ==, 1);
  g_assert_cmpuint (fika_group_get_members (own_group)->len, ==, 1);

  /* Without a sample there is nothing to remove, and nothing to undo. */
  remove_sample (self);
  fixture_undo (self);
  g_assert_true (fika_store_has_sample (self->store));
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/sample/load", test_load);
  ADD ("/sample/every-day", test_every_day);
  ADD ("/sample/keep-own", test_keep_own);

  return g_test_run ();
}
