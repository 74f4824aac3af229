#include "config.h"

#include "command/fika-commands.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "command/fika-command-private.h"
#include "store/fika-circle-table.h"
#include "store/fika-person-table.h"

#include <glib/gi18n-lib.h>

#include <string.h>

static const FikaCircle *
find_circle (GPtrArray *circles, int64_t id)
{
  for (guint i = 0; i < circles->len; i++)
    {
      const FikaCircle *circle = g_ptr_array_index (circles, i);

      if (circle->id == id)
        return circle;
    }

  return NULL;
}

/* The circle exists, and the person's cadence makes sense with what comes from it. */
static gboolean
check_circle (FikaStore *store, FikaPerson *clean, GError **error)
{
  g_autoptr (GPtrArray) circles = fika_store_circles (store);
  const FikaCircle *circle = find_circle (circles, fika_person_get_circle_id (clean));
  int ideal = fika_person_get_ideal (clean);
  int latest = fika_person_get_latest (clean);

  if (circle == NULL)
    return fika_invalid (error, _ ("There is no such circle. Choose one from the list."));
  if (ideal == FIKA_CADENCE_FROM_CIRCLE && latest == FIKA_CADENCE_FROM_CIRCLE)
    return TRUE;

  return fika_check_cadence (ideal == FIKA_CADENCE_FROM_CIRCLE ? circle->ideal : ideal,
                             latest == FIKA_CADENCE_FROM_CIRCLE ? circle->latest : latest, error);
}

static gboolean
check_occasion (FikaStore *store, const FikaOccasion *occasion, GError **error)
{
  g_autofree char *text = fika_occasion_format (occasion);
  FikaOccasion *parsed = NULL;

  if ((guint) occasion->kind > FIKA_OCCASION_OTHER)
    return fika_invalid (error, _ ("This is no kind of date that Fika knows."));

  /* The same rules as for a date that is typed, and the same words. */
  parsed = fika_occasion_parse (occasion->kind, text, error);
  if (parsed == NULL)
    return FALSE;
  fika_occasion_free (parsed);

  if (occasion->kind == FIKA_OCCASION_BIRTHDAY && occasion->year != 0
      && fika_day_from_ymd (occasion->year, occasion->month, occasion->day)
             > fika_store_today (store))
    return fika_invalid (error, _ ("This birthday is still to come. Check its year, or leave the "
                                   "year out."));

  return TRUE;
}

static gboolean
check_occasions (FikaStore *store, FikaPerson *clean, GError **error)
{
  GPtrArray *occasions = fika_person_get_occasions (clean);
  g_autoptr (GPtrArray) checked
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);

  if (!fika_check_list_length (occasions->len, error))
    return FALSE;

  for (guint i = 0; i < occasions->len; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (occasions, i);
      g_autofree char *label = fika_text_check_line (occasion->label, _ ("label"), error);

      if (label == NULL || !check_occasion (store, occasion, error))
        return FALSE;
      g_ptr_array_add (checked, fika_occasion_new (occasion->kind, label, occasion->year,
                                                   occasion->month, occasion->day));
    }
  fika_person_set_occasions (clean, checked);

  return TRUE;
}

static gboolean
check_introducer (FikaStore *store, FikaPerson *clean, GError **error)
{
  int64_t id = fika_person_get_introduced_by (clean);
  g_autoptr (FikaPerson) introducer = NULL;

  if (id == 0)
    return TRUE;
  if (id == fika_person_get_id (clean))
    return fika_invalid (error, _ ("Nobody introduces themselves. Choose somebody else."));

  introducer = fika_store_get_person (store, id, error);

  return introducer != NULL;
}

static gboolean
check_zone (FikaPerson *clean, GError **error)
{
  const char *zone = fika_person_get_zone (clean);
  g_autofree char *clipped = NULL;

  if (zone[0] == '\0' || fika_zone_valid (zone))
    return TRUE;

  clipped = fika_label_quote (zone);
  g_set_error (
      error, FIKA_ERROR, FIKA_ERROR_INVALID,
      _ ("“%s” is no time zone that this computer knows. Choose one like Europe/Berlin, or "
         "leave it empty."),
      clipped);

  return FALSE;
}

