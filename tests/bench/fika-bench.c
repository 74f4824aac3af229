/* fika-bench --people N --catchups N [--groups N] [--seed S]
 *
 * Makes data in a temporary folder and measures what a person waits for, each beside its floor: the
 * same answer asked of SQLite alone, in the same run. One JSON line each: medians in microseconds.
 */

#include "config.h"

#include "make-data.h"

#include "command/fika-commands.h"
#include "exchange/fika-import.h"
#include "store/fika-reminder.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

typedef struct
{
  MakeDataOptions options;
  char *file;
  FikaClock *clock;
  FikaStore *store;
  sqlite3 *bare;
} Bench;

/* What is measured: one call each, `round` counting from 0. */
typedef void (*Measured) (Bench *bench, int round);

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
median (Bench *bench, Measured measured, int rounds)
{
  g_autofree double *times = g_new (double, rounds);

  for (int i = 0; i < rounds; i++)
    {
      gint64 before = g_get_monotonic_time ();

      measured (bench, i);
      times[i] = (double) (g_get_monotonic_time () - before);
    }
  qsort (times, rounds, sizeof (double), compare_doubles);

  return times[rounds / 2];
}

static void
report (Bench *bench, const char *name, int rounds, Measured measured, Measured floor)
{
  double us = median (bench, measured, rounds);
  double floor_us = median (bench, floor, rounds);

  g_print (
      "{\"bench\": \"%s\", \"people\": %d, \"catchups\": %d, \"us\": %.0f, \"floor_us\": %.0f, "
      "\"ratio\": %.2f}\n",
      name, bench->options.people, bench->options.catchups, us, floor_us, us / MAX (floor_us, 1.0));
}

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "failed");
}

/* Runs @sql in the bare connection, with up to two integers bound, reading every column. */
static void
bare_query (Bench *bench, const char *sql, const char *text, int64_t first, int64_t second)
{
  sqlite3_stmt *stmt = NULL;
  int n;

  must (sqlite3_prepare_v2 (bench->bare, sql, -1, &stmt, NULL) == SQLITE_OK, NULL);
  n = 1;
  if (text != NULL)
    sqlite3_bind_text (stmt, n++, text, -1, SQLITE_STATIC);
  if (n <= sqlite3_bind_parameter_count (stmt))
    sqlite3_bind_int64 (stmt, n++, first);
  if (n <= sqlite3_bind_parameter_count (stmt))
    sqlite3_bind_int64 (stmt, n++, second);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        (void) sqlite3_column_text (stmt, i);
    }
  must (sqlite3_finalize (stmt) == SQLITE_OK, NULL);
}

static void
bare_exec (Bench *bench, const char *sql)
{
  must (sqlite3_exec (bench->bare, sql, NULL, NULL, NULL) == SQLITE_OK, NULL);
}

static void
open_store (Bench *bench, int round)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaStore) store = fika_store_open (bench->file, bench->clock, &error);

  must (store != NULL, error);
}

static void
open_bare (Bench *bench, int round)
{
  sqlite3 *db = NULL;

  must (sqlite3_open (bench->file, &db) == SQLITE_OK, NULL);
  must (sqlite3_exec (db, "SELECT id FROM person LIMIT 1", NULL, NULL, NULL) == SQLITE_OK, NULL);
  sqlite3_close (db);
}

static void
agenda (Bench *bench, int round)
{
  FikaCivil from = fika_civil_new (fika_store_today (bench->store), 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  entries = fika_store_agenda (bench->store, from, from + 7 * FIKA_MINUTES_A_DAY, &error);
  must (entries != NULL, error);
}

static void
agenda_bare (Bench *bench, int round)
{
  int64_t from = fika_store_now (bench->store);

  bare_query (
      bench,
      "SELECT c.*, p.name FROM catchup c LEFT JOIN catchup_person cp ON cp.catchup = c.id "
      "LEFT JOIN person p ON p.id = cp.person WHERE c.utc >= ?1 AND c.utc < ?2 ORDER BY c.utc",
      NULL, from, from + 7 * 86400);
  bare_query (
      bench,
      "SELECT s.*, p.name FROM series_cache x JOIN series s ON s.id = x.series "
      "LEFT JOIN series_person sp ON sp.series = s.id LEFT JOIN person p ON p.id = sp.person "
      "WHERE x.last_utc >= ?1 AND x.first_utc < ?2",
      NULL, from, from + 7 * 86400);
}

/* "jürgen", key by key. */
static const char *const typed[] = { "j", "jü", "jür", "jürg", "jürge", "jürgen" };

static void
search (Bench *bench, int round)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;

  ids = fika_store_people_ids (bench->store, typed[round % G_N_ELEMENTS (typed)],
                               FIKA_PEOPLE_BY_NAME, FALSE, &error);
  must (ids != NULL, error);
}

static void
search_bare (Bench *bench, int round)
{
  g_autofree char *match = g_strdup_printf ("\"%s\"*", typed[round % G_N_ELEMENTS (typed)]);

  bare_query (bench,
              "SELECT p.id FROM person_search s JOIN person p ON p.id = s.rowid "
              "WHERE person_search MATCH ?1 AND p.archived = 0 ORDER BY p.folded",
              match, 0, 0);
}

