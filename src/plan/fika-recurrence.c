#include "config.h"

#include "plan/fika-recurrence.h"

#include "plan/fika-expand.h"
#include "plan/fika-rule.h"
#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

struct _FikaRecurrence
{
  gatomicrefcount ref_count;
  FikaRule *rule;
};

G_DEFINE_BOXED_TYPE (FikaRecurrence, fika_recurrence, fika_recurrence_ref, fika_recurrence_unref)

static FikaCivil
last_civil (void)
{
  return fika_civil_new (fika_day_from_ymd (FIKA_YEAR_LAST, 12, 31), 23, 59);
}

static gboolean
is_kept (FikaCivil civil)
{
  return civil >= fika_civil_new (fika_day_from_ymd (FIKA_YEAR_FIRST, 1, 1), 0, 0)
         && civil <= last_civil ();
}

/**
 * fika_recurrence_parse:
 * @rule: a RECUR value of RFC 5545, section 3.3.10, such as "FREQ=WEEKLY;BYDAY=SU"
 * @error: return location for an error
 *
 * Reads and checks a repeating rule. Fika knows all parts but BYHOUR, BYMINUTE, BYSECOND and those
 * of extensions, with FREQ from DAILY to YEARLY, INTERVAL up to 1,000 and COUNT up to 10,000. An
 * UNTIL in UTC is read as the local time that it is on this computer; one that is a day includes
 * that day.
 *
 * Returns: (transfer full): the rule, or %NULL with %FIKA_ERROR_INVALID (it makes no sense, or no
 *   day of any year can match it) or %FIKA_ERROR_UNSUPPORTED
 */
FikaRecurrence *
fika_recurrence_parse (const char *rule, GError **error)
{
  g_autoptr (FikaRule) parsed = NULL;
  FikaRecurrence *self;

  g_return_val_if_fail (rule != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  parsed = fika_rule_parse (rule, error);
  if (parsed == NULL)
    return NULL;

  self = g_new0 (FikaRecurrence, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->rule = g_steal_pointer (&parsed);

  return self;
}

/**
 * fika_recurrence_ref:
 * @self: a rule
 *
 * Returns: (transfer full): @self
 */
FikaRecurrence *
fika_recurrence_ref (FikaRecurrence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * fika_recurrence_unref:
 * @self: (transfer full): a rule
 */
void
fika_recurrence_unref (FikaRecurrence *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  fika_rule_free (self->rule);
  g_free (self);
}

/**
 * fika_recurrence_to_rule:
 * @self: a rule
 *
 * Returns: (transfer full): the RECUR value, in one order of parts whatever it was parsed from
 */
char *
fika_recurrence_to_rule (FikaRecurrence *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fika_rule_to_string (self->rule);
}

/**
 * fika_recurrence_describe:
 * @self: a rule
 * @anchor: the start of the series
 *
 * Returns: (transfer full): the rule in words, as within a sentence: "every 2 weeks on Tuesday and
 *   Thursday", "on the last day of the month, 10 times"
 */
char *
fika_recurrence_describe (FikaRecurrence *self, FikaCivil anchor)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fika_rule_describe (self->rule, anchor);
}

/**
 * fika_recurrence_expand:
 * @self: a rule
 * @anchor: the start of the series, DTSTART; an occurrence only where the rule matches it
 * @from: where the span begins
 * @until: where the span ends, not in it any more
 * @limit: how many to find at most; 0 for as many as there are, up to 10,000
 *
 * The occurrences in [@from, @until), in order, each once. The years between @anchor and @from cost
 * nothing, except for a rule with COUNT.
 *
 * Returns: (transfer full) (element-type gint64): an array of #FikaCivil
 */
GArray *
fika_recurrence_expand (FikaRecurrence *self,
                        FikaCivil anchor,
                        FikaCivil from,
                        FikaCivil until,
                        guint limit)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (!is_kept (anchor))
    return g_array_new (FALSE, FALSE, sizeof (FikaCivil));

  return fika_expand (self->rule, anchor, from, until, limit == 0 ? FIKA_RULE_COUNT_MAX : limit);
}

/**
 * fika_recurrence_next:
 * @self: a rule
 * @anchor: the start of the series
 * @from: a time
 *
 * Returns: the first occurrence at or after @from, or %FIKA_CIVIL_NONE
 */
FikaCivil
fika_recurrence_next (FikaRecurrence *self, FikaCivil anchor, FikaCivil from)
{
  g_autoptr (GArray) found = NULL;

  g_return_val_if_fail (self != NULL, FIKA_CIVIL_NONE);

  found = fika_recurrence_expand (self, anchor, from, INT64_MAX, 1);

  return found->len > 0 ? g_array_index (found, FikaCivil, 0) : FIKA_CIVIL_NONE;
}

/**
 * fika_recurrence_previous:
 * @self: a rule
 * @anchor: the start of the series
 * @before: a time
 *
 * Returns: the last occurrence before @before, or %FIKA_CIVIL_NONE
 */
FikaCivil
fika_recurrence_previous (FikaRecurrence *self, FikaCivil anchor, FikaCivil before)
{
  static const int period_days[] = { 1, 7, 31, 366 };
  FikaCivil span;

  g_return_val_if_fail (self != NULL, FIKA_CIVIL_NONE);

  if (!is_kept (anchor))
    return FIKA_CIVIL_NONE;

  before = MIN (before, last_civil () + 1);
  if (self->rule->count == 0 && self->rule->until != FIKA_CIVIL_NONE)
    before = MIN (before, self->rule->until + 1);
  span = (FikaCivil) period_days[self->rule->freq] * self->rule->interval * FIKA_MINUTES_A_DAY;

  /* Ever longer spans back from @before; a rule with COUNT is walked from the start anyway. */
  for (FikaCivil end = before; end > anchor; span *= 2)
    {
      FikaCivil from = self->rule->count > 0 ? anchor : MAX (anchor, end - span);
      g_autoptr (GArray) found = fika_expand (self->rule, anchor, from, end, FIKA_RULE_COUNT_MAX);

      if (found->len > 0)
        return g_array_index (found, FikaCivil, found->len - 1);
      end = from;
    }

  return FIKA_CIVIL_NONE;
}

/**
 * fika_recurrence_contains:
 * @self: a rule
 * @anchor: the start of the series
 * @civil: a time
 *
 * Returns: whether @civil is an occurrence
 */
gboolean
fika_recurrence_contains (FikaRecurrence *self, FikaCivil anchor, FikaCivil civil)
{
  g_autoptr (GArray) found = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!is_kept (civil) || fika_civil_minute_of_day (civil) != fika_civil_minute_of_day (anchor))
    return FALSE;

  found = fika_recurrence_expand (self, anchor, civil, civil + 1, 1);

  return found->len > 0;
}

/**
 * fika_recurrence_check_anchor:
 * @self: a rule
 * @anchor: the start of a series
 * @error: return location for an error
 *
 * Checks that the rule, begun at @anchor, ever matches.
 *
 * Returns: whether it does; else @error is %FIKA_ERROR_INVALID
 */
gboolean
fika_recurrence_check_anchor (FikaRecurrence *self, FikaCivil anchor, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (fika_recurrence_next (self, anchor, anchor) != FIKA_CIVIL_NONE)
    return TRUE;

  if (self->rule->until != FIKA_CIVIL_NONE)
    g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                         _ ("The repeating rule ends before it matches a day for the first time. "
                            "Let it end later, or leave the end out."));
  else
    g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                         _ ("The repeating rule never matches a day, so nothing would be planned. "
                            "Change its days or months."));

  return FALSE;
}
