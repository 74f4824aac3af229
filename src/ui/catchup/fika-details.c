#include "config.h"

#include "ui/catchup/fika-details.h"

#include "base/fika-when.h"
#include "ui/catchup/fika-occurrence-actions.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/reminders/fika-snooze-menu.h"
#include "ui/widgets/fika-avatar.h"
#include "ui/widgets/fika-feeling.h"
#include "ui/widgets/fika-kind-style.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n.h>

#define TOPICS_MAX 3

struct _FikaDetails
{
  FikaSheet parent_instance;

  FikaMainWindow *window; /* outlives the sheet */
  FikaOccurrence *occurrence;
  FikaReminder *reminder; /* that can be put off, or that is */
  const char *tint;

  FikaPage *page;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *when;
  GtkLabel *state;
  GtkBox *first_actions;
  GtkListBox *people;
  GtkListBox *facts;
  FikaWrap *actions;
};

G_DEFINE_FINAL_TYPE (FikaDetails, fika_details, FIKA_TYPE_SHEET)

static FikaStore *
get_store (FikaDetails *self)
{
  return fika_main_window_get_store (self->window);
}

/* Actions: each closes the sheet first, so that what it opens and says is seen. */

typedef void (*OccurrenceFunc) (FikaMainWindow *window, FikaOccurrence *occurrence);

static void
close_and (FikaDetails *self, OccurrenceFunc func)
{
  FikaMainWindow *window = self->window;
  g_autoptr (FikaOccurrence) occurrence = g_object_ref (self->occurrence);

  fika_sheet_close (FIKA_SHEET (self));
  func (window, occurrence);
}

static void
confirm (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  fika_occurrence_confirm (window, occurrence);
}

static void
skip (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  fika_occurrence_skip (window, occurrence);
}

static void delete (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  fika_occurrence_delete (window, occurrence);
}

static void
confirm_cb (FikaDetails *self)
{
  close_and (self, confirm);
}

static void
log_cb (FikaDetails *self)
{
  close_and (self, fika_occurrence_log);
}

static void
skip_cb (FikaDetails *self)
{
  close_and (self, skip);
}

static void
move_cb (FikaDetails *self)
{
  close_and (self, fika_occurrence_move);
}

static void
edit_cb (FikaDetails *self)
{
  close_and (self, fika_occurrence_edit);
}

static void
edit_series_cb (FikaDetails *self)
{
  close_and (self, fika_occurrence_edit_series);
}

static void
delete_cb (FikaDetails *self)
{
  close_and (self, delete);
}

static void
snooze_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaDetails *self = FIKA_DETAILS (widget);
  FikaMainWindow *window = self->window;
  gint64 id;
  gint64 until;

  g_variant_get (parameter, "(xx)", &id, &until);
  fika_sheet_close (FIKA_SHEET (self));
  fika_snooze_pick (window, id, until);
}

/* Reaching people */

/* A button that remembers what it opens. */
#define FIKA_TYPE_CONTACT_BUTTON (fika_contact_button_get_type ())
G_DECLARE_FINAL_TYPE (FikaContactButton, fika_contact_button, FIKA, CONTACT_BUTTON, GtkButton)

struct _FikaContactButton
{
  GtkButton parent_instance;
  FikaMainWindow *window; /* outlives the button */
  FikaContact *contact;
};

G_DEFINE_FINAL_TYPE (FikaContactButton, fika_contact_button, GTK_TYPE_BUTTON)

static void
fika_contact_button_clicked (GtkButton *button)
{
  FikaContactButton *self = FIKA_CONTACT_BUTTON (button);

  fika_contact_open (self->window, self->contact);
}

static void
fika_contact_button_finalize (GObject *object)
{
  g_clear_pointer (&FIKA_CONTACT_BUTTON (object)->contact, fika_contact_free);
  G_OBJECT_CLASS (fika_contact_button_parent_class)->finalize (object);
}

static void
fika_contact_button_class_init (FikaContactButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fika_contact_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = fika_contact_button_clicked;
}

static void
fika_contact_button_init (FikaContactButton *self)
{
}

static GtkWidget *
contact_button_new (FikaMainWindow *window, const FikaContact *contact)
{
  FikaContactButton *self = g_object_new (FIKA_TYPE_CONTACT_BUTTON, NULL);

  self->window = window;
  self->contact = fika_contact_copy (contact);
  return GTK_WIDGET (self);
}

