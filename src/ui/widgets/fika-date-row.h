#pragma once

#include "base/fika-civil.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaDateRow:
 *
 * A date, typed or chosen in a calendar. What was typed stays as it is until it is a date.
 *
 * Signals: those of GtkEditable.
 */
#define FIKA_TYPE_DATE_ROW (fika_date_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaDateRow, fika_date_row, FIKA, DATE_ROW, AdwEntryRow)

void fika_date_row_set_today (FikaDateRow *self, FikaDay today, gboolean past);
void fika_date_row_set_day (FikaDateRow *self, FikaDay day);
FikaDay fika_date_row_get_day (FikaDateRow *self, GError **error);

G_END_DECLS
