#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaGroupEditor:
 *
 * The form for a group: a new one, or one to change.
 */
#define FIKA_TYPE_GROUP_EDITOR (fika_group_editor_get_type ())
G_DECLARE_FINAL_TYPE (FikaGroupEditor, fika_group_editor, FIKA, GROUP_EDITOR, FikaSheet)

void fika_group_editor_present (FikaMainWindow *window, FikaGroup *group);

G_END_DECLS
