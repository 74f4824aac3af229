#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Pieces of vCard text (RFC 2426, RFC 6350) that reading and writing have in common.
 */
char *fika_vcard_escape (const char *text);
char *fika_vcard_unescape (const char *text);
char **fika_vcard_split (const char *text, char separator);
void fika_vcard_append_folded (GString *out, const char *line);
char *fika_vcard_address_line (const char *const *components);
char *fika_vcard_name_line (const char *const *components);
void fika_vcard_split_name (const char *name, char **family, char **given);
gboolean fika_vcard_is_plain_name (const char *name, const char *const *components);
const char *fika_vcard_line_value (const char *line);
char *fika_vcard_line_name (const char *line);

G_END_DECLS
