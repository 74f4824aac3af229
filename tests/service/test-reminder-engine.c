#include "config.h"

#include "fake-notifier.h"
#include "fika-test-store.h"

#include "base/fika-error.h"
#include "command/fika-commands.h"
#include "service/fika-reminder-engine.h"
#include "store/fika-reminder.h"

#include <stdlib.h>

/* The engine with a clock and a notification server that the test is in command of. The numbers in
 * the tests' names are rows of the failure catalogue that they cover. */

typedef struct
{
  char *folder;
  FikaStore *store;
  FakeNotifier *notifier;
  FikaReminderEngine *engine;
  FikaPerson *ada;

  guint n_opened;
  char *opened;
  guint n_launched;
  char *launched;
  FikaReminderState state_at_launch;
} Fixture;

static FikaClock *
clock_of (Fixture *fixture)
{
  return fika_store_get_clock (fixture->store);
}

static FikaReminder *
reminder_at (FikaStore *store, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) live = fika_reminders_live (store, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (index, <, live->len);

  return g_steal_pointer (&live->pdata[index]);
}

static void
open_cb (Fixture *fixture, const char *key, const char *activation_token)
{
  fixture->n_opened++;
  g_free (fixture->opened);
  fixture->opened = g_strdup (key);
}

static void
launch_cb (Fixture *fixture, const char *uri, const char *key, const char *activation_token)
{
  g_autofree char *path = fika_test_database_path (fixture->folder);
  g_autoptr (FikaStore) other = NULL;
  g_autoptr (GPtrArray) history = NULL;

  fixture->n_launched++;
  g_free (fixture->launched);
  fixture->launched = g_strdup (uri);
  g_assert_cmpstr (activation_token, ==, "activation");

  /* What another process sees at this moment. */
  other = fika_store_open (path, clock_of (fixture), NULL);
  history = fika_reminders_history (other, 1, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  fixture->state_at_launch = ((FikaReminder *) history->pdata[0])->state;
}

static void
start_engine (Fixture *fixture)
{
  fixture->engine = fika_reminder_engine_new (fixture->store, FIKA_NOTIFIER (fixture->notifier));
  g_signal_connect_swapped (fixture->engine, "open", G_CALLBACK (open_cb), fixture);
  g_signal_connect_swapped (fixture->engine, "launch", G_CALLBACK (launch_cb), fixture);
  fika_reminder_engine_start (fixture->engine);
  fika_test_settle ();
}

static void
stop_engine (Fixture *fixture)
{
  fika_clock_set_wake (clock_of (fixture), FIKA_UTC_NONE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  FikaContact *phone = fika_contact_new (FIKA_CONTACT_PHONE, "", "+49 30 901820");
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada");

  fixture->folder = fika_test_folder_new ();
  fixture->store = fika_test_store_new (fixture->folder, "2026-03-02T10:00");
  fixture->notifier = fake_notifier_new ("server-1");
  g_ptr_array_add (contacts, phone);
  fika_person_set_contacts (draft, contacts);
  fixture->ada = fika_test_save_person (fixture->store, draft);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->engine != NULL)
    stop_engine (fixture);
  fika_test_assert_store (fixture->store);
  g_object_unref (fixture->ada);
  g_assert_finalize_object (fixture->notifier);
  g_assert_finalize_object (fixture->store);
  fika_test_folder_free (fixture->folder);
  g_free (fixture->opened);
  g_free (fixture->launched);
}

/* A call with Ada that is told ten minutes before. */
static FikaCatchup *
plan (Fixture *fixture, const char *start)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil (start));

  fika_plan_add_person (FIKA_PLAN (draft), fixture->ada);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);

  return fika_test_save_catchup (fixture->store, draft);
}

static void
plan_only (Fixture *fixture, const char *start)
{
  g_object_unref (plan (fixture, start));
}

static void
at (Fixture *fixture, const char *civil)
{
  fika_test_store_set_now (fixture->store, civil);
  fika_test_settle ();
}

static void
advance (Fixture *fixture, int64_t seconds)
{
  fika_test_clock_advance (FIKA_TEST_CLOCK (clock_of (fixture)), seconds);
  fika_test_settle ();
}

static void
look (Fixture *fixture)
{
  fika_reminder_engine_look (fixture->engine);
  fika_test_settle ();
}

static FakeShown *
shown (Fixture *fixture)
{
  return fake_notifier_last (fixture->notifier);
}

static void
press (Fixture *fixture, const char *verb)
{
  fake_notifier_press (fixture->notifier, shown (fixture), verb);
  fika_test_settle ();
}

/* 020: at its time, not a second before, and once. */
static void
test_on_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   fika_test_instant ("2026-03-02T11:50"));

  advance (fixture, 110 * 60 - 1);
  look (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 0);

  advance (fixture, 1);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "Call with Ada, 12:00");
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "default"));
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "call"));
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "log"));
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "snooze"));

  row = reminder_at (fixture->store, 0);
  g_assert_cmpint (row->state, ==, FIKA_REMINDER_SHOWN);
  g_assert_cmpstr (row->server, ==, "server-1");
  g_assert_cmpuint (row->notification, ==, shown (fixture)->number);
  g_assert_cmpuint (strlen (row->token), ==, 32);

  for (guint i = 0; i < 20; i++)
    {
      advance (fixture, 3600);
      look (fixture);
    }
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

