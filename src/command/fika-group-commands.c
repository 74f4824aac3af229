#include "config.h"

#include "command/fika-commands.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "command/fika-command-private.h"
#include "store/fika-group-table.h"

#include <glib/gi18n-lib.h>

#define SIZE_MAX_PEOPLE 1000000
#define GOAL_MAX (24 * 60 * 366)

static gboolean
check_members (FikaStore *store, FikaGroup *clean, GError **error)
{
  GPtrArray *members = fika_group_get_members (clean);
  g_autoptr (GPtrArray) checked
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  if (!fika_check_list_length (members->len, error))
    return FALSE;

  for (guint i = 0; i < members->len; i++)
    {
      const FikaMember *member = g_ptr_array_index (members, i);
      int64_t id = fika_person_get_id (member->person);
      g_autoptr (FikaPerson) live = NULL;
      g_autofree char *role = NULL;

      if (!g_hash_table_add (seen, GINT_TO_POINTER (id)))
        continue;
      live = fika_store_get_person (store, id, error);
      if (live == NULL)
        return FALSE;
      role = fika_text_check_line (member->role, _ ("role"), error);
      if (role == NULL || !fika_check_day (member->since, _ ("first day"), error)
          || !fika_check_day (member->until, _ ("last day"), error))
        return FALSE;
      if (member->since != FIKA_DAY_NONE && member->until != FIKA_DAY_NONE
          && member->until < member->since)
        {
          g_autofree char *name = fika_label_quote (fika_person_get_name (live));

          g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                       _ ("%s would leave before joining. Choose a last day after the first."),
                       name);
          return FALSE;
        }
      g_ptr_array_add (checked, fika_member_new (live, role, member->since, member->until));
    }
  fika_group_set_members (clean, checked);

  return TRUE;
}

static gboolean
check_choices (FikaGroup *clean, GError **error)
{
  const char *period = fika_group_get_goal_period (clean);

  if ((guint) fika_group_get_group_type (clean) >= FIKA_N_GROUP_TYPES
      || (guint) fika_group_get_stage (clean) >= FIKA_N_STAGES
      || (guint) fika_group_get_lively (clean) > 2 || (guint) fika_group_get_online (clean) > 2
      || (!g_str_equal (period, "week") && !g_str_equal (period, "month")
          && !g_str_equal (period, "year")))
    return fika_invalid (error, _ ("This is no answer that Fika knows. Choose one from the list."));
  if (fika_group_get_size (clean) < -1 || fika_group_get_size (clean) > SIZE_MAX_PEOPLE)
    return fika_invalid (error, _ ("This number of people makes no sense. Choose 0 or more."));
  if (fika_group_get_goal_minutes (clean) < 0 || fika_group_get_goal_minutes (clean) > GOAL_MAX)
    return fika_invalid (error, _ ("This goal makes no sense. Choose 0 for none, or more."));

  if (fika_group_get_travel_minutes (clean) < -1
      || fika_group_get_travel_minutes (clean) > FIKA_MINUTES_A_DAY)
    return fika_invalid (error, _ ("This way takes longer than a day, or less than nothing. Choose "
                                   "the minutes it takes."));

  return TRUE;
}

FikaGroup *
fika_check_group (FikaStore *store, FikaGroup *draft, GError **error)
{
  static const FikaTextCheck texts[] = {
    { "next-step", N_ ("next step"), FALSE }, { "place", N_ ("place"), FALSE },
    { "link", N_ ("link"), FALSE },           { "cost", N_ ("cost"), FALSE },
    { "notes", N_ ("notes"), TRUE },
  };
  g_autoptr (FikaGroup) clean = fika_group_copy (draft);
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) interests = NULL;
  g_autoptr (GPtrArray) values = NULL;
  int64_t id = fika_group_get_id (draft);

  if (id != 0)
    {
      g_autoptr (FikaGroup) live = fika_store_get_group (store, id, error);

      if (live == NULL)
        return NULL;
      fika_group_rebase (clean, live);
    }

  name = fika_text_check_name (fika_group_get_name (clean), _ ("name"), error);
  if (name == NULL)
    return NULL;
  fika_group_set_name (clean, name);
  if (!fika_check_texts (G_OBJECT (clean), texts, G_N_ELEMENTS (texts), error)
      || !check_choices (clean, error) || !check_members (store, clean, error)
      || !fika_check_day (fika_group_get_next_step_day (clean), _ ("day of the next step"), error))
    return NULL;

  contacts = fika_check_contacts (fika_group_get_contacts (clean), error);
  if (contacts == NULL)
    return NULL;
  interests = fika_check_words (fika_group_get_interests (clean), _ ("interest"), error);
  if (interests == NULL)
    return NULL;
  values = fika_check_words (fika_group_get_values (clean), _ ("value"), error);
  if (values == NULL)
    return NULL;
  fika_group_set_contacts (clean, contacts);
  fika_group_set_interests (clean, interests);
  fika_group_set_values (clean, values);

  return g_steal_pointer (&clean);
}

