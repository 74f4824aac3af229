#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * Private to base: the offsets of one time zone, read from a TZif file (RFC 8536) or from a POSIX
 * TZ string. GTimeZone is not used because it knows no daylight saving after 2037, and keeps what
 * it once read for as long as anybody holds it.
 */
typedef struct _FikaTzif FikaTzif;

FikaTzif *fika_tzif_load (const char *path);
FikaTzif *fika_tzif_new_posix (const char *rule);
void fika_tzif_free (FikaTzif *self);
int fika_tzif_offset_at (FikaTzif *self, int64_t utc);
int fika_tzif_offset_for (FikaTzif *self, int64_t local);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaTzif, fika_tzif_free)

G_END_DECLS
