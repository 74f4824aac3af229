#include "config.h"

#include "fake-notifier.h"
#include "fika-test-store.h"

#include "command/fika-commands.h"
#include "service/fika-claims.h"
#include "service/fika-reminder-engine.h"
#include "store/fika-reminder.h"

/* Rows of the failure catalogue that want more than one look at the engine: long times, many
 * rounds, every combination. The numbers in the tests' names are the rows. */

#define NOW "2026-03-02T10:00"
#define DAY_SECONDS 86400

typedef struct
{
  char *folder;
  FikaStore *store;
  FakeNotifier *notifier;
  FikaReminderEngine *engine;
  FikaPerson *ada;
} Fixture;

static FikaTestClock *
clock_of (Fixture *fixture)
{
  return FIKA_TEST_CLOCK (fika_store_get_clock (fixture->store));
}

static void
start_engine (Fixture *fixture)
{
  fixture->engine = fika_reminder_engine_new (fixture->store, FIKA_NOTIFIER (fixture->notifier));
  fika_reminder_engine_start (fixture->engine);
  fika_test_settle ();
}

static void
stop_engine (Fixture *fixture)
{
  fika_clock_set_wake (FIKA_CLOCK (clock_of (fixture)), FIKA_UTC_NONE);
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = fika_test_folder_new ();
  fixture->store = fika_test_store_new (fixture->folder, NOW);
  fixture->notifier = fake_notifier_new ("server-1");
  fixture->ada = fika_test_add_person (fixture->store, "Ada");
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
}

/* A call that is told ten minutes before. */
static FikaCatchup *
plan_with (FikaStore *store, FikaPerson *person, FikaCivil start)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, start);

  fika_plan_add_person (FIKA_PLAN (draft), person);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);

  return fika_test_save_catchup (store, draft);
}

static FikaCatchup *
plan (Fixture *fixture, const char *start)
{
  return plan_with (fixture->store, fixture->ada, fika_test_civil (start));
}

static void
set_now (Fixture *fixture, int64_t now)
{
  fika_test_clock_set_now (clock_of (fixture), now);
  fika_test_settle ();
}

static void
at (Fixture *fixture, const char *civil)
{
  set_now (fixture, fika_test_instant (civil));
}

static void
look (Fixture *fixture)
{
  fika_reminder_engine_look (fixture->engine);
  fika_test_settle ();
}

static guint
n_shown (Fixture *fixture)
{
  return fake_notifier_n_shown (fixture->notifier);
}

static FakeShown *
last_shown (Fixture *fixture)
{
  return fake_notifier_last (fixture->notifier);
}

static void
press (Fixture *fixture, const char *verb)
{
  fake_notifier_press (fixture->notifier, last_shown (fixture), verb);
  fika_test_settle ();
}

static void
dismiss (Fixture *fixture)
{
  fake_notifier_close_with (fixture->notifier, last_shown (fixture), FIKA_CLOSED_DISMISSED);
  fika_test_settle ();
}

static FikaReminderState
state_of_last (Fixture *fixture)
{
  g_autoptr (GPtrArray) history = fika_reminders_history (fixture->store, 1, NULL);

  g_assert_cmpuint (history->len, ==, 1);
  return ((FikaReminder *) history->pdata[0])->state;
}

/* 021: Fika measures nothing that sleep could prolong. A snooze and a pause end at their time on
 * the wall clock, slept through or not, and whichever way the clock is set meanwhile. */
static void
test_snooze_over_sleep (Fixture *fixture, gconstpointer data)
{
  int64_t until = fika_test_instant ("2026-03-02T12:00");

  g_object_unref (plan (fixture, "2026-03-02T12:00"));
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  press (fixture, "snooze");
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==, until);

  /* Set back an hour, and put right again. */
  set_now (fixture, until - 3600);
  g_assert_cmpint (fika_test_clock_get_wake (clock_of (fixture)), ==, until);
  set_now (fixture, until - 1);
  g_assert_cmpuint (n_shown (fixture), ==, 1);

  /* Asleep from then on until five minutes after it. */
  set_now (fixture, until + 300);
  g_assert_cmpuint (n_shown (fixture), ==, 2);
  g_assert_nonnull (fake_notifier_find_key (last_shown (fixture), "log"));
}

