#include "config.h"

#include "cli/fika-cli-private.h"

#include "base/fika-error.h"
#include "base/fika-when.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>

/* Words come as bytes, whatever the locale says, and are kept so: what is no UTF-8 is no text. */
static gboolean
check_encoding (FikaCli *cli, const FikaCliVerb *verb, int argc, char **argv)
{
  for (int i = 0; i < argc; i++)
    {
      if (!g_utf8_validate (argv[i], -1, NULL))
        {
          cli->status = fika_cli_usage (verb, _ ("Word %d is not UTF-8 text."), i + 1);
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * fika_cli_parse:
 * @cli: the run
 * @verb: what is run
 * @entries: (nullable): its options beyond --json; texts are of %G_OPTION_ARG_FILENAME, which no
 * locale changes
 * @argc: number of words, the verb included
 * @argv: the words
 * @min_args: fewest words wanted beside the options
 * @max_args: most words wanted
 *
 * Takes the command line apart. On wrong usage and for --help it says what to say and sets
 * `cli->status`.
 *
 * Returns: whether to go on
 */
gboolean
fika_cli_parse (FikaCli *cli,
                const FikaCliVerb *verb,
                const GOptionEntry *entries,
                int argc,
                char **argv,
                int min_args,
                int max_args)
{
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Answer in JSON"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Say how it is used"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (verb->usage);
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = g_strdup_printf ("%s.", _ (verb->summary));

  if (!check_encoding (cli, verb, argc, argv))
    return FALSE;

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, summary);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  cli->args = g_strdupv (argv);
  if (!g_option_context_parse_strv (context, &cli->args, &error))
    {
      cli->status = fika_cli_usage (verb, "%s", error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      fputs (text, stdout);
      cli->status = FIKA_CLI_DONE;
      return FALSE;
    }

  cli->n_args = (int) g_strv_length (cli->args) - 1;
  if (cli->n_args < min_args || cli->n_args > max_args)
    {
      cli->status = fika_cli_usage (verb, "%s",
                                    cli->n_args < min_args ? _ ("Something is missing.")
                                                           : _ ("There are too many words."));
      return FALSE;
    }

  return TRUE;
}

/**
 * fika_cli_fail:
 * @error: why it could not be done
 *
 * Returns: the exit status, the reason told
 */
int
fika_cli_fail (const GError *error)
{
  fprintf (stderr, "%s\n", error->message);

  return FIKA_CLI_FAILED;
}

/**
 * fika_cli_usage:
 * @verb: what was run
 * @format: what is wrong with its words
 * @...: for @format
 *
 * Returns: the exit status, the hint told
 */
int
fika_cli_usage (const FikaCliVerb *verb, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *call = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  call = g_strdup_printf ("fika %s %s", verb->name, verb->usage);
  fprintf (stderr, "%s\n", text);
  fprintf (stderr, _ ("Usage: %s\n“fika %s --help” tells more.\n"), g_strchomp (call), verb->name);

  return FIKA_CLI_USAGE;
}

/**
 * fika_cli_answer:
 * @cli: the run
 * @node: (transfer full): the answer for programs
 * @text: the answer for people, without a newline
 *
 * Returns: the exit status of success
 */
int
fika_cli_answer (FikaCli *cli, JsonNode *node, const char *text)
{
  g_autoptr (JsonNode) owned = node;

  if (cli->json)
    {
      g_autofree char *json = fika_json_to_text (owned);

      fputs (json, stdout);
    }
  else if (*text != '\0')
    {
      printf ("%s\n", text);
    }

  return FIKA_CLI_DONE;
}

/**
 * fika_cli_answer_list:
 * @cli: a run that wants JSON
 * @array: (transfer full): the answer
 *
 * Returns: the exit status of success
 */
int
fika_cli_answer_list (FikaCli *cli, JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);

  return fika_cli_answer (cli, node, "");
}

/**
 * fika_cli_add_count:
 * @builder: an object under construction
 * @key: a key of it
 * @count: its value
 */
void
fika_cli_add_count (JsonBuilder *builder, const char *key, gint64 count)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_int_value (builder, count);
}

/* "There is no kind “x”. Choose one of: call, video, …" from the keys that @name gives. */
typedef const char *(*NameFunc) (guint value);

static gboolean
refuse (const char *format, const char *text, NameFunc name, guint n, GError **error)
{
  g_autoptr (GString) choices = g_string_new (NULL);
  g_autofree char *complaint = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  complaint = g_strdup_printf (format, text);
#pragma GCC diagnostic pop
  for (guint i = 0; i < n; i++)
    g_string_append_printf (choices, "%s%s", i > 0 ? ", " : "", name (i));
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID, _ ("%s Choose one of: %s."), complaint,
               choices->str);

  return FALSE;
}

static const char *
kind_name (guint value)
{
  return fika_kind_to_key (value);
}

static const char *
tie_name (guint value)
{
  return fika_tie_to_key (value);
}

static const char *
type_name (guint value)
{
  return fika_group_type_to_key (value);
}

static const char *
stage_name (guint value)
{
  return fika_stage_to_key (value);
}

