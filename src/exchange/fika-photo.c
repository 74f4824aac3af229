#include "config.h"

#include "exchange/fika-photo.h"

#include <string.h>

/*
 * Nothing here decodes a picture. A photo is recognised by its first bytes, and looked over just
 * far enough to tell whether it is whole and how large it would be: by the lengths that its own
 * format writes down, each checked against what is there.
 */

typedef enum
{
  KIND_NONE,
  KIND_PNG,
  KIND_JPEG,
  KIND_GIF,
  KIND_WEBP,
} PhotoKind;

static guint32
read_be (const guint8 *at, int bytes)
{
  guint32 value = 0;

  for (int i = 0; i < bytes; i++)
    value = value << 8 | at[i];

  return value;
}

static guint32
read_le (const guint8 *at, int bytes)
{
  guint32 value = 0;

  while (bytes-- > 0)
    value = value << 8 | at[bytes];

  return value;
}

static gboolean
begins (const guint8 *data, gsize length, const char *bytes, gsize n)
{
  return length >= n && memcmp (data, bytes, n) == 0;
}

static PhotoKind
kind_of (const guint8 *data, gsize length)
{
  if (begins (data, length, "\x89PNG\r\n\x1a\n", 8))
    return KIND_PNG;
  if (begins (data, length, "\xff\xd8\xff", 3))
    return KIND_JPEG;
  if (begins (data, length, "GIF87a", 6) || begins (data, length, "GIF89a", 6))
    return KIND_GIF;
  if (begins (data, length, "RIFF", 4) && length >= 12 && memcmp (data + 8, "WEBP", 4) == 0)
    return KIND_WEBP;

  return KIND_NONE;
}

static FikaPhotoCheck
check_pixels (guint64 width, guint64 height)
{
  return width * height > FIKA_PHOTO_MAX_PIXELS ? FIKA_PHOTO_TOO_LARGE : FIKA_PHOTO_OK;
}

/* PNG, section 5: a chunk is its length, its name, its data and a checksum; IEND is the last one.
 */
static FikaPhotoCheck
check_png (const guint8 *data, gsize length)
{
  gsize at = 8;
  FikaPhotoCheck size = FIKA_PHOTO_UNKNOWN;

  while (length - at >= 12)
    {
      guint32 chunk = read_be (data + at, 4);

      if (chunk > length - at - 12)
        return FIKA_PHOTO_TRUNCATED;
      if (memcmp (data + at + 4, "IHDR", 4) == 0 && chunk >= 8)
        size = check_pixels (read_be (data + at + 8, 4), read_be (data + at + 12, 4));
      if (memcmp (data + at + 4, "IEND", 4) == 0)
        return size;
      at += 12 + (gsize) chunk;
    }

  return FIKA_PHOTO_TRUNCATED;
}

/* ITU-T T.81, annex B: segments are a marker, and for most of them a length that counts itself;
 * after "start of scan" come the entropy-coded bytes until the "end of image" FF D9. */
static FikaPhotoCheck
check_jpeg (const guint8 *data, gsize length)
{
  gsize at = 2;
  FikaPhotoCheck size = FIKA_PHOTO_UNKNOWN;

  while (length - at >= 4)
    {
      guint8 marker = data[at + 1];
      guint32 segment = read_be (data + at + 2, 2);

      if (data[at] != 0xff || segment < 2)
        return FIKA_PHOTO_UNKNOWN;
      if (marker == 0xff)
        { /* a fill byte */
          at++;
          continue;
        }
      if (segment > length - at - 2)
        return FIKA_PHOTO_TRUNCATED;
      /* Start of frame, C0 to CF without the tables C4, C8 and CC. */
      if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc
          && segment >= 7)
        size = check_pixels (read_be (data + at + 7, 2), read_be (data + at + 5, 2));
      at += 2 + (gsize) segment;
      if (marker == 0xda)
        {
          for (; length - at >= 2; at++)
            {
              if (data[at] == 0xff && data[at + 1] == 0xd9)
                return size;
            }
          return FIKA_PHOTO_TRUNCATED;
        }
    }

  return FIKA_PHOTO_TRUNCATED;
}

/* GIF89a, section 17: the size of the screen follows the signature; section 27: the last byte is
 * the trailer 3B. Some programs pad with zeros after it. */
static FikaPhotoCheck
check_gif (const guint8 *data, gsize length)
{
  if (length < 14)
    return FIKA_PHOTO_TRUNCATED;
  while (length > 14 && data[length - 1] == 0)
    length--;
  if (data[length - 1] != 0x3b)
    return FIKA_PHOTO_TRUNCATED;

  return check_pixels (read_le (data + 6, 2), read_le (data + 8, 2));
}

