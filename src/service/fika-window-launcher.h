#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A key like fika_reminder_dup_key ()'s: where everything is listed that was told and will be. */
#define FIKA_WINDOW_KEY_REMINDERS "place:reminders"

void fika_window_launcher_open (GDBusConnection *connection,
                                const char *key,
                                const char *activation_token);
void fika_window_launcher_launch (GDBusConnection *connection,
                                  const char *uri,
                                  const char *key,
                                  const char *activation_token);

G_END_DECLS
