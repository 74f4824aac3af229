#include "config.h"

#include "ui/people/fika-person-editor.h"

#include "base/fika-error.h"
#include "command/fika-commands.h"
#include "ui/fika-compat.h"
#include "ui/widgets/fika-contact-edit-row.h"
#include "ui/widgets/fika-form.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n-lib.h>

/* The choices of the row "How often", in order. */
typedef enum
{
  CADENCE_OF_CIRCLE,
  CADENCE_OWN,
  CADENCE_NONE,
} CadenceChoice;

struct _FikaPersonEditor
{
  FikaSheet parent_instance;

  FikaPage *page;
  GtkWidget *save_button;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkWidget *name_row;
  GtkWidget *nickname_row;
  GtkWidget *pronouns_row;
  AdwComboRow *circle_row;
  AdwComboRow *cadence_row;
  GtkWidget *ideal_row;
  GtkWidget *latest_row;
  GtkSpinButton *ideal_spin;
  GtkSpinButton *latest_spin;
  FikaWrap *ties_box;
  AdwPreferencesGroup *contacts_group;
  GtkDropDown *day_drop;
  GtkDropDown *month_drop;
  GtkEditable *year_entry;
  GtkWidget *zone_row;
  GtkWidget *met_row;
  GtkWidget *tags_row;
  GtkTextView *notes_view;

  FikaMainWindow *window; /* outlives its sheets */
  FikaPerson *person;     /* live; NULL for a new one */
  GPtrArray *circles;     /* FikaCircle */
  GPtrArray *contact_rows;
  GtkWidget *tie_buttons[FIKA_N_TIES];
  gboolean filling;
  gboolean changed;
};

G_DEFINE_FINAL_TYPE (FikaPersonEditor, fika_person_editor, FIKA_TYPE_SHEET)

static void
show_error (FikaPersonEditor *self, const char *text)
{
  gtk_label_set_label (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

static void
changed_cb (FikaPersonEditor *self)
{
  if (self->filling)
    return;
  self->changed = TRUE;
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
}

static const FikaCircle *
chosen_circle (FikaPersonEditor *self)
{
  guint selected = adw_combo_row_get_selected (self->circle_row);

  return selected < self->circles->len ? g_ptr_array_index (self->circles, selected) : NULL;
}

static void
update_cadence (FikaPersonEditor *self)
{
  gboolean own = adw_combo_row_get_selected (self->cadence_row) == CADENCE_OWN;

  gtk_widget_set_visible (self->ideal_row, own);
  gtk_widget_set_visible (self->latest_row, own);
}

static void
circle_changed_cb (FikaPersonEditor *self)
{
  const FikaCircle *circle = chosen_circle (self);

  /* A rhythm of one's own begins from the circle's. */
  if (circle != NULL && circle->ideal > 0
      && adw_combo_row_get_selected (self->cadence_row) != CADENCE_OWN)
    {
      gboolean filling = self->filling;

      self->filling = TRUE;
      gtk_spin_button_set_value (self->ideal_spin, circle->ideal);
      gtk_spin_button_set_value (self->latest_spin, circle->latest);
      self->filling = filling;
    }
  changed_cb (self);
}

static void
cadence_changed_cb (FikaPersonEditor *self)
{
  update_cadence (self);
  changed_cb (self);
}

static void
remove_contact_cb (FikaPersonEditor *self, GtkWidget *row)
{
  adw_preferences_group_remove (self->contacts_group, row);
  g_ptr_array_remove (self->contact_rows, row);
  changed_cb (self);
}

static GtkWidget *
add_contact_row (FikaPersonEditor *self, const FikaContact *contact)
{
  GtkWidget *row = fika_contact_edit_row_new (contact);

  g_signal_connect_object (row, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "remove", G_CALLBACK (remove_contact_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->contacts_group, row);
  g_ptr_array_add (self->contact_rows, row);

  return row;
}

static void
add_contact_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaPersonEditor *self = FIKA_PERSON_EDITOR (widget);
  FikaContactKind kind;
  g_autoptr (FikaContact) contact = NULL;

  if (!fika_contact_kind_parse (g_variant_get_string (parameter, NULL), &kind))
    return;
  contact = fika_contact_new (kind, "", "");
  gtk_widget_grab_focus (add_contact_row (self, contact));
}

static guint
collect_ties (FikaPersonEditor *self)
{
  guint ties = 0;

  for (FikaTie tie = 0; tie < FIKA_N_TIES; tie++)
    {
      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->tie_buttons[tie])))
        ties |= 1u << tie;
    }

  return ties;
}