/* From morning on: exact is what no window is. */
static const char *
window_name (guint value)
{
  return fika_window_to_string (FIKA_WINDOW_MORNING + value);
}

static const char *
again_name (guint value)
{
  return fika_again_to_key (FIKA_AGAIN_YES + value);
}

gboolean
fika_cli_kind (const char *text, FikaKind *kind, GError **error)
{
  return fika_kind_parse (text, kind)
         || refuse (_ ("There is no kind “%s”."), text, kind_name, FIKA_N_KINDS, error);
}

gboolean
fika_cli_window (const char *text, FikaWindow *window, GError **error)
{
  return fika_window_parse (text, window)
         || refuse (_ ("There is no window “%s”."), text, window_name, 4, error);
}

gboolean
fika_cli_group_type (const char *text, FikaGroupType *type, GError **error)
{
  return fika_group_type_parse (text, type)
         || refuse (_ ("There is no type “%s”."), text, type_name, FIKA_N_GROUP_TYPES, error);
}

gboolean
fika_cli_stage (const char *text, FikaStage *stage, GError **error)
{
  return fika_stage_parse (text, stage)
         || refuse (_ ("There is no stage “%s”."), text, stage_name, FIKA_N_STAGES, error);
}

gboolean
fika_cli_again (const char *text, FikaAgain *again, GError **error)
{
  return (fika_again_parse (text, again) && *again != FIKA_AGAIN_UNSAID)
         || refuse (_ ("“%s” is no answer to “again?”."), text, again_name, 3, error);
}

gboolean
fika_cli_ties (char **texts, guint *ties, GError **error)
{
  *ties = 0;
  for (char **text = texts; text != NULL && *text != NULL; text++)
    {
      FikaTie tie;

      if (!fika_tie_parse (*text, &tie))
        return refuse (_ ("There is no tie “%s”."), *text, tie_name, FIKA_N_TIES, error);
      *ties |= 1u << tie;
    }

  return TRUE;
}

gboolean
fika_cli_circle (FikaStore *store, const char *text, int64_t *circle, GError **error)
{
  g_autoptr (GPtrArray) circles = NULL;
  g_autoptr (GString) choices = g_string_new (NULL);

  *circle = fika_store_circle_by_key (store, text);
  if (*circle != 0)
    return TRUE;

  circles = fika_store_circles (store);
  for (guint i = 0; i < circles->len; i++)
    g_string_append_printf (choices, "%s%s", i > 0 ? ", " : "",
                            ((FikaCircle *) g_ptr_array_index (circles, i))->key);
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               _ ("There is no circle “%s”. Choose one of: %s."), text, choices->str);

  return FALSE;
}

/**
 * fika_cli_leads:
 * @texts: (nullable): numbers of minutes
 * @leads: (out) (transfer full): the numbers
 * @error: return location for an error
 *
 * Returns: whether all of @texts are numbers of minutes
 */
gboolean
fika_cli_leads (char **texts, GArray **leads, GError **error)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));

  for (char **text = texts; text != NULL && *text != NULL; text++)
    {
      guint64 value;
      int minutes;

      if (!g_ascii_string_to_unsigned (*text, 10, 0, G_MAXINT, &value, NULL))
        {
          g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                       _ ("“%s” is no number of minutes. Write, say, --remind 10."), *text);
          return FALSE;
        }
      minutes = (int) value;
      g_array_append_val (numbers, minutes);
    }
  *leads = g_steal_pointer (&numbers);

  return TRUE;
}

/**
 * fika_cli_people:
 * @store: the data
 * @names: (nullable): names as typed
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable) (element-type FikaPerson): the people; %NULL where a name is
 *   unknown or could be several
 */
GPtrArray *
fika_cli_people (FikaStore *store, char **names, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      FikaPerson *person = fika_store_find_person (store, *name, error);

      if (person == NULL)
        return NULL;
      g_ptr_array_add (people, person);
    }

  return g_steal_pointer (&people);
}

/* An occurrence of a series that was moved is also known by where it is now. */
static FikaOccurrence *
find_moved (FikaStore *store, const char *uid, FikaCivil start)
{
  g_autoptr (GPtrArray) entries = NULL;
  FikaDay day = fika_civil_day (start);

  /* A day either way: the entry's zone may be another. */
  entries = fika_store_agenda (store, fika_civil_new (day - 1, 0, 0),
                               fika_civil_new (day + 2, 0, 0), NULL);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (entries, i);

      if (g_str_equal (fika_occurrence_get_uid (occurrence), uid)
          && fika_occurrence_get_start (occurrence) == start)
        return g_object_ref (occurrence);
    }

  return NULL;
}

/* The last occurrence of a series that was to be by now and was not told about; NULL where the last
 * week had none. */
