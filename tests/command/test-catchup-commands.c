#include "config.h"

#include "base/fika-error.h"
#include "fika-command-test.h"

#include <string.h>

static void
set_lead (FikaPlan *plan, int minutes)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));

  g_array_append_val (leads, minutes);
  fika_plan_set_leads (plan, leads);
}

static void
test_save (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_COFFEE, civil ("2026-05-08T10:30"));
  g_autoptr (FikaCatchup) coffee = NULL;
  g_autoptr (FikaCatchup) again = NULL;
  g_autoptr (FikaCatchup) changed = NULL;
  g_autoptr (GError) error = NULL;

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_place (FIKA_PLAN (draft), " Blue Door ");
  fika_plan_set_minutes (FIKA_PLAN (draft), 45);
  set_lead (FIKA_PLAN (draft), 10);
  coffee = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Plan coffee with Ada");
  g_assert_cmpstr (fika_plan_get_place (FIKA_PLAN (coffee)), ==, "Blue Door");
  /* Berlin in May is two hours ahead of UTC. */
  g_assert_cmpint (fika_catchup_get_utc (coffee), ==, NOON + 2 * 86400 - 90 * 60);
  g_assert_cmpint (g_array_index (fika_plan_get_leads (FIKA_PLAN (coffee)), int, 0), ==, 10);
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_catchup_get_utc (coffee));

  changed = fika_catchup_copy (coffee);
  fika_plan_set_title (FIKA_PLAN (changed), "Birthday coffee");
  fika_plan_set_zone (FIKA_PLAN (changed), "America/New_York");
  again = fika_command_save_catchup (self->store, changed, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (again == coffee);
  assert_undo_label (self, "Change “Birthday coffee”");
  g_assert_cmpint (fika_catchup_get_utc (coffee), ==, NOON + 2 * 86400 + 6 * 3600 - 90 * 60);
  fixture_undo (self);
  g_assert_cmpint (fika_catchup_get_utc (coffee), ==, NOON + 2 * 86400 - 90 * 60);
  g_assert_cmpstr (fika_plan_get_title (FIKA_PLAN (coffee)), ==, "");
}

static void
spoil_nobody (FikaPlan *draft)
{
  fika_plan_set_people (draft, NULL);
}
static void
spoil_end (FikaPlan *draft)
{
  fika_plan_set_minutes (draft, -1);
}
static void
spoil_length (FikaPlan *draft)
{
  fika_plan_set_minutes (draft, 7 * 1440 + 1);
}
static void
spoil_zone (FikaPlan *draft)
{
  fika_plan_set_zone (draft, "Europe/Atlantis");
}
static void
spoil_date (FikaPlan *draft)
{
  fika_plan_set_start (draft, FIKA_CIVIL_NONE);
}
static void
spoil_early (FikaPlan *draft)
{
  fika_plan_set_start (draft, INT64_MIN + 1);
}
static void
spoil_late (FikaPlan *draft)
{
  fika_plan_set_start (draft, INT64_MAX);
}
static void
spoil_lead (FikaPlan *draft)
{
  set_lead (draft, -1);
}
static void
spoil_far_lead (FikaPlan *draft)
{
  set_lead (draft, 60 * 1440 + 1);
}
static void
spoil_kind (FikaPlan *draft)
{
  fika_plan_set_kind (draft, 99);
}
static void
spoil_window (FikaPlan *draft)
{
  fika_plan_set_window (draft, 99);
}
static void
spoil_bytes (FikaPlan *draft)
{
  fika_plan_set_title (draft, "\xc3");
}

static void
spoil_place (FikaPlan *draft)
{
  g_autofree char *place = g_strnfill (1001, 'x');

  fika_plan_set_place (draft, place);
}

static void
spoil_leads (FikaPlan *draft)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 0; i < 21; i++)
    g_array_append_val (leads, i);
  fika_plan_set_leads (draft, leads);
}

static void
spoil_stranger (FikaPlan *draft)
{
  g_autoptr (FikaPerson) stranger = fika_person_new ("Nobody");

  fika_plan_add_person (draft, stranger);
}

