#include "config.h"

#include "exchange/parse/fika-property.h"

#include "exchange/fika-vcard-text.h"

#include <libebook-contacts/libebook-contacts.h>
#include <string.h>

static void
param_free (FikaParam *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

void
fika_property_free (FikaProperty *self)
{
  g_free (self->group);
  g_free (self->name);
  g_ptr_array_unref (self->params);
  g_ptr_array_unref (self->values);
  g_free (self->raw);
  g_free (self);
}

/* The parameters in @head (a line up to its colon), each as it stands there; a ";" in quotes does
 * not part them. The first element is the group and the name. */
static GPtrArray *
split_head (const char *head)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  const char *from = head;
  gboolean quoted = FALSE;

  for (const char *p = head;; p++)
    {
      if (*p == '"')
        quoted = !quoted;
      if (*p == '\0' || (*p == ';' && !quoted))
        {
          char *part = g_strndup (from, p - from);

          g_ptr_array_add (parts, g_strstrip (part));
          from = p + 1;
        }
      if (*p == '\0')
        break;
    }

  return parts;
}

static gboolean
is_transfer_encoding (const char *part)
{
  static const char *const encodings[] = { "QUOTED-PRINTABLE", "7BIT", "8BIT" };

  if (g_ascii_strncasecmp (part, "CHARSET=", 8) == 0)
    return TRUE;
  if (g_ascii_strncasecmp (part, "ENCODING=", 9) == 0)
    part += 9;
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      if (g_ascii_strcasecmp (part, encodings[i]) == 0)
        return TRUE;
    }

  return FALSE;
}

/* The head as newer versions write it: no character set, no quoted-printable, and names for the
 * bare parameters of vCard 2.1. */
static char *
modern_head (const char *head)
{
  g_autoptr (GPtrArray) parts = split_head (head);
  g_autoptr (GString) out = g_string_new (g_ptr_array_index (parts, 0));

  for (guint i = 1; i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);

      if (*part == '\0' || is_transfer_encoding (part))
        continue;
      if (g_ascii_strcasecmp (part, "BASE64") == 0
          || g_ascii_strcasecmp (part, "ENCODING=BASE64") == 0)
        g_string_append (out, ";ENCODING=b");
      else
        g_string_append_printf (out, ";%s%s", strchr (part, '=') != NULL ? "" : "TYPE=", part);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* RFC 6868: ^n, ^' and ^^ in the values of parameters. */
static char *
decode_carets (const char *value)
{
  g_autoptr (GString) out = g_string_sized_new (strlen (value));

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '^' && (p[1] == 'n' || p[1] == '\'' || p[1] == '^'))
        {
          p++;
          g_string_append_c (out, *p == 'n' ? '\n' : *p == '\'' ? '"' : '^');
        }
      else
        {
          g_string_append_c (out, *p);
        }
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
take_params (FikaProperty *self, EVCardAttribute *attribute)
{
  for (GList *l = e_vcard_attribute_get_params (attribute); l != NULL; l = l->next)
    {
      FikaParam *param = g_new0 (FikaParam, 1);
      g_autoptr (GString) value = g_string_new (NULL);

      for (GList *v = e_vcard_attribute_param_get_values (l->data); v != NULL; v = v->next)
        {
          g_autofree char *valid = g_utf8_make_valid (v->data, -1);

          g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "", valid);
        }
      param->name = g_ascii_strup (e_vcard_attribute_param_get_name (l->data), -1);
      param->value = decode_carets (value->str);
      g_ptr_array_add (self->params, param);
    }
}

static void
take_values (FikaProperty *self, EVCardAttribute *attribute)
{
  for (GList *l = e_vcard_attribute_get_values (attribute); l != NULL; l = l->next)
    g_ptr_array_add (self->values, g_utf8_make_valid (l->data, -1));
  if (self->values->len == 0)
    g_ptr_array_add (self->values, g_strdup (""));
}

/* Character sets whose second bytes may look like a backslash. */
static gboolean
has_wide_letters (const char *charset)
{
  static const char *const wide[] = { "SHIFT_JIS", "SHIFT-JIS", "BIG5", "GBK", "GB18030" };

  for (guint i = 0; charset != NULL && i < G_N_ELEMENTS (wide); i++)
    {
      if (g_ascii_strcasecmp (wide[i], charset) == 0)
        return TRUE;
    }

  return FALSE;
}

/* Quoted-printable (RFC 2045, section 6.7) is taken apart before it is decoded, and decoded before
 * its bytes are taken for letters: a ";" that is encoded parts nothing. */
static void
take_quoted_printable (FikaProperty *self, const char *value, const char *charset)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  gboolean escapes = !has_wide_letters (charset);
  gboolean list = g_str_equal (self->name, "CATEGORIES");

  for (const char *p = value;; p++)
    {
      if (*p == '\0' || *p == ';' || (list && *p == ','))
        {
          g_ptr_array_add (self->values, fika_lines_to_utf8 (bytes->str, bytes->len, charset));
          g_string_truncate (bytes, 0);
          if (*p == '\0')
            break;
        }
      else if (*p == '=' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]))
        {
          char byte = (char) (g_ascii_xdigit_value (p[1]) << 4 | g_ascii_xdigit_value (p[2]));

          if (byte != '\0')
            g_string_append_c (bytes, byte);
          p += 2;
        }
      else if (*p == '=' && p[1] == '\0')
        {
          /* A soft line break that nothing follows. */
        }
      else if (escapes && *p == '\\' && p[1] != '\0' && strchr ("\\;,nN", p[1]) != NULL)
        {
          p++;
          g_string_append_c (bytes, *p == 'n' || *p == 'N' ? '\n' : *p);
        }
      else
        {
          g_string_append_c (bytes, *p);
        }
    }
}

