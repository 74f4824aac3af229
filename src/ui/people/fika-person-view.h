#pragma once

#include "ui/fika-main-window.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaPersonView:
 *
 * A person's page: who they are, how it is going, what is next, what to bring up, what was. Without
 * a person it asks to choose one.
 */
#define FIKA_TYPE_PERSON_VIEW (fika_person_view_get_type ())
G_DECLARE_FINAL_TYPE (FikaPersonView, fika_person_view, FIKA, PERSON_VIEW, AdwBin)

void fika_person_view_set_window (FikaPersonView *self, FikaMainWindow *window);
void fika_person_view_set_person (FikaPersonView *self, FikaPerson *person);
void fika_person_view_set_choice (FikaPersonView *self, gboolean choice);
void fika_person_view_time_passed (FikaPersonView *self);

G_END_DECLS
