#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaCard:
 *
 * One entry of a day: when, what kind, who, where. It opens the details, has a menu, can be dragged
 * to another day, and where it is over and nobody logged it asks whether it happened.
 */
#define FIKA_TYPE_CARD (fika_card_get_type ())
G_DECLARE_FINAL_TYPE (FikaCard, fika_card, FIKA, CARD, GtkWidget)

GtkWidget *fika_card_new (FikaMainWindow *window, FikaOccurrence *occurrence);
FikaOccurrence *fika_card_get_occurrence (FikaCard *self);
void fika_card_set_column (FikaCard *self, gboolean column);
void fika_card_update (FikaCard *self);

G_END_DECLS
