#include "config.h"

#include "cli/fika-cli-private.h"

#include "base/fika-error.h"
#include "base/fika-settings.h"
#include "command/fika-reminder-settings.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>

/* What `plan` was given, as typed. */
typedef struct
{
  char *kind;
  char **with;
  char *group;
  char *start;
  char *window;
  char *zone;
  int minutes;
  char *repeat;
  int after_days;
  char **leads;
  char *place;
  char *title;
} PlanWords;

static void
plan_words_clear (PlanWords *self)
{
  g_free (self->kind);
  g_strfreev (self->with);
  g_free (self->group);
  g_free (self->start);
  g_free (self->window);
  g_free (self->zone);
  g_free (self->repeat);
  g_strfreev (self->leads);
  g_free (self->place);
  g_free (self->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PlanWords, plan_words_clear)

static gboolean
set_leads (FikaPlan *plan, char **texts, GError **error)
{
  g_autoptr (GArray) leads = NULL;

  if (texts == NULL)
    {
      g_autoptr (GSettings) settings = fika_settings_new ();

      leads
          = fika_reminder_settings_leads (settings, fika_plan_get_kind (plan),
                                          fika_plan_get_window (plan), fika_plan_get_people (plan));
    }
  else if (!fika_cli_leads (texts, &leads, error))
    {
      return FALSE;
    }
  fika_plan_set_leads (plan, leads);

  return TRUE;
}

static gboolean
fill_plan (FikaCli *cli, FikaPlan *plan, const PlanWords *words, GError **error)
{
  g_autoptr (GPtrArray) people = fika_cli_people (cli->store, words->with, error);
  FikaWindow window;

  if (people == NULL)
    return FALSE;
  fika_plan_set_people (plan, people);
  if (words->group != NULL)
    {
      g_autoptr (FikaGroup) group = fika_store_find_group (cli->store, words->group, error);

      if (group == NULL)
        return FALSE;
      fika_plan_set_group (plan, group);
    }
  if (words->window != NULL)
    {
      if (!fika_cli_window (words->window, &window, error))
        return FALSE;
      fika_plan_set_window (plan, window);
    }
  if (words->zone != NULL)
    fika_plan_set_zone (plan, words->zone);
  if (words->place != NULL)
    fika_plan_set_place (plan, words->place);
  if (words->title != NULL)
    fika_plan_set_title (plan, words->title);
  fika_plan_set_minutes (plan, words->minutes);

  return set_leads (plan, words->leads, error);
}

static FikaPlan *
save_plan (FikaCli *cli, FikaKind kind, FikaCivil start, const PlanWords *words, GError **error)
{
  if (words->repeat != NULL || words->after_days != 0)
    {
      g_autoptr (FikaSeries) draft = fika_series_new (kind, start);

      if (words->repeat != NULL)
        fika_series_set_rule (draft, words->repeat);
      else
        fika_series_set_after_days (draft, words->after_days);
      if (!fill_plan (cli, FIKA_PLAN (draft), words, error))
        return NULL;
      return (FikaPlan *) fika_command_save_series (cli->store, draft, FIKA_SOURCE_TERMINAL, error);
    }
  else
    {
      g_autoptr (FikaCatchup) draft = fika_catchup_new (kind, start);

      if (!fill_plan (cli, FIKA_PLAN (draft), words, error))
        return NULL;
      return (FikaPlan *) fika_command_save_catchup (cli->store, draft, FIKA_SOURCE_TERMINAL,
                                                     error);
    }
}

int
fika_cli_plan (FikaCli *cli, int argc, char **argv)
{
  g_auto (PlanWords) words = { NULL };
  const GOptionEntry entries[] = {
    { "kind", 0, 0, G_OPTION_ARG_FILENAME, &words.kind, N_ ("What kind of catch-up"), "K" },
    { "with", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words.with, N_ ("With whom"), "NAME" },
    { "group", 0, 0, G_OPTION_ARG_FILENAME, &words.group, N_ ("A session of which group"), "NAME" },
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &words.start, N_ ("When it begins"),
      "YYYY-MM-DDTHH:MM" },
    { "window", 0, 0, G_OPTION_ARG_FILENAME, &words.window, N_ ("Loosely when on its day"),
      "morning|afternoon|evening|day" },
    { "zone", 0, 0, G_OPTION_ARG_FILENAME, &words.zone, N_ ("In which time zone"), "AREA/CITY" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &words.minutes, N_ ("How long it takes"), "N" },
    { "repeat", 0, 0, G_OPTION_ARG_FILENAME, &words.repeat, N_ ("By which rule it repeats"),
      "RRULE" },
    { "after-days", 0, 0, G_OPTION_ARG_INT, &words.after_days,
      N_ ("Repeats so many days after the last time"), "N" },
    { "remind", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words.leads,
      N_ ("Reminds so many minutes before"), "MINUTES" },
    { "place", 0, 0, G_OPTION_ARG_FILENAME, &words.place, N_ ("Where"), "T" },
    { "title", 0, 0, G_OPTION_ARG_FILENAME, &words.title, N_ ("A title of your own"), "T" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("plan");
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPlan) plan = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  FikaKind kind = FIKA_KIND_SESSION;
  FikaCivil start;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 0))
    return cli->status;
  if (words.start == NULL || (words.kind == NULL && words.group == NULL))
    return fika_cli_usage (verb, "%s", _ ("Say what and when: --kind and --start."));
  if (words.repeat != NULL && words.after_days != 0)
    return fika_cli_usage (verb, "%s", _ ("Give --repeat or --after-days, not both."));
  if (words.kind != NULL && !fika_cli_kind (words.kind, &kind, &error))
    return fika_cli_fail (error);
  start = fika_civil_parse (words.start, &error);
  if (start == FIKA_CIVIL_NONE)
    return fika_cli_fail (error);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  plan = save_plan (cli, kind, start, &words, &error);
  if (plan == NULL)
    return fika_cli_fail (error);

  title = fika_plan_dup_display_title (plan);
  text = g_strdup_printf (_ ("Planned: %s"), title);

  return fika_cli_answer (cli, fika_json_plan (cli->store, plan), text);
}

