#include "config.h"

#include "store/fika-reminder-derive-private.h"

#include "base/fika-zone.h"
#include "store/fika-reminder-move-private.h"

/*
 * Which reminders there are of what belongs to a day: birthdays and other dates of people (on the
 * day, and as early as their circle has it), open topics and promises, next steps of groups, the
 * digest. As with a series, of what comes again only the next that was not told has rows.
 */

enum
{
  OCCASIONS,
  TOPICS,
  PROMISES,
  STEP,
  ROWS_OF_PERSON,
  ROWS_OF_GROUP,
  ROWS_OF_DIGEST,
  INSERT,
  N_SQL,
};

#define ROW_COLUMNS "id, kind, source, original, lead, " FIKA_REMINDER_STANDING

static const char *const sql[N_SQL] = {
  [OCCASIONS] = "SELECT o.id, o.year, o.month, o.day, c.key FROM person p"
                " JOIN occasion o ON o.person = p.id JOIN circle c ON c.id = p.circle"
                " WHERE p.id = ?1 AND NOT p.archived AND NOT p.deceased",
  [TOPICS] = "SELECT t.id, t.day FROM person p JOIN topic t ON t.person = p.id"
             " WHERE p.id = ?1 AND NOT p.archived AND NOT p.deceased"
             " AND t.raised IS NULL AND t.day <> ''",
  [PROMISES] = "SELECT t.id, t.due FROM person p JOIN promise t ON t.person = p.id"
               " WHERE p.id = ?1 AND NOT p.archived AND NOT p.deceased"
               " AND t.done IS NULL AND t.due <> ''",
  [STEP] = "SELECT id, next_step_day FROM grp WHERE id = ?1 AND NOT archived AND next_step <> ''"
           " AND next_step_day <> '' AND stage <> 'left'",
  [ROWS_OF_PERSON] = "SELECT " ROW_COLUMNS " FROM reminder WHERE person = ?1",
  [ROWS_OF_GROUP] = "SELECT " ROW_COLUMNS " FROM reminder WHERE grp = ?1",
  [ROWS_OF_DIGEST] = "SELECT " ROW_COLUMNS " FROM reminder WHERE source IS NOT NULL"
                     " AND kind = 'digest' AND source = ?1",
  [INSERT] = "INSERT INTO reminder (kind, source, person, grp, original, lead, start, due)"
             " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
};

const FikaStatements fika_reminder_days_statements = { "reminder days", sql, N_SQL };

typedef struct
{
  int64_t id;
  FikaReminderKind kind;
  int64_t source;
  FikaDay day;
  int days; /* before it */
  FikaReminderStanding standing;
  gboolean keep; /* wanted as things are */
} Row;

/* What is worked on: the rows of one owner. */
typedef struct
{
  FikaStore *store;
  FikaDuePolicy policy;
  int64_t person; /* or 0 */
  int64_t grp;    /* or 0 */
  int64_t now;
  FikaDay today;
  GArray *rows;
} Work;

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
work_begin (Work *self, FikaStore *store, int statement, int64_t owner, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  GError *local_error = NULL;

  self->store = store;
  self->now = now;
  self->today = fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, now));
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  fika_store_get_reminder_policy (store, &self->policy);

  stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, owner);
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaCivil original = fika_column_civil (stmt, 3);
      Row row = {
        .id = fika_stmt_int (stmt, 0),
        .source = fika_stmt_int (stmt, 2),
        .day = original != FIKA_CIVIL_NONE ? fika_civil_day (original) : FIKA_DAY_NONE,
        .days = (int) fika_stmt_int (stmt, 4) / FIKA_MINUTES_A_DAY,
      };

      fika_reminder_read_standing (stmt, 5, &row.standing);
      if (fika_reminder_kind_parse (fika_column_string (stmt, 1), &row.kind))
        g_array_append_val (self->rows, row);
    }
  return fika_propagate (error, local_error);
}

