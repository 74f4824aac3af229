#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaRemindersPage:
 *
 * A place: what will be told within two weeks, and what was.
 */
#define FIKA_TYPE_REMINDERS_PAGE (fika_reminders_page_get_type ())
G_DECLARE_FINAL_TYPE (FikaRemindersPage, fika_reminders_page, FIKA, REMINDERS_PAGE, GtkWidget)

GtkWidget *fika_reminders_page_new (FikaMainWindow *window);

G_END_DECLS
