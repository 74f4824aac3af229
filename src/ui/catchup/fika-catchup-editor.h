#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaCatchupEditor:
 *
 * The one editor of catch-ups and series: new ones, one occurrence, or a whole series.
 */
#define FIKA_TYPE_CATCHUP_EDITOR (fika_catchup_editor_get_type ())
G_DECLARE_FINAL_TYPE (FikaCatchupEditor, fika_catchup_editor, FIKA, CATCHUP_EDITOR, FikaSheet)

/* A new one: on a day (or FIKA_DAY_NONE), with a person, of a group (both may be NULL). */
void fika_catchup_editor_present_new (FikaMainWindow *window,
                                      FikaDay day,
                                      FikaPerson *person,
                                      FikaGroup *group);
void fika_catchup_editor_present_occurrence (FikaMainWindow *window, FikaOccurrence *occurrence);
void fika_catchup_editor_present_series (FikaMainWindow *window, FikaSeries *series);

G_END_DECLS
