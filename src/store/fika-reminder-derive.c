#include "config.h"

#include "store/fika-reminder-derive-private.h"

#include "base/fika-zone.h"
#include "store/fika-plan-leads-private.h"
#include "store/fika-reminder-move-private.h"

/*
 * Which reminders of plans there are. A planned catch-up has one for each of its leads. A series
 * has, for each lead, the next occurrence that was not told yet. What was told stays as history,
 * and is never told again unless its plan moved to another time. Asking whether it happened is one
 * more lead, the last of all. What belongs to days rather than to plans is in fika-reminder-days.c.
 */

enum
{
  CATCHUP,
  CATCHUP_ROWS,
  CATCHUP_SILENT,
  ADOPT,
  GIVE_BACK,
  SERIES_ROWS,
  SERIES_SILENT,
  INSERT,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [CATCHUP] = "SELECT state = 'planned', start, win, zone, series, original FROM catchup"
              " WHERE id = ?1",
  [CATCHUP_ROWS] = "SELECT id, original, lead, " FIKA_REMINDER_STANDING " FROM reminder"
                   " WHERE catchup = ?1",
  /* People who are archived or have died are not told of, unless somebody else is there. */
  [CATCHUP_SILENT] = "SELECT 1 FROM catchup c WHERE c.id = ?1 AND c.grp IS NULL"
                     " AND EXISTS (SELECT 1 FROM catchup_person x WHERE x.catchup = c.id)"
                     " AND NOT EXISTS (SELECT 1 FROM catchup_person x"
                     " JOIN person p ON p.id = x.person"
                     " WHERE x.catchup = c.id AND NOT p.archived AND NOT p.deceased)",
  /* An occurrence that a row stands for keeps what was told of it, and so does one that no row
   * stands for any more. */
  [ADOPT] = "UPDATE reminder SET catchup = ?1 WHERE series = ?2 AND original = ?3"
            " AND catchup IS NULL",
  [GIVE_BACK] = "UPDATE reminder SET catchup = NULL WHERE catchup = ?1 AND series IS NOT NULL",
  [SERIES_ROWS] = "SELECT id, original, lead, " FIKA_REMINDER_STANDING " FROM reminder"
                  " WHERE series = ?1 AND catchup IS NULL"
                  " AND (start >= ?2 OR state IN ('pending', 'posting', 'shown'))",
  [SERIES_SILENT] = "SELECT 1 FROM series s WHERE s.id = ?1 AND s.grp IS NULL"
                    " AND EXISTS (SELECT 1 FROM series_person x WHERE x.series = s.id)"
                    " AND NOT EXISTS (SELECT 1 FROM series_person x"
                    " JOIN person p ON p.id = x.person"
                    " WHERE x.series = s.id AND NOT p.archived AND NOT p.deceased)",
  [INSERT] = "INSERT INTO reminder (catchup, series, original, lead, start, due, kind)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

const FikaStatements fika_reminder_derive_statements = { "reminder derive", sql, N_SQL };

/* So many coming occurrences are looked at for one that can still be told: the next is nearly
 * always it, but a reminder may come before many others of its series. */
#define LOOK_AHEAD 2
#define LOOK_FAR_AHEAD 64

/* What began longer ago can be at no other time now, whatever happened to its zone or window. */
#define SECONDS_BACK (3 * 24 * 60 * 60)

typedef struct
{
  int64_t id;
  FikaCivil original; /* of a series; else FIKA_CIVIL_NONE */
  int lead;
  FikaReminderStanding standing;
  gboolean keep; /* wanted by the plan as it is */
} Row;

/* One occurrence of a plan, with what it is told by. */
typedef struct
{
  int64_t catchup; /* or 0 */
  int64_t series;  /* or 0 */
  FikaCivil original;
  int64_t start;
  gboolean
      carried; /* nobody changed the plan: if it is at another time, the zone brought it there */
} Occurrence;

static GArray *
read_rows (FikaStore *store, int statement, int64_t id, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Row));
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (statement == SERIES_ROWS)
    fika_stmt_bind_int (stmt, 2, now - SECONDS_BACK);
  while (fika_stmt_step (stmt, &local_error))
    {
      Row row = {
        .id = fika_stmt_int (stmt, 0),
        .original = fika_column_civil (stmt, 1),
        .lead = (int) fika_stmt_int (stmt, 2),
      };

      fika_reminder_read_standing (stmt, 3, &row.standing);
      g_array_append_val (rows, row);
    }
  return fika_propagate (error, local_error) ? g_steal_pointer (&rows) : NULL;
}

