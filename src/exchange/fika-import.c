#include "config.h"

#include "exchange/fika-import.h"

#include "base/fika-error.h"
#include "exchange/fika-document.h"
#include "exchange/fika-import-private.h"

#include <glib/gi18n-lib.h>

/* How long the main loop is kept at a time while a file is compared with the data. */
#define SLICE_US 6000

struct _FikaImport
{
  GObject parent_instance;

  FikaStore *store;
  FikaImportContents *contents;
  FikaDocument *document; /* of a file that Fika exported; else NULL */
  GPtrArray *items;       /* FikaImportItem; of cards in the order of the contents */
  guint next;             /* the next card to compare */
};

G_DEFINE_FINAL_TYPE (FikaImport, fika_import, G_TYPE_OBJECT)

static gboolean
is_future (FikaStore *store, const FikaOccasion *occasion)
{
  return occasion->kind == FIKA_OCCASION_BIRTHDAY && occasion->year != 0
         && fika_day_from_ymd (occasion->year, occasion->month, occasion->day)
                > fika_store_today (store);
}

/* Nobody is born tomorrow: a slip of whoever typed it, and no reason to keep the rest out. */
static void
drop_future_birthday (FikaImport *self, FikaImportCard *card)
{
  GPtrArray *occasions = fika_person_get_occasions (card->draft);
  g_autoptr (GPtrArray) past = NULL;

  for (guint i = 0; i < occasions->len; i++)
    {
      if (!is_future (self->store, g_ptr_array_index (occasions, i)))
        continue;
      past = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
      for (guint j = 0; j < occasions->len; j++)
        {
          if (j != i)
            g_ptr_array_add (past, fika_occasion_copy (g_ptr_array_index (occasions, j)));
        }
      break;
    }
  if (past == NULL)
    return;
  fika_person_set_occasions (card->draft, past);
  g_ptr_array_add (self->contents->skips,
                   fika_import_skip_new (card->line, fika_person_get_name (card->draft),
                                         _ ("The birthday is still to come and was left out."),
                                         TRUE));
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const FikaImportSkip *one = *(const FikaImportSkip *const *) a;
  const FikaImportSkip *other = *(const FikaImportSkip *const *) b;

  return one->line < other->line ? -1 : one->line > other->line;
}

static gboolean
is_past (gint64 deadline)
{
  return deadline != 0 && g_get_monotonic_time () >= deadline;
}

/* Compares until @deadline (0: to the end); *@done says whether it came to it. */
static gboolean
compare (FikaImport *self,
         gint64 deadline,
         GCancellable *cancellable,
         gboolean *done,
         GError **error)
{
  *done = FALSE;
  if (self->document != NULL && !fika_document_is_compared (self->document))
    {
      do
        {
          if (g_cancellable_is_cancelled (cancellable))
            return fika_import_set_cancelled (error);
          if (!fika_document_compare_one (self->document, self->items, self->contents->skips,
                                          error))
            return FALSE;
        }
      while (!fika_document_is_compared (self->document) && !is_past (deadline));
      *done = fika_document_is_compared (self->document);
      return TRUE;
    }

  while (self->next < self->contents->cards->len)
    {
      FikaImportCard *card = g_ptr_array_index (self->contents->cards, self->next);
      FikaImportItem *item;

      if (g_cancellable_is_cancelled (cancellable))
        return fika_import_set_cancelled (error);
      if (is_past (deadline))
        return TRUE;
      drop_future_birthday (self, card);
      item = fika_import_match (self->store, card, error);
      if (item == NULL)
        return FALSE;
      g_ptr_array_add (self->items, item);
      self->next++;
    }
  *done = TRUE;
  g_ptr_array_sort (self->contents->skips, compare_lines);

  return TRUE;
}

static FikaImport *
import_new (FikaStore *store, FikaImportContents *contents)
{
  FikaImport *self = g_object_new (FIKA_TYPE_IMPORT, NULL);

  self->store = g_object_ref (store);
  self->contents = contents;
  if (contents->document != NULL)
    self->document = fika_document_new (store, contents->document);

  return self;
}

