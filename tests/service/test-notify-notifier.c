#include "config.h"

#include "base/fika-error.h"
#include "service/fika-notify-notifier.h"

#include <gio/gio.h>
#include <signal.h>
#include <stdlib.h>

/* The real notifier against the small server of tests/lib, on a bus of its own. */

#define PATIENCE_MS 60000

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *connection;
  GSubprocess *server;
  FikaNotifier *notifier;
  guint n_actions;
  char *key;
  char *activation_token;
  guint n_closed;
  guint reason;
  guint number;
} Fixture;

typedef struct
{
  gboolean done;
  gboolean ok;
  guint number;
  char *server;
  GError *error;
} Answer;

#define await(expression)                                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;             \
    while (!(expression))                                                                          \
      {                                                                                            \
        g_assert_cmpint (g_get_monotonic_time (), <, deadline);                                    \
        if (!g_main_context_iteration (NULL, FALSE))                                               \
          g_usleep (1000);                                                                         \
      }                                                                                            \
  }                                                                                                \
  G_STMT_END

static const FikaServerState *
state (Fixture *fixture)
{
  return fika_notifier_get_state (fixture->notifier);
}

static void
action_cb (FikaNotifier *notifier,
           guint number,
           const char *key,
           const char *activation_token,
           Fixture *fixture)
{
  fixture->n_actions++;
  fixture->number = number;
  g_free (fixture->key);
  fixture->key = g_strdup (key);
  g_free (fixture->activation_token);
  fixture->activation_token = g_strdup (activation_token);
}

static void
closed_cb (FikaNotifier *notifier, guint number, guint reason, Fixture *fixture)
{
  fixture->n_closed++;
  fixture->number = number;
  fixture->reason = reason;
}

static void
start_server (Fixture *fixture, const char *mode)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->server);
  /* Stopped in a test that fails, it must not keep the output of the tests open. */
  fixture->server = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
      "/usr/bin/python3", g_getenv ("FIKA_NOTIFICATION_SERVER"), mode, NULL);
  g_assert_no_error (error);
}

static void
server_gone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *gone = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  *gone = TRUE;
}

static void
stop_server (Fixture *fixture, int how)
{
  gboolean gone = FALSE;

  g_subprocess_send_signal (fixture->server, how);
  g_subprocess_wait_async (fixture->server, NULL, server_gone_cb, &gone);
  await (gone);
  g_clear_object (&fixture->server);
}

static void
steered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GVariant **reply = user_data;
  g_autoptr (GError) error = NULL;

  *reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_assert_no_error (error);
}

static GVariant *
steer (Fixture *fixture, const char *method, GVariant *parameters)
{
  GVariant *reply = NULL;

  g_dbus_connection_call (fixture->connection, "org.fikaplanner.Fika.TestServer",
                          "/org/fikaplanner/Fika/TestServer", "org.fikaplanner.Fika.TestServer",
                          method, parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, steered_cb,
                          &reply);
  await (reply != NULL);

  return reply;
}

static void
steer_only (Fixture *fixture, const char *method, GVariant *parameters)
{
  g_variant_unref (steer (fixture, method, parameters));
}

static guint
history_length (Fixture *fixture)
{
  g_autoptr (GVariant) reply = steer (fixture, "History", NULL);
  g_autoptr (GVariant) calls = g_variant_get_child_value (reply, 0);

  return g_variant_n_children (calls);
}