static gboolean
answers_row (FikaStore *store, int statement, int64_t id, gboolean *answers, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  *answers = fika_stmt_step (stmt, &local_error);
  return fika_propagate (error, local_error);
}

static gboolean
waits (const Row *row)
{
  return fika_reminder_state_waits (row->standing.state);
}

/* The plan begins then, and is told of at `due`. A row that has no use then is not kept. */
static gboolean
settle_row (FikaStore *store,
            Row *row,
            FikaReminderEventType type,
            int64_t now,
            int64_t start,
            int64_t due,
            GError **error)
{
  const FikaReminderEvent event = { .type = type, .now = now, .start = start, .due = due };
  FikaReminderEffect effect;

  if (!fika_reminder_move (store, row->id, &row->standing, &event, &effect, error))
    return FALSE;
  row->keep = effect != FIKA_REMINDER_REMOVE;
  return TRUE;
}

/* What is not wanted any more: it is not told, and what is on the screen is taken back. */
static gboolean
end_row (FikaStore *store, Row *row, GError **error)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_UNWANTED };
  FikaReminderEffect effect;

  return fika_reminder_move (store, row->id, &row->standing, &event, &effect, error)
         && (effect != FIKA_REMINDER_REMOVE || fika_reminder_remove (store, row->id, error));
}

static gboolean
end_unkept (FikaStore *store, GArray *rows, GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (!row->keep && !end_row (store, row, error))
        return FALSE;
    }
  return TRUE;
}

/* Makes a row, also in `rows`. */
static gboolean
insert (FikaStore *store,
        GArray *rows,
        const FikaPlanLeads *leads,
        const Occurrence *occurrence,
        int lead,
        int64_t due,
        GError **error)
{
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[INSERT], error);
  Row row = { .original = occurrence->original,
              .lead = lead,
              .standing = { .start = occurrence->start, .due = due },
              .keep = TRUE };

  if (stmt == NULL)
    return FALSE;
  fika_column_bind_id (stmt, 1, occurrence->catchup);
  fika_column_bind_id (stmt, 2, occurrence->series);
  if (occurrence->original != FIKA_CIVIL_NONE)
    fika_column_bind_civil (stmt, 3, occurrence->original);
  else
    fika_stmt_bind_text (stmt, 3, "");
  fika_stmt_bind_int (stmt, 4, lead);
  fika_stmt_bind_int (stmt, 5, occurrence->start);
  fika_stmt_bind_int (stmt, 6, due);
  fika_stmt_bind_text (stmt, 7,
                       fika_reminder_kind_to_key (lead < 0 && lead == leads->asking
                                                      ? FIKA_REMINDER_ASKED
                                                      : FIKA_REMINDER_PLAN));
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  row.id = fika_db_last_id (db);
  g_array_append_val (rows, row);
  return TRUE;
}

static Row *
find_row (GArray *rows, FikaCivil original, int lead)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (row->lead == lead && row->original == original)
        return row;
    }
  return NULL;
}

typedef enum
{
  TOLD,    /* at this time already */
  COMING,  /* it will be */
  MISSING, /* it will not: its moment has passed */
} Outcome;

