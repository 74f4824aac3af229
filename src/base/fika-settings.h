#pragma once

#include <gio/gio.h>
#include <stdint.h>

G_BEGIN_DECLS

/* The keys of data/org.fikaplanner.Fika.gschema.xml. */
#define FIKA_SETTING_DEFAULT_LEADS "default-lead-minutes"
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
