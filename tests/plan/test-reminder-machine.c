#include "config.h"

#include "plan/fika-reminder-machine.h"

/*
 * What becomes of a reminder: each state under each event, and each condition at its edge. What is
 * expected was written by hand from what the service promises:
 *
 * a claim is for one, for a minute, only of what is due; up to ten minutes late is in time; the
 * fourth try is none; what the person did ends it, what the screen did does not; a plan that moved
 * is told anew, one that went is not told; a pause lets pass; a snooze has its own time.
 */

#define NOW 10000
#define LATER 12000

static const char *const state_names[FIKA_N_REMINDER_STATES]
    = { "pending", "posting", "shown", "done", "dismissed", "missed" };

static const char *const effect_names[] = {
  [FIKA_REMINDER_REFUSED] = "-",
  [FIKA_REMINDER_MOVES] = "moves",
  [FIKA_REMINDER_TELL] = "tell",
  [FIKA_REMINDER_TELL_ALONE] = "tell-alone",
  [FIKA_REMINDER_TELL_LATE] = "tell-late",
  [FIKA_REMINDER_SET_ASIDE] = "set-aside",
  [FIKA_REMINDER_REMOVE] = "remove",
  [FIKA_REMINDER_STAYS] = "stays",
  [FIKA_REMINDER_POST_AGAIN] = "post-again",
  [FIKA_REMINDER_REPLACE] = "replace",
};

static void
append_number (GString *text, const char *name, int64_t before, int64_t after)
{
  if (before != after)
    g_string_append_printf (text, " %s=%d", name, (int) after);
}

static void
append_text (GString *text, const char *name, const char *before, const char *after)
{
  if (g_strcmp0 (before, after) != 0)
    g_string_append_printf (text, " %s=%s", name, after);
}

/* The effect, and after it whatever is another than before. */
static char *
tell_step (const FikaReminderStanding *standing, const FikaReminderEvent *event)
{
  FikaReminderStanding next;
  FikaReminderEffect effect = fika_reminder_step (standing, event, &next);
  GString *text = g_string_new (effect_names[effect]);

  if (next.state != standing->state)
    g_string_append_printf (text, " %s", state_names[next.state]);
  append_number (text, "start", standing->start, next.start);
  append_number (text, "due", standing->due, next.due);
  append_number (text, "lease", standing->lease, next.lease);
  append_number (text, "shown", standing->shown_at, next.shown_at);
  append_number (text, "attempts", standing->attempts, next.attempts);
  append_number (text, "snoozed", standing->snoozed, next.snoozed);
  append_number (text, "number", standing->notification, next.notification);
  append_text (text, "server", standing->server, next.server);
  append_text (text, "token", standing->token, next.token);
  g_assert_true (fika_reminder_effect_moves (effect)
                 == (effect == FIKA_REMINDER_MOVES || effect == FIKA_REMINDER_TELL
                     || effect == FIKA_REMINDER_TELL_ALONE || effect == FIKA_REMINDER_TELL_LATE
                     || effect == FIKA_REMINDER_SET_ASIDE));
  return g_string_free (text, FALSE);
}

/* One of each state, as such rows are: due a while ago, of something that is still to come. */
static const FikaReminderStanding rows[FIKA_N_REMINDER_STATES] = {
  [FIKA_REMINDER_PENDING]
  = { .state = FIKA_REMINDER_PENDING, .start = LATER, .due = 9900, .server = "", .token = "" },
  [FIKA_REMINDER_POSTING] = { .state = FIKA_REMINDER_POSTING,
                              .start = LATER,
                              .due = 9900,
                              .lease = 9960,
                              .attempts = 1,
                              .server = "",
                              .token = "t1" },
  [FIKA_REMINDER_SHOWN] = { .state = FIKA_REMINDER_SHOWN,
                            .start = LATER,
                            .due = 9900,
                            .shown_at = 9901,
                            .attempts = 1,
                            .notification = 7,
                            .server = ":1.1",
                            .token = "t1" },
  [FIKA_REMINDER_DONE] = { .state = FIKA_REMINDER_DONE,
                           .start = LATER,
                           .due = 9900,
                           .shown_at = 9901,
                           .attempts = 1,
                           .notification = 7,
                           .server = ":1.1",
                           .token = "t1" },
  [FIKA_REMINDER_DISMISSED] = { .state = FIKA_REMINDER_DISMISSED,
                                .start = LATER,
                                .due = 9900,
                                .shown_at = 9901,
                                .attempts = 1,
                                .notification = 7,
                                .server = ":1.1",
                                .token = "t1" },
  [FIKA_REMINDER_MISSED] = { .state = FIKA_REMINDER_MISSED,
                             .start = LATER,
                             .due = 9900,
                             .shown_at = 9901,
                             .attempts = 1,
                             .server = "",
                             .token = "t1" },
};

