#include "config.h"

#include "fika-test-store.h"

#include "base/fika-error.h"
#include "store/fika-person-table.h"
#include "store/fika-store-private.h"

#include <glib/gstdio.h>

#define NOW "2026-05-04T09:00"

/* What a store told of. */
typedef struct
{
  guint n_changed;
  guint n_committed;
  FikaChangeSet *last;
} Heard;

static void
changed_cb (FikaStore *store, FikaChangeSet *changes, Heard *heard)
{
  heard->n_changed++;
  g_clear_pointer (&heard->last, fika_change_set_free);
  heard->last = fika_change_set_copy (changes);
}

static void
committed_cb (FikaStore *store, Heard *heard)
{
  heard->n_committed++;
}

static void
listen (FikaStore *store, Heard *heard)
{
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), heard);
  g_signal_connect (store, "committed", G_CALLBACK (committed_cb), heard);
}

static void
heard_clear (Heard *heard)
{
  g_clear_pointer (&heard->last, fika_change_set_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heard, heard_clear)

static gboolean
has (GHashTable *ids, int64_t id)
{
  return g_hash_table_contains (ids, GSIZE_TO_POINTER (id));
}

static void
test_open (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = fika_test_database_path (folder);
  FikaStore *store = fika_test_store_new (folder, NOW);

  g_assert_true (fika_store_is_empty (store));
  g_assert_false (fika_store_has_sample (store));
  g_assert_false (fika_store_is_read_only (store));
  g_assert_cmpstr (fika_store_get_path (store), ==, path);
  g_assert_cmpint (fika_store_now (store), ==, fika_test_instant (NOW));
  g_assert_cmpint (fika_store_today (store), ==, fika_test_day ("2026-05-04"));
  g_assert_null (fika_store_dup_undo_label (store));
  fika_test_assert_store (store);
  g_assert_finalize_object (store);
}

static void
test_signals (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_auto (Heard) heard = { 0 };
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (FikaSeries) weekly = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (GError) error = NULL;

  listen (store, &heard);
  ada = fika_test_add_person (store, "Ada");
  g_assert_cmpuint (heard.n_changed, ==, 1);
  g_assert_cmpuint (heard.n_committed, ==, 1);
  g_assert_true (has (heard.last->people, fika_person_get_id (ada)));
  g_assert_cmpuint (g_hash_table_size (heard.last->catchups), ==, 0);
  g_assert_false (heard.last->topics);

  /* Time with somebody touches them. */
  call = fika_test_add_catchup (store, ada, "2026-05-05T10:00", FIKA_STATE_PLANNED);
  g_assert_true (has (heard.last->catchups, fika_plan_get_id (FIKA_PLAN (call))));
  g_assert_true (has (heard.last->people, fika_person_get_id (ada)));

  /* An exception touches its series. */
  weekly = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY");
  moved = fika_test_add_exception (store, weekly, "2026-05-06T17:00", "2026-05-07T17:00",
                                   FIKA_STATE_PLANNED);
  g_assert_true (has (heard.last->series, fika_plan_get_id (FIKA_PLAN (weekly))));
  g_assert_true (has (heard.last->catchups, fika_plan_get_id (FIKA_PLAN (moved))));

  /* What was deleted is told of by what it was. */
  fika_test_delete_plan (store, FIKA_PLAN (weekly));
  g_assert_true (has (heard.last->series, fika_plan_get_id (FIKA_PLAN (weekly))));
  g_assert_true (has (heard.last->catchups, fika_plan_get_id (FIKA_PLAN (moved))));
  g_assert_true (has (heard.last->people, fika_person_get_id (ada)));

  /* Nothing done, nothing told; nothing kept of what was given up. */
  heard.n_changed = heard.n_committed = 0;
  g_assert_true (fika_store_begin (store, "Nothing", FIKA_SOURCE_WINDOW, NULL));
  g_assert_true (fika_store_commit (store, NULL));
  g_assert_true (fika_store_begin (store, "Given up", FIKA_SOURCE_WINDOW, NULL));
  {
    g_autoptr (FikaPerson) draft = fika_person_new ("Nobody");

    g_assert_cmpint (fika_person_table_insert (store, draft, NULL), !=, 0);
  }
  fika_store_rollback (store);
  g_assert_cmpuint (heard.n_changed, ==, 0);
  g_assert_cmpuint (heard.n_committed, ==, 0);
  g_assert_null (fika_store_find_person (store, "Nobody", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  fika_test_assert_store (store);
}

static void
notify_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* A live object notifies for what differs, and outlives its row as long as it is held. */
static void
test_live (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaCatchup) call
      = fika_test_add_catchup (store, ada, "2026-05-05T10:00", FIKA_STATE_PLANNED);
  g_autoptr (FikaPerson) draft = fika_person_copy (ada);
  g_autoptr (GError) error = NULL;
  int64_t id = fika_plan_get_id (FIKA_PLAN (call));
  guint n_name = 0;
  guint n_notes = 0;

  g_signal_connect (ada, "notify::name", G_CALLBACK (notify_cb), &n_name);
  g_signal_connect (ada, "notify::notes", G_CALLBACK (notify_cb), &n_notes);
  fika_person_set_name (draft, "Ada King");
  g_object_unref (fika_test_save_person (store, draft));
  g_assert_cmpuint (n_name, ==, 1);
  g_assert_cmpuint (n_notes, ==, 0);
  /* Rows point at rows. */
  g_assert_true (g_ptr_array_index (fika_plan_get_people (FIKA_PLAN (call)), 0) == ada);

  fika_test_delete_plan (store, FIKA_PLAN (call));
  g_assert_null (fika_store_get_catchup (store, id, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  fika_test_undo (store);
  {
    g_autoptr (FikaCatchup) back = fika_store_get_catchup (store, id, NULL);

    g_assert_true (back == call);
  }
  fika_test_redo (store);
  g_assert_null (fika_store_get_catchup (store, id, NULL));
  g_assert_finalize_object (g_steal_pointer (&call));
  fika_test_undo (store);
  call = fika_store_get_catchup (store, id, NULL);
  g_assert_nonnull (call);
  fika_test_assert_store (store);
}

static void
test_undo_labels (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autofree char *undo = fika_store_dup_undo_label (store);
  g_autofree char *redo = fika_store_dup_redo_label (store);
  g_autofree char *undone = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GError) error = NULL;
  FikaHistoryEntry *entry;

  g_assert_cmpstr (undo, ==, FIKA_TEST_LABEL);
  g_assert_null (redo);
  g_assert_true (fika_store_undo (store, FIKA_SOURCE_WINDOW, &undone, &error));
  g_assert_cmpstr (undone, ==, FIKA_TEST_LABEL);
  redo = fika_store_dup_redo_label (store);
  g_assert_cmpstr (redo, ==, FIKA_TEST_LABEL);
  g_assert_true (fika_store_is_empty (store));

  history = fika_store_history (store, 10, NULL);
  g_assert_cmpuint (history->len, ==, 1);
  entry = g_ptr_array_index (history, 0);
  g_assert_cmpstr (entry->label, ==, FIKA_TEST_LABEL);
  g_assert_cmpstr (entry->source, ==, FIKA_SOURCE_TERMINAL);
  g_assert_cmpint (entry->at, ==, fika_test_instant (NOW));
  g_assert_true (entry->undone);

  g_assert_false (fika_store_undo (store, FIKA_SOURCE_WINDOW, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  fika_test_redo (store);
  g_assert_false (fika_store_is_empty (store));
  fika_test_assert_store (store);
}

/* What follows from a change fails: nothing of the change remains, and the next one works. */
static void
test_failed_commit (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) draft = fika_person_copy (ada);
  g_autofree char *before = fika_test_dump (db);
  g_autofree char *after = NULL;
  g_auto (Heard) heard = { 0 };
  g_autoptr (GError) error = NULL;

  listen (store, &heard);
  g_assert_true (fika_db_exec (db,
                               "CREATE TRIGGER fault BEFORE UPDATE ON contact_cache BEGIN"
                               " SELECT RAISE (ABORT, 'fault'); END",
                               NULL));
  fika_person_set_name (draft, "Ida");
  g_assert_true (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, NULL));
  g_assert_true (fika_person_table_update (store, fika_person_get_id (ada), draft, &error));
  g_assert_false (fika_store_commit (store, &error));
  g_assert_nonnull (error);
  g_assert_false (fika_db_in_transaction (db));
  g_assert_false (fika_db_has_busy_statement (db));
  after = fika_test_dump (db);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada");
  g_assert_cmpuint (heard.n_changed, ==, 0);
  g_assert_cmpuint (heard.n_committed, ==, 0);

  g_assert_true (fika_db_exec (db, "DROP TRIGGER fault", NULL));
  g_object_unref (fika_test_save_person (store, draft));
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ida");
  fika_test_assert_store (store);
}

/* Whoever still holds what is gone never comes to see another in its place. */
static void
test_ids (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = NULL;

  fika_test_undo (store);
  sam = fika_test_add_person (store, "Sam");
  g_assert_true (sam != ada);
  g_assert_cmpint (fika_person_get_id (sam), !=, fika_person_get_id (ada));
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada");
}

/* Two processes on one file. */
static void
test_refresh (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) window = fika_test_store_new (folder, NOW);
  g_autoptr (FikaStore) service = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (window, "Ada");
  g_autoptr (FikaPerson) there = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) sam = NULL;
  g_auto (Heard) heard = { 0 };

  listen (service, &heard);
  there = fika_store_get_person (service, fika_person_get_id (ada), NULL);
  g_assert_true (there != ada);

  fika_store_refresh (service);
  g_assert_cmpuint (heard.n_changed, ==, 1);
  g_assert_cmpuint (heard.n_committed, ==, 0);
  fika_store_refresh (service);
  g_assert_cmpuint (heard.n_changed, ==, 1);

  draft = fika_person_copy (ada);
  fika_person_set_name (draft, "Ada King");
  g_object_unref (fika_test_save_person (window, draft));
  g_assert_cmpstr (fika_person_get_name (there), ==, "Ada");
  fika_store_refresh (service);
  g_assert_cmpstr (fika_person_get_name (there), ==, "Ada King");
  g_assert_true (has (heard.last->people, fika_person_get_id (ada)));

  /* Before a commit here it hears of what the other did meanwhile. */
  fika_person_set_name (draft, "Ada Lovelace");
  g_object_unref (fika_test_save_person (window, draft));
  heard.n_changed = 0;
  sam = fika_test_add_person (service, "Sam");
  g_assert_cmpuint (heard.n_changed, ==, 2);
  g_assert_cmpstr (fika_person_get_name (there), ==, "Ada Lovelace");
  g_assert_true (has (heard.last->people, fika_person_get_id (sam)));

  /* Undo reaches over processes. */
  fika_store_refresh (window);
  fika_test_undo (window);
  fika_test_undo (window);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada King");
  fika_store_refresh (service);
  g_assert_cmpstr (fika_person_get_name (there), ==, "Ada King");
  g_assert_null (fika_store_get_person (service, fika_person_get_id (sam), NULL));
  fika_test_assert_store (window);
  fika_test_assert_store (service);
}

static void
test_read_only (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *path = fika_test_database_path (folder);
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) found = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&ada);
  /* As if a newer Fika had written it. */
  g_assert_true (fika_db_exec (fika_store_get_db (store), "PRAGMA user_version = 99", NULL));
  g_clear_object (&store);

  store = fika_test_store_new (folder, "2027-05-04T09:00");
  g_assert_true (fika_store_is_read_only (store));
  found = fika_store_find_person (store, "ada", NULL);
  g_assert_nonnull (found);
  g_assert_true (fika_store_roll (store, &error));
  g_assert_no_error (error);
  g_assert_false (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NEWER);
}

