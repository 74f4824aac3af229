#include "config.h"

#include "plan/fika-reminder-machine.h"

/*
 * The way of a reminder:
 *
 *   pending ──claim──▶ posting ──told──▶ shown ──pressed, answered──▶ done
 *      ▲                 │  │              ├─────put away───────────▶ dismissed
 *      ├──no server──────┘  └─────listed───┴─(and set aside, passed by)▶ missed
 *      └──snoozed, moved────────────────────────────── from all of these
 *
 * Each function is one event: it changes `next`, which is where the reminder stands, and says what
 * that means. Where it refuses, or nothing changes, it leaves `next` alone.
 */

static gboolean
is_waiting (const FikaReminderStanding *self)
{
  return fika_reminder_state_waits (self->state);
}

static gboolean
is_at_server (const FikaReminderStanding *self)
{
  return self->state == FIKA_REMINDER_POSTING || self->state == FIKA_REMINDER_SHOWN;
}

static FikaReminderEffect
end (FikaReminderStanding *next, FikaReminderState state, int64_t now)
{
  next->state = state;
  next->lease = 0;
  /* What was never on the screen is told by this. */
  if (next->shown_at == 0)
    next->shown_at = now;
  return FIKA_REMINDER_MOVES;
}

/* It is told once more, whatever was told of it. */
static void
wait_anew (FikaReminderStanding *next, int64_t due)
{
  next->state = FIKA_REMINDER_PENDING;
  next->due = due;
  next->lease = 0;
  next->attempts = 0;
}

static FikaReminderEffect
claim (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (!is_waiting (next) || next->due > event->now)
    return FIKA_REMINDER_REFUSED;
  /* Of two who want it one has it; and a pause lets pass by what waits. */
  if (next->state == FIKA_REMINDER_POSTING ? next->lease > event->now
                                           : next->due < event->paused_until)
    return FIKA_REMINDER_REFUSED;
  if (next->attempts >= FIKA_REMINDER_ATTEMPTS)
    {
      end (next, FIKA_REMINDER_MISSED, event->now);
      return FIKA_REMINDER_SET_ASIDE;
    }

  next->state = FIKA_REMINDER_POSTING;
  next->lease = event->now + FIKA_REMINDER_LEASE_SECONDS;
  next->attempts++;
  next->token = event->token;
  if (event->now - next->due > FIKA_REMINDER_GRACE_SECONDS)
    return FIKA_REMINDER_TELL_LATE;
  return next->attempts > 1 ? FIKA_REMINDER_TELL_ALONE : FIKA_REMINDER_TELL;
}

/* Also again, when it was put up again. */
static FikaReminderEffect
told (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (!is_at_server (next))
    return FIKA_REMINDER_REFUSED;
  next->state = FIKA_REMINDER_SHOWN;
  next->lease = 0;
  next->shown_at = event->now;
  next->server = event->server;
  next->notification = event->notification;
  return FIKA_REMINDER_MOVES;
}

static FikaReminderEffect
failed (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (next->state != FIKA_REMINDER_POSTING)
    return FIKA_REMINDER_REFUSED;
  if (!event->no_server)
    return FIKA_REMINDER_STAYS;
  /* Nobody tried: it does not count as an attempt. */
  next->state = FIKA_REMINDER_PENDING;
  next->lease = 0;
  next->attempts = MAX (next->attempts - 1, 0);
  return FIKA_REMINDER_MOVES;
}

/* What was told by a notification of its own and not answered comes back with another server, for
 * as long as it is of use. */
static FikaReminderEffect
look_for (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  gboolean same = event->server != NULL && g_strcmp0 (next->server, event->server) == 0;
  gboolean matters
      = next->due + FIKA_REMINDER_GRACE_SECONDS >= event->now || next->start > event->now;

  if (next->state != FIKA_REMINDER_SHOWN || next->notification == 0)
    return FIKA_REMINDER_REFUSED;
  if (matters)
    return same ? FIKA_REMINDER_REPLACE : FIKA_REMINDER_POST_AGAIN;
  return same ? FIKA_REMINDER_STAYS : FIKA_REMINDER_REFUSED;
}

