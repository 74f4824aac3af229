#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* The tables of a person: person, tie, tag, person_tag, occasion, contact. Writes happen within
 * fika_store_begin () and fika_store_commit (); parts are written by difference, so that what did
 * not change leaves no trace in the log. */
int64_t fika_person_table_insert (FikaStore *store, FikaPerson *draft, GError **error);
gboolean fika_person_table_update (FikaStore *store, int64_t id, FikaPerson *draft, GError **error);
gboolean fika_person_table_delete (FikaStore *store, int64_t id, GError **error);

G_END_DECLS
