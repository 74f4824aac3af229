#include "config.h"

#include "ui/people/fika-people-page.h"

#include "model/fika-list-models.h"
#include "ui/fika-compat.h"
#include "ui/fika-place.h"
#include "ui/people/fika-person-editor.h"
#include "ui/people/fika-person-row.h"
#include "ui/people/fika-person-view.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n-lib.h>

struct _FikaPeoplePage
{
  AdwBin parent_instance;

  FikaPanes *panes;
  GtkSearchEntry *search_entry;
  GtkStack *list_stack;
  GtkListView *list_view;
  FikaPersonView *view;

  FikaMainWindow *window; /* outlives its places */
  FikaStore *store;
  FikaPeopleList *people;
  GtkSingleSelection *selection;
  char *order;
  gboolean archived;
  int64_t shown; /* id of the person in the view, 0 = nobody */
};

static void place_iface_init (FikaPlaceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaPeoplePage,
                               fika_people_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_PLACE, place_iface_init))

enum
{
  PROP_WINDOW = 1,
  PROP_ORDER,
  PROP_ARCHIVED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static const struct
{
  const char *key;
  FikaPeopleOrder order;
} orders[] = {
  { "name", FIKA_PEOPLE_BY_NAME },
  { "last", FIKA_PEOPLE_BY_LAST },
  { "next", FIKA_PEOPLE_BY_NEXT },
  { "warmth", FIKA_PEOPLE_BY_WARMTH },
};

static void
show_person (FikaPeoplePage *self, FikaPerson *person)
{
  self->shown = person != NULL ? fika_person_get_id (person) : 0;
  fika_person_view_set_person (self->view, person);
}

/* The row of the person shown is the selected one, wherever a change of the list put it. */
static void
reselect (FikaPeoplePage *self)
{
  guint position = GTK_INVALID_LIST_POSITION;

  if (self->shown != 0)
    position = fika_id_list_find (FIKA_ID_LIST (self->people), self->shown);
  if (gtk_single_selection_get_selected (self->selection) != position)
    gtk_single_selection_set_selected (self->selection, position);
}

static void
update_stack (FikaPeoplePage *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->people)) == 0;
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  gtk_stack_set_visible_child_name (self->list_stack, !empty           ? "list"
                                                      : *typed == '\0' ? "nobody"
                                                                       : "nothing");
  fika_person_view_set_choice (self->view, !empty);
}

static void
items_changed_cb (FikaPeoplePage *self)
{
  if (self->list_stack == NULL)
    return;
  update_stack (self);
  reselect (self);
}

static void
search_changed_cb (FikaPeoplePage *self)
{
  fika_people_list_set_search (self->people,
                               gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  update_stack (self);
}

static void
open_position (FikaPeoplePage *self, guint position)
{
  g_autoptr (FikaPerson) person = g_list_model_get_item (G_LIST_MODEL (self->people), position);

  if (person == NULL)
    return;
  show_person (self, person);
  reselect (self);
  fika_panes_set_show_end (self->panes, TRUE);
}

static void
search_activate_cb (FikaPeoplePage *self)
{
  /* Enter before the search delay is over means what is in the entry now. */
  search_changed_cb (self);
  open_position (self, 0);
}

static void
search_stop_cb (FikaPeoplePage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list_view));
}

static void
row_activated_cb (FikaPeoplePage *self, guint position)
{
  open_position (self, position);
}

/* The person shown may be gone, or back after an undo. */
static void
store_changed_cb (FikaPeoplePage *self, const FikaChangeSet *changes)
{
  g_autoptr (FikaPerson) person = NULL;

  if (self->shown == 0)
    return;
  person = fika_store_get_person (self->store, self->shown, NULL);
  if (person == NULL)
    {
      show_person (self, NULL);
      fika_panes_set_show_end (self->panes, FALSE);
    }
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fika_place_add (FIKA_PLACE (widget));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (widget);

  gtk_widget_activate_action (GTK_WIDGET (self->view), "person.edit", NULL);
}

static gboolean
fika_people_page_open (FikaPlace *place, const char *uid)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (place);
  g_autoptr (FikaPerson) person = fika_store_get_person_by_uid (self->store, uid, NULL);

  if (person == NULL)
    return FALSE;
  show_person (self, person);
  reselect (self);
  fika_panes_set_show_end (self->panes, TRUE);

  return TRUE;
}

static void
fika_people_page_add (FikaPlace *place)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (place);

  fika_person_editor_present (self->window, NULL);
}

static gboolean
fika_people_page_search (FikaPlace *place)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (place);

  fika_panes_set_show_end (self->panes, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);

  return TRUE;
}

