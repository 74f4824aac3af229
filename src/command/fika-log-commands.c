#include "config.h"

#include "command/fika-commands.h"

#include "base/fika-text.h"
#include "command/fika-command-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* What the details say, clean; `clean` holds the texts. */
typedef struct
{
  FikaLogDetails values;
  char *note;
  char *next_topic;
  char *learned;
} CleanDetails;

static void
clean_details_clear (CleanDetails *self)
{
  g_free (self->note);
  g_free (self->next_topic);
  g_free (self->learned);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CleanDetails, clean_details_clear)

static gboolean
check_details (const FikaLogDetails *details, CleanDetails *clean, GError **error)
{
  if (details == NULL)
    return TRUE;

  clean->values = *details;
  clean->note = fika_text_check_note (details->note, _ ("note"), error);
  if (clean->note == NULL)
    return FALSE;
  clean->learned
      = fika_text_check_note (details->learned, _ ("text about what you learned"), error);
  if (clean->learned == NULL)
    return FALSE;
  clean->next_topic = fika_text_check_line (details->next_topic, _ ("topic"), error);

  return clean->next_topic != NULL && fika_check_minutes (details->minutes, error);
}

/* A first note comes after what was written while planning; a later one corrects it. */
static void
apply_note (FikaPlan *plan, const char *note, gboolean again)
{
  const char *planned = fika_plan_get_notes (plan);
  g_autofree char *both = NULL;

  if (note == NULL || note[0] == '\0')
    return;
  if (!again && planned[0] != '\0')
    both = g_strconcat (planned, "\n", note, NULL);

  fika_plan_set_notes (plan, both != NULL ? both : note);
}

static void
apply_details (FikaCatchup *draft, const CleanDetails *clean, gboolean again)
{
  const FikaLogDetails *values = &clean->values;

  apply_note (FIKA_PLAN (draft), clean->note, again);
  if (values->minutes != 0)
    fika_plan_set_minutes (FIKA_PLAN (draft), values->minutes);
  if (values->feeling != 0)
    fika_catchup_set_feeling (draft, values->feeling);
  if (values->reached_out != 0)
    fika_catchup_set_reached_out (draft, values->reached_out);
  if (clean->learned != NULL && clean->learned[0] != '\0')
    fika_catchup_set_learned (draft, clean->learned);
  if (values->again != FIKA_AGAIN_UNSAID)
    fika_catchup_set_again (draft, values->again);
  if (values->volunteer != 0)
    fika_catchup_set_volunteer (draft, values->volunteer);
}

/* Happened no later than now: what was planned for later was done early. */
static void
set_happened (FikaStore *store, FikaCatchup *draft)
{
  FikaPlan *plan = FIKA_PLAN (draft);

  fika_catchup_set_state (draft, FIKA_STATE_HAPPENED);
  if (fika_plan_get_start (plan) == FIKA_CIVIL_NONE || fika_plan_is_to_come (store, plan))
    {
      fika_plan_set_window (plan, FIKA_WINDOW_EXACT);
      fika_plan_set_start (plan,
                           fika_zone_from_utc (fika_plan_get_zone (plan), fika_store_now (store)));
    }
}

static FikaCatchup *
finish (FikaStore *store,
        FikaAction *action,
        FikaCatchup *draft,
        const CleanDetails *clean,
        GError **error)
{
  g_autoptr (FikaCatchup) checked = fika_check_catchup (store, draft, error);
  GPtrArray *people;
  int64_t id;

  if (checked == NULL)
    return NULL;
  id = fika_write_catchup (store, checked, error);
  if (id == 0)
    return NULL;

  people = fika_plan_get_people (FIKA_PLAN (checked));
  for (guint i = 0; clean->next_topic != NULL && clean->next_topic[0] != '\0' && i < people->len;
       i++)
    {
      if (!fika_write_topic (store, fika_person_get_id (g_ptr_array_index (people, i)),
                             clean->next_topic, FIKA_DAY_NONE, error))
        return NULL;
    }

  if (!fika_action_commit (action, error))
    return NULL;

  return fika_store_get_catchup (store, id, error);
}

/**
 * fika_command_log_occurrence:
 * @store: the store
 * @occurrence: an occurrence
 * @details: (nullable): what can be said of it
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Notes that an occurrence happened; when it was planned for later, that it did so now. Logging it
 * again only adds what @details say: without any, nothing is changed and there is nothing to undo.
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with an error
 */
FikaCatchup *
fika_command_log_occurrence (FikaStore *store,
                             FikaOccurrence *occurrence,
                             const FikaLogDetails *details,
                             const char *source,
                             GError **error)
{
  g_auto (CleanDetails) clean = { { 0 }, NULL, NULL, NULL };
  g_autoptr (FikaCatchup) draft = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  gboolean again;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (occurrence), NULL);

  if (!check_details (details, &clean, error))
    return NULL;

  object = fika_label_object (fika_occurrence_get_plan (occurrence));
  label = g_strdup_printf (_ ("Log %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  draft = fika_occurrence_to_draft (store, occurrence, error);
  if (draft == NULL)
    return NULL;

  /* What a series says of all its occurrences is no note of this one. */
  if (fika_plan_get_id (FIKA_PLAN (draft)) == 0)
    fika_plan_set_notes (FIKA_PLAN (draft), "");
  again = fika_catchup_get_state (draft) == FIKA_STATE_HAPPENED;
  if (!again)
    set_happened (store, draft);
  apply_details (draft, &clean, again);

  return finish (store, &action, draft, &clean, error);
}

/**
 * fika_command_log_new:
 * @store: the store
 * @draft: who, what and when; without a start: now
 * @details: (nullable): what can be said of it
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Notes a catch-up that nobody had planned.
 *
 * Returns: (transfer full) (nullable): the catch-up; %NULL with an error, %FIKA_ERROR_INVALID where
 *   it would be in the future
 */
FikaCatchup *
fika_command_log_new (FikaStore *store,
                      FikaCatchup *draft,
                      const FikaLogDetails *details,
                      const char *source,
                      GError **error)
{
  g_auto (CleanDetails) clean = { { 0 }, NULL, NULL, NULL };
  g_autoptr (FikaCatchup) happened = NULL;
  g_autoptr (FikaCatchup) checked = NULL;
  g_autofree char *object = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_CATCHUP (draft), NULL);

  if (!check_details (details, &clean, error))
    return NULL;

  happened = fika_catchup_copy (draft);
  if (fika_plan_get_start (FIKA_PLAN (happened)) == FIKA_CIVIL_NONE)
    set_happened (store, happened);
  fika_catchup_set_state (happened, FIKA_STATE_HAPPENED);
  apply_details (happened, &clean, FALSE);
  checked = fika_check_catchup (store, happened, error);
  if (checked == NULL)
    return NULL;

  object = fika_label_object (FIKA_PLAN (checked));
  label = g_strdup_printf (_ ("Log %s"), object);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  return finish (store, &action, checked, &clean, error);
}
