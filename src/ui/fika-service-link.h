#pragma once

#include "base/fika-service-client.h"

G_BEGIN_DECLS

/**
 * FikaServiceLink:
 *
 * The window's end of the bus: wakes and pokes the background service, hears when the service
 * wrote, asks for its state. Without a bus or a service nothing happens, and that is no error.
 *
 * Signals: changed (): the service wrote to the database.
 */
#define FIKA_TYPE_SERVICE_LINK (fika_service_link_get_type ())
G_DECLARE_FINAL_TYPE (FikaServiceLink, fika_service_link, FIKA, SERVICE_LINK, GObject)

FikaServiceLink *fika_service_link_new (GDBusConnection *connection);
GDBusConnection *fika_service_link_get_connection (FikaServiceLink *self);
void fika_service_link_poke (FikaServiceLink *self);
void fika_service_link_status_async (FikaServiceLink *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GVariant *
fika_service_link_status_finish (FikaServiceLink *self, GAsyncResult *result, GError **error);
void fika_service_link_test_async (FikaServiceLink *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean
fika_service_link_test_finish (FikaServiceLink *self, GAsyncResult *result, GError **error);

G_END_DECLS
