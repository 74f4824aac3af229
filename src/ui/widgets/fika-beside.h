#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaBeside:
 *
 * A text, and at its end something that shows only where it leaves the text room to be read. Its
 * first child is the text, its second the other.
 *
 * Property: enough (int): the width that is enough for the text, in pixels.
 */
#define FIKA_TYPE_BESIDE (fika_beside_get_type ())
G_DECLARE_FINAL_TYPE (FikaBeside, fika_beside, FIKA, BESIDE, GtkWidget)

G_END_DECLS
