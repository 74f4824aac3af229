#include "config.h"

#include "store/fika-reminder.h"

#include "base/fika-zone.h"
#include "store/fika-cache-table-private.h"
#include "store/fika-reminder-derive-private.h"
#include "store/fika-reminder-move-private.h"

#include <glib/gi18n-lib.h>

enum
{
  NEXT_PENDING,
  NEXT_LEASE,
  DUE,
  UPCOMING,
  LIVE,
  HISTORY,
  MISSED,
  OF_CATCHUP,
  OF_SERIES,
  GET,
  PAUSE,
  PASSED_BY,
  N_SQL,
};

#define COLUMNS                                                                                    \
  "id, series, catchup, original, lead, start, due, state, server, notification, token, attempts," \
  " shown_at, kind, source, person, grp, lease, snoozed"

/* What is due before is passed by. */
#define PAUSED_UNTIL "(SELECT paused_until FROM cache_state WHERE id = 1)"

/* Which rows to look at: what becomes of them is fika_reminder_step ()'s to say. */
static const char *const sql[N_SQL] = {
  [NEXT_PENDING] = "SELECT max (due, " PAUSED_UNTIL ") FROM reminder"
                   " WHERE state IN ('pending', 'posting') AND state = 'pending'"
                   " ORDER BY due LIMIT 1",
  [NEXT_LEASE] = "SELECT min (max (due, lease)) FROM reminder WHERE state IN ('posting', 'shown')"
                 " AND state = 'posting'",
  [DUE] = "SELECT " COLUMNS " FROM reminder WHERE state IN ('pending', 'posting')"
          " AND due <= ?1 AND ((state = 'pending' AND due >= " PAUSED_UNTIL ")"
          " OR (state = 'posting' AND lease <= ?1)) ORDER BY due, id LIMIT ?2",
  [UPCOMING] = "SELECT " COLUMNS " FROM reminder WHERE state IN ('pending', 'posting')"
               " AND due >= max (?1, " PAUSED_UNTIL ") ORDER BY due, id LIMIT ?2",
  [LIVE] = "SELECT " COLUMNS " FROM reminder WHERE state IN ('posting', 'shown') ORDER BY shown_at,"
           " id",
  [HISTORY] = "SELECT " COLUMNS " FROM reminder WHERE shown_at > 0 ORDER BY shown_at DESC, id DESC"
              " LIMIT ?1",
  [MISSED] = "SELECT " COLUMNS " FROM reminder WHERE shown_at > 0 AND shown_at > ?1"
             " AND state = 'missed' ORDER BY shown_at DESC, id DESC LIMIT ?2",
  [OF_CATCHUP] = "SELECT " COLUMNS " FROM reminder WHERE catchup = ?1 ORDER BY due, id",
  [OF_SERIES] = "SELECT " COLUMNS " FROM reminder WHERE series = ?1 AND original = ?2"
                " AND catchup IS NULL ORDER BY due, id",
  [GET] = "SELECT " COLUMNS " FROM reminder WHERE id = ?1",
  [PAUSE] = "SELECT paused_until FROM cache_state WHERE id = 1",
  [PASSED_BY] = "SELECT id FROM reminder WHERE state IN ('pending', 'posting')"
                " AND due <= ?1 AND due < " PAUSED_UNTIL " AND state = 'pending'",
};

const FikaStatements fika_reminder_statements = { "reminder", sql, N_SQL };

static void
read_row (FikaStmt *stmt, FikaReminderRow *row)
{
  FikaReminder *reminder = g_new0 (FikaReminder, 1);
  const char *state = fika_column_string (stmt, 7);

  reminder->id = fika_stmt_int (stmt, 0);
  row->series = fika_stmt_int (stmt, 1);
  row->catchup = fika_stmt_int (stmt, 2);
  row->original = fika_column_civil (stmt, 3);
  reminder->lead = (int) fika_stmt_int (stmt, 4);
  reminder->start = fika_stmt_int (stmt, 5);
  reminder->due = fika_stmt_int (stmt, 6);
  fika_reminder_state_parse (state, &reminder->state);
  reminder->server = fika_stmt_dup_text (stmt, 8);
  reminder->notification = (guint) fika_stmt_int (stmt, 9);
  reminder->token = fika_stmt_dup_text (stmt, 10);
  reminder->attempts = (int) fika_stmt_int (stmt, 11);
  reminder->shown_at = fika_stmt_int (stmt, 12);
  fika_reminder_kind_parse (fika_column_string (stmt, 13), &reminder->kind);
  row->source = fika_stmt_int (stmt, 14);
  row->person = fika_stmt_int (stmt, 15);
  row->grp = fika_stmt_int (stmt, 16);
  reminder->lease = fika_stmt_int (stmt, 17);
  reminder->snoozed = (int) fika_stmt_int (stmt, 18);
  reminder->day = FIKA_DAY_NONE;
  if (reminder->kind > FIKA_REMINDER_ASKED && row->original != FIKA_CIVIL_NONE)
    reminder->day = fika_civil_day (row->original);
  row->reminder = reminder;
}

