#include "config.h"

#include "store/fika-touched-private.h"

#include "store/fika-tables-private.h"

enum
{
  CHANGES,
  OWNERS_OF_TIE,
  OWNERS_OF_PERSON_TAG,
  OWNERS_OF_OCCASION,
  OWNERS_OF_TOPIC,
  OWNERS_OF_PROMISE,
  OWNERS_OF_CONTACT,
  OWNERS_OF_TRAIT,
  OWNERS_OF_MEMBER,
  OWNERS_OF_STAGE_CHANGE,
  OWNERS_OF_SERIES,
  OWNERS_OF_SERIES_PERSON,
  OWNERS_OF_CATCHUP,
  OWNERS_OF_CATCHUP_PERSON,
  OWNERS_OF_VISIT,
  OWNERS_OF_LEAD,
  PEOPLE_OF_TAG,
  PEOPLE_OF_CATCHUP,
  PEOPLE_OF_SERIES,
  N_SQL,
};

/* Owners are always answered in this order. */
enum
{
  OWNER_PERSON,
  OWNER_GROUP,
  OWNER_SERIES,
  OWNER_CATCHUP,
  N_OWNERS,
};

static const char *const sql[N_SQL] = {
  [CHANGES] = "SELECT tbl, row, json_extract (before, '$.person'), json_extract (before, '$.grp'),"
              " json_extract (before, '$.series'), json_extract (before, '$.catchup')"
              " FROM change WHERE seq > ?1 ORDER BY seq",
  [OWNERS_OF_TIE] = "SELECT person, NULL, NULL, NULL FROM tie WHERE id = ?1",
  [OWNERS_OF_PERSON_TAG] = "SELECT person, NULL, NULL, NULL FROM person_tag WHERE id = ?1",
  [OWNERS_OF_OCCASION] = "SELECT person, NULL, NULL, NULL FROM occasion WHERE id = ?1",
  [OWNERS_OF_TOPIC] = "SELECT person, NULL, NULL, NULL FROM topic WHERE id = ?1",
  [OWNERS_OF_PROMISE] = "SELECT person, NULL, NULL, NULL FROM promise WHERE id = ?1",
  [OWNERS_OF_CONTACT] = "SELECT person, grp, NULL, NULL FROM contact WHERE id = ?1",
  [OWNERS_OF_TRAIT] = "SELECT NULL, grp, NULL, NULL FROM grp_trait WHERE id = ?1",
  [OWNERS_OF_MEMBER] = "SELECT person, grp, NULL, NULL FROM member WHERE id = ?1",
  [OWNERS_OF_STAGE_CHANGE] = "SELECT NULL, grp, NULL, NULL FROM stage_change WHERE id = ?1",
  [OWNERS_OF_SERIES] = "SELECT NULL, grp, id, NULL FROM series WHERE id = ?1",
  [OWNERS_OF_SERIES_PERSON] = "SELECT person, NULL, series, NULL FROM series_person WHERE id = ?1",
  [OWNERS_OF_CATCHUP] = "SELECT NULL, grp, series, id FROM catchup WHERE id = ?1",
  [OWNERS_OF_CATCHUP_PERSON]
  = "SELECT person, NULL, NULL, catchup FROM catchup_person WHERE id = ?1",
  [OWNERS_OF_VISIT] = "SELECT NULL, NULL, NULL, catchup FROM visit WHERE id = ?1",
  [OWNERS_OF_LEAD] = "SELECT NULL, NULL, series, catchup FROM lead WHERE id = ?1",
  [PEOPLE_OF_TAG] = "SELECT person FROM person_tag WHERE tag = ?1",
  [PEOPLE_OF_CATCHUP] = "SELECT person FROM catchup_person WHERE catchup = ?1",
  [PEOPLE_OF_SERIES] = "SELECT person FROM series_person WHERE series = ?1",
};

const FikaStatements fika_touched_statements = { "touched", sql, N_SQL };

