#pragma once

#include "ui/fika-main-window.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaPeoplePage:
 *
 * The place People: the list with its search and order, and the page of the chosen person. A
 * FikaPlace. Construct property: window.
 */
#define FIKA_TYPE_PEOPLE_PAGE (fika_people_page_get_type ())
G_DECLARE_FINAL_TYPE (FikaPeoplePage, fika_people_page, FIKA, PEOPLE_PAGE, AdwBin)

GtkWidget *fika_people_page_new (FikaMainWindow *window);

G_END_DECLS
