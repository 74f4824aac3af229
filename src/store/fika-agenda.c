#include "config.h"

#include "store/fika-series-times-private.h"

#include <glib/gi18n-lib.h>

enum
{
  CATCHUPS_BETWEEN,
  SERIES_BETWEEN,
  EXCEPTION_OF,
  EXCEPTION_AT,
  NEXT_EXCEPTION,
  NEXT_CATCHUP_WITH,
  SERIES_WITH,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [CATCHUPS_BETWEEN] = "SELECT id FROM catchup WHERE utc >= ?1 AND utc < ?2"
                       " AND state <> 'cancelled' ORDER BY utc",
  [SERIES_BETWEEN] = "SELECT series FROM series_cache WHERE last_utc >= ?1 AND first_utc < ?2",
  [EXCEPTION_OF] = "SELECT id FROM catchup WHERE series = ?1 AND original = ?2",
  [EXCEPTION_AT] = "SELECT id FROM catchup WHERE series = ?1 AND start = ?2 LIMIT 1",
  [NEXT_EXCEPTION] = "SELECT id FROM catchup WHERE series = ?1 AND state = 'planned' AND utc >= ?2"
                     " ORDER BY utc, id LIMIT 1",
  [NEXT_CATCHUP_WITH] = "SELECT c.id FROM catchup_person x JOIN catchup c ON c.id = x.catchup"
                        " WHERE x.person = ?1 AND c.state = 'planned' AND c.utc >= ?2"
                        " ORDER BY c.utc, c.id LIMIT 1",
  [SERIES_WITH] = "SELECT series FROM series_person WHERE person = ?1",
};

const FikaStatements fika_agenda_statements = { "agenda", sql, N_SQL };

/* A civil time here lies within so many seconds of its instant, whatever clocks do that day, and
 * within so many minutes of the same instant's civil time in any other zone. */
#define MARGIN_SECONDS (3 * 60 * 60)
#define MARGIN_MINUTES (2 * FIKA_MINUTES_A_DAY)

static GArray *
read_between (FikaStore *self, int statement, int64_t from, int64_t until, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self), sql[statement], error);

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, from);
  fika_stmt_bind_int (stmt, 2, until);
  return fika_column_ids (stmt, error);
}

/* The first id that a statement with ?1 = id and ?2 answers; 0 where there is none. */
static gboolean
find_by_civil (FikaStore *self,
               int statement,
               int64_t id,
               FikaCivil civil,
               int64_t *found,
               GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self), sql[statement], error);
  GError *local_error = NULL;

  *found = 0;
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_column_bind_civil (stmt, 2, civil);
  if (fika_stmt_step (stmt, &local_error))
    *found = fika_stmt_int (stmt, 0);
  return fika_propagate (error, local_error);
}

static gboolean
find_by_utc (FikaStore *self,
             int statement,
             int64_t id,
             int64_t utc,
             int64_t *found,
             GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self), sql[statement], error);
  GError *local_error = NULL;

  *found = 0;
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_int (stmt, 2, utc);
  if (fika_stmt_step (stmt, &local_error))
    *found = fika_stmt_int (stmt, 0);
  return fika_propagate (error, local_error);
}

static FikaOccurrence *
occurrence_of_row (FikaStore *self, int64_t catchup_id, GError **error)
{
  g_autoptr (FikaCatchup) catchup = fika_store_get_catchup (self, catchup_id, error);
  g_autoptr (FikaSeries) series = NULL;

  if (catchup == NULL)
    return NULL;
  if (fika_catchup_get_series_id (catchup) != 0)
    {
      series = fika_store_get_series (self, fika_catchup_get_series_id (catchup), error);
      if (series == NULL)
        return NULL;
    }
  return fika_occurrence_new_for_catchup (catchup, series);
}

static FikaOccurrence *
occurrence_of_series (FikaStore *self, int64_t series_id, FikaCivil original, GError **error)
{
  g_autoptr (FikaSeries) series = fika_store_get_series (self, series_id, error);

  return series != NULL ? fika_occurrence_new_for_series (series, original) : NULL;
}

/* When a plan begins on the clock here. */
static FikaCivil
start_here (const char *zone, FikaWindow window, FikaCivil start, int64_t utc)
{
  if (*zone == '\0')
    return fika_window_opens (window, start);
  return fika_zone_from_utc (FIKA_ZONE_HERE, utc);
}

