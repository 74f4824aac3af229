#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * What the machine works out from a person's data: the instants of catch-ups, when each series and
 * each person is next, the search texts, the reminders. All of it is written in the transaction
 * that touches the data, or in one of its own when only time has passed.
 */

/* Brings what depends on the touched things up to date; adds to `changes` what else that altered.
 */
gboolean fika_derive_touched (FikaStore *store, FikaChangeSet *changes, GError **error);

/* Whether time has passed something by. Cheap. */
gboolean fika_derive_is_stale (FikaStore *store);
gboolean fika_derive_stale (FikaStore *store, FikaChangeSet *changes, GError **error);

/* Works everything out anew: for another zone. */
gboolean fika_derive_everything (FikaStore *store, FikaChangeSet *changes, GError **error);

/* Compares everything with what it would be if worked out anew. Within a transaction. */
gboolean fika_derive_check (FikaStore *store, GError **error);

G_END_DECLS
