#include "config.h"

#include "fika-test-store.h"

#include "base/fika-error.h"
#include "base/fika-zone.h"
#include "store/fika-reminder.h"
#include "store/fika-series-table.h"
#include "store/fika-store-private.h"

#include <stdlib.h>

#define NOW "2026-05-04T09:00" /* a Monday */

/* Every row, by due: "lead due state", the due by the clock here. */
static char *
describe (FikaStore *store)
{
  g_autoptr (FikaStmt) stmt
      = fika_db_use (fika_store_get_db (store),
                     "SELECT lead, due, state FROM reminder ORDER BY due, lead DESC, id", NULL);
  GString *text = g_string_new (NULL);

  while (fika_stmt_step (stmt, NULL))
    {
      g_autofree char *due
          = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, fika_stmt_int (stmt, 1)));

      g_string_append_printf (text, "%s%d %s %s", text->len > 0 ? "\n" : "",
                              (int) fika_stmt_int (stmt, 0), due, fika_stmt_text (stmt, 2));
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

static FikaCatchup *
add_catchup (FikaStore *store, FikaPerson *person, const char *start, FikaWindow window, int lead)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil (start));

  fika_plan_set_window (FIKA_PLAN (draft), window);
  fika_test_set_leads (FIKA_PLAN (draft), 1, lead);
  if (person != NULL)
    fika_plan_add_person (FIKA_PLAN (draft), person);
  return fika_test_save_catchup (store, draft);
}

static FikaSeries *
add_series (FikaStore *store, FikaPerson *person, const char *anchor, const char *rule, int lead)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, fika_test_civil (anchor));

  fika_series_set_rule (draft, rule);
  fika_test_set_leads (FIKA_PLAN (draft), 1, lead);
  if (person != NULL)
    fika_plan_add_person (FIKA_PLAN (draft), person);
  return fika_test_save_series (store, draft);
}

static FikaCatchup *
save_with_state (FikaStore *store, FikaCatchup *catchup, FikaState state)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_copy (catchup);

  fika_catchup_set_state (draft, state);
  return fika_test_save_catchup (store, draft);
}

static void
move_to (FikaStore *store, FikaCatchup *catchup, const char *start)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_copy (catchup);

  fika_plan_set_start (FIKA_PLAN (draft), fika_test_civil (start));
  g_object_unref (fika_test_save_catchup (store, draft));
}

/* The one that is due, told: its id. */
static int64_t
tell (FikaStore *store)
{
  int64_t now = fika_store_now (store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) due = fika_reminders_due (store, now, 10, &error);
  FikaReminder *reminder;

  g_assert_no_error (error);
  g_assert_cmpuint (due->len, ==, 1);
  reminder = g_ptr_array_index (due, 0);
  g_assert_true (fika_reminders_claim (store, reminder->id, now, "token", &error));
  g_assert_no_error (error);
  g_assert_true (fika_reminders_set_shown (store, reminder->id, ":1.7", 12, now, &error));
  g_assert_no_error (error);
  return reminder->id;
}

static void
test_catchup (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T17:00"));
  g_autoptr (FikaCatchup) call = NULL;

  g_assert_cmpint (fika_reminders_next_due (store), ==, FIKA_UTC_NONE);
  fika_test_set_leads (FIKA_PLAN (draft), 3, 0, 10, 1440);
  call = fika_test_save_catchup (store, draft);
  assert_rows (store, "1440 2026-05-05T17:00 pending\n"
                      "10 2026-05-06T16:50 pending\n"
                      "0 2026-05-06T17:00 pending");
  g_assert_cmpint (fika_reminders_next_due (store), ==, fika_test_instant ("2026-05-05T17:00"));

  move_to (store, call, "2026-05-08T10:00");
  assert_rows (store, "1440 2026-05-07T10:00 pending\n"
                      "10 2026-05-08T09:50 pending\n"
                      "0 2026-05-08T10:00 pending");
  fika_test_undo (store);
  assert_rows (store, "1440 2026-05-05T17:00 pending\n"
                      "10 2026-05-06T16:50 pending\n"
                      "0 2026-05-06T17:00 pending");
  fika_test_delete_plan (store, FIKA_PLAN (call));
  assert_rows (store, "");
  fika_test_undo (store);
  g_object_unref (save_with_state (store, call, FIKA_STATE_HAPPENED));
  assert_rows (store, "");
  fika_test_undo (store);

  /* Other leads. */
  g_clear_object (&draft);
  draft = fika_catchup_copy (call);
  fika_test_set_leads (FIKA_PLAN (draft), 2, 10, 60);
  g_object_unref (fika_test_save_catchup (store, draft));
  assert_rows (store, "60 2026-05-06T16:00 pending\n"
                      "10 2026-05-06T16:50 pending");
  /* None. */
  fika_test_set_leads (FIKA_PLAN (draft), 0);
  g_object_unref (fika_test_save_catchup (store, draft));
  assert_rows (store, "");
  fika_test_assert_store (store);
}

