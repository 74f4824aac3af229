#include "config.h"

#include "cli/fika-cli.h"
#include "ui/fika-application.h"

#include <glib/gi18n.h>

#include <locale.h>

/* GTK reads its own theme before libadwaita puts its in place; naming the empty one saves that. */
static void
init_gtk_without_theme (void)
{
  if (g_getenv ("GTK_THEME") != NULL)
    return;
  g_setenv ("GTK_THEME", "Adwaita-empty", TRUE);
  gtk_init ();
  g_unsetenv ("GTK_THEME");
}

int
main (int argc, char *argv[])
{
  g_autoptr (FikaApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FIKA_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc > 1 && fika_cli_is_verb (argv[1]))
    return fika_cli_run (argc, argv);

  g_set_application_name ("Fika");
  init_gtk_without_theme ();
  application = fika_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
