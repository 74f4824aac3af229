#include "config.h"

#include "command/fika-batch.h"

#include "command/fika-command-private.h"
#include "store/fika-catchup-table.h"
#include "store/fika-circle-table.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-series-table.h"
#include "store/fika-topic-table.h"

#include <glib/gi18n-lib.h>

struct _FikaBatch
{
  FikaStore *store;
  FikaAction action;
};

/* Says of which thing the error speaks: there are many. */
static gpointer
failed (const char *name, GError **error)
{
  g_autofree char *quoted = fika_label_quote (name);

  /* Translators: the name of a person, group or catch-up, before a sentence about it. */
  g_prefix_error (error, _ ("“%s”: "), quoted);

  return NULL;
}

static gpointer
plan_failed (gpointer plan, GError **error)
{
  g_autofree char *title = fika_plan_dup_display_title (FIKA_PLAN (plan));

  return failed (title, error);
}

/**
 * fika_batch_begin:
 * @store: the store
 * @label: what is done, in the person's words
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an open batch; freeing it without a commit takes all of it
 * back. %NULL with an error where nothing can be written
 */
FikaBatch *
fika_batch_begin (FikaStore *store, const char *label, const char *source, GError **error)
{
  g_autoptr (FikaBatch) self = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (label != NULL && source != NULL, NULL);

  self = g_new0 (FikaBatch, 1);
  self->store = g_object_ref (store);
  if (!fika_action_begin (&self->action, store, label, source, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
fika_batch_free (FikaBatch *self)
{
  if (self == NULL)
    return;

  fika_action_clear (&self->action);
  g_object_unref (self->store);
  g_free (self);
}

/**
 * fika_batch_save_person:
 * @self: an open batch
 * @draft: somebody new, or a changed copy of a person
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the person; %NULL with an error that names them
 */
FikaPerson *
fika_batch_save_person (FikaBatch *self, FikaPerson *draft, GError **error)
{
  g_autoptr (FikaPerson) clean = NULL;
  int64_t id;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (draft), NULL);

  clean = fika_check_person (self->store, draft, error);
  if (clean == NULL)
    return failed (fika_person_get_name (draft), error);
  id = fika_person_get_id (clean);
  if (id == 0)
    id = fika_person_table_insert (self->store, clean, error);
  else if (!fika_person_table_update (self->store, id, clean, error))
    id = 0;
  if (id == 0)
    return failed (fika_person_get_name (draft), error);

  return fika_store_get_person (self->store, id, error);
}

/**
 * fika_batch_add_group:
 * @self: an open batch
 * @draft: a new group, its members live
 * @stages: (nullable) (element-type FikaStageChange): its way so far; %NULL where it begins now
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the group; %NULL with an error that names it
 */
FikaGroup *
fika_batch_add_group (FikaBatch *self, FikaGroup *draft, GArray *stages, GError **error)
{
  g_autoptr (FikaGroup) clean = NULL;
  int64_t id;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (draft), NULL);
  g_return_val_if_fail (fika_group_get_id (draft) == 0, NULL);

  clean = fika_check_group (self->store, draft, error);
  if (clean == NULL)
    return failed (fika_group_get_name (draft), error);
  id = fika_group_table_insert (self->store, clean, error);
  if (id == 0
      || (stages != NULL && stages->len > 0
          && !fika_store_set_stage_changes (self->store, id, stages, error)))
    return failed (fika_group_get_name (draft), error);

  return fika_store_get_group (self->store, id, error);
}

/**
 * fika_batch_add_series:
 * @self: an open batch
 * @draft: a new series, its people and group live
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the series; %NULL with an error that names it
 */
FikaSeries *
fika_batch_add_series (FikaBatch *self, FikaSeries *draft, GError **error)
{
  g_autoptr (FikaSeries) clean = NULL;
  int64_t id;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_SERIES (draft), NULL);
  g_return_val_if_fail (fika_plan_get_id (FIKA_PLAN (draft)) == 0, NULL);

  clean = fika_check_series (self->store, draft, error);
  if (clean == NULL)
    return plan_failed (draft, error);
  id = fika_series_table_insert (self->store, clean, error);

  return id != 0 ? fika_store_get_series (self->store, id, error) : plan_failed (draft, error);
}

/**
 * fika_batch_save_catchup:
 * @self: an open batch
 * @draft: a new catch-up or a changed copy of one, its people and group live
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with an error that names it
 */
FikaCatchup *
fika_batch_save_catchup (FikaBatch *self, FikaCatchup *draft, GError **error)
{
  g_autoptr (FikaCatchup) clean = NULL;
  int64_t id;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), NULL);

  clean = fika_check_catchup (self->store, draft, error);
  if (clean == NULL)
    return plan_failed (draft, error);
  id = fika_write_catchup (self->store, clean, error);

  return id != 0 ? fika_store_get_catchup (self->store, id, error) : plan_failed (draft, error);
}

/**
 * fika_batch_save_topic:
 * @self: an open batch
 * @topic: a topic or promise; new where its id is 0
 * @error: return location
 *
 * Returns: whether it is kept; else %FALSE with an error
 */
gboolean
fika_batch_save_topic (FikaBatch *self, const FikaTopic *topic, GError **error)
{
  FikaTopic clean;
  g_autofree char *text = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (topic != NULL, FALSE);

  text = fika_check_text (topic->text, topic->promise ? _ ("promise") : _ ("topic"), error);
  if (text == NULL || !fika_check_day (topic->day, _ ("due date"), error))
    return FALSE;
  clean = *topic;
  clean.text = text;

  return topic->id == 0 ? fika_topic_table_insert (self->store, &clean, error) != 0
                        : fika_topic_table_update (self->store, &clean, error);
}

/**
 * fika_batch_set_circle_cadence:
 * @self: an open batch
 * @circle: id of a circle
 * @ideal: days, or 0 for no rhythm
 * @latest: days, or 0 for no rhythm
 * @error: return location
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_batch_set_circle_cadence (FikaBatch *self,
                               int64_t circle,
                               int ideal,
                               int latest,
                               GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return fika_check_cadence (ideal, latest, error)
         && fika_circle_table_update (self->store, circle, ideal, latest, error);
}

/**
 * fika_batch_set_circle_name:
 * @self: an open batch
 * @circle: id of a circle
 * @name: a person's own name for it
 * @error: return location
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_batch_set_circle_name (FikaBatch *self, int64_t circle, const char *name, GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  clean = fika_check_text (name, _ ("name"), error);

  return clean != NULL && fika_circle_table_rename (self->store, circle, clean, error);
}

/**
 * fika_batch_commit:
 * @self: an open batch, which is closed by it
 * @error: return location
 *
 * Returns: whether all of it lasts; else nothing of it is left
 */
gboolean
fika_batch_commit (FikaBatch *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return fika_action_commit (&self->action, error);
}