static void
spoil_group (FikaPlan *draft)
{
  g_autoptr (FikaGroup) group = fika_group_new ("Nowhere");

  fika_plan_set_group (draft, group);
}

static void
spoil_state (FikaPlan *draft)
{
  fika_catchup_set_state (FIKA_CATCHUP (draft), 9);
}
static void
spoil_feeling (FikaPlan *draft)
{
  fika_catchup_set_feeling (FIKA_CATCHUP (draft), 6);
}
static void
spoil_joy (FikaPlan *draft)
{
  fika_catchup_set_feeling (FIKA_CATCHUP (draft), -1);
}
static void
spoil_again (FikaPlan *draft)
{
  fika_catchup_set_again (FIKA_CATCHUP (draft), 4);
}
static void
spoil_hours (FikaPlan *draft)
{
  fika_catchup_set_volunteer (FIKA_CATCHUP (draft), -5);
}

static void
spoil_happened (FikaPlan *draft)
{
  fika_catchup_set_state (FIKA_CATCHUP (draft), FIKA_STATE_HAPPENED);
}

static void
spoil_reached_out (FikaPlan *draft)
{
  fika_catchup_set_reached_out (FIKA_CATCHUP (draft), 3);
}

static void
spoil_rule (FikaPlan *draft)
{
  fika_series_set_rule (FIKA_SERIES (draft), "often");
}
static void
spoil_days (FikaPlan *draft)
{
  fika_series_set_after_days (FIKA_SERIES (draft), -3);
}
static void
spoil_long_days (FikaPlan *draft)
{
  fika_series_set_after_days (FIKA_SERIES (draft), 3651);
}
static void
spoil_no_rule (FikaPlan *draft)
{
  fika_series_set_rule (FIKA_SERIES (draft), "");
}

static void
spoil_seconds (FikaPlan *draft)
{
  fika_series_set_rule (FIKA_SERIES (draft), "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30");
}

static void
spoil_never (FikaPlan *draft)
{
  fika_series_set_rule (FIKA_SERIES (draft), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
}

static void
spoil_until (FikaPlan *draft)
{
  fika_series_set_rule (FIKA_SERIES (draft), "FREQ=WEEKLY;UNTIL=20200101T000000");
}

typedef struct
{
  void (*spoil) (FikaPlan *draft);
  const char *message; /* part of it; NULL: not found */
} Bad;

static const Bad bad_plans[] = {
  { spoil_nobody, "Nobody is in it" },
  { spoil_end, "end before it begins" },
  { spoil_length, "longer than a week" },
  { spoil_zone, "“Europe/Atlantis” is no time zone" },
  { spoil_date, "no date yet" },
  { spoil_early, "out of reach" },
  { spoil_late, "out of reach" },
  { spoil_lead, "after the start" },
  { spoil_far_lead, "60 days" },
  { spoil_leads, "too many reminders" },
  { spoil_kind, "no kind" },
  { spoil_window, "no time of the day" },
  { spoil_bytes, "The title is not readable" },
  { spoil_place, "The place is too long" },
  { spoil_stranger, NULL },
  { spoil_group, NULL },
};

static const Bad bad_catchups[] = {
  { spoil_state, "no answer" },        { spoil_feeling, "1 (hard) to 5 (wonderful)" },
  { spoil_joy, "1 (hard)" },           { spoil_reached_out, "no answer" },
  { spoil_again, "no answer" },        { spoil_hours, "end before it begins" },
  { spoil_happened, "still to come" },
};

static const Bad bad_series[] = {
  { spoil_rule, "" },
  { spoil_seconds, "" },
  { spoil_never, "" },
  { spoil_until, "" },
  { spoil_days, "1 day" },
  { spoil_long_days, "ten years" },
  { spoil_no_rule, "how often" },
};

static void
check_bad (Fixture *self, const Bad *cases, guint n, gboolean series, FikaPerson *ada)
{
  g_autofree char *before = fixture_dump (self);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (FikaCatchup) catchup
          = fika_catchup_new (FIKA_KIND_CALL, civil ("2026-05-10T17:00"));
      g_autoptr (FikaSeries) repeating
          = fika_series_new (FIKA_KIND_CALL, civil ("2026-05-10T17:00"));
      FikaPlan *draft = series ? FIKA_PLAN (repeating) : FIKA_PLAN (catchup);
      g_autofree char *after = NULL;
      g_autoptr (GError) error = NULL;

      fika_plan_add_person (draft, ada);
      fika_series_set_rule (repeating, "FREQ=WEEKLY");
      cases[i].spoil (draft);
      if (series)
        g_assert_null (fika_command_save_series (self->store, repeating, SOURCE, &error));
      else
        g_assert_null (fika_command_save_catchup (self->store, catchup, SOURCE, &error));

      g_assert_nonnull (error);
      g_test_message ("%u: %s", i, error->message);
      if (cases[i].message == NULL)
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
      else if (cases[i].spoil == spoil_seconds)
        g_assert_error (error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED);
      else
        {
          g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, cases[i].message));
        }
      g_assert_true (g_str_has_suffix (error->message, "."));
      after = fixture_dump (self);
      g_assert_cmpstr (after, ==, before);
    }
}

