#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/**
 * FikaDayOccasion: an occasion of a person on the day that it falls on.
 */
typedef struct
{
  FikaPerson *person;
  FikaOccasion *occasion;
  FikaDay day;
} FikaDayOccasion;

void fika_day_occasion_free (FikaDayOccasion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaDayOccasion, fika_day_occasion_free)

GPtrArray *fika_store_occasions (FikaStore *self, FikaDay from, FikaDay until, GError **error);

G_END_DECLS