/* Leads whose moment has passed are left out; where all have, the start itself is told. */
static void
test_late (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T09:30"));
  g_autoptr (FikaCatchup) soon = NULL;
  g_autoptr (FikaCatchup) past = NULL;

  fika_test_set_leads (FIKA_PLAN (draft), 2, 10, 60);
  soon = fika_test_save_catchup (store, draft);
  assert_rows (store, "10 2026-05-04T09:20 pending");

  move_to (store, soon, "2026-05-04T09:05");
  assert_rows (store, "10 2026-05-04T09:05 pending");
  /* Another look changes nothing. */
  g_assert_true (fika_store_zone_changed (store, NULL));
  assert_rows (store, "10 2026-05-04T09:05 pending");

  /* A lead that can be kept takes its place. */
  g_clear_object (&draft);
  draft = fika_catchup_copy (soon);
  fika_test_set_leads (FIKA_PLAN (draft), 2, 0, 10);
  g_object_unref (fika_test_save_catchup (store, draft));
  assert_rows (store, "0 2026-05-04T09:05 pending");
  fika_test_delete_plan (store, FIKA_PLAN (soon));

  past = add_catchup (store, NULL, "2026-05-04T08:00", FIKA_WINDOW_EXACT, 10);
  assert_rows (store, "");
}

/* Moved by just its lead: the old moment of telling is the new start. */
static void
test_moved_by_lead (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T17:10"));
  g_autoptr (FikaCatchup) call = NULL;

  fika_test_set_leads (FIKA_PLAN (draft), 2, 10, 60);
  call = fika_test_save_catchup (store, draft);
  move_to (store, call, "2026-05-06T17:00");
  assert_rows (store, "60 2026-05-06T16:00 pending\n10 2026-05-06T16:50 pending");
}

static void
test_told_once (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-06T17:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaCatchup) draft = fika_catchup_copy (call);

  fika_test_store_set_now (store, "2026-05-06T16:50");
  tell (store);
  assert_rows (store, "10 2026-05-06T16:50 shown");

  /* Another place is no other time. */
  fika_plan_set_place (FIKA_PLAN (draft), "Kitchen");
  g_object_unref (fika_test_save_catchup (store, draft));
  assert_rows (store, "10 2026-05-06T16:50 shown");

  /* Moved, it is told again; moved back when its lead has passed, at its start. */
  move_to (store, call, "2026-05-06T18:00");
  assert_rows (store, "10 2026-05-06T17:50 pending");
  fika_test_store_set_now (store, "2026-05-06T16:55");
  move_to (store, call, "2026-05-06T17:00");
  assert_rows (store, "10 2026-05-06T17:00 pending");

  /* Logged while it is on the screen: it is taken back. */
  fika_test_store_set_now (store, "2026-05-06T17:00");
  tell (store);
  g_object_unref (save_with_state (store, call, FIKA_STATE_HAPPENED));
  assert_rows (store, "10 2026-05-06T17:00 done");
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T17:00 done");
  g_assert_cmpint (fika_reminders_next_due (store), ==, FIKA_UTC_NONE);
}

