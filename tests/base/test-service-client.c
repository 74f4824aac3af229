#include "config.h"

#include "base/fika-service-client.h"

static void
test_versions (void)
{
  static const struct
  {
    const char *one;
    const char *other;
    int order;
  } cases[] = {
    { "0.1.0", "0.1.0", 0 }, { "1.2", "1.2.0", 0 },  { "0.9.0", "0.10.0", -1 },
    { "1.0.0", "0.9.9", 1 }, { "2.0", "10.0", -1 },  { "1.2.3", "1.2.3.1", -1 },
    { "", "0.0.1", -1 },     { "", "", 0 },          { "1.beta", "1.0", 0 },
    { "1.0rc1", "1.0", 0 },  { "1..2", "1.0.2", 0 }, { "nonsense", "0.1", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s, %s", cases[i].one, cases[i].other);
      g_assert_cmpint (fika_version_compare (cases[i].one, cases[i].other), ==, cases[i].order);
      g_assert_cmpint (fika_version_compare (cases[i].other, cases[i].one), ==, -cases[i].order);
    }
}

static gboolean
is_older (const char *its, const char *ours)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) status = NULL;

  if (its != NULL)
    g_variant_dict_insert (&dict, "version", "s", its);
  status = g_variant_ref_sink (g_variant_dict_end (&dict));

  return fika_service_is_older (status, ours);
}

static void
test_older (void)
{
  g_assert_true (is_older ("0.1.0", "0.2.0"));
  g_assert_false (is_older ("0.2.0", "0.2.0"));
  g_assert_false (is_older ("0.3.0", "0.2.0"));
  /* Not one of ours: it is left alone. */
  g_assert_false (is_older (NULL, "0.2.0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/service-client/versions", test_versions);
  g_test_add_func ("/service-client/older", test_older);

  return g_test_run ();
}
