#include "config.h"

#include "ui/week/fika-week-page.h"

#include "base/fika-settings.h"
#include "model/fika-list-models.h"
#include "store/fika-occasions.h"
#include "ui/catchup/fika-catchup-editor.h"
#include "ui/catchup/fika-details.h"
#include "ui/catchup/fika-when-words.h"
#include "ui/reminders/fika-reminder-notice.h"
#include "ui/week/fika-day-heading.h"
#include "ui/week/fika-day-view.h"
#include "ui/week/fika-sevens.h"
#include "ui/widgets/fika-drawing.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n.h>

#define DAYS 7

struct _FikaWeekPage
{
  GtkWidget parent_instance;

  FikaMainWindow *window; /* outlives the page */
  FikaWeek *week;
  FikaDay today;
  FikaDayHeading *day_headings[DAYS];
  FikaDayView *day_views[DAYS];
  gboolean has_occasions;
  gboolean ticked;

  FikaPage *page;
  FikaReminderNotice *notice;
  GtkWidget *today_button;
  GtkWidget *add_button;
  GtkWidget *steps;
  GtkWidget *narrow_steps;
  FikaSevens *headings;
  FikaSevens *days;
  GtkScrolledWindow *scroller;
  GtkBox *body;
  GtkWidget *empty;
};

static void fika_week_page_place_init (FikaPlaceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaWeekPage,
                               fika_week_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_PLACE, fika_week_page_place_init))

static FikaStore *
get_store (FikaWeekPage *self)
{
  return fika_main_window_get_store (self->window);
}

/* The weekday that the weeks begin with; where the settings change it the page is built anew. */
static FikaDay
week_of (FikaWeekPage *self, FikaDay day)
{
  GSettings *settings = fika_main_window_get_settings (self->window);

  return fika_day_week_start (day, fika_settings_first_weekday (settings));
}

/**
 * fika_week_page_dup_label:
 * @first: first day of a week
 *
 * Returns: (transfer full): its days in words: "23–29 November", "30 November – 6 December"
 */
char *
fika_week_page_dup_label (FikaDay first)
{
  int year;
  int month;
  int day;
  int last_year;
  int last_month;
  int last_day;
  g_autoptr (GDateTime) from = NULL;
  g_autoptr (GDateTime) until = NULL;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  fika_day_to_ymd (first, &year, &month, &day);
  fika_day_to_ymd (first + DAYS - 1, &last_year, &last_month, &last_day);
  from = g_date_time_new_utc (year, month, day, 12, 0, 0);
  until = g_date_time_new_utc (last_year, last_month, last_day, 12, 0, 0);
  /* Translators: the last day of a week, with its month: "29 November" */
  end = g_date_time_format (until, C_ ("week label", "%-d %B"));
  if (month == last_month)
    {
      /* Translators: the days of a week within one month: "23–29 November"; %d is the first day, %s
       * the last with its month */
      return g_strdup_printf (C_ ("week label", "%d–%s"), day, end);
    }
  start = g_date_time_format (from, C_ ("week label", "%-d %B"));
  /* Translators: the days of a week that lies in two months: "30 November – 6 December" */
  return g_strdup_printf (C_ ("week label", "%s – %s"), start, end);
}

static void
update_title (FikaWeekPage *self)
{
  FikaDay first = fika_week_get_first (self->week);
  g_autofree char *label = fika_week_page_dup_label (first);
  g_autofree char *subtitle = NULL;
  int year;
  int this_year;

  /* A week belongs to the year that has its Thursday (ISO 8601), whatever day it begins with. */
  fika_day_to_ymd (first + 3, &year, NULL, NULL);
  fika_day_to_ymd (self->today, &this_year, NULL, NULL);
  if (year == this_year)
    subtitle = g_strdup_printf (_ ("Week %d"), fika_day_iso_week (first + 3));
  else
    subtitle = g_strdup_printf (_ ("Week %d, %d"), fika_day_iso_week (first + 3), year);
  fika_page_set_title (self->page, label);
  fika_page_set_subtitle (self->page, subtitle);
}

static void
update_today (FikaWeekPage *self)
{
  gboolean here = fika_week_get_first (self->week) == week_of (self, self->today);
  gboolean narrow = fika_main_window_get_narrow (self->window);

  gtk_widget_set_visible (self->today_button, !narrow);
  gtk_widget_set_visible (self->steps, !narrow);
  gtk_widget_set_visible (self->narrow_steps, narrow);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "week.today", !here);
  gtk_widget_set_visible (self->add_button, narrow);
}

