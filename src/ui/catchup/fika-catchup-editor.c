#include "config.h"

#include "ui/catchup/fika-catchup-editor.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "base/fika-when.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-leads-group.h"
#include "ui/catchup/fika-repeat-group.h"
#include "ui/catchup/fika-when-group.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/widgets/fika-error-row.h"
#include "ui/widgets/fika-page.h"
#include "ui/widgets/fika-people-entry.h"

#include <glib/gi18n.h>

/* Pixels, where there is room. */
#define WIDTH 560
#define HEIGHT 680

struct _FikaCatchupEditor
{
  FikaSheet parent_instance;

  FikaMainWindow *window;     /* outlives the sheet */
  FikaOccurrence *occurrence; /* what is edited; NULL for a new one or a whole series */
  FikaSeries *series;         /* the whole series that is edited */
  GPtrArray *groups;          /* FikaGroup behind the entries of the combo, after "None" */
  char *before;               /* the fields as they were when it opened */

  FikaPage *page;
  GtkWidget *save;
  GtkScrolledWindow *scroller;
  GtkLabel *problem;
  FikaPeopleEntry *people;
  GtkWidget *people_row;
  FikaErrorRow *people_error;
  AdwComboRow *kind;
  FikaWhenGroup *when;
  FikaRepeatGroup *repeat;
  FikaLeadsGroup *leads;
  AdwEntryRow *place;
  AdwEntryRow *link;
  AdwEntryRow *title;
  AdwComboRow *group;
  AdwEntryRow *zone;
  FikaErrorRow *zone_error;
  GtkTextView *notes;
  GtkLabel *preview;
};

G_DEFINE_FINAL_TYPE (FikaCatchupEditor, fika_catchup_editor, FIKA_TYPE_SHEET)

static FikaStore *
get_store (FikaCatchupEditor *self)
{
  return fika_main_window_get_store (self->window);
}

