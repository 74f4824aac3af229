#include "config.h"

#include "fika-test.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

void
fika_test_folders_in_memory (void)
{
  if (access ("/dev/shm", W_OK | X_OK) == 0)
    setenv ("TMPDIR", "/dev/shm", 1);
}

FikaTestFolder
fika_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("fika-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    {
      g_chmod (path, 0700);
      dir = g_dir_open (path, 0, NULL);
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_all (child);
        }
    }
  g_remove (path);
}

void
fika_test_folder_free (FikaTestFolder folder)
{
  if (folder == NULL)
    return;
  remove_all (folder);
  g_free (folder);
}

static void
list_into (GPtrArray *names, const char *folder, const char *prefix)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (folder, name, NULL);
      g_autofree char *relative = g_strconcat (prefix, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          g_autofree char *below = g_strconcat (relative, "/", NULL);

          list_into (names, child, below);
        }
      else
        g_ptr_array_add (names, g_steal_pointer (&relative));
    }
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
fika_test_folder_list (const char *folder)
{
  GPtrArray *names = g_ptr_array_new ();

  list_into (names, folder, "");
  g_ptr_array_sort (names, compare_cb);
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (names, FALSE);
}

char *
fika_test_database_path (const char *folder)
{
  return g_build_filename (folder, "fika", "fika.db", NULL);
}

FikaDb *
fika_test_database_open (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = fika_test_database_path (folder);
  FikaDb *db = fika_db_open (path, &error);

  g_assert_no_error (error);
  return db;
}

int64_t
fika_test_query_int (FikaDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (fika_stmt_step (stmt, &error));
  g_assert_no_error (error);
  return fika_stmt_int (stmt, 0);
}

char *
fika_test_query_text (FikaDb *db, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, &error);

  g_assert_no_error (error);
  g_assert_true (fika_stmt_step (stmt, &error));
  g_assert_no_error (error);
  return fika_stmt_dup_text (stmt, 0);
}

/* Which tables have a log is asked of the schema, and what is in them of SQLite's own quoting: no
 * code of the program under test. */
char *
fika_test_dump (FikaDb *db)
{
  g_autoptr (GString) dump = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStmt) tables = NULL;

  tables = fika_db_use (db,
                        "SELECT t.tbl_name, group_concat ('quote (\"' || c.name || '\")', "
                        "' || '','' || ') "
                        "FROM (SELECT DISTINCT tbl_name FROM sqlite_schema "
                        "      WHERE type = 'trigger' AND name GLOB 'log_*') AS t, "
                        "pragma_table_info (t.tbl_name) AS c "
                        "GROUP BY t.tbl_name ORDER BY t.tbl_name",
                        &error);
  g_assert_no_error (error);
  while (fika_stmt_step (tables, &error))
    {
      g_autofree char *sql
          = g_strdup_printf ("SELECT %s FROM \"%s\" ORDER BY rowid", fika_stmt_text (tables, 1),
                             fika_stmt_text (tables, 0));
      g_autoptr (FikaStmt) rows = fika_db_use (db, sql, &error);

      g_assert_no_error (error);
      g_string_append_printf (dump, "%s\n", fika_stmt_text (tables, 0));
      while (fika_stmt_step (rows, &error))
        g_string_append_printf (dump, "  %s\n", fika_stmt_text (rows, 0));
      g_assert_no_error (error);
    }
  g_assert_no_error (error);
  return g_string_free (g_steal_pointer (&dump), FALSE);
}

gboolean
fika_test_await (FikaTestCondition condition, gpointer data, guint timeout_ms)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) timeout_ms * 1000;

  while (!condition (data))
    {
      if (g_get_monotonic_time () >= deadline)
        return FALSE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
  return TRUE;
}

void
fika_test_settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
