#include "config.h"

#include "ui/groups/fika-group-view.h"

#include "base/fika-error.h"
#include "base/fika-when.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-log-dialog.h"
#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/fika-compat.h"
#include "ui/groups/fika-group-editor.h"
#include "ui/groups/fika-group-words.h"
#include "ui/widgets/fika-avatar.h"
#include "ui/widgets/fika-kind-style.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-rows.h"
#include "ui/widgets/fika-timeline-view.h"

#include <glib/gi18n-lib.h>

struct _FikaGroupView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkWidget *nothing;
  GtkScrolledWindow *scroller;
  GtkWidget *menu_button;
  GtkWidget *edit_button;
  GtkLabel *name_label;
  GtkLabel *about_label;
  GtkLabel *fits_label;
  AdwComboRow *stage_row;
  GtkWidget *step_row;
  AdwPreferencesGroup *sessions_group;
  AdwPreferencesGroup *contacts_group;
  AdwPreferencesGroup *members_group;
  GtkWidget *member_row;
  AdwPreferencesGroup *notes_group;
  FikaTimelineView *timeline;

  FikaMainWindow *window; /* outlives its places */
  FikaStore *store;
  FikaGroup *group;
  GSignalGroup *group_signals;
  GSignalGroup *store_signals;
  FikaRows *rows;
  char *newcomer; /* typed as a member, while the question is open */
  guint update_id;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (FikaGroupView, fika_group_view, ADW_TYPE_BIN)

static void
set_line (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static char *
fits_words (FikaGroup *group)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GPtrArray *lists[] = { fika_group_get_interests (group), fika_group_get_values (group) };

  for (guint list = 0; list < G_N_ELEMENTS (lists); list++)
    {
      for (guint i = 0; i < lists[list]->len; i++)
        g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                                (const char *) g_ptr_array_index (lists[list], i));
    }
  if (words->len == 0)
    return g_strdup ("");

  /* Translators: interests and values that a group fits: "Fits: singing, outdoors" */
  return g_strdup_printf (_ ("Fits: %s"), words->str);
}

static void
update_head (FikaGroupView *self)
{
  g_autofree char *about = fika_group_words_about (self->group);
  g_autofree char *fits = fits_words (self->group);

  gtk_label_set_label (self->name_label, fika_group_get_name (self->group));
  set_line (self->about_label, about);
  set_line (self->fits_label, fits);
}

static void
update_trail (FikaGroupView *self)
{
  /* What is being typed is the person's own. */
  gboolean typing = gtk_widget_get_focus_child (self->step_row) != NULL;

  self->updating = TRUE;
  adw_combo_row_set_selected (self->stage_row, fika_group_get_stage (self->group));
  if (!typing)
    gtk_editable_set_text (GTK_EDITABLE (self->step_row), fika_group_get_next_step (self->group));
  self->updating = FALSE;
}

static void
session_activated_cb (GtkWidget *row, FikaRowLink *row_link)
{
  gtk_widget_activate_action (GTK_WIDGET (row_link->owner), "app.open-catchup", "s", row_link->uid);
}

static void
update_sessions (FikaGroupView *self, FikaDay today)
{
  g_autoptr (GPtrArray) series = fika_store_series_of_group (self->store, self->group);

  if (series == NULL || series->len == 0)
    {
      fika_rows_add (self->rows, self->sessions_group, NULL, _ ("No sessions planned yet"), NULL);
      return;
    }

  for (guint i = 0; i < series->len; i++)
    {
      FikaSeries *one = g_ptr_array_index (series, i);
      g_autoptr (FikaOccurrence) next = fika_store_next_of_series (self->store, one, NULL);
      g_autofree char *title = fika_plan_dup_display_title (FIKA_PLAN (one));
      g_autofree char *rule = fika_series_describe (one);
      g_autofree char *when = NULL;
      g_autofree char *words = NULL;
      AdwActionRow *row;

      if (next != NULL)
        {
          g_autofree char *key = fika_occurrence_dup_key (next);

          when = fika_when_day_and_time (fika_occurrence_here (next),
                                         fika_plan_get_window (FIKA_PLAN (one)), today);
          words = g_strdup_printf ("%s · %s", when, rule);
          row = fika_rows_add (self->rows, self->sessions_group, NULL, title, words);
          fika_row_connect (row, "activated", G_CALLBACK (session_activated_cb), self, i, key);
          fika_row_add_arrow (row);
        }
      else
        {
          words = g_strdup_printf (_ ("%s · over"), rule);
          row = fika_rows_add (self->rows, self->sessions_group, NULL, title, words);
        }
      fika_row_add_plan_icon (row, FIKA_PLAN (one));
    }
}

