#include "config.h"

#include "model/fika-hunks.h"

/* Marks the items that may stay: a longest rising run of places, found with one binary search an
 * item (Schensted 1961). Items that moved against it are taken out and put in again. */
static gboolean *
find_staying (const guint *places, guint n_old)
{
  gboolean *stays = g_new0 (gboolean, MAX (n_old, 1));
  g_autofree guint *ends = g_new (guint, MAX (n_old, 1));   /* by length of run: its last item */
  g_autofree guint *before = g_new (guint, MAX (n_old, 1)); /* the item before in the best run */
  guint longest = 0;

  for (guint i = 0; i < n_old; i++)
    {
      guint low = 0, high = longest;

      if (places[i] == FIKA_HUNK_GONE)
        continue;
      while (low < high)
        {
          guint middle = low + (high - low) / 2;

          if (places[ends[middle]] < places[i])
            low = middle + 1;
          else
            high = middle;
        }
      before[i] = low > 0 ? ends[low - 1] : FIKA_HUNK_GONE;
      ends[low] = i;
      longest = MAX (longest, low + 1);
    }

  for (guint i = longest > 0 ? ends[longest - 1] : FIKA_HUNK_GONE; i != FIKA_HUNK_GONE;
       i = before[i])
    stays[i] = TRUE;

  return stays;
}

/**
 * fika_hunks_new:
 * @places: for each item of the old list its place in the new one, or %FIKA_HUNK_GONE; each place
 *   once
 * @n_old: items of the old list
 * @n_new: items of the new list
 *
 * Finds the fewest items that have to go and to come. Neighbours form one hunk.
 *
 * Returns: (transfer full) (element-type FikaHunk): hunks by ascending position; apply them from
 *   last to first, so that the positions of those before stay right
 */
GArray *
fika_hunks_new (const guint *places, guint n_old, guint n_new)
{
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (FikaHunk));
  g_autofree gboolean *stays = NULL;
  guint i = 0, j = 0;

  g_return_val_if_fail (places != NULL || n_old == 0, hunks);

  stays = find_staying (places, n_old);
  while (i < n_old || j < n_new)
    {
      FikaHunk hunk = { .position = i, .from = j };

      while (i < n_old && !stays[i])
        i++;
      hunk.removed = i - hunk.position;
      while (j < n_new && (i == n_old || j != places[i]))
        j++;
      hunk.added = j - hunk.from;
      if (hunk.removed > 0 || hunk.added > 0)
        g_array_append_val (hunks, hunk);

      /* Past the items that stay together. */
      while (i < n_old && stays[i] && places[i] == j)
        {
          i++;
          j++;
        }
    }

  return hunks;
}
