#include "config.h"

#include "ui/widgets/fika-form.h"

#include <glib/gi18n-lib.h>

static void
discard_answered (GObject *source, const char *response, gpointer user_data)
{
  if (g_str_equal (response, "discard"))
    fika_sheet_close (FIKA_SHEET (source));
}

/**
 * fika_form_ask_discard:
 * @sheet: a form with changes that are not saved
 *
 * Asks whether to throw them away, and closes the sheet when the answer is yes.
 */
void
fika_form_ask_discard (FikaSheet *sheet)
{
  static const FikaAskResponse responses[] = {
    { "stay", N_ ("_Keep Editing"), FALSE, FALSE },
    { "discard", N_ ("_Discard"), FALSE, TRUE },
    { NULL },
  };

  g_return_if_fail (FIKA_IS_SHEET (sheet));

  fika_ask (GTK_WIDGET (sheet), _ ("Discard Changes?"), _ ("What you typed is not saved."),
            responses, G_OBJECT (sheet), discard_answered, NULL);
}

/**
 * fika_form_row_text:
 * @row: a row with an entry
 *
 * Returns: (transfer full): its text without the white space around it
 */
char *
fika_form_row_text (GtkWidget *row)
{
  g_return_val_if_fail (GTK_IS_EDITABLE (row), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/**
 * fika_form_row_words:
 * @row: a row with an entry
 *
 * Returns: (transfer full) (element-type utf8): what stands between the commas
 */
GPtrArray *
fika_form_row_words (GtkWidget *row)
{
  GPtrArray *words;
  g_auto (GStrv) parts = NULL;

  g_return_val_if_fail (GTK_IS_EDITABLE (row), NULL);

  words = g_ptr_array_new_with_free_func (g_free);
  parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (row)), ",", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_strstrip (parts[i]);
      if (*parts[i] != '\0')
        g_ptr_array_add (words, g_strdup (parts[i]));
    }

  return words;
}

/**
 * fika_form_fill_words:
 * @row: a row with an entry
 * @words: (element-type utf8): words to show with commas between
 */
void
fika_form_fill_words (GtkWidget *row, GPtrArray *words)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  g_return_if_fail (GTK_IS_EDITABLE (row));

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "",
                            (const char *) g_ptr_array_index (words, i));
  gtk_editable_set_text (GTK_EDITABLE (row), joined->str);
}

/**
 * fika_form_view_text:
 * @view: a text view
 *
 * Returns: (transfer full): all of its text
 */
char *
fika_form_view_text (GtkTextView *view)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (view), NULL);

  buffer = gtk_text_view_get_buffer (view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);

  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}
