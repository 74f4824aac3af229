#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * FikaIdentityMap:
 *
 * The live objects of one table by id. It holds none of them: an object leaves the map when its
 * last owner lets go of it. An object whose row was deleted stays known (undo may bring the row
 * back) but is not found.
 */
typedef struct _FikaIdentityMap FikaIdentityMap;

FikaIdentityMap *fika_identity_map_new (void);
void fika_identity_map_free (FikaIdentityMap *self);
void fika_identity_map_insert (FikaIdentityMap *self, int64_t id, GObject *object);
GObject *fika_identity_map_lookup (FikaIdentityMap *self, int64_t id);
GObject *fika_identity_map_lookup_any (FikaIdentityMap *self, int64_t id);
void fika_identity_map_set_gone (FikaIdentityMap *self, int64_t id, gboolean gone);
GArray *fika_identity_map_ids (FikaIdentityMap *self);
guint fika_identity_map_size (FikaIdentityMap *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaIdentityMap, fika_identity_map_free)

G_END_DECLS
