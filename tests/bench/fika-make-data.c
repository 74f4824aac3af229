/* fika-make-data --people N --catchups N --plans N --groups N --seed S [FOLDER]
 * Writes FOLDER/fika.db (or the one in the person's data folder) with invented data, to try and
 * measure with. Refuses a database that already holds something. */

#include "config.h"

#include "make-data.h"

#include "base/fika-paths.h"

int
main (int argc, char **argv)
{
  MakeDataOptions options = { .people = 100, .catchups = 1000, .groups = 10, .seed = 1 };
  int seed = 1;
  const GOptionEntry entries[] = {
    { "people", 0, 0, G_OPTION_ARG_INT, &options.people, "How many people", "N" },
    { "catchups", 0, 0, G_OPTION_ARG_INT, &options.catchups, "How many catch-ups", "N" },
    { "plans", 0, 0, G_OPTION_ARG_INT, &options.plans, "How many more, still to come", "N" },
    { "groups", 0, 0, G_OPTION_ARG_INT, &options.groups, "How many groups", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "What decides the data", "S" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("[FOLDER]");
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaClock) clock = NULL;
  g_autoptr (FikaStore) store = NULL;
  g_autofree char *file = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc > 2)
    {
      g_printerr ("%s\n", error != NULL ? error->message : "One folder at the most.");
      return 2;
    }
  options.seed = (guint32) seed;

  file = argc == 2 ? g_build_filename (argv[1], "fika.db", NULL) : fika_paths_database ();
  clock = fika_system_clock_new ();
  store = fika_store_open (file, clock, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  if (!fika_store_is_empty (store))
    {
      g_printerr ("%s already holds data; name an empty folder.\n", file);
      return 1;
    }
  if (!make_data (store, &options, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_print ("%s\n", file);
  return 0;
}
