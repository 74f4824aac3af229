#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaWrap:
 *
 * Lays its children out in lines, as words in a paragraph. A child that expands takes what is left
 * of its line.
 *
 * Properties: spacing (int): between children and between lines; natural-width (int): where it
 * would rather begin a new line, in pixels, or 0.
 */
#define FIKA_TYPE_WRAP (fika_wrap_get_type ())
G_DECLARE_FINAL_TYPE (FikaWrap, fika_wrap, FIKA, WRAP, GtkWidget)

GtkWidget *fika_wrap_new (void);
void fika_wrap_append (FikaWrap *self, GtkWidget *child);
void fika_wrap_clear (FikaWrap *self);

G_END_DECLS
