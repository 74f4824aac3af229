#include "config.h"

#include "store/fika-series-times-private.h"

#include "base/fika-zone.h"

#include <glib/gi18n-lib.h>

enum
{
  LOAD,
  EXCEPTIONS,
  HAS_EXCEPTION,
  LAST_TIME,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [LOAD] = "SELECT start, win, zone, rule, after_days FROM series WHERE id = ?1",
  [EXCEPTIONS] = "SELECT original FROM catchup WHERE series = ?1 AND original >= ?2"
                 " AND original < ?3 ORDER BY original",
  [HAS_EXCEPTION] = "SELECT 1 FROM catchup WHERE series = ?1 AND original = ?2",
  [LAST_TIME] = "SELECT max (CASE state WHEN 'happened' THEN start WHEN 'planned' THEN NULL"
                " ELSE original END), max (state = 'planned') FROM catchup WHERE series = ?1",
};

const FikaStatements fika_series_times_statements = { "series times", sql, N_SQL };

/* Each occurrence costs the rule some time, so hardly more are asked for than wanted; only where
 * exceptions take many away, more at a time. */
#define SPARE 2
#define SPARE_LATER 32

void
fika_series_times_clear (FikaSeriesTimes *self)
{
  g_clear_pointer (&self->zone, g_free);
}

gboolean
fika_series_times_load (FikaSeriesTimes *self, FikaStore *store, int64_t id, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[LOAD], error);
  GError *local_error = NULL;
  const char *rule;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    {
      if (fika_propagate (error, local_error))
        fika_set_not_found (error, _ ("This series is no longer there."));
      return FALSE;
    }
  self->id = id;
  self->anchor = fika_column_civil (stmt, 0);
  self->window = FIKA_WINDOW_EXACT;
  fika_window_parse (fika_column_string (stmt, 1), &self->window);
  self->zone = fika_stmt_dup_text (stmt, 2);
  rule = fika_column_string (stmt, 3);
  self->rule = *rule != '\0' ? fika_store_get_rule (store, rule) : NULL;
  self->ends = strstr (rule, "COUNT=") != NULL || strstr (rule, "UNTIL=") != NULL;
  self->after_days = (int) fika_stmt_int (stmt, 4);
  return TRUE;
}

int64_t
fika_series_times_instant (const FikaSeriesTimes *self, FikaCivil original)
{
  return fika_plan_instant (self->zone, self->window, original);
}

/* The times within [from, until) that rows stand for, as a set of minutes. */
static GHashTable *
read_exceptions (const FikaSeriesTimes *self,
                 FikaStore *store,
                 FikaCivil from,
                 FikaCivil until,
                 GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[EXCEPTIONS], error);
  g_autoptr (GHashTable) exceptions = g_hash_table_new (NULL, NULL);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, self->id);
  fika_column_bind_civil (stmt, 2, from);
  fika_column_bind_civil (stmt, 3, until);
  while (fika_stmt_step (stmt, &local_error))
    g_hash_table_add (exceptions, GSIZE_TO_POINTER (fika_column_civil (stmt, 0)));
  return fika_propagate (error, local_error) ? g_steal_pointer (&exceptions) : NULL;
}

static gboolean
has_exception (const FikaSeriesTimes *self,
               FikaStore *store,
               FikaCivil original,
               gboolean *has,
               GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[HAS_EXCEPTION], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, self->id);
  fika_column_bind_civil (stmt, 2, original);
  *has = fika_stmt_step (stmt, &local_error);
  return fika_propagate (error, local_error);
}

/* The last minute that is kept, and so the end of time. */
static FikaCivil
end_of_time (void)
{
  return fika_civil_new (fika_day_from_ymd (FIKA_YEAR_LAST, 12, 31), 23, 59);
}

static FikaCivil
start_of_time (void)
{
  return fika_civil_new (fika_day_from_ymd (FIKA_YEAR_FIRST, 1, 1), 0, 0);
}

