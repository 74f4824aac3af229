#pragma once

#include "base/fika-login.h"

G_BEGIN_DECLS

/* The ways, one file each. All block, for as long as the other side takes. */

gboolean fika_login_entry_get (void);
gboolean fika_login_entry_set (gboolean on, GError **error);

/* Whether a systemd starts this session and knows the service's unit; then also whether it is
 * enabled. */
gboolean fika_login_unit_find (GDBusConnection *bus, gboolean *on);
/* The same wherever a systemd runs, whether it starts this session or not. */
gboolean fika_login_unit_known (GDBusConnection *bus, gboolean *on);
gboolean fika_login_unit_set (GDBusConnection *bus, gboolean on, GError **error);

gboolean fika_login_portal_get (void);
gboolean fika_login_portal_set (GDBusConnection *bus,
                                gboolean on,
                                GCancellable *cancellable,
                                GError **error);

/* An error in plain words for a person. */
gboolean fika_login_refused (const char *reason, GError **error);

G_END_DECLS
