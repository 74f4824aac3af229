#include "config.h"

#include "fika-test-store.h"

#include "store/fika-reminder.h"
#include "store/fika-store-private.h"

#define NOW "2026-05-04T09:00"

/*
 * Random plans are made, changed, undone and told while time passes. After every step each reminder
 * that waits must be one that should, each that should wait must be there, and nothing is told
 * twice.
 */

static const int leads[] = { 10, 120 };

typedef struct
{
  FikaStore *store;
  GRand *rand;
  GHashTable *told; /* "uid/original lead start" */
} Random;

static int
pick (Random *random, int n)
{
  return g_rand_int_range (random->rand, 0, n);
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

static FikaCivil
random_civil (Random *random)
{
  return fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (random->store))
         + g_rand_int_range (random->rand, -1440, 4 * 1440);
}

static void
step_catchup (Random *random)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, random_civil (random));

  fika_test_set_leads (FIKA_PLAN (draft), 2, leads[0], leads[1]);
  g_object_unref (fika_test_save_catchup (random->store, draft));
}

static void
step_series (Random *random)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, random_civil (random));

  fika_series_set_rule (draft, pick (random, 2) ? "FREQ=DAILY;COUNT=9" : "FREQ=WEEKLY");
  fika_test_set_leads (FIKA_PLAN (draft), 2, leads[0], leads[1]);
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
      random->store, g_array_index (ids, int64_t, pick (random, (int) ids->len)), NULL);
  next = fika_store_next_of_series (random->store, series, NULL);
  if (next == NULL || fika_occurrence_get_catchup (next) != NULL)
    return;
  original = fika_civil_format (fika_occurrence_get_original (next));
  start = fika_civil_format (fika_occurrence_get_start (next)
                             + (pick (random, 2) ? 0 : g_rand_int_range (random->rand, -300, 300)));
  g_object_unref (fika_test_add_exception (random->store, series, original, start,
                                           pick (random, 3) ? 0 : pick (random, 4)));
}

static FikaCatchup *
random_catchup (Random *random)
{
  g_autoptr (GArray) ids = all_ids (random->store, "SELECT id FROM catchup ORDER BY id");

  if (ids->len == 0)
    return NULL;
  return fika_store_get_catchup (random->store,
                                 g_array_index (ids, int64_t, pick (random, (int) ids->len)), NULL);
}

static void
step_change (Random *random)
{
  g_autoptr (FikaCatchup) live = random_catchup (random);
  g_autoptr (FikaCatchup) draft = live != NULL ? fika_catchup_copy (live) : NULL;

  if (draft == NULL)
    return;
  switch (pick (random, 3))
    {
    case 0:
      fika_plan_set_place (FIKA_PLAN (draft), "Elsewhere");
      break;
    case 1:
      fika_catchup_set_state (draft, pick (random, 4));
      break;
    default:
      fika_plan_set_start (FIKA_PLAN (draft), random_civil (random));
      break;
    }
  g_object_unref (fika_test_save_catchup (random->store, draft));
}

static void
step_delete (Random *random)
{
  g_autoptr (FikaPlan) plan = (FikaPlan *) random_catchup (random);
  g_autoptr (GArray) ids = all_ids (random->store, "SELECT id FROM series ORDER BY id");

  if (pick (random, 3) == 0 && ids->len > 3)
    g_set_object (&plan, FIKA_PLAN (fika_store_get_series (random->store,
                                                           g_array_index (ids, int64_t, 0), NULL)));
  if (plan != NULL)
    fika_test_delete_plan (random->store, plan);
}

static void
step_undo (Random *random)
{
  fika_store_undo (random->store, FIKA_SOURCE_WINDOW, NULL, NULL);
}

static void
step_redo (Random *random)
{
  fika_store_redo (random->store, FIKA_SOURCE_WINDOW, NULL, NULL);
}

static char *
key_of (FikaReminder *reminder)
{
  g_autofree char *occurrence = fika_occurrence_dup_key (reminder->occurrence);

  return g_strdup_printf ("%s %d %" G_GINT64_FORMAT, occurrence, reminder->lead,
                          (gint64) reminder->start);
}

static void
tell_all (Random *random)
{
  FikaStore *store = random->store;
  int64_t now = fika_store_now (store);
  g_autoptr (GPtrArray) due = fika_reminders_due (store, now, 100, NULL);

  for (guint i = 0; i < due->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (due, i);
      char *key = key_of (reminder);

      g_assert_true (fika_reminders_claim (store, reminder->id, now, "token", NULL));
      g_assert_true (fika_reminders_set_shown (store, reminder->id, ":1.1", i + 1, now, NULL));
      /* What comes late, at its start, may have been told before it moved there and back. */
      if (reminder->due != reminder->start && g_hash_table_contains (random->told, key))
        g_error ("told twice: %s", key);
      g_hash_table_add (random->told, key);
      if (pick (random, 2))
        g_assert_true (fika_reminders_finish (store, reminder->id, FIKA_REMINDER_DISMISSED, NULL));
    }
  g_assert_true (fika_reminders_next_due (store) == FIKA_UTC_NONE
                 || fika_reminders_next_due (store) > now);
}

