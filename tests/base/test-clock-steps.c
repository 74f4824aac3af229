#include "config.h"

#include "base/fika-clock.h"
#include "base/fika-zone.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/*
 * The system clock under a script: the linker puts these in place of the kernel's wall clock and
 * timer (no program may set the real one). They do what timerfd_create(2) says: an absolute timer
 * that is due makes the descriptor readable; setting the clock makes it readable too, and then
 * read() or timerfd_settime(), whichever comes first, fails with ECANCELED.
 */

static int64_t wall;
static int64_t armed;
static gboolean cancelled;
static guint settings;
static int timer = -1;

int __wrap_clock_gettime (clockid_t id, struct timespec *now);
int __wrap_timerfd_create (int id, int flags);
int
__wrap_timerfd_settime (int fd, int flags, const struct itimerspec *spec, struct itimerspec *old);
ssize_t __wrap_read (int fd, void *buffer, size_t size);
ssize_t __real_read (int fd, void *buffer, size_t size);

static void
make_readable (void)
{
  uint64_t one = 1;

  g_assert_cmpint (write (timer, &one, sizeof one), ==, sizeof one);
}

int
__wrap_clock_gettime (clockid_t id, struct timespec *now)
{
  g_assert_cmpint (id, ==, CLOCK_REALTIME);
  now->tv_sec = wall;
  now->tv_nsec = 0;

  return 0;
}

int
__wrap_timerfd_create (int id, int flags)
{
  g_assert_cmpint (id, ==, CLOCK_REALTIME);
  g_assert_cmpint (flags & TFD_NONBLOCK, !=, 0);
  g_assert_cmpint (flags & TFD_CLOEXEC, !=, 0);
  timer = eventfd (0, EFD_NONBLOCK | EFD_CLOEXEC);

  return timer;
}

int
__wrap_timerfd_settime (int fd, int flags, const struct itimerspec *spec, struct itimerspec *old)
{
  uint64_t ignored;

  g_assert_cmpint (fd, ==, timer);
  g_assert_cmpint (flags, ==, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
  g_assert_cmpint (spec->it_value.tv_sec, >, 0);
  settings++;

  armed = spec->it_value.tv_sec;
  if (__real_read (timer, &ignored, sizeof ignored) < 0)
    g_assert_cmpint (errno, ==, EAGAIN);
  if (armed <= wall)
    make_readable ();
  if (cancelled)
    {
      cancelled = FALSE;
      errno = ECANCELED;
      return -1;
    }

  return 0;
}

ssize_t
__wrap_read (int fd, void *buffer, size_t size)
{
  ssize_t n;

  g_assert_cmpint (fd, ==, timer);
  n = __real_read (fd, buffer, size);
  if (n > 0 && cancelled)
    {
      cancelled = FALSE;
      errno = ECANCELED;
      return -1;
    }

  return n;
}

/* Time goes by, awake or asleep: to an absolute timer it is the same. */
static void
pass (int64_t seconds)
{
  gboolean was_due = armed <= wall;

  wall += seconds;
  if (!was_due && armed <= wall)
    make_readable ();
}

static void
step (int64_t to)
{
  wall = to;
  cancelled = TRUE;
  make_readable ();
}

static void
turn_loop (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
count_cb (FikaClock *clock, gpointer user_data)
{
  guint *wakes = user_data;

  (*wakes)++;
}

static FikaClock *
clock_new (guint *wakes)
{
  FikaClock *clock;

  wall = INT64_C (1785340800);
  cancelled = FALSE;
  settings = 0;
  *wakes = 0;
  clock = fika_system_clock_new ();
  g_signal_connect (clock, "wake", G_CALLBACK (count_cb), wakes);

  return clock;
}

/* Row 20: what fell due while the computer slept is told when it wakes. */
static void
test_row_20_suspend (void)
{
  guint wakes;
  g_autoptr (FikaClock) clock = clock_new (&wakes);

  fika_clock_set_wake (clock, wall + 600);
  pass (599);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 0);
  pass (3600);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 1);
  /* Once. */
  pass (86400);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 1);
}

