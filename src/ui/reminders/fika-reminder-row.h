#pragma once

#include "store/fika-reminder.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Rows of a list of reminders; each opens its catch-up. (transfer floating) */
GtkWidget *fika_reminder_row_new_coming (FikaReminder *reminder, FikaStore *store);
GtkWidget *fika_reminder_row_new_told (FikaReminder *reminder, FikaStore *store, gboolean away);

G_END_DECLS