/* 043, 028: with nothing to come the clock is not armed. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  start_engine (fixture);
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   FIKA_UTC_NONE);
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==, FIKA_UTC_NONE);

  plan_only (fixture, "2026-03-02T12:00");
  look (fixture);
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   fika_test_instant ("2026-03-02T11:50"));
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==,
                   fika_test_instant ("2026-03-02T11:50"));
}

/* 037: ten minutes late is an ordinary reminder. */
static void
test_a_little_late (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T12:00");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "log"));
}

/* 037, 020: after eleven minutes of sleep it is told as missed, and listed as such. */
static void
test_too_late (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;
  g_autofree char *key = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T12:01");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "While you were away");
  g_assert_cmpstr (shown (fixture)->notification->body, ==, "Call with Ada: Today, 12:00");
  g_assert_null (fake_notifier_find_key (shown (fixture), "log"));

  history = fika_reminders_history (fixture->store, 10, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpint (((FikaReminder *) history->pdata[0])->state, ==, FIKA_REMINDER_MISSED);

  /* One alone opens at its catch-up. */
  key = fika_occurrence_dup_key (((FikaReminder *) history->pdata[0])->occurrence);
  press (fixture, "default");
  g_assert_cmpuint (fixture->n_opened, ==, 1);
  g_assert_cmpstr (fixture->opened, ==, key);
}

/* 033: two hundred at once are one notification. */
static void
test_digest (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *start = g_strdup_printf ("2026-03-03T%02u:%02u", i / 20 + 6, i % 20);

      plan_only (fixture, start);
    }
  at (fixture, "2026-03-10T09:00");
  start_engine (fixture);
  fika_test_settle ();

  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_cmpstr (shown (fixture)->notification->body, ==,
                   "• Call with Ada: 3 March, 15:17\n• Call with Ada: 3 March, 15:18\n"
                   "• Call with Ada: 3 March, 15:19\nand 197 more");
  history = fika_reminders_history (fixture->store, 1000, NULL);
  g_assert_cmpuint (history->len, ==, 200);
  for (guint i = 0; i < history->len; i++)
    g_assert_cmpint (((FikaReminder *) history->pdata[i])->state, ==, FIKA_REMINDER_MISSED);

  /* It opens where all of them are listed. */
  press (fixture, "default");
  g_assert_cmpuint (fixture->n_opened, ==, 1);
  g_assert_cmpstr (fixture->opened, ==, "place:reminders");

  /* Told once. */
  stop_engine (fixture);
  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

/* 033: what is missed after that is added to the summary on the screen. */
static void
test_digest_grows (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T11:00");
  plan_only (fixture, "2026-03-02T15:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T12:00");
  at (fixture, "2026-03-02T16:00");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);
  g_assert_cmpstr (shown (fixture)->notification->body, ==,
                   "• Call with Ada: Today, 15:00\nand 1 more");

  /* Once it is gone, so is what it told. */
  fake_notifier_close_with (fixture->notifier, shown (fixture), FIKA_CLOSED_DISMISSED);
  plan_only (fixture, "2026-03-02T20:00");
  look (fixture);
  at (fixture, "2026-03-02T21:00");
  g_assert_cmpstr (shown (fixture)->notification->body, ==, "Call with Ada: Today, 20:00");
}

/* 022: a clock that is set back and forth: never early, never twice. */
static void
test_clock_steps (Fixture *fixture, gconstpointer data)
{
  int64_t due = fika_test_instant ("2026-03-02T11:50");
  gboolean reached = FALSE;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  for (guint i = 0; i < 2000; i++)
    {
      int64_t now = due + g_test_rand_int_range (-7200, reached ? 7200 : 600);

      fika_test_clock_set_now (FIKA_TEST_CLOCK (clock_of (fixture)), now);
      fika_clock_emit_wake (clock_of (fixture));
      fika_test_settle ();
      reached = reached || now >= due;
      g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, reached ? 1 : 0);
    }
  g_assert_true (reached);
}

/* 023: in another zone a plan "wherever I am" keeps its time on the clock. */
static void
test_zone_changes (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T23:00");
  start_engine (fixture);
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==,
                   fika_test_instant ("2026-03-02T22:50"));

  /* New York is six hours behind Berlin in March until the 8th. */
  g_setenv ("TZ", "America/New_York", TRUE);
  fika_clock_emit_wake (clock_of (fixture));
  fika_test_settle ();
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  fika_zone_forget_cached ();
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==,
                   fika_test_instant ("2026-03-02T22:50") + 6 * 3600);
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   fika_test_instant ("2026-03-02T22:50") + 6 * 3600);

  fika_reminder_engine_zone_changed (fixture->engine);
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==,
                   fika_test_instant ("2026-03-02T22:50"));
}

/* 034: a snooze is an instant in the database: it outlives the service, and comes neither before
 * nor twice. */
