#include "config.h"

#include "store/fika-reminder.h"

#include "store/fika-series-times-private.h"

/*
 * What will be told, further than the rows go: of a series only the next occurrence has one.
 * Nothing here writes; the service makes each row when its time comes.
 */

enum
{
  SERIES_BETWEEN,
  WAITING_OF_SERIES,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [SERIES_BETWEEN] = "SELECT series FROM series_cache WHERE last_utc >= ?1 AND first_utc < ?2",
  [WAITING_OF_SERIES]
  = "SELECT lead, start, kind FROM reminder WHERE series = ?1 AND catchup IS NULL"
    " AND state IN ('pending', 'posting') ORDER BY original, lead",
};

const FikaStatements fika_reminder_forecast_statements = { "reminder forecast", sql, N_SQL };

/* Occurrences that are worked out at once. */
#define BATCH 16

/* A lead of a series, and the start of the occurrence that its row is of. */
typedef struct
{
  int lead;
  int64_t start;
  FikaReminderKind kind;
} Waiting;

static GArray *
read_series (FikaStore *store, int64_t from, int64_t until, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SERIES_BETWEEN], error);

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, from);
  fika_stmt_bind_int (stmt, 2, until);
  return fika_column_ids (stmt, error);
}

static GArray *
read_waiting (FikaStore *store, int64_t series, GError **error)
{
  g_autoptr (FikaStmt) stmt
      = fika_db_use (fika_store_get_db (store), sql[WAITING_OF_SERIES], error);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, series);
  while (fika_stmt_step (stmt, &local_error))
    {
      Waiting one = { .lead = (int) fika_stmt_int (stmt, 0), .start = fika_stmt_int (stmt, 1) };

      fika_reminder_kind_parse (fika_column_string (stmt, 2), &one.kind);
      g_array_append_val (waiting, one);
    }
  return fika_propagate (error, local_error) ? g_steal_pointer (&waiting) : NULL;
}

/* The occurrences after the one that has the row, told by the same lead, until `until`. */
static gboolean
add_after (FikaStore *store,
           FikaSeries *series,
           const FikaSeriesTimes *times,
           const Waiting *waiting,
           const FikaDuePolicy *policy,
           int64_t from,
           int64_t until,
           GPtrArray *reminders,
           GError **error)
{
  int64_t seconds = (int64_t) waiting->lead * 60;
  int64_t begin = MAX (waiting->start + 1, from + seconds);

  while (begin - seconds < until)
    {
      g_autoptr (GArray) originals = fika_series_times_from (times, store, begin, BATCH, error);

      if (originals == NULL)
        return FALSE;
      for (guint i = 0; i < originals->len; i++)
        {
          FikaCivil original = g_array_index (originals, FikaCivil, i);
          FikaReminder *reminder;
          int64_t start = fika_series_times_instant (times, original);

          if (start - seconds >= until)
            return TRUE;
          begin = MAX (begin, start + 1);
          reminder = g_new0 (FikaReminder, 1);
          reminder->occurrence = fika_occurrence_new_for_series (series, original);
          reminder->lead = waiting->lead;
          reminder->start = start;
          reminder->kind = waiting->kind;
          reminder->day = FIKA_DAY_NONE;
          if (waiting->kind == FIKA_REMINDER_ASKED)
            reminder->due = fika_due_of_asking (policy, start, waiting->lead);
          else
            reminder->due = fika_due_of_plan (policy, start, waiting->lead);
          reminder->state = FIKA_REMINDER_PENDING;
          g_ptr_array_add (reminders, reminder);
        }
      if (originals->len < BATCH)
        return TRUE;
    }
  return TRUE;
}

static gboolean
add_of_series (FikaStore *store,
               int64_t id,
               int64_t from,
               int64_t until,
               GPtrArray *reminders,
               GError **error)
{
  g_autoptr (GArray) waiting = read_waiting (store, id, error);
  g_autoptr (FikaSeries) series = NULL;
  g_auto (FikaSeriesTimes) times = { 0 };
  FikaDuePolicy policy;
  int64_t pause_ends;

  if (waiting == NULL)
    return FALSE;
  if (waiting->len == 0)
    return TRUE;
  series = fika_store_get_series (store, id, error);
  if (series == NULL || !fika_series_times_load (&times, store, id, error))
    return FALSE;
  fika_store_get_reminder_policy (store, &policy);
  pause_ends = fika_due_pause_ends (&policy);
  for (guint i = 0; i < waiting->len; i++)
    {
      if (!add_after (store, series, &times, &g_array_index (waiting, Waiting, i), &policy,
                      MAX (from, pause_ends), until, reminders, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  const FikaReminder *one = *(FikaReminder *const *) a;
  const FikaReminder *other = *(FikaReminder *const *) b;

  if (one->due != other->due)
    return one->due < other->due ? -1 : 1;
  if (one->start != other->start)
    return one->start < other->start ? -1 : 1;
  if (one->occurrence == NULL || other->occurrence == NULL)
    return (one->occurrence != NULL) - (other->occurrence != NULL);
  return fika_occurrence_compare (one->occurrence, other->occurrence);
}

/**
 * fika_reminders_forecast:
 * @store: a store
 * @from: UTC seconds
 * @until: UTC seconds
 * @limit: how many at most
 * @error: return location for an error
 *
 * What will be told from then on: every reminder that waits, whenever it is due, and until @until
 * also those of a series' further occurrences, which have no id yet. Those that wait although they
 * are due come first.
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): earliest first; %NULL with an
 *   error
 */
GPtrArray *
fika_reminders_forecast (FikaStore *store, int64_t from, int64_t until, guint limit, GError **error)
{
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GArray) series = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  reminders = fika_reminders_upcoming (store, from, limit, error);
  if (reminders == NULL)
    return NULL;
  series = read_series (store, from, INT64_MAX, error);
  if (series == NULL)
    return NULL;
  for (guint i = 0; i < series->len; i++)
    {
      if (!add_of_series (store, g_array_index (series, int64_t, i), from, until, reminders, error))
        return NULL;
    }
  g_ptr_array_sort (reminders, compare_cb);
  if (reminders->len > limit)
    g_ptr_array_set_size (reminders, (int) limit);
  return g_steal_pointer (&reminders);
}
