#include "config.h"

#include "store/fika-person-table.h"

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
  SELECT_TIES,
  INSERT_TIE,
  UPDATE_TIE,
  DELETE_TIE,
  SELECT_OCCASIONS,
  INSERT_OCCASION,
  UPDATE_OCCASION,
  DELETE_OCCASION,
  SELECT_CONTACTS,
  INSERT_CONTACT,
  UPDATE_CONTACT,
  DELETE_CONTACT,
  SELECT_TAG_NAMES,
  SELECT_TAGS,
  INSERT_PERSON_TAG,
  UPDATE_PERSON_TAG,
  DELETE_PERSON_TAG,
  FIND_TAG,
  INSERT_TAG,
  DELETE_LONE_TAGS,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [LOAD] = "SELECT p.uid, p.name, p.nickname, p.pronouns, p.circle, p.ideal, p.latest, p.zone,"
           " p.how_met, p.introduced_by, p.notes, p.photo, p.extra, p.archived, p.deceased, p.died,"
           " p.paused_until, p.sample, p.created, c.key, c.ideal, c.latest, k.last_utc, k.next_utc"
           " FROM person p JOIN circle c ON c.id = p.circle"
           " LEFT JOIN contact_cache k ON k.person = p.id WHERE p.id = ?1",
  [INSERT] = "INSERT INTO person (uid, name, nickname, pronouns, circle, ideal, latest, zone,"
             " how_met, introduced_by, notes, photo, extra, archived, deceased, died, paused_until,"
             " sample, folded, created) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
             " ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?1)",
  [UPDATE] = "UPDATE person SET (uid, name, nickname, pronouns, circle, ideal, latest, zone,"
             " how_met, introduced_by, notes, photo, extra, archived, deceased, died, paused_until,"
             " sample, folded) = (coalesce (nullif (?2, ''), uid), ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
             " ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20) WHERE id = ?1",
  [DELETE] = "DELETE FROM person WHERE id = ?1",

  [SELECT_TIES] = "SELECT id, tie FROM tie WHERE person = ?1",
  [INSERT_TIE] = "INSERT INTO tie (person, tie) VALUES (?1, ?2)",
  [UPDATE_TIE] = "UPDATE tie SET tie = ?2 WHERE id = ?1",
  [DELETE_TIE] = "DELETE FROM tie WHERE id = ?1",

  [SELECT_OCCASIONS]
  = "SELECT id, kind, label, year, month, day FROM occasion WHERE person = ?1 ORDER BY id",
  [INSERT_OCCASION] = "INSERT INTO occasion (person, kind, label, year, month, day)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
  [UPDATE_OCCASION] = "UPDATE occasion SET (kind, label, year, month, day) = (?2, ?3, ?4, ?5, ?6)"
                      " WHERE id = ?1",
  [DELETE_OCCASION] = "DELETE FROM occasion WHERE id = ?1",

  [SELECT_CONTACTS] = "SELECT id, kind, label, value, match, preferred, position FROM contact"
                      " WHERE person = ?1 ORDER BY position, id",
  [INSERT_CONTACT] = "INSERT INTO contact (person, kind, label, value, match, preferred, position)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
  [UPDATE_CONTACT] = "UPDATE contact SET (kind, label, value, match, preferred, position)"
                     " = (?2, ?3, ?4, ?5, ?6, ?7) WHERE id = ?1",
  [DELETE_CONTACT] = "DELETE FROM contact WHERE id = ?1",

  [SELECT_TAG_NAMES] = "SELECT t.name FROM person_tag p JOIN tag t ON t.id = p.tag"
                       " WHERE p.person = ?1 ORDER BY p.id",
  [SELECT_TAGS] = "SELECT id, tag FROM person_tag WHERE person = ?1",
  [INSERT_PERSON_TAG] = "INSERT INTO person_tag (person, tag) VALUES (?1, ?2)",
  [UPDATE_PERSON_TAG] = "UPDATE person_tag SET tag = ?2 WHERE id = ?1",
  [DELETE_PERSON_TAG] = "DELETE FROM person_tag WHERE id = ?1",
  [FIND_TAG] = "SELECT id FROM tag WHERE folded = ?1",
  [INSERT_TAG] = "INSERT INTO tag (name, folded) VALUES (?1, ?2)",
  [DELETE_LONE_TAGS]
  = "DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM person_tag p WHERE p.tag = tag.id)",
};