static void
test_series (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) weekly
      = add_series (store, NULL, "2026-04-01T17:00", "FREQ=WEEKLY;COUNT=8", 10);
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaSeries) draft = NULL;

  /* Only the next; never one that is past. */
  assert_rows (store, "10 2026-05-06T16:50 pending");
  skipped = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-06T17:00",
                                     FIKA_STATE_SKIPPED);
  assert_rows (store, "10 2026-05-13T16:50 pending");
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T16:50 pending\n10 2026-05-13T16:50 pending");

  /* Told, the one after it is there. */
  fika_test_store_set_now (store, "2026-05-06T16:50");
  tell (store);
  assert_rows (store, "10 2026-05-06T16:50 shown\n10 2026-05-13T16:50 pending");

  /* Another rule: what it does not make is not told. */
  draft = fika_series_copy (weekly);
  fika_series_set_rule (draft, "FREQ=WEEKLY;COUNT=6");
  g_object_unref (fika_test_save_series (store, draft));
  assert_rows (store, "10 2026-05-06T16:50 shown");
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T16:50 shown\n10 2026-05-13T16:50 pending");

  /* Moved into its own row, it is told of by that. */
  moved = fika_test_add_exception (store, weekly, "2026-05-13T17:00", "2026-05-14T17:00",
                                   FIKA_STATE_PLANNED);
  assert_rows (store, "10 2026-05-06T16:50 shown\n"
                      "10 2026-05-14T16:50 pending\n"
                      "10 2026-05-20T16:50 pending");

  /* Gone, and back. */
  fika_test_delete_plan (store, FIKA_PLAN (weekly));
  assert_rows (store, "10 2026-05-06T16:50 done");
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T16:50 done\n"
                      "10 2026-05-14T16:50 pending\n"
                      "10 2026-05-20T16:50 pending");
  fika_test_assert_store (store);
}

/* A reminder that comes many occurrences before its own. */
static void
test_far_ahead (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T10:00"));
  g_autoptr (FikaSeries) daily = NULL;

  fika_series_set_rule (draft, "FREQ=DAILY");
  fika_test_set_leads (FIKA_PLAN (draft), 2, 10, 5 * 1440);
  daily = fika_test_save_series (store, draft);
  assert_rows (store, "10 2026-05-04T09:50 pending\n7200 2026-05-04T10:00 pending");
  fika_test_store_set_now (store, "2026-05-04T09:50");
  tell (store);
  assert_rows (store, "10 2026-05-04T09:50 shown\n"
                      "7200 2026-05-04T10:00 pending\n"
                      "10 2026-05-05T09:50 pending");
  fika_test_store_set_now (store, "2026-05-04T10:00");
  tell (store);
  assert_rows (store, "10 2026-05-04T09:50 shown\n"
                      "7200 2026-05-04T10:00 shown\n"
                      "10 2026-05-05T09:50 pending\n"
                      "7200 2026-05-05T10:00 pending");
}

/* What was told of an occurrence stays told when a row comes to stand for it, and when it goes. */
static void
test_exception_told (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) weekly = add_series (store, NULL, "2026-05-06T17:00", "FREQ=WEEKLY", 10);
  g_autoptr (FikaCatchup) edited = NULL;
  g_autoptr (FikaCatchup) moved = NULL;

  fika_test_store_set_now (store, "2026-05-06T16:51");
  tell (store);
  edited = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-06T17:00",
                                    FIKA_STATE_PLANNED);
  assert_rows (store, "10 2026-05-06T16:50 shown\n10 2026-05-13T16:50 pending");
  {
    g_autoptr (GPtrArray) live = fika_reminders_live (store, NULL);
    FikaReminder *reminder = g_ptr_array_index (live, 0);

    g_assert_true (fika_occurrence_get_catchup (reminder->occurrence) == edited);
    g_assert_true (fika_occurrence_get_series (reminder->occurrence) == weekly);
  }
  fika_test_undo (store);
  {
    g_autoptr (GPtrArray) live = fika_reminders_live (store, NULL);
    FikaReminder *reminder = g_ptr_array_index (live, 0);

    g_assert_null (fika_occurrence_get_catchup (reminder->occurrence));
    g_assert_cmpint (fika_occurrence_get_original (reminder->occurrence), ==,
                     fika_test_civil ("2026-05-06T17:00"));
  }
  assert_rows (store, "10 2026-05-06T16:50 shown\n10 2026-05-13T16:50 pending");

  /* Logged, then the logging taken back: not told a second time. */
  g_clear_object (&edited);
  edited = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-06T17:00",
                                    FIKA_STATE_HAPPENED);
  assert_rows (store, "10 2026-05-06T16:50 done\n10 2026-05-13T16:50 pending");
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T16:50 done\n10 2026-05-13T16:50 pending");

  /* Moved to a later hour it is. */
  moved = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-06T19:00",
                                   FIKA_STATE_PLANNED);
  assert_rows (store, "10 2026-05-06T18:50 pending\n10 2026-05-13T16:50 pending");
}

