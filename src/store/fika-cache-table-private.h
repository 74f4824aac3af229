#pragma once

#include "store/fika-series-times-private.h"

G_BEGIN_DECLS

/* The tables contact_cache, series_cache, cache_state and person_search, and the instants of
 * catch-ups: all that is worked out, save the reminders. Writes happen within a transaction. */

/* Sets the catch-up's instant where it is not what its civil time says. */
gboolean
fika_cache_update_catchup (FikaStore *store, int64_t id, gboolean *changed, GError **error);
gboolean fika_cache_update_series (FikaStore *store, int64_t id, int64_t now, GError **error);
gboolean fika_cache_update_person (FikaStore *store, int64_t id, int64_t now, GError **error);
gboolean fika_cache_update_search (FikaStore *store, int64_t id, GError **error);

/* Ids whose next time has passed; NULL with an error. */
GArray *fika_cache_stale_series (FikaStore *store, int64_t now, GError **error);
GArray *fika_cache_stale_people (FikaStore *store, int64_t now, GError **error);
GArray *fika_cache_all_catchups (FikaStore *store, GError **error);
GArray *fika_cache_all_series (FikaStore *store, GError **error);
GArray *fika_cache_all_people (FikaStore *store, GError **error);
GArray *fika_cache_people_of_series (FikaStore *store, int64_t series, GError **error);

/* Which zone all of it was worked out for. (transfer full) */
char *fika_cache_dup_zone (FikaStore *store);
gboolean fika_cache_set_zone (FikaStore *store, const char *zone, GError **error);

/* When it was, at the latest: later than now when the clock was set back. */
int64_t fika_cache_get_at (FikaStore *store);
/* Moves that on; with `back`, also back. */
gboolean fika_cache_set_at (FikaStore *store, int64_t now, gboolean back, GError **error);

/* FALSE with FIKA_ERROR_DAMAGED where something is not what it would be if worked out anew. */
gboolean fika_cache_check (FikaStore *store, int64_t now, GError **error);

G_END_DECLS
