#include "config.h"

#include "ui/fika-compat.h"

/* Sheets */

typedef struct
{
  GtkWidget *shell; /* AdwDialog or AdwWindow; not owned: it owns the sheet */
  GtkWidget *focus;
  GtkWidget *default_widget;
  gboolean closing;
} FikaSheetPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FikaSheet, fika_sheet, ADW_TYPE_BIN)

static gboolean
sheet_may_close (FikaSheet *self)
{
  FikaSheetClass *klass = FIKA_SHEET_GET_CLASS (self);

  return klass->may_close == NULL || klass->may_close (self);
}

#if ADW_CHECK_VERSION(1, 5, 0)
static void
sheet_close_attempt_cb (FikaSheet *self)
{
  if (sheet_may_close (self))
    fika_sheet_close (self);
}
#else
static gboolean
sheet_close_request_cb (FikaSheet *self)
{
  FikaSheetPrivate *priv = fika_sheet_get_instance_private (self);

  return !priv->closing && !sheet_may_close (self);
}

static gboolean
sheet_escape_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return TRUE;
}
#endif

static void
fika_sheet_dispose (GObject *object)
{
  FikaSheetPrivate *priv = fika_sheet_get_instance_private (FIKA_SHEET (object));

  g_clear_weak_pointer (&priv->shell);
  g_clear_weak_pointer (&priv->focus);
  g_clear_weak_pointer (&priv->default_widget);
  G_OBJECT_CLASS (fika_sheet_parent_class)->dispose (object);
}

static void
fika_sheet_class_init (FikaSheetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_sheet_dispose;
}

static void
fika_sheet_init (FikaSheet *self)
{
}

/**
 * fika_sheet_present:
 * @self: a sheet that is not shown yet
 * @parent: a widget of the window it belongs to
 * @title: what a screen reader calls it
 * @width: preferred width in pixels
 * @height: preferred height in pixels, or -1 for its natural one
 *
 * Shows the sheet over its window.
 */
void
fika_sheet_present (FikaSheet *self, GtkWidget *parent, const char *title, int width, int height)
{
  FikaSheetPrivate *priv = fika_sheet_get_instance_private (self);
#if ADW_CHECK_VERSION(1, 5, 0)
  AdwDialog *dialog;
  int natural;
#else
  GtkWindow *window;
  GtkRoot *root;
  GtkEventController *keys;
#endif

  g_return_if_fail (FIKA_IS_SHEET (self));
  g_return_if_fail (priv->shell == NULL);
  g_return_if_fail (GTK_IS_WIDGET (parent));

#if ADW_CHECK_VERSION(1, 5, 0)
  dialog = adw_dialog_new ();
  adw_dialog_set_title (dialog, title);
  adw_dialog_set_content_width (dialog, width);
  /* Left to itself, a dialog makes what can be scrolled as low as it can be. */
  if (height < 0)
    {
      gtk_widget_measure (GTK_WIDGET (self), GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL,
                          NULL);
      height = natural;
    }
  adw_dialog_set_content_height (dialog, height);
  adw_dialog_set_can_close (dialog, FALSE);
  adw_dialog_set_child (dialog, GTK_WIDGET (self));
  g_signal_connect_object (dialog, "close-attempt", G_CALLBACK (sheet_close_attempt_cb), self,
                           G_CONNECT_SWAPPED);
  if (priv->default_widget != NULL)
    adw_dialog_set_default_widget (dialog, priv->default_widget);
  if (priv->focus != NULL)
    adw_dialog_set_focus (dialog, priv->focus);
  g_set_weak_pointer (&priv->shell, GTK_WIDGET (dialog));
  adw_dialog_present (dialog, parent);
#else
  root = gtk_widget_get_root (parent);
  window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_title (window, title);
  gtk_window_set_modal (window, TRUE);
  gtk_window_set_destroy_with_parent (window, TRUE);
  if (GTK_IS_WINDOW (root))
    {
      int parent_width = gtk_widget_get_width (GTK_WIDGET (root));
      int parent_height = gtk_widget_get_height (GTK_WIDGET (root));

      gtk_window_set_transient_for (window, GTK_WINDOW (root));
      if (parent_width > 0)
        width = MIN (width, MAX (parent_width, 360));
      if (parent_height > 0 && height > 0)
        height = MIN (height, MAX (parent_height, 294));
    }
  gtk_window_set_default_size (window, width, height);
  adw_window_set_content (ADW_WINDOW (window), GTK_WIDGET (self));
  g_signal_connect_object (window, "close-request", G_CALLBACK (sheet_close_request_cb), self,
                           G_CONNECT_SWAPPED);
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_callback_action_new (sheet_escape_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
  if (priv->default_widget != NULL)
    gtk_window_set_default_widget (window, priv->default_widget);
  g_set_weak_pointer (&priv->shell, GTK_WIDGET (window));
  gtk_window_present (window);
  if (priv->focus != NULL)
    gtk_widget_grab_focus (priv->focus);
#endif
}

/**
 * fika_sheet_close:
 * @self: a sheet
 *
 * Closes it without asking.
 */
void
fika_sheet_close (FikaSheet *self)
{
  FikaSheetPrivate *priv = fika_sheet_get_instance_private (self);

  g_return_if_fail (FIKA_IS_SHEET (self));

  if (priv->shell == NULL)
    return;
  priv->closing = TRUE;
#if ADW_CHECK_VERSION(1, 5, 0)
  adw_dialog_force_close (ADW_DIALOG (priv->shell));
#else
  gtk_window_destroy (GTK_WINDOW (priv->shell));
#endif
}

/**
 * fika_sheet_request_close:
 * @self: a sheet
 *
 * Closes it as Escape does: the sheet may answer that it stays.
 */
void
fika_sheet_request_close (FikaSheet *self)
{
  g_return_if_fail (FIKA_IS_SHEET (self));

  if (sheet_may_close (self))
    fika_sheet_close (self);
}

/**
 * fika_sheet_set_focus:
 * @self: a sheet
 * @widget: (nullable): where the keyboard is when it opens
 */
void
fika_sheet_set_focus (FikaSheet *self, GtkWidget *widget)
{
  FikaSheetPrivate *priv = fika_sheet_get_instance_private (self);

  g_return_if_fail (FIKA_IS_SHEET (self));

  g_set_weak_pointer (&priv->focus, widget);
}

/**
 * fika_sheet_set_default:
 * @self: a sheet
 * @widget: (nullable): the button that Enter in an entry presses
 */
void
fika_sheet_set_default (FikaSheet *self, GtkWidget *widget)
{
  FikaSheetPrivate *priv = fika_sheet_get_instance_private (self);

  g_return_if_fail (FIKA_IS_SHEET (self));

  g_set_weak_pointer (&priv->default_widget, widget);
#if ADW_CHECK_VERSION(1, 5, 0)
  if (priv->shell != NULL)
    adw_dialog_set_default_widget (ADW_DIALOG (priv->shell), widget);
#else
  if (priv->shell != NULL)
    gtk_window_set_default_widget (GTK_WINDOW (priv->shell), widget);
#endif
}