static void
contact_activated_cb (GtkWidget *row, FikaRowLink *row_link)
{
  FikaGroupView *self = row_link->owner;
  GPtrArray *contacts;

  if (self->group == NULL)
    return;
  contacts = fika_group_get_contacts (self->group);
  if (row_link->index < contacts->len)
    fika_contact_open (self->window, g_ptr_array_index (contacts, row_link->index));
}

/* The group's own place or link: the kind is the index, the value the uid. */
static void
own_contact_activated_cb (GtkWidget *row, FikaRowLink *row_link)
{
  FikaGroupView *self = row_link->owner;
  g_autoptr (FikaContact) contact = fika_contact_new (row_link->index, "", row_link->uid);

  fika_contact_open (self->window, contact);
}

static void
update_contacts (FikaGroupView *self)
{
  GPtrArray *contacts = fika_group_get_contacts (self->group);
  const struct
  {
    FikaContactKind kind;
    const char *value;
  } own[] = {
    { FIKA_CONTACT_ADDRESS, fika_group_get_place (self->group) },
    { FIKA_CONTACT_URL, fika_group_get_link (self->group) },
  };
  guint before = fika_rows_get_n_rows (self->rows);

  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);
      AdwActionRow *row
          = fika_rows_add (self->rows, self->contacts_group, fika_contact_kind_icon (contact->kind),
                           contact->value, fika_contact_kind_label (contact->kind));

      fika_row_connect (row, "activated", G_CALLBACK (contact_activated_cb), self, i, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    {
      if (*own[i].value == '\0')
        continue;
      fika_row_connect (
          fika_rows_add (self->rows, self->contacts_group, fika_contact_kind_icon (own[i].kind),
                         own[i].value,
                         own[i].kind == FIKA_CONTACT_ADDRESS ? _ ("Place") : _ ("Link")),
          "activated", G_CALLBACK (own_contact_activated_cb), self, own[i].kind, own[i].value);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->contacts_group),
                          fika_rows_get_n_rows (self->rows) > before);
}

static gboolean
save_members (FikaGroupView *self, GPtrArray *members, const char *text)
{
  g_autoptr (FikaGroup) draft = fika_group_copy (self->group);
  g_autoptr (FikaGroup) saved = NULL;
  g_autoptr (GError) error = NULL;

  fika_group_set_members (draft, members);
  saved = fika_command_save_group (self->store, draft, FIKA_SOURCE_WINDOW, &error);
  if (saved == NULL)
    {
      fika_main_window_toast_error (self->window, error);
      return FALSE;
    }
  fika_main_window_toast_undo (self->window, text);

  return TRUE;
}

static GPtrArray *
copy_members_but (FikaGroup *group, guint left_out)
{
  GPtrArray *members = fika_group_get_members (group);
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);

  for (guint i = 0; i < members->len; i++)
    {
      if (i != left_out)
        g_ptr_array_add (copies, fika_member_copy (g_ptr_array_index (members, i)));
    }

  return copies;
}