static void
test_snooze (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  advance (fixture, 30);
  press (fixture, "snooze");
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==,
                   fika_test_instant ("2026-03-02T12:00") + 30);

  stop_engine (fixture);
  start_engine (fixture);
  look (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   fika_test_instant ("2026-03-02T12:00") + 30);

  advance (fixture, 599);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  advance (fixture, 1);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);

  /* Again and again. */
  press (fixture, "snooze");
  advance (fixture, 600);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 3);
  press (fixture, "log");
  advance (fixture, 86400);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 3);
}

/* 036: what was deleted or moved by another process, without so much as a poke, is not told. */
static void
test_revalidates (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fika_test_database_path (fixture->folder);
  g_autoptr (FikaCatchup) deleted = plan (fixture, "2026-03-02T12:00");
  g_autoptr (FikaCatchup) moved = plan (fixture, "2026-03-02T12:10");
  g_autoptr (FikaStore) other = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autoptr (FikaCatchup) result = NULL;
  g_autoptr (FikaPlan) plan_there = NULL;
  g_autoptr (GError) error = NULL;

  start_engine (fixture);
  other = fika_store_open (path, clock_of (fixture), &error);
  g_assert_no_error (error);
  plan_there = fika_store_get_plan_by_uid (other, fika_plan_get_uid (FIKA_PLAN (deleted)), &error);
  g_assert_no_error (error);
  g_assert_true (fika_command_delete_plan (other, plan_there, FIKA_SOURCE_WINDOW, &error));
  occurrence = fika_store_get_occurrence (other, fika_plan_get_uid (FIKA_PLAN (moved)),
                                          FIKA_CIVIL_NONE, &error);
  g_assert_no_error (error);
  result = fika_command_move_occurrence (other, occurrence, fika_test_civil ("2026-03-02T15:00"),
                                         FIKA_WINDOW_EXACT, FIKA_SOURCE_WINDOW, &error);
  g_assert_no_error (error);

  at (fixture, "2026-03-02T12:05");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 0);
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   fika_test_instant ("2026-03-02T14:50"));
  at (fixture, "2026-03-02T14:50");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

/* 036, 053: what is on the screen goes when its plan does, and comes at its new time. */
static void
test_withdraws (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaCatchup) catchup = plan (fixture, "2026-03-02T12:00");
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (GError) error = NULL;

  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);

  occurrence = fika_store_get_occurrence (fixture->store, fika_plan_get_uid (FIKA_PLAN (catchup)),
                                          FIKA_CIVIL_NONE, &error);
  moved = fika_command_move_occurrence (fixture->store, occurrence,
                                        fika_test_civil ("2026-03-02T13:00"), FIKA_WINDOW_EXACT,
                                        FIKA_SOURCE_WINDOW, &error);
  g_assert_no_error (error);
  look (fixture);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 0);

  at (fixture, "2026-03-02T12:50");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);
  g_assert_true (
      fika_command_delete_plan (fixture->store, FIKA_PLAN (moved), FIKA_SOURCE_WINDOW, &error));
  g_assert_no_error (error);
  look (fixture);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 0);
}

/* 042: two services on two buses, one database: each reminder is told by one of them. */
static void
test_two_services (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fika_test_database_path (fixture->folder);
  g_autoptr (FikaStore) other_store = NULL;
  g_autoptr (FakeNotifier) other_notifier = fake_notifier_new ("server-2");
  g_autoptr (FikaReminderEngine) other = NULL;
  const guint n = 200;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *start = g_strdup_printf ("2026-03-02T%02u:%02u", 12 + i / 60, i % 60);

      plan_only (fixture, start);
    }
  other_store = fika_store_open (path, clock_of (fixture), NULL);
  other = fika_reminder_engine_new (other_store, FIKA_NOTIFIER (other_notifier));
  fika_reminder_engine_start (other);
  start_engine (fixture);

  for (guint i = 0; i < n; i++)
    {
      advance (fixture, i == 0 ? 110 * 60 : 60);
      if (g_test_rand_bit ())
        fika_reminder_engine_look (other);
      look (fixture);
      fika_reminder_engine_look (other);
      fika_test_settle ();
    }
  g_assert_cmpuint (
      fake_notifier_n_shown (fixture->notifier) + fake_notifier_n_shown (other_notifier), ==, n);
}

