#include "config.h"

#include "fika-test-store.h"

#include "base/fika-error.h"
#include "store/fika-person-table.h"
#include "store/fika-store-private.h"

#define NOW "2026-05-04T09:00"

/* Work that stops half-way until it is let on. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean half;
  gboolean on;
  gboolean fails;
  GThread *thread;
} Gate;

static void
gate_init (Gate *self)
{
  *self = (Gate){ 0 };
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
}

static void
gate_clear (Gate *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Gate, gate_clear)

static void
set (Gate *self, gboolean *flag)
{
  g_mutex_lock (&self->mutex);
  *flag = TRUE;
  g_cond_broadcast (&self->cond);
  g_mutex_unlock (&self->mutex);
}

static void
wait_until (Gate *self, gboolean *flag)
{
  g_mutex_lock (&self->mutex);
  while (!*flag)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
add (FikaStore *store, const char *name, GError **error)
{
  g_autoptr (FikaPerson) draft = fika_person_new (name);

  return fika_person_table_insert (store, draft, error) != 0;
}

static gboolean
write_all (FikaStore *store, Gate *gate, GError **error)
{
  fika_store_expect_steps (store, 4);
  if (!add (store, "Ada", error) || !fika_store_step (store, 1, error))
    return FALSE;
  set (gate, &gate->half);
  wait_until (gate, &gate->on);
  if (gate->fails)
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FULL, "The disk is full.");
      return FALSE;
    }
  return add (store, "Ben", error) && fika_store_step (store, 1, error);
}

static gboolean
work (FikaStore *store, GCancellable *cancellable, gpointer data, GError **error)
{
  Gate *gate = data;

  gate->thread = g_thread_self ();
  if (!fika_store_begin (store, "Two", FIKA_SOURCE_IMPORT, error))
    return FALSE;
  if (write_all (store, gate, error))
    return fika_store_commit (store, error);
  fika_store_rollback (store);
  return FALSE;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static void
count_cb (FikaStore *store, guint *n)
{
  (*n)++;
}

static void
changed_cb (FikaStore *store, FikaChangeSet *changes, guint *n)
{
  (*n)++;
}

static guint
count_people (FikaStore *store)
{
  g_autoptr (GArray) ids = fika_store_people_ids (store, NULL, FIKA_PEOPLE_BY_NAME, FALSE, NULL);

  return ids->len;
}

/* Nothing is seen of it before it is done, and nothing else is written; then all of it is there. */
static void
test_done (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaStore *store = fika_test_store_new (folder, NOW);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Gate) gate;
  guint n_changed = 0;
  guint n_committed = 0;
  gint64 start;

  gate_init (&gate);
  g_signal_connect (store, "changed", G_CALLBACK (changed_cb), &n_changed);
  g_signal_connect (store, "committed", G_CALLBACK (count_cb), &n_committed);
  g_assert_cmpfloat (fika_store_get_progress (store), ==, -1);
  fika_store_work_async (store, work, &gate, NULL, NULL, done_cb, &result);
  g_assert_true (fika_store_is_working (store));
  wait_until (&gate, &gate.half);

  g_assert_true (gate.thread != g_thread_self ());
  g_assert_cmpfloat (fika_store_get_progress (store), ==, 0.25);
  g_assert_cmpuint (count_people (store), ==, 0);
  fika_store_refresh (store);
  g_assert_true (fika_store_roll (store, NULL));
  /* At once: the loop cannot wait for the lock. */
  start = g_get_monotonic_time ();
  g_assert_false (fika_store_begin (store, "Else", FIKA_SOURCE_WINDOW, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (fika_store_undo (store, FIKA_SOURCE_WINDOW, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (n_changed, ==, 0);

  set (&gate, &gate.on);
  fika_test_await_that (result != NULL);
  g_assert_true (fika_store_work_finish (store, result, &error));
  g_assert_no_error (error);
  g_assert_false (fika_store_is_working (store));
  g_assert_cmpuint (count_people (store), ==, 2);
  g_assert_cmpuint (n_changed, ==, 1);
  g_assert_cmpuint (n_committed, ==, 1);

  fika_test_undo (store);
  g_assert_cmpuint (count_people (store), ==, 0);
  fika_test_assert_store (store);
  g_clear_object (&result);
  g_assert_finalize_object (store);
}

static void
assert_nothing_of (Gate *gate, GCancellable *cancellable, int code)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaStore *store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) eve = fika_test_add_person (store, "Eve");
  g_autofree char *before = fika_test_dump (fika_store_get_db (store));
  g_autofree char *after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_committed = 0;

  g_signal_connect (store, "committed", G_CALLBACK (count_cb), &n_committed);
  fika_store_work_async (store, work, gate, NULL, cancellable, done_cb, &result);
  wait_until (gate, &gate->half);
  if (cancellable != NULL)
    g_cancellable_cancel (cancellable);
  set (gate, &gate->on);
  fika_test_await_that (result != NULL);
  g_assert_false (fika_store_work_finish (store, result, &error));
  g_assert_error (error, FIKA_ERROR, code);

  after = fika_test_dump (fika_store_get_db (store));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (n_committed, ==, 0);
  /* And the next change is written as ever. */
  g_object_unref (fika_test_add_person (store, "Fay"));
  fika_test_assert_store (store);
  g_clear_object (&eve);
  g_clear_object (&result);
  g_assert_finalize_object (store);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Gate) gate;

  gate_init (&gate);
  assert_nothing_of (&gate, cancellable, FIKA_ERROR_CANCELLED);
}

static void
test_failed (void)
{
  g_auto (Gate) gate;

  gate_init (&gate);
  gate.fails = TRUE;
  assert_nothing_of (&gate, NULL, FIKA_ERROR_FULL);
}

static void
test_one_at_a_time (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  FikaStore *store = fika_test_store_new (folder, NOW);
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Gate) gate;

  gate_init (&gate);
  fika_store_work_async (store, work, &gate, NULL, NULL, done_cb, &first);
  fika_store_work_async (store, work, &gate, NULL, NULL, done_cb, &second);
  fika_test_await_that (second != NULL);
  g_assert_false (fika_store_work_finish (store, second, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_BUSY);
  g_clear_error (&error);
  set (&gate, &gate.on);
  fika_test_await_that (first != NULL);
  g_assert_true (fika_store_work_finish (store, first, &error));
  g_assert_no_error (error);
  g_clear_object (&first);
  g_clear_object (&second);
  g_assert_finalize_object (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/work/done", test_done);
  g_test_add_func ("/store/work/cancelled", test_cancelled);
  g_test_add_func ("/store/work/failed", test_failed);
  g_test_add_func ("/store/work/one-at-a-time", test_one_at_a_time);

  return g_test_run ();
}
