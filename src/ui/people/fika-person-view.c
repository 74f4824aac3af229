#include "config.h"

#include "ui/people/fika-person-view.h"

#include "base/fika-when.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-log-dialog.h"
#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/people/fika-person-editor.h"
#include "ui/people/fika-person-words.h"
#include "ui/widgets/fika-timeline-view.h"
#include "ui/people/fika-topic-list.h"
#include "ui/widgets/fika-avatar.h"
#include "ui/widgets/fika-kind-style.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-rows.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n-lib.h>

struct _FikaPersonView
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkWidget *nobody;
  GtkWidget *menu_button;
  GtkWidget *edit_button;
  FikaAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *about_label;
  GtkLabel *warmth_label;
  GtkLabel *time_label;
  FikaWrap *ways_box;
  AdwActionRow *next_row;
  GtkImage *next_icon;
  GtkWidget *next_arrow;
  FikaTopicList *topics;
  AdwPreferencesGroup *contacts_group;
  AdwPreferencesGroup *about_group;
  AdwPreferencesGroup *groups_group;
  FikaTimelineView *timeline;

  FikaMainWindow *window; /* outlives its places */
  FikaStore *store;
  FikaPerson *person;
  FikaOccurrence *next;
  GSignalGroup *person_signals;
  GSignalGroup *store_signals;
  FikaRows *rows;
  guint update_id;
};

G_DEFINE_FINAL_TYPE (FikaPersonView, fika_person_view, ADW_TYPE_BIN)

static void
contact_activated_cb (GtkWidget *widget, FikaRowLink *row_link)
{
  FikaPersonView *self = row_link->owner;
  GPtrArray *contacts;

  if (self->person == NULL)
    return;
  contacts = fika_person_get_contacts (self->person);
  if (row_link->index < contacts->len)
    fika_contact_open (self->window, g_ptr_array_index (contacts, row_link->index));
}

static void
add_way (FikaPersonView *self, guint index, const FikaContact *contact)
{
  GtkWidget *button = gtk_button_new_from_icon_name (fika_contact_kind_icon (contact->kind));
  g_autofree char *tip = NULL;

  tip = g_strdup_printf ("%s: %s", fika_contact_kind_verb (contact->kind), contact->value);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "fika-way");
  fika_row_connect (button, "clicked", G_CALLBACK (contact_activated_cb), self, index, NULL);
  fika_wrap_append (self->ways_box, button);
}

static void
update_contacts (FikaPersonView *self)
{
  GPtrArray *contacts = fika_person_get_contacts (self->person);
  gboolean seen[FIKA_N_CONTACT_KINDS] = { FALSE };

  fika_wrap_clear (self->ways_box);

  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);
      const FikaContact *best = fika_person_find_contact (self->person, contact->kind);
      AdwActionRow *row;
      const char *label
          = *contact->label != '\0' ? contact->label : fika_contact_kind_label (contact->kind);

      row = fika_rows_add (self->rows, self->contacts_group, fika_contact_kind_icon (contact->kind),
                           contact->value, label);
      gtk_widget_set_tooltip_text (GTK_WIDGET (row), fika_contact_kind_verb (contact->kind));
      fika_row_connect (row, "activated", G_CALLBACK (contact_activated_cb), self, i, NULL);

      if (contact == best && !seen[contact->kind])
        {
          seen[contact->kind] = TRUE;
          add_way (self, i, contact);
        }
    }

  gtk_widget_set_visible (GTK_WIDGET (self->ways_box), contacts->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->contacts_group), contacts->len > 0);
}

static void
update_about (FikaPersonView *self, FikaDay today)
{
  GPtrArray *occasions = fika_person_get_occasions (self->person);
  GPtrArray *tags = fika_person_get_tags (self->person);
  guint before = fika_rows_get_n_rows (self->rows);

  for (guint i = 0; i < occasions->len; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (occasions, i);
      g_autofree char *words = fika_person_words_occasion (occasion, today);
      const char *label
          = *occasion->label != '\0' ? occasion->label : fika_occasion_kind_label (occasion->kind);

      fika_rows_add (self->rows, self->about_group, "fika-birthday-symbolic", label, words);
    }

  if (*fika_person_get_how_met (self->person) != '\0')
    fika_rows_add (self->rows, self->about_group, NULL, _ ("How you met"),
                   fika_person_get_how_met (self->person));

  if (fika_person_get_introduced_by (self->person) != 0)
    {
      g_autoptr (FikaPerson) other = NULL;

      other
          = fika_store_get_person (self->store, fika_person_get_introduced_by (self->person), NULL);
      if (other != NULL)
        fika_rows_add (self->rows, self->about_group, NULL, _ ("Introduced by"),
                       fika_person_get_name (other));
    }

  if (tags->len > 0)
    {
      g_autoptr (GString) joined = g_string_new (NULL);

      for (guint i = 0; i < tags->len; i++)
        g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "",
                                (const char *) g_ptr_array_index (tags, i));
      fika_rows_add (self->rows, self->about_group, NULL, _ ("Tags"), joined->str);
    }

  if (*fika_person_get_notes (self->person) != '\0')
    fika_rows_add (self->rows, self->about_group, NULL, _ ("Notes"),
                   fika_person_get_notes (self->person));

  gtk_widget_set_visible (GTK_WIDGET (self->about_group),
                          fika_rows_get_n_rows (self->rows) > before);
}

