#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* The tables topic and promise; FikaTopic's `promise` says which. Writes happen within
 * fika_store_begin () and fika_store_commit (). Update and delete go by the topic's id. */
int64_t fika_topic_table_insert (FikaStore *store, const FikaTopic *topic, GError **error);
gboolean fika_topic_table_update (FikaStore *store, const FikaTopic *topic, GError **error);
gboolean fika_topic_table_delete (FikaStore *store, const FikaTopic *topic, GError **error);

G_END_DECLS