/* What a row of each table touches besides its owners. */
static const struct
{
  const char *table;
  int owners; /* the statement; -1 = it has none */
  gboolean topics;
} tables[] = {
  { "catchup", OWNERS_OF_CATCHUP, FALSE },
  { "catchup_person", OWNERS_OF_CATCHUP_PERSON, FALSE },
  { "circle", -1, FALSE },
  { "contact", OWNERS_OF_CONTACT, FALSE },
  { "grp", -1, FALSE },
  { "grp_trait", OWNERS_OF_TRAIT, FALSE },
  { "lead", OWNERS_OF_LEAD, FALSE },
  { "member", OWNERS_OF_MEMBER, FALSE },
  { "occasion", OWNERS_OF_OCCASION, FALSE },
  { "person", -1, FALSE },
  { "person_tag", OWNERS_OF_PERSON_TAG, FALSE },
  { "promise", OWNERS_OF_PROMISE, TRUE },
  { "series", OWNERS_OF_SERIES, FALSE },
  { "series_person", OWNERS_OF_SERIES_PERSON, FALSE },
  { "stage_change", OWNERS_OF_STAGE_CHANGE, FALSE },
  { "tag", -1, FALSE },
  { "tie", OWNERS_OF_TIE, FALSE },
  { "topic", OWNERS_OF_TOPIC, TRUE },
  { "visit", OWNERS_OF_VISIT, FALSE },
};

static void
add (GHashTable *set, int64_t id)
{
  if (id != 0)
    g_hash_table_add (set, GSIZE_TO_POINTER (id));
}

static void
add_owners (FikaChangeSet *self, FikaStmt *stmt, int first)
{
  add (self->people, fika_stmt_int (stmt, first + OWNER_PERSON));
  add (self->groups, fika_stmt_int (stmt, first + OWNER_GROUP));
  add (self->series, fika_stmt_int (stmt, first + OWNER_SERIES));
  add (self->catchups, fika_stmt_int (stmt, first + OWNER_CATCHUP));
}

/* The owners that the row has now; none when it is gone. */
static gboolean
add_live_owners (FikaChangeSet *self, FikaDb *db, int statement, int64_t row, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[statement], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, row);
  if (fika_stmt_step (stmt, &local_error))
    add_owners (self, stmt, 0);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_people (FikaChangeSet *self, FikaDb *db, int statement, int64_t row, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[statement], error);
  g_autoptr (GArray) ids = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, row);
  ids = fika_column_ids (stmt, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    add (self->people, g_array_index (ids, int64_t, i));
  return TRUE;
}

static int
find_table (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (strcmp (tables[i].table, name) == 0)
      return (int) i;
  return -1;
}

static gboolean
add_row (FikaChangeSet *self, FikaDb *db, const char *name, int64_t row, GError **error)
{
  int table = find_table (name);

  if (table < 0)
    return TRUE;
  if (tables[table].topics)
    self->topics = TRUE;
  if (tables[table].owners >= 0)
    {
      if (strcmp (name, "catchup") == 0)
        add (self->catchups, row);
      else if (strcmp (name, "series") == 0)
        add (self->series, row);
      return add_live_owners (self, db, tables[table].owners, row, error);
    }
  if (strcmp (name, "person") == 0)
    add (self->people, row);
  else if (strcmp (name, "grp") == 0)
    add (self->groups, row);
  else if (strcmp (name, "circle") == 0)
    self->circles = TRUE;
  else if (strcmp (name, "tag") == 0)
    return add_people (self, db, PEOPLE_OF_TAG, row, error);
  return TRUE;
}

static gboolean
add_people_of (FikaChangeSet *self, FikaDb *db, GHashTable *plans, int statement, GError **error)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, plans);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!add_people (self, db, statement, (int64_t) GPOINTER_TO_SIZE (id), error))
      return FALSE;
  return TRUE;
}

FikaChangeSet *
fika_touched_since (FikaDb *db, int64_t seq, GError **error)
{
  g_autoptr (FikaChangeSet) self = fika_change_set_new ();
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[CHANGES], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, seq);
  while (fika_stmt_step (stmt, &local_error))
    {
      const char *table = fika_stmt_text (stmt, 0);
      int64_t row = fika_stmt_int (stmt, 1);

      add_owners (self, stmt, 2);
      if (!add_row (self, db, table, row, error))
        return NULL;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }

  /* When a series changes, so do the days of the people in it; an exception changes its series. */
  if (!add_people_of (self, db, self->catchups, PEOPLE_OF_CATCHUP, error)
      || !add_people_of (self, db, self->series, PEOPLE_OF_SERIES, error))
    return NULL;
  return g_steal_pointer (&self);
}
