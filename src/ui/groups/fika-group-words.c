#include "config.h"

#include "ui/groups/fika-group-words.h"

#include "base/fika-when.h"

#include <glib/gi18n-lib.h>

/**
 * fika_group_words_next_step:
 * @group: a group
 * @today: the day it is
 *
 * Returns: (transfer full): the next step and its day: "Ask for a trial evening · Thursday"; empty
 *   where none is set
 */
char *
fika_group_words_next_step (FikaGroup *group, FikaDay today)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  if (fika_group_get_next_step_day (group) == FIKA_DAY_NONE
      || *fika_group_get_next_step (group) == '\0')
    return g_strdup (fika_group_get_next_step (group));

  day = fika_when_day (fika_group_get_next_step_day (group), today);
  return g_strdup_printf ("%s · %s", fika_group_get_next_step (group), day);
}

static FikaOccurrence *
next_session (FikaStore *store, FikaGroup *group)
{
  g_autoptr (GPtrArray) series = fika_store_series_of_group (store, group);
  g_autoptr (FikaOccurrence) first = NULL;

  for (guint i = 0; series != NULL && i < series->len; i++)
    {
      g_autoptr (FikaOccurrence) next = NULL;

      next = fika_store_next_of_series (store, g_ptr_array_index (series, i), NULL);
      if (next != NULL && (first == NULL || fika_occurrence_compare (next, first) < 0))
        g_set_object (&first, next);
    }

  return g_steal_pointer (&first);
}

/**
 * fika_group_words_next_session:
 * @store: the data
 * @group: a group
 *
 * Returns: (transfer full): when its sessions are next; empty where none is planned
 */
char *
fika_group_words_next_session (FikaStore *store, FikaGroup *group)
{
  g_autoptr (FikaOccurrence) next = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  next = next_session (store, group);
  if (next == NULL)
    return g_strdup ("");

  return fika_when_day_and_time (fika_occurrence_get_start (next),
                                 fika_plan_get_window (fika_occurrence_get_plan (next)),
                                 fika_store_today (store));
}

static void
add_part (GString *words, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, part);
}

/**
 * fika_group_words_about:
 * @group: a group
 *
 * What kind of thing it is, in one line: "Choir · quiet · 20 minutes away · 30 people · free".
 *
 * Returns: (transfer full): the line
 */
char *
fika_group_words_about (FikaGroup *group)
{
  g_autoptr (GString) words = g_string_new (NULL);
  int minutes, size;

  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  minutes = fika_group_get_travel_minutes (group);
  size = fika_group_get_size (group);
  add_part (words, fika_group_type_label (fika_group_get_group_type (group)));
  if (fika_group_get_online (group) == 1)
    add_part (words, _ ("online"));
  else if (fika_group_get_online (group) == 2)
    add_part (words, _ ("in person and online"));
  if (fika_group_get_lively (group) == 1)
    add_part (words, _ ("quiet"));
  else if (fika_group_get_lively (group) == 2)
    add_part (words, _ ("lively"));
  if (minutes >= 0)
    {
      g_autofree char *away = NULL;

      away = g_strdup_printf (ngettext ("%d minute away", "%d minutes away", minutes), minutes);
      add_part (words, away);
    }
  if (size >= 0)
    {
      g_autofree char *people = g_strdup_printf (ngettext ("%d person", "%d people", size), size);

      add_part (words, people);
    }
  add_part (words, fika_group_get_cost (group));
  if (fika_group_get_private_group (group))
    add_part (words, _ ("private"));

  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * fika_group_words_hours:
 * @store: the data
 * @group: a group
 *
 * Returns: (transfer full): the time given as a volunteer, this year and in all; empty where there
 * is none
 */
char *
fika_group_words_hours (FikaStore *store, FikaGroup *group)
{
  int64_t all, year_minutes;
  int year;
  g_autofree char *this_year = NULL;
  g_autofree char *in_all = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  all = fika_store_volunteer_minutes (store, group, 0, INT64_MAX);
  if (all == 0)
    return g_strdup ("");

  fika_day_to_ymd (fika_store_today (store), &year, NULL, NULL);
  year_minutes = fika_store_volunteer_minutes (
      store, group,
      fika_zone_to_utc (FIKA_ZONE_HERE, fika_civil_new (fika_day_from_ymd (year, 1, 1), 0, 0)),
      INT64_MAX);
  this_year = fika_when_duration ((int) year_minutes);
  in_all = fika_when_duration ((int) all);

  /* Translators: two lengths of time: "12 h this year, 40 h in all" */
  return g_strdup_printf (_ ("%s this year, %s in all"), this_year, in_all);
}