static void
member_removed_cb (GtkWidget *button, FikaRowLink *row_link)
{
  FikaGroupView *self = row_link->owner;
  GPtrArray *members = fika_group_get_members (self->group);
  g_autoptr (GPtrArray) others = NULL;
  g_autofree char *text = NULL;

  if (row_link->index >= members->len)
    return;
  text = g_strdup_printf (
      _ ("%s is no longer listed"),
      fika_person_get_name (((FikaMember *) g_ptr_array_index (members, row_link->index))->person));
  others = copy_members_but (self->group, row_link->index);
  save_members (self, others, text);
}

static void
member_activated_cb (GtkWidget *row, FikaRowLink *row_link)
{
  gtk_widget_activate_action (GTK_WIDGET (row_link->owner), "app.open-person", "s", row_link->uid);
}

static void
update_members (FikaGroupView *self)
{
  GPtrArray *members = fika_group_get_members (self->group);

  for (guint i = 0; i < members->len; i++)
    {
      const FikaMember *member = g_ptr_array_index (members, i);
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      GtkWidget *face = fika_avatar_new (member->person, 36);
      const char *name = fika_person_get_name (member->person);
      g_autofree char *tip = g_strdup_printf (_ ("Take %s off the List"), name);
      AdwActionRow *row = fika_rows_add (self->rows, self->members_group, NULL, name, member->role);

      gtk_widget_set_valign (face, GTK_ALIGN_CENTER);
      adw_action_row_add_prefix (row, face);
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, tip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
                                      -1);
      fika_row_connect (button, "clicked", G_CALLBACK (member_removed_cb), self, i, NULL);
      adw_action_row_add_suffix (row, button);
      fika_row_connect (row, "activated", G_CALLBACK (member_activated_cb), self, i,
                        fika_person_get_uid (member->person));
    }
}

static void
update_notes (FikaGroupView *self)
{
  g_autofree char *hours = fika_group_words_hours (self->store, self->group);
  guint before = fika_rows_get_n_rows (self->rows);

  if (*hours != '\0')
    fika_rows_add (self->rows, self->notes_group, NULL, _ ("Volunteering"), hours);
  if (*fika_group_get_notes (self->group) != '\0')
    fika_rows_add (self->rows, self->notes_group, NULL, _ ("Notes"),
                   fika_group_get_notes (self->group));
  gtk_widget_set_visible (GTK_WIDGET (self->notes_group),
                          fika_rows_get_n_rows (self->rows) > before);
}

static void
update (FikaGroupView *self)
{
  static const char *const actions[] = {
    "group.edit",
    "group.plan",
    "group.visit",
    "group.delete",
  };

  if (self->stack == NULL)
    return;

  fika_rows_clear (self->rows);
  gtk_widget_set_visible (self->menu_button, self->group != NULL);
  gtk_widget_set_visible (self->edit_button, self->group != NULL);
  gtk_stack_set_visible_child_name (self->stack, self->group != NULL ? "group" : "nothing");
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], self->group != NULL);
  if (self->group == NULL)
    return;

  update_head (self);
  update_trail (self);
  update_sessions (self, fika_store_today (self->store));
  update_contacts (self);
  update_members (self);
  update_notes (self);
}

static gboolean
update_soon_cb (gpointer data)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (data);

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* Several properties notify for one change: the page is made anew once, in the same turn's idle. */
static void
queue_update (FikaGroupView *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_soon_cb, self);
}

static void
stage_selected_cb (FikaGroupView *self)
{
  FikaStage stage = adw_combo_row_get_selected (self->stage_row);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->updating || self->group == NULL || stage == fika_group_get_stage (self->group))
    return;
  if (!fika_command_set_stage (self->store, self->group, stage, FIKA_SOURCE_WINDOW, &error))
    {
      fika_main_window_toast_error (self->window, error);
      update_trail (self);
      return;
    }
  text = g_strdup_printf ("%s: %s", fika_group_get_name (self->group), fika_stage_label (stage));
  fika_main_window_toast_undo (self->window, text);
}

