#include "config.h"

#include "command/fika-commands.h"

#include "command/fika-command-private.h"
#include "store/fika-catchup-table.h"
#include "store/fika-related.h"
#include "store/fika-series-table.h"

#include <glib/gi18n-lib.h>

static gboolean
repeats_alike (FikaSeries *a, FikaSeries *b)
{
  return fika_plan_get_start (FIKA_PLAN (a)) == fika_plan_get_start (FIKA_PLAN (b))
         && fika_series_get_after_days (a) == fika_series_get_after_days (b)
         && g_str_equal (fika_series_get_rule (a), fika_series_get_rule (b));
}

/* Where the rule puts its occurrence of that day; FIKA_CIVIL_NONE without one. */
static FikaCivil
occurrence_on_day (FikaSeries *series, FikaDay day)
{
  FikaRecurrence *recurrence = fika_series_get_recurrence (series);
  g_autoptr (GArray) found = NULL;

  if (recurrence == NULL)
    return FIKA_CIVIL_NONE;

  found = fika_recurrence_expand (recurrence, fika_plan_get_start (FIKA_PLAN (series)),
                                  fika_civil_new (day, 0, 0), fika_civil_new (day + 1, 0, 0), 1);

  return found->len > 0 ? g_array_index (found, FikaCivil, 0) : FIKA_CIVIL_NONE;
}

/* Lets an exception stand for the occurrence that the new rule makes on its day. */
static gboolean
carry_over (FikaStore *store,
            FikaSeries *series,
            FikaCatchup *exception,
            FikaCivil original,
            GError **error)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_copy (exception);
  FikaPlan *plan = FIKA_PLAN (draft);

  if (fika_catchup_get_state (draft) != FIKA_STATE_HAPPENED
      && fika_plan_get_start (plan) == fika_catchup_get_original (draft))
    fika_plan_set_start (plan, original);
  fika_catchup_set_occurrence (draft, fika_plan_get_id (FIKA_PLAN (series)), original);

  return fika_catchup_table_update (store, fika_plan_get_id (plan), draft, error);
}

/* After a series repeats otherwise: exceptions move along within their day; those whose occurrence
 * is no longer made go, unless they happened. */
