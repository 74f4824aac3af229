#include "config.h"

#include "ui/widgets/fika-timeline-view.h"

#include "base/fika-text.h"
#include "base/fika-when.h"
#include "base/fika-zone.h"
#include "model/fika-list-models.h"
#include "ui/widgets/fika-kind-style.h"
#include "ui/widgets/fika-rows.h"

#include <glib/gi18n-lib.h>

/* Rows shown at first, and more at each press of the button. */
#define PAGE 20

struct _FikaTimelineView
{
  AdwPreferencesGroup parent_instance;

  GtkListBox *list_box;
  GtkWidget *more_button;

  FikaMainWindow *window; /* outlives its places */
  GObject *subject;       /* a person or a group */
  GtkSliceListModel *slice;
};

G_DEFINE_FINAL_TYPE (FikaTimelineView, fika_timeline_view, ADW_TYPE_PREFERENCES_GROUP)

/* On this computer's clock, as everywhere in the window. */
static FikaCivil
start_of (FikaCatchup *catchup)
{
  FikaPlan *plan = FIKA_PLAN (catchup);
  FikaCivil start = fika_plan_get_start (plan);
  const char *zone = fika_plan_get_zone (plan);

  return *zone == '\0' ? start
                       : fika_zone_from_utc (FIKA_ZONE_HERE, fika_zone_to_utc (zone, start));
}

static FikaDay
day_of (FikaCatchup *catchup)
{
  return fika_civil_day (start_of (catchup));
}

/* On the page of a group, its sessions need no name: when they were is what tells them apart. */
static gboolean
is_own_session (FikaTimelineView *self, FikaPlan *plan)
{
  return FIKA_IS_GROUP (self->subject) && *fika_plan_get_title (plan) == '\0'
         && fika_plan_get_kind (plan) == FIKA_KIND_SESSION;
}

static char *
row_title (FikaTimelineView *self, FikaCatchup *catchup)
{
  FikaPlan *plan = FIKA_PLAN (catchup);

  if (is_own_session (self, plan))
    return fika_when_day_and_time (start_of (catchup), fika_plan_get_window (plan),
                                   fika_store_today (fika_main_window_get_store (self->window)));
  return fika_plan_dup_title_among (plan, self->subject);
}

static char *
row_words (FikaTimelineView *self, FikaCatchup *catchup)
{
  FikaPlan *plan = FIKA_PLAN (catchup);
  FikaDay today = fika_store_today (fika_main_window_get_store (self->window));
  g_autofree char *when = NULL;
  g_autofree char *note = fika_text_clean_line (fika_plan_get_notes (plan));
  g_autofree char *clipped = fika_text_clip (note, 120);
  const char *state = NULL;

  when = fika_when_day_and_time (start_of (catchup), fika_plan_get_window (plan), today);
  if (fika_catchup_get_state (catchup) != FIKA_STATE_HAPPENED)
    state = fika_state_label (fika_catchup_get_state (catchup));
  if (is_own_session (self, plan))
    return state == NULL ? g_steal_pointer (&clipped) : g_strjoin (" · ", state, clipped, NULL);

  return g_strjoin (" · ", when, state != NULL ? state : clipped, state != NULL ? clipped : NULL,
                    NULL);
}

static void
update_row (FikaCatchup *catchup, GParamSpec *pspec, GtkWidget *row)
{
  GtkWidget *view = gtk_widget_get_ancestor (row, FIKA_TYPE_TIMELINE_VIEW);
  g_autofree char *words = NULL;
  g_autofree char *title = NULL;

  if (view == NULL)
    return;
  words = row_words (FIKA_TIMELINE_VIEW (view), catchup);
  title = row_title (FIKA_TIMELINE_VIEW (view), catchup);
  if (g_str_has_suffix (words, " · "))
    words[strlen (words) - strlen (" · ")] = '\0';
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  if (fika_catchup_get_state (catchup) == FIKA_STATE_SKIPPED
      || fika_catchup_get_state (catchup) == FIKA_STATE_CANCELLED)
    gtk_widget_add_css_class (row, "soft");
  else
    gtk_widget_remove_css_class (row, "soft");
}

static GtkWidget *
row_new_cb (gpointer item, gpointer data)
{
  FikaCatchup *catchup = FIKA_CATCHUP (item);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  fika_row_add_plan_icon (ADW_ACTION_ROW (row), FIKA_PLAN (catchup));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (catchup, "notify", G_CALLBACK (update_row), row, 0);

  return row;
}