static void
test_pause_over_sleep (Fixture *fixture, gconstpointer data)
{
  FikaDuePolicy policy;

  fika_due_policy_init (&policy);
  policy.paused_until = fika_test_day ("2026-03-05");
  g_assert_true (fika_store_set_reminder_policy (fixture->store, &policy, NULL));
  g_object_unref (plan (fixture, "2026-03-04T12:00"));
  g_object_unref (plan (fixture, "2026-03-05T00:10"));
  start_engine (fixture);

  /* One sleep from within it to the moment it ends. */
  at (fixture, "2026-03-05T00:00");
  g_assert_cmpuint (n_shown (fixture), ==, 1);
  g_assert_cmpstr (last_shown (fixture)->notification->title, ==, "Call with Ada, 00:10");
}

/* 030: nothing overflows into now. 25 days are more milliseconds than 31 bits hold, 50 than 32;
 * 2039 is more seconds than 31 bits hold, 2107 than 32. */
static void
test_far (Fixture *fixture, gconstpointer data)
{
  const char *const starts[]
      = { "2026-03-27T10:00", "2026-04-21T10:00", "2039-03-02T10:00", "2107-03-02T10:00" };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    g_object_unref (plan (fixture, starts[i]));
  start_engine (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      int64_t due = fika_test_instant (starts[i]) - 600;

      g_assert_cmpint (fika_test_clock_get_wake (clock_of (fixture)), ==, due);
      set_now (fixture, due - 1);
      look (fixture);
      g_assert_cmpuint (n_shown (fixture), ==, i);
      set_now (fixture, due);
      g_assert_cmpuint (n_shown (fixture), ==, i + 1);
      dismiss (fixture);
    }
}

/* 032: what is planned for tomorrow is told tomorrow, with nobody there to look: by the clock
 * alone, a day and a half on end. */
