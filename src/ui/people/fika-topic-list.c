#include "config.h"

#include "ui/people/fika-topic-list.h"

#include "base/fika-when.h"
#include "command/fika-commands.h"

#include <glib/gi18n-lib.h>

struct _FikaTopicList
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list_box;
  AdwEntryRow *add_row;

  FikaMainWindow *window; /* outlives its places */
  FikaPerson *person;
  GSignalGroup *store_signals;
  GPtrArray *topics; /* FikaTopic, in the order of the rows */
};

G_DEFINE_FINAL_TYPE (FikaTopicList, fika_topic_list, ADW_TYPE_PREFERENCES_GROUP)

static char *
topic_words (const FikaTopic *topic, FikaDay today)
{
  g_autofree char *day = NULL;
  const char *what = NULL;

  if (topic->promise)
    what = topic->theirs ? _ ("They promised") : _ ("You promised");
  if (topic->day != FIKA_DAY_NONE)
    day = fika_when_day (topic->day, today);

  if (what != NULL && day != NULL)
    return g_strdup_printf ("%s · %s", what, day);
  if (what != NULL)
    return g_strdup (what);

  return g_steal_pointer (&day);
}

static const FikaTopic *
topic_of_row (FikaTopicList *self, GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX_ROW);
  int index = row != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : -1;

  if (index < 0 || (guint) index >= self->topics->len)
    return NULL;
  return g_ptr_array_index (self->topics, index);
}

static void
ticked_cb (FikaTopicList *self, GtkWidget *check)
{
  const FikaTopic *topic = topic_of_row (self, check);
  g_autoptr (GError) error = NULL;
  FikaStore *store;

  if (topic == NULL || !gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
    return;
  store = fika_main_window_get_store (self->window);
  if (!fika_command_close_topic (store, topic, TRUE, FIKA_SOURCE_WINDOW, &error))
    {
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
      fika_main_window_toast_error (self->window, error);
      return;
    }
  fika_main_window_toast_undo (self->window, _ ("Done with that"));
}

static void
delete_cb (FikaTopicList *self, GtkWidget *button)
{
  const FikaTopic *topic = topic_of_row (self, button);
  g_autoptr (GError) error = NULL;

  if (topic == NULL)
    return;
  if (!fika_command_delete_topic (fika_main_window_get_store (self->window), topic,
                                  FIKA_SOURCE_WINDOW, &error))
    fika_main_window_toast_error (self->window, error);
  else
    fika_main_window_toast_undo (self->window, _ ("Topic is deleted"));
}

static GtkWidget *
row_new (FikaTopicList *self, const FikaTopic *topic, FikaDay today)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *subtitle = topic_words (topic, today);
  g_autofree char *remove_name = g_strdup_printf (_ ("Delete “%s”"), topic->text);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), topic->text);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  topic->text, -1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (ticked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);

  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _ ("Delete"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  remove_name, -1);
  g_signal_connect_object (remove, "clicked", G_CALLBACK (delete_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);

  return row;
}

static void
update (FikaTopicList *self)
{
  FikaDay today;

  if (self->list_box == NULL)
    return;
  for (guint i = 0; i < self->topics->len; i++)
    gtk_list_box_remove (self->list_box,
                         GTK_WIDGET (gtk_list_box_get_row_at_index (self->list_box, 0)));
  g_clear_pointer (&self->topics, g_ptr_array_unref);
  if (self->person != NULL)
    self->topics
        = fika_store_topics (fika_main_window_get_store (self->window), self->person, TRUE);
  if (self->topics == NULL)
    self->topics = g_ptr_array_new ();
  if (self->person == NULL)
    return;

  today = fika_store_today (fika_main_window_get_store (self->window));
  for (guint i = 0; i < self->topics->len; i++)
    gtk_list_box_insert (self->list_box, row_new (self, g_ptr_array_index (self->topics, i), today),
                         (int) i);
}

static void
store_changed_cb (FikaTopicList *self, const FikaChangeSet *changes)
{
  if (changes->topics || changes->everything)
    update (self);
}

/* What is typed stays typed when it cannot be kept. */
static void
add (FikaTopicList *self, gboolean promise, gboolean theirs)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->add_row));
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (self->person == NULL)
    return;
  if (*text == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->add_row));
      return;
    }
  if (promise)
    ok = fika_command_add_promise (store, self->person, theirs, text, FIKA_DAY_NONE,
                                   FIKA_SOURCE_WINDOW, &error);
  else
    ok = fika_command_add_topic (store, self->person, text, FIKA_DAY_NONE, FIKA_SOURCE_WINDOW,
                                 &error);
  if (!ok)
    {
      fika_main_window_toast_error (self->window, error);
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->add_row));
}

static void
add_cb (FikaTopicList *self)
{
  add (self, FALSE, FALSE);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add (FIKA_TOPIC_LIST (widget), FALSE, FALSE);
}

static void
promise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  add (FIKA_TOPIC_LIST (widget), TRUE,
       g_str_equal (g_variant_get_string (parameter, NULL), "theirs"));
}

static void
fika_topic_list_dispose (GObject *object)
{
  FikaTopicList *self = FIKA_TOPIC_LIST (object);

  g_clear_object (&self->store_signals);
  g_clear_object (&self->person);
  g_clear_pointer (&self->topics, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_TOPIC_LIST);

  G_OBJECT_CLASS (fika_topic_list_parent_class)->dispose (object);
}

static void
fika_topic_list_class_init (FikaTopicListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_topic_list_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-topic-list.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaTopicList, list_box);
  gtk_widget_class_bind_template_child (widget_class, FikaTopicList, add_row);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_install_action (widget_class, "topics.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "topics.promise", "s", promise_action);
}

static void
fika_topic_list_init (FikaTopicList *self)
{
  self->topics = g_ptr_array_new ();
  self->store_signals = g_signal_group_new (FIKA_TYPE_STORE);
  g_signal_group_connect_swapped (self->store_signals, "changed", G_CALLBACK (store_changed_cb),
                                  self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_topic_list_set_person:
 * @self: a list
 * @window: the window that it is in
 * @person: (nullable): whose topics to show
 */
void
fika_topic_list_set_person (FikaTopicList *self, FikaMainWindow *window, FikaPerson *person)
{
  g_return_if_fail (FIKA_IS_TOPIC_LIST (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self->window = window;
  g_signal_group_set_target (self->store_signals, fika_main_window_get_store (window));
  if (g_set_object (&self->person, person))
    gtk_editable_set_text (GTK_EDITABLE (self->add_row), "");
  update (self);
}
