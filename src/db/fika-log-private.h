#pragma once

#include "db/fika-db-private.h"
#include "db/fika-log.h"

G_BEGIN_DECLS

/* Changes that a statement with the columns seq, tbl, row, op, before answers. */
GArray *fika_log_read_changes (FikaStmt *stmt, GError **error);
gboolean fika_log_open_action (FikaDb *db,
                               const char *label,
                               const char *source,
                               int64_t now,
                               const char *kind,
                               int64_t target,
                               GError **error);

G_END_DECLS
