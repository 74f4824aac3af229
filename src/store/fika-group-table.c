#include "config.h"

#include "store/fika-group-table.h"

#include "base/fika-text.h"
#include "store/fika-rows-private.h"
#include "store/fika-tables-private.h"

#include <glib/gi18n-lib.h>

enum
{
  LOAD,
  INSERT,
  UPDATE,
  DELETE,
  SELECT_CONTACTS,
  INSERT_CONTACT,
  UPDATE_CONTACT,
  DELETE_CONTACT,
  SELECT_TRAITS,
  INSERT_TRAIT,
  UPDATE_TRAIT,
  DELETE_TRAIT,
  SELECT_MEMBERS,
  INSERT_MEMBER,
  UPDATE_MEMBER,
  DELETE_MEMBER,
  INSERT_STAGE_CHANGE,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [LOAD] = "SELECT uid, name, type, stage, next_step, next_step_day, place, link, cost,"
           " travel_minutes, size, lively, online, private, goal_minutes, goal_period, notes,"
           " archived, sample, created FROM grp WHERE id = ?1",
  [INSERT] = "INSERT INTO grp (uid, name, type, stage, next_step, next_step_day, place, link, cost,"
             " travel_minutes, size, lively, online, private, goal_minutes, goal_period, notes,"
             " archived, sample, folded, created) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
             " ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?1)",
  [UPDATE]
  = "UPDATE grp SET (uid, name, type, stage, next_step, next_step_day, place, link, cost,"
    " travel_minutes, size, lively, online, private, goal_minutes, goal_period, notes,"
    " archived, sample, folded) = (coalesce (nullif (?2, ''), uid), ?3, ?4, ?5, ?6, ?7, ?8,"
    " ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21) WHERE id = ?1",
  [DELETE] = "DELETE FROM grp WHERE id = ?1",

  [SELECT_CONTACTS] = "SELECT id, kind, label, value, match, preferred, position FROM contact"
                      " WHERE grp = ?1 ORDER BY position, id",
  [INSERT_CONTACT] = "INSERT INTO contact (grp, kind, label, value, match, preferred, position)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [UPDATE_CONTACT] = "UPDATE contact SET (kind, label, value, match, preferred, position)"
                     " = (?2, ?3, ?4, ?5, ?6, ?7) WHERE id = ?1",
  [DELETE_CONTACT] = "DELETE FROM contact WHERE id = ?1",

  [SELECT_TRAITS] = "SELECT id, kind, name FROM grp_trait WHERE grp = ?1 ORDER BY id",
  [INSERT_TRAIT] = "INSERT INTO grp_trait (grp, kind, name) VALUES (?1, ?2, ?3)",
  [UPDATE_TRAIT] = "UPDATE grp_trait SET (kind, name) = (?2, ?3) WHERE id = ?1",
  [DELETE_TRAIT] = "DELETE FROM grp_trait WHERE id = ?1",

  [SELECT_MEMBERS] = "SELECT id, person, role, since, until FROM member WHERE grp = ?1 ORDER BY id",
  [INSERT_MEMBER]
  = "INSERT INTO member (grp, person, role, since, until) VALUES (?1, ?2, ?3, ?4, ?5)",
  [UPDATE_MEMBER]
  = "UPDATE member SET (person, role, since, until) = (?2, ?3, ?4, ?5) WHERE id = ?1",
  [DELETE_MEMBER] = "DELETE FROM member WHERE id = ?1",

  [INSERT_STAGE_CHANGE] = "INSERT INTO stage_change (grp, stage, at) VALUES (?1, ?2, ?3)",
};

const FikaStatements fika_group_table_statements = { "group", sql, N_SQL };

/* Both writes bind alike; ?1 is the id or, for a new row, the time. */
static void
bind (FikaStmt *stmt, FikaGroup *draft, const char *uid, int64_t first)
{
  g_autofree char *folded = fika_text_fold (fika_group_get_name (draft));

  fika_stmt_bind_int (stmt, 1, first);
  fika_stmt_bind_text (stmt, 2, uid);
  fika_stmt_bind_text (stmt, 3, fika_group_get_name (draft));
  fika_stmt_bind_text (stmt, 4, fika_group_type_to_key (fika_group_get_group_type (draft)));
  fika_stmt_bind_text (stmt, 5, fika_stage_to_key (fika_group_get_stage (draft)));
  fika_stmt_bind_text (stmt, 6, fika_group_get_next_step (draft));
  fika_column_bind_day (stmt, 7, fika_group_get_next_step_day (draft));
  fika_stmt_bind_text (stmt, 8, fika_group_get_place (draft));
  fika_stmt_bind_text (stmt, 9, fika_group_get_link (draft));
  fika_stmt_bind_text (stmt, 10, fika_group_get_cost (draft));
  fika_column_bind_unsaid (stmt, 11, fika_group_get_travel_minutes (draft));
  fika_column_bind_unsaid (stmt, 12, fika_group_get_size (draft));
  fika_stmt_bind_int (stmt, 13, fika_group_get_lively (draft));
  fika_stmt_bind_int (stmt, 14, fika_group_get_online (draft));
  fika_stmt_bind_int (stmt, 15, fika_group_get_private_group (draft));
  fika_stmt_bind_int (stmt, 16, fika_group_get_goal_minutes (draft));
  fika_stmt_bind_text (stmt, 17, fika_group_get_goal_period (draft));
  fika_stmt_bind_text (stmt, 18, fika_group_get_notes (draft));
  fika_stmt_bind_int (stmt, 19, fika_group_get_archived (draft));
  fika_stmt_bind_int (stmt, 20, fika_group_get_sample (draft));
  fika_stmt_bind_text (stmt, 21, folded);
}

