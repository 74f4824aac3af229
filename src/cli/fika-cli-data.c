#include "config.h"

#include "cli/fika-cli-private.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>

static int
move_in_history (FikaCli *cli, int argc, char **argv, gboolean undo)
{
  const char *key = undo ? "undone" : "redone";
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;
  gboolean done;

  if (!fika_cli_parse (cli, fika_cli_find_verb (undo ? "undo" : "redo"), NULL, argc, argv, 0, 0))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  done = undo ? fika_command_undo (cli->store, FIKA_SOURCE_TERMINAL, &label, &error)
              : fika_command_redo (cli->store, FIKA_SOURCE_TERMINAL, &label, &error);
  if (!done)
    return fika_cli_fail (error);

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, label);
  json_builder_end_object (builder);
  text = g_strdup_printf (undo ? _ ("Undone: %s") : _ ("Redone: %s"), label);

  return fika_cli_answer (cli, json_builder_get_root (builder), text);
}

int
fika_cli_undo (FikaCli *cli, int argc, char **argv)
{
  return move_in_history (cli, argc, argv, TRUE);
}

int
fika_cli_redo (FikaCli *cli, int argc, char **argv)
{
  return move_in_history (cli, argc, argv, FALSE);
}

static JsonNode *
history_entry_json (const FikaHistoryEntry *entry)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  g_autofree char *at = fika_utc_format (entry->at);

  json_builder_begin_object (builder);
  fika_cli_add_count (builder, "id", entry->id);
  json_builder_set_member_name (builder, "label");
  json_builder_add_string_value (builder, entry->label);
  json_builder_set_member_name (builder, "source");
  json_builder_add_string_value (builder, entry->source);
  json_builder_set_member_name (builder, "at");
  json_builder_add_string_value (builder, at);
  json_builder_set_member_name (builder, "undone");
  json_builder_add_boolean_value (builder, entry->undone);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

int
fika_cli_history (FikaCli *cli, int argc, char **argv)
{
  int limit = 20;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_ ("How many; 20"), "N" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("history");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (JsonArray) array = json_array_new ();

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 0))
    return cli->status;
  if (limit < 1)
    return fika_cli_usage (verb, "%s", _ ("Give --limit as a number from 1."));
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  history = fika_store_history (cli->store, (guint) limit, &error);
  if (history == NULL)
    return fika_cli_fail (error);
  for (guint i = 0; i < history->len; i++)
    {
      const FikaHistoryEntry *entry = g_ptr_array_index (history, i);

      if (cli->json)
        {
          json_array_add_element (array, history_entry_json (entry));
        }
      else
        {
          g_autofree char *at = NULL;

          at = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, entry->at));
          printf ("%s  %s%s\n", at, entry->label, entry->undone ? _ (" (undone)") : "");
        }
    }
  if (cli->json)
    return fika_cli_answer_list (cli, g_steal_pointer (&array));

  return FIKA_CLI_DONE;
}

int
fika_cli_backup (FikaCli *cli, int argc, char **argv)
{
  int64_t people, catchups, groups;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;

  if (!fika_cli_parse (cli, fika_cli_find_verb ("backup"), NULL, argc, argv, 0, 1))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  if (cli->n_args == 1)
    {
      file = g_canonicalize_filename (cli->args[1], NULL);
    }
  else
    {
      g_autofree char *now = fika_civil_format (fika_cli_now (cli));
      g_autofree char *name = g_strdup_printf ("fika-%s.db", g_strdelimit (now, ":", '-'));

      file = g_canonicalize_filename (name, NULL);
    }
  if (!fika_store_backup (cli->store, file, &people, &catchups, &groups, &error))
    return fika_cli_fail (error);

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, file);
  fika_cli_add_count (builder, "people", people);
  fika_cli_add_count (builder, "catchups", catchups);
  fika_cli_add_count (builder, "groups", groups);
  json_builder_end_object (builder);
  text = g_strdup_printf (_ ("Written and checked: %s"), file);

  return fika_cli_answer (cli, json_builder_get_root (builder), text);
}

int
fika_cli_check (FikaCli *cli, int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();

  if (!fika_cli_parse (cli, fika_cli_find_verb ("check"), NULL, argc, argv, 0, 0))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;
  if (!fika_store_check (cli->store, &error))
    return fika_cli_fail (error);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_end_object (builder);

  return fika_cli_answer (cli, json_builder_get_root (builder), _ ("The data is sound."));
}
