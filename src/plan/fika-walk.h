#pragma once

#include "plan/fika-rule.h"

G_BEGIN_DECLS

/*
 * Private to plan: a simple part of a rule, what is about one kind of week or month, with what it
 * has from its start.
 */
typedef struct
{
  FikaFreq freq;
  int interval;
  unsigned int weekdays; /* of a weekly one: bit 0 = Monday */
  uint32_t months;       /* which; 0 = all */
  uint32_t month_days;
  uint32_t month_days_back;
} FikaPiece;

typedef gboolean (*FikaWalkFunc) (FikaDay day, gpointer data);

gboolean fika_walk_can (const FikaRule *rule, const FikaPiece *piece);
void fika_walk (const FikaRule *rule,
                const FikaPiece *piece,
                FikaDay start,
                FikaDay last,
                FikaWalkFunc func,
                gpointer data);

G_END_DECLS