static gboolean
fit_exceptions (FikaStore *store, FikaSeries *before, FikaSeries *after, GError **error)
{
  int64_t series = fika_plan_get_id (FIKA_PLAN (after));
  FikaRecurrence *recurrence = fika_series_get_recurrence (after);
  FikaCivil anchor = fika_plan_get_start (FIKA_PLAN (after));
  g_autoptr (GArray) ids = NULL;

  if (repeats_alike (before, after))
    return TRUE;
  /* "After the last time" has no times that it could be out of step with. */
  if (fika_series_get_after_days (before) > 0 && fika_series_get_after_days (after) > 0)
    return TRUE;

  ids = fika_related_exceptions (store, series, error);
  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (FikaCatchup) exception = fika_store_get_catchup (store, id, error);
      g_autoptr (GError) local_error = NULL;
      FikaCivil original, moved;
      gboolean free;

      if (exception == NULL)
        return FALSE;
      original = fika_catchup_get_original (exception);
      if (recurrence != NULL && fika_recurrence_contains (recurrence, anchor, original))
        continue;

      moved = occurrence_on_day (after, fika_civil_day (original));
      free = moved != FIKA_CIVIL_NONE
             && fika_related_exception_at (store, series, moved, &local_error) == 0;
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (free ? !carry_over (store, after, exception, moved, error)
               : fika_catchup_get_state (exception) != FIKA_STATE_HAPPENED
                     && !fika_catchup_table_delete (store, id, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * fika_command_save_series:
 * @store: the store
 * @draft: a new series, or a changed copy of one
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Keeps a series with all parts. Where it repeats otherwise than before, occurrences that were
 * skipped or changed move along within their day, or go when there is none that day; what happened
 * stays.
 *
 * Returns: (transfer full) (nullable): the series; %NULL with an error
 */
FikaSeries *
fika_command_save_series (FikaStore *store, FikaSeries *draft, const char *source, GError **error)
{
  g_autoptr (FikaSeries) clean = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_SERIES (draft), NULL);

  clean = fika_check_series (store, draft, error);
  if (clean == NULL)
    return NULL;

  id = fika_plan_get_id (FIKA_PLAN (clean));
  object = fika_label_object (FIKA_PLAN (clean));
  label = g_strdup_printf (id == 0 ? _ ("Plan %s") : _ ("Change %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  /* Once more, now that nobody else can write. */
  g_clear_object (&clean);
  clean = fika_check_series (store, draft, error);
  if (clean == NULL)
    return NULL;
  if (id == 0)
    id = fika_series_table_insert (store, clean, error);
  else
    {
      g_autoptr (FikaSeries) before = fika_store_get_series (store, id, error);

      if (before == NULL || !fit_exceptions (store, before, clean, error)
          || !fika_series_table_update (store, id, clean, error))
        return NULL;
    }
  if (id == 0 || !fika_action_commit (&action, error))
    return NULL;

  return fika_store_get_series (store, id, error);
}

/**
 * fika_command_convert_to_catchup:
 * @store: the store
 * @series: a series that is to be one catch-up
 * @draft: the catch-up
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Stops the repeating: the series goes, what happened in it stays, and @draft is planned.
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with an error
 */
FikaCatchup *
fika_command_convert_to_catchup (FikaStore *store,
                                 FikaSeries *series,
                                 FikaCatchup *draft,
                                 const char *source,
                                 GError **error)
{
  g_autoptr (FikaCatchup) fresh = NULL;
  g_autoptr (FikaCatchup) clean = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaTakeAway) away = FIKA_TAKE_AWAY_INIT;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_SERIES (series), NULL);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), NULL);

  /* A new row, whatever the draft was made from. */
  fresh = fika_catchup_new (fika_plan_get_kind (FIKA_PLAN (draft)), FIKA_CIVIL_NONE);
  fika_copy_answers (draft, fresh);
  clean = fika_check_catchup (store, fresh, error);
  if (clean == NULL)
    return NULL;

  object = fika_label_object (FIKA_PLAN (clean));
  label = g_strdup_printf (_ ("Stop repeating %s"), object);
  fika_take_away_add (&away.series, fika_plan_get_id (FIKA_PLAN (series)));
  if (!fika_action_begin (&action, store, label, source, error)
      || !fika_take_away_run (&away, store, error))
    return NULL;
  id = fika_catchup_table_insert (store, clean, error);
  if (id == 0 || !fika_action_commit (&action, error))
    return NULL;

  return fika_store_get_catchup (store, id, error);
}

/**
 * fika_command_convert_to_series:
 * @store: the store
 * @catchup: a catch-up that is to repeat
 * @draft: the series
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Makes a catch-up repeat. A planned one gives way to the series. One that happened is kept: as the
 * occurrence of its time where the series makes one, else on its own.
 *
 * Returns: (transfer full) (nullable): the series; %NULL with an error
 */
FikaSeries *
fika_command_convert_to_series (FikaStore *store,
                                FikaCatchup *catchup,
                                FikaSeries *draft,
                                const char *source,
                                GError **error)
{
  g_autoptr (FikaCatchup) live = NULL;
  g_autoptr (FikaSeries) clean = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  FikaCivil original;
  int64_t id, series;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_CATCHUP (catchup), NULL);
  g_return_val_if_fail (FIKA_IS_SERIES (draft), NULL);

  id = fika_plan_get_id (FIKA_PLAN (catchup));
  live = fika_store_get_catchup (store, id, error);
  if (live == NULL)
    return NULL;
  if (fika_catchup_get_series_id (live) != 0)
    {
      fika_invalid (error, _ ("It repeats already. Change the series instead."));
      return NULL;
    }
  clean = fika_check_series (store, draft, error);
  if (clean == NULL)
    return NULL;

  object = fika_label_object (FIKA_PLAN (clean));
  label = g_strdup_printf (_ ("Repeat %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  series = fika_series_table_insert (store, clean, error);
  if (series == 0)
    return NULL;

  original = occurrence_on_day (clean, fika_civil_day (fika_plan_get_start (FIKA_PLAN (live))));
  if (fika_catchup_get_state (live) != FIKA_STATE_HAPPENED)
    {
      if (!fika_catchup_table_delete (store, id, error))
        return NULL;
    }
  else if (original != FIKA_CIVIL_NONE)
    {
      g_autoptr (FikaCatchup) exception = fika_catchup_copy (live);

      fika_catchup_set_occurrence (exception, series, original);
      if (!fika_catchup_table_update (store, id, exception, error))
        return NULL;
    }
  if (!fika_action_commit (&action, error))
    return NULL;

  return fika_store_get_series (store, series, error);
}
