#include "config.h"

#include "db/fika-db-private.h"

/*
 * The triggers that write the change log, generated from the schema after every migration: three
 * for each table that holds a person's data.
 */

/* What the machine works out or remembers for itself is not logged. */
static const char *const machine_tables[] = {
  "action", "change", "log_state", "reminder", "contact_cache", "series_cache", "cache_state", NULL,
};

/* Columns that follow from others and from the world (the zone's rules): a write that changes these
 * alone is no change of a person's data. It needs no action and is not undone. */
static const struct
{
  const char *table;
  const char *column;
} derived[] = {
  { "catchup", "utc" },
};

gboolean
fika_table_is_logged (const char *table)
{
  return !g_strv_contains (machine_tables, table) && !g_str_has_prefix (table, "sqlite_")
         && !g_str_has_prefix (table, "person_search");
}

static gboolean
is_derived (const char *table, const char *column)
{
  for (size_t i = 0; i < G_N_ELEMENTS (derived); i++)
    if (strcmp (derived[i].table, table) == 0 && strcmp (derived[i].column, column) == 0)
      return TRUE;
  return FALSE;
}

static GPtrArray *
logged_tables (FikaDb *self, GError **error)
{
  g_autoptr (GPtrArray) tables = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  stmt = fika_db_use (self,
                      "SELECT name FROM pragma_table_list "
                      "WHERE schema = 'main' AND type = 'table' ORDER BY name",
                      error);
  if (stmt == NULL)
    return NULL;
  while (fika_stmt_step (stmt, &failure))
    if (fika_table_is_logged (fika_stmt_text (stmt, 0)))
      g_ptr_array_add (tables, fika_stmt_dup_text (stmt, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&tables);
}

/* The names of the table's columns, in order; none where there is no such table. */
GPtrArray *
fika_db_columns (FikaDb *self, const char *table, GError **error)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  stmt = fika_db_use (self, "SELECT name FROM pragma_table_info (?) ORDER BY cid", error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_text (stmt, 1, table);
  while (fika_stmt_step (stmt, &failure))
    g_ptr_array_add (columns, fika_stmt_dup_text (stmt, 0));
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&columns);
}

static void
append_trigger (GString *sql,
                const char *table,
                const char *event,
                char op,
                const char *when,
                const char *row,
                const char *before)
{
  g_string_append_printf (
      sql,
      "CREATE TRIGGER \"log_%s_%c\" AFTER %s ON \"%s\"%s BEGIN"
      " SELECT RAISE (ABORT, 'a change outside of an action')"
      " WHERE (SELECT action FROM log_state WHERE id = 1) = 0;"
      " INSERT INTO change (action, tbl, row, op, before)"
      " VALUES ((SELECT action FROM log_state WHERE id = 1), '%s', %s, '%c', %s);"
      "END;\n",
      table, op, event, table, when, table, row, op, before);
}

static char *
triggers_of (const char *table, GPtrArray *columns)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) image = g_string_new ("json_object (");
  g_autoptr (GString) when = g_string_new (" WHEN ");
  gboolean first = TRUE;

  for (guint i = 0; i < columns->len; i++)
    {
      const char *column = columns->pdata[i];

      g_string_append_printf (image, "%s'%s', old.\"%s\"", i > 0 ? ", " : "", column, column);
      if (is_derived (table, column))
        continue;
      g_string_append_printf (when, "%sold.\"%s\" IS NOT new.\"%s\"", first ? "" : " OR ", column,
                              column);
      first = FALSE;
    }
  g_string_append_c (image, ')');

  append_trigger (sql, table, "INSERT", 'i', "", "new.rowid", "NULL");
  append_trigger (sql, table, "UPDATE", 'u', when->str, "old.rowid", image->str);
  append_trigger (sql, table, "DELETE", 'd', "", "old.rowid", image->str);

  /* The log knows a row by its id. */
  g_string_append_printf (sql,
                          "CREATE TRIGGER \"log_%s_id\" BEFORE UPDATE ON \"%s\""
                          " WHEN old.rowid <> new.rowid BEGIN"
                          " SELECT RAISE (ABORT, 'an id never changes');"
                          "END;\n",
                          table, table);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

/* Takes the log's triggers away, so that a migration can rebuild tables. */
gboolean
fika_triggers_drop (FikaDb *self, GError **error)
{
  g_autofree char *sql = fika_sqlite_get_text (
      self->sqlite, self->path,
      "SELECT coalesce (group_concat ('DROP TRIGGER \"' || name || '\";', ' '), "
      "'') FROM sqlite_schema WHERE type = 'trigger' AND name GLOB 'log_*'",
      error);

  return sql != NULL && fika_sqlite_exec (self->sqlite, self->path, sql, error);
}

gboolean
fika_triggers_create (FikaDb *self, GError **error)
{
  g_autoptr (GPtrArray) tables = logged_tables (self, error);

  if (tables == NULL)
    return FALSE;
  for (guint i = 0; i < tables->len; i++)
    {
      g_autoptr (GPtrArray) columns = fika_db_columns (self, tables->pdata[i], error);
      g_autofree char *sql = NULL;

      if (columns == NULL)
        return FALSE;
      sql = triggers_of (tables->pdata[i], columns);
      if (!fika_sqlite_exec (self->sqlite, self->path, sql, error))
        return FALSE;
    }
  return TRUE;
}