static void
fika_import_finalize (GObject *object)
{
  FikaImport *self = FIKA_IMPORT (object);

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->document, fika_document_free);
  g_clear_pointer (&self->contents, fika_import_contents_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (fika_import_parent_class)->finalize (object);
}

static void
fika_import_class_init (FikaImportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fika_import_finalize;
}

static void
fika_import_init (FikaImport *self)
{
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_import_item_free);
}

/**
 * fika_import_read:
 * @store: the data to compare with
 * @file: a file of contacts (vCard 2.1, 3.0, 4.0), or one that Fika exported
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads a file and compares it with the data, without changing anything.
 *
 * Returns: (transfer full) (nullable): the preview; %NULL with a %FIKA_ERROR that says what to do
 */
FikaImport *
fika_import_read (FikaStore *store, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (FikaImport) self = NULL;
  FikaImportContents *contents;
  gboolean done;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  contents = fika_import_contents_read (file, cancellable, error);
  if (contents == NULL)
    return NULL;
  self = import_new (store, contents);

  return compare (self, 0, cancellable, &done, error) ? g_steal_pointer (&self) : NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  FikaImportContents *contents = fika_import_contents_read (task_data, cancellable, &error);

  if (contents != NULL)
    g_task_return_pointer (task, contents, (GDestroyNotify) fika_import_contents_free);
  else
    g_task_return_error (task, error);
}

/* A slice of the comparison; the task's data is the import. */
static gboolean
compare_cb (gpointer user_data)
{
  GTask *task = user_data;
  FikaImport *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean done;

  if (!compare (self, g_get_monotonic_time () + SLICE_US, g_task_get_cancellable (task), &done,
                &error))
    g_task_return_error (task, error);
  else if (done)
    g_task_return_pointer (task, g_object_ref (self), g_object_unref);
  else
    return G_SOURCE_CONTINUE;

  return G_SOURCE_REMOVE;
}

static void
contents_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GSource) idle = NULL;
  GError *error = NULL;
  FikaImportContents *contents = g_task_propagate_pointer (G_TASK (result), &error);

  if (contents == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, import_new (g_task_get_source_object (task), contents),
                        g_object_unref);
  idle = g_idle_source_new ();
  g_task_attach_source (task, idle, compare_cb);
}

/**
 * fika_import_read_async:
 * @store: the data to compare with
 * @file: a file of contacts (vCard 2.1, 3.0, 4.0), or one that Fika exported
 * @cancellable: (nullable): to give up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As fika_import_read(), while the main loop goes on: the file is read on a thread and parsed in a
 * process of its own, and compared in slices of a few milliseconds.
 */
void
fika_import_read_async (FikaStore *store,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  g_autoptr (GTask) inner = NULL;

  g_return_if_fail (FIKA_IS_STORE (store));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, fika_import_read_async);
  /* The errors are Fika's own, those of cancelling included. */
  g_task_set_check_cancellable (task, FALSE);
  inner = g_task_new (NULL, cancellable, contents_cb, task);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, g_object_ref (file), g_object_unref);
  g_task_run_in_thread (inner, read_thread);
}

/**
 * fika_import_read_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the preview; %NULL with a %FIKA_ERROR, also
 *   %FIKA_ERROR_CANCELLED
 */
FikaImport *
fika_import_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fika_import_get_items:
 * @self: a preview
 *
 * Returns: (transfer none) (element-type FikaImportItem): the people of the file; which are chosen
 * may be changed
 */
GPtrArray *
fika_import_get_items (FikaImport *self)
{
  g_return_val_if_fail (FIKA_IS_IMPORT (self), NULL);

  return self->items;
}

/**
 * fika_import_get_skips:
 * @self: a preview
 *
 * Returns: (transfer none) (element-type FikaImportSkip): what could not be read, in the order of
 * the file
 */
GPtrArray *
fika_import_get_skips (FikaImport *self)
{
  g_return_val_if_fail (FIKA_IS_IMPORT (self), NULL);

  return self->contents->skips;
}

/**
 * fika_import_count:
 * @self: a preview
 * @verdict: what to count
 *
 * Returns: how many people of the file are that to the data here
 */
