#include "config.h"

#include "base/fika-error.h"
#include "base/fika-text.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *expected;
} Pair;

static void
check_pairs (const Pair *pairs, size_t n, char *(*function) (const char *) )
{
  for (size_t i = 0; i < n; i++)
    {
      g_autofree char *result = function (pairs[i].text);

      g_assert_cmpstr (result, ==, pairs[i].expected);
      g_assert_true (g_utf8_validate (result, -1, NULL));
    }
}

static void
test_fold (void)
{
  static const Pair pairs[] = {
    { "", "" },
    { "Jürgen", "jurgen" },
    { "JU\xcc\x88RGEN", "jurgen" }, /* U and a combining diaeresis */
    { "Müller", "muller" },
    { "Ærø", "aero" },
    { "Straße", "strasse" },
    { "STRASSE", "strasse" },
    { "Łukasz Đorđević", "lukasz dordevic" },
    { "Þóra Ðögg", "thora dogg" },
    { "Işık İnan", "isik inan" },
    { "Zoë O’Brien", "zoe o'brien" },
    { "Nguyễn Thị Minh", "nguyen thi minh" },
    { "Ἀλέξανδρος", "αλεξανδροσ" },
    { "Ёлка", "елка" },
    { "ﬁnn", "finn" },   /* a ligature */
    { "Ａｄａ", "ada" }, /* full width */
    { "  Ada\t \n Lovelace  ", "ada lovelace" },
    { "Ada\xc2\xa0Lovelace", "ada lovelace" }, /* a blank that does not break */
    { "A\xc2\xad"
      "da",
      "ada" }, /* a soft hyphen */
    { "A\xe2\x80\x8b"
      "da",
      "ada" }, /* a blank of no width */
    { "🍎 Ada", "🍎 ada" },
    { "👩‍👧", "👩👧" },
    { "שָׁלוֹם", "שלום" }, /* without its points */
    { "مُحَمَّد", "محمد" },
    { "हिन्दी", "हिन्दी" }, /* vowels are no accents */
    { "が", "が" },       /* nor is this か */
    { "김철수", "김철수" },
    { "1984", "1984" },
  };
  g_autofree char *invalid = fika_text_fold ("A\xff"
                                             "da");

  check_pairs (pairs, G_N_ELEMENTS (pairs), fika_text_fold);
  g_assert_true (g_utf8_validate (invalid, -1, NULL));

  /* Folded once is folded. */
  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *again = fika_text_fold (pairs[i].expected);

      g_assert_cmpstr (again, ==, pairs[i].expected);
    }

  g_assert_true (fika_text_folded_equal ("Jürgen", " JURGEN"));
  g_assert_false (fika_text_folded_equal ("Jürgen", "Jörgen"));
  g_assert_false (fika_text_folded_equal ("राम", "रामी"));
}

static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) marks = g_string_new ("a");
  g_autofree char *folded = NULL;
  g_autofree char *folded_marks = NULL;
  g_autofree char *clean = NULL;
  g_autofree char *clipped = NULL;

  for (int i = 0; i < 10000; i++)
    {
      g_string_append (text, "Ü");
      g_string_append (marks, "\xcc\x88");
    }
  folded = fika_text_fold (text->str);
  g_assert_cmpuint (strlen (folded), ==, 10000);
  folded_marks = fika_text_fold (marks->str);
  g_assert_cmpstr (folded_marks, ==, "a");
  clean = fika_text_clean_line (text->str);
  g_assert_cmpstr (clean, ==, text->str);
  clipped = fika_text_clip (text->str, 10);
  g_assert_cmpstr (clipped, ==, "ÜÜÜÜÜÜÜÜÜ…");
}

static void
test_clean_line (void)
{
  static const Pair pairs[] = {
    { "", "" },
    { "  Ada  ", "Ada" },
    { "Ada\nLovelace", "Ada Lovelace" },
    { "Ada\r\n\tLovelace", "Ada Lovelace" },
    { "Ada \xe2\x80\xa8 Lovelace", "Ada Lovelace" }, /* a line separator */
    { "A\x01"
      "d\x7f"
      "a",
      "Ada" },
    { "\xef\xbb\xbf"
      "Ada",
      "Ada" }, /* a byte order mark */
    { "\xe2\x80\xae"
      "Ada",
      "Ada" }, /* written from right to left */
    { "\xe2\x81\xa6"
      "Ada\xe2\x81\xa9",
      "Ada" },
    { "Ada\xe2\x80\x8f!", "Ada\xe2\x80\x8f!" }, /* a mark of direction stays */
    { "Qui\xc2\xa0?", "Qui\xc2\xa0?" },         /* so does a lone blank */
    { "שלום Ada", "שלום Ada" },
    { "👩‍👧 Ada", "👩‍👧 Ada" },
  };
  g_autofree char *invalid = fika_text_clean_line ("A\xff"
                                                   "da");

  check_pairs (pairs, G_N_ELEMENTS (pairs), fika_text_clean_line);
  g_assert_true (g_utf8_validate (invalid, -1, NULL));
}

