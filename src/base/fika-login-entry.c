#include "config.h"

#include "base/fika-login-private.h"

#include "base/fika-paths.h"

#include <gio/gdesktopappinfo.h>
#include <glib/gstdio.h>

#include <errno.h>

/* Desktop Application Autostart Specification: an entry of the person's own. */

#define ENTRY FIKA_APP_ID ".Service.desktop"
#define GNOME_ENABLED "X-GNOME-Autostart-enabled"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", ENTRY, NULL);
}

/* Whether the desktop starts the service at login: the entry is there, what it starts is too, and
 * nothing in it says otherwise. */
gboolean
fika_login_entry_get (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autoptr (GDesktopAppInfo) app = NULL;

  if (!g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  /* NULL also where its program is gone. */
  app = g_desktop_app_info_new_from_keyfile (entry);
  if (app == NULL || g_desktop_app_info_get_is_hidden (app)
      || !g_desktop_app_info_get_show_in (app, NULL))
    return FALSE;

  return !g_desktop_app_info_has_key (app, GNOME_ENABLED)
         || g_desktop_app_info_get_boolean (app, GNOME_ENABLED);
}

/* As it was installed; where Fika runs from its build, with the same content. */
static char *
dup_content (void)
{
  g_autofree char *program = fika_paths_bin ("fika-service");
  char *content = NULL;

  if (g_str_equal (program, FIKA_BINDIR "/fika-service")
      && g_file_get_contents (FIKA_DATADIR "/fika/autostart/" ENTRY, &content, NULL, NULL))
    return content;

  return g_strdup_printf ("[Desktop Entry]\n"
                          "Type=Application\n"
                          "Name=Fika\n"
                          "Icon=" FIKA_APP_ID "\n"
                          "Exec=\"%s\"\n"
                          "Terminal=false\n"
                          "NoDisplay=true\n"
                          "X-GNOME-Autostart-enabled=true\n"
                          "X-GNOME-UsesNotifications=true\n"
                          "X-systemd-skip=true\n",
                          program);
}

gboolean
fika_login_entry_set (gboolean on, GError **error)
{
  g_autofree char *path = dup_path ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *content = NULL;
  g_autoptr (GError) failed = NULL;

  if (!on)
    {
      if (g_remove (path) != 0 && errno != ENOENT)
        return fika_login_refused (g_strerror (errno), error);
      return TRUE;
    }

  content = dup_content ();
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return fika_login_refused (g_strerror (errno), error);
  if (!g_file_set_contents (path, content, -1, &failed))
    return fika_login_refused (failed->message, error);

  return TRUE;
}
