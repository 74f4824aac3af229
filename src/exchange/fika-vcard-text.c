#include "config.h"

#include "exchange/fika-vcard-text.h"

#include <string.h>

/* RFC 6350, section 3.2: a line should not be longer than 75 octets without its end. */
#define LINE_OCTETS 75

/**
 * fika_vcard_escape:
 * @text: a text in UTF-8
 *
 * Returns: (transfer full): @text as a text value or a component of one (RFC 6350, section 3.4)
 */
char *
fika_vcard_escape (const char *text)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text) + 8);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\r')
        continue;
      if (*p == '\n')
        {
          g_string_append (out, "\\n");
          continue;
        }
      if (*p == '\\' || *p == ';' || *p == ',')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Appends what the escape at @p stands for, and answers where to go on. */
static const char *
append_unescaped (GString *out, const char *p)
{
  if (*p != '\\' || p[1] == '\0')
    {
      g_string_append_c (out, *p);
      return p + 1;
    }

  switch (p[1])
    {
    case 'n':
    case 'N':
      g_string_append_c (out, '\n');
      break;
    case '\\':
    case ';':
    case ',':
    case ':': /* an address book of Apple's escapes it */
      g_string_append_c (out, p[1]);
      break;
    default:
      g_string_append_len (out, p, 2);
      break;
    }

  return p + 2;
}

/**
 * fika_vcard_unescape:
 * @text: a text value
 *
 * Returns: (transfer full): what it says
 */
char *
fika_vcard_unescape (const char *text)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  out = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0';)
    p = append_unescaped (out, p);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * fika_vcard_split:
 * @text: a structured value
 * @separator: what stands between its components
 *
 * Returns: (transfer full) (array zero-terminated=1): the components, unescaped
 */
char **
fika_vcard_split (const char *text, char separator)
{
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GString) part = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_ptr_array_new_with_free_func (g_free);
  part = g_string_new (NULL);
  for (const char *p = text; *p != '\0';)
    {
      if (*p == separator)
        {
          g_ptr_array_add (parts, g_strdup (part->str));
          g_string_truncate (part, 0);
          p++;
        }
      else
        {
          p = append_unescaped (part, p);
        }
    }
  g_ptr_array_add (parts, g_strdup (part->str));
  g_ptr_array_add (parts, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&parts), FALSE);
}

/**
 * fika_vcard_append_folded:
 * @out: what to append to
 * @line: a content line in UTF-8, without its end
 *
 * Appends @line folded to at most 75 octets a line, never within a character, each line ended by
 * CR LF.
 */
void
fika_vcard_append_folded (GString *out, const char *line)
{
  gsize left = LINE_OCTETS;

  g_return_if_fail (out != NULL && line != NULL);

  while (*line != '\0')
    {
      gsize length = strlen (line);
      gsize n = MIN (left, length);

      /* Back to the beginning of a character: bytes 10xxxxxx go on with one. */
      while (n < length && n > 0 && ((guint8) line[n] & 0xc0) == 0x80)
        n--;
      if (n == 0)
        n = MIN (left, length);
      g_string_append_len (out, line, n);
      line += n;
      if (*line != '\0')
        g_string_append (out, "\r\n ");
      left = LINE_OCTETS - 1;
    }
  g_string_append (out, "\r\n");
}

static void
append_part (GString *out, const char *separator, const char *part)
{
  g_autofree char *clean = g_strdup (part);

  g_strstrip (clean);
  if (*clean == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, separator);
  g_string_append (out, clean);
}

/**
 * fika_vcard_address_line:
 * @components: (array zero-terminated=1): those of ADR: post office box, extended address, street,
 *   locality, region, postal code, country
 *
 * Returns: (transfer full): the address in one line, in the order that the card has; empty where
 *   nothing is said
 */
