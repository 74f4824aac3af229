#include "config.h"

#include "ui/fika-main-window.h"

#include "base/fika-text.h"
#include "ui/fika-compat.h"
#include "ui/fika-window-state.h"
#include "ui/groups/fika-groups-page.h"
#include "ui/people/fika-people-page.h"
#include "ui/people/fika-welcome-page.h"
#include "ui/reminders/fika-reminders-page.h"
#include "ui/week/fika-week-page.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-toaster.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *name;
  const char *title; /* translated when shown */
  const char *icon;  /* NULL: not in the sidebar */
  GtkWidget *(*build) (FikaMainWindow *window);
} PlaceInfo;

static const PlaceInfo places[] = {
  { "week", N_ ("This Week"), "fika-week-symbolic", fika_week_page_new },
  { "people", N_ ("People"), "fika-people-symbolic", fika_people_page_new },
  { "groups", N_ ("Groups"), "fika-groups-symbolic", fika_groups_page_new },
  { "reminders", NULL, NULL, fika_reminders_page_new },
  { "welcome", NULL, NULL, fika_welcome_page_new },
};

struct _FikaMainWindow
{
  AdwApplicationWindow parent_instance;

  FikaStore *store; /* NULL while it could not be opened */
  GSettings *settings;
  FikaServiceLink *link;
  FikaReach *reach;
  const char *place;  /* of `places` */
  FikaSheet *details; /* weak */
  FikaToaster *toaster;

  AdwToastOverlay *toasts;
  GtkStack *root_stack;
  FikaPanes *panes;
  FikaPage *sidebar_page;
  GtkListBox *sidebar;
  GtkStack *places_stack;
  GtkMenuButton *menu_button;
  GMenu *history_section;
  GtkRevealer *notice;
  GtkLabel *notice_label;
  AdwStatusPage *trouble;
  gboolean leaving; /* Fika is to end once nothing keeps it */
};

G_DEFINE_FINAL_TYPE (FikaMainWindow, fika_main_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_NARROW = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static const PlaceInfo *
find_place (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (g_strcmp0 (places[i].name, name) == 0)
        return &places[i];
    }
  return NULL;
}

static GtkWidget *
sidebar_row_new (const PlaceInfo *info)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (info->title));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (info->icon));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, info->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (info->title), -1);
  return row;
}

static void
fill_sidebar (FikaMainWindow *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      if (places[i].icon != NULL)
        gtk_list_box_append (self->sidebar, sidebar_row_new (&places[i]));
    }
}

static void
select_row (FikaMainWindow *self, const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->sidebar, i)) != NULL; i++)
    {
      if (g_strcmp0 (gtk_widget_get_name (GTK_WIDGET (row)), name) == 0)
        {
          gtk_list_box_select_row (self->sidebar, row);
          return;
        }
    }
  gtk_list_box_unselect_all (self->sidebar);
}