/* One of each event, with facts that let it do what it is for. */
static const FikaReminderEvent events[FIKA_N_REMINDER_EVENTS] = {
  [FIKA_REMINDER_CLAIM] = { FIKA_REMINDER_CLAIM, .now = NOW, .token = "t2" },
  [FIKA_REMINDER_TOLD] = { FIKA_REMINDER_TOLD, .now = NOW, .server = ":1.2", .notification = 9 },
  [FIKA_REMINDER_FAILED] = { FIKA_REMINDER_FAILED, .now = NOW, .no_server = TRUE },
  [FIKA_REMINDER_SERVER] = { FIKA_REMINDER_SERVER, .now = NOW, .server = ":1.2" },
  [FIKA_REMINDER_PRESSED] = { FIKA_REMINDER_PRESSED, .now = NOW, .token = "t1" },
  [FIKA_REMINDER_ANSWERED] = { FIKA_REMINDER_ANSWERED, .now = NOW },
  [FIKA_REMINDER_PUT_AWAY] = { FIKA_REMINDER_PUT_AWAY, .now = NOW },
  [FIKA_REMINDER_EXPIRED] = { FIKA_REMINDER_EXPIRED, .now = NOW },
  [FIKA_REMINDER_LISTED] = { FIKA_REMINDER_LISTED, .now = NOW },
  [FIKA_REMINDER_SNOOZED] = { FIKA_REMINDER_SNOOZED, .now = NOW, .due = 10600 },
  [FIKA_REMINDER_UNSNOOZED]
  = { FIKA_REMINDER_UNSNOOZED, .now = NOW, .due = 9000, .state = FIKA_REMINDER_SHOWN },
  [FIKA_REMINDER_PASSED_BY] = { FIKA_REMINDER_PASSED_BY, .now = NOW, .paused_until = 9901 },
  [FIKA_REMINDER_MOVED] = { FIKA_REMINDER_MOVED, .now = NOW, .start = 20000, .due = 19400 },
  [FIKA_REMINDER_CARRIED] = { FIKA_REMINDER_CARRIED, .now = NOW, .start = 20000, .due = 19400 },
  [FIKA_REMINDER_RETIMED] = { FIKA_REMINDER_RETIMED, .now = NOW, .start = LATER, .due = 11000 },
  [FIKA_REMINDER_UNWANTED] = { FIKA_REMINDER_UNWANTED, .now = NOW },
};

