#include "config.h"

#include "fake-notifier.h"
#include "fika-test-store.h"

#include "base/fika-zone.h"
#include "service/fika-reminder-engine.h"
#include "store/fika-store-private.h"

#include <stdlib.h>

/*
 * The clock is set, stands still while the computer sleeps, moves to other zones and through
 * changes of the clock, at random; the engine and the store are real. Python's zoneinfo says when
 * each plan is. Whatever happens: nothing is told before its time, nothing twice for the same time,
 * nothing never. Numbers in the tests' names are rows of the failure catalogue.
 */

#define LEAD 10
#define HOUR 3600
#define DAY (24 * HOUR)

/* What is told later than this is told in a summary. */
#define GRACE (10 * 60)

typedef enum
{
  WAITING,
  SINGLY,  /* told by a notification of its own */
  SUMMARY, /* in "Also now" */
  MISSED,  /* in "While you were away" */
} Telling;

typedef struct
{
  int64_t id;          /* of the catch-up */
  char *zone;          /* "" = wherever I am */
  char *civil;         /* when it starts there */
  int64_t start;       /* when that is, just now, as Python says */
  Telling told;        /* how it was last told */
  int64_t told_at;     /* at what time of the clock */
  gboolean taken_back; /* the clock that had it missed was set back before its time */
} Planned;

typedef struct
{
  FikaTestFolder folder;
  FikaStore *store;
  FikaTestClock *clock;
  FakeNotifier *notifier;
  FikaReminderEngine *engine;
  GPtrArray *plans; /* Planned */
  GHashTable *by_id;
  guint n_seen; /* notifications that have been looked at */

  guint n_wakes;
  guint n_told;
  guint n_missed_told;
  guint n_again; /* told in a summary by a clock that was wrong, then at the right time */
  guint n_early;
  guint n_twice;
} World;

static void
planned_free (gpointer data)
{
  Planned *plan = data;

  g_free (plan->zone);
  g_free (plan->civil);
  g_free (plan);
}

static void
wake_cb (World *world)
{
  world->n_wakes++;
}

static int
random_below (int n)
{
  return g_test_rand_int_range (0, n);
}

static World *
world_new (const char *now)
{
  World *world = g_new0 (World, 1);

  world->folder = fika_test_folder_new ();
  world->store = fika_test_store_new (world->folder, now);
  world->clock = FIKA_TEST_CLOCK (fika_store_get_clock (world->store));
  world->notifier = fake_notifier_new ("server-1");
  world->plans = g_ptr_array_new_with_free_func (planned_free);
  world->by_id = g_hash_table_new (NULL, NULL);
  g_signal_connect_swapped (world->clock, "wake", G_CALLBACK (wake_cb), world);

  return world;
}

static void
world_start (World *world)
{
  world->engine = fika_reminder_engine_new (world->store, FIKA_NOTIFIER (world->notifier));
  fika_reminder_engine_start (world->engine);
  fika_test_settle ();
}

static void
world_free (World *world)
{
  g_signal_handlers_disconnect_by_data (world->clock, world);
  fika_clock_set_wake (FIKA_CLOCK (world->clock), FIKA_UTC_NONE);
  g_assert_finalize_object (world->engine);
  fika_test_assert_store (world->store);
  g_assert_finalize_object (world->notifier);
  g_assert_finalize_object (world->store);
  g_ptr_array_unref (world->plans);
  g_hash_table_unref (world->by_id);
  fika_test_folder_free (world->folder);
  g_free (world);
}

static int64_t
now_of (World *world)
{
  return fika_store_now (world->store);
}

/* Each plan is with somebody of its own, so that its notification tells which it is. */
static void
add_plan (World *world, const char *zone, const char *civil, int64_t start)
{
  g_autofree char *name = g_strdup_printf ("P%04u", world->plans->len);
  g_autoptr (FikaPerson) person = fika_test_add_person (world->store, name);
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil (civil));
  g_autoptr (FikaCatchup) live = NULL;
  Planned *plan = g_new0 (Planned, 1);

  fika_plan_set_zone (FIKA_PLAN (draft), zone);
  fika_plan_add_person (FIKA_PLAN (draft), person);
  fika_test_set_leads (FIKA_PLAN (draft), 1, LEAD);
  live = fika_test_save_catchup (world->store, draft);

  plan->id = fika_plan_get_id (FIKA_PLAN (live));
  plan->zone = g_strdup (zone);
  plan->civil = g_strdup (civil);
  plan->start = start;
  g_ptr_array_add (world->plans, plan);
  g_hash_table_insert (world->by_id, GSIZE_TO_POINTER (plan->id), plan);
}

