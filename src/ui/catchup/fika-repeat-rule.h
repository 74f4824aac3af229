#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/**
 * FikaRepeatUnit: what the editor's fields can say.
 */
typedef enum
{
  FIKA_REPEAT_NEVER,
  FIKA_REPEAT_DAILY,
  FIKA_REPEAT_WEEKLY,
  FIKA_REPEAT_MONTHLY,
  FIKA_REPEAT_YEARLY,
  FIKA_REPEAT_AFTER, /* so many days after the last time */
  FIKA_REPEAT_KEPT,  /* a rule from elsewhere that the fields cannot say; kept as it is */
} FikaRepeatUnit;

typedef enum
{
  FIKA_MONTHLY_DAY,      /* on the 29th */
  FIKA_MONTHLY_LAST_DAY, /* on the last day */
  FIKA_MONTHLY_NTH,      /* on the second Sunday */
  FIKA_MONTHLY_LAST,     /* on the last Sunday */
} FikaMonthlyBy;

typedef enum
{
  FIKA_ENDS_NEVER,
  FIKA_ENDS_ON,
  FIKA_ENDS_AFTER,
} FikaRepeatEnds;

/**
 * FikaRepeat: a rule as the editor's fields have it.
 */
typedef struct
{
  FikaRepeatUnit unit;
  int interval;
  guint weekdays; /* bit 0 = Monday */
  FikaMonthlyBy monthly;
  FikaRepeatEnds ends;
  FikaDay until;
  int count;
} FikaRepeat;

char *fika_repeat_to_rule (const FikaRepeat *self, FikaDay start);
gboolean fika_repeat_from_rule (const char *rule, FikaDay start, FikaRepeat *self);

G_END_DECLS
