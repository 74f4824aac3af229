#pragma once

#include "plan/fika-recurrence.h"
#include "store/fika-plan-object.h"

G_BEGIN_DECLS

/**
 * FikaSeries:
 *
 * A repeating catch-up: by a rule, or so many days after it last happened. Exactly one of `rule`
 * ('') and `after-days` (0) is set.
 */
#define FIKA_TYPE_SERIES (fika_series_get_type ())
G_DECLARE_FINAL_TYPE (FikaSeries, fika_series, FIKA, SERIES, FikaPlan)

FikaSeries *fika_series_new (FikaKind kind, FikaCivil anchor);
FikaSeries *fika_series_copy (FikaSeries *self);
void fika_series_rebase (FikaSeries *self, FikaSeries *live);
const char *fika_series_get_rule (FikaSeries *self);
void fika_series_set_rule (FikaSeries *self, const char *rule);
int fika_series_get_after_days (FikaSeries *self);
void fika_series_set_after_days (FikaSeries *self, int days);
FikaRecurrence *fika_series_get_recurrence (FikaSeries *self);
char *fika_series_describe (FikaSeries *self);

G_END_DECLS