static const char *
contact_verb (FikaContactKind kind)
{
  switch (kind)
    {
    case FIKA_CONTACT_PHONE:
      return _ ("Call %s");
    case FIKA_CONTACT_EMAIL:
      return _ ("Write a mail to %s");
    case FIKA_CONTACT_VIDEO:
      return _ ("Video call with %s");
    case FIKA_CONTACT_ADDRESS:
      return _ ("Show where %s lives");
    case FIKA_CONTACT_CHAT:
    case FIKA_CONTACT_URL:
    default:
      return _ ("Write to %s");
    }
}

static GtkWidget *
person_row_new (FikaDetails *self, FikaPerson *person)
{
  static const FikaContactKind kinds[]
      = { FIKA_CONTACT_PHONE, FIKA_CONTACT_VIDEO, FIKA_CONTACT_CHAT, FIKA_CONTACT_EMAIL };
  GtkWidget *row = adw_action_row_new ();
  const char *name = fika_person_get_name (person);
  const char *zone = fika_person_get_zone (person);
  g_autofree char *escaped = g_markup_escape_text (name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  gtk_widget_set_name (row, fika_person_get_uid (person));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), fika_avatar_new (person, 36));
  if (zone[0] != '\0'
      && fika_zone_offset_at (zone, fika_occurrence_get_utc (self->occurrence))
             != fika_zone_offset_at (FIKA_ZONE_HERE, fika_occurrence_get_utc (self->occurrence)))
    {
      FikaCivil there = fika_zone_from_utc (zone, fika_occurrence_get_utc (self->occurrence));
      g_autofree char *time = fika_when_time (there);
      g_autofree char *text = g_strdup_printf (_ ("%s where they are"), time);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const FikaContact *contact = fika_person_find_contact (person, kinds[i]);
      g_autofree char *label = NULL;
      GtkWidget *button;

      if (contact == NULL)
        continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      label = g_strdup_printf (contact_verb (kinds[i]), name);
#pragma GCC diagnostic pop
      button = contact_button_new (self->window, contact);
      gtk_button_set_icon_name (GTK_BUTTON (button), fika_contact_kind_icon (kinds[i]));
      gtk_widget_set_tooltip_text (button, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
  return row;
}

static void
person_activated_cb (FikaDetails *self, GtkListBoxRow *row)
{
  FikaMainWindow *window = self->window;
  g_autofree char *uid = g_strdup (gtk_widget_get_name (GTK_WIDGET (row)));

  fika_sheet_close (FIKA_SHEET (self));
  gtk_widget_activate_action (GTK_WIDGET (window), "app.open-person", "s", uid);
}

/* The way to begin: join, call, look where it is. NULL where none fits. */
static GtkWidget *
begin_button_new (FikaDetails *self, FikaPlan *plan)
{
  FikaChannel channel = fika_kind_channel (fika_plan_get_kind (plan));
  GPtrArray *people = fika_plan_get_people (plan);
  const char *link = fika_plan_get_web_link (plan);
  const char *place = fika_plan_get_place (plan);
  g_autoptr (FikaContact) own = NULL;
  const FikaContact *contact = NULL;
  const char *label = NULL;
  GtkWidget *button;

  if (link[0] != '\0')
    {
      contact = own = fika_contact_new (FIKA_CONTACT_URL, "", link);
      label = _ ("_Join");
    }
  else if (channel == FIKA_CHANNEL_VOICE && people->len == 1)
    {
      contact = fika_person_find_contact (g_ptr_array_index (people, 0), FIKA_CONTACT_PHONE);
      label = _ ("_Call");
    }
  else if (channel == FIKA_CHANNEL_VIDEO && people->len == 1)
    {
      contact = fika_person_find_contact (g_ptr_array_index (people, 0), FIKA_CONTACT_VIDEO);
      label = _ ("_Join");
    }
  else if (channel == FIKA_CHANNEL_TOGETHER && place[0] != '\0')
    {
      contact = own = fika_contact_new (FIKA_CONTACT_ADDRESS, "", place);
      label = _ ("Show the _Way");
    }
  if (contact == NULL)
    return NULL;
  button = contact_button_new (self->window, contact);
  gtk_button_set_label (GTK_BUTTON (button), label);
  gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
  return button;
}

/* Filling */

static GtkWidget *
add_fact (FikaDetails *self, const char *icon, const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  /* The title says what it is, the subtitle holds it, whole. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  gtk_widget_add_css_class (row, "property");
  gtk_list_box_append (self->facts, row);
  return row;
}

static void
add_topics (FikaDetails *self, FikaPlan *plan)
{
  GPtrArray *people = fika_plan_get_people (plan);
  GString *text = g_string_new (NULL);
  g_autofree char *all = NULL;
  guint n = 0;

  for (guint i = 0; i < people->len && n < TOPICS_MAX; i++)
    {
      FikaPerson *person = g_ptr_array_index (people, i);
      g_autoptr (GPtrArray) topics = fika_store_topics (get_store (self), person, TRUE);

      for (guint j = 0; topics != NULL && j < topics->len && n < TOPICS_MAX; j++, n++)
        {
          FikaTopic *topic = g_ptr_array_index (topics, j);

          if (n > 0)
            g_string_append_c (text, '\n');
          if (people->len > 1)
            g_string_append_printf (text, "%s: ", fika_person_get_name (person));
          g_string_append (text, topic->text);
        }
    }
  all = g_string_free (text, FALSE);
  if (n > 0)
    add_fact (self, "fika-message-symbolic", _ ("To talk about"), all);
}

static void
add_last_time (FikaDetails *self, FikaPlan *plan)
{
  GPtrArray *people = fika_plan_get_people (plan);
  g_autoptr (FikaCatchup) last = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *ago = NULL;
  g_autofree char *text = NULL;
  const char *notes;

  if (people->len != 1 || fika_occurrence_get_state (self->occurrence) != FIKA_STATE_PLANNED)
    return;
  last = fika_store_last_with_person (get_store (self), g_ptr_array_index (people, 0));
  if (last == NULL)
    return;
  ago = fika_when_ago (fika_civil_day (fika_plan_get_start (FIKA_PLAN (last))),
                       fika_store_today (get_store (self)));
  kind = g_strdup (fika_kind_label (fika_plan_get_kind (FIKA_PLAN (last))));
  notes = fika_plan_get_notes (FIKA_PLAN (last));
  text = notes[0] != '\0' ? g_strdup_printf ("%s, %s\n%s", kind, ago, notes)
                          : g_strdup_printf ("%s, %s", kind, ago);
  add_fact (self, "fika-happened-symbolic", _ ("Last time"), text);
}

static void
add_leads (FikaDetails *self, FikaPlan *plan)
{
  GArray *leads = fika_plan_get_leads (plan);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  if (leads->len == 0 || fika_occurrence_get_state (self->occurrence) != FIKA_STATE_PLANNED)
    return;
  for (guint i = 0; i < leads->len; i++)
    g_ptr_array_add (words, fika_when_lead (g_array_index (leads, int, i)));
  g_ptr_array_add (words, NULL);
  text = g_strjoinv (", ", (char **) words->pdata);
  add_fact (self, "fika-reminder-symbolic", _ ("Reminds"), text);
}

static void
add_snooze (FikaDetails *self)
{
  g_autofree char *text = NULL;

  if (self->reminder == NULL || !fika_snooze_is_on (self->reminder))
    return;
  text = fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, self->reminder->due),
                                 FIKA_WINDOW_EXACT, fika_store_today (get_store (self)));
  add_fact (self, "fika-reminder-symbolic", _ ("Reminds again"), text);
}

static void
fill_facts (FikaDetails *self, FikaPlan *plan)
{
  FikaSeries *series = fika_occurrence_get_series (self->occurrence);
  FikaCatchup *catchup = fika_occurrence_get_catchup (self->occurrence);
  FikaGroup *group = fika_plan_get_group (plan);
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->facts, 0))) != NULL)
    gtk_list_box_remove (self->facts, row);
  if (group != NULL)
    add_fact (self, "fika-groups-symbolic", _ ("Group"), fika_group_get_name (group));
  if (fika_plan_get_place (plan)[0] != '\0')
    add_fact (self, "fika-map-symbolic", _ ("Place"), fika_plan_get_place (plan));
  if (fika_plan_get_link (plan)[0] != '\0')
    add_fact (self, "fika-link-symbolic", _ ("Link"), fika_plan_get_link (plan));
  if (fika_plan_get_zone (plan)[0] != '\0')
    {
      g_autofree char *time = fika_when_time (fika_occurrence_get_start (self->occurrence));
      /* Translators: a time zone, and what time it is there then */
      g_autofree char *text = g_strdup_printf (_ ("%s; %s there"), fika_plan_get_zone (plan), time);

      add_fact (self, "fika-week-symbolic", _ ("Time zone"), text);
    }
  if (series != NULL)
    {
      g_autofree char *words = fika_series_describe (series);
      g_autofree char *text = fika_words_sentence (words);

      add_fact (self, "fika-repeat-symbolic", _ ("Repeats"), text);
    }
  add_leads (self, plan);
  add_snooze (self);
  add_topics (self, plan);
  add_last_time (self, plan);
  if (catchup != NULL && fika_catchup_get_feeling (catchup) > 0)
    add_fact (self, fika_feeling_icon (fika_catchup_get_feeling (catchup)), _ ("How it felt"),
              fika_feeling_label (fika_catchup_get_feeling (catchup)));
  if (fika_plan_get_notes (plan)[0] != '\0')
    add_fact (self, "fika-log-symbolic", _ ("Notes"), fika_plan_get_notes (plan));
  if (catchup != NULL && fika_catchup_get_learned (catchup)[0] != '\0')
    add_fact (self, "fika-log-symbolic", _ ("What you learned"),
              fika_catchup_get_learned (catchup));
  gtk_widget_set_visible (GTK_WIDGET (self->facts),
                          gtk_list_box_get_row_at_index (self->facts, 0) != NULL);
}