/* A label of the log as a menu can show it: short, and its underscores no mnemonics. */
static char *
menu_text (const char *label)
{
  g_autofree char *clipped = fika_text_clip (label, 40);
  g_auto (GStrv) parts = g_strsplit (clipped, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
update_history (FikaMainWindow *self)
{
  g_autofree char *undo = self->store != NULL ? fika_store_dup_undo_label (self->store) : NULL;
  g_autofree char *redo = self->store != NULL ? fika_store_dup_redo_label (self->store) : NULL;
  g_autofree char *undo_text = NULL;
  g_autofree char *redo_text = NULL;

  if (undo != NULL)
    {
      g_autofree char *text = menu_text (undo);

      undo_text = g_strdup_printf (_ ("_Undo “%s”"), text);
    }
  if (redo != NULL)
    {
      g_autofree char *text = menu_text (redo);

      redo_text = g_strdup_printf (_ ("Re_do “%s”"), text);
    }
  g_menu_remove_all (self->history_section);
  g_menu_append (self->history_section, undo_text != NULL ? undo_text : _ ("_Undo"), "app.undo");
  g_menu_append (self->history_section, redo_text != NULL ? redo_text : _ ("Re_do"), "app.redo");
}

static void
update_notice (FikaMainWindow *self)
{
  const char *reason = self->store != NULL ? fika_store_get_read_only_reason (self->store) : NULL;

  if (reason != NULL)
    gtk_label_set_label (self->notice_label, reason);
  gtk_revealer_set_reveal_child (self->notice, reason != NULL);
}

/* With nothing in it, the store has one place: the one that helps to begin. */
static void
update_welcome (FikaMainWindow *self)
{
  gboolean empty;
  gboolean welcomed = g_strcmp0 (self->place, "welcome") == 0;

  if (self->store == NULL || find_place ("welcome") == NULL)
    return;
  empty = fika_store_is_empty (self->store);
  if (empty && !welcomed)
    fika_main_window_show_place (self, "welcome");
  else if (!empty && welcomed)
    fika_main_window_show_place (self, "week");
}

static void
store_changed_cb (FikaMainWindow *self)
{
  update_history (self);
  update_welcome (self);
}

static void
sidebar_activated_cb (FikaMainWindow *self, GtkListBoxRow *row)
{
  fika_main_window_show_place (self, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
collapsed_cb (FikaMainWindow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
}

/* Keys of the place that shows, wherever in the window the keyboard is. */
static gboolean
place_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  FikaMainWindow *self = FIKA_MAIN_WINDOW (gtk_widget_get_root (widget));
  GtkWidget *place = gtk_stack_get_visible_child (self->places_stack);
  const char *action;

  g_variant_get (args, "(&s)", &action);
  return place != NULL && gtk_widget_activate_action (place, action, NULL);
}

static void
add_sidebar_key (GtkShortcutController *keys, guint key, const char *action)
{
  gtk_shortcut_controller_add_shortcut (
      keys, gtk_shortcut_new_with_arguments (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                             gtk_callback_action_new (place_key_cb, NULL, NULL),
                                             "(s)", action));
}

/* The list of places would move its cursor by keys that turn the week: they are taken before. */
static void
add_sidebar_keys (FikaMainWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  add_sidebar_key (GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_Page_Up, "week.previous");
  add_sidebar_key (GTK_SHORTCUT_CONTROLLER (keys), GDK_KEY_Page_Down, "week.next");
  gtk_widget_add_controller (GTK_WIDGET (self->sidebar), keys);
}

static void
save_state (FikaMainWindow *self)
{
  if (self->settings == NULL)
    return;
  fika_window_state_save (GTK_WINDOW (self), self->settings);
  if (self->place != NULL && find_place (self->place)->icon != NULL)
    g_settings_set_string (self->settings, "page", self->place);
}

static gboolean
fika_main_window_close_request (GtkWindow *window)
{
  save_state (FIKA_MAIN_WINDOW (window));
  return GTK_WINDOW_CLASS (fika_main_window_parent_class)->close_request (window);
}

static void
fika_main_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaMainWindow *self = FIKA_MAIN_WINDOW (object);

  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, fika_main_window_get_narrow (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_main_window_dispose (GObject *object)
{
  FikaMainWindow *self = FIKA_MAIN_WINDOW (object);

  g_clear_object (&self->toaster);
  g_clear_weak_pointer (&self->details);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_MAIN_WINDOW);
  g_clear_object (&self->store);
  g_clear_object (&self->settings);
  g_clear_object (&self->reach);
  g_clear_object (&self->link);
  G_OBJECT_CLASS (fika_main_window_parent_class)->dispose (object);
}

static void
fika_main_window_class_init (FikaMainWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_main_window_get_property;
  object_class->dispose = fika_main_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = fika_main_window_close_request;

  props[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (FIKA_TYPE_PANES);
  g_type_ensure (FIKA_TYPE_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/fika-main-window.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, root_stack);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, sidebar_page);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, places_stack);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, history_section);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, notice_label);
  gtk_widget_class_bind_template_child (widget_class, FikaMainWindow, trouble);
  gtk_widget_class_bind_template_callback (widget_class, sidebar_activated_cb);

  /* In the bubble phase: an entry that has the keyboard undoes its own text first. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "app.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "app.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, 0, "app.menu", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, place_key_cb,
                                "(s)", "week.previous");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, place_key_cb,
                                "(s)", "week.next");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, place_key_cb, "(s)",
                                "place.edit");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, place_key_cb, "(s)", "week.today");
}

static void
fika_main_window_init (FikaMainWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toaster = fika_toaster_new (self->toasts);
  fill_sidebar (self);
  add_sidebar_keys (self);
  g_signal_connect_object (self->panes, "notify::collapsed", G_CALLBACK (collapsed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * fika_main_window_new:
 * @application: the application
 * @store: (nullable): the data; %NULL where it could not be opened
 * @settings: (nullable): Fika's settings
 * @link: the way to the background service
 *
 * Returns: (transfer none): a window that is not shown yet
 */
FikaMainWindow *
fika_main_window_new (GtkApplication *application,
                      FikaStore *store,
                      GSettings *settings,
                      FikaServiceLink *link)
{
  FikaMainWindow *self = g_object_new (FIKA_TYPE_MAIN_WINDOW, "application", application, NULL);

  g_set_object (&self->settings, settings);
  g_set_object (&self->link, link);
  self->reach = fika_reach_new (link);
  fika_window_state_restore (GTK_WINDOW (self), self->settings);
  if (store != NULL)
    fika_main_window_set_store (self, store);
  return self;
}

/**
 * fika_main_window_get_store:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the data
 */
FikaStore *
fika_main_window_get_store (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  return self->store;
}

/**
 * fika_main_window_get_settings:
 * @self: the window
 *
 * Returns: (transfer none) (nullable): the settings; %NULL where their schema is not installed
 */
GSettings *
fika_main_window_get_settings (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  return self->settings;
}

/**
 * fika_main_window_take_details:
 * @self: the window
 * @details: a sheet with what there is to know of an entry, that is about to be shown
 *
 * One entry is looked at at a time: the sheet of the one before goes.
 */
void
fika_main_window_take_details (FikaMainWindow *self, FikaSheet *details)
{
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));
  g_return_if_fail (FIKA_IS_SHEET (details));

  if (self->details != NULL)
    fika_sheet_close (self->details);
  g_set_weak_pointer (&self->details, details);
}

