#include "config.h"

#include "store/fika-store-private.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

/*
 * What takes long is written on a thread, with a store and a connection of its own, so that the
 * loop goes on. It is one transaction under the same lock as ever: until it is committed nobody
 * sees any of it, and the store that waits shows the data as they were and writes nothing. Then
 * that one catches up, as with what the other program writes.
 */

struct _FikaWork
{
  FikaStoreWorkFunc func;
  gpointer data;
  GDestroyNotify free_data;
  char *path;
  FikaClock *clock;
  GCancellable *cancellable;
  /* Written by the thread, read by the one that waits. */
  int done;
  int expected;
};

static void
work_free (FikaWork *self)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
}

static gboolean
run (FikaWork *self, GError **error)
{
  g_autoptr (FikaStore) store = fika_store_open (self->path, self->clock, error);
  gboolean done;

  if (store == NULL)
    return FALSE;
  fika_store_set_work (store, self);
  done = fika_store_step (store, 0, error)
         && self->func (store, self->cancellable, self->data, error);
  fika_store_set_work (store, NULL);
  return done;
}

static void
work_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (run (task_data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
thread_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FikaStore *self = FIKA_STORE (source);
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  fika_store_set_working (self, NULL);
  fika_store_refresh (self);
  if (done)
    fika_store_tell_others (self);
  /* What the clock passed by meanwhile; where it fails, the next look tries again. */
  fika_store_roll (self, NULL);
  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * fika_store_work_async:
 * @self: a store that does not work yet and is in no transaction
 * @func: what takes long
 * @data: for @func
 * @free_data: (nullable): frees @data, here
 * @cancellable: (nullable): to give up; nothing is left then, if it was not done already
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Runs @func on a thread. Until it is done this store reads the data as they were; whoever wants to
 * write by it gets %FIKA_ERROR_BUSY.
 */
void
fika_store_work_async (FikaStore *self,
                       FikaStoreWorkFunc func,
                       gpointer data,
                       GDestroyNotify free_data,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) thread = NULL;
  GTask *task;
  FikaWork *work;

  g_return_if_fail (FIKA_IS_STORE (self));
  g_return_if_fail (func != NULL);
  g_return_if_fail (!fika_db_in_transaction (fika_store_get_db (self)));

  work = g_new0 (FikaWork, 1);
  work->func = func;
  work->data = data;
  work->free_data = free_data;
  work->path = g_strdup (fika_store_get_path (self));
  work->clock = g_object_ref (fika_store_get_clock (self));
  g_set_object (&work->cancellable, cancellable);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fika_store_work_async);
  /* The errors are Fika's own, those of cancelling included. */
  g_task_set_check_cancellable (task, FALSE);
  /* Freed with the task, so after the thread and here. */
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  if (fika_store_is_working (self))
    {
      g_task_return_new_error (task, FIKA_ERROR, FIKA_ERROR_BUSY, "%s",
                               _ ("Another change is still being written. Try again in a moment."));
      g_object_unref (task);
      return;
    }

  fika_store_set_working (self, work);
  thread = g_task_new (self, NULL, thread_done_cb, task);
  g_task_set_task_data (thread, work, NULL);
  g_task_run_in_thread (thread, work_thread);
}

/**
 * fika_store_work_finish:
 * @self: a store
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it was done; the live objects know of it, and [signal@Store::changed] and
 *   [signal@Store::committed] were emitted
 */
gboolean
fika_store_work_finish (FikaStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * fika_store_is_working:
 * @self: a store
 *
 * Returns: whether something is written on a thread
 */
gboolean
fika_store_is_working (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  return fika_store_get_working (self) != NULL;
}

/**
 * fika_store_get_progress:
 * @self: a store
 *
 * Returns: how much of what is written on a thread is done, from 0 to 1; -1 where nobody knows
 */
double
fika_store_get_progress (FikaStore *self)
{
  FikaWork *work;
  int expected;

  g_return_val_if_fail (FIKA_IS_STORE (self), -1);

  work = fika_store_get_working (self);
  expected = work != NULL ? g_atomic_int_get (&work->expected) : 0;
  return expected > 0 ? MIN (1, g_atomic_int_get (&work->done) / (double) expected) : -1;
}

/**
 * fika_store_expect_steps:
 * @self: a store, perhaps of a thread
 * @steps: how many it will take
 *
 * Says how long it will take, to whoever waits for it.
 */
void
fika_store_expect_steps (FikaStore *self, guint steps)
{
  FikaWork *work;

  g_return_if_fail (FIKA_IS_STORE (self));

  work = fika_store_get_work (self);
  if (work != NULL)
    g_atomic_int_set (&work->expected, (int) MIN (steps, G_MAXINT));
}

/**
 * fika_store_step:
 * @self: a store, perhaps of a thread
 * @steps: how many were done
 * @error: return location
 *
 * Says how far it is to whoever waits for it, and asks whether to go on.
 *
 * Returns: whether to go on; else %FALSE with %FIKA_ERROR_CANCELLED
 */
gboolean
fika_store_step (FikaStore *self, guint steps, GError **error)
{
  FikaWork *work;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  work = fika_store_get_work (self);
  if (work == NULL)
    return TRUE;
  g_atomic_int_add (&work->done, (int) steps);
  if (!g_cancellable_is_cancelled (work->cancellable))
    return TRUE;
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_CANCELLED,
                       _ ("Cancelled. Nothing was changed."));
  return FALSE;
}
