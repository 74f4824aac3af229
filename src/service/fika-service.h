#pragma once

#include "service/fika-reminder-engine.h"

G_BEGIN_DECLS

/**
 * FikaService:
 *
 * The background service, put together: the engine, the bus, the computer's sleep and time zone,
 * and the daily backup.
 *
 * Signals: ended (): the name went to a newer service, or someone asked it to quit.
 */
#define FIKA_TYPE_SERVICE (fika_service_get_type ())
G_DECLARE_FINAL_TYPE (FikaService, fika_service, FIKA, SERVICE, GObject)

FikaService *fika_service_new (GDBusConnection *connection, FikaStore *store);
gboolean fika_service_start (FikaService *self, GError **error);

G_END_DECLS
