#include "config.h"

#include "plan/fika-due.h"

#include "base/fika-zone.h"

#define ASK_AFTER_MINUTES 60
#define DEFAULT_DAY_MINUTE (9 * 60)

/**
 * fika_due_policy_init:
 * @self: what to fill
 *
 * Sets it to tell plans alone, at any hour.
 */
void
fika_due_policy_init (FikaDuePolicy *self)
{
  g_return_if_fail (self != NULL);

  *self = (FikaDuePolicy){ .day_minute = DEFAULT_DAY_MINUTE,
                           .digest_minute = -1,
                           .paused_until = FIKA_DAY_NONE };
}

static int
check_minute (int minute, int otherwise)
{
  return minute >= 0 && minute < FIKA_MINUTES_A_DAY ? minute : otherwise;
}

/**
 * fika_due_policy_set_circle:
 * @self: a policy
 * @circle: the key of a circle
 * @days: (array length=n_days): so many days before; what is no sensible number is left out
 * @n_days: how many there are
 *
 * Says how long before their dates one is told of the people of a circle, besides on the day.
 */
void
fika_due_policy_set_circle (FikaDuePolicy *self, const char *circle, const int *days, size_t n_days)
{
  FikaDueCircle *entry = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (circle != NULL);
  g_return_if_fail (days != NULL || n_days == 0);

  for (int i = 0; i < self->n_circles; i++)
    if (strcmp (self->circles[i].circle, circle) == 0)
      entry = &self->circles[i];
  if (entry == NULL)
    {
      if (self->n_circles == FIKA_DUE_MAX_CIRCLES || strlen (circle) >= FIKA_DUE_MAX_KEY)
        return;
      entry = &self->circles[self->n_circles++];
      g_strlcpy (entry->circle, circle, sizeof entry->circle);
    }

  entry->n_days = 0;
  for (size_t i = 0; i < n_days && entry->n_days < FIKA_DUE_MAX_LEADS; i++)
    {
      gboolean twice = FALSE;

      for (int j = 0; j < entry->n_days; j++)
        twice = twice || entry->days[j] == days[i];
      if (days[i] >= 1 && days[i] <= 180 && !twice)
        entry->days[entry->n_days++] = days[i];
    }
}

/**
 * fika_due_policy_get_circle:
 * @self: a policy
 * @circle: the key of a circle
 *
 * Returns: (nullable): what it says of that circle
 */
const FikaDueCircle *
fika_due_policy_get_circle (const FikaDuePolicy *self, const char *circle)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (circle != NULL, NULL);

  for (int i = 0; i < self->n_circles; i++)
    if (strcmp (self->circles[i].circle, circle) == 0)
      return &self->circles[i];
  return NULL;
}

static void
parse_circles (FikaDuePolicy *self, GVariantDict *dict)
{
  g_autoptr (GVariant) circles
      = g_variant_dict_lookup_value (dict, "circles", G_VARIANT_TYPE ("a{sai}"));
  GVariantIter iter;
  const char *circle;
  GVariant *days;

  if (circles == NULL)
    return;
  g_variant_iter_init (&iter, circles);
  while (g_variant_iter_next (&iter, "{&s@ai}", &circle, &days))
    {
      g_autoptr (GVariant) owned = days;
      size_t n_days;
      const int32_t *numbers = g_variant_get_fixed_array (owned, &n_days, sizeof (int32_t));

      fika_due_policy_set_circle (self, circle, numbers, n_days);
    }
}

/**
 * fika_due_policy_parse:
 * @self: what to fill
 * @text: what fika_due_policy_print () gave, or anything else
 *
 * Returns: whether it is a policy; else @self is as fika_due_policy_init () makes it
 */
