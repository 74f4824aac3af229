#include "config.h"

#include "model/fika-hunks.h"

#include <string.h>

/* Whatever two lists of distinct numbers: the hunks turn one into the other with the fewest items
 * taken out and put in. */

/* Longest rising run of places, the slow and plain way. */
static guint
count_staying (const guint *places, guint n)
{
  g_autofree guint *best = g_new0 (guint, MAX (n, 1));
  guint longest = 0;

  for (guint i = 0; i < n; i++)
    {
      if (places[i] == FIKA_HUNK_GONE)
        continue;
      best[i] = 1;
      for (guint j = 0; j < i; j++)
        {
          if (best[j] > 0 && places[j] < places[i])
            best[i] = MAX (best[i], best[j] + 1);
        }
      longest = MAX (longest, best[i]);
    }

  return longest;
}

static void
check (const int *old, guint n_old, const int *new, guint n_new)
{
  g_autofree guint *places = g_new (guint, MAX (n_old, 1));
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) hunks = NULL;
  guint removed = 0, added = 0, staying;

  for (guint i = 0; i < n_old; i++)
    {
      places[i] = FIKA_HUNK_GONE;
      for (guint j = 0; j < n_new; j++)
        {
          if (old[i] == new[j])
            places[i] = j;
        }
    }

  hunks = fika_hunks_new (places, n_old, n_new);
  if (n_old > 0)
    g_array_append_vals (list, old, n_old);
  for (guint i = hunks->len; i-- > 0;)
    {
      FikaHunk *hunk = &g_array_index (hunks, FikaHunk, i);

      /* A hunk does something, and neighbours are one. */
      g_assert_cmpuint (hunk->removed + hunk->added, >, 0);
      if (i > 0)
        {
          FikaHunk *before = hunk - 1;

          g_assert_cmpuint (before->position + before->removed, <, hunk->position);
        }
      removed += hunk->removed;
      added += hunk->added;
      if (hunk->removed > 0)
        g_array_remove_range (list, hunk->position, hunk->removed);
      if (hunk->added > 0)
        g_array_insert_vals (list, hunk->position, new + hunk->from, hunk->added);
    }

  g_assert_cmpuint (list->len, ==, n_new);
  g_assert_true (n_new == 0 || memcmp (list->data, new, n_new * sizeof (int)) == 0);

  staying = count_staying (places, n_old);
  g_assert_cmpuint (removed, ==, n_old - staying);
  g_assert_cmpuint (added, ==, n_new - staying);
}

static void
test_examples (void)
{
  const int five[] = { 1, 2, 3, 4, 5 };
  const int moved[] = { 1, 4, 2, 3, 5 };
  const int other[] = { 8, 9 };

  check (five, 5, five, 5);
  check (five, 5, moved, 5);
  check (five, 5, NULL, 0);
  check (NULL, 0, five, 5);
  check (NULL, 0, NULL, 0);
  check (five, 5, other, 2);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 5000; round++)
    {
      int numbers[40], old[20], new[20];
      guint n_old = g_rand_int_range (rand, 0, 21), n_new = g_rand_int_range (rand, 0, 21);
      /* From few numbers the lists have much in common. */
      guint range = MAX (MAX (n_old, n_new), (guint) g_rand_int_range (rand, 1, 41));

      for (guint pass = 0; pass < 2; pass++)
        {
          for (guint i = 0; i < range; i++)
            numbers[i] = (int) i;
          for (guint i = range; i-- > 1;)
            {
              guint j = g_rand_int_range (rand, 0, (int) i + 1);
              int number = numbers[i];

              numbers[i] = numbers[j];
              numbers[j] = number;
            }
          memcpy (pass == 0 ? old : new, numbers, (pass == 0 ? n_old : n_new) * sizeof (int));
        }
      check (old, n_old, new, n_new);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hunks/examples", test_examples);
  g_test_add_func ("/hunks/random", test_random);

  return g_test_run ();
}
