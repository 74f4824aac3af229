#pragma once

#include "service/fika-notification.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FikaNotifyWorker:
 *
 * The one thread that libnotify lives on: its calls wait for their answer, up to 25 seconds, and
 * nothing else in the program waits with them. The thread starts with the first notification.
 *
 * Signal: numbered (string owner, uint number): a server answered. On the main context, in order
 * with the signals that this server sends on the bus.
 */
#define FIKA_TYPE_NOTIFY_WORKER (fika_notify_worker_get_type ())
G_DECLARE_FINAL_TYPE (FikaNotifyWorker, fika_notify_worker, FIKA, NOTIFY_WORKER, GObject)

/**
 * FikaNotifyAnswer:
 * @number: the notification's number at its server; 0 while there is no answer
 * @owner: (nullable): unique bus name of the server that answered
 * @serial: names the question, for fika_notify_worker_take_answer (); 0 where libnotify did not
 * come so far as to put it
 */
typedef struct
{
  guint number;
  char *owner;
  guint32 serial;
} FikaNotifyAnswer;

void fika_notify_answer_free (FikaNotifyAnswer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaNotifyAnswer, fika_notify_answer_free)

FikaNotifyWorker *fika_notify_worker_new (GDBusConnection *connection);
void fika_notify_worker_show_async (FikaNotifyWorker *self,
                                    FikaNotification *notification,
                                    gboolean actions,
                                    gboolean markup,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
FikaNotifyAnswer *
fika_notify_worker_show_finish (FikaNotifyWorker *self, GAsyncResult *result, GError **error);
gboolean fika_notify_worker_take_answer (FikaNotifyWorker *self, FikaNotifyAnswer *answer);

G_END_DECLS