/**
 * fika_main_window_get_link:
 * @self: the window
 *
 * Returns: (transfer none): the way to the background service
 */
FikaServiceLink *
fika_main_window_get_link (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  return self->link;
}

/**
 * fika_main_window_set_leaving:
 * @self: the window
 * @leaving: whether Fika is to end
 *
 * A sheet that cannot close at once closes the window too once it can, where Fika is to end.
 */
void
fika_main_window_set_leaving (FikaMainWindow *self, gboolean leaving)
{
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));

  self->leaving = leaving;
}

/**
 * fika_main_window_get_leaving:
 * @self: the window
 *
 * Returns: whether Fika is to end once nothing keeps it
 */
gboolean
fika_main_window_get_leaving (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), FALSE);

  return self->leaving;
}

/**
 * fika_main_window_get_reach:
 * @self: the window
 *
 * Returns: (transfer none): whether reminders can reach the person
 */
FikaReach *
fika_main_window_get_reach (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  return self->reach;
}

/**
 * fika_main_window_get_narrow:
 * @self: the window
 *
 * Returns: whether the sidebar and the place show one at a time
 */
gboolean
fika_main_window_get_narrow (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), FALSE);

  return fika_panes_get_collapsed (self->panes);
}

/**
 * fika_main_window_set_store:
 * @self: a window without data yet
 * @store: the data
 *
 * Shows the data: the place shown last, or the welcome page where there is nothing.
 */
