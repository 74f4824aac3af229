#include "config.h"

#include "store/fika-reminder-move-private.h"

/*
 * Where each reminder's row is moved on. By which rules is fika_reminder_step ()'s; here they are
 * only read and written.
 */

enum
{
  WRITE,
  REMOVE,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [WRITE] = "UPDATE reminder SET (state, start, due, lease, shown_at, attempts, snoozed,"
            " notification, server, token) = (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,"
            " coalesce (?10, server), coalesce (?11, token)) WHERE id = ?1",
  [REMOVE] = "DELETE FROM reminder WHERE id = ?1",
};

const FikaStatements fika_reminder_move_statements = { "reminder move", sql, N_SQL };

void
fika_reminder_read_standing (FikaStmt *stmt, int column, FikaReminderStanding *standing)
{
  *standing = (FikaReminderStanding){
    .start = fika_stmt_int (stmt, column + 1),
    .due = fika_stmt_int (stmt, column + 2),
    .lease = fika_stmt_int (stmt, column + 3),
    .shown_at = fika_stmt_int (stmt, column + 4),
    .attempts = (int) fika_stmt_int (stmt, column + 5),
    .snoozed = (int) fika_stmt_int (stmt, column + 6),
    .notification = (guint) fika_stmt_int (stmt, column + 7),
  };
  fika_reminder_state_parse (fika_column_string (stmt, column), &standing->state);
}

static void
bind_text_or_null (FikaStmt *stmt, int parameter, const char *text)
{
  if (text != NULL)
    fika_stmt_bind_text (stmt, parameter, text);
  else
    fika_stmt_bind_null (stmt, parameter);
}

static gboolean
write_row (FikaStore *store, int64_t id, const FikaReminderStanding *standing, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[WRITE], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_text (stmt, 2, fika_reminder_state_to_key (standing->state));
  fika_stmt_bind_int (stmt, 3, standing->start);
  fika_stmt_bind_int (stmt, 4, standing->due);
  fika_stmt_bind_int (stmt, 5, standing->lease);
  fika_stmt_bind_int (stmt, 6, standing->shown_at);
  fika_stmt_bind_int (stmt, 7, standing->attempts);
  fika_stmt_bind_int (stmt, 8, standing->snoozed);
  fika_stmt_bind_int (stmt, 9, standing->notification);
  bind_text_or_null (stmt, 10, standing->server);
  bind_text_or_null (stmt, 11, standing->token);
  return fika_stmt_run (stmt, error);
}

gboolean
fika_reminder_move (FikaStore *store,
                    int64_t id,
                    FikaReminderStanding *standing,
                    const FikaReminderEvent *event,
                    FikaReminderEffect *effect,
                    GError **error)
{
  FikaReminderStanding next;

  *effect = fika_reminder_step (standing, event, &next);
  if (!fika_reminder_effect_moves (*effect))
    return TRUE;
  *standing = next;
  return write_row (store, id, &next, error);
}

gboolean
fika_reminder_remove (FikaStore *store, int64_t id, GError **error)
{
  return fika_table_run (store, sql[REMOVE], id, error);
}
