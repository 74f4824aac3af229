#include "config.h"

#include "exchange/parse/fika-confine.h"
#include "exchange/parse/fika-lines.h"
#include "exchange/parse/fika-parse-file.h"
#include "exchange/parse/fika-parse-format.h"
#include "exchange/parse/fika-picture.h"

#include <libebook-contacts/libebook-contacts.h>

#include <errno.h>
#include <unistd.h>

/*
 * fika-parse: reads a file of contacts (vCard 2.1, 3.0, 4.0) on standard input and answers one JSON
 * document on standard output, which must be a pipe.
 *
 * The file may be anybody's, and the parsers behind this are large: so they run here, in a process
 * that gave up everything but reading its input and writing its answer (see fika-confine.c).
 * Whoever started it believes nothing of the answer without a check.
 *
 * The answer is laid out by lines: the first line opens the document, each entry has a line, the
 * last line closes it, so that it can be taken a line at a time:
 *
 *   {"format":"fika-parse 1","entries":[
 *   {"card":{…}},
 *   {"skip":{"line":12,"name":"Ada","reason":"no-end"}}
 *   ],"count":2}
 *
 * or, where the file as a whole cannot be read, {"format":"fika-parse 1","error":"not-contacts"}.
 * The words of "error" and "reason" are in fika-parse-format.h.
 *
 * A card has "line" (of its BEGIN, from 1) and "name", never empty, of at most 200 characters;
 * where they are not empty "uid", "nickname", "pronouns", "notes", "zone" (a name of the zone
 * database, perhaps an unknown one), "photo" (base64 of a whole PNG, JPEG, GIF or WebP of at most 2
 * MiB, written anew by fika-picture.c) and "photo_was" (the SHA-256 of what was in the file, in
 * hexadecimal); for the dead "deceased" with "year", "month" and "day", all 0 where unknown; and
 * always the lists
 *
 *   "contacts":  {"kind", "label"?, "value", "preferred"?}; kinds phone, email, url, address, chat,
 *                video; of each kind at most one is preferred
 *   "occasions": {"kind", "label"?, "year", "month", "day"}; kinds birthday (at most one),
 *                anniversary, other; the year is 0 where unknown
 *   "tags":      texts
 *   "extra":     content lines that Fika has no place for, unfolded; also N and ADR, whose parts
 *                "name" and "contacts" do not tell
 *   "problems":  {"line", "reason"}: what could not be read of this card
 */

/* EVCard says a word about every bad byte, of a file that is not ours to complain of. */
static GLogWriterOutput
say_nothing (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  return G_LOG_WRITER_HANDLED;
}

static void
say_nothing_either (const char *domain,
                    GLogLevelFlags level,
                    const char *message,
                    gpointer user_data)
{
}

static gboolean
write_out (const char *text, gsize length, gpointer user_data)
{
  GString *buffer = user_data;
  gsize at = 0;

  /* Small pieces wait for company; an empty one empties the buffer. */
  g_string_append_len (buffer, text, length);
  if (length > 0 && buffer->len < 65536)
    return TRUE;
  while (at < buffer->len)
    {
      ssize_t n = write (STDOUT_FILENO, buffer->str + at, buffer->len - at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      at += n;
    }
  g_string_truncate (buffer, 0);

  return TRUE;
}

/* All of the standard input, or as much as shows that it is too large. */
static gboolean
read_in (GString *data)
{
  char buffer[65536];

  while (data->len <= FIKA_PARSE_MAX_BYTES)
    {
      ssize_t n = read (STDIN_FILENO, buffer, sizeof buffer);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return n == 0;
      g_string_append_len (data, buffer, n);
    }

  return TRUE;
}

int
main (void)
{
  g_autoptr (GString) data = NULL;
  g_autoptr (GString) out = NULL;
  g_autofree char *decoded = NULL;
  const char *text;
  gsize length;
  gboolean done;

  g_log_set_writer_func (say_nothing, NULL, NULL);
  g_log_set_default_handler (say_nothing_either, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* whatever G_DEBUG asks for */
  if (!fika_confine (FIKA_CONFINE_READING))
    return 3;

  data = g_string_sized_new (65536);
  out = g_string_sized_new (131072);
  if (!read_in (data))
    {
      fika_parse_refuse (FIKA_PARSE_ERROR_UNREADABLE, write_out, out);
      return write_out ("", 0, out) ? 0 : 1;
    }
  if (data->len > FIKA_PARSE_MAX_BYTES)
    {
      fika_parse_refuse (FIKA_PARSE_ERROR_TOO_LARGE, write_out, out);
      return write_out ("", 0, out) ? 0 : 1;
    }

  decoded = fika_lines_decode (data->str, data->len, &length);
  text = decoded != NULL ? decoded : data->str + data->len - length;
  fika_lines_keep_charsets (text, length);
  fika_picture_prepare ();
  /* Registers its type while that is still of no consequence. */
  g_type_ensure (E_TYPE_VCARD);
  if (!fika_confine (FIKA_CONFINE_PARSING))
    return 3;
  done = fika_parse_file (text, length, write_out, out);

  return write_out ("", 0, out) && done ? 0 : 1;
}