static void
update_empty (FikaWeekPage *self)
{
  gboolean empty = fika_week_is_empty (self->week) && !self->has_occasions;

  /* The days give way to the sentence; it comes first where they are a list. */
  gtk_widget_set_vexpand (GTK_WIDGET (self->days), !empty);
  gtk_widget_set_vexpand (self->empty, empty);
  gtk_box_reorder_child_after (self->body, self->empty,
                               fika_sevens_get_wide (self->days) ? GTK_WIDGET (self->days) : NULL);
  gtk_widget_set_visible (self->empty, empty);
  if (empty)
    gtk_widget_add_css_class (GTK_WIDGET (self->days), "empty");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->days), "empty");
}

static void
update_occasions (FikaWeekPage *self)
{
  FikaDay first = fika_week_get_first (self->week);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) occasions
      = fika_store_occasions (get_store (self), first, first + DAYS, &error);

  if (occasions == NULL)
    g_debug ("Occasions of a week: %s", error->message);
  self->has_occasions = occasions != NULL && occasions->len > 0;
  for (guint i = 0; i < DAYS; i++)
    fika_day_view_set_occasions (self->day_views[i], occasions);
}

static void
update_wide (FikaWeekPage *self)
{
  gboolean wide = fika_sevens_get_wide (self->days);

  gtk_widget_set_visible (GTK_WIDGET (self->headings), wide);
  for (guint i = 0; i < DAYS; i++)
    fika_day_view_set_wide (self->day_views[i], wide);
  update_empty (self);
}

static void
update_days (FikaWeekPage *self)
{
  FikaDay first = fika_week_get_first (self->week);

  for (int i = 0; i < DAYS; i++)
    {
      fika_day_heading_set_day (self->day_headings[i], first + i, self->today, TRUE);
      fika_day_view_set_day (self->day_views[i], first + i, self->today);
    }
  update_title (self);
  update_today (self);
  update_occasions (self);
  update_empty (self);
}

static void
update_cards (FikaWeekPage *self)
{
  for (guint i = 0; i < DAYS; i++)
    fika_day_view_update_cards (self->day_views[i]);
}

static void
store_changed_cb (FikaWeekPage *self, const FikaChangeSet *changes)
{
  if (changes->everything || g_hash_table_size (changes->people) > 0)
    update_occasions (self);
  update_cards (self);
  update_empty (self);
}

static void
go_to (FikaWeekPage *self, FikaDay first)
{
  int year;

  fika_day_to_ymd (first, &year, NULL, NULL);
  if (year <= FIKA_YEAR_FIRST || year >= FIKA_YEAR_LAST)
    return;
  for (guint i = 0; i < DAYS; i++)
    fika_day_view_turn (self->day_views[i]);
  fika_week_set_first (self->week, first);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  update_days (self);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (widget);

  go_to (self, fika_week_get_first (self->week) - DAYS);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (widget);

  go_to (self, fika_week_get_first (self->week) + DAYS);
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (widget);

  fika_week_page_show_day (self, self->today);
}

/* The first frame shows the week with the beginning of each day; the next one all that fits. */
static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (widget);

  if (!self->ticked)
    {
      self->ticked = TRUE;
      return G_SOURCE_CONTINUE;
    }
  for (guint i = 0; i < DAYS; i++)
    fika_day_view_grow (self->day_views[i]);
  return G_SOURCE_REMOVE;
}

/* Near the end of the columns there may be more in them. In a list it would push away what is being
 * read: there each day has a button. */
static void
scrolled_cb (FikaWeekPage *self, GtkAdjustment *adjustment)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
                - gtk_adjustment_get_page_size (adjustment);

  if (left > gtk_adjustment_get_page_size (adjustment) || !fika_sevens_get_wide (self->days))
    return;
  for (guint i = 0; i < DAYS; i++)
    fika_day_view_grow (self->day_views[i]);
}

/* An empty week in view is the one to plan in: today, or its first day. */
static void
plan_clicked_cb (FikaWeekPage *self)
{
  FikaDay first = fika_week_get_first (self->week);
  FikaDay day = self->today >= first && self->today < first + DAYS ? self->today : first;

  fika_catchup_editor_present_new (self->window, day, NULL, NULL);
}

static void
fika_week_page_dispose (GObject *object)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_WEEK_PAGE);
  g_clear_object (&self->week);
  G_OBJECT_CLASS (fika_week_page_parent_class)->dispose (object);
}

