#pragma once

#include "ui/reminders/fika-reach-state.h"

G_BEGIN_DECLS

/**
 * FikaQuietWatch:
 *
 * Watches whether the desktop holds notifications back, where it can be known: by what the
 * notification server says, or by the settings of the desktop that it belongs to.
 *
 * Signals: changed ().
 */
#define FIKA_TYPE_QUIET_WATCH (fika_quiet_watch_get_type ())
G_DECLARE_FINAL_TYPE (FikaQuietWatch, fika_quiet_watch, FIKA, QUIET_WATCH, GObject)

FikaQuietWatch *fika_quiet_watch_new (GDBusConnection *connection);
FikaQuiet fika_quiet_watch_get (FikaQuietWatch *self);
void fika_quiet_watch_set_server (FikaQuietWatch *self, const char *server);

G_END_DECLS
