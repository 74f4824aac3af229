#include "config.h"

#include "store/fika-tables-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

enum
{
  IS_EMPTY,
  HAS_SAMPLE,
  PERSON_BY_UID,
  CATCHUP_BY_UID,
  SERIES_BY_UID,
  GROUP_BY_UID,
  GROUPS,
  TIMELINE,
  LAST_WITH,
  GROUPS_OF_PERSON,
  SERIES_OF_GROUP,
  VISITS,
  VOLUNTEER,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [IS_EMPTY] = "SELECT NOT EXISTS (SELECT 1 FROM person) AND NOT EXISTS (SELECT 1 FROM catchup)"
               " AND NOT EXISTS (SELECT 1 FROM series) AND NOT EXISTS (SELECT 1 FROM grp)",
  [HAS_SAMPLE] = "SELECT EXISTS (SELECT 1 FROM person WHERE sample = 1)"
                 " OR EXISTS (SELECT 1 FROM catchup WHERE sample = 1)"
                 " OR EXISTS (SELECT 1 FROM series WHERE sample = 1)"
                 " OR EXISTS (SELECT 1 FROM grp WHERE sample = 1)",
  [PERSON_BY_UID] = "SELECT id FROM person WHERE uid = ?1",
  [CATCHUP_BY_UID] = "SELECT id FROM catchup WHERE uid = ?1",
  [SERIES_BY_UID] = "SELECT id FROM series WHERE uid = ?1",
  [GROUP_BY_UID] = "SELECT id FROM grp WHERE uid = ?1",
  [GROUPS] = "SELECT id FROM grp WHERE archived = 0 ORDER BY CASE stage WHEN 'curious' THEN 0"
             " WHEN 'asked' THEN 1 WHEN 'first-visit' THEN 2 WHEN 'third-visit' THEN 3"
             " WHEN 'member' THEN 4 WHEN 'stepping-back' THEN 5 ELSE 6 END, folded, id",
  [TIMELINE] = "SELECT c.id FROM catchup_person x JOIN catchup c ON c.id = x.catchup"
               " WHERE x.person = ?1 AND c.state <> 'cancelled' ORDER BY c.utc DESC, c.id DESC",
  [LAST_WITH] = "SELECT last_catchup FROM contact_cache WHERE person = ?1"
                " AND last_catchup IS NOT NULL",
  [GROUPS_OF_PERSON] = "SELECT DISTINCT g.id FROM member m JOIN grp g ON g.id = m.grp"
                       " WHERE m.person = ?1 ORDER BY g.folded, g.id",
  [SERIES_OF_GROUP] = "SELECT id FROM series WHERE grp = ?1 ORDER BY id",
  [VISITS] = "SELECT id FROM catchup WHERE grp = ?1 AND state <> 'cancelled'"
             " ORDER BY utc DESC, id DESC",
  [VOLUNTEER] = "SELECT coalesce (sum (v.volunteer), 0) FROM catchup c"
                " JOIN visit v ON v.catchup = c.id"
                " WHERE c.grp = ?1 AND c.utc >= ?2 AND c.utc < ?3 AND c.state = 'happened'",
};

const FikaStatements fika_store_lookup_statements = { "lookup", sql, N_SQL };

static gboolean
answers_true (FikaStore *self, int statement)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self), sql[statement], NULL);

  return stmt != NULL && fika_stmt_step (stmt, NULL) && fika_stmt_int (stmt, 0) != 0;
}

/**
 * fika_store_is_empty:
 * @self: a store
 *
 * Returns: whether there are no people, no plans and no groups
 */
gboolean
fika_store_is_empty (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), TRUE);

  return answers_true (self, IS_EMPTY);
}

/**
 * fika_store_has_sample:
 * @self: a store
 *
 * Returns: whether some of the sample data is there
 */
gboolean
fika_store_has_sample (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  return answers_true (self, HAS_SAMPLE);
}

/* The row with that uid; 0 where there is none, or with an error. */
static int64_t
find_uid (FikaStore *self, int statement, const char *uid, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (self), sql[statement], error);

  if (stmt == NULL)
    return 0;
  fika_stmt_bind_text (stmt, 1, uid);
  return fika_stmt_step (stmt, error) ? fika_stmt_int (stmt, 0) : 0;
}

/**
 * fika_store_get_person_by_uid:
 * @self: a store
 * @uid: a lasting identifier
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live object; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaPerson *
fika_store_get_person_by_uid (FikaStore *self, const char *uid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  id = find_uid (self, PERSON_BY_UID, uid, &local_error);
  if (id != 0)
    return fika_store_get_person (self, id, error);
  if (fika_propagate (error, g_steal_pointer (&local_error)))
    fika_set_not_found (error, _ ("This person is no longer there."));
  return NULL;
}

/**
 * fika_store_get_group_by_uid:
 * @self: a store
 * @uid: a lasting identifier
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live object; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaGroup *
fika_store_get_group_by_uid (FikaStore *self, const char *uid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  id = find_uid (self, GROUP_BY_UID, uid, &local_error);
  if (id != 0)
    return fika_store_get_group (self, id, error);
  if (fika_propagate (error, g_steal_pointer (&local_error)))
    fika_set_not_found (error, _ ("This group is no longer there."));
  return NULL;
}

/**
 * fika_store_get_plan_by_uid:
 * @self: a store
 * @uid: a lasting identifier
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live catch-up or series; %NULL with
 *   %FIKA_ERROR_NOT_FOUND
 */
