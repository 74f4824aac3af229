#include "config.h"

#include "ui/catchup/fika-log-dialog.h"

#include "base/fika-error.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-when-group.h"
#include "ui/widgets/fika-date-text.h"
#include "ui/widgets/fika-error-row.h"
#include "ui/widgets/fika-feeling.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-people-entry.h"

#include <glib/gi18n.h>

/* Pixels, where there is room. */
#define WIDTH 480
#define HEIGHT 640

/* How many days back a session may be that a visit is logged for. */
#define SESSION_DAYS 14

struct _FikaLogDialog
{
  FikaSheet parent_instance;

  FikaMainWindow *window;     /* outlives the sheet */
  FikaOccurrence *occurrence; /* what was planned; NULL for what was not */
  FikaGroup *group;           /* whose visit it is, where nothing was planned */
  gboolean when_touched;      /* else "now" is when it is logged */

  FikaPage *page;
  GtkWidget *log;
  GtkScrolledWindow *scroller;
  GtkLabel *problem;
  GtkWidget *who_group;
  FikaPeopleEntry *people;
  GtkWidget *people_row;
  FikaErrorRow *people_error;
  AdwComboRow *kind;
  FikaFeeling *feeling;
  AdwEntryRow *note;
  AdwEntryRow *next;
  FikaWhenGroup *when;
  GtkWidget *visit_group;
  AdwComboRow *again;
  AdwEntryRow *volunteer;
  FikaErrorRow *volunteer_error;
};

G_DEFINE_FINAL_TYPE (FikaLogDialog, fika_log_dialog, FIKA_TYPE_SHEET)

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
say_problem (FikaLogDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
changed_cb (FikaLogDialog *self)
{
  self->when_touched = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
people_changed_cb (FikaLogDialog *self)
{
  if (self->window == NULL)
    return;
  fika_error_row_set (self->people_error, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
}

static void
volunteer_changed_cb (FikaLogDialog *self)
{
  fika_error_row_set (self->volunteer_error, NULL);
}

static void
cancel_cb (FikaLogDialog *self)
{
  fika_sheet_request_close (FIKA_SHEET (self));
}

static gboolean
check_people (FikaLogDialog *self)
{
  GError *error = NULL;

  if (self->occurrence != NULL)
    return TRUE;
  if (!fika_people_entry_finish (self->people, &error))
    fika_error_row_take (self->people_error, error);
  else if (fika_people_entry_get_people (self->people)->len == 0 && self->group == NULL)
    fika_error_row_set (self->people_error, _ ("With whom? Begin to type a name."));
  else
    return TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self->people));
  return FALSE;
}

static gboolean
get_volunteer (FikaLogDialog *self, int *minutes)
{
  GError *error = NULL;

  *minutes = 0;
  if (!gtk_widget_get_visible (self->visit_group))
    return TRUE;
  *minutes = fika_length_text_parse (get_text (self->volunteer), &error);
  if (*minutes >= 0)
    return TRUE;
  fika_error_row_take (self->volunteer_error, error);
  gtk_widget_grab_focus (GTK_WIDGET (self->volunteer));
  return FALSE;
}

/* Those who were only named become people first. */
static GPtrArray *
save_people (FikaLogDialog *self, GError **error)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  GPtrArray *chosen = fika_people_entry_get_people (self->people);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < chosen->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (chosen, i);
      FikaPerson *live;

      if (fika_person_get_id (person) != 0)
        live = g_object_ref (person);
      else
        live = fika_command_save_person (store, person, FIKA_SOURCE_WINDOW, error);
      if (live == NULL)
        return NULL;
      g_ptr_array_add (people, live);
    }
  fika_people_entry_set_people (self->people, people);
  return g_steal_pointer (&people);
}

static FikaCatchup *
log_new (FikaLogDialog *self,
         FikaCivil start,
         FikaWindow loose,
         const FikaLogDetails *details,
         GError **error)
{
  FikaStore *store = fika_main_window_get_store (self->window);
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (GPtrArray) people = NULL;
  guint kind = adw_combo_row_get_selected (self->kind);

  if (!self->when_touched)
    start = fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (store));
  if (fika_zone_to_utc (FIKA_ZONE_HERE, fika_window_opens (loose, start)) > fika_store_now (store))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("That is still to come. Choose a time that is over, or plan it "
                              "instead."));
      return NULL;
    }
  people = save_people (self, error);
  if (people == NULL)
    return NULL;
  draft = fika_catchup_new (kind < FIKA_N_KINDS ? (FikaKind) kind : FIKA_KIND_OTHER, start);
  fika_plan_set_window (FIKA_PLAN (draft), loose);
  fika_plan_set_minutes (FIKA_PLAN (draft), details->minutes);
  fika_plan_set_people (FIKA_PLAN (draft), people);
  fika_plan_set_group (FIKA_PLAN (draft), self->group);
  return fika_command_log_new (store, draft, details, FIKA_SOURCE_WINDOW, error);
}

