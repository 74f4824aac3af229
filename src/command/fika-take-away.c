#include "config.h"

#include "command/fika-command-private.h"

#include "store/fika-catchup-table.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-related.h"
#include "store/fika-series-table.h"

/*
 * Taking people, groups and series away, and what hangs on them: plans that are left with nobody go
 * too, catch-ups that happened with somebody who stays are kept, out of their series where it goes.
 *
 * Everything is decided from the data as it was committed, before the first row goes: the live
 * objects show nothing of the open action.
 */

void
fika_take_away_add (GHashTable **set, int64_t id)
{
  if (*set == NULL)
    *set = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_hash_table_add (*set, GINT_TO_POINTER (id));
}

void
fika_take_away_add_all (GHashTable **set, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    fika_take_away_add (set, g_array_index (ids, int64_t, i));
}

void
fika_take_away_clear (FikaTakeAway *self)
{
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_clear_pointer (&self->series, g_hash_table_unref);
  g_clear_pointer (&self->catchups, g_hash_table_unref);
}

static gboolean
contains (GHashTable *set, int64_t id)
{
  return set != NULL && g_hash_table_contains (set, GINT_TO_POINTER (id));
}

/* The ids of a set, ascending, so that the same data goes in the same order. */
static int
compare_ids (gconstpointer a, gconstpointer b)
{
  int64_t x = *(const int64_t *) a;
  int64_t y = *(const int64_t *) b;

  return (x > y) - (x < y);
}

static GArray *
to_ids (GHashTable *set)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  GHashTableIter iter;
  gpointer key;

  if (set == NULL)
    return ids;

  g_hash_table_iter_init (&iter, set);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int64_t id = GPOINTER_TO_INT (key);

      g_array_append_val (ids, id);
    }
  g_array_sort (ids, compare_ids);

  return ids;
}

/* Who of a plan stays. */
static GPtrArray *
people_left (FikaTakeAway *self, FikaPlan *plan)
{
  GPtrArray *people = fika_plan_get_people (plan);
  GPtrArray *left = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (people, i);

      if (!contains (self->people, fika_person_get_id (person)))
        g_ptr_array_add (left, person);
    }

  return left;
}

static gboolean
group_stays (FikaTakeAway *self, FikaPlan *plan)
{
  FikaGroup *group = fika_plan_get_group (plan);

  return group != NULL && !contains (self->groups, fika_group_get_id (group));
}

typedef GArray *(*RelatedFunc) (FikaStore *store, int64_t id, GError **error);

/* Adds to `found` what hangs on each id of `set`. */
static gboolean
find_related (FikaStore *store,
              GHashTable *set,
              RelatedFunc related,
              GHashTable **found,
              GError **error)
{
  g_autoptr (GArray) ids = to_ids (set);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GArray) more = related (store, g_array_index (ids, int64_t, i), error);

      if (more == NULL)
        return FALSE;
      fika_take_away_add_all (found, more);
    }

  return TRUE;
}

/* The series of a group go with it, and those in which nobody is left. */
static gboolean
find_series (FikaTakeAway *self, FikaStore *store, GError **error)
{
  g_autoptr (GHashTable) candidates = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!find_related (store, self->groups, fika_related_series_of_group, &self->series, error)
      || !find_related (store, self->people, fika_related_series_of_person, &candidates, error))
    return FALSE;

  ids = to_ids (candidates);
  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (FikaSeries) series = fika_store_get_series (store, id, error);
      g_autoptr (GPtrArray) left = NULL;

      if (series == NULL)
        return FALSE;
      left = people_left (self, FIKA_PLAN (series));
      if (left->len == 0 && !group_stays (self, FIKA_PLAN (series)))
        fika_take_away_add (&self->series, id);
    }

  return TRUE;
}

/* What becomes of a catch-up that hangs on something that goes. */
static gboolean
settle_catchup (FikaTakeAway *self, FikaStore *store, int64_t id, GError **error)
{
  g_autoptr (FikaCatchup) catchup = fika_store_get_catchup (store, id, error);
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (GPtrArray) left = NULL;
  FikaPlan *plan;
  int64_t series;
  gboolean nobody, series_goes, group_goes, happened;

  if (catchup == NULL)
    return FALSE;

  plan = FIKA_PLAN (catchup);
  left = people_left (self, plan);
  series = fika_catchup_get_series_id (catchup);
  series_goes = series != 0 && contains (self->series, series);
  group_goes = fika_plan_get_group (plan) != NULL && !group_stays (self, plan);
  happened = fika_catchup_get_state (catchup) == FIKA_STATE_HAPPENED;
  nobody = left->len == 0 && !group_stays (self, plan);

  if (contains (self->catchups, id) || (series_goes && !happened)
      || (nobody && (series == 0 || series_goes)))
    {
      fika_take_away_add (&self->catchups, id);
      return TRUE;
    }
  if (!nobody && !series_goes && !group_goes)
    return TRUE;

  draft = fika_catchup_copy (catchup);
  fika_plan_set_people (FIKA_PLAN (draft), left);
  if (nobody)
    fika_catchup_set_state (draft, FIKA_STATE_CANCELLED); /* or the rule would bring it back */
  if (series_goes)
    fika_catchup_set_occurrence (draft, 0, FIKA_CIVIL_NONE);
  if (group_goes)
    {
      if (fika_plan_get_kind (plan) == FIKA_KIND_SESSION && fika_plan_get_title (plan)[0] == '\0')
        fika_plan_set_title (FIKA_PLAN (draft), fika_group_get_name (fika_plan_get_group (plan)));
      fika_plan_set_group (FIKA_PLAN (draft), NULL);
    }

  return fika_catchup_table_update (store, id, draft, error);
}

static gboolean
settle_catchups (FikaTakeAway *self, FikaStore *store, GError **error)
{
  g_autoptr (GHashTable) candidates = NULL;
  g_autoptr (GArray) ids = NULL;

  if (!find_related (store, self->series, fika_related_exceptions, &candidates, error)
      || !find_related (store, self->people, fika_related_catchups_of_person, &candidates, error)
      || !find_related (store, self->groups, fika_related_catchups_of_group, &candidates, error))
    return FALSE;

  ids = to_ids (candidates);
  for (guint i = 0; i < ids->len; i++)
    {
      if (!settle_catchup (self, store, g_array_index (ids, int64_t, i), error))
        return FALSE;
    }

  return TRUE;
}

typedef gboolean (*DeleteFunc) (FikaStore *store, int64_t id, GError **error);

static gboolean
delete_all (FikaStore *store, GHashTable *set, DeleteFunc delete, GError **error)
{
  g_autoptr (GArray) ids = to_ids (set);

  for (guint i = 0; i < ids->len; i++)
    {
      if (!delete (store, g_array_index (ids, int64_t, i), error))
        return FALSE;
    }

  return TRUE;
}

/**
 * fika_take_away_run:
 * @self: what to take away; what goes with it is added
 * @store: a store with an open action
 * @error: return location
 *
 * Deletes the rows and settles those that hang on them.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_take_away_run (FikaTakeAway *self, FikaStore *store, GError **error)
{
  return find_series (self, store, error) && settle_catchups (self, store, error)
         && delete_all (store, self->catchups, fika_catchup_table_delete, error)
         && delete_all (store, self->series, fika_series_table_delete, error)
         && delete_all (store, self->groups, fika_group_table_delete, error)
         && delete_all (store, self->people, fika_person_table_delete, error);
}