static GPtrArray *
read_all (FikaStore *store, FikaStmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) reminders
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_reminder_free);
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (FikaReminderRow));
  GError *local_error = NULL;

  g_array_set_clear_func (rows, (GDestroyNotify) fika_reminder_row_clear);
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaReminderRow row = { 0 };

      read_row (stmt, &row);
      g_array_append_val (rows, row);
    }
  if (!fika_propagate (error, local_error))
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      FikaReminderRow *row = &g_array_index (rows, FikaReminderRow, i);

      fika_reminder_row_find (store, row);
      g_ptr_array_add (reminders, g_steal_pointer (&row->reminder));
    }
  return g_steal_pointer (&reminders);
}

/* The one number that a statement answers; INT64_MAX where it answers none. */
static int64_t
read_instant (FikaStore *store, int statement)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], NULL);

  if (stmt == NULL || !fika_stmt_step (stmt, NULL) || fika_stmt_is_null (stmt, 0))
    return INT64_MAX;
  return fika_stmt_int (stmt, 0);
}

/**
 * fika_reminders_next_due:
 * @store: a store
 *
 * When to look at the reminders next: the first that waits, or the end of a claim that nobody made
 * good. Its cost does not grow with history.
 *
 * Returns: UTC seconds, perhaps past; %FIKA_UTC_NONE where nothing waits
 */
int64_t
fika_reminders_next_due (FikaStore *store)
{
  int64_t next;

  g_return_val_if_fail (FIKA_IS_STORE (store), FIKA_UTC_NONE);

  next = MIN (read_instant (store, NEXT_PENDING), read_instant (store, NEXT_LEASE));
  return next == INT64_MAX ? FIKA_UTC_NONE : next;
}

static GPtrArray *
read_limited (FikaStore *store, int statement, int64_t instant, guint limit, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, instant);
  fika_stmt_bind_int (stmt, 2, limit);
  return read_all (store, stmt, error);
}

/**
 * fika_reminders_due:
 * @store: a store
 * @now: UTC seconds
 * @limit: how many at most
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): those to tell by now, earliest
 *   first, with those whose claim has run out; %NULL with an error
 */
GPtrArray *
fika_reminders_due (FikaStore *store, int64_t now, guint limit, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return read_limited (store, DUE, now, limit, error);
}

/**
 * fika_reminders_upcoming:
 * @store: a store
 * @from: UTC seconds
 * @limit: how many at most
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): those to tell then or later,
 *   earliest first; %NULL with an error
 */
GPtrArray *
fika_reminders_upcoming (FikaStore *store, int64_t from, guint limit, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return read_limited (store, UPCOMING, from, limit, error);
}

/**
 * fika_reminders_live:
 * @store: a store
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): those on the screen or on their
 *   way there, oldest first; %NULL with an error
 */
GPtrArray *
fika_reminders_live (FikaStore *store, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  stmt = fika_db_use (fika_store_get_db (store), sql[LIVE], error);
  return stmt != NULL ? read_all (store, stmt, error) : NULL;
}

/**
 * fika_reminders_history:
 * @store: a store
 * @limit: how many at most
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): those told, newest first; %NULL
 *   with an error
 */
GPtrArray *
fika_reminders_history (FikaStore *store, guint limit, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  stmt = fika_db_use (fika_store_get_db (store), sql[HISTORY], error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, limit);
  return read_all (store, stmt, error);
}

/**
 * fika_reminders_missed:
 * @store: a store
 * @since: UTC seconds
 * @limit: how many at most
 * @error: return location for an error
 *
 * Those whose time came while nothing could tell them, and that were told in a summary after
 * @since.
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): newest first; %NULL with an
 * error
 */
