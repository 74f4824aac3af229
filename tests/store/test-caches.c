#include "config.h"

#include "fika-test-store.h"

#include "store/fika-person-table.h"
#include "store/fika-store-private.h"

#define NOW "2026-05-04T09:00"

static void
test_last_and_next (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaCatchup) older = NULL;
  g_autoptr (FikaCatchup) last = NULL;
  g_autoptr (FikaCatchup) planned = NULL;
  g_autoptr (FikaCatchup) found = NULL;
  g_autoptr (FikaSeries) weekly = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (GArray) timeline = NULL;

  g_assert_cmpint (fika_person_get_last_utc (ada), ==, FIKA_UTC_NONE);
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, FIKA_UTC_NONE);
  g_assert_null (fika_store_last_with_person (store, ada));

  last = fika_test_add_catchup (store, ada, "2026-05-01T10:00", FIKA_STATE_HAPPENED);
  older = fika_test_add_catchup (store, ada, "2026-04-01T10:00", FIKA_STATE_HAPPENED);
  g_assert_cmpint (fika_person_get_last_utc (ada), ==, fika_test_instant ("2026-05-01T10:00"));
  found = fika_store_last_with_person (store, ada);
  g_assert_true (found == last);

  planned = fika_test_add_catchup (store, ada, "2026-05-20T10:00", FIKA_STATE_PLANNED);
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-20T10:00"));
  weekly = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY");
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-06T17:00"));
  skipped = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-06T17:00",
                                     FIKA_STATE_SKIPPED);
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-13T17:00"));

  timeline = fika_store_timeline_ids (store, ada, NULL);
  g_assert_cmpuint (timeline->len, ==, 4);
  g_assert_cmpint (g_array_index (timeline, int64_t, 0), ==,
                   fika_plan_get_id (FIKA_PLAN (planned)));
  g_assert_cmpint (g_array_index (timeline, int64_t, 3), ==, fika_plan_get_id (FIKA_PLAN (older)));

  /* Without the last one, the one before it counts. */
  fika_test_delete_plan (store, FIKA_PLAN (last));
  g_assert_cmpint (fika_person_get_last_utc (ada), ==, fika_test_instant ("2026-04-01T10:00"));
  fika_test_undo (store);
  g_assert_cmpint (fika_person_get_last_utc (ada), ==, fika_test_instant ("2026-05-01T10:00"));
  fika_test_assert_store (store);
}

static void
count_cb (FikaStore *store, FikaChangeSet *changes, guint *n)
{
  (*n)++;
}

static void
test_roll (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaSeries) weekly
      = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY;COUNT=3");
  g_autoptr (FikaCatchup) call
      = fika_test_add_catchup (store, sam, "2026-05-05T10:00", FIKA_STATE_PLANNED);
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_true (fika_store_roll (store, &error));
  g_assert_cmpuint (n_changed, ==, 0);

  /* What begins this minute is not past. */
  fika_test_store_set_now (store, "2026-05-06T17:00");
  g_assert_true (fika_store_roll (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_true (fika_store_zone_changed (store, &error));
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-06T17:00"));

  fika_test_store_set_now (store, "2026-05-06T17:01");
  n_changed = 0;
  g_assert_true (fika_store_roll (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-13T17:00"));
  g_assert_cmpint (fika_person_get_next_utc (sam), ==, FIKA_UTC_NONE);
  g_assert_true (fika_store_roll (store, &error));
  g_assert_cmpuint (n_changed, ==, 1);

  fika_test_store_set_now (store, "2026-06-01T00:00");
  g_assert_true (fika_store_roll (store, &error));
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, FIKA_UTC_NONE);
  g_assert_true (fika_store_roll (store, &error));
  g_assert_cmpuint (n_changed, ==, 2);
  fika_test_assert_store (store);

  /* None of it can be undone, or is kept from being undone. */
  fika_test_undo (store);
  g_assert_null (fika_store_get_catchup (store, fika_plan_get_id (FIKA_PLAN (call)), NULL));
  fika_test_assert_store (store);
}

/* The other process was faster: there is nothing to write, but live objects are old. */
static void
test_roll_of_other (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaStore) other = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) weekly
      = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY");
  guint n_changed = 0;

  fika_test_store_set_now (store, "2026-05-07T09:00");
  fika_test_store_set_now (other, "2026-05-07T09:00");
  g_signal_connect (store, "changed", G_CALLBACK (count_cb), &n_changed);
  g_assert_true (fika_store_roll (other, NULL));
  g_assert_true (fika_store_roll (store, NULL));
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-13T17:00"));
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_true (fika_store_roll (store, NULL));
  g_assert_cmpuint (n_changed, ==, 1);
}

