#include "config.h"

#include "store/fika-reminder.h"

#include "base/fika-zone.h"
#include "store/fika-reminder-derive-private.h"
#include "store/fika-reminder-row-private.h"

#include <glib/gi18n-lib.h>

enum {
  NEXT_PENDING,
  NEXT_LEASE,
  DUE,
  UPCOMING,
  LIVE,
  HISTORY,
  MISSED,
  GET,
  CLAIM,
  SET_SHOWN,
  RELEASE,
  FINISH,
  SNOOZE,
  PASSED_BY,
  PASS_BY,
  DROP,
  N_SQL,
};

#define COLUMNS                                                                                    \
  "id, series, catchup, original, lead, start, due, state, server, notification, token, attempts," \
  " shown_at, kind, source, person, grp"

/* What is due before is passed by. */
#define PAUSED_UNTIL "(SELECT paused_until FROM cache_state WHERE id = 1)"

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
  [GET] = "SELECT " COLUMNS " FROM reminder WHERE id = ?1",
  [CLAIM] = "UPDATE reminder SET (state, token, lease, attempts)"
            " = ('posting', ?3, ?2 + ?4, attempts + 1)"
            " WHERE id = ?1 AND due <= ?2"
            " AND (state = 'pending' OR (state = 'posting' AND lease <= ?2))",
  [SET_SHOWN] = "UPDATE reminder SET (state, server, notification, shown_at, lease)"
                " = ('shown', ?3, ?4, ?2, 0) WHERE id = ?1 AND state IN ('posting', 'shown')",
  /* Nobody tried: it does not count as an attempt. */
  [RELEASE] = "UPDATE reminder SET (state, lease, attempts) = ('pending', 0, max (attempts - 1, 0))"
              " WHERE id = ?1 AND state = 'posting'",
  /* What was never on the screen was told as missed now. */
  [FINISH] = "UPDATE reminder SET (state, lease, shown_at)"
             " = (?3, 0, CASE WHEN shown_at = 0 THEN ?2 ELSE shown_at END) WHERE id = ?1"
             " AND state IN ('pending', 'posting', 'shown', 'missed', 'dismissed')"
             " AND state <> ?3",
  [SNOOZE] = "UPDATE reminder SET (state, due, snoozed, lease, attempts)"
             " = ('pending', ?2, snoozed + 1, 0, 0) WHERE id = ?1"
             " AND state IN ('posting', 'shown', 'dismissed', 'missed')",
  [PASSED_BY] = "SELECT id FROM reminder WHERE state IN ('pending', 'posting')"
                " AND due <= ?1 AND due < " PAUSED_UNTIL " AND state = 'pending'",
  [PASS_BY] = "UPDATE reminder SET (state, shown_at) = ('missed', due) WHERE id = ?1",
  [DROP] = "DELETE FROM reminder WHERE id = ?1",
};

const FikaStatements fika_reminder_statements = { "reminder", sql, N_SQL };

/* How long a claim is believed: longer than a hung notification server takes to fail. */
#define LEASE_SECONDS 60

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
 * Those whose time came while nothing could tell them, and that were told in a summary after @since.
 *
 * Returns: (transfer full) (element-type FikaReminder) (nullable): newest first; %NULL with an error
 */
