#include "config.h"

#include "plan/fika-cadence.h"

#include <glib/gi18n-lib.h>

/* A latest that is missing, or before the ideal, leaves one step and no slope. */
static int
longing_from (int ideal, int latest)
{
  return latest > 0 ? latest : ideal;
}

/**
 * fika_cadence_warmth:
 * @ideal: the ideal number of days between two contacts; %FIKA_CADENCE_NONE = no cadence
 * @latest: the latest number of days
 * @days_since: days since the last contact, without paused ones
 *
 * How much it is time to be in touch again: (days since − ideal) / (latest − ideal), clamped to
 * 0…1. Where @latest is not after @ideal it is a step: 0 before @latest, then 1.
 *
 * Returns: the warmth in thousandths, 0 to 1000; 0 where there is no cadence
 */
int
fika_cadence_warmth (int ideal, int latest, int days_since)
{
  if (ideal <= FIKA_CADENCE_NONE)
    return 0;
  if (days_since >= longing_from (ideal, latest))
    return 1000;
  if (days_since <= ideal || latest <= ideal)
    return 0;

  return (int) (1000 * ((int64_t) days_since - ideal) / ((int64_t) latest - ideal));
}

/**
 * fika_cadence_state:
 * @ideal: the ideal number of days between two contacts; %FIKA_CADENCE_NONE = no cadence
 * @latest: the latest number of days
 * @days_since: days since the last contact, without paused ones
 *
 * Returns: the warmth in one word: resting up to and on the ideal day, longing from the latest
 *   day on, a good time between them
 */
FikaWarmth
fika_cadence_state (int ideal, int latest, int days_since)
{
  if (ideal <= FIKA_CADENCE_NONE)
    return FIKA_WARMTH_NONE;
  if (days_since >= longing_from (ideal, latest))
    return FIKA_WARMTH_LONGING;
  if (days_since > ideal)
    return FIKA_WARMTH_GOOD_TIME;

  return FIKA_WARMTH_RESTING;
}

/**
 * fika_warmth_to_key:
 * @warmth: a warmth
 *
 * Returns: its key, which is never translated: "none", "resting", "good-time" or "longing"
 */
const char *
fika_warmth_to_key (FikaWarmth warmth)
{
  switch (warmth)
    {
    case FIKA_WARMTH_RESTING:
      return "resting";
    case FIKA_WARMTH_GOOD_TIME:
      return "good-time";
    case FIKA_WARMTH_LONGING:
      return "longing";
    case FIKA_WARMTH_NONE:
    default:
      return "none";
    }
}

/**
 * fika_warmth_to_words:
 * @warmth: a warmth
 *
 * Returns: what is said of a person, as within a sentence; empty for %FIKA_WARMTH_NONE
 */
const char *
fika_warmth_to_words (FikaWarmth warmth)
{
  switch (warmth)
    {
    case FIKA_WARMTH_RESTING:
      /* Translators: of a person one has talked with lately. */
      return C_ ("warmth", "resting");
    case FIKA_WARMTH_GOOD_TIME:
      /* Translators: of a person one may well contact now. */
      return C_ ("warmth", "good time");
    case FIKA_WARMTH_LONGING:
      /* Translators: of a person one has not talked with for long; no reproach in it. */
      return C_ ("warmth", "would love to hear from you");
    case FIKA_WARMTH_NONE:
    default:
      return "";
    }
}