static void
test_day_and_a_half (Fixture *fixture, gconstpointer data)
{
  const char *const starts[]
      = { "2026-03-02T23:59", "2026-03-03T00:05", "2026-03-03T00:25", "2026-03-03T22:00" };

  start_engine (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    g_object_unref (plan (fixture, starts[i]));
  look (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_assert_cmpint (fika_test_clock_get_wake (clock_of (fixture)), ==,
                       fika_test_instant (starts[i]) - 600);
      set_now (fixture, fika_test_clock_get_wake (clock_of (fixture)));
      g_assert_cmpuint (n_shown (fixture), ==, i + 1);
    }
  g_assert_cmpint (fika_test_clock_get_wake (clock_of (fixture)), ==, FIKA_UTC_NONE);
}

/* 035: whatever happens while a reminder is snoozed, it comes at the instant that was asked for. */
typedef enum
{
  BUSY_LOOK,
  BUSY_ROLL,
  BUSY_ZONE,
  BUSY_RESTART,
  BUSY_EDIT,
  BUSY_UNDO_REDO,
  BUSY_PERSON,
  BUSY_OTHER_TOLD,
  BUSY_POLICY,
  N_BUSY
} Busy;

static void
be_busy (Fixture *fixture, FikaCatchup *snoozed, Busy what)
{
  g_autoptr (GError) error = NULL;

  switch (what)
    {
    case BUSY_LOOK:
      break;
    case BUSY_ROLL:
      fika_store_roll (fixture->store, &error);
      break;
    case BUSY_ZONE:
      fika_reminder_engine_zone_changed (fixture->engine);
      break;
    case BUSY_RESTART:
      stop_engine (fixture);
      start_engine (fixture);
      break;
    case BUSY_EDIT:
      {
        g_autoptr (FikaCatchup) draft = fika_catchup_copy (snoozed);

        fika_plan_set_place (FIKA_PLAN (draft), "The kitchen");
        g_object_unref (fika_test_save_catchup (fixture->store, draft));
        break;
      }
    case BUSY_UNDO_REDO:
      g_object_unref (fika_test_add_person (fixture->store, "Bo"));
      fika_test_undo (fixture->store);
      fika_test_redo (fixture->store);
      break;
    case BUSY_PERSON:
      {
        g_autoptr (FikaPerson) draft = fika_person_copy (fixture->ada);

        g_object_set (draft, "notes", "Likes tea", NULL);
        g_object_unref (fika_test_save_person (fixture->store, draft));
        break;
      }
    case BUSY_OTHER_TOLD:
      g_object_unref (plan (fixture, "2026-03-02T12:01"));
      look (fixture);
      at (fixture, "2026-03-02T11:51");
      dismiss (fixture);
      break;
    case BUSY_POLICY:
      {
        FikaDuePolicy policy;

        fika_due_policy_init (&policy);
        policy.ask = TRUE;
        policy.quiet_from = 22 * 60;
        policy.quiet_to = 7 * 60;
        fika_store_set_reminder_policy (fixture->store, &policy, &error);
        break;
      }
    case N_BUSY:
    default:
      g_assert_not_reached ();
    }
  g_assert_no_error (error);
  look (fixture);
}

static void
test_snooze_stays (Fixture *fixture, gconstpointer data)
{
  Busy what = (Busy) GPOINTER_TO_INT (data);
  g_autoptr (FikaCatchup) snoozed = plan (fixture, "2026-03-02T12:00");
  int64_t until = fika_test_instant ("2026-03-02T12:00");
  guint before;

  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  press (fixture, "snooze");
  be_busy (fixture, snoozed, what);
  g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), ==, until);
  before = n_shown (fixture);

  set_now (fixture, until - 1);
  be_busy (fixture, snoozed, BUSY_LOOK);
  g_assert_cmpuint (n_shown (fixture), ==, before);
  set_now (fixture, until);
  g_assert_cmpuint (n_shown (fixture), ==, before + 1);

  /* The plan itself is where it was. */
  g_assert_cmpint (fika_plan_get_start (FIKA_PLAN (snoozed)), ==,
                   fika_test_civil ("2026-03-02T12:00"));
  dismiss (fixture);
  set_now (fixture, until + 4 * 600);
  g_assert_cmpuint (n_shown (fixture), ==, before + 1);
}

/* 035: of a series the rule stays as it is, and the next one keeps its own time. */
static void
test_snooze_of_series (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-03-02T12:00"));
  g_autoptr (FikaSeries) series = NULL;

  fika_series_set_rule (draft, "FREQ=DAILY");
  fika_plan_add_person (FIKA_PLAN (draft), fixture->ada);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  series = fika_test_save_series (fixture->store, draft);
  start_engine (fixture);
  at (fixture, "2026-03-02T11:50");
  press (fixture, "snooze");
  at (fixture, "2026-03-02T12:00");
  g_assert_cmpuint (n_shown (fixture), ==, 2);
  dismiss (fixture);

  g_assert_cmpstr (fika_series_get_rule (series), ==, "FREQ=DAILY");
  g_assert_cmpint (fika_plan_get_start (FIKA_PLAN (series)), ==,
                   fika_test_civil ("2026-03-02T12:00"));
  g_assert_cmpint (fika_test_clock_get_wake (clock_of (fixture)), ==,
                   fika_test_instant ("2026-03-03T11:50"));
}

/* 036: what another process does to a plan between any two steps of telling it. */
typedef enum
{
  EDIT_DELETE,
  EDIT_MOVE,
  EDIT_SKIP,
  EDIT_LOG,
  EDIT_UNDO,
  N_EDITS
} Edit;

