#pragma once

#include "store/fika-series.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaRepeatGroup:
 *
 * How a catch-up repeats: not at all, by a rule, or so many days after the last time.
 *
 * Signals: changed ().
 */
#define FIKA_TYPE_REPEAT_GROUP (fika_repeat_group_get_type ())
G_DECLARE_FINAL_TYPE (FikaRepeatGroup, fika_repeat_group, FIKA, REPEAT_GROUP, AdwPreferencesGroup)

void fika_repeat_group_set_start (FikaRepeatGroup *self, FikaDay start, FikaDay today);
void fika_repeat_group_set (FikaRepeatGroup *self, const char *rule, int after_days);
gboolean fika_repeat_group_repeats (FikaRepeatGroup *self);
gboolean fika_repeat_group_get (FikaRepeatGroup *self, char **rule, int *after_days);
gboolean fika_repeat_group_peek (FikaRepeatGroup *self, char **rule, int *after_days);

G_END_DECLS
