#include "config.h"

#include "ui/widgets/fika-people-entry.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "ui/widgets/fika-avatar.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n.h>

#define FOUND_MAX 6
#define FOUND_WIDTH 260
#define AVATAR_SIZE 28

struct _FikaPeopleEntry
{
  GtkWidget parent_instance;

  FikaStore *store;
  GPtrArray *people; /* FikaPerson, live or new drafts */
  gboolean allow_new;

  GtkWidget *wrap;
  GtkEntry *entry;
  GtkWidget *popover; /* built when first needed */
  GtkListBox *found;
};

G_DEFINE_FINAL_TYPE (FikaPeopleEntry, fika_people_entry, GTK_TYPE_WIDGET)

enum
{
  PROP_STORE = 1,
  PROP_ALLOW_NEW,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A row of what was found: somebody, or the offer to add somebody. */
#define FIKA_TYPE_FOUND_ROW (fika_found_row_get_type ())
G_DECLARE_FINAL_TYPE (FikaFoundRow, fika_found_row, FIKA, FOUND_ROW, GtkListBoxRow)

struct _FikaFoundRow
{
  GtkListBoxRow parent_instance;
  FikaPerson *person;
};

G_DEFINE_FINAL_TYPE (FikaFoundRow, fika_found_row, GTK_TYPE_LIST_BOX_ROW)

static void
fika_found_row_dispose (GObject *object)
{
  g_clear_object (&FIKA_FOUND_ROW (object)->person);
  G_OBJECT_CLASS (fika_found_row_parent_class)->dispose (object);
}

static void
fika_found_row_class_init (FikaFoundRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_found_row_dispose;
}

static void
fika_found_row_init (FikaFoundRow *self)
{
}

static GtkWidget *
found_row_new (FikaPerson *person, const char *text)
{
  FikaFoundRow *self = g_object_new (FIKA_TYPE_FOUND_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *image = fika_person_get_id (person) != 0
                         ? fika_avatar_new (person, AVATAR_SIZE)
                         : gtk_image_new_from_icon_name ("list-add-symbolic");

  self->person = g_object_ref (person);
  gtk_widget_set_size_request (image, AVATAR_SIZE, -1);
  gtk_box_append (GTK_BOX (box), image);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return GTK_WIDGET (self);
}

static gboolean
has_person (FikaPeopleEntry *self, FikaPerson *person)
{
  for (guint i = 0; i < self->people->len; i++)
    {
      FikaPerson *there = g_ptr_array_index (self->people, i);

      if (there == person
          || (fika_person_get_id (person) != 0
              && fika_person_get_id (there) == fika_person_get_id (person))
          || (fika_person_get_id (person) == 0 && fika_person_get_id (there) == 0
              && fika_text_folded_equal (fika_person_get_name (there),
                                         fika_person_get_name (person))))
        return TRUE;
    }
  return FALSE;
}

/* Chips */

static void remove_person (FikaPeopleEntry *self, FikaPerson *person);

static void
remove_clicked_cb (GtkButton *button, gpointer user_data)
{
  FikaPeopleEntry *self
      = FIKA_PEOPLE_ENTRY (gtk_widget_get_ancestor (GTK_WIDGET (button), FIKA_TYPE_PEOPLE_ENTRY));

  if (self != NULL)
    remove_person (self, user_data);
}

static GtkWidget *
chip_new (FikaPerson *person)
{
  const char *name = fika_person_get_name (person);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *text = g_strdup_printf (_ ("Remove %s"), name);

  gtk_widget_add_css_class (chip, "chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_add_css_class (remove, "circular");
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (remove, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), person, 0);
  gtk_box_append (GTK_BOX (chip), fika_avatar_new (person, 24));
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), remove);
  return chip;
}

/* The entry stays the last child throughout: it must keep the keyboard. */
static void
show_chips (FikaPeopleEntry *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->wrap)) != GTK_WIDGET (self->entry))
    gtk_widget_unparent (child);
  for (guint i = 0; i < self->people->len; i++)
    gtk_widget_insert_before (chip_new (g_ptr_array_index (self->people, i)), self->wrap,
                              GTK_WIDGET (self->entry));
  gtk_entry_set_placeholder_text (self->entry,
                                  self->people->len > 0 ? _ ("And who else?") : _ ("Who?"));
}

static void
remove_person (FikaPeopleEntry *self, FikaPerson *person)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (g_ptr_array_remove (self->people, person))
    {
      show_chips (self);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
}

/* Finding */

