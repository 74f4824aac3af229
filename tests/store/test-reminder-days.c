#include "config.h"

#include "fika-test-store.h"

#include "store/fika-reminder.h"
#include "store/fika-store-private.h"
#include "store/fika-topic-table.h"

#define NOW "2026-05-04T09:30" /* a Monday */

/* Every row by due: "kind lead due state", the lead in minutes, the due by the clock here. */
static char *
describe (FikaStore *store)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (
      fika_store_get_db (store),
      "SELECT kind, lead, due, state FROM reminder ORDER BY due, lead DESC, id", NULL);
  GString *text = g_string_new (NULL);

  while (fika_stmt_step (stmt, NULL))
    {
      g_autofree char *due
          = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, fika_stmt_int (stmt, 2)));

      g_string_append_printf (text, "%s%s %d %s %s", text->len > 0 ? "\n" : "",
                              fika_stmt_text (stmt, 0), (int) fika_stmt_int (stmt, 1), due,
                              fika_stmt_text (stmt, 3));
    }
  return g_string_free (text, FALSE);
}

#define assert_rows(store, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *rows_ = describe (store);                                                     \
    g_assert_cmpstr (rows_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static void
set_policy (FikaStore *store, const FikaDuePolicy *policy)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_store_set_reminder_policy (store, policy, &error));
  g_assert_no_error (error);
}

static void
wish (FikaDuePolicy *policy)
{
  const int days[] = { 7, 1 };

  fika_due_policy_init (policy);
  policy->ask = policy->occasions = policy->days = TRUE;
  fika_due_policy_set_circle (policy, "closest", days, 2);
}

/* Claims and shows the one that is due: what it says. */
static char *
tell (FikaStore *store)
{
  int64_t now = fika_store_now (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = fika_reminders_due (store, now, 10, &error);
  FikaReminder *reminder;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, 1);
  reminder = g_ptr_array_index (due, 0);
  g_assert_true (fika_reminders_claim (store, reminder->id, now, "token", &error));
  g_assert_no_error (error);
  title = fika_reminder_title (reminder);
  body = fika_reminder_body (reminder, store);
  g_assert_true (fika_reminders_set_shown (store, reminder->id, ":1.7", 12, now, &error));
  g_assert_no_error (error);
  return g_strconcat (title, "|", body, NULL);
}

#define assert_tells(store, expected)                                                              \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *told_ = tell (store);                                                         \
    g_assert_cmpstr (told_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static FikaPerson *
add_person (FikaStore *store, int64_t circle, int year, int month, int day)
{
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada");
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);

  fika_person_set_circle_id (draft, circle);
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, NULL, year, month, day));
  fika_person_set_occasions (draft, occasions);
  return fika_test_save_person (store, draft);
}

