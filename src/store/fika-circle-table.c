#include "config.h"

#include "store/fika-circle-table.h"

#include "store/fika-tables-private.h"

#include <glib/gi18n-lib.h>

enum
{
  SELECT_ALL,
  FIND_KEY,
  UPDATE,
  RENAME,
  N_SQL,
};

static const char *const sql[N_SQL] = {
  [SELECT_ALL] = "SELECT id, key, name, ideal, latest FROM circle ORDER BY position, id",
  [FIND_KEY] = "SELECT id FROM circle WHERE key = ?1",
  [UPDATE] = "UPDATE circle SET (ideal, latest) = (?2, ?3) WHERE id = ?1",
  [RENAME] = "UPDATE circle SET name = ?2 WHERE id = ?1",
};

const FikaStatements fika_circle_table_statements = { "circle", sql, N_SQL };

/* The circles as they come with the schema. */
static const struct
{
  const char *key;
  const char *name;
  int ideal;
  int latest;
} given[] = {
  { "closest", NC_ ("circle", "Closest"), 7, 14 },
  { "close", NC_ ("circle", "Close"), 14, 28 },
  { "friends", NC_ ("circle", "Friends"), 30, 60 },
  { "wider", NC_ ("circle", "Wider circle"), 90, 180 },
};

/* A person's own name for it, or the translated one. */
static char *
dup_shown_name (const char *key, const char *name)
{
  if (*name != '\0')
    return g_strdup (name);
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (strcmp (given[i].key, key) == 0)
      return g_strdup (g_dpgettext2 (GETTEXT_PACKAGE, "circle", given[i].name));
  return g_strdup (key);
}

static gboolean
has_own_cadence (const FikaCircle *circle)
{
  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    if (strcmp (given[i].key, circle->key) == 0)
      return given[i].ideal != circle->ideal || given[i].latest != circle->latest;
  return TRUE;
}

/**
 * fika_circle_free:
 * @self: (nullable): a circle
 */
void
fika_circle_free (FikaCircle *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->own_name);
  g_free (self);
}

/**
 * fika_circle_table_update:
 * @store: a store in a transaction
 * @id: the circle's id
 * @ideal: days; 0 = no cadence
 * @latest: days
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_circle_table_update (FikaStore *store, int64_t id, int ideal, int latest, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  stmt = fika_db_use (fika_store_get_db (store), sql[UPDATE], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_int (stmt, 2, ideal);
  fika_stmt_bind_int (stmt, 3, latest);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  return fika_db_n_changed (fika_store_get_db (store)) > 0
         || fika_set_not_found (error, _ ("This circle is no longer there."));
}

/**
 * fika_circle_table_rename:
 * @store: a store in a transaction
 * @id: the circle's id
 * @name: a person's own name for it; empty for the one that it came with
 * @error: return location for an error
 *
 * Returns: whether it was written; %FIKA_ERROR_NOT_FOUND where there is no such row
 */
gboolean
fika_circle_table_rename (FikaStore *store, int64_t id, const char *name, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  stmt = fika_db_use (fika_store_get_db (store), sql[RENAME], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_text (stmt, 2, name);
  if (!fika_stmt_run (stmt, error))
    return FALSE;
  return fika_db_n_changed (fika_store_get_db (store)) > 0
         || fika_set_not_found (error, _ ("This circle is no longer there."));
}

/**
 * fika_store_circles:
 * @self: a store
 *
 * Returns: (transfer full) (element-type FikaCircle): the circles, closest first
 */
GPtrArray *
fika_store_circles (FikaStore *self)
{
  g_autoptr (GPtrArray) circles = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  circles = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_circle_free);
  stmt = fika_db_use (fika_store_get_db (self), sql[SELECT_ALL], NULL);
  while (stmt != NULL && fika_stmt_step (stmt, NULL))
    {
      FikaCircle *circle = g_new0 (FikaCircle, 1);

      circle->id = fika_stmt_int (stmt, 0);
      circle->key = fika_stmt_dup_text (stmt, 1);
      circle->own_name = g_strdup (fika_column_string (stmt, 2));
      circle->name = dup_shown_name (circle->key, circle->own_name);
      circle->ideal = (int) fika_stmt_int (stmt, 3);
      circle->latest = (int) fika_stmt_int (stmt, 4);
      circle->own_cadence = has_own_cadence (circle);
      g_ptr_array_add (circles, circle);
    }
  return g_steal_pointer (&circles);
}

/**
 * fika_store_circle_by_key:
 * @self: a store
 * @key: a circle's key: "closest", "close", "friends", "wider"
 *
 * Returns: the circle's id, or 0 where there is none
 */
int64_t
fika_store_circle_by_key (FikaStore *self, const char *key)
{
  g_autoptr (FikaStmt) stmt = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), 0);
  g_return_val_if_fail (key != NULL, 0);

  stmt = fika_db_use (fika_store_get_db (self), sql[FIND_KEY], NULL);
  if (stmt == NULL)
    return 0;
  fika_stmt_bind_text (stmt, 1, key);
  return fika_stmt_step (stmt, NULL) ? fika_stmt_int (stmt, 0) : 0;
}