static void
update_groups (FikaPersonView *self)
{
  g_autoptr (GPtrArray) groups = fika_store_groups_of_person (self->store, self->person);

  gtk_widget_set_visible (GTK_WIDGET (self->groups_group), groups != NULL && groups->len > 0);
  for (guint i = 0; groups != NULL && i < groups->len; i++)
    {
      FikaGroup *group = g_ptr_array_index (groups, i);
      AdwActionRow *row = fika_rows_add (self->rows, self->groups_group, "fika-groups-symbolic",
                                         fika_group_get_name (group),
                                         fika_stage_label (fika_group_get_stage (group)));

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", fika_group_get_uid (group));
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "app.open-group");
      fika_row_add_arrow (row);
    }
}

static void
update_next (FikaPersonView *self, FikaDay today)
{
  g_autofree char *when = NULL;
  g_autofree char *title = NULL;
  FikaPlan *plan;

  g_clear_object (&self->next);
  self->next = fika_store_next_with_person (self->store, self->person, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->next_row), self->next != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->next_icon), self->next != NULL);
  gtk_widget_set_visible (self->next_arrow, self->next != NULL);

  if (self->next == NULL)
    {
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->next_row),
                                     _ ("Nothing planned yet"));
      adw_action_row_set_subtitle (self->next_row, NULL);
      return;
    }

  plan = fika_occurrence_get_plan (self->next);
  fika_plan_style_icon (plan, self->next_icon);
  title = fika_plan_dup_title_among (plan, G_OBJECT (self->person));
  when = fika_when_day_and_time (fika_occurrence_here (self->next), fika_plan_get_window (plan),
                                 today);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->next_row), title);
  adw_action_row_set_subtitle (self->next_row, when);
}

static void
update_head (FikaPersonView *self, FikaDay today)
{
  g_autoptr (FikaCatchup) last = fika_store_last_with_person (self->store, self->person);
  g_autofree char *warmth = fika_person_words_warmth (self->person, last, today);
  g_autofree char *ties = fika_person_words_ties (self->person);
  g_autofree char *time = fika_person_words_local_time (self->person, fika_store_now (self->store));
  g_autoptr (GString) about = g_string_new (NULL);
  const char *parts[] = {
    fika_person_get_nickname (self->person),
    fika_person_get_pronouns (self->person),
    ties,
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      if (*parts[i] != '\0')
        g_string_append_printf (about, "%s%s", about->len > 0 ? " · " : "", parts[i]);
    }

  fika_avatar_set_person (self->avatar, self->person);
  gtk_label_set_label (self->name_label, fika_person_get_name (self->person));
  gtk_label_set_label (self->about_label, about->str);
  gtk_widget_set_visible (GTK_WIDGET (self->about_label), about->len > 0);
  gtk_label_set_label (self->warmth_label, warmth);
  gtk_label_set_label (self->time_label, time != NULL ? time : "");
  gtk_widget_set_visible (GTK_WIDGET (self->time_label), time != NULL);
}

static void
update (FikaPersonView *self)
{
  FikaDay today;

  if (self->stack == NULL)
    return;

  fika_rows_clear (self->rows);
  gtk_widget_set_visible (self->menu_button, self->person != NULL);
  gtk_widget_set_visible (self->edit_button, self->person != NULL);
  gtk_stack_set_visible_child_name (self->stack, self->person != NULL ? "person" : "nobody");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.edit", self->person != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.log", self->person != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.plan", self->person != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.delete", self->person != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.archive",
                                 self->person != NULL && !fika_person_get_archived (self->person));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "person.restore",
                                 self->person != NULL && fika_person_get_archived (self->person));
  if (self->person == NULL)
    {
      g_clear_object (&self->next);
      return;
    }

  today = fika_store_today (self->store);
  update_head (self, today);
  update_next (self, today);
  update_contacts (self);
  update_about (self, today);
  update_groups (self);
}

static gboolean
update_soon_cb (gpointer data)
{
  FikaPersonView *self = FIKA_PERSON_VIEW (data);

  self->update_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* Several properties notify for one change: the page is made anew once, in the same turn's idle. */
static void
queue_update (FikaPersonView *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add (update_soon_cb, self);
}

static void
next_activated_cb (FikaPersonView *self)
{
  g_autofree char *key = NULL;

  if (self->next == NULL)
    return;
  key = fika_occurrence_dup_key (self->next);
  gtk_widget_activate_action (GTK_WIDGET (self), "app.open-catchup", "s", key);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaPersonView *self = FIKA_PERSON_VIEW (widget);

  if (self->person != NULL)
    fika_person_editor_present (self->window, self->person);
}

static void
plan_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaPersonView *self = FIKA_PERSON_VIEW (widget);

  if (self->person != NULL)
    fika_catchup_editor_present_new (self->window, FIKA_DAY_NONE, self->person, NULL);
}