static void
close_found (FikaPeopleEntry *self)
{
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
take (FikaPeopleEntry *self, FikaPerson *person)
{
  if (!has_person (self, person))
    g_ptr_array_add (self->people, g_object_ref (person));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  close_found (self);
  show_chips (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_activated_cb (FikaPeopleEntry *self, GtkListBoxRow *row)
{
  g_autoptr (FikaPerson) person = g_object_ref (FIKA_FOUND_ROW (row)->person);

  take (self, person);
}

static void
build_popover (FikaPeopleEntry *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->popover = gtk_popover_new ();
  gtk_popover_set_autohide (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self->popover), GTK_POS_BOTTOM);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->popover, "found");
  gtk_widget_add_css_class (self->popover, "menu");
  self->found = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->found, GTK_SELECTION_BROWSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->found), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->found), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("People found"), -1);
  g_signal_connect_object (self->found, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->found));
  gtk_widget_set_size_request (scroller, FOUND_WIDTH, -1);
  gtk_popover_set_offset (GTK_POPOVER (self->popover), 0, 4);
  gtk_popover_set_child (GTK_POPOVER (self->popover), scroller);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

static guint
add_found (FikaPeopleEntry *self, const char *text)
{
  g_autoptr (GArray) ids
      = fika_store_people_ids (self->store, text, FIKA_PEOPLE_BY_NAME, FALSE, NULL);
  gboolean exact = FALSE;
  guint n = 0;

  for (guint i = 0; ids != NULL && i < ids->len && n < FOUND_MAX; i++)
    {
      g_autoptr (FikaPerson) person
          = fika_store_get_person (self->store, g_array_index (ids, int64_t, i), NULL);

      if (person == NULL)
        continue;
      exact = exact || fika_text_folded_equal (fika_person_get_name (person), text);
      if (has_person (self, person))
        continue;
      gtk_list_box_append (self->found, found_row_new (person, fika_person_get_name (person)));
      n++;
    }
  if (!exact && self->allow_new)
    {
      g_autofree char *name = fika_text_check_name (text, _ ("The name"), NULL);
      g_autoptr (FikaPerson) person = NULL;
      g_autofree char *offer = NULL;

      if (name == NULL)
        return n;
      person = fika_person_new (name);
      if (has_person (self, person))
        return n;
      offer = g_strdup_printf (_ ("Add “%s”"), name);
      gtk_list_box_append (self->found, found_row_new (person, offer));
      n++;
    }
  return n;
}