static FikaGroup *
read_row (FikaStmt *stmt, int64_t id)
{
  FikaGroup *group = fika_group_new (fika_column_string (stmt, 1));
  FikaGroupType type = FIKA_GROUP_OTHER;
  FikaStage stage = FIKA_STAGE_CURIOUS;

  fika_group_type_parse (fika_column_string (stmt, 2), &type);
  fika_stage_parse (fika_column_string (stmt, 3), &stage);
  fika_group_set_row (group, id, fika_stmt_int (stmt, 19));
  fika_group_set_uid (group, fika_column_string (stmt, 0));
  g_object_set (group, "group-type", (int) type, "stage", (int) stage, "next-step",
                fika_column_string (stmt, 4), "next-step-day", fika_column_day (stmt, 5), "place",
                fika_column_string (stmt, 6), "link", fika_column_string (stmt, 7), "cost",
                fika_column_string (stmt, 8), "travel-minutes", fika_column_unsaid (stmt, 9),
                "size", fika_column_unsaid (stmt, 10), "lively", (int) fika_stmt_int (stmt, 11),
                "online", (int) fika_stmt_int (stmt, 12), "private-group",
                fika_stmt_int (stmt, 13) != 0, "goal-minutes", (int) fika_stmt_int (stmt, 14),
                "goal-period", fika_column_string (stmt, 15), "notes",
                fika_column_string (stmt, 16), "archived", fika_stmt_int (stmt, 17) != 0, "sample",
                fika_stmt_int (stmt, 18) != 0, NULL);
  return group;
}

static gboolean
read_contacts (FikaStore *store, FikaGroup *group, GError **error)
{
  g_autoptr (GPtrArray) contacts = fika_contacts_read (
      fika_store_get_db (store), sql[SELECT_CONTACTS], fika_group_get_id (group), error);

  if (contacts == NULL)
    return FALSE;
  if (contacts->len > 0)
    fika_group_set_contacts (group, contacts);
  return TRUE;
}

static gboolean
read_traits (FikaStore *store, FikaGroup *group, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SELECT_TRAITS], error);
  g_autoptr (GPtrArray) interests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, fika_group_get_id (group));
  while (fika_stmt_step (stmt, &local_error))
    g_ptr_array_add (strcmp (fika_column_string (stmt, 1), "value") == 0 ? values : interests,
                     fika_stmt_dup_text (stmt, 2));
  if (interests->len > 0)
    fika_group_set_interests (group, interests);
  if (values->len > 0)
    fika_group_set_values (group, values);
  return fika_propagate (error, local_error);
}

static gboolean
read_members (FikaStore *store, FikaGroup *group, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SELECT_MEMBERS], error);
  g_autoptr (GPtrArray) members
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, fika_group_get_id (group));
  while (fika_stmt_step (stmt, &local_error))
    {
      g_autoptr (FikaPerson) person = fika_store_get_person (store, fika_stmt_int (stmt, 1), error);

      if (person == NULL)
        return FALSE;
      g_ptr_array_add (members,
                       fika_member_new (person, fika_column_string (stmt, 2),
                                        fika_column_day (stmt, 3), fika_column_day (stmt, 4)));
    }
  if (members->len > 0)
    fika_group_set_members (group, members);
  return fika_propagate (error, local_error);
}

FikaGroup *
fika_group_table_load (FikaStore *store, int64_t id, GError **error)
{
  g_autoptr (FikaGroup) group = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[LOAD], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    {
      if (fika_propagate (error, local_error))
        fika_set_not_found (error, _ ("This group is no longer there."));
      return NULL;
    }
  group = read_row (stmt, id);
  if (!read_contacts (store, group, error) || !read_traits (store, group, error)
      || !read_members (store, group, error))
    return NULL;
  return g_steal_pointer (&group);
}

