#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Most bytes of a photo that is taken (2 MiB), and most pixels it may have. */
#define FIKA_PHOTO_MAX_BYTES (2 * 1024 * 1024)
#define FIKA_PHOTO_MAX_PIXELS (50 * 1000 * 1000)

/**
 * FikaPhotoCheck:
 * @FIKA_PHOTO_OK: a whole picture of a kind that Fika shows
 * @FIKA_PHOTO_UNKNOWN: nothing that Fika knows
 * @FIKA_PHOTO_TRUNCATED: its end is missing
 * @FIKA_PHOTO_TOO_LARGE: too many bytes or too many pixels
 */
typedef enum
{
  FIKA_PHOTO_OK,
  FIKA_PHOTO_UNKNOWN,
  FIKA_PHOTO_TRUNCATED,
  FIKA_PHOTO_TOO_LARGE,
} FikaPhotoCheck;

FikaPhotoCheck fika_photo_check (const guint8 *data, gsize length);
const char *fika_photo_media_type (const guint8 *data, gsize length);
guint8 *fika_photo_decode_base64 (const char *text, gsize *length);

G_END_DECLS