static void
step_time (Random *random)
{
  FikaTestClock *clock = FIKA_TEST_CLOCK (fika_store_get_clock (random->store));

  /* As the service does it: from one that is due to the next. */
  for (int i = pick (random, 4); i >= 0; i--)
    {
      int64_t next = fika_reminders_next_due (random->store);
      int64_t now = fika_store_now (random->store);

      if (next != FIKA_UTC_NONE && next > now && next < now + 3 * 86400)
        fika_test_clock_set_now (clock, next);
      else
        fika_test_clock_advance (clock, g_rand_int_range (random->rand, 60, 86400));
      g_assert_true (fika_store_roll (random->store, NULL));
      tell_all (random);
      /* Whoever changes a plan does so later than it was told. */
      fika_test_clock_advance (clock, 1);
    }
}

/* The state of the row of that plan, lead and start: NULL where there is none. */
static char *
find_row (FikaStore *store, gboolean is_series, int64_t id, int lead, int64_t start)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (
      fika_store_get_db (store),
      is_series ? "SELECT state FROM reminder WHERE series = ?1 AND catchup IS NULL AND lead = ?2"
                  " AND start = ?3"
                : "SELECT state FROM reminder WHERE catchup = ?1 AND lead = ?2 AND start = ?3",
      NULL);

  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_int (stmt, 2, lead);
  fika_stmt_bind_int (stmt, 3, start);
  return fika_stmt_step (stmt, NULL) ? fika_stmt_dup_text (stmt, 0) : NULL;
}

/* Each that waits is of a plan as it is now. */
static void
check_sound (Random *random)
{
  g_autoptr (GPtrArray) waiting
      = fika_reminders_upcoming (random->store, INT64_MIN / 2, 1000, NULL);

  for (guint i = 0; i < waiting->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (waiting, i);
      FikaOccurrence *occurrence = reminder->occurrence;
      g_autoptr (FikaOccurrence) found = NULL;

      g_assert_nonnull (occurrence);
      g_assert_cmpint (fika_occurrence_get_state (occurrence), ==, FIKA_STATE_PLANNED);
      g_assert_cmpint (fika_occurrence_get_utc (occurrence), ==, reminder->start);
      g_assert_true (reminder->due == reminder->start - reminder->lead * 60
                     || reminder->due == reminder->start);
      found = fika_store_get_occurrence (random->store, fika_occurrence_get_uid (occurrence),
                                         fika_occurrence_get_original (occurrence), NULL);
      g_assert_nonnull (found);
      g_assert_true (fika_occurrence_equal (found, occurrence));
    }
}

/* Each planned row has a reminder for each lead that is to come. */
static void
check_rows_complete (Random *random)
{
  int64_t now = fika_store_now (random->store);
  g_autoptr (GArray) ids
      = all_ids (random->store, "SELECT id FROM catchup WHERE state = 'planned'");

  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (FikaCatchup) catchup = fika_store_get_catchup (random->store, id, NULL);
      int64_t start = fika_catchup_get_utc (catchup);
      gboolean any = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (leads); j++)
        {
          g_autofree char *state = find_row (random->store, FALSE, id, leads[j], start);

          any |= state != NULL;
          if (start - leads[j] * 60 > now)
            g_assert_cmpstr (state, ==, "pending");
        }
      if (start > now)
        g_assert_true (any);
    }
}

/* Each series has, for each lead, one for the first occurrence whose lead is to come. */
static void
check_series_complete (Random *random)
{
  int64_t now = fika_store_now (random->store);
  g_autoptr (GArray) ids = all_ids (random->store, "SELECT id FROM series");

  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (FikaSeries) series = fika_store_get_series (random->store, id, NULL);
      FikaCivil anchor = fika_plan_get_start (FIKA_PLAN (series));
      g_autoptr (GArray) all = fika_recurrence_expand (fika_series_get_recurrence (series), anchor,
                                                       anchor, anchor + 400 * 1440, 0);

      for (guint j = 0; j < G_N_ELEMENTS (leads); j++)
        for (guint k = 0; k < all->len; k++)
          {
            FikaCivil original = g_array_index (all, FikaCivil, k);
            int64_t start = fika_zone_to_utc (FIKA_ZONE_HERE, original);
            g_autoptr (FikaOccurrence) occurrence = NULL;
            g_autofree char *state = NULL;

            if (start - leads[j] * 60 <= now)
              continue;
            occurrence = fika_store_get_occurrence (
                random->store, fika_plan_get_uid (FIKA_PLAN (series)), original, NULL);
            if (fika_occurrence_get_catchup (occurrence) != NULL)
              continue;
            state = find_row (random->store, TRUE, id, leads[j], start);
            g_assert_cmpstr (state, ==, "pending");
            break;
          }
    }
}

static void
test_random (void)
{
  static void (*const steps[]) (Random * random) = {
    step_catchup, step_catchup, step_series, step_exception, step_exception, step_change,
    step_change,  step_delete,  step_undo,   step_redo,      step_time,      step_time,
  };
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Random random = { store, rand, told };

  for (int i = 0; i < 400; i++)
    {
      steps[pick (&random, G_N_ELEMENTS (steps))](&random);
      check_sound (&random);
      check_rows_complete (&random);
      check_series_complete (&random);
    }
  g_assert_cmpuint (g_hash_table_size (told), >, 20);
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/reminders/038-random", test_random);

  return g_test_run ();
}