GPtrArray *
fika_reminders_missed (FikaStore *store, int64_t since, guint limit, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return read_limited (store, MISSED, since, limit, error);
}

/**
 * fika_reminders_of_occurrence:
 * @store: a store
 * @occurrence: an entry that was saved, or that a series makes
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): what will be told of it and what
 * was, by when it is due; %NULL with an error
 */
GPtrArray *
fika_reminders_of_occurrence (FikaStore *store, FikaOccurrence *occurrence, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  FikaCatchup *catchup;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (occurrence), NULL);

  catchup = fika_occurrence_get_catchup (occurrence);
  stmt = fika_db_use (fika_store_get_db (store), sql[catchup != NULL ? OF_CATCHUP : OF_SERIES],
                      error);
  if (stmt == NULL)
    return NULL;
  if (catchup != NULL)
    fika_stmt_bind_int (stmt, 1, fika_plan_get_id (FIKA_PLAN (catchup)));
  else
    {
      FikaSeries *series = fika_occurrence_get_series (occurrence);

      fika_stmt_bind_int (stmt, 1, fika_plan_get_id (FIKA_PLAN (series)));
      fika_column_bind_civil (stmt, 2, fika_occurrence_get_original (occurrence));
    }
  return read_all (store, stmt, error);
}

/* The row as it is; FALSE where there is none, or with an error. */
static gboolean
read_one (FikaStore *store, int64_t id, FikaReminderRow *row, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[GET], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, error))
    return FALSE;
  read_row (stmt, row);
  return TRUE;
}

/**
 * fika_reminders_get:
 * @store: a store
 * @id: a reminder's id
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the reminder; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaReminder *
fika_reminders_get (FikaStore *store, int64_t id, GError **error)
{
  g_auto (FikaReminderRow) row = { 0 };
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  if (!read_one (store, id, &row, &local_error))
    {
      if (fika_propagate (error, g_steal_pointer (&local_error)))
        fika_set_not_found (error, _ ("This reminder is no longer there."));
      return NULL;
    }
  fika_reminder_row_find (store, &row);
  return g_steal_pointer (&row.reminder);
}

/* Brings the reminders of the same thing up to date, in the transaction of a move. */
static gboolean
derive_same (FikaStore *store, const FikaReminderRow *row, GError **error)
{
  int64_t now = fika_store_now (store);

  if (row->reminder->kind == FIKA_REMINDER_DIGEST)
    return fika_reminders_derive_digest (store, now, error);
  if (row->person != 0)
    return fika_reminders_derive_person (store, row->person, now, error);
  if (row->grp != 0)
    return fika_reminders_derive_group (store, row->grp, now, error);
  return (row->catchup == 0 || fika_reminders_derive_catchup (store, row->catchup, now, error))
         && (row->series == 0 || fika_reminders_derive_series (store, row->series, now, error));
}

static gboolean
is_in_state (FikaStore *store, int64_t id, FikaReminderState state, gboolean *is, GError **error)
{
  g_auto (FikaReminderRow) row = { 0 };
  GError *local_error = NULL;

  *is = read_one (store, id, &row, &local_error) && row.reminder->state == state;
  return fika_propagate (error, local_error);
}

/* On a day with nothing on it there is no digest: its row goes, and the next one's is made. */
static gboolean
drop_empty_digest (FikaStore *store, const FikaReminderRow *row, GError **error)
{
  g_autofree char *body = NULL;

  if (row->reminder->kind != FIKA_REMINDER_DIGEST)
    return TRUE;
  body = fika_reminder_body (row->reminder, store);
  return *body != '\0' || fika_reminder_remove (store, row->reminder->id, error);
}

/* Moves the row that was read; FALSE where it refused, or with an error. */
static gboolean
move_row (FikaStore *store,
          const FikaReminderRow *row,
          const FikaReminderEvent *event,
          FikaReminderStanding *standing,
          FikaReminderEffect *effect,
          GError **error)
{
  fika_reminder_get_standing (row->reminder, standing);
  return fika_reminder_move (store, row->reminder->id, standing, event, effect, error)
         && fika_reminder_effect_moves (*effect);
}

/* The plan's reminders are brought up to date first, so that only what is still right is claimed.
 */
