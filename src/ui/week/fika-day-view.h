#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaDayView:
 *
 * One day of a week: its occasions on top, its cards in order, and a quiet button that plans a
 * catch-up on it. As a part of a list it has its date as a heading; in columns the heading stands
 * above, outside of what scrolls.
 */
#define FIKA_TYPE_DAY_VIEW (fika_day_view_get_type ())
G_DECLARE_FINAL_TYPE (FikaDayView, fika_day_view, FIKA, DAY_VIEW, GtkWidget)

GtkWidget *fika_day_view_new (FikaMainWindow *window, GListModel *entries);
void fika_day_view_set_day (FikaDayView *self, FikaDay day, FikaDay today);
void fika_day_view_turn (FikaDayView *self);
void fika_day_view_grow (FikaDayView *self);
void fika_day_view_set_wide (FikaDayView *self, gboolean wide);
void fika_day_view_set_occasions (FikaDayView *self, GPtrArray *occasions);
void fika_day_view_update_cards (FikaDayView *self);
GtkWidget *fika_day_view_find_card (FikaDayView *self, FikaOccurrence *occurrence);

G_END_DECLS
