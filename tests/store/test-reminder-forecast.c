#include "config.h"

#include "fika-test-store.h"

#include "store/fika-reminder.h"

#define NOW "2026-05-04T09:00" /* a Monday */

static int64_t
at (const char *civil)
{
  return fika_test_instant (civil);
}

/* "due start", by the clock here, of each. */
static char *
describe (GPtrArray *reminders)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reminders->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (reminders, i);
      g_autofree char *due = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, reminder->due));
      g_autofree char *start
          = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, reminder->start));

      g_assert_cmpint (reminder->state, ==, FIKA_REMINDER_PENDING);
      g_assert_nonnull (reminder->occurrence);
      g_assert_cmpint (fika_occurrence_get_utc (reminder->occurrence), ==, reminder->start);
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? "\n" : "", due, start);
    }
  return g_string_free (text, FALSE);
}

static void
assert_forecast (FikaStore *store,
                 const char *from,
                 const char *until,
                 guint limit,
                 const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reminders
      = fika_reminders_forecast (store, at (from), at (until), limit, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = describe (reminders);
  g_assert_cmpstr (text, ==, expected);
}

static FikaSeries *
add_series (FikaStore *store, FikaPerson *person, const char *anchor, const char *rule)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, fika_test_civil (anchor));

  fika_series_set_rule (draft, rule);
  fika_test_set_leads (FIKA_PLAN (draft), 2, 10, 1440);
  if (person != NULL)
    fika_plan_add_person (FIKA_PLAN (draft), person);
  return fika_test_save_series (store, draft);
}

/* Each week's call is there with both its leads, and what was moved or skipped at its own time
 * only. */
static void
test_series (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) weekly = add_series (store, NULL, "2026-05-06T17:00", "FREQ=WEEKLY");
  g_autoptr (FikaCatchup) skipped = NULL;

  assert_forecast (store, NOW, "2026-05-18T09:00", 50,
                   "2026-05-05T17:00 2026-05-06T17:00\n"
                   "2026-05-06T16:50 2026-05-06T17:00\n"
                   "2026-05-12T17:00 2026-05-13T17:00\n"
                   "2026-05-13T16:50 2026-05-13T17:00");
  /* The lead that comes a day before is in sight earlier than the call itself. */
  assert_forecast (store, NOW, "2026-05-20T09:00", 50,
                   "2026-05-05T17:00 2026-05-06T17:00\n"
                   "2026-05-06T16:50 2026-05-06T17:00\n"
                   "2026-05-12T17:00 2026-05-13T17:00\n"
                   "2026-05-13T16:50 2026-05-13T17:00\n"
                   "2026-05-19T17:00 2026-05-20T17:00");
  assert_forecast (store, NOW, "2026-05-20T09:00", 2,
                   "2026-05-05T17:00 2026-05-06T17:00\n"
                   "2026-05-06T16:50 2026-05-06T17:00");
  assert_forecast (store, "2026-05-13T00:00", "2026-05-20T00:00", 50,
                   "2026-05-13T16:50 2026-05-13T17:00\n"
                   "2026-05-19T17:00 2026-05-20T17:00");

  skipped = fika_test_add_exception (store, weekly, "2026-05-13T17:00", "2026-05-13T17:00",
                                     FIKA_STATE_SKIPPED);
  assert_forecast (store, NOW, "2026-05-20T09:00", 50,
                   "2026-05-05T17:00 2026-05-06T17:00\n"
                   "2026-05-06T16:50 2026-05-06T17:00\n"
                   "2026-05-19T17:00 2026-05-20T17:00");
  fika_test_assert_store (store);
}

/* What waits is in it whenever it is due; what is due already comes first. */
static void
test_plans (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) soon
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T10:00"));
  g_autoptr (FikaCatchup) far
      = fika_catchup_new (FIKA_KIND_MEAL, fika_test_civil ("2027-12-24T18:00"));

  fika_test_set_leads (FIKA_PLAN (soon), 1, 0);
  fika_test_set_leads (FIKA_PLAN (far), 1, 60);
  g_object_unref (fika_test_save_catchup (store, soon));
  g_object_unref (fika_test_save_catchup (store, far));
  assert_forecast (store, "1970-01-01T01:00", "2026-05-18T09:00", 50,
                   "2026-05-04T10:00 2026-05-04T10:00\n"
                   "2027-12-24T17:00 2027-12-24T18:00");
  fika_test_store_set_now (store, "2026-05-04T11:00");
  assert_forecast (store, "1970-01-01T01:00", "2026-05-18T09:00", 50,
                   "2026-05-04T10:00 2026-05-04T10:00\n"
                   "2027-12-24T17:00 2027-12-24T18:00");
  assert_forecast (store, "2026-05-04T11:00", "2026-05-18T09:00", 50,
                   "2027-12-24T17:00 2027-12-24T18:00");
}

