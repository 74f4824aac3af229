#include "config.h"

#include "cli/fika-cli-private.h"

#include "base/fika-login.h"
#include "base/fika-service-client.h"
#include "base/fika-when.h"
#include "command/fika-reminder-actions.h"
#include "store/fika-reminder.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include <stdio.h>

/* How long to wait for the service's answer, in milliseconds: it gives a notification server that
 * hangs five seconds. */
#define PATIENCE 8000

/* How far ahead the occurrences of a series are worked out, in seconds. */
#define AHEAD (14 * 24 * 60 * 60)

static void
add_instant (JsonBuilder *builder, const char *key, int64_t utc)
{
  g_autofree char *text = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, utc));

  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, text);
}

/* The keys are a promise; what became of it is told only of what was said. */
static JsonNode *
reminder_json (FikaCli *cli, FikaReminder *reminder, gboolean history)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *title = fika_reminder_title (reminder);
  g_autofree char *body = fika_reminder_body (reminder, cli->store);
  g_autofree char *utc = fika_utc_format (reminder->due);
  FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX];
  guint n_actions;

  json_builder_begin_object (builder);
  add_instant (builder, "due", reminder->due);
  json_builder_set_member_name (builder, "utc");
  json_builder_add_string_value (builder, utc);
  if (history)
    {
      json_builder_set_member_name (builder, "kind");
      json_builder_add_string_value (builder, fika_reminder_kind_to_key (reminder->kind));
      json_builder_set_member_name (builder, "state");
      json_builder_add_string_value (builder, fika_reminder_state_to_key (reminder->state));
      add_instant (builder, "told", reminder->shown_at);
    }
  json_builder_set_member_name (builder, "uid");
  if (reminder->occurrence != NULL)
    json_builder_add_string_value (builder, fika_occurrence_get_uid (reminder->occurrence));
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "title");
  json_builder_add_string_value (builder, title);
  json_builder_set_member_name (builder, "body");
  json_builder_add_string_value (builder, body);
  json_builder_set_member_name (builder, "actions");
  json_builder_begin_array (builder);
  n_actions = fika_reminder_actions (reminder, actions);
  for (guint i = 0; i < n_actions; i++)
    json_builder_add_string_value (builder, fika_reminder_action_to_key (actions[i]));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static void
print_reminder (FikaCli *cli, FikaReminder *reminder, gboolean history)
{
  int64_t instant = history ? reminder->shown_at : reminder->due;
  g_autofree char *title = fika_reminder_title (reminder);
  g_autofree char *when = NULL;
  g_autofree char *column = NULL;

  when = fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, instant), FIKA_WINDOW_EXACT,
                                 fika_store_today (cli->store));
  column = fika_cli_pad (when, FIKA_CLI_WHEN_WIDTH);
  if (history)
    printf ("%s  %s  (%s)\n", column, title, fika_reminder_outcome (reminder));
  else
    printf ("%s  %s\n", column, title);
}

/* What will be told; what waits although its time has come is told as soon as it can be, so without
 * a time to begin from it is in it too. */
static GPtrArray *
read_forecast (FikaCli *cli, const char *from_text, guint limit, GError **error)
{
  int64_t now = fika_store_now (cli->store);
  int64_t from = 0;

  if (from_text != NULL)
    {
      FikaCivil civil = fika_civil_parse (from_text, error);

      if (civil == FIKA_CIVIL_NONE)
        return NULL;
      from = fika_zone_to_utc (FIKA_ZONE_HERE, civil);
    }
  return fika_reminders_forecast (cli->store, from, MAX (from, now) + AHEAD, limit, error);
}

