#include "config.h"

#include "store/fika-occasions.h"

#include "store/fika-tables-private.h"

enum
{
  ON_DAY,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  /* By the index on (month, day): one probe a day, so the cost does not grow with the years. */
  [ON_DAY] = "SELECT DISTINCT o.person FROM occasion o JOIN person p ON p.id = o.person"
             " WHERE o.month = ?1 AND o.day = ?2 AND p.archived = 0 AND p.deceased = 0"
             " ORDER BY p.folded, p.id",
};

const FikaStatements fika_occasions_statements = { "occasions", sql, N_SQL };

/**
 * fika_day_occasion_free:
 * @self: (transfer full): an occasion on its day
 */
void
fika_day_occasion_free (FikaDayOccasion *self)
{
  g_object_unref (self->person);
  fika_occasion_free (self->occasion);
  g_free (self);
}

/* The ids of those with an occasion on a day of any year; added to @people in order, once each. */
static gboolean
people_on (FikaDb *db, int month, int day, GArray *people, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[ON_DAY], error);
  g_autoptr (GError) failed = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, month);
  fika_stmt_bind_int (stmt, 2, day);
  while (fika_stmt_step (stmt, &failed))
    {
      int64_t id = fika_stmt_int (stmt, 0);

      g_array_append_val (people, id);
    }
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  return TRUE;
}

static void
add_of_person (GPtrArray *occasions, FikaPerson *person, FikaDay day)
{
  GPtrArray *own = fika_person_get_occasions (person);

  for (guint i = 0; i < own->len; i++)
    {
      FikaOccasion *occasion = g_ptr_array_index (own, i);
      FikaDayOccasion *entry;

      if (fika_occasion_next (occasion, day) != day)
        continue;
      entry = g_new0 (FikaDayOccasion, 1);
      entry->person = g_object_ref (person);
      entry->occasion = fika_occasion_copy (occasion);
      entry->day = day;
      g_ptr_array_add (occasions, entry);
    }
}

/**
 * fika_store_occasions:
 * @self: the store
 * @from: first day
 * @until: the day after the last
 * @error: why the data could not be read
 *
 * The birthdays and other dates of a span of days, without those of archived and deceased people.
 * The 29th of February falls where fika_occasion_next () puts it.
 *
 * Returns: (transfer full) (element-type FikaDayOccasion): in the order of days, then of names
 */
GPtrArray *
fika_store_occasions (FikaStore *self, FikaDay from, FikaDay until, GError **error)
{
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_day_occasion_free);
  FikaDb *db;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  db = fika_store_get_db (self);
  for (FikaDay day = from; day < until; day++)
    {
      g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (int64_t));
      int year;
      int month;
      int mday;

      fika_day_to_ymd (day, &year, &month, &mday);
      if (!people_on (db, month, mday, people, error))
        return NULL;
      if (!fika_ymd_valid (year, 2, 29) && ((month == 2 && mday == 28) || (month == 3 && mday == 1))
          && !people_on (db, 2, 29, people, error))
        return NULL;
      for (guint i = 0; i < people->len; i++)
        {
          g_autoptr (FikaPerson) person
              = fika_store_get_person (self, g_array_index (people, int64_t, i), error);

          if (person == NULL)
            return NULL;
          add_of_person (occasions, person, day);
        }
    }
  return g_steal_pointer (&occasions);
}