FikaPlan *
fika_store_get_plan_by_uid (FikaStore *self, const char *uid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (uid != NULL, NULL);

  id = find_uid (self, CATCHUP_BY_UID, uid, &local_error);
  if (id != 0)
    return (FikaPlan *) fika_store_get_catchup (self, id, error);
  if (local_error == NULL)
    id = find_uid (self, SERIES_BY_UID, uid, &local_error);
  if (id != 0)
    return (FikaPlan *) fika_store_get_series (self, id, error);
  if (fika_propagate (error, g_steal_pointer (&local_error)))
    fika_set_not_found (error, _ ("This plan is no longer there."));
  return NULL;
}

/**
 * fika_store_group_ids:
 * @self: a store
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the groups that are not archived, by
 *   stage, then by name; %NULL with an error
 */
GArray *
fika_store_group_ids (FikaStore *self, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  stmt = fika_db_use (fika_store_get_db (self), sql[GROUPS], error);
  return stmt != NULL ? fika_column_ids (stmt, error) : NULL;
}

/**
 * fika_store_timeline_ids:
 * @self: a store
 * @person: a live person
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): catch-ups with the person, planned and
 *   past, newest first; %NULL with an error
 */
GArray *
fika_store_timeline_ids (FikaStore *self, FikaPerson *person, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  return fika_table_ids (self, sql[TIMELINE], fika_person_get_id (person), error);
}

/**
 * fika_store_last_with_person:
 * @self: a store
 * @person: a live person
 *
 * Returns: (transfer full) (nullable): the last catch-up with the person that happened
 */
FikaCatchup *
fika_store_last_with_person (FikaStore *self, FikaPerson *person)
{
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  ids = fika_table_ids (self, sql[LAST_WITH], fika_person_get_id (person), NULL);
  if (ids == NULL || ids->len == 0)
    return NULL;
  return fika_store_get_catchup (self, g_array_index (ids, int64_t, 0), NULL);
}

/**
 * fika_store_groups_of_person:
 * @self: a store
 * @person: a live person
 *
 * Returns: (transfer full) (element-type FikaGroup): the groups that the person is or was in, by
 * name
 */
GPtrArray *
fika_store_groups_of_person (FikaStore *self, FikaPerson *person)
{
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  groups = g_ptr_array_new_with_free_func (g_object_unref);
  ids = fika_table_ids (self, sql[GROUPS_OF_PERSON], fika_person_get_id (person), NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      FikaGroup *group = fika_store_get_group (self, g_array_index (ids, int64_t, i), NULL);

      if (group != NULL)
        g_ptr_array_add (groups, group);
    }
  return g_steal_pointer (&groups);
}

/**
 * fika_store_series_of_group:
 * @self: a store
 * @group: a live group
 *
 * Returns: (transfer full) (element-type FikaSeries): its repeating sessions
 */
GPtrArray *
fika_store_series_of_group (FikaStore *self, FikaGroup *group)
{
  g_autoptr (GPtrArray) series = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  series = g_ptr_array_new_with_free_func (g_object_unref);
  ids = fika_table_ids (self, sql[SERIES_OF_GROUP], fika_group_get_id (group), NULL);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      FikaSeries *one = fika_store_get_series (self, g_array_index (ids, int64_t, i), NULL);

      if (one != NULL)
        g_ptr_array_add (series, one);
    }
  return g_steal_pointer (&series);
}

/**
 * fika_store_visit_ids:
 * @self: a store
 * @group: a live group
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type gint64) (nullable): catch-ups with the group, planned and
 *   past, newest first; %NULL with an error
 */
GArray *
fika_store_visit_ids (FikaStore *self, FikaGroup *group, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  return fika_table_ids (self, sql[VISITS], fika_group_get_id (group), error);
}

/**
 * fika_store_volunteer_minutes:
 * @self: a store
 * @group: a live group
 * @from: UTC seconds
 * @until: UTC seconds, not in it any more
 *
 * Returns: the minutes of volunteering in visits that happened in that span
 */
int64_t
fika_store_volunteer_minutes (FikaStore *self, FikaGroup *group, int64_t from, int64_t until)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), 0);
  g_return_val_if_fail (FIKA_IS_GROUP (group), 0);

  stmt = fika_db_use (fika_store_get_db (self), sql[VOLUNTEER], NULL);
  if (stmt == NULL)
    return 0;
  fika_stmt_bind_int (stmt, 1, fika_group_get_id (group));
  fika_stmt_bind_int (stmt, 2, from);
  fika_stmt_bind_int (stmt, 3, until);
  return fika_stmt_step (stmt, NULL) ? fika_stmt_int (stmt, 0) : 0;
}
