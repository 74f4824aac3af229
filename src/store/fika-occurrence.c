#include "config.h"

#include "store/fika-occurrence.h"

#include "base/fika-zone.h"
#include "plan/fika-due.h"

struct _FikaOccurrence
{
  GObject parent_instance;

  FikaCatchup *catchup; /* nullable */
  FikaSeries *series;   /* nullable */
  FikaCivil original;
  FikaCivil start;
  int64_t utc;
  FikaState state;
};

G_DEFINE_FINAL_TYPE (FikaOccurrence, fika_occurrence, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CATCHUP,
  PROP_SERIES,
  PROP_PLAN,
  PROP_ORIGINAL,
  PROP_START,
  PROP_UTC,
  PROP_STATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
fika_occurrence_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FikaOccurrence *self = FIKA_OCCURRENCE (object);

  switch (property)
    {
    case PROP_CATCHUP:
      g_value_set_object (value, self->catchup);
      break;
    case PROP_SERIES:
      g_value_set_object (value, self->series);
      break;
    case PROP_PLAN:
      g_value_set_object (value, fika_occurrence_get_plan (self));
      break;
    case PROP_ORIGINAL:
      g_value_set_int64 (value, self->original);
      break;
    case PROP_START:
      g_value_set_int64 (value, self->start);
      break;
    case PROP_UTC:
      g_value_set_int64 (value, self->utc);
      break;
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_occurrence_finalize (GObject *object)
{
  FikaOccurrence *self = FIKA_OCCURRENCE (object);

  g_clear_object (&self->catchup);
  g_clear_object (&self->series);

  G_OBJECT_CLASS (fika_occurrence_parent_class)->finalize (object);
}

static void
fika_occurrence_class_init (FikaOccurrenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fika_occurrence_get_property;
  object_class->finalize = fika_occurrence_finalize;

  properties[PROP_CATCHUP] = g_param_spec_object ("catchup", NULL, NULL, FIKA_TYPE_CATCHUP, flags);
  properties[PROP_SERIES] = g_param_spec_object ("series", NULL, NULL, FIKA_TYPE_SERIES, flags);
  properties[PROP_PLAN] = g_param_spec_object ("plan", NULL, NULL, FIKA_TYPE_PLAN, flags);
  properties[PROP_ORIGINAL]
      = g_param_spec_int64 ("original", NULL, NULL, INT64_MIN, INT64_MAX, FIKA_CIVIL_NONE, flags);
  properties[PROP_START]
      = g_param_spec_int64 ("start", NULL, NULL, INT64_MIN, INT64_MAX, FIKA_CIVIL_NONE, flags);
  properties[PROP_UTC]
      = g_param_spec_int64 ("utc", NULL, NULL, INT64_MIN, INT64_MAX, FIKA_UTC_NONE, flags);
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, FIKA_STATE_PLANNED,
                                             FIKA_STATE_CANCELLED, FIKA_STATE_PLANNED, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fika_occurrence_init (FikaOccurrence *self)
{
  self->original = FIKA_CIVIL_NONE;
}

static int64_t
start_utc (FikaPlan *plan, FikaCivil start)
{
  return fika_zone_to_utc (fika_plan_get_zone (plan),
                           fika_window_opens (fika_plan_get_window (plan), start));
}

/**
 * fika_occurrence_new_for_catchup:
 * @catchup: a catch-up
 * @series: (nullable): the series that it is an exception of
 *
 * Returns: (transfer full): the entry of a catch-up as it is now
 */
FikaOccurrence *
fika_occurrence_new_for_catchup (FikaCatchup *catchup, FikaSeries *series)
{
  FikaOccurrence *self;

  g_return_val_if_fail (FIKA_IS_CATCHUP (catchup), NULL);
  g_return_val_if_fail (series == NULL || FIKA_IS_SERIES (series), NULL);

  self = g_object_new (FIKA_TYPE_OCCURRENCE, NULL);
  self->catchup = g_object_ref (catchup);
  self->start = fika_plan_get_start (FIKA_PLAN (catchup));
  self->utc = fika_catchup_get_utc (catchup);
  if (self->utc == FIKA_UTC_NONE)
    self->utc = start_utc (FIKA_PLAN (catchup), self->start);
  self->state = fika_catchup_get_state (catchup);
  if (series != NULL)
    {
      self->series = g_object_ref (series);
      self->original = fika_catchup_get_original (catchup);
    }

  return self;
}

/**
 * fika_occurrence_new_for_series:
 * @series: a series
 * @original: when its rule puts the occurrence
 *
 * Returns: (transfer full): the entry of an occurrence that nobody has touched
 */
FikaOccurrence *
fika_occurrence_new_for_series (FikaSeries *series, FikaCivil original)
{
  FikaOccurrence *self;

  g_return_val_if_fail (FIKA_IS_SERIES (series), NULL);
  g_return_val_if_fail (original != FIKA_CIVIL_NONE, NULL);

  self = g_object_new (FIKA_TYPE_OCCURRENCE, NULL);
  self->series = g_object_ref (series);
  self->original = original;
  self->start = original;
  self->utc = start_utc (FIKA_PLAN (series), original);
  self->state = FIKA_STATE_PLANNED;

  return self;
}

/**
 * fika_occurrence_get_catchup:
 * @self: an occurrence
 *
 * Returns: (transfer none) (nullable): the catch-up; %NULL while only a rule makes it
 */
FikaCatchup *
fika_occurrence_get_catchup (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), NULL);

  return self->catchup;
}

/**
 * fika_occurrence_get_series:
 * @self: an occurrence
 *
 * Returns: (transfer none) (nullable): the series it is of
 */
FikaSeries *
fika_occurrence_get_series (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), NULL);

  return self->series;
}

