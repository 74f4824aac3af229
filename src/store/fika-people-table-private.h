#pragma once

#include "store/fika-tables-private.h"

G_BEGIN_DECLS

char *fika_people_match_text (const char *folded);
/* The ids of those whose texts match with a slip, as a set; NULL with an error. */
GHashTable *fika_people_with_slips (FikaStore *store, const char *folded, GError **error);

G_END_DECLS