/* What was done more than a year ago cannot be undone, what was done since can. */
static void
test_forgets (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2025-01-01T09:00");
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) weekly
      = fika_test_add_series (store, ada, "2025-05-06T17:00", "FREQ=WEEKLY");
  g_autoptr (FikaPerson) sam = NULL;

  fika_test_store_set_now (store, NOW);
  sam = fika_test_add_person (store, "Sam");
  g_assert_true (fika_store_roll (store, NULL));
  fika_test_undo (store);
  g_assert_null (fika_store_get_person (store, fika_person_get_id (sam), NULL));
  g_assert_false (fika_store_undo (store, FIKA_SOURCE_WINDOW, NULL, NULL));
  g_assert_nonnull (ada);
  fika_test_assert_store (store);
}

/* The clock was wrong, and is put right. */
static void
test_clock_back (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2027-01-01T09:00");
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaSeries) weekly
      = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY");
  g_autoptr (FikaCatchup) call
      = fika_test_add_catchup (store, sam, "2026-05-05T10:00", FIKA_STATE_PLANNED);

  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2027-01-06T17:00"));
  g_assert_cmpint (fika_person_get_next_utc (sam), ==, FIKA_UTC_NONE);
  fika_test_store_set_now (store, NOW);
  fika_test_assert_store (store);
  g_assert_true (fika_store_roll (store, NULL));
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-06T17:00"));
  g_assert_cmpint (fika_person_get_next_utc (sam), ==, fika_test_instant ("2026-05-05T10:00"));
  fika_test_assert_store (store);
}

static void
test_zone (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaCatchup) call
      = fika_test_add_catchup (store, ada, "2026-05-05T10:00", FIKA_STATE_PLANNED);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T10:00"));
  g_autoptr (FikaCatchup) fixed = NULL;
  g_autoptr (FikaStore) again = NULL;
  g_autoptr (FikaCatchup) there = NULL;
  int64_t in_berlin = fika_catchup_get_utc (call);
  int64_t log = fika_test_query_int (fika_store_get_db (store), "SELECT max (seq) FROM change");
  g_autoptr (GError) error = NULL;

  fika_plan_set_zone (FIKA_PLAN (draft), "Europe/Berlin");
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fixed = fika_test_save_catchup (store, draft);
  log = fika_test_query_int (fika_store_get_db (store), "SELECT max (seq) FROM change");

  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  g_assert_true (fika_store_zone_changed (store, &error));
  g_assert_no_error (error);
  /* Ten o'clock there is seven hours before ten o'clock in Berlin's summer. */
  g_assert_cmpint (fika_catchup_get_utc (call), ==, in_berlin - 7 * 3600);
  g_assert_cmpint (fika_catchup_get_utc (fixed), ==, in_berlin + 24 * 3600);
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, in_berlin - 7 * 3600);
  g_assert_cmpint (fika_test_query_int (fika_store_get_db (store), "SELECT max (seq) FROM change"),
                   ==, log);
  fika_test_assert_store (store);

  /* Undo brings rows back with the instants that they have here. */
  fika_test_delete_plan (store, FIKA_PLAN (call));
  g_setenv ("TZ", "Europe/Berlin", TRUE);
  g_assert_true (fika_store_zone_changed (store, &error));
  fika_test_undo (store);
  g_assert_cmpint (fika_catchup_get_utc (call), ==, in_berlin);
  fika_test_assert_store (store);

  /* One that moved while nothing ran is seen when it starts. */
  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  fika_zone_forget_cached ();
  again = fika_test_store_new (folder, "2026-05-04T16:00");
  there = fika_store_get_catchup (again, fika_plan_get_id (FIKA_PLAN (call)), NULL);
  g_assert_cmpint (fika_catchup_get_utc (there), ==, in_berlin - 7 * 3600);
  fika_test_assert_store (again);

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  fika_zone_forget_cached ();
}