static void
log_cb (FikaLogDialog *self)
{
  FikaMainWindow *window = self->window;
  FikaLogDetails details = { 0 };
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  FikaCivil start;
  FikaWindow loose;

  if (!check_people (self) || !fika_when_group_get (self->when, &start, &loose, &details.minutes)
      || !get_volunteer (self, &details.volunteer))
    return;
  details.feeling = fika_feeling_get (self->feeling);
  details.note = get_text (self->note);
  details.next_topic = get_text (self->next);
  if (gtk_widget_get_visible (self->visit_group))
    details.again = (FikaAgain) MIN (adw_combo_row_get_selected (self->again), FIKA_AGAIN_NO);
  if (self->occurrence != NULL)
    logged = fika_command_log_occurrence (fika_main_window_get_store (window), self->occurrence,
                                          &details, FIKA_SOURCE_WINDOW, &error);
  else
    logged = log_new (self, start, loose, &details, &error);
  if (logged == NULL)
    {
      say_problem (self, error->message);
      return;
    }
  title = fika_plan_dup_display_title (FIKA_PLAN (logged));
  /* Translators: %s is a catch-up, such as "Call with Ada" */
  text = g_strdup_printf (_ ("%s is logged"), title);
  fika_sheet_close (FIKA_SHEET (self));
  fika_main_window_toast_undo (window, text);
}

static void
answered_cb (GObject *source, const char *response, gpointer user_data)
{
  if (g_strcmp0 (response, "discard") == 0)
    fika_sheet_close (FIKA_SHEET (source));
}

/* Only words are worth a question. */
static gboolean
fika_log_dialog_may_close (FikaSheet *sheet)
{
  FikaLogDialog *self = FIKA_LOG_DIALOG (sheet);
  const FikaAskResponse responses[] = {
    { "keep", _ ("_Keep Editing"), FALSE, FALSE },
    { "discard", _ ("_Discard"), FALSE, TRUE },
    { NULL },
  };

  if (get_text (self->note)[0] == '\0' && get_text (self->next)[0] == '\0')
    return TRUE;
  fika_ask (GTK_WIDGET (self), _ ("Discard what you wrote?"),
            _ ("What you wrote here is not kept."), responses, G_OBJECT (self), answered_cb, NULL);
  return FALSE;
}

static gboolean
control_enter_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  log_cb (FIKA_LOG_DIALOG (widget));
  return TRUE;
}

static void
fika_log_dialog_dispose (GObject *object)
{
  FikaLogDialog *self = FIKA_LOG_DIALOG (object);

  self->window = NULL;
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_LOG_DIALOG);
  g_clear_object (&self->occurrence);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (fika_log_dialog_parent_class)->dispose (object);
}

static void
fika_log_dialog_class_init (FikaLogDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_log_dialog_dispose;
  FIKA_SHEET_CLASS (klass)->may_close = fika_log_dialog_may_close;

  g_type_ensure (FIKA_TYPE_ERROR_ROW);
  g_type_ensure (FIKA_TYPE_FEELING);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_PEOPLE_ENTRY);
  g_type_ensure (FIKA_TYPE_WHEN_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/catchup/fika-log-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, page);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, log);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, who_group);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, people);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, people_row);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, people_error);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, feeling);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, note);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, next);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, when);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, visit_group);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, again);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, volunteer);
  gtk_widget_class_bind_template_child (widget_class, FikaLogDialog, volunteer_error);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, people_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, volunteer_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, control_enter_cb,
                                NULL);
}

static void
fika_log_dialog_init (FikaLogDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fill_kinds (FikaLogDialog *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int kind = 0; kind < FIKA_N_KINDS; kind++)
    gtk_string_list_append (list, fika_kind_label ((FikaKind) kind));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->kind, FIKA_KIND_CALL);
}