static void
set_up (Fixture *fixture, gconstpointer mode)
{
  g_autoptr (GError) error = NULL;

  fixture->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (fixture->bus);
  fixture->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (fixture->connection, FALSE);

  fixture->notifier = fika_notify_notifier_new (fixture->connection);
  g_signal_connect (fixture->notifier, "action", G_CALLBACK (action_cb), fixture);
  g_signal_connect (fixture->notifier, "closed", G_CALLBACK (closed_cb), fixture);
  if (mode != NULL)
    {
      start_server (fixture, mode);
      await (state (fixture)->server != NULL);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer mode)
{
  if (fixture->server != NULL)
    {
      g_subprocess_send_signal (fixture->server, SIGCONT);
      stop_server (fixture, SIGKILL);
      await (state (fixture)->server == NULL);
    }

  /* Calls in flight hold a reference until they are answered. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (fixture->notifier);

  g_free (fixture->key);
  g_free (fixture->activation_token);
  g_object_unref (fixture->connection);
  g_test_dbus_down (fixture->bus);
  g_object_unref (fixture->bus);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->ok = fika_notifier_show_finish (FIKA_NOTIFIER (source), result, &answer->number,
                                          &answer->server, &answer->error);
  answer->done = TRUE;
}

static void
answer_clear (Answer *answer)
{
  g_free (answer->server);
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
show (Fixture *fixture, guint replaces, Answer *answer)
{
  g_autoptr (FikaNotification) notification
      = fika_notification_new ("tag-1", "Tea & <Ada>", "1 < 2 & 3");
  g_autoptr (FikaNotification) copy = NULL;

  fika_notification_add_button (notification, FIKA_NOTIFICATION_DEFAULT, "Open");
  fika_notification_add_button (notification, "log:1", "Log");
  copy = fika_notification_copy (notification, replaces);
  fika_notifier_show_async (fixture->notifier, copy, answered_cb, answer);
}

static void
test_shows (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) hints = NULL;
  g_autofree const char **buttons = NULL;
  const char *title, *body, *tag, *entry;
  guint number;

  await (state (fixture)->ready);
  g_assert_true (state (fixture)->reachable);
  g_assert_true (state (fixture)->actions);
  g_assert_false (state (fixture)->stuck);
  g_assert_cmpstr (state (fixture)->name, ==, "fika-test");

  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
  g_assert_cmpstr (answer.server, ==, state (fixture)->server);

  reply = steer (fixture, "List", NULL);
  g_variant_get_child (g_variant_get_child_value (reply, 0), 0, "(u&s&s^a&s@a{sv})", &number,
                       &title, &body, &buttons, &hints);
  g_assert_cmpuint (number, ==, answer.number);
  g_assert_cmpstr (title, ==, "Tea & <Ada>");
  g_assert_cmpstr (body, ==, "1 &lt; 2 &amp; 3");
  g_assert_cmpuint (g_strv_length ((char **) buttons), ==, 4);
  g_assert_cmpstr (buttons[0], ==, "default");
  g_assert_cmpstr (buttons[2], ==, "log:1");
  g_assert_cmpstr (buttons[3], ==, "Log");
  g_assert_true (g_variant_lookup (hints, "desktop-entry", "&s", &entry));
  g_assert_cmpstr (entry, ==, "org.fikaplanner.Fika");
  g_assert_true (g_variant_lookup (hints, "x-dunst-stack-tag", "&s", &tag));
  g_assert_cmpstr (tag, ==, "tag-1");
}

static void
test_press_and_close (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };

  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_true (answer.ok);

  steer_only (fixture, "Press", g_variant_new ("(us)", answer.number, "log:1"));
  await (fixture->n_closed == 1);
  g_assert_cmpuint (fixture->n_actions, ==, 1);
  g_assert_cmpstr (fixture->key, ==, "log:1");
  g_assert_nonnull (fixture->activation_token);
  g_assert_true (g_str_has_prefix (fixture->activation_token, "token-"));
  g_assert_cmpuint (fixture->number, ==, answer.number);
  g_assert_cmpuint (fixture->reason, ==, FIKA_CLOSED_DISMISSED);
}

/* Catalogue row 52: the four reasons arrive as they are. */
static void
test_reasons (Fixture *fixture, gconstpointer mode)
{
  for (guint reason = FIKA_CLOSED_EXPIRED; reason <= FIKA_CLOSED_UNDEFINED; reason++)
    {
      g_auto (Answer) answer = { 0 };

      show (fixture, 0, &answer);
      await (answer.done);
      g_assert_true (answer.ok);
      if (reason == FIKA_CLOSED_BY_CALL)
        fika_notifier_close (fixture->notifier, answer.number);
      else
        steer_only (fixture, "Close", g_variant_new ("(uu)", answer.number, reason));
      await (fixture->n_closed == reason);
      g_assert_cmpuint (fixture->reason, ==, reason);
      g_assert_cmpuint (fixture->number, ==, answer.number);
    }
}

static void
test_replaces (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) first = { 0 };
  g_auto (Answer) second = { 0 };

  show (fixture, 0, &first);
  await (first.done);
  g_assert_true (first.ok);
  show (fixture, first.number, &second);
  await (second.done);
  g_assert_true (second.ok);
  g_assert_cmpuint (second.number, ==, first.number);
}

/* Catalogue row 51. */
static void
test_without_actions (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (GVariant) reply = NULL;
  g_autofree const char **buttons = NULL;
  const char *body;

  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_true (answer.ok);
  g_assert_false (state (fixture)->actions);

  reply = steer (fixture, "List", NULL);
  g_variant_get_child (g_variant_get_child_value (reply, 0), 0, "(u&s&s^a&s@a{sv})", NULL, NULL,
                       &body, &buttons, NULL);
  g_assert_cmpstr (body, ==, "1 < 2 & 3");
  g_assert_cmpuint (g_strv_length ((char **) buttons), ==, 0);
}

/* Catalogue row 46: no server, and none to start: told at once. */
static void
test_absent (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };

  await (state (fixture)->ready);
  g_assert_null (state (fixture)->server);
  g_assert_false (state (fixture)->reachable);

  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_false (answer.ok);
  g_assert_error (answer.error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

static void
test_comes_and_goes (Fixture *fixture, gconstpointer mode)
{
  g_autofree char *first = NULL;

  await (state (fixture)->ready);
  g_assert_null (state (fixture)->server);

  start_server (fixture, "normal");
  await (state (fixture)->server != NULL && state (fixture)->ready);
  first = g_strdup (state (fixture)->server);
  g_assert_true (state (fixture)->reachable);

  stop_server (fixture, SIGKILL);
  await (state (fixture)->server == NULL);
  g_assert_false (state (fixture)->reachable);

  start_server (fixture, "normal");
  await (state (fixture)->server != NULL);
  g_assert_cmpstr (state (fixture)->server, !=, first);
}

/* Catalogue row 49: a server that dies of it. */
static void
test_dies (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };

  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_false (answer.ok);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  await (state (fixture)->server == NULL);
  g_clear_object (&fixture->server);
}

static void
test_refuses (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };

  await (state (fixture)->ready);
  steer_only (fixture, "Set", g_variant_new ("(sv)", "refuse", g_variant_new_boolean (TRUE)));
  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_error (answer.error, FIKA_ERROR, FIKA_ERROR_FAILED);
}

