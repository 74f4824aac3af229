#pragma once

#include "store/fika-catchup.h"
#include "store/fika-series.h"

G_BEGIN_DECLS

/**
 * FikaOccurrence:
 *
 * One entry of an agenda: a catch-up of its own, an occurrence that a series' rule makes, or the
 * exception that stands for one. An immutable object; it refers to live rows.
 *
 * Properties, read-only: catchup (FikaCatchup, NULL while only the rule makes it), series
 * (nullable), plan (FikaPlan: the catch-up, else the series), original (int64), start (int64), utc
 * (int64), state.
 */
#define FIKA_TYPE_OCCURRENCE (fika_occurrence_get_type ())
G_DECLARE_FINAL_TYPE (FikaOccurrence, fika_occurrence, FIKA, OCCURRENCE, GObject)

FikaOccurrence *fika_occurrence_new_for_catchup (FikaCatchup *catchup, FikaSeries *series);
FikaOccurrence *fika_occurrence_new_for_series (FikaSeries *series, FikaCivil original);
FikaCatchup *fika_occurrence_get_catchup (FikaOccurrence *self);
FikaSeries *fika_occurrence_get_series (FikaOccurrence *self);
FikaPlan *fika_occurrence_get_plan (FikaOccurrence *self);
FikaCivil fika_occurrence_get_original (FikaOccurrence *self);
FikaCivil fika_occurrence_get_start (FikaOccurrence *self);
int64_t fika_occurrence_get_utc (FikaOccurrence *self);
FikaState fika_occurrence_get_state (FikaOccurrence *self);
const char *fika_occurrence_get_uid (FikaOccurrence *self);
char *fika_occurrence_dup_key (FikaOccurrence *self);
gboolean fika_occurrence_parse_key (const char *key, char **uid, FikaCivil *original);
gboolean fika_occurrence_is_past (FikaOccurrence *self, int64_t now);
gboolean fika_occurrence_equal (FikaOccurrence *a, FikaOccurrence *b);
int fika_occurrence_compare (FikaOccurrence *a, FikaOccurrence *b);

G_END_DECLS
