#pragma once

#include "db/fika-db.h"
#include "plan/fika-due.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/* For the files of this room, and for its tests. */
FikaDb *fika_store_get_db (FikaStore *self);
guint fika_store_n_live (FikaStore *self);

/* What the text of the reminders' policy says, parsed once. */
typedef struct {
  char *text; /* NULL = not yet */
  FikaDuePolicy policy;
} FikaPolicyCache;
FikaPolicyCache *fika_store_get_policy_cache (FikaStore *self);

/* The rule, parsed once; NULL where the text is no rule. (transfer none) */
FikaRecurrence *fika_store_get_rule (FikaStore *self, const char *rule);

G_END_DECLS