/* Writes a changed group, and the step on its trail. */
static gboolean
update_group (FikaStore *store, FikaGroup *live, FikaGroup *clean, GError **error)
{
  int64_t id = fika_group_get_id (clean);
  FikaStage stage = fika_group_get_stage (clean);

  return fika_group_table_update (store, id, clean, error)
         && (stage == fika_group_get_stage (live)
             || fika_group_table_add_stage_change (store, id, stage, fika_store_now (store),
                                                   error));
}

/**
 * fika_command_save_group:
 * @store: the store
 * @draft: a new group, or a changed copy of one
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Keeps a group with all parts; a new stage is noted on its trail.
 *
 * Returns: (transfer full) (nullable): the group; %NULL with an error
 */
FikaGroup *
fika_command_save_group (FikaStore *store, FikaGroup *draft, const char *source, GError **error)
{
  g_autoptr (FikaGroup) clean = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (draft), NULL);

  clean = fika_check_group (store, draft, error);
  if (clean == NULL)
    return NULL;

  id = fika_group_get_id (clean);
  name = fika_label_quote (fika_group_get_name (clean));
  label = g_strdup_printf (id == 0 ? _ ("Add %s") : _ ("Change %s"), name);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;

  /* Once more, now that nobody else can write. */
  g_clear_object (&clean);
  clean = fika_check_group (store, draft, error);
  if (clean == NULL)
    return NULL;
  if (id == 0)
    id = fika_group_table_insert (store, clean, error);
  else
    {
      g_autoptr (FikaGroup) live = fika_store_get_group (store, id, error);

      if (live == NULL || !update_group (store, live, clean, error))
        return NULL;
    }
  if (id == 0 || !fika_action_commit (&action, error))
    return NULL;

  return fika_store_get_group (store, id, error);
}

/**
 * fika_command_set_stage:
 * @store: the store
 * @group: a group
 * @stage: where on its trail it is now
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Moves a group on its trail. To the stage where it is already, nothing is changed.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_set_stage (FikaStore *store,
                        FikaGroup *group,
                        FikaStage stage,
                        const char *source,
                        GError **error)
{
  g_autoptr (FikaGroup) live = NULL;
  g_autoptr (FikaGroup) draft = NULL;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_GROUP (group), FALSE);

  if ((guint) stage >= FIKA_N_STAGES)
    return fika_invalid (error, _ ("There is no such stage. Choose one from the list."));

  name = fika_label_quote (fika_group_get_name (group));
  /* Translators: a group and its stage: "Move Choir to “First visit”". */
  label = g_strdup_printf (_ ("Move %s to “%s”"), name, fika_stage_label (stage));
  if (!fika_action_begin (&action, store, label, source, error))
    return FALSE;

  live = fika_store_get_group (store, fika_group_get_id (group), error);
  if (live == NULL)
    return FALSE;
  draft = fika_group_copy (live);
  fika_group_set_stage (draft, stage);

  return update_group (store, live, draft, error) && fika_action_commit (&action, error);
}

/**
 * fika_command_delete_group:
 * @store: the store
 * @group: a group
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Deletes a group, its series and the visits in which nobody else was. Time with people that
 * happened in it is kept and carries its name.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_delete_group (FikaStore *store, FikaGroup *group, const char *source, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaTakeAway) away = FIKA_TAKE_AWAY_INIT;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_GROUP (group), FALSE);

  name = fika_label_quote (fika_group_get_name (group));
  label = g_strdup_printf (_ ("Delete %s"), name);
  fika_take_away_add (&away.groups, fika_group_get_id (group));

  return fika_action_begin (&action, store, label, source, error)
         && fika_take_away_run (&away, store, error) && fika_action_commit (&action, error);
}