/* 044: one that the server chokes on is set aside after three tries, and holds no other up. */
static void
test_poison (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  fake_notifier_set_failing (fixture->notifier, FIKA_ERROR_FAILED);
  at (fixture, "2026-03-02T11:50");
  advance (fixture, 61);
  advance (fixture, 61);
  fake_notifier_set_failing (fixture->notifier, 0);
  advance (fixture, 61);
  advance (fixture, 61);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 0);
  history = fika_reminders_history (fixture->store, 10, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpint (((FikaReminder *) history->pdata[0])->state, ==, FIKA_REMINDER_MISSED);

  plan_only (fixture, "2026-03-02T14:00");
  look (fixture);
  at (fixture, "2026-03-02T13:50");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

/* 044: the same where the service dies each time before it gets to an answer. */
static void
test_crash_loop (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) due = NULL;
  int64_t id;

  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:01");
  at (fixture, "2026-03-02T11:51");
  due = fika_reminders_due (fixture->store, fika_store_now (fixture->store), 10, NULL);
  g_assert_cmpuint (due->len, ==, 2);
  id = ((FikaReminder *) due->pdata[0])->id;
  for (guint i = 0; i < FIKA_REMINDER_ATTEMPTS; i++)
    {
      g_assert_true (fika_reminders_claim (fixture->store, id, fika_store_now (fixture->store),
                                           "00000000000000000000000000000000", NULL));
      advance (fixture, 61);
    }

  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "Call with Ada, 12:01");
}

/* 046: without a server reminders wait, without a timer, however long; and are told when one comes,
 * by the rule of ten minutes. */
static void
test_absent (Fixture *fixture, gconstpointer data)
{
  fake_notifier_set_server (fixture->notifier, NULL, FALSE);
  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:05");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  at (fixture, "2026-03-02T11:55");
  g_assert_cmpint (fika_test_clock_get_wake (FIKA_TEST_CLOCK (clock_of (fixture))), ==,
                   FIKA_UTC_NONE);

  advance (fixture, 60);
  fake_notifier_set_server (fixture->notifier, "server-2", TRUE);
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 2);
}

/* 046: one that should be there but does not start is asked for again, ever more rarely, and is no
 * reason to give a reminder up. */
static void
test_cannot_be_started (Fixture *fixture, gconstpointer data)
{
  FikaTestClock *clock = FIKA_TEST_CLOCK (clock_of (fixture));
  g_autoptr (GPtrArray) due = NULL;
  int64_t pause = 0;

  fake_notifier_set_server (fixture->notifier, NULL, TRUE);
  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  for (guint i = 0; i < 3; i++)
    {
      int64_t next = fika_test_clock_get_wake (clock) - fika_store_now (fixture->store);

      g_assert_cmpint (next, >, pause);
      pause = next;
      advance (fixture, pause);
    }
  for (guint i = 0; i < 10; i++)
    {
      stop_engine (fixture);
      start_engine (fixture);
    }
  due = fika_reminders_due (fixture->store, fika_store_now (fixture->store), 10, NULL);
  g_assert_cmpuint (due->len, ==, 1);
  g_assert_cmpint (((FikaReminder *) due->pdata[0])->state, ==, FIKA_REMINDER_PENDING);

  fake_notifier_set_server (fixture->notifier, "server-2", TRUE);
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "log"));
}

/* 044: what three servers ended of is set aside, and the next is not asked. */
static void
test_servers_end_of_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) history = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  fake_notifier_set_ending (fixture->notifier, TRUE);
  at (fixture, "2026-03-02T11:50");
  for (guint i = 0; i < FIKA_REMINDER_ATTEMPTS - 1; i++)
    {
      g_autofree char *server = g_strdup_printf ("server-%u", i + 2);
      g_autoptr (GPtrArray) due
          = fika_reminders_due (fixture->store, fika_store_now (fixture->store), 10, NULL);

      g_assert_cmpuint (due->len, ==, 1);
      fake_notifier_set_server (fixture->notifier, server, TRUE);
      fika_test_settle ();
    }
  history = fika_reminders_history (fixture->store, 10, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  g_assert_cmpint (((FikaReminder *) history->pdata[0])->state, ==, FIKA_REMINDER_MISSED);

  fake_notifier_set_ending (fixture->notifier, FALSE);
  fake_notifier_set_server (fixture->notifier, "server-9", TRUE);
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 0);
}

/* 047: while the server hangs nothing is claimed; what it had been asked is shown once. */
static void
test_stuck (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) due = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:01");
  start_engine (fixture);
  fake_notifier_hold (fixture->notifier, TRUE);
  at (fixture, "2026-03-02T11:50");
  fake_notifier_set_stuck (fixture->notifier, TRUE);
  at (fixture, "2026-03-02T11:51");
  due = fika_reminders_due (fixture->store, fika_store_now (fixture->store), 10, NULL);
  g_assert_cmpuint (due->len, ==, 2);
  g_assert_cmpint (((FikaReminder *) due->pdata[0])->state, ==, FIKA_REMINDER_POSTING);
  g_assert_cmpint (((FikaReminder *) due->pdata[1])->state, ==, FIKA_REMINDER_PENDING);

  /* Longer than the lease: it is still this engine's. */
  advance (fixture, 120);
  look (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 0);

  fake_notifier_hold (fixture->notifier, FALSE);
  fake_notifier_set_stuck (fixture->notifier, FALSE);
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  advance (fixture, 3600);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
}

static guint
n_actions (Fixture *fixture)
{
  g_autoptr (GPtrArray) history = fika_store_history (fixture->store, 10000, NULL);

  return history->len;
}

