#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/*
 * Dates as Fika speaks them, in the locale's language and clock (12 or 24 hours as the locale has
 * it): "Sunday, 17:00", "in three days", "seven weeks ago". Every function returns (transfer full).
 */
char *fika_when_time (FikaCivil civil);
char *fika_when_time_or_window (FikaCivil civil, FikaWindow window);
char *fika_when_day (FikaDay day, FikaDay today);
char *fika_when_day_full (FikaDay day);
char *fika_when_day_and_time (FikaCivil civil, FikaWindow window, FikaDay today);
char *fika_when_ago (FikaDay day, FikaDay today);
char *fika_when_duration (int minutes);
char *fika_when_lead (int minutes);
char *fika_when_every_days (int ideal, int latest);

G_END_DECLS
