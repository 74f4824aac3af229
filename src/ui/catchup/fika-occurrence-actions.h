#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/* What can be done with a card, the same from the week, its details and a timeline. Each runs its
 * command, then says so with Undo; or says why it could not. */
gboolean fika_occurrence_confirm (FikaMainWindow *window, FikaOccurrence *occurrence);
void fika_occurrence_log (FikaMainWindow *window, FikaOccurrence *occurrence);
gboolean fika_occurrence_skip (FikaMainWindow *window, FikaOccurrence *occurrence);
void fika_occurrence_move (FikaMainWindow *window, FikaOccurrence *occurrence);
gboolean fika_occurrence_move_to (FikaMainWindow *window,
                                  FikaOccurrence *occurrence,
                                  FikaCivil start,
                                  FikaWindow loose,
                                  GError **error);
gboolean
fika_occurrence_move_to_day (FikaMainWindow *window, FikaOccurrence *occurrence, FikaDay day);
void fika_occurrence_edit (FikaMainWindow *window, FikaOccurrence *occurrence);
void fika_occurrence_edit_series (FikaMainWindow *window, FikaOccurrence *occurrence);
gboolean fika_occurrence_delete (FikaMainWindow *window, FikaOccurrence *occurrence);

/* Opens a way to reach someone; where nothing can, copies it and says so. */
void fika_contact_open (FikaMainWindow *window, const FikaContact *contact);

G_END_DECLS
