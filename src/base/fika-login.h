#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FikaLoginWay:
 * @FIKA_LOGIN_BY_ENTRY: an entry in the desktop's autostart folder
 * @FIKA_LOGIN_BY_UNIT: the unit of a systemd that starts the session
 * @FIKA_LOGIN_BY_PORTAL: what the desktop keeps for programs in a sandbox
 *
 * What starts the background service when the person logs in. One of them at a time.
 */
typedef enum
{
  FIKA_LOGIN_BY_ENTRY,
  FIKA_LOGIN_BY_UNIT,
  FIKA_LOGIN_BY_PORTAL,
} FikaLoginWay;

/**
 * FikaLogin:
 * @way: what starts the service here
 * @on: whether it does
 */
typedef struct
{
  FikaLoginWay way;
  gboolean on;
} FikaLogin;

void fika_login_read (GDBusConnection *bus, FikaLogin *login);
gboolean fika_login_set (GDBusConnection *bus,
                         gboolean on,
                         FikaLogin *login,
                         GCancellable *cancellable,
                         GError **error);

void fika_login_read_async (GDBusConnection *bus,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean fika_login_read_finish (GAsyncResult *result, FikaLogin *login, GError **error);
void fika_login_set_async (GDBusConnection *bus,
                           gboolean on,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean fika_login_set_finish (GAsyncResult *result, FikaLogin *login, GError **error);

G_END_DECLS