/*
 * Against brute force: random people, plans, series and exceptions, changed, deleted, undone and
 * redone while time passes; after every step each person's last and next are counted anew.
 */

typedef struct
{
  FikaStore *store;
  GRand *rand;
  GPtrArray *people;
} Random;

static GArray *
all_ids (FikaStore *store, const char *sql)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql, NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

  while (fika_stmt_step (stmt, NULL))
    {
      int64_t id = fika_stmt_int (stmt, 0);

      g_array_append_val (ids, id);
    }
  return ids;
}

static FikaCivil
random_civil (Random *random)
{
  return fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (random->store))
         + g_rand_int_range (random->rand, -60 * 1440, 60 * 1440);
}

static FikaPerson *
random_person (Random *random)
{
  return g_ptr_array_index (random->people,
                            g_rand_int_range (random->rand, 0, (int) random->people->len));
}

static void
step_catchup (Random *random)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, random_civil (random));

  fika_plan_add_person (FIKA_PLAN (draft), random_person (random));
  fika_plan_add_person (FIKA_PLAN (draft), random_person (random));
  fika_catchup_set_state (draft, g_rand_int_range (random->rand, 0, 4));
  g_object_unref (fika_test_save_catchup (random->store, draft));
}

static void
step_series (Random *random)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, random_civil (random));

  if (g_rand_boolean (random->rand))
    fika_series_set_rule (draft, "FREQ=WEEKLY;COUNT=6");
  else
    fika_series_set_after_days (draft, 9);
  fika_plan_add_person (FIKA_PLAN (draft), random_person (random));
  g_object_unref (fika_test_save_series (random->store, draft));
}

static void
step_exception (Random *random)
{
  g_autoptr (GArray) ids = all_ids (random->store, "SELECT id FROM series ORDER BY id");
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaOccurrence) next = NULL;
  g_autofree char *original = NULL;
  g_autofree char *start = NULL;

  if (ids->len == 0)
    return;
  series = fika_store_get_series (
      random->store,
      g_array_index (ids, int64_t, g_rand_int_range (random->rand, 0, (int) ids->len)), NULL);
  next = fika_store_next_of_series (random->store, series, NULL);
  if (next == NULL || fika_occurrence_get_catchup (next) != NULL)
    return;
  original = fika_civil_format (fika_occurrence_get_original (next));
  start = fika_civil_format (fika_occurrence_get_start (next)
                             + g_rand_int_range (random->rand, -4000, 4000));
  g_object_unref (fika_test_add_exception (random->store, series, original, start,
                                           g_rand_int_range (random->rand, 0, 4)));
}

static void
step_delete (Random *random)
{
  g_autoptr (GArray) catchups = all_ids (random->store, "SELECT id FROM catchup ORDER BY id");
  g_autoptr (GArray) series = all_ids (random->store, "SELECT id FROM series ORDER BY id");
  g_autoptr (FikaPlan) plan = NULL;

  if (catchups->len > 0 && g_rand_int_range (random->rand, 0, 3) > 0)
    plan = FIKA_PLAN (fika_store_get_catchup (
        random->store,
        g_array_index (catchups, int64_t, g_rand_int_range (random->rand, 0, catchups->len)),
        NULL));
  else if (series->len > 0)
    plan = FIKA_PLAN (fika_store_get_series (
        random->store,
        g_array_index (series, int64_t, g_rand_int_range (random->rand, 0, series->len)), NULL));
  if (plan != NULL)
    fika_test_delete_plan (random->store, plan);
}

