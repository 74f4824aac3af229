#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaGroupsPage:
 *
 * The place Groups: the groups under the names of their stages, and the page of the chosen one. A
 * FikaPlace.
 */
#define FIKA_TYPE_GROUPS_PAGE (fika_groups_page_get_type ())
G_DECLARE_FINAL_TYPE (FikaGroupsPage, fika_groups_page, FIKA, GROUPS_PAGE, AdwBin)

GtkWidget *fika_groups_page_new (FikaMainWindow *window);

G_END_DECLS