const FikaStatements fika_person_table_statements = { "person", sql, N_SQL };

/* Both writes bind alike; ?1 is the id or, for a new row, the time. */
static void
bind (FikaStmt *stmt, FikaPerson *draft, const char *uid, int64_t first)
{
  g_autofree char *folded = fika_text_fold (fika_person_get_name (draft));
  FikaDay died = FIKA_DAY_NONE;

  g_object_get (draft, "died", &died, NULL);

  fika_stmt_bind_int (stmt, 1, first);
  fika_stmt_bind_text (stmt, 2, uid);
  fika_stmt_bind_text (stmt, 3, fika_person_get_name (draft));
  fika_stmt_bind_text (stmt, 4, fika_person_get_nickname (draft));
  fika_stmt_bind_text (stmt, 5, fika_person_get_pronouns (draft));
  fika_stmt_bind_int (stmt, 6, fika_person_get_circle_id (draft));
  fika_column_bind_unsaid (stmt, 7, fika_person_get_ideal (draft));
  fika_column_bind_unsaid (stmt, 8, fika_person_get_latest (draft));
  fika_stmt_bind_text (stmt, 9, fika_person_get_zone (draft));
  fika_stmt_bind_text (stmt, 10, fika_person_get_how_met (draft));
  fika_column_bind_id (stmt, 11, fika_person_get_introduced_by (draft));
  fika_stmt_bind_text (stmt, 12, fika_person_get_notes (draft));
  fika_stmt_bind_text (stmt, 13, fika_person_get_photo (draft));
  fika_stmt_bind_text (stmt, 14, fika_person_get_extra (draft));
  fika_stmt_bind_int (stmt, 15, fika_person_get_archived (draft));
  fika_stmt_bind_int (stmt, 16, fika_person_get_deceased (draft));
  fika_column_bind_day (stmt, 17, died);
  fika_column_bind_day (stmt, 18, fika_person_get_paused_until (draft));
  fika_stmt_bind_int (stmt, 19, fika_person_get_sample (draft));
  fika_stmt_bind_text (stmt, 20, folded);
}

static FikaPerson *
read_row (FikaStmt *stmt, int64_t id)
{
  FikaPerson *person = fika_person_new (fika_column_string (stmt, 1));

  fika_person_set_row (person, id, fika_stmt_int (stmt, 18));
  fika_person_set_uid (person, fika_column_string (stmt, 0));
  fika_person_set_circle_id (person, fika_stmt_int (stmt, 4));
  fika_person_set_cadence (person, fika_column_unsaid (stmt, 5), fika_column_unsaid (stmt, 6));
  g_object_set (person, "nickname", fika_column_string (stmt, 2), "pronouns",
                fika_column_string (stmt, 3), "zone", fika_column_string (stmt, 7), "how-met",
                fika_column_string (stmt, 8), "introduced-by", fika_stmt_int (stmt, 9), "notes",
                fika_column_string (stmt, 10), "photo", fika_column_string (stmt, 11), "extra",
                fika_column_string (stmt, 12), "archived", fika_stmt_int (stmt, 13) != 0,
                "deceased", fika_stmt_int (stmt, 14) != 0, "died", fika_column_day (stmt, 15),
                "paused-until", fika_column_day (stmt, 16), "sample", fika_stmt_int (stmt, 17) != 0,
                NULL);
  fika_person_set_derived (person, fika_column_string (stmt, 19), (int) fika_stmt_int (stmt, 20),
                           (int) fika_stmt_int (stmt, 21), fika_column_utc (stmt, 22),
                           fika_column_utc (stmt, 23));
  return person;
}

static gboolean
read_ties (FikaStore *store, FikaPerson *person, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SELECT_TIES], error);
  GError *local_error = NULL;
  guint ties = 0;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, fika_person_get_id (person));
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaTie tie;

      if (fika_tie_parse (fika_column_string (stmt, 1), &tie))
        ties |= 1u << tie;
    }
  fika_person_set_ties (person, ties);
  return fika_propagate (error, local_error);
}