static void
fika_week_page_class_init (FikaWeekPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_week_page_dispose;

  g_type_ensure (FIKA_TYPE_DRAWING);
  g_type_ensure (FIKA_TYPE_PAGE);
  g_type_ensure (FIKA_TYPE_REMINDER_NOTICE);
  g_type_ensure (FIKA_TYPE_SEVENS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/fikaplanner/Fika/ui/week/fika-week-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, page);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, notice);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, today_button);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, add_button);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, steps);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, narrow_steps);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, headings);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, days);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, body);
  gtk_widget_class_bind_template_child (widget_class, FikaWeekPage, empty);
  gtk_widget_class_bind_template_callback (widget_class, plan_clicked_cb);

  gtk_widget_class_install_action (widget_class, "week.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "week.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "week.today", NULL, today_action);
}

static void
fika_week_page_init (FikaWeekPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
fika_week_page_open (FikaPlace *place, const char *key)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (place);
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autofree char *uid = NULL;
  FikaCivil original = FIKA_CIVIL_NONE;
  FikaDay day;

  if (!fika_occurrence_parse_key (key, &uid, &original))
    uid = g_strdup (key);
  occurrence = fika_store_get_occurrence (get_store (self), uid, original, NULL);
  if (occurrence == NULL)
    return FALSE;
  day = fika_civil_day (fika_occurrence_here (occurrence));
  fika_week_page_show_day (self, day);
  fika_details_present (self->window, occurrence);
  return TRUE;
}

static void
fika_week_page_add (FikaPlace *place)
{
  plan_clicked_cb (FIKA_WEEK_PAGE (place));
}

static void
fika_week_page_time_passed (FikaPlace *place, gboolean new_day)
{
  FikaWeekPage *self = FIKA_WEEK_PAGE (place);
  gboolean here = fika_week_get_first (self->week) == week_of (self, self->today);

  if (new_day)
    {
      self->today = fika_store_today (get_store (self));
      /* Whoever looks at this week goes on looking at this week. */
      if (here)
        fika_week_set_first (self->week, week_of (self, self->today));
      update_days (self);
    }
  update_cards (self);
}

static void
fika_week_page_place_init (FikaPlaceInterface *iface)
{
  iface->open = fika_week_page_open;
  iface->add = fika_week_page_add;
  iface->time_passed = fika_week_page_time_passed;
}

static void
first_weekday_cb (FikaWeekPage *self)
{
  go_to (self, week_of (self, fika_week_get_first (self->week) + 3));
}

/**
 * fika_week_page_new:
 * @window: the window it will be in
 *
 * Returns: (transfer floating): the place with this week in it
 */
GtkWidget *
fika_week_page_new (FikaMainWindow *window)
{
  FikaWeekPage *self = g_object_new (FIKA_TYPE_WEEK_PAGE, NULL);
  FikaStore *store = fika_main_window_get_store (window);
  GSettings *settings = fika_main_window_get_settings (window);

  self->window = window;
  self->today = fika_store_today (store);
  fika_reminder_notice_set_window (self->notice, window);
  self->week = fika_week_new (store, week_of (self, self->today));
  for (int i = 0; i < DAYS; i++)
    {
      GtkWidget *heading = fika_day_heading_new ();
      GtkWidget *view = fika_day_view_new (window, fika_week_get_day (self->week, i));

      fika_sevens_append (self->headings, heading);
      fika_sevens_append (self->days, view);
      self->day_headings[i] = FIKA_DAY_HEADING (heading);
      self->day_views[i] = FIKA_DAY_VIEW (view);
    }
  gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  update_wide (self);
  update_days (self);
  g_signal_connect_object (self->days, "notify::wide", G_CALLBACK (update_wide), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::narrow", G_CALLBACK (update_today), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->week, "notify::empty", G_CALLBACK (update_empty), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::" FIKA_SETTING_FIRST_WEEKDAY,
                             G_CALLBACK (first_weekday_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * fika_week_page_show_day:
 * @self: the place
 * @day: a day
 *
 * Shows the week that has that day.
 */
void
fika_week_page_show_day (FikaWeekPage *self, FikaDay day)
{
  FikaDay first;

  g_return_if_fail (FIKA_IS_WEEK_PAGE (self));

  first = week_of (self, day);
  if (first != fika_week_get_first (self->week))
    go_to (self, first);
}