GArray *
fika_series_times_between (const FikaSeriesTimes *self,
                           FikaStore *store,
                           FikaCivil from,
                           FikaCivil until,
                           guint limit,
                           GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (FikaCivil));
  guint spare = SPARE;

  from = MAX (from, start_of_time ());
  until = MIN (until, end_of_time ());

  if (self->after_days > 0)
    {
      FikaCivil pending;

      if (!fika_series_times_pending (self, store, &pending, error))
        return NULL;
      if (pending != FIKA_CIVIL_NONE && pending >= from && pending < until)
        g_array_append_val (times, pending);
      return g_steal_pointer (&times);
    }

  while (self->rule != NULL && from < until)
    {
      g_autoptr (GArray) found = fika_recurrence_expand (self->rule, self->anchor, from, until,
                                                         limit == 0 ? 0 : limit + spare);
      g_autoptr (GHashTable) exceptions = NULL;
      FikaCivil last;

      if (found->len == 0)
        break;
      last = g_array_index (found, FikaCivil, found->len - 1);
      exceptions = read_exceptions (self, store, from, last + 1, error);
      if (exceptions == NULL)
        return NULL;
      for (guint i = 0; i < found->len; i++)
        {
          FikaCivil time = g_array_index (found, FikaCivil, i);

          if (g_hash_table_contains (exceptions, GSIZE_TO_POINTER (time)))
            continue;
          g_array_append_val (times, time);
          if (times->len == limit)
            return g_steal_pointer (&times);
        }
      if (limit == 0 || found->len < limit + spare)
        break;
      from = last + 1;
      spare = SPARE_LATER;
    }
  return g_steal_pointer (&times);
}

GArray *
fika_series_times_from (const FikaSeriesTimes *self,
                        FikaStore *store,
                        int64_t from,
                        guint limit,
                        GError **error)
{
  /* A day earlier, for an opening that comes before the time itself and for repeated hours: at most
   * two occurrences, as each day has one. */
  FikaCivil start = fika_zone_from_utc (self->zone, from) - FIKA_MINUTES_A_DAY;
  g_autoptr (GArray) times
      = fika_series_times_between (self, store, start, end_of_time (), limit + 2, error);
  guint n_early = 0;

  if (times == NULL)
    return NULL;
  while (n_early < times->len
         && fika_series_times_instant (self, g_array_index (times, FikaCivil, n_early)) < from)
    n_early++;
  if (n_early > 0)
    g_array_remove_range (times, 0, n_early);
  if (times->len > limit)
    g_array_set_size (times, limit);
  return g_steal_pointer (&times);
}

gboolean
fika_series_times_pending (const FikaSeriesTimes *self,
                           FikaStore *store,
                           FikaCivil *pending,
                           GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[LAST_TIME], error);
  GError *local_error = NULL;
  FikaCivil last;
  gboolean taken = TRUE;

  *pending = FIKA_CIVIL_NONE;
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, self->id);
  if (!fika_stmt_step (stmt, &local_error))
    return fika_propagate (error, local_error);
  last = fika_column_civil (stmt, 0);
  if (fika_stmt_int (stmt, 1) != 0)
    return TRUE;

  if (last == FIKA_CIVIL_NONE)
    *pending = self->anchor;
  else
    *pending = fika_civil_new (fika_civil_day (last) + self->after_days, 0,
                               fika_civil_minute_of_day (self->anchor));
  /* One that happened before its day can lead to that day again. */
  while (*pending <= end_of_time ())
    {
      if (!has_exception (self, store, *pending, &taken, error))
        return FALSE;
      if (!taken)
        return TRUE;
      *pending += FIKA_MINUTES_A_DAY;
    }
  *pending = FIKA_CIVIL_NONE;
  return TRUE;
}

gboolean
fika_series_times_has (const FikaSeriesTimes *self,
                       FikaStore *store,
                       FikaCivil original,
                       gboolean *has,
                       GError **error)
{
  gboolean taken = FALSE;

  *has = FALSE;
  if (self->after_days > 0)
    {
      FikaCivil pending;

      if (!fika_series_times_pending (self, store, &pending, error))
        return FALSE;
      *has = pending == original && original != FIKA_CIVIL_NONE;
      return TRUE;
    }
  if (self->rule == NULL || !fika_recurrence_contains (self->rule, self->anchor, original))
    return TRUE;
  if (!has_exception (self, store, original, &taken, error))
    return FALSE;
  *has = !taken;
  return TRUE;
}

gboolean
fika_series_times_bounds (const FikaSeriesTimes *self,
                          FikaStore *store,
                          int64_t *first,
                          int64_t *last,
                          GError **error)
{
  FikaCivil time = FIKA_CIVIL_NONE;

  if (self->after_days > 0)
    {
      if (!fika_series_times_pending (self, store, &time, error))
        return FALSE;
    }
  else if (self->rule != NULL)
    time = fika_recurrence_next (self->rule, self->anchor, self->anchor);

  *first = fika_series_times_instant (self, time != FIKA_CIVIL_NONE ? time : self->anchor);
  if (time == FIKA_CIVIL_NONE)
    *last = *first - 1;
  else if (self->after_days > 0)
    *last = *first;
  else if (!self->ends)
    *last = INT64_MAX;
  else
    *last = fika_series_times_instant (
        self, fika_recurrence_previous (self->rule, self->anchor, INT64_MAX));
  return TRUE;
}
