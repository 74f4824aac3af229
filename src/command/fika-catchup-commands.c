#include "config.h"

#include "command/fika-commands.h"

#include "base/fika-error.h"
#include "command/fika-command-private.h"
#include "store/fika-catchup-table.h"
#include "store/fika-related.h"

#include <glib/gi18n-lib.h>

/* A catch-up that stands for the occurrence, with everything its series says. */
static FikaCatchup *
draft_from_series (FikaSeries *series, FikaCivil original)
{
  FikaPlan *from = FIKA_PLAN (series);
  FikaCatchup *draft = fika_catchup_new (fika_plan_get_kind (from), original);
  FikaPlan *to = FIKA_PLAN (draft);

  fika_plan_set_title (to, fika_plan_get_title (from));
  fika_plan_set_window (to, fika_plan_get_window (from));
  fika_plan_set_zone (to, fika_plan_get_zone (from));
  fika_plan_set_minutes (to, fika_plan_get_minutes (from));
  fika_plan_set_place (to, fika_plan_get_place (from));
  fika_plan_set_link (to, fika_plan_get_link (from));
  fika_plan_set_notes (to, fika_plan_get_notes (from));
  fika_plan_set_group (to, fika_plan_get_group (from));
  fika_plan_set_people (to, fika_plan_get_people (from));
  fika_plan_set_leads (to, fika_plan_get_leads (from));
  fika_plan_set_sample (to, fika_plan_get_sample (from));
  fika_catchup_set_occurrence (draft, fika_plan_get_id (from), original);

  return draft;
}

/**
 * fika_occurrence_to_draft:
 * @store: a store with an open action, so that nobody else can be faster
 * @occurrence: an occurrence, perhaps of before
 * @error: return location
 *
 * Makes a draft of the catch-up as it is now; for an occurrence that only a rule makes, of the
 * exception that will stand for it.
 *
 * Returns: (transfer full) (nullable): a draft; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaCatchup *
fika_occurrence_to_draft (FikaStore *store, FikaOccurrence *occurrence, GError **error)
{
  FikaCatchup *known = fika_occurrence_get_catchup (occurrence);
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaCatchup) live = NULL;
  g_autoptr (GError) local_error = NULL;
  FikaCivil original = fika_occurrence_get_original (occurrence);
  int64_t id;

  if (known != NULL)
    id = fika_plan_get_id (FIKA_PLAN (known));
  else
    {
      int64_t series_id = fika_plan_get_id (FIKA_PLAN (fika_occurrence_get_series (occurrence)));

      series = fika_store_get_series (store, series_id, error);
      if (series == NULL)
        return NULL;
      id = fika_related_exception_at (store, series_id, original, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (id == 0)
        return draft_from_series (series, original);
    }

  live = fika_store_get_catchup (store, id, error);

  return live != NULL ? fika_catchup_copy (live) : NULL;
}

/* Writes a checked catch-up; 0 with an error. */
int64_t
fika_write_catchup (FikaStore *store, FikaCatchup *draft, GError **error)
{
  int64_t id = fika_plan_get_id (FIKA_PLAN (draft));

  if (id == 0)
    return fika_catchup_table_insert (store, draft, error);

  return fika_catchup_table_update (store, id, draft, error) ? id : 0;
}

/* Checks and writes the draft, and closes the action. */
static FikaCatchup *
finish (FikaStore *store, FikaAction *action, FikaCatchup *draft, GError **error)
{
  g_autoptr (FikaCatchup) clean = fika_check_catchup (store, draft, error);
  int64_t id;

  if (clean == NULL)
    return NULL;
  id = fika_write_catchup (store, clean, error);
  if (id == 0 || !fika_action_commit (action, error))
    return NULL;

  return fika_store_get_catchup (store, id, error);
}

/* Everything a person may say of a catch-up. Which row it is and which occurrence it stands for
 * stay as they are, whatever the draft was made from. */
void
fika_copy_answers (FikaCatchup *from, FikaCatchup *to)
{
  g_autofree GParamSpec **specs = NULL;
  guint n;

  specs = g_object_class_list_properties (G_OBJECT_GET_CLASS (from), &n);
  for (guint i = 0; i < n; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if (!(specs[i]->flags & G_PARAM_WRITABLE))
        continue;
      g_value_init (&value, specs[i]->value_type);
      g_object_get_property (G_OBJECT (from), specs[i]->name, &value);
      g_object_set_property (G_OBJECT (to), specs[i]->name, &value);
    }
  fika_plan_set_people (FIKA_PLAN (to), fika_plan_get_people (FIKA_PLAN (from)));
  fika_plan_set_leads (FIKA_PLAN (to), fika_plan_get_leads (FIKA_PLAN (from)));
}

static gboolean
has_happened (FikaCatchup *catchup, GError **error)
{
  if (fika_catchup_get_state (catchup) != FIKA_STATE_HAPPENED)
    return FALSE;

  fika_invalid (error, _ ("It has happened already. Edit it to change what is noted of it."));

  return TRUE;
}

/**
 * fika_command_save_catchup:
 * @store: the store
 * @draft: a new catch-up, or a changed copy of one
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Keeps a catch-up with all parts: plans a new one, or changes one.
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with %FIKA_ERROR_INVALID,
 *   %FIKA_ERROR_NOT_FOUND or an error of the store
 */