static void
test_after_days (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T17:00"));
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaCatchup) happened = NULL;

  fika_series_set_after_days (draft, 14);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  series = fika_test_save_series (store, draft);
  assert_rows (store, "10 2026-05-06T16:50 pending");
  fika_test_store_set_now (store, "2026-05-06T16:50");
  tell (store);
  assert_rows (store, "10 2026-05-06T16:50 shown");
  happened = fika_test_add_exception (store, series, "2026-05-06T17:00", "2026-05-06T17:20",
                                      FIKA_STATE_HAPPENED);
  assert_rows (store, "10 2026-05-06T16:50 done\n10 2026-05-20T16:50 pending");
}

/* A loose one is told when its window opens (less the lead), and once in the last third of it. */
static void
test_loose (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  /* 12:00 to 17:00: the last third begins after 200 minutes. */
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-06T14:00", FIKA_WINDOW_AFTERNOON, 0);
  g_autoptr (FikaCatchup) today = NULL;

  assert_rows (store, "0 2026-05-06T12:00 pending\n-200 2026-05-06T15:20 pending");
  fika_test_store_set_now (store, "2026-05-06T12:00");
  tell (store);
  assert_rows (store, "0 2026-05-06T12:00 shown\n-200 2026-05-06T15:20 pending");
  g_object_unref (save_with_state (store, call, FIKA_STATE_HAPPENED));
  assert_rows (store, "0 2026-05-06T12:00 done");

  /* Planned within its window: only the last third is left. */
  fika_test_store_set_now (store, "2026-05-07T13:00");
  today = add_catchup (store, NULL, "2026-05-07T12:00", FIKA_WINDOW_AFTERNOON, 0);
  assert_rows (store, "0 2026-05-06T12:00 done\n-200 2026-05-07T15:20 pending");
  fika_test_delete_plan (store, FIKA_PLAN (today));

  /* Planned shortly before it: when it opens, and then. */
  fika_test_store_set_now (store, "2026-05-07T11:30");
  g_clear_object (&today);
  today = add_catchup (store, NULL, "2026-05-07T12:00", FIKA_WINDOW_AFTERNOON, 60);
  assert_rows (store, "0 2026-05-06T12:00 done\n"
                      "60 2026-05-07T12:00 pending\n"
                      "-200 2026-05-07T15:20 pending");
}

static void
test_silent (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaPerson) draft = fika_person_copy (ada);
  g_autoptr (FikaCatchup) alone
      = add_catchup (store, ada, "2026-05-06T17:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaSeries) weekly = add_series (store, ada, "2026-05-07T17:00", "FREQ=WEEKLY", 10);
  g_autoptr (FikaCatchup) both
      = fika_catchup_new (FIKA_KIND_MEAL, fika_test_civil ("2026-05-08T17:00"));
  g_autoptr (FikaCatchup) saved = NULL;

  fika_test_set_leads (FIKA_PLAN (both), 1, 10);
  fika_plan_add_person (FIKA_PLAN (both), ada);
  fika_plan_add_person (FIKA_PLAN (both), sam);
  saved = fika_test_save_catchup (store, both);
  assert_rows (store, "10 2026-05-06T16:50 pending\n"
                      "10 2026-05-07T16:50 pending\n"
                      "10 2026-05-08T16:50 pending");

  /* Whoever is archived is not told of; others are. */
  g_object_set (draft, "archived", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_rows (store, "10 2026-05-08T16:50 pending");
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T16:50 pending\n"
                      "10 2026-05-07T16:50 pending\n"
                      "10 2026-05-08T16:50 pending");
}

