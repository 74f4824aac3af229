#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaImportSheet:
 *
 * Bringing people in from a file: reads it, shows first what will happen, then does it as one
 * action that one Undo takes back.
 */
#define FIKA_TYPE_IMPORT_SHEET (fika_import_sheet_get_type ())
G_DECLARE_FINAL_TYPE (FikaImportSheet, fika_import_sheet, FIKA, IMPORT_SHEET, FikaSheet)

void fika_import_sheet_choose (FikaMainWindow *window);
void fika_import_sheet_present (FikaMainWindow *window, GFile *file);

G_END_DECLS