/* A daily call through the end of summer time: at eight by the clock here on every day. */
static void
test_daily (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2026-10-20T09:00");
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_MESSAGE, fika_test_civil ("2026-10-20T08:00"));
  g_autoptr (GPtrArray) reminders = NULL;

  fika_series_set_rule (draft, "FREQ=DAILY");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 0);
  g_object_unref (fika_test_save_series (store, draft));
  reminders
      = fika_reminders_forecast (store, fika_store_now (store), at ("2026-11-20T09:00"), 500, NULL);
  g_assert_cmpuint (reminders->len, ==, 31);
  for (guint i = 0; i < reminders->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (reminders, i);

      g_assert_cmpint (fika_zone_from_utc (FIKA_ZONE_HERE, reminder->due), ==,
                       fika_test_civil ("2026-10-21T08:00") + (FikaCivil) i * FIKA_MINUTES_A_DAY);
    }
}

/* Nobody is told of someone who is archived: neither by a row nor by what comes after it. */
static void
test_silent (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) weekly = add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY");
  g_autoptr (FikaPerson) draft = fika_person_copy (ada);

  g_object_set (draft, "archived", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_forecast (store, NOW, "2026-06-04T09:00", 50, "");
}

/* Told, dismissed, logged, and what was missed. */
static void
test_outcome (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T10:00"));
  g_autoptr (FikaCatchup) live = NULL;
  g_autoptr (FikaCatchup) happened = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) missed = NULL;
  g_autoptr (FikaReminder) reminder = NULL;
  int64_t id;
  int64_t noon = at ("2026-05-04T12:00");

  fika_test_set_leads (FIKA_PLAN (call), 1, 0);
  live = fika_test_save_catchup (store, call);
  fika_test_store_set_now (store, "2026-05-04T12:00");
  due = fika_reminders_due (store, noon, 5, NULL);
  g_assert_cmpuint (due->len, ==, 1);
  id = ((FikaReminder *) g_ptr_array_index (due, 0))->id;
  g_assert_cmpstr (fika_reminder_outcome (g_ptr_array_index (due, 0)), ==, "To come");

  g_assert_true (fika_reminders_finish (store, id, FIKA_REMINDER_MISSED, NULL));
  missed = fika_reminders_missed (store, noon - 1, 5, NULL);
  g_assert_cmpuint (missed->len, ==, 1);
  g_assert_cmpint (((FikaReminder *) g_ptr_array_index (missed, 0))->id, ==, id);
  g_assert_cmpstr (fika_reminder_outcome (g_ptr_array_index (missed, 0)), ==,
                   "While you were away");
  g_clear_pointer (&missed, g_ptr_array_unref);
  missed = fika_reminders_missed (store, noon, 5, NULL);
  g_assert_cmpuint (missed->len, ==, 0);

  g_assert_true (fika_reminders_snooze (store, id, noon + 600, NULL));
  reminder = fika_reminders_get (store, id, NULL);
  g_assert_cmpstr (fika_reminder_outcome (reminder), ==, "Snoozed");
  g_clear_pointer (&reminder, fika_reminder_free);

  fika_test_store_set_now (store, "2026-05-04T12:10");
  g_assert_true (fika_reminders_claim (store, id, noon + 600, "a", NULL));
  g_assert_true (fika_reminders_set_shown (store, id, ":1.1", 7, noon + 600, NULL));
  reminder = fika_reminders_get (store, id, NULL);
  g_assert_cmpstr (fika_reminder_outcome (reminder), ==, "Told");
  g_clear_pointer (&reminder, fika_reminder_free);

  g_assert_true (fika_reminders_finish (store, id, FIKA_REMINDER_DISMISSED, NULL));
  reminder = fika_reminders_get (store, id, NULL);
  g_assert_cmpstr (fika_reminder_outcome (reminder), ==, "Dismissed");
  g_assert_cmpstr (fika_reminder_state_to_key (reminder->state), ==, "dismissed");
  g_clear_pointer (&reminder, fika_reminder_free);

  /* What became of the plan says more. */
  happened = fika_catchup_copy (live);
  fika_catchup_set_state (happened, FIKA_STATE_HAPPENED);
  g_object_unref (fika_test_save_catchup (store, happened));
  reminder = fika_reminders_get (store, id, NULL);
  g_assert_cmpstr (fika_reminder_outcome (reminder), ==, "Logged");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reminder-forecast/series", test_series);
  g_test_add_func ("/reminder-forecast/plans", test_plans);
  g_test_add_func ("/reminder-forecast/daily", test_daily);
  g_test_add_func ("/reminder-forecast/silent", test_silent);
  g_test_add_func ("/reminder-forecast/outcome", test_outcome);

  return g_test_run ();
}
