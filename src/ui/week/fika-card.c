#include "config.h"

#include "ui/week/fika-card.h"

#include "base/fika-when.h"
#include "ui/catchup/fika-details.h"
#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/fika-compat.h"
#include "ui/widgets/fika-avatar.h"
#include "ui/widgets/fika-beside.h"
#include "ui/widgets/fika-kind-style.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n.h>

#define FACE_SIZE 24
#define FACES_IN_COLUMN 2
#define FACES_IN_LIST 3

struct _FikaCard
{
  GtkWidget parent_instance;

  FikaMainWindow *window; /* outlives the card */
  FikaOccurrence *occurrence;
  const char *tint;
  gboolean column; /* within a column rather than a list: there is less room beside the names */
  GtkWidget *menu; /* built when first asked for */
  GtkWidget *ask;  /* "Did it happen?"; built when needed */

  GtkButton *button;
  GtkWidget *first_line;
  GtkImage *icon;
  GtkLabel *time;
  GtkWidget *repeat;
  GtkImage *mark;
  GtkLabel *names;
  AdwBin *faces;
  GtkLabel *detail;
};

G_DEFINE_FINAL_TYPE (FikaCard, fika_card, GTK_TYPE_WIDGET)

/* What the third line says: its title where the second has names, the place, else what to raise. */
static char *
dup_detail (FikaCard *self, FikaPlan *plan, gboolean titled)
{
  const char *place = fika_plan_get_place (plan);
  const char *title = titled ? fika_plan_get_title (plan) : "";
  GPtrArray *people = fika_plan_get_people (plan);
  g_autoptr (GPtrArray) topics = NULL;

  if (title[0] != '\0' && place[0] != '\0')
    return g_strdup_printf ("%s · %s", title, place);
  if (title[0] != '\0' || place[0] != '\0')
    return g_strdup (title[0] != '\0' ? title : place);
  if (people->len != 1 || fika_occurrence_get_state (self->occurrence) != FIKA_STATE_PLANNED)
    return NULL;
  topics = fika_store_topics (fika_main_window_get_store (self->window),
                              g_ptr_array_index (people, 0), TRUE);
  if (topics == NULL || topics->len == 0)
    return NULL;
  return g_strdup (((FikaTopic *) g_ptr_array_index (topics, 0))->text);
}

static void
update_faces (FikaCard *self, FikaPlan *plan)
{
  GPtrArray *people = fika_plan_get_people (plan);

  adw_bin_set_child (self->faces,
                     people->len > 0 ? fika_avatars_new (
                         people, FACE_SIZE, self->column ? FACES_IN_COLUMN : FACES_IN_LIST)
                                     : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->faces), people->len > 0);
}

static void
set_tint (FikaCard *self, const char *tint)
{
  if (self->tint == tint)
    return;
  if (self->tint != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->tint);
  gtk_widget_add_css_class (GTK_WIDGET (self), tint);
  self->tint = tint;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
yes_cb (FikaCard *self)
{
  fika_occurrence_confirm (self->window, self->occurrence);
}

static void
build_ask (FikaCard *self)
{
  GtkWidget *question = gtk_label_new (_ ("Did it happen?"));
  GtkWidget *yes = gtk_button_new_with_mnemonic (_ ("_Yes"));

  self->ask = fika_wrap_new ();
  gtk_widget_add_css_class (self->ask, "card-ask");
  gtk_label_set_xalign (GTK_LABEL (question), 0);
  gtk_label_set_wrap (GTK_LABEL (question), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (question), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (question, TRUE);
  gtk_widget_add_css_class (question, "caption");
  gtk_widget_add_css_class (yes, "card-yes");
  gtk_widget_set_valign (yes, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (yes, "clicked", G_CALLBACK (yes_cb), self);
  fika_wrap_append (FIKA_WRAP (self->ask), question);
  fika_wrap_append (FIKA_WRAP (self->ask), yes);
  gtk_widget_set_parent (self->ask, GTK_WIDGET (self));
}

static void
update_ask (FikaCard *self, gboolean ask, const char *title)
{
  if (!ask)
    {
      g_clear_pointer (&self->ask, gtk_widget_unparent);
      return;
    }
  if (self->ask == NULL)
    {
      g_autofree char *label = NULL;

      build_ask (self);
      /* Translators: %s is a catch-up, such as "Call with Ada" */
      label = g_strdup_printf (_ ("Yes, it happened: %s"), title);
      fika_speak (gtk_widget_get_last_child (self->ask), label);
    }
}

static char *
dup_state_words (FikaState state, gboolean ask)
{
  switch (state)
    {
    case FIKA_STATE_HAPPENED:
      return g_strdup (C_ ("card", "happened"));
    case FIKA_STATE_SKIPPED:
      return g_strdup (C_ ("card", "skipped"));
    case FIKA_STATE_CANCELLED:
      return g_strdup (C_ ("card", "cancelled"));
    case FIKA_STATE_PLANNED:
    default:
      return g_strdup (ask ? C_ ("card", "did it happen?") : C_ ("card", "planned"));
    }
}

static void
clicked_cb (FikaCard *self)
{
  fika_details_present (self->window, self->occurrence);
}

/* The menu */

static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaCard *self = FIKA_CARD (widget);

  fika_occurrence_log (self->window, self->occurrence);
}

static void
skip_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaCard *self = FIKA_CARD (widget);

  fika_occurrence_skip (self->window, self->occurrence);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaCard *self = FIKA_CARD (widget);

  fika_occurrence_move (self->window, self->occurrence);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaCard *self = FIKA_CARD (widget);

  fika_occurrence_edit (self->window, self->occurrence);
}

static void
edit_series_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaCard *self = FIKA_CARD (widget);

  fika_occurrence_edit_series (self->window, self->occurrence);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaCard *self = FIKA_CARD (widget);

  fika_occurrence_delete (self->window, self->occurrence);
}

