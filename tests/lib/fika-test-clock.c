#include "config.h"

#include "fika-test.h"

#include "base/fika-zone.h"

struct _FikaTestClock
{
  FikaClock parent_instance;

  int64_t now;
  int64_t wake;
};

G_DEFINE_FINAL_TYPE (FikaTestClock, fika_test_clock, FIKA_TYPE_CLOCK)

static gboolean
wake_soon_cb (gpointer data)
{
  FikaTestClock *self = data;

  if (self->wake != FIKA_UTC_NONE && self->wake <= self->now)
    {
      self->wake = FIKA_UTC_NONE;
      fika_clock_emit_wake (FIKA_CLOCK (self));
    }
  return G_SOURCE_REMOVE;
}

static int64_t
fika_test_clock_now (FikaClock *clock)
{
  return FIKA_TEST_CLOCK (clock)->now;
}

/* A time that has passed wakes from the main loop, as with the real clock. */
static void
fika_test_clock_set_wake (FikaClock *clock, int64_t utc)
{
  FikaTestClock *self = FIKA_TEST_CLOCK (clock);

  self->wake = utc;
  if (utc != FIKA_UTC_NONE && utc <= self->now)
    g_idle_add_full (G_PRIORITY_DEFAULT, wake_soon_cb, g_object_ref (self), g_object_unref);
}

static void
fika_test_clock_class_init (FikaTestClockClass *klass)
{
  FIKA_CLOCK_CLASS (klass)->now = fika_test_clock_now;
  FIKA_CLOCK_CLASS (klass)->set_wake = fika_test_clock_set_wake;
}

static void
fika_test_clock_init (FikaTestClock *self)
{
  self->wake = FIKA_UTC_NONE;
}

FikaClock *
fika_test_clock_new (int64_t now)
{
  FikaTestClock *self = g_object_new (FIKA_TYPE_TEST_CLOCK, NULL);

  self->now = now;
  return FIKA_CLOCK (self);
}

/* Sets the wall clock. Forward to or past the wake time, it wakes once; backward, it wakes as a
 * clock does that was set. */
void
fika_test_clock_set_now (FikaTestClock *self, int64_t now)
{
  gboolean back = now < self->now;

  self->now = now;
  if (self->wake != FIKA_UTC_NONE && self->wake <= now)
    self->wake = FIKA_UTC_NONE;
  else if (!back)
    return;
  fika_clock_emit_wake (FIKA_CLOCK (self));
}

void
fika_test_clock_advance (FikaTestClock *self, int64_t seconds)
{
  fika_test_clock_set_now (self, self->now + seconds);
}

/* Time goes by and nothing tells of it, as while the computer sleeps; fika_clock_emit_wake() then
 * tells that it woke. */
void
fika_test_clock_sleep (FikaTestClock *self, int64_t seconds)
{
  self->now += seconds;
}

/* The time it is set to wake at; FIKA_UTC_NONE where it is not. */
int64_t
fika_test_clock_get_wake (FikaTestClock *self)
{
  return self->wake;
}