char *
fika_vcard_address_line (const char *const *components)
{
  static const int order[] = { 2, 1, 0, 3, 4, 5, 6 };
  g_autoptr (GString) out = NULL;
  guint n;

  g_return_val_if_fail (components != NULL, NULL);

  out = g_string_new (NULL);
  n = g_strv_length ((char **) components);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_auto (GStrv) lines = NULL;

      if (order[i] >= (int) n)
        continue;
      lines = g_strsplit (components[order[i]], "\n", -1);
      for (char **line = lines; *line != NULL; line++)
        append_part (out, ", ", *line);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_east_asian (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      switch ((int) g_unichar_get_script (g_utf8_get_char (p)))
        {
        case G_UNICODE_SCRIPT_HAN:
        case G_UNICODE_SCRIPT_HANGUL:
          break;
        default:
          return FALSE;
        }
    }

  return TRUE;
}

/**
 * fika_vcard_name_line:
 * @components: (array zero-terminated=1): those of N: family name, given name, additional names,
 *   prefixes, suffixes
 *
 * Returns: (transfer full): the name as one writes it; empty where nothing is said
 */
char *
fika_vcard_name_line (const char *const *components)
{
  static const int order[] = { 3, 1, 2, 0, 4 };
  g_autoptr (GString) out = NULL;
  guint n;

  g_return_val_if_fail (components != NULL, NULL);

  out = g_string_new (NULL);
  n = g_strv_length ((char **) components);
  /* Chinese, Japanese and Korean names: the family's first, and nothing between. */
  if (n >= 2 && is_east_asian (components[0]) && is_east_asian (components[1]))
    {
      g_string_append (out, components[0]);
      g_string_append (out, components[1]);
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (order[i] < (int) n)
        append_part (out, " ", components[order[i]]);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * fika_vcard_split_name:
 * @name: a name in one line
 * @family: (out) (transfer full): its last word; empty where it has only one
 * @given: (out) (transfer full): the rest
 *
 * The parts of a name of which no parts are known, good enough to sort by.
 */
void
fika_vcard_split_name (const char *name, char **family, char **given)
{
  const char *blank;

  g_return_if_fail (name != NULL && family != NULL && given != NULL);

  blank = strrchr (name, ' ');
  *family = g_strdup (blank != NULL ? blank + 1 : "");
  *given = g_strndup (name, blank != NULL ? (gsize) (blank - name) : strlen (name));
}

/**
 * fika_vcard_is_plain_name:
 * @name: a name in one line
 * @components: (array zero-terminated=1): those of N
 *
 * Returns: whether the components say no more than fika_vcard_split_name() can tell from the name
 */
gboolean
fika_vcard_is_plain_name (const char *name, const char *const *components)
{
  g_autofree char *family = NULL;
  g_autofree char *given = NULL;
  guint n;

  g_return_val_if_fail (name != NULL && components != NULL, FALSE);

  fika_vcard_split_name (name, &family, &given);
  n = g_strv_length ((char **) components);
  for (guint i = 0; i < n; i++)
    {
      if (!g_str_equal (components[i], i == 0 ? family : i == 1 ? given : ""))
        return FALSE;
    }

  return n >= 2 || *given == '\0';
}

/**
 * fika_vcard_line_value:
 * @line: a content line
 *
 * Returns: (transfer none) (nullable): its value, after the first colon that is in no quotes
 */
const char *
fika_vcard_line_value (const char *line)
{
  gboolean quoted = FALSE;

  g_return_val_if_fail (line != NULL, NULL);

  for (const char *p = line; *p != '\0'; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      else if (*p == ':' && !quoted)
        return p + 1;
    }

  return NULL;
}

/**
 * fika_vcard_line_name:
 * @line: a content line
 *
 * Returns: (transfer full): the name of its property in upper case, without a group
 */
char *
fika_vcard_line_name (const char *line)
{
  g_autofree char *head = NULL;
  const char *dot;

  g_return_val_if_fail (line != NULL, NULL);

  head = g_strndup (line, strcspn (line, ";:"));
  dot = strrchr (head, '.');

  return g_ascii_strup (dot != NULL ? dot + 1 : head, -1);
}