static void
collect_cadence (FikaPersonEditor *self, FikaPerson *draft)
{
  switch ((CadenceChoice) adw_combo_row_get_selected (self->cadence_row))
    {
    case CADENCE_OWN:
      fika_person_set_cadence (draft, gtk_spin_button_get_value_as_int (self->ideal_spin),
                               gtk_spin_button_get_value_as_int (self->latest_spin));
      break;
    case CADENCE_NONE:
      fika_person_set_cadence (draft, FIKA_CADENCE_NONE, FIKA_CADENCE_NONE);
      break;
    case CADENCE_OF_CIRCLE:
    default:
      fika_person_set_cadence (draft, FIKA_CADENCE_FROM_CIRCLE, FIKA_CADENCE_FROM_CIRCLE);
      break;
    }
}

static void
collect_contacts (FikaPersonEditor *self, FikaPerson *draft)
{
  g_autoptr (GPtrArray) contacts = NULL;

  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  for (guint i = 0; i < self->contact_rows->len; i++)
    {
      FikaContactEditRow *row = g_ptr_array_index (self->contact_rows, i);
      FikaContact *contact = fika_contact_edit_row_dup_contact (row);

      if (contact != NULL)
        g_ptr_array_add (contacts, contact);
    }
  fika_person_set_contacts (draft, contacts);
}

/* The birthday of the form, and every other day as it was. */
static gboolean
collect_occasions (FikaPersonEditor *self, FikaPerson *draft, GError **error)
{
  GPtrArray *old = fika_person_get_occasions (draft);
  int day = (int) gtk_drop_down_get_selected (self->day_drop);
  int month = (int) gtk_drop_down_get_selected (self->month_drop);
  const char *year_text = gtk_editable_get_text (self->year_entry);
  guint64 year = 0;
  g_autoptr (GPtrArray) occasions = NULL;

  if ((day == 0) != (month == 0))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Choose both the day and the month of the birthday, or neither."));
      return FALSE;
    }
  if (*year_text != '\0'
      && (!g_ascii_string_to_unsigned (year_text, 10, FIKA_YEAR_FIRST, FIKA_YEAR_LAST, &year, NULL)
          || day == 0))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Give the year of birth in four digits, with a day and a month, or "
                              "leave it empty."));
      return FALSE;
    }
  if (day > 0 && !fika_ymd_valid (year > 0 ? (int) year : 2000, month, day))
    {
      g_set_error_literal (
          error, FIKA_ERROR, FIKA_ERROR_INVALID,
          _ ("There is no such day. Choose another day or month for the birthday."));
      return FALSE;
    }

  occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  if (day > 0)
    g_ptr_array_add (occasions,
                     fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", (int) year, month, day));
  for (guint i = 0; i < old->len; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (old, i);

      if (occasion->kind != FIKA_OCCASION_BIRTHDAY)
        g_ptr_array_add (occasions, fika_occasion_copy (occasion));
    }
  fika_person_set_occasions (draft, occasions);

  return TRUE;
}

/* What the form holds, as a draft. */
static FikaPerson *
collect (FikaPersonEditor *self, GError **error)
{
  g_autoptr (FikaPerson) draft = NULL;
  g_autofree char *name = fika_form_row_text (self->name_row);
  g_autofree char *nickname = fika_form_row_text (self->nickname_row);
  g_autofree char *pronouns = fika_form_row_text (self->pronouns_row);
  g_autofree char *zone = fika_form_row_text (self->zone_row);
  g_autofree char *met = fika_form_row_text (self->met_row);
  g_autofree char *notes = fika_form_view_text (self->notes_view);
  g_autoptr (GPtrArray) tags = fika_form_row_words (self->tags_row);
  const FikaCircle *circle = chosen_circle (self);

  draft = self->person != NULL ? fika_person_copy (self->person) : fika_person_new ("");
  fika_person_set_name (draft, name);
  g_object_set (draft, "nickname", nickname, "pronouns", pronouns, "zone", zone, "how-met", met,
                "notes", notes, NULL);
  if (circle != NULL)
    fika_person_set_circle_id (draft, circle->id);
  fika_person_set_ties (draft, collect_ties (self));
  collect_cadence (self, draft);
  collect_contacts (self, draft);
  fika_person_set_tags (draft, tags);
  if (!collect_occasions (self, draft, error))
    return NULL;

  return g_steal_pointer (&draft);
}

