#include "config.h"

#include "ui/groups/fika-group-editor.h"

#include "base/fika-error.h"
#include "command/fika-commands.h"
#include "ui/widgets/fika-contact-edit-row.h"
#include "ui/widgets/fika-date-row.h"
#include "ui/widgets/fika-form.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n-lib.h>

/* Longest way and largest group that the form takes. */
#define TRAVEL_MAX 1440
#define SIZE_MAX_PEOPLE 1000000

struct _FikaGroupEditor
{
  FikaSheet parent_instance;

  FikaPage *page;
  GtkRevealer *error_revealer;
  GtkLabel *error_label;
  GtkWidget *name_row;
  AdwComboRow *type_row;
  AdwComboRow *stage_row;
  GtkWidget *step_row;
  FikaDateRow *step_day_row;
  GtkWidget *place_row;
  GtkWidget *link_row;
  GtkWidget *travel_row;
  GtkWidget *cost_row;
  GtkWidget *size_row;
  AdwComboRow *lively_row;
  AdwComboRow *online_row;
  GtkWidget *interests_row;
  GtkWidget *values_row;
  AdwPreferencesGroup *contacts_group;
  GtkSwitch *private_switch;
  GtkTextView *notes_view;

  FikaMainWindow *window; /* outlives its sheets */
  FikaGroup *group;       /* live; NULL for a new one */
  GPtrArray *contact_rows;
  gboolean filling;
  gboolean changed;
};

G_DEFINE_FINAL_TYPE (FikaGroupEditor, fika_group_editor, FIKA_TYPE_SHEET)

static void
changed_cb (FikaGroupEditor *self)
{
  if (self->filling)
    return;
  self->changed = TRUE;
  gtk_revealer_set_reveal_child (self->error_revealer, FALSE);
}

static void
show_error (FikaGroupEditor *self, const char *text)
{
  gtk_label_set_label (self->error_label, text);
  gtk_revealer_set_reveal_child (self->error_revealer, TRUE);
}

static void
remove_contact_cb (FikaGroupEditor *self, GtkWidget *row)
{
  adw_preferences_group_remove (self->contacts_group, row);
  g_ptr_array_remove (self->contact_rows, row);
  changed_cb (self);
}

static GtkWidget *
add_contact_row (FikaGroupEditor *self, const FikaContact *contact)
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
  FikaGroupEditor *self = FIKA_GROUP_EDITOR (widget);
  FikaContactKind kind;
  g_autoptr (FikaContact) contact = NULL;

  if (!fika_contact_kind_parse (g_variant_get_string (parameter, NULL), &kind))
    return;
  contact = fika_contact_new (kind, "", "");
  gtk_widget_grab_focus (add_contact_row (self, contact));
}

/* A whole number up to @max, or -1 where nothing is typed. */
static gboolean
row_number (GtkWidget *row, int max, const char *complaint, int *number, GError **error)
{
  g_autofree char *text = fika_form_row_text (row);
  guint64 value;

  *number = -1;
  if (*text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, max, &value, NULL))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID, complaint);
      return FALSE;
    }
  *number = (int) value;

  return TRUE;
}

static void
collect_contacts (FikaGroupEditor *self, FikaGroup *draft)
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
  fika_group_set_contacts (draft, contacts);
}

static gboolean
collect_numbers (FikaGroupEditor *self, FikaGroup *draft, GError **error)
{
  g_autofree char *day_text = fika_form_row_text (GTK_WIDGET (self->step_day_row));
  FikaDay day = FIKA_DAY_NONE;
  int travel, size;

  if (*day_text != '\0')
    {
      day = fika_date_row_get_day (self->step_day_row, error);
      if (day == FIKA_DAY_NONE)
        return FALSE;
    }
  if (!row_number (self->travel_row, TRAVEL_MAX,
                   _ ("Give the minutes to get there as a number, or leave it empty."), &travel,
                   error)
      || !row_number (self->size_row, SIZE_MAX_PEOPLE,
                      _ ("Give how many people come as a number, or leave it empty."), &size,
                      error))
    return FALSE;

  g_object_set (draft, "next-step-day", day, "travel-minutes", travel, "size", size, NULL);

  return TRUE;
}