gboolean
fika_due_policy_parse (FikaDuePolicy *self, const char *text)
{
  g_autoptr (GVariant) value = NULL;
  g_auto (GVariantDict) dict = { 0 };
  const char *day;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  fika_due_policy_init (self);
  value = *text != '\0' ? g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL) : NULL;
  if (value == NULL)
    return FALSE;

  g_variant_dict_init (&dict, value);
  g_variant_dict_lookup (&dict, "ask", "b", &self->ask);
  g_variant_dict_lookup (&dict, "occasions", "b", &self->occasions);
  g_variant_dict_lookup (&dict, "days", "b", &self->days);
  g_variant_dict_lookup (&dict, "day-minute", "i", &self->day_minute);
  g_variant_dict_lookup (&dict, "digest-minute", "i", &self->digest_minute);
  g_variant_dict_lookup (&dict, "quiet-from", "i", &self->quiet_from);
  g_variant_dict_lookup (&dict, "quiet-to", "i", &self->quiet_to);
  if (g_variant_dict_lookup (&dict, "paused-until", "&s", &day) && *day != '\0')
    self->paused_until = fika_day_parse (day, NULL);
  parse_circles (self, &dict);

  self->day_minute = check_minute (self->day_minute, DEFAULT_DAY_MINUTE);
  self->digest_minute = check_minute (self->digest_minute, -1);
  self->quiet_from = check_minute (self->quiet_from, 0);
  self->quiet_to = check_minute (self->quiet_to, 0);
  return TRUE;
}

/**
 * fika_due_policy_print:
 * @self: a policy
 *
 * Returns: (transfer full): it as text; the same text for the same wishes
 */
char *
fika_due_policy_print (const FikaDuePolicy *self)
{
  GVariantBuilder builder;
  g_autoptr (GVariant) value = NULL;
  g_autofree char *day = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  day = self->paused_until != FIKA_DAY_NONE ? fika_day_format (self->paused_until) : g_strdup ("");
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "ask", g_variant_new_boolean (self->ask));
  g_variant_builder_add (&builder, "{sv}", "occasions", g_variant_new_boolean (self->occasions));
  g_variant_builder_add (&builder, "{sv}", "days", g_variant_new_boolean (self->days));
  g_variant_builder_add (&builder, "{sv}", "day-minute", g_variant_new_int32 (self->day_minute));
  g_variant_builder_add (&builder, "{sv}", "digest-minute",
                         g_variant_new_int32 (self->digest_minute));
  g_variant_builder_add (&builder, "{sv}", "quiet-from", g_variant_new_int32 (self->quiet_from));
  g_variant_builder_add (&builder, "{sv}", "quiet-to", g_variant_new_int32 (self->quiet_to));
  g_variant_builder_add (&builder, "{sv}", "paused-until", g_variant_new_string (day));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("{sv}"));
  g_variant_builder_add (&builder, "s", "circles");
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("v"));
  g_variant_builder_open (&builder, G_VARIANT_TYPE ("a{sai}"));
  for (int i = 0; i < self->n_circles; i++)
    {
      const FikaDueCircle *circle = &self->circles[i];

      g_variant_builder_add (&builder, "{s@ai}", circle->circle,
                             g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, circle->days,
                                                        (size_t) circle->n_days, sizeof (int32_t)));
    }
  g_variant_builder_close (&builder);
  g_variant_builder_close (&builder);
  g_variant_builder_close (&builder);
  value = g_variant_ref_sink (g_variant_builder_end (&builder));
  return g_variant_print (value, TRUE);
}

/* Minutes from then to the end of the quiet hours; 0 outside of them. They begin at their first
 * minute and do not hold their last. */
static int
quiet_minutes_left (const FikaDuePolicy *self, int minute)
{
  int length = self->quiet_to - self->quiet_from;
  int since = minute - self->quiet_from;

  if (length < 0)
    length += FIKA_MINUTES_A_DAY;
  if (since < 0)
    since += FIKA_MINUTES_A_DAY;
  return since < length ? length - since : 0;
}

/**
 * fika_due_is_quiet:
 * @self: a policy
 * @utc: an instant
 *
 * Returns: whether it lies in the quiet hours
 */
gboolean
fika_due_is_quiet (const FikaDuePolicy *self, int64_t utc)
{
  FikaCivil civil;

  g_return_val_if_fail (self != NULL, FALSE);

  if (self->quiet_from == self->quiet_to)
    return FALSE;
  civil = fika_zone_from_utc (FIKA_ZONE_HERE, utc);
  return quiet_minutes_left (self, fika_civil_minute_of_day (civil)) > 0;
}

