#include "config.h"

#include "fika-test-store.h"

#include "store/fika-reminder.h"
#include "store/fika-series-table.h"

/* That rows move by the rules, with what goes with them. The rules have a test of their own. */

#define NOW "2026-05-04T09:00" /* a Monday */

static FikaCatchup *
add_call (FikaStore *store)
{
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T17:00"));

  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  return fika_test_save_catchup (store, draft);
}

static FikaSeries *
add_weekly (FikaStore *store)
{
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T17:00"));

  fika_series_set_rule (draft, "FREQ=WEEKLY");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  return fika_test_save_series (store, draft);
}

/* The id of the only one that is due. */
static int64_t
the_due (FikaStore *store)
{
  g_autoptr (GPtrArray) due = fika_reminders_due (store, fika_store_now (store), 10, NULL);

  g_assert_cmpuint (due->len, ==, 1);
  return ((FikaReminder *) g_ptr_array_index (due, 0))->id;
}

static void
assert_row (FikaStore *store, int64_t id, FikaReminderState state, int64_t due)
{
  g_autoptr (FikaReminder) reminder = fika_reminders_get (store, id, NULL);

  g_assert_nonnull (reminder);
  g_assert_cmpint (reminder->state, ==, state);
  g_assert_cmpint (reminder->due, ==, due);
}

/* What was opened can be put off for as long as its plan is one, and that can be taken back. */
static void
test_snooze_again (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call = add_call (store);
  int64_t due = fika_test_instant ("2026-05-06T16:50");
  int64_t until = fika_test_instant ("2026-05-06T18:05");
  g_autoptr (FikaReminder) reminder = NULL;
  g_autoptr (GError) error = NULL;
  int64_t id;

  /* Not before it was told. */
  fika_test_store_set_now (store, "2026-05-06T16:50");
  id = the_due (store);
  g_assert_false (fika_reminders_snooze (store, id, until, &error));
  g_assert_no_error (error);

  g_assert_true (fika_reminders_claim (store, id, due, "t", NULL));
  g_assert_true (fika_reminders_set_shown (store, id, ":1.7", 12, due, NULL));
  g_assert_true (fika_reminders_finish (store, id, FIKA_REMINDER_DONE, NULL));
  g_assert_true (fika_reminders_snooze (store, id, until, NULL));
  assert_row (store, id, FIKA_REMINDER_PENDING, until);
  g_assert_true (fika_reminders_unsnooze (store, id, FIKA_REMINDER_DONE, due, NULL));
  g_assert_false (fika_reminders_unsnooze (store, id, FIKA_REMINDER_DONE, due, &error));
  g_assert_no_error (error);
  assert_row (store, id, FIKA_REMINDER_DONE, due);
  reminder = fika_reminders_get (store, id, NULL);
  g_assert_cmpint (reminder->snoozed, ==, 0);
  g_assert_cmpint (reminder->shown_at, ==, due);

  /* Of a plan that is over nothing is told again, and what was told stays. */
  {
    g_autoptr (FikaCatchup) happened = fika_catchup_copy (call);

    fika_catchup_set_state (happened, FIKA_STATE_HAPPENED);
    g_object_unref (fika_test_save_catchup (store, happened));
  }
  g_assert_false (fika_reminders_snooze (store, id, until, &error));
  g_assert_no_error (error);
  assert_row (store, id, FIKA_REMINDER_DONE, due);
  fika_test_assert_store (store);
}

/* Tried three times, it is set aside by the claim itself, and the next of its series is made. */
static void
test_set_aside (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) weekly = add_weekly (store);
  int64_t now = fika_test_instant ("2026-05-06T16:50");
  g_autoptr (GError) error = NULL;
  int64_t id;

  fika_test_store_set_now (store, "2026-05-06T16:50");
  id = the_due (store);
  for (guint i = 0; i < 3; i++, now += 60)
    {
      g_assert_true (fika_reminders_claim (store, id, now, "t", &error));
      /* Somebody tried, so it is believed until its claim has run out. */
      g_assert_false (fika_reminders_fail (store, id, FALSE, &error));
      g_assert_no_error (error);
      g_assert_false (fika_reminders_claim (store, id, now + 59, "t", &error));
      g_assert_no_error (error);
    }
  g_assert_false (fika_reminders_claim (store, id, now, "t", &error));
  g_assert_no_error (error);
  assert_row (store, id, FIKA_REMINDER_MISSED, fika_test_instant ("2026-05-06T16:50"));
  g_assert_cmpint (fika_reminders_next_due (store), ==, fika_test_instant ("2026-05-13T16:50"));
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/reminder-moves/snooze-again", test_snooze_again);
  g_test_add_func ("/store/reminder-moves/set-aside", test_set_aside);

  return g_test_run ();
}
