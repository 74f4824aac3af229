#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* The table circle. Writes happen within fika_store_begin () and fika_store_commit (). */
gboolean fika_circle_table_rename (FikaStore *store, int64_t id, const char *name, GError **error);
gboolean
fika_circle_table_update (FikaStore *store, int64_t id, int ideal, int latest, GError **error);

G_END_DECLS
