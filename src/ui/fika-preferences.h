#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaPreferences:
 *
 * The page of preferences.
 */
#define FIKA_TYPE_PREFERENCES (fika_preferences_get_type ())
G_DECLARE_FINAL_TYPE (FikaPreferences, fika_preferences, FIKA, PREFERENCES, AdwPreferencesPage)

void fika_preferences_present_for (FikaMainWindow *window);

G_END_DECLS
