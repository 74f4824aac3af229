#include "config.h"

#include "command/fika-reminder-settings.h"

#include "base/fika-settings.h"

#define LOOSE_LEAD_MIN 60 /* minutes */

static void
read_circles (GSettings *settings, FikaDuePolicy *policy)
{
  g_autoptr (GVariant) value = g_settings_get_value (settings, FIKA_SETTING_OCCASION_DAYS);
  GVariantIter iter;
  const char *circle;
  GVariant *days;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s@ai}", &circle, &days))
    {
      g_autoptr (GVariant) owned = days;
      size_t n_days;
      const int32_t *numbers = g_variant_get_fixed_array (owned, &n_days, sizeof (int32_t));

      fika_due_policy_set_circle (policy, circle, numbers, n_days);
    }
}

/**
 * fika_reminder_settings_read:
 * @settings: Fika's preferences
 * @policy: (out): what they say is to be told, and when
 */
void
fika_reminder_settings_read (GSettings *settings, FikaDuePolicy *policy)
{
  g_autofree char *day = NULL;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (policy != NULL);

  fika_due_policy_init (policy);
  policy->ask = g_settings_get_boolean (settings, FIKA_SETTING_ASK);
  policy->occasions = g_settings_get_boolean (settings, FIKA_SETTING_OCCASIONS);
  policy->days = g_settings_get_boolean (settings, FIKA_SETTING_DAYS);
  policy->day_minute = g_settings_get_int (settings, FIKA_SETTING_DAY_MINUTE);
  if (g_settings_get_boolean (settings, FIKA_SETTING_DIGEST))
    policy->digest_minute = g_settings_get_int (settings, FIKA_SETTING_DIGEST_MINUTE);
  if (g_settings_get_boolean (settings, FIKA_SETTING_QUIET))
    {
      policy->quiet_from = g_settings_get_int (settings, FIKA_SETTING_QUIET_FROM);
      policy->quiet_to = g_settings_get_int (settings, FIKA_SETTING_QUIET_TO);
    }
  day = g_settings_get_string (settings, FIKA_SETTING_PAUSED_UNTIL);
  if (*day != '\0')
    policy->paused_until = fika_day_parse (day, NULL);
  read_circles (settings, policy);
}

/**
 * fika_reminder_settings_apply:
 * @settings: Fika's preferences
 * @store: the data
 * @error: return location for an error
 *
 * Makes the reminders that there are those that the preferences ask for. Cheap where they are.
 *
 * Returns: whether it was done
 */
gboolean
fika_reminder_settings_apply (GSettings *settings, FikaStore *store, GError **error)
{
  FikaDuePolicy policy;

  g_return_val_if_fail (G_IS_SETTINGS (settings), FALSE);
  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  if (fika_store_is_read_only (store))
    return TRUE;
  fika_reminder_settings_read (settings, &policy);
  return fika_store_set_reminder_policy (store, &policy, error);
}

/**
 * fika_reminder_settings_concern:
 * @key: the name of a preference
 *
 * Returns: whether it has to do with what is told, and when
 */
gboolean
fika_reminder_settings_concern (const char *key)
{
  static const char *const keys[] = {
    FIKA_SETTING_ASK,        FIKA_SETTING_OCCASIONS, FIKA_SETTING_OCCASION_DAYS, FIKA_SETTING_DAYS,
    FIKA_SETTING_DAY_MINUTE, FIKA_SETTING_DIGEST,    FIKA_SETTING_DIGEST_MINUTE, FIKA_SETTING_QUIET,
    FIKA_SETTING_QUIET_FROM, FIKA_SETTING_QUIET_TO,  FIKA_SETTING_PAUSED_UNTIL,  NULL,
  };

  g_return_val_if_fail (key != NULL, FALSE);

  return g_strv_contains (keys, key);
}

static int
compare_minutes_cb (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}

/**
 * fika_reminder_settings_get_list:
 * @settings: Fika's preferences
 * @setting: one whose value is a map of lists
 * @key: a kind's or a circle's
 *
 * Returns: (transfer full) (element-type int) (nullable): its list, ascending; %NULL where it has
 * none of its own
 */
