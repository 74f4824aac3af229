#include "config.h"

#include "cli/fika-cli.h"

#include "cli/fika-cli-private.h"

#include "base/fika-paths.h"
#include "base/fika-service-client.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const FikaCliVerb verbs[] = {
  { "person", "add NAME", N_ ("Adds a person"), fika_cli_person },
  { "people", "[TEXT]", N_ ("Lists people, or those that TEXT finds"), fika_cli_list_people },
  { "plan", "", N_ ("Plans a catch-up, or a series of them"), fika_cli_plan },
  { "agenda", "", N_ ("Shows what is on, in order"), fika_cli_agenda },
  { "log", "[UID]", N_ ("Records that a catch-up happened"), fika_cli_log },
  { "skip", "UID", N_ ("Skips one catch-up"), fika_cli_skip },
  { "move", "UID", N_ ("Moves one catch-up"), fika_cli_move },
  { "delete", "UID", N_ ("Deletes a catch-up, a series, a person or a group"), fika_cli_delete },
  { "group", "add NAME", N_ ("Adds a group"), fika_cli_group },
  { "groups", "", N_ ("Lists groups"), fika_cli_groups },
  { "visit", "NAME", N_ ("Records a visit to a group"), fika_cli_visit },
  { "reminders", "", N_ ("Shows what will be said, and when"), fika_cli_reminders },
  { "import", "FILE", N_ ("Brings in a file of contacts, or one that Fika exported"),
    fika_cli_import },
  { "export", "[FILE]", N_ ("Writes the data as JSON, or the people as vCards"), fika_cli_export },
  { "undo", "", N_ ("Takes back the last thing done"), fika_cli_undo },
  { "redo", "", N_ ("Does again what was taken back"), fika_cli_redo },
  { "history", "", N_ ("Lists what was done, newest first"), fika_cli_history },
  { "backup", "[FILE]", N_ ("Writes a checked copy of the data"), fika_cli_backup },
  { "check", "", N_ ("Checks that the data is sound"), fika_cli_check },
  { "service", "status", N_ ("Says whether reminders can reach you"), fika_cli_service },
};

/**
 * fika_cli_find_verb:
 * @name: a word
 *
 * Returns: (transfer none) (nullable): the verb of that name
 */
const FikaCliVerb *
fika_cli_find_verb (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      if (g_strcmp0 (verbs[i].name, name) == 0)
        return &verbs[i];
    }

  return NULL;
}

static void
committed_cb (FikaCli *cli)
{
  cli->wrote = TRUE;
}

/**
 * fika_cli_open:
 * @cli: the run
 *
 * Opens the person's data; says why not where it cannot.
 *
 * Returns: whether `cli->store` is there
 */
gboolean
fika_cli_open (FikaCli *cli)
{
  g_autofree char *path = fika_paths_database ();
  g_autoptr (GError) error = NULL;

  cli->clock = fika_system_clock_new ();
  cli->store = fika_store_open (path, cli->clock, &error);
  if (cli->store == NULL)
    {
      fika_cli_fail (error);
      return FALSE;
    }
  g_signal_connect_swapped (cli->store, "committed", G_CALLBACK (committed_cb), cli);
  if (!fika_store_is_read_only (cli->store) && !fika_store_roll (cli->store, &error))
    {
      fika_cli_fail (error);
      return FALSE;
    }

  return TRUE;
}

/**
 * fika_cli_session_bus:
 *
 * The session bus where there is one. GLib would start one where there is none, which is not for a
 * terminal verb to do.
 *
 * Returns: (transfer full) (nullable): the bus
 */
GDBusConnection *
fika_cli_session_bus (void)
{
  GDBusConnection *bus;
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL && !g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  if (bus != NULL)
    g_dbus_connection_set_exit_on_close (bus, FALSE);

  return bus;
}

/* Tells the service, which the bus starts where it does not run, to look at the database; one of an
 * older Fika makes room for it first. Nobody waits for an answer, and where there is no bus there
 * is nobody to tell. */
static void
poke_service (void)
{
  g_autoptr (GDBusConnection) bus = fika_cli_session_bus ();
  g_autoptr (GDBusMessage) message = NULL;

  if (bus == NULL)
    return;
  fika_service_renew (bus, FIKA_VERSION);
  message = g_dbus_message_new_method_call (FIKA_SERVICE_NAME, FIKA_SERVICE_PATH,
                                            FIKA_SERVICE_INTERFACE, "Poke");
  g_dbus_message_set_flags (message, G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED);
  g_dbus_connection_send_message (bus, message, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, NULL);
  g_dbus_connection_flush_sync (bus, NULL, NULL);
}