static void
test_bad (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");

  check_bad (self, bad_plans, G_N_ELEMENTS (bad_plans), FALSE, ada);
  check_bad (self, bad_plans, G_N_ELEMENTS (bad_plans), TRUE, ada);
  check_bad (self, bad_catchups, G_N_ELEMENTS (bad_catchups), FALSE, ada);
  check_bad (self, bad_series, G_N_ELEMENTS (bad_series), TRUE, ada);
  assert_undo_label (self, "Add Ada");
}

#define assert_agenda(self, from, until, expected)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *agenda_ = fixture_agenda (self, from, until);                                 \
    g_assert_cmpstr (agenda_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

/* One occurrence moved, skipped and changed; the others stay where the rule puts them. */
static void
test_occurrences (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaSeries) weekly
      = fixture_repeat (self, "FREQ=WEEKLY;BYDAY=SU", "2026-05-10T17:00", ada);
  g_autoptr (FikaOccurrence) first = fixture_occurrence (self, weekly, "2026-05-10T17:00");
  g_autoptr (FikaOccurrence) second = fixture_occurrence (self, weekly, "2026-05-17T17:00");
  g_autoptr (FikaOccurrence) third = fixture_occurrence (self, weekly, "2026-05-24T17:00");
  g_autoptr (FikaOccurrence) touched = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) edited = NULL;
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_WALK, civil ("2026-05-24T15:00"));
  g_autoptr (GError) error = NULL;

  assert_undo_label (self, "Plan a call with Ada");
  moved = fika_command_move_occurrence (self->store, first, civil ("2026-05-11T18:30"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Move a call with Ada");
  g_assert_true (fika_catchup_get_original (moved) == civil ("2026-05-10T17:00"));
  g_assert_true (fika_plan_has_person (FIKA_PLAN (moved), fika_person_get_id (ada)));

  skipped = fika_command_skip_occurrence (self->store, second, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Skip a call with Ada");

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_place (FIKA_PLAN (draft), "The park");
  edited = fika_command_edit_occurrence (self->store, third, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Change a walk with Ada");
  g_assert_true (fika_catchup_get_original (edited) == civil ("2026-05-24T17:00"));
  g_assert_cmpint (fika_catchup_get_series_id (edited), ==, fika_plan_get_id (FIKA_PLAN (weekly)));
  g_assert_cmpint (fika_plan_get_kind (FIKA_PLAN (edited)), ==, FIKA_KIND_WALK);

  assert_agenda (self, "2026-05-07T00:00", "2026-06-01T00:00",
                 "2026-05-11T18:30 planned, 2026-05-17T17:00 skipped, 2026-05-24T15:00 planned, "
                 "2026-05-31T17:00 planned");

  /* The same occurrence again, from what was known before: the same row. */
  g_clear_object (&moved);
  moved = fika_command_move_occurrence (self->store, first, civil ("2026-05-12T08:00"),
                                        FIKA_WINDOW_MORNING, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 3);

  /* Skipping a skipped one changes nothing; moving it plans it again. */
  g_clear_object (&skipped);
  skipped = fika_command_skip_occurrence (self->store, second, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Move a call with Ada");
  touched = fixture_occurrence (self, weekly, "2026-05-17T17:00");
  g_assert_true (fika_occurrence_get_catchup (touched) == skipped);
  g_clear_object (&moved);
  moved = fika_command_move_occurrence (self->store, touched, civil ("2026-05-18T17:00"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (moved == skipped);
  g_assert_cmpint (fika_catchup_get_state (moved), ==, FIKA_STATE_PLANNED);

  /* Nowhere is nowhere. */
  g_assert_null (fika_command_move_occurrence (self->store, third, INT64_MAX, FIKA_WINDOW_EXACT,
                                               SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (fika_command_move_occurrence (self->store, third, 0, 77, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  assert_undo_label (self, "Move a call with Ada");

  while (fixture_count (self, "SELECT count(*) FROM catchup") > 0)
    fixture_undo (self);
  assert_agenda (self, "2026-05-07T00:00", "2026-05-18T00:00",
                 "2026-05-10T17:00 planned, 2026-05-17T17:00 planned");
}

static void
test_log (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) sam = fixture_add_person (self, "Sam");
  g_autoptr (FikaSeries) weekly = fixture_repeat (self, "FREQ=WEEKLY", "2026-05-03T17:00", ada);
  g_autoptr (FikaCatchup) meal = fixture_plan (self, FIKA_KIND_MEAL, "2026-05-05T19:00", ada);
  g_autoptr (FikaOccurrence) sunday = fixture_occurrence (self, weekly, "2026-05-03T17:00");
  g_autoptr (FikaOccurrence) dinner = fixture_occurrence (self, meal, NULL);
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) again = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  g_autoptr (GError) error = NULL;
  FikaLogDetails details = {
    .minutes = 50,
    .feeling = 5,
    .reached_out = 1,
    .note = "Talked about the garden.",
    .next_topic = "the tomatoes",
    .learned = "She likes to be asked.",
  };

  /* Without a word: one press. */
  logged = fika_command_log_occurrence (self->store, sunday, NULL, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Log a call with Ada");
  g_assert_cmpint (fika_catchup_get_state (logged), ==, FIKA_STATE_HAPPENED);
  g_assert_true (fika_plan_get_start (FIKA_PLAN (logged)) == civil ("2026-05-03T17:00"));
  g_assert_cmpint (fika_person_get_last_utc (ada), ==, NOON - 3 * 86400 + 5 * 3600);

  /* A second press changes nothing; it may come from a window that knows of nothing yet. */
  again = fika_command_log_occurrence (self->store, sunday, NULL, FIKA_SOURCE_NOTIFICATION, &error);
  g_assert_no_error (error);
  g_assert_true (again == logged);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM action WHERE label LIKE 'Log%'"), ==,
                   1);
  g_clear_object (&again);

  /* With details it takes them, the topic once. */
  for (guint i = 0; i < 2; i++)
    {
      g_clear_object (&again);
      again = fika_command_log_occurrence (self->store, sunday, &details, SOURCE, &error);
      g_assert_no_error (error);
      g_assert_true (again == logged);
    }
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM action WHERE label LIKE 'Log%'"), ==,
                   2);
  g_assert_cmpint (fika_plan_get_minutes (FIKA_PLAN (logged)), ==, 50);
  g_assert_cmpint (fika_catchup_get_feeling (logged), ==, 5);
  g_assert_cmpint (fika_catchup_get_reached_out (logged), ==, 1);
  g_assert_cmpstr (fika_plan_get_notes (FIKA_PLAN (logged)), ==, "Talked about the garden.");
  g_assert_cmpstr (fika_catchup_get_learned (logged), ==, "She likes to be asked.");
  topics = fika_store_topics (self->store, ada, TRUE);
  g_assert_cmpuint (topics->len, ==, 1);
  g_assert_cmpstr (((FikaTopic *) g_ptr_array_index (topics, 0))->text, ==, "the tomatoes");
  /* It cannot be skipped any more. */
  g_assert_null (fika_command_skip_occurrence (self->store, sunday, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);

  /* Two people in it: each gets the topic; what was noted while planning stays in front. */
  draft = fika_catchup_copy (meal);
  fika_plan_add_person (FIKA_PLAN (draft), sam);
  fika_plan_set_notes (FIKA_PLAN (draft), "Bring bread.");
  g_clear_object (&again);
  again = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  details.next_topic = "the recipe";
  g_clear_object (&again);
  again = fika_command_log_occurrence (self->store, dinner, &details, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (again == meal);
  g_assert_cmpstr (fika_plan_get_notes (FIKA_PLAN (meal)), ==,
                   "Bring bread.\nTalked about the garden.");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM topic WHERE text = 'the recipe'"), ==,
                   2);
  g_assert_cmpint (fika_person_get_last_utc (sam), ==, fika_catchup_get_utc (meal));

  fixture_undo (self);
  g_assert_true (fika_person_get_last_utc (sam) == FIKA_UTC_NONE);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM topic"), ==, 1);
}

/* What was planned for later and happened earlier is logged as of now. */
static void
test_log_early (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaSeries) weekly = fixture_repeat (self, "FREQ=WEEKLY", "2026-05-06T17:00", ada);
  g_autoptr (FikaOccurrence) today = fixture_occurrence (self, weekly, "2026-05-06T17:00");
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (GError) error = NULL;

  logged = fika_command_log_occurrence (self->store, today, NULL, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_catchup_get_utc (logged), ==, NOON);
  g_assert_true (fika_plan_get_start (FIKA_PLAN (logged)) == civil ("2026-05-06T12:00"));
  g_assert_true (fika_catchup_get_original (logged) == civil ("2026-05-06T17:00"));
  assert_agenda (self, "2026-05-06T00:00", "2026-05-14T00:00",
                 "2026-05-06T12:00 happened, 2026-05-13T17:00 planned");
}

static void
test_log_new (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, FIKA_CIVIL_NONE);
  g_autoptr (FikaCatchup) logged = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  FikaLogDetails details = { .feeling = 4, .note = "Short and good." };
  FikaLogDetails wrong[] = {
    { .feeling = 9 },   { .minutes = -1 }, { .reached_out = 7 },
    { .note = "\xff" }, { .again = 8 },    { .volunteer = -1 },
  };

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  logged = fika_command_log_new (self->store, draft, &details, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Log a call with Ada");
  g_assert_cmpint (fika_catchup_get_utc (logged), ==, NOON);
  g_assert_cmpint (fika_catchup_get_state (logged), ==, FIKA_STATE_HAPPENED);
  g_assert_cmpint (fika_catchup_get_feeling (logged), ==, 4);
  g_assert_cmpint (fika_person_get_last_utc (ada), ==, NOON);

  before = fixture_dump (self);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (fika_command_log_new (self->store, draft, &wrong[i], SOURCE, &error));
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
      g_clear_error (&error);
    }
  /* Clocks may differ by five minutes, not more. */
  fika_plan_set_start (FIKA_PLAN (draft), civil ("2026-05-06T12:06"));
  g_assert_null (fika_command_log_new (self->store, draft, NULL, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);

  g_clear_object (&logged);
  fika_plan_set_start (FIKA_PLAN (draft), civil ("2026-05-06T12:05"));
  logged = fika_command_log_new (self->store, draft, NULL, SOURCE, &error);
  g_assert_no_error (error);
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) coffee = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-09T10:00", ada);
  g_autoptr (FikaSeries) weekly = fixture_repeat (self, "FREQ=WEEKLY", "2026-04-19T17:00", ada);
  g_autoptr (FikaOccurrence) april = fixture_occurrence (self, weekly, "2026-04-19T17:00");
  g_autoptr (FikaOccurrence) later = fixture_occurrence (self, weekly, "2026-04-26T17:00");
  g_autoptr (FikaOccurrence) next = fixture_occurrence (self, weekly, "2026-05-10T17:00");
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  int64_t last;

  g_assert_true (fika_command_delete_plan (self->store, FIKA_PLAN (coffee), SOURCE, &error));
  g_assert_no_error (error);
  assert_undo_label (self, "Delete coffee with Ada");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 0);
  g_assert_false (fika_command_delete_plan (self->store, FIKA_PLAN (coffee), SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  logged = fika_command_log_occurrence (self->store, april, NULL, SOURCE, &error);
  g_assert_no_error (error);
  skipped = fika_command_skip_occurrence (self->store, later, SOURCE, &error);
  g_assert_no_error (error);
  moved = fika_command_move_occurrence (self->store, next, civil ("2026-05-11T17:00"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);

  /* One occurrence: it does not come back. */
  g_assert_true (fika_command_delete_plan (self->store, FIKA_PLAN (moved), SOURCE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_catchup_get_state (moved), ==, FIKA_STATE_CANCELLED);
  assert_agenda (self, "2026-05-07T00:00", "2026-05-18T00:00", "2026-05-17T17:00 planned");

  /* The series: what happened is not lost. */
  last = fika_person_get_last_utc (ada);
  before = fixture_dump (self);
  g_assert_true (fika_command_delete_plan (self->store, FIKA_PLAN (weekly), SOURCE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM series"), ==, 0);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 1);
  g_assert_cmpint (fika_catchup_get_series_id (logged), ==, 0);
  g_assert_true (fika_catchup_get_original (logged) == FIKA_CIVIL_NONE);
  g_assert_cmpint (fika_person_get_last_utc (ada), ==, last);
  g_assert_true (fika_person_get_next_utc (ada) == FIKA_UTC_NONE);

  fixture_undo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

/* A series that repeats otherwise. */
static void
test_change_series (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaSeries) weekly
      = fixture_repeat (self, "FREQ=WEEKLY;BYDAY=SU", "2026-05-03T17:00", ada);
  g_autoptr (FikaOccurrence) first = fixture_occurrence (self, weekly, "2026-05-03T17:00");
  g_autoptr (FikaOccurrence) second = fixture_occurrence (self, weekly, "2026-05-10T17:00");
  g_autoptr (FikaOccurrence) third = fixture_occurrence (self, weekly, "2026-05-17T17:00");
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaSeries) draft = NULL;
  g_autoptr (FikaSeries) saved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  logged = fika_command_log_occurrence (self->store, first, NULL, SOURCE, &error);
  g_assert_no_error (error);
  skipped = fika_command_skip_occurrence (self->store, second, SOURCE, &error);
  g_assert_no_error (error);
  moved = fika_command_move_occurrence (self->store, third, civil ("2026-05-18T08:00"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);
  before = fixture_dump (self);

  /* An hour later: the exceptions of those days stand for the new times. */
  draft = fika_series_copy (weekly);
  fika_plan_set_start (FIKA_PLAN (draft), civil ("2026-05-03T18:00"));
  saved = fika_command_save_series (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (saved == weekly);
  assert_agenda (self, "2026-05-01T00:00", "2026-05-25T00:00",
                 "2026-05-03T17:00 happened, 2026-05-10T18:00 skipped, 2026-05-18T08:00 planned, "
                 "2026-05-24T18:00 planned");
  fixture_undo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);

  /* Another day of the week: the skip and the move go, what happened stays. */
  g_clear_object (&draft);
  g_clear_object (&saved);
  draft = fika_series_copy (weekly);
  fika_plan_set_start (FIKA_PLAN (draft), civil ("2026-05-07T17:00"));
  fika_series_set_rule (draft, "FREQ=WEEKLY;BYDAY=TH");
  saved = fika_command_save_series (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_agenda (self, "2026-05-01T00:00", "2026-05-20T00:00",
                 "2026-05-03T17:00 happened, 2026-05-07T17:00 planned, 2026-05-14T17:00 planned");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 1);

  /* Something else about it leaves the exceptions alone. */
  fixture_undo (self);
  g_clear_object (&draft);
  g_clear_object (&saved);
  draft = fika_series_copy (weekly);
  fika_plan_set_place (FIKA_PLAN (draft), "The phone");
  saved = fika_command_save_series (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 3);
}

/* So many days after the last time: the next one follows what happened. */
static void
test_after_days (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaSeries) series = fixture_repeat (self, "10", "2026-05-04T17:00", ada);
  g_autoptr (FikaOccurrence) first = fixture_occurrence (self, series, NULL);
  g_autoptr (FikaOccurrence) next = NULL;
  g_autoptr (FikaOccurrence) after = NULL;
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_occurrence_get_start (first) == civil ("2026-05-04T17:00"));
  logged = fika_command_log_occurrence (self->store, first, NULL, SOURCE, &error);
  g_assert_no_error (error);
  next = fixture_occurrence (self, series, NULL);
  g_assert_true (fika_occurrence_get_start (next) == civil ("2026-05-14T17:00"));

  skipped = fika_command_skip_occurrence (self->store, next, SOURCE, &error);
  g_assert_no_error (error);
  after = fixture_occurrence (self, series, NULL);
  g_assert_true (fika_occurrence_get_start (after) == civil ("2026-05-24T17:00"));

  fixture_undo (self);
  fixture_undo (self);
  g_clear_object (&after);
  after = fixture_occurrence (self, series, NULL);
  g_assert_true (fika_occurrence_get_start (after) == civil ("2026-05-04T17:00"));
}

static void
test_convert (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) coffee = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-10T10:00", ada);
  g_autoptr (FikaCatchup) past = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-03T10:00", ada);
  g_autoptr (FikaOccurrence) entry = fixture_occurrence (self, past, NULL);
  g_autoptr (FikaOccurrence) first = NULL;
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) single = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaSeries) series_draft
      = fika_series_new (FIKA_KIND_COFFEE, civil ("2026-05-03T10:00"));
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaSeries) from_past = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  logged = fika_command_log_occurrence (self->store, entry, NULL, SOURCE, &error);
  g_assert_no_error (error);
  before = fixture_dump (self);

  /* A planned one gives way. */
  fika_plan_add_person (FIKA_PLAN (series_draft), ada);
  fika_series_set_rule (series_draft, "FREQ=WEEKLY");
  series = fika_command_convert_to_series (self->store, coffee, series_draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Repeat coffee with Ada");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 1);
  fixture_undo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);

  /* One that happened is its first occurrence. */
  from_past = fika_command_convert_to_series (self->store, past, series_draft, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_catchup_get_series_id (past), ==, fika_plan_get_id (FIKA_PLAN (from_past)));
  assert_agenda (self, "2026-05-01T00:00", "2026-05-12T00:00",
                 "2026-05-03T10:00 happened, 2026-05-10T10:00 planned, 2026-05-10T10:00 planned");
  g_assert_null (fika_command_convert_to_series (self->store, past, series_draft, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);

  /* And back: the rest of the series goes, what happened stays. */
  first = fixture_occurrence (self, from_past, "2026-05-17T10:00");
  skipped = fika_command_skip_occurrence (self->store, first, SOURCE, &error);
  g_assert_no_error (error);
  draft = fika_catchup_new (FIKA_KIND_COFFEE, civil ("2026-05-24T10:00"));
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  single = fika_command_convert_to_catchup (self->store, from_past, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Stop repeating coffee with Ada");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM series"), ==, 0);
  g_assert_cmpint (fika_catchup_get_series_id (past), ==, 0);
  assert_agenda (self, "2026-05-01T00:00", "2026-06-12T00:00",
                 "2026-05-03T10:00 happened, 2026-05-10T10:00 planned, 2026-05-24T10:00 planned");

  /* A draft that is wrong leaves the series as it was. */
  fixture_undo (self);
  g_clear_pointer (&before, g_free);
  before = fixture_dump (self);
  fika_plan_set_minutes (FIKA_PLAN (draft), -3);
  g_assert_null (fika_command_convert_to_catchup (self->store, from_past, draft, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_pointer (&after, g_free);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

/* An editor is open while the catch-up is logged from a notification, by another process even: what
 * the editor did not touch stays as the other wrote it. */
static void
test_meanwhile (Fixture *self, gconstpointer data)
{
  g_autofree char *path = fika_test_database_path (self->folder);
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) call = fixture_plan (self, FIKA_KIND_CALL, "2026-05-06T11:00", ada);
  g_autoptr (FikaSeries) weekly = fixture_repeat (self, "FREQ=WEEKLY", "2026-05-03T17:00", ada);
  g_autoptr (FikaOccurrence) sunday = fixture_occurrence (self, weekly, "2026-05-03T17:00");
  g_autoptr (FikaCatchup) editor = fika_catchup_copy (call);
  g_autoptr (FikaPerson) person_editor = fika_person_copy (ada);
  g_autoptr (FikaStore) other = NULL;
  g_autoptr (FikaOccurrence) theirs = NULL;
  g_autoptr (FikaOccurrence) their_sunday = NULL;
  g_autoptr (FikaPerson) their_ada = NULL;
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) logged_here = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  g_autoptr (FikaPerson) saved_person = NULL;
  g_autoptr (GError) error = NULL;
  FikaLogDetails details = { .feeling = 5 };

  other = fika_store_open (path, self->clock, &error);
  g_assert_no_error (error);
  theirs = fika_store_get_occurrence (other, fika_plan_get_uid (FIKA_PLAN (call)), FIKA_CIVIL_NONE,
                                      &error);
  g_assert_no_error (error);
  logged = fika_command_log_occurrence (other, theirs, &details, FIKA_SOURCE_NOTIFICATION, &error);
  g_assert_no_error (error);
  g_clear_object (&logged);
  their_ada = fika_store_find_person (other, "ada", &error);
  g_assert_no_error (error);
  g_assert_true (fika_command_archive_person (other, their_ada, TRUE, SOURCE, &error));

  /* This store has not heard of it. */
  g_assert_cmpint (fika_catchup_get_state (call), ==, FIKA_STATE_PLANNED);
  fika_plan_set_place (FIKA_PLAN (editor), "On the bench");
  saved = fika_command_save_catchup (self->store, editor, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (saved == call);
  g_assert_cmpstr (fika_plan_get_place (FIKA_PLAN (call)), ==, "On the bench");
  g_assert_cmpint (fika_catchup_get_state (call), ==, FIKA_STATE_HAPPENED);
  g_assert_cmpint (fika_catchup_get_feeling (call), ==, 5);

  g_object_set (person_editor, "nickname", "Addie", NULL);
  saved_person = fika_command_save_person (self->store, person_editor, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (fika_person_get_archived (ada));
  g_assert_cmpstr (fika_person_get_nickname (ada), ==, "Addie");

  /* Both log the same occurrence: one row, one action, and the details of the first stay. */
  their_sunday = fika_store_get_occurrence (other, fika_plan_get_uid (FIKA_PLAN (weekly)),
                                            civil ("2026-05-03T17:00"), &error);
  g_assert_no_error (error);
  logged = fika_command_log_occurrence (other, their_sunday, &details, SOURCE, &error);
  g_assert_no_error (error);
  logged_here = fika_command_log_occurrence (self->store, sunday, NULL, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fika_catchup_get_feeling (logged_here), ==, 5);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup WHERE series IS NOT NULL"),
                   ==, 1);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM action WHERE label LIKE 'Log%'"), ==,
                   2);

  /* And what one deleted the other cannot save. */
  g_assert_true (fika_command_delete_person (other, their_ada, SOURCE, &error));
  g_assert_no_error (error);
  g_clear_object (&saved);
  saved = fika_command_save_catchup (self->store, editor, SOURCE, &error);
  g_assert_null (saved);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_clear_object (&saved_person);
  saved_person = fika_command_save_person (self->store, person_editor, SOURCE, &error);
  g_assert_null (saved_person);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/catchup-commands/save", test_save);
  ADD ("/catchup-commands/bad", test_bad);
  ADD ("/catchup-commands/occurrences", test_occurrences);
  ADD ("/catchup-commands/log", test_log);
  ADD ("/catchup-commands/log-early", test_log_early);
  ADD ("/catchup-commands/log-new", test_log_new);
  ADD ("/catchup-commands/delete", test_delete);
  ADD ("/catchup-commands/change-series", test_change_series);
  ADD ("/catchup-commands/after-days", test_after_days);
  ADD ("/catchup-commands/convert", test_convert);
  ADD ("/catchup-commands/meanwhile", test_meanwhile);

  return g_test_run ();
}