/* The main loop turns while a server hangs: a timer of 10 ms is never late by more than the 50 ms
 * that research/reliability.md allows (tenfold here, for a busy machine). */
typedef struct
{
  gint64 last;
  gint64 worst;
} Pulse;

static gboolean
pulse_cb (gpointer user_data)
{
  Pulse *pulse = user_data;
  gint64 now = g_get_monotonic_time ();

  pulse->worst = MAX (pulse->worst, now - pulse->last);
  pulse->last = now;

  return G_SOURCE_CONTINUE;
}

/* Catalogue row 47: a hung server is called stuck after five seconds, nothing waits for it, and
 * what it was asked to show is shown once when it goes on. */
static void
test_hangs (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };
  Pulse pulse = { g_get_monotonic_time (), 0 };
  guint timer;
  gint64 asked;

  await (state (fixture)->ready);
  g_subprocess_send_signal (fixture->server, SIGSTOP);
  timer = g_timeout_add (10, pulse_cb, &pulse);
  pulse.last = asked = g_get_monotonic_time ();
  show (fixture, 0, &answer);
  await (state (fixture)->stuck);
  g_assert_cmpint (g_get_monotonic_time () - asked, >=, 4 * G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - asked, <=, 8 * G_USEC_PER_SEC);
  g_assert_false (answer.done);
  g_source_remove (timer);
  g_assert_cmpint (pulse.worst, <=, G_USEC_PER_SEC / 2);

  g_subprocess_send_signal (fixture->server, SIGCONT);
  await (answer.done);
  g_assert_true (answer.ok);
  g_assert_false (state (fixture)->stuck);
  g_assert_cmpuint (history_length (fixture), ==, 1);
}

/* Catalogue row 47: longer than libnotify waits, 25 seconds. Its answer comes all the same, so that
 * nothing is shown twice and nothing is lost. */
static void
test_hangs_for_long (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) first = { 0 };
  g_auto (Answer) answer = { 0 };
  g_auto (Answer) next = { 0 };
  gint64 asked;

  show (fixture, 0, &first);
  await (first.done);
  g_assert_true (first.ok);

  g_subprocess_send_signal (fixture->server, SIGSTOP);
  asked = g_get_monotonic_time ();
  show (fixture, 0, &answer);
  show (fixture, 0, &next);
  await (g_get_monotonic_time () - asked > 27 * G_USEC_PER_SEC);
  g_assert_false (answer.done);
  g_assert_true (state (fixture)->stuck);

  g_subprocess_send_signal (fixture->server, SIGCONT);
  await (answer.done && next.done);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
  g_assert_true (next.ok);
  g_assert_cmpuint (answer.number, !=, first.number);
  g_assert_cmpuint (answer.number, !=, next.number);
  g_assert_cmpstr (answer.server, ==, state (fixture)->server);
  g_assert_cmpuint (history_length (fixture), ==, 3);
  g_assert_false (state (fixture)->stuck);
}