static void
test_clean_note (void)
{
  static const Pair pairs[] = {
    { "", "" },
    { "\n\n one\n  two\n\n", "one\n  two" },
    { "one\r\ntwo\rthree\xe2\x80\xa9"
      "four",
      "one\ntwo\nthree\nfour" },
    { "one\ttwo", "one\ttwo" },
    { "o\x00ne", "o" },
    { "\xe2\x80\xae"
      "one\x07",
      "one" },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), fika_text_clean_note);
}

static void
test_clip (void)
{
  static const struct
  {
    const char *text;
    size_t characters;
    const char *expected;
  } texts[] = {
    { "", 5, "" },
    { "Ada", 3, "Ada" },
    { "Lovelace", 8, "Lovelace" },
    { "Lovelace", 5, "Love…" },
    { "Ada Lovelace", 5, "Ada…" }, /* no blank before the dots */
    { "Lovelace", 1, "…" },
    { "ae\xcc\x81"
      "bcd",
      3, "a…" }, /* an é of two parts is not cut */
    { "a👩‍👧bc", 4, "a…" },
    { "a🇸🇪bc", 3, "a…" },
    { "a🇸🇪bc", 4, "a🇸🇪…" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *clipped = fika_text_clip (texts[i].text, texts[i].characters);

      g_assert_cmpstr (clipped, ==, texts[i].expected);
      g_assert_cmpint (g_utf8_strlen (clipped, -1), <=, (long) texts[i].characters);
    }
}

static void
test_check (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *good = fika_text_check_name (" Ada \n Lovelace ", "name", &error);
  g_autofree char *longest = g_strnfill (FIKA_NAME_MAX, 'a');
  g_autofree char *too_long = g_strnfill (10000, 'a');
  g_autofree char *kept = fika_text_check_name (longest, "name", &error);
  g_autofree char *place = fika_text_check_line (NULL, "place", &error);
  g_autofree char *note = fika_text_check_note (too_long, "note", &error);
  g_autofree char *huge = g_strnfill (FIKA_NOTE_MAX + 1, 'a');

  g_assert_no_error (error);
  g_assert_cmpstr (good, ==, "Ada Lovelace");
  g_assert_cmpstr (kept, ==, longest);
  g_assert_cmpstr (place, ==, "");
  g_assert_cmpstr (note, ==, too_long);

  g_assert_null (fika_text_check_name (NULL, "name", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "The name is empty. Write at least one letter.");
  g_clear_error (&error);

  g_assert_null (fika_text_check_name (" \n\xe2\x80\xae\t ", "name", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (fika_text_check_name (too_long, "name", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "10000 characters, and 200 fit"));
  g_assert_cmpuint (strlen (error->message), <, 200);
  g_clear_error (&error);

  g_assert_null (fika_text_check_line (too_long, "place", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "The place"));
  g_clear_error (&error);

  g_assert_null (fika_text_check_note (huge, "note", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (fika_text_check_name ("A\xff"
                                       "da",
                                       "name", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "UTF-8"));
}

static void
test_digits (void)
{
  static const Pair pairs[] = {
    { "", "" },
    { "+49 (030) 123-45", "4903012345" },
    { "٠٣٠١٢٣", "030123" },
    { "०१२", "012" },
    { "０３０", "030" },
    { "call me", "" },
    { "½ ²", "" },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), fika_text_digits);
}

static void
test_join_names (void)
{
  static const struct
  {
    const char *names[6];
    const char *expected;
  } lists[] = {
    { { NULL }, "" },
    { { "Ada", NULL }, "Ada" },
    { { "Ada", "Sam", NULL }, "Ada and Sam" },
    { { "Ada", "Sam", "Li", NULL }, "Ada, Sam and Li" },
    { { "Ada", "Sam", "Li", "50% Bo", NULL }, "Ada, Sam, Li and 50% Bo" },
  };
  g_autofree char *none = fika_text_join_names (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autofree char *joined = fika_text_join_names (lists[i].names);

      g_assert_cmpstr (joined, ==, lists[i].expected);
    }
  g_assert_cmpstr (none, ==, "");
}

static void
test_initials (void)
{
  static const Pair pairs[] = {
    { "", "" },
    { "Ada", "A" },
    { "Ada Lovelace", "AL" },
    { "ada lovelace", "AL" },
    { "Ada King Lovelace", "AL" },
    { "  Ada  ", "A" },
    { "Élodie Ångström", "ÉÅ" },
    { "e\xcc\x81lodie", "E\xcc\x81" },
    { "(Dr.) \"Bo\"", "DB" },
    { "... !", "" },
    { "👩‍👧 Ada", "👩‍👧A" },
    { "🇸🇪", "🇸🇪" },
    { "שלום לוי", "של" },
    { "김 철수", "김철" },
    { "ßen", "SS" },
  };

  check_pairs (pairs, G_N_ELEMENTS (pairs), fika_text_initials);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/long", test_long);
  g_test_add_func ("/text/clean-line", test_clean_line);
  g_test_add_func ("/text/clean-note", test_clean_note);
  g_test_add_func ("/text/clip", test_clip);
  g_test_add_func ("/text/check", test_check);
  g_test_add_func ("/text/digits", test_digits);
  g_test_add_func ("/text/join-names", test_join_names);
  g_test_add_func ("/text/initials", test_initials);

  return g_test_run ();
}
