#include "config.h"

#include "base/fika-zone.h"
#include "plan/fika-due.h"

#include <stdio.h>

static int64_t
instant (const char *civil)
{
  return fika_zone_to_utc (FIKA_ZONE_HERE, fika_civil_parse (civil, NULL));
}

static char *
civil (int64_t utc)
{
  return utc == FIKA_UTC_NONE ? g_strdup ("none")
                              : fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, utc));
}

#define assert_at(utc, expected)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *at_ = civil (utc);                                                            \
    g_assert_cmpstr (at_, ==, expected);                                                           \
  }                                                                                                \
  G_STMT_END

/* What is due in quiet hours waits for their end, unless its plan lies there itself. */
static void
test_quiet (void)
{
  static const struct
  {
    const char *from, *to; /* times of day */
    const char *start;
    int lead;
    const char *due;
  } rows[] = {
    /* Overnight, 22:00 to 08:00. */
    { "22:00", "08:00", "2026-05-05T12:00", 10, "2026-05-05T11:50" },
    { "22:00", "08:00", "2026-05-05T09:00", 120, "2026-05-05T08:00" },
    { "22:00", "08:00", "2026-05-05T23:00", 30, "2026-05-05T22:30" },
    { "22:00", "08:00", "2026-05-05T07:30", 10, "2026-05-05T07:20" },
    { "22:00", "08:00", "2026-05-06T12:00", 13 * 60, "2026-05-06T08:00" },
    /* The first minute is quiet, the last is not. */
    { "22:00", "08:00", "2026-05-06T12:00", 14 * 60, "2026-05-06T08:00" },
    { "22:00", "08:00", "2026-05-06T12:00", 14 * 60 + 1, "2026-05-05T21:59" },
    { "22:00", "08:00", "2026-05-06T12:00", 4 * 60, "2026-05-06T08:00" },
    { "22:00", "08:00", "2026-05-06T12:00", 4 * 60 + 1, "2026-05-06T08:00" },
    { "22:00", "08:00", "2026-05-05T08:00", 10, "2026-05-05T08:00" },
    /* Within a day. */
    { "13:00", "15:00", "2026-05-05T16:00", 90, "2026-05-05T15:00" },
    { "13:00", "15:00", "2026-05-05T16:00", 30, "2026-05-05T15:30" },
    { "13:00", "15:00", "2026-05-05T14:00", 10, "2026-05-05T13:50" },
    /* None. */
    { "08:00", "08:00", "2026-05-05T03:00", 10, "2026-05-05T02:50" },
    /* From the start on, a plan is told in its own time. */
    { "18:00", "08:00", "2026-05-05T17:00", -200, "2026-05-05T20:20" },
    /* On the night that loses an hour, 02:00 to 03:00. */
    { "22:00", "02:30", "2026-03-29T06:00", 4 * 60, "2026-03-29T03:30" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FikaDuePolicy policy;
      int hour, minute;

      fika_due_policy_init (&policy);
      sscanf (rows[i].from, "%d:%d", &hour, &minute);
      policy.quiet_from = hour * 60 + minute;
      sscanf (rows[i].to, "%d:%d", &hour, &minute);
      policy.quiet_to = hour * 60 + minute;
      assert_at (fika_due_of_plan (&policy, instant (rows[i].start), rows[i].lead), rows[i].due);
    }
}

static void
test_asking (void)
{
  FikaDuePolicy policy;
  int64_t start = instant ("2026-05-05T20:00");

  fika_due_policy_init (&policy);
  assert_at (fika_due_of_asking (&policy, start, fika_due_asking_lead (FIKA_WINDOW_EXACT, 30)),
             "2026-05-05T21:30");
  /* Open-ended: an hour, and an hour after it. */
  assert_at (fika_due_of_asking (&policy, start, fika_due_asking_lead (FIKA_WINDOW_EXACT, 0)),
             "2026-05-05T22:00");
  /* The afternoon is from 12:00 to 17:00. */
  assert_at (fika_due_of_asking (&policy, instant ("2026-05-05T12:00"),
                                 fika_due_asking_lead (FIKA_WINDOW_AFTERNOON, 0)),
             "2026-05-05T18:00");
  policy.quiet_from = 22 * 60;
  policy.quiet_to = 7 * 60;
  assert_at (fika_due_of_asking (&policy, start, fika_due_asking_lead (FIKA_WINDOW_EXACT, 90)),
             "2026-05-06T07:00");
}

static void
test_days (void)
{
  FikaDuePolicy policy;
  FikaDay day = fika_day_parse ("2026-03-30", NULL);

  fika_due_policy_init (&policy);
  assert_at (fika_due_on_day (&policy, day, 0), "2026-03-30T09:00");
  /* Across the night that loses an hour: the same time of day. */
  assert_at (fika_due_on_day (&policy, day, 7), "2026-03-23T09:00");
  policy.quiet_from = 22 * 60;
  policy.quiet_to = 10 * 60;
  assert_at (fika_due_on_day (&policy, day, 0), "2026-03-30T10:00");

  assert_at (fika_due_next_digest (&policy, instant ("2026-03-30T07:00")), "none");
  policy.digest_minute = 8 * 60;
  assert_at (fika_due_next_digest (&policy, instant ("2026-03-30T07:59")), "2026-03-30T08:00");
  assert_at (fika_due_next_digest (&policy, instant ("2026-03-30T08:00")), "2026-03-31T08:00");

  g_assert_cmpint (fika_due_pause_ends (&policy), ==, 0);
  policy.paused_until = day;
  assert_at (fika_due_pause_ends (&policy), "2026-03-30T00:00");
}

static void
test_text (void)
{
  const int days[] = { 7, 1, 7, 0, -3, 1000 };
  FikaDuePolicy policy;
  FikaDuePolicy again;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;

  fika_due_policy_init (&policy);
  policy.ask = policy.occasions = TRUE;
  policy.digest_minute = 481;
  policy.quiet_from = 1320;
  policy.quiet_to = 450;
  policy.paused_until = fika_day_parse ("2026-08-01", NULL);
  fika_due_policy_set_circle (&policy, "closest", days, G_N_ELEMENTS (days));
  fika_due_policy_set_circle (&policy, "o'dd \"one\"", days, 1);
  text = fika_due_policy_print (&policy);
  g_assert_true (fika_due_policy_parse (&again, text));
  text_again = fika_due_policy_print (&again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_true (again.ask && again.occasions && !again.days);
  g_assert_cmpint (again.digest_minute, ==, 481);
  g_assert_cmpint (again.paused_until, ==, policy.paused_until);
  g_assert_cmpint (fika_due_policy_get_circle (&again, "closest")->n_days, ==, 2);
  g_assert_cmpint (fika_due_policy_get_circle (&again, "closest")->days[0], ==, 7);
  g_assert_null (fika_due_policy_get_circle (&again, "wider"));

  /* Nothing, and nonsense: plans alone. */
  g_assert_false (fika_due_policy_parse (&again, ""));
  g_assert_false (again.ask);
  g_assert_false (fika_due_policy_parse (&again, "{'ask': <true>"));
  g_assert_false (again.ask);
  g_assert_true (fika_due_policy_parse (&again, "{'day-minute': <99999>, 'quiet-to': <-4>}"));
  g_assert_cmpint (again.day_minute, ==, 540);
  g_assert_cmpint (again.quiet_to, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/due/quiet", test_quiet);
  g_test_add_func ("/due/asking", test_asking);
  g_test_add_func ("/due/days", test_days);
  g_test_add_func ("/due/text", test_text);
  return g_test_run ();
}