static void
step_applied_cb (FikaGroupView *self)
{
  g_autoptr (FikaGroup) draft = NULL;
  g_autoptr (FikaGroup) saved = NULL;
  g_autoptr (GError) error = NULL;

  if (self->group == NULL)
    return;
  draft = fika_group_copy (self->group);
  g_object_set (draft, "next-step", gtk_editable_get_text (GTK_EDITABLE (self->step_row)), NULL);
  saved = fika_command_save_group (self->store, draft, FIKA_SOURCE_WINDOW, &error);
  if (saved == NULL)
    fika_main_window_toast_error (self->window, error);
  else
    fika_main_window_toast_undo (self->window, _ ("The next step is noted"));
}

/* "Mia, alto": a name, and after a comma the role. */
static char *
split_role (const char *typed, char **role)
{
  const char *comma = strchr (typed, ',');
  char *name = comma != NULL ? g_strndup (typed, comma - typed) : g_strdup (typed);

  *role = g_strstrip (g_strdup (comma != NULL ? comma + 1 : ""));

  return g_strstrip (name);
}

static void
add_member (FikaGroupView *self, FikaPerson *person, const char *role)
{
  g_autoptr (GPtrArray) members = copy_members_but (self->group, G_MAXUINT);
  g_autofree char *text = g_strdup_printf (_ ("%s is listed"), fika_person_get_name (person));

  g_ptr_array_add (members,
                   fika_member_new (person, role, fika_store_today (self->store), FIKA_DAY_NONE));
  if (save_members (self, members, text))
    gtk_editable_set_text (GTK_EDITABLE (self->member_row), "");
}

static void
newcomer_answered (GObject *source, const char *response, gpointer user_data)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (source);
  g_autofree char *typed = g_steal_pointer (&self->newcomer);
  g_autofree char *role = NULL;
  g_autofree char *name = NULL;
  g_autofree char *met = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "add") || typed == NULL || self->group == NULL)
    return;
  name = split_role (typed, &role);
  met = g_strdup (fika_group_get_name (self->group));
  draft = fika_person_new (name);
  g_object_set (draft, "how-met", met, NULL);
  person = fika_command_save_person (self->store, draft, FIKA_SOURCE_WINDOW, &error);
  if (person == NULL)
    fika_main_window_toast_error (self->window, error);
  else
    add_member (self, person, role);
}

static void
member_applied_cb (FikaGroupView *self)
{
  static const FikaAskResponse responses[] = {
    { "cancel", N_ ("_Cancel"), FALSE, FALSE },
    { "add", N_ ("_Add"), TRUE, FALSE },
    { NULL },
  };
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->member_row));
  g_autofree char *role = NULL;
  g_autofree char *name = split_role (typed, &role);
  g_autofree char *heading = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GError) error = NULL;

  if (self->group == NULL || *name == '\0')
    return;
  person = fika_store_find_person (self->store, name, &error);
  if (person != NULL)
    {
      add_member (self, person, role);
      return;
    }
  if (!g_error_matches (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
    {
      fika_main_window_toast_error (self->window, error);
      return;
    }

  g_free (self->newcomer);
  self->newcomer = g_strdup (typed);
  heading = g_strdup_printf (_ ("Add %s?"), name);
  fika_ask (GTK_WIDGET (self), heading, _ ("Nobody of that name is in Fika yet."), responses,
            G_OBJECT (self), newcomer_answered, NULL);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (widget);

  if (self->group != NULL)
    fika_group_editor_present (self->window, self->group);
}

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (widget);

  if (self->group != NULL)
    fika_catchup_editor_present_new (self->window, FIKA_DAY_NONE, NULL, self->group);
}

static void
visit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (widget);

  if (self->group != NULL)
    fika_log_dialog_present_visit (self->window, self->group);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (widget);
  g_autoptr (FikaGroup) group = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->group == NULL)
    return;
  group = g_object_ref (self->group);
  if (!fika_command_delete_group (self->store, group, FIKA_SOURCE_WINDOW, &error))
    {
      fika_main_window_toast_error (self->window, error);
      return;
    }
  text = g_strdup_printf (_ ("%s is deleted"), fika_group_get_name (group));
  fika_main_window_toast_undo (self->window, text);
}