static void
fill_people (FikaDetails *self, FikaPlan *plan)
{
  GPtrArray *people = fika_plan_get_people (plan);
  GtkWidget *row;

  while ((row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->people, 0))) != NULL)
    gtk_list_box_remove (self->people, row);
  for (guint i = 0; i < people->len; i++)
    gtk_list_box_append (self->people, person_row_new (self, g_ptr_array_index (people, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->people), people->len > 0);
}

static void
add_action (FikaDetails *self, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  fika_wrap_append (self->actions, button);
}

static void
add_snooze_action (FikaDetails *self)
{
  GtkWidget *button = NULL;

  if (self->reminder != NULL)
    button = fika_snooze_button_new (self->reminder, get_store (self), "details.snooze");
  if (button == NULL)
    return;
  gtk_menu_button_set_label (GTK_MENU_BUTTON (button), _ ("Remind Me A_gain"));
  gtk_menu_button_set_use_underline (GTK_MENU_BUTTON (button), TRUE);
  fika_wrap_append (self->actions, button);
}

static void
add_first_action (FikaDetails *self, GtkWidget *button, gboolean suggested)
{
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->first_actions, button);
}

static void
fill_actions (FikaDetails *self, FikaPlan *plan)
{
  gboolean planned = fika_occurrence_get_state (self->occurrence) == FIKA_STATE_PLANNED;
  gboolean past = fika_occurrence_is_past (self->occurrence, fika_store_now (get_store (self)));
  gboolean series = fika_occurrence_get_series (self->occurrence) != NULL;
  gboolean writable = !fika_store_is_read_only (get_store (self));
  GtkWidget *begin = planned && !past ? begin_button_new (self, plan) : NULL;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->first_actions))) != NULL)
    gtk_box_remove (self->first_actions, child);
  fika_wrap_clear (self->actions);
  if (begin != NULL)
    add_first_action (self, begin, TRUE);
  if (planned && past && writable)
    {
      GtkWidget *happened = gtk_button_new_with_mnemonic (_ ("It _Happened"));

      g_signal_connect_object (happened, "clicked", G_CALLBACK (confirm_cb), self,
                               G_CONNECT_SWAPPED);
      add_first_action (self, happened, TRUE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->first_actions),
                          gtk_widget_get_first_child (GTK_WIDGET (self->first_actions)) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), writable);
  if (planned)
    {
      add_action (self, _ ("_Log…"), G_CALLBACK (log_cb));
      add_action (self, _ ("_Skip"), G_CALLBACK (skip_cb));
      add_action (self, _ ("_Move…"), G_CALLBACK (move_cb));
      add_snooze_action (self);
    }
  add_action (self, series ? _ ("_Edit This One…") : _ ("_Edit…"), G_CALLBACK (edit_cb));
  if (series)
    add_action (self, _ ("Edit _All…"), G_CALLBACK (edit_series_cb));
  add_action (self, series ? _ ("_Delete All") : _ ("_Delete"), G_CALLBACK (delete_cb));
}