static void
test_claim (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaStore) other = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-06T17:00", FIKA_WINDOW_EXACT, 10);
  int64_t early = fika_test_instant ("2026-05-06T16:49");
  int64_t now = fika_test_instant ("2026-05-06T16:50");
  g_autoptr (GPtrArray) upcoming = fika_reminders_upcoming (store, early, 5, NULL);
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (FikaReminder) reminder = NULL;
  g_autoptr (GError) error = NULL;
  int64_t id;

  g_assert_cmpuint (upcoming->len, ==, 1);
  id = ((FikaReminder *) g_ptr_array_index (upcoming, 0))->id;
  fika_test_store_set_now (store, "2026-05-06T16:50");
  fika_test_store_set_now (other, "2026-05-06T16:50");

  /* Not before it is due; then one of two. */
  g_assert_false (fika_reminders_claim (store, id, early, "a", &error));
  g_assert_no_error (error);
  g_assert_true (fika_reminders_claim (store, id, now, "a", &error));
  g_assert_false (fika_reminders_claim (other, id, now, "b", &error));
  g_assert_no_error (error);
  reminder = fika_reminders_get (other, id, NULL);
  g_assert_cmpint (reminder->state, ==, FIKA_REMINDER_POSTING);
  g_assert_cmpstr (reminder->token, ==, "a");
  g_assert_cmpint (reminder->attempts, ==, 1);

  /* A claim that nobody made good runs out. */
  due = fika_reminders_due (other, now + 30, 5, NULL);
  g_assert_cmpuint (due->len, ==, 0);
  g_assert_cmpint (fika_reminders_next_due (other), >, now);
  g_clear_pointer (&due, g_ptr_array_unref);
  due = fika_reminders_due (other, fika_reminders_next_due (other), 5, NULL);
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_true (fika_reminders_claim (other, id, fika_reminders_next_due (other), "b", &error));

  /* Put back, it waits again. */
  g_assert_true (fika_reminders_fail (other, id, TRUE, &error));
  g_assert_false (fika_reminders_fail (other, id, TRUE, &error));
  g_assert_no_error (error);
  g_assert_false (fika_reminders_set_shown (other, id, ":1.1", 3, now, &error));
  g_assert_no_error (error);

  /* A plan that is gone since cannot be claimed, nor shown; on the screen it is taken back. */
  g_assert_true (fika_reminders_claim (other, id, now + 120, "c", &error));
  fika_test_delete_plan (store, FIKA_PLAN (call));
  g_assert_false (fika_reminders_set_shown (other, id, ":1.1", 3, now, &error));
  g_assert_no_error (error);
  fika_test_undo (store);
  assert_rows (store, "10 2026-05-06T16:50 pending");
  g_assert_false (fika_db_has_busy_statement (fika_store_get_db (store)));
  g_assert_false (fika_db_has_busy_statement (fika_store_get_db (other)));

  g_assert_null (fika_reminders_get (store, 4711, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fika_reminders_claim (store, 4711, now, "d", &error));
  g_assert_no_error (error);
}

/* The zone moved between planning and telling: the claim sees it, even if nobody said so. */
static void
test_claim_moved (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) weekly = add_series (store, NULL, "2026-05-06T17:00", "FREQ=WEEKLY", 10);
  int64_t now = fika_test_instant ("2026-05-06T16:50");
  g_autoptr (GPtrArray) due = fika_reminders_due (store, now, 5, NULL);
  int64_t id = ((FikaReminder *) g_ptr_array_index (due, 0))->id;
  g_autoptr (FikaReminder) reminder = NULL;

  fika_test_clock_set_now (FIKA_TEST_CLOCK (fika_store_get_clock (store)), now);
  g_setenv ("TZ", "America/New_York", TRUE);
  fika_zone_forget_cached ();
  g_assert_false (fika_reminders_claim (store, id, now, "a", NULL));
  reminder = fika_reminders_get (store, id, NULL);
  g_assert_cmpint (reminder->due, ==, now + 6 * 3600);
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  fika_zone_forget_cached ();
}

