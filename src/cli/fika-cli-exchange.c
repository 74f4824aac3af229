#include "config.h"

#include "cli/fika-cli-private.h"

#include "base/fika-error.h"
#include "exchange/fika-export.h"
#include "exchange/fika-import.h"
#include "exchange/fika-vcard-export.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include <stdio.h>

/* People, and of a file that Fika exported also groups, plans, topics and promises. */
static guint
count_new (FikaImport *import)
{
  FikaImportSummary summary;

  fika_import_get_summary (import, &summary);

  return fika_import_count (import, FIKA_IMPORT_NEW) + summary.groups_new + summary.plans_new
         + summary.topics_new;
}

static guint
count_updated (FikaImport *import)
{
  FikaImportSummary summary;

  fika_import_get_summary (import, &summary);

  return fika_import_count (import, FIKA_IMPORT_UPDATED) + summary.groups_updated
         + summary.plans_updated + summary.topics_updated + summary.circles_updated;
}

static JsonNode *
import_answer (FikaImport *import)
{
  g_autoptr (JsonBuilder) builder = json_builder_new_immutable ();
  GPtrArray *skips = fika_import_get_skips (import);

  json_builder_begin_object (builder);
  fika_cli_add_count (builder, "new", count_new (import));
  fika_cli_add_count (builder, "updated", count_updated (import));
  fika_cli_add_count (builder, "unchanged", fika_import_count (import, FIKA_IMPORT_UNCHANGED));
  fika_cli_add_count (builder, "duplicates", fika_import_count (import, FIKA_IMPORT_DUPLICATE));
  json_builder_set_member_name (builder, "skipped");
  json_builder_begin_array (builder);
  for (guint i = 0; i < skips->len; i++)
    {
      const FikaImportSkip *skip = g_ptr_array_index (skips, i);

      json_builder_begin_object (builder);
      fika_cli_add_count (builder, "line", skip->line);
      json_builder_set_member_name (builder, "reason");
      json_builder_add_string_value (builder, skip->reason);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static char *
import_words (FikaImport *import, gboolean preview)
{
  GPtrArray *skips = fika_import_get_skips (import);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          preview ? _ ("Would add %u, change %u, leave %u as they are; %u may be "
                                       "here already.")
                                  : _ ("Added %u, changed %u, left %u as they are; %u may be here "
                                       "already and were left out."),
                          count_new (import), count_updated (import),
                          fika_import_count (import, FIKA_IMPORT_UNCHANGED),
                          fika_import_count (import, FIKA_IMPORT_DUPLICATE));
  for (guint i = 0; i < skips->len; i++)
    {
      const FikaImportSkip *skip = g_ptr_array_index (skips, i);

      g_string_append_c (text, '\n');
      if (skip->line == 0)
        /* A file that Fika exported has entries and no lines. */
        g_string_append_printf (text, skip->name[0] != '\0' ? "%s: %s" : "%s%s", skip->name,
                                skip->reason);
      else if (skip->name[0] != '\0')
        /* Translators: a line number, whose card it is in, and what is the matter with it. */
        g_string_append_printf (text, _ ("Line %u, %s: %s"), skip->line, skip->name, skip->reason);
      else
        g_string_append_printf (text, _ ("Line %u: %s"), skip->line, skip->reason);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

int
fika_cli_import (FikaCli *cli, int argc, char **argv)
{
  gboolean preview = FALSE;
  const GOptionEntry entries[] = {
    { "preview", 0, 0, G_OPTION_ARG_NONE, &preview, N_ ("Only say what would happen"), NULL },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autofree char *text = NULL;

  if (!fika_cli_parse (cli, fika_cli_find_verb ("import"), entries, argc, argv, 1, 1))
    return cli->status;
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  file = g_file_new_for_commandline_arg (cli->args[1]);
  import = fika_import_read (cli->store, file, NULL, &error);
  if (import == NULL)
    return fika_cli_fail (error);
  if (!preview && !fika_import_apply (import, FIKA_SOURCE_IMPORT, NULL, &error))
    return fika_cli_fail (error);
  text = import_words (import, preview);

  return fika_cli_answer (cli, import_answer (import), text);
}

static char *
export_json (FikaCli *cli, gboolean people, gboolean plans, gboolean groups, GError **error)
{
  FikaJsonParts parts = (people ? FIKA_JSON_PEOPLE : 0) | (plans ? FIKA_JSON_PLANS : 0)
                        | (groups ? FIKA_JSON_GROUPS : 0);

  return fika_json_export (cli->store, parts != 0 ? parts : FIKA_JSON_ALL, error);
}

static char *
export_vcard (FikaCli *cli, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) archived = NULL;

  ids = fika_store_people_ids (cli->store, "", FIKA_PEOPLE_BY_NAME, FALSE, error);
  if (ids == NULL)
    return NULL;
  archived = fika_store_people_ids (cli->store, "", FIKA_PEOPLE_BY_NAME, TRUE, error);
  if (archived == NULL)
    return NULL;
  for (guint i = 0; i < archived->len; i++)
    {
      int64_t id = g_array_index (archived, int64_t, i);
      gboolean listed = FALSE;

      for (guint k = 0; k < ids->len && !listed; k++)
        listed = g_array_index (ids, int64_t, k) == id;
      if (!listed)
        g_array_append_val (ids, id);
    }

  return fika_vcard_export (cli->store, ids, FIKA_VCARD_4_0, error);
}

int
fika_cli_export (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *format = NULL;
  gboolean people = FALSE, plans = FALSE, groups = FALSE, hours = FALSE;
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_FILENAME, &format, N_ ("In which format; json"), "json|vcard" },
    { "people", 0, 0, G_OPTION_ARG_NONE, &people, N_ ("The people"), NULL },
    { "plans", 0, 0, G_OPTION_ARG_NONE, &plans, N_ ("The plans, past and to come"), NULL },
    { "groups", 0, 0, G_OPTION_ARG_NONE, &groups, N_ ("The groups"), NULL },
    { "hours", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &hours, "", NULL },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("export");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gboolean vcard;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 1))
    return cli->status;
  vcard = g_strcmp0 (format, "vcard") == 0;
  if (format != NULL && !vcard && !g_str_equal (format, "json"))
    {
      g_set_error (&error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED,
                   _ ("Fika cannot write “%s”. Choose one of: json, vcard."), format);
      return fika_cli_fail (error);
    }
  if (hours || (vcard && (plans || groups)))
    {
      g_set_error_literal (
          &error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED,
          _ ("That part cannot be written in that format. JSON holds people, plans "
             "and groups; vCard holds people."));
      return fika_cli_fail (error);
    }
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  text = vcard ? export_vcard (cli, &error) : export_json (cli, people, plans, groups, &error);
  if (text == NULL)
    return fika_cli_fail (error);
  if (cli->n_args == 0)
    {
      fputs (text, stdout);
      return FIKA_CLI_DONE;
    }
  if (!fika_export_to_file (cli->args[1], text, &error))
    return fika_cli_fail (error);

  return FIKA_CLI_DONE;
}
