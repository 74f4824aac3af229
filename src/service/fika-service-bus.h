#pragma once

#include "base/fika-service-client.h"

#include <stdint.h>

G_BEGIN_DECLS

/**
 * FikaServiceBus:
 *
 * The service as others see it on the session bus.
 *
 * Signals: acquired (): the name is ours. lost (): a newer service took it, or the bus is gone.
 * poke (): someone wrote to the database. quit (): asked to end. status (GDBusMethodInvocation):
 * answer with an a{sv}. test (GDBusMethodInvocation): show a test notification, and answer.
 */
#define FIKA_TYPE_SERVICE_BUS (fika_service_bus_get_type ())
G_DECLARE_FINAL_TYPE (FikaServiceBus, fika_service_bus, FIKA, SERVICE_BUS, GObject)

FikaServiceBus *fika_service_bus_new (GDBusConnection *connection);
gboolean fika_service_bus_own (FikaServiceBus *self, GError **error);
void fika_service_bus_emit_changed (FikaServiceBus *self);

G_END_DECLS
