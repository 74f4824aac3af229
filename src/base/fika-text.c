#include "config.h"

#include "base/fika-text.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Letters that Unicode does not take apart, as somebody without their keyboard types them. All in
 * lower case: they are looked up after folding the case. */
static const struct
{
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0x00df, "ss" }, /* ß */
  { 0x00e6, "ae" }, /* æ */
  { 0x00f0, "d" },  /* ð */
  { 0x00f8, "o" },  /* ø */
  { 0x00fe, "th" }, /* þ */
  { 0x0111, "d" },  /* đ */
  { 0x0127, "h" },  /* ħ */
  { 0x0131, "i" },  /* ı */
  { 0x0142, "l" },  /* ł */
  { 0x0153, "oe" }, /* œ */
  { 0x0167, "t" },  /* ŧ */
  { 0x02bc, "'" },  /* the apostrophes that names are typeset with */
  { 0x2018, "'" },  { 0x2019, "'" }, { 0x2010, "-" }, { 0x2011, "-" },
};

static gboolean
is_mark (gunichar c)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Marks that one may leave out: accents, and the points of Hebrew and Arabic. In the scripts of
 * India and in Thai the marks are vowels, and in Japanese they make another letter. */
static gboolean
is_accent (gunichar c)
{
  if (g_unichar_type (c) != G_UNICODE_NON_SPACING_MARK || c == 0x3099 || c == 0x309a)
    return FALSE;

  switch ((int) g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_INHERITED:
    case G_UNICODE_SCRIPT_COMMON:
    case G_UNICODE_SCRIPT_LATIN:
    case G_UNICODE_SCRIPT_GREEK:
    case G_UNICODE_SCRIPT_CYRILLIC:
    case G_UNICODE_SCRIPT_HEBREW:
    case G_UNICODE_SCRIPT_ARABIC:
    case G_UNICODE_SCRIPT_SYRIAC:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Orders to write the other way round, which can make a line show what it does not say. The plain
 * marks of direction (200E, 200F) are kept: mixed text needs them, and they are harmless. */
static gboolean
is_direction_override (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_line_end (gunichar c)
{
  return c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028
         || c == 0x2029;
}

/* Characters that are in no text: controls, byte order marks, non-characters. */
static gboolean
is_junk (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_CONTROL || is_direction_override (c) || c == 0xfeff
         || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe;
}

static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || is_line_end (c);
}

static char *
trimmed (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && is_blank (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *before = g_utf8_prev_char (end);

      if (!is_blank (g_utf8_get_char (before)))
        break;
      end = before;
    }

  return g_strndup (text, end - text);
}

/**
 * fika_text_fold:
 * @text: a text; bytes that are no UTF-8 are allowed
 *
 * The form that texts are searched and compared in: without case, accents and invisible characters,
 * one blank for any white space, compatibility forms resolved (NFKC). "Jürgen" and "JURGEN" are
 * both "jurgen".
 *
 * Returns: (transfer full): the folded text
 */
char *
fika_text_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *apart = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *apart_again = NULL;
  g_autoptr (GString) out = NULL;
  gboolean blank = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  apart = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKD);
  folded = g_utf8_casefold (apart, -1);
  apart_again = g_utf8_normalize (folded, -1, G_NORMALIZE_NFKD);

  out = g_string_sized_new (strlen (apart_again));
  for (const char *p = apart_again; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *plain = NULL;

      if (is_blank (c))
        {
          blank = out->len > 0;
          continue;
        }
      if (is_accent (c) || is_junk (c) || g_unichar_type (c) == G_UNICODE_FORMAT)
        continue;
      if (blank)
        g_string_append_c (out, ' ');
      blank = FALSE;

      for (size_t i = 0; c >= 0x80 && i < G_N_ELEMENTS (plain_letters); i++)
        {
          if (plain_letters[i].letter == c)
            plain = plain_letters[i].plain;
        }
      if (plain != NULL)
        g_string_append (out, plain);
      else
        g_string_append_unichar (out, c);
    }

  return g_utf8_normalize (out->str, -1, G_NORMALIZE_NFKC);
}

/**
 * fika_text_folded_equal:
 * @a: a text
 * @b: another one
 *
 * Returns: whether both are the same once folded
 */
gboolean
fika_text_folded_equal (const char *a, const char *b)
{
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  folded_a = fika_text_fold (a);
  folded_b = fika_text_fold (b);

  return g_str_equal (folded_a, folded_b);
}

