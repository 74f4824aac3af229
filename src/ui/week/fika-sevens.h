#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaSevens:
 *
 * Lays its children out as equal columns, or, where they would be narrower than is good to read,
 * one below the other.
 *
 * Properties: wide (boolean, read-only): whether they are columns; column-width (int): the
 * narrowest good column, in pixels at the usual text size; spacing (int): between columns.
 */
#define FIKA_TYPE_SEVENS (fika_sevens_get_type ())
G_DECLARE_FINAL_TYPE (FikaSevens, fika_sevens, FIKA, SEVENS, GtkWidget)

GtkWidget *fika_sevens_new (void);
void fika_sevens_append (FikaSevens *self, GtkWidget *child);
gboolean fika_sevens_get_wide (FikaSevens *self);

G_END_DECLS
