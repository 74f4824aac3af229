#include "config.h"

#include "exchange/parse/fika-picture.h"

#include "exchange/fika-photo.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

/*
 * Decoders of pictures are as large as parsers and have been as wrong. So a photo from a file is
 * decoded here, where nothing can be reached, and written anew and small: whatever shows it later
 * decodes only what was written here.
 */

#define JPEG_QUALITY "90"

/* What fika_photo_media_type() tells, and the loader of each. */
static const struct
{
  const char *type;
  const char *loader;
} kinds[] = {
  { "image/png", "png" },
  { "image/jpeg", "jpeg" },
  { "image/gif", "gif" },
  { "image/webp", "webp" },
};

static guint64 pixels_left = FIKA_PICTURE_MAX_PIXELS;

/**
 * fika_picture_prepare:
 *
 * Loads the loaders there are. To be called while files may still be opened.
 */
void
fika_picture_prepare (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (kinds[i].loader, NULL);

      if (loader != NULL)
        gdk_pixbuf_loader_close (loader, NULL);
    }
}

static void
fit (int *width, int *height)
{
  int longest = MAX (*width, *height);

  if (longest <= FIKA_PICTURE_MAX_SIDE)
    return;
  *width = MAX (1, (int) ((gint64) *width * FIKA_PICTURE_MAX_SIDE / longest));
  *height = MAX (1, (int) ((gint64) *height * FIKA_PICTURE_MAX_SIDE / longest));
}

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gboolean *too_much)
{
  guint64 pixels = (guint64) MAX (width, 0) * (guint64) MAX (height, 0);

  if (pixels > FIKA_PHOTO_MAX_PIXELS || pixels > pixels_left)
    {
      *too_much = TRUE;
      /* Nothing of it is decoded. */
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  pixels_left -= pixels;
  /* Some decoders then do less. */
  fit (&width, &height);
  gdk_pixbuf_loader_set_size (loader, width, height);
}

static GdkPixbuf *
decode (GdkPixbufLoader *loader, const guint8 *data, gsize length, gboolean *too_much)
{
  g_autoptr (GdkPixbuf) turned = NULL;
  GdkPixbuf *decoded;
  gboolean written;
  int width;
  int height;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), too_much);
  written = gdk_pixbuf_loader_write (loader, data, length, NULL);
  /* To be closed whatever was. */
  if (!gdk_pixbuf_loader_close (loader, NULL) || !written || *too_much)
    return NULL;
  decoded = gdk_pixbuf_loader_get_pixbuf (loader);
  if (decoded == NULL)
    return NULL;

  turned = gdk_pixbuf_apply_embedded_orientation (decoded);
  width = gdk_pixbuf_get_width (turned);
  height = gdk_pixbuf_get_height (turned);
  fit (&width, &height);
  if (width == gdk_pixbuf_get_width (turned) && height == gdk_pixbuf_get_height (turned))
    return g_steal_pointer (&turned);

  return gdk_pixbuf_scale_simple (turned, width, height, GDK_INTERP_BILINEAR);
}

/* Photographs as such; what has few colours, or holes, without loss. */
static gboolean
encode (GdkPixbuf *picture, const char *loader, guint8 **rewritten, gsize *rewritten_length)
{
  gboolean drawn = g_str_equal (loader, "png") || g_str_equal (loader, "gif");
  char *buffer = NULL;
  gboolean done;

  if (drawn || gdk_pixbuf_get_has_alpha (picture))
    done = gdk_pixbuf_save_to_buffer (picture, &buffer, rewritten_length, "png", NULL, NULL);
  else
    done = gdk_pixbuf_save_to_buffer (picture, &buffer, rewritten_length, "jpeg", NULL, "quality",
                                      JPEG_QUALITY, NULL);
  *rewritten = (guint8 *) buffer;

  return done;
}

/**
 * fika_picture_rewrite:
 * @data: (array length=length): a picture that fika_photo_check() found whole
 * @length: how many bytes
 * @rewritten: (out) (array length=rewritten_length): the picture to keep, decoded and written anew,
 * no side longer than %FIKA_PICTURE_MAX_SIDE. Where nothing here decodes its kind it is as it was:
 * then nothing else here does either.
 * @rewritten_length: (out): how many bytes that are
 *
 * Returns: %FIKA_PICTURE_OK, else there is none to keep
 */
FikaPictureResult
fika_picture_rewrite (const guint8 *data, gsize length, guint8 **rewritten, gsize *rewritten_length)
{
  const char *type = fika_photo_media_type (data, length);
  g_autoptr (GdkPixbufLoader) loader = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  const char *name = NULL;
  gboolean too_much = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (g_strcmp0 (type, kinds[i].type) == 0)
        name = kinds[i].loader;
    }
  if (name == NULL)
    return FIKA_PICTURE_BROKEN;
  loader = gdk_pixbuf_loader_new_with_type (name, NULL);
  if (loader == NULL)
    {
      *rewritten = g_memdup2 (data, length);
      *rewritten_length = length;
      return FIKA_PICTURE_OK;
    }

  picture = decode (loader, data, length, &too_much);
  if (too_much)
    return FIKA_PICTURE_TOO_MUCH;

  return picture != NULL && encode (picture, name, rewritten, rewritten_length)
             ? FIKA_PICTURE_OK
             : FIKA_PICTURE_BROKEN;
}
