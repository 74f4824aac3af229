#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* The tables of a catch-up: catchup, catchup_person, visit, lead. Writes happen within
 * fika_store_begin () and fika_store_commit (); parts are written by difference. */
int64_t fika_catchup_table_insert (FikaStore *store, FikaCatchup *draft, GError **error);
gboolean
fika_catchup_table_update (FikaStore *store, int64_t id, FikaCatchup *draft, GError **error);
gboolean fika_catchup_table_delete (FikaStore *store, int64_t id, GError **error);

G_END_DECLS
