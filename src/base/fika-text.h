#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest texts kept, in characters. */
#define FIKA_NAME_MAX 200
#define FIKA_LINE_MAX 1000
#define FIKA_NOTE_MAX 100000

char *fika_text_fold (const char *text);
gboolean fika_text_folded_equal (const char *a, const char *b);
char *fika_text_clean_line (const char *text);
char *fika_text_clean_note (const char *text);
char *fika_text_clip (const char *text, size_t characters);
char *fika_text_check_name (const char *text, const char *what, GError **error);
char *fika_text_check_line (const char *text, const char *what, GError **error);
char *fika_text_check_note (const char *text, const char *what, GError **error);
char *fika_text_digits (const char *text);
char *fika_text_join_names (const char *const *names);
char *fika_text_initials (const char *name);

G_END_DECLS
