#pragma once

#include "store/fika-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaGroupRow:
 *
 * A group in the list: its name, its next step or its next session.
 */
#define FIKA_TYPE_GROUP_ROW (fika_group_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaGroupRow, fika_group_row, FIKA, GROUP_ROW, GtkListBoxRow)

GtkWidget *fika_group_row_new (FikaStore *store, FikaGroup *group);

G_END_DECLS
