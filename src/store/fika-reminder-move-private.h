#pragma once

#include "store/fika-reminder-row-private.h"
#include "store/fika-tables-private.h"

G_BEGIN_DECLS

/* The columns of where a reminder stands, without its texts, for a statement that reads rows. */
#define FIKA_REMINDER_STANDING "state, start, due, lease, shown_at, attempts, snoozed, notification"
#define FIKA_N_REMINDER_STANDING 8

/* Reads those, from `column` on. The texts are NULL: writing leaves them as they are. */
void fika_reminder_read_standing (FikaStmt *stmt, int column, FikaReminderStanding *standing);

/* What an event makes of a row that stands so: writes it where it changes, and `standing` with it.
 * What is to go is left to fika_reminder_remove (). Within a transaction. */
gboolean fika_reminder_move (FikaStore *store,
                             int64_t id,
                             FikaReminderStanding *standing,
                             const FikaReminderEvent *event,
                             FikaReminderEffect *effect,
                             GError **error);
gboolean fika_reminder_remove (FikaStore *store, int64_t id, GError **error);

G_END_DECLS
