#pragma once

#include "service/fika-popups.h"
#include "store/fika-reminder.h"

G_BEGIN_DECLS

void fika_take_over (FikaPopups *popups,
                     FikaStore *store,
                     GPtrArray *rows,
                     const char *server,
                     int64_t now,
                     gboolean discreet);

G_END_DECLS