/* 048: a thousand presses with tokens that are not of this notification do nothing. */
static void
test_foreign_tokens (Fixture *fixture, gconstpointer data)
{
  const char *const verbs[] = { "call", "log", "snooze", "default", "open", "" };
  g_autofree char *stale = NULL;
  guint before;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  stale = g_strdup (fake_notifier_find_key (shown (fixture), "log"));
  press (fixture, "snooze");
  advance (fixture, 600);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  before = n_actions (fixture);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GString) key = g_string_new (verbs[i % G_N_ELEMENTS (verbs)]);

      g_string_append_c (key, ':');
      for (guint digit = 0; digit < (i % 7 == 0 ? 31u : 32u); digit++)
        g_string_append_c (key, "0123456789abcdef"[g_test_rand_int_range (0, 16)]);
      fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), shown (fixture)->number,
                                 key->str, NULL);
    }
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), shown (fixture)->number, stale,
                             NULL);
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), shown (fixture)->number, "log",
                             NULL);
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), 4711, "default", NULL);
  fika_test_settle ();

  g_assert_cmpuint (n_actions (fixture), ==, before);
  g_assert_cmpuint (fixture->n_opened, ==, 0);
  g_assert_cmpuint (fixture->n_launched, ==, 0);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);
  press (fixture, "log");
  g_assert_cmpuint (n_actions (fixture), ==, before + 1);
}

/* 048: a reminder that another service has told since is that one's, even at the same time. */
static void
test_told_by_another (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;
  guint before;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  row = reminder_at (fixture->store, 0);
  g_assert_true (fika_reminders_snooze (fixture->store, row->id, row->due, NULL));
  g_assert_true (fika_reminders_claim (fixture->store, row->id, fika_store_now (fixture->store),
                                       "0123456789abcdef0123456789abcdef", NULL));
  g_assert_true (fika_reminders_set_shown (fixture->store, row->id, "server-2", 1,
                                           fika_store_now (fixture->store), NULL));
  before = n_actions (fixture);
  press (fixture, "log");
  g_assert_cmpuint (n_actions (fixture), ==, before);
}

/* 048: numbers of a server that is gone mean nothing, whoever has them now. */
static void
test_numbers_of_a_dead_server (Fixture *fixture, gconstpointer data)
{
  guint number;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  number = shown (fixture)->number;
  fake_notifier_hold (fixture->notifier, TRUE);
  fake_notifier_set_server (fixture->notifier, "server-2", TRUE);
  fika_notifier_emit_closed (FIKA_NOTIFIER (fixture->notifier), number + 17, FIKA_CLOSED_DISMISSED);
  fake_notifier_hold (fixture->notifier, FALSE);
  fika_test_settle ();
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), number, "default", NULL);
  fika_test_settle ();
  g_assert_cmpuint (fixture->n_opened, ==, 0);
}

/* 049: a server that was restarted gets what was not answered once more, and only that. */
static void
test_server_restarts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:01");
  plan_only (fixture, "2026-03-02T12:02");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  at (fixture, "2026-03-02T11:51");
  at (fixture, "2026-03-02T11:52");
  fake_notifier_press (fixture->notifier, fake_notifier_get (fixture->notifier, 0), "log");
  fake_notifier_close_with (fixture->notifier, fake_notifier_get (fixture->notifier, 1),
                            FIKA_CLOSED_DISMISSED);
  fika_test_settle ();

  fake_notifier_set_server (fixture->notifier, NULL, FALSE);
  fika_test_settle ();
  fake_notifier_set_server (fixture->notifier, "server-2", TRUE);
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 4);
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "Call with Ada, 12:02");
  row = reminder_at (fixture->store, 0);
  g_assert_cmpstr (row->server, ==, "server-2");
  g_assert_cmpuint (row->notification, ==, shown (fixture)->number);

  look (fixture);
  advance (fixture, 3600);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 4);
  press (fixture, "log");
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 0);
}

/* 049: a server that dies of a notification is not killed with it for ever. */
static void
test_server_dies_of_it (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *server = g_strdup_printf ("server-%u", i + 2);

      fake_notifier_set_server (fixture->notifier, server, TRUE);
      fika_test_settle ();
    }
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), <=, FIKA_REMINDER_ATTEMPTS + 2);
}

/* 050: never more than three on the screen, however many are told. */
static void
test_three_at_most (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *start = g_strdup_printf ("2026-03-02T12:%02u", i);

      plan_only (fixture, start);
    }
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  for (guint i = 0; i < 7; i++)
    {
      g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, i + 1);
      g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, MIN (i + 1, 3));
      g_assert_true (shown (fixture)->on_screen);
      advance (fixture, 60);
    }
}

/* 050: many at the same minute: the first ones singly, the rest in a summary. */
static void
test_many_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) live = NULL;
  guint n_summaries = 0;

  for (guint i = 0; i < 6; i++)
    plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 3);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 3);
  for (guint i = 0; i < 3; i++)
    n_summaries
        += g_str_equal (fake_notifier_get (fixture->notifier, i)->notification->title, "Also now");
  g_assert_cmpuint (n_summaries, ==, 1);

  live = fika_reminders_live (fixture->store, NULL);
  g_assert_cmpuint (live->len, ==, 6);
  for (guint i = 0; i < live->len; i++)
    g_assert_cmpint (((FikaReminder *) live->pdata[i])->state, ==, FIKA_REMINDER_SHOWN);
  advance (fixture, 86400);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 3);
}

