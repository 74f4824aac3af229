#pragma once

#include "base/fika-civil.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaDayHeading:
 *
 * The name of a day and its number, today's in a filled circle.
 */
#define FIKA_TYPE_DAY_HEADING (fika_day_heading_get_type ())
G_DECLARE_FINAL_TYPE (FikaDayHeading, fika_day_heading, FIKA, DAY_HEADING, GtkWidget)

GtkWidget *fika_day_heading_new (void);
void fika_day_heading_set_day (FikaDayHeading *self, FikaDay day, FikaDay today, gboolean wide);

G_END_DECLS
