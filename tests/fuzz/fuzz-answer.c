#include "config.h"

#include "base/fika-error.h"
#include "exchange/fika-import-private.h"

#include <stdlib.h>
#include <string.h>

/* Any bytes as the answer of fika-parse: it is taken or refused, in Fika's own words. */

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (FikaImportContents) contents = fika_import_contents_new ("fuzz.vcf");
  g_autoptr (FikaImportAnswer) answer = fika_import_answer_new (contents);
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  for (char **line = lines; *line != NULL && done; line++)
    done = fika_import_answer_take (answer, *line, strlen (*line), &error);
  if (done)
    done = fika_import_answer_finish (answer, &error);
  if (done != (error == NULL) || (error != NULL && error->domain != FIKA_ERROR))
    abort ();
  for (guint i = 0; done && i < contents->cards->len; i++)
    {
      const FikaImportCard *card = g_ptr_array_index (contents->cards, i);

      if (*fika_person_get_name (card->draft) == '\0')
        abort ();
    }

  return 0;
}