static const char *
get_text (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static char *
dup_notes (FikaCatchupEditor *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static FikaKind
get_kind (FikaCatchupEditor *self)
{
  guint selected = adw_combo_row_get_selected (self->kind);

  return selected < FIKA_N_KINDS ? (FikaKind) selected : FIKA_KIND_OTHER;
}

static FikaGroup *
get_group (FikaCatchupEditor *self)
{
  guint selected = adw_combo_row_get_selected (self->group);

  return selected > 0 && selected <= self->groups->len
             ? g_ptr_array_index (self->groups, selected - 1)
             : NULL;
}

/* Everything that can be changed, as one text: to know whether anything was. */
static char *
dup_fields (FikaCatchupEditor *self)
{
  GString *all = g_string_new (NULL);
  GPtrArray *people = fika_people_entry_get_people (self->people);
  g_autoptr (GArray) leads = fika_leads_group_get (self->leads);
  g_autofree char *notes = dup_notes (self);
  g_autofree char *rule = NULL;
  FikaCivil start = 0;
  FikaWindow loose = FIKA_WINDOW_EXACT;
  int minutes = 0;
  int after_days = 0;
  gboolean when = fika_when_group_peek (self->when, &start, &loose, &minutes);
  gboolean repeat = fika_repeat_group_peek (self->repeat, &rule, &after_days);

  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (all, "%s\n", fika_person_get_name (g_ptr_array_index (people, i)));
  for (guint i = 0; i < leads->len; i++)
    g_string_append_printf (all, "%d ", g_array_index (leads, int, i));
  g_string_append_printf (
      all, "\n%s\n%u %u\n%d %" G_GINT64_FORMAT " %d %d\n%d %s %d\n",
      fika_people_entry_get_text (self->people), adw_combo_row_get_selected (self->kind),
      adw_combo_row_get_selected (self->group), when, when ? start : 0, when ? (int) loose : 0,
      when ? minutes : 0, repeat, rule != NULL ? rule : "", after_days);
  g_string_append_printf (all, "%s\n%s\n%s\n%s\n%s", get_text (self->place), get_text (self->link),
                          get_text (self->title), get_text (self->zone), notes);
  return g_string_free (all, FALSE);
}

/* Preview */

static void
update_preview (FikaCatchupEditor *self)
{
  g_autofree char *rule = NULL;
  g_autofree char *words = NULL;
  FikaCivil start;
  FikaWindow loose;
  int minutes;
  int after_days = 0;

  if (fika_when_group_peek (self->when, &start, &loose, &minutes)
      && fika_repeat_group_peek (self->repeat, &rule, &after_days))
    words = fika_when_words_plan (start, loose, minutes, rule, after_days,
                                  fika_store_today (get_store (self)));
  gtk_label_set_label (self->preview, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->preview), words != NULL);
}

static void
changed_cb (FikaCatchupEditor *self)
{
  if (self->window == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  update_preview (self);
}

static void
suggest_leads (FikaCatchupEditor *self)
{
  FikaCivil start;
  FikaWindow loose = FIKA_WINDOW_EXACT;
  int minutes;

  fika_when_group_peek (self->when, &start, &loose, &minutes);
  fika_leads_group_suggest (self->leads, fika_main_window_get_settings (self->window),
                            (FikaKind) adw_combo_row_get_selected (self->kind), loose,
                            fika_people_entry_get_people (self->people));
}

static void
kind_changed_cb (FikaCatchupEditor *self)
{
  if (self->window == NULL)
    return;
  suggest_leads (self);
  changed_cb (self);
}

static void
people_changed_cb (FikaCatchupEditor *self)
{
  if (self->window == NULL)
    return;
  suggest_leads (self);
  fika_error_row_set (self->people_error, NULL);
  changed_cb (self);
}

static void
when_changed_cb (FikaCatchupEditor *self)
{
  FikaCivil start;
  FikaWindow loose;
  int minutes;

  if (self->window == NULL)
    return;
  if (fika_when_group_peek (self->when, &start, &loose, &minutes))
    fika_repeat_group_set_start (self->repeat, fika_civil_day (start),
                                 fika_store_today (get_store (self)));
  suggest_leads (self);
  changed_cb (self);
}

static void
zone_changed_cb (FikaCatchupEditor *self)
{
  if (self->window == NULL)
    return;
  fika_error_row_set (self->zone_error, NULL);
  changed_cb (self);
}

/* Saving */

static void
say_problem (FikaCatchupEditor *self, const GError *error)
{
  gtk_label_set_label (self->problem, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static gboolean
check_people (FikaCatchupEditor *self)
{
  GError *error = NULL;

  if (fika_people_entry_finish (self->people, &error))
    return TRUE;
  fika_error_row_take (self->people_error, error);
  gtk_widget_grab_focus (GTK_WIDGET (self->people));
  return FALSE;
}

static gboolean
check_zone (FikaCatchupEditor *self, char **zone)
{
  *zone = fika_text_clean_line (get_text (self->zone));
  if ((*zone)[0] == '\0' || fika_zone_valid (*zone))
    return TRUE;
  fika_error_row_set (
      self->zone_error,
      _ ("Fika does not know that time zone. Write it as Europe/Stockholm, or leave it "
         "empty."));
  gtk_widget_grab_focus (GTK_WIDGET (self->zone));
  return FALSE;
}

/* Those who were only named become people first; from then on they are the live ones. */
static gboolean
save_new_people (FikaCatchupEditor *self, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *chosen = fika_people_entry_get_people (self->people);

  for (guint i = 0; i < chosen->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (chosen, i);
      FikaPerson *live;

      if (fika_person_get_id (person) != 0)
        live = g_object_ref (person);
      else
        live = fika_command_save_person (get_store (self), person, FIKA_SOURCE_WINDOW, error);
      if (live == NULL)
        return FALSE;
      g_ptr_array_add (people, live);
    }
  fika_people_entry_set_people (self->people, people);
  return TRUE;
}

static void
fill_draft (FikaCatchupEditor *self,
            FikaPlan *draft,
            FikaCivil start,
            FikaWindow loose,
            int minutes,
            const char *zone)
{
  g_autofree char *notes = dup_notes (self);
  g_autoptr (GArray) leads = fika_leads_group_get (self->leads);

  fika_plan_set_kind (draft, get_kind (self));
  fika_plan_set_title (draft, get_text (self->title));
  fika_plan_set_start (draft, start);
  fika_plan_set_window (draft, loose);
  fika_plan_set_zone (draft, zone);
  fika_plan_set_minutes (draft, minutes);
  fika_plan_set_place (draft, get_text (self->place));
  fika_plan_set_link (draft, get_text (self->link));
  fika_plan_set_notes (draft, notes);
  fika_plan_set_group (draft, get_group (self));
  fika_plan_set_people (draft, fika_people_entry_get_people (self->people));
  fika_plan_set_leads (draft, leads);
}

static FikaPlan *
save_series (FikaCatchupEditor *self, FikaSeries *draft, GError **error)
{
  FikaStore *store = get_store (self);
  FikaCatchup *catchup
      = self->occurrence != NULL ? fika_occurrence_get_catchup (self->occurrence) : NULL;
  FikaSeries *saved;

  if (catchup != NULL)
    saved = fika_command_convert_to_series (store, catchup, draft, FIKA_SOURCE_WINDOW, error);
  else
    saved = fika_command_save_series (store, draft, FIKA_SOURCE_WINDOW, error);
  return saved != NULL ? FIKA_PLAN (saved) : NULL;
}

static FikaPlan *
save_catchup (FikaCatchupEditor *self, FikaCatchup *draft, GError **error)
{
  FikaStore *store = get_store (self);
  FikaCatchup *saved;

  if (self->series != NULL)
    saved = fika_command_convert_to_catchup (store, self->series, draft, FIKA_SOURCE_WINDOW, error);
  else if (self->occurrence != NULL && fika_occurrence_get_series (self->occurrence) != NULL)
    saved
        = fika_command_edit_occurrence (store, self->occurrence, draft, FIKA_SOURCE_WINDOW, error);
  else
    saved = fika_command_save_catchup (store, draft, FIKA_SOURCE_WINDOW, error);
  return saved != NULL ? FIKA_PLAN (saved) : NULL;
}

/* The rule decides which days there are: the first of them is where the series starts. */
static gboolean
find_first (const char *rule, FikaCivil *start, GError **error)
{
  g_autoptr (FikaRecurrence) recurrence = fika_recurrence_parse (rule, error);
  FikaCivil first;

  if (recurrence == NULL || !fika_recurrence_check_anchor (recurrence, *start, error))
    return FALSE;
  first = fika_recurrence_next (recurrence, *start, *start);
  if (first != FIKA_CIVIL_NONE)
    *start = first;
  return TRUE;
}

static FikaPlan *
save (FikaCatchupEditor *self,
      FikaCivil start,
      FikaWindow loose,
      int minutes,
      const char *zone,
      const char *rule,
      int after_days,
      GError **error)
{
  gboolean repeats = rule[0] != '\0' || after_days > 0;
  FikaCatchup *old
      = self->occurrence != NULL ? fika_occurrence_get_catchup (self->occurrence) : NULL;

  if (rule[0] != '\0' && !find_first (rule, &start, error))
    return NULL;
  if (!save_new_people (self, error))
    return NULL;
  if (repeats)
    {
      g_autoptr (FikaSeries) draft = self->series != NULL
                                         ? fika_series_copy (self->series)
                                         : fika_series_new (get_kind (self), start);

      fill_draft (self, FIKA_PLAN (draft), start, loose, minutes, zone);
      fika_series_set_rule (draft, rule);
      fika_series_set_after_days (draft, after_days);
      return save_series (self, draft, error);
    }
  else
    {
      g_autoptr (FikaCatchup) draft
          = old != NULL ? fika_catchup_copy (old) : fika_catchup_new (get_kind (self), start);

      fill_draft (self, FIKA_PLAN (draft), start, loose, minutes, zone);
      return save_catchup (self, draft, error);
    }
}

static void
save_cb (FikaCatchupEditor *self)
{
  g_autoptr (FikaPlan) saved = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *rule = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  FikaMainWindow *window = self->window;
  FikaCivil start;
  FikaWindow loose;
  int minutes;
  int after_days;
  gboolean isnew = self->occurrence == NULL && self->series == NULL;

  if (!check_people (self) || !fika_when_group_get (self->when, &start, &loose, &minutes)
      || !fika_repeat_group_get (self->repeat, &rule, &after_days) || !check_zone (self, &zone))
    return;
  saved = save (self, start, loose, minutes, zone, rule, after_days, &error);
  if (saved == NULL)
    {
      say_problem (self, error);
      return;
    }
  title = fika_plan_dup_display_title (saved);
  /* Translators: %s is a catch-up, such as "Call with Ada" */
  text = g_strdup_printf (isnew ? _ ("%s is planned") : _ ("%s is changed"), title);
  fika_sheet_close (FIKA_SHEET (self));
  fika_main_window_toast_undo (window, text);
}

static void
cancel_cb (FikaCatchupEditor *self)
{
  fika_sheet_request_close (FIKA_SHEET (self));
}

static void
answered_cb (GObject *source, const char *response, gpointer user_data)
{
  if (g_strcmp0 (response, "discard") == 0)
    fika_sheet_close (FIKA_SHEET (source));
}

static gboolean
fika_catchup_editor_may_close (FikaSheet *sheet)
{
  FikaCatchupEditor *self = FIKA_CATCHUP_EDITOR (sheet);
  g_autofree char *now = dup_fields (self);
  const FikaAskResponse responses[] = {
    { "keep", _ ("_Keep Editing"), FALSE, FALSE },
    { "discard", _ ("_Discard"), FALSE, TRUE },
    { NULL },
  };

  if (g_strcmp0 (now, self->before) == 0)
    return TRUE;
  fika_ask (GTK_WIDGET (self), _ ("Discard what you changed?"),
            _ ("What you wrote here is not kept."), responses, G_OBJECT (self), answered_cb, NULL);
  return FALSE;
}

/* Filling */

static void
fill_kinds (FikaCatchupEditor *self)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (int kind = 0; kind < FIKA_N_KINDS; kind++)
    gtk_string_list_append (list, fika_kind_label ((FikaKind) kind));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (list));
}

static void
fill_groups (FikaCatchupEditor *self, FikaGroup *chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GArray) ids = fika_store_group_ids (get_store (self), NULL);
  guint selected = 0;

  gtk_string_list_append (list, C_ ("group", "None"));
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      FikaGroup *group
          = fika_store_get_group (get_store (self), g_array_index (ids, int64_t, i), NULL);

      if (group == NULL)
        continue;
      g_ptr_array_add (self->groups, group);
      gtk_string_list_append (list, fika_group_get_name (group));
      if (group == chosen)
        selected = self->groups->len;
    }
  if (chosen != NULL && selected == 0)
    {
      g_ptr_array_add (self->groups, g_object_ref (chosen));
      gtk_string_list_append (list, fika_group_get_name (chosen));
      selected = self->groups->len;
    }
  adw_combo_row_set_model (self->group, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->group, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->groups->len > 0);
}

