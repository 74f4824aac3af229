#include "config.h"

#include "exchange/fika-import.h"
#include "exchange/fika-json.h"
#include "fika-command-test.h"

#include <string.h>

#define N_CARDS 20000

static GFile *
write_cards (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->folder, "many.vcf", NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < N_CARDS; i++)
    g_string_append_printf (text,
                            "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u%d\r\nFN:Person %d Müller\r\n"
                            "N:Müller;Person %d;;;\r\nTEL;TYPE=CELL:+49 171 %07d\r\n"
                            "TEL;TYPE=HOME:+49 30 %07d\r\nEMAIL;TYPE=HOME:p%d@example.org\r\n"
                            "ADR;TYPE=HOME:;;Street %d;Berlin;;10115;Germany\r\n"
                            "BDAY:19%02d-04-12\r\nNOTE:hello %d\r\nCATEGORIES:a,b\r\nX-FOO:bar\r\n"
                            "END:VCARD\r\n",
                            i, i, i, i, i, i, i, i % 90 + 10, i);
  g_file_set_contents (path, text->str, text->len, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

typedef struct
{
  gint64 last;
  gint64 longest;
} Ticker;

static gboolean
tick_cb (gpointer user_data)
{
  Ticker *ticker = user_data;
  gint64 now = g_get_monotonic_time ();

  ticker->longest = MAX (ticker->longest, now - ticker->last);
  ticker->last = now;

  return G_SOURCE_CONTINUE;
}

/* Reads while the loop goes on; answers its longest turn in microseconds. */
static FikaImport *
read_async (Fixture *self, GFile *file, gint64 *longest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Ticker ticker = { g_get_monotonic_time (), 0 };
  guint source = g_idle_add_full (G_PRIORITY_DEFAULT, tick_cb, &ticker, NULL);
  FikaImport *import;

  fika_import_read_async (self->store, file, NULL, finished_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  import = fika_import_read_finish (result, &error);
  g_assert_no_error (error);
  *longest = ticker.longest;

  return import;
}

/* Writes, or takes back, while the loop goes on. */
static void
await_result (GAsyncResult **result, gint64 *longest)
{
  Ticker ticker = { g_get_monotonic_time (), 0 };
  guint source = g_idle_add_full (G_PRIORITY_DEFAULT, tick_cb, &ticker, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  *longest = ticker.longest;
}

static void
apply_async (FikaImport *import, gint64 *longest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fika_import_apply_async (import, FIKA_SOURCE_IMPORT, NULL, finished_cb, &result);
  await_result (&result, longest);
  fika_import_apply_finish (import, result, &error);
  g_assert_no_error (error);
}

static void
undo_async (Fixture *self, gint64 *longest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *label = NULL;

  g_assert_true (fika_store_undo_is_long (self->store));
  fika_command_step_history_async (self->store, FALSE, FIKA_SOURCE_WINDOW, finished_cb, &result);
  await_result (&result, longest);
  label = fika_command_step_history_finish (self->store, result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, "Import 20000 people from many.vcf");
}

static double
seconds_since (gint64 start)
{
  return (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
}

/* A whole company's address book: the loop goes on, all of it comes in, once, and goes with one
 * undo. */
static void
test_many_cards (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_cards (self);
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) again = NULL;
  g_autoptr (FikaPerson) kept = fixture_add_person (self, "Was Here Before");
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  gint64 longest;
  gint64 start = g_get_monotonic_time ();

  import = read_async (self, file, &longest);
  g_test_message ("read in %.1f s, longest turn %.0f ms", seconds_since (start), longest / 1000.0);
  /* A slice takes 6 ms; the rest is for a busy machine. */
  g_assert_cmpint (longest, <, 500000);
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_NEW), ==, N_CARDS);

  start = g_get_monotonic_time ();
  apply_async (import, &longest);
  g_test_message ("applied in %.1f s, longest turn %.0f ms", seconds_since (start),
                  longest / 1000.0);
  g_assert_cmpint (longest, <, 500000);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, N_CARDS + 1);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM contact"), ==, N_CARDS * 4);

  start = g_get_monotonic_time ();
  again = read_async (self, file, &longest);
  g_test_message ("read again in %.1f s, longest turn %.0f ms", seconds_since (start),
                  longest / 1000.0);
  g_assert_cmpuint (fika_import_count (again, FIKA_IMPORT_UNCHANGED), ==, N_CARDS);

  g_clear_object (&import);
  g_clear_object (&again);
  start = g_get_monotonic_time ();
  undo_async (self, &longest);
  g_test_message ("undone in %.1f s, longest turn %.0f ms", seconds_since (start),
                  longest / 1000.0);
  g_assert_cmpint (longest, <, 500000);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_auto (FikaTestFolder) home = fika_test_folder_new ();

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/import-long/many-cards", Fixture, NULL, fixture_set_up, test_many_cards,
              fixture_tear_down);

  return g_test_run ();
}
