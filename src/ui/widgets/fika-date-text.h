#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/*
 * Dates, times and lengths as a person types them into a field, in the words of their language and
 * in English. Every parse answers FIKA_ERROR_INVALID with a sentence that can be shown beside the
 * field.
 */
char *fika_date_text_format (FikaDay day);
FikaDay fika_date_text_parse (const char *text, FikaDay today, gboolean past, GError **error);
int fika_time_text_parse (const char *text, GError **error);
char *fika_length_text_format (int minutes);
int fika_length_text_parse (const char *text, GError **error);

G_END_DECLS