static GMenuModel *
menu_model_new (FikaOccurrence *occurrence)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) first = g_menu_new ();
  g_autoptr (GMenu) second = g_menu_new ();
  g_autoptr (GMenu) third = g_menu_new ();
  gboolean series = fika_occurrence_get_series (occurrence) != NULL;

  if (fika_occurrence_get_state (occurrence) == FIKA_STATE_PLANNED)
    {
      g_menu_append (first, _ ("_Log…"), "card.log");
      g_menu_append (first, _ ("_Skip"), "card.skip");
      g_menu_append (first, _ ("_Move…"), "card.move");
    }
  g_menu_append (second, series ? _ ("_Edit This One…") : _ ("_Edit…"), "card.edit");
  if (series)
    g_menu_append (second, _ ("Edit _All…"), "card.edit-series");
  g_menu_append (third, series ? _ ("_Delete All") : _ ("_Delete"), "card.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (first));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (second));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (third));
  return G_MENU_MODEL (menu);
}

static void
popup_menu (FikaCard *self, const GdkRectangle *at)
{
  g_autoptr (GMenuModel) model = menu_model_new (self->occurrence);

  if (self->menu == NULL)
    {
      self->menu = gtk_popover_menu_new_from_model (model);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
      gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), at);
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  popup_menu (FIKA_CARD (widget), &(GdkRectangle){ 12, gtk_widget_get_height (widget) - 6, 1, 1 });
}

static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, gpointer user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (user_data, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

static void
long_pressed_cb (GtkGestureLongPress *gesture, double x, double y, gpointer user_data)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  popup_menu (user_data, &(GdkRectangle){ (int) x, (int) y, 1, 1 });
}

/* Dragging */

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, gpointer user_data)
{
  FikaCard *self = user_data;

  if (fika_occurrence_get_state (self->occurrence) != FIKA_STATE_PLANNED)
    return NULL;
  return gdk_content_provider_new_typed (FIKA_TYPE_OCCURRENCE, self->occurrence);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, gpointer user_data)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (user_data);

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
fika_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FIKA_CARD (widget)->button));
}

static void
fika_card_dispose (GObject *object)
{
  FikaCard *self = FIKA_CARD (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->ask, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_CARD);
  g_clear_object (&self->occurrence);
  G_OBJECT_CLASS (fika_card_parent_class)->dispose (object);
}