static char *
dup_state_text (FikaDetails *self)
{
  FikaStore *store = get_store (self);
  FikaDay day = fika_civil_day (fika_occurrence_here (self->occurrence));
  FikaDay today = fika_store_today (store);
  g_autofree char *ago = fika_when_ago (day, today);
  g_autofree char *sentence = fika_words_sentence (ago);

  switch (fika_occurrence_get_state (self->occurrence))
    {
    case FIKA_STATE_HAPPENED:
      /* Translators: %s is how long ago: "Happened 3 days ago" */
      return g_strdup_printf (_ ("Happened %s"), ago);
    case FIKA_STATE_SKIPPED:
      return g_strdup (_ ("Skipped"));
    case FIKA_STATE_CANCELLED:
      return g_strdup (_ ("Cancelled"));
    case FIKA_STATE_PLANNED:
    default:
      if (fika_occurrence_is_past (self->occurrence, fika_store_now (store)))
        return g_strdup_printf (_ ("%s. Did it happen?"), sentence);
      return g_steal_pointer (&sentence);
    }
}

static void
fill (FikaDetails *self)
{
  FikaPlan *plan = fika_occurrence_get_plan (self->occurrence);
  g_autofree char *title = fika_plan_dup_display_title (plan);
  g_autofree char *state = dup_state_text (self);
  g_autofree char *when
      = fika_when_words_once (fika_occurrence_here (self->occurrence), fika_plan_get_window (plan),
                              fika_plan_get_minutes (plan));

  if (self->tint != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->icon), self->tint);
  self->tint = fika_plan_tint (plan);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), self->tint);
  gtk_image_set_from_icon_name (self->icon, fika_kind_icon (fika_plan_get_kind (plan)));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->when, when);
  gtk_label_set_label (self->state, state);
  fika_reminder_free (self->reminder);
  self->reminder = fika_snooze_find (get_store (self), self->occurrence);
  fill_people (self, plan);
  fill_facts (self, plan);
  fill_actions (self, plan);
}

