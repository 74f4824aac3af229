#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaGroupView:
 *
 * A group's page: what it is, where it stands on its trail, the next step, its sessions, who is in
 * it, the visits. Without a group it asks to choose one.
 */
#define FIKA_TYPE_GROUP_VIEW (fika_group_view_get_type ())
G_DECLARE_FINAL_TYPE (FikaGroupView, fika_group_view, FIKA, GROUP_VIEW, AdwBin)

void fika_group_view_set_window (FikaGroupView *self, FikaMainWindow *window);
void fika_group_view_set_group (FikaGroupView *self, FikaGroup *group);
void fika_group_view_set_choice (FikaGroupView *self, gboolean choice);
void fika_group_view_time_passed (FikaGroupView *self);

G_END_DECLS
