#include "config.h"

#include "base/fika-civil.h"
#include "base/fika-text.h"
#include "exchange/fika-photo.h"
#include "exchange/parse/fika-card-private.h"
#include "exchange/parse/fika-lines.h"
#include "exchange/parse/fika-parse-file.h"
#include "exchange/parse/fika-parse-format.h"

#include <json-glib/json-glib.h>
#include <string.h>

static gboolean
append_cb (const char *text, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, text, length);

  return TRUE;
}

/* The answer for a file, parsed in this process. */
static JsonNode *
parse (const char *data, gssize length)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *decoded = NULL;
  gsize size = length < 0 ? strlen (data) : (gsize) length;
  gsize n;
  JsonNode *node;

  decoded = fika_lines_decode (data, size, &n);
  g_assert_true (
      fika_parse_file (decoded != NULL ? decoded : data + size - n, n, append_cb, answer));
  g_assert_true (g_utf8_validate (answer->str, answer->len, NULL));
  node = json_from_string (answer->str, &error);
  g_assert_no_error (error);

  return node;
}

static JsonArray *
entries (JsonNode *answer)
{
  JsonObject *object = json_node_get_object (answer);

  g_assert_false (json_object_has_member (object, "error"));

  return json_object_get_array_member (object, "entries");
}

static JsonObject *
nth_card (JsonNode *answer, guint i)
{
  JsonObject *entry = json_array_get_object_element (entries (answer), i);

  g_assert_true (json_object_has_member (entry, "card"));

  return json_object_get_object_member (entry, "card");
}

static JsonObject *
nth_skip (JsonNode *answer, guint i)
{
  JsonObject *entry = json_array_get_object_element (entries (answer), i);

  g_assert_true (json_object_has_member (entry, "skip"));

  return json_object_get_object_member (entry, "skip");
}

static const char *
text_of (JsonObject *object, const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static const char *
nth_problem (JsonObject *card, guint i)
{
  JsonArray *problems = json_object_get_array_member (card, "problems");

  return text_of (json_array_get_object_element (problems, i), "reason");
}

static guint
count (JsonObject *card, const char *list)
{
  return json_array_get_length (json_object_get_array_member (card, list));
}

#define CARD(body) "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\r\n" body "END:VCARD\r\n"

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    int omitted;
    int year, month, day; /* month 0: no day */
  } cases[] = {
    { "1985-04-12", 0, 1985, 4, 12 },
    { "19850412", 0, 1985, 4, 12 },
    { "1985-04-12T00:00:00Z", 0, 1985, 4, 12 },
    { "19850412T103000", 0, 1985, 4, 12 },
    { "1985-04-12 00:00:00", 0, 1985, 4, 12 },
    { "--0412", 0, 0, 4, 12 },
    { "--04-12", 0, 0, 4, 12 },
    { "--0229", 0, 0, 2, 29 },
    { "1604-04-12", 1604, 0, 4, 12 },
    { "1604-04-12", 0, 0, 4, 12 },
    { "16040412", 1604, 0, 4, 12 },
    { "1900-04-12", 1900, 0, 4, 12 },
    { "0000-04-12", 0, 0, 4, 12 },
    { "2000-02-29", 0, 2000, 2, 29 },
    { "1900-02-29", 0, 0, 0, 0 },
    { "1985-13-01", 0, 0, 0, 0 },
    { "1985-04-31", 0, 0, 0, 0 },
    { "--0230", 0, 0, 0, 0 },
    { "1985-04", 0, 0, 0, 0 },
    { "1985", 0, 0, 0, 0 },
    { "---12", 0, 0, 0, 0 },
    { "12/04/1985", 0, 0, 0, 0 },
    { "1985-04-123", 0, 0, 0, 0 },
    { "", 0, 0, 0, 0 },
    { "April", 0, 0, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FikaCardDate date = { 0 };
      gboolean read = fika_card_parse_date (cases[i].text, cases[i].omitted, &date);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (read, ==, cases[i].month != 0);
      g_assert_cmpint (date.year, ==, cases[i].year);
      g_assert_cmpint (date.month, ==, cases[i].month);
      g_assert_cmpint (date.day, ==, cases[i].day);
    }
}

