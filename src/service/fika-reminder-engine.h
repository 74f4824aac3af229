#pragma once

#include "service/fika-claims.h"
#include "service/fika-notifier.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/**
 * FikaReminderEngine:
 *
 * Tells each reminder once, at its time. The database's rows are the state; the engine looks at
 * them when its clock wakes, when it is told to, and when the notification server comes, goes or
 * answers.
 *
 * Signals: telling (): something will be told now; the last chance to make it discreet. moved ():
 * something was told, pressed or put away, so the rows say something else. open
 * (string key or NULL, string activation token or NULL): show the catch-up with that key, or just
 * Fika. launch (string uri, string key, string activation token or NULL): open the URI, or where
 * nothing can, the catch-up.
 */
#define FIKA_TYPE_REMINDER_ENGINE (fika_reminder_engine_get_type ())
G_DECLARE_FINAL_TYPE (FikaReminderEngine, fika_reminder_engine, FIKA, REMINDER_ENGINE, GObject)

FikaReminderEngine *fika_reminder_engine_new (FikaStore *store, FikaNotifier *notifier);
void fika_reminder_engine_start (FikaReminderEngine *self);
void fika_reminder_engine_look (FikaReminderEngine *self);
void fika_reminder_engine_zone_changed (FikaReminderEngine *self);
void fika_reminder_engine_set_discreet (FikaReminderEngine *self, gboolean discreet);
int64_t fika_reminder_engine_get_next (FikaReminderEngine *self);
void fika_reminder_engine_test_async (FikaReminderEngine *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
fika_reminder_engine_test_finish (FikaReminderEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
