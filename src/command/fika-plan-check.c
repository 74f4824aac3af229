#include "config.h"

#include "command/fika-command-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"

#include <glib/gi18n-lib.h>

/* How far ahead of the clock something may have "happened": clocks differ a little. */
#define AHEAD_MAX (5 * 60)
#define AFTER_DAYS_MAX 3650
#define LEAD_MAX (60 * FIKA_MINUTES_A_DAY)
#define LEADS_MAX 20
#define FEELING_MAX 5
#define REACHED_OUT_MAX 2

static gboolean
check_zone (FikaPlan *plan, GError **error)
{
  const char *zone = fika_plan_get_zone (plan);
  g_autofree char *clipped = NULL;

  if (zone[0] == '\0' || fika_zone_valid (zone))
    return TRUE;

  clipped = fika_label_quote (zone);
  g_set_error (
      error, FIKA_ERROR, FIKA_ERROR_INVALID,
      _ ("“%s” is no time zone that this computer knows. Choose one like Europe/Berlin, or "
         "leave it empty for wherever you are."),
      clipped);

  return FALSE;
}

/* Each person once, as they are now. */
static gboolean
check_people (FikaStore *store, FikaPlan *plan, GError **error)
{
  GPtrArray *people = fika_plan_get_people (plan);
  g_autoptr (GPtrArray) clean = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_direct_hash, g_direct_equal);

  if (!fika_check_list_length (people->len, error))
    return FALSE;

  for (guint i = 0; i < people->len; i++)
    {
      int64_t id = fika_person_get_id (g_ptr_array_index (people, i));
      FikaPerson *person;

      if (!g_hash_table_add (seen, GINT_TO_POINTER (id)))
        continue;
      person = fika_store_get_person (store, id, error);
      if (person == NULL)
        return FALSE;
      g_ptr_array_add (clean, person);
    }
  fika_plan_set_people (plan, clean);

  if (clean->len == 0 && fika_plan_get_group (plan) == NULL)
    return fika_invalid (error, _ ("Nobody is in it yet. Choose at least one person, or a group."));

  return TRUE;
}

static gboolean
check_group (FikaStore *store, FikaPlan *plan, GError **error)
{
  FikaGroup *group = fika_plan_get_group (plan);
  g_autoptr (FikaGroup) live = NULL;

  if (group == NULL)
    return TRUE;

  live = fika_store_get_group (store, fika_group_get_id (group), error);
  if (live == NULL)
    return FALSE;
  fika_plan_set_group (plan, live);

  return TRUE;
}

static gboolean
check_leads (FikaPlan *plan, GError **error)
{
  GArray *leads = fika_plan_get_leads (plan);

  if (leads->len > LEADS_MAX)
    return fika_invalid (error, _ ("These are too many reminders for one plan. Keep at most 20."));

  for (guint i = 0; i < leads->len; i++)
    {
      int lead = g_array_index (leads, int, i);

      if (lead < 0)
        return fika_invalid (error, _ ("A reminder cannot come after the start. Choose an earlier "
                                       "time for it."));
      if (lead > LEAD_MAX)
        return fika_invalid (error, _ ("A reminder can come 60 days ahead at most. Choose a later "
                                       "time for it."));
    }

  return TRUE;
}

/* What catch-ups and series have in common. */
static gboolean
check_plan (FikaStore *store, FikaPlan *plan, GError **error)
{
  static const FikaTextCheck texts[] = {
    { "title", N_ ("title"), FALSE },
    { "place", N_ ("place"), FALSE },
    { "link", N_ ("link"), FALSE },
    { "notes", N_ ("notes"), TRUE },
  };
  FikaCivil start = fika_plan_get_start (plan);

  if ((guint) fika_plan_get_kind (plan) >= FIKA_N_KINDS)
    return fika_invalid (error, _ ("This is no kind of catch-up that Fika knows."));
  if ((guint) fika_plan_get_window (plan) > FIKA_WINDOW_DAY)
    return fika_invalid (error, _ ("This is no time of the day that Fika knows."));
  if (start == FIKA_CIVIL_NONE)
    return fika_invalid (error, _ ("It has no date yet. Choose a day."));
  if (start < fika_civil_new (fika_day_from_ymd (FIKA_YEAR_FIRST, 1, 1), 0, 0)
      || start >= fika_civil_new (fika_day_from_ymd (FIKA_YEAR_LAST, 12, 31), 24, 0))
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("The date is out of reach. Choose one between the years %d and %d."),
                   FIKA_YEAR_FIRST, FIKA_YEAR_LAST);
      return FALSE;
    }

  return fika_check_texts (G_OBJECT (plan), texts, G_N_ELEMENTS (texts), error)
         && check_zone (plan, error) && fika_check_minutes (fika_plan_get_minutes (plan), error)
         && check_group (store, plan, error) && check_people (store, plan, error)
         && check_leads (plan, error);
}

