#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaFeeling:
 *
 * How it felt: five faces with words, of which one or none is chosen.
 *
 * Properties: feeling (int): 0 unsaid, 1 hard to 5 wonderful.
 */
#define FIKA_TYPE_FEELING (fika_feeling_get_type ())
G_DECLARE_FINAL_TYPE (FikaFeeling, fika_feeling, FIKA, FEELING, GtkWidget)

int fika_feeling_get (FikaFeeling *self);
void fika_feeling_set (FikaFeeling *self, int feeling);
const char *fika_feeling_label (int feeling);
const char *fika_feeling_icon (int feeling);

G_END_DECLS