/* Makes the row of one occurrence and lead right, or finds that there is nothing to make. */
static gboolean
settle (FikaStore *store,
        GArray *rows,
        const FikaPlanLeads *leads,
        const Occurrence *occurrence,
        int lead,
        int64_t now,
        Outcome *outcome,
        GError **error)
{
  Row *row = find_row (rows, occurrence->original, lead);
  int64_t due = fika_plan_leads_due (leads, occurrence->start, lead);
  FikaReminderEventType type = FIKA_REMINDER_MOVED;
  gboolean told;

  if (row == NULL)
    {
      *outcome = due >= now ? COMING : MISSING;
      return *outcome == MISSING || insert (store, rows, leads, occurrence, lead, due, error);
    }

  if (row->standing.start == occurrence->start)
    type = FIKA_REMINDER_RETIMED;
  else if (occurrence->carried)
    type = FIKA_REMINDER_CARRIED;
  told = !waits (row) && type != FIKA_REMINDER_MOVED;
  if (!settle_row (store, row, type, now, occurrence->start, due, error))
    return FALSE;
  if (type == FIKA_REMINDER_RETIMED)
    *outcome = waits (row) ? COMING : TOLD;
  else if (told)
    *outcome = TOLD;
  else
    *outcome = due >= now ? COMING : MISSING;
  return TRUE;
}

/* When a plan is made so late that each of its leads has passed, it is told when it begins. */
static gboolean
tell_at_start (FikaStore *store,
               GArray *rows,
               const FikaPlanLeads *leads,
               const Occurrence *occurrence,
               int lead,
               int64_t now,
               GError **error)
{
  Row *row = find_row (rows, occurrence->original, lead);
  int64_t start = occurrence->start;

  if (row == NULL)
    return insert (store, rows, leads, occurrence, lead, start, error);
  return settle_row (store, row, FIKA_REMINDER_MOVED, now, start, start, error);
}

/* The smallest lead that is before the start. */
static int
nearest_lead (const FikaPlanLeads *leads)
{
  for (guint i = 0; i < leads->minutes->len; i++)
    if (fika_plan_leads_at (leads, i) >= 0)
      return fika_plan_leads_at (leads, i);
  return 0;
}

/* A row that waits for the start although its lead is earlier is no longer needed when another of
 * its occurrence will be told. */
static void
drop_late_row (GArray *rows, const Occurrence *occurrence, guint n_coming)
{
  for (guint i = 0; i < rows->len && n_coming > 1; i++)
    {
      Row *row = &g_array_index (rows, Row, i);

      if (row->keep && waits (row) && row->standing.snoozed == 0 && row->lead > 0
          && row->original == occurrence->original && row->standing.due == occurrence->start)
        {
          row->keep = FALSE;
          n_coming--;
        }
    }
}

static gboolean
derive_occurrence (FikaStore *store,
                   GArray *rows,
                   const FikaPlanLeads *leads,
                   const Occurrence *occurrence,
                   int64_t now,
                   GError **error)
{
  guint n_told = 0;
  guint n_coming = 0;

  for (guint i = 0; i < leads->minutes->len; i++)
    {
      int lead = fika_plan_leads_at (leads, i);
      Outcome outcome;

      if (fika_plan_leads_is_repeated (leads, occurrence->start, i))
        continue;
      if (!settle (store, rows, leads, occurrence, lead, now, &outcome, error))
        return FALSE;
      if (lead < 0)
        continue;
      n_told += outcome == TOLD;
      n_coming += outcome == COMING;
    }
  if (leads->minutes->len > 0 && n_told + n_coming == 0 && occurrence->start >= now)
    return tell_at_start (store, rows, leads, occurrence, nearest_lead (leads), now, error);
  drop_late_row (rows, occurrence, n_coming);
  return TRUE;
}

static gboolean
adopt (FikaStore *store, const Occurrence *occurrence, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[ADOPT], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, occurrence->catchup);
  fika_stmt_bind_int (stmt, 2, occurrence->series);
  fika_column_bind_civil (stmt, 3, occurrence->original);
  return fika_stmt_run (stmt, error);
}