/* Row 22: a clock that is set is told, with a wake time or without, and the wake time stays. */
static void
test_row_22_step (void)
{
  guint wakes;
  g_autoptr (FikaClock) clock = clock_new (&wakes);
  int64_t due = wall + 7200;

  step (wall + 10);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 1);

  fika_clock_set_wake (clock, due);
  step (wall - 3600);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 2);
  g_assert_cmpint (armed, ==, due);
  pass (due - 1 - wall);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 2);
  pass (1);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 3);

  /* Over the wake time: one wake tells both. */
  fika_clock_set_wake (clock, wall + 60);
  step (wall + 3600);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 4);
  pass (3600);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 4);
}

/* The kernel tells of a step to whoever asks first, and that may be the one who arms the timer. */
static void
test_step_before_arming (void)
{
  guint wakes;
  g_autoptr (FikaClock) clock = clock_new (&wakes);

  step (wall + 3600);
  fika_clock_set_wake (clock, wall + 600);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 1);
  g_assert_cmpint (armed, ==, wall + 600);
  pass (600);
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 2);
}

/* Row 22: 10,000 steps, waits and wake times at random; no due time is missed or told early. */
static void
test_row_22_random_steps (void)
{
  guint wakes;
  g_autoptr (FikaClock) clock = clock_new (&wakes);

  for (int i = 0; i < 10000; i++)
    {
      int64_t due = wall + g_test_rand_int_range (2, 100000);
      guint before;

      fika_clock_set_wake (clock, due);
      turn_loop ();
      before = wakes;

      if (g_test_rand_bit ())
        {
          step (wall + g_test_rand_int_range (-50000, 50000));
          turn_loop ();
          g_assert_cmpuint (wakes, ==, before + 1);
          if (due <= wall) /* told with it */
            continue;
          before = wakes;
        }

      pass (due - wall - 1);
      turn_loop ();
      g_assert_cmpuint (wakes, ==, before);
      pass (1);
      turn_loop ();
      g_assert_cmpuint (wakes, ==, before + 1);
      pass (2);
    }
}

static void
again_cb (FikaClock *clock, gpointer user_data)
{
  /* As a wrong rule might, around midnight. */
  fika_clock_set_wake (clock, fika_clock_now (clock) - 1);
}

/* Row 28: at most one wake a second, whatever is asked for, and none where nothing is. */
static void
test_row_28_no_busy_loop (void)
{
  guint wakes;
  g_autoptr (FikaClock) clock = clock_new (&wakes);
  gulong handler = g_signal_connect (clock, "wake", G_CALLBACK (again_cb), NULL);

  fika_clock_set_wake (clock, wall - 1);
  for (int i = 0; i < 3600; i++)
    {
      turn_loop ();
      g_assert_cmpuint (wakes, <=, (guint) i + 1);
      pass (1);
    }
  g_assert_cmpuint (wakes, >, 3000);

  /* A step back does not make it wait until the time that was. */
  step (wall - 86400);
  turn_loop ();
  pass (2);
  wakes = 0;
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 1);

  g_signal_handler_disconnect (clock, handler);
  pass (1);
  turn_loop ();
  wakes = 0;
  settings = 0;
  for (int i = 0; i < 48 * 60; i++)
    {
      pass (60);
      turn_loop ();
    }
  g_assert_cmpuint (wakes, ==, 0);
  g_assert_cmpuint (settings, ==, 0);
}

/* Row 30: no time is cut to 32 bits, and none is beyond what the kernel takes. */
static void
test_row_30_far (void)
{
  guint wakes;
  g_autoptr (FikaClock) clock = clock_new (&wakes);

  for (int days = 25; days < 100000; days *= 2)
    {
      fika_clock_set_wake (clock, wall + days * INT64_C (86400));
      g_assert_cmpint (armed, ==, MIN (wall + days * INT64_C (86400), INT64_C (9000000000)));
    }
  fika_clock_set_wake (clock, INT64_MAX);
  g_assert_cmpint (armed, <, INT64_MAX / 1000000000);
  g_assert_cmpint (armed, >, INT64_C (4102444800)); /* 2100 */
  turn_loop ();
  g_assert_cmpuint (wakes, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock-steps/020-suspend", test_row_20_suspend);
  g_test_add_func ("/clock-steps/022-step", test_row_22_step);
  g_test_add_func ("/clock-steps/022-random-steps", test_row_22_random_steps);
  g_test_add_func ("/clock-steps/028-no-busy-loop", test_row_28_no_busy_loop);
  g_test_add_func ("/clock-steps/030-far", test_row_30_far);
  g_test_add_func ("/clock-steps/step-before-arming", test_step_before_arming);

  return g_test_run ();
}
