#pragma once

#include "store/fika-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaCircleRow:
 *
 * The cadence of a circle: said in words, and changed by two numbers.
 */
#define FIKA_TYPE_CIRCLE_ROW (fika_circle_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaCircleRow, fika_circle_row, FIKA, CIRCLE_ROW, AdwExpanderRow)

GtkWidget *fika_circle_row_new (FikaStore *store, const FikaCircle *circle);

G_END_DECLS