static void
fill_from_plan (FikaCatchupEditor *self, FikaPlan *plan, FikaCivil start)
{
  fika_people_entry_set_people (self->people, fika_plan_get_people (plan));
  adw_combo_row_set_selected (self->kind, (guint) fika_plan_get_kind (plan));
  fika_when_group_set (self->when, start, fika_plan_get_window (plan),
                       fika_plan_get_minutes (plan));
  fika_leads_group_set (self->leads, fika_plan_get_leads (plan));
  gtk_editable_set_text (GTK_EDITABLE (self->place), fika_plan_get_place (plan));
  gtk_editable_set_text (GTK_EDITABLE (self->link), fika_plan_get_link (plan));
  gtk_editable_set_text (GTK_EDITABLE (self->title), fika_plan_get_title (plan));
  gtk_editable_set_text (GTK_EDITABLE (self->zone), fika_plan_get_zone (plan));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes), fika_plan_get_notes (plan), -1);
  fill_groups (self, fika_plan_get_group (plan));
  suggest_leads (self);
}

static FikaCatchupEditor *
editor_new (FikaMainWindow *window)
{
  FikaCatchupEditor *self = g_object_new (FIKA_TYPE_CATCHUP_EDITOR, NULL);
  FikaStore *store = fika_main_window_get_store (window);

  fill_kinds (self);
  fika_people_entry_set_store (self->people, store);
  fika_when_group_set_today (self->when, fika_store_today (store), FALSE);
  self->window = window;
  return self;
}