/**
 * fika_due_after_quiet:
 * @self: a policy
 * @utc: an instant
 *
 * Returns: the same, or the end of the quiet hours that it lies in
 */
int64_t
fika_due_after_quiet (const FikaDuePolicy *self, int64_t utc)
{
  FikaCivil civil;
  int left;

  g_return_val_if_fail (self != NULL, utc);

  if (self->quiet_from == self->quiet_to)
    return utc;
  civil = fika_zone_from_utc (FIKA_ZONE_HERE, utc);
  left = quiet_minutes_left (self, fika_civil_minute_of_day (civil));
  return left > 0 ? MAX (utc, fika_zone_to_utc (FIKA_ZONE_HERE, civil + left)) : utc;
}

/**
 * fika_due_of_plan:
 * @self: a policy
 * @start: when the plan begins
 * @lead: minutes before that; negative within a loose window
 *
 * When a plan is told: by its lead, but not in quiet hours, unless the plan lies there itself.
 *
 * Returns: the instant
 */
int64_t
fika_due_of_plan (const FikaDuePolicy *self, int64_t start, int lead)
{
  int64_t due = start - (int64_t) lead * 60;

  g_return_val_if_fail (self != NULL, due);

  if (due >= start || fika_due_is_quiet (self, start))
    return due;
  /* The quiet hours end before the start, by the clock. Where the clock is turned they might not.
   */
  return MIN (fika_due_after_quiet (self, due), start);
}

/**
 * fika_due_asking_lead:
 * @window: of the plan
 * @minutes: how long it takes; 0 = open-ended
 *
 * Returns: the lead, in minutes and negative, of asking whether it happened: an hour after its end
 */
int
fika_due_asking_lead (FikaWindow window, int minutes)
{
  int from, to;

  if (window == FIKA_WINDOW_EXACT)
    return -((minutes > 0 ? minutes : FIKA_OPEN_ENDED_MINUTES) + ASK_AFTER_MINUTES);
  fika_window_span (window, &from, &to);
  return -(to - from + ASK_AFTER_MINUTES);
}

/**
 * fika_due_of_asking:
 * @self: a policy
 * @start: when the plan began
 * @lead: as fika_due_asking_lead () gives it
 *
 * Returns: when to ask whether it happened: never in quiet hours
 */
int64_t
fika_due_of_asking (const FikaDuePolicy *self, int64_t start, int lead)
{
  return fika_due_after_quiet (self, start - (int64_t) lead * 60);
}

/**
 * fika_due_on_day:
 * @self: a policy
 * @day: a day here
 * @days_before: so many days before it
 *
 * Returns: when to tell what belongs to a day
 */
int64_t
fika_due_on_day (const FikaDuePolicy *self, FikaDay day, int days_before)
{
  FikaCivil civil;

  g_return_val_if_fail (self != NULL, FIKA_UTC_NONE);

  civil = fika_civil_new (day - days_before, 0, 0) + self->day_minute;
  return fika_due_after_quiet (self, fika_zone_to_utc (FIKA_ZONE_HERE, civil));
}

/**
 * fika_due_next_digest:
 * @self: a policy
 * @now: an instant
 *
 * Returns: the next time after @now that the day is told in one; %FIKA_UTC_NONE where it never is
 */
int64_t
fika_due_next_digest (const FikaDuePolicy *self, int64_t now)
{
  FikaDay today;

  g_return_val_if_fail (self != NULL, FIKA_UTC_NONE);

  if (self->digest_minute < 0)
    return FIKA_UTC_NONE;
  today = fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, now));
  for (FikaDay day = today - 1;; day++)
    {
      FikaCivil civil = fika_civil_new (day, 0, 0) + self->digest_minute;
      int64_t due = fika_zone_to_utc (FIKA_ZONE_HERE, civil);

      if (due > now)
        return due;
    }
}

/**
 * fika_due_pause_ends:
 * @self: a policy
 *
 * Returns: when a pause of everything ends: what is due before is not told; 0 without a pause
 */
int64_t
fika_due_pause_ends (const FikaDuePolicy *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->paused_until == FIKA_DAY_NONE)
    return 0;
  return fika_zone_to_utc (FIKA_ZONE_HERE, fika_civil_new (self->paused_until, 0, 0));
}
