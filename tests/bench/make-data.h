#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/**
 * MakeDataOptions: how much to make, and the seed that decides what. `plans` are more catch-ups
 * still to come, from tomorrow on.
 */
typedef struct
{
  int people;
  int catchups;
  int plans;
  int groups;
  guint32 seed;
} MakeDataOptions;

gboolean make_data (FikaStore *store, const MakeDataOptions *options, GError **error);

G_END_DECLS