/* Each cell: what it does, then all that changes. "-" refuses. */
static const char *const matrix[FIKA_N_REMINDER_EVENTS][FIKA_N_REMINDER_STATES] = {
  /* clang-format off */
  [FIKA_REMINDER_CLAIM] = {
    "tell posting lease=10060 attempts=1 token=t2",
    "tell-alone lease=10060 attempts=2 token=t2", /* the lease was over */
    "-", "-", "-", "-" },
  [FIKA_REMINDER_TOLD] = {
    "-", /* somebody released it: it is told again */
    "moves shown lease=0 shown=10000 number=9 server=:1.2",
    "moves shown=10000 number=9 server=:1.2", /* put up again */
    "-", "-", "-" },
  [FIKA_REMINDER_FAILED] = {
    "-",
    "moves pending lease=0 attempts=0",
    "-", "-", "-", "-" },
  [FIKA_REMINDER_SERVER] = {
    "-", "-",
    "post-again",
    "-", "-", "-" },
  [FIKA_REMINDER_PRESSED] = {
    "-",
    "moves done lease=0 shown=10000",
    "moves done",
    "-", "-", "-" },
  [FIKA_REMINDER_ANSWERED] = {
    "moves done shown=10000",
    "moves done lease=0 shown=10000",
    "moves done",
    "-",
    "moves done",
    "moves done" },
  [FIKA_REMINDER_PUT_AWAY] = {
    "-",
    "moves dismissed lease=0 shown=10000",
    "moves dismissed",
    "-", "-", "-" },
  [FIKA_REMINDER_EXPIRED] = {
    "-",
    "stays",
    "stays",
    "-", "-", "-" },
  [FIKA_REMINDER_LISTED] = {
    "moves missed shown=10000",
    "moves missed lease=0 shown=10000",
    "moves missed",
    "-", "-", "-" },
  [FIKA_REMINDER_SNOOZED] = {
    "-", /* it was never told */
    "moves pending due=10600 lease=0 attempts=0 snoozed=1",
    "moves pending due=10600 attempts=0 snoozed=1",
    "moves pending due=10600 attempts=0 snoozed=1", /* it was opened, and then put off */
    "moves pending due=10600 attempts=0 snoozed=1",
    "moves pending due=10600 attempts=0 snoozed=1" },
  [FIKA_REMINDER_UNSNOOZED] = { "-", "-", "-", "-", "-", "-" }, /* none of them is snoozed */
  [FIKA_REMINDER_PASSED_BY] = {
    "moves missed shown=9900",
    "-", "-", "-", "-", "-" },
  [FIKA_REMINDER_MOVED] = {
    "moves start=20000 due=19400",
    "moves pending start=20000 due=19400 lease=0 attempts=0",
    "moves pending start=20000 due=19400 shown=0 attempts=0",
    "moves pending start=20000 due=19400 shown=0 attempts=0",
    "moves pending start=20000 due=19400 shown=0 attempts=0",
    "moves pending start=20000 due=19400 shown=0 attempts=0" },
  [FIKA_REMINDER_CARRIED] = {
    "moves start=20000 due=19400",
    "moves pending start=20000 due=19400 lease=0 attempts=0",
    "moves start=20000", /* told in one zone, it is not told in the next */
    "moves start=20000",
    "moves start=20000",
    "moves start=20000" },
  [FIKA_REMINDER_RETIMED] = {
    "-", /* it is due: that is told */
    "-", "-", "-", "-",
    "-" }, /* its time has come, and that was it */
  [FIKA_REMINDER_UNWANTED] = {
    "remove",
    "remove",
    "moves done", /* it is taken off the screen */
    "-", "-", "-" },
  /* clang-format on */
};

static void
test_matrix (void)
{
  for (guint event = 0; event < FIKA_N_REMINDER_EVENTS; event++)
    for (guint state = 0; state < FIKA_N_REMINDER_STATES; state++)
      {
        g_autofree char *text = tell_step (&rows[state], &events[event]);

        g_test_message ("event %u of a reminder that is %s", event, state_names[state]);
        g_assert_cmpuint (events[event].type, ==, event);
        g_assert_cmpuint (rows[state].state, ==, state);
        g_assert_cmpstr (text, ==, matrix[event][state]);
      }
}

typedef struct
{
  const char *why;
  FikaReminderStanding standing;
  FikaReminderEvent event;
  const char *expected;
} Edge;

#define PENDING FIKA_REMINDER_PENDING
#define POSTING FIKA_REMINDER_POSTING
#define SHOWN FIKA_REMINDER_SHOWN