/* The same where libnotify has not even made its proxy yet. */
static void
test_hangs_for_long_from_the_start (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };
  gint64 asked;

  await (state (fixture)->ready);
  g_subprocess_send_signal (fixture->server, SIGSTOP);
  asked = g_get_monotonic_time ();
  show (fixture, 0, &answer);
  await (g_get_monotonic_time () - asked > 27 * G_USEC_PER_SEC);
  g_assert_false (answer.done);

  g_subprocess_send_signal (fixture->server, SIGCONT);
  await (answer.done);
  g_assert_no_error (answer.error);
  g_assert_true (answer.ok);
  g_assert_cmpuint (history_length (fixture), ==, 1);
}

/* A server that takes a notification and never answers, but lives, is not waited for for ever. */
static void
test_mute (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };
  g_auto (Answer) next = { 0 };

  await (state (fixture)->ready);
  steer_only (fixture, "Set", g_variant_new ("(sv)", "mute", g_variant_new_boolean (TRUE)));
  show (fixture, 0, &answer);
  await (answer.done);
  g_assert_error (answer.error, FIKA_ERROR, FIKA_ERROR_FAILED);

  steer_only (fixture, "Set", g_variant_new ("(sv)", "mute", g_variant_new_boolean (FALSE)));
  show (fixture, 0, &next);
  await (next.done);
  g_assert_true (next.ok);
}

/* Catalogue row 48: another program's signals are nobody's business. */
static void
test_strangers_signals (Fixture *fixture, gconstpointer mode)
{
  g_auto (Answer) answer = { 0 };
  g_autoptr (GDBusConnection) stranger = NULL;
  g_autoptr (GError) error = NULL;

  show (fixture, 0, &answer);
  await (answer.done);

  stranger = g_dbus_connection_new_for_address_sync (
      g_test_dbus_get_bus_address (fixture->bus),
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
          | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 1000; i++)
    g_dbus_connection_emit_signal (stranger, NULL, FIKA_NOTIFICATIONS_PATH,
                                   FIKA_NOTIFICATIONS_INTERFACE, "ActionInvoked",
                                   g_variant_new ("(us)", answer.number, "log:1"), NULL);
  g_dbus_connection_flush_sync (stranger, NULL, NULL);

  /* Whatever came before it has been seen when this one has. */
  steer_only (fixture, "Emit", g_variant_new ("(us)", answer.number, "default"));
  await (fixture->n_actions > 0);
  g_assert_cmpuint (fixture->n_actions, ==, 1);
  g_assert_cmpstr (fixture->key, ==, "default");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, mode, test) g_test_add (name, Fixture, mode, set_up, test, tear_down)
  ADD ("/notify-notifier/shows", "normal", test_shows);
  ADD ("/notify-notifier/press-and-close", "normal", test_press_and_close);
  ADD ("/notify-notifier/052-reasons", "normal", test_reasons);
  ADD ("/notify-notifier/replaces", "normal", test_replaces);
  ADD ("/notify-notifier/051-without-actions", "without-actions", test_without_actions);
  ADD ("/notify-notifier/046-absent", NULL, test_absent);
  ADD ("/notify-notifier/comes-and-goes", NULL, test_comes_and_goes);
  ADD ("/notify-notifier/049-dies", "dying", test_dies);
  ADD ("/notify-notifier/refuses", "normal", test_refuses);
  ADD ("/notify-notifier/047-hangs", "normal", test_hangs);
  ADD ("/notify-notifier-slow/047-hangs-for-long", "normal", test_hangs_for_long);
  ADD ("/notify-notifier-slow/047-hangs-for-long-from-the-start", "normal",
       test_hangs_for_long_from_the_start);
  ADD ("/notify-notifier-slow/047-mute", "normal", test_mute);
  ADD ("/notify-notifier/048-strangers-signals", "normal", test_strangers_signals);

  return g_test_run ();
}