/* One plan was told. */
static void
note (World *world, Planned *plan, Telling how, int64_t due)
{
  int64_t now = now_of (world);

  if (now < due)
    {
      world->n_early++;
      g_test_message ("early: %s, due %" G_GINT64_FORMAT ", at %" G_GINT64_FORMAT, plan->civil,
                      (gint64) due, (gint64) now);
    }
  /* What a wrong clock had in its summary is told at its time all the same. */
  if (plan->taken_back)
    {
      world->n_again++;
    }
  else if (plan->told != WAITING)
    {
      world->n_twice++;
      g_test_message ("twice: %s, due %" G_GINT64_FORMAT, plan->civil, (gint64) due);
    }

  world->n_told++;
  world->n_missed_told += how == MISSED;
  plan->told = how;
  plan->told_at = now;
  plan->taken_back = FALSE;
}

static Planned *
plan_of_title (World *world, const char *title)
{
  const char *name = strstr (title, "with P");

  g_assert_nonnull (name);

  return g_ptr_array_index (world->plans, strtoul (name + strlen ("with P"), NULL, 10));
}

/* Which are told singly says the server; which in a summary, the rows. */
static void
look_at_what_was_told (World *world)
{
  g_autoptr (GHashTable) singly = g_hash_table_new (NULL, NULL);
  FikaStmt *stmt;

  for (; world->n_seen < fake_notifier_n_shown (world->notifier); world->n_seen++)
    {
      FakeShown *shown = fake_notifier_get (world->notifier, world->n_seen);
      Planned *plan;

      if (fake_notifier_find_key (shown, "log") == NULL)
        continue;
      plan = plan_of_title (world, shown->notification->title);
      g_assert_true (g_hash_table_add (singly, plan));
      note (world, plan, SINGLY, plan->start - LEAD * 60);
    }

  stmt = fika_db_use (fika_store_get_db (world->store),
                      "SELECT catchup, state, notification, shown_at, due, start FROM reminder"
                      " WHERE kind = 'plan'",
                      NULL);
  while (fika_stmt_step (stmt, NULL))
    {
      Planned *plan
          = g_hash_table_lookup (world->by_id, GSIZE_TO_POINTER (fika_stmt_int (stmt, 0)));
      const char *state = fika_stmt_text (stmt, 1);
      gboolean missed = g_str_equal (state, "missed");
      gboolean summed = g_str_equal (state, "shown") && fika_stmt_int (stmt, 2) == 0;
      int64_t shown_at = fika_stmt_int (stmt, 3);

      if (!missed && !summed)
        continue;
      if (plan->told != WAITING && plan->told_at == shown_at && !plan->taken_back)
        continue;
      if (shown_at == now_of (world) && !g_hash_table_contains (singly, plan))
        note (world, plan, missed ? MISSED : SUMMARY, fika_stmt_int (stmt, 4));
    }
  fika_stmt_release (stmt);
}

/* As somebody does who looks at the screen. */
static void
dismiss_all (World *world)
{
  for (guint i = fake_notifier_n_shown (world->notifier); i > 0; i--)
    {
      FakeShown *shown = fake_notifier_get (world->notifier, i - 1);

      if (shown->on_screen)
        {
          fake_notifier_close_with (world->notifier, shown, FIKA_CLOSED_DISMISSED);
          fika_test_settle ();
        }
      else if (i + 20 < fake_notifier_n_shown (world->notifier))
        break;
    }
}

/* After whatever happened: what was told is looked at, and the clock waits for nothing that has
 * been, or it would be a busy loop. */
static void
settle (World *world)
{
  int64_t wake;

  fika_test_settle ();
  look_at_what_was_told (world);
  dismiss_all (world);
  look_at_what_was_told (world);
  wake = fika_test_clock_get_wake (world->clock);
  g_assert_true (wake == FIKA_UTC_NONE || wake > now_of (world));
}

/* Somebody has the engine look, as a poke does, a second before something is due. */
static void
look_just_before (World *world, int64_t due)
{
  if (due - 1 <= now_of (world))
    return;
  fika_test_clock_set_now (world->clock, due - 1);
  fika_reminder_engine_look (world->engine);
  settle (world);
}