static void
ask_about_visit (FikaLogDialog *self, FikaGroup *group)
{
  gtk_widget_set_visible (self->visit_group, group != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->volunteer),
                          group != NULL
                              && fika_group_get_group_type (group) == FIKA_GROUP_VOLUNTEERING);
}

/* What was planned is shown, not asked again. */
static void
fill_from_occurrence (FikaLogDialog *self, FikaOccurrence *occurrence)
{
  FikaPlan *plan = fika_occurrence_get_plan (occurrence);
  FikaGroup *group = fika_plan_get_group (plan);
  g_autofree char *title = fika_plan_dup_display_title (plan);

  self->occurrence = g_object_ref (occurrence);
  fika_page_set_subtitle (self->page, title);
  gtk_widget_set_visible (self->who_group, FALSE);
  fika_when_group_set (self->when, fika_occurrence_get_start (occurrence),
                       fika_plan_get_window (plan), fika_plan_get_minutes (plan));
  fika_when_group_only_length (self->when);
  ask_about_visit (self, group);
  gtk_widget_set_visible (GTK_WIDGET (self->next), fika_plan_get_people (plan)->len > 0);
}

static FikaLogDialog *
dialog_new (FikaMainWindow *window)
{
  FikaLogDialog *self = g_object_new (FIKA_TYPE_LOG_DIALOG, NULL);
  FikaStore *store = fika_main_window_get_store (window);

  fill_kinds (self);
  fika_people_entry_set_store (self->people, store);
  fika_when_group_set_today (self->when, fika_store_today (store), TRUE);
  fika_when_group_set (self->when, fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (store)),
                       FIKA_WINDOW_EXACT, 0);
  self->window = window;
  return self;
}

static void
present (FikaLogDialog *self, GtkWidget *focus)
{
  fika_sheet_set_focus (FIKA_SHEET (self), focus);
  fika_sheet_set_default (FIKA_SHEET (self), self->log);
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (self->window), _ ("Log a Catch-up"), WIDTH,
                      HEIGHT);
}

/**
 * fika_log_dialog_present:
 * @window: the window
 * @occurrence: (nullable): what was planned
 * @person: (nullable): who was in it, where nothing was planned
 *
 * Opens the dialog that says that a catch-up happened.
 */
void
fika_log_dialog_present (FikaMainWindow *window, FikaOccurrence *occurrence, FikaPerson *person)
{
  FikaLogDialog *self;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self = dialog_new (window);
  if (occurrence != NULL)
    fill_from_occurrence (self, occurrence);
  else if (person != NULL)
    fika_people_entry_add (self->people, person);
  present (self, occurrence != NULL || person != NULL ? GTK_WIDGET (self->note)
                                                      : fika_people_entry_get_entry (self->people));
}

/* The last session of a group that is over and nobody logged, of the last fortnight. */
static FikaOccurrence *
find_unlogged (FikaStore *store, FikaGroup *group)
{
  FikaDay today = fika_store_today (store);
  g_autoptr (GPtrArray) agenda = fika_store_agenda (
      store, fika_civil_new (today - SESSION_DAYS, 0, 0), fika_civil_new (today + 1, 0, 0), NULL);

  for (guint i = agenda != NULL ? agenda->len : 0; i > 0; i--)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (agenda, i - 1);

      if (fika_plan_get_group (fika_occurrence_get_plan (occurrence)) == group
          && fika_occurrence_get_state (occurrence) == FIKA_STATE_PLANNED
          && fika_occurrence_get_utc (occurrence) <= fika_store_now (store))
        return g_object_ref (occurrence);
    }
  return NULL;
}

/**
 * fika_log_dialog_present_visit:
 * @window: the window
 * @group: a group
 *
 * Opens the dialog for a visit: the last session that nobody logged, else a new one.
 */
void
fika_log_dialog_present_visit (FikaMainWindow *window, FikaGroup *group)
{
  FikaLogDialog *self;
  g_autoptr (FikaOccurrence) occurrence = NULL;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (FIKA_IS_GROUP (group));

  occurrence = find_unlogged (fika_main_window_get_store (window), group);
  if (occurrence != NULL)
    {
      fika_log_dialog_present (window, occurrence, NULL);
      return;
    }
  self = dialog_new (window);
  self->group = g_object_ref (group);
  fika_page_set_subtitle (self->page, fika_group_get_name (group));
  adw_combo_row_set_selected (self->kind, FIKA_KIND_SESSION);
  ask_about_visit (self, group);
  present (self, GTK_WIDGET (self->note));
}
