#include "config.h"

#include "store/fika-identity-map-private.h"

typedef struct
{
  int64_t id;
  FikaIdentityMap *map;
  GObject *object; /* not owned */
  gboolean gone;
} Entry;

struct _FikaIdentityMap
{
  GHashTable *entries; /* int64_t in the entry -> Entry */
};

static void
object_disposed_cb (gpointer data, GObject *object)
{
  Entry *entry = data;

  entry->object = NULL;
  g_hash_table_remove (entry->map->entries, &entry->id);
}

static void
entry_free (Entry *self)
{
  if (self->object != NULL)
    g_object_weak_unref (self->object, object_disposed_cb, self);
  g_free (self);
}

FikaIdentityMap *
fika_identity_map_new (void)
{
  FikaIdentityMap *self = g_new0 (FikaIdentityMap, 1);

  self->entries
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) entry_free);
  return self;
}

void
fika_identity_map_free (FikaIdentityMap *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_free (self);
}

void
fika_identity_map_insert (FikaIdentityMap *self, int64_t id, GObject *object)
{
  Entry *entry = g_new0 (Entry, 1);

  g_assert (!g_hash_table_contains (self->entries, &id));

  entry->id = id;
  entry->map = self;
  entry->object = object;
  g_object_weak_ref (object, object_disposed_cb, entry);
  g_hash_table_insert (self->entries, &entry->id, entry);
}

/* (transfer none) (nullable) */
GObject *
fika_identity_map_lookup (FikaIdentityMap *self, int64_t id)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  return entry != NULL && !entry->gone ? entry->object : NULL;
}

/* (transfer none) (nullable): also one whose row is gone. */
GObject *
fika_identity_map_lookup_any (FikaIdentityMap *self, int64_t id)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  return entry != NULL ? entry->object : NULL;
}

void
fika_identity_map_set_gone (FikaIdentityMap *self, int64_t id, gboolean gone)
{
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  if (entry != NULL)
    entry->gone = gone;
}

/* (transfer full): the ids of all live objects, in no order. */
GArray *
fika_identity_map_ids (FikaIdentityMap *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  GHashTableIter iter;
  Entry *entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &entry))
    g_array_append_val (ids, entry->id);
  return ids;
}

guint
fika_identity_map_size (FikaIdentityMap *self)
{
  return g_hash_table_size (self->entries);
}