FikaCatchup *
fika_command_save_catchup (FikaStore *store, FikaCatchup *draft, const char *source, GError **error)
{
  g_autoptr (FikaCatchup) clean = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  const char *format;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), NULL);

  clean = fika_check_catchup (store, draft, error);
  if (clean == NULL)
    return NULL;

  object = fika_label_object (FIKA_PLAN (clean));
  if (fika_plan_get_id (FIKA_PLAN (clean)) != 0)
    format = _ ("Change %s");
  else if (fika_catchup_get_state (clean) == FIKA_STATE_HAPPENED)
    format = _ ("Log %s");
  else
    format = _ ("Plan %s");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  label = g_strdup_printf (format, object);
#pragma GCC diagnostic pop

  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  /* Checks once more, now that nobody else can write. */
  return finish (store, &action, draft, error);
}

/**
 * fika_command_edit_occurrence:
 * @store: the store
 * @occurrence: an occurrence
 * @draft: what it is to be
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Changes one occurrence alone; the rest of its series stays as it is.
 *
 * Returns: (transfer full) (nullable): the catch-up that stands for it; %NULL with an error
 */
FikaCatchup *
fika_command_edit_occurrence (FikaStore *store,
                              FikaOccurrence *occurrence,
                              FikaCatchup *draft,
                              const char *source,
                              GError **error)
{
  g_autoptr (FikaCatchup) current = NULL;
  g_autoptr (FikaCatchup) changed = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (occurrence), NULL);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), NULL);

  object = fika_label_object (FIKA_PLAN (draft));
  label = g_strdup_printf (_ ("Change %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  current = fika_occurrence_to_draft (store, occurrence, error);
  if (current == NULL)
    return NULL;

  changed = fika_catchup_copy (draft);
  if (fika_plan_get_id (FIKA_PLAN (changed)) == fika_plan_get_id (FIKA_PLAN (current)))
    fika_catchup_rebase (changed, current);
  fika_copy_answers (changed, current);

  return finish (store, &action, current, error);
}

/**
 * fika_command_move_occurrence:
 * @store: the store
 * @occurrence: an occurrence
 * @to: civil time it is to begin at, in its own zone
 * @window: loosely or exactly
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Puts one occurrence at another time. A skipped one is planned again; one that happened keeps what
 * was noted of it and cannot go into the future.
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with an error
 */
FikaCatchup *
fika_command_move_occurrence (FikaStore *store,
                              FikaOccurrence *occurrence,
                              FikaCivil to,
                              FikaWindow window,
                              const char *source,
                              GError **error)
{
  g_autoptr (FikaCatchup) draft = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (occurrence), NULL);

  object = fika_label_object (fika_occurrence_get_plan (occurrence));
  label = g_strdup_printf (_ ("Move %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  draft = fika_occurrence_to_draft (store, occurrence, error);
  if (draft == NULL)
    return NULL;
  fika_plan_set_start (FIKA_PLAN (draft), to);
  fika_plan_set_window (FIKA_PLAN (draft), window);
  if (fika_catchup_get_state (draft) != FIKA_STATE_HAPPENED)
    fika_catchup_set_state (draft, FIKA_STATE_PLANNED);

  return finish (store, &action, draft, error);
}

/**
 * fika_command_skip_occurrence:
 * @store: the store
 * @occurrence: an occurrence
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Lets one occurrence pass. Skipping it again changes nothing.
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with an error, %FIKA_ERROR_INVALID where
 *   it has happened
 */
FikaCatchup *
fika_command_skip_occurrence (FikaStore *store,
                              FikaOccurrence *occurrence,
                              const char *source,
                              GError **error)
{
  g_autoptr (FikaCatchup) draft = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (occurrence), NULL);

  object = fika_label_object (fika_occurrence_get_plan (occurrence));
  label = g_strdup_printf (_ ("Skip %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  draft = fika_occurrence_to_draft (store, occurrence, error);
  if (draft == NULL || has_happened (draft, error))
    return NULL;
  fika_catchup_set_state (draft, FIKA_STATE_SKIPPED);

  return finish (store, &action, draft, error);
}

/**
 * fika_command_delete_plan:
 * @store: the store
 * @plan: a catch-up or a series
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Deletes a catch-up or a whole series. What happened in a series stays, as catch-ups of their own.
 * One occurrence of a series is cancelled rather than deleted, or its rule would make it anew.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_delete_plan (FikaStore *store, FikaPlan *plan, const char *source, GError **error)
{
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaTakeAway) away = FIKA_TAKE_AWAY_INIT;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_PLAN (plan), FALSE);

  id = fika_plan_get_id (plan);
  object = fika_label_object (plan);
  label = g_strdup_printf (_ ("Delete %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return FALSE;

  if (FIKA_IS_CATCHUP (plan) && fika_catchup_get_series_id (FIKA_CATCHUP (plan)) != 0)
    {
      g_autoptr (FikaCatchup) live = fika_store_get_catchup (store, id, error);
      g_autoptr (FikaCatchup) draft = NULL;

      if (live == NULL)
        return FALSE;
      draft = fika_catchup_copy (live);
      fika_catchup_set_state (draft, FIKA_STATE_CANCELLED);

      return fika_catchup_table_update (store, id, draft, error)
             && fika_action_commit (&action, error);
    }

  fika_take_away_add (FIKA_IS_SERIES (plan) ? &away.series : &away.catchups, id);

  return fika_take_away_run (&away, store, error) && fika_action_commit (&action, error);
}
