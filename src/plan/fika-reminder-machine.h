#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/*
 * What becomes of a reminder: every move there is, as one pure function. The store reads a row,
 * asks what an event makes of it, and writes the answer, all in one immediate transaction; the
 * service and the window ask it what they may do. Instants are UTC seconds.
 */

/* Told up to so many seconds late, a reminder is an ordinary one; later it is missed. */
#define FIKA_REMINDER_GRACE_SECONDS (10 * 60)

/* How often a reminder is tried before it is set aside, so that one which crashes the service, or
 * which a server chokes on, does not keep the others from being told. */
#define FIKA_REMINDER_ATTEMPTS 3

/* How long a claim is believed: longer than a hung notification server takes to fail. */
#define FIKA_REMINDER_LEASE_SECONDS 60

/**
 * FikaReminderState:
 * @FIKA_REMINDER_PENDING: its time is to come, or it waits to be told
 * @FIKA_REMINDER_POSTING: claimed; believed until its lease ends
 * @FIKA_REMINDER_SHOWN: told, and nobody answered
 * @FIKA_REMINDER_DONE: answered, or no longer about anything
 * @FIKA_REMINDER_DISMISSED: put away by the person
 * @FIKA_REMINDER_MISSED: not told in time, or not at all
 */
typedef enum
{
  FIKA_REMINDER_PENDING,
  FIKA_REMINDER_POSTING,
  FIKA_REMINDER_SHOWN,
  FIKA_REMINDER_DONE,
  FIKA_REMINDER_DISMISSED,
  FIKA_REMINDER_MISSED,
} FikaReminderState;
#define FIKA_N_REMINDER_STATES 6

/**
 * FikaReminderStanding:
 * @state: its state
 * @start: when what it is of begins
 * @due: when to tell it; a snooze moves it
 * @lease: until when a claim is believed; else 0
 * @shown_at: when it was told; 0 = never
 * @attempts: how often it was claimed since it waited anew
 * @snoozed: how often it was put off
 * @notification: its number at the server; 0 = it was in a summary
 * @server: (nullable): the bus name of the server that has it; %NULL = not known here
 * @token: (nullable): what its buttons are known by; likewise
 *
 * Where a reminder stands: what its row holds that events move. The texts belong to whoever filled
 * it.
 */
typedef struct
{
  FikaReminderState state;
  int64_t start;
  int64_t due;
  int64_t lease;
  int64_t shown_at;
  int attempts;
  int snoozed;
  guint notification;
  const char *server;
  const char *token;
} FikaReminderStanding;

/**
 * FikaReminderEventType:
 * @FIKA_REMINDER_CLAIM: somebody wants to tell it. Takes `now`, `token`, `paused_until`. It is due,
 * or an earlier claim has run out
 * @FIKA_REMINDER_TOLD: the server has it. Takes `now`, `server`, `notification`
 * @FIKA_REMINDER_FAILED: it could not be put up. Takes `no_server`
 * @FIKA_REMINDER_SERVER: the service looks whether a server still has it. Takes `now` and `server`,
 *   the one that is there now, if any
 * @FIKA_REMINDER_PRESSED: a button of its notification. Takes `token`
 * @FIKA_REMINDER_ANSWERED: the person did what it was for. Takes `now`
 * @FIKA_REMINDER_PUT_AWAY: the person dismissed it. Takes `now`
 * @FIKA_REMINDER_EXPIRED: the server took it off the screen by itself
 * @FIKA_REMINDER_LISTED: it was told late, in a summary, or cannot be told. Takes `now`
 * @FIKA_REMINDER_SNOOZED: the person put it off. Takes `now` and `due`, until when
 * @FIKA_REMINDER_UNSNOOZED: the person took that back. Takes `state` and `due`, as they were before
 * @FIKA_REMINDER_PASSED_BY: a pause is on. Takes `now`, `paused_until`
 * @FIKA_REMINDER_MOVED: what it is of begins at another time. Takes `now`, `start`, `due`
 * @FIKA_REMINDER_CARRIED: likewise, but nobody moved it: the zone is another. Takes the same
 * @FIKA_REMINDER_RETIMED: what it is of begins as before, and it is to be told at `due`, perhaps
 *   another time than before. Takes the same
 * @FIKA_REMINDER_UNWANTED: what it is of is gone, or has no use for it
 */
typedef enum
{
  FIKA_REMINDER_CLAIM,
  FIKA_REMINDER_TOLD,
  FIKA_REMINDER_FAILED,
  FIKA_REMINDER_SERVER,
  FIKA_REMINDER_PRESSED,
  FIKA_REMINDER_ANSWERED,
  FIKA_REMINDER_PUT_AWAY,
  FIKA_REMINDER_EXPIRED,
  FIKA_REMINDER_LISTED,
  FIKA_REMINDER_SNOOZED,
  FIKA_REMINDER_UNSNOOZED,
  FIKA_REMINDER_PASSED_BY,
  FIKA_REMINDER_MOVED,
  FIKA_REMINDER_CARRIED,
  FIKA_REMINDER_RETIMED,
  FIKA_REMINDER_UNWANTED,
} FikaReminderEventType;
#define FIKA_N_REMINDER_EVENTS 16

/**
 * FikaReminderEvent: what happened, with the facts that its type takes.
 */
typedef struct
{
  FikaReminderEventType type;
  int64_t now;
  int64_t start;
  int64_t due;
  int64_t paused_until; /* 0 = no pause */
  FikaReminderState state;
  const char *server;
  const char *token;
  guint notification;
  gboolean no_server;
} FikaReminderEvent;

/**
 * FikaReminderEffect:
 * @FIKA_REMINDER_REFUSED: the event is none of its: nothing changes
 * @FIKA_REMINDER_MOVES: its row becomes what was answered
 * @FIKA_REMINDER_TELL: likewise, and it is to be told by a notification of its own
 * @FIKA_REMINDER_TELL_ALONE: likewise, but not before others have been: it was tried before, and
 * what tried it may have ended with it
 * @FIKA_REMINDER_TELL_LATE: its row likewise, and it is to be told in the summary of what came
 * while the person was away
 * @FIKA_REMINDER_SET_ASIDE: likewise, and it is not to be told: it was tried too often
 * @FIKA_REMINDER_REMOVE: its row goes
 * @FIKA_REMINDER_STAYS: the event is one of its, and changes nothing: a show that failed is tried
 *   again when its claim has run out; what only left the screen is still told and unanswered; what
 *   the server of now has, and matters no more, can still be pressed
 * @FIKA_REMINDER_POST_AGAIN: nothing changes; it is to be put up at the server of now
 * @FIKA_REMINDER_REPLACE: likewise, in the place that it has there
 */
typedef enum
{
  FIKA_REMINDER_REFUSED,
  FIKA_REMINDER_MOVES,
  FIKA_REMINDER_TELL,
  FIKA_REMINDER_TELL_ALONE,
  FIKA_REMINDER_TELL_LATE,
  FIKA_REMINDER_SET_ASIDE,
  FIKA_REMINDER_REMOVE,
  FIKA_REMINDER_STAYS,
  FIKA_REMINDER_POST_AGAIN,
  FIKA_REMINDER_REPLACE,
} FikaReminderEffect;

FikaReminderEffect fika_reminder_step (const FikaReminderStanding *standing,
                                       const FikaReminderEvent *event,
                                       FikaReminderStanding *next);
gboolean fika_reminder_effect_moves (FikaReminderEffect effect);
gboolean fika_reminder_state_waits (FikaReminderState state);
gboolean fika_reminder_state_is_live (FikaReminderState state);

G_END_DECLS