static void
step_change (Random *random)
{
  g_autoptr (GArray) ids = all_ids (random->store, "SELECT id FROM catchup ORDER BY id");
  g_autoptr (FikaCatchup) live = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (GPtrArray) people = g_ptr_array_new ();

  if (ids->len == 0)
    return;
  live = fika_store_get_catchup (
      random->store, g_array_index (ids, int64_t, g_rand_int_range (random->rand, 0, ids->len)),
      NULL);
  draft = fika_catchup_copy (live);
  g_ptr_array_add (people, random_person (random));
  fika_plan_set_people (FIKA_PLAN (draft), people);
  fika_plan_set_start (FIKA_PLAN (draft), random_civil (random));
  fika_catchup_set_state (draft, g_rand_int_range (random->rand, 0, 4));
  g_object_unref (fika_test_save_catchup (random->store, draft));
}

static void
step_undo (Random *random)
{
  /* Never the people. */
  g_autofree char *label = fika_store_dup_undo_label (random->store);
  g_autoptr (GPtrArray) history = fika_store_history (random->store, 1000, NULL);
  guint n_done = 0;

  for (guint i = 0; i < history->len; i++)
    n_done += !((FikaHistoryEntry *) g_ptr_array_index (history, i))->undone;
  if (n_done > random->people->len)
    fika_store_undo (random->store, FIKA_SOURCE_WINDOW, NULL, NULL);
}

static void
step_redo (Random *random)
{
  fika_store_redo (random->store, FIKA_SOURCE_WINDOW, NULL, NULL);
}

static void
step_time (Random *random)
{
  FikaTestClock *clock = FIKA_TEST_CLOCK (fika_store_get_clock (random->store));

  fika_test_clock_advance (clock, g_rand_int_range (random->rand, 60, 4 * 86400));
  g_assert_true (fika_store_roll (random->store, NULL));
}

/* The occurrence that a series has next by its rule, by trying every day and minute it can be at.
 */
static int64_t
next_of_series (FikaStore *store, FikaSeries *series, GHashTable *taken)
{
  FikaPlan *plan = FIKA_PLAN (series);
  FikaCivil anchor = fika_plan_get_start (plan);
  int64_t now = fika_store_now (store);
  g_autoptr (GArray) all = NULL;

  if (fika_series_get_after_days (series) > 0)
    return INT64_MAX; /* compared below, by the row that the store tells */
  all = fika_recurrence_expand (fika_series_get_recurrence (series), anchor, anchor, INT64_MAX, 0);
  for (guint i = 0; i < all->len; i++)
    {
      FikaCivil original = g_array_index (all, FikaCivil, i);
      g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                              (gint64) fika_plan_get_id (plan), (gint64) original);
      int64_t utc = fika_zone_to_utc (FIKA_ZONE_HERE, original);

      if (utc >= now && !g_hash_table_contains (taken, key))
        return utc;
    }
  return INT64_MAX;
}

/* After so many days: after the last that happened, or the original of the last that was skipped or
 * cancelled; none while one is planned. */
static int64_t
next_after_days (FikaStore *store, FikaSeries *series, GPtrArray *catchups)
{
  FikaPlan *plan = FIKA_PLAN (series);
  FikaCivil anchor = fika_plan_get_start (plan);
  FikaCivil last = FIKA_CIVIL_NONE;
  FikaCivil pending = anchor;
  gboolean taken = TRUE;
  int64_t utc;

  for (guint i = 0; i < catchups->len; i++)
    {
      FikaCatchup *catchup = g_ptr_array_index (catchups, i);

      if (fika_catchup_get_series_id (catchup) != fika_plan_get_id (plan))
        continue;
      if (fika_catchup_get_state (catchup) == FIKA_STATE_PLANNED)
        return INT64_MAX;
      last = MAX (last, fika_catchup_get_state (catchup) == FIKA_STATE_HAPPENED
                            ? fika_plan_get_start (FIKA_PLAN (catchup))
                            : fika_catchup_get_original (catchup));
    }
  if (last != FIKA_CIVIL_NONE)
    pending = (fika_civil_day (last) + fika_series_get_after_days (series))
                  * (FikaCivil) FIKA_MINUTES_A_DAY
              + fika_civil_minute_of_day (anchor);
  while (taken)
    {
      taken = FALSE;
      for (guint i = 0; i < catchups->len; i++)
        {
          FikaCatchup *catchup = g_ptr_array_index (catchups, i);

          taken |= fika_catchup_get_series_id (catchup) == fika_plan_get_id (plan)
                   && fika_catchup_get_original (catchup) == pending;
        }
      pending += taken ? FIKA_MINUTES_A_DAY : 0;
    }
  utc = fika_zone_to_utc (FIKA_ZONE_HERE, pending);
  return utc >= fika_store_now (store) ? utc : INT64_MAX;
}

