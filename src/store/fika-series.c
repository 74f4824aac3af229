#include "config.h"

#include "store/fika-series.h"

#include "store/fika-row.h"
#include "store/fika-rows-private.h"

#include <glib/gi18n-lib.h>

struct _FikaSeries
{
  FikaPlan parent_instance;

  FikaSeries *base; /* of a draft: what it was copied from, as it was; NULL in live and new ones */

  char *rule;
  int after_days;

  FikaRecurrence *recurrence; /* of parsed_rule */
  char *parsed_rule;
};

G_DEFINE_FINAL_TYPE (FikaSeries, fika_series, FIKA_TYPE_PLAN)

enum
{
  PROP_0,
  PROP_RULE,
  PROP_AFTER_DAYS,
  N_PROPS,
};

#define FIELD(member) G_STRUCT_OFFSET (FikaSeries, member)

static const FikaRowField fields[] = {
  { "rule", FIKA_ROW_STRING, FIELD (rule) },
  { "after-days", FIKA_ROW_INT, FIELD (after_days) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_PROPS - 1);

static GParamSpec *properties[N_PROPS];
static const FikaRow row = { fields, G_N_ELEMENTS (fields), properties };

static void
fika_series_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  fika_row_get (&row, object, property, value);
}

static void
fika_series_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  fika_row_set (&row, object, object, property, value);
}

static void
fika_series_finalize (GObject *object)
{
  FikaSeries *self = FIKA_SERIES (object);

  g_clear_object (&self->base);
  fika_row_clear (&row, self);
  g_clear_pointer (&self->recurrence, fika_recurrence_unref);
  g_free (self->parsed_rule);

  G_OBJECT_CLASS (fika_series_parent_class)->finalize (object);
}

static void
fika_series_class_init (FikaSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_series_get_property;
  object_class->set_property = fika_series_set_property;
  object_class->finalize = fika_series_finalize;

  fika_row_install (&row, object_class);
}

static void
fika_series_init (FikaSeries *self)
{
  fika_row_init (&row, self);
}

/**
 * fika_series_new:
 * @kind: what is done
 * @anchor: civil time that the rule counts from
 *
 * Returns: (transfer full): a draft without a rule yet
 */
FikaSeries *
fika_series_new (FikaKind kind, FikaCivil anchor)
{
  return g_object_new (FIKA_TYPE_SERIES, "kind", (int) kind, "start", (gint64) anchor, NULL);
}

/**
 * fika_series_copy:
 * @self: a series
 *
 * Makes a draft with everything @self has, its id included: saving it changes that series.
 *
 * Returns: (transfer full): a draft
 */
FikaSeries *
fika_series_copy (FikaSeries *self)
{
  FikaSeries *copy;

  g_return_val_if_fail (FIKA_IS_SERIES (self), NULL);

  copy = g_object_new (FIKA_TYPE_SERIES, NULL);
  fika_series_assign (copy, self);
  if (self->base != NULL)
    copy->base = g_object_ref (self->base);
  else if (fika_plan_get_id (FIKA_PLAN (self)) != 0)
    {
      copy->base = g_object_new (FIKA_TYPE_SERIES, NULL);
      fika_series_assign (copy->base, self);
    }

  return copy;
}

/**
 * fika_series_assign:
 * @self: the live series
 * @from: the same one, freshly read
 *
 * Takes over every value; notifies what differs.
 */
void
fika_series_assign (FikaSeries *self, FikaSeries *from)
{
  g_return_if_fail (FIKA_IS_SERIES (self));
  g_return_if_fail (FIKA_IS_SERIES (from));

  g_object_freeze_notify (G_OBJECT (self));
  fika_plan_assign (FIKA_PLAN (self), FIKA_PLAN (from));
  fika_row_assign (&row, self, self, from);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * fika_series_rebase:
 * @self: a draft
 * @live: the live series
 *
 * Lets a draft that was copied take over what was changed elsewhere since, where it did not change
 * the same itself. A draft that is no copy stays as it is.
 */
void
fika_series_rebase (FikaSeries *self, FikaSeries *live)
{
  g_return_if_fail (FIKA_IS_SERIES (self));
  g_return_if_fail (FIKA_IS_SERIES (live));

  if (self->base == NULL)
    return;

  fika_plan_rebase (FIKA_PLAN (self), FIKA_PLAN (self->base), FIKA_PLAN (live));
  fika_row_rebase (&row, self, self, self->base, live);
}

const char *
fika_series_get_rule (FikaSeries *self)
{
  g_return_val_if_fail (FIKA_IS_SERIES (self), NULL);

  return self->rule;
}

/**
 * fika_series_set_rule:
 * @self: a draft
 * @rule: an RFC 5545 RECUR value, or ""
 *
 * Makes @self repeat by a rule; one that is not empty takes the place of "after the last time".
 */
void
fika_series_set_rule (FikaSeries *self, const char *rule)
{
  g_return_if_fail (FIKA_IS_SERIES (self));

  fika_row_set_string (&row, self, self, PROP_RULE, rule);
  if (self->rule[0] != '\0')
    fika_row_set_number (&row, self, self, PROP_AFTER_DAYS, 0);
}

int
fika_series_get_after_days (FikaSeries *self)
{
  g_return_val_if_fail (FIKA_IS_SERIES (self), 0);

  return self->after_days;
}

/**
 * fika_series_set_after_days:
 * @self: a draft
 * @days: days after it last happened, or 0
 *
 * Makes @self come again so many days after the last time; other than 0 takes the place of a rule.
 */
void
fika_series_set_after_days (FikaSeries *self, int days)
{
  g_return_if_fail (FIKA_IS_SERIES (self));

  fika_row_set_number (&row, self, self, PROP_AFTER_DAYS, days);
  if (days != 0)
    fika_row_set_string (&row, self, self, PROP_RULE, "");
}

/**
 * fika_series_get_recurrence:
 * @self: a series
 *
 * Returns: (transfer none) (nullable): the rule, parsed; %NULL without one or where it makes no
 *   sense
 */
FikaRecurrence *
fika_series_get_recurrence (FikaSeries *self)
{
  g_return_val_if_fail (FIKA_IS_SERIES (self), NULL);

  if (g_strcmp0 (self->parsed_rule, self->rule) != 0)
    {
      g_clear_pointer (&self->recurrence, fika_recurrence_unref);
      if (self->rule[0] != '\0')
        self->recurrence = fika_recurrence_parse (self->rule, NULL);
      g_free (self->parsed_rule);
      self->parsed_rule = g_strdup (self->rule);
    }

  return self->recurrence;
}

/**
 * fika_series_describe:
 * @self: a series
 *
 * Returns: (transfer full): how it repeats, in plain words
 */
char *
fika_series_describe (FikaSeries *self)
{
  FikaRecurrence *recurrence;

  g_return_val_if_fail (FIKA_IS_SERIES (self), NULL);

  if (self->after_days > 0)
    return g_strdup_printf (ngettext ("%d day after the last time", "%d days after the last time",
                                      (gulong) self->after_days),
                            self->after_days);

  recurrence = fika_series_get_recurrence (self);
  if (recurrence == NULL)
    return g_strdup (self->rule);

  return fika_recurrence_describe (recurrence, fika_plan_get_start (FIKA_PLAN (self)));
}