void
fika_main_window_set_store (FikaMainWindow *self, FikaStore *store)
{
  g_autofree char *last = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));
  g_return_if_fail (FIKA_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_set_visible_child_name (self->root_stack, "main");
  update_history (self);
  update_notice (self);
  if (find_place ("welcome") != NULL && fika_store_is_empty (store))
    fika_main_window_show_place (self, "welcome");
  else
    {
      if (self->settings != NULL)
        last = g_settings_get_string (self->settings, "page");
      fika_main_window_show_place (self, find_place (last) != NULL ? last : "week");
    }
}

/**
 * fika_main_window_show_trouble:
 * @self: a window without data
 * @error: why the data could not be opened
 *
 * Says so instead of a place.
 */
void
fika_main_window_show_trouble (FikaMainWindow *self, const GError *error)
{
  g_autofree char *text = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));
  g_return_if_fail (error != NULL);

  text = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->trouble, text);
  gtk_stack_set_visible_child_name (self->root_stack, "trouble");
}

/**
 * fika_main_window_get_place:
 * @self: the window
 * @name: of a place
 *
 * Returns: (transfer none) (nullable): the place, built where it was not; %NULL where Fika has none
 *   of that name
 */
FikaPlace *
fika_main_window_get_place (FikaMainWindow *self, const char *name)
{
  const PlaceInfo *info;
  GtkWidget *child;

  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  info = find_place (name);
  if (info == NULL || self->store == NULL)
    return NULL;
  child = gtk_stack_get_child_by_name (self->places_stack, name);
  if (child == NULL)
    {
      child = info->build (self);
      gtk_stack_add_named (self->places_stack, child, name);
    }
  return FIKA_PLACE (child);
}

/**
 * fika_main_window_show_place:
 * @self: the window
 * @name: of a place
 *
 * Returns: (transfer none) (nullable): the place that shows now; %NULL where Fika has none of that
 *   name
 */
FikaPlace *
fika_main_window_show_place (FikaMainWindow *self, const char *name)
{
  FikaPlace *place;

  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  place = fika_main_window_get_place (self, name);
  if (place == NULL)
    return NULL;
  self->place = find_place (name)->name;
  gtk_stack_set_visible_child (self->places_stack, GTK_WIDGET (place));
  fika_panes_set_show_end (self->panes, TRUE);
  select_row (self, name);
  return place;
}

/**
 * fika_main_window_get_place_name:
 * @self: the window
 *
 * Returns: (nullable): the name of the place that shows
 */
const char *
fika_main_window_get_place_name (FikaMainWindow *self)
{
  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (self), NULL);

  return self->place;
}

/**
 * fika_main_window_open_menu:
 * @self: the window
 *
 * Opens the main menu, where it is hidden after going to the sidebar.
 */
void
fika_main_window_open_menu (FikaMainWindow *self)
{
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));

  if (self->store == NULL)
    return;
  fika_panes_set_show_end (self->panes, !fika_main_window_get_narrow (self));
  gtk_menu_button_popup (self->menu_button);
}

/**
 * fika_main_window_time_passed:
 * @self: the window
 * @new_day: whether the day is another one
 *
 * Tells the places that were built.
 */
void
fika_main_window_time_passed (FikaMainWindow *self, gboolean new_day)
{
  GtkWidget *child;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));

  child = gtk_widget_get_first_child (GTK_WIDGET (self->places_stack));
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    fika_place_time_passed (FIKA_PLACE (child), new_day);
}

/**
 * fika_main_window_toast_with:
 * @self: the window
 * @text: a sentence
 * @button: (nullable): what a button beside it says, with a mnemonic
 * @action: (nullable): the detailed name of the action that it activates
 *
 * Says something, where there is a button with a way to do something about it.
 */
void
fika_main_window_toast_with (FikaMainWindow *self,
                             const char *text,
                             const char *button,
                             const char *action)
{
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (self));

  /* What takes its time may have an answer when the window is gone. */
  if (self->toaster != NULL)
    fika_toaster_say (self->toaster, text, button, action);
}
