#pragma once

#include "db/fika-db.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/* What the log rows past `seq` touched: each part is led to the thing that it belongs to, both the
 * one before and the one now. Within a transaction its own rows count. */
FikaChangeSet *fika_touched_since (FikaDb *db, int64_t seq, GError **error);

G_END_DECLS
