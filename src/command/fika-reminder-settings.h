#pragma once

#include "store/fika-reminder.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the preferences say of reminders. */
void fika_reminder_settings_read (GSettings *settings, FikaDuePolicy *policy);
gboolean fika_reminder_settings_apply (GSettings *settings, FikaStore *store, GError **error);
gboolean fika_reminder_settings_concern (const char *key);
GArray *fika_reminder_settings_leads (GSettings *settings,
                                      FikaKind kind,
                                      FikaWindow window,
                                      GPtrArray *people);
GArray *fika_reminder_settings_get_list (GSettings *settings, const char *setting, const char *key);
void fika_reminder_settings_set_list (GSettings *settings,
                                      const char *setting,
                                      const char *key,
                                      GArray *list);

G_END_DECLS
