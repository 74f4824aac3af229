#include "config.h"

#include "service/fika-notification.h"

#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

/* Any bytes as the name of a person or a note: what a notification server gets is text that its own
 * parser of markup reads as it was written. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *title = fika_notification_clean_title (text);
  g_autofree char *plain = fika_notification_clean_body (text, FALSE);
  g_autofree char *escaped = fika_notification_clean_body (text, TRUE);
  g_autofree char *read = NULL;

  if (!g_utf8_validate (title, -1, NULL) || strchr (title, '\n') != NULL)
    abort ();
  if (g_utf8_strlen (title, -1) > FIKA_NOTIFICATION_TEXT_MAX
      || g_utf8_strlen (plain, -1) > FIKA_NOTIFICATION_TEXT_MAX)
    abort ();
  if (!pango_parse_markup (escaped, -1, 0, NULL, &read, NULL, NULL) || strcmp (read, plain) != 0)
    abort ();

  return 0;
}
