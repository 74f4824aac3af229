#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The keys of data/org.fikaplanner.Fika.gschema.xml. */
#define FIKA_SETTING_DEFAULT_LEADS "default-lead-minutes"
#define FIKA_SETTING_KIND_LEADS "lead-minutes-by-kind"
#define FIKA_SETTING_CIRCLE_LEADS "lead-minutes-by-circle"
#define FIKA_SETTING_ASK "ask-whether-happened"
#define FIKA_SETTING_OCCASIONS "remind-occasions"
#define FIKA_SETTING_OCCASION_DAYS "occasion-lead-days"
#define FIKA_SETTING_DAYS "remind-days"
#define FIKA_SETTING_DAY_MINUTE "day-minute"
#define FIKA_SETTING_DIGEST "digest"
#define FIKA_SETTING_DIGEST_MINUTE "digest-minute"
#define FIKA_SETTING_QUIET "quiet-hours"
#define FIKA_SETTING_QUIET_FROM "quiet-from"
#define FIKA_SETTING_QUIET_TO "quiet-to"
#define FIKA_SETTING_PAUSED_UNTIL "paused-until"
#define FIKA_SETTING_START_AT_LOGIN "start-at-login"
#define FIKA_SETTING_OFFER_LOGIN "offer-login"
#define FIKA_SETTING_AWAY_SEEN "away-seen"
#define FIKA_SETTING_DISCREET "discreet"
#define FIKA_SETTING_FIRST_WEEKDAY "first-weekday"
#define FIKA_SETTING_PAGE "page"
#define FIKA_SETTING_WINDOW_WIDTH "window-width"
#define FIKA_SETTING_WINDOW_HEIGHT "window-height"
#define FIKA_SETTING_WINDOW_MAXIMIZED "window-maximized"

GSettings *fika_settings_new (void);
GArray *fika_settings_default_leads (GSettings *settings);
void fika_settings_set_default_leads (GSettings *settings, const int *minutes, size_t n_minutes);
int fika_settings_first_weekday (GSettings *settings);

G_END_DECLS