guint
fika_import_count (FikaImport *self, FikaImportVerdict verdict)
{
  guint n = 0;

  g_return_val_if_fail (FIKA_IS_IMPORT (self), 0);

  for (guint i = 0; i < self->items->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (self->items, i);

      n += item->verdict == verdict;
    }

  return n;
}

/**
 * fika_import_get_summary:
 * @self: a preview
 * @summary: (out caller-allocates): what the file holds beside people
 */
void
fika_import_get_summary (FikaImport *self, FikaImportSummary *summary)
{
  g_return_if_fail (FIKA_IS_IMPORT (self));
  g_return_if_fail (summary != NULL);

  *summary = (FikaImportSummary){ 0 };
  if (self->document != NULL)
    fika_document_get_summary (self->document, summary);
}

/**
 * fika_import_has_changes:
 * @self: a preview
 *
 * Returns: whether applying it, with what is chosen now, would change anything
 */
gboolean
fika_import_has_changes (FikaImport *self)
{
  FikaImportSummary summary;

  g_return_val_if_fail (FIKA_IS_IMPORT (self), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (self->items, i);

      if (fika_import_is_chosen (item))
        return TRUE;
    }
  fika_import_get_summary (self, &summary);

  return summary.groups_new + summary.groups_updated + summary.plans_new + summary.plans_updated
             + summary.topics_new + summary.topics_updated + summary.circles_updated
         > 0;
}

static gboolean
apply (FikaImport *self,
       FikaStore *store,
       const char *source,
       GCancellable *cancellable,
       GError **error)
{
  if (g_cancellable_is_cancelled (cancellable))
    return fika_import_set_cancelled (error);
  if (!fika_import_has_changes (self))
    return TRUE;
  if (self->document != NULL)
    return fika_document_apply (self->document, store, self->contents->name, self->items, source,
                                cancellable, error);

  return fika_import_apply_cards (store, self->contents->name, self->items, self->contents->cards,
                                  source, cancellable, error);
}

/**
 * fika_import_apply:
 * @self: a preview
 * @source: one of FIKA_SOURCE_*
 * @cancellable: (nullable): to give up; nothing is left then
 * @error: return location
 *
 * Keeps what is chosen, all or nothing, as one action that can be undone; a backup is made before.
 * Where nothing is chosen nothing is done.
 *
 * Returns: %FALSE with a %FIKA_ERROR
 */
gboolean
fika_import_apply (FikaImport *self, const char *source, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (FIKA_IS_IMPORT (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  return apply (self, self->store, source, cancellable, error);
}

typedef struct
{
  FikaImport *import;
  char *source;
} Applying;

static void
applying_free (Applying *self)
{
  g_object_unref (self->import);
  g_free (self->source);
  g_free (self);
}

/* On a thread: what was read and compared is only looked at. */
static gboolean
apply_work (FikaStore *store, GCancellable *cancellable, gpointer data, GError **error)
{
  Applying *applying = data;

  return apply (applying->import, store, applying->source, cancellable, error);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (fika_store_work_finish (FIKA_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * fika_import_apply_async:
 * @self: a preview, whose choice is not changed before this is done
 * @source: one of FIKA_SOURCE_*
 * @cancellable: (nullable): to give up; nothing is left then, if it was not done already
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * As fika_import_apply(), while the loop goes on: see fika_store_work_async().
 */
void
fika_import_apply_async (FikaImport *self,
                         const char *source,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;
  Applying *applying;

  g_return_if_fail (FIKA_IS_IMPORT (self));
  g_return_if_fail (source != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fika_import_apply_async);
  g_task_set_check_cancellable (task, FALSE);
  applying = g_new0 (Applying, 1);
  applying->import = g_object_ref (self);
  applying->source = g_strdup (source);
  fika_store_work_async (self->store, apply_work, applying, (GDestroyNotify) applying_free,
                         cancellable, applied_cb, task);
}

/**
 * fika_import_apply_finish:
 * @self: a preview
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether all that was chosen is kept; else nothing is, with a %FIKA_ERROR
 */
gboolean
fika_import_apply_finish (FikaImport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (FIKA_IS_IMPORT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