/**
 * fika_text_clean_line:
 * @text: a text; bytes that are no UTF-8 are allowed
 *
 * Makes one line of @text that shows what it says: no control characters, no orders to write the
 * other way round, one blank where lines, tabs or several blanks were, none at the ends.
 *
 * Returns: (transfer full): the line
 */
char *
fika_text_clean_line (const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = NULL;
  gunichar blank = 0;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_blank (c))
        {
          /* A lone blank of another width, such as the one that does not break, is meant. */
          blank = blank == 0 && g_unichar_type (c) == G_UNICODE_SPACE_SEPARATOR ? c : ' ';
          continue;
        }
      if (is_junk (c))
        continue;
      if (blank != 0 && out->len > 0)
        g_string_append_unichar (out, blank);
      blank = 0;
      g_string_append_unichar (out, c);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * fika_text_clean_note:
 * @text: a text; bytes that are no UTF-8 are allowed
 *
 * As fika_text_clean_line(), but keeps lines (ended by "\n"), tabs and blanks within the text.
 *
 * Returns: (transfer full): the note
 */
char *
fika_text_clean_note (const char *text)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  valid = g_utf8_make_valid (text, -1);
  out = g_string_sized_new (strlen (valid));
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r' && p[1] == '\n')
        continue;
      if (is_line_end (c))
        g_string_append_c (out, '\n');
      else if (c == '\t' || !is_junk (c))
        g_string_append_unichar (out, c);
    }

  return trimmed (out->str);
}

/* Whether @c belongs to the character that stands before it. */
static gboolean
extends (gunichar c, gunichar before)
{
  return is_mark (c) || c == 0x200d || before == 0x200d || /* joined emoji */
         (c >= 0xfe00 && c <= 0xfe0f) ||                   /* variation selectors */
         (c >= 0x1f3fb && c <= 0x1f3ff) ||                 /* skin tones */
         (c >= 0xe0020 && c <= 0xe007f) ||                 /* tags of regional flags */
         (c >= 0x1160 && c <= 0x11ff);                     /* second and third part of Hangul */
}

