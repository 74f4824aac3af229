#pragma once

#include "db/fika-db.h"
#include "plan/fika-due.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/* For the files of this room, and for its tests. */
FikaDb *fika_store_get_db (FikaStore *self);
guint fika_store_n_live (FikaStore *self);

/* fika-store-work.c: what is written on a thread. Both are NULL where nothing is. */
typedef struct _FikaWork FikaWork;
FikaWork *fika_store_get_work (FikaStore *self); /* of the thread's own store */
void fika_store_set_work (FikaStore *self, FikaWork *work);
void fika_store_set_working (FikaStore *self, FikaWork *work); /* of the store that waits for it */
FikaWork *fika_store_get_working (FikaStore *self);
void fika_store_tell_others (FikaStore *self);

/* What the text of the reminders' policy says, parsed once. */
typedef struct
{
  char *text; /* NULL = not yet */
  FikaDuePolicy policy;
} FikaPolicyCache;
FikaPolicyCache *fika_store_get_policy_cache (FikaStore *self);

/* The rule, parsed once; NULL where the text is no rule. (transfer none) */
FikaRecurrence *fika_store_get_rule (FikaStore *self, const char *rule);

G_END_DECLS