static gboolean
read_occasions (FikaStore *store, FikaPerson *person, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SELECT_OCCASIONS], error);
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, fika_person_get_id (person));
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaOccasionKind kind = FIKA_OCCASION_OTHER;

      fika_occasion_kind_parse (fika_column_string (stmt, 1), &kind);
      g_ptr_array_add (occasions, fika_occasion_new (kind, fika_column_string (stmt, 2),
                                                     (int) fika_stmt_int (stmt, 3),
                                                     (int) fika_stmt_int (stmt, 4),
                                                     (int) fika_stmt_int (stmt, 5)));
    }
  if (occasions->len > 0)
    fika_person_set_occasions (person, occasions);
  return fika_propagate (error, local_error);
}

static gboolean
read_contacts (FikaStore *store, FikaPerson *person, GError **error)
{
  g_autoptr (GPtrArray) contacts = fika_contacts_read (
      fika_store_get_db (store), sql[SELECT_CONTACTS], fika_person_get_id (person), error);

  if (contacts == NULL)
    return FALSE;
  if (contacts->len > 0)
    fika_person_set_contacts (person, contacts);
  return TRUE;
}

static gboolean
read_tags (FikaStore *store, FikaPerson *person, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SELECT_TAG_NAMES], error);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, fika_person_get_id (person));
  while (fika_stmt_step (stmt, &local_error))
    g_ptr_array_add (tags, fika_stmt_dup_text (stmt, 0));
  if (tags->len > 0)
    fika_person_set_tags (person, tags);
  return fika_propagate (error, local_error);
}

FikaPerson *
fika_person_table_load (FikaStore *store, int64_t id, GError **error)
{
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[LOAD], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    {
      if (local_error != NULL)
        g_propagate_error (error, local_error);
      else
        fika_set_not_found (error, _ ("This person is no longer there."));
      return NULL;
    }
  person = read_row (stmt, id);
  if (!read_ties (store, person, error) || !read_occasions (store, person, error)
      || !read_contacts (store, person, error) || !read_tags (store, person, error))
    return NULL;
  return g_steal_pointer (&person);
}

/* Somebody new (`fresh`) has no parts yet that would have to be read. */
static gboolean
write_ties (FikaStore *store, int64_t id, FikaPerson *draft, gboolean fresh, GError **error)
{
  const FikaPartTable table = {
    fresh ? NULL : sql[SELECT_TIES], sql[INSERT_TIE], sql[UPDATE_TIE], sql[DELETE_TIE], 1, 1
  };
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  guint ties = fika_person_get_ties (draft);

  for (int tie = 0; tie < FIKA_N_TIES; tie++)
    if ((ties & (1u << tie)) != 0)
      fika_parts_add (parts, 1, g_strdup (fika_tie_to_key ((FikaTie) tie)));
  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static gboolean
write_occasions (FikaStore *store, int64_t id, FikaPerson *draft, gboolean fresh, GError **error)
{
  const FikaPartTable table = { fresh ? NULL : sql[SELECT_OCCASIONS],
                                sql[INSERT_OCCASION],
                                sql[UPDATE_OCCASION],
                                sql[DELETE_OCCASION],
                                5,
                                0 };
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  GPtrArray *occasions = fika_person_get_occasions (draft);

  for (guint i = 0; i < occasions->len; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (occasions, i);

      fika_parts_add (parts, 5, g_strdup (fika_occasion_kind_to_key (occasion->kind)),
                      g_strdup (occasion->label != NULL ? occasion->label : ""),
                      occasion->year != 0 ? g_strdup_printf ("%d", occasion->year) : NULL,
                      g_strdup_printf ("%d", occasion->month),
                      g_strdup_printf ("%d", occasion->day));
    }
  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

static gboolean
write_contacts (FikaStore *store, int64_t id, FikaPerson *draft, gboolean fresh, GError **error)
{
  const FikaPartTable table = { fresh ? NULL : sql[SELECT_CONTACTS],
                                sql[INSERT_CONTACT],
                                sql[UPDATE_CONTACT],
                                sql[DELETE_CONTACT],
                                6,
                                0 };
  g_autoptr (GPtrArray) parts = fika_contacts_to_parts (fika_person_get_contacts (draft));

  return fika_parts_write (fika_store_get_db (store), &table, id, parts, NULL, error);
}

/* The id of the tag with that name, made when there is none. */
static gboolean
ensure_tag (FikaDb *db, const char *name, int64_t *id, GError **error)
{
  g_autofree char *folded = fika_text_fold (name);
  g_autoptr (FikaStmt) find = fika_db_use (db, sql[FIND_TAG], error);
  g_autoptr (FikaStmt) insert = NULL;
  GError *local_error = NULL;

  if (find == NULL)
    return FALSE;
  fika_stmt_bind_text (find, 1, folded);
  if (fika_stmt_step (find, &local_error))
    {
      *id = fika_stmt_int (find, 0);
      return TRUE;
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  insert = fika_db_use (db, sql[INSERT_TAG], error);
  if (insert == NULL)
    return FALSE;
  fika_stmt_bind_text (insert, 1, name);
  fika_stmt_bind_text (insert, 2, folded);
  if (!fika_stmt_run (insert, error))
    return FALSE;
  *id = fika_db_last_id (db);
  return TRUE;
}

/* Tags that nobody has any more go. */
static gboolean
drop_lone_tags (FikaDb *db, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql[DELETE_LONE_TAGS], error);

  return stmt != NULL && fika_stmt_run (stmt, error);
}

static gboolean
write_tags (FikaStore *store, int64_t id, FikaPerson *draft, gboolean fresh, GError **error)
{
  const FikaPartTable table = { fresh ? NULL : sql[SELECT_TAGS],
                                sql[INSERT_PERSON_TAG],
                                sql[UPDATE_PERSON_TAG],
                                sql[DELETE_PERSON_TAG],
                                1,
                                1 };
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  GPtrArray *tags = fika_person_get_tags (draft);
  guint n_removed = 0;

  for (guint i = 0; i < tags->len; i++)
    {
      const char *name = g_ptr_array_index (tags, i);
      int64_t tag;

      if (*name == '\0')
        continue;
      if (!ensure_tag (db, name, &tag, error))
        return FALSE;
      fika_parts_add (parts, 1, g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) tag));
    }
  if (!fika_parts_write (db, &table, id, parts, &n_removed, error))
    return FALSE;
  return n_removed == 0 || drop_lone_tags (db, error);
}