static void
test_finish_and_snooze (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-06T17:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GPtrArray) live = NULL;
  FikaReminder *reminder;
  int64_t id;

  fika_test_store_set_now (store, "2026-05-06T16:50");
  id = tell (store);
  live = fika_reminders_live (store, NULL);
  g_assert_cmpuint (live->len, ==, 1);
  reminder = g_ptr_array_index (live, 0);
  g_assert_cmpstr (reminder->server, ==, ":1.7");
  g_assert_cmpuint (reminder->notification, ==, 12);
  g_assert_cmpint (reminder->shown_at, ==, fika_test_instant ("2026-05-06T16:50"));

  /* Snoozed past the start, it is told then, whatever else is written. */
  g_assert_true (fika_reminders_snooze (store, id, fika_test_instant ("2026-05-06T17:05"), NULL));
  assert_rows (store, "10 2026-05-06T17:05 pending");
  {
    g_autoptr (FikaCatchup) draft = fika_catchup_copy (call);

    fika_plan_set_place (FIKA_PLAN (draft), "Kitchen");
    g_object_unref (fika_test_save_catchup (store, draft));
  }
  assert_rows (store, "10 2026-05-06T17:05 pending");
  fika_test_store_set_now (store, "2026-05-06T17:05");
  g_assert_cmpint (tell (store), ==, id);

  g_assert_true (fika_reminders_finish (store, id, FIKA_REMINDER_DISMISSED, NULL));
  assert_rows (store, "10 2026-05-06T17:05 dismissed");
  g_assert_true (fika_reminders_finish (store, id, FIKA_REMINDER_DONE, NULL));
  g_assert_false (fika_reminders_finish (store, id, FIKA_REMINDER_DONE, NULL));
  history = fika_reminders_history (store, 10, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpint (((FikaReminder *) g_ptr_array_index (history, 0))->state, ==,
                   FIKA_REMINDER_DONE);
}

/* Off for three weeks: the one that waited is missed once, and the next to come is told in time. */
static void
test_missed (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) weekly = add_series (store, NULL, "2026-05-06T17:00", "FREQ=WEEKLY", 10);
  g_autoptr (FikaStore) later = NULL;
  g_autoptr (GPtrArray) due = NULL;
  g_autoptr (GPtrArray) history = NULL;
  FikaReminder *reminder;

  g_clear_object (&weekly);
  g_clear_object (&store);
  later = fika_test_store_new (folder, "2026-05-28T08:00");
  assert_rows (later, "10 2026-05-06T16:50 pending\n10 2026-06-03T16:50 pending");
  due = fika_reminders_due (later, fika_store_now (later), 10, NULL);
  g_assert_cmpuint (due->len, ==, 1);
  reminder = g_ptr_array_index (due, 0);
  g_assert_true (fika_reminders_finish (later, reminder->id, FIKA_REMINDER_MISSED, NULL));
  assert_rows (later, "10 2026-05-06T16:50 missed\n10 2026-06-03T16:50 pending");
  history = fika_reminders_history (later, 10, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  fika_test_assert_store (later);
}

static void
test_zone (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-06T17:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaSeries) weekly = add_series (store, NULL, "2026-05-07T17:00", "FREQ=WEEKLY", 10);

  g_setenv ("TZ", "America/New_York", TRUE);
  g_assert_true (fika_store_zone_changed (store, NULL));
  assert_rows (store, "10 2026-05-06T16:50 pending\n10 2026-05-07T16:50 pending");
  g_assert_cmpint (fika_reminders_next_due (store), ==, fika_test_instant ("2026-05-06T16:50"));
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_assert_true (fika_store_zone_changed (store, NULL));
  assert_rows (store, "10 2026-05-06T16:50 pending\n10 2026-05-07T16:50 pending");
}

/* A plan "wherever I am" whose time lies between two clocks is told late, not never; what was told
 * is not told again where its time is still to come. */
static void
test_journey (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) told
      = add_catchup (store, NULL, "2026-05-04T09:10", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaCatchup) jumped
      = add_catchup (store, NULL, "2026-05-04T10:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaSeries) daily = add_series (store, NULL, "2026-05-04T09:30", "FREQ=DAILY", 10);
  g_autoptr (GPtrArray) due = fika_reminders_due (store, fika_store_now (store), 10, NULL);
  const FikaReminder *first;

  g_assert_cmpuint (due->len, ==, 1);
  first = due->pdata[0];
  g_assert_true (fika_reminders_claim (store, first->id, fika_store_now (store), "token", NULL));
  g_assert_true (
      fika_reminders_set_shown (store, first->id, ":1.1", 1, fika_store_now (store), NULL));

  /* It is 11:00 there. */
  setenv ("TZ", "Asia/Tbilisi", 1);
  g_assert_true (fika_store_zone_changed (store, NULL));
  assert_rows (store, "10 2026-05-04T09:20 pending\n10 2026-05-04T09:50 pending\n"
                      "10 2026-05-04T11:00 shown\n10 2026-05-05T09:20 pending");

  /* And 8:00 here. */
  setenv ("TZ", "Europe/Lisbon", 1);
  g_assert_true (fika_store_zone_changed (store, NULL));
  assert_rows (store, "10 2026-05-04T08:00 shown\n10 2026-05-04T09:20 pending\n"
                      "10 2026-05-04T09:50 pending\n10 2026-05-05T09:20 pending");

  fika_test_assert_store (store);
  setenv ("TZ", "Europe/Berlin", 1);
  fika_zone_forget_cached ();
}

