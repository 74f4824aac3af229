#include "config.h"

#include "store/fika-related.h"

#include "store/fika-columns-private.h"
#include "store/fika-tables-private.h"

enum
{
  CATCHUPS_OF_PERSON,
  SERIES_OF_PERSON,
  CATCHUPS_OF_GROUP,
  SERIES_OF_GROUP,
  EXCEPTIONS,
  EXCEPTION_AT,
  SAMPLE_PEOPLE,
  SAMPLE_GROUPS,
  SAMPLE_SERIES,
  SAMPLE_CATCHUPS,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [CATCHUPS_OF_PERSON] = "SELECT catchup FROM catchup_person WHERE person = ?1 ORDER BY catchup",
  [SERIES_OF_PERSON] = "SELECT series FROM series_person WHERE person = ?1 ORDER BY series",
  [CATCHUPS_OF_GROUP] = "SELECT id FROM catchup WHERE grp = ?1 ORDER BY id",
  [SERIES_OF_GROUP] = "SELECT id FROM series WHERE grp = ?1 ORDER BY id",
  [EXCEPTIONS] = "SELECT id FROM catchup WHERE series = ?1 ORDER BY original",
  [EXCEPTION_AT] = "SELECT id FROM catchup WHERE series = ?1 AND original = ?2",
  /* By the indexes of sample rows alone. */
  [SAMPLE_PEOPLE] = "SELECT id FROM person WHERE sample = 1 AND sample = ?1 ORDER BY id",
  [SAMPLE_GROUPS] = "SELECT id FROM grp WHERE sample = 1 AND sample = ?1 ORDER BY id",
  [SAMPLE_SERIES] = "SELECT id FROM series WHERE sample = 1 AND sample = ?1 ORDER BY id",
  [SAMPLE_CATCHUPS] = "SELECT id FROM catchup WHERE sample = 1 AND sample = ?1 ORDER BY id",
};

const FikaStatements fika_related_statements = { "related", sql, N_SQL };

GArray *
fika_related_catchups_of_person (FikaStore *store, int64_t person, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[CATCHUPS_OF_PERSON], person, error);
}

GArray *
fika_related_series_of_person (FikaStore *store, int64_t person, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[SERIES_OF_PERSON], person, error);
}

GArray *
fika_related_catchups_of_group (FikaStore *store, int64_t group, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[CATCHUPS_OF_GROUP], group, error);
}

GArray *
fika_related_series_of_group (FikaStore *store, int64_t group, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[SERIES_OF_GROUP], group, error);
}

GArray *
fika_related_exceptions (FikaStore *store, int64_t series, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[EXCEPTIONS], series, error);
}

int64_t
fika_related_exception_at (FikaStore *store, int64_t series, FikaCivil original, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), 0);

  stmt = fika_db_use (fika_store_get_db (store), sql[EXCEPTION_AT], error);
  if (stmt == NULL)
    return 0;
  fika_stmt_bind_int (stmt, 1, series);
  fika_column_bind_civil (stmt, 2, original);

  return fika_stmt_step (stmt, error) ? fika_stmt_int (stmt, 0) : 0;
}

GArray *
fika_related_sample_people (FikaStore *store, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[SAMPLE_PEOPLE], TRUE, error);
}

GArray *
fika_related_sample_groups (FikaStore *store, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[SAMPLE_GROUPS], TRUE, error);
}

GArray *
fika_related_sample_series (FikaStore *store, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[SAMPLE_SERIES], TRUE, error);
}

GArray *
fika_related_sample_catchups (FikaStore *store, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  return fika_table_ids (store, sql[SAMPLE_CATCHUPS], TRUE, error);
}
