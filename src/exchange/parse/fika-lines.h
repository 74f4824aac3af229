#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FikaLine:
 * @text: one content line in UTF-8: unfolded, soft line breaks joined, without its end and without
 *   zero bytes
 * @number: the line of the file that it begins in, from 1
 */
typedef struct
{
  char *text;
  guint number;
} FikaLine;

/**
 * FikaLineReader:
 *
 * Takes a file apart into content lines. Lines may end in CR LF, LF or CR.
 */
typedef struct
{
  const char *at;
  const char *end;
  guint number;
} FikaLineReader;

char *fika_lines_decode (const char *data, gsize length, gsize *decoded_length);
void fika_lines_keep_charsets (const char *data, gsize length);
char *fika_lines_to_utf8 (const char *bytes, gsize length, const char *charset);
void fika_line_reader_init (FikaLineReader *self, const char *data, gsize length);
gboolean fika_line_reader_next (FikaLineReader *self, FikaLine *line);

gboolean fika_line_is (const char *text, const char *name, const char *value);
char *fika_line_charset (const char *head);
gboolean fika_line_is_quoted_printable (const char *head);

G_END_DECLS