static void
print_help (FILE *out)
{
  fprintf (out, "%s\n\n", _ ("Usage: fika [VERB …]"));
  fprintf (out, "%s\n\n", _ ("Without a verb, opens the window."));
  for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *call = g_strdup_printf ("%s %s", verbs[i].name, verbs[i].usage);

      fprintf (out, "  %-18s %s\n", call, _ (verbs[i].summary));
    }
  fprintf (out, "\n%s\n", _ ("Every verb takes --json and --help."));
}

/**
 * fika_cli_is_verb:
 * @word: the first word after the program's name
 *
 * Whether the terminal interface takes this run. Everything that is no option of the window and no
 * file does, so that a mistyped verb gets a hint and not a window.
 *
 * Returns: whether to call fika_cli_run ()
 */
gboolean
fika_cli_is_verb (const char *word)
{
  g_return_val_if_fail (word != NULL, FALSE);

  if (fika_cli_find_verb (word) != NULL || g_str_equal (word, "help")
      || g_str_equal (word, "--help") || g_str_equal (word, "-h")
      || g_str_equal (word, "--version"))
    return TRUE;
  if (*word == '-' || *word == '\0' || strpbrk (word, "/:.") != NULL)
    return FALSE;

  return !g_file_test (word, G_FILE_TEST_EXISTS);
}

/* How many letters to change, add or leave out to make one word of the other. */
static guint
distance (const char *a, const char *b)
{
  size_t length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (size_t j = 0; j <= length; j++)
    row[j] = (guint) j;
  for (size_t i = 1; a[i - 1] != '\0'; i++)
    {
      guint diagonal = row[0];

      row[0] = (guint) i;
      for (size_t j = 1; j <= length; j++)
        {
          guint above = row[j];

          row[j] = MIN (MIN (row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
          diagonal = above;
        }
    }

  return row[length];
}

static int
hint (const char *word)
{
  const char *nearest = NULL;
  guint least = 3;

  for (size_t i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      guint d = distance (word, verbs[i].name);

      if (d < least)
        {
          least = d;
          nearest = verbs[i].name;
        }
    }

  fprintf (stderr, _ ("There is no verb “%s”. “fika --help” lists them.\n"), word);
  if (nearest != NULL)
    fprintf (stderr, _ ("Perhaps “fika %s” is meant.\n"), nearest);

  return FIKA_CLI_USAGE;
}

static int
run_words (int argc, char **argv)
{
  const FikaCliVerb *verb;
  FikaCli cli = { NULL };
  int status;

  if (g_str_equal (argv[1], "--version"))
    {
      printf ("Fika %s\n", FIKA_VERSION);
      return FIKA_CLI_DONE;
    }
  if (g_str_equal (argv[1], "help") || g_str_equal (argv[1], "--help")
      || g_str_equal (argv[1], "-h"))
    {
      print_help (stdout);
      return FIKA_CLI_DONE;
    }
  verb = fika_cli_find_verb (argv[1]);
  if (verb == NULL)
    return hint (argv[1]);

  status = verb->run (&cli, argc - 1, argv + 1);
  g_strfreev (cli.args);
  g_clear_object (&cli.store);
  g_clear_object (&cli.clock);
  if (cli.wrote)
    poke_service ();

  return status;
}

/**
 * fika_cli_run:
 * @argc: number of words, the program's name included
 * @argv: the words
 *
 * Runs one verb. What it says is UTF-8 whatever the locale is, so that it stays whole in a pipe.
 *
 * Returns: the exit status: 0 done, 1 it could not be done, 2 wrong usage
 */
int
fika_cli_run (int argc, char **argv)
{
  int status;

  g_return_val_if_fail (argc > 1, FIKA_CLI_USAGE);

  status = run_words (argc, argv);
  if (status == FIKA_CLI_DONE && (fflush (stdout) != 0 || ferror (stdout)))
    {
      fprintf (stderr, _ ("The answer could not be written: %s.\n"), g_strerror (errno));
      status = FIKA_CLI_FAILED;
    }

  return status;
}
