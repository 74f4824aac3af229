#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaErrorRow:
 *
 * A row below a field that says what is wrong with it; hidden while nothing is.
 *
 * Properties: field (GtkWidget): the row it is about.
 */
#define FIKA_TYPE_ERROR_ROW (fika_error_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaErrorRow, fika_error_row, FIKA, ERROR_ROW, AdwPreferencesRow)

void fika_error_row_set (FikaErrorRow *self, const char *text);
gboolean fika_error_row_take (FikaErrorRow *self, GError *error);
gboolean fika_error_row_is_set (FikaErrorRow *self);

G_END_DECLS
