#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-error.h"
#include "exchange/parse/fika-parse-format.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *key;
  const char *words;
} Words;

static const Words skips[] = {
  { FIKA_PARSE_SKIP_NO_END, N_ ("The card has no end. It may have been cut off.") },
  { FIKA_PARSE_SKIP_NO_NAME, N_ ("The card has no name, and nothing to take one from.") },
  { FIKA_PARSE_SKIP_LIST, N_ ("This is a list of contacts and not a person.") },
  { FIKA_PARSE_SKIP_STRAY, N_ ("The lines here belong to no card.") },
};

static const Words problems[] = {
  { FIKA_PARSE_PROBLEM_LINE, N_ ("The line could not be understood and was left out.") },
  { FIKA_PARSE_PROBLEM_LONG_LINE, N_ ("The line is too long and was left out.") },
  { FIKA_PARSE_PROBLEM_LONG_VALUE, N_ ("A value is too long to be shown and was set aside.") },
  { FIKA_PARSE_PROBLEM_LONG_NAME,
    N_ ("The name is very long. Its beginning was taken, and all of it is in the notes.") },
  { FIKA_PARSE_PROBLEM_LONG_NOTE, N_ ("The note is very long. Its beginning was taken.") },
  { FIKA_PARSE_PROBLEM_MANY, N_ ("There are too many entries of one kind. The first were taken.") },
  { FIKA_PARSE_PROBLEM_DATE, N_ ("The date is not one that Fika understands and was set aside.") },
  { FIKA_PARSE_PROBLEM_PHOTO_BROKEN, N_ ("The photo is damaged and was left out.") },
  { FIKA_PARSE_PROBLEM_PHOTO_UNKNOWN,
    N_ ("The photo is of a kind that Fika does not know and was left out.") },
  { FIKA_PARSE_PROBLEM_PHOTO_LARGE, N_ ("The photo is too large and was left out.") },
  { FIKA_PARSE_PROBLEM_PHOTO_MORE, N_ ("There is more than one photo. The first was taken.") },
};

static const struct
{
  const char *key;
  FikaError code;
  const char *words;
} refusals[] = {
  { FIKA_PARSE_ERROR_EMPTY, FIKA_ERROR_INVALID,
    N_ ("The file is empty. Export your contacts again.") },
  { FIKA_PARSE_ERROR_CALENDAR, FIKA_ERROR_UNSUPPORTED,
    N_ ("This is a calendar file, which Fika cannot read yet. Choose a contacts file, whose name "
        "ends "
        "in .vcf.") },
  { FIKA_PARSE_ERROR_NOT_CONTACTS, FIKA_ERROR_INVALID,
    N_ ("This is not a contacts file. Choose one whose name ends in .vcf, as address books and "
        "phones "
        "export it.") },
  { FIKA_PARSE_ERROR_TOO_LARGE, FIKA_ERROR_INVALID,
    N_ ("The file is too large: Fika reads contacts files of up to 64 MiB. Export it in parts, or "
        "without photos.") },
  { FIKA_PARSE_ERROR_TOO_MANY, FIKA_ERROR_INVALID,
    N_ ("There are more than 100,000 cards in the file. Export it in parts.") },
  { FIKA_PARSE_ERROR_UNREADABLE, FIKA_ERROR_FAILED,
    N_ ("The file could not be read to its end. Try again.") },
};

static char *
find (const Words *words, guint n, const char *key)
{
  for (guint i = 0; i < n; i++)
    {
      if (g_str_equal (words[i].key, key))
        return g_strdup (g_dgettext (GETTEXT_PACKAGE, words[i].words));
    }

  return NULL;
}

/**
 * fika_import_words_for_skip:
 * @key: one of FIKA_PARSE_SKIP_…
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL for a key that is none
 */
char *
fika_import_words_for_skip (const char *key)
{
  return find (skips, G_N_ELEMENTS (skips), key);
}

/**
 * fika_import_words_for_problem:
 * @key: one of FIKA_PARSE_PROBLEM_…
 *
 * Returns: (transfer full) (nullable): a sentence; %NULL for a key that is none
 */
char *
fika_import_words_for_problem (const char *key)
{
  return find (problems, G_N_ELEMENTS (problems), key);
}

/**
 * fika_import_set_refusal:
 * @key: (nullable): one of FIKA_PARSE_ERROR_…, or %NULL or anything else for an answer that cannot
 * be believed
 * @error: return location
 *
 * Returns: %FALSE
 */
gboolean
fika_import_set_refusal (const char *key, GError **error)
{
  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (refusals); i++)
    {
      if (!g_str_equal (refusals[i].key, key))
        continue;
      g_set_error_literal (error, FIKA_ERROR, refusals[i].code,
                           g_dgettext (GETTEXT_PACKAGE, refusals[i].words));
      return FALSE;
    }
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                       _ ("The contacts file could not be taken apart, and nothing was imported. "
                          "Export it again, or in another format."));

  return FALSE;
}

/**
 * fika_import_set_cancelled:
 * @error: return location
 *
 * Returns: %FALSE
 */
gboolean
fika_import_set_cancelled (GError **error)
{
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_CANCELLED,
                       _ ("Cancelled. Nothing was imported."));

  return FALSE;
}