int
fika_cli_agenda (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *from_text = NULL;
  int days = 7;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &from_text, N_ ("The first day; today"), "YYYY-MM-DD" },
    { "days", 0, 0, G_OPTION_ARG_INT, &days, N_ ("How many days; 7"), "N" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("agenda");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) agenda = NULL;
  g_autoptr (JsonArray) array = json_array_new ();
  FikaDay from = FIKA_DAY_NONE;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 0))
    return cli->status;
  if (days < 1 || days > 3660)
    return fika_cli_usage (verb, "%s", _ ("Give --days as a number from 1 to 3660."));
  if (from_text != NULL)
    {
      from = fika_day_parse (from_text, &error);
      if (from == FIKA_DAY_NONE)
        return fika_cli_fail (error);
    }
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;
  if (from == FIKA_DAY_NONE)
    from = fika_store_today (cli->store);

  agenda = fika_store_agenda (cli->store, fika_civil_new (from, 0, 0),
                              fika_civil_new (from + days, 0, 0), &error);
  if (agenda == NULL)
    return fika_cli_fail (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (agenda, i);

      if (cli->json)
        {
          json_array_add_element (array, fika_json_occurrence (cli->store, occurrence));
        }
      else
        {
          g_autofree char *line = fika_cli_occurrence_line (cli, occurrence);

          printf ("%s\n", line);
        }
    }
  if (cli->json)
    return fika_cli_answer_list (cli, g_steal_pointer (&array));
  if (agenda->len == 0)
    printf ("%s\n", _ ("Nothing is planned."));

  return FIKA_CLI_DONE;
}

/* A catch-up that was not planned. */
static FikaCatchup *
log_new (FikaCli *cli,
         const char *kind_name,
         char **with,
         const char *start_text,
         const FikaLogDetails *details,
         GError **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  FikaKind kind;
  FikaCivil start;

  if (!fika_cli_kind (kind_name, &kind, error))
    return NULL;
  start = start_text != NULL ? fika_civil_parse (start_text, error) : fika_cli_now (cli);
  if (start == FIKA_CIVIL_NONE)
    return NULL;
  people = fika_cli_people (cli->store, with, error);
  if (people == NULL)
    return NULL;

  draft = fika_catchup_new (kind, start);
  fika_plan_set_people (FIKA_PLAN (draft), people);

  return fika_command_log_new (cli->store, draft, details, FIKA_SOURCE_TERMINAL, error);
}

int
fika_cli_log (FikaCli *cli, int argc, char **argv)
{
  g_auto (GStrv) with = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *start = NULL;
  g_autofree char *note = NULL;
  g_autofree char *next = NULL;
  int minutes = 0;
  const GOptionEntry entries[] = {
    { "with", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &with, N_ ("With whom"), "NAME" },
    { "kind", 0, 0, G_OPTION_ARG_FILENAME, &kind, N_ ("What kind of catch-up"), "K" },
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &start,
      N_ ("When it began; with UID, which occurrence"), "YYYY-MM-DDTHH:MM" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &minutes, N_ ("How long it took"), "N" },
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &note, N_ ("A note"), "T" },
    { "next", 0, 0, G_OPTION_ARG_FILENAME, &next, N_ ("What to bring up next time"), "T" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("log");
  FikaLogDetails details = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaCatchup) catchup = NULL;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 1))
    return cli->status;
  if (cli->n_args == 0 && (kind == NULL || with == NULL))
    return fika_cli_usage (verb, "%s", _ ("Say with whom and what: --with and --kind, or a UID."));
  if (cli->n_args == 1 && (kind != NULL || with != NULL))
    return fika_cli_usage (verb, "%s", _ ("With a UID, --with and --kind are known already."));
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  details.minutes = minutes;
  details.note = note;
  details.next_topic = next;
  if (cli->n_args == 1)
    {
      g_autoptr (FikaOccurrence) occurrence = NULL;

      occurrence = fika_cli_occurrence (cli->store, cli->args[1], start, TRUE, &error);
      if (occurrence != NULL)
        catchup = fika_command_log_occurrence (cli->store, occurrence, &details,
                                               FIKA_SOURCE_TERMINAL, &error);
    }
  else
    {
      catchup = log_new (cli, kind, with, start, &details, &error);
    }
  if (catchup == NULL)
    return fika_cli_fail (error);

  return fika_cli_answer_catchup (cli, catchup, _ ("Logged"));
}