static void
test_birthday (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  FikaDuePolicy policy;

  ada = add_person (store, 1, 1986, 5, 10);
  assert_rows (store, "");
  wish (&policy);
  set_policy (store, &policy);
  /* The week before has passed this year. */
  assert_rows (store, "occasion 1440 2026-05-09T09:00 pending\n"
                      "occasion 0 2026-05-10T09:00 pending\n"
                      "occasion 10080 2027-05-03T09:00 pending");

  /* Saving anything else of the person tells nothing anew. */
  fika_test_store_set_now (store, "2026-05-09T09:00");
  assert_tells (store, "Ada’s birthday – Tomorrow|Turns 40");
  draft = fika_person_copy (ada);
  g_object_set (draft, "notes", "Likes tea", NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_rows (store, "occasion 1440 2026-05-09T09:00 shown\n"
                      "occasion 0 2026-05-10T09:00 pending\n"
                      "occasion 10080 2027-05-03T09:00 pending\n"
                      "occasion 1440 2027-05-09T09:00 pending");

  fika_test_store_set_now (store, "2026-05-10T09:00");
  assert_tells (store, "Ada’s birthday – Today|Turns 40");

  /* Another hour; another circle; nobody any more. */
  policy.day_minute = 8 * 60;
  set_policy (store, &policy);
  g_object_set (draft, "circle-id", (gint64) 4, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_rows (store, "occasion 1440 2026-05-09T09:00 done\n"
                      "occasion 0 2026-05-10T09:00 shown\n"
                      "occasion 0 2027-05-10T08:00 pending");
  g_object_set (draft, "archived", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_rows (store, "occasion 1440 2026-05-09T09:00 done\n"
                      "occasion 0 2026-05-10T09:00 done");
  fika_test_assert_store (store);
}

static void
test_topics_and_steps (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaGroup) draft = fika_group_new ("Choir");
  g_autoptr (FikaGroup) choir = NULL;
  g_autoptr (GError) error = NULL;
  FikaDuePolicy policy;

  wish (&policy);
  set_policy (store, &policy);
  g_object_set (draft, "next-step", "Ask about the trial evening", "next-step-day",
                fika_test_day ("2026-05-06"), NULL);
  choir = fika_test_save_group (store, draft);
  assert_rows (store, "step 0 2026-05-06T09:00 pending");
  fika_test_store_set_now (store, "2026-05-06T09:00");
  assert_tells (store, "Next step: Choir|Ask about the trial evening");

  g_clear_object (&draft);
  draft = fika_group_copy (choir);
  g_object_set (draft, "private-group", TRUE, "next-step-day", fika_test_day ("2026-05-08"), NULL);
  g_object_unref (fika_test_save_group (store, draft));
  fika_test_store_set_now (store, "2026-05-08T09:00");
  assert_tells (store, "A next step of yours|");
  fika_test_assert_store (store);
}

/* 033, 038: what is asked comes once, an hour after the end, and not when it was logged. */
static void
test_asked (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T17:00"));
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (FikaCatchup) silent = NULL;
  FikaDuePolicy policy;

  wish (&policy);
  set_policy (store, &policy);
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_minutes (FIKA_PLAN (draft), 30);
  /* Without leads a plan is silent. */
  silent = fika_test_save_catchup (store, draft);
  assert_rows (store, "");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  call = fika_test_save_catchup (store, draft);
  assert_rows (store, "plan 10 2026-05-04T16:50 pending\n"
                      "asked -90 2026-05-04T18:30 pending");
  fika_test_store_set_now (store, "2026-05-04T16:50");
  assert_tells (store, "Call with Ada, 17:00|");
  fika_test_store_set_now (store, "2026-05-04T18:30");
  assert_tells (store, "Did it happen? Call with Ada|Today, 17:00");

  fika_catchup_set_state (draft, FIKA_STATE_PLANNED);
  {
    g_autoptr (FikaCatchup) happened = fika_catchup_copy (call);

    fika_catchup_set_state (happened, FIKA_STATE_HAPPENED);
    g_object_unref (fika_test_save_catchup (store, happened));
  }
  assert_rows (store, "plan 10 2026-05-04T16:50 done\n"
                      "asked -90 2026-05-04T18:30 done");
  fika_test_assert_store (store);
}

static void
test_quiet_leads (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-05T08:30"));
  g_autoptr (FikaSeries) series = NULL;
  FikaDuePolicy policy;

  fika_due_policy_init (&policy);
  policy.quiet_from = 22 * 60;
  policy.quiet_to = 8 * 60;
  set_policy (store, &policy);
  fika_series_set_rule (draft, "FREQ=WEEKLY");
  fika_test_set_leads (FIKA_PLAN (draft), 3, 10, 60, 120);
  series = fika_test_save_series (store, draft);
  /* Both of the earlier ones would be told at eight: one of them is. */
  assert_rows (store, "plan 60 2026-05-05T08:00 pending\n"
                      "plan 10 2026-05-05T08:20 pending");
  policy.quiet_to = policy.quiet_from;
  set_policy (store, &policy);
  assert_rows (store, "plan 120 2026-05-05T06:30 pending\n"
                      "plan 60 2026-05-05T07:30 pending\n"
                      "plan 10 2026-05-05T08:20 pending");
  fika_test_assert_store (store);
}

/* 037: what is due in a pause is told neither then nor later; it is in the list of what was missed.
 */
static void
test_pause (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-05T17:00"));
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) missed = NULL;
  g_autoptr (GError) error = NULL;
  FikaDuePolicy policy;

  fika_due_policy_init (&policy);
  policy.paused_until = fika_test_day ("2026-05-08");
  set_policy (store, &policy);
  fika_series_set_rule (draft, "FREQ=DAILY");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  series = fika_test_save_series (store, draft);
  g_assert_cmpint (fika_reminders_next_due (store), ==, fika_test_instant ("2026-05-08T00:00"));

  fika_test_store_set_now (store, "2026-05-06T12:00");
  due = fika_reminders_due (store, fika_store_now (store), 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, 0);

  fika_test_store_set_now (store, "2026-05-08T00:00");
  g_assert_true (fika_store_roll (store, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_reminders_next_due (store), ==, fika_test_instant ("2026-05-08T16:50"));
  missed = fika_reminders_missed (store, 0, 10, &error);
  g_assert_cmpuint (missed->len, ==, 1);
  fika_test_assert_store (store);
}

static void
test_digest (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = add_person (store, 1, 0, 5, 6);
  g_autoptr (FikaCatchup) call
      = fika_test_add_catchup (store, ada, "2026-05-06T17:00", FIKA_STATE_PLANNED);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GError) error = NULL;
  FikaDuePolicy policy;
  FikaReminder *empty;

  fika_due_policy_init (&policy);
  policy.digest_minute = 8 * 60;
  set_policy (store, &policy);
  assert_rows (store, "digest 0 2026-05-05T08:00 pending");

  /* A day with nothing on it passes in silence. */
  fika_test_store_set_now (store, "2026-05-05T08:00");
  due = fika_reminders_due (store, fika_store_now (store), 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, 1);
  empty = g_ptr_array_index (due, 0);
  g_assert_false (fika_reminders_claim (store, empty->id, fika_store_now (store), "token", &error));
  g_assert_no_error (error);
  assert_rows (store, "digest 0 2026-05-06T08:00 pending");

  fika_test_store_set_now (store, "2026-05-06T08:00");
  assert_tells (store, "Your day|Ada’s birthday\n17:00: Call with Ada");
  assert_rows (store, "digest 0 2026-05-06T08:00 shown\n"
                      "digest 0 2026-05-07T08:00 pending");
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/reminder-days/birthday", test_birthday);
  g_test_add_func ("/store/reminder-days/topics-and-steps", test_topics_and_steps);
  g_test_add_func ("/store/reminder-days/033-038-asked", test_asked);
  g_test_add_func ("/store/reminder-days/quiet-leads", test_quiet_leads);
  g_test_add_func ("/store/reminder-days/037-pause", test_pause);
  g_test_add_func ("/store/reminder-days/digest", test_digest);
  return g_test_run ();
}