static gboolean
claim_in_transaction (FikaStore *store, int64_t id, const FikaReminderEvent *event, GError **error)
{
  g_auto (FikaReminderRow) before = { 0 };
  g_auto (FikaReminderRow) row = { 0 };
  FikaReminderStanding standing;
  FikaReminderEffect effect;

  if (!read_one (store, id, &before, error) || !drop_empty_digest (store, &before, error)
      || !derive_same (store, &before, error) || !read_one (store, id, &row, error)
      || !move_row (store, &row, event, &standing, &effect, error))
    return FALSE;
  if (effect != FIKA_REMINDER_SET_ASIDE)
    return TRUE;
  derive_same (store, &row, error);
  return FALSE;
}

/* The plan's reminders are brought up to date afterwards: the next of a series is made, and what
 * was moved but is no longer right ends; then it has not moved. */
static gboolean
move_in_transaction (FikaStore *store, int64_t id, const FikaReminderEvent *event, GError **error)
{
  g_auto (FikaReminderRow) row = { 0 };
  FikaReminderStanding standing;
  FikaReminderEffect effect;
  gboolean is = FALSE;

  return read_one (store, id, &row, error)
         && move_row (store, &row, event, &standing, &effect, error)
         && derive_same (store, &row, error) && is_in_state (store, id, standing.state, &is, error)
         && is;
}

/* What the person did, anywhere: those who show it look again, and so does who tells it. */
static void
tell_of_move (FikaStore *store)
{
  g_autoptr (FikaChangeSet) nothing = fika_change_set_new ();

  g_signal_emit_by_name (store, "changed", nothing);
  g_signal_emit_by_name (store, "committed");
}

static gboolean
move (FikaStore *store, int64_t id, const FikaReminderEvent *event, GError **error)
{
  FikaDb *db = fika_store_get_db (store);
  GError *local_error = NULL;
  gboolean moved;

  if (!fika_db_begin (db, error))
    return FALSE;
  moved = event->type == FIKA_REMINDER_CLAIM ? claim_in_transaction (store, id, event, &local_error)
                                             : move_in_transaction (store, id, event, &local_error);
  /* So that a clock that is set back is seen, also by who starts after it was. */
  if (moved && event->type == FIKA_REMINDER_CLAIM)
    fika_cache_set_at (store, event->now, FALSE, &local_error);
  /* What has no use for being told again keeps its place among those that were. */
  if (local_error != NULL || (!moved && event->type == FIKA_REMINDER_SNOOZED))
    {
      fika_db_rollback (db);
      fika_propagate (error, local_error);
      return FALSE;
    }
  return fika_db_commit (db, error) && moved;
}

/**
 * fika_reminders_claim:
 * @store: a store
 * @id: a reminder's id
 * @now: UTC seconds
 * @token: a random text that its notification's buttons will carry
 * @error: return location for an error
 *
 * Takes a reminder to post it: nobody else can for a minute. It must be due, and its plan must
 * still be planned, at the same time. One that was tried too often is set aside instead.
 *
 * Returns: whether it was taken; %FALSE without an error where it must not be posted
 */
gboolean
fika_reminders_claim (FikaStore *store, int64_t id, int64_t now, const char *token, GError **error)
{
  FikaReminderEvent claim = { .type = FIKA_REMINDER_CLAIM, .now = now, .token = token };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL, FALSE);

  claim.paused_until = read_instant (store, PAUSE);
  return move (store, id, &claim, error);
}

/**
 * fika_reminders_set_shown:
 * @store: a store
 * @id: the id of a claimed reminder, or of one that is shown again
 * @server: the unique bus name of the notification server
 * @notification: the notification's id there; 0 = it is in a summary
 * @now: UTC seconds
 * @error: return location for an error
 *
 * The reminder is on the screen. The next one of its series is made.
 *
 * Returns: whether it was noted; %FALSE without an error where it was not claimed, or its plan has
 *   changed meanwhile: then take the notification back
 */
gboolean
fika_reminders_set_shown (FikaStore *store,
                          int64_t id,
                          const char *server,
                          guint notification,
                          int64_t now,
                          GError **error)
{
  const FikaReminderEvent told = {
    .type = FIKA_REMINDER_TOLD,
    .now = now,
    .server = server,
    .notification = notification,
  };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  return move (store, id, &told, error);
}

/**
 * fika_reminders_fail:
 * @store: a store
 * @id: the id of a claimed reminder
 * @no_server: whether there was nothing that could have shown it
 * @error: return location for an error
 *
 * It could not be posted. Where that has nothing to do with it, it waits again; else it is tried
 * again when its claim has run out.
 *
 * Returns: whether it waits again; %FALSE without an error where it does not
 */
