#include "config.h"

#include "store/fika-live-private.h"

#include "base/fika-zone.h"
#include "store/fika-identity-map-private.h"
#include "store/fika-rows-private.h"
#include "store/fika-tables-private.h"

struct _FikaLive
{
  FikaIdentityMap *maps[FIKA_N_LIVE];
};

typedef gpointer (*LoadFunc) (FikaStore *store, int64_t id, GError **error);
typedef void (*AssignFunc) (gpointer self, gpointer from);

static const struct
{
  LoadFunc load;
  AssignFunc assign;
} types[FIKA_N_LIVE] = {
  [FIKA_LIVE_GROUP] = { (LoadFunc) fika_group_table_load, (AssignFunc) fika_group_assign },
  [FIKA_LIVE_PERSON] = { (LoadFunc) fika_person_table_load, (AssignFunc) fika_person_assign },
  [FIKA_LIVE_SERIES] = { (LoadFunc) fika_series_table_load, (AssignFunc) fika_series_assign },
  [FIKA_LIVE_CATCHUP] = { (LoadFunc) fika_catchup_table_load, (AssignFunc) fika_catchup_assign },
};

FikaLive *
fika_live_new (void)
{
  FikaLive *self = g_new0 (FikaLive, 1);

  for (guint type = 0; type < FIKA_N_LIVE; type++)
    self->maps[type] = fika_identity_map_new ();
  return self;
}

void
fika_live_free (FikaLive *self)
{
  for (guint type = 0; type < FIKA_N_LIVE; type++)
    fika_identity_map_free (self->maps[type]);
  g_free (self);
}

guint
fika_live_size (FikaLive *self)
{
  guint n = 0;

  for (guint type = 0; type < FIKA_N_LIVE; type++)
    n += fika_identity_map_size (self->maps[type]);
  return n;
}

gpointer
fika_live_get (FikaLive *self, FikaStore *store, FikaLiveType type, int64_t id, GError **error)
{
  FikaIdentityMap *map = self->maps[type];
  GObject *object = fika_identity_map_lookup (map, id);
  g_autoptr (GObject) fresh = NULL;

  if (object != NULL)
    return g_object_ref (object);

  fresh = types[type].load (store, id, error);
  if (fresh == NULL)
    return NULL;

  object = fika_identity_map_lookup_any (map, id);
  if (object != NULL)
    {
      /* Its row was gone and is back. */
      fika_identity_map_set_gone (map, id, FALSE);
      g_object_ref (object);
      types[type].assign (object, fresh);
      return object;
    }
  fika_identity_map_insert (map, id, fresh);
  return g_steal_pointer (&fresh);
}

static void
refresh (FikaLive *self, FikaStore *store, FikaLiveType type, int64_t id)
{
  GObject *object = fika_identity_map_lookup_any (self->maps[type], id);
  g_autoptr (GObject) holder = NULL;
  g_autoptr (GObject) fresh = NULL;
  g_autoptr (GError) error = NULL;

  if (object == NULL)
    return;
  holder = g_object_ref (object);
  fresh = types[type].load (store, id, &error);
  if (fresh != NULL)
    {
      fika_identity_map_set_gone (self->maps[type], id, FALSE);
      types[type].assign (object, fresh);
    }
  else if (fika_is_not_found (error))
    fika_identity_map_set_gone (self->maps[type], id, TRUE);
}

static void
refresh_all (FikaLive *self, FikaStore *store, FikaLiveType type)
{
  g_autoptr (GArray) ids = fika_identity_map_ids (self->maps[type]);

  for (guint i = 0; i < ids->len; i++)
    refresh (self, store, type, g_array_index (ids, int64_t, i));
}

static void
refresh_touched (FikaLive *self, FikaStore *store, FikaLiveType type, GHashTable *touched)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, touched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    refresh (self, store, type, (int64_t) GPOINTER_TO_SIZE (id));
}

/* People before groups and plans, which point at them. */
void
fika_live_refresh (FikaLive *self, FikaStore *store, const FikaChangeSet *changes)
{
  if (changes->everything || changes->circles)
    refresh_all (self, store, FIKA_LIVE_PERSON);
  if (changes->everything)
    {
      refresh_all (self, store, FIKA_LIVE_GROUP);
      refresh_all (self, store, FIKA_LIVE_SERIES);
      refresh_all (self, store, FIKA_LIVE_CATCHUP);
      return;
    }
  if (!changes->circles)
    refresh_touched (self, store, FIKA_LIVE_PERSON, changes->people);
  refresh_touched (self, store, FIKA_LIVE_GROUP, changes->groups);
  refresh_touched (self, store, FIKA_LIVE_SERIES, changes->series);
  refresh_touched (self, store, FIKA_LIVE_CATCHUP, changes->catchups);
}

FikaChangeSet *
fika_live_passed (FikaLive *self, int64_t now)
{
  FikaChangeSet *passed = fika_change_set_new ();
  g_autoptr (GArray) ids = fika_identity_map_ids (self->maps[FIKA_LIVE_PERSON]);

  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      GObject *person = fika_identity_map_lookup (self->maps[FIKA_LIVE_PERSON], id);
      int64_t next
          = person != NULL ? fika_person_get_next_utc (FIKA_PERSON (person)) : FIKA_UTC_NONE;

      if (next != FIKA_UTC_NONE && next < now)
        g_hash_table_add (passed->people, GSIZE_TO_POINTER (id));
    }
  return passed;
}
