#include "config.h"

#include "fika-test-store.h"

#include "base/fika-error.h"
#include "store/fika-store-private.h"

#define NOW "2026-05-04T09:00" /* a Monday */

/* "2026-05-05T10:00 Call with Ada planned", one line an entry, by the clock here. */
static char *
describe (FikaStore *store, const char *from, const char *until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries
      = fika_store_agenda (store, fika_test_civil (from), fika_test_civil (until), &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      FikaOccurrence *entry = g_ptr_array_index (entries, i);
      g_autofree char *start = fika_civil_format (
          fika_zone_from_utc (FIKA_ZONE_HERE, fika_occurrence_get_utc (entry)));
      g_autofree char *title = fika_plan_dup_display_title (fika_occurrence_get_plan (entry));

      g_string_append_printf (text, "%s%s %s %s%s", i > 0 ? "\n" : "", start, title,
                              fika_state_to_key (fika_occurrence_get_state (entry)),
                              fika_occurrence_get_catchup (entry) == NULL ? "" : " row");
    }
  return g_string_free (text, FALSE);
}

#define assert_agenda(store, from, until, expected)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *agenda_ = describe (store, from, until);                                      \
    g_assert_cmpstr (agenda_, ==, expected);                                                       \
  }                                                                                                \
  G_STMT_END

static void
test_series (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) weekly
      = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY;COUNT=4");
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;

  assert_agenda (store, "2026-05-04T00:00", "2026-05-11T00:00",
                 "2026-05-06T17:00 Call with Ada planned");
  /* Half-open. */
  assert_agenda (store, "2026-05-06T17:00", "2026-05-06T17:01",
                 "2026-05-06T17:00 Call with Ada planned");
  assert_agenda (store, "2026-05-04T00:00", "2026-05-06T17:00", "");
  assert_agenda (store, "2026-05-06T17:01", "2026-05-11T00:00", "");

  /* Moved into the next week, it is there alone, and not where it was. */
  moved = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-12T18:00",
                                   FIKA_STATE_PLANNED);
  skipped = fika_test_add_exception (store, weekly, "2026-05-20T17:00", "2026-05-20T17:00",
                                     FIKA_STATE_SKIPPED);
  assert_agenda (store, "2026-05-04T00:00", "2026-05-11T00:00", "");
  assert_agenda (store, "2026-05-11T00:00", "2026-07-01T00:00",
                 "2026-05-12T18:00 Call with Ada planned row\n"
                 "2026-05-13T17:00 Call with Ada planned\n"
                 "2026-05-20T17:00 Call with Ada skipped row\n"
                 "2026-05-27T17:00 Call with Ada planned");
  /* It is over after four. */
  assert_agenda (store, "2026-05-28T00:00", "2030-01-01T00:00", "");
  fika_test_assert_store (store);
}

/* Of the same instant, by title; loose ones when their window opens. */
static void
test_order (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaCatchup) one
      = fika_test_add_catchup (store, sam, "2026-05-05T12:00", FIKA_STATE_PLANNED);
  g_autoptr (FikaCatchup) other
      = fika_test_add_catchup (store, ada, "2026-05-05T12:00", FIKA_STATE_PLANNED);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_WALK, fika_test_civil ("2026-05-05T15:00"));
  g_autoptr (FikaCatchup) loose = NULL;

  fika_plan_set_window (FIKA_PLAN (draft), FIKA_WINDOW_AFTERNOON);
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  loose = fika_test_save_catchup (store, draft);
  g_assert_cmpint (fika_catchup_get_utc (loose), ==, fika_test_instant ("2026-05-05T12:00"));
  assert_agenda (store, "2026-05-05T00:00", "2026-05-06T00:00",
                 "2026-05-05T12:00 Call with Ada planned row\n"
                 "2026-05-05T12:00 Call with Sam planned row\n"
                 "2026-05-05T12:00 Walk with Ada planned row");
}

/* A plan in another zone is on the day it has here. */
static void
test_zones (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T20:00"));
  g_autoptr (FikaSeries) nightly = NULL;
  g_autoptr (FikaCatchup) gap = NULL;

  /* 20:00 in Los Angeles (UTC-7) is 05:00 of the next day in Berlin (UTC+2). */
  fika_series_set_rule (draft, "FREQ=WEEKLY");
  fika_plan_set_zone (FIKA_PLAN (draft), "America/Los_Angeles");
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  nightly = fika_test_save_series (store, draft);
  assert_agenda (store, "2026-05-04T00:00", "2026-05-05T00:00", "");
  assert_agenda (store, "2026-05-05T00:00", "2026-05-06T00:00",
                 "2026-05-05T05:00 Call with Ada planned");
  assert_agenda (store, "2026-05-05T05:00", "2026-05-05T05:01",
                 "2026-05-05T05:00 Call with Ada planned");

  /* In Berlin's gap, a plan begins at 03:30 and belongs to its own day. */
  gap = fika_test_add_catchup (store, ada, "2027-03-28T02:30", FIKA_STATE_PLANNED);
  assert_agenda (store, "2027-03-28T02:30", "2027-03-28T02:31",
                 "2027-03-28T03:30 Call with Ada planned row");
  fika_test_assert_store (store);
}

