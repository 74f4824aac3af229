#pragma once

#include "store/fika-store.h"
#include "ui/fika-compat.h"
#include "ui/fika-place.h"
#include "ui/fika-service-link.h"
#include "ui/reminders/fika-reach.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaMainWindow:
 *
 * The window: a sidebar with the places, and the place that is shown.
 *
 * How to plug a place in (src/ui/people, src/ui/groups, …):
 *
 * 1. Write a widget, `FikaPeoplePage` say, in src/ui/people/ with its .ui beside it, that
 * implements FikaPlace (ui/fika-place.h). Its constructor is `GtkWidget *fika_people_page_new
 * (FikaMainWindow *)`. It keeps the window as a plain pointer (the window outlives it) and takes
 * the store from fika_main_window_get_store (). What it shows inside is a FikaPage
 * (ui/widgets/fika-page.h: header bar and body), or FikaPanes (ui/fika-compat.h) with a FikaPage in
 * each pane: list at the start, details at the end; set "show-end" when something was opened, and
 * the back button and the window's own buttons take care of themselves from 1280 down to 360
 * pixels.
 * 2. Add a line to `places` in fika-main-window.c, the files to src/ui/meson.build and, for the .ui
 * file, src/ui/fika-ui.gresource.xml, and those with texts to po/POTFILES.in. The place is built
 * when it is first shown. Ctrl+1, 2, 3 follow the table fika-shortcuts.c.
 * 3. Buttons use the application's actions: app.plan, app.log, app.add-person, app.add-group,
 *    app.open-person('UID'), app.open-group('UID'), app.open-catchup('UID' or
 *    a key of fika_occurrence_dup_key ()), app.show-place('people'), app.undo, app.redo,
 * app.import. app.add-person asks the place "people" to fika_place_add (), app.open-person shows
 * that place and calls fika_place_open () with the uid; groups likewise.
 * 4. After a command: fika_main_window_toast_undo (window, _("Ada is saved")). When it failed:
 *    fika_main_window_toast_error (window, error), or words beside the field; keep what was typed.
 * 5. Editors are a FikaSheet (ui/fika-compat.h) with a FikaPage inside; the ones of catch-ups are
 * in ui/catchup/: fika_catchup_editor_present_new (), fika_log_dialog_present (),
 *    fika_details_present ().
 * 6. Data that changes: bind to the live rows' properties (they notify), or connect to the store's
 *    "changed" with g_signal_connect_object ().
 * 7. When the store is empty the window shows the place "welcome" instead (a line of `places`
 * without an icon is not in the sidebar).
 *
 * Properties: narrow (boolean, read-only): the sidebar is not beside the place; buttons that the
 * sidebar has too show only then.
 */
#define FIKA_TYPE_MAIN_WINDOW (fika_main_window_get_type ())
G_DECLARE_FINAL_TYPE (FikaMainWindow, fika_main_window, FIKA, MAIN_WINDOW, AdwApplicationWindow)

FikaMainWindow *fika_main_window_new (GtkApplication *application,
                                      FikaStore *store,
                                      GSettings *settings,
                                      FikaServiceLink *link);
FikaStore *fika_main_window_get_store (FikaMainWindow *self);
GSettings *fika_main_window_get_settings (FikaMainWindow *self); /* (nullable) */
void fika_main_window_take_details (FikaMainWindow *self, FikaSheet *details);
FikaServiceLink *fika_main_window_get_link (FikaMainWindow *self);
void fika_main_window_set_leaving (FikaMainWindow *self, gboolean leaving);
gboolean fika_main_window_get_leaving (FikaMainWindow *self);
FikaReach *fika_main_window_get_reach (FikaMainWindow *self);
gboolean fika_main_window_get_narrow (FikaMainWindow *self);

void fika_main_window_set_store (FikaMainWindow *self, FikaStore *store);
void fika_main_window_show_trouble (FikaMainWindow *self, const GError *error);
FikaPlace *fika_main_window_show_place (FikaMainWindow *self, const char *name);
FikaPlace *fika_main_window_get_place (FikaMainWindow *self, const char *name);
const char *fika_main_window_get_place_name (FikaMainWindow *self);
void fika_main_window_open_menu (FikaMainWindow *self);
void fika_main_window_time_passed (FikaMainWindow *self, gboolean new_day);

void fika_main_window_toast (FikaMainWindow *self, const char *text);
void fika_main_window_toast_undo (FikaMainWindow *self, const char *text);
void fika_main_window_toast_redo (FikaMainWindow *self, const char *text);
void fika_main_window_toast_with (FikaMainWindow *self,
                                  const char *text,
                                  const char *button,
                                  const char *action);
void fika_main_window_toast_error (FikaMainWindow *self, const GError *error);

G_END_DECLS
