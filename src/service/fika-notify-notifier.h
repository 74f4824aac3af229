#pragma once

#include "service/fika-notifier.h"

G_BEGIN_DECLS

#define FIKA_NOTIFICATIONS_NAME "org.freedesktop.Notifications"
#define FIKA_NOTIFICATIONS_PATH "/org/freedesktop/Notifications"
#define FIKA_NOTIFICATIONS_INTERFACE "org.freedesktop.Notifications"

/**
 * FikaNotifyNotifier:
 *
 * The notifier of the Desktop Notifications Specification, through libnotify.
 */
#define FIKA_TYPE_NOTIFY_NOTIFIER (fika_notify_notifier_get_type ())
G_DECLARE_FINAL_TYPE (FikaNotifyNotifier, fika_notify_notifier, FIKA, NOTIFY_NOTIFIER, GObject)

FikaNotifier *fika_notify_notifier_new (GDBusConnection *connection);

G_END_DECLS
