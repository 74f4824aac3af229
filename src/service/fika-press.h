#pragma once

#include "store/fika-reminder.h"

G_BEGIN_DECLS

FikaReminder *fika_press_find (FikaStore *store, int64_t row, const char *token);
gboolean
fika_press (FikaStore *store, FikaReminder *reminder, const char *verb, char **uri, GError **error);

G_END_DECLS
