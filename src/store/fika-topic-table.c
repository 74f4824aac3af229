#include "config.h"

#include "store/fika-topic-table.h"

#include "store/fika-tables-private.h"

#include <glib/gi18n-lib.h>

enum
{
  SELECT_ALL,
  SELECT_OPEN,
  INSERT_TOPIC,
  UPDATE_TOPIC,
  DELETE_TOPIC,
  INSERT_PROMISE,
  UPDATE_PROMISE,
  DELETE_PROMISE,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [SELECT_ALL]
  = "SELECT * FROM (SELECT id, uid, person, 0 AS promise, 0 AS theirs, text, day,"
    " raised AS closed, created FROM topic WHERE person = ?1"
    " UNION ALL SELECT id, uid, person, 1, theirs, text, due, done, created FROM promise"
    " WHERE person = ?1)"
    " ORDER BY closed IS NOT NULL, day = '', day, promise, id",
  [SELECT_OPEN]
  = "SELECT * FROM (SELECT id, uid, person, 0 AS promise, 0 AS theirs, text, day,"
    " raised, created FROM topic WHERE person = ?1 AND raised IS NULL"
    " UNION ALL SELECT id, uid, person, 1, theirs, text, due, done, created FROM promise"
    " WHERE person = ?1 AND done IS NULL)"
    " ORDER BY day = '', day, promise, id",
  [INSERT_TOPIC] = "INSERT INTO topic (uid, person, text, day, raised, created)"
                   " VALUES (?2, ?3, ?4, ?5, ?6, ?1)",
  [UPDATE_TOPIC] = "UPDATE topic SET (uid, person, text, day, raised)"
                   " = (coalesce (nullif (?2, ''), uid), ?3, ?4, ?5, ?6) WHERE id = ?1",
  [DELETE_TOPIC] = "DELETE FROM topic WHERE id = ?1",
  [INSERT_PROMISE] = "INSERT INTO promise (uid, person, text, due, done, theirs, created)"
                     " VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?1)",
  [UPDATE_PROMISE] = "UPDATE promise SET (uid, person, text, due, done, theirs)"
                     " = (coalesce (nullif (?2, ''), uid), ?3, ?4, ?5, ?6, ?7) WHERE id = ?1",
  [DELETE_PROMISE] = "DELETE FROM promise WHERE id = ?1",
};

const FikaStatements fika_topic_table_statements = { "topic", sql, N_SQL };

/* All writes bind alike; ?1 is the id or, for a new row, the time. */
static void
bind (FikaStmt *stmt, const FikaTopic *topic, const char *uid, int64_t first)
{
  fika_stmt_bind_int (stmt, 1, first);
  fika_stmt_bind_text (stmt, 2, uid);
  fika_stmt_bind_int (stmt, 3, topic->person);
  fika_stmt_bind_text (stmt, 4, topic->text);
  fika_column_bind_day (stmt, 5, topic->day);
  fika_column_bind_utc (stmt, 6, topic->closed);
  if (topic->promise)
    fika_stmt_bind_int (stmt, 7, topic->theirs);
}

static FikaTopic *
read_row (FikaStmt *stmt)
{
  FikaTopic *topic = g_new0 (FikaTopic, 1);

  topic->id = fika_stmt_int (stmt, 0);
  topic->uid = fika_stmt_dup_text (stmt, 1);
  topic->person = fika_stmt_int (stmt, 2);
  topic->promise = fika_stmt_int (stmt, 3) != 0;
  topic->theirs = fika_stmt_int (stmt, 4) != 0;
  topic->text = fika_stmt_dup_text (stmt, 5);
  topic->day = fika_column_day (stmt, 6);
  topic->closed = fika_column_utc (stmt, 7);
  topic->created = fika_stmt_int (stmt, 8);
  return topic;
}

/**
 * fika_topic_free:
 * @self: (nullable): a topic
 */
void
fika_topic_free (FikaTopic *self)
{
  if (self == NULL)
    return;
  g_free (self->uid);
  g_free (self->text);
  g_free (self);
}

/**
 * fika_topic_table_insert:
 * @store: a store in a transaction
 * @topic: what to write; its id does not count; a uid is made up where it has none
 * @error: return location for an error
 *
 * Returns: the new row's id, or 0
 */
int64_t
fika_topic_table_insert (FikaStore *store, const FikaTopic *topic, GError **error)
{
  g_autofree char *uid = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), 0);
  g_return_val_if_fail (topic != NULL, 0);

  stmt = fika_db_use (fika_store_get_db (store),
                      sql[topic->promise ? INSERT_PROMISE : INSERT_TOPIC], error);
  if (stmt == NULL)
    return 0;
  uid = fika_uid_or_new (topic->uid);
  bind (stmt, topic, uid, topic->created != 0 ? topic->created : fika_store_now (store));
  return fika_stmt_run (stmt, error) ? fika_db_last_id (fika_store_get_db (store)) : 0;
}

/**
 * fika_topic_table_update:
 * @store: a store in a transaction
 * @topic: what the row with its id is to be
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_topic_table_update (FikaStore *store, const FikaTopic *topic, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  stmt = fika_db_use (fika_store_get_db (store),
                      sql[topic->promise ? UPDATE_PROMISE : UPDATE_TOPIC], error);
  if (stmt == NULL)
    return FALSE;
  bind (stmt, topic, topic->uid, topic->id);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  return fika_db_n_changed (fika_store_get_db (store)) > 0
         || fika_set_not_found (error, _ ("This topic is no longer there."));
}

/**
 * fika_topic_table_delete:
 * @store: a store in a transaction
 * @topic: which
 * @error: return location for an error
 *
 * Returns: whether it was deleted; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_topic_table_delete (FikaStore *store, const FikaTopic *topic, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  return fika_table_delete (store, sql[topic->promise ? DELETE_PROMISE : DELETE_TOPIC], topic->id,
                            _ ("This topic is no longer there."), error);
}

/**
 * fika_store_topics:
 * @self: a store
 * @person: a live person
 * @open_only: whether to leave out what was raised or kept already
 *
 * Returns: (transfer full) (element-type FikaTopic): topics and promises; open ones first, those
 * with a day before those without
 */
GPtrArray *
fika_store_topics (FikaStore *self, FikaPerson *person, gboolean open_only)
{
  g_autoptr (GPtrArray) topics = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  topics = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_topic_free);
  stmt = fika_db_use (fika_store_get_db (self), sql[open_only ? SELECT_OPEN : SELECT_ALL], NULL);
  if (stmt == NULL)
    return g_steal_pointer (&topics);
  fika_stmt_bind_int (stmt, 1, fika_person_get_id (person));
  while (fika_stmt_step (stmt, NULL))
    g_ptr_array_add (topics, read_row (stmt));
  return g_steal_pointer (&topics);
}