/* What is no longer wanted: it is not told, and what is on the screen is taken back. */
static gboolean
work_end (Work *self, GError **error)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_UNWANTED };

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);
      FikaReminderEffect effect;

      if (row->keep)
        continue;
      if (!fika_reminder_move (self->store, row->id, &row->standing, &event, &effect, error)
          || (effect == FIKA_REMINDER_REMOVE
              && !fika_reminder_remove (self->store, row->id, error)))
        return FALSE;
    }
  return TRUE;
}

static Row *
find_row (Work *self, FikaReminderKind kind, int64_t source, FikaDay day, int days)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      if (row->kind == kind && row->source == source && row->day == day && row->days == days)
        return row;
    }
  return NULL;
}

static gboolean
insert (Work *self,
        FikaReminderKind kind,
        int64_t source,
        FikaDay day,
        int days,
        int64_t start,
        int64_t due,
        GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self->store), sql[INSERT], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_text (stmt, 1, fika_reminder_kind_to_key (kind));
  fika_stmt_bind_int (stmt, 2, source);
  fika_column_bind_id (stmt, 3, self->person);
  fika_column_bind_id (stmt, 4, self->grp);
  fika_column_bind_civil (stmt, 5, fika_civil_new (day, 0, 0));
  fika_stmt_bind_int (stmt, 6, (int64_t) days * FIKA_MINUTES_A_DAY);
  fika_stmt_bind_int (stmt, 7, start);
  fika_stmt_bind_int (stmt, 8, due);
  return fika_stmt_run (stmt, error);
}

/* Keeps the row at its time, which may be another hour than before. */
static gboolean
keep (Work *self, Row *row, int64_t start, int64_t due, GError **error)
{
  const FikaReminderEvent event
      = { .type = FIKA_REMINDER_RETIMED, .now = self->now, .start = start, .due = due };
  FikaReminderEffect effect;

  row->keep = TRUE;
  return fika_reminder_move (self->store, row->id, &row->standing, &event, &effect, error);
}

static gboolean
is_coming (Work *self, const Row *row)
{
  return row->standing.state == FIKA_REMINDER_PENDING && row->standing.due > self->now;
}

/* Makes the row of that day right; `coming` where it will be told. */
static gboolean
settle (Work *self,
        FikaReminderKind kind,
        int64_t source,
        FikaDay day,
        int days,
        gboolean *coming,
        GError **error)
{
  int64_t start = fika_due_on_day (&self->policy, day, 0);
  int64_t due = fika_due_on_day (&self->policy, day, days);
  Row *row = find_row (self, kind, source, day, days);

  if (row != NULL)
    {
      gboolean was = is_coming (self, row);

      if (!keep (self, row, start, due, error))
        return FALSE;
      *coming = was || is_coming (self, row);
      return TRUE;
    }
  *coming = due >= self->now;
  return !*coming || insert (self, kind, source, day, days, start, due, error);
}

/* The first time it comes round that will still be told; what waits or shows of the one before
 * stays. */
static gboolean
settle_yearly (Work *self, int64_t source, const FikaOccasion *occasion, int days, GError **error)
{
  FikaDay day = self->today;

  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = &g_array_index (self->rows, Row, i);

      if (row->kind == FIKA_REMINDER_OCCASION && row->source == source && row->days == days
          && fika_reminder_state_is_live (row->standing.state) && row->day < self->today
          && fika_occasion_next (occasion, row->day) == row->day)
        row->keep = TRUE;
    }
  for (int i = 0; i < 3; i++)
    {
      gboolean coming = FALSE;

      day = fika_occasion_next (occasion, day);
      if (!settle (self, FIKA_REMINDER_OCCASION, source, day, days, &coming, error))
        return FALSE;
      if (coming)
        return TRUE;
      day++;
    }
  return TRUE;
}

/* An occasion of the person, as long as no statement is at a row. */
typedef struct
{
  int64_t id;
  FikaOccasion occasion;
  FikaDueCircle circle;
} Wanted;