static gboolean
derive_catchup (FikaStore *store, int64_t id, gboolean carried, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[CATCHUP], error);
  g_autoptr (GArray) rows = NULL;
  GError *local_error = NULL;
  Occurrence occurrence = { .catchup = id, .original = FIKA_CIVIL_NONE, .carried = carried };
  FikaWindow window = FIKA_WINDOW_EXACT;
  gboolean there = FALSE;
  gboolean planned = FALSE;
  gboolean silent = FALSE;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (fika_stmt_step (stmt, &local_error))
    {
      there = TRUE;
      planned = fika_stmt_int (stmt, 0) != 0;
      fika_window_parse (fika_column_string (stmt, 2), &window);
      occurrence.start
          = fika_plan_instant (fika_column_string (stmt, 3), window, fika_column_civil (stmt, 1));
      occurrence.series = fika_stmt_int (stmt, 4);
      occurrence.original = fika_column_civil (stmt, 5);
    }
  if (!fika_propagate (error, local_error)
      || !answers_row (store, CATCHUP_SILENT, id, &silent, error))
    return FALSE;

  if (!there && !fika_table_run (store, sql[GIVE_BACK], id, error))
    return FALSE;
  if (occurrence.series != 0 && !adopt (store, &occurrence, error))
    return FALSE;
  rows = read_rows (store, CATCHUP_ROWS, id, now, error);
  if (rows == NULL)
    return FALSE;
  if (planned && !silent)
    {
      g_auto (FikaPlanLeads) leads = { 0 };

      if (!fika_plan_leads_read (&leads, store, FALSE, id, window, error)
          || !derive_occurrence (store, rows, &leads, &occurrence, now, error))
        return FALSE;
    }
  return end_unkept (store, rows, error);
}

gboolean
fika_reminders_derive_catchup (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  return derive_catchup (store, id, FALSE, now, error);
}

gboolean
fika_reminders_carry_catchup (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  return derive_catchup (store, id, TRUE, now, error);
}

