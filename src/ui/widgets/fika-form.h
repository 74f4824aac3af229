#pragma once

#include "ui/fika-compat.h"

G_BEGIN_DECLS

/* What the forms share. */
void fika_form_ask_discard (FikaSheet *sheet);
char *fika_form_row_text (GtkWidget *row);
GPtrArray *fika_form_row_words (GtkWidget *row);
void fika_form_fill_words (GtkWidget *row, GPtrArray *words);
char *fika_form_view_text (GtkTextView *view);

G_END_DECLS
