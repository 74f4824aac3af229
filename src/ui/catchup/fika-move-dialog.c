#include "config.h"

#include "ui/catchup/fika-move-dialog.h"

#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/catchup/fika-when-group.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n.h>

struct _FikaMoveDialog
{
  FikaSheet parent_instance;

  FikaMainWindow *window; /* outlives the sheet */
  FikaOccurrence *occurrence;

  FikaPage *page;
  GtkWidget *move;
  GtkLabel *problem;
  FikaWhenGroup *when;
};

G_DEFINE_FINAL_TYPE (FikaMoveDialog, fika_move_dialog, FIKA_TYPE_SHEET)

static void
cancel_cb (FikaMoveDialog *self)
{
  fika_sheet_close (FIKA_SHEET (self));
}

static void
move_cb (FikaMoveDialog *self)
{
  g_autoptr (GError) error = NULL;
  FikaCivil start;
  FikaWindow loose;
  int minutes;

  if (!fika_when_group_get (self->when, &start, &loose, &minutes))
    return;
  if (fika_occurrence_move_to (self->window, self->occurrence, start, loose, &error))
    {
      fika_sheet_close (FIKA_SHEET (self));
      return;
    }
  gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
fika_move_dialog_dispose (GObject *object)
{
  FikaMoveDialog *self = FIKA_MOVE_DIALOG (object);

  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_MOVE_DIALOG);
  g_clear_object (&self->occurrence);
  G_OBJECT_CLASS (fika_move_dialog_parent_class)->dispose (object);
}

static void
fika_move_dialog_class_init (FikaMoveDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_move_dialog_dispose;

  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_WHEN_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/catchup/fika-move-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaMoveDialog, page);
  gtk_widget_class_bind_template_child (widget_class, FikaMoveDialog, move);
  gtk_widget_class_bind_template_child (widget_class, FikaMoveDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, FikaMoveDialog, when);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
}

static void
fika_move_dialog_init (FikaMoveDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_move_dialog_present:
 * @window: the window
 * @occurrence: a planned entry
 *
 * Asks when it will be instead.
 */
void
fika_move_dialog_present (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaMoveDialog *self;
  FikaPlan *plan;
  FikaStore *store;
  g_autofree char *title = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (FIKA_IS_OCCURRENCE (occurrence));

  self = g_object_new (FIKA_TYPE_MOVE_DIALOG, NULL);
  plan = fika_occurrence_get_plan (occurrence);
  store = fika_main_window_get_store (window);
  self->window = window;
  self->occurrence = g_object_ref (occurrence);
  title = fika_plan_dup_display_title (plan);
  fika_page_set_subtitle (self->page, title);
  fika_when_group_set_today (self->when, fika_store_today (store), FALSE);
  fika_when_group_set (self->when, fika_occurrence_get_start (occurrence),
                       fika_plan_get_window (plan), 0);
  fika_sheet_set_focus (FIKA_SHEET (self), GTK_WIDGET (self->when));
  fika_sheet_set_default (FIKA_SHEET (self), self->move);
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window), _ ("Move"), 420, -1);
}
