#pragma once

#include "service/fika-notifier.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/* Told up to so many seconds late, a reminder is an ordinary one; later it is missed. */
#define FIKA_GRACE_SECONDS (10 * 60)

/* How often a reminder is tried before it is set aside, so that one which crashes the service, or
 * which a server chokes on, does not keep the others from being told. */
#define FIKA_REMINDER_ATTEMPTS 3

/**
 * FikaReminderEngine:
 *
 * Tells each reminder once, at its time. The database's rows are the state; the engine looks at them
 * when its clock wakes, when it is told to, and when the notification server comes, goes or answers.
 *
 * Property: discreet (boolean): notifications give the time alone.
 *
 * Signals: telling (): something will be told now; the last chance to set the property. open (string key or NULL, string activation token or NULL): show the catch-up with that
 * key, or just Fika. launch (string uri, string key, string activation token or NULL): open the URI,
 * or where nothing can, the catch-up.
 */
#define FIKA_TYPE_REMINDER_ENGINE (fika_reminder_engine_get_type ())
G_DECLARE_FINAL_TYPE (FikaReminderEngine, fika_reminder_engine, FIKA, REMINDER_ENGINE, GObject)

FikaReminderEngine *fika_reminder_engine_new (FikaStore *store, FikaNotifier *notifier);
void fika_reminder_engine_start (FikaReminderEngine *self);
void fika_reminder_engine_look (FikaReminderEngine *self);
void fika_reminder_engine_zone_changed (FikaReminderEngine *self);
int64_t fika_reminder_engine_get_next (FikaReminderEngine *self);
void fika_reminder_engine_test_async (FikaReminderEngine *self,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean fika_reminder_engine_test_finish (FikaReminderEngine *self,
                                           GAsyncResult *result,
                                           GError **error);

G_END_DECLS
