#pragma once

#include "store/fika-store.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaPersonRow:
 *
 * A person in a list: face, name, and one quiet line that says how it is going. Property: person.
 */
#define FIKA_TYPE_PERSON_ROW (fika_person_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaPersonRow, fika_person_row, FIKA, PERSON_ROW, GtkWidget)

GtkWidget *fika_person_row_new (FikaStore *store);
void fika_person_row_set_person (FikaPersonRow *self, FikaPerson *person);

G_END_DECLS