static void
test_after_days (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-06T17:00"));
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaCatchup) happened = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaOccurrence) next = NULL;

  fika_series_set_after_days (draft, 10);
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  series = fika_test_save_series (store, draft);

  /* One to come: the anchor. */
  assert_agenda (store, "2026-05-01T00:00", "2027-01-01T00:00",
                 "2026-05-06T17:00 Call with Ada planned");
  /* It happened two days late and at another hour: ten days after that, at the anchor's hour. */
  happened = fika_test_add_exception (store, series, "2026-05-06T17:00", "2026-05-08T20:15",
                                      FIKA_STATE_HAPPENED);
  assert_agenda (store, "2026-05-01T00:00", "2027-01-01T00:00",
                 "2026-05-08T20:15 Call with Ada happened row\n"
                 "2026-05-18T17:00 Call with Ada planned");
  /* Skipped: ten days after the day it was for. */
  skipped = fika_test_add_exception (store, series, "2026-05-18T17:00", "2026-05-18T17:00",
                                     FIKA_STATE_SKIPPED);
  assert_agenda (store, "2026-05-19T00:00", "2027-01-01T00:00",
                 "2026-05-28T17:00 Call with Ada planned");
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, fika_test_instant ("2026-05-28T17:00"));

  /* Moved: there is no other. */
  moved = fika_test_add_exception (store, series, "2026-05-28T17:00", "2026-05-30T11:00",
                                   FIKA_STATE_PLANNED);
  assert_agenda (store, "2026-05-19T00:00", "2027-01-01T00:00",
                 "2026-05-30T11:00 Call with Ada planned row");
  next = fika_store_next_of_series (store, series, NULL);
  g_assert_true (fika_occurrence_get_catchup (next) == moved);
  fika_test_undo (store);

  /* Missed, it stays open until something is said of it. */
  fika_test_store_set_now (store, "2026-08-01T09:00");
  g_assert_true (fika_store_roll (store, NULL));
  assert_agenda (store, "2026-05-19T00:00", "2027-01-01T00:00",
                 "2026-05-28T17:00 Call with Ada planned");
  g_assert_cmpint (fika_person_get_next_utc (ada), ==, FIKA_UTC_NONE);
  g_clear_object (&next);
  next = fika_store_next_of_series (store, series, NULL);
  g_assert_cmpint (fika_occurrence_get_start (next), ==, fika_test_civil ("2026-05-28T17:00"));
  fika_test_assert_store (store);
}

/* One that happened before its day leads to no day that is taken. */
static void
test_after_days_early (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaSeries) draft
      = fika_series_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-16T17:00"));
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaCatchup) early = NULL;

  fika_series_set_after_days (draft, 10);
  series = fika_test_save_series (store, draft);
  early = fika_test_add_exception (store, series, "2026-05-16T17:00", "2026-05-06T10:00",
                                   FIKA_STATE_HAPPENED);
  assert_agenda (store, "2026-05-07T00:00", "2027-01-01T00:00", "2026-05-17T17:00 Call planned");
}

