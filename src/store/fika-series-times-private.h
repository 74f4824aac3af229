#pragma once

#include "store/fika-tables-private.h"

G_BEGIN_DECLS

/**
 * FikaSeriesTimes:
 *
 * What says when a series occurs, as the database has it now: live objects lag behind within a
 * transaction.
 */
typedef struct
{
  int64_t id;
  FikaCivil anchor;
  FikaWindow window;
  char *zone;
  FikaRecurrence *rule; /* not owned; NULL where after_days counts, or where it is no rule */
  gboolean ends;        /* the rule has an end */
  int after_days;       /* 0 where the rule counts */
} FikaSeriesTimes;

void fika_series_times_clear (FikaSeriesTimes *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FikaSeriesTimes, fika_series_times_clear)

/* FALSE with FIKA_ERROR_NOT_FOUND where there is no such series. */
gboolean
fika_series_times_load (FikaSeriesTimes *self, FikaStore *store, int64_t id, GError **error);
int64_t fika_series_times_instant (const FikaSeriesTimes *self, FikaCivil original);

/* The civil times within [from, until) that the rule makes and no row stands for, in order, at most
 * `limit` (0 = all). (transfer full) */
GArray *fika_series_times_between (const FikaSeriesTimes *self,
                                   FikaStore *store,
                                   FikaCivil from,
                                   FikaCivil until,
                                   guint limit,
                                   GError **error);
/* Likewise, those that begin at the instant `from` or later. */
GArray *fika_series_times_from (const FikaSeriesTimes *self,
                                FikaStore *store,
                                int64_t from,
                                guint limit,
                                GError **error);
/* The one that a series after the last time has to come, also when its day has passed;
 * FIKA_CIVIL_NONE where a planned row stands for it. */
gboolean fika_series_times_pending (const FikaSeriesTimes *self,
                                    FikaStore *store,
                                    FikaCivil *pending,
                                    GError **error);
/* Whether the rule makes an occurrence then and no row stands for it. */
gboolean fika_series_times_has (const FikaSeriesTimes *self,
                                FikaStore *store,
                                FikaCivil original,
                                gboolean *has,
                                GError **error);
/* No occurrence begins before `first` or after `last`; last < first where there is none. */
gboolean fika_series_times_bounds (const FikaSeriesTimes *self,
                                   FikaStore *store,
                                   int64_t *first,
                                   int64_t *last,
                                   GError **error);

G_END_DECLS