static void
compare (Random *random)
{
  FikaStore *store = random->store;
  g_autoptr (GArray) catchup_ids = all_ids (store, "SELECT id FROM catchup");
  g_autoptr (GArray) series_ids = all_ids (store, "SELECT id FROM series");
  g_autoptr (GPtrArray) catchups = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < catchup_ids->len; i++)
    {
      FikaCatchup *catchup
          = fika_store_get_catchup (store, g_array_index (catchup_ids, int64_t, i), NULL);

      g_ptr_array_add (catchups, catchup);
      g_hash_table_add (taken, g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                (gint64) fika_catchup_get_series_id (catchup),
                                                (gint64) fika_catchup_get_original (catchup)));
    }
  for (guint i = 0; i < random->people->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (random->people, i);
      int64_t id = fika_person_get_id (person);
      int64_t last = INT64_MIN;
      int64_t next = INT64_MAX;

      for (guint j = 0; j < catchups->len; j++)
        {
          FikaCatchup *catchup = g_ptr_array_index (catchups, j);
          int64_t utc = fika_catchup_get_utc (catchup);

          if (!fika_plan_has_person (FIKA_PLAN (catchup), id))
            continue;
          if (fika_catchup_get_state (catchup) == FIKA_STATE_HAPPENED)
            last = MAX (last, utc);
          if (fika_catchup_get_state (catchup) == FIKA_STATE_PLANNED
              && utc >= fika_store_now (store))
            next = MIN (next, utc);
        }
      for (guint j = 0; j < series_ids->len; j++)
        {
          g_autoptr (FikaSeries) series
              = fika_store_get_series (store, g_array_index (series_ids, int64_t, j), NULL);

          if (!fika_plan_has_person (FIKA_PLAN (series), id))
            continue;
          next = MIN (next, next_of_series (store, series, taken));
          if (fika_series_get_after_days (series) > 0)
            next = MIN (next, next_after_days (store, series, catchups));
        }
      g_assert_cmpint (fika_person_get_last_utc (person), ==, last);
      g_assert_cmpint (fika_person_get_next_utc (person), ==,
                       next == INT64_MAX ? FIKA_UTC_NONE : next);
    }
}

static void
test_random (void)
{
  static void (*const steps[]) (Random * random) = {
    step_catchup, step_catchup, step_series, step_exception, step_exception, step_delete,
    step_change,  step_change,  step_undo,   step_redo,      step_time,
  };
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  Random random = { store, rand, people };

  for (int i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);

      g_ptr_array_add (people, fika_test_add_person (store, name));
    }
  for (int i = 0; i < 250; i++)
    {
      /* Time that passes is caught up with before each comparison; a step alone leaves it as it is.
       */
      steps[g_rand_int_range (rand, 0, G_N_ELEMENTS (steps))](&random);
      compare (&random);
      if (i % 25 == 0)
        fika_test_assert_store (store);
    }
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/caches/last-and-next", test_last_and_next);
  g_test_add_func ("/store/caches/roll", test_roll);
  g_test_add_func ("/store/caches/roll-of-other", test_roll_of_other);
  g_test_add_func ("/store/caches/forgets", test_forgets);
  g_test_add_func ("/store/caches/clock-back", test_clock_back);
  g_test_add_func ("/store/caches/zone", test_zone);
  g_test_add_func ("/store/caches/random", test_random);

  return g_test_run ();
}
