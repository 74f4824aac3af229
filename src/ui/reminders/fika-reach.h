#pragma once

#include "ui/fika-service-link.h"
#include "ui/reminders/fika-reach-state.h"

G_BEGIN_DECLS

/**
 * FikaReach:
 *
 * Whether reminders can reach the person right now. Knows nothing before it is asked to ask, and
 * keeps itself up to date from then on.
 *
 * Signals: changed (): the state is another.
 */
#define FIKA_TYPE_REACH (fika_reach_get_type ())
G_DECLARE_FINAL_TYPE (FikaReach, fika_reach, FIKA, REACH, GObject)

FikaReach *fika_reach_new (FikaServiceLink *link);
const FikaReachState *fika_reach_get_state (FikaReach *self);
void fika_reach_ask (FikaReach *self);
void fika_reach_set_login_async (FikaReach *self,
                                 gboolean on,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean fika_reach_set_login_finish (FikaReach *self, GAsyncResult *result, GError **error);

G_END_DECLS