/* What the form holds, as a draft. */
static FikaGroup *
collect (FikaGroupEditor *self, GError **error)
{
  g_autoptr (FikaGroup) draft = NULL;
  g_autofree char *name = fika_form_row_text (self->name_row);
  g_autofree char *step = fika_form_row_text (self->step_row);
  g_autofree char *place = fika_form_row_text (self->place_row);
  g_autofree char *link = fika_form_row_text (self->link_row);
  g_autofree char *cost = fika_form_row_text (self->cost_row);
  g_autofree char *notes = fika_form_view_text (self->notes_view);
  g_autoptr (GPtrArray) interests = fika_form_row_words (self->interests_row);
  g_autoptr (GPtrArray) values = fika_form_row_words (self->values_row);

  draft = self->group != NULL ? fika_group_copy (self->group) : fika_group_new ("");
  g_object_set (draft, "name", name, "next-step", step, "place", place, "link", link, "cost", cost,
                "notes", notes, "group-type", (int) adw_combo_row_get_selected (self->type_row),
                "stage", (int) adw_combo_row_get_selected (self->stage_row), "lively",
                (int) adw_combo_row_get_selected (self->lively_row), "online",
                (int) adw_combo_row_get_selected (self->online_row), "private-group",
                gtk_switch_get_active (self->private_switch), NULL);
  fika_group_set_interests (draft, interests);
  fika_group_set_values (draft, values);
  collect_contacts (self, draft);
  if (!collect_numbers (self, draft, error))
    return NULL;

  return g_steal_pointer (&draft);
}

static void
save_cb (FikaGroupEditor *self)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  gboolean is_new = self->group == NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaGroup) draft = collect (self, &error);
  g_autoptr (FikaGroup) group = NULL;
  g_autofree char *text = NULL;

  if (draft != NULL)
    group = fika_command_save_group (store, draft, FIKA_SOURCE_WINDOW, &error);
  if (group == NULL)
    {
      show_error (self, error->message);
      if (*gtk_editable_get_text (GTK_EDITABLE (self->name_row)) == '\0')
        gtk_widget_grab_focus (self->name_row);
      return;
    }

  self->changed = FALSE;
  text = g_strdup_printf (is_new ? _ ("%s is added") : _ ("%s is saved"),
                          fika_group_get_name (group));
  fika_main_window_toast_undo (self->window, text);
  if (is_new)
    gtk_widget_activate_action (GTK_WIDGET (self->window), "app.open-group", "s",
                                fika_group_get_uid (group));
  fika_sheet_close (FIKA_SHEET (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  save_cb (FIKA_GROUP_EDITOR (widget));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  fika_sheet_request_close (FIKA_SHEET (widget));
}

static gboolean
fika_group_editor_may_close (FikaSheet *sheet)
{
  FikaGroupEditor *self = FIKA_GROUP_EDITOR (sheet);

  if (!self->changed)
    return TRUE;
  fika_form_ask_discard (sheet);

  return FALSE;
}

static void
fill (FikaGroupEditor *self, FikaGroup *group)
{
  GPtrArray *contacts = fika_group_get_contacts (group);
  g_autofree char *travel = NULL;
  g_autofree char *size = NULL;

  if (fika_group_get_travel_minutes (group) >= 0)
    travel = g_strdup_printf ("%d", fika_group_get_travel_minutes (group));
  if (fika_group_get_size (group) >= 0)
    size = g_strdup_printf ("%d", fika_group_get_size (group));

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), fika_group_get_name (group));
  gtk_editable_set_text (GTK_EDITABLE (self->step_row), fika_group_get_next_step (group));
  fika_date_row_set_day (self->step_day_row, fika_group_get_next_step_day (group));
  gtk_editable_set_text (GTK_EDITABLE (self->place_row), fika_group_get_place (group));
  gtk_editable_set_text (GTK_EDITABLE (self->link_row), fika_group_get_link (group));
  gtk_editable_set_text (GTK_EDITABLE (self->travel_row), travel != NULL ? travel : "");
  gtk_editable_set_text (GTK_EDITABLE (self->cost_row), fika_group_get_cost (group));
  gtk_editable_set_text (GTK_EDITABLE (self->size_row), size != NULL ? size : "");
  adw_combo_row_set_selected (self->type_row, fika_group_get_group_type (group));
  adw_combo_row_set_selected (self->stage_row, fika_group_get_stage (group));
  adw_combo_row_set_selected (self->lively_row, fika_group_get_lively (group));
  adw_combo_row_set_selected (self->online_row, fika_group_get_online (group));
  fika_form_fill_words (self->interests_row, fika_group_get_interests (group));
  fika_form_fill_words (self->values_row, fika_group_get_values (group));
  gtk_switch_set_active (self->private_switch, fika_group_get_private_group (group));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes_view),
                            fika_group_get_notes (group), -1);
  for (guint i = 0; i < contacts->len; i++)
    add_contact_row (self, g_ptr_array_index (contacts, i));
}

