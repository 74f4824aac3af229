#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FikaZoneWatch:
 *
 * Notices that the computer's zone is another, or that the time zone database was updated, by the
 * files that say so. It costs one file descriptor, and no wake-up while nothing changes.
 */
#define FIKA_TYPE_ZONE_WATCH (fika_zone_watch_get_type ())
G_DECLARE_FINAL_TYPE (FikaZoneWatch, fika_zone_watch, FIKA, ZONE_WATCH, GObject)

FikaZoneWatch *fika_zone_watch_new (void);

G_END_DECLS
