#include "config.h"

#include "store/fika-reminder-derive-private.h"

/* Whose reminders there are: plans, people and groups that are to be told of. */

enum
{
  ALL_CATCHUPS,
  ALL_SERIES,
  ALL_PEOPLE,
  ALL_GROUPS,
  CATCHUPS_OF_PERSON,
  SERIES_OF_PERSON,
  FORGET,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [ALL_CATCHUPS] = "SELECT id FROM catchup INDEXED BY catchup_planned WHERE state = 'planned'"
                   " UNION SELECT catchup FROM reminder WHERE catchup IS NOT NULL",
  [ALL_SERIES] = "SELECT id FROM series UNION SELECT series FROM reminder WHERE series IS NOT NULL",
  [ALL_PEOPLE] = "SELECT person FROM occasion UNION SELECT person FROM topic"
                 " UNION SELECT person FROM promise"
                 " UNION SELECT person FROM reminder WHERE person IS NOT NULL",
  [ALL_GROUPS] = "SELECT id FROM grp WHERE next_step_day <> ''"
                 " UNION SELECT grp FROM reminder WHERE grp IS NOT NULL",
  [CATCHUPS_OF_PERSON] = "SELECT c.id FROM catchup_person x JOIN catchup c ON c.id = x.catchup"
                         " WHERE x.person = ?1 AND c.state = 'planned' AND c.utc >= ?2",
  [SERIES_OF_PERSON] = "SELECT series FROM series_person WHERE person = ?1",
  [FORGET] = "DELETE FROM reminder WHERE shown_at > 0 AND shown_at < ?1"
             " AND state IN ('done', 'dismissed', 'missed')",
};

const FikaStatements fika_reminder_owners_statements = { "reminder owners", sql, N_SQL };

static GArray *
read_ids (FikaStore *store, int statement, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);

  return stmt != NULL ? fika_column_ids (stmt, error) : NULL;
}

GArray *
fika_reminders_all_catchups (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_CATCHUPS, error);
}

GArray *
fika_reminders_all_series (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_SERIES, error);
}

GArray *
fika_reminders_all_people (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_PEOPLE, error);
}

GArray *
fika_reminders_all_groups (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_GROUPS, error);
}

GArray *
fika_reminders_catchups_of_person (FikaStore *store, int64_t person, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt
      = fika_db_use (fika_store_get_db (store), sql[CATCHUPS_OF_PERSON], error);

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, person);
  fika_stmt_bind_int (stmt, 2, now);
  return fika_column_ids (stmt, error);
}

GArray *
fika_reminders_series_of_person (FikaStore *store, int64_t person, GError **error)
{
  return fika_table_ids (store, sql[SERIES_OF_PERSON], person, error);
}

gboolean
fika_reminders_forget (FikaStore *store, int64_t before, GError **error)
{
  return fika_table_run (store, sql[FORGET], before, error);
}
