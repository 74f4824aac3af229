#include "config.h"

#include "ui/catchup/fika-repeat-rule.h"

/* Sunday, 29 November 2026: the fifth and last Sunday of its month. */
#define SUNDAY (fika_day_from_ymd (2026, 11, 29))

typedef struct
{
  FikaRepeat repeat;
  const char *rule;
} Case;

static const Case cases[] = {
  { { .unit = FIKA_REPEAT_DAILY, .interval = 1 }, "FREQ=DAILY" },
  { { .unit = FIKA_REPEAT_DAILY, .interval = 3 }, "FREQ=DAILY;INTERVAL=3" },
  { { .unit = FIKA_REPEAT_WEEKLY, .interval = 1, .weekdays = 1 << 6 }, "FREQ=WEEKLY;BYDAY=SU" },
  { { .unit = FIKA_REPEAT_WEEKLY, .interval = 2, .weekdays = 1 << 0 | 1 << 3 },
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH" },
  { { .unit = FIKA_REPEAT_MONTHLY, .interval = 1, .monthly = FIKA_MONTHLY_DAY },
    "FREQ=MONTHLY;BYMONTHDAY=29" },
  { { .unit = FIKA_REPEAT_MONTHLY, .interval = 1, .monthly = FIKA_MONTHLY_LAST_DAY },
    "FREQ=MONTHLY;BYMONTHDAY=-1" },
  { { .unit = FIKA_REPEAT_MONTHLY, .interval = 1, .monthly = FIKA_MONTHLY_NTH },
    "FREQ=MONTHLY;BYDAY=5SU" },
  { { .unit = FIKA_REPEAT_MONTHLY, .interval = 6, .monthly = FIKA_MONTHLY_LAST },
    "FREQ=MONTHLY;INTERVAL=6;BYDAY=-1SU" },
  { { .unit = FIKA_REPEAT_YEARLY, .interval = 1 }, "FREQ=YEARLY" },
  { { .unit = FIKA_REPEAT_DAILY, .interval = 1, .ends = FIKA_ENDS_AFTER, .count = 12 },
    "FREQ=DAILY;COUNT=12" },
};

static void
assert_same (const FikaRepeat *a, const FikaRepeat *b)
{
  g_assert_cmpint (a->unit, ==, b->unit);
  g_assert_cmpint (a->interval, ==, b->interval);
  g_assert_cmpuint (a->weekdays, ==, b->weekdays);
  g_assert_cmpint (a->monthly, ==, b->monthly);
  g_assert_cmpint (a->ends, ==, b->ends);
  if (a->ends == FIKA_ENDS_ON)
    g_assert_cmpint (a->until, ==, b->until);
  if (a->ends == FIKA_ENDS_AFTER)
    g_assert_cmpint (a->count, ==, b->count);
}

static void
test_both_ways (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rule = fika_repeat_to_rule (&cases[i].repeat, SUNDAY);
      FikaRepeat back;

      g_assert_cmpstr (rule, ==, cases[i].rule);
      g_assert_true (fika_repeat_from_rule (rule, SUNDAY, &back));
      assert_same (&back, &cases[i].repeat);
    }
}

static void
test_until (void)
{
  const FikaRepeat repeat = {
    .unit = FIKA_REPEAT_DAILY,
    .interval = 1,
    .ends = FIKA_ENDS_ON,
    .until = fika_day_from_ymd (2027, 3, 1),
  };
  g_autofree char *rule = fika_repeat_to_rule (&repeat, SUNDAY);
  FikaRepeat back;

  g_assert_cmpstr (rule, ==, "FREQ=DAILY;UNTIL=20270301");
  g_assert_true (fika_repeat_from_rule (rule, SUNDAY, &back));
  assert_same (&back, &repeat);
  g_assert_true (fika_repeat_from_rule ("FREQ=DAILY;UNTIL=20270301T235959", SUNDAY, &back));
  assert_same (&back, &repeat);
}

/* No weekday chosen means the day it starts on. */
static void
test_no_weekday (void)
{
  const FikaRepeat repeat = { .unit = FIKA_REPEAT_WEEKLY, .interval = 1 };
  g_autofree char *rule = fika_repeat_to_rule (&repeat, SUNDAY);

  g_assert_cmpstr (rule, ==, "FREQ=WEEKLY;BYDAY=SU");
}

/* What the fields cannot say must not be mistaken for something they can. */
static void
test_strangers (void)
{
  const char *const rules[] = {
    "",
    "FREQ",
    "FREQ=HOURLY",
    "INTERVAL=2",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=MONTHLY;BYDAY=2SU",
    "FREQ=MONTHLY;BYDAY=-1MO",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=5",
    "FREQ=YEARLY;BYDAY=2SU",
    "FREQ=WEEKLY;BYDAY=1SU",
    "FREQ=WEEKLY;WKST=SU;INTERVAL=2;BYDAY=SU,MO",
    "FREQ=DAILY;BYMONTH=1",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;COUNT=0",
    "FREQ=DAILY;UNTIL=20270231",
    "FREQ=DAILY;UNTIL=20270301T120000",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      FikaRepeat repeat;

      g_test_message ("%s", rules[i]);
      g_assert_false (fika_repeat_from_rule (rules[i], SUNDAY, &repeat));
    }
}

/* A yearly rule that says the start's own date is the plain one. */
static void
test_own_date (void)
{
  FikaRepeat repeat;

  g_assert_true (fika_repeat_from_rule ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=29", SUNDAY, &repeat));
  g_assert_cmpint (repeat.unit, ==, FIKA_REPEAT_YEARLY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/repeat-rule/both-ways", test_both_ways);
  g_test_add_func ("/ui/repeat-rule/until", test_until);
  g_test_add_func ("/ui/repeat-rule/no-weekday", test_no_weekday);
  g_test_add_func ("/ui/repeat-rule/strangers", test_strangers);
  g_test_add_func ("/ui/repeat-rule/own-date", test_own_date);
  return g_test_run ();
}
