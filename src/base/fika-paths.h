#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *fika_paths_data_dir (void);
char *fika_paths_database (void);
char *fika_paths_backups_dir (void);
char *fika_paths_photos_dir (void);
gboolean fika_paths_ensure_private_dir (const char *path, GError **error);
char *fika_paths_libexec (const char *program);
char *fika_paths_bin (const char *program);
gboolean fika_paths_is_sandboxed (void);

G_END_DECLS
