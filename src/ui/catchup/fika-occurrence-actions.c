#include "config.h"

#include "ui/catchup/fika-occurrence-actions.h"

#include "base/fika-when.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-log-dialog.h"
#include "ui/catchup/fika-move-dialog.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/fika-compat.h"

#include <glib/gi18n.h>

static char *
dup_title (FikaOccurrence *occurrence)
{
  return fika_plan_dup_display_title (fika_occurrence_get_plan (occurrence));
}

/**
 * fika_occurrence_confirm:
 * @window: the window
 * @occurrence: an entry that is over
 *
 * Says that it happened, as it was planned.
 *
 * Returns: whether it could be kept
 */
gboolean
fika_occurrence_confirm (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaLogDetails details = { 0 };
  g_autofree char *title = dup_title (occurrence);
  g_autofree char *text = NULL;
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (GError) error = NULL;

  logged = fika_command_log_occurrence (fika_main_window_get_store (window), occurrence, &details,
                                        FIKA_SOURCE_WINDOW, &error);
  if (logged == NULL)
    {
      fika_main_window_toast_error (window, error);
      return FALSE;
    }
  text = g_strdup_printf (_ ("%s happened"), title);
  fika_main_window_toast_undo (window, text);
  return TRUE;
}

/**
 * fika_occurrence_log:
 * @window: the window
 * @occurrence: a planned entry
 *
 * Opens the dialog that logs it.
 */
void
fika_occurrence_log (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  fika_log_dialog_present (window, occurrence, NULL);
}

/**
 * fika_occurrence_skip:
 * @window: the window
 * @occurrence: a planned entry
 *
 * Says that it will not happen, or did not.
 *
 * Returns: whether it could be kept
 */
gboolean
fika_occurrence_skip (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  g_autofree char *title = dup_title (occurrence);
  g_autofree char *text = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (GError) error = NULL;

  skipped = fika_command_skip_occurrence (fika_main_window_get_store (window), occurrence,
                                          FIKA_SOURCE_WINDOW, &error);
  if (skipped == NULL)
    {
      fika_main_window_toast_error (window, error);
      return FALSE;
    }
  text = g_strdup_printf (_ ("%s is skipped"), title);
  fika_main_window_toast_undo (window, text);
  return TRUE;
}

/**
 * fika_occurrence_move:
 * @window: the window
 * @occurrence: a planned entry
 *
 * Opens the dialog that moves it.
 */
void
fika_occurrence_move (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  fika_move_dialog_present (window, occurrence);
}

/**
 * fika_occurrence_move_to:
 * @window: the window
 * @occurrence: a planned entry
 * @start: when it will be, in its own zone
 * @loose: how exactly
 * @error: why it could not be kept
 *
 * Moves it, and of a series only it.
 *
 * Returns: whether it could be kept
 */
gboolean
fika_occurrence_move_to (FikaMainWindow *window,
                         FikaOccurrence *occurrence,
                         FikaCivil start,
                         FikaWindow loose,
                         GError **error)
{
  FikaStore *store = fika_main_window_get_store (window);
  g_autofree char *title = dup_title (occurrence);
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;
  g_autoptr (FikaCatchup) moved = NULL;

  moved = fika_command_move_occurrence (store, occurrence, start, loose, FIKA_SOURCE_WINDOW, error);
  if (moved == NULL)
    return FALSE;
  when = fika_when_day_and_time (start, loose, fika_store_today (store));
  /* Translators: "Call with Ada: now Sunday, 17:00" */
  text = g_strdup_printf (_ ("%s: now %s"), title, when);
  fika_main_window_toast_undo (window, text);
  return TRUE;
}

/**
 * fika_occurrence_move_to_day:
 * @window: the window
 * @occurrence: a planned entry
 * @day: the day it will be on, at the same time
 *
 * Returns: whether it is there now
 */
gboolean
fika_occurrence_move_to_day (FikaMainWindow *window, FikaOccurrence *occurrence, FikaDay day)
{
  FikaCivil start = fika_occurrence_get_start (occurrence);
  FikaDay from = fika_civil_day (fika_occurrence_here (occurrence));
  FikaCivil to = start + (FikaCivil) (day - from) * FIKA_MINUTES_A_DAY;
  FikaWindow loose = fika_plan_get_window (fika_occurrence_get_plan (occurrence));
  g_autoptr (GError) error = NULL;

  if (to == start || fika_occurrence_move_to (window, occurrence, to, loose, &error))
    return TRUE;
  fika_main_window_toast_error (window, error);
  return FALSE;
}

/**
 * fika_occurrence_edit:
 * @window: the window
 * @occurrence: an entry
 *
 * Opens the editor for it alone.
 */
void
fika_occurrence_edit (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  fika_catchup_editor_present_occurrence (window, occurrence);
}

/**
 * fika_occurrence_edit_series:
 * @window: the window
 * @occurrence: an entry of a series
 *
 * Opens the editor for the whole series.
 */
void
fika_occurrence_edit_series (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaSeries *series = fika_occurrence_get_series (occurrence);

  if (series != NULL)
    fika_catchup_editor_present_series (window, series);
}

/**
 * fika_occurrence_delete:
 * @window: the window
 * @occurrence: an entry
 *
 * Deletes it, and of a series all that is to come.
 *
 * Returns: whether it is gone
 */
gboolean
fika_occurrence_delete (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaSeries *series = fika_occurrence_get_series (occurrence);
  FikaPlan *plan = series != NULL ? FIKA_PLAN (series) : fika_occurrence_get_plan (occurrence);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!fika_command_delete_plan (fika_main_window_get_store (window), plan, FIKA_SOURCE_WINDOW,
                                 &error))
    {
      fika_main_window_toast_error (window, error);
      return FALSE;
    }
  text = g_strdup_printf (
      series != NULL ? _ ("%s is deleted, with every time to come") : _ ("%s is deleted"), title);
  fika_main_window_toast_undo (window, text);
  return TRUE;
}

/* Nothing here rings a number or knows the place: then at least it is in the clipboard. */
static void
open_failed_cb (GObject *source, const char *uri)
{
  FikaMainWindow *window = FIKA_MAIN_WINDOW (source);
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  const char *rest = scheme != NULL && strchr (uri, ':') != NULL ? strchr (uri, ':') + 1 : uri;
  gboolean bare = g_strcmp0 (scheme, "tel") == 0 || g_strcmp0 (scheme, "mailto") == 0
                  || g_strcmp0 (scheme, "xmpp") == 0;
  g_autofree char *unescaped = g_uri_unescape_string (bare ? rest : uri, NULL);
  g_auto (GStrv) parts = g_strsplit (unescaped != NULL ? unescaped : uri, ";ext=", 2);
  g_autofree char *plain = g_strjoinv (" x", parts);
  g_autofree char *text = NULL;

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), plain);
  /* Translators: %s is a phone number or an address */
  text = g_strdup_printf (_ ("Copied %s: nothing on this computer opens it"), plain);
  fika_main_window_toast (window, text);
}

/**
 * fika_contact_open:
 * @window: the window
 * @contact: a way to reach someone
 *
 * Opens it in the program that the person has for it; where there is none, copies it and says so.
 */
void
fika_contact_open (FikaMainWindow *window, const FikaContact *contact)
{
  g_autofree char *uri = fika_contact_to_uri (contact);

  if (uri != NULL)
    {
      fika_open_uri (GTK_WIDGET (window), uri, G_OBJECT (window), open_failed_cb);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), contact->value);
  fika_main_window_toast (window, _ ("Copied, for wherever you need it"));
}
