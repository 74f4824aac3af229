#pragma once

#include "store/fika-catchup.h"
#include "store/fika-group.h"
#include "store/fika-person.h"
#include "store/fika-series.h"

G_BEGIN_DECLS

/*
 * What only the store may set on its rows. A table file reads a row into a new object through the
 * public setters, properties and these; `_assign` then makes the live object equal to it, own parts
 * included, and notifies for what differs.
 */

void fika_person_set_row (FikaPerson *self, int64_t id, int64_t created);
/* FIKA_UTC_NONE where never and not yet. */
void fika_person_set_derived (FikaPerson *self,
                              const char *circle_key,
                              int circle_ideal,
                              int circle_latest,
                              int64_t last_utc,
                              int64_t next_utc);
void fika_person_assign (FikaPerson *self, FikaPerson *from);

void fika_group_set_row (FikaGroup *self, int64_t id, int64_t created);
void fika_group_assign (FikaGroup *self, FikaGroup *from);

void fika_plan_set_row (FikaPlan *self, int64_t id, int64_t created);
/* For catch-ups and series. */
void fika_plan_assign (FikaPlan *self, FikaPlan *from);
void fika_plan_rebase (FikaPlan *self, FikaPlan *base, FikaPlan *live);
void fika_catchup_set_utc (FikaCatchup *self, int64_t utc);
void fika_catchup_assign (FikaCatchup *self, FikaCatchup *from);
void fika_series_assign (FikaSeries *self, FikaSeries *from);

G_END_DECLS