/* Time goes by as the timer sees it, from one due time to the next. */
static void
live_until (World *world, int64_t until)
{
  for (;;)
    {
      int64_t wake = fika_test_clock_get_wake (world->clock);

      if (wake == FIKA_UTC_NONE || wake > until)
        break;
      if (random_below (4) == 0)
        look_just_before (world, wake);
      fika_test_clock_set_now (world->clock, wake);
      settle (world);
    }
  fika_test_clock_set_now (world->clock, MAX (until, now_of (world)));
  settle (world);
}

/* Everything whose time has come was told. */
static guint
count_never_told (World *world)
{
  guint n = 0;

  for (guint i = 0; i < world->plans->len; i++)
    {
      Planned *plan = g_ptr_array_index (world->plans, i);

      if ((plan->told != WAITING && !plan->taken_back) || plan->start > now_of (world))
        continue;
      n++;
      g_test_message ("never told: P%04u, %s in \"%s\"", i, plan->civil, plan->zone);
    }

  return n;
}

static void
assert_told_well (World *world, const char *what)
{
  guint n_never = count_never_told (world);

  g_test_message ("figure: %s: %u told (%u of them late, in a summary), %u missed, %u early, "
                  "%u twice; %u wake-ups",
                  what, world->n_told, world->n_missed_told, n_never, world->n_early,
                  world->n_twice, world->n_wakes);
  if (world->n_again > 0)
    g_test_message (
        "figure: of these %u once more, at their time, after a clock that was wrong had "
        "them missed",
        world->n_again);
  g_assert_cmpuint (n_never, ==, 0);
  g_assert_cmpuint (world->n_early, ==, 0);
  g_assert_cmpuint (world->n_twice, ==, 0);
}

/* From seconds to days, short ones as often as long ones. */
static int64_t
random_span (int64_t most)
{
  static const int64_t sizes[] = { 60, 600, HOUR, 6 * HOUR, DAY, 5 * DAY };
  int64_t size = sizes[random_below (G_N_ELEMENTS (sizes))];

  return 1 + random_below ((int) MIN (size, most));
}

static void
add_spread_plans (World *world, guint n, int64_t span)
{
  int64_t begin = now_of (world) + HOUR;

  for (guint i = 0; i < n; i++)
    {
      FikaCivil civil
          = fika_zone_from_utc (FIKA_ZONE_HERE, begin + g_test_rand_int_range (0, (int) span));
      g_autofree char *text = fika_civil_format (civil);

      add_plan (world, FIKA_ZONE_HERE, text, fika_test_instant (text));
    }
}

/* A step is told by the timer, whichever way it goes. */
static void
step (World *world, int64_t to)
{
  guint before = world->n_wakes;

  fika_test_clock_set_now (world->clock, to);
  if (world->n_wakes == before)
    fika_clock_emit_wake (FIKA_CLOCK (world->clock));
  /* Summaries of a clock that was wrong do not count for what is to come again. */
  for (guint i = 0; i < world->plans->len; i++)
    {
      Planned *plan = g_ptr_array_index (world->plans, i);

      if (plan->told == MISSED && plan->start - LEAD * 60 > to)
        plan->taken_back = TRUE;
    }
  settle (world);
}

/* 022: set forward and back by seconds to days. */
static void
test_steps (void)
{
  guint n = g_test_slow () ? 500 : 60;
  World *world = world_new ("2026-06-01T00:00");
  int64_t end = now_of (world) + (int64_t) n * 3 * HOUR + DAY;

  add_spread_plans (world, 2 * n, n * 3 * HOUR);
  world_start (world);
  for (guint i = 0; i < n; i++)
    {
      int64_t span = random_span (5 * DAY);

      /* Some clocks are put right soon, some never were. */
      if (random_below (2) == 0)
        {
          int64_t right = now_of (world) + random_below (HOUR);

          step (world, now_of (world) + (random_below (2) == 0 ? span : -span));
          live_until (world, now_of (world) + random_below (HOUR));
          step (world, right);
          i++;
        }
      else
        step (world, now_of (world) + (random_below (2) == 0 ? span : -span));
      live_until (world, now_of (world) + random_below (6 * HOUR));
    }
  live_until (world, MAX (end, now_of (world)));

  {
    g_autofree char *what = g_strdup_printf ("%u clock steps", n);

    assert_told_well (world, what);
  }
  g_assert_cmpuint (world->n_told, >=, world->plans->len);
  world_free (world);
}