static void
test_lines (void)
{
  static const char file[] = "A:1\r\nB:2\rC:3\nD:fo\r\n ld\n\ted\r\n"
                             "E;QUOTED-PRINTABLE:a=\r\nb=\r\nEND:VCARD\r\n"
                             "\r\nF;ENCODING=b:AAAA\r\nBBBB\r\n CCCC\r\n\r\nG:x\0y\r\nH:last";
  static const struct
  {
    guint number;
    const char *text;
  } lines[] = {
    { 1, "A:1" },
    { 2, "B:2" },
    { 3, "C:3" },
    { 4, "D:folded" },
    { 7, "E;QUOTED-PRINTABLE:ab=" },
    { 9, "END:VCARD" },
    { 11, "F;ENCODING=b:AAAABBBBCCCC" },
    { 15, "G:xy" },
    { 16, "H:last" },
  };
  FikaLineReader reader;
  FikaLine line;

  fika_line_reader_init (&reader, file, sizeof file - 1);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_assert_true (fika_line_reader_next (&reader, &line));
      g_assert_cmpstr (line.text, ==, lines[i].text);
      g_assert_cmpuint (line.number, ==, lines[i].number);
      g_free (line.text);
    }
  g_assert_false (fika_line_reader_next (&reader, &line));
}

/* Files whose line ends were doubled on the way have an empty line after each. */
static void
test_doubled_line_ends (void)
{
  g_autoptr (JsonNode) answer = NULL;

  answer = parse ("BEGIN:VCARD\r\r\nFN:A\r\r\n da\r\r\nNOTE:x\r\r\nEND:VCARD\r\r\n", -1);
  g_assert_cmpstr (text_of (nth_card (answer, 0), "name"), ==, "Ada");
  g_assert_cmpstr (text_of (nth_card (answer, 0), "notes"), ==, "x");
}

static void
test_charsets (void)
{
  g_autofree char *utf_8 = fika_lines_to_utf8 ("J\xc3\xbcrgen", 7, "ISO-8859-1");
  g_autofree char *latin = fika_lines_to_utf8 ("J\xfcrgen", 6, NULL);
  g_autofree char *windows = fika_lines_to_utf8 ("\x80 5 \x96 \x81", 7, "no-such-charset");
  g_autofree char *greek = fika_lines_to_utf8 ("\xc1\xe8\xde\xed\xe1", 5, "iso-8859-7");

  g_assert_cmpstr (utf_8, ==, "Jürgen");
  g_assert_cmpstr (latin, ==, "Jürgen");
  g_assert_cmpstr (windows, ==, "€ 5 – \xef\xbf\xbd");
  g_assert_cmpstr (greek, ==, "Αθήνα");
}

