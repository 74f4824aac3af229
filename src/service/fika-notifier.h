#pragma once

#include "service/fika-notification.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a notification left the screen: the values of the Desktop Notifications Specification. */
typedef enum
{
  FIKA_CLOSED_EXPIRED = 1,
  FIKA_CLOSED_DISMISSED = 2,
  FIKA_CLOSED_BY_CALL = 3,
  FIKA_CLOSED_UNDEFINED = 4,
} FikaClosedReason;

/**
 * FikaServerState:
 * @ready: whether the rest is known yet
 * @reachable: a server runs, or can be started
 * @stuck: it has not answered for longer than five seconds
 * @server: (nullable): which server runs, unlike that of any other run of any session; NULL = none
 * @name: (nullable): what it calls itself
 * @actions: whether it can show buttons
 */
typedef struct
{
  gboolean ready;
  gboolean reachable;
  gboolean stuck;
  char *server;
  char *name;
  gboolean actions;
} FikaServerState;

/**
 * FikaNotifier:
 *
 * Shows notifications and tells what became of them. No call blocks.
 *
 * Signals: changed: the state is another. action (uint number, string key, string activation token
 * or NULL): a button was pressed. closed (uint number, uint FikaClosedReason). numbered (uint
 * number): what comes after it about that number is about what was shown. Only signals of the
 * server that runs now are passed on.
 */
#define FIKA_TYPE_NOTIFIER (fika_notifier_get_type ())
G_DECLARE_INTERFACE (FikaNotifier, fika_notifier, FIKA, NOTIFIER, GObject)

struct _FikaNotifierInterface
{
  GTypeInterface parent_iface;

  const FikaServerState *(*get_state) (FikaNotifier *self);
  void (*show_async) (FikaNotifier *self,
                      FikaNotification *notification,
                      GAsyncReadyCallback callback,
                      gpointer user_data);
  gboolean (*show_finish) (FikaNotifier *self,
                           GAsyncResult *result,
                           guint *number,
                           char **server,
                           GError **error);
  void (*close) (FikaNotifier *self, guint number);
};

const FikaServerState *fika_notifier_get_state (FikaNotifier *self);
void fika_notifier_show_async (FikaNotifier *self,
                               FikaNotification *notification,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean fika_notifier_show_finish (FikaNotifier *self,
                                    GAsyncResult *result,
                                    guint *number,
                                    char **server,
                                    GError **error);
void fika_notifier_close (FikaNotifier *self, guint number);

/* For implementations. */
void fika_notifier_emit_changed (FikaNotifier *self);
void fika_notifier_emit_action (FikaNotifier *self,
                                guint number,
                                const char *key,
                                const char *activation_token);
void fika_notifier_emit_closed (FikaNotifier *self, guint number, guint reason);
void fika_notifier_emit_numbered (FikaNotifier *self, guint number);

G_END_DECLS
