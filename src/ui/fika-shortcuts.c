#include "config.h"

#include "ui/fika-shortcuts.h"

#include <glib/gi18n.h>

#define GENERAL NC_ ("shortcuts", "General")
#define PLACES NC_ ("shortcuts", "Places")
#define WEEK NC_ ("shortcuts", "This Week")
#define CATCHUP NC_ ("shortcuts", "On a Catch-up")

static const FikaShortcut shortcuts[] = {
  { GENERAL, NC_ ("shortcuts", "Plan a catch-up"), "<Control>n", "app.plan" },
  { GENERAL, NC_ ("shortcuts", "Log that you talked or met"), "<Control>l", "app.log" },
  { GENERAL, NC_ ("shortcuts", "Find a person"), "<Control>f", "app.search" },
  { GENERAL, NC_ ("shortcuts", "Undo"), "<Control>z", NULL },
  { GENERAL, NC_ ("shortcuts", "Redo"), "<Control><Shift>z", NULL },
  { GENERAL, NC_ ("shortcuts", "Main menu"), "F10", NULL },
  { GENERAL, NC_ ("shortcuts", "Preferences"), "<Control>comma", "app.preferences" },
  { GENERAL, NC_ ("shortcuts", "Keyboard shortcuts"), "<Control>question", "app.shortcuts" },
  { GENERAL, NC_ ("shortcuts", "Close the window"), "<Control>w", "window.close" },
  { GENERAL, NC_ ("shortcuts", "Quit"), "<Control>q", "app.quit" },
  { PLACES, NC_ ("shortcuts", "This Week"), "<Control>1", "app.show-place('week')" },
  { PLACES, NC_ ("shortcuts", "People"), "<Control>2", "app.show-place('people')" },
  { PLACES, NC_ ("shortcuts", "Groups"), "<Control>3", "app.show-place('groups')" },
  { PLACES, NC_ ("shortcuts", "Reminders"), "<Control>r", "app.show-place('reminders')" },
  { PLACES, NC_ ("shortcuts", "Edit the person or group shown"), "<Control>e", NULL },
  { WEEK, NC_ ("shortcuts", "Previous week"), "<Control>Page_Up", NULL },
  { WEEK, NC_ ("shortcuts", "Next week"), "<Control>Page_Down", NULL },
  { WEEK, NC_ ("shortcuts", "Back to today"), "Home", NULL },
  { CATCHUP, NC_ ("shortcuts", "Open"), "Return", NULL },
  { CATCHUP, NC_ ("shortcuts", "Menu"), "Menu <Shift>F10", NULL },
  { CATCHUP, NC_ ("shortcuts", "Delete"), "Delete", NULL },
};

/**
 * fika_shortcuts_get:
 * @n: (out): how many
 *
 * Returns: (transfer none) (array length=n): all keys; texts are to be translated in the context
 *   "shortcuts"
 */
const FikaShortcut *
fika_shortcuts_get (guint *n)
{
  *n = G_N_ELEMENTS (shortcuts);
  return shortcuts;
}

/**
 * fika_shortcuts_to_ui:
 *
 * Returns: (transfer full): builder XML of a GtkShortcutsWindow named "shortcuts"
 */
char *
fika_shortcuts_to_ui (void)
{
  /* High enough for two columns on one page: GTK 4.8 warns of the numbers of several. */
  GString *ui = g_string_new ("<interface><object class='GtkShortcutsWindow' id='shortcuts'>"
                              "<child><object class='GtkShortcutsSection'>"
                              "<property name='section-name'>fika</property>"
                              "<property name='max-height'>16</property>");
  const char *group = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    {
      g_autofree char *title
          = g_markup_escape_text (g_dpgettext2 (NULL, "shortcuts", shortcuts[i].title), -1);
      g_autofree char *accels = g_markup_escape_text (shortcuts[i].accels, -1);

      if (g_strcmp0 (group, shortcuts[i].group) != 0)
        {
          g_autofree char *heading
              = g_markup_escape_text (g_dpgettext2 (NULL, "shortcuts", shortcuts[i].group), -1);

          if (group != NULL)
            g_string_append (ui, "</object></child>");
          group = shortcuts[i].group;
          g_string_append_printf (ui,
                                  "<child><object class='GtkShortcutsGroup'>"
                                  "<property name='title'>%s</property>",
                                  heading);
        }
      g_string_append_printf (ui,
                              "<child><object class='GtkShortcutsShortcut'>"
                              "<property name='title'>%s</property>"
                              "<property name='accelerator'>%s</property></object></child>",
                              title, accels);
    }
  g_string_append (ui, "</object></child></object></child></object></interface>");
  return g_string_free (ui, FALSE);
}
