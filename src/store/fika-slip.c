#include "config.h"

#include "store/fika-slip-private.h"

/* Longer words are compared by their beginning. */
#define WORD_MAX 32

#define LETTERS_FOR_ONE 4
#define LETTERS_FOR_TWO 8

typedef struct
{
  gunichar letters[WORD_MAX];
  int n;
} Word;

/* Reads the next word; NULL after the last. */
static const char *
next_word (const char *text, Word *word)
{
  while (*text != '\0' && !g_unichar_isalnum (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  if (*text == '\0')
    return NULL;
  word->n = 0;
  while (*text != '\0' && g_unichar_isalnum (g_utf8_get_char (text)))
    {
      if (word->n < WORD_MAX)
        word->letters[word->n++] = g_utf8_get_char (text);
      text = g_utf8_next_char (text);
    }
  return text;
}

static int
slips_allowed (int letters)
{
  return letters >= LETTERS_FOR_TWO ? 2 : letters >= LETTERS_FOR_ONE ? 1 : 0;
}

/*
 * The fewest slips (a letter too many, missing, wrong, or two swapped) by which the whole query
 * word becomes some beginning of the other word: the optimal string alignment distance, least over
 * the last row.
 */
static int
slips (const Word *query, const Word *word)
{
  int rows[3][WORD_MAX + 1] = { 0 };
  int least;

  for (int j = 0; j <= word->n; j++)
    rows[0][j] = j;
  for (int i = 1; i <= query->n; i++)
    {
      int *row = rows[i % 3];
      const int *above = rows[(i - 1) % 3];
      const int *above_two = rows[(i + 1) % 3];

      row[0] = i;
      for (int j = 1; j <= word->n; j++)
        {
          gboolean same = query->letters[i - 1] == word->letters[j - 1];

          row[j] = MIN (MIN (above[j] + 1, row[j - 1] + 1), above[j - 1] + !same);
          if (i > 1 && j > 1 && query->letters[i - 1] == word->letters[j - 2]
              && query->letters[i - 2] == word->letters[j - 1])
            row[j] = MIN (row[j], above_two[j - 2] + 1);
        }
    }
  least = rows[query->n % 3][0];
  for (int j = 1; j <= word->n; j++)
    least = MIN (least, rows[query->n % 3][j]);
  return least;
}

static gboolean
word_matches (const Word *query, const char *text)
{
  int allowed = slips_allowed (query->n);
  Word word;

  while ((text = next_word (text, &word)) != NULL)
    if (slips (query, &word) <= allowed)
      return TRUE;
  return FALSE;
}

gboolean
fika_slip_matches (const char *query, const char *text)
{
  gboolean any = FALSE;
  Word word;

  while ((query = next_word (query, &word)) != NULL)
    {
      if (!word_matches (&word, text))
        return FALSE;
      any = TRUE;
    }
  return any;
}