typedef enum
{
  MOMENT_BEFORE, /* it is due */
  MOMENT_ASKED,  /* the server was asked, and has not answered */
  MOMENT_SHOWN,
  N_MOMENTS
} Moment;

static void
edit (FikaStore *other, const char *uid, Edit how, FikaCivil to)
{
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autoptr (FikaCatchup) catchup = NULL;
  g_autoptr (FikaPlan) found = NULL;
  const FikaLogDetails details = { 0 };
  g_autoptr (GError) error = NULL;

  fika_store_refresh (other);
  occurrence = fika_store_get_occurrence (other, uid, FIKA_CIVIL_NONE, &error);
  g_assert_no_error (error);
  switch (how)
    {
    case EDIT_DELETE:
      found = fika_store_get_plan_by_uid (other, uid, &error);
      fika_command_delete_plan (other, found, FIKA_SOURCE_WINDOW, &error);
      break;
    case EDIT_MOVE:
      catchup = fika_command_move_occurrence (other, occurrence, to, FIKA_WINDOW_EXACT,
                                              FIKA_SOURCE_WINDOW, &error);
      break;
    case EDIT_SKIP:
      catchup = fika_command_skip_occurrence (other, occurrence, FIKA_SOURCE_WINDOW, &error);
      break;
    case EDIT_LOG:
      catchup
          = fika_command_log_occurrence (other, occurrence, &details, FIKA_SOURCE_WINDOW, &error);
      break;
    case EDIT_UNDO:
      fika_command_undo (other, FIKA_SOURCE_WINDOW, NULL, &error);
      break;
    case N_EDITS:
    default:
      g_assert_not_reached ();
    }
  g_assert_no_error (error);
}

static void
race (Fixture *fixture, FikaStore *other, int round)
{
  Edit how = (Edit) g_test_rand_int_range (0, N_EDITS);
  Moment moment = (Moment) g_test_rand_int_range (0, N_MOMENTS);
  gboolean poked = g_test_rand_bit ();
  FikaCivil start = fika_test_civil ("2026-03-03T12:00") + (FikaCivil) round * 1440;
  FikaCivil later = start + 60;
  int64_t due = fika_zone_to_utc (FIKA_ZONE_HERE, start) - 600;
  g_autoptr (FikaCatchup) catchup = plan_with (fixture->store, fixture->ada, start);
  const char *uid = fika_plan_get_uid (FIKA_PLAN (catchup));
  guint before = n_shown (fixture);
  guint told = moment == MOMENT_BEFORE ? 0 : 1;

  look (fixture);
  set_now (fixture, due - g_test_rand_int_range (1, 60));
  if (moment == MOMENT_BEFORE)
    edit (other, uid, how, later);
  fake_notifier_hold (fixture->notifier, moment == MOMENT_ASKED);
  set_now (fixture, due);
  if (moment == MOMENT_ASKED)
    {
      edit (other, uid, how, later);
      if (poked)
        look (fixture);
      fake_notifier_hold (fixture->notifier, FALSE);
      fika_test_settle ();
    }
  g_assert_cmpuint (n_shown (fixture), ==, before + told);
  if (moment == MOMENT_SHOWN)
    {
      g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);
      edit (other, uid, how, later);
      look (fixture);
    }
  g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 0);

  /* At its new time, where it has one, and otherwise never. */
  set_now (fixture, due + 3600 - 1);
  g_assert_cmpuint (n_shown (fixture), ==, before + told);
  set_now (fixture, due + 3600);
  if (how == EDIT_MOVE)
    {
      g_assert_cmpuint (n_shown (fixture), ==, before + told + 1);
      g_assert_cmpuint (fake_notifier_n_on_screen (fixture->notifier), ==, 1);
      g_assert_cmpstr (last_shown (fixture)->notification->title, ==, "Call with Ada, 13:00");
      dismiss (fixture);
    }
  set_now (fixture, due + 8 * 3600);
  g_assert_cmpuint (n_shown (fixture), ==, before + told + (how == EDIT_MOVE));
}