static void
present (FikaCatchupEditor *self, const char *title)
{
  fika_page_set_title (self->page, title);
  when_changed_cb (self);
  self->before = dup_fields (self);
  fika_sheet_set_focus (FIKA_SHEET (self), fika_people_entry_get_entry (self->people));
  fika_sheet_set_default (FIKA_SHEET (self), self->save);
  fika_sheet_present (FIKA_SHEET (self), GTK_WIDGET (self->window), title, WIDTH, HEIGHT);
}

static gboolean
control_enter_cb (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  save_cb (FIKA_CATCHUP_EDITOR (widget));
  return TRUE;
}

static void
fika_catchup_editor_dispose (GObject *object)
{
  FikaCatchupEditor *self = FIKA_CATCHUP_EDITOR (object);

  self->window = NULL;
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_CATCHUP_EDITOR);
  g_clear_object (&self->occurrence);
  g_clear_object (&self->series);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_free);
  G_OBJECT_CLASS (fika_catchup_editor_parent_class)->dispose (object);
}

static void
fika_catchup_editor_class_init (FikaCatchupEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_catchup_editor_dispose;
  FIKA_SHEET_CLASS (klass)->may_close = fika_catchup_editor_may_close;

  g_type_ensure (FIKA_TYPE_ERROR_ROW);
  g_type_ensure (FIKA_TYPE_LEADS_GROUP);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_PEOPLE_ENTRY);
  g_type_ensure (FIKA_TYPE_REPEAT_GROUP);
  g_type_ensure (FIKA_TYPE_WHEN_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/catchup/fika-catchup-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, page);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, save);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, scroller);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, problem);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, people);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, people_row);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, people_error);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, kind);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, when);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, repeat);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, leads);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, place);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, link);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, title);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, group);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, zone);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, zone_error);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, notes);
  gtk_widget_class_bind_template_child (widget_class, FikaCatchupEditor, preview);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, people_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, when_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, zone_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, control_enter_cb,
                                NULL);
}

