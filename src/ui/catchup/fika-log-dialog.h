#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaLogDialog:
 *
 * Says that a catch-up happened: one that was planned, or one that was not.
 */
#define FIKA_TYPE_LOG_DIALOG (fika_log_dialog_get_type ())
G_DECLARE_FINAL_TYPE (FikaLogDialog, fika_log_dialog, FIKA, LOG_DIALOG, FikaSheet)

/* With an occurrence: logs that. Otherwise a new one, with the person where one is given. */
void
fika_log_dialog_present (FikaMainWindow *window, FikaOccurrence *occurrence, FikaPerson *person);

/* A visit to a group: its last session that nobody logged, else a new one. */
void fika_log_dialog_present_visit (FikaMainWindow *window, FikaGroup *group);

G_END_DECLS