/* 052: only a person dismisses. What expired can be pressed if its server brings it back. */
static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;
  g_autoptr (FikaReminder) after = NULL;
  const char *key;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  fake_notifier_close_with (fixture->notifier, shown (fixture), FIKA_CLOSED_EXPIRED);
  fika_test_settle ();
  row = reminder_at (fixture->store, 0);
  g_assert_cmpint (row->state, ==, FIKA_REMINDER_SHOWN);

  key = fake_notifier_find_key (shown (fixture), "log");
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), shown (fixture)->number, key, NULL);
  fika_test_settle ();
  after = fika_reminders_get (fixture->store, row->id, NULL);
  g_assert_cmpint (after->state, ==, FIKA_REMINDER_DONE);
}

static void
test_dismissed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;
  g_autoptr (FikaReminder) after = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  row = reminder_at (fixture->store, 0);
  fake_notifier_close_with (fixture->notifier, shown (fixture), FIKA_CLOSED_DISMISSED);
  fika_test_settle ();
  after = fika_reminders_get (fixture->store, row->id, NULL);
  g_assert_cmpint (after->state, ==, FIKA_REMINDER_DISMISSED);
}

/* 056: a hundred presses of Log are one log, and one undo takes it back. */
static void
test_log_is_idempotent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaCatchup) catchup = plan (fixture, "2026-03-02T12:00");
  g_autofree char *key = NULL;
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  guint before;

  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  before = n_actions (fixture);
  key = g_strdup (fake_notifier_find_key (shown (fixture), "log"));
  for (guint i = 0; i < 100; i++)
    fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), shown (fixture)->number, key,
                               NULL);
  fika_test_settle ();
  g_assert_cmpuint (n_actions (fixture), ==, before + 1);
  g_assert_cmpint (fika_catchup_get_state (catchup), ==, FIKA_STATE_HAPPENED);
  history = fika_store_history (fixture->store, 1, NULL);
  g_assert_cmpstr (((FikaHistoryEntry *) history->pdata[0])->source, ==, FIKA_SOURCE_NOTIFICATION);

  g_assert_true (fika_command_undo (fixture->store, FIKA_SOURCE_WINDOW, &label, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_catchup_get_state (catchup), ==, FIKA_STATE_PLANNED);
}

/* The call is committed as answered before anything is launched. */
static void
test_call (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  press (fixture, "call");
  g_assert_cmpuint (fixture->n_launched, ==, 1);
  g_assert_cmpstr (fixture->launched, ==, "tel:+4930901820");
  g_assert_cmpint (fixture->state_at_launch, ==, FIKA_REMINDER_DONE);
  g_assert_cmpuint (fixture->n_opened, ==, 0);
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaCatchup) catchup = plan (fixture, "2026-03-02T12:00");
  g_autoptr (FikaOccurrence) occurrence = fika_occurrence_new_for_catchup (catchup, NULL);
  g_autofree char *key = fika_occurrence_dup_key (occurrence);

  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  press (fixture, "default");
  g_assert_cmpuint (fixture->n_opened, ==, 1);
  g_assert_cmpstr (fixture->opened, ==, key);
  advance (fixture, 86400);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

static void
test_no_number_no_call (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaPerson) sam = fika_test_add_person (fixture->store, "Sam");
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_COFFEE, fika_test_civil ("2026-03-02T12:00"));
  g_autoptr (FikaCatchup) catchup = NULL;

  fika_plan_add_person (FIKA_PLAN (draft), sam);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 0);
  catchup = fika_test_save_catchup (fixture->store, draft);
  start_engine (fixture);
  at (fixture, "2026-03-02T12:00");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  g_assert_null (fake_notifier_find_key (shown (fixture), "call"));
  g_assert_nonnull (fake_notifier_find_key (shown (fixture), "log"));
}

/* 055: nothing but the time. */
static void
test_discreet (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T14:00");
  start_engine (fixture);
  fika_reminder_engine_set_discreet (fixture->engine, TRUE);
  at (fixture, "2026-03-02T11:50");
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "Time with someone");
  g_assert_cmpstr (shown (fixture)->notification->body, ==, "Today, 12:00");
  at (fixture, "2026-03-03T14:00");
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "While you were away");
  g_assert_cmpstr (shown (fixture)->notification->body, ==, "1 plan");
}