FikaPerson *
fika_check_person (FikaStore *store, FikaPerson *draft, GError **error)
{
  static const FikaTextCheck texts[] = {
    { "nickname", N_ ("nickname"), FALSE },
    { "pronouns", N_ ("pronouns"), FALSE },
    { "how-met", N_ ("text about how you met"), FALSE },
    { "notes", N_ ("notes"), TRUE },
    { "extra", N_ ("imported card"), TRUE },
    { "photo", N_ ("photo"), FALSE },
  };
  g_autoptr (FikaPerson) clean = fika_person_copy (draft);
  g_autofree char *name = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) tags = NULL;
  int64_t id = fika_person_get_id (draft);

  if (id != 0)
    {
      g_autoptr (FikaPerson) live = fika_store_get_person (store, id, error);

      if (live == NULL)
        return NULL;
      fika_person_rebase (clean, live);
    }

  name = fika_text_check_name (fika_person_get_name (clean), _ ("name"), error);
  if (name == NULL)
    return NULL;
  fika_person_set_name (clean, name);

  if (!fika_check_texts (G_OBJECT (clean), texts, G_N_ELEMENTS (texts), error))
    return NULL;
  if (strchr (fika_person_get_photo (clean), '/') != NULL)
    {
      fika_invalid (error, _ ("The photo is not one that Fika keeps. Choose it again."));
      return NULL;
    }
  if (fika_person_get_ties (clean) >= 1u << FIKA_N_TIES)
    {
      fika_invalid (error, _ ("This is no tie that Fika knows. Choose from the list."));
      return NULL;
    }
  if (!check_zone (clean, error) || !check_circle (store, clean, error)
      || !check_occasions (store, clean, error) || !check_introducer (store, clean, error)
      || !fika_check_day (fika_person_get_died (clean), _ ("day of death"), error)
      || !fika_check_day (fika_person_get_paused_until (clean), _ ("end of the pause"), error))
    return NULL;

  contacts = fika_check_contacts (fika_person_get_contacts (clean), error);
  if (contacts == NULL)
    return NULL;
  fika_person_set_contacts (clean, contacts);
  tags = fika_check_words (fika_person_get_tags (clean), _ ("tag"), error);
  if (tags == NULL)
    return NULL;
  fika_person_set_tags (clean, tags);

  return g_steal_pointer (&clean);
}

/* Writes a checked person; 0 with an error. */
static int64_t
write_person (FikaStore *store, FikaPerson *clean, GError **error)
{
  int64_t id = fika_person_get_id (clean);

  if (id == 0)
    return fika_person_table_insert (store, clean, error);

  return fika_person_table_update (store, id, clean, error) ? id : 0;
}

/* "Archive Ada" from "Archive %s". */
static char *
label_person (const char *format, FikaPerson *person)
{
  g_autofree char *name = fika_label_quote (fika_person_get_name (person));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, name);
#pragma GCC diagnostic pop
}

/**
 * fika_command_save_person:
 * @store: the store
 * @draft: somebody new, or a changed copy of a person
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Keeps a person with all parts. Empty contacts and tags fall away.
 *
 * Returns: (transfer full) (nullable): the person; %NULL with %FIKA_ERROR_INVALID,
 *   %FIKA_ERROR_NOT_FOUND (a person that was deleted meanwhile) or an error of the store
 */
FikaPerson *
fika_command_save_person (FikaStore *store, FikaPerson *draft, const char *source, GError **error)
{
  g_autoptr (FikaPerson) clean = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_PERSON (draft), NULL);

  clean = fika_check_person (store, draft, error);
  if (clean == NULL)
    return NULL;

  label = label_person (fika_person_get_id (clean) == 0 ? _ ("Add %s") : _ ("Change %s"), clean);
  if (!fika_action_begin (&action, store, label, source, error))
    return NULL;
  /* Once more, now that nobody else can write. */
  g_clear_object (&clean);
  clean = fika_check_person (store, draft, error);
  if (clean == NULL)
    return NULL;
  id = write_person (store, clean, error);
  if (id == 0 || !fika_action_commit (&action, error))
    return NULL;

  return fika_store_get_person (store, id, error);
}

