#include "config.h"

#include "db/fika-db-private.h"

/*
 * The image of a row, as JSON, that the log's triggers write. SQLite 3.38 to 3.40 call their own
 * json_object () unsafe in a trigger of a schema that is not trusted, though it is not; so Fika's
 * connections bring one of their own under that name. Other programs run the same triggers with
 * SQLite's.
 */

static void
append_text (GString *json, sqlite3_value *value)
{
  const char *text = (const char *) sqlite3_value_text (value);
  int length = sqlite3_value_bytes (value);
  int from = 0;

  g_string_append_c (json, '"');
  for (int i = 0; i < length; i++)
    {
      unsigned char c = (unsigned char) text[i];

      if (c >= 0x20 && c != '"' && c != '\\')
        continue;
      g_string_append_len (json, text + from, i - from);
      if (c < 0x20)
        g_string_append_printf (json, "\\u%04x", c);
      else
        {
          g_string_append_c (json, '\\');
          g_string_append_c (json, (char) c);
        }
      from = i + 1;
    }
  g_string_append_len (json, text + from, length - from);
  g_string_append_c (json, '"');
}

static void
json_object_cb (sqlite3_context *context, int n_values, sqlite3_value **values)
{
  GString *json = g_string_sized_new (256);
  gsize length;

  g_string_append_c (json, '{');
  for (int i = 0; i + 1 < n_values; i += 2)
    {
      sqlite3_value *value = values[i + 1];

      if (i > 0)
        g_string_append_c (json, ',');
      append_text (json, values[i]);
      g_string_append_c (json, ':');
      switch (sqlite3_value_type (value))
        {
        case SQLITE_NULL:
          g_string_append (json, "null");
          break;
        case SQLITE_INTEGER:
          g_string_append_printf (json, "%" G_GINT64_FORMAT, (gint64) sqlite3_value_int64 (value));
          break;
        case SQLITE_TEXT:
          append_text (json, value);
          break;
        default:
          /* Schemas hold whole numbers and text alone: those come back exactly. */
          sqlite3_result_error (context, "only whole numbers and text can be logged", -1);
          g_string_free (json, TRUE);
          return;
        }
    }
  g_string_append_c (json, '}');

  length = json->len;
  sqlite3_result_text64 (context, g_string_free (json, FALSE), length, g_free, SQLITE_UTF8);
}

int
fika_image_add_function (sqlite3 *sqlite)
{
  return sqlite3_create_function_v2 (sqlite, "json_object", -1,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
                                     json_object_cb, NULL, NULL, NULL);
}
