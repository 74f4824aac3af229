#include "config.h"

#include "store/fika-parts-private.h"

#include <stdarg.h>

static void
part_free (FikaPart *self)
{
  for (guint i = 0; i < FIKA_PART_COLUMNS_MAX; i++)
    g_free (self->columns[i]);
  g_free (self);
}

static gboolean
part_equal (const FikaPart *a, const FikaPart *b, guint n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    if (g_strcmp0 (a->columns[i], b->columns[i]) != 0)
      return FALSE;
  return TRUE;
}

static GPtrArray *
read_parts (FikaDb *db, const FikaPartTable *table, int64_t owner, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  GError *local_error = NULL;

  if (table->select == NULL)
    return g_steal_pointer (&parts);
  stmt = fika_db_use (db, table->select, error);
  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, owner);
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaPart *part = g_new0 (FikaPart, 1);

      part->row = fika_stmt_int (stmt, 0);
      for (guint i = 0; i < table->n_columns; i++)
        part->columns[i] = fika_stmt_dup_text (stmt, (int) i + 1);
      g_ptr_array_add (parts, part);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&parts);
}

static gboolean
write_part (FikaDb *db,
            const FikaPartTable *table,
            const char *sql,
            int64_t id,
            const FikaPart *part,
            GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (part != NULL)
    for (guint i = 0; i < table->n_columns; i++)
      fika_stmt_bind_text (stmt, (int) i + 2, part->columns[i]);
  return fika_stmt_run (stmt, error);
}

/* Moves the rows of what is there already to what is wanted; n_columns decide what is the same. */
static void
match (GPtrArray *present, GPtrArray *wanted, guint n_columns, gboolean *unchanged)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      FikaPart *want = g_ptr_array_index (wanted, i);

      for (guint j = 0; want->row == 0 && j < present->len; j++)
        {
          FikaPart *have = g_ptr_array_index (present, j);

          if (have->row == 0 || !part_equal (have, want, n_columns))
            continue;
          want->row = have->row;
          have->row = 0;
          if (unchanged != NULL)
            unchanged[i] = TRUE;
        }
    }
}

static void
drop_doubles (GPtrArray *wanted, guint n_key)
{
  for (guint i = 0; i < wanted->len; i++)
    for (guint j = wanted->len - 1; j > i; j--)
      if (part_equal (g_ptr_array_index (wanted, i), g_ptr_array_index (wanted, j), n_key))
        g_ptr_array_remove_index (wanted, j);
}

GPtrArray *
fika_parts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
}

void
fika_parts_add (GPtrArray *parts, guint n, ...)
{
  FikaPart *part = g_new0 (FikaPart, 1);
  va_list columns;

  g_assert (n <= FIKA_PART_COLUMNS_MAX);

  va_start (columns, n);
  for (guint i = 0; i < n; i++)
    part->columns[i] = va_arg (columns, char *);
  va_end (columns);
  g_ptr_array_add (parts, part);
}

/*
 * Makes the parts of an owner those in `wanted`: rows that are right already are left alone, rows
 * with the right key (or, where there is no key, rows that would have to go) are changed, the rest
 * go and come. Removal is first, so that unique keys never meet. `n_removed` (nullable) counts
 * removed and changed rows.
 */
gboolean
fika_parts_write (FikaDb *db,
                  const FikaPartTable *table,
                  int64_t owner,
                  GPtrArray *wanted,
                  guint *n_removed,
                  GError **error)
{
  guint n = 0;
  g_autoptr (GPtrArray) present = NULL;
  g_autofree gboolean *unchanged = NULL;

  if (table->n_key > 0)
    drop_doubles (wanted, table->n_key);
  present = read_parts (db, table, owner, error);
  if (present == NULL)
    return FALSE;

  unchanged = g_new0 (gboolean, wanted->len + 1);
  match (present, wanted, table->n_columns, unchanged);
  match (present, wanted, table->n_key, NULL);

  for (guint i = 0; i < present->len; i++)
    {
      FikaPart *have = g_ptr_array_index (present, i);

      if (have->row == 0)
        continue;
      if (!write_part (db, table, table->remove, have->row, NULL, error))
        return FALSE;
      n++;
    }
  for (guint i = 0; i < wanted->len; i++)
    {
      FikaPart *want = g_ptr_array_index (wanted, i);

      if (want->row == 0 || unchanged[i])
        continue;
      if (!write_part (db, table, table->update, want->row, want, error))
        return FALSE;
      n++;
    }
  for (guint i = 0; i < wanted->len; i++)
    {
      FikaPart *want = g_ptr_array_index (wanted, i);

      if (want->row == 0 && !write_part (db, table, table->insert, owner, want, error))
        return FALSE;
    }
  if (n_removed != NULL)
    *n_removed = n;
  return TRUE;
}
