#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* The tables of a series: series, series_person, lead. Writes happen within fika_store_begin () and
 * fika_store_commit (); parts are written by difference. */
int64_t fika_series_table_insert (FikaStore *store, FikaSeries *draft, GError **error);
gboolean fika_series_table_update (FikaStore *store, int64_t id, FikaSeries *draft, GError **error);
gboolean fika_series_table_delete (FikaStore *store, int64_t id, GError **error);

G_END_DECLS
