#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * FikaClock:
 *
 * The only thing in Fika that knows what time it is. Rules take *now* as an argument; whoever owns
 * a loop holds a clock. Tests derive their own.
 *
 * A wake-up means nothing but "look at the database": the clock emits [signal@Clock::wake] when the
 * wall clock has reached the wake time, and also when the wall clock was set or the computer woke.
 */
#define FIKA_TYPE_CLOCK (fika_clock_get_type ())
G_DECLARE_DERIVABLE_TYPE (FikaClock, fika_clock, FIKA, CLOCK, GObject)

struct _FikaClockClass
{
  GObjectClass parent_class;

  int64_t (*now) (FikaClock *self);
  void (*set_wake) (FikaClock *self, int64_t utc);
};

int64_t fika_clock_now (FikaClock *self);
void fika_clock_set_wake (FikaClock *self, int64_t utc);
void fika_clock_emit_wake (FikaClock *self);

/**
 * FikaSystemClock:
 *
 * The real clock: a source on timerfd(CLOCK_REALTIME, ABSTIME | CANCEL_ON_SET).
 */
#define FIKA_TYPE_SYSTEM_CLOCK (fika_system_clock_get_type ())
G_DECLARE_FINAL_TYPE (FikaSystemClock, fika_system_clock, FIKA, SYSTEM_CLOCK, FikaClock)

FikaClock *fika_system_clock_new (void);

G_END_DECLS
