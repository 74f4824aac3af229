#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * The one place that knows which GTK and which libadwaita it is built against. Everything here
 * works on GTK 4.8 with libadwaita 1.2 and uses what newer ones do better; every other file of ui/
 * stays within GTK 4.8 and libadwaita 1.2.
 */

GtkWidget *fika_header_new (void);

/* A column of bars over a body: AdwToolbarView, or a box. */
GtkWidget *fika_bars_new (void);
void fika_bars_add_top (GtkWidget *bars, GtkWidget *bar);
void fika_bars_set_content (GtkWidget *bars, GtkWidget *content);

/**
 * FikaPanes:
 *
 * Two panes side by side, or one at a time where there is no room: a split view, or a leaflet.
 *
 * Properties: start, end (GtkWidget), threshold (int: the widest width, in pixels at the usual text
 * size, at which only one shows), start-width (int: the width of the start pane), show-end
 * (boolean: which of the two shows when collapsed), collapsed (boolean, read-only). In a template,
 * children of the types "start" and "end".
 */
#define FIKA_TYPE_PANES (fika_panes_get_type ())
G_DECLARE_FINAL_TYPE (FikaPanes, fika_panes, FIKA, PANES, GtkWidget)

GtkWidget *fika_panes_new (void);
void fika_panes_set_start (FikaPanes *self, GtkWidget *start);
void fika_panes_set_end (FikaPanes *self, GtkWidget *end);
gboolean fika_panes_get_collapsed (FikaPanes *self);
gboolean fika_panes_get_show_end (FikaPanes *self);
void fika_panes_set_show_end (FikaPanes *self, gboolean show_end);
gboolean fika_panes_has_in_end (FikaPanes *self, GtkWidget *widget);

/**
 * FikaSheet:
 *
 * What a dialog shows: an editor, the details of a card. Presented in an AdwDialog, or in a modal
 * AdwWindow. Derive from it as from AdwBin and give it a FikaPage for its header and body.
 *
 * may_close: asked when Escape or the close button is pressed; answer FALSE to stay (and then, say,
 * ask a question whose answer calls fika_sheet_close ()). Without it the sheet closes.
 */
#define FIKA_TYPE_SHEET (fika_sheet_get_type ())
G_DECLARE_DERIVABLE_TYPE (FikaSheet, fika_sheet, FIKA, SHEET, AdwBin)

struct _FikaSheetClass
{
  AdwBinClass parent_class;

  gboolean (*may_close) (FikaSheet *self);
};

void
fika_sheet_present (FikaSheet *self, GtkWidget *parent, const char *title, int width, int height);
void fika_sheet_close (FikaSheet *self);
void fika_sheet_request_close (FikaSheet *self);
void fika_sheet_set_focus (FikaSheet *self, GtkWidget *widget);
void fika_sheet_set_default (FikaSheet *self, GtkWidget *widget);

/**
 * FikaAskResponse:
 *
 * One answer to a question, in an array that ends with a NULL id. The first is what Escape means.
 */
typedef struct
{
  const char *id;
  const char *label; /* with a mnemonic */
  gboolean suggested;
  gboolean destructive;
} FikaAskResponse;

typedef void (*FikaAskFunc) (GObject *source, const char *response, gpointer user_data);

void fika_ask (GtkWidget *parent,
               const char *heading,
               const char *body,
               const FikaAskResponse *responses,
               GObject *source,
               FikaAskFunc answered,
               gpointer user_data);

void fika_about_present (GtkWidget *parent);
void fika_shortcuts_present (GtkWidget *parent, const char *ui);

/* Tells with @failed (in the main loop) where nothing could open the address. */
typedef void (*FikaOpenFunc) (GObject *source, const char *uri);
void fika_open_uri (GtkWidget *parent, const char *uri, GObject *source, FikaOpenFunc failed);

typedef void (*FikaFileFunc) (GObject *source, GFile *file);
/* Calls @chosen unless the person cancels. @patterns: NULL-terminated MIME types and globs. */
void fika_choose_file (GtkWidget *parent,
                       const char *title,
                       const char *filter_name,
                       const char *const *patterns,
                       GObject *source,
                       FikaFileFunc chosen);
void fika_choose_save_file (GtkWidget *parent,
                            const char *title,
                            const char *name,
                            GObject *source,
                            FikaFileFunc chosen);

GtkWidget *fika_spinner_new (void);

void fika_speak (GtkWidget *widget, const char *name);

G_END_DECLS
