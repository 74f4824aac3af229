#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaPage:
 *
 * A header bar over a body: what a pane or a sheet shows. Within panes that are collapsed it has
 * the button that goes back, and the window's own buttons are where they belong.
 *
 * Properties: title, subtitle (string), content (GtkWidget), show-controls (boolean: the window's
 * buttons; turn off where the page has Cancel and Save). In a template: children of the types
 * "start", "end" (buttons of the header bar), "title" (a widget in place of the title), "top" (one
 * more bar below the header), and without a type the body.
 */
#define FIKA_TYPE_PAGE (fika_page_get_type ())
G_DECLARE_FINAL_TYPE (FikaPage, fika_page, FIKA, PAGE, GtkWidget)

GtkWidget *fika_page_new (const char *title);
void fika_page_set_title (FikaPage *self, const char *title);
void fika_page_set_subtitle (FikaPage *self, const char *subtitle);
void fika_page_set_content (FikaPage *self, GtkWidget *content);
void fika_page_pack_start (FikaPage *self, GtkWidget *widget);
void fika_page_pack_end (FikaPage *self, GtkWidget *widget);
void fika_page_add_top (FikaPage *self, GtkWidget *bar);
gboolean fika_page_can_go_back (FikaPage *self);
void fika_page_go_back (FikaPage *self);

G_END_DECLS
