#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FikaParseWrite:
 * @text: (array length=length): a piece of the answer
 * @length: its length
 * @user_data: what was given with it
 *
 * Takes a piece of the answer.
 *
 * Returns: whether to go on
 */
typedef gboolean (*FikaParseWrite) (const char *text, gsize length, gpointer user_data);

gboolean fika_parse_file (const char *data, gsize length, FikaParseWrite write, gpointer user_data);
gboolean fika_parse_refuse (const char *error, FikaParseWrite write, gpointer user_data);

G_END_DECLS
