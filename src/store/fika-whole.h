#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * All that a person has, for those who carry it elsewhere and bring it back: archived things and
 * the exceptions of series included, in the order in which they were made.
 */
typedef enum
{
  FIKA_WHOLE_PEOPLE,
  FIKA_WHOLE_GROUPS,
  FIKA_WHOLE_SERIES,
  FIKA_WHOLE_CATCHUPS,
} FikaWhole;

GArray *fika_store_all_ids (FikaStore *self, FikaWhole what, GError **error);

/**
 * FikaStageChange: when a group came to a stage, in UTC seconds.
 */
typedef struct
{
  FikaStage stage;
  int64_t at;
} FikaStageChange;

GArray *fika_store_stage_changes (FikaStore *self, FikaGroup *group, GError **error);
gboolean
fika_store_set_stage_changes (FikaStore *self, int64_t group, GArray *changes, GError **error);

G_END_DECLS