static void
next_reminder (Bench *bench, int round)
{
  (void) fika_reminders_next_due (bench->store);
}

static void
next_reminder_bare (Bench *bench, int round)
{
  bare_query (bench, "SELECT min(due) FROM reminder WHERE state IN ('pending', 'posting')", NULL, 0,
              0);
}

static void
insert (Bench *bench, int round)
{
  g_autofree char *name = g_strdup_printf ("Newcomer %d", round);
  g_autoptr (FikaPerson) draft = fika_person_new (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPerson) person = NULL;

  person = fika_command_save_person (bench->store, draft, FIKA_SOURCE_WINDOW, &error);
  must (person != NULL, error);
}

static void
insert_bare (Bench *bench, int round)
{
  bare_exec (bench, "BEGIN IMMEDIATE;"
                    "INSERT INTO action (label, source, at) VALUES ('Add', 'window', 0);"
                    "UPDATE log_state SET action = last_insert_rowid ();"
                    "INSERT INTO person (uid, name, folded, created)"
                    "  VALUES (hex (randomblob (16)), 'Newcomer', 'newcomer', 0);"
                    "UPDATE log_state SET action = 0;"
                    "COMMIT;");
}

#define IMPORTED 1000

static char *
write_cards (Bench *bench)
{
  g_autofree char *folder = g_path_get_dirname (bench->file);
  char *path = g_build_filename (folder, "cards.vcf", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < IMPORTED; i++)
    g_string_append_printf (
        text,
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:bench-%d\r\nFN:Card %d\r\n"
        "TEL;TYPE=CELL:+44 20 %07d\r\nEMAIL:card%d@example.net\r\nEND:VCARD\r\n",
        i, i, i, i);
  must (g_file_set_contents (path, text->str, -1, &error), error);

  return path;
}

static void
import (Bench *bench, int round)
{
  g_autofree char *path = write_cards (bench);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaImport) preview = fika_import_read (bench->store, file, NULL, &error);

  must (preview != NULL, error);
  must (fika_import_apply (preview, FIKA_SOURCE_IMPORT, NULL, &error), error);
}

static void
import_bare (Bench *bench, int round)
{
  bare_exec (bench,
             "BEGIN IMMEDIATE;"
             "INSERT INTO action (label, source, at) VALUES ('Import', 'import', 0);"
             "UPDATE log_state SET action = last_insert_rowid ();"
             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
             "  INSERT INTO person (uid, name, folded, created)"
             "  SELECT hex (randomblob (16)), 'Card ' || i, 'card ' || i, 0 FROM n;"
             "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
             "  INSERT INTO contact (person, kind, value, match)"
             "  SELECT (SELECT max (id) FROM person) - i + 1, 'phone', '+44 20 ' || i, i FROM n;"
             "UPDATE log_state SET action = 0;"
             "COMMIT;");
}

static void
remove_folder (const char *file)
{
  g_autofree char *folder = g_path_get_dirname (file);
  const char *argv[] = { "rm", "-rf", "--", folder, NULL };

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                NULL);
}

int
main (int argc, char **argv)
{
  Bench bench = { .options = { .people = 100, .catchups = 1000, .groups = 10, .seed = 1 } };
  const GOptionEntry entries[] = {
    { "people", 0, 0, G_OPTION_ARG_INT, &bench.options.people, "How many people", "N" },
    { "catchups", 0, 0, G_OPTION_ARG_INT, &bench.options.catchups, "How many catch-ups", "N" },
    { "groups", 0, 0, G_OPTION_ARG_INT, &bench.options.groups, "How many groups", "N" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  folder = g_dir_make_tmp ("fika-bench-XXXXXX", &error);
  must (folder != NULL, error);
  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  bench.file = g_build_filename (folder, "fika.db", NULL);
  bench.clock = fika_system_clock_new ();
  bench.store = fika_store_open (bench.file, bench.clock, &error);
  must (bench.store != NULL, error);
  must (make_data (bench.store, &bench.options, &error), error);

  must (sqlite3_open (bench.file, &bench.bare) == SQLITE_OK, NULL);
  must (sqlite3_exec (bench.bare,
                      "PRAGMA busy_timeout=5000; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON",
                      NULL, NULL, NULL)
            == SQLITE_OK,
        NULL);

  report (&bench, "open", 21, open_store, open_bare);
  report (&bench, "agenda-week", 51, agenda, agenda_bare);
  report (&bench, "search-key", 60, search, search_bare);
  report (&bench, "next-reminder", 101, next_reminder, next_reminder_bare);
  report (&bench, "insert-person", 51, insert, insert_bare);
  report (&bench, "import-1000-cards", 1, import, import_bare);

  sqlite3_close (bench.bare);
  g_clear_object (&bench.store);
  g_clear_object (&bench.clock);
  remove_folder (bench.file);
  g_free (bench.file);

  return 0;
}