static void
test_backup (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autofree char *copy_folder = g_build_filename (folder, "copy", NULL);
  g_autofree char *file = g_build_filename (folder, "copy", "fika.db", NULL);
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaGroup) choir = fika_test_add_group (store, "Choir");
  g_autoptr (FikaCatchup) call
      = fika_test_add_catchup (store, ada, "2026-05-05T10:00", FIKA_STATE_PLANNED);
  g_autoptr (FikaClock) clock = fika_test_clock_new (fika_test_instant (NOW));
  g_autoptr (FikaStore) copy = NULL;
  g_autoptr (FikaPerson) found = NULL;
  g_auto (GStrv) files = NULL;
  g_autoptr (GError) error = NULL;
  int64_t people, catchups, groups;
  guint n_backups = 0;

  g_assert_cmpint (g_mkdir (copy_folder, 0700), ==, 0);
  fika_store_backup (store, file, &people, &catchups, &groups, &error);
  g_assert_no_error (error);
  g_assert_cmpint (people, ==, 2);
  g_assert_cmpint (catchups, ==, 1);
  g_assert_cmpint (groups, ==, 1);
  copy = fika_store_open (file, clock, &error);
  g_assert_no_error (error);
  found = fika_store_find_person (copy, "sam", NULL);
  g_assert_nonnull (found);
  fika_test_assert_store (copy);

  g_assert_true (fika_store_keep_backup (store, TRUE, &error));
  g_assert_no_error (error);
  files = fika_test_folder_list (folder);
  for (guint i = 0; files[i] != NULL; i++)
    n_backups += strstr (files[i], "backups/") != NULL;
  g_assert_cmpuint (n_backups, ==, 1);
}