static void
test_races (Fixture *fixture, gconstpointer data)
{
  int n_rounds = g_test_slow () ? 10000 : 300;
  g_autofree char *path = fika_test_database_path (fixture->folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStore) other = fika_store_open (path, FIKA_CLOCK (clock_of (fixture)), &error);

  g_assert_no_error (error);
  start_engine (fixture);
  for (int i = 0; i < n_rounds; i++)
    race (fixture, other, i);
  g_test_message ("%d races of an edit with its reminder: 0 told of what was not planned",
                  n_rounds);
}

/* 038: at every edge, of the day and of what is due, the service restarted or the data opened anew
 * just there, each lead of each occurrence is told once. */
static void
add_series (Fixture *fixture, const char *anchor, const char *rule)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, fika_test_civil (anchor));

  fika_series_set_rule (draft, rule);
  fika_plan_add_person (FIKA_PLAN (draft), fixture->ada);
  fika_test_set_leads (FIKA_PLAN (draft), 2, 0, 1440);
  g_object_unref (fika_test_save_series (fixture->store, draft));
}

static void
reopen (Fixture *fixture)
{
  g_autofree char *path = fika_test_database_path (fixture->folder);
  g_autoptr (FikaClock) clock = g_object_ref (FIKA_CLOCK (clock_of (fixture)));

  stop_engine (fixture);
  g_clear_object (&fixture->ada);
  g_assert_finalize_object (g_steal_pointer (&fixture->store));
  fixture->store = fika_store_open (path, clock, NULL);
  fixture->ada = fika_store_get_person (fixture->store, 1, NULL);
  start_engine (fixture);
}

static void
test_edges (Fixture *fixture, gconstpointer data)
{
  static const int edges[] = { -1, 0, 0, 0, 1, 59, 60, 599, 600 };
  FikaCivil daily = fika_test_civil ("2026-03-05T00:00");
  FikaCivil weekly = fika_test_civil ("2026-03-04T23:59");
  int64_t end = fika_test_instant ("2026-07-01T12:00");
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) history = NULL;
  guint n_new = 0;

  add_series (fixture, "2026-03-05T00:00", "FREQ=DAILY");
  add_series (fixture, "2026-03-04T23:59", "FREQ=WEEKLY");
  start_engine (fixture);
  for (;;)
    {
      int64_t next = fika_reminder_engine_get_next (fixture->engine);
      int64_t now = MAX (next + edges[g_test_rand_int_range (0, G_N_ELEMENTS (edges))],
                         fika_store_now (fixture->store));

      if (next > end)
        break;
      set_now (fixture, now);
      g_assert_cmpint (fika_reminder_engine_get_next (fixture->engine), >, now);
      switch (g_test_rand_int_range (0, 12))
        {
        case 0:
          stop_engine (fixture);
          start_engine (fixture);
          break;
        case 1:
          reopen (fixture);
          break;
        default:
          break;
        }
      for (guint i = 0; i < n_shown (fixture); i++)
        fake_notifier_close_with (fixture->notifier, fake_notifier_get (fixture->notifier, i),
                                  FIKA_CLOSED_DISMISSED);
      fika_test_settle ();
    }

  history = fika_reminders_history (fixture->store, 10000, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (history, i);

      g_assert_cmpint (reminder->state, ==, FIKA_REMINDER_DISMISSED);
      g_assert_cmpint (reminder->due, ==, reminder->start - reminder->lead * 60);
      g_assert_true (
          g_hash_table_add (told, g_strdup_printf ("%" G_GINT64_FORMAT " %d",
                                                   (gint64) reminder->start, reminder->lead)));
    }

  /* Each that there should be, by counting days. */
  for (int i = 0; i < 400; i++)
    for (int lead = 0; lead <= 1440; lead += 1440)
      for (int is_weekly = 0; is_weekly < 2; is_weekly++)
        {
          FikaCivil civil = is_weekly ? weekly + i * 7 * 1440 : daily + i * 1440;
          int64_t start = fika_zone_to_utc (FIKA_ZONE_HERE, civil);
          g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT " %d", (gint64) start, lead);

          if (start - lead * 60 <= end)
            g_assert_true (g_hash_table_remove (told, key));
        }
  g_assert_cmpuint (g_hash_table_size (told), ==, 0);

  /* Beside these only popups that a service which was started anew put in their own place. */
  for (guint i = 0; i < n_shown (fixture); i++)
    n_new += fake_notifier_get (fixture->notifier, i)->notification->replaces == 0;
  g_assert_cmpuint (n_new, ==, history->len);
}

