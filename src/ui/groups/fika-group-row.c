#include "config.h"

#include "ui/groups/fika-group-row.h"

#include "ui/groups/fika-group-words.h"

#include <glib/gi18n-lib.h>

struct _FikaGroupRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *name_label;
  GtkLabel *step_label;
  GtkLabel *session_label;

  FikaStore *store;
  FikaGroup *group;
};

G_DEFINE_FINAL_TYPE (FikaGroupRow, fika_group_row, GTK_TYPE_LIST_BOX_ROW)

static void
set_line (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void
update (FikaGroupRow *self)
{
  g_autofree char *step = NULL;
  g_autofree char *session = NULL;

  if (self->store == NULL)
    return;
  step = fika_group_words_next_step (self->group, fika_store_today (self->store));
  session = fika_group_words_next_session (self->store, self->group);
  gtk_label_set_label (self->name_label, fika_group_get_name (self->group));
  set_line (self->step_label, step);
  set_line (self->session_label, session);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  fika_group_get_name (self->group), -1);
  /* Its heading is the stage. */
  gtk_list_box_row_changed (GTK_LIST_BOX_ROW (self));
}

static void
fika_group_row_dispose (GObject *object)
{
  FikaGroupRow *self = FIKA_GROUP_ROW (object);

  g_clear_object (&self->group);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (fika_group_row_parent_class)->dispose (object);
}

static void
fika_group_row_class_init (FikaGroupRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_group_row_dispose;
}

static GtkLabel *
add_label (GtkBox *box, const char *const *classes)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_css_classes (label, (const char **) classes);
  gtk_box_append (box, label);

  return GTK_LABEL (label);
}

static void
fika_group_row_init (FikaGroupRow *self)
{
  static const char *const name_classes[] = { "heading", NULL };
  static const char *const step_classes[] = { "caption", NULL };
  static const char *const session_classes[] = { "caption", "dim-label", NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  self->name_label = add_label (GTK_BOX (box), name_classes);
  self->step_label = add_label (GTK_BOX (box), step_classes);
  self->session_label = add_label (GTK_BOX (box), session_classes);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
}

/**
 * fika_group_row_new:
 * @store: the data
 * @group: what to show; the row follows its changes
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
fika_group_row_new (FikaStore *store, FikaGroup *group)
{
  FikaGroupRow *self;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  self = g_object_new (FIKA_TYPE_GROUP_ROW, NULL);
  self->store = g_object_ref (store);
  self->group = g_object_ref (group);
  g_signal_connect_object (group, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}