/* 020, 037: the computer sleeps over due times. Nothing moves while it does; when it wakes the
 * timer tells it, or logind, or both. */
static void
test_suspends (void)
{
  guint n = g_test_slow () ? 100 : 30;
  World *world = world_new ("2026-06-01T00:00");
  g_autofree char *what = g_strdup_printf ("%u suspends", n);
  guint n_in_time = 0;

  add_spread_plans (world, 4 * n, n * 5 * HOUR);
  world_start (world);
  for (guint i = 0; i < n; i++)
    {
      int64_t slept_from, until;
      guint how = (guint) random_below (3);

      live_until (world, now_of (world) + random_below (3 * HOUR));
      slept_from = now_of (world);
      until = slept_from + random_span (2 * DAY);
      if (how == 0)
        fika_test_clock_sleep (world->clock, until - slept_from);
      else
        fika_test_clock_set_now (world->clock, until);
      if (how != 1)
        fika_clock_emit_wake (FIKA_CLOCK (world->clock));
      settle (world);

      /* All that fell due is told on waking: as usual what is not ten minutes late. */
      for (guint j = 0; j < world->plans->len; j++)
        {
          Planned *plan = g_ptr_array_index (world->plans, j);
          int64_t due = plan->start - LEAD * 60;

          if (due > until || due <= slept_from)
            continue;
          g_assert_cmpint (plan->told, !=, WAITING);
          g_assert_cmpint (plan->told_at, ==, until);
          g_assert_true ((plan->told == MISSED) == (until - due > GRACE));
          n_in_time += plan->told != MISSED;
        }
    }
  live_until (world, now_of (world) + (int64_t) n * 5 * HOUR);

  assert_told_well (world, what);
  g_test_message ("figure: %u of them fell due asleep less than ten minutes before the end of it",
                  n_in_time);
  g_assert_cmpuint (world->n_told, ==, world->plans->len);
  world_free (world);
}

static char *
run_oracle (const char *const *arguments, const char *input)
{
  g_autofree char *script
      = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "faults", "zone-times.py", NULL);
  const char *argv[6] = { "/usr/bin/python3", script };
  g_autoptr (GSubprocess) python = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    argv[2 + i] = arguments[i];
  python = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (python, input, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (python));

  return output;
}

static const char *const places[] = {
  "Europe/Berlin",   "Europe/London",   "America/New_York",  "America/St_Johns",
  "Asia/Kathmandu",  "Asia/Tokyo",      "Pacific/Apia",      "Pacific/Pago_Pago",
  "Australia/Eucla", "Pacific/Chatham", "Africa/Casablanca", "America/Los_Angeles",
};

/* When each plan would be, wherever one is: [place][plan]. */
static int64_t *
ask_instants (World *world)
{
  g_autoptr (GString) questions = g_string_new (NULL);
  int64_t *instants = g_new (int64_t, G_N_ELEMENTS (places) * world->plans->len);
  g_autofree char *answer = NULL;
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    for (guint j = 0; j < world->plans->len; j++)
      {
        Planned *plan = g_ptr_array_index (world->plans, j);

        g_string_append_printf (questions, "%s\t%s\n", *plan->zone != '\0' ? plan->zone : places[i],
                                plan->civil);
      }
  answer = run_oracle (NULL, questions->str);
  lines = g_strsplit (answer, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (places) * world->plans->len + 1);
  for (guint i = 0; i < G_N_ELEMENTS (places) * world->plans->len; i++)
    instants[i] = g_ascii_strtoll (lines[i], NULL, 10);

  return instants;
}

static void
go_to (World *world, const int64_t *instants, guint place)
{
  setenv ("TZ", places[place], 1);
  for (guint i = 0; i < world->plans->len; i++)
    ((Planned *) g_ptr_array_index (world->plans, i))->start
        = instants[place * world->plans->len + i];
}