/* 032: told and gone, the next week's is armed. */
static void
test_series (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-03-04T17:00"));
  g_autoptr (FikaSeries) series = NULL;
  FikaTestClock *clock = FIKA_TEST_CLOCK (clock_of (fixture));

  fika_series_set_rule (draft, "FREQ=WEEKLY");
  fika_plan_add_person (FIKA_PLAN (draft), fixture->ada);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  series = fika_test_save_series (fixture->store, draft);
  start_engine (fixture);
  g_assert_cmpint (fika_test_clock_get_wake (clock), ==, fika_test_instant ("2026-03-04T16:50"));
  at (fixture, "2026-03-04T16:50");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
  press (fixture, "log");
  g_assert_cmpint (fika_test_clock_get_wake (clock), ==, fika_test_instant ("2026-03-11T16:50"));
  at (fixture, "2026-03-11T16:50");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);

  /* Over the change to summer time on the 29th it stays at 17:00. */
  at (fixture, "2026-03-18T16:50");
  at (fixture, "2026-03-25T16:50");
  g_assert_cmpint (fika_test_clock_get_wake (clock), ==, fika_test_instant ("2026-04-01T16:50"));
}

/* A crash between the server's answer and its commit: the lease ends, and it is told again. */
static void
test_crash_while_posting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) due = NULL;
  FikaReminder *row;

  plan_only (fixture, "2026-03-02T12:00");
  at (fixture, "2026-03-02T11:50");
  due = fika_reminders_due (fixture->store, fika_store_now (fixture->store), 1, NULL);
  row = due->pdata[0];
  g_assert_true (fika_reminders_claim (fixture->store, row->id, fika_store_now (fixture->store),
                                       "00000000000000000000000000000000", NULL));
  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 0);
  advance (fixture, 60);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

/* A new run of the service takes over what its server still shows, in the same place. */
static void
test_service_restarts (Fixture *fixture, gconstpointer data)
{
  guint number;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  number = shown (fixture)->number;
  stop_engine (fixture);
  advance (fixture, 5);
  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);
  g_assert_cmpuint (shown (fixture)->number, ==, number);
  press (fixture, "log");
  g_assert_cmpuint (n_actions (fixture), ==, 3);

  /* Answered: nothing to take over. */
  stop_engine (fixture);
  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
}

/* What had left the screen for newer ones does not come back with a new run. */
static void
test_service_restarts_with_many (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:01");
  plan_only (fixture, "2026-03-02T12:02");
  plan_only (fixture, "2026-03-02T12:03");
  plan_only (fixture, "2026-03-02T12:04");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  at (fixture, "2026-03-02T11:51");
  at (fixture, "2026-03-02T11:52");
  at (fixture, "2026-03-02T11:53");
  at (fixture, "2026-03-02T11:54");
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 5);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 3);

  stop_engine (fixture);
  advance (fixture, 5);
  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 8);
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 3);
  g_assert_cmpstr (fake_notifier_get (fixture->notifier, 5)->notification->title, ==,
                   "Call with Ada, 12:02");
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "Call with Ada, 12:04");
}

/* After a night's sleep of the computer, with a new session, yesterday's popups stay gone. */
static void
test_new_session (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  stop_engine (fixture);
  at (fixture, "2026-03-03T08:00");
  fake_notifier_set_server (fixture->notifier, "server-2", TRUE);
  start_engine (fixture);
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 1);
}

/* A server's signal can outrun its answer. */
static void
test_early_signals (Fixture *fixture, gconstpointer data)
{
  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:05");
  start_engine (fixture);

  fake_notifier_hold (fixture->notifier, TRUE);
  at (fixture, "2026-03-02T11:50");
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), 1, "default", "activation");
  g_assert_cmpuint (fixture->n_opened, ==, 0);
  fake_notifier_hold (fixture->notifier, FALSE);
  fika_test_settle ();
  g_assert_cmpuint (fixture->n_opened, ==, 1);

  fake_notifier_hold (fixture->notifier, TRUE);
  at (fixture, "2026-03-02T11:55");
  fika_notifier_emit_closed (FIKA_NOTIFIER (fixture->notifier), 2, FIKA_CLOSED_DISMISSED);
  fake_notifier_hold (fixture->notifier, FALSE);
  fika_test_settle ();
  {
    g_autoptr (GPtrArray) live = fika_reminders_live (fixture->store, NULL);

    g_assert_cmpuint (live->len, ==, 0);
  }
}

/* 048: what was told of a number before the answer gave it is about another notification. */
static void
test_words_from_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  fake_notifier_hold (fixture->notifier, TRUE);
  at (fixture, "2026-03-02T11:50");
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), 1, "default", NULL);
  fika_notifier_emit_closed (FIKA_NOTIFIER (fixture->notifier), 1, FIKA_CLOSED_DISMISSED);
  fika_notifier_emit_numbered (FIKA_NOTIFIER (fixture->notifier), 1);
  fake_notifier_hold (fixture->notifier, FALSE);
  fika_test_settle ();
  g_assert_cmpuint (shown (fixture)->number, ==, 1);
  g_assert_cmpuint (fixture->n_opened, ==, 0);
  row = reminder_at (fixture->store, 0);
  g_assert_cmpint (row->state, ==, FIKA_REMINDER_SHOWN);
}