/* The words of a row need the view, which the row is in by the time it is mapped into the list. */
static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  FikaTimelineView *self = FIKA_TIMELINE_VIEW (data);
  g_autoptr (FikaCatchup) catchup = NULL;
  g_autoptr (FikaCatchup) previous = NULL;
  int index = gtk_list_box_row_get_index (row);
  int year, month, other_year = 0, other_month = 0;

  catchup = g_list_model_get_item (G_LIST_MODEL (self->slice), index);
  if (catchup == NULL)
    return;
  update_row (catchup, NULL, GTK_WIDGET (row));

  fika_day_to_ymd (day_of (catchup), &year, &month, NULL);
  if (before != NULL)
    {
      previous = g_list_model_get_item (G_LIST_MODEL (self->slice), index - 1);
      if (previous != NULL)
        fika_day_to_ymd (day_of (previous), &other_year, &other_month, NULL);
    }

  if (before != NULL && year == other_year && month == other_month)
    {
      gtk_list_box_row_set_header (row, NULL);
    }
  else
    {
      g_autoptr (GDateTime) date = g_date_time_new_utc (year, month, 1, 0, 0, 0);
      /* Translators: a month and its year, as a heading: "November 2026" */
      g_autofree char *text = g_date_time_format (date, _ ("%OB %Y"));
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_set_margin_top (label, before != NULL ? 18 : 6);
      gtk_widget_set_margin_bottom (label, 6);
      gtk_list_box_row_set_header (row, label);
    }
}

static void
update_more (FikaTimelineView *self)
{
  GListModel *all;

  if (self->more_button == NULL || self->slice == NULL)
    return;
  all = gtk_slice_list_model_get_model (self->slice);
  gtk_widget_set_visible (
      self->more_button,
      all != NULL && g_list_model_get_n_items (all) > gtk_slice_list_model_get_size (self->slice));
}

static void
more_cb (FikaTimelineView *self)
{
  gtk_slice_list_model_set_size (self->slice, gtk_slice_list_model_get_size (self->slice) + PAGE);
  update_more (self);
}

static void
row_activated_cb (FikaTimelineView *self, GtkListBoxRow *row)
{
  g_autoptr (FikaCatchup) catchup = NULL;

  catchup = g_list_model_get_item (G_LIST_MODEL (self->slice), gtk_list_box_row_get_index (row));
  if (catchup != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-catchup", "s",
                                fika_plan_get_uid (FIKA_PLAN (catchup)));
}

static void
set_model (FikaTimelineView *self, FikaTimeline *timeline)
{
  gtk_slice_list_model_set_size (self->slice, PAGE);
  gtk_slice_list_model_set_model (self->slice, G_LIST_MODEL (timeline));
  if (timeline != NULL)
    g_signal_connect_object (timeline, "items-changed", G_CALLBACK (update_more), self,
                             G_CONNECT_SWAPPED);
  update_more (self);
}

static void
fika_timeline_view_dispose (GObject *object)
{
  FikaTimelineView *self = FIKA_TIMELINE_VIEW (object);

  if (self->list_box != NULL)
    {
      /* Each row that goes asks for a heading of the next; by now there may be no data to ask. */
      gtk_list_box_set_header_func (self->list_box, NULL, NULL, NULL);
      gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
    }
  g_clear_object (&self->slice);
  g_clear_object (&self->subject);
  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_TIMELINE_VIEW);

  G_OBJECT_CLASS (fika_timeline_view_parent_class)->dispose (object);
}

static void
fika_timeline_view_class_init (FikaTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_timeline_view_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/widgets/fika-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaTimelineView, list_box);
  gtk_widget_class_bind_template_child (widget_class, FikaTimelineView, more_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
fika_timeline_view_init (FikaTimelineView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->slice = gtk_slice_list_model_new (NULL, 0, PAGE);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (self->slice), row_new_cb, self, NULL);
  gtk_list_box_set_header_func (self->list_box, header_cb, self, NULL);
}

/**
 * fika_timeline_view_set_person:
 * @self: a view
 * @window: the window that it is in
 * @person: (nullable): whose catch-ups to show
 */
void
fika_timeline_view_set_person (FikaTimelineView *self, FikaMainWindow *window, FikaPerson *person)
{
  g_autoptr (FikaTimeline) timeline = NULL;

  g_return_if_fail (FIKA_IS_TIMELINE_VIEW (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self->window = window;
  if (!g_set_object (&self->subject, G_OBJECT (person)))
    return;
  if (person != NULL)
    timeline = fika_timeline_new_for_person (fika_main_window_get_store (window), person);
  set_model (self, timeline);
}

/**
 * fika_timeline_view_set_group:
 * @self: a view
 * @window: the window that it is in
 * @group: (nullable): whose visits to show
 */
void
fika_timeline_view_set_group (FikaTimelineView *self, FikaMainWindow *window, FikaGroup *group)
{
  g_autoptr (FikaTimeline) timeline = NULL;

  g_return_if_fail (FIKA_IS_TIMELINE_VIEW (self));
  g_return_if_fail (FIKA_IS_MAIN_WINDOW (window));

  self->window = window;
  if (!g_set_object (&self->subject, G_OBJECT (group)))
    return;
  if (group != NULL)
    timeline = fika_timeline_new_for_group (fika_main_window_get_store (window), group);
  set_model (self, timeline);
}