static gboolean
add_rows (FikaStore *self,
          FikaCivil from,
          FikaCivil until,
          int64_t from_utc,
          int64_t until_utc,
          GPtrArray *entries,
          GError **error)
{
  g_autoptr (GArray) ids = read_between (self, CATCHUPS_BETWEEN, from_utc, until_utc, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (FikaOccurrence) entry
          = occurrence_of_row (self, g_array_index (ids, int64_t, i), error);
      FikaPlan *plan;
      FikaCivil start;

      if (entry == NULL)
        return FALSE;
      plan = fika_occurrence_get_plan (entry);
      start = start_here (fika_plan_get_zone (plan), fika_plan_get_window (plan),
                          fika_plan_get_start (plan), fika_occurrence_get_utc (entry));
      if (start >= from && start < until)
        g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  return TRUE;
}

static gboolean
add_series (FikaStore *self,
            int64_t id,
            FikaCivil from,
            FikaCivil until,
            GPtrArray *entries,
            GError **error)
{
  g_auto (FikaSeriesTimes) times = { 0 };
  g_autoptr (GArray) originals = NULL;
  FikaCivil first, end;

  if (!fika_series_times_load (&times, self, id, error))
    return FALSE;
  if (*times.zone == '\0')
    {
      /* A window opens on the day of its time. */
      first = fika_civil_new (fika_civil_day (from), 0, 0);
      end = fika_civil_new (fika_civil_day (until - 1) + 1, 0, 0);
    }
  else
    {
      first = from - MARGIN_MINUTES;
      end = until + MARGIN_MINUTES;
    }
  originals = fika_series_times_between (&times, self, first, end, 0, error);
  if (originals == NULL)
    return FALSE;
  for (guint i = 0; i < originals->len; i++)
    {
      FikaCivil original = g_array_index (originals, FikaCivil, i);
      FikaCivil start = start_here (times.zone, times.window, original,
                                    fika_series_times_instant (&times, original));
      FikaOccurrence *entry;

      if (start < from || start >= until)
        continue;
      entry = occurrence_of_series (self, id, original, error);
      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (entries, entry);
    }
  return TRUE;
}

static int
compare_entries_cb (gconstpointer a, gconstpointer b)
{
  FikaOccurrence *one = *(FikaOccurrence *const *) a;
  FikaOccurrence *other = *(FikaOccurrence *const *) b;
  int64_t utc = fika_occurrence_get_utc (one);
  int64_t other_utc = fika_occurrence_get_utc (other);
  g_autofree char *title = NULL;
  g_autofree char *other_title = NULL;
  int order;

  if (utc != other_utc)
    return utc < other_utc ? -1 : 1;
  title = fika_plan_dup_display_title (fika_occurrence_get_plan (one));
  other_title = fika_plan_dup_display_title (fika_occurrence_get_plan (other));
  order = g_utf8_collate (title, other_title);
  return order != 0 ? order : fika_occurrence_compare (one, other);
}

/**
 * fika_store_agenda:
 * @self: a store
 * @from: civil time here
 * @until: civil time here, not in it any more
 * @error: return location for an error
 *
 * What begins in a span of time on the clock here: catch-ups that were not cancelled, and the
 * occurrences of series that no row stands for. A loose plan begins when its window opens. The cost
 * grows with what is in the span and with the series that are not over, not with history.
 *
 * Returns: (transfer full) (element-type FikaOccurrence) (nullable): the entries by instant, then
 * by title; %NULL with an error
 */
GPtrArray *
fika_store_agenda (FikaStore *self, FikaCivil from, FikaCivil until, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GArray) series = NULL;
  int64_t from_utc, until_utc;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  entries = g_ptr_array_new_with_free_func (g_object_unref);
  if (from >= until)
    return g_steal_pointer (&entries);
  from_utc = fika_zone_to_utc (FIKA_ZONE_HERE, from) - MARGIN_SECONDS;
  until_utc = fika_zone_to_utc (FIKA_ZONE_HERE, until) + MARGIN_SECONDS;

  if (!add_rows (self, from, until, from_utc, until_utc, entries, error))
    return NULL;
  series = read_between (self, SERIES_BETWEEN, from_utc, until_utc, error);
  if (series == NULL)
    return NULL;
  for (guint i = 0; i < series->len; i++)
    if (!add_series (self, g_array_index (series, int64_t, i), from, until, entries, error))
      return NULL;

  g_ptr_array_sort (entries, compare_entries_cb);
  return g_steal_pointer (&entries);
}

static void
set_no_occurrence (GError **error)
{
  fika_set_not_found (error, _ ("Nothing of this plan is at that time."));
}

static FikaOccurrence *
get_occurrence_at (FikaStore *self, FikaSeries *series, FikaCivil original, GError **error)
{
  g_auto (FikaSeriesTimes) times = { 0 };
  int64_t id = fika_plan_get_id (FIKA_PLAN (series));
  int64_t row;
  gboolean has;

  if (!find_by_civil (self, EXCEPTION_OF, id, original, &row, error))
    return NULL;
  if (row != 0)
    return occurrence_of_row (self, row, error);

  if (!fika_series_times_load (&times, self, id, error)
      || !fika_series_times_has (&times, self, original, &has, error))
    return NULL;
  if (has)
    return fika_occurrence_new_for_series (series, original);

  /* Not when the rule put it, but perhaps where it was moved to. */
  if (!find_by_civil (self, EXCEPTION_AT, id, original, &row, error))
    return NULL;
  if (row != 0)
    return occurrence_of_row (self, row, error);
  set_no_occurrence (error);
  return NULL;
}

