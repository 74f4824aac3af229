#pragma once

#include "exchange/fika-import.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaImportEntry:
 *
 * One person of a preview, for a list: borrows the item from its import. Property: chosen.
 */
#define FIKA_TYPE_IMPORT_ENTRY (fika_import_entry_get_type ())
G_DECLARE_FINAL_TYPE (FikaImportEntry, fika_import_entry, FIKA, IMPORT_ENTRY, GObject)

FikaImportEntry *fika_import_entry_new (FikaImport *import, FikaImportItem *item);
FikaImportItem *fika_import_entry_get_item (FikaImportEntry *self);
const char *fika_import_entry_get_name (FikaImportEntry *self);
char *fika_import_entry_dup_words (FikaImportEntry *self);

G_END_DECLS
