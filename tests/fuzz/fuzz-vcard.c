#include "config.h"

#include "exchange/parse/fika-lines.h"
#include "exchange/parse/fika-parse-file.h"

#include <json-glib/json-glib.h>
#include <stdlib.h>

/* Any bytes as a file of contacts: the answer is JSON in UTF-8, always. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
append_cb (const char *text, gsize length, gpointer user_data)
{
  g_string_append_len (user_data, text, length);

  return TRUE;
}

static GLogWriterOutput
say_nothing (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  return G_LOG_WRITER_HANDLED;
}

static void
ignore_cb (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *decoded = NULL;
  const char *text = (const char *) data;
  static gboolean quiet = FALSE;
  gsize n;

  if (!quiet)
    {
      g_log_set_writer_func (say_nothing, NULL, NULL);
      g_log_set_handler ("libebook-contacts", G_LOG_LEVEL_WARNING, ignore_cb, NULL);
      quiet = TRUE;
    }
  decoded = fika_lines_decode (text, size, &n);
  if (!fika_parse_file (decoded != NULL ? decoded : text + size - n, n, append_cb, answer))
    abort ();
  if (!g_utf8_validate (answer->str, answer->len, NULL))
    abort ();
  node = json_from_string (answer->str, NULL);
  if (node == NULL)
    abort ();

  return 0;
}
