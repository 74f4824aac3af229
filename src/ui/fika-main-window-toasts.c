#include "config.h"

#include "ui/fika-main-window.h"

#include <glib/gi18n.h>

/* What the window says of commands. */

/**
 * fika_main_window_toast:
 * @self: the window
 * @text: a sentence
 *
 * Says something for a few seconds.
 */
void
fika_main_window_toast (FikaMainWindow *self, const char *text)
{
  g_return_if_fail (text != NULL);

  fika_main_window_toast_with (self, text, NULL, NULL);
}

/**
 * fika_main_window_toast_undo:
 * @self: the window
 * @text: what was done
 *
 * Says what a command did, with a button that undoes it.
 */
void
fika_main_window_toast_undo (FikaMainWindow *self, const char *text)
{
  g_return_if_fail (text != NULL);

  fika_main_window_toast_with (self, text, _ ("_Undo"), "app.undo");
}

/**
 * fika_main_window_toast_redo:
 * @self: the window
 * @text: what was undone
 *
 * Says what was undone, with a button that does it again.
 */
void
fika_main_window_toast_redo (FikaMainWindow *self, const char *text)
{
  g_return_if_fail (text != NULL);

  fika_main_window_toast_with (self, text, _ ("_Redo"), "app.redo");
}

/**
 * fika_main_window_toast_error:
 * @self: the window
 * @error: why something could not be done, in plain words
 *
 * Says so for a few seconds.
 */
void
fika_main_window_toast_error (FikaMainWindow *self, const GError *error)
{
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));
  g_return_if_fail (error != NULL);

  fika_main_window_toast_with (self, error->message, NULL, NULL);
}
