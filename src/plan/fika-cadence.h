#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/* A cadence of no days: this person is not to be suggested. */
#define FIKA_CADENCE_NONE 0

/**
 * FikaWarmth:
 * @FIKA_WARMTH_NONE: no cadence: nothing is said
 * @FIKA_WARMTH_RESTING: talked lately
 * @FIKA_WARMTH_GOOD_TIME: past the ideal number of days
 * @FIKA_WARMTH_LONGING: past the latest number of days: "would love to hear from you"
 */
typedef enum
{
  FIKA_WARMTH_NONE,
  FIKA_WARMTH_RESTING,
  FIKA_WARMTH_GOOD_TIME,
  FIKA_WARMTH_LONGING,
} FikaWarmth;

/* Warmth is told in thousandths, 0 to 1000: (days since last − ideal) / (latest − ideal). */
int fika_cadence_warmth (int ideal, int latest, int days_since);
FikaWarmth fika_cadence_state (int ideal, int latest, int days_since);
const char *fika_warmth_to_key (FikaWarmth warmth);
const char *fika_warmth_to_words (FikaWarmth warmth);

G_END_DECLS
