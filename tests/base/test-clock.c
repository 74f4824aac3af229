#include "config.h"

#include "base/fika-clock.h"
#include "base/fika-zone.h"

/* The real clock, with the real timer. Steps of the clock are in test-clock-steps. */

typedef struct
{
  FikaClock *clock;
  guint wakes;
  int64_t last_wake;      /* UTC seconds */
  int64_t last_monotonic; /* microseconds */
  int64_t shortest;       /* between two wakes, microseconds */
  gboolean set_past_again;
} Log;

static void
wake_cb (FikaClock *clock, gpointer user_data)
{
  Log *log = user_data;
  int64_t now = g_get_monotonic_time ();

  if (log->wakes >= 2)
    log->shortest = MIN (log->shortest, now - log->last_monotonic);
  log->wakes++;
  log->last_wake = fika_clock_now (clock);
  log->last_monotonic = now;
  if (log->set_past_again)
    fika_clock_set_wake (clock, 1000);
}

static Log *
log_new (void)
{
  Log *log = g_new0 (Log, 1);

  log->clock = fika_system_clock_new ();
  log->shortest = INT64_MAX;
  g_signal_connect (log->clock, "wake", G_CALLBACK (wake_cb), log);

  return log;
}

static void
log_free (Log *log)
{
  g_assert_finalize_object (log->clock);
  g_free (log);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Log, log_free)

static void
await_wakes (Log *log, guint wakes)
{
  while (log->wakes < wakes)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_now (void)
{
  g_autoptr (Log) log = log_new ();

  g_assert_cmpint (ABS (fika_clock_now (log->clock) - g_get_real_time () / G_USEC_PER_SEC), <=, 1);
}

static void
test_wakes (void)
{
  g_autoptr (Log) log = log_new ();
  int64_t due = fika_clock_now (log->clock) + 2;

  /* The last one set is the one that counts. */
  fika_clock_set_wake (log->clock, due + 3600);
  fika_clock_set_wake (log->clock, due);
  await_wakes (log, 1);

  /* Never early, and late by a second only on a machine that stands still. */
  g_assert_cmpint (log->last_wake, >=, due);
  g_assert_cmpint (log->last_wake, <=, due + 2);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (log->wakes, ==, 1);
}

/* Row 28: a wake time that has passed comes at once, but a rule that sets it again and again costs
 * one look a second. */
static void
test_row_28_past (void)
{
  g_autoptr (Log) log = log_new ();
  int64_t start = g_get_monotonic_time ();

  fika_clock_set_wake (log->clock, 1000);
  await_wakes (log, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC / 2);

  log->set_past_again = TRUE;
  fika_clock_set_wake (log->clock, 1000);
  await_wakes (log, 4);
  g_assert_cmpint (log->shortest, >=, G_USEC_PER_SEC * 9 / 10);
}

/* Row 30: what is far away does not come now, and nothing comes where nothing is set. */
static void
test_row_30_far (void)
{
  static const int64_t far[] = {
    INT64_C (25) * 86400,
    INT64_C (50) * 86400,
    INT64_C (400) * 31557600,
    INT64_MAX / 2,
  };
  g_autoptr (Log) unset = log_new ();
  g_autoptr (Log) cleared = log_new ();
  Log *logs[G_N_ELEMENTS (far)];
  g_autoptr (Log) soon = log_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (far); i++)
    {
      logs[i] = log_new ();
      fika_clock_set_wake (logs[i]->clock, fika_clock_now (logs[i]->clock) + far[i]);
    }
  /* 2039 */
  fika_clock_set_wake (unset->clock, INT64_C (2192486400));
  fika_clock_set_wake (unset->clock, FIKA_UTC_NONE);
  fika_clock_set_wake (cleared->clock, 1000);
  fika_clock_set_wake (cleared->clock, FIKA_UTC_NONE);

  fika_clock_set_wake (soon->clock, fika_clock_now (soon->clock) + 1);
  await_wakes (soon, 1);

  for (size_t i = 0; i < G_N_ELEMENTS (far); i++)
    {
      g_assert_cmpuint (logs[i]->wakes, ==, 0);
      log_free (logs[i]);
    }
  g_assert_cmpuint (unset->wakes, ==, 0);
  g_assert_cmpuint (cleared->wakes, ==, 0);
}

static void
drop_cb (FikaClock *clock, gpointer user_data)
{
  FikaClock **last = user_data;

  g_clear_object (last);
}

/* Whoever is woken may drop the clock. */
static void
test_dropped_while_waking (void)
{
  FikaClock *clock = fika_system_clock_new ();
  gpointer watched = clock;

  g_object_add_weak_pointer (G_OBJECT (clock), &watched);
  g_signal_connect (clock, "wake", G_CALLBACK (drop_cb), &clock);
  fika_clock_set_wake (clock, 1000);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/now", test_now);
  g_test_add_func ("/clock/wakes", test_wakes);
  g_test_add_func ("/clock/028-past", test_row_28_past);
  g_test_add_func ("/clock/030-far", test_row_30_far);
  g_test_add_func ("/clock/dropped-while-waking", test_dropped_while_waking);

  return g_test_run ();
}