static GArray *
read_occasions (Work *self, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self->store), sql[OCCASIONS], error);
  g_autoptr (GArray) wanted = g_array_new (FALSE, TRUE, sizeof (Wanted));
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, self->person);
  while (fika_stmt_step (stmt, &local_error))
    {
      const FikaDueCircle *circle
          = fika_due_policy_get_circle (&self->policy, fika_column_string (stmt, 4));
      Wanted one = { .id = fika_stmt_int (stmt, 0) };

      one.occasion.year = (int) fika_stmt_int (stmt, 1);
      one.occasion.month = (int) fika_stmt_int (stmt, 2);
      one.occasion.day = (int) fika_stmt_int (stmt, 3);
      if (circle != NULL)
        one.circle = *circle;
      g_array_append_val (wanted, one);
    }
  return fika_propagate (error, local_error) ? g_steal_pointer (&wanted) : NULL;
}

static gboolean
derive_occasions (Work *self, GError **error)
{
  g_autoptr (GArray) wanted = read_occasions (self, error);

  if (wanted == NULL)
    return FALSE;
  for (guint i = 0; i < wanted->len; i++)
    {
      const Wanted *one = &g_array_index (wanted, Wanted, i);

      if (!settle_yearly (self, one->id, &one->occasion, 0, error))
        return FALSE;
      for (int j = 0; j < one->circle.n_days; j++)
        if (!settle_yearly (self, one->id, &one->occasion, one->circle.days[j], error))
          return FALSE;
    }
  return TRUE;
}

typedef struct
{
  int64_t source;
  FikaDay day;
} Dated;

/* What has one day and is over with it: the rows of a statement that answers ids and days. */
static gboolean
derive_dated (Work *self, int statement, FikaReminderKind kind, int64_t owner, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self->store), sql[statement], error);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Dated));
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, owner);
  while (fika_stmt_step (stmt, &local_error))
    {
      Dated one = { fika_stmt_int (stmt, 0), fika_column_day (stmt, 1) };

      if (one.day != FIKA_DAY_NONE)
        g_array_append_val (all, one);
    }
  if (!fika_propagate (error, local_error))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const Dated *one = &g_array_index (all, Dated, i);
      gboolean coming;

      if (!settle (self, kind, one->source, one->day, 0, &coming, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
fika_reminders_derive_person (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  g_auto (Work) work = { .person = id };

  return work_begin (&work, store, ROWS_OF_PERSON, id, now, error)
         && (!work.policy.occasions || derive_occasions (&work, error))
         && (!work.policy.days
             || (derive_dated (&work, TOPICS, FIKA_REMINDER_TOPIC, id, error)
                 && derive_dated (&work, PROMISES, FIKA_REMINDER_PROMISE, id, error)))
         && work_end (&work, error);
}

gboolean
fika_reminders_derive_group (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  g_auto (Work) work = { .grp = id };

  return work_begin (&work, store, ROWS_OF_GROUP, id, now, error)
         && (!work.policy.days || derive_dated (&work, STEP, FIKA_REMINDER_STEP, id, error))
         && work_end (&work, error);
}

gboolean
fika_reminders_derive_digest (FikaStore *store, int64_t now, GError **error)
{
  g_auto (Work) work = { 0 };
  int64_t due;

  if (!work_begin (&work, store, ROWS_OF_DIGEST, 0, now, error))
    return FALSE;
  due = fika_due_next_digest (&work.policy, now);
  if (due != FIKA_UTC_NONE)
    {
      FikaDay day = fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, due));
      Row *row = find_row (&work, FIKA_REMINDER_DIGEST, 0, day, 0);

      if (row != NULL ? !keep (&work, row, due, due, error)
                      : !insert (&work, FIKA_REMINDER_DIGEST, 0, day, 0, due, due, error))
        return FALSE;
      /* That of today, told or about to be. */
      for (guint i = 0; i < work.rows->len; i++)
        {
          row = &g_array_index (work.rows, Row, i);
          row->keep = row->keep || row->standing.due <= now || row->standing.snoozed > 0;
        }
    }
  return work_end (&work, error);
}