/* Each that is to come and was not told waits for its time here. */
static void
assert_planned_anew (World *world)
{
  FikaStmt *stmt
      = fika_db_use (fika_store_get_db (world->store),
                     "SELECT catchup, due, start FROM reminder WHERE state = 'pending'", NULL);
  guint n_waiting = 0;
  guint n_to_come = 0;

  while (fika_stmt_step (stmt, NULL))
    {
      Planned *plan
          = g_hash_table_lookup (world->by_id, GSIZE_TO_POINTER (fika_stmt_int (stmt, 0)));

      g_assert_cmpint (fika_stmt_int (stmt, 2), ==, plan->start);
      if (plan->start - LEAD * 60 >= now_of (world))
        g_assert_cmpint (fika_stmt_int (stmt, 1), ==, plan->start - LEAD * 60);
      n_waiting += plan->start - LEAD * 60 > now_of (world);
    }
  fika_stmt_release (stmt);
  for (guint i = 0; i < world->plans->len; i++)
    {
      Planned *plan = g_ptr_array_index (world->plans, i);

      n_to_come += plan->told == WAITING && plan->start - LEAD * 60 > now_of (world);
    }
  g_assert_cmpuint (n_waiting, ==, n_to_come);
}

/* 023, 027, 037: somebody who is always on the way. Plans "wherever I am" keep their time on the
 * clock, the others their instant. One whose time was jumped over is told late; one that was told
 * is not told again where its time is still to come. */
static void
test_zones (void)
{
  guint n = g_test_slow () ? 100 : 25;
  World *world = world_new ("2026-03-20T00:00");
  g_autofree char *what = g_strdup_printf ("%u zone changes", n);
  g_autofree int64_t *instants = NULL;
  int64_t begin = now_of (world);

  for (guint i = 0; i < 2 * n; i++)
    {
      FikaCivil civil = fika_zone_from_utc (
          FIKA_ZONE_HERE, begin + DAY + g_test_rand_int_range (0, (int) n * 9 * HOUR));
      g_autofree char *text = fika_civil_format (civil);

      add_plan (world, i % 3 == 0 ? places[random_below (G_N_ELEMENTS (places))] : FIKA_ZONE_HERE,
                text, 0);
    }
  instants = ask_instants (world);
  go_to (world, instants, 0);
  world_start (world);
  settle (world);
  assert_planned_anew (world);

  for (guint i = 0; i < n; i++)
    {
      live_until (world, now_of (world) + random_below (18 * HOUR));
      go_to (world, instants, (guint) random_below (G_N_ELEMENTS (places)));
      /* The timer or the resume says that something is different, or timedated that it is the zone.
       */
      if (random_below (2) == 0)
        fika_clock_emit_wake (FIKA_CLOCK (world->clock));
      else
        fika_reminder_engine_zone_changed (world->engine);
      settle (world);
      g_assert_cmpuint (count_never_told (world), ==, 0);
      assert_planned_anew (world);
    }
  live_until (world, begin + (int64_t) n * 9 * HOUR + 4 * DAY);

  assert_told_well (world, what);
  world_free (world);
  setenv ("TZ", "Europe/Berlin", 1);
  fika_zone_forget_cached ();
}

static int
compare_plans (const void *a, const void *b)
{
  const Planned *first = *(const Planned *const *) a;
  const Planned *second = *(const Planned *const *) b;

  return (first->start > second->start) - (first->start < second->start);
}

/* 024, 025, 026, 028: plans around each change, in the gap and in the hour that comes twice. */
static void
test_transitions (void)
{
  const char *n = g_test_slow () ? "200" : "25";
  g_autofree char *seed = g_strdup_printf ("%d", random_below (1000000));
  const char *arguments[] = { "transitions", n, seed, NULL };
  g_autofree char *answer = run_oracle (arguments, "");
  g_auto (GStrv) lines = g_strsplit (answer, "\n", -1);
  World *world = world_new ("2026-01-01T00:00");
  g_autofree char *what = g_strdup_printf ("%s offset transitions", n);
  g_autoptr (GHashTable) changes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) dues = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gint64 last;

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

      g_hash_table_add (changes, g_strconcat (fields[0], fields[1], NULL));
      add_plan (world, fields[0], fields[2], g_ascii_strtoll (fields[3], NULL, 10));
    }
  g_assert_cmpuint (g_hash_table_size (changes), ==, strtoul (n, NULL, 10));

  for (guint i = 0; i < world->plans->len; i++)
    {
      gint64 due = ((Planned *) g_ptr_array_index (world->plans, i))->start - LEAD * 60;

      g_hash_table_add (dues, g_memdup2 (&due, sizeof due));
    }
  world_start (world);
  assert_planned_anew (world);
  {
    g_autoptr (GPtrArray) sorted = g_ptr_array_copy (world->plans, NULL, NULL);

    g_ptr_array_set_free_func (sorted, NULL);
    g_ptr_array_sort (sorted, compare_plans);
    last = ((Planned *) g_ptr_array_index (sorted, sorted->len - 1))->start;
  }
  live_until (world, last + DAY);

  assert_told_well (world, what);
  g_assert_cmpuint (world->n_told, ==, world->plans->len);
  for (guint i = 0; i < world->plans->len; i++)
    {
      Planned *plan = g_ptr_array_index (world->plans, i);

      g_assert_cmpint (plan->told_at, ==, plan->start - LEAD * 60);
    }
  /* One look for each time, and none for anything else. */
  g_test_message ("figure: %u plans at %u different times, %u wake-ups", world->plans->len,
                  g_hash_table_size (dues), world->n_wakes);
  g_assert_cmpuint (world->n_wakes, ==, g_hash_table_size (dues));
  world_free (world);
}

