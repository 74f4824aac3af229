#include "config.h"

#include "base/fika-settings.h"

#include <glib/gstdio.h>
#include <locale.h>

static void
test_carried (void)
{
  g_autoptr (GSettings) settings = fika_settings_new ();
  g_autoptr (GArray) leads = fika_settings_default_leads (settings);

  g_assert_cmpuint (leads->len, ==, 1);
  g_assert_cmpint (g_array_index (leads, int, 0), ==, 10);
  g_assert_false (g_settings_get_boolean (settings, FIKA_SETTING_START_AT_LOGIN));
  g_assert_finalize_object (g_steal_pointer (&settings));
}

/* With no schema anywhere GLib looks, the one inside the program serves, and no file of it stays.
 */
static void
test_nowhere_installed (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GSettings) settings = NULL;
      g_autoptr (GDir) dir = NULL;

      settings = fika_settings_new ();
      g_assert_cmpint (g_settings_get_int (settings, FIKA_SETTING_FIRST_WEEKDAY), ==, -1);

      dir = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
      g_assert_nonnull (dir);
      g_assert_null (g_dir_read_name (dir));

      return;
    }

  {
    g_autofree char *home = g_dir_make_tmp ("fika-settings-XXXXXX", NULL);
    const char *folders[] = { "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_RUNTIME_DIR" };

    /* This is the last test: the environment is the child's alone. */
    g_assert_nonnull (home);
    g_unsetenv ("GSETTINGS_SCHEMA_DIR");
    for (size_t i = 0; i < G_N_ELEMENTS (folders); i++)
      g_setenv (folders[i], home, TRUE);

    g_test_trap_subprocess (NULL, 0, 0);
    g_test_trap_assert_passed ();
    g_rmdir (home);
  }
}

static void
test_leads (void)
{
  g_autoptr (GSettings) settings = fika_settings_new ();
  g_autoptr (GArray) leads = NULL;
  const int two[] = { 1440, 0 };
  const int ascending[] = { 0, 1440 };

  fika_settings_set_default_leads (settings, two, G_N_ELEMENTS (two));
  leads = fika_settings_default_leads (settings);
  g_assert_cmpmem (leads->data, leads->len * sizeof (int), ascending, sizeof ascending);
  g_clear_pointer (&leads, g_array_unref);

  fika_settings_set_default_leads (settings, NULL, 0);
  leads = fika_settings_default_leads (settings);
  g_assert_cmpuint (leads->len, ==, 0);
  g_clear_pointer (&leads, g_array_unref);

  /* What no catch-up takes is left out. */
  g_settings_set_value (settings, FIKA_SETTING_DEFAULT_LEADS, g_variant_new_parsed ("[-5, 60]"));
  leads = fika_settings_default_leads (settings);
  g_assert_cmpuint (leads->len, ==, 1);
  g_assert_cmpint (g_array_index (leads, int, 0), ==, 60);

  g_settings_reset (settings, FIKA_SETTING_DEFAULT_LEADS);
}

static void
test_first_weekday (void)
{
  g_autoptr (GSettings) settings = fika_settings_new ();

  /* The C locale counts from Sunday. */
  g_assert_cmpint (fika_settings_first_weekday (settings), ==, 6);
  g_settings_set_int (settings, FIKA_SETTING_FIRST_WEEKDAY, 5);
  g_assert_cmpint (fika_settings_first_weekday (settings), ==, 5);
  g_settings_reset (settings, FIKA_SETTING_FIRST_WEEKDAY);

  /* Where the system has them: Germany begins on Monday, the United States on Sunday. */
  if (setlocale (LC_TIME, "de_DE.UTF-8") != NULL)
    g_assert_cmpint (fika_settings_first_weekday (settings), ==, 0);
  if (setlocale (LC_TIME, "en_US.UTF-8") != NULL)
    g_assert_cmpint (fika_settings_first_weekday (settings), ==, 6);
  setlocale (LC_TIME, "C.UTF-8");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/settings/carried", test_carried);
  g_test_add_func ("/base/settings/leads", test_leads);
  g_test_add_func ("/base/settings/first-weekday", test_first_weekday);
  g_test_add_func ("/base/settings/nowhere-installed", test_nowhere_installed);

  return g_test_run ();
}