/* What a clock that ran ahead had missed is still to come once it is right; what was told singly
 * was told. */
static void
test_wrong_clock (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-04T12:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaCatchup) walk
      = add_catchup (store, NULL, "2026-05-04T13:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (GPtrArray) due = NULL;
  const FikaReminder *reminder;

  fika_test_store_set_now (store, "2026-05-04T12:55");
  due = fika_reminders_due (store, fika_store_now (store), 10, NULL);
  g_assert_cmpuint (due->len, ==, 2);
  reminder = due->pdata[0];
  g_assert_true (fika_reminders_claim (store, reminder->id, fika_store_now (store), "token", NULL));
  g_assert_true (fika_reminders_finish (store, reminder->id, FIKA_REMINDER_MISSED, NULL));
  reminder = due->pdata[1];
  g_assert_true (fika_reminders_claim (store, reminder->id, fika_store_now (store), "token", NULL));
  g_assert_true (
      fika_reminders_set_shown (store, reminder->id, ":1.1", 1, fika_store_now (store), NULL));
  assert_rows (store, "10 2026-05-04T11:50 missed\n10 2026-05-04T12:50 shown");

  fika_test_store_set_now (store, "2026-05-04T10:55");
  g_assert_true (fika_store_roll (store, NULL));
  assert_rows (store, "10 2026-05-04T11:50 pending\n10 2026-05-04T12:50 shown");
  fika_test_assert_store (store);
}

/* What was told is kept for a year, not for ever. */
static void
test_history_ends (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) call
      = add_catchup (store, NULL, "2026-05-06T17:00", FIKA_WINDOW_EXACT, 10);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) yearly = NULL;
  int64_t id;

  fika_test_store_set_now (store, "2026-05-06T16:50");
  id = tell (store);
  g_assert_true (fika_reminders_finish (store, id, FIKA_REMINDER_DONE, NULL));
  yearly = fika_test_add_series (store, ada, "2027-05-01T10:00", "FREQ=YEARLY");
  fika_test_store_set_now (store, "2027-05-01T10:01");
  g_assert_true (fika_store_roll (store, NULL));
  assert_rows (store, "10 2026-05-06T16:50 done");
  fika_test_store_set_now (store, "2028-05-01T10:01");
  g_assert_true (fika_store_roll (store, NULL));
  assert_rows (store, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/reminders/catchup", test_catchup);
  g_test_add_func ("/store/reminders/late", test_late);
  g_test_add_func ("/store/reminders/moved-by-lead", test_moved_by_lead);
  g_test_add_func ("/store/reminders/told-once", test_told_once);
  g_test_add_func ("/store/reminders/series", test_series);
  g_test_add_func ("/store/reminders/far-ahead", test_far_ahead);
  g_test_add_func ("/store/reminders/exception-told", test_exception_told);
  g_test_add_func ("/store/reminders/after-days", test_after_days);
  g_test_add_func ("/store/reminders/loose", test_loose);
  g_test_add_func ("/store/reminders/silent", test_silent);
  g_test_add_func ("/store/reminders/036-claim", test_claim);
  g_test_add_func ("/store/reminders/036-claim-moved", test_claim_moved);
  g_test_add_func ("/store/reminders/035-finish-and-snooze", test_finish_and_snooze);
  g_test_add_func ("/store/reminders/037-missed", test_missed);
  g_test_add_func ("/store/reminders/023-zone", test_zone);
  g_test_add_func ("/store/reminders/023-journey", test_journey);
  g_test_add_func ("/store/reminders/022-wrong-clock", test_wrong_clock);
  g_test_add_func ("/store/reminders/history-ends", test_history_ends);

  return g_test_run ();
}
