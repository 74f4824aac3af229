#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean fika_export_to_file (const char *path, const char *text, GError **error);
gboolean
fika_export_bytes_to_file (const char *path, const char *data, gsize length, GError **error);

G_END_DECLS
