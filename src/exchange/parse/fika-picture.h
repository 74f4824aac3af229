#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest side of a photo that is kept, in pixels. */
#define FIKA_PICTURE_MAX_SIDE 512

/* Pixels that are decoded of one file, all photos together: some ten seconds. */
#define FIKA_PICTURE_MAX_PIXELS G_GUINT64_CONSTANT (1000000000)

/**
 * FikaPictureResult:
 * @FIKA_PICTURE_OK: there is a picture to keep
 * @FIKA_PICTURE_BROKEN: it cannot be decoded
 * @FIKA_PICTURE_TOO_MUCH: so much was decoded already that this one is left out
 */
typedef enum
{
  FIKA_PICTURE_OK,
  FIKA_PICTURE_BROKEN,
  FIKA_PICTURE_TOO_MUCH,
} FikaPictureResult;

void fika_picture_prepare (void);
FikaPictureResult fika_picture_rewrite (const guint8 *data,
                                        gsize length,
                                        guint8 **rewritten,
                                        gsize *rewritten_length);

G_END_DECLS