int
fika_cli_reminders (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *from_text = NULL;
  gboolean history = FALSE;
  int limit = 20;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from_text, N_ ("From when on; now"),
      "YYYY-MM-DDTHH:MM" },
    { "history", 0, 0, G_OPTION_ARG_NONE, &history, N_ ("What was said instead, newest first"),
      NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("How many; 20"), "N" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("reminders");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (JsonArray) array = json_array_new ();

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 0))
    return cli->status;
  if (limit < 1)
    return fika_cli_usage (verb, "%s", _ ("Give --limit as a number from 1."));
  if (history && from_text != NULL)
    return fika_cli_usage (verb, "%s", _ ("Give --from or --history, not both."));
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  if (history)
    reminders = fika_reminders_history (cli->store, (guint) limit, &error);
  else
    reminders = read_forecast (cli, from_text, (guint) limit, &error);
  if (reminders == NULL)
    return fika_cli_fail (error);
  for (guint i = 0; i < reminders->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (reminders, i);

      if (cli->json)
        json_array_add_element (array, reminder_json (cli, reminder, history));
      else
        print_reminder (cli, reminder, history);
    }
  if (cli->json)
    return fika_cli_answer_list (cli, g_steal_pointer (&array));
  if (reminders->len == 0)
    printf ("%s\n", history ? _ ("Nothing was said yet.") : _ ("No reminder is coming up."));

  return FIKA_CLI_DONE;
}

/* What the service says of itself; NULL where nobody answers. Asking must not start it: whether it
 * runs is the question. */
static GVariant *
ask_service (GDBusConnection *bus)
{
  g_autoptr (GVariant) reply = NULL;
  GVariant *status = NULL;

  if (bus == NULL)
    return NULL;
  reply = g_dbus_connection_call_sync (
      bus, FIKA_SERVICE_NAME, FIKA_SERVICE_PATH, FIKA_SERVICE_INTERFACE, "Status", NULL,
      G_VARIANT_TYPE ("(a{sv})"), G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE, NULL, NULL);
  if (reply != NULL)
    g_variant_get (reply, "(@a{sv})", &status);

  return status;
}

int
fika_cli_service (FikaCli *cli, int argc, char **argv)
{
  const FikaCliVerb *verb = fika_cli_find_verb ("service");
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) status = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *next = NULL;
  g_autofree char *coming = NULL;
  g_autofree char *text = NULL;
  gboolean notifications = FALSE;
  FikaLogin login;
  int64_t due;

  if (!fika_cli_parse (cli, verb, NULL, argc, argv, 1, 1))
    return cli->status;
  if (!g_str_equal (cli->args[1], "status"))
    return fika_cli_usage (verb, _ ("“%s” is nothing that the service can be asked."),
                           cli->args[1]);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  bus = fika_cli_session_bus ();
  status = ask_service (bus);
  if (status != NULL)
    g_variant_lookup (status, "notifications", "b", &notifications);
  fika_login_read (bus, &login);
  due = fika_reminders_next_due (cli->store);
  if (due != FIKA_UTC_NONE)
    next = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, due));

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "running");
  json_builder_add_boolean_value (builder, status != NULL);
  json_builder_set_member_name (builder, "notifications");
  json_builder_add_boolean_value (builder, notifications);
  json_builder_set_member_name (builder, "login");
  json_builder_add_boolean_value (builder, login.on);
  json_builder_set_member_name (builder, "next");
  if (next != NULL)
    json_builder_add_string_value (builder, next);
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);

  coming = next != NULL ? g_strdup_printf (
               /* Translators: a day and time, 2026-11-29T16:50 */
               _ ("The next reminder comes at %s."), next)
                        : g_strdup (_ ("No reminder is coming up."));
  text = g_strdup_printf (
      "%s\n%s\n%s\n%s",
      status != NULL ? _ ("The service is running.") : _ ("The service is not running."),
      notifications ? _ ("Notifications can be shown.") : _ ("Nothing here shows notifications."),
      login.on ? _ ("It starts when you log in.") : _ ("It does not start when you log in."),
      coming);

  return fika_cli_answer (cli, json_builder_get_root (builder), text);
}