/* 043: nobody asks anything for a day, and then it is told. */
static void
test_a_day_of_nothing (Fixture *fixture, gconstpointer data)
{
  int64_t due = fika_test_instant ("2026-03-03T11:00");

  g_object_unref (plan (fixture, "2026-03-03T11:10"));
  start_engine (fixture);
  for (int i = 0; i < 24; i++)
    {
      set_now (fixture, fika_store_now (fixture->store) + 3600);
      g_assert_cmpint (fika_test_clock_get_wake (clock_of (fixture)), ==, due);
      g_assert_cmpuint (n_shown (fixture), ==, 0);
    }
  set_now (fixture, due);
  g_assert_cmpuint (n_shown (fixture), ==, 1);
}

/* 044: one that ends the process whenever it is told. It is set aside after three tries, and those
 * that were due with it are told all the same. */
#define ROWS_FOLDER "FIKA_TEST_ROWS_FOLDER"
#define ROWS_NOW "FIKA_TEST_ROWS_NOW"

static void
live_until_it_dies (void)
{
  g_autofree char *path = fika_test_database_path (g_getenv (ROWS_FOLDER));
  g_autoptr (FikaClock) clock
      = fika_test_clock_new (g_ascii_strtoll (g_getenv (ROWS_NOW), NULL, 10));
  g_autoptr (FakeNotifier) notifier = fake_notifier_new ("server-1");
  g_autoptr (FikaStore) store = fika_store_open (path, clock, NULL);
  g_autoptr (FikaReminderEngine) engine
      = fika_reminder_engine_new (store, FIKA_NOTIFIER (notifier));

  fake_notifier_set_fatal (notifier, "Poison");
  fika_reminder_engine_start (engine);
  fika_test_settle ();
  fika_clock_set_wake (clock, FIKA_UTC_NONE);
}

static void
test_row_that_aborts (void)
{
  g_auto (FikaTestFolder) folder = NULL;
  g_autoptr (FikaStore) store = NULL;
  g_autoptr (GPtrArray) history = NULL;
  int64_t now;
  guint n_deaths = 0;

  if (g_test_subprocess ())
    {
      live_until_it_dies ();
      return;
    }

  folder = fika_test_folder_new ();
  store = fika_test_store_new (folder, NOW);
  now = fika_test_instant ("2026-03-02T11:50");
  for (guint i = 0; i < 3; i++)
    {
      const char *const names[] = { "Poison", "Ada", "Bo" };
      g_autoptr (FikaPerson) person = fika_test_add_person (store, names[i]);

      g_object_unref (plan_with (store, person, fika_test_civil ("2026-03-02T12:00")));
    }
  g_clear_object (&store);

  g_setenv (ROWS_FOLDER, folder, TRUE);
  for (guint i = 0; i < 6; i++)
    {
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) now);

      g_setenv (ROWS_NOW, text, TRUE);
      g_test_trap_subprocess (NULL, 0, 0);
      n_deaths += !g_test_trap_has_passed ();
      /* The claim of the one that died has run out. */
      now += 61;
    }
  g_assert_cmpuint (n_deaths, ==, FIKA_REMINDER_ATTEMPTS);

  store = fika_test_store_new (folder, "2026-03-02T12:00");
  history = fika_reminders_history (store, 10, NULL);
  g_assert_cmpuint (history->len, ==, 3);
  for (guint i = 0; i < history->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (history, i);
      g_autofree char *title = fika_reminder_title (reminder);
      gboolean poison = strstr (title, "Poison") != NULL;

      g_assert_cmpint (reminder->state, ==, poison ? FIKA_REMINDER_MISSED : FIKA_REMINDER_SHOWN);
    }
  fika_test_assert_store (store);
}

