#pragma once

#include "command/fika-snooze.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/* Until when a reminder can be put off, as a menu of the action that does it; and what that does.
 */

GtkWidget *fika_snooze_button_new (FikaReminder *reminder, FikaStore *store, const char *action);
void fika_snooze_pick (FikaMainWindow *window, int64_t id, int64_t until);
void fika_snooze_take_back (FikaMainWindow *window, GVariant *before);

G_END_DECLS