static gboolean
find_lead (const FikaPlanLeads *leads, int lead, guint *index)
{
  for (guint i = 0; i < leads->minutes->len; i++)
    if (fika_plan_leads_at (leads, i) == lead)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

/* Rows of occurrences that the series still makes stay, at the time it makes them now. */
static gboolean
keep_valid_rows (FikaStore *store,
                 const FikaSeriesTimes *times,
                 GArray *rows,
                 const FikaPlanLeads *leads,
                 gboolean carried,
                 int64_t now,
                 GError **error)
{
  for (guint i = 0; i < rows->len; i++)
    {
      Row *row = &g_array_index (rows, Row, i);
      Occurrence occurrence
          = { .series = times->id, .original = row->original, .carried = carried };
      gboolean has = FALSE;
      Outcome outcome;
      guint lead;

      if (!fika_reminder_state_is_live (row->standing.state)
          || !find_lead (leads, row->lead, &lead))
        continue;
      if (!fika_series_times_has (times, store, row->original, &has, error))
        return FALSE;
      if (!has)
        continue;
      occurrence.start = fika_series_times_instant (times, row->original);
      if (row->standing.state == FIKA_REMINDER_PENDING
          && fika_plan_leads_is_repeated (leads, occurrence.start, lead))
        continue;
      if (!settle (store, rows, leads, &occurrence, row->lead, now, &outcome, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether a row of that occurrence and another lead tells of it, now or before. */
static gboolean
has_other (GArray *rows, const Occurrence *occurrence, int lead)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);

      if (row->original == occurrence->original && row->lead != lead
          && row->standing.start == occurrence->start
          && (row->keep || !fika_reminder_state_is_live (row->standing.state)))
        return TRUE;
    }
  return FALSE;
}

/* For one lead: the first coming occurrence that will be told by it. FALSE in `found` where none of
 * these will. */
static gboolean
derive_next (FikaStore *store,
             const FikaSeriesTimes *times,
             GArray *rows,
             const FikaPlanLeads *leads,
             GArray *coming,
             guint lead,
             gboolean carried,
             int64_t now,
             gboolean *found,
             GError **error)
{
  for (guint i = 0; i < coming->len; i++)
    {
      Occurrence occurrence = { .series = times->id,
                                .original = g_array_index (coming, FikaCivil, i),
                                .carried = carried };
      Outcome outcome;

      occurrence.start = fika_series_times_instant (times, occurrence.original);
      if (fika_plan_leads_is_repeated (leads, occurrence.start, lead))
        continue;
      if (!settle (store, rows, leads, &occurrence, fika_plan_leads_at (leads, lead), now, &outcome,
                   error))
        return FALSE;
      if (outcome == COMING)
        return TRUE;
    }
  *found = FALSE;
  return TRUE;
}

static gboolean
derive_all_next (FikaStore *store,
                 const FikaSeriesTimes *times,
                 GArray *rows,
                 const FikaPlanLeads *leads,
                 GArray *coming,
                 gboolean carried,
                 int64_t now,
                 gboolean *found,
                 GError **error)
{
  *found = TRUE;
  for (guint i = 0; i < leads->minutes->len; i++)
    if (!derive_next (store, times, rows, leads, coming, i, carried, now, found, error))
      return FALSE;
  return TRUE;
}

/* The very next occurrence, when each of its leads has passed and it was not told. */
static gboolean
derive_late (FikaStore *store,
             const FikaSeriesTimes *times,
             GArray *rows,
             const FikaPlanLeads *leads,
             GArray *coming,
             int64_t now,
             GError **error)
{
  Occurrence occurrence = { .series = times->id };
  int nearest = nearest_lead (leads);

  if (coming->len == 0 || leads->minutes->len == 0)
    return TRUE;
  occurrence.original = g_array_index (coming, FikaCivil, 0);
  occurrence.start = fika_series_times_instant (times, occurrence.original);
  for (guint i = 0; i < leads->minutes->len; i++)
    {
      int lead = fika_plan_leads_at (leads, i);

      if (lead >= 0 && fika_plan_leads_due (leads, occurrence.start, lead) >= now)
        return TRUE;
    }
  if (find_row (rows, occurrence.original, nearest) != NULL
      || has_other (rows, &occurrence, nearest))
    return TRUE;
  return tell_at_start (store, rows, leads, &occurrence, nearest, now, error);
}

static gboolean
derive_series (FikaStore *store, int64_t id, gboolean carried, int64_t now, GError **error)
{
  g_autoptr (GArray) rows = read_rows (store, SERIES_ROWS, id, now, error);
  g_autoptr (GArray) coming = NULL;
  g_autoptr (GError) local_error = NULL;
  g_auto (FikaSeriesTimes) times = { 0 };
  g_auto (FikaPlanLeads) leads = { 0 };
  gboolean silent = FALSE;
  gboolean found = TRUE;

  if (rows == NULL)
    return FALSE;
  if (!fika_series_times_load (&times, store, id, &local_error))
    {
      if (!fika_is_not_found (local_error))
        return fika_propagate (error, g_steal_pointer (&local_error));
      return end_unkept (store, rows, error);
    }
  if (!fika_plan_leads_read (&leads, store, TRUE, id, times.window, error)
      || !answers_row (store, SERIES_SILENT, id, &silent, error))
    return FALSE;
  if (silent)
    return end_unkept (store, rows, error);

  if (!keep_valid_rows (store, &times, rows, &leads, carried, now, error))
    return FALSE;
  coming = fika_series_times_from (&times, store, now, LOOK_AHEAD, error);
  if (coming == NULL
      || !derive_all_next (store, &times, rows, &leads, coming, carried, now, &found, error))
    return FALSE;
  if (!found && coming->len == LOOK_AHEAD)
    {
      g_array_unref (coming);
      coming = fika_series_times_from (&times, store, now, LOOK_FAR_AHEAD, error);
      if (coming == NULL
          || !derive_all_next (store, &times, rows, &leads, coming, carried, now, &found, error))
        return FALSE;
    }
  return derive_late (store, &times, rows, &leads, coming, now, error)
         && end_unkept (store, rows, error);
}

gboolean
fika_reminders_derive_series (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  return derive_series (store, id, FALSE, now, error);
}

gboolean
fika_reminders_carry_series (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  return derive_series (store, id, TRUE, now, error);
}
