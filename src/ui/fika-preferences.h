#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaPreferences:
 *
 * The preferences.
 */
#define FIKA_TYPE_PREFERENCES (fika_preferences_get_type ())
G_DECLARE_FINAL_TYPE (FikaPreferences, fika_preferences, FIKA, PREFERENCES, FikaSheet)

void fika_preferences_present_for (FikaMainWindow *window);

G_END_DECLS