static void
fika_card_class_init (FikaCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_card_dispose;
  widget_class->grab_focus = fika_card_grab_focus;

  g_type_ensure (FIKA_TYPE_BESIDE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/week/fika-card.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaCard, button);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, first_line);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, icon);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, time);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, repeat);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, mark);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, names);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, faces);
  gtk_widget_class_bind_template_child (widget_class, FikaCard, detail);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);

  gtk_widget_class_install_action (widget_class, "card.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "card.skip", NULL, skip_action);
  gtk_widget_class_install_action (widget_class, "card.move", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "card.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "card.edit-series", NULL, edit_series_action);
  gtk_widget_class_install_action (widget_class, "card.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "card.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "card.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "card.menu",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "card.delete", NULL);

  gtk_widget_class_set_css_name (widget_class, "fika-card");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fika_card_init (FikaCard *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect (hold, "pressed", G_CALLBACK (long_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "prepare", G_CALLBACK (drag_prepare_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * fika_card_new:
 * @window: the window it will be in
 * @occurrence: what it shows
 *
 * Returns: (transfer floating): a card
 */
GtkWidget *
fika_card_new (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaCard *self = g_object_new (FIKA_TYPE_CARD, NULL);

  self->window = window;
  self->occurrence = g_object_ref (occurrence);
  fika_card_update (self);
  return GTK_WIDGET (self);
}

/**
 * fika_card_get_occurrence:
 * @self: a card
 *
 * Returns: (transfer none): what it shows
 */
FikaOccurrence *
fika_card_get_occurrence (FikaCard *self)
{
  g_return_val_if_fail (FIKA_IS_CARD (self), NULL);

  return self->occurrence;
}

/**
 * fika_card_set_column:
 * @self: a card
 * @column: whether it is in a column of a week, rather than in a list
 */
void
fika_card_set_column (FikaCard *self, gboolean column)
{
  g_return_if_fail (FIKA_IS_CARD (self));

  if (self->column == column)
    return;
  self->column = column;
  update_faces (self, fika_occurrence_get_plan (self->occurrence));
}

/**
 * fika_card_update:
 * @self: a card
 *
 * Says anew what its rows hold and what the hour makes of it.
 */
void
fika_card_update (FikaCard *self)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  FikaPlan *plan = fika_occurrence_get_plan (self->occurrence);
  FikaState state = fika_occurrence_get_state (self->occurrence);
  FikaCivil start = fika_occurrence_here (self->occurrence);
  FikaWindow loose = fika_plan_get_window (plan);
  GPtrArray *with = fika_plan_get_people (plan);
  FikaGroup *group = fika_plan_get_group (plan);
  g_autofree char *when = fika_when_time_or_window (start, loose);
  g_autofree char *shown = fika_words_sentence (when);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *day = fika_when_day_full (fika_civil_day (start));
  g_autofree char *people = NULL;
  g_autofree char *detail = NULL;
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;
  gboolean ask = state == FIKA_STATE_PLANNED && !fika_store_is_read_only (store)
                 && fika_occurrence_is_past (self->occurrence, fika_store_now (store));
  gboolean named = with->len > 0 || group != NULL;

  if (with->len > 0 && group == NULL)
    people = fika_plan_dup_people_names (plan);
  else if (group != NULL)
    people = g_strdup (fika_group_get_name (group));
  detail = dup_detail (self, plan, named);

  set_tint (self, fika_plan_tint (plan));
  set_class (GTK_WIDGET (self), "loose", loose != FIKA_WINDOW_EXACT);
  set_class (GTK_WIDGET (self), "happened", state == FIKA_STATE_HAPPENED);
  set_class (GTK_WIDGET (self), "skipped",
             state == FIKA_STATE_SKIPPED || state == FIKA_STATE_CANCELLED);
  gtk_image_set_from_icon_name (self->icon, fika_kind_icon (fika_plan_get_kind (plan)));
  gtk_label_set_label (self->time, shown);
  gtk_label_set_label (self->names, named ? people : title);
  gtk_label_set_label (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  gtk_widget_set_visible (self->repeat, fika_occurrence_get_series (self->occurrence) != NULL
                                            && state == FIKA_STATE_PLANNED);
  if (state != FIKA_STATE_PLANNED)
    gtk_image_set_from_icon_name (
        self->mark, state == FIKA_STATE_HAPPENED ? "fika-happened-symbolic" : "fika-skip-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->mark), state != FIKA_STATE_PLANNED);
  update_faces (self, plan);
  update_ask (self, ask, title);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.log", state == FIKA_STATE_PLANNED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.skip", state == FIKA_STATE_PLANNED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "card.move", state == FIKA_STATE_PLANNED);

  words = dup_state_words (state, ask);
  /* Translators: what a screen reader says of a card: "Call with Ada, Sunday, 29 November 2026
   * 17:00, planned" */
  label = g_strdup_printf (_ ("%s, %s %s, %s"), title, day, when, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}