/* Time goes by, with two things a day that are due, and no other look at the database. */
static void
live_quietly (World *world, int64_t until)
{
  int64_t most = 2 * ((until - now_of (world)) / DAY + 2);

  for (int64_t n = 0; fika_test_clock_get_wake (world->clock) < until; n++)
    {
      g_assert_cmpint (n, <, most);
      fika_test_clock_set_now (world->clock, fika_test_clock_get_wake (world->clock));
      fika_test_settle ();
    }
}

/* 028: through midnights and both changes of the clock, second by second: a daily series at
 * midnight, one in the gap, birthdays. However often it is woken, it waits for the next that is
 * due. */
static void
test_no_busy_loop (void)
{
  static const char *const edges[] = {
    "2026-03-28T00:00", "2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00",
    "2026-03-29T03:00", "2026-03-30T00:00", "2026-10-25T00:00", "2026-10-25T02:00",
    "2026-10-25T03:00", "2026-10-26T00:00", "2027-01-01T00:00",
  };
  int around = g_test_slow () ? 600 : 90;
  World *world = world_new ("2026-03-26T12:00");
  g_autoptr (FikaPerson) ada = fika_test_add_person (world->store, "Ada");
  g_autoptr (FikaSeries) midnight
      = fika_test_add_series (world->store, ada, "2026-03-26T00:00", "FREQ=DAILY");
  g_autoptr (FikaSeries) in_gap
      = fika_test_add_series (world->store, ada, "2026-03-26T02:30", "FREQ=DAILY");
  guint n_seconds = 0;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FikaSeries) draft = fika_series_copy (i == 0 ? midnight : in_gap);

      fika_test_set_leads (FIKA_PLAN (draft), 1, i == 0 ? 0 : LEAD);
      g_object_unref (fika_test_save_series (world->store, draft));
    }
  world_start (world);
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      int64_t edge = fika_test_instant (edges[i]);
      int64_t from = MAX (edge - around, now_of (world));

      live_quietly (world, from);
      for (int64_t second = from; second < edge + around; second++, n_seconds++)
        {
          guint before = world->n_wakes;
          int64_t wake;

          fika_test_clock_set_now (world->clock, second);
          fika_clock_emit_wake (FIKA_CLOCK (world->clock));
          fika_test_settle ();
          wake = fika_test_clock_get_wake (world->clock);
          g_assert_cmpuint (world->n_wakes - before, <=, 2);
          g_assert_cmpint (wake, >, second);
          g_assert_cmpint (wake, <=, second + 25 * HOUR);
        }
    }

  /* Told once each. */
  {
    guint shown = fake_notifier_n_shown (world->notifier);
    guint wakes = world->n_wakes;

    live_quietly (world, fika_test_instant ("2027-01-31T12:00"));
    g_test_message ("figure: %u seconds around midnights and changes of the clock: never a wake-up "
                    "that was not due; then 30 days: %u reminders, %u wake-ups",
                    n_seconds, fake_notifier_n_shown (world->notifier) - shown,
                    world->n_wakes - wakes);
    g_assert_cmpuint (fake_notifier_n_shown (world->notifier) - shown, ==, 61);
    g_assert_cmpuint (world->n_wakes - wakes, ==, 61);
  }
  world_free (world);
}

int
main (int argc, char **argv)
{
  fika_test_folders_in_memory ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock-faults/022-steps", test_steps);
  g_test_add_func ("/clock-faults/020-037-suspends", test_suspends);
  g_test_add_func ("/clock-faults/023-027-zones", test_zones);
  g_test_add_func ("/clock-faults/024-025-026-transitions", test_transitions);
  g_test_add_func ("/clock-faults/028-no-busy-loop", test_no_busy_loop);

  return g_test_run ();
}
