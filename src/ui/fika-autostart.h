#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean fika_autostart_get (void);
gboolean fika_autostart_set (gboolean on, GError **error);

G_END_DECLS
