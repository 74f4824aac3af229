#include "config.h"

#include "cli/fika-cli-private.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>

/* A visit is one of the group's sessions when one is planned this many minutes around it. */
#define SESSION_MINUTES (6 * 60)

int
fika_cli_group (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *type_key = NULL;
  g_autofree char *stage_key = NULL;
  const GOptionEntry entries[] = {
    { "type", 0, 0, G_OPTION_ARG_FILENAME, &type_key, N_ ("What kind of group"), "T" },
    { "stage", 0, 0, G_OPTION_ARG_FILENAME, &stage_key, N_ ("How far you are with it"), "S" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("group");
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaGroup) draft = NULL;
  g_autoptr (FikaGroup) group = NULL;
  g_autofree char *text = NULL;
  FikaGroupType type = FIKA_GROUP_CLUB;
  FikaStage stage = FIKA_STAGE_CURIOUS;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 2, 2))
    return cli->status;
  if (!g_str_equal (cli->args[1], "add"))
    return fika_cli_usage (verb, _ ("“%s” is nothing that can be done with a group."),
                           cli->args[1]);
  if ((type_key != NULL && !fika_cli_group_type (type_key, &type, &error))
      || (stage_key != NULL && !fika_cli_stage (stage_key, &stage, &error)))
    return fika_cli_fail (error);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  draft = fika_group_new (cli->args[2]);
  g_object_set (draft, "group-type", (int) type, "stage", (int) stage, NULL);
  group = fika_command_save_group (cli->store, draft, FIKA_SOURCE_TERMINAL, &error);
  if (group == NULL)
    return fika_cli_fail (error);
  text = g_strdup_printf (_ ("Added: %s"), fika_group_get_name (group));

  return fika_cli_answer (cli, fika_json_group (cli->store, group), text);
}

static void
print_group (FikaGroup *group)
{
  g_autofree char *name = fika_cli_pad (fika_group_get_name (group), FIKA_CLI_NAME_WIDTH);
  g_autofree char *stage = NULL;

  stage = fika_cli_pad (fika_stage_label (fika_group_get_stage (group)), 16);
  printf ("%s  %s  %s\n", name, stage, fika_group_get_next_step (group));
}

int
fika_cli_groups (FikaCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (JsonArray) array = json_array_new ();

  if (!fika_cli_parse (cli, fika_cli_find_verb ("groups"), NULL, argc, argv, 0, 0))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  ids = fika_store_group_ids (cli->store, &error);
  if (ids == NULL)
    return fika_cli_fail (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (FikaGroup) group = NULL;

      group = fika_store_get_group (cli->store, g_array_index (ids, int64_t, i), &error);
      if (group == NULL)
        return fika_cli_fail (error);
      if (cli->json)
        json_array_add_element (array, fika_json_group (cli->store, group));
      else
        print_group (group);
    }
  if (cli->json)
    return fika_cli_answer_list (cli, g_steal_pointer (&array));
  if (ids->len == 0)
    printf ("%s\n", _ ("No group is here yet."));

  return FIKA_CLI_DONE;
}

/* The planned session that a visit at that time is, if there is one. */
static FikaOccurrence *
find_session (FikaCli *cli, FikaGroup *group, FikaCivil start)
{
  g_autoptr (GPtrArray) entries = NULL;
  FikaOccurrence *best = NULL;

  entries = fika_store_agenda (cli->store, start - SESSION_MINUTES, start + SESSION_MINUTES, NULL);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      FikaOccurrence *entry = g_ptr_array_index (entries, i);
      FikaPlan *plan = fika_occurrence_get_plan (entry);

      if (fika_plan_get_group (plan) != group
          || fika_occurrence_get_state (entry) != FIKA_STATE_PLANNED)
        continue;
      if (best == NULL
          || ABS (fika_occurrence_get_start (entry) - start)
                 < ABS (fika_occurrence_get_start (best) - start))
        best = entry;
    }

  return best != NULL ? g_object_ref (best) : NULL;
}

int
fika_cli_visit (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *start_text = NULL;
  g_autofree char *again_key = NULL;
  g_autofree char *note = NULL;
  int minutes = 0;
  const GOptionEntry entries[] = {
    { "start", 0, 0, G_OPTION_ARG_FILENAME, &start_text, N_ ("When it began; now"),
      "YYYY-MM-DDTHH:MM" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &minutes, N_ ("How long it took"), "N" },
    { "again", 0, 0, G_OPTION_ARG_FILENAME, &again_key, N_ ("Whether you would go again"),
      "yes|maybe|no" },
    { "note", 0, 0, G_OPTION_ARG_FILENAME, &note, N_ ("A note"), "T" },
    { NULL },
  };
  FikaLogDetails details = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaGroup) group = NULL;
  g_autoptr (FikaOccurrence) session = NULL;
  g_autoptr (FikaCatchup) catchup = NULL;
  FikaCivil start;

  if (!fika_cli_parse (cli, fika_cli_find_verb ("visit"), entries, argc, argv, 1, 1))
    return cli->status;
  if (again_key != NULL && !fika_cli_again (again_key, &details.again, &error))
    return fika_cli_fail (error);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;
  group = fika_store_find_group (cli->store, cli->args[1], &error);
  if (group == NULL)
    return fika_cli_fail (error);
  start = start_text != NULL ? fika_civil_parse (start_text, &error) : fika_cli_now (cli);
  if (start == FIKA_CIVIL_NONE)
    return fika_cli_fail (error);

  details.minutes = minutes;
  details.note = note;
  if (fika_group_get_group_type (group) == FIKA_GROUP_VOLUNTEERING)
    details.volunteer = minutes;
  session = find_session (cli, group, start);
  if (session != NULL)
    {
      catchup = fika_command_log_occurrence (cli->store, session, &details, FIKA_SOURCE_TERMINAL,
                                             &error);
    }
  else
    {
      g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_SESSION, start);

      fika_plan_set_group (FIKA_PLAN (draft), group);
      catchup = fika_command_log_new (cli->store, draft, &details, FIKA_SOURCE_TERMINAL, &error);
    }
  if (catchup == NULL)
    return fika_cli_fail (error);

  return fika_cli_answer_catchup (cli, catchup, _ ("Visited"));
}
