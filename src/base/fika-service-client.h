#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The background service on the session bus. */
#define FIKA_SERVICE_NAME "org.fikaplanner.Fika.Service"
#define FIKA_SERVICE_PATH "/org/fikaplanner/Fika/Service"
#define FIKA_SERVICE_INTERFACE "org.fikaplanner.Fika.Service"

int fika_version_compare (const char *one, const char *other);
gboolean fika_service_is_older (GVariant *status, const char *version);
void fika_service_renew (GDBusConnection *bus, const char *version);

G_END_DECLS
