#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaLeads:
 *
 * How long before a catch-up it is told: any of the usual leads, and those that were there.
 *
 * Signals: changed ().
 */
#define FIKA_TYPE_LEADS (fika_leads_get_type ())
G_DECLARE_FINAL_TYPE (FikaLeads, fika_leads, FIKA, LEADS, GtkWidget)

GtkWidget *fika_leads_new (void);
void fika_leads_set (FikaLeads *self, GArray *leads);
GArray *fika_leads_get (FikaLeads *self);

G_END_DECLS