static void
update_found (FikaPeopleEntry *self)
{
  g_autofree char *text = fika_text_clean_line (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  graphene_rect_t bounds;
  GtkWidget *row;
  guint n;

  if (text == NULL || text[0] == '\0' || self->store == NULL
      || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      close_found (self);
      return;
    }
  if (self->popover == NULL)
    build_popover (self);
  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->found, 0))) != NULL)
    gtk_list_box_remove (self->found, row);
  n = add_found (self, text);
  if (n == 0)
    {
      close_found (self);
      return;
    }
  gtk_list_box_select_row (self->found, gtk_list_box_get_row_at_index (self->found, 0));
  if (gtk_widget_compute_bounds (GTK_WIDGET (self->entry), GTK_WIDGET (self), &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                                 &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                  (int) bounds.size.width,
                                                  (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
text_changed_cb (FikaPeopleEntry *self)
{
  update_found (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
is_open (FikaPeopleEntry *self)
{
  return self->popover != NULL && gtk_widget_get_visible (self->popover);
}

static void
move_selection (FikaPeopleEntry *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->found);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;

  row = gtk_list_box_get_row_at_index (self->found, MAX (0, index));
  if (row != NULL)
    gtk_list_box_select_row (self->found, row);
}

static gboolean
take_selected (FikaPeopleEntry *self)
{
  GtkListBoxRow *row = is_open (self) ? gtk_list_box_get_selected_row (self->found) : NULL;

  if (row == NULL)
    return FALSE;
  row_activated_cb (self, row);
  return TRUE;
}

static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                gpointer user_data)
{
  FikaPeopleEntry *self = user_data;
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gboolean empty = gtk_editable_get_text (GTK_EDITABLE (self->entry))[0] == '\0';

  if (modifiers != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Down:
    case GDK_KEY_Up:
      if (!is_open (self))
        return FALSE;
      move_selection (self, keyval == GDK_KEY_Down ? 1 : -1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_comma:
      return take_selected (self);
    case GDK_KEY_Escape:
      if (!is_open (self))
        return FALSE;
      close_found (self);
      return TRUE;
    case GDK_KEY_BackSpace:
      if (!empty || self->people->len == 0)
        return FALSE;
      remove_person (self, g_ptr_array_index (self->people, self->people->len - 1));
      return TRUE;
    default:
      return FALSE;
    }
}

/* Going on to the next field with a name typed in full takes that person. */
static void
leave_cb (FikaPeopleEntry *self)
{
  close_found (self);
  fika_people_entry_finish (self, NULL);
}

static void
fika_people_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaPeopleEntry *self = FIKA_PEOPLE_ENTRY (object);

  switch (id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_ALLOW_NEW:
      g_value_set_boolean (value, self->allow_new);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_people_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaPeopleEntry *self = FIKA_PEOPLE_ENTRY (object);

  switch (id)
    {
    case PROP_STORE:
      fika_people_entry_set_store (self, g_value_get_object (value));
      break;
    case PROP_ALLOW_NEW:
      self->allow_new = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static gboolean
fika_people_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FIKA_PEOPLE_ENTRY (widget)->entry));
}

static void
fika_people_entry_dispose (GObject *object)
{
  FikaPeopleEntry *self = FIKA_PEOPLE_ENTRY (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  G_OBJECT_CLASS (fika_people_entry_parent_class)->dispose (object);
}

static void
fika_people_entry_class_init (FikaPeopleEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_people_entry_get_property;
  object_class->set_property = fika_people_entry_set_property;
  object_class->dispose = fika_people_entry_dispose;
  widget_class->grab_focus = fika_people_entry_grab_focus;

  props[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, FIKA_TYPE_STORE,
                                           G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_ALLOW_NEW] = g_param_spec_boolean ("allow-new", NULL, NULL, TRUE,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fika-people-entry");
}

static void
fika_people_entry_init (FikaPeopleEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->people = g_ptr_array_new_with_free_func (g_object_unref);
  self->allow_new = TRUE;
  self->wrap = fika_wrap_new ();
  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_entry_set_activates_default (self->entry, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("With"), -1);
  fika_wrap_append (FIKA_WRAP (self->wrap), GTK_WIDGET (self->entry));
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  show_chips (self);

  g_signal_connect_object (self->entry, "changed", G_CALLBACK (text_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

/**
 * fika_people_entry_new:
 * @store: where people are
 *
 * Returns: (transfer floating): an entry with nobody in it
 */
GtkWidget *
fika_people_entry_new (FikaStore *store)
{
  return g_object_new (FIKA_TYPE_PEOPLE_ENTRY, "store", store, NULL);
}

/**
 * fika_people_entry_set_store:
 * @self: the entry
 * @store: (nullable): where people are
 */
void
fika_people_entry_set_store (FikaPeopleEntry *self, FikaStore *store)
{
  g_return_if_fail (FIKA_IS_PEOPLE_ENTRY (self));

  g_set_object (&self->store, store);
}

/**
 * fika_people_entry_set_people:
 * @self: the entry
 * @people: (element-type FikaPerson): who is in it
 */
void
fika_people_entry_set_people (FikaPeopleEntry *self, GPtrArray *people)
{
  g_return_if_fail (FIKA_IS_PEOPLE_ENTRY (self));
  g_return_if_fail (people != NULL);

  g_ptr_array_set_size (self->people, 0);
  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (self->people, g_object_ref (g_ptr_array_index (people, i)));
  show_chips (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * fika_people_entry_add:
 * @self: the entry
 * @person: one more
 */
void
fika_people_entry_add (FikaPeopleEntry *self, FikaPerson *person)
{
  g_return_if_fail (FIKA_IS_PEOPLE_ENTRY (self));
  g_return_if_fail (FIKA_IS_PERSON (person));

  if (has_person (self, person))
    return;
  g_ptr_array_add (self->people, g_object_ref (person));
  show_chips (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * fika_people_entry_get_people:
 * @self: the entry
 *
 * Returns: (transfer none) (element-type FikaPerson): who is in it; those without an id are new
 */
GPtrArray *
fika_people_entry_get_people (FikaPeopleEntry *self)
{
  g_return_val_if_fail (FIKA_IS_PEOPLE_ENTRY (self), NULL);

  return self->people;
}

/**
 * fika_people_entry_finish:
 * @self: the entry
 * @error: what is to be done about the text that is there
 *
 * Takes the person whose name was typed but not chosen. The text stays where it is nobody's name.
 *
 * Returns: whether no text is left
 */
gboolean
fika_people_entry_finish (FikaPeopleEntry *self, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GError) failed = NULL;
  g_autofree char *shown = NULL;

  g_return_val_if_fail (FIKA_IS_PEOPLE_ENTRY (self), FALSE);

  text = fika_text_clean_line (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  if (text == NULL || text[0] == '\0')
    return TRUE;
  person = fika_store_find_person (self->store, text, &failed);
  if (person != NULL)
    {
      if (!has_person (self, person))
        g_ptr_array_add (self->people, g_steal_pointer (&person));
      gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
      close_found (self);
      show_chips (self);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return TRUE;
    }
  if (!g_error_matches (failed, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return FALSE;
    }
  shown = fika_text_clip (text, 40);
  g_set_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
               self->allow_new ? _ (
                   "Nobody here is called “%s”. Press Enter in the field to add them, or choose "
                   "another name.")
                               : _ ("Nobody here is called “%s”. Choose another name."),
               shown);
  return FALSE;
}

/**
 * fika_people_entry_get_text:
 * @self: the entry
 *
 * Returns: (transfer none): what is typed and nobody yet
 */
const char *
fika_people_entry_get_text (FikaPeopleEntry *self)
{
  g_return_val_if_fail (FIKA_IS_PEOPLE_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * fika_people_entry_get_entry:
 * @self: the entry
 *
 * Returns: (transfer none): where one types
 */
GtkWidget *
fika_people_entry_get_entry (FikaPeopleEntry *self)
{
  g_return_val_if_fail (FIKA_IS_PEOPLE_ENTRY (self), NULL);

  return GTK_WIDGET (self->entry);
}