GArray *
fika_reminder_settings_get_list (GSettings *settings, const char *setting, const char *key)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariant) list = NULL;
  const int32_t *minutes;
  size_t n_minutes;
  GArray *leads;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (setting != NULL && key != NULL, NULL);

  value = g_settings_get_value (settings, setting);
  list = g_variant_lookup_value (value, key, G_VARIANT_TYPE ("ai"));
  if (list == NULL)
    return NULL;
  leads = g_array_new (FALSE, FALSE, sizeof (int));
  minutes = g_variant_get_fixed_array (list, &n_minutes, sizeof (int32_t));
  for (size_t i = 0; i < n_minutes; i++)
    {
      int lead = minutes[i];

      if (lead >= 0)
        g_array_append_val (leads, lead);
    }
  g_array_sort (leads, compare_minutes_cb);
  return leads;
}

/**
 * fika_reminder_settings_set_list:
 * @settings: Fika's preferences
 * @setting: one whose value is a map of lists
 * @key: a kind's or a circle's
 * @list: (element-type int) (nullable): its list; %NULL: it has none of its own
 */
void
fika_reminder_settings_set_list (GSettings *settings,
                                 const char *setting,
                                 const char *key,
                                 GArray *list)
{
  g_autoptr (GVariant) value = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *other;
  GVariant *entry;

  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (setting != NULL && key != NULL);

  value = g_settings_get_value (settings, setting);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{sai}"));
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s@ai}", &other, &entry))
    {
      g_autoptr (GVariant) owned = entry;

      if (strcmp (other, key) != 0)
        g_variant_builder_add (&builder, "{s@ai}", other, owned);
    }
  if (list != NULL)
    g_variant_builder_add (
        &builder, "{s@ai}", key,
        g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, list->data, list->len, sizeof (int32_t)));
  g_settings_set_value (settings, setting, g_variant_builder_end (&builder));
}

/* A loose window reminds when it opens: minutes before that tell nobody anything. */
static GArray *
loosen (GArray *leads)
{
  GArray *loose = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; i < leads->len; i++)
    {
      int minutes = g_array_index (leads, int, i);

      if (minutes < LOOSE_LEAD_MIN)
        minutes = 0;
      if (minutes > 0 || loose->len == 0)
        g_array_append_val (loose, minutes);
    }
  g_array_unref (leads);
  return loose;
}

/**
 * fika_reminder_settings_leads:
 * @settings: Fika's preferences
 * @kind: of a new plan
 * @window: its window; a loose one has no leads shorter than an hour but its opening
 * @people: (element-type FikaPerson) (nullable): who is in it
 *
 * The leads that a new plan gets: those of its kind, else those of the closest circle that somebody
 * in it is of, else the default.
 *
 * Returns: (transfer full) (element-type int): minutes before the start, ascending; empty for none
 */
GArray *
fika_reminder_settings_leads (GSettings *settings,
                              FikaKind kind,
                              FikaWindow window,
                              GPtrArray *people)
{
  FikaPerson *closest = NULL;
  GArray *leads;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  leads = fika_reminder_settings_get_list (settings, FIKA_SETTING_KIND_LEADS,
                                           fika_kind_to_key (kind));

  /* Circles are made from the closest out. */
  for (guint i = 0; leads == NULL && people != NULL && i < people->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (people, i);

      if (closest == NULL
          || fika_person_get_circle_id (person) < fika_person_get_circle_id (closest))
        closest = person;
    }
  if (closest != NULL && fika_person_get_circle_key (closest) != NULL)
    leads = fika_reminder_settings_get_list (settings, FIKA_SETTING_CIRCLE_LEADS,
                                             fika_person_get_circle_key (closest));
  if (leads == NULL)
    leads = fika_settings_default_leads (settings);
  return window != FIKA_WINDOW_EXACT ? loosen (leads) : leads;
}