static void
test_name (void)
{
  static const struct
  {
    const char *card;
    const char *name;
  } cases[] = {
    { "FN:  Ada   Byron \r\n", "Ada Byron" },
    { "FN:\r\nN:Byron;Ada;King;Lady;II\r\n", "Lady Ada King Byron II" },
    { "N:Byron\r\n", "Byron" },
    { "N:;;;;\r\nNICKNAME:Countess\r\nORG:Engines\r\n", "Countess" },
    { "ORG:Analytical Engines;Cards\r\n", "Analytical Engines" },
    { "EMAIL:ada@example.org\r\nTEL:1\r\n", "ada@example.org" },
    { "TEL:555 0101\r\n", "555 0101" },
    { "N:김;민준\r\n", "김민준" },
    { "FN:משה \xe2\x80\xaeכהן\r\n", "משה כהן" },
    { "FN:👩‍👩‍👧 The Lovelaces\r\n", "👩‍👩‍👧 The Lovelaces" },
    { "FN:A\\, B\\; C\r\n", "A, B; C" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat ("BEGIN:VCARD\r\n", cases[i].card, "END:VCARD\r\n", NULL);
      g_autoptr (JsonNode) answer = parse (file, -1);

      g_assert_cmpstr (text_of (nth_card (answer, 0), "name"), ==, cases[i].name);
    }
}

static void
test_quoted_printable (void)
{
  static const struct
  {
    const char *note;
    const char *text;
  } cases[] = {
    { "NOTE;QUOTED-PRINTABLE:Gr=C3=BC=C3=9Fe", "Grüße" },
    { "NOTE;ENCODING=QUOTED-PRINTABLE:Gr=FC=DFe", "Grüße" },
    { "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:a=3Bb;c=0D=0Ad", "a;b;c\nd" },
    { "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:a\\;b\\,c=5Cn", "a;b,c\\n" },
    { "NOTE;ENCODING=QUOTED-PRINTABLE:soft=\r\n break=20=\r\n=20end=", "soft break  end" },
    { "NOTE;ENCODING=quoted-printable;CHARSET=\"ISO-8859-15\":5 =A4", "5 €" },
    { "NOTE;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=95\\=8E=A6", "表示" },
    { "NOTE;ENCODING=QUOTED-PRINTABLE:=zz=4=", "=zz=4" },
    { "NOTE;ENCODING=QUOTED-PRINTABLE:a=00b", "ab" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *file = g_strconcat (CARD (""), "BEGIN:VCARD\r\nFN:Ada\r\n", cases[i].note,
                                           "\r\nEND:VCARD\r\n", NULL);
      g_autoptr (JsonNode) answer = parse (file, -1);

      g_assert_cmpstr (text_of (nth_card (answer, 1), "notes"), ==, cases[i].text);
    }
}

static void
test_long_name (void)
{
  g_autofree char *name = g_strnfill (10000, 'x');
  g_autofree char *file = g_strconcat ("BEGIN:VCARD\nFN:", name, "\nNOTE:hello\nEND:VCARD\n", NULL);
  g_autofree char *notes = g_strconcat (name, "\n\nhello", NULL);
  g_autoptr (JsonNode) answer = parse (file, -1);
  JsonObject *card = nth_card (answer, 0);

  g_assert_cmpint (g_utf8_strlen (text_of (card, "name"), -1), ==, FIKA_NAME_MAX);
  g_assert_true (g_str_has_suffix (text_of (card, "name"), "x…"));
  /* Nothing is lost of it. */
  g_assert_cmpstr (text_of (card, "notes"), ==, notes);
  g_assert_cmpstr (nth_problem (card, 0), ==, FIKA_PARSE_PROBLEM_LONG_NAME);
}

static void
test_preferred (void)
{
  g_autoptr (JsonNode) answer = NULL;
  JsonArray *contacts;
  static const gboolean preferred[] = { FALSE, TRUE, FALSE, TRUE, FALSE };

  answer = parse (CARD ("TEL;PREF=50:1\r\nTEL;PREF=2:2\r\nTEL;PREF=2:3\r\n"
                        "EMAIL;TYPE=PREF:a@b\r\nEMAIL:c@d\r\n"),
                  -1);
  contacts = json_object_get_array_member (nth_card (answer, 0), "contacts");
  g_assert_cmpuint (json_array_get_length (contacts), ==, G_N_ELEMENTS (preferred));
  for (guint i = 0; i < G_N_ELEMENTS (preferred); i++)
    {
      JsonObject *contact = json_array_get_object_element (contacts, i);

      g_assert_cmpint (json_object_get_boolean_member_with_default (contact, "preferred", FALSE),
                       ==, preferred[i]);
    }
}

static void
test_long_values (void)
{
  g_autofree char *url = g_strnfill (FIKA_LINE_MAX + 1, 'u');
  g_autofree char *unknown = g_strnfill (FIKA_PARSE_MAX_EXTRA_LINE + 1, 'k');
  g_autofree char *note = g_strnfill (FIKA_NOTE_MAX + 10, 'n');
  g_autofree char *file = g_strconcat ("BEGIN:VCARD\nFN:Ada\nURL:", url, "\nX-KEY:", unknown,
                                       "\nNOTE:", note, "\nEND:VCARD\n", NULL);
  g_autoptr (JsonNode) answer = parse (file, -1);
  JsonObject *card = nth_card (answer, 0);
  JsonArray *extra = json_object_get_array_member (card, "extra");

  g_assert_cmpuint (count (card, "contacts"), ==, 0);
  /* The address is carried along; the key is too long even for that, and said to be left out. */
  g_assert_cmpuint (json_array_get_length (extra), ==, 1);
  g_assert_true (g_str_has_prefix (json_array_get_string_element (extra, 0), "URL:uuu"));
  g_assert_cmpint (g_utf8_strlen (text_of (card, "notes"), -1), ==, FIKA_NOTE_MAX);
  g_assert_cmpuint (count (card, "problems"), ==, 3);
  g_assert_cmpstr (nth_problem (card, 0), ==, FIKA_PARSE_PROBLEM_LONG_VALUE);
  g_assert_cmpstr (nth_problem (card, 1), ==, FIKA_PARSE_PROBLEM_LONG_LINE);
  g_assert_cmpstr (nth_problem (card, 2), ==, FIKA_PARSE_PROBLEM_LONG_NOTE);
}

static void
test_many_parts (void)
{
  g_autoptr (GString) file = g_string_new ("BEGIN:VCARD\nFN:Ada\n");
  g_autoptr (JsonNode) answer = NULL;
  JsonObject *card;

  for (int i = 0; i < 5000; i++)
    g_string_append_printf (file, "TEL:%d\nCATEGORIES:c%d\nX-ABDATE:2000-01-%02d\nITEM1.X:%d\n", i,
                            i, i % 28 + 1, i);
  g_string_append (file, "END:VCARD\n");
  answer = parse (file->str, -1);
  card = nth_card (answer, 0);
  g_assert_cmpuint (count (card, "contacts"), ==, FIKA_PARSE_MAX_PARTS);
  g_assert_cmpuint (count (card, "tags"), ==, FIKA_PARSE_MAX_PARTS);
  g_assert_cmpuint (count (card, "occasions"), ==, 28);
  g_assert_cmpuint (count (card, "problems"), ==, FIKA_PARSE_MAX_PROBLEMS);
}

/* Quotes that are never closed, parameters without a value, names that are none, escapes of
 * nothing, bytes of nothing: whatever it is, the rest of the card comes in. */
static void
test_odd_lines (void)
{
  static const char *const lines[] = {
    "X-A;B=\"open:1",
    "TEL;TYPE=:2",
    ";:",
    ":",
    "=",
    "\\",
    "NOTE:\\",
    "NOTE;QUOTED-PRINTABLE:=4",
    "NOTE;QUOTED-PRINTABLE:=ZZ",
    "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=FF=FE=00=C3",
    "a.b.c:x",
    "PHOTO;ENCODING=b:",
    "PHOTO:data:,",
    "PHOTO:data:image/png;base64",
    "BDAY;X-APPLE-OMIT-YEAR=xyz:1604-01-01",
    "ADR:",
    "ADR:;;;;;;;;;;;;;;;;;;;;",
    "N:;;;;;;;;;;;;",
    "CATEGORIES:,,,,",
    "X-ABLABEL:",
    "item1.X-ABLABEL:x",
    "TZ:../../etc/passwd",
    "IMPP:x-apple:%zz",
    "X-ANDROID-CUSTOM:",
    "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event",
    "\xff\xfe\xfd:\x80",
    "UID:",
    "KIND:",
    "TEL;A;B;C;D=\";\":3",
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *file = NULL;
      g_autofree char *shown = g_strescape (lines[i], NULL);
      g_autoptr (JsonNode) answer = NULL;

      g_test_message ("%s", shown);
      file = g_strconcat ("BEGIN:VCARD\nFN:Ada\n", lines[i], "\nEMAIL:ada@example.org\nEND:VCARD\n",
                          CARD ("TEL:9\r\n"), NULL);
      answer = parse (file, -1);
      g_assert_cmpuint (json_array_get_length (entries (answer)), ==, 2);
      g_assert_cmpstr (text_of (nth_card (answer, 0), "name"), ==, "Ada");
      g_assert_cmpuint (count (nth_card (answer, 0), "contacts"), >=, 1);
      g_assert_cmpuint (count (nth_card (answer, 1), "contacts"), ==, 1);
    }
}

/* Every file that ends too early, at every byte. */
static void
test_every_cut (void)
{
  static const char file[]
      = CARD ("NOTE;CHARSET=ISO-8859-15;ENCODING=QUOTED-PRINTABLE:=A4=\r\n=3D\r\n"
              "item1.TEL;TYPE=\"cell,voice\";PREF=1:tel:+1;ext=2\r\nitem1.X-ABLabel:_$!<A>!$_\r\n")
          CARD ("BDAY:--0412\r\n");

  for (gsize n = 0; n < sizeof file; n++)
    {
      g_autofree char *cut = g_memdup2 (file, n);
      g_autoptr (JsonNode) answer = parse (cut != NULL ? cut : "", n);

      g_assert_true (JSON_NODE_HOLDS_OBJECT (answer));
    }
}

static void
test_zero_bytes (void)
{
  static const char file[] = "BEGIN:VCARD\r\nFN:A\0d\0a\r\nNOTE:\0\0\r\n\0\0\0\r\nEND:VCARD\r\n\0";
  g_autoptr (JsonNode) answer = parse (file, sizeof file);

  g_assert_cmpstr (text_of (nth_card (answer, 0), "name"), ==, "Ada");
}

static void
test_huge_line (void)
{
  g_autoptr (GString) file = g_string_new ("BEGIN:VCARD\nFN:Ada\nNOTE:");
  g_autoptr (GString) folded = g_string_new ("BEGIN:VCARD\nFN:Ada\nNOTE:");
  g_autoptr (GString) headless = g_string_new ("BEGIN:VCARD\nFN:Ada\nNOTE");
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 2 * 1024 * 1024; i++)
    g_string_append_c (file, 'n');
  for (int i = 0; i < 300000; i++)
    g_string_append (folded, "\n n");
  for (int i = 0; i < 300000; i++)
    g_string_append (headless, "\n ;");
  for (int i = 0; i < 3; i++)
    {
      GString *text = i == 0 ? file : i == 1 ? folded : headless;
      g_autoptr (JsonNode) answer = NULL;

      g_string_append (text, "\nEND:VCARD\n");
      answer = parse (text->str, text->len);
      g_assert_cmpstr (text_of (nth_card (answer, 0), "name"), ==, "Ada");
    }
  /* Twice the length takes twice the time, and no more: seconds would be minutes. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static void
test_nested (void)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (JsonNode) answer = NULL;

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (file, "BEGIN:VCARD\nFN:Number %d\n", i);
  for (int i = 0; i < 1000; i++)
    g_string_append (file, "END:VCARD\n");
  answer = parse (file->str, -1);
  /* 999 without an end, the innermost one whole, and the ends that are left over. */
  g_assert_cmpuint (json_array_get_length (entries (answer)), ==, 1001);
  g_assert_cmpstr (text_of (nth_skip (answer, 0), "reason"), ==, FIKA_PARSE_SKIP_NO_END);
  g_assert_cmpstr (text_of (nth_skip (answer, 0), "name"), ==, "Number 0");
  g_assert_cmpstr (text_of (nth_card (answer, 999), "name"), ==, "Number 999");
  g_assert_cmpstr (text_of (nth_skip (answer, 1000), "reason"), ==, FIKA_PARSE_SKIP_STRAY);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *file;
    gssize length;
    const char *error;
  } cases[] = {
    { "", 0, FIKA_PARSE_ERROR_EMPTY },
    { "\r\n \r\n", -1, FIKA_PARSE_ERROR_EMPTY },
    { "\xef\xbb\xbf", -1, FIKA_PARSE_ERROR_EMPTY },
    { "Dear Ada,\nhow are you?\n", -1, FIKA_PARSE_ERROR_NOT_CONTACTS },
    { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, FIKA_PARSE_ERROR_NOT_CONTACTS },
    { "\0\0\0\0", 4, FIKA_PARSE_ERROR_EMPTY },
    { "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", -1, FIKA_PARSE_ERROR_CALENDAR },
    { "\xff\xfe"
      "B\0E\0G\0I\0N\0:\0V\0C\0A\0L\0E\0N\0D\0A\0R\0\n\0",
      34, FIKA_PARSE_ERROR_CALENDAR },
    { "name,phone\nAda,1\n", -1, FIKA_PARSE_ERROR_NOT_CONTACTS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) answer = parse (cases[i].file, cases[i].length);
      JsonObject *object = json_node_get_object (answer);

      g_assert_cmpstr (json_object_get_string_member (object, "error"), ==, cases[i].error);
      g_assert_cmpstr (json_object_get_string_member (object, "format"), ==, FIKA_PARSE_FORMAT);
    }
}