/* RFC 9649, section 2: RIFF, the length of what follows it, WEBP, and the first chunk. */
static FikaPhotoCheck
check_webp (const guint8 *data, gsize length)
{
  if (length < 30 || read_le (data + 4, 4) > length - 8)
    return FIKA_PHOTO_TRUNCATED;
  if (memcmp (data + 12, "VP8X", 4) == 0)
    return check_pixels ((guint64) read_le (data + 24, 3) + 1,
                         (guint64) read_le (data + 27, 3) + 1);
  if (memcmp (data + 12, "VP8L", 4) == 0)
    {
      guint32 bits = read_le (data + 21, 4);

      return check_pixels ((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1);
    }
  if (memcmp (data + 12, "VP8 ", 4) == 0)
    return check_pixels (read_le (data + 26, 2) & 0x3fff, read_le (data + 28, 2) & 0x3fff);

  return FIKA_PHOTO_UNKNOWN;
}

/**
 * fika_photo_check:
 * @data: (array length=length): the bytes of a file
 * @length: how many
 *
 * Tells whether the bytes are a whole PNG, JPEG, GIF or WebP picture of a bearable size, without
 * decoding it.
 *
 * Returns: %FIKA_PHOTO_OK, or what is wrong with it
 */
FikaPhotoCheck
fika_photo_check (const guint8 *data, gsize length)
{
  g_return_val_if_fail (data != NULL || length == 0, FIKA_PHOTO_UNKNOWN);

  if (length > FIKA_PHOTO_MAX_BYTES)
    return FIKA_PHOTO_TOO_LARGE;

  switch (kind_of (data, length))
    {
    case KIND_PNG:
      return check_png (data, length);
    case KIND_JPEG:
      return check_jpeg (data, length);
    case KIND_GIF:
      return check_gif (data, length);
    case KIND_WEBP:
      return check_webp (data, length);
    case KIND_NONE:
    default:
      return FIKA_PHOTO_UNKNOWN;
    }
}

/**
 * fika_photo_media_type:
 * @data: (array length=length): the bytes of a file
 * @length: how many
 *
 * Returns: (nullable): the media type that the first bytes tell, such as "image/png"
 */
const char *
fika_photo_media_type (const guint8 *data, gsize length)
{
  g_return_val_if_fail (data != NULL || length == 0, NULL);

  switch (kind_of (data, length))
    {
    case KIND_PNG:
      return "image/png";
    case KIND_JPEG:
      return "image/jpeg";
    case KIND_GIF:
      return "image/gif";
    case KIND_WEBP:
      return "image/webp";
    case KIND_NONE:
    default:
      return NULL;
    }
}

static int
base64_digit (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  if (c == '+')
    return 62;
  if (c == '/')
    return 63;

  return -1;
}

/**
 * fika_photo_decode_base64:
 * @text: base64 (RFC 4648, section 4); white space in it is allowed, missing "=" at the end too
 * @length: (out): how many bytes
 *
 * Unlike g_base64_decode(), which leaves out what it does not know, this refuses anything that is
 * not base64.
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL where @text is no base64
 */
guint8 *
fika_photo_decode_base64 (const char *text, gsize *length)
{
  g_autofree guint8 *out = NULL;
  gsize n = 0;
  guint32 bits = 0;
  guint digits = 0;
  guint padding = 0;

  g_return_val_if_fail (text != NULL && length != NULL, NULL);

  out = g_malloc (strlen (text) / 4 * 3 + 4);
  for (const char *p = text; *p != '\0'; p++)
    {
      int digit = base64_digit (*p);

      if (g_ascii_isspace (*p))
        continue;
      if (*p == '=')
        {
          padding++;
          continue;
        }
      if (digit < 0 || padding > 0)
        return NULL;
      bits = bits << 6 | (guint) digit;
      if (++digits == 4)
        {
          out[n++] = bits >> 16 & 0xff;
          out[n++] = bits >> 8 & 0xff;
          out[n++] = bits & 0xff;
          bits = 0;
          digits = 0;
        }
    }

  if (digits == 1 || (padding > 0 && digits + padding != 4))
    return NULL;
  if (digits >= 2)
    out[n++] = (digits == 2 ? bits >> 4 : bits >> 10) & 0xff;
  if (digits == 3)
    out[n++] = bits >> 2 & 0xff;
  *length = n;

  return g_steal_pointer (&out);
}