/**
 * fika_command_save_people:
 * @store: the store
 * @drafts: (element-type FikaPerson): people to add (without an id) or to change
 * @label: (nullable): what is done, in the person's words
 * @source: one of FIKA_SOURCE_*
 * @cancellable: (nullable): to give up; nothing is left then
 * @error: return location
 *
 * Keeps many people as one action: all or none.
 *
 * Returns: %FALSE with %FIKA_ERROR_CANCELLED or any error of fika_command_save_person ()
 */
gboolean
fika_command_save_people (FikaStore *store,
                          GPtrArray *drafts,
                          const char *label,
                          const char *source,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree char *own_label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (drafts != NULL, FALSE);

  if (label == NULL)
    own_label = g_strdup_printf (ngettext ("Import %u person", "Import %u people", drafts->len),
                                 drafts->len);
  if (!fika_action_begin (&action, store, label != NULL ? label : own_label, source, error))
    return FALSE;

  fika_store_expect_steps (store, drafts->len * (FIKA_STEPS_TO_WRITE + FIKA_STEPS_TO_DERIVE));
  for (guint i = 0; i < drafts->len; i++)
    {
      FikaPerson *draft = g_ptr_array_index (drafts, i);
      g_autoptr (FikaPerson) clean = NULL;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_CANCELLED,
                               _ ("Cancelled. Nothing was changed."));
          return FALSE;
        }
      clean = fika_check_person (store, draft, error);
      if (clean == NULL || write_person (store, clean, error) == 0)
        {
          g_autofree char *name = fika_label_quote (fika_person_get_name (draft));

          g_prefix_error (error, _ ("“%s”: "), name);
          return FALSE;
        }
      if (!fika_store_step (store, FIKA_STEPS_TO_WRITE, error))
        return FALSE;
    }

  return fika_action_commit (&action, error);
}

/**
 * fika_command_archive_person:
 * @store: the store
 * @person: somebody
 * @archived: whether to archive or to bring back
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Lets a person fall silent everywhere, or brings them back.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_archive_person (FikaStore *store,
                             FikaPerson *person,
                             gboolean archived,
                             const char *source,
                             GError **error)
{
  g_autoptr (FikaPerson) live = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_PERSON (person), FALSE);

  label = label_person (archived ? _ ("Archive %s") : _ ("Bring back %s"), person);
  if (!fika_action_begin (&action, store, label, source, error))
    return FALSE;

  live = fika_store_get_person (store, fika_person_get_id (person), error);
  if (live == NULL)
    return FALSE;
  draft = fika_person_copy (live);
  g_object_set (draft, "archived", archived, NULL);

  return write_person (store, draft, error) != 0 && fika_action_commit (&action, error);
}

/**
 * fika_command_delete_person:
 * @store: the store
 * @person: somebody
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Deletes a person, and the catch-ups and series in which nobody else is.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_delete_person (FikaStore *store,
                            FikaPerson *person,
                            const char *source,
                            GError **error)
{
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;
  g_auto (FikaTakeAway) away = FIKA_TAKE_AWAY_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);
  g_return_val_if_fail (FIKA_IS_PERSON (person), FALSE);

  label = label_person (_ ("Delete %s"), person);
  fika_take_away_add (&away.people, fika_person_get_id (person));

  return fika_action_begin (&action, store, label, source, error)
         && fika_take_away_run (&away, store, error) && fika_action_commit (&action, error);
}

/**
 * fika_command_set_circle_cadence:
 * @store: the store
 * @circle: id of a circle
 * @ideal: days, or 0 for no rhythm
 * @latest: days, or 0 for no rhythm
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Sets how often one likes to be in touch with the people of a circle.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_set_circle_cadence (FikaStore *store,
                                 int64_t circle,
                                 int ideal,
                                 int latest,
                                 const char *source,
                                 GError **error)
{
  g_autoptr (GPtrArray) circles = NULL;
  const FikaCircle *found;
  g_autofree char *label = NULL;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  circles = fika_store_circles (store);
  found = find_circle (circles, circle);
  if (found == NULL)
    return fika_invalid (error, _ ("There is no such circle. Choose one from the list."));
  if (!fika_check_cadence (ideal, latest, error))
    return FALSE;

  label = g_strdup_printf (_ ("Change the rhythm of “%s”"), found->name);

  return fika_action_begin (&action, store, label, source, error)
         && fika_circle_table_update (store, circle, ideal, latest, error)
         && fika_action_commit (&action, error);
}