/* It may be pressed before it is known to be told. Numbers are used again and buttons can be
 * imitated; the token cannot. */
static FikaReminderEffect
pressed (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (!is_at_server (next) || g_strcmp0 (next->token, event->token) != 0)
    return FIKA_REMINDER_REFUSED;
  return end (next, FIKA_REMINDER_DONE, event->now);
}

static FikaReminderEffect
answered (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (next->state == FIKA_REMINDER_DONE)
    return FIKA_REMINDER_REFUSED;
  return end (next, FIKA_REMINDER_DONE, event->now);
}

static FikaReminderEffect
put_away (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (!is_at_server (next))
    return FIKA_REMINDER_REFUSED;
  return end (next, FIKA_REMINDER_DISMISSED, event->now);
}

static FikaReminderEffect
listed (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (!is_waiting (next) && next->state != FIKA_REMINDER_SHOWN)
    return FIKA_REMINDER_REFUSED;
  return end (next, FIKA_REMINDER_MISSED, event->now);
}

/* What was told can be put off, also after it was opened; and what was put off, to another time. */
static FikaReminderEffect
snoozed (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (next->state == FIKA_REMINDER_PENDING && next->snoozed == 0)
    return FIKA_REMINDER_REFUSED;
  wait_anew (next, event->due);
  next->snoozed++;
  return FIKA_REMINDER_MOVES;
}

/* What was on the screen has left it, in front of the person. */
static FikaReminderEffect
unsnoozed (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (next->state != FIKA_REMINDER_PENDING || next->snoozed == 0)
    return FIKA_REMINDER_REFUSED;
  next->state = event->state == FIKA_REMINDER_POSTING || event->state == FIKA_REMINDER_SHOWN
                    ? FIKA_REMINDER_DISMISSED
                    : event->state;
  next->due = event->due;
  next->snoozed--;
  return FIKA_REMINDER_MOVES;
}

/* Missed, and in no summary: as if it had been told when it was due. */
static FikaReminderEffect
passed_by (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (next->state != FIKA_REMINDER_PENDING || next->due > event->now
      || next->due >= event->paused_until)
    return FIKA_REMINDER_REFUSED;
  next->state = FIKA_REMINDER_MISSED;
  next->shown_at = next->due;
  return FIKA_REMINDER_MOVES;
}

static FikaReminderEffect
unwanted (FikaReminderStanding *next)
{
  if (is_waiting (next))
    return FIKA_REMINDER_REMOVE;
  if (next->state != FIKA_REMINDER_SHOWN)
    return FIKA_REMINDER_REFUSED;
  next->state = FIKA_REMINDER_DONE;
  return FIKA_REMINDER_MOVES;
}

static FikaReminderEffect
begin_anew (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  wait_anew (next, event->due);
  next->start = event->start;
  next->snoozed = 0;
  next->shown_at = 0;
  return FIKA_REMINDER_MOVES;
}

/* Whatever was told of the time before, it is told of the new one; unless that lies too near. */
static FikaReminderEffect
moved (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (event->due >= event->now)
    return begin_anew (next, event);
  if (is_waiting (next))
    return FIKA_REMINDER_REMOVE;
  next->state = FIKA_REMINDER_DONE;
  next->start = event->start;
  return FIKA_REMINDER_MOVES;
}

/* What was told before a journey is not told after it again. What the journey jumped over is told
 * late, as after sleep. */
static FikaReminderEffect
carried (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (!is_waiting (next))
    {
      next->start = event->start;
      return FIKA_REMINDER_MOVES;
    }
  if (event->due >= event->now || event->start < event->now)
    return begin_anew (next, event);
  return FIKA_REMINDER_REMOVE;
}

/* A time that the person chose stays; and what has come due is told, whatever it would be now. What
 * was missed by a clock that has been set back since is still to come. */