static FikaOccurrence *
find_latest (FikaStore *store, const char *uid)
{
  FikaCivil now = fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (store));
  g_autoptr (GPtrArray) entries
      = fika_store_agenda (store, now - 7 * FIKA_MINUTES_A_DAY + 1, now + 1, NULL);

  for (guint i = entries != NULL ? entries->len : 0; i > 0; i--)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (entries, i - 1);

      if (g_str_equal (fika_occurrence_get_uid (occurrence), uid)
          && fika_occurrence_get_state (occurrence) == FIKA_STATE_PLANNED)
        return g_object_ref (occurrence);
    }

  return NULL;
}

static gboolean
is_known (FikaStore *store, const char *uid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (FikaPlan) plan = fika_store_get_plan_by_uid (store, uid, &local_error);

  if (plan != NULL)
    return TRUE;
  if (g_error_matches (local_error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
    fika_cli_no_uid (uid, error);
  else
    g_propagate_error (error, g_steal_pointer (&local_error));

  return FALSE;
}

/**
 * fika_cli_no_uid:
 * @uid: what was typed
 * @error: return location for an error: nothing has that UID
 */
void
fika_cli_no_uid (const char *uid, GError **error)
{
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
               _ ("Nothing here has the UID “%s”. “fika agenda --json” and its like tell UIDs."),
               uid);
}

/**
 * fika_cli_occurrence:
 * @store: the data
 * @uid: of a catch-up or series
 * @start: (nullable): which occurrence of a series, as the rule put it or as it is now
 * @past: without @start, whether the one that was last, if that was within a week, is meant rather
 *   than the next
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the occurrence
 */
FikaOccurrence *
fika_cli_occurrence (FikaStore *store,
                     const char *uid,
                     const char *start,
                     gboolean past,
                     GError **error)
{
  FikaCivil civil = FIKA_CIVIL_NONE;
  FikaOccurrence *found = NULL;

  if (!is_known (store, uid, error))
    return NULL;
  if (start != NULL)
    {
      civil = fika_civil_parse (start, error);
      if (civil == FIKA_CIVIL_NONE)
        return NULL;
      found = find_moved (store, uid, civil);
    }
  else if (past)
    {
      found = find_latest (store, uid);
    }
  if (found != NULL)
    return found;

  return fika_store_get_occurrence (store, uid, civil, error);
}

/**
 * fika_cli_now:
 * @cli: the run
 *
 * Returns: the wall's time, here
 */
FikaCivil
fika_cli_now (FikaCli *cli)
{
  return fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (cli->store));
}

/**
 * fika_cli_pad:
 * @text: a text
 * @width: columns to fill
 *
 * Pads by what shows, not by bytes.
 *
 * Returns: (transfer full): @text with blanks behind it
 */
char *
fika_cli_pad (const char *text, int width)
{
  GString *padded = g_string_new (text);
  int columns = 0;

  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_iszerowidth (character))
        columns += g_unichar_iswide (character) ? 2 : 1;
    }
  for (; columns < width; columns++)
    g_string_append_c (padded, ' ');

  return g_string_free (padded, FALSE);
}

/**
 * fika_cli_occurrence_line:
 * @cli: the run
 * @occurrence: an entry of an agenda
 *
 * Returns: (transfer full): the entry in one line
 */
char *
fika_cli_occurrence_line (FikaCli *cli, FikaOccurrence *occurrence)
{
  FikaPlan *plan = fika_occurrence_get_plan (occurrence);
  FikaState state = fika_occurrence_get_state (occurrence);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *when = NULL;
  g_autofree char *column = NULL;

  when = fika_when_day_and_time (fika_occurrence_get_start (occurrence),
                                 fika_plan_get_window (plan), fika_store_today (cli->store));
  column = fika_cli_pad (when, FIKA_CLI_WHEN_WIDTH);
  if (state == FIKA_STATE_PLANNED)
    return g_strdup_printf ("%s  %s", column, title);

  return g_strdup_printf ("%s  %s (%s)", column, title, fika_state_label (state));
}

/**
 * fika_cli_answer_occurrence:
 * @cli: the run
 * @occurrence: what was done something with
 * @done: the words for what was done: "Skipped"
 *
 * Returns: the exit status of success
 */
int
fika_cli_answer_occurrence (FikaCli *cli, FikaOccurrence *occurrence, const char *done)
{
  FikaPlan *plan = fika_occurrence_get_plan (occurrence);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  when = fika_when_day_and_time (fika_occurrence_get_start (occurrence),
                                 fika_plan_get_window (plan), fika_store_today (cli->store));
  text = g_strdup_printf ("%s: %s, %s", done, title, when);

  return fika_cli_answer (cli, fika_json_occurrence (cli->store, occurrence), text);
}

/**
 * fika_cli_answer_catchup:
 * @cli: the run
 * @catchup: what was done something with
 * @done: the words for what was done: "Logged"
 *
 * Returns: the exit status of success
 */
int
fika_cli_answer_catchup (FikaCli *cli, FikaCatchup *catchup, const char *done)
{
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;

  if (fika_catchup_get_series_id (catchup) != 0)
    series = fika_store_get_series (cli->store, fika_catchup_get_series_id (catchup), NULL);
  occurrence = fika_occurrence_new_for_catchup (catchup, series);

  return fika_cli_answer_occurrence (cli, occurrence, done);
}