static void
test_too_many (void)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (JsonNode) answer = NULL;

  for (int i = 0; i <= FIKA_PARSE_MAX_CARDS; i++)
    g_string_append (file, "BEGIN:VCARD\nEND:VCARD\n");
  answer = parse (file->str, file->len);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (answer), "error"), ==,
                   FIKA_PARSE_ERROR_TOO_MANY);
}

static void
test_base64 (void)
{
  static const struct
  {
    const char *text;
    const char *bytes; /* NULL: no base64 */
  } cases[] = {
    /* RFC 4648, section 10 */
    { "", "" },
    { "Zg==", "f" },
    { "Zm8=", "fo" },
    { "Zm9v", "foo" },
    { "Zm9vYg==", "foob" },
    { "Zm9vYmE=", "fooba" },
    { "Zm9vYmFy", "foobar" },
    { "Zm 9v\r\nYm Fy", "foobar" },
    { "Zm9vYg", "foob" },
    { "Zm9vYmE", "fooba" },
    { "Zm9vY", NULL },
    { "Zm9v*", NULL },
    { "Zg=x", NULL },
    { "Zg=", NULL },
    { "Zm9v=", NULL },
    { "-_-_", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = 0;
      g_autofree guint8 *bytes = fika_photo_decode_base64 (cases[i].text, &n);

      g_test_message ("%s", cases[i].text);
      if (cases[i].bytes == NULL)
        {
          g_assert_null (bytes);
          continue;
        }
      g_assert_nonnull (bytes);
      g_assert_cmpmem (bytes, n, cases[i].bytes, strlen (cases[i].bytes));
    }
}

/* The pictures of the fixtures, cut at every byte: whole or truncated, never mistaken, never read
 * past their end (as the sanitizers see). */
static void
test_photo_cuts (void)
{
  static const char *const pictures[] = {
    /* PNG, 4 × 4 */
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAMAAACeL25MAAAAA1BMVEX/Y0e/iuVgAAAAC0lEQVQI12NgwAQAABQAAe"
    "WGsEoAAAAASUVORK5CYII=",
    /* GIF, 4 × 4 */
    "R0lGODlhBAAEAPAAAP/XAAAAACH5BAAAAAAALAAAAAAEAAQAAAIEhI8JBQA7",
    /* WebP, 4 × 4 */
    "UklGRjgAAABXRUJQVlA4ICwAAADQAQCdASoEAAQAAgA0JaACdLoB+AADsAD+8Oj3/yC5YXXI1/5sCua5+agAAA==",
    /* JPEG, 8 × 8 */
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNy"
    "wtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09P"
    "T09PT09PT09PT09PT09PT09PT09PT0//wAARCAAIAAgDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAP/xA"
    "AUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAABf/EABQRAQAAAAAAAAAAAAAAAAAAAAD/2gAM"
    "AwEAAhEDEQA/AIgFBj//2Q==",
  };

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    {
      gsize n;
      g_autofree guint8 *bytes = fika_photo_decode_base64 (pictures[i], &n);

      g_assert_nonnull (bytes);
      g_assert_cmpint (fika_photo_check (bytes, n), ==, FIKA_PHOTO_OK);
      for (gsize length = 0; length < n; length++)
        {
          g_autofree guint8 *cut = g_memdup2 (bytes, length);

          g_assert_cmpint (fika_photo_check (cut, length), !=, FIKA_PHOTO_OK);
        }
    }
}

static void
test_photo_too_large (void)
{
  /* A PNG of 100,000 × 100,000 pixels in 57 bytes. */
  static const guint8 bomb[] = {
    0x89, 'P',  'N',  'G',  0x0d, 0x0a, 0x1a, 0x0a, 0,    0,   0,   13,   'I',  'H',  'D',
    'R',  0x00, 0x01, 0x86, 0xa0, 0x00, 0x01, 0x86, 0xa0, 8,   2,   0,    0,    0,    0,
    0,    0,    0,    0,    0,    0,    0,    'I',  'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82,
  };
  g_autofree guint8 *heavy = g_malloc0 (FIKA_PHOTO_MAX_BYTES + 1);

  g_assert_cmpint (fika_photo_check (bomb, sizeof bomb), ==, FIKA_PHOTO_TOO_LARGE);
  memcpy (heavy, "GIF89a", 6);
  g_assert_cmpint (fika_photo_check (heavy, FIKA_PHOTO_MAX_BYTES + 1), ==, FIKA_PHOTO_TOO_LARGE);
}

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* As the program does: EVCard warns of what it does not like, in a file that is not ours. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  g_log_set_handler ("libebook-contacts", G_LOG_LEVEL_WARNING, ignore_cb, NULL);

  g_test_add_func ("/parse/dates", test_dates);
  g_test_add_func ("/parse/lines", test_lines);
  g_test_add_func ("/parse/doubled-line-ends", test_doubled_line_ends);
  g_test_add_func ("/parse/charsets", test_charsets);
  g_test_add_func ("/parse/name", test_name);
  g_test_add_func ("/parse/quoted-printable", test_quoted_printable);
  g_test_add_func ("/parse/long-name", test_long_name);
  g_test_add_func ("/parse/preferred", test_preferred);
  g_test_add_func ("/parse/long-values", test_long_values);
  g_test_add_func ("/parse/many-parts", test_many_parts);
  g_test_add_func ("/parse/odd-lines", test_odd_lines);
  g_test_add_func ("/parse/every-cut", test_every_cut);
  g_test_add_func ("/parse/zero-bytes", test_zero_bytes);
  g_test_add_func ("/parse/huge-line", test_huge_line);
  g_test_add_func ("/parse/nested", test_nested);
  g_test_add_func ("/parse/refusals", test_refusals);
  g_test_add_func ("/parse/too-many", test_too_many);
  g_test_add_func ("/parse/base64", test_base64);
  g_test_add_func ("/parse/photo-cuts", test_photo_cuts);
  g_test_add_func ("/parse/photo-too-large", test_photo_too_large);

  return g_test_run ();
}
