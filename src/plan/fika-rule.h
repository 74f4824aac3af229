#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/*
 * Private to plan: the parts of a repeating rule, as parsed and checked.
 */
typedef enum
{
  FIKA_FREQ_DAILY,
  FIKA_FREQ_WEEKLY,
  FIKA_FREQ_MONTHLY,
  FIKA_FREQ_YEARLY,
} FikaFreq;

/* A part of BYDAY: the nth such day of the week, from the end where negative; 0 = each. */
typedef struct
{
  int n;
  int weekday; /* 0 = Monday */
} FikaRuleDay;

#define FIKA_RULE_INTERVAL_MAX 1000
#define FIKA_RULE_COUNT_MAX 10000

typedef struct
{
  FikaFreq freq;
  int interval;
  int count;                /* 0 = no such limit */
  FikaCivil until;          /* the last minute allowed; FIKA_CIVIL_NONE = no such limit */
  gboolean until_is_day;    /* UNTIL was written as a day */
  int week_start;           /* 0 = Monday */
  uint32_t months;          /* bit m for month m; 0 = no BYMONTH; so below */
  uint32_t month_days;      /* bit d: day d of the month */
  uint32_t month_days_back; /* bit d: day -d of the month */
  GArray *days;             /* of FikaRuleDay, each once, in the order of the week */
  GArray *year_days;        /* of int, each once, rising; so below */
  GArray *week_numbers;
  GArray *positions; /* BYSETPOS */
} FikaRule;

FikaRule *fika_rule_parse (const char *text, GError **error);
void fika_rule_free (FikaRule *self);
gboolean fika_rule_check (FikaRule *self, GError **error);
gboolean fika_rule_bad_value (const char *part, const char *value, GError **error);
gboolean fika_rule_unsupported (const char *part, GError **error);
char *fika_rule_to_string (const FikaRule *self);
void fika_rule_append_days (const FikaRule *self, GString *out);
void fika_rule_append_month_days (uint32_t days, uint32_t back, GString *out);
void fika_rule_append_months (uint32_t months, GString *out);
void fika_rule_append_numbers (const char *name, const GArray *numbers, GString *out);
const char *fika_rule_weekday_key (int weekday);
char *fika_rule_describe (const FikaRule *self, FikaCivil anchor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaRule, fika_rule_free)

G_END_DECLS