static void
test_occurrences (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaSeries) weekly
      = fika_test_add_series (store, ada, "2026-04-01T17:00", "FREQ=WEEKLY;UNTIL=20260520T170000");
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaOccurrence) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *uid = fika_plan_get_uid (FIKA_PLAN (weekly));

  found = fika_store_get_occurrence (store, uid, FIKA_CIVIL_NONE, NULL);
  g_assert_cmpint (fika_occurrence_get_start (found), ==, fika_test_civil ("2026-05-06T17:00"));
  g_assert_true (fika_occurrence_get_series (found) == weekly);
  g_clear_object (&found);

  found = fika_store_get_occurrence (store, uid, fika_test_civil ("2026-04-08T17:00"), NULL);
  g_assert_cmpint (fika_occurrence_get_original (found), ==, fika_test_civil ("2026-04-08T17:00"));
  g_assert_null (fika_occurrence_get_catchup (found));
  g_clear_object (&found);

  g_assert_null (
      fika_store_get_occurrence (store, uid, fika_test_civil ("2026-04-09T17:00"), &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (fika_store_get_occurrence (store, "nothing", FIKA_CIVIL_NONE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* Moved later than the one after it: that one is next. By where it was and where it is. */
  moved = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-14T10:00",
                                   FIKA_STATE_PLANNED);
  found = fika_store_next_of_series (store, weekly, NULL);
  g_assert_cmpint (fika_occurrence_get_start (found), ==, fika_test_civil ("2026-05-13T17:00"));
  g_clear_object (&found);
  found = fika_store_get_occurrence (store, uid, fika_test_civil ("2026-05-06T17:00"), NULL);
  g_assert_true (fika_occurrence_get_catchup (found) == moved);
  g_clear_object (&found);
  found = fika_store_get_occurrence (store, uid, fika_test_civil ("2026-05-14T10:00"), NULL);
  g_assert_true (fika_occurrence_get_catchup (found) == moved);
  g_clear_object (&found);

  fika_test_store_set_now (store, "2026-05-13T18:00");
  found = fika_store_next_with_person (store, ada, NULL);
  g_assert_true (fika_occurrence_get_catchup (found) == moved);
  g_clear_object (&found);
  fika_test_store_set_now (store, "2026-05-14T18:00");
  found = fika_store_next_with_person (store, ada, NULL);
  g_assert_cmpint (fika_occurrence_get_start (found), ==, fika_test_civil ("2026-05-20T17:00"));
  g_clear_object (&found);

  g_assert_null (fika_store_next_with_person (store, sam, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  fika_test_store_set_now (store, "2026-05-21T18:00");
  g_assert_null (fika_store_next_of_series (store, weekly, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

/*
 * Against brute force: every row, and every occurrence that the rules make in three years, one by
 * one.
 */

static const char *const zones[] = { "", "America/New_York", "Asia/Tokyo", "Europe/London" };
static const char *const rules[] = {
  "FREQ=DAILY;INTERVAL=3",
  "FREQ=WEEKLY;BYDAY=MO,TH",
  "FREQ=WEEKLY;INTERVAL=2;COUNT=9",
  "FREQ=MONTHLY;BYDAY=1TH",
  "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20260930T235900",
  "FREQ=YEARLY",
};

static FikaCivil
random_civil (GRand *rand)
{
  return fika_test_civil ("2026-01-01T00:00")
         + g_rand_int_range (rand, 0, 400) * (FikaCivil) FIKA_MINUTES_A_DAY
         + g_rand_int_range (rand, 0, 96) * 15;
}

static void
add_random_series (FikaStore *store, GRand *rand)
{
  FikaCivil anchor = random_civil (rand);
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, anchor);
  g_autoptr (FikaSeries) live = NULL;
  g_autoptr (GArray) originals = NULL;
  int n_exceptions = g_rand_int_range (rand, 0, 5);

  fika_series_set_rule (draft, rules[g_rand_int_range (rand, 0, G_N_ELEMENTS (rules))]);
  fika_plan_set_zone (FIKA_PLAN (draft), zones[g_rand_int_range (rand, 0, G_N_ELEMENTS (zones))]);
  if (g_rand_boolean (rand))
    fika_plan_set_window (FIKA_PLAN (draft), g_rand_int_range (rand, 0, FIKA_WINDOW_DAY + 1));
  live = fika_test_save_series (store, draft);
  originals = fika_recurrence_expand (fika_series_get_recurrence (live), anchor, anchor,
                                      anchor + 100 * FIKA_MINUTES_A_DAY, 20);
  for (int i = 0; i < n_exceptions && i < (int) originals->len; i++)
    {
      FikaCivil original = g_array_index (originals, FikaCivil, i);
      g_autofree char *from = fika_civil_format (original);
      g_autofree char *to = fika_civil_format (original + g_rand_int_range (rand, -3000, 3000));

      g_object_unref (fika_test_add_exception (
          store, live, from, to, g_rand_int_range (rand, 0, FIKA_STATE_CANCELLED + 1)));
    }
}

static void
add_random_catchup (FikaStore *store, GRand *rand)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, random_civil (rand));

  fika_plan_set_zone (FIKA_PLAN (draft), zones[g_rand_int_range (rand, 0, G_N_ELEMENTS (zones))]);
  if (g_rand_boolean (rand))
    fika_plan_set_window (FIKA_PLAN (draft), g_rand_int_range (rand, 0, FIKA_WINDOW_DAY + 1));
  g_object_unref (fika_test_save_catchup (store, draft));
}

static FikaCivil
start_here (FikaPlan *plan, FikaCivil start)
{
  FikaCivil opens = fika_window_opens (fika_plan_get_window (plan), start);

  if (*fika_plan_get_zone (plan) == '\0')
    return opens;
  return fika_zone_from_utc (FIKA_ZONE_HERE, fika_zone_to_utc (fika_plan_get_zone (plan), opens));
}

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

static int
compare_keys_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Sorted keys, each with whether a row stands for it. */
static GPtrArray *
brute_force (FikaStore *store, FikaCivil from, FikaCivil until)
{
  g_autoptr (GArray) catchups = all_ids (store, "SELECT id FROM catchup");
  g_autoptr (GArray) series_ids = all_ids (store, "SELECT id FROM series");
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < catchups->len; i++)
    {
      g_autoptr (FikaCatchup) catchup
          = fika_store_get_catchup (store, g_array_index (catchups, int64_t, i), NULL);
      FikaPlan *plan = FIKA_PLAN (catchup);
      FikaCivil start = start_here (plan, fika_plan_get_start (plan));

      if (fika_catchup_get_series_id (catchup) != 0)
        g_hash_table_add (taken, g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                                  (gint64) fika_catchup_get_series_id (catchup),
                                                  (gint64) fika_catchup_get_original (catchup)));
      /* A cancelled one stands for its occurrence, and is not shown. */
      if (start >= from && start < until
          && fika_catchup_get_state (catchup) != FIKA_STATE_CANCELLED)
        g_ptr_array_add (keys, g_strdup_printf ("row %s", fika_plan_get_uid (plan)));
    }
  for (guint i = 0; i < series_ids->len; i++)
    {
      g_autoptr (FikaSeries) series
          = fika_store_get_series (store, g_array_index (series_ids, int64_t, i), NULL);
      FikaPlan *plan = FIKA_PLAN (series);
      FikaCivil anchor = fika_plan_get_start (plan);
      g_autoptr (GArray) all
          = fika_recurrence_expand (fika_series_get_recurrence (series), anchor, anchor,
                                    anchor + 1100 * FIKA_MINUTES_A_DAY, 0);

      for (guint j = 0; j < all->len; j++)
        {
          FikaCivil original = g_array_index (all, FikaCivil, j);
          FikaCivil start = start_here (plan, original);
          g_autofree char *key
              = g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
                                 (gint64) fika_plan_get_id (plan), (gint64) original);

          if (start >= from && start < until && !g_hash_table_contains (taken, key))
            g_ptr_array_add (keys, g_strdup_printf ("rule %s %" G_GINT64_FORMAT,
                                                    fika_plan_get_uid (plan), (gint64) original));
        }
    }
  g_ptr_array_sort (keys, compare_keys_cb);
  return keys;
}

static void
assert_same (FikaStore *store, FikaCivil from, FikaCivil until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = fika_store_agenda (store, from, until, &error);
  g_autoptr (GPtrArray) expected = brute_force (store, from, until);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  int64_t last = INT64_MIN;

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      FikaOccurrence *entry = g_ptr_array_index (entries, i);

      g_assert_cmpint (last, <=, fika_occurrence_get_utc (entry));
      last = fika_occurrence_get_utc (entry);
      if (fika_occurrence_get_catchup (entry) != NULL)
        g_ptr_array_add (
            keys, g_strdup_printf ("row %s", fika_plan_get_uid (
                                                 FIKA_PLAN (fika_occurrence_get_catchup (entry)))));
      else
        g_ptr_array_add (keys,
                         g_strdup_printf ("rule %s %" G_GINT64_FORMAT,
                                          fika_plan_get_uid (fika_occurrence_get_plan (entry)),
                                          (gint64) fika_occurrence_get_original (entry)));
    }
  g_ptr_array_sort (keys, compare_keys_cb);
  g_assert_cmpuint (keys->len, ==, expected->len);
  for (guint i = 0; i < keys->len; i++)
    g_assert_cmpstr (g_ptr_array_index (keys, i), ==, g_ptr_array_index (expected, i));
}

static void
test_brute_force (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());

  for (int i = 0; i < 30; i++)
    add_random_series (store, rand);
  for (int i = 0; i < 60; i++)
    add_random_catchup (store, rand);

  for (int i = 0; i < 40; i++)
    {
      FikaCivil from = random_civil (rand);

      assert_same (store, from, from + g_rand_int_range (rand, 1, 10 * FIKA_MINUTES_A_DAY));
    }
  /* The days on which clocks change. */
  assert_same (store, fika_test_civil ("2026-03-29T00:00"), fika_test_civil ("2026-03-30T00:00"));
  assert_same (store, fika_test_civil ("2026-10-25T00:00"), fika_test_civil ("2026-10-26T00:00"));
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/agenda/series", test_series);
  g_test_add_func ("/store/agenda/order", test_order);
  g_test_add_func ("/store/agenda/zones", test_zones);
  g_test_add_func ("/store/agenda/after-days", test_after_days);
  g_test_add_func ("/store/agenda/after-days-early", test_after_days_early);
  g_test_add_func ("/store/agenda/occurrences", test_occurrences);
  g_test_add_func ("/store/agenda/brute-force", test_brute_force);

  return g_test_run ();
}
