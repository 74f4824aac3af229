#include "config.h"

#include "command/fika-commands.h"

/**
 * fika_command_undo:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @label: (out) (optional) (transfer full): what was undone, in the person's words
 * @error: return location
 *
 * Undoes the newest action that is not undone yet, whichever program did it.
 *
 * Returns: %FALSE with an error, %FIKA_ERROR_NOT_FOUND where there is nothing to undo
 */
gboolean
fika_command_undo (FikaStore *store, const char *source, char **label, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_store_undo (store, source, label, error);
}

/**
 * fika_command_redo:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @label: (out) (optional) (transfer full): what was done again, in the person's words
 * @error: return location
 *
 * Does again what was undone last.
 *
 * Returns: %FALSE with an error, %FIKA_ERROR_NOT_FOUND where there is nothing to do again
 */
gboolean
fika_command_redo (FikaStore *store, const char *source, char **label, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  return fika_store_redo (store, source, label, error);
}

typedef struct
{
  gboolean redo;
  char *source;
  char *label; /* what was undone or done again */
  GTask *task; /* to be answered; the work is freed before it */
} Step;

static void
step_free (Step *self)
{
  g_free (self->source);
  g_free (self->label);
  g_free (self);
}

static gboolean
step_work (FikaStore *store, GCancellable *cancellable, gpointer data, GError **error)
{
  Step *step = data;

  return step->redo ? fika_store_redo (store, step->source, &step->label, error)
                    : fika_store_undo (store, step->source, &step->label, error);
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Step *step = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&step->task);
  GError *error = NULL;

  if (fika_store_work_finish (FIKA_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&step->label), g_free);
  else
    g_task_return_error (task, error);
}

/**
 * fika_command_step_history_async:
 * @store: the store
 * @redo: whether to do again what was undone last, rather than to undo what was done last
 * @source: one of FIKA_SOURCE_*
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As fika_command_undo() and fika_command_redo(), while the loop goes on: see
 * fika_store_work_async().
 */
void
fika_command_step_history_async (FikaStore *store,
                                 gboolean redo,
                                 const char *source,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Step *step;

  g_return_if_fail (FIKA_IS_STORE (store));
  g_return_if_fail (source != NULL);

  step = g_new0 (Step, 1);
  step->redo = redo;
  step->source = g_strdup (source);
  step->task = g_task_new (store, NULL, callback, user_data);
  g_task_set_source_tag (step->task, fika_command_step_history_async);
  fika_store_work_async (store, step_work, step, (GDestroyNotify) step_free, NULL, stepped_cb,
                         step);
}

/**
 * fika_command_step_history_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what was undone or done again, in the person's words; %NULL
 * with the errors of fika_command_undo()
 */
char *
fika_command_step_history_finish (FikaStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
