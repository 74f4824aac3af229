#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* The tables of a group: grp, grp_trait, member, contact, stage_change. Writes happen within
 * fika_store_begin () and fika_store_commit (); parts are written by difference. A first row of
 * stage_change is written by the insert; later ones by the caller. */
int64_t fika_group_table_insert (FikaStore *store, FikaGroup *draft, GError **error);
gboolean fika_group_table_update (FikaStore *store, int64_t id, FikaGroup *draft, GError **error);
gboolean fika_group_table_delete (FikaStore *store, int64_t id, GError **error);
gboolean fika_group_table_add_stage_change (FikaStore *store,
                                            int64_t grp,
                                            FikaStage stage,
                                            int64_t at,
                                            GError **error);

G_END_DECLS
