#pragma once

#include "store/fika-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The rows of the preferences that say what is told, and when. They change the settings at once. */
void fika_reminder_rows_add_own_leads (AdwPreferencesGroup *group,
                                       GSettings *settings,
                                       FikaStore *store);
void
fika_reminder_rows_add_told (AdwPreferencesGroup *group, GSettings *settings, FikaStore *store);
void
fika_reminder_rows_add_quiet (AdwPreferencesGroup *group, GSettings *settings, FikaStore *store);

G_END_DECLS