static char *
write_raw (FikaProperty *self, const char *head, const char *value, gboolean quoted_printable)
{
  g_autoptr (GString) out = g_string_new (head);

  g_string_append_c (out, ':');
  if (!quoted_printable)
    {
      g_string_append (out, value);
      return g_string_free (g_steal_pointer (&out), FALSE);
    }
  for (guint i = 0; i < self->values->len; i++)
    {
      g_autofree char *escaped = fika_vcard_escape (g_ptr_array_index (self->values, i));

      g_string_append_printf (out, "%s%s", i > 0 ? ";" : "", escaped);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* RFC 6350, section 3.3: letters, digits and "-"; some programs write "_" too. */
static gboolean
is_name (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isalnum (*text) && *text != '-' && *text != '_')
        return FALSE;
    }

  return TRUE;
}

/* One line through EVCard; NULL where it makes nothing of it. */
static GObject *
parse_line (const char *head, const char *value, EVCardAttribute **attribute)
{
  g_autofree char *text
      = g_strconcat ("BEGIN:VCARD\r\n", head, ":", value, "\r\nEND:VCARD\r\n", NULL);
  g_autoptr (GObject) card = G_OBJECT (e_vcard_new_from_string (text));
  GList *attributes = e_vcard_get_attributes (E_VCARD (card));

  if (attributes == NULL)
    return NULL;
  *attribute = attributes->data;

  return g_steal_pointer (&card);
}

/**
 * fika_property_parse:
 * @line: a content line
 *
 * The syntax is EVCard's affair: groups, parameters with and without names, quotes, escapes.
 * Character sets and quoted-printable, which its versions treat differently, are done here. A line
 * goes through it by itself, so that a bad one spoils no other.
 *
 * Returns: (transfer full) (nullable): the property, or %NULL where the line is none
 */
FikaProperty *
fika_property_parse (const FikaLine *line)
{
  g_autoptr (FikaProperty) self = NULL;
  g_autoptr (GObject) card = NULL;
  g_autofree char *head = NULL;
  g_autofree char *modern = NULL;
  g_autofree char *charset = NULL;
  EVCardAttribute *attribute = NULL;
  const char *value = fika_vcard_line_value (line->text);
  const char *group;
  gboolean quoted_printable;

  if (value == NULL)
    {
      /* A quote that is never closed hides the colon. */
      value = strchr (line->text, ':');
      if (value == NULL)
        return NULL;
      value++;
    }
  head = g_strndup (line->text, value - 1 - line->text);
  charset = fika_line_charset (head);
  quoted_printable = fika_line_is_quoted_printable (head);
  modern = modern_head (head);
  card = parse_line (modern, quoted_printable ? "" : value, &attribute);
  if (card == NULL && strchr (modern, '"') != NULL)
    {
      g_strdelimit (modern, "\"", ' ');
      card = parse_line (modern, quoted_printable ? "" : value, &attribute);
    }
  if (card == NULL || !is_name (e_vcard_attribute_get_name (attribute)))
    return NULL;

  self = g_new0 (FikaProperty, 1);
  group = e_vcard_attribute_get_group (attribute);
  self->group = g_ascii_strdown (group != NULL ? group : "", -1);
  self->name = g_ascii_strup (e_vcard_attribute_get_name (attribute), -1);
  self->params = g_ptr_array_new_with_free_func ((GDestroyNotify) param_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->line = line->number;
  take_params (self, attribute);
  if (quoted_printable)
    take_quoted_printable (self, value, charset);
  else
    take_values (self, attribute);
  self->raw = write_raw (self, modern, value, quoted_printable);

  return g_steal_pointer (&self);
}

/**
 * fika_property_param:
 * @self: a property
 * @name: a parameter's name, in upper case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
fika_property_param (const FikaProperty *self, const char *name)
{
  for (guint i = 0; i < self->params->len; i++)
    {
      const FikaParam *param = g_ptr_array_index (self->params, i);

      if (g_str_equal (param->name, name))
        return param->value;
    }

  return NULL;
}

/**
 * fika_property_types:
 * @self: a property
 *
 * Returns: (transfer full) (array zero-terminated=1): its types in lower case, in no special order
 */
char **
fika_property_types (const FikaProperty *self)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *lower = NULL;

  for (guint i = 0; i < self->params->len; i++)
    {
      const FikaParam *param = g_ptr_array_index (self->params, i);

      if (g_str_equal (param->name, "TYPE"))
        g_string_append_printf (all, "%s%s", all->len > 0 ? "," : "", param->value);
    }
  lower = g_utf8_strdown (all->str, -1);

  return g_strsplit (lower, ",", -1);
}

/**
 * fika_property_text:
 * @self: a property
 *
 * Returns: (transfer full): the value of a property that has only one, where ";" means nothing
 */
char *
fika_property_text (const FikaProperty *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < self->values->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ";" : "",
                            (const char *) g_ptr_array_index (self->values, i));

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * fika_property_part:
 * @self: a property
 * @i: which component, from 0
 *
 * Returns: (transfer none): the component; empty where there is none
 */
const char *
fika_property_part (const FikaProperty *self, guint i)
{
  return i < self->values->len ? g_ptr_array_index (self->values, i) : "";
}

gboolean
fika_property_is_empty (const FikaProperty *self)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      const char *value = g_ptr_array_index (self->values, i);

      if (value[strspn (value, " \t\r\n")] != '\0')
        return FALSE;
    }

  return TRUE;
}
