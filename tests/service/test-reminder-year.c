#include "config.h"

#include "fake-notifier.h"
#include "fika-test-store.h"

#include "service/fika-reminder-engine.h"
#include "store/fika-reminder.h"

#include <time.h>

#define N_PLANS 1000

/* The clock wakes up to so many seconds after it should have, as after a short sleep. */
#define LATE_SECONDS 500

static void
add_plans (FikaStore *store, FikaPerson *person)
{
  FikaCivil begin = fika_test_civil ("2026-01-01T12:00");

  for (int i = 0; i < N_PLANS; i++)
    {
      /* In every hour of the day and night, no two less than ten minutes apart. */
      FikaCivil start = begin + i * 520 + g_test_rand_int_range (0, 510);
      g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, start);

      fika_plan_add_person (FIKA_PLAN (draft), person);
      fika_plan_set_minutes (FIKA_PLAN (draft), 30);
      fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
      g_object_unref (fika_test_save_catchup (store, draft));
    }
}

/* Ends what is on the screen, as somebody does who looks at it. */
static void
dismiss_all (FakeNotifier *notifier)
{
  for (guint i = fake_notifier_n_shown (notifier); i > 0; i--)
    {
      FakeShown *shown = fake_notifier_get (notifier, i - 1);

      if (!shown->on_screen)
        break;
      fake_notifier_close_with (notifier, shown, FIKA_CLOSED_DISMISSED);
      fika_test_settle ();
    }
}

/* 020, 022, 028, 033, 038: a year of a thousand plans, each told and each asked about. */
static void
test_year (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2026-01-01T00:00");
  FikaTestClock *test_clock = FIKA_TEST_CLOCK (fika_store_get_clock (store));
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FakeNotifier) notifier = fake_notifier_new ("server-1");
  g_autoptr (FikaReminderEngine) engine = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  FikaDuePolicy policy;
  gint64 begun = g_get_monotonic_time ();
  guint n_wakes = 0;
  guint n_asked = 0;
  int64_t end = fika_test_instant ("2027-01-15T00:00");

  fika_due_policy_init (&policy);
  policy.ask = TRUE;
  g_assert_true (fika_store_set_reminder_policy (store, &policy, &error));
  g_assert_no_error (error);
  add_plans (store, ada);

  engine = fika_reminder_engine_new (store, FIKA_NOTIFIER (notifier));
  fika_reminder_engine_start (engine);
  fika_test_settle ();
  for (;;)
    {
      int64_t wake = fika_test_clock_get_wake (test_clock);
      int late = g_test_rand_int_range (0, 10) == 0 ? g_test_rand_int_range (0, LATE_SECONDS) : 0;

      if (wake == FIKA_UTC_NONE || wake > end)
        break;
      g_assert_cmpint (wake, >, fika_store_now (store));
      fika_test_clock_set_now (test_clock, wake + late);
      fika_test_settle ();
      dismiss_all (notifier);
      n_wakes++;
      g_assert_cmpuint (n_wakes, <, 10 * N_PLANS);
    }

  history = fika_reminders_history (store, 10 * N_PLANS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 2 * N_PLANS);
  g_assert_cmpuint (fake_notifier_n_shown (notifier), ==, 2 * N_PLANS);
  for (guint i = 0; i < history->len; i++)
    {
      const FikaReminder *reminder = g_ptr_array_index (history, i);

      g_assert_cmpint (reminder->state, ==, FIKA_REMINDER_DISMISSED);
      g_assert_cmpint (reminder->shown_at, >=, reminder->due);
      g_assert_cmpint (reminder->shown_at, <=, reminder->due + LATE_SECONDS);
      if (reminder->kind == FIKA_REMINDER_ASKED)
        {
          g_assert_cmpint (reminder->due, ==, reminder->start + 90 * 60);
          n_asked++;
        }
      else
        g_assert_cmpint (reminder->due, ==, reminder->start - 10 * 60);
    }
  g_assert_cmpuint (n_asked, ==, N_PLANS);
  /* No more looks at the database than there are due times. */
  g_assert_cmpuint (n_wakes, <=, 2 * N_PLANS);
  g_test_message ("figure: %u plans of a year: %u told, 0 missed, 0 early, 0 twice; %u wake-ups, "
                  "%.1f s, %.1f s of them at work",
                  N_PLANS, history->len, n_wakes,
                  (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC,
                  (double) clock () / CLOCKS_PER_SEC);

  fika_clock_set_wake (FIKA_CLOCK (test_clock), FIKA_UTC_NONE);
  g_assert_finalize_object (g_steal_pointer (&engine));
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  fika_test_folders_in_memory ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reminder-year/020-022-028-033-038-year", test_year);
  return g_test_run ();
}
