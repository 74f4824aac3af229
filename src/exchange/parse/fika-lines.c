#include "config.h"

#include "exchange/parse/fika-lines.h"

#include "exchange/fika-vcard-text.h"

#include <string.h>

/* Windows-1252, 80 to 9F; the rest is Latin-1. Zero where there is nothing. */
static const gunichar windows_1252[] = {
  0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* What phones and programs that wrote vCard 2.1 name in CHARSET. */
static const char *const known_charsets[] = {
  "ISO-8859-2",   "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
  "ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",  "ISO-8859-15",
  "ISO-8859-16",  "WINDOWS-1250", "WINDOWS-1251", "WINDOWS-1253", "WINDOWS-1254", "WINDOWS-1255",
  "WINDOWS-1256", "WINDOWS-1257", "WINDOWS-1258", "KOI8-R",       "KOI8-U",       "SHIFT_JIS",
  "SHIFT-JIS",    "EUC-JP",       "ISO-2022-JP",  "GB2312",       "GBK",          "GB18030",
  "BIG5",         "EUC-KR",       "TIS-620",
};

/* Converters that stay open to the end of the program: the tables of a new one could not be read.
 */
static GIConv kept[G_N_ELEMENTS (known_charsets)];

/* The converter to UTF-8; NULL for a character set that is not known, here or to the C library. */
static GIConv
find_converter (const char *charset)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_charsets); i++)
    {
      if (g_ascii_strcasecmp (known_charsets[i], charset) != 0)
        continue;
      if (kept[i] == NULL)
        kept[i] = g_iconv_open ("UTF-8", known_charsets[i]);
      return kept[i] != (GIConv) -1 ? kept[i] : NULL;
    }

  return NULL;
}

