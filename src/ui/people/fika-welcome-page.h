#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaWelcomePage:
 *
 * What an empty Fika shows: three ways to begin. A FikaPlace without a sidebar.
 */
#define FIKA_TYPE_WELCOME_PAGE (fika_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (FikaWelcomePage, fika_welcome_page, FIKA, WELCOME_PAGE, AdwBin)

GtkWidget *fika_welcome_page_new (FikaMainWindow *window);

G_END_DECLS
