#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaReachGroup:
 *
 * The part of the preferences that says whether reminders can reach the person, and lets them try
 * and change it. Rows put into it in a template follow its own.
 */
#define FIKA_TYPE_REACH_GROUP (fika_reach_group_get_type ())
G_DECLARE_FINAL_TYPE (FikaReachGroup, fika_reach_group, FIKA, REACH_GROUP, AdwPreferencesGroup)

void fika_reach_group_set_window (FikaReachGroup *self, FikaMainWindow *window);

G_END_DECLS