static void
fika_group_editor_dispose (GObject *object)
{
  FikaGroupEditor *self = FIKA_GROUP_EDITOR (object);

  g_clear_object (&self->group);
  g_clear_pointer (&self->contact_rows, g_ptr_array_unref);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_GROUP_EDITOR);

  G_OBJECT_CLASS (fika_group_editor_parent_class)->dispose (object);
}

static void
fika_group_editor_class_init (FikaGroupEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FikaSheetClass *sheet_class = FIKA_SHEET_CLASS (klass);

  object_class->dispose = fika_group_editor_dispose;
  sheet_class->may_close = fika_group_editor_may_close;

  g_type_ensure (FIKA_TYPE_DATE_ROW);
  g_type_ensure (FIKA_TYPE_PAGE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/groups/fika-group-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, page);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, error_revealer);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, error_label);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, name_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, type_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, stage_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, step_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, step_day_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, place_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, link_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, travel_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, cost_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, size_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, lively_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, online_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, interests_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, values_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, contacts_group);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, private_switch);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupEditor, notes_view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);

  gtk_widget_class_install_action (widget_class, "editor.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "editor.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "editor.add-contact", "s", add_contact_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "editor.save", NULL);
}

static void
fika_group_editor_init (FikaGroupEditor *self)
{
  g_autoptr (GtkStringList) types = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) stages = gtk_string_list_new (NULL);

  self->contact_rows = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (FikaGroupType type = 0; type < FIKA_N_GROUP_TYPES; type++)
    gtk_string_list_append (types, fika_group_type_label (type));
  adw_combo_row_set_model (self->type_row, G_LIST_MODEL (types));
  for (FikaStage stage = 0; stage < FIKA_N_STAGES; stage++)
    gtk_string_list_append (stages, fika_stage_label (stage));
  adw_combo_row_set_model (self->stage_row, G_LIST_MODEL (stages));
  g_signal_connect_object (gtk_text_view_get_buffer (self->notes_view), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * fika_group_editor_present:
 * @window: the window
 * @group: (nullable): what to change; %NULL for a new one
 *
 * Opens the form.
 */
void
fika_group_editor_present (FikaMainWindow *window, FikaGroup *group)
{
  FikaGroupEditor *self;
  g_autoptr (FikaGroup) empty = NULL;
  const char *title;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (group == NULL || FIKA_IS_GROUP (group));

  self = g_object_new (FIKA_TYPE_GROUP_EDITOR, NULL);
  self->window = window;
  self->group = group != NULL ? g_object_ref (group) : NULL;
  empty = fika_group_new ("");
  fika_date_row_set_today (self->step_day_row,
                           fika_store_today (fika_main_window_get_store (window)), FALSE);
  fill (self, group != NULL ? group : empty);
  self->filling = FALSE;

  title = group != NULL ? _ ("Edit Group") : _ ("New Group");
  fika_page_set_title (self->page, title);
  fika_sheet_set_focus (FIKA_SHEET (self), self->name_row);
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window), title, 480, 640);
}