static gboolean
write_contacts (FikaStore *store, int64_t id, FikaGroup *draft, GError **error)
{
  const FikaPartTable table = {
    sql[SELECT_CONTACTS], sql[INSERT_CONTACT], sql[UPDATE_CONTACT], sql[DELETE_CONTACT], 6, 0
  };
  g_autoptr (GPtrArray) parts = fika_contacts_to_parts (fika_group_get_contacts (draft));

  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static void
add_traits (GPtrArray *parts, const char *kind, GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (*name != '\0')
        fika_parts_add (parts, 2, g_strdup (kind), g_strdup (name));
    }
}

static gboolean
write_traits (FikaStore *store, int64_t id, FikaGroup *draft, GError **error)
{
  const FikaPartTable table
      = { sql[SELECT_TRAITS], sql[INSERT_TRAIT], sql[UPDATE_TRAIT], sql[DELETE_TRAIT], 2, 2 };
  g_autoptr (GPtrArray) parts = fika_parts_new ();

  add_traits (parts, "interest", fika_group_get_interests (draft));
  add_traits (parts, "value", fika_group_get_values (draft));
  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static char *
format_day (FikaDay day)
{
  return day == FIKA_DAY_NONE ? g_strdup ("") : fika_day_format (day);
}

static gboolean
write_members (FikaStore *store, int64_t id, FikaGroup *draft, GError **error)
{
  const FikaPartTable table
      = { sql[SELECT_MEMBERS], sql[INSERT_MEMBER], sql[UPDATE_MEMBER], sql[DELETE_MEMBER], 4, 1 };
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  GPtrArray *members = fika_group_get_members (draft);

  for (guint i = 0; i < members->len; i++)
    {
      const FikaMember *member = g_ptr_array_index (members, i);

      fika_parts_add (
          parts, 4,
          g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) fika_person_get_id (member->person)),
          g_strdup (member->role != NULL ? member->role : ""), format_day (member->since),
          format_day (member->until));
    }
  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static gboolean
write_parts (FikaStore *store, int64_t id, FikaGroup *draft, GError **error)
{
  return write_contacts (store, id, draft, error) && write_traits (store, id, draft, error)
         && write_members (store, id, draft, error);
}

/**
 * fika_group_table_insert:
 * @store: a store in a transaction
 * @draft: what to write; a uid is made up where it has none
 * @error: return location for an error
 *
 * Writes a new group and the first row of its trail.
 *
 * Returns: the new row's id, or 0
 */
int64_t
fika_group_table_insert (FikaStore *store, FikaGroup *draft, GError **error)
{
  g_autofree char *uid = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  int64_t now;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), 0);
  g_return_val_if_fail (FIKA_IS_GROUP (draft), 0);

  stmt = fika_db_use (fika_store_get_db (store), sql[INSERT], error);
  if (stmt == NULL)
    return 0;
  now = fika_created_or_now (store, fika_group_get_created (draft));
  uid = fika_uid_or_new (fika_group_get_uid (draft));
  bind (stmt, draft, uid, now);
  if (!fika_stmt_run (stmt, error))
    return 0;
  id = fika_db_last_id (fika_store_get_db (store));
  if (!write_parts (store, id, draft, error)
      || !fika_group_table_add_stage_change (store, id, fika_group_get_stage (draft), now, error))
    return 0;
  return id;
}

/**
 * fika_group_table_update:
 * @store: a store in a transaction
 * @id: the row's id
 * @draft: what the row is to be
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_group_table_update (FikaStore *store, int64_t id, FikaGroup *draft, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_GROUP (draft), FALSE);

  stmt = fika_db_use (fika_store_get_db (store), sql[UPDATE], error);
  if (stmt == NULL)
    return FALSE;
  bind (stmt, draft, fika_group_get_uid (draft), id);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  if (fika_db_n_changed (fika_store_get_db (store)) == 0)
    return fika_set_not_found (error, _ ("This group is no longer there."));
  return write_parts (store, id, draft, error);
}

/**
 * fika_group_table_delete:
 * @store: a store in a transaction
 * @id: the row's id
 * @error: return location for an error
 *
 * Deletes a group with all parts and its series; what already happened in it stays, without it.
 *
 * Returns: whether it was deleted; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_group_table_delete (FikaStore *store, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_table_delete (store, sql[DELETE], id, _ ("This group is no longer there."), error);
}

/**
 * fika_group_table_add_stage_change:
 * @store: a store in a transaction
 * @grp: the group's id
 * @stage: the stage it came to
 * @at: when, UTC seconds
 * @error: return location for an error
 *
 * Returns: whether it was written
 */
gboolean
fika_group_table_add_stage_change (FikaStore *store,
                                   int64_t grp,
                                   FikaStage stage,
                                   int64_t at,
                                   GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  stmt = fika_db_use (fika_store_get_db (store), sql[INSERT_STAGE_CHANGE], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, grp);
  fika_stmt_bind_text (stmt, 2, fika_stage_to_key (stage));
  fika_stmt_bind_int (stmt, 3, at);
  return fika_stmt_run (stmt, error);
}