GPtrArray *
fika_reminders_missed (FikaStore *store, int64_t since, guint limit, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return read_limited (store, MISSED, since, limit, error);
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
        fika_set_not_found (error, _("This reminder is no longer there."));
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

/* Whether the row is there, in one of two states. */
static gboolean
is_in_state (FikaStore *store,
             int64_t id,
             FikaReminderState state,
             FikaReminderState other,
             gboolean *is,
             GError **error)
{
  g_auto (FikaReminderRow) row = { 0 };
  GError *local_error = NULL;

  *is = read_one (store, id, &row, &local_error)
        && (row.reminder->state == state || row.reminder->state == other);
  return fika_propagate (error, local_error);
}

typedef struct {
  int64_t now;
  const char *text; /* a token, a server's name or a state */
  guint notification;
} Move;

typedef void (*BindFunc) (FikaStmt *stmt, const Move *data);

/* Moves the row itself; FALSE where it was not in a state to start from, or with an error. */
static gboolean
move_row (FikaStore *store, int64_t id, int statement, BindFunc bind, const Move *data, GError **error)
{
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[statement], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  bind (stmt, data);
  return fika_stmt_run (stmt, error) && fika_db_n_changed (db) > 0;
}

/* On a day with nothing on it there is no digest: its row goes, and the next one's is made. */
static gboolean
drop_empty_digest (FikaStore *store, const FikaReminderRow *row, gboolean *dropped, GError **error)
{
  g_autofree char *body = NULL;

  *dropped = FALSE;
  if (row->reminder->kind != FIKA_REMINDER_DIGEST)
    return TRUE;
  body = fika_reminder_body (row->reminder, store);
  if (*body != '\0')
    return TRUE;
  *dropped = TRUE;
  return fika_table_run (store, sql[DROP], row->reminder->id, error);
}

/*
 * One move within a transaction. Before a claim the plan's reminders are brought up to date, so that
 * only what is still right is claimed. After every other move they are too: the next of a series is
 * made, and what was moved but is no longer right ends; then it has not moved to `state`.
 */
static gboolean
move_in_transaction (FikaStore *store,
                     int64_t id,
                     int statement,
                     BindFunc bind,
                     const Move *data,
                     FikaReminderState state,
                     GError **error)
{
  g_auto (FikaReminderRow) row = { 0 };
  gboolean is = FALSE;
  gboolean dropped;

  if (!read_one (store, id, &row, error))
    return FALSE;
  if (statement == CLAIM && !drop_empty_digest (store, &row, &dropped, error))
    return FALSE;
  if (statement == CLAIM)
    return derive_same (store, &row, error)
           && is_in_state (
               store, id, FIKA_REMINDER_PENDING, FIKA_REMINDER_POSTING, &is, error)
           && is && move_row (store, id, statement, bind, data, error);

  return move_row (store, id, statement, bind, data, error) && derive_same (store, &row, error)
         && is_in_state (store, id, state, state, &is, error) && is;
}

static gboolean
move (FikaStore *store,
      int64_t id,
      int statement,
      BindFunc bind,
      const Move *data,
      FikaReminderState state,
      GError **error)
{
  FikaDb *db = fika_store_get_db (store);
  GError *local_error = NULL;
  gboolean moved;

  if (!fika_db_begin (db, error))
    return FALSE;
  moved = move_in_transaction (store, id, statement, bind, data, state, &local_error);
  if (local_error != NULL)
    {
      fika_db_rollback (db);
      return fika_propagate (error, local_error);
    }
  return fika_db_commit (db, error) && moved;
}

static void
bind_claim (FikaStmt *stmt, const Move *claim)
{
  fika_stmt_bind_int (stmt, 2, claim->now);
  fika_stmt_bind_text (stmt, 3, claim->text);
  fika_stmt_bind_int (stmt, 4, LEASE_SECONDS);
}

/**
 * fika_reminders_claim:
 * @store: a store
 * @id: a reminder's id
 * @now: UTC seconds
 * @token: a random text that its notification's buttons will carry
 * @error: return location for an error
 *
 * Takes a reminder to post it: nobody else can for a minute. It must be due, and its plan must still
 * be planned, at the same time.
 *
 * Returns: whether it was taken; %FALSE without an error where it must not be posted
 */
gboolean
fika_reminders_claim (FikaStore *store, int64_t id, int64_t now, const char *token, GError **error)
{
  const Move claim = { .now = now, .text = token };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (token != NULL, FALSE);

  return move (store, id, CLAIM, bind_claim, &claim, FIKA_REMINDER_POSTING, error);
}

static void
bind_shown (FikaStmt *stmt, const Move *shown)
{
  fika_stmt_bind_int (stmt, 2, shown->now);
  fika_stmt_bind_text (stmt, 3, shown->text);
  fika_stmt_bind_int (stmt, 4, shown->notification);
}

/**
 * fika_reminders_set_shown:
 * @store: a store
 * @id: the id of a claimed reminder, or of one that is shown again
 * @server: the unique bus name of the notification server
 * @notification: the notification's id there
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
  const Move shown = { .now = now, .text = server, .notification = notification };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  return move (store, id, SET_SHOWN, bind_shown, &shown, FIKA_REMINDER_SHOWN, error);
}

static void
bind_nothing (FikaStmt *stmt, const Move *data)
{
}

/**
 * fika_reminders_release:
 * @store: a store
 * @id: the id of a claimed reminder
 * @error: return location for an error
 *
 * It could not be posted, for a reason that is not its own: it waits again.
 *
 * Returns: whether it was noted; %FALSE without an error where it was not claimed
 */
gboolean
fika_reminders_release (FikaStore *store, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return move (store, id, RELEASE, bind_nothing, NULL, FIKA_REMINDER_PENDING, error);
}

static void
bind_finish (FikaStmt *stmt, const Move *finish)
{
  fika_stmt_bind_int (stmt, 2, finish->now);
  fika_stmt_bind_text (stmt, 3, finish->text);
}

/**
 * fika_reminders_finish:
 * @store: a store
 * @id: a reminder's id
 * @state: %FIKA_REMINDER_DONE, %FIKA_REMINDER_DISMISSED or %FIKA_REMINDER_MISSED
 * @error: return location for an error
 *
 * Nothing more will be told of it. The next one of its series is made.
 *
 * Returns: whether it was noted; %FALSE without an error where it was over already
 */
gboolean
fika_reminders_finish (FikaStore *store, int64_t id, FikaReminderState state, GError **error)
{
  Move finish = { 0 };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (state == FIKA_REMINDER_DONE || state == FIKA_REMINDER_DISMISSED
                            || state == FIKA_REMINDER_MISSED,
                        FALSE);

  finish.now = fika_store_now (store);
  finish.text = fika_reminder_state_to_key (state);
  return move (store, id, FINISH, bind_finish, &finish, state, error);
}

static void
bind_snooze (FikaStmt *stmt, const Move *snooze)
{
  fika_stmt_bind_int (stmt, 2, snooze->now);
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
 * Returns: whether it was noted; %FALSE without an error where it is over
 */
gboolean
fika_reminders_snooze (FikaStore *store, int64_t id, int64_t until, GError **error)
{
  const Move snooze = { .now = until };

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return move (store, id, SNOOZE, bind_snooze, &snooze, FIKA_REMINDER_PENDING, error);
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

/* What was due in a pause counts as missed, and is in no summary. Of a series the next is made, which
 * may have passed by as well. */
gboolean
fika_reminders_pass_by (FikaStore *store, int64_t now, GError **error)
{
  g_autoptr (GArray) ids = fika_table_ids (store, sql[PASSED_BY], now, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_auto (FikaReminderRow) row = { 0 };
      GError *local_error = NULL;

      if (!read_one (store, g_array_index (ids, int64_t, i), &row, &local_error))
        {
          if (!fika_propagate (error, local_error))
            return FALSE;
          continue;
        }
      if (!fika_table_run (store, sql[PASS_BY], row.reminder->id, error)
          || !derive_same (store, &row, error))
        return FALSE;
    }
  return TRUE;
}