gboolean
fika_reminders_fail (FikaStore *store, int64_t id, gboolean no_server, GError **error)
{
  const FikaReminderEvent failed = { .type = FIKA_REMINDER_FAILED, .no_server = no_server };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return move (store, id, &failed, error);
}

/**
 * fika_reminders_finish:
 * @store: a store
 * @id: a reminder's id
 * @state: %FIKA_REMINDER_DONE: the person did what it was for; %FIKA_REMINDER_DISMISSED: they put
 * it away; %FIKA_REMINDER_MISSED: it was told late, in a summary, or cannot be told
 * @error: return location for an error
 *
 * Nothing more will be told of it. The next one of its series is made.
 *
 * Returns: whether it was noted; %FALSE without an error where it was over already
 */
gboolean
fika_reminders_finish (FikaStore *store, int64_t id, FikaReminderState state, GError **error)
{
  FikaReminderEvent end = { .type = FIKA_REMINDER_ANSWERED };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (state == FIKA_REMINDER_DONE || state == FIKA_REMINDER_DISMISSED
                            || state == FIKA_REMINDER_MISSED,
                        FALSE);

  if (state == FIKA_REMINDER_DISMISSED)
    end.type = FIKA_REMINDER_PUT_AWAY;
  else if (state == FIKA_REMINDER_MISSED)
    end.type = FIKA_REMINDER_LISTED;
  end.now = fika_store_now (store);
  return move (store, id, &end, error);
}

/**
 * fika_reminders_snooze:
 * @store: a store
 * @id: the id of a reminder that was told
 * @until: UTC seconds
 * @error: return location for an error
 *
 * Tells it once more at @until; the plan and its other reminders stay as they are.
 *
 * Returns: whether it was noted; %FALSE without an error where it was never told, or where what it
 * is of is over
 */
gboolean
fika_reminders_snooze (FikaStore *store, int64_t id, int64_t until, GError **error)
{
  FikaReminderEvent snooze = { .type = FIKA_REMINDER_SNOOZED, .due = until };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  snooze.now = fika_store_now (store);
  if (!move (store, id, &snooze, error))
    return FALSE;
  tell_of_move (store);
  return TRUE;
}

/**
 * fika_reminders_unsnooze:
 * @store: a store
 * @id: the id of a reminder that is snoozed
 * @state: what its state was before
 * @due: when it was due before, in UTC seconds
 * @error: return location for an error
 *
 * Takes a snooze back. What had been on the screen is over, since it has left it.
 *
 * Returns: whether it was noted; %FALSE without an error where it is not snoozed any more
 */
gboolean
fika_reminders_unsnooze (FikaStore *store,
                         int64_t id,
                         FikaReminderState state,
                         int64_t due,
                         GError **error)
{
  const FikaReminderEvent unsnooze
      = { .type = FIKA_REMINDER_UNSNOOZED, .state = state, .due = due };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  if (!move (store, id, &unsnooze, error))
    return FALSE;
  tell_of_move (store);
  return TRUE;
}

gboolean
fika_reminders_are_passed_by (FikaStore *store, int64_t now)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[PASSED_BY], NULL);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, now);
  return fika_stmt_step (stmt, NULL);
}

/* What was due in a pause counts as missed, and is in no summary. Of a series the next is made,
 * which may have passed by as well. */
gboolean
fika_reminders_pass_by (FikaStore *store, int64_t now, GError **error)
{
  g_autoptr (GArray) ids = fika_table_ids (store, sql[PASSED_BY], now, error);
  const FikaReminderEvent pass = {
    .type = FIKA_REMINDER_PASSED_BY,
    .now = now,
    .paused_until = read_instant (store, PAUSE),
  };

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (FikaReminderRow) row = { 0 };
      FikaReminderStanding standing;
      FikaReminderEffect effect;
      GError *local_error = NULL;

      if (!read_one (store, g_array_index (ids, int64_t, i), &row, &local_error)
          || !move_row (store, &row, &pass, &standing, &effect, &local_error))
        {
          if (!fika_propagate (error, local_error))
            return FALSE;
          continue;
        }
      if (!derive_same (store, &row, error))
        return FALSE;
    }
  return TRUE;
}
