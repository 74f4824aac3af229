#include "config.h"

#include "service/fika-notifier.h"

enum
{
  CHANGED,
  ACTION,
  CLOSED,
  NUMBERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (FikaNotifier, fika_notifier, G_TYPE_OBJECT)

static void
fika_notifier_default_init (FikaNotifierInterface *iface)
{
  /**
   * FikaNotifier::changed:
   *
   * The state is another: a server came, went, got stuck or answered again.
   */
  signals[CHANGED] = g_signal_new ("changed", FIKA_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

  /**
   * FikaNotifier::action:
   * @number: which notification
   * @key: which button
   * @activation_token: (nullable): what lets a window that is opened for it take the focus
   */
  signals[ACTION] = g_signal_new ("action", FIKA_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * FikaNotifier::closed:
   * @number: which notification
   * @reason: a #FikaClosedReason
   */
  signals[CLOSED] = g_signal_new ("closed", FIKA_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  /**
   * FikaNotifier::numbered:
   * @number: of a notification that the server was asked to show
   *
   * The server answered: what it told of this number before was about something else. Comes in
   * order with the other signals, and before the callback of fika_notifier_show_async ().
   */
  signals[NUMBERED] = g_signal_new ("numbered", FIKA_TYPE_NOTIFIER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

/**
 * fika_notifier_get_state:
 * @self: a notifier
 *
 * Returns: (transfer none): what is known of the server, until the next turn of the main loop
 */
const FikaServerState *
fika_notifier_get_state (FikaNotifier *self)
{
  g_return_val_if_fail (FIKA_IS_NOTIFIER (self), NULL);

  return FIKA_NOTIFIER_GET_IFACE (self)->get_state (self);
}

/**
 * fika_notifier_show_async:
 * @self: a notifier
 * @notification: what to show
 * @callback: called when the server answered, or cannot
 * @user_data: for @callback
 *
 * Shows a notification. There is no time limit: a server that hangs shows it when it goes on, and
 * then @callback is told; the state says meanwhile that it is stuck.
 */
void
fika_notifier_show_async (FikaNotifier *self,
                          FikaNotification *notification,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (FIKA_IS_NOTIFIER (self));
  g_return_if_fail (notification != NULL);

  FIKA_NOTIFIER_GET_IFACE (self)->show_async (self, notification, callback, user_data);
}

/**
 * fika_notifier_show_finish:
 * @self: a notifier
 * @result: as the callback got it
 * @number: (out): the notification's number at its server
 * @server: (out) (transfer full): that server, as in #FikaServerState
 * @error: %FIKA_ERROR_NOT_FOUND where there is no server, %G_IO_ERROR_CONNECTION_CLOSED where it
 *   ended before it answered, perhaps of the question; else %FIKA_ERROR_FAILED
 *
 * Returns: whether it was shown
 */
gboolean
fika_notifier_show_finish (FikaNotifier *self,
                           GAsyncResult *result,
                           guint *number,
                           char **server,
                           GError **error)
{
  g_return_val_if_fail (FIKA_IS_NOTIFIER (self), FALSE);
  g_return_val_if_fail (number != NULL, FALSE);
  g_return_val_if_fail (server != NULL, FALSE);

  return FIKA_NOTIFIER_GET_IFACE (self)->show_finish (self, result, number, server, error);
}

/**
 * fika_notifier_close:
 * @self: a notifier
 * @number: a notification at the server that runs now
 *
 * Takes a notification off the screen, without waiting for it.
 */
void
fika_notifier_close (FikaNotifier *self, guint number)
{
  g_return_if_fail (FIKA_IS_NOTIFIER (self));

  if (number != 0)
    FIKA_NOTIFIER_GET_IFACE (self)->close (self, number);
}

void
fika_notifier_emit_changed (FikaNotifier *self)
{
  g_return_if_fail (FIKA_IS_NOTIFIER (self));

  g_signal_emit (self, signals[CHANGED], 0);
}

void
fika_notifier_emit_action (FikaNotifier *self,
                           guint number,
                           const char *key,
                           const char *activation_token)
{
  g_return_if_fail (FIKA_IS_NOTIFIER (self));

  g_signal_emit (self, signals[ACTION], 0, number, key, activation_token);
}

void
fika_notifier_emit_closed (FikaNotifier *self, guint number, guint reason)
{
  g_return_if_fail (FIKA_IS_NOTIFIER (self));

  g_signal_emit (self, signals[CLOSED], 0, number, reason);
}

void
fika_notifier_emit_numbered (FikaNotifier *self, guint number)
{
  g_return_if_fail (FIKA_IS_NOTIFIER (self));

  g_signal_emit (self, signals[NUMBERED], 0, number);
}