int
fika_cli_skip (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *start = NULL;
  const GOptionEntry entries[] = {
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &start, N_ ("Which occurrence"), "YYYY-MM-DDTHH:MM" },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autoptr (FikaCatchup) catchup = NULL;

  if (!fika_cli_parse (cli, fika_cli_find_verb ("skip"), entries, argc, argv, 1, 1))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  occurrence = fika_cli_occurrence (cli->store, cli->args[1], start, FALSE, &error);
  if (occurrence != NULL)
    catchup = fika_command_skip_occurrence (cli->store, occurrence, FIKA_SOURCE_TERMINAL, &error);
  if (catchup == NULL)
    return fika_cli_fail (error);

  return fika_cli_answer_catchup (cli, catchup, _ ("Skipped"));
}

int
fika_cli_move (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *start = NULL;
  g_autofree char *to_text = NULL;
  const GOptionEntry entries[] = {
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &start, N_ ("Which occurrence"), "YYYY-MM-DDTHH:MM" },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &to_text, N_ ("Where to"), "YYYY-MM-DDTHH:MM" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("move");
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autoptr (FikaCatchup) catchup = NULL;
  FikaCivil to;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 1, 1))
    return cli->status;
  if (to_text == NULL)
    return fika_cli_usage (verb, "%s", _ ("Say where to: --to YYYY-MM-DDTHH:MM."));
  to = fika_civil_parse (to_text, &error);
  if (to == FIKA_CIVIL_NONE)
    return fika_cli_fail (error);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  occurrence = fika_cli_occurrence (cli->store, cli->args[1], start, FALSE, &error);
  if (occurrence != NULL)
    catchup = fika_command_move_occurrence (cli->store, occurrence, to, FIKA_WINDOW_EXACT,
                                            FIKA_SOURCE_TERMINAL, &error);
  if (catchup == NULL)
    return fika_cli_fail (error);

  return fika_cli_answer_catchup (cli, catchup, _ ("Moved"));
}

static int
delete_plan (FikaCli *cli, FikaPlan *plan)
{
  g_autoptr (JsonNode) node = fika_json_plan (cli->store, plan);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *text = g_strdup_printf (_ ("Deleted: %s"), title);
  g_autoptr (GError) error = NULL;

  if (!fika_command_delete_plan (cli->store, plan, FIKA_SOURCE_TERMINAL, &error))
    return fika_cli_fail (error);

  return fika_cli_answer (cli, g_steal_pointer (&node), text);
}

static int
delete_person (FikaCli *cli, FikaPerson *person)
{
  g_autoptr (JsonNode) node = fika_json_person (cli->store, person);
  g_autofree char *text = g_strdup_printf (_ ("Deleted: %s"), fika_person_get_name (person));
  g_autoptr (GError) error = NULL;

  if (!fika_command_delete_person (cli->store, person, FIKA_SOURCE_TERMINAL, &error))
    return fika_cli_fail (error);

  return fika_cli_answer (cli, g_steal_pointer (&node), text);
}

static int
delete_group (FikaCli *cli, FikaGroup *group)
{
  g_autoptr (JsonNode) node = fika_json_group (cli->store, group);
  g_autofree char *text = g_strdup_printf (_ ("Deleted: %s"), fika_group_get_name (group));
  g_autoptr (GError) error = NULL;

  if (!fika_command_delete_group (cli->store, group, FIKA_SOURCE_TERMINAL, &error))
    return fika_cli_fail (error);

  return fika_cli_answer (cli, g_steal_pointer (&node), text);
}

int
fika_cli_delete (FikaCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPlan) plan = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (FikaGroup) group = NULL;

  if (!fika_cli_parse (cli, fika_cli_find_verb ("delete"), NULL, argc, argv, 1, 1))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  plan = fika_store_get_plan_by_uid (cli->store, cli->args[1], &error);
  if (plan != NULL)
    return delete_plan (cli, plan);
  if (!g_error_matches (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
    return fika_cli_fail (error);
  person = fika_store_get_person_by_uid (cli->store, cli->args[1], NULL);
  if (person != NULL)
    return delete_person (cli, person);
  group = fika_store_get_group_by_uid (cli->store, cli->args[1], NULL);
  if (group != NULL)
    return delete_group (cli, group);

  g_clear_error (&error);
  fika_cli_no_uid (cli->args[1], &error);

  return fika_cli_fail (error);
}
