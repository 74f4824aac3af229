#pragma once

#include "store/fika-reminder.h"

G_BEGIN_DECLS

/* What reminders say that belong to days; nothing that they are of may be gone. */
char *fika_reminder_day_title (FikaReminder *self);
char *fika_reminder_day_body (FikaReminder *self, FikaStore *store);
void fika_reminder_add_age (FikaReminder *self, GString *body);

G_END_DECLS
