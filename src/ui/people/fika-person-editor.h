#pragma once

#include "ui/fika-main-window.h"
#include "ui/fika-compat.h"

G_BEGIN_DECLS

/**
 * FikaPersonEditor:
 *
 * The form for a person: a new one, or one to change. What is typed stays until it is saved or
 * discarded on purpose.
 */
#define FIKA_TYPE_PERSON_EDITOR (fika_person_editor_get_type ())
G_DECLARE_FINAL_TYPE (FikaPersonEditor, fika_person_editor, FIKA, PERSON_EDITOR, FikaSheet)

void fika_person_editor_present (FikaMainWindow *window, FikaPerson *person);

G_END_DECLS
