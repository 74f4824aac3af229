#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

typedef enum
{
  FIKA_LIVE_GROUP,
  FIKA_LIVE_PERSON,
  FIKA_LIVE_SERIES,
  FIKA_LIVE_CATCHUP,
  FIKA_N_LIVE,
} FikaLiveType;

/**
 * FikaLive:
 *
 * The live objects of a store: one for each row that somebody holds, read when it is first asked
 * for and again when its row was touched.
 */
typedef struct _FikaLive FikaLive;

FikaLive *fika_live_new (void);
void fika_live_free (FikaLive *self);
guint fika_live_size (FikaLive *self);

/* (transfer full); NULL with FIKA_ERROR_NOT_FOUND where there is no such row. */
gpointer
fika_live_get (FikaLive *self, FikaStore *store, FikaLiveType type, int64_t id, GError **error);
void fika_live_refresh (FikaLive *self, FikaStore *store, const FikaChangeSet *changes);
/* People whose next time has passed, as their live objects have it. (transfer full) */
FikaChangeSet *fika_live_passed (FikaLive *self, int64_t now);

G_END_DECLS