/* Something changed: show it as it is now, or go where it went. */
static void
store_changed_cb (FikaDetails *self)
{
  g_autoptr (FikaOccurrence) now
      = fika_store_get_occurrence (get_store (self), fika_occurrence_get_uid (self->occurrence),
                                   fika_occurrence_get_original (self->occurrence), NULL);

  if (now == NULL)
    {
      fika_sheet_close (FIKA_SHEET (self));
      return;
    }
  g_set_object (&self->occurrence, now);
  fill (self);
}

/* A reminder of it may have come, or have been put off, while this is open. */
static void
service_changed_cb (FikaDetails *self)
{
  g_autoptr (FikaReminder) now = fika_snooze_find (get_store (self), self->occurrence);

  if ((now == NULL) != (self->reminder == NULL)
      || (now != NULL
          && (now->id != self->reminder->id || now->state != self->reminder->state
              || now->due != self->reminder->due)))
    fill (self);
}

static void
fika_details_dispose (GObject *object)
{
  FikaDetails *self = FIKA_DETAILS (object);

  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_DETAILS);
  g_clear_object (&self->occurrence);
  g_clear_pointer (&self->reminder, fika_reminder_free);
  G_OBJECT_CLASS (fika_details_parent_class)->dispose (object);
}

static void
fika_details_class_init (FikaDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_details_dispose;

  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/catchup/fika-details.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, page);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, icon);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, title);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, when);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, state);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, first_actions);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, people);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, facts);
  gtk_widget_class_bind_template_child (widget_class, FikaDetails, actions);
  gtk_widget_class_bind_template_callback (widget_class, person_activated_cb);
  gtk_widget_class_install_action (widget_class, "details.snooze", "(xx)", snooze_action);
}

static void
fika_details_init (FikaDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_details_present:
 * @window: the window
 * @occurrence: an entry
 *
 * Shows everything about it.
 */
void
fika_details_present (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaDetails *self;
  g_autofree char *title = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (FIKA_IS_OCCURRENCE (occurrence));

  self = g_object_new (FIKA_TYPE_DETAILS, NULL);
  self->window = window;
  self->occurrence = g_object_ref (occurrence);
  fill (self);
  g_signal_connect_object (fika_main_window_get_store (window), "changed",
                           G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fika_main_window_get_link (window), "changed",
                           G_CALLBACK (service_changed_cb), self, G_CONNECT_SWAPPED);
  title = fika_plan_dup_display_title (fika_occurrence_get_plan (occurrence));
  fika_main_window_take_details (window, FIKA_SHEET (self));
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (window), title, 440, -1);
}
