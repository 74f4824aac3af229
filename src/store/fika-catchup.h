#pragma once

#include "store/fika-plan-object.h"

G_BEGIN_DECLS

/**
 * FikaCatchup:
 *
 * Time with people, planned or past. With a series it is the exception for the occurrence that the
 * rule put at `original`. Properties beyond FikaPlan's: state, feeling (0 unsaid, 1 hard … 5
 * wonderful), reached-out (0 unsaid, 1 I did, 2 they did), learned, again (FikaAgain), role, task,
 * volunteer (minutes). Set by the store: series-id (0 = none), original (FIKA_CIVIL_NONE), utc.
 */
#define FIKA_TYPE_CATCHUP (fika_catchup_get_type ())
G_DECLARE_FINAL_TYPE (FikaCatchup, fika_catchup, FIKA, CATCHUP, FikaPlan)

FikaCatchup *fika_catchup_new (FikaKind kind, FikaCivil start);
FikaCatchup *fika_catchup_copy (FikaCatchup *self);
void fika_catchup_rebase (FikaCatchup *self, FikaCatchup *live);
int64_t fika_catchup_get_series_id (FikaCatchup *self);
FikaCivil fika_catchup_get_original (FikaCatchup *self);
void fika_catchup_set_occurrence (FikaCatchup *self, int64_t series, FikaCivil original);
int64_t fika_catchup_get_utc (FikaCatchup *self);
FikaState fika_catchup_get_state (FikaCatchup *self);
void fika_catchup_set_state (FikaCatchup *self, FikaState state);
int fika_catchup_get_feeling (FikaCatchup *self);
void fika_catchup_set_feeling (FikaCatchup *self, int feeling);
int fika_catchup_get_reached_out (FikaCatchup *self);
void fika_catchup_set_reached_out (FikaCatchup *self, int reached_out);
const char *fika_catchup_get_learned (FikaCatchup *self);
void fika_catchup_set_learned (FikaCatchup *self, const char *learned);
FikaAgain fika_catchup_get_again (FikaCatchup *self);
void fika_catchup_set_again (FikaCatchup *self, FikaAgain again);
const char *fika_catchup_get_role (FikaCatchup *self);
void fika_catchup_set_role (FikaCatchup *self, const char *role);
const char *fika_catchup_get_task (FikaCatchup *self);
void fika_catchup_set_task (FikaCatchup *self, const char *task);
int fika_catchup_get_volunteer (FikaCatchup *self);
void fika_catchup_set_volunteer (FikaCatchup *self, int minutes);

G_END_DECLS
