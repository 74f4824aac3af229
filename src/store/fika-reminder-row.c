#include "config.h"

#include "store/fika-reminder-row-private.h"

#include "store/fika-tables-private.h"

/*
 * What a reminder is, and what it is of.
 */

enum
{
  OCCASION,
  TOPIC,
  PROMISE,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [OCCASION] = "SELECT kind, label, year, month, day FROM occasion WHERE id = ?1",
  [TOPIC] = "SELECT uid, person, 0, text, day, raised, created FROM topic WHERE id = ?1",
  [PROMISE] = "SELECT uid, person, theirs, text, due, done, created FROM promise WHERE id = ?1",
};

const FikaStatements fika_reminder_row_statements = { "reminder row", sql, N_SQL };

static const char *const states[] = {
  [FIKA_REMINDER_PENDING] = "pending",     [FIKA_REMINDER_POSTING] = "posting",
  [FIKA_REMINDER_SHOWN] = "shown",         [FIKA_REMINDER_DONE] = "done",
  [FIKA_REMINDER_DISMISSED] = "dismissed", [FIKA_REMINDER_MISSED] = "missed",
};

static const char *const kinds[FIKA_N_REMINDER_KINDS] = {
  [FIKA_REMINDER_PLAN] = "plan",         [FIKA_REMINDER_ASKED] = "asked",
  [FIKA_REMINDER_OCCASION] = "occasion", [FIKA_REMINDER_TOPIC] = "topic",
  [FIKA_REMINDER_PROMISE] = "promise",   [FIKA_REMINDER_STEP] = "step",
  [FIKA_REMINDER_DIGEST] = "digest",
};

void
fika_reminder_row_clear (FikaReminderRow *self)
{
  g_clear_pointer (&self->reminder, fika_reminder_free);
}

/* The plan as it is now; none where it is gone. */
static FikaOccurrence *
find_occurrence (FikaStore *store, const FikaReminderRow *row)
{
  g_autoptr (FikaSeries) series = NULL;

  if (row->series != 0)
    series = fika_store_get_series (store, row->series, NULL);
  if (row->catchup != 0)
    {
      g_autoptr (FikaCatchup) catchup = fika_store_get_catchup (store, row->catchup, NULL);

      return catchup != NULL ? fika_occurrence_new_for_catchup (catchup, series) : NULL;
    }
  if (series == NULL || row->original == FIKA_CIVIL_NONE)
    return NULL;
  return fika_occurrence_new_for_series (series, row->original);
}

static FikaOccasion *
find_occasion (FikaStore *store, int64_t id)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[OCCASION], NULL);
  FikaOccasionKind kind = FIKA_OCCASION_OTHER;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, NULL))
    return NULL;
  fika_occasion_kind_parse (fika_column_string (stmt, 0), &kind);
  return fika_occasion_new (kind, fika_column_string (stmt, 1), (int) fika_stmt_int (stmt, 2),
                            (int) fika_stmt_int (stmt, 3), (int) fika_stmt_int (stmt, 4));
}

static FikaTopic *
find_topic (FikaStore *store, int statement, int64_t id)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], NULL);
  FikaTopic *topic;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, NULL))
    return NULL;
  topic = g_new0 (FikaTopic, 1);
  topic->id = id;
  topic->promise = statement == PROMISE;
  topic->uid = fika_stmt_dup_text (stmt, 0);
  topic->person = fika_stmt_int (stmt, 1);
  topic->theirs = fika_stmt_int (stmt, 2) != 0;
  topic->text = fika_stmt_dup_text (stmt, 3);
  topic->day = fika_column_day (stmt, 4);
  topic->closed = fika_column_utc (stmt, 5);
  topic->created = fika_stmt_int (stmt, 6);
  return topic;
}

void
fika_reminder_row_find (FikaStore *store, FikaReminderRow *row)
{
  FikaReminder *reminder = row->reminder;

  if (row->person != 0)
    reminder->person = fika_store_get_person (store, row->person, NULL);
  switch (reminder->kind)
    {
    case FIKA_REMINDER_PLAN:
    case FIKA_REMINDER_ASKED:
      reminder->occurrence = find_occurrence (store, row);
      break;
    case FIKA_REMINDER_OCCASION:
      reminder->occasion = find_occasion (store, row->source);
      break;
    case FIKA_REMINDER_TOPIC:
      reminder->topic = find_topic (store, TOPIC, row->source);
      break;
    case FIKA_REMINDER_PROMISE:
      reminder->topic = find_topic (store, PROMISE, row->source);
      break;
    case FIKA_REMINDER_STEP:
      reminder->group = fika_store_get_group (store, row->grp, NULL);
      break;
    case FIKA_REMINDER_DIGEST:
    default:
      break;
    }
}

