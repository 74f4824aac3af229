#pragma once

#include "base/fika-civil.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaWhenGroup:
 *
 * When a catch-up is: its day, its time or a part of the day, and how long.
 *
 * Properties: show-length (boolean).
 *
 * Signals: changed ().
 */
#define FIKA_TYPE_WHEN_GROUP (fika_when_group_get_type ())
G_DECLARE_FINAL_TYPE (FikaWhenGroup, fika_when_group, FIKA, WHEN_GROUP, AdwPreferencesGroup)

void fika_when_group_set_today (FikaWhenGroup *self, FikaDay today, gboolean past);
void fika_when_group_set (FikaWhenGroup *self, FikaCivil start, FikaWindow loose, int minutes);
void fika_when_group_set_usual (FikaWhenGroup *self, int64_t now, FikaDay day);
void fika_when_group_only_length (FikaWhenGroup *self);
gboolean
fika_when_group_peek (FikaWhenGroup *self, FikaCivil *start, FikaWindow *loose, int *minutes);
gboolean
fika_when_group_get (FikaWhenGroup *self, FikaCivil *start, FikaWindow *loose, int *minutes);

G_END_DECLS
