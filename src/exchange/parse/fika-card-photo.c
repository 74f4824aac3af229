#include "config.h"

#include "exchange/parse/fika-card-private.h"

#include "exchange/fika-photo.h"
#include "exchange/parse/fika-parse-format.h"
#include "exchange/parse/fika-picture.h"

#include <string.h>

/* What is shorter is no picture, and was not meant to be one. */
#define SHORTEST_BASE64 32

static gboolean
is_inline (const FikaProperty *property, const char *value)
{
  const char *encoding = fika_property_param (property, "ENCODING");
  g_autofree char *scheme = NULL;

  if (encoding != NULL
      && (g_ascii_strcasecmp (encoding, "b") == 0 || g_ascii_strcasecmp (encoding, "base64") == 0))
    return TRUE;
  scheme = g_uri_parse_scheme (value);

  /* Some programs forget to say that it is base64. */
  return scheme == NULL && fika_property_param (property, "VALUE") == NULL
         && strlen (value) >= SHORTEST_BASE64;
}

/* The base64 of a data: URI (RFC 2397); NULL where it has none. */
static const char *
data_of_uri (const char *value)
{
  const char *comma = strchr (value, ',');

  if (comma == NULL || comma - value < 7 || g_ascii_strncasecmp (comma - 7, ";base64", 7) != 0)
    return NULL;

  return comma + 1;
}

/* Answers the reason why there is none; NULL where there is. */
static const char *
take_data (FikaCard *card, const guint8 *data, gsize length)
{
  g_autofree guint8 *rewritten = NULL;
  gsize rewritten_length = 0;

  switch (fika_photo_check (data, length))
    {
    case FIKA_PHOTO_OK:
      break;
    case FIKA_PHOTO_UNKNOWN:
      return FIKA_PARSE_PROBLEM_PHOTO_UNKNOWN;
    case FIKA_PHOTO_TOO_LARGE:
      return FIKA_PARSE_PROBLEM_PHOTO_LARGE;
    case FIKA_PHOTO_TRUNCATED:
    default:
      return FIKA_PARSE_PROBLEM_PHOTO_BROKEN;
    }

  switch (fika_picture_rewrite (data, length, &rewritten, &rewritten_length))
    {
    case FIKA_PICTURE_OK:
      card->photo = g_base64_encode (rewritten, rewritten_length);
      card->photo_was = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
      return NULL;
    case FIKA_PICTURE_TOO_MUCH:
      return FIKA_PARSE_PROBLEM_PHOTO_LARGE;
    case FIKA_PICTURE_BROKEN:
    default:
      return FIKA_PARSE_PROBLEM_PHOTO_BROKEN;
    }
}

/* The photo is looked at, decoded and written anew. A picture elsewhere is not fetched, and its
 * address is carried along. */
gboolean
fika_card_take_photo (FikaCardContext *context, const FikaProperty *property)
{
  FikaCard *card = context->card;
  g_autofree char *value = g_strstrip (fika_property_text (property));
  g_autofree guint8 *data = NULL;
  const char *base64 = value;
  const char *reason = NULL;
  gsize length = 0;

  if (*value == '\0')
    return TRUE;
  if (g_ascii_strncasecmp (value, "data:", 5) == 0)
    base64 = data_of_uri (value);
  else if (!is_inline (property, value))
    return FALSE;

  if (card->photo != NULL)
    {
      reason = FIKA_PARSE_PROBLEM_PHOTO_MORE;
    }
  else if (base64 == NULL)
    {
      reason = FIKA_PARSE_PROBLEM_PHOTO_UNKNOWN;
    }
  else if (strlen (base64) > FIKA_PHOTO_MAX_BYTES * 2)
    {
      reason = FIKA_PARSE_PROBLEM_PHOTO_LARGE;
    }
  else
    {
      data = fika_photo_decode_base64 (base64, &length);
      reason = data != NULL ? take_data (card, data, length) : FIKA_PARSE_PROBLEM_PHOTO_BROKEN;
    }
  if (reason != NULL)
    fika_card_add_problem (card, property->line, reason);

  return TRUE;
}
