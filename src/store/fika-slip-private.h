#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether every word of a folded query begins a word of a folded text, a slip or two allowed: one
 * in words of four letters, two from eight. */
gboolean fika_slip_matches (const char *query, const char *text);

G_END_DECLS