static gboolean
write_parts (FikaStore *store, int64_t id, FikaPerson *draft, gboolean fresh, GError **error)
{
  return write_ties (store, id, draft, fresh, error)
         && write_occasions (store, id, draft, fresh, error)
         && write_contacts (store, id, draft, fresh, error)
         && write_tags (store, id, draft, fresh, error);
}

/**
 * fika_person_table_insert:
 * @store: a store in a transaction
 * @draft: what to write; a uid is made up where it has none
 * @error: return location for an error
 *
 * Returns: the new row's id, or 0
 */
int64_t
fika_person_table_insert (FikaStore *store, FikaPerson *draft, GError **error)
{
  FikaDb *db;
  g_autofree char *uid = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), 0);
  g_return_val_if_fail (FIKA_IS_PERSON (draft), 0);

  db = fika_store_get_db (store);
  stmt = fika_db_use (db, sql[INSERT], error);
  if (stmt == NULL)
    return 0;
  uid = fika_uid_or_new (fika_person_get_uid (draft));
  bind (stmt, draft, uid, fika_created_or_now (store, fika_person_get_created (draft)));
  if (!fika_stmt_run (stmt, error))
    return 0;
  id = fika_db_last_id (db);
  return write_parts (store, id, draft, TRUE, error) ? id : 0;
}

/**
 * fika_person_table_update:
 * @store: a store in a transaction
 * @id: the row's id
 * @draft: what the row is to be
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_person_table_update (FikaStore *store, int64_t id, FikaPerson *draft, GError **error)
{
  FikaDb *db;
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_PERSON (draft), FALSE);

  db = fika_store_get_db (store);
  stmt = fika_db_use (db, sql[UPDATE], error);
  if (stmt == NULL)
    return FALSE;
  bind (stmt, draft, fika_person_get_uid (draft), id);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  if (fika_db_n_changed (db) == 0)
    return fika_set_not_found (error, _ ("This person is no longer there."));
  return write_parts (store, id, draft, FALSE, error);
}

/**
 * fika_person_table_delete:
 * @store: a store in a transaction
 * @id: the row's id
 * @error: return location for an error
 *
 * Deletes a person with all parts, and their place in catch-ups and groups.
 *
 * Returns: whether it was deleted; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_person_table_delete (FikaStore *store, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_table_delete (store, sql[DELETE], id, _ ("This person is no longer there."), error)
         && drop_lone_tags (fika_store_get_db (store), error);
}
