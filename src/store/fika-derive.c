#include "config.h"

#include "store/fika-derive-private.h"

#include "base/fika-zone.h"
#include "store/fika-cache-table-private.h"
#include "store/fika-reminder-derive-private.h"

/* How long it is kept what was told. */
#define HISTORY_SECONDS (400 * 24 * 60 * 60LL)

/* A clock that is put right by less does not make what is next wrong. */
#define STEP_SECONDS 60

static void
add_ids (GHashTable *set, GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, GSIZE_TO_POINTER (g_array_index (ids, int64_t, i)));
}

typedef gboolean (*UpdateFunc) (FikaStore *store, int64_t id, int64_t now, GError **error);

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  int64_t one = *(const int64_t *) a;
  int64_t other = *(const int64_t *) b;

  return one < other ? -1 : one > other;
}

/* The ids of a set, from the smallest on. */
static GArray *
sorted (GHashTable *ids)
{
  GArray *all = g_array_sized_new (FALSE, FALSE, sizeof (int64_t), g_hash_table_size (ids));
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int64_t id = (int64_t) GPOINTER_TO_SIZE (key);

      g_array_append_val (all, id);
    }
  g_array_sort (all, compare_ids);
  return all;
}

/* In the order of the ids: full-text search writes what it gathered whenever it is given a row
 * before the last, and pages are each visited once. */
static gboolean
for_each (FikaStore *store, GHashTable *ids, UpdateFunc update, int64_t now, GError **error)
{
  g_autoptr (GArray) all = sorted (ids);

  for (guint i = 0; i < all->len; i++)
    if (!update (store, g_array_index (all, int64_t, i), now, error)
        || !fika_store_step (store, 0, error))
      return FALSE;
  return TRUE;
}

static gboolean
update_catchup (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  gboolean changed;

  return fika_cache_update_catchup (store, id, &changed, error);
}

static gboolean
update_search (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  return fika_cache_update_search (store, id, error)
         && fika_store_step (store, FIKA_STEPS_TO_DERIVE, error);
}

/* Whether somebody is archived says whether their plans are told. */
static gboolean
add_plans_of_people (FikaStore *store,
                     GHashTable *people,
                     GHashTable *catchups,
                     GHashTable *series,
                     int64_t now,
                     GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      int64_t person = (int64_t) GPOINTER_TO_SIZE (id);
      g_autoptr (GArray) planned = fika_reminders_catchups_of_person (store, person, now, error);
      g_autoptr (GArray) repeating = NULL;

      if (planned == NULL)
        return FALSE;
      repeating = fika_reminders_series_of_person (store, person, error);
      if (repeating == NULL)
        return FALSE;
      add_ids (catchups, planned);
      add_ids (series, repeating);
    }
  return TRUE;
}

/* Reminders of catch-ups come first: a row that stands for an occurrence takes its reminders over.
 */
static gboolean
update_reminders (FikaStore *store,
                  GHashTable *people,
                  GHashTable *groups,
                  GHashTable *touched_catchups,
                  GHashTable *touched_series,
                  int64_t now,
                  GError **error)
{
  g_autoptr (FikaChangeSet) plans = fika_change_set_new ();
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, touched_catchups);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (plans->catchups, id);
  g_hash_table_iter_init (&iter, touched_series);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (plans->series, id);

  return add_plans_of_people (store, people, plans->catchups, plans->series, now, error)
         && for_each (store, plans->catchups, fika_reminders_derive_catchup, now, error)
         && for_each (store, plans->series, fika_reminders_derive_series, now, error)
         && for_each (store, people, fika_reminders_derive_person, now, error)
         && for_each (store, groups, fika_reminders_derive_group, now, error);
}

gboolean
fika_derive_touched (FikaStore *store, FikaChangeSet *changes, GError **error)
{
  int64_t now = fika_store_now (store);

  return for_each (store, changes->catchups, update_catchup, now, error)
         && for_each (store, changes->series, fika_cache_update_series, now, error)
         && for_each (store, changes->people, fika_cache_update_person, now, error)
         && for_each (store, changes->people, update_search, now, error)
         && update_reminders (store, changes->people, changes->groups, changes->catchups,
                              changes->series, now, error)
         && fika_cache_set_at (store, now, FALSE, error);
}