static void
save_cb (FikaPersonEditor *self)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  gboolean is_new = self->person == NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autofree char *text = NULL;

  draft = collect (self, &error);
  if (draft != NULL)
    person = fika_command_save_person (store, draft, FIKA_SOURCE_WINDOW, &error);
  if (person == NULL)
    {
      show_error (self, error->message);
      if (*gtk_editable_get_text (GTK_EDITABLE (self->name_row)) == '\0')
        gtk_widget_grab_focus (self->name_row);
      return;
    }

  self->changed = FALSE;
  text = g_strdup_printf (is_new ? _ ("%s is added") : _ ("%s is saved"),
                          fika_person_get_name (person));
  fika_main_window_toast_undo (self->window, text);
  if (is_new)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "app.open-person", "s",
                                fika_person_get_uid (person));
  fika_sheet_close (FIKA_SHEET (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save_cb (FIKA_PERSON_EDITOR (widget));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fika_sheet_request_close (FIKA_SHEET (widget));
}

static gboolean
fika_person_editor_may_close (FikaSheet *sheet)
{
  FikaPersonEditor *self = FIKA_PERSON_EDITOR (sheet);

  if (!self->changed)
    return TRUE;
  fika_form_ask_discard (sheet);

  return FALSE;
}

/* The button in a drop-down is what gets the keyboard, and has no name of its own in GTK 4.8. */
static void
name_drop_down (GtkDropDown *drop, const char *name)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop));

  fika_speak (GTK_WIDGET (drop), name);
  fika_speak (button, name);
}

static void
fill_lists (FikaPersonEditor *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) days = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) months = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->circles->len; i++)
    gtk_string_list_append (names, ((FikaCircle *) g_ptr_array_index (self->circles, i))->name);
  adw_combo_row_set_model (self->circle_row, G_LIST_MODEL (names));

  gtk_string_list_append (days, "–");
  for (int day = 1; day <= 31; day++)
    {
      g_autofree char *text = g_strdup_printf ("%d", day);

      gtk_string_list_append (days, text);
    }
  gtk_drop_down_set_model (self->day_drop, G_LIST_MODEL (days));

  gtk_string_list_append (months, "–");
  for (int month = 1; month <= 12; month++)
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (2000, month, 1, 0, 0, 0);
      g_autofree char *text = g_date_time_format (date, "%b");

      gtk_string_list_append (months, text);
    }
  gtk_drop_down_set_model (self->month_drop, G_LIST_MODEL (months));
  name_drop_down (self->day_drop, _ ("Day of the birthday"));
  name_drop_down (self->month_drop, _ ("Month of the birthday"));

  for (FikaTie tie = 0; tie < FIKA_N_TIES; tie++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (fika_tie_label (tie));

      gtk_widget_add_css_class (button, "choice");
      g_signal_connect_object (button, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      fika_wrap_append (self->ties_box, button);
      self->tie_buttons[tie] = button;
    }
}

static void
fill_contacts (FikaPersonEditor *self, FikaPerson *person)
{
  GPtrArray *contacts = fika_person_get_contacts (person);
  gboolean phone = FALSE;
  gboolean email = FALSE;

  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);

      add_contact_row (self, contact);
      phone = phone || contact->kind == FIKA_CONTACT_PHONE;
      email = email || contact->kind == FIKA_CONTACT_EMAIL;
    }

  /* The two that nearly everybody has are there to be typed into. */
  if (!phone)
    {
      g_autoptr (FikaContact) contact = fika_contact_new (FIKA_CONTACT_PHONE, "", "");

      add_contact_row (self, contact);
    }
  if (!email)
    {
      g_autoptr (FikaContact) contact = fika_contact_new (FIKA_CONTACT_EMAIL, "", "");

      add_contact_row (self, contact);
    }
}

static void
fill_cadence (FikaPersonEditor *self, FikaPerson *person)
{
  int ideal = fika_person_get_ideal (person);

  if (ideal == FIKA_CADENCE_FROM_CIRCLE)
    {
      adw_combo_row_set_selected (self->cadence_row, CADENCE_OF_CIRCLE);
    }
  else if (ideal == FIKA_CADENCE_NONE)
    {
      adw_combo_row_set_selected (self->cadence_row, CADENCE_NONE);
    }
  else
    {
      adw_combo_row_set_selected (self->cadence_row, CADENCE_OWN);
      gtk_spin_button_set_value (self->ideal_spin, ideal);
      gtk_spin_button_set_value (self->latest_spin, fika_person_get_latest (person));
    }
  update_cadence (self);
}