/* What is worked out is compared with the truth. */
static void
test_check (void)
{
  static const char *const damage[] = {
    "UPDATE contact_cache SET last_utc = 5",
    "UPDATE contact_cache SET next_utc = next_utc + 60",
    "DELETE FROM contact_cache",
    "UPDATE series_cache SET last_utc = 0",
    "UPDATE person_search SET text = 'ida' WHERE rowid = 1",
    "INSERT INTO person_search (rowid, text) VALUES (77, 'ghost')",
    "UPDATE catchup SET utc = utc + 3600",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damage); i++)
    {
      g_auto (FikaTestFolder) folder = fika_test_folder_new ();
      g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
      g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
      g_autoptr (FikaCatchup) call
          = fika_test_add_catchup (store, ada, "2026-05-05T10:00", FIKA_STATE_PLANNED);
      g_autoptr (FikaSeries) weekly
          = fika_test_add_series (store, ada, "2026-05-06T17:00", "FREQ=WEEKLY");
      g_autoptr (GError) error = NULL;

      fika_test_assert_store (store);
      g_assert_true (fika_db_exec (fika_store_get_db (store), damage[i], &error));
      g_assert_no_error (error);
      g_assert_false (fika_store_check (store, &error));
      g_assert_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED);
      g_clear_error (&error);

      /* Working it all out anew heals it, save a text that belongs to nobody. */
      if (strstr (damage[i], "ghost") != NULL)
        continue;
      g_assert_true (fika_store_zone_changed (store, &error));
      g_assert_no_error (error);
      fika_test_assert_store (store);
    }
}

static void
test_sample (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada");
  g_autoptr (FikaPerson) ada = NULL;

  g_object_set (draft, "sample", TRUE, NULL);
  ada = fika_test_save_person (store, draft);
  g_assert_true (fika_store_has_sample (store));
  g_assert_false (fika_store_is_empty (store));
  fika_test_undo (store);
  g_assert_false (fika_store_has_sample (store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/open", test_open);
  g_test_add_func ("/store/signals", test_signals);
  g_test_add_func ("/store/live", test_live);
  g_test_add_func ("/store/undo-labels", test_undo_labels);
  g_test_add_func ("/store/failed-commit", test_failed_commit);
  g_test_add_func ("/store/ids", test_ids);
  g_test_add_func ("/store/refresh", test_refresh);
  g_test_add_func ("/store/read-only", test_read_only);
  g_test_add_func ("/store/backup", test_backup);
  g_test_add_func ("/store/check", test_check);
  g_test_add_func ("/store/sample", test_sample);

  return g_test_run ();
}