/**
 * fika_store_get_occurrence:
 * @self: a store
 * @uid: the lasting identifier of a catch-up or series
 * @original: of a series, when its rule put the occurrence, or the time it was moved to;
 *   %FIKA_CIVIL_NONE for the next to come
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the occurrence; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaOccurrence *
fika_store_get_occurrence (FikaStore *self, const char *uid, FikaCivil original, GError **error)
{
  g_autoptr (FikaPlan) plan = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  plan = fika_store_get_plan_by_uid (self, uid, error);
  if (plan == NULL)
    return NULL;
  if (FIKA_IS_CATCHUP (plan))
    return occurrence_of_row (self, fika_plan_get_id (plan), error);
  if (original == FIKA_CIVIL_NONE)
    return fika_store_next_of_series (self, FIKA_SERIES (plan), error);
  return get_occurrence_at (self, FIKA_SERIES (plan), original, error);
}

/* Of a row and an occurrence of a rule, each of which may be missing, the one that comes first. */
static FikaOccurrence *
first_of (FikaStore *self,
          int64_t row,
          int64_t series,
          FikaCivil original,
          const char *missing,
          GError **error)
{
  g_autoptr (FikaOccurrence) of_row = NULL;
  g_autoptr (FikaOccurrence) of_rule = NULL;

  if (row != 0 && (of_row = occurrence_of_row (self, row, error)) == NULL)
    return NULL;
  if (original != FIKA_CIVIL_NONE
      && (of_rule = occurrence_of_series (self, series, original, error)) == NULL)
    return NULL;
  if (of_row == NULL && of_rule == NULL)
    {
      fika_set_not_found (error, missing);
      return NULL;
    }
  if (of_row == NULL || (of_rule != NULL && fika_occurrence_compare (of_rule, of_row) < 0))
    return g_steal_pointer (&of_rule);
  return g_steal_pointer (&of_row);
}

/**
 * fika_store_next_of_series:
 * @self: a store
 * @series: a live series
 * @error: return location for an error
 *
 * The next occurrence to come. Of a series after the last time, the one that is open, also when its
 * day has passed.
 *
 * Returns: (transfer full) (nullable): the occurrence; %NULL with %FIKA_ERROR_NOT_FOUND when the
 *   series is over
 */
FikaOccurrence *
fika_store_next_of_series (FikaStore *self, FikaSeries *series, GError **error)
{
  g_auto (FikaSeriesTimes) times = { 0 };
  FikaCivil original = FIKA_CIVIL_NONE;
  int64_t id, row, now;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_SERIES (series), NULL);

  id = fika_plan_get_id (FIKA_PLAN (series));
  now = fika_store_now (self);
  if (!fika_series_times_load (&times, self, id, error)
      || !find_by_utc (self, NEXT_EXCEPTION, id, times.after_days > 0 ? INT64_MIN : now, &row,
                       error))
    return NULL;
  if (times.after_days > 0)
    {
      if (!fika_series_times_pending (&times, self, &original, error))
        return NULL;
    }
  else
    {
      g_autoptr (GArray) coming = fika_series_times_from (&times, self, now, 1, error);

      if (coming == NULL)
        return NULL;
      if (coming->len > 0)
        original = g_array_index (coming, FikaCivil, 0);
    }
  return first_of (self, row, id, original, _ ("This series is over."), error);
}

/* The occurrence of rules that a person has next; FIKA_CIVIL_NONE where there is none. */
static gboolean
next_of_rules (FikaStore *self,
               int64_t person,
               int64_t now,
               int64_t *series,
               FikaCivil *original,
               GError **error)
{
  g_autoptr (GArray) ids = fika_table_ids (self, sql[SERIES_WITH], person, error);
  int64_t first = INT64_MAX;

  *original = FIKA_CIVIL_NONE;
  *series = 0;
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (FikaSeriesTimes) times = { 0 };
      g_autoptr (GArray) coming = NULL;
      FikaCivil time;

      if (!fika_series_times_load (&times, self, g_array_index (ids, int64_t, i), error))
        return FALSE;
      coming = fika_series_times_from (&times, self, now, 1, error);
      if (coming == NULL)
        return FALSE;
      if (coming->len == 0)
        continue;
      time = g_array_index (coming, FikaCivil, 0);
      if (fika_series_times_instant (&times, time) >= first)
        continue;
      first = fika_series_times_instant (&times, time);
      *series = times.id;
      *original = time;
    }
  return TRUE;
}

/**
 * fika_store_next_with_person:
 * @self: a store
 * @person: a live person
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what is planned next with the person; %NULL with
 *   %FIKA_ERROR_NOT_FOUND where nothing is
 */
FikaOccurrence *
fika_store_next_with_person (FikaStore *self, FikaPerson *person, GError **error)
{
  FikaCivil original;
  int64_t id, row, series, now;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  id = fika_person_get_id (person);
  now = fika_store_now (self);
  if (!find_by_utc (self, NEXT_CATCHUP_WITH, id, now, &row, error)
      || !next_of_rules (self, id, now, &series, &original, error))
    return NULL;
  return first_of (self, row, series, original, _ ("Nothing is planned with them."), error);
}