static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaPersonView *self = FIKA_PERSON_VIEW (widget);

  if (self->person != NULL)
    fika_log_dialog_present (self->window, NULL, self->person);
}

static void
archive (FikaPersonView *self, gboolean archived)
{
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->person == NULL)
    return;
  person = g_object_ref (self->person);
  if (!fika_command_archive_person (self->store, person, archived, FIKA_SOURCE_WINDOW, &error))
    {
      fika_main_window_toast_error (self->window, error);
      return;
    }
  text = g_strdup_printf (archived ? _ ("%s is archived") : _ ("%s is back"),
                          fika_person_get_name (person));
  fika_main_window_toast_undo (self->window, text);
}

static void
archive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  archive (FIKA_PERSON_VIEW (widget), TRUE);
}

static void
restore_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  archive (FIKA_PERSON_VIEW (widget), FALSE);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaPersonView *self = FIKA_PERSON_VIEW (widget);
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->person == NULL)
    return;
  person = g_object_ref (self->person);
  if (!fika_command_delete_person (self->store, person, FIKA_SOURCE_WINDOW, &error))
    {
      fika_main_window_toast_error (self->window, error);
      return;
    }
  text = g_strdup_printf (_ ("%s is deleted"), fika_person_get_name (person));
  fika_main_window_toast_undo (self->window, text);
}

static void
fika_person_view_dispose (GObject *object)
{
  FikaPersonView *self = FIKA_PERSON_VIEW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  g_clear_object (&self->person_signals);
  g_clear_object (&self->store_signals);
  g_clear_object (&self->next);
  g_clear_object (&self->person);
  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, fika_rows_free);
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_PERSON_VIEW);

  G_OBJECT_CLASS (fika_person_view_parent_class)->dispose (object);
}

static void
fika_person_view_class_init (FikaPersonViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_person_view_dispose;

  g_type_ensure (FIKA_TYPE_AVATAR);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_TOPIC_LIST);
  g_type_ensure (FIKA_TYPE_TIMELINE_VIEW);
  g_type_ensure (FIKA_TYPE_WRAP);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-person-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, stack);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, scroller);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, nobody);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, edit_button);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, avatar);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, name_label);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, about_label);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, warmth_label);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, time_label);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, ways_box);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, next_row);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, next_icon);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, next_arrow);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, topics);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, contacts_group);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, about_group);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, groups_group);
  gtk_widget_class_bind_template_child (widget_class, FikaPersonView, timeline);
  gtk_widget_class_bind_template_callback (widget_class, next_activated_cb);

  gtk_widget_class_install_action (widget_class, "person.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "person.plan", NULL, plan_action);
  gtk_widget_class_install_action (widget_class, "person.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "person.archive", NULL, archive_action);
  gtk_widget_class_install_action (widget_class, "person.restore", NULL, restore_action);
  gtk_widget_class_install_action (widget_class, "person.delete", NULL, delete_action);
}

static void
fika_person_view_init (FikaPersonView *self)
{
  self->rows = fika_rows_new ();
  self->person_signals = g_signal_group_new (FIKA_TYPE_PERSON);
  g_signal_group_connect_swapped (self->person_signals, "notify", G_CALLBACK (queue_update), self);
  self->store_signals = g_signal_group_new (FIKA_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed", G_CALLBACK (queue_update), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * fika_person_view_set_window:
 * @self: a view
 * @window: the window that it is in, which outlives it
 */
void
fika_person_view_set_window (FikaPersonView *self, FikaMainWindow *window)
{
  g_return_if_fail (FIKA_IS_PERSON_VIEW (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self->window = window;
  g_set_object (&self->store, fika_main_window_get_store (window));
  g_signal_group_set_target (self->store_signals, self->store);
}

/**
 * fika_person_view_set_person:
 * @self: a view with a window
 * @person: (nullable): whose page to show
 */
void
fika_person_view_set_person (FikaPersonView *self, FikaPerson *person)
{
  g_return_if_fail (FIKA_IS_PERSON_VIEW (self));
  g_return_if_fail (person == NULL || FIKA_IS_PERSON (person));

  if (!g_set_object (&self->person, person))
    return;
  g_signal_group_set_target (self->person_signals, person);
  fika_topic_list_set_person (self->topics, self->window, person);
  fika_timeline_view_set_person (self->timeline, self->window, person);
  update (self);
  if (person != NULL)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

/**
 * fika_person_view_set_choice:
 * @self: the page
 * @choice: whether there is anybody to choose
 *
 * Without a choice, no page asks for one.
 */
void
fika_person_view_set_choice (FikaPersonView *self, gboolean choice)
{
  g_return_if_fail (FIKA_IS_PERSON_VIEW (self));

  if (self->nobody != NULL)
    gtk_widget_set_visible (self->nobody, choice);
}

/**
 * fika_person_view_time_passed:
 * @self: a view
 *
 * Says anew what depends on the time.
 */
void
fika_person_view_time_passed (FikaPersonView *self)
{
  g_return_if_fail (FIKA_IS_PERSON_VIEW (self));

  update (self);
}
