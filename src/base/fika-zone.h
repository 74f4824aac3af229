#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/**
 * FIKA_ZONE_HERE:
 *
 * The zone of a catch-up that is "wherever I am": the empty name.
 */
#define FIKA_ZONE_HERE ""

#define FIKA_UTC_NONE INT64_MIN

const char *fika_zone_database_dir (void);
char *fika_zone_dup_database_version (void);
char *fika_zone_local_name (void);
const char *fika_zone_local_path (void);
gboolean fika_zone_valid (const char *zone);
int64_t fika_zone_to_utc (const char *zone, FikaCivil civil);
FikaCivil fika_zone_from_utc (const char *zone, int64_t utc);
int fika_zone_offset_at (const char *zone, int64_t utc);
char *fika_utc_format (int64_t utc);
void fika_zone_forget_cached (void);

G_END_DECLS
