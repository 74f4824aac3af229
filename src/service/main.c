#include "config.h"

#include "base/fika-paths.h"
#include "service/fika-service.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Exit statuses beyond EXIT_SUCCESS. Starting it again at once cures neither: whoever supervises it
 * should not. */
#define EXIT_NO_BUS 1
#define EXIT_USAGE 2
#define EXIT_NO_DATA 3

static void
ended_cb (GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static gboolean
terminate_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static FikaStore *
open_store (GError **error)
{
  g_autofree char *path = fika_paths_database ();
  g_autoptr (FikaClock) clock = fika_system_clock_new ();
  g_autoptr (FikaStore) store = fika_store_open (path, clock, error);

  if (store != NULL && fika_store_is_read_only (store))
    {
      g_set_error_literal (
          error, G_IO_ERROR, G_IO_ERROR_READ_ONLY,
          _ ("Fika's data can be read but not written here, so reminders are off."));
      return NULL;
    }

  return g_steal_pointer (&store);
}

static gboolean
parse_options (int *argc, char ***argv)
{
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version and exit"), NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (
      context, _ ("Reminds of what is planned in Fika, its window open or not. The "
                  "desktop starts it by itself."));
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("fika-service: %s\n", error->message);
      exit (EXIT_USAGE);
    }
  if (*argc > 1)
    {
      g_printerr (_ ("fika-service: “%s” is too much: it takes no arguments.\n"), (*argv)[1]);
      exit (EXIT_USAGE);
    }
  if (version)
    g_print ("fika-service %s\n", FIKA_VERSION);

  return !version;
}

int
main (int argc, char **argv)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (FikaStore) store = NULL;
  g_autoptr (FikaService) service = NULL;
  g_autoptr (GMainLoop) loop = NULL;
  g_autoptr (GError) error = NULL;

  /* A few threads that hardly allocate: one arena is smaller, and none of them waits for it. */
  mallopt (M_ARENA_MAX, 1);
  umask (077);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FIKA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname ("fika-service");
  g_set_application_name ("Fika");

  if (!parse_options (&argc, &argv))
    return EXIT_SUCCESS;

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (connection == NULL)
    {
      g_printerr (_ ("fika-service: There is no desktop session to remind in: %s\n"),
                  error->message);
      return EXIT_NO_BUS;
    }
  g_dbus_connection_set_exit_on_close (connection, FALSE);

  store = open_store (&error);
  if (store == NULL)
    {
      g_printerr ("fika-service: %s\n", error->message);
      return EXIT_NO_DATA;
    }

  loop = g_main_loop_new (NULL, FALSE);
  service = fika_service_new (connection, store);
  g_signal_connect_swapped (service, "ended", G_CALLBACK (ended_cb), loop);
  if (!fika_service_start (service, &error))
    {
      g_printerr ("fika-service: %s\n", error->message);
      return EXIT_NO_BUS;
    }

  g_unix_signal_add (SIGTERM, terminate_cb, loop);
  g_unix_signal_add (SIGINT, terminate_cb, loop);
  g_unix_signal_add (SIGHUP, terminate_cb, loop);
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}
