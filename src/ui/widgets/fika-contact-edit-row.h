#pragma once

#include "store/fika-person.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaContactEditRow:
 *
 * One way to reach someone, in a form: its kind, what it is, its label. Signals: changed (),
 * remove ().
 */
#define FIKA_TYPE_CONTACT_EDIT_ROW (fika_contact_edit_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaContactEditRow,
                      fika_contact_edit_row,
                      FIKA,
                      CONTACT_EDIT_ROW,
                      AdwEntryRow)

GtkWidget *fika_contact_edit_row_new (const FikaContact *contact);
FikaContact *fika_contact_edit_row_dup_contact (FikaContactEditRow *self);

G_END_DECLS
