#include "config.h"

#include "plan/fika-cadence.h"

static void
test_table (void)
{
  static const struct
  {
    int ideal;
    int latest;
    int days;
    int warmth;
    FikaWarmth state;
  } cases[] = {
    { 14, 28, 0, 0, FIKA_WARMTH_RESTING },
    { 14, 28, 13, 0, FIKA_WARMTH_RESTING },
    { 14, 28, 14, 0, FIKA_WARMTH_RESTING },
    { 14, 28, 15, 71, FIKA_WARMTH_GOOD_TIME },
    { 14, 28, 21, 500, FIKA_WARMTH_GOOD_TIME },
    { 14, 28, 27, 928, FIKA_WARMTH_GOOD_TIME },
    { 14, 28, 28, 1000, FIKA_WARMTH_LONGING },
    { 14, 28, 4000, 1000, FIKA_WARMTH_LONGING },
    { 7, 14, 8, 142, FIKA_WARMTH_GOOD_TIME },
    /* A call that lies ahead. */
    { 14, 28, -3, 0, FIKA_WARMTH_RESTING },
    /* A latest that is not after the ideal: a step. */
    { 14, 14, 13, 0, FIKA_WARMTH_RESTING },
    { 14, 14, 14, 1000, FIKA_WARMTH_LONGING },
    { 14, 10, 9, 0, FIKA_WARMTH_RESTING },
    { 14, 10, 10, 1000, FIKA_WARMTH_LONGING },
    { 14, 0, 13, 0, FIKA_WARMTH_RESTING },
    { 14, 0, 14, 1000, FIKA_WARMTH_LONGING },
    /* So long that a day is less than a thousandth. */
    { 1, 100000, 2, 0, FIKA_WARMTH_GOOD_TIME },
    { 1, G_MAXINT, G_MAXINT - 1, 999, FIKA_WARMTH_GOOD_TIME },
    /* No cadence, no word. */
    { 0, 0, 400, 0, FIKA_WARMTH_NONE },
    { 0, 28, 400, 0, FIKA_WARMTH_NONE },
    { -5, 28, 400, 0, FIKA_WARMTH_NONE },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (fika_cadence_warmth (cases[i].ideal, cases[i].latest, cases[i].days), ==,
                       cases[i].warmth);
      g_assert_cmpint (fika_cadence_state (cases[i].ideal, cases[i].latest, cases[i].days), ==,
                       cases[i].state);
    }
}

/* Warmth never falls as days go by, and the word goes with it. */
static void
test_rises (void)
{
  for (int ideal = 1; ideal < 40; ideal++)
    {
      for (int latest = 0; latest < 80; latest++)
        {
          int last = 0;

          for (int days = 0; days < 100; days++)
            {
              int warmth = fika_cadence_warmth (ideal, latest, days);
              FikaWarmth state = fika_cadence_state (ideal, latest, days);

              g_assert_cmpint (warmth, >=, last);
              g_assert_cmpint (warmth, <=, 1000);
              g_assert_true ((warmth == 1000) == (state == FIKA_WARMTH_LONGING));
              g_assert_true (warmth == 0 || state != FIKA_WARMTH_RESTING);
              last = warmth;
            }
        }
    }
}

static void
test_words (void)
{
  g_assert_cmpstr (fika_warmth_to_key (FIKA_WARMTH_NONE), ==, "none");
  g_assert_cmpstr (fika_warmth_to_key (FIKA_WARMTH_RESTING), ==, "resting");
  g_assert_cmpstr (fika_warmth_to_key (FIKA_WARMTH_GOOD_TIME), ==, "good-time");
  g_assert_cmpstr (fika_warmth_to_key (FIKA_WARMTH_LONGING), ==, "longing");
  g_assert_cmpstr (fika_warmth_to_words (FIKA_WARMTH_NONE), ==, "");
  g_assert_cmpstr (fika_warmth_to_words (FIKA_WARMTH_LONGING), ==, "would love to hear from you");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cadence/table", test_table);
  g_test_add_func ("/cadence/rises", test_rises);
  g_test_add_func ("/cadence/words", test_words);

  return g_test_run ();
}
