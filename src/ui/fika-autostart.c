#include "config.h"

#include "ui/fika-autostart.h"

#include "base/fika-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <errno.h>

#define ENTRY FIKA_APP_ID ".Service.desktop"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "autostart", ENTRY, NULL);
}

/**
 * fika_autostart_get:
 *
 * Returns: whether the desktop starts the background service at login: its entry is there and
 *   nothing in it says otherwise (Desktop Application Autostart Specification)
 */
gboolean
fika_autostart_get (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) entry = g_key_file_new ();

  if (!g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, NULL))
    return FALSE;
  if (g_key_file_get_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN, NULL))
    return FALSE;
  return !g_key_file_has_key (entry, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-Autostart-enabled", NULL) ||
         g_key_file_get_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, "X-GNOME-Autostart-enabled", NULL);
}

/* As it was installed; where Fika runs from its build, with the same content. */
static char *
dup_content (void)
{
  char *content = NULL;

  if (g_file_get_contents (FIKA_DATADIR "/fika/autostart/" ENTRY, &content, NULL, NULL))
    return content;
  return g_strdup ("[Desktop Entry]\n"
                   "Type=Application\n"
                   "Name=Fika\n"
                   "Icon=" FIKA_APP_ID "\n"
                   "Exec=" FIKA_BINDIR "/fika-service\n"
                   "Terminal=false\n"
                   "NoDisplay=true\n"
                   "X-GNOME-Autostart-enabled=true\n"
                   "X-GNOME-UsesNotifications=true\n");
}

static gboolean
refused (const char *reason, GError **error)
{
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
               /* Translators: %s is the system's reason */
               _("The login entry could not be changed: %s. Nothing else is affected; try again, or "
                 "change it in the settings of your desktop."),
               reason);
  return FALSE;
}

/**
 * fika_autostart_set:
 * @on: whether the desktop should start the background service at login
 * @error: why that could not be changed
 *
 * Returns: whether it is so now
 */
gboolean
fika_autostart_set (gboolean on, GError **error)
{
  g_autofree char *path = dup_path ();
  g_autofree char *dir = g_path_get_dirname (path);
  g_autofree char *content = NULL;
  g_autoptr (GError) failed = NULL;

  if (!on)
    {
      if (g_remove (path) != 0 && errno != ENOENT)
        return refused (g_strerror (errno), error);
      return TRUE;
    }
  content = dup_content ();
  if (g_mkdir_with_parents (dir, 0700) != 0)
    return refused (g_strerror (errno), error);
  if (!g_file_set_contents (path, content, -1, &failed))
    return refused (failed->message, error);
  return TRUE;
}
