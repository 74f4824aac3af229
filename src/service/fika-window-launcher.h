#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void fika_window_launcher_open (GDBusConnection *connection,
                                const char *key,
                                const char *activation_token);
void fika_window_launcher_launch (GDBusConnection *connection,
                                  const char *uri,
                                  const char *key,
                                  const char *activation_token);

G_END_DECLS
