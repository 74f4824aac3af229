#pragma once

#include "ui/fika-main-window.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaTimelineView:
 *
 * Catch-ups with a person, or visits to a group, newest first under the names of their months; a
 * few at a time.
 */
#define FIKA_TYPE_TIMELINE_VIEW (fika_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (FikaTimelineView,
                      fika_timeline_view,
                      FIKA,
                      TIMELINE_VIEW,
                      AdwPreferencesGroup)

void
fika_timeline_view_set_person (FikaTimelineView *self, FikaMainWindow *window, FikaPerson *person);
void
fika_timeline_view_set_group (FikaTimelineView *self, FikaMainWindow *window, FikaGroup *group);

G_END_DECLS