/* 048: a server that gives a number again at once: the end of the old one is not the new one's. */
static void
test_reused_numbers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaReminder) row = NULL;
  FakeShown *first;

  fake_notifier_set_reuse (fixture->notifier, TRUE);
  plan_only (fixture, "2026-03-02T12:00");
  plan_only (fixture, "2026-03-02T12:05");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  first = shown (fixture);

  /* Pressed, and while the next is on its way, its end is told. */
  fake_notifier_hold (fixture->notifier, TRUE);
  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), first->number,
                             fake_notifier_find_key (first, "log"), NULL);
  at (fixture, "2026-03-02T11:55");
  fake_notifier_close_with (fixture->notifier, first, FIKA_CLOSED_DISMISSED);
  fake_notifier_hold (fixture->notifier, FALSE);
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  g_assert_cmpuint (shown (fixture)->number, ==, first->number);
  row = reminder_at (fixture->store, 0);
  g_assert_cmpint (row->state, ==, FIKA_REMINDER_SHOWN);
  g_assert_cmpuint (row->notification, ==, first->number);
}

static void
tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  if (fika_reminder_engine_test_finish (FIKA_REMINDER_ENGINE (source), result, error))
    *error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_EXISTS, "shown");
}

static void
test_test_reminder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) shown_error = NULL;
  g_autoptr (GError) failed_error = NULL;

  start_engine (fixture);
  fika_reminder_engine_test_async (fixture->engine, tested_cb, &shown_error);
  fika_test_settle ();
  g_assert_error (shown_error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  press (fixture, "default");
  g_assert_cmpuint (fixture->n_opened, ==, 1);
  g_assert_null (fixture->opened);

  fake_notifier_set_server (fixture->notifier, NULL, FALSE);
  fika_reminder_engine_test_async (fixture->engine, tested_cb, &failed_error);
  fika_test_settle ();
  g_assert_error (failed_error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

/* A log that cannot be written is said so, and can be tried again. */
static void
test_failed_log_is_told (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock_path = g_build_filename (fixture->folder, "fika", "fika.lock", NULL);
  g_autofree char *path = fika_test_database_path (fixture->folder);
  FakeShown *card;

  plan_only (fixture, "2026-03-02T12:00");
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  card = shown (fixture);

  /* Another program sits on the database. */
  {
    g_autoptr (FikaDb) db = fika_db_open (path, NULL);

    g_assert_true (fika_db_begin (db, NULL));
    fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), card->number,
                               fake_notifier_find_key (card, "log"), NULL);
    fika_db_rollback (db);
  }
  fika_test_settle ();
  g_assert_cmpuint (fake_notifier_n_shown (fixture->notifier), ==, 2);
  g_assert_cmpstr (shown (fixture)->notification->title, ==, "That could not be saved");
  g_assert_cmpuint (strlen (shown (fixture)->notification->body), >, 0);

  fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier), card->number,
                             fake_notifier_find_key (card, "log"), NULL);
  fika_test_settle ();
  g_assert_cmpuint (n_actions (fixture), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test)                                                                            \
  g_test_add ("/reminder-engine/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("020-on-time", test_on_time);
  ADD ("043-idle", test_idle);
  ADD ("037-a-little-late", test_a_little_late);
  ADD ("037-too-late", test_too_late);
  ADD ("033-digest", test_digest);
  ADD ("033-digest-grows", test_digest_grows);
  ADD ("022-clock-steps", test_clock_steps);
  ADD ("023-zone-changes", test_zone_changes);
  ADD ("034-snooze", test_snooze);
  ADD ("036-revalidates", test_revalidates);
  ADD ("036-withdraws", test_withdraws);
  ADD ("042-two-services", test_two_services);
  ADD ("044-poison", test_poison);
  ADD ("044-servers-end-of-one", test_servers_end_of_one);
  ADD ("044-crash-loop", test_crash_loop);
  ADD ("046-absent", test_absent);
  ADD ("046-cannot-be-started", test_cannot_be_started);
  ADD ("047-stuck", test_stuck);
  ADD ("048-foreign-tokens", test_foreign_tokens);
  ADD ("048-told-by-another", test_told_by_another);
  ADD ("048-numbers-of-a-dead-server", test_numbers_of_a_dead_server);
  ADD ("048-reused-numbers", test_reused_numbers);
  ADD ("049-server-restarts", test_server_restarts);
  ADD ("049-server-dies-of-it", test_server_dies_of_it);
  ADD ("050-three-at-most", test_three_at_most);
  ADD ("050-many-at-once", test_many_at_once);
  ADD ("052-reasons", test_reasons);
  ADD ("052-dismissed", test_dismissed);
  ADD ("056-log-is-idempotent", test_log_is_idempotent);
  ADD ("call", test_call);
  ADD ("open", test_open);
  ADD ("no-number-no-call", test_no_number_no_call);
  ADD ("055-discreet", test_discreet);
  ADD ("027-032-series", test_series);
  ADD ("crash-while-posting", test_crash_while_posting);
  ADD ("service-restarts", test_service_restarts);
  ADD ("service-restarts-with-many", test_service_restarts_with_many);
  ADD ("new-session", test_new_session);
  ADD ("early-signals", test_early_signals);
  ADD ("048-words-from-before", test_words_from_before);
  ADD ("test-reminder", test_test_reminder);
  ADD ("failed-log-is-told", test_failed_log_is_told);

  return g_test_run ();
}