static int64_t
begins (FikaPlan *plan)
{
  return fika_zone_to_utc (
      fika_plan_get_zone (plan),
      fika_window_opens (fika_plan_get_window (plan), fika_plan_get_start (plan)));
}

gboolean
fika_plan_is_to_come (FikaStore *store, FikaPlan *plan)
{
  return begins (plan) > fika_store_now (store) + AHEAD_MAX;
}

FikaCatchup *
fika_check_catchup (FikaStore *store, FikaCatchup *draft, GError **error)
{
  static const FikaTextCheck texts[] = {
    { "learned", N_ ("text about what you learned"), TRUE },
    { "role", N_ ("role"), FALSE },
    { "task", N_ ("task"), FALSE },
  };
  g_autoptr (FikaCatchup) clean = fika_catchup_copy (draft);
  int64_t id = fika_plan_get_id (FIKA_PLAN (clean));

  if (id != 0)
    {
      g_autoptr (FikaCatchup) live = fika_store_get_catchup (store, id, error);

      if (live == NULL)
        return NULL;
      fika_catchup_rebase (clean, live);
    }

  if (!check_plan (store, FIKA_PLAN (clean), error)
      || !fika_check_texts (G_OBJECT (clean), texts, G_N_ELEMENTS (texts), error)
      || !fika_check_minutes (fika_catchup_get_volunteer (clean), error))
    return NULL;

  if ((guint) fika_catchup_get_state (clean) > FIKA_STATE_CANCELLED
      || (guint) fika_catchup_get_again (clean) > FIKA_AGAIN_NO
      || (guint) fika_catchup_get_reached_out (clean) > REACHED_OUT_MAX)
    {
      fika_invalid (error, _ ("This is no answer that Fika knows. Choose one from the list."));
      return NULL;
    }
  if ((guint) fika_catchup_get_feeling (clean) > FEELING_MAX)
    {
      fika_invalid (error, _ ("How it felt goes from 1 (hard) to 5 (wonderful). Choose one of "
                              "these."));
      return NULL;
    }
  if (fika_catchup_get_state (clean) == FIKA_STATE_HAPPENED
      && fika_plan_is_to_come (store, FIKA_PLAN (clean)))
    {
      fika_invalid (error, _ ("That time is still to come. Choose one that has been, or plan it "
                              "instead."));
      return NULL;
    }

  return g_steal_pointer (&clean);
}

FikaSeries *
fika_check_series (FikaStore *store, FikaSeries *draft, GError **error)
{
  g_autoptr (FikaSeries) clean = fika_series_copy (draft);
  int64_t id = fika_plan_get_id (FIKA_PLAN (clean));
  const char *rule;
  int days;

  if (id != 0)
    {
      g_autoptr (FikaSeries) live = fika_store_get_series (store, id, error);

      if (live == NULL)
        return NULL;
      fika_series_rebase (clean, live);
    }
  if (!check_plan (store, FIKA_PLAN (clean), error))
    return NULL;

  rule = fika_series_get_rule (clean);
  days = fika_series_get_after_days (clean);
  if ((rule[0] == '\0') == (days == 0))
    {
      fika_invalid (error, _ ("It does not say how often it repeats. Choose a rule, or a number of "
                              "days after the last time."));
      return NULL;
    }
  if (rule[0] == '\0')
    {
      if (days < 1 || days > AFTER_DAYS_MAX)
        {
          fika_invalid (error,
                        _ ("Choose from 1 day to ten years (3650 days) after the last time."));
          return NULL;
        }
    }
  else
    {
      g_autoptr (FikaRecurrence) recurrence = fika_recurrence_parse (rule, error);
      g_autofree char *canonical = NULL;

      if (recurrence == NULL
          || !fika_recurrence_check_anchor (recurrence, fika_plan_get_start (FIKA_PLAN (clean)),
                                            error))
        return NULL;
      canonical = fika_recurrence_to_rule (recurrence);
      fika_series_set_rule (clean, canonical);
    }

  return g_steal_pointer (&clean);
}