static gboolean
is_regional (gunichar c)
{
  return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* The end of the character that a reader sees at @text, roughly a grapheme cluster of UAX #29. */
static const char *
grapheme_end (const char *text)
{
  gunichar before = g_utf8_get_char (text);
  const char *p = g_utf8_next_char (text);

  if (is_regional (before) && is_regional (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  while (*p != '\0' && extends (g_utf8_get_char (p), before))
    {
      before = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
    }

  return p;
}

/**
 * fika_text_clip:
 * @text: a text in UTF-8
 * @characters: how many characters it may have, at least 1
 *
 * Returns: (transfer full): @text, or where it is longer its beginning and "…", together no longer
 *   than @characters and never cut within what a reader sees as one character
 */
char *
fika_text_clip (const char *text, size_t characters)
{
  const char *end = text;
  size_t left;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (characters >= 1, NULL);

  if ((size_t) g_utf8_strlen (text, -1) <= characters)
    return g_strdup (text);

  left = characters - 1;
  while (*end != '\0')
    {
      const char *next = grapheme_end (end);
      size_t length = g_utf8_strlen (end, next - end);

      if (length > left)
        break;
      left -= length;
      end = next;
    }
  while (end > text && is_blank (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  return g_strdup_printf ("%.*s…", (int) (end - text), text);
}

static gboolean
check_length (const char *text, size_t most, const char *what, GError **error)
{
  size_t length = g_utf8_strlen (text, -1);

  if (length <= most)
    return TRUE;

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               /* Translators: %s is what was typed in, such as "name" or "place". */
               _ ("The %s is too long: it has %'zu characters, and %'zu fit. Make it shorter."),
               what, length, most);

  return FALSE;
}

static gboolean
check_encoding (const char *text, const char *what, GError **error)
{
  if (g_utf8_validate (text, -1, NULL))
    return TRUE;

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               /* Translators: %s is what was typed in, such as "name" or "place". */
               _ ("The %s is not readable text: it is not in UTF-8. Write it anew."), what);

  return FALSE;
}

/**
 * fika_text_check_name:
 * @text: (nullable): what was typed
 * @what: what it is, translated, as within a sentence: "name"
 * @error: return location for an error
 *
 * Cleans a text that must not be empty, of at most %FIKA_NAME_MAX characters.
 *
 * Returns: (transfer full): the cleaned text, or %NULL with %FIKA_ERROR_INVALID
 */
char *
fika_text_check_name (const char *text, const char *what, GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (what != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_encoding (text != NULL ? text : "", what, error))
    return NULL;

  clean = fika_text_clean_line (text != NULL ? text : "");
  if (*clean == '\0')
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   /* Translators: %s is what was typed in, such as "name" or "place". */
                   _ ("The %s is empty. Write at least one letter."), what);
      return NULL;
    }
  if (!check_length (clean, FIKA_NAME_MAX, what, error))
    return NULL;

  return g_steal_pointer (&clean);
}

/**
 * fika_text_check_line:
 * @text: (nullable): what was typed
 * @what: what it is, translated, as within a sentence: "place"
 * @error: return location for an error
 *
 * Cleans a text of one line, which may be empty, of at most %FIKA_LINE_MAX characters.
 *
 * Returns: (transfer full): the cleaned text, or %NULL with %FIKA_ERROR_INVALID
 */
char *
fika_text_check_line (const char *text, const char *what, GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (what != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_encoding (text != NULL ? text : "", what, error))
    return NULL;

  clean = fika_text_clean_line (text != NULL ? text : "");
  if (!check_length (clean, FIKA_LINE_MAX, what, error))
    return NULL;

  return g_steal_pointer (&clean);
}

/**
 * fika_text_check_note:
 * @text: (nullable): what was typed
 * @what: what it is, translated, as within a sentence: "note"
 * @error: return location for an error
 *
 * Cleans a text of many lines, which may be empty, of at most %FIKA_NOTE_MAX characters.
 *
 * Returns: (transfer full): the cleaned text, or %NULL with %FIKA_ERROR_INVALID
 */
char *
fika_text_check_note (const char *text, const char *what, GError **error)
{
  g_autofree char *clean = NULL;

  g_return_val_if_fail (what != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_encoding (text != NULL ? text : "", what, error))
    return NULL;

  clean = fika_text_clean_note (text != NULL ? text : "");
  if (!check_length (clean, FIKA_NOTE_MAX, what, error))
    return NULL;

  return g_steal_pointer (&clean);
}

/**
 * fika_text_digits:
 * @text: a text in UTF-8, such as a phone number
 *
 * Returns: (transfer full): its decimal digits of any script, as ASCII, and nothing else
 */
char *
fika_text_digits (const char *text)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (out, (char) ('0' + digit));
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * fika_text_join_names:
 * @names: (nullable) (array zero-terminated=1): names
 *
 * Returns: (transfer full): the names as one lists them: "Ada", "Ada and Sam", "Ada, Sam and Li";
 *   empty where there are none
 */
char *
fika_text_join_names (const char *const *names)
{
  size_t n = names != NULL ? g_strv_length ((char **) names) : 0;
  g_autofree char *joined = g_strdup (n > 0 ? names[0] : "");

  for (size_t i = 1; i < n; i++)
    {
      g_autofree char *before = g_steal_pointer (&joined);

      if (i + 1 < n)
        /* Translators: joins the names before the last two of a list: "Ada, Sam and Li". */
        joined = g_strdup_printf (C_ ("list of names", "%s, %s"), before, names[i]);
      else
        /* Translators: joins the last name of a list to those before: "Ada, Sam and Li". */
        joined = g_strdup_printf (C_ ("list of names", "%s and %s"), before, names[i]);
    }

  return g_steal_pointer (&joined);
}

/* The first character of the word at @word that can stand for it, in upper case; NULL if none. */
static char *
initial_of (const char *word)
{
  for (const char *p = word; *p != '\0' && !is_blank (g_utf8_get_char (p));
       p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ispunct (c) && !is_mark (c) && g_unichar_type (c) != G_UNICODE_FORMAT)
        return g_utf8_strup (p, grapheme_end (p) - p);
      /* g_unichar_ispunct() takes symbols for punctuation, and emoji are symbols. */
      if (g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL)
        return g_strndup (p, grapheme_end (p) - p);
    }

  return NULL;
}

/**
 * fika_text_initials:
 * @name: a name in UTF-8
 *
 * Returns: (transfer full): the initials of its first and last word, in upper case; one where it
 *   has one word, none where it has none
 */
char *
fika_text_initials (const char *name)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const char *p = name;

  g_return_val_if_fail (name != NULL, NULL);

  while (*p != '\0')
    {
      g_autofree char *initial = NULL;

      if (is_blank (g_utf8_get_char (p)))
        {
          p = g_utf8_next_char (p);
          continue;
        }
      initial = initial_of (p);
      if (initial != NULL)
        {
          if (first == NULL)
            {
              first = g_steal_pointer (&initial);
            }
          else
            {
              g_free (last);
              last = g_steal_pointer (&initial);
            }
        }
      while (*p != '\0' && !is_blank (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    }

  return g_strconcat (first != NULL ? first : "", last, NULL);
}
