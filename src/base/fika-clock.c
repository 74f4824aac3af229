#include "config.h"

#include "base/fika-clock.h"

#include "base/fika-zone.h"

enum
{
  WAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE (FikaClock, fika_clock, G_TYPE_OBJECT)

static void
fika_clock_class_init (FikaClockClass *klass)
{
  /**
   * FikaClock::wake:
   * @self: the clock
   *
   * The time to wake has come, or the wall clock was set, or the computer woke from sleep.
   */
  signals[WAKE] = g_signal_new ("wake", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
fika_clock_init (FikaClock *self)
{
}

/**
 * fika_clock_now:
 * @self: a clock
 *
 * Returns: the wall clock's time in UTC seconds since 1970
 */
int64_t
fika_clock_now (FikaClock *self)
{
  g_return_val_if_fail (FIKA_IS_CLOCK (self), 0);

  return FIKA_CLOCK_GET_CLASS (self)->now (self);
}

/**
 * fika_clock_set_wake:
 * @self: a clock
 * @utc: when to emit [signal@Clock::wake], in UTC seconds, or %FIKA_UTC_NONE for never
 *
 * Sets the one time to wake at, in place of the last one set. It is emitted once; a time that has
 * passed already is emitted soon, from the main loop, but never twice within a second, so that a
 * mistaken rule costs one look at the database a second and no busy loop.
 */
void
fika_clock_set_wake (FikaClock *self, int64_t utc)
{
  g_return_if_fail (FIKA_IS_CLOCK (self));

  FIKA_CLOCK_GET_CLASS (self)->set_wake (self, utc);
}

/**
 * fika_clock_emit_wake:
 * @self: a clock
 *
 * Emits [signal@Clock::wake]. For clocks, and for whoever learns of a change that a timer cannot
 * see, such as a new time zone.
 */
void
fika_clock_emit_wake (FikaClock *self)
{
  g_return_if_fail (FIKA_IS_CLOCK (self));

  g_signal_emit (self, signals[WAKE], 0);
}