static char *
from_windows_1252 (const char *bytes, gsize length)
{
  g_autoptr (GString) out = g_string_sized_new (length * 2);

  for (gsize i = 0; i < length; i++)
    {
      guint8 c = (guint8) bytes[i];

      if (c >= 0x80 && c < 0xa0)
        g_string_append_unichar (out,
                                 windows_1252[c - 0x80] != 0 ? windows_1252[c - 0x80] : 0xfffd);
      else
        g_string_append_unichar (out, c);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
from_utf_16 (const char *data, gsize length, gboolean big, gsize *decoded_length)
{
  gsize units = length / 2;
  g_autoptr (GString) out = g_string_sized_new (units + units / 4);

  for (gsize i = 0; i < units; i++)
    {
      const guint8 *at = (const guint8 *) data + i * 2;
      gunichar c = big ? (gunichar) at[0] << 8 | at[1] : (gunichar) at[1] << 8 | at[0];

      if (c >= 0xd800 && c < 0xdc00 && i + 1 < units)
        {
          gunichar low = big ? (gunichar) at[2] << 8 | at[3] : (gunichar) at[3] << 8 | at[2];

          if (low >= 0xdc00 && low < 0xe000)
            {
              c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
              i++;
            }
        }
      g_string_append_unichar (out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    }
  *decoded_length = out->len;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * fika_lines_decode:
 * @data: (array length=length): a file
 * @length: its length in bytes
 * @decoded_length: (out): the length of what is returned
 *
 * Takes off a byte order mark, and turns UTF-16 (with a mark or without) into UTF-8. What is not
 * UTF-16 is left in the bytes it is in: each line has its own character set.
 *
 * Returns: (transfer full) (nullable): the decoded file, or %NULL where @data can be read as it is
 *   from `data + length - decoded_length` on
 */
char *
fika_lines_decode (const char *data, gsize length, gsize *decoded_length)
{
  static const struct
  {
    const char *begin;
    gsize n;
    gsize mark;
    gboolean big;
  } forms[] = {
    { "\xff\xfe", 2, 2, FALSE }, { "\xfe\xff", 2, 2, TRUE }, { "B\0E\0", 4, 0, FALSE },
    { "\0B\0E", 4, 0, TRUE },    { "b\0e\0", 4, 0, FALSE },  { "\0b\0e", 4, 0, TRUE },
  };

  g_return_val_if_fail (decoded_length != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      if (length >= forms[i].n && memcmp (data, forms[i].begin, forms[i].n) == 0)
        return from_utf_16 (data + forms[i].mark, length - forms[i].mark, forms[i].big,
                            decoded_length);
    }
  *decoded_length = length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0 ? length - 3 : length;

  return NULL;
}

/**
 * fika_lines_keep_charsets:
 * @data: (array length=length): a file
 * @length: its length in bytes
 *
 * Makes ready the tables of the character sets that @data names, because once parsing has begun no
 * file can be opened any more, and the tables are files.
 */
void
fika_lines_keep_charsets (const char *data, gsize length)
{
  const char *end = data + length;
  const char *p = data;

  while ((p = memchr (p, '=', end - p)) != NULL)
    {
      gsize n;

      p++;
      if (p - data < 8 || g_ascii_strncasecmp (p - 8, "CHARSET=", 8) != 0)
        continue;
      if (p < end && *p == '"')
        p++;
      for (guint i = 0; i < G_N_ELEMENTS (known_charsets); i++)
        {
          n = strlen (known_charsets[i]);
          if (kept[i] == NULL && (gsize) (end - p) >= n
              && g_ascii_strncasecmp (p, known_charsets[i], n) == 0)
            kept[i] = g_iconv_open ("UTF-8", known_charsets[i]);
        }
    }
}

/**
 * fika_lines_to_utf8:
 * @bytes: (array length=length): a text
 * @length: its length
 * @charset: (nullable): the character set it claims to be in
 *
 * What is UTF-8 is believed to be UTF-8, whatever it claims; else the claim is tried; else it is
 * Windows-1252, of which Latin-1 is a part. Never fails.
 *
 * Returns: (transfer full): the text in UTF-8
 */
char *
fika_lines_to_utf8 (const char *bytes, gsize length, const char *charset)
{
  GIConv converter = charset != NULL ? find_converter (charset) : NULL;
  gboolean escapes = charset != NULL && g_ascii_strcasecmp (charset, "ISO-2022-JP") == 0;

  if (!escapes && g_utf8_validate (bytes, length, NULL))
    return g_strndup (bytes, length);
  if (converter != NULL)
    {
      g_autofree char *converted
          = g_convert_with_iconv (bytes, length, converter, NULL, NULL, NULL);

      if (converted != NULL && g_utf8_validate (converted, -1, NULL))
        return g_steal_pointer (&converted);
    }

  return from_windows_1252 (bytes, length);
}

/**
 * fika_line_is:
 * @text: a line
 * @name: a property's name
 * @value: its value
 *
 * Returns: whether the line is that property with that value; case and blanks do not count
 */
gboolean
fika_line_is (const char *text, const char *name, const char *value)
{
  gsize n = strlen (name);
  gsize m = strlen (value);

  while (*text == ' ' || *text == '\t')
    text++;
  if (g_ascii_strncasecmp (text, name, n) != 0)
    return FALSE;
  text += n;
  while (*text == ' ' || *text == '\t')
    text++;
  if (*text++ != ':')
    return FALSE;
  while (*text == ' ' || *text == '\t')
    text++;
  if (g_ascii_strncasecmp (text, value, m) != 0)
    return FALSE;
  text += m;

  return text[strspn (text, " \t")] == '\0';
}

/* The value of a parameter such as CHARSET=UTF-8 in the @head of a line; a bare parameter, as
 * vCard 2.1 has them, where @parameter ends in no "=". */
static char *
find_parameter (const char *head, const char *parameter)
{
  gsize n = strlen (parameter);

  for (const char *p = strchr (head, ';'); p != NULL; p = strchr (p, ';'))
    {
      p++;
      p += strspn (p, " \t");
      if (g_ascii_strncasecmp (p, parameter, n) == 0)
        {
          g_autofree char *value = g_strndup (p + n, strcspn (p + n, ";"));

          g_strdelimit (value, "\"", ' ');
          return g_strdup (g_strstrip (value));
        }
    }

  return NULL;
}

/**
 * fika_line_charset:
 * @head: a line up to its colon
 *
 * Returns: (transfer full) (nullable): the character set that it names
 */
char *
fika_line_charset (const char *head)
{
  return find_parameter (head, "CHARSET=");
}

/**
 * fika_line_is_quoted_printable:
 * @head: a line up to its colon
 *
 * Returns: whether its value is quoted-printable
 */
gboolean
fika_line_is_quoted_printable (const char *head)
{
  g_autofree char *encoding = find_parameter (head, "ENCODING=");
  g_autofree char *bare = find_parameter (head, "QUOTED-PRINTABLE");

  return (encoding != NULL && g_ascii_strcasecmp (encoding, "QUOTED-PRINTABLE") == 0)
         || (bare != NULL && *bare == '\0');
}

static gboolean
is_base64_head (const char *head)
{
  g_autofree char *encoding = find_parameter (head, "ENCODING=");
  g_autofree char *bare = find_parameter (head, "BASE64");

  return (encoding != NULL
          && (g_ascii_strcasecmp (encoding, "BASE64") == 0
              || g_ascii_strcasecmp (encoding, "B") == 0))
         || (bare != NULL && *bare == '\0');
}

/* The next line of the file as it stands there: [from, to), without its end. */
static gboolean
read_physical (FikaLineReader *self, const char **from, const char **to)
{
  const char *p = self->at;

  if (p >= self->end)
    return FALSE;
  while (p < self->end && *p != '\n' && *p != '\r')
    p++;
  *from = self->at;
  *to = p;
  if (p < self->end)
    p += *p == '\r' && p + 1 < self->end && p[1] == '\n' ? 2 : 1;
  self->at = p;
  self->number++;

  return TRUE;
}

static void
append_without_zeros (GString *out, const char *from, const char *to)
{
  while (from < to)
    {
      const char *zero = memchr (from, '\0', to - from);
      const char *stop = zero != NULL ? zero : to;

      g_string_append_len (out, from, stop - from);
      from = stop + 1;
    }
}

static gboolean
is_blank (const char *from, const char *to)
{
  while (from < to && (*from == ' ' || *from == '\t' || *from == '\0'))
    from++;

  return from == to;
}

static gboolean
is_boundary (const char *from, const char *to)
{
  g_autofree char *text = NULL;

  if (to - from > 40)
    return FALSE;
  text = g_strndup (from, to - from);

  return fika_line_is (text, "BEGIN", "VCARD") || fika_line_is (text, "END", "VCARD");
}

/* Some phones do not indent the lines of a picture; no other line is without a colon. */
static gboolean
is_bare_base64 (const char *from, const char *to)
{
  if (is_blank (from, to))
    return FALSE;
  for (; from < to; from++)
    {
      if (!g_ascii_isalnum (*from) && strchr ("+/= \t", *from) == NULL)
        return FALSE;
    }

  return TRUE;
}

/* No name and parameters of a line are longer. */
#define HEAD_MAX 4096

typedef enum
{
  HEAD_UNKNOWN, /* no colon yet */
  HEAD_PLAIN,
  HEAD_QUOTED_PRINTABLE,
  HEAD_BASE64,
} HeadKind;

static HeadKind
kind_of_head (const char *text)
{
  const char *value = fika_vcard_line_value (text);
  g_autofree char *head = NULL;

  if (value == NULL)
    return HEAD_UNKNOWN;
  head = g_strndup (text, value - 1 - text);
  if (fika_line_is_quoted_printable (head))
    return HEAD_QUOTED_PRINTABLE;

  return is_base64_head (head) ? HEAD_BASE64 : HEAD_PLAIN;
}

/* Whether the physical line [from, to) goes on with what @text has so far; *@skip: how many bytes
 * of it only say so. */
static gboolean
continues (const GString *text, HeadKind kind, const char *from, const char *to, int *skip)
{
  *skip = 0;
  if (kind == HEAD_QUOTED_PRINTABLE && text->len > 0 && text->str[text->len - 1] == '=')
    return !is_boundary (from, to);
  if (from < to && (*from == ' ' || *from == '\t'))
    {
      *skip = 1;
      return TRUE;
    }

  return kind == HEAD_BASE64 && is_bare_base64 (from, to);
}

/**
 * fika_line_reader_init:
 * @self: a reader
 * @data: (array length=length): a file, as fika_lines_decode() left it; must stay while it is read
 * @length: its length in bytes
 */
void
fika_line_reader_init (FikaLineReader *self, const char *data, gsize length)
{
  self->at = data;
  self->end = data + length;
  self->number = 0;
}

/**
 * fika_line_reader_next:
 * @self: a reader
 * @line: (out caller-allocates): the next content line that is not blank; free its text
 *
 * Folded lines (RFC 6350, section 3.2) and the soft line breaks of quoted-printable (RFC 2045,
 * section 6.7) are joined before the bytes are taken for characters, because both may stand within
 * one. Blank lines do not end a fold: files whose line ends were doubled have them everywhere.
 *
 * Returns: %FALSE at the end
 */
gboolean
fika_line_reader_next (FikaLineReader *self, FikaLine *line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *charset = NULL;
  const char *from;
  const char *to;
  const char *value;
  HeadKind kind;

  do
    {
      if (!read_physical (self, &from, &to))
        return FALSE;
    }
  while (is_blank (from, to));
  line->number = self->number;
  append_without_zeros (text, from, to);
  kind = kind_of_head (text->str);

  for (;;)
    {
      FikaLineReader ahead = *self;
      int skip;

      if (!read_physical (&ahead, &from, &to))
        break;
      if (is_blank (from, to) && kind != HEAD_QUOTED_PRINTABLE)
        {
          /* Gone over only where something follows that goes on. */
          while (is_blank (from, to))
            {
              if (!read_physical (&ahead, &from, &to))
                break;
            }
          if (is_blank (from, to) || (kind == HEAD_BASE64 && *from != ' ' && *from != '\t'))
            break;
        }
      if (!continues (text, kind, from, to, &skip))
        break;
      if (kind == HEAD_QUOTED_PRINTABLE && text->str[text->len - 1] == '=')
        g_string_truncate (text, text->len - 1);
      append_without_zeros (text, from + skip, to);
      *self = ahead;
      if (kind == HEAD_UNKNOWN && text->len < HEAD_MAX)
        kind = kind_of_head (text->str);
    }

  value = fika_vcard_line_value (text->str);
  if (value != NULL)
    {
      g_autofree char *head = g_strndup (text->str, value - 1 - text->str);

      charset = fika_line_charset (head);
    }
  line->text = fika_lines_to_utf8 (text->str, text->len, charset);

  return TRUE;
}