/* 052: the four reasons of the specification, and one that it does not know: only a person who put
 * it away has seen it. */
static void
test_each_reason (Fixture *fixture, gconstpointer data)
{
  const FikaReminderState after[] = {
    [0] = FIKA_REMINDER_SHOWN,
    [FIKA_CLOSED_EXPIRED] = FIKA_REMINDER_SHOWN,
    [FIKA_CLOSED_DISMISSED] = FIKA_REMINDER_DISMISSED,
    [FIKA_CLOSED_BY_CALL] = FIKA_REMINDER_SHOWN,
    [4] = FIKA_REMINDER_SHOWN,
    [5] = FIKA_REMINDER_SHOWN,
  };

  for (guint reason = 0; reason < G_N_ELEMENTS (after); reason++)
    {
      FikaCivil start = fika_test_civil ("2026-03-03T12:00") + reason * 1440;

      g_object_unref (plan_with (fixture->store, fixture->ada, start));
      if (fixture->engine == NULL)
        start_engine (fixture);
      look (fixture);
      set_now (fixture, fika_zone_to_utc (FIKA_ZONE_HERE, start) - 600);
      g_assert_cmpuint (n_shown (fixture), ==, reason + 1);
      fake_notifier_close_with (fixture->notifier, last_shown (fixture), reason);
      fika_test_settle ();
      g_assert_cmpint (state_of_last (fixture), ==, after[reason]);

      /* Told once, whatever became of it. */
      set_now (fixture, fika_store_now (fixture->store) + 3600);
      look (fixture);
      g_assert_cmpuint (n_shown (fixture), ==, reason + 1);
      if (after[reason] == FIKA_REMINDER_SHOWN)
        {
          fika_notifier_emit_action (FIKA_NOTIFIER (fixture->notifier),
                                     last_shown (fixture)->number,
                                     fake_notifier_find_key (last_shown (fixture), "log"), NULL);
          fika_test_settle ();
          g_assert_cmpint (state_of_last (fixture), ==, FIKA_REMINDER_DONE);
        }
    }
}

int
main (int argc, char **argv)
{
  static const char *const busy_names[N_BUSY]
      = { "look", "roll", "zone", "restart", "edit", "undo", "person", "other-told", "policy" };

  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/reminder-rows/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("021-snooze-over-sleep", test_snooze_over_sleep);
  ADD ("021-pause-over-sleep", test_pause_over_sleep);
  ADD ("030-far", test_far);
  ADD ("032-day-and-a-half", test_day_and_a_half);
  for (int i = 0; i < N_BUSY; i++)
    {
      g_autofree char *path = g_strdup_printf ("/reminder-rows/035-snooze-stays/%s", busy_names[i]);

      g_test_add (path, Fixture, GINT_TO_POINTER (i), set_up, test_snooze_stays, tear_down);
    }
  ADD ("035-snooze-of-series", test_snooze_of_series);
  ADD ("036-races", test_races);
  ADD ("038-edges", test_edges);
  ADD ("043-a-day-of-nothing", test_a_day_of_nothing);
  g_test_add_func ("/reminder-rows/044-row-that-aborts", test_row_that_aborts);
  ADD ("052-each-reason", test_each_reason);

  return g_test_run ();
}
