#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaDrawing:
 *
 * One of Fika's own line drawings, sharp at every size. Decoration: what it means is said beside
 * it.
 *
 * Properties: drawing (string): "two-cups", "two-chairs", "door-ajar"; size (int): pixels.
 */
#define FIKA_TYPE_DRAWING (fika_drawing_get_type ())
G_DECLARE_FINAL_TYPE (FikaDrawing, fika_drawing, FIKA, DRAWING, GtkWidget)

G_END_DECLS