static void
fika_group_view_dispose (GObject *object)
{
  FikaGroupView *self = FIKA_GROUP_VIEW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->group_signals);
  g_clear_object (&self->store_signals);
  g_clear_object (&self->group);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, fika_rows_free);
  g_clear_pointer (&self->newcomer, g_free);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_GROUP_VIEW);

  G_OBJECT_CLASS (fika_group_view_parent_class)->dispose (object);
}

static void
fika_group_view_class_init (FikaGroupViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_group_view_dispose;

  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_TIMELINE_VIEW);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/groups/fika-group-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, stack);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, nothing);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, scroller);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, edit_button);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, name_label);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, about_label);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, fits_label);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, stage_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, step_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, sessions_group);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, contacts_group);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, members_group);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, member_row);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, notes_group);
  gtk_widget_class_bind_template_child (widget_class, FikaGroupView, timeline);
  gtk_widget_class_bind_template_callback (widget_class, stage_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, member_applied_cb);

  gtk_widget_class_install_action (widget_class, "group.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "group.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "group.visit", NULL, visit_action);
  gtk_widget_class_install_action (widget_class, "group.delete", NULL, delete_action);
}

static void
fika_group_view_init (FikaGroupView *self)
{
  g_autoptr (GtkStringList) stages = gtk_string_list_new (NULL);

  self->rows = fika_rows_new ();
  self->group_signals = g_signal_group_new (FIKA_TYPE_GROUP);
  g_signal_group_connect_swapped (self->group_signals, "notify", G_CALLBACK (queue_update), self);
  self->store_signals = g_signal_group_new (FIKA_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed", G_CALLBACK (queue_update), self);

  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (FikaStage stage = 0; stage < FIKA_N_STAGES; stage++)
    gtk_string_list_append (stages, fika_stage_label (stage));
  adw_combo_row_set_model (self->stage_row, G_LIST_MODEL (stages));
  self->updating = FALSE;
  update (self);
}

/**
 * fika_group_view_set_window:
 * @self: a view
 * @window: the window that it is in, which outlives it
 */
void
fika_group_view_set_window (FikaGroupView *self, FikaMainWindow *window)
{
  g_return_if_fail (FIKA_IS_GROUP_VIEW (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self->window = window;
  g_set_object (&self->store, fika_main_window_get_store (window));
  g_signal_group_set_target (self->store_signals, self->store);
}

/**
 * fika_group_view_set_group:
 * @self: a view with a window
 * @group: (nullable): whose page to show
 */
void
fika_group_view_set_group (FikaGroupView *self, FikaGroup *group)
{
  g_return_if_fail (FIKA_IS_GROUP_VIEW (self));
  g_return_if_fail (group == NULL || FIKA_IS_GROUP (group));

  if (!g_set_object (&self->group, group))
    return;
  g_signal_group_set_target (self->group_signals, group);
  fika_timeline_view_set_group (self->timeline, self->window, group);
  gtk_editable_set_text (GTK_EDITABLE (self->member_row), "");
  update (self);
  if (group != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * fika_group_view_set_choice:
 * @self: the page
 * @choice: whether there is any group to choose
 *
 * Without a choice, no page asks for one.
 */
void
fika_group_view_set_choice (FikaGroupView *self, gboolean choice)
{
  g_return_if_fail (FIKA_IS_GROUP_VIEW (self));

  if (self->nothing != NULL)
    gtk_widget_set_visible (self->nothing, choice);
}

/**
 * fika_group_view_time_passed:
 * @self: a view
 *
 * Says anew what depends on the time.
 */
void
fika_group_view_time_passed (FikaGroupView *self)
{
  g_return_if_fail (FIKA_IS_GROUP_VIEW (self));

  update (self);
}