/**
 * fika_reminder_state_to_key:
 * @state: a state
 *
 * Returns: its name in the database and in answers that programs read
 */
const char *
fika_reminder_state_to_key (FikaReminderState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return states[state];
}

/**
 * fika_reminder_state_parse:
 * @key: a key, or anything else
 * @state: (out): the state; left alone where @key is none
 *
 * Returns: whether @key is one
 */
gboolean
fika_reminder_state_parse (const char *key, FikaReminderState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    if (strcmp (states[i], key) == 0)
      {
        *state = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * fika_reminder_kind_to_key:
 * @kind: a kind
 *
 * Returns: its name in the database and in answers that programs read
 */
const char *
fika_reminder_kind_to_key (FikaReminderKind kind)
{
  g_return_val_if_fail ((guint) kind < FIKA_N_REMINDER_KINDS, NULL);

  return kinds[kind];
}

/**
 * fika_reminder_kind_parse:
 * @key: a key, or anything else
 * @kind: (out): the kind
 *
 * Returns: whether @key is one
 */
gboolean
fika_reminder_kind_parse (const char *key, FikaReminderKind *kind)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (kind != NULL, FALSE);

  for (guint i = 0; i < FIKA_N_REMINDER_KINDS; i++)
    if (strcmp (kinds[i], key) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * fika_reminder_get_standing:
 * @self: a reminder
 * @standing: (out caller-allocates): where it stands; its texts belong to @self
 */
void
fika_reminder_get_standing (FikaReminder *self, FikaReminderStanding *standing)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (standing != NULL);

  *standing = (FikaReminderStanding){
    .state = self->state,
    .start = self->start,
    .due = self->due,
    .lease = self->lease,
    .shown_at = self->shown_at,
    .attempts = self->attempts,
    .snoozed = self->snoozed,
    .notification = self->notification,
    .server = self->server,
    .token = self->token,
  };
}

/**
 * fika_reminder_is_gone:
 * @self: a reminder
 *
 * Returns: whether what it is of is no longer there
 */
gboolean
fika_reminder_is_gone (FikaReminder *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  switch (self->kind)
    {
    case FIKA_REMINDER_OCCASION:
      return self->person == NULL || self->occasion == NULL;
    case FIKA_REMINDER_TOPIC:
    case FIKA_REMINDER_PROMISE:
      return self->person == NULL || self->topic == NULL;
    case FIKA_REMINDER_STEP:
      return self->group == NULL;
    case FIKA_REMINDER_DIGEST:
      return FALSE;
    case FIKA_REMINDER_PLAN:
    case FIKA_REMINDER_ASKED:
    default:
      return self->occurrence == NULL;
    }
}

/**
 * fika_reminder_is_private:
 * @self: a reminder
 *
 * Returns: whether it is of a group whose name is nobody else's business
 */
gboolean
fika_reminder_is_private (FikaReminder *self)
{
  FikaGroup *group;

  g_return_val_if_fail (self != NULL, FALSE);

  group = self->group;
  if (self->occurrence != NULL)
    group = fika_plan_get_group (fika_occurrence_get_plan (self->occurrence));
  return group != NULL && fika_group_get_private_group (group);
}

/**
 * fika_reminder_dup_key:
 * @self: a reminder
 *
 * What to open for it: the key of an occurrence, or "person:" or "group:" and a uid.
 *
 * Returns: (transfer full) (nullable): the key; %NULL where Fika itself is what to open
 */
char *
fika_reminder_dup_key (FikaReminder *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->occurrence != NULL)
    return fika_occurrence_dup_key (self->occurrence);
  if (self->person != NULL)
    return g_strconcat ("person:", fika_person_get_uid (self->person), NULL);
  if (self->group != NULL)
    return g_strconcat ("group:", fika_group_get_uid (self->group), NULL);
  return NULL;
}

/**
 * fika_reminder_free:
 * @self: (nullable): a reminder
 */
void
fika_reminder_free (FikaReminder *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->occurrence);
  g_clear_object (&self->person);
  g_clear_object (&self->group);
  g_clear_pointer (&self->occasion, fika_occasion_free);
  g_clear_pointer (&self->topic, fika_topic_free);
  g_free (self->server);
  g_free (self->token);
  g_free (self);
}