static FikaReminderEffect
retimed (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  if (next->state == FIKA_REMINDER_MISSED && next->due > event->now)
    {
      wait_anew (next, next->snoozed > 0 ? next->due : event->due);
      next->start = event->start;
      next->shown_at = 0;
      return FIKA_REMINDER_MOVES;
    }
  if (next->state != FIKA_REMINDER_PENDING || next->snoozed > 0 || next->due == event->due
      || next->due <= event->now || event->due < event->now)
    return FIKA_REMINDER_REFUSED;
  next->start = event->start;
  next->due = event->due;
  return FIKA_REMINDER_MOVES;
}

static FikaReminderEffect
step (FikaReminderStanding *next, const FikaReminderEvent *event)
{
  switch (event->type)
    {
    case FIKA_REMINDER_CLAIM:
      return claim (next, event);
    case FIKA_REMINDER_TOLD:
      return told (next, event);
    case FIKA_REMINDER_FAILED:
      return failed (next, event);
    case FIKA_REMINDER_SERVER:
      return look_for (next, event);
    case FIKA_REMINDER_PRESSED:
      return pressed (next, event);
    case FIKA_REMINDER_ANSWERED:
      return answered (next, event);
    case FIKA_REMINDER_PUT_AWAY:
      return put_away (next, event);
    case FIKA_REMINDER_EXPIRED:
      return is_at_server (next) ? FIKA_REMINDER_STAYS : FIKA_REMINDER_REFUSED;
    case FIKA_REMINDER_LISTED:
      return listed (next, event);
    case FIKA_REMINDER_SNOOZED:
      return snoozed (next, event);
    case FIKA_REMINDER_UNSNOOZED:
      return unsnoozed (next, event);
    case FIKA_REMINDER_PASSED_BY:
      return passed_by (next, event);
    case FIKA_REMINDER_MOVED:
      return moved (next, event);
    case FIKA_REMINDER_CARRIED:
      return carried (next, event);
    case FIKA_REMINDER_RETIMED:
      return retimed (next, event);
    case FIKA_REMINDER_UNWANTED:
    default:
      return unwanted (next);
    }
}

/**
 * fika_reminder_step:
 * @standing: where a reminder stands
 * @event: what happened, with the facts that its type takes
 * @next: (out caller-allocates): where it stands then; as before where nothing changes, or where
 * its row goes
 *
 * Every rule about the states of reminders: it reads nothing but its arguments, and changes nothing
 * but @next.
 *
 * Returns: what is to be done
 */
FikaReminderEffect
fika_reminder_step (const FikaReminderStanding *standing,
                    const FikaReminderEvent *event,
                    FikaReminderStanding *next)
{
  g_return_val_if_fail (standing != NULL, FIKA_REMINDER_REFUSED);
  g_return_val_if_fail (event != NULL, FIKA_REMINDER_REFUSED);
  g_return_val_if_fail (next != NULL, FIKA_REMINDER_REFUSED);

  *next = *standing;
  return step (next, event);
}

/**
 * fika_reminder_effect_moves:
 * @effect: of an event
 *
 * Returns: whether the row is to be written as it was answered
 */
gboolean
fika_reminder_effect_moves (FikaReminderEffect effect)
{
  return effect >= FIKA_REMINDER_MOVES && effect <= FIKA_REMINDER_SET_ASIDE;
}

/**
 * fika_reminder_state_waits:
 * @state: a state
 *
 * Returns: whether it is yet to be told
 */
gboolean
fika_reminder_state_waits (FikaReminderState state)
{
  return state == FIKA_REMINDER_PENDING || state == FIKA_REMINDER_POSTING;
}

/**
 * fika_reminder_state_is_live:
 * @state: a state
 *
 * Returns: whether something is still to come of it: it waits, or was told and not answered
 */
gboolean
fika_reminder_state_is_live (FikaReminderState state)
{
  return fika_reminder_state_waits (state) || state == FIKA_REMINDER_SHOWN;
}
