#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void fika_window_state_save (GtkWindow *window, GSettings *settings);
void fika_window_state_restore (GtkWindow *window, GSettings *settings);

G_END_DECLS
