#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaMoveDialog:
 *
 * Moves one occurrence to another day or time.
 */
#define FIKA_TYPE_MOVE_DIALOG (fika_move_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FikaMoveDialog, fika_move_dialog, FIKA, MOVE_DIALOG, FikaSheet)

void fika_move_dialog_present (FikaMainWindow *window, FikaOccurrence *occurrence);

G_END_DECLS