/**
 * fika_occurrence_get_plan:
 * @self: an occurrence
 *
 * Returns: (transfer none): what says who, what and where: the catch-up, else the series
 */
FikaPlan *
fika_occurrence_get_plan (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), NULL);

  return self->catchup != NULL ? FIKA_PLAN (self->catchup) : FIKA_PLAN (self->series);
}

FikaCivil
fika_occurrence_get_original (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), FIKA_CIVIL_NONE);

  return self->original;
}

FikaCivil
fika_occurrence_get_start (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), FIKA_CIVIL_NONE);

  return self->start;
}

int64_t
fika_occurrence_get_utc (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), FIKA_UTC_NONE);

  return self->utc;
}

FikaState
fika_occurrence_get_state (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), FIKA_STATE_PLANNED);

  return self->state;
}

/**
 * fika_occurrence_get_uid:
 * @self: an occurrence
 *
 * Returns: (transfer none): the lasting identifier of its series, else of its catch-up
 */
const char *
fika_occurrence_get_uid (FikaOccurrence *self)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), NULL);

  return fika_plan_get_uid (self->series != NULL ? FIKA_PLAN (self->series)
                                                 : FIKA_PLAN (self->catchup));
}

/**
 * fika_occurrence_dup_key:
 * @self: an occurrence
 *
 * Names the occurrence for good: "uid/2026-05-03T17:00", or "uid/" without a series. The name stays
 * the same when the occurrence is moved, skipped or logged.
 *
 * Returns: (transfer full): a key for fika_occurrence_parse_key ()
 */
char *
fika_occurrence_dup_key (FikaOccurrence *self)
{
  g_autofree char *original = NULL;

  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), NULL);

  if (self->original != FIKA_CIVIL_NONE)
    original = fika_civil_format (self->original);

  return g_strconcat (fika_occurrence_get_uid (self), "/", original != NULL ? original : "", NULL);
}

/**
 * fika_occurrence_parse_key:
 * @key: what fika_occurrence_dup_key () gave
 * @uid: (out) (transfer full): identifier of the series or catch-up
 * @original: (out): when the rule put it, or %FIKA_CIVIL_NONE
 *
 * Takes a key apart, for fika_store_get_occurrence ().
 *
 * Returns: %FALSE where @key is none
 */
gboolean
fika_occurrence_parse_key (const char *key, char **uid, FikaCivil *original)
{
  const char *slash;

  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (uid != NULL && original != NULL, FALSE);

  slash = strrchr (key, '/');
  if (slash == NULL || slash == key)
    return FALSE;

  *original = FIKA_CIVIL_NONE;
  if (slash[1] != '\0')
    {
      g_autoptr (GError) error = NULL;

      *original = fika_civil_parse (slash + 1, &error);
      if (error != NULL)
        return FALSE;
    }
  *uid = g_strndup (key, (size_t) (slash - key));

  return TRUE;
}

/**
 * fika_occurrence_is_past:
 * @self: an occurrence
 * @now: UTC seconds
 *
 * Returns: whether it is over: its minutes have gone by, or an hour where their number is open, or
 * its window has closed
 */
gboolean
fika_occurrence_is_past (FikaOccurrence *self, int64_t now)
{
  FikaPlan *plan;
  FikaCivil closes;
  int minutes;

  g_return_val_if_fail (FIKA_IS_OCCURRENCE (self), FALSE);

  plan = fika_occurrence_get_plan (self);
  minutes = fika_plan_get_minutes (plan);
  closes = fika_window_closes (fika_plan_get_window (plan), self->start,
                               minutes > 0 ? minutes : FIKA_OPEN_ENDED_MINUTES);

  return fika_zone_to_utc (fika_plan_get_zone (plan), closes) <= now;
}

/**
 * fika_occurrence_equal:
 * @a: an occurrence
 * @b: another
 *
 * Returns: whether both say the same of the same rows
 */
gboolean
fika_occurrence_equal (FikaOccurrence *a, FikaOccurrence *b)
{
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (a), FALSE);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (b), FALSE);

  return a->catchup == b->catchup && a->series == b->series && a->original == b->original
         && a->start == b->start && a->utc == b->utc && a->state == b->state;
}

/**
 * fika_occurrence_compare:
 * @a: an occurrence
 * @b: another
 *
 * Orders by the instant, then always the same way.
 *
 * Returns: less than, equal to or greater than 0
 */
int
fika_occurrence_compare (FikaOccurrence *a, FikaOccurrence *b)
{
  int order;

  g_return_val_if_fail (FIKA_IS_OCCURRENCE (a), 0);
  g_return_val_if_fail (FIKA_IS_OCCURRENCE (b), 0);

  if (a->utc != b->utc)
    return a->utc < b->utc ? -1 : 1;

  order = strcmp (fika_occurrence_get_uid (a), fika_occurrence_get_uid (b));
  if (order != 0)
    return order;

  return (a->original > b->original) - (a->original < b->original);
}
