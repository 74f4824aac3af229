#include "config.h"

#include "ui/groups/fika-groups-page.h"

#include "model/fika-list-models.h"
#include "ui/fika-compat.h"
#include "ui/groups/fika-group-editor.h"
#include "ui/groups/fika-group-row.h"
#include "ui/groups/fika-group-view.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n-lib.h>

struct _FikaGroupsPage
{
  AdwBin parent_instance;

  FikaPanes *panes;
  GtkStack *list_stack;
  GtkListBox *list_box;
  FikaGroupView *view;

  FikaMainWindow *window; /* outlives its places */
  FikaStore *store;
  FikaGroupList *groups;
  int64_t shown; /* id of the group in the view, 0 = none */
};

static void place_iface_init (FikaPlaceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaGroupsPage,
                               fika_groups_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_PLACE, place_iface_init))

static void
show_group (FikaGroupsPage *self, FikaGroup *group)
{
  self->shown = group != NULL ? fika_group_get_id (group) : 0;
  fika_group_view_set_group (self->view, group);
}

/* The row of the group shown is the selected one, wherever a change of the list put it. */
static void
reselect (FikaGroupsPage *self)
{
  guint position = GTK_INVALID_LIST_POSITION;
  GtkListBoxRow *row = NULL;

  if (self->shown != 0)
    position = fika_id_list_find (FIKA_ID_LIST (self->groups), self->shown);
  if (position != GTK_INVALID_LIST_POSITION)
    row = gtk_list_box_get_row_at_index (self->list_box, (int) position);
  gtk_list_box_select_row (self->list_box, row);
}

static void
items_changed_cb (FikaGroupsPage *self)
{
  gboolean empty;

  if (self->list_stack == NULL)
    return;
  empty = g_list_model_get_n_items (G_LIST_MODEL (self->groups)) == 0;
  gtk_stack_set_visible_child_name (self->list_stack, empty ? "nothing" : "list");
  fika_group_view_set_choice (self->view, !empty);
  reselect (self);
}

static void
open_group (FikaGroupsPage *self, FikaGroup *group)
{
  show_group (self, group);
  reselect (self);
  fika_panes_set_show_end (self->panes, TRUE);
}

static void
row_activated_cb (FikaGroupsPage *self, GtkListBoxRow *row)
{
  g_autoptr (FikaGroup) group = NULL;

  group = g_list_model_get_item (G_LIST_MODEL (self->groups), gtk_list_box_row_get_index (row));
  if (group != NULL)
    open_group (self, group);
}

/* The group shown may be gone, or back after an undo. */
static void
store_changed_cb (FikaGroupsPage *self, const FikaChangeSet *changes)
{
  g_autoptr (FikaGroup) group = NULL;

  if (self->shown == 0 || self->panes == NULL)
    return;
  group = fika_store_get_group (self->store, self->shown, NULL);
  if (group == NULL)
    {
      show_group (self, NULL);
      fika_panes_set_show_end (self->panes, FALSE);
    }
}

static GtkWidget *
row_new_cb (gpointer item, gpointer data)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (data);

  return fika_group_row_new (self->store, FIKA_GROUP (item));
}

static FikaStage
stage_at (FikaGroupsPage *self, int index)
{
  g_autoptr (FikaGroup) group = NULL;

  group = g_list_model_get_item (G_LIST_MODEL (self->groups), index);

  return group != NULL ? fika_group_get_stage (group) : FIKA_STAGE_LEFT;
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (data);
  int index = gtk_list_box_row_get_index (row);
  FikaStage stage = stage_at (self, index);
  GtkWidget *label;

  if (before != NULL && stage_at (self, index - 1) == stage)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  label = gtk_label_new (fika_stage_label (stage));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_margin_top (label, before != NULL ? 18 : 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_widget_set_margin_start (label, 12);
  gtk_list_box_row_set_header (row, label);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fika_place_add (FIKA_PLACE (widget));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (widget);

  gtk_widget_activate_action (GTK_WIDGET (self->view), "group.edit", NULL);
}

static gboolean
fika_groups_page_open (FikaPlace *place, const char *uid)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (place);
  g_autoptr (FikaGroup) group = fika_store_get_group_by_uid (self->store, uid, NULL);

  if (group == NULL)
    return FALSE;
  open_group (self, group);

  return TRUE;
}

static void
fika_groups_page_add (FikaPlace *place)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (place);

  fika_group_editor_present (self->window, NULL);
}

static gboolean
fika_groups_page_focus (FikaPlace *place)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (place);

  return gtk_widget_get_mapped (GTK_WIDGET (self->list_box))
         && gtk_widget_child_focus (GTK_WIDGET (self->list_box), GTK_DIR_TAB_FORWARD);
}

static void
fika_groups_page_time_passed (FikaPlace *place, gboolean new_day)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (place);

  fika_group_view_time_passed (self->view);
}

static void
place_iface_init (FikaPlaceInterface *iface)
{
  iface->open = fika_groups_page_open;
  iface->add = fika_groups_page_add;
  iface->focus = fika_groups_page_focus;
  iface->time_passed = fika_groups_page_time_passed;
}

static void
fika_groups_page_dispose (GObject *object)
{
  FikaGroupsPage *self = FIKA_GROUPS_PAGE (object);

  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  g_clear_object (&self->groups);
  g_clear_object (&self->store);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_GROUPS_PAGE);

  G_OBJECT_CLASS (fika_groups_page_parent_class)->dispose (object);
}

static void
fika_groups_page_class_init (FikaGroupsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_groups_page_dispose;

  g_type_ensure (FIKA_TYPE_PANES);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_GROUP_VIEW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/groups/fika-groups-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaGroupsPage, panes);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupsPage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupsPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupsPage, view);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "groups.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "place.edit", NULL, edit_action);
}

static void
fika_groups_page_init (FikaGroupsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_groups_page_new:
 * @window: the window it is for
 *
 * Returns: (transfer floating): the place Groups
 */
GtkWidget *
fika_groups_page_new (FikaMainWindow *window)
{
  FikaGroupsPage *self;

  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (window), NULL);

  self = g_object_new (FIKA_TYPE_GROUPS_PAGE, NULL);
  self->window = window;
  self->store = g_object_ref (fika_main_window_get_store (window));
  self->groups = fika_group_list_new (self->store);
  fika_group_view_set_window (self->view, window);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->groups), row_new_cb, self, NULL);
  gtk_list_box_set_header_func (self->list_box, header_cb, self, NULL);
  g_signal_connect_object (self->groups, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  items_changed_cb (self);

  return GTK_WIDGET (self);
}