/* By which zone, and which rules of zones, all instants were worked out. */
static char *
dup_zone (void)
{
  g_autofree char *name = fika_zone_local_name ();
  g_autofree char *version = fika_zone_dup_database_version ();

  return g_strdup_printf ("%s %s", name, version);
}

static gboolean
zone_is_other (FikaStore *store)
{
  g_autofree char *here = dup_zone ();
  g_autofree char *known = fika_cache_dup_zone (store);

  return g_strcmp0 (here, known) != 0;
}

/* What was next then may not be what is next now. */
static gboolean
clock_went_back (FikaStore *store, int64_t now)
{
  return now < fika_cache_get_at (store) - STEP_SECONDS;
}

gboolean
fika_derive_is_stale (FikaStore *store)
{
  int64_t now = fika_store_now (store);
  g_autoptr (GArray) series = fika_cache_stale_series (store, now, NULL);
  g_autoptr (GArray) people = fika_cache_stale_people (store, now, NULL);

  return (series != NULL && series->len > 0) || (people != NULL && people->len > 0)
         || zone_is_other (store) || clock_went_back (store, now)
         || fika_reminders_are_passed_by (store, now);
}

gboolean
fika_derive_stale (FikaStore *store, FikaChangeSet *changes, GError **error)
{
  int64_t now = fika_store_now (store);
  g_autoptr (GArray) series = NULL;
  g_autoptr (GArray) people = NULL;
  gboolean went_back;

  if (zone_is_other (store))
    return fika_derive_everything (store, changes, error);

  went_back = clock_went_back (store, now);
  series = went_back ? fika_cache_all_series (store, error)
                     : fika_cache_stale_series (store, now, error);
  if (series == NULL)
    return FALSE;
  add_ids (changes->series, series);
  for (guint i = 0; i < series->len; i++)
    {
      g_autoptr (GArray) with
          = fika_cache_people_of_series (store, g_array_index (series, int64_t, i), error);

      if (with == NULL)
        return FALSE;
      add_ids (changes->people, with);
    }
  people = went_back ? fika_cache_all_people (store, error)
                     : fika_cache_stale_people (store, now, error);
  if (people == NULL)
    return FALSE;
  add_ids (changes->people, people);

  return for_each (store, changes->series, fika_cache_update_series, now, error)
         && for_each (store, changes->people, fika_cache_update_person, now, error)
         && for_each (store, changes->series, fika_reminders_derive_series, now, error)
         && (!went_back || fika_reminders_derive_all (store, now, error))
         && fika_reminders_pass_by (store, now, error)
         && fika_reminders_forget (store, now - HISTORY_SECONDS, error)
         && fika_cache_set_at (store, now, TRUE, error);
}

gboolean
fika_derive_everything (FikaStore *store, FikaChangeSet *changes, GError **error)
{
  g_autoptr (FikaChangeSet) all = fika_change_set_new ();
  g_autoptr (GArray) catchups = fika_cache_all_catchups (store, error);
  g_autoptr (GArray) series = NULL;
  g_autoptr (GArray) people = NULL;
  g_autofree char *here = dup_zone ();
  int64_t now = fika_store_now (store);

  fika_zone_forget_cached ();
  if (catchups == NULL || (series = fika_cache_all_series (store, error)) == NULL
      || (people = fika_cache_all_people (store, error)) == NULL)
    return FALSE;

  add_ids (all->catchups, catchups);
  add_ids (all->series, series);
  add_ids (all->people, people);
  if (!for_each (store, all->catchups, update_catchup, now, error)
      || !for_each (store, all->series, fika_cache_update_series, now, error)
      || !for_each (store, all->people, fika_cache_update_person, now, error)
      || !for_each (store, all->people, update_search, now, error))
    return FALSE;

  changes->everything = TRUE;
  return fika_reminders_derive_all (store, now, error) && fika_cache_set_zone (store, here, error)
         && fika_cache_set_at (store, now, TRUE, error);
}

gboolean
fika_derive_check (FikaStore *store, GError **error)
{
  return fika_cache_check (store, MAX (fika_store_now (store), fika_cache_get_at (store)), error);
}