static gboolean
fika_people_page_focus (FikaPlace *place)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (place);

  return gtk_widget_get_mapped (GTK_WIDGET (self->list_view))
         && gtk_widget_child_focus (GTK_WIDGET (self->list_view), GTK_DIR_TAB_FORWARD);
}

static void
fika_people_page_time_passed (FikaPlace *place, gboolean new_day)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (place);

  if (new_day)
    fika_id_list_requery (FIKA_ID_LIST (self->people));
  fika_person_view_time_passed (self->view);
}

static void
place_iface_init (FikaPlaceInterface *iface)
{
  iface->open = fika_people_page_open;
  iface->add = fika_people_page_add;
  iface->search = fika_people_page_search;
  iface->focus = fika_people_page_focus;
  iface->time_passed = fika_people_page_time_passed;
}

static void
set_order (FikaPeoplePage *self, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (g_strcmp0 (key, orders[i].key) != 0)
        continue;
      g_free (self->order);
      self->order = g_strdup (key);
      if (self->people != NULL)
        fika_people_list_set_order (self->people, orders[i].order);
    }
}

static void
bind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  FikaPerson *person = gtk_list_item_get_item (item);

  fika_person_row_set_person (FIKA_PERSON_ROW (gtk_list_item_get_child (item)), person);
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  fika_person_row_set_person (FIKA_PERSON_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
setup_row_cb (FikaPeoplePage *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, fika_person_row_new (self->store));
}

static void
fika_people_page_constructed (GObject *object)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (object);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  G_OBJECT_CLASS (fika_people_page_parent_class)->constructed (object);

  self->people = fika_people_list_new (self->store);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->people));

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self->list_view));

  fika_person_view_set_window (self->view, self->window);
  g_signal_connect_object (self->people, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  update_stack (self);
}

static void
fika_people_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (object);

  switch (id)
    {
    case PROP_WINDOW:
      g_value_set_object (value, self->window);
      break;
    case PROP_ORDER:
      g_value_set_string (value, self->order);
      break;
    case PROP_ARCHIVED:
      g_value_set_boolean (value, self->archived);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_people_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (object);

  switch (id)
    {
    case PROP_WINDOW:
      self->window = g_value_get_object (value);
      self->store = g_object_ref (fika_main_window_get_store (self->window));
      break;
    case PROP_ORDER:
      set_order (self, g_value_get_string (value));
      break;
    case PROP_ARCHIVED:
      self->archived = g_value_get_boolean (value);
      if (self->people != NULL)
        fika_people_list_set_archived (self->people, self->archived);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_people_page_dispose (GObject *object)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (object);

  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->people);
  g_clear_object (&self->store);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_PEOPLE_PAGE);

  G_OBJECT_CLASS (fika_people_page_parent_class)->dispose (object);
}

static void
fika_people_page_finalize (GObject *object)
{
  FikaPeoplePage *self = FIKA_PEOPLE_PAGE (object);

  g_free (self->order);

  G_OBJECT_CLASS (fika_people_page_parent_class)->finalize (object);
}

static void
fika_people_page_class_init (FikaPeoplePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = fika_people_page_constructed;
  object_class->get_property = fika_people_page_get_property;
  object_class->set_property = fika_people_page_set_property;
  object_class->dispose = fika_people_page_dispose;
  object_class->finalize = fika_people_page_finalize;

  props[PROP_WINDOW]
      = g_param_spec_object ("window", NULL, NULL, FIKA_TYPE_MAIN_WINDOW,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  props[PROP_ORDER] = g_param_spec_string ("order", NULL, NULL, "name",
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_ARCHIVED] = g_param_spec_boolean ("archived", NULL, NULL, FALSE,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (FIKA_TYPE_PANES);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_PERSON_VIEW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-people-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaPeoplePage, panes);
  gtk_widget_class_bind_template_child (widget_class, FikaPeoplePage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, FikaPeoplePage, list_stack);
  gtk_widget_class_bind_template_child (widget_class, FikaPeoplePage, list_view);
  gtk_widget_class_bind_template_child (widget_class, FikaPeoplePage, view);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "people.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "place.edit", NULL, edit_action);
  gtk_widget_class_install_property_action (widget_class, "people.order", "order");
  gtk_widget_class_install_property_action (widget_class, "people.archived", "archived");
}

static void
fika_people_page_init (FikaPeoplePage *self)
{
  self->order = g_strdup ("name");
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_people_page_new:
 * @window: the window it is for
 *
 * Returns: (transfer floating): the place People
 */
GtkWidget *
fika_people_page_new (FikaMainWindow *window)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (window), NULL);

  return g_object_new (FIKA_TYPE_PEOPLE_PAGE, "window", window, NULL);
}
