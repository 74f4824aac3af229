#include "config.h"

#include "exchange/fika-json-read.h"

#include "base/fika-text.h"

#include <string.h>

/* json-glib parses by recursion: how deep it would go is counted first. */
static gboolean
is_shallow (const char *text, gsize length, guint most)
{
  guint depth = 0;
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = text[i];

      if (quoted)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            quoted = FALSE;
        }
      else if (c == '"')
        {
          quoted = TRUE;
        }
      else if (c == '{' || c == '[')
        {
          if (++depth > most)
            return FALSE;
        }
      else if (c == '}' || c == ']')
        {
          if (depth-- == 0)
            return FALSE;
        }
      else if (c == '/' || c == '#' || c == '\'')
        {
          /* Comments and other quotes, which some parsers take, and which would not be counted
           * here. */
          return FALSE;
        }
    }

  return depth == 0 && !quoted;
}

/**
 * fika_json_parse:
 * @text: (array length=length): JSON that anybody may have written
 * @length: its length in bytes
 * @most_depth: how deep objects and arrays may lie within each other
 *
 * Returns: (transfer full) (nullable): an object, or %NULL where @text is none
 */
JsonNode *
fika_json_parse (const char *text, gsize length, guint most_depth)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate_len (text, length, NULL) || !is_shallow (text, length, most_depth))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  return json_parser_steal_root (parser);
}

/* The member, or NULL where it is missing or null. */
static JsonNode *
find (FikaJsonReader *self, const char *member)
{
  JsonNode *node = self->object != NULL ? json_object_get_member (self->object, member) : NULL;

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gpointer
wrong (FikaJsonReader *self)
{
  *self->ok = FALSE;

  return NULL;
}

gboolean
fika_json_read_has (FikaJsonReader *self, const char *member)
{
  return find (self, member) != NULL;
}

static const char *
text_of (FikaJsonReader *self, JsonNode *node)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return wrong (self);

  return json_node_get_string (node);
}

/**
 * fika_json_read_raw:
 * @self: an object
 * @member: which of its members
 *
 * Returns: (transfer none) (nullable): a text as it stands there; %NULL where there is none
 */
const char *
fika_json_read_raw (FikaJsonReader *self, const char *member)
{
  JsonNode *node = find (self, member);

  return node != NULL ? text_of (self, node) : NULL;
}

static char *
checked (FikaJsonReader *self, const char *member, gsize most, char *(*clean) (const char *) )
{
  const char *raw = fika_json_read_raw (self, member);
  g_autofree char *text = clean (raw != NULL ? raw : "");

  if ((gsize) g_utf8_strlen (text, -1) > most)
    {
      wrong (self);
      return g_strdup ("");
    }

  return g_steal_pointer (&text);
}

/**
 * fika_json_read_line:
 * @self: an object
 * @member: which of its members
 * @most: longest text, in characters
 *
 * Returns: (transfer full): a clean text of one line; empty where there is none
 */
char *
fika_json_read_line (FikaJsonReader *self, const char *member, gsize most)
{
  return checked (self, member, most, fika_text_clean_line);
}

/**
 * fika_json_read_note:
 * @self: an object
 * @member: which of its members
 * @most: longest text, in characters
 *
 * Returns: (transfer full): a clean text of many lines; empty where there is none
 */
char *
fika_json_read_note (FikaJsonReader *self, const char *member, gsize most)
{
  return checked (self, member, most, fika_text_clean_note);
}

static gint64
int_of (FikaJsonReader *self, JsonNode *node, gint64 least, gint64 most, gint64 otherwise)
{
  gint64 value;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      wrong (self);
      return otherwise;
    }
  value = json_node_get_int (node);
  if (value < least || value > most)
    {
      wrong (self);
      return otherwise;
    }

  return value;
}

/**
 * fika_json_read_int:
 * @self: an object
 * @member: which of its members
 * @least: the least number it may be
 * @most: the greatest
 * @otherwise: what it is where there is none
 *
 * Returns: the number
 */
gint64
fika_json_read_int (FikaJsonReader *self,
                    const char *member,
                    gint64 least,
                    gint64 most,
                    gint64 otherwise)
{
  JsonNode *node = find (self, member);

  return node != NULL ? int_of (self, node, least, most, otherwise) : otherwise;
}

gboolean
fika_json_read_boolean (FikaJsonReader *self, const char *member)
{
  JsonNode *node = find (self, member);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    {
      wrong (self);
      return FALSE;
    }

  return json_node_get_boolean (node);
}

/**
 * fika_json_read_array:
 * @self: an object
 * @member: which of its members
 * @most: most elements it may have
 *
 * Returns: (transfer none) (nullable): the array; %NULL where there is none
 */
JsonArray *
fika_json_read_array (FikaJsonReader *self, const char *member, guint most)
{
  JsonNode *node = find (self, member);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) > most)
    return wrong (self);

  return json_node_get_array (node);
}

static FikaJsonReader
reader_for (FikaJsonReader *self, JsonNode *node)
{
  FikaJsonReader reader = { NULL, self->ok };

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    reader.object = json_node_get_object (node);
  else if (node != NULL)
    wrong (self);

  return reader;
}

/**
 * fika_json_read_object:
 * @self: an object
 * @member: which of its members
 *
 * Returns: a reader of the object that it is; one without an object where there is none
 */
FikaJsonReader
fika_json_read_object (FikaJsonReader *self, const char *member)
{
  return reader_for (self, find (self, member));
}

/**
 * fika_json_read_nth:
 * @self: the object that has the array
 * @array: the array
 * @i: which of its elements
 *
 * Returns: a reader of the object that the element is
 */
FikaJsonReader
fika_json_read_nth (FikaJsonReader *self, JsonArray *array, guint i)
{
  return reader_for (self, json_array_get_element (array, i));
}

/**
 * fika_json_read_nth_raw:
 * @self: the object that has the array
 * @array: the array
 * @i: which of its elements
 *
 * Returns: (transfer none): the text that the element is; empty where it is none
 */
const char *
fika_json_read_nth_raw (FikaJsonReader *self, JsonArray *array, guint i)
{
  const char *text = text_of (self, json_array_get_element (array, i));

  return text != NULL ? text : "";
}

/**
 * fika_json_read_nth_int:
 * @self: the object that has the array
 * @array: the array
 * @i: which of its elements
 * @least: the least number it may be
 * @most: the greatest
 *
 * Returns: the number that the element is; @least where it is none
 */
gint64
fika_json_read_nth_int (FikaJsonReader *self, JsonArray *array, guint i, gint64 least, gint64 most)
{
  return int_of (self, json_array_get_element (array, i), least, most, least);
}

/**
 * fika_json_read_key:
 * @self: an object
 * @member: which of its members
 *
 * Returns: (transfer none): a word that must be there; empty where it is not
 */
const char *
fika_json_read_key (FikaJsonReader *self, const char *member)
{
  const char *key = fika_json_read_raw (self, member);

  if (key == NULL)
    wrong (self);

  return key != NULL ? key : "";
}
