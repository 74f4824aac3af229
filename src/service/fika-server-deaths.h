#pragma once

#include "service/fika-popup.h"
#include "store/fika-reminder.h"

G_BEGIN_DECLS

/**
 * FikaServerDeaths:
 *
 * What is remembered of notification servers that ended while they were asked to show something:
 * how long to leave alone one that starts only when it is asked, and which reminders they seem to
 * end of.
 */
typedef struct _FikaServerDeaths FikaServerDeaths;

FikaServerDeaths *fika_server_deaths_new (void);
void fika_server_deaths_free (FikaServerDeaths *self);
gboolean fika_server_deaths_put_back (FikaServerDeaths *self,
                                      FikaStore *store,
                                      FikaPopup *popup,
                                      gboolean no_server,
                                      gboolean died,
                                      GError **error);
int fika_server_deaths_pause (FikaServerDeaths *self);
void fika_server_deaths_end_pauses (FikaServerDeaths *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaServerDeaths, fika_server_deaths_free)

G_END_DECLS
