#pragma once

#include "db/fika-db.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/* For the files of this room, and for its tests. */
FikaDb *fika_store_get_db (FikaStore *self);

G_END_DECLS
