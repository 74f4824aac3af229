#include "config.h"

#include "ui/fika-compat.h"

#include <glib/gi18n.h>

/* Questions */

typedef struct
{
  GObject *source;
  FikaAskFunc answered;
  gpointer user_data;
  char *response;
} Asking;

static void
asking_free (gpointer data, GClosure *closure)
{
  Asking *asking = data;

  g_clear_object (&asking->source);
  g_free (asking);
}

static void
answer_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->source);
  g_free (asking->response);
  g_free (asking);
}

static gboolean
answer_cb (gpointer user_data)
{
  Asking *asking = user_data;

  asking->answered (asking->source, asking->response, asking->user_data);
  return G_SOURCE_REMOVE;
}

/* Told when the question is gone: whoever is told may close the window that it belongs to. */
static void
asking_response_cb (GObject *dialog, const char *response, gpointer user_data)
{
  Asking *asking = user_data;
  Asking *answer = g_new0 (Asking, 1);

  *answer = *asking;
  g_object_ref (answer->source);
  answer->response = g_strdup (response);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, answer_cb, answer, answer_free);
}

/**
 * fika_ask:
 * @parent: a widget of the window it belongs to
 * @heading: the question
 * @body: (nullable): what it means
 * @responses: the answers; the first is what Escape means
 * @source: kept alive until there is an answer
 * @answered: (scope async): called once with the id of the answer
 * @user_data: for @answered; not freed
 *
 * Asks about something that cannot be undone.
 */
void
fika_ask (GtkWidget *parent,
          const char *heading,
          const char *body,
          const FikaAskResponse *responses,
          GObject *source,
          FikaAskFunc answered,
          gpointer user_data)
{
  Asking *asking;

  g_return_if_fail (responses != NULL && responses[0].id != NULL);
  g_return_if_fail (answered != NULL);

  asking = g_new0 (Asking, 1);
  asking->source = g_object_ref (source);
  asking->answered = answered;
  asking->user_data = user_data;
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  for (guint i = 0; responses[i].id != NULL; i++)
    {
      adw_alert_dialog_add_response (dialog, responses[i].id, responses[i].label);
      if (responses[i].suggested || responses[i].destructive)
        adw_alert_dialog_set_response_appearance (
            dialog, responses[i].id,
            responses[i].destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
      if (responses[i].suggested)
        adw_alert_dialog_set_default_response (dialog, responses[i].id);
    }
  adw_alert_dialog_set_close_response (dialog, responses[0].id);
  g_signal_connect_data (dialog, "response", G_CALLBACK (asking_response_cb), asking, asking_free,
                         0);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
#else
  GtkRoot *root = gtk_widget_get_root (parent);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (
      adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body));

  for (guint i = 0; responses[i].id != NULL; i++)
    {
      adw_message_dialog_add_response (dialog, responses[i].id, responses[i].label);
      if (responses[i].suggested || responses[i].destructive)
        adw_message_dialog_set_response_appearance (
            dialog, responses[i].id,
            responses[i].destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
      if (responses[i].suggested)
        adw_message_dialog_set_default_response (dialog, responses[i].id);
    }
  adw_message_dialog_set_close_response (dialog, responses[0].id);
  g_signal_connect_data (dialog, "response", G_CALLBACK (asking_response_cb), asking, asking_free,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

/* Standing dialogs */

/**
 * fika_about_present:
 * @parent: a widget of the window it belongs to
 */
void
fika_about_present (GtkWidget *parent)
{
  g_autofree char *debug = g_strdup_printf (
      "Fika %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n", FIKA_VERSION,
      gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
      adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version (),
      glib_major_version, glib_minor_version, glib_micro_version);
  const char *const properties[] = {
    "application-name", "application-icon", "version",    "comments",
    "developer-name",   "copyright",        "debug-info", "debug-info-filename",
  };
  const char *values[G_N_ELEMENTS (properties)] = {
    "Fika",
    FIKA_APP_ID,
    FIKA_VERSION,
    _ ("Plan time with the people who matter, and be reminded of it. "
       "Everything stays on this computer."),
    _ ("The Fika project"),
    "© The Fika project",
    debug,
    "fika-debug-info.txt",
  };
#if ADW_CHECK_VERSION(1, 5, 0)
  GObject *about = G_OBJECT (adw_about_dialog_new ());
#else
  GObject *about = G_OBJECT (adw_about_window_new ());
#endif

  for (guint i = 0; i < G_N_ELEMENTS (properties); i++)
    g_object_set (about, properties[i], values[i], NULL);
  g_object_set (about, "license-type", GTK_LICENSE_GPL_3_0, NULL);
#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_present (ADW_DIALOG (about), parent);
#else
  gtk_window_set_modal (GTK_WINDOW (about), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (about), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_present (GTK_WINDOW (about));
#endif
}

/**
 * fika_shortcuts_present:
 * @parent: a widget of the window it belongs to
 * @ui: builder XML of a GtkShortcutsWindow named "shortcuts"
 */
void
fika_shortcuts_present (GtkWidget *parent, const char *ui)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_string (ui, -1);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_modal (window, TRUE);
  gtk_window_set_transient_for (window, GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_present (window);
}

/**
 * fika_speak:
 * @widget: a button or a row with few words on it
 * @name: what a screen reader says instead of them
 *
 * Newer GTK has the words on it go before the name that it is given.
 */
void
fika_speak (GtkWidget *widget, const char *name)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (name != NULL);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
