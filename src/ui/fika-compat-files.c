#include "config.h"

#include "ui/fika-compat.h"

#include "base/fika-paths.h"

/* Files and links */

typedef struct
{
  GObject *source;
  char *uri;
  FikaOpenFunc failed;
  FikaFileFunc chosen;
#if !GTK_CHECK_VERSION(4, 10, 0)
  GtkFileChooserNative *chooser;
#endif
} Opening;

static void
opening_free (Opening *self)
{
  g_clear_object (&self->source);
  g_free (self->uri);
#if !GTK_CHECK_VERSION(4, 10, 0)
  g_clear_object (&self->chooser);
#endif
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static Opening *
opening_new (GObject *source, const char *uri, FikaOpenFunc failed, FikaFileFunc chosen)
{
  Opening *self = g_new0 (Opening, 1);

  self->source = g_object_ref (source);
  self->uri = g_strdup (uri);
  self->failed = failed;
  self->chosen = chosen;
  return self;
}

static GtkWindow *
opening_window (GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
open_uri_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  gboolean opened;

#if GTK_CHECK_VERSION(4, 10, 0)
  opened = gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, NULL);
#else
  opened = gtk_show_uri_full_finish (GTK_WINDOW (object), result, NULL);
#endif
  if (!opened && opening->failed != NULL)
    opening->failed (opening->source, opening->uri);
}

/**
 * fika_open_uri:
 * @parent: a widget of the window it belongs to
 * @uri: what to open
 * @source: kept alive until it is open
 * @failed: (scope async) (nullable): called when nothing could open it
 *
 * Opens an address with the program that the person has for it.
 */
void
fika_open_uri (GtkWidget *parent, const char *uri, GObject *source, FikaOpenFunc failed)
{
  g_autofree char *scheme = g_uri_parse_scheme (uri);
  Opening *opening = opening_new (source, uri, failed, NULL);

  /* Outside a sandbox it is known beforehand; asking then only makes a warning dialog or waits. */
  if (scheme != NULL && !fika_paths_is_sandboxed ())
    {
      g_autoptr (GAppInfo) app = g_app_info_get_default_for_uri_scheme (scheme);

      if (app == NULL)
        {
          if (failed != NULL)
            failed (source, uri);
          opening_free (opening);
          return;
        }
    }
#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, opening_window (parent), NULL, open_uri_cb, opening);
#else
  gtk_show_uri_full (opening_window (parent), uri, GDK_CURRENT_TIME, NULL, open_uri_cb, opening);
#endif
}

static GtkFileFilter *
opening_filter (const char *name, const char *const *patterns)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns != NULL && patterns[i] != NULL; i++)
    {
      if (strchr (patterns[i], '/') != NULL)
        gtk_file_filter_add_mime_type (filter, patterns[i]);
      else
        gtk_file_filter_add_pattern (filter, patterns[i]);
    }
  return filter;
}

#if GTK_CHECK_VERSION(4, 10, 0)
static void
chosen_open_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (object), result, NULL);

  if (file != NULL)
    opening->chosen (opening->source, file);
}

static void
chosen_save_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (object), result, NULL);

  if (file != NULL)
    opening->chosen (opening->source, file);
}
#else
static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (Opening) opening = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file != NULL)
        opening->chosen (opening->source, file);
    }
  g_signal_handlers_disconnect_by_data (dialog, opening);
}
#endif

/**
 * fika_choose_file:
 * @parent: a widget of the window it belongs to
 * @title: what the file is for
 * @filter_name: the words for the kinds of file
 * @patterns: (array zero-terminated=1): MIME types and globs
 * @source: kept alive until there is an answer
 * @chosen: (scope async): called with the file, unless the person cancels
 */
void
fika_choose_file (GtkWidget *parent,
                  const char *title,
                  const char *filter_name,
                  const char *const *patterns,
                  GObject *source,
                  FikaFileFunc chosen)
{
  Opening *opening = opening_new (source, NULL, NULL, chosen);
  g_autoptr (GtkFileFilter) filter = opening_filter (filter_name, patterns);
#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);

  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, opening_window (parent), NULL, chosen_open_cb, opening);
#else
  opening->chooser = gtk_file_chooser_native_new (title, opening_window (parent),
                                                  GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (opening->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (opening->chooser), TRUE);
  g_signal_connect (opening->chooser, "response", G_CALLBACK (chosen_cb), opening);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (opening->chooser));
#endif
}

/**
 * fika_choose_save_file:
 * @parent: a widget of the window it belongs to
 * @title: what the file is for
 * @name: the name that it has at first
 * @source: kept alive until there is an answer
 * @chosen: (scope async): called with the file, unless the person cancels
 */
void
fika_choose_save_file (GtkWidget *parent,
                       const char *title,
                       const char *name,
                       GObject *source,
                       FikaFileFunc chosen)
{
  Opening *opening = opening_new (source, NULL, NULL, chosen);
#if GTK_CHECK_VERSION(4, 10, 0)
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, opening_window (parent), NULL, chosen_save_cb, opening);
#else
  opening->chooser = gtk_file_chooser_native_new (title, opening_window (parent),
                                                  GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (opening->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (opening->chooser), TRUE);
  g_signal_connect (opening->chooser, "response", G_CALLBACK (chosen_cb), opening);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (opening->chooser));
#endif
}

/**
 * fika_spinner_new:
 *
 * Returns: (transfer floating): a spinner that turns
 */
GtkWidget *
fika_spinner_new (void)
{
#if ADW_CHECK_VERSION(1, 6, 0)
  return adw_spinner_new ();
#else
  return g_object_new (GTK_TYPE_SPINNER, "spinning", TRUE, NULL);
#endif
}