static void
fill (FikaPersonEditor *self, FikaPerson *person)
{
  const FikaOccasion *birthday = fika_person_get_birthday (person);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name_row), fika_person_get_name (person));
  gtk_editable_set_text (GTK_EDITABLE (self->nickname_row), fika_person_get_nickname (person));
  gtk_editable_set_text (GTK_EDITABLE (self->pronouns_row), fika_person_get_pronouns (person));
  gtk_editable_set_text (GTK_EDITABLE (self->zone_row), fika_person_get_zone (person));
  gtk_editable_set_text (GTK_EDITABLE (self->met_row), fika_person_get_how_met (person));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes_view),
                            fika_person_get_notes (person), -1);

  for (guint i = 0; i < self->circles->len; i++)
    {
      const FikaCircle *circle = g_ptr_array_index (self->circles, i);

      if (circle->id == fika_person_get_circle_id (person))
        adw_combo_row_set_selected (self->circle_row, i);
    }
  for (FikaTie tie = 0; tie < FIKA_N_TIES; tie++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->tie_buttons[tie]),
                                  (fika_person_get_ties (person) & (1u << tie)) != 0);
  fika_form_fill_words (self->tags_row, fika_person_get_tags (person));

  if (birthday != NULL)
    {
      gtk_drop_down_set_selected (self->day_drop, birthday->day);
      gtk_drop_down_set_selected (self->month_drop, birthday->month);
      if (birthday->year > 0)
        {
          g_autofree char *year = g_strdup_printf ("%d", birthday->year);

          gtk_editable_set_text (self->year_entry, year);
        }
    }

  fill_contacts (self, person);
  fill_cadence (self, person);
  self->filling = FALSE;
}

static void
fika_person_editor_dispose (GObject *object)
{
  FikaPersonEditor *self = FIKA_PERSON_EDITOR (object);

  g_clear_object (&self->person);
  g_clear_pointer (&self->circles, g_ptr_array_unref);
  g_clear_pointer (&self->contact_rows, g_ptr_array_unref);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_PERSON_EDITOR);

  G_OBJECT_CLASS (fika_person_editor_parent_class)->dispose (object);
}

static void
fika_person_editor_class_init (FikaPersonEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FikaSheetClass *sheet_class = FIKA_SHEET_CLASS (klass);

  object_class->dispose = fika_person_editor_dispose;
  sheet_class->may_close = fika_person_editor_may_close;

  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_WRAP);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-person-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, page);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, save_button);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, error_label);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, nickname_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, pronouns_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, circle_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, cadence_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, ideal_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, latest_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, ideal_spin);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, latest_spin);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, ties_box);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, contacts_group);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, day_drop);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, month_drop);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, year_entry);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, zone_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, met_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, tags_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonEditor, notes_view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, circle_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cadence_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "editor.add-contact", "s", add_contact_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "editor.save", NULL);
}

static void
fika_person_editor_init (FikaPersonEditor *self)
{
  self->contact_rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->notes_view), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * fika_person_editor_present:
 * @window: the window
 * @person: (nullable): who to change; %NULL for someone new
 *
 * Opens the form.
 */
void
fika_person_editor_present (FikaMainWindow *window, FikaPerson *person)
{
  FikaPersonEditor *self;
  g_autoptr (FikaPerson) empty = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (person == NULL || FIKA_IS_PERSON (person));

  self = g_object_new (FIKA_TYPE_PERSON_EDITOR, NULL);
  self->window = window;
  self->person = person != NULL ? g_object_ref (person) : NULL;
  self->circles = fika_store_circles (fika_main_window_get_store (window));
  fill_lists (self);
  empty = fika_person_new ("");
  fill (self, person != NULL ? person : empty);

  fika_page_set_title (self->page, person != NULL ? _ ("Edit Person") : _ ("New Person"));
  fika_sheet_set_focus (FIKA_SHEET (self), self->name_row);
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window),
                      person != NULL ? _ ("Edit Person") : _ ("New Person"), 480, 640);
}