static const Edge edges[] = {
  /* Claims. */
  { "not a second early", { PENDING, .due = NOW + 1 }, { FIKA_REMINDER_CLAIM, NOW }, "-" },
  { "on the second",
    { PENDING, .due = NOW },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell posting lease=10060 attempts=1 token=a" },
  { "ten minutes late is in time",
    { PENDING, .due = NOW - 600 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell posting lease=10060 attempts=1 token=a" },
  { "a second more is late",
    { PENDING, .due = NOW - 601 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell-late posting lease=10060 attempts=1 token=a" },
  { "tried before, but free",
    { PENDING, .due = NOW, .attempts = 1 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell-alone posting lease=10060 attempts=2 token=a" },
  { "tried before, and late",
    { POSTING, .due = NOW - 601, .lease = 9500, .attempts = 1 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell-late lease=10060 attempts=2 token=a" },
  { "somebody has it",
    { POSTING, .due = 9900, .lease = NOW + 1, .attempts = 1 },
    { FIKA_REMINDER_CLAIM, NOW },
    "-" },
  { "nobody has it any more",
    { POSTING, .due = 9900, .lease = NOW, .attempts = 1 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell-alone lease=10060 attempts=2 token=a" },
  { "claimed, but not due: the clock was set back",
    { POSTING, .due = NOW + 1, .lease = NOW, .attempts = 1 },
    { FIKA_REMINDER_CLAIM, NOW },
    "-" },
  { "due in a pause",
    { PENDING, .due = 9900 },
    { FIKA_REMINDER_CLAIM, NOW, .paused_until = 9901 },
    "-" },
  { "due as the pause ends",
    { PENDING, .due = 9900 },
    { FIKA_REMINDER_CLAIM, NOW, .paused_until = 9900, .token = "a" },
    "tell posting lease=10060 attempts=1 token=a" },
  { "claimed before the pause, it is told",
    { POSTING, .due = 9900, .lease = 9960, .attempts = 1 },
    { FIKA_REMINDER_CLAIM, NOW, .paused_until = 9901, .token = "a" },
    "tell-alone lease=10060 attempts=2 token=a" },
  { "the third try",
    { POSTING, .due = 9900, .lease = NOW, .attempts = 2 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "tell-alone lease=10060 attempts=3 token=a" },
  { "no fourth",
    { POSTING, .due = 9900, .lease = NOW, .attempts = 3 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "set-aside missed lease=0 shown=10000" },
  { "no fourth of the second time either: it was told once",
    { POSTING, .due = 9900, .lease = NOW, .attempts = 3, .shown_at = 9000, .snoozed = 1 },
    { FIKA_REMINDER_CLAIM, NOW, .token = "a" },
    "set-aside missed lease=0" },

  /* Failures. */
  { "it was tried: its claim runs out",
    { POSTING, .due = 9900, .lease = 9960, .attempts = 1 },
    { FIKA_REMINDER_FAILED, NOW },
    "stays" },
  { "the tries before count",
    { POSTING, .due = 9900, .lease = 9960, .attempts = 3 },
    { FIKA_REMINDER_FAILED, NOW, .no_server = TRUE },
    "moves pending lease=0 attempts=2" },
  { "never fewer than none",
    { POSTING, .due = 9900, .lease = 9960 },
    { FIKA_REMINDER_FAILED, NOW, .no_server = TRUE },
    "moves pending lease=0" },

  /* Servers: 048, 049. */
  { "the same has it",
    { SHOWN, .due = 9900, .notification = 7, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW, .server = ":1.1" },
    "replace" },
  { "none is there",
    { SHOWN, .due = 9900, .notification = 7, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW },
    "post-again" },
  { "ten minutes after, begun",
    { SHOWN, .start = 9000, .due = NOW - 600, .notification = 7, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW, .server = ":1.2" },
    "post-again" },
  { "longer after, begun",
    { SHOWN, .start = NOW, .due = NOW - 601, .notification = 7, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW, .server = ":1.2" },
    "-" },
  { "longer after, not begun",
    { SHOWN, .start = NOW + 1, .due = NOW - 601, .notification = 7, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW, .server = ":1.2" },
    "post-again" },
  { "longer after, begun, where it is",
    { SHOWN, .start = NOW, .due = NOW - 601, .notification = 7, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW, .server = ":1.1" },
    "stays" },
  { "it was in a summary",
    { SHOWN, .start = LATER, .due = 9900, .server = ":1.1" },
    { FIKA_REMINDER_SERVER, NOW, .server = ":1.2" },
    "-" },

  /* Presses: 047. */
  { "somebody else's token",
    { SHOWN, .due = 9900, .notification = 7, .token = "t1" },
    { FIKA_REMINDER_PRESSED, NOW, .token = "t2" },
    "-" },
  { "no token",
    { SHOWN, .due = 9900, .notification = 7, .token = "t1" },
    { FIKA_REMINDER_PRESSED, NOW },
    "-" },

  /* Snoozes. */
  { "put off once more",
    { PENDING, .due = 10600, .shown_at = 9901, .snoozed = 1, .attempts = 1 },
    { FIKA_REMINDER_SNOOZED, NOW, .due = 13600 },
    "moves due=13600 attempts=0 snoozed=2" },
  { "taken back, once it left the screen",
    { PENDING, .due = 10600, .shown_at = 9901, .snoozed = 1 },
    { FIKA_REMINDER_UNSNOOZED, NOW, .state = SHOWN, .due = 9900 },
    "moves dismissed due=9900 snoozed=0" },
  { "taken back, on its way there",
    { PENDING, .due = 10600, .shown_at = 9901, .snoozed = 1 },
    { FIKA_REMINDER_UNSNOOZED, NOW, .state = POSTING, .due = 9900 },
    "moves dismissed due=9900 snoozed=0" },
  { "taken back, after it was opened",
    { PENDING, .due = 10600, .shown_at = 9901, .snoozed = 1 },
    { FIKA_REMINDER_UNSNOOZED, NOW, .state = FIKA_REMINDER_DONE, .due = 9900 },
    "moves done due=9900 snoozed=0" },
  { "the second is taken back, the first stays",
    { PENDING, .due = 13600, .shown_at = 9901, .snoozed = 2 },
    { FIKA_REMINDER_UNSNOOZED, NOW, .state = PENDING, .due = 10600 },
    "moves due=10600 snoozed=1" },
  { "too late: it was told again",
    { SHOWN, .due = 10600, .shown_at = 10600, .snoozed = 1 },
    { FIKA_REMINDER_UNSNOOZED, NOW, .state = SHOWN, .due = 9900 },
    "-" },

  /* Pauses. */
  { "not due yet",
    { PENDING, .due = NOW + 1 },
    { FIKA_REMINDER_PASSED_BY, NOW, .paused_until = 20000 },
    "-" },
  { "due now",
    { PENDING, .due = NOW },
    { FIKA_REMINDER_PASSED_BY, NOW, .paused_until = 20000 },
    "moves missed shown=10000" },
  { "due as the pause ended",
    { PENDING, .due = 9900 },
    { FIKA_REMINDER_PASSED_BY, NOW, .paused_until = 9900 },
    "-" },

  /* Plans that move. */
  { "to the last moment",
    { SHOWN, .start = LATER, .due = 9900, .shown_at = 9901, .snoozed = 1 },
    { FIKA_REMINDER_MOVED, NOW, .start = 10600, .due = NOW },
    "moves pending start=10600 due=10000 shown=0 snoozed=0" },
  { "too near, and it waits",
    { PENDING, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_MOVED, NOW, .start = 10599, .due = NOW - 1 },
    "remove" },
  { "too near, on its way",
    { POSTING, .start = LATER, .due = 9900, .lease = 9960 },
    { FIKA_REMINDER_MOVED, NOW, .start = 10599, .due = NOW - 1 },
    "remove" },
  { "too near, and it was told",
    { SHOWN, .start = LATER, .due = 9900, .shown_at = 9901 },
    { FIKA_REMINDER_MOVED, NOW, .start = 10599, .due = NOW - 1 },
    "moves done start=10599" },

  /* Plans that a journey moves. */
  { "it is due as one arrives",
    { PENDING, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_CARRIED, NOW, .start = 10600, .due = NOW },
    "moves start=10600 due=10000" },
  { "its time was jumped over, and it has not begun",
    { PENDING, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_CARRIED, NOW, .start = NOW, .due = NOW - 1 },
    "remove" },
  { "it was jumped over",
    { PENDING, .start = LATER, .due = 11000, .snoozed = 1 },
    { FIKA_REMINDER_CARRIED, NOW, .start = NOW - 1, .due = 9400 },
    "moves start=9999 due=9400 snoozed=0" },
  { "it was jumped over, and told before",
    { SHOWN, .start = LATER, .due = 9900, .shown_at = 9901 },
    { FIKA_REMINDER_CARRIED, NOW, .start = NOW - 1, .due = 9400 },
    "moves start=9999" },

  /* Other hours for the same thing. */
  { "later",
    { PENDING, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER + 1, .due = 11500 },
    "moves start=12001 due=11500" },
  { "now",
    { PENDING, .start = LATER, .due = NOW + 1 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = NOW },
    "moves due=10000" },
  { "the same",
    { PENDING, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER + 1, .due = 11000 },
    "-" },
  { "past: it is told when it would have been",
    { PENDING, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = NOW - 1 },
    "-" },
  { "it is due",
    { PENDING, .start = LATER, .due = NOW },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = 11000 },
    "-" },
  { "the person chose its time",
    { PENDING, .start = LATER, .due = 11000, .snoozed = 1 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = 11500 },
    "-" },
  { "missed, and due now: that was it",
    { FIKA_REMINDER_MISSED, .start = LATER, .due = NOW, .shown_at = 10800 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = NOW },
    "-" },
  { "missed, and due in a second",
    { FIKA_REMINDER_MISSED, .start = LATER, .due = NOW + 1, .shown_at = 10800, .snoozed = 1 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = NOW + 1 },
    "moves pending shown=0" },
  { "missed by a clock that went wrong, and to be told at another time since",
    { FIKA_REMINDER_MISSED, .start = LATER, .due = 11000, .shown_at = 11800, .attempts = 1 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = 11500 },
    "moves pending due=11500 shown=0 attempts=0" },
  { "missed by a clock that went wrong, at a time that the person chose",
    { FIKA_REMINDER_MISSED, .start = LATER, .due = 11000, .shown_at = 11800, .snoozed = 1 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = 11500 },
    "moves pending shown=0" },
  { "it was told",
    { SHOWN, .start = LATER, .due = 11000 },
    { FIKA_REMINDER_RETIMED, NOW, .start = LATER, .due = 11500 },
    "-" },
};

static void
test_edges (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      g_autofree char *text = tell_step (&edges[i].standing, &edges[i].event);

      g_test_message ("%s", edges[i].why);
      g_assert_cmpstr (text, ==, edges[i].expected);
    }
}

/* Nothing but `next` changes, and where the event is refused not even that. */
static void
test_pure (void)
{
  FikaReminderStanding standing = rows[FIKA_REMINDER_PENDING];
  FikaReminderStanding next;

  g_assert_cmpint (fika_reminder_step (&standing, &events[FIKA_REMINDER_CLAIM], &next), ==,
                   FIKA_REMINDER_TELL);
  g_assert_cmpint (standing.state, ==, FIKA_REMINDER_PENDING);
  g_assert_cmpint (standing.attempts, ==, 0);
  g_assert_cmpint (next.attempts, ==, 1);

  /* In place. */
  g_assert_cmpint (fika_reminder_step (&standing, &events[FIKA_REMINDER_CLAIM], &standing), ==,
                   FIKA_REMINDER_TELL);
  g_assert_cmpint (standing.state, ==, FIKA_REMINDER_POSTING);
}

static void
test_states (void)
{
  static const gboolean waits[] = { TRUE, TRUE, FALSE, FALSE, FALSE, FALSE };
  static const gboolean live[] = { TRUE, TRUE, TRUE, FALSE, FALSE, FALSE };

  for (guint state = 0; state < FIKA_N_REMINDER_STATES; state++)
    {
      g_assert_true (fika_reminder_state_waits (state) == waits[state]);
      g_assert_true (fika_reminder_state_is_live (state) == live[state]);
    }
}

static void
test_wrong_arguments (void)
{
  const FikaReminderStanding *row = &rows[FIKA_REMINDER_PENDING];
  const FikaReminderEvent *event = &events[FIKA_REMINDER_CLAIM];
  FikaReminderStanding next;

  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*standing != NULL*");
  g_assert_cmpint (fika_reminder_step (NULL, event, &next), ==, FIKA_REMINDER_REFUSED);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*event != NULL*");
  g_assert_cmpint (fika_reminder_step (row, NULL, &next), ==, FIKA_REMINDER_REFUSED);
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*next != NULL*");
  g_assert_cmpint (fika_reminder_step (row, event, NULL), ==, FIKA_REMINDER_REFUSED);
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reminder-machine/matrix", test_matrix);
  g_test_add_func ("/reminder-machine/edges", test_edges);
  g_test_add_func ("/reminder-machine/pure", test_pure);
  g_test_add_func ("/reminder-machine/states", test_states);
  g_test_add_func ("/reminder-machine/wrong-arguments", test_wrong_arguments);

  return g_test_run ();
}