static void
fika_catchup_editor_init (FikaCatchupEditor *self)
{
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_catchup_editor_present_new:
 * @window: the window
 * @day: the day it is on at first, or %FIKA_DAY_NONE
 * @person: (nullable): who is in it at first
 * @group: (nullable): whose session it is
 *
 * Opens the editor for a new catch-up.
 */
void
fika_catchup_editor_present_new (FikaMainWindow *window,
                                 FikaDay day,
                                 FikaPerson *person,
                                 FikaGroup *group)
{
  FikaCatchupEditor *self;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self = editor_new (window);
  fika_when_group_set_usual (self->when, fika_store_now (get_store (self)), day);
  adw_combo_row_set_selected (self->kind, group != NULL ? FIKA_KIND_SESSION : FIKA_KIND_CALL);
  fill_groups (self, group);
  if (person != NULL)
    fika_people_entry_add (self->people, person);
  if (group != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->place), fika_group_get_place (group));
  suggest_leads (self);
  present (self, _ ("Plan a Catch-up"));
}

/**
 * fika_catchup_editor_present_occurrence:
 * @window: the window
 * @occurrence: an entry
 *
 * Opens the editor for it; of a series, for it alone.
 */
void
fika_catchup_editor_present_occurrence (FikaMainWindow *window, FikaOccurrence *occurrence)
{
  FikaCatchupEditor *self;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (FIKA_IS_OCCURRENCE (occurrence));

  self = editor_new (window);
  self->occurrence = g_object_ref (occurrence);
  fill_from_plan (self, fika_occurrence_get_plan (occurrence),
                  fika_occurrence_get_start (occurrence));
  gtk_widget_set_visible (GTK_WIDGET (self->repeat),
                          fika_occurrence_get_series (occurrence) == NULL);
  present (self, fika_occurrence_get_series (occurrence) != NULL ? _ ("Edit This One")
                                                                 : _ ("Edit Catch-up"));
}

/**
 * fika_catchup_editor_present_series:
 * @window: the window
 * @series: a series
 *
 * Opens the editor for the whole of it.
 */
void
fika_catchup_editor_present_series (FikaMainWindow *window, FikaSeries *series)
{
  FikaCatchupEditor *self;
  FikaCivil start;

  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));
  g_return_if_fail (FIKA_IS_SERIES (series));

  self = editor_new (window);
  self->series = g_object_ref (series);
  start = fika_plan_get_start (FIKA_PLAN (series));
  fill_from_plan (self, FIKA_PLAN (series), start);
  fika_repeat_group_set_start (self->repeat, fika_civil_day (start),
                               fika_store_today (get_store (self)));
  fika_repeat_group_set (self->repeat, fika_series_get_rule (series),
                         fika_series_get_after_days (series));
  present (self, _ ("Edit Series"));
}
