#include "config.h"

#include "ui/fika-window-state.h"

/* Before anything was kept. */
#define WIDTH 1180
#define HEIGHT 760

/**
 * fika_window_state_save:
 * @window: a window
 * @settings: Fika's settings
 *
 * Keeps its size, and whether it fills the screen.
 */
void
fika_window_state_save (GtkWindow *window, GSettings *settings)
{
  int width;
  int height;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (G_IS_SETTINGS (settings));

  gtk_window_get_default_size (window, &width, &height);
  if (width > 0 && height > 0)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
}

/**
 * fika_window_state_restore:
 * @window: a window that is not shown yet
 * @settings: (nullable): Fika's settings
 *
 * Gives it the size that was kept.
 */
void
fika_window_state_restore (GtkWindow *window, GSettings *settings)
{
  int width = WIDTH;
  int height = HEIGHT;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (settings == NULL || G_IS_SETTINGS (settings));

  if (settings != NULL)
    {
      width = g_settings_get_int (settings, "window-width");
      height = g_settings_get_int (settings, "window-height");
      if (g_settings_get_boolean (settings, "window-maximized"))
        gtk_window_maximize (window);
    }
  gtk_window_set_default_size (window, width, height);
}
