#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaWeekPage:
 *
 * The place "This Week": seven days of cards, or a list of days where it is narrow.
 */
#define FIKA_TYPE_WEEK_PAGE (fika_week_page_get_type ())
G_DECLARE_FINAL_TYPE (FikaWeekPage, fika_week_page, FIKA, WEEK_PAGE, GtkWidget)

GtkWidget *fika_week_page_new (FikaMainWindow *window);
void fika_week_page_show_day (FikaWeekPage *self, FikaDay day);
char *fika_week_page_dup_label (FikaDay first);

G_END_DECLS
