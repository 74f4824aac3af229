#include "config.h"

#include "ui/reminders/fika-reminders-page.h"

#include "base/fika-settings.h"
#include "base/fika-when.h"
#include "store/fika-reminder.h"
#include "ui/reminders/fika-reminder-row.h"
#include "ui/widgets/fika-page.h"

#include <glib/gi18n.h>

/* Days that are listed, the rest of today with them. */
#define DAYS 14

/* A bound for what one page shows; whoever plans more in two weeks finds it in the weeks. */
#define COMING_MAX 200
#define AWAY_MAX 50

/* Rows of what was told, at first and more at each press of the button. */
#define PAGE 20

struct _FikaRemindersPage
{
  GtkWidget parent_instance;

  FikaMainWindow *window; /* outlives the page */
  gint64 away_since;      /* UTC seconds: what was missed later is new */
  guint n_told;
  char *shown; /* what the rows say, to leave them alone while they say the same */

  GtkWidget *page; /* bound, so that it goes with the template */
  AdwActionRow *reach_row;
  GtkImage *reach_icon;
  AdwPreferencesGroup *away;
  GtkBox *coming;
  AdwStatusPage *empty;
  AdwPreferencesGroup *told;
  GtkWidget *more;
  GPtrArray *rows; /* of away and told, in which they are */
};

static void fika_reminders_page_place_init (FikaPlaceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaRemindersPage,
                               fika_reminders_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_PLACE,
                                                      fika_reminders_page_place_init))

static FikaStore *
get_store (FikaRemindersPage *self)
{
  return fika_main_window_get_store (self->window);
}

static FikaDay
day_of (int64_t utc)
{
  return fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, utc));
}

/* What there is */

typedef struct
{
  GPtrArray *away;
  GPtrArray *coming;
  GPtrArray *told; /* one more than is shown, where there are more */
} Lists;

static void
lists_clear (Lists *lists)
{
  g_clear_pointer (&lists->away, g_ptr_array_unref);
  g_clear_pointer (&lists->coming, g_ptr_array_unref);
  g_clear_pointer (&lists->told, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lists, lists_clear)

static gboolean
read_lists (FikaRemindersPage *self, Lists *lists, GError **error)
{
  FikaStore *store = get_store (self);
  FikaDay last = fika_store_today (store) + DAYS;
  int64_t until = fika_zone_to_utc (FIKA_ZONE_HERE, fika_civil_new (last, 0, 0));

  lists->away = fika_reminders_missed (store, self->away_since, AWAY_MAX, error);
  if (lists->away == NULL)
    return FALSE;
  lists->coming = fika_reminders_forecast (store, 0, until, COMING_MAX, error);
  if (lists->coming == NULL)
    return FALSE;
  while (lists->coming->len > 0)
    {
      FikaReminder *latest = g_ptr_array_index (lists->coming, lists->coming->len - 1);

      if (latest->due < until)
        break;
      g_ptr_array_set_size (lists->coming, (int) lists->coming->len - 1);
    }
  lists->told = fika_reminders_history (store, self->n_told + 1, error);
  return lists->told != NULL;
}

static void
describe_list (GString *text, GPtrArray *list, FikaStore *store, guint limit)
{
  for (guint i = 0; i < MIN (list->len, limit); i++)
    {
      FikaReminder *reminder = g_ptr_array_index (list, i);
      g_autofree char *title = fika_reminder_title (reminder);
      g_autofree char *body = fika_reminder_body (reminder, store);
      g_autofree char *key
          = reminder->occurrence != NULL ? fika_occurrence_dup_key (reminder->occurrence) : NULL;

      g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s %s\n",
                              reminder->due, reminder->shown_at, key != NULL ? key : "", title,
                              body, fika_reminder_outcome (reminder));
    }
  g_string_append_c (text, '\f');
}

/* All that the rows say; the day and the time are in it because of "Tomorrow" and "Waiting". */
static char *
describe (FikaRemindersPage *self, const Lists *lists)
{
  FikaStore *store = get_store (self);
  GString *text = g_string_new (NULL);
  guint n_waiting = 0;

  for (guint i = 0; i < lists->coming->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (lists->coming, i);

      n_waiting += reminder->due <= fika_store_now (store);
    }
  g_string_append_printf (text, "%d %u\f", (int) fika_store_today (store), n_waiting);
  describe_list (text, lists->away, store, G_MAXUINT);
  describe_list (text, lists->coming, store, G_MAXUINT);
  describe_list (text, lists->told, store, G_MAXUINT);
  return g_string_free (text, FALSE);
}

/* Rows */

static void
clear_rows (FikaRemindersPage *self)
{
  GtkWidget *child;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);

      adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->coming))) != NULL)
    gtk_box_remove (self->coming, child);
}

static void
fill_told (FikaRemindersPage *self, AdwPreferencesGroup *group, GPtrArray *list, guint limit)
{
  for (guint i = 0; i < MIN (list->len, limit); i++)
    {
      GtkWidget *row = fika_reminder_row_new_told (g_ptr_array_index (list, i), get_store (self),
                                                   group == self->away);

      adw_preferences_group_add (group, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (group), list->len > 0);
}

/* A group a day, and before them one of those whose time has come but that nothing could show yet.
 */
static void
fill_coming (FikaRemindersPage *self, GPtrArray *list)
{
  FikaStore *store = get_store (self);
  int64_t now = fika_store_now (store);
  AdwPreferencesGroup *group = NULL;
  FikaDay day_of_group = FIKA_DAY_NONE;

  for (guint i = 0; i < list->len; i++)
    {
      FikaReminder *reminder = g_ptr_array_index (list, i);
      FikaDay day = reminder->due <= now ? FIKA_DAY_NONE : day_of (reminder->due);

      if (group == NULL || day != day_of_group)
        {
          g_autofree char *title = day == FIKA_DAY_NONE
                                       ? g_strdup (C_ ("reminders", "Waiting"))
                                       : fika_when_day (day, fika_store_today (store));

          group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
          adw_preferences_group_set_title (group, title);
          if (day == FIKA_DAY_NONE)
            adw_preferences_group_set_description (
                group, _ ("Their time has come; they are told as soon as they can be."));
          gtk_box_append (self->coming, GTK_WIDGET (group));
          day_of_group = day;
        }
      adw_preferences_group_add (group, fika_reminder_row_new_coming (reminder, store));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->coming), list->len > 0);
}

static void
update_empty (FikaRemindersPage *self, gboolean empty)
{
  if (empty && adw_status_page_get_paintable (self->empty) == NULL)
    adw_status_page_set_icon_name (self->empty, "fika-two-cups");
  gtk_widget_set_visible (GTK_WIDGET (self->empty), empty);
}

/* Whoever sees them here has seen them, and no later one; the page goes on showing them until it is
 * left. */
static void
set_seen (FikaRemindersPage *self, GPtrArray *away)
{
  GSettings *settings = fika_main_window_get_settings (self->window);

  if (away->len > 0)
    {
      FikaReminder *newest = g_ptr_array_index (away, 0);

      g_settings_set_int64 (settings, FIKA_SETTING_AWAY_SEEN, newest->shown_at);
    }
}

static void
update_lists (FikaRemindersPage *self)
{
  g_auto (Lists) lists = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!read_lists (self, &lists, &error))
    {
      fika_main_window_toast_error (self->window, error);
      return;
    }
  set_seen (self, lists.away);
  text = describe (self, &lists);
  if (g_strcmp0 (text, self->shown) == 0)
    return;
  g_free (self->shown);
  self->shown = g_steal_pointer (&text);
  clear_rows (self);
  fill_told (self, self->away, lists.away, G_MAXUINT);
  fill_coming (self, lists.coming);
  fill_told (self, self->told, lists.told, self->n_told);
  gtk_widget_set_visible (self->more, lists.told->len > self->n_told);
  update_empty (self, lists.coming->len == 0);
}

static void
update_reach (FikaRemindersPage *self)
{
  const FikaReachState *state = fika_reach_get_state (fika_main_window_get_reach (self->window));
  FikaReachTrouble trouble = fika_reach_state_get_trouble (state);
  const char *icon = "dialog-warning-symbolic";
  const char *text = fika_reach_state_advice (state);

  if (trouble == FIKA_REACH_WELL)
    {
      icon = "fika-happened-symbolic";
      if (state->login_known)
        text = state->login.on ? _ ("From login on")
                               : _ ("From when you open Fika until you log out");
    }
  else if (trouble == FIKA_REACH_UNKNOWN)
    icon = "fika-two-cups";
  gtk_image_set_from_icon_name (self->reach_icon, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->reach_row),
                                 fika_reach_state_title (state));
  adw_action_row_set_subtitle (self->reach_row, text);
}

/* Nothing is read for a page that nobody sees: it is when it is shown. One that slides away to
 * another is not looked at any more. */
static void
update (FikaRemindersPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && g_strcmp0 (fika_main_window_get_place_name (self->window), "reminders") == 0)
    update_lists (self);
}

static void
more_clicked_cb (FikaRemindersPage *self)
{
  self->n_told += PAGE;
  update (self);
}

static void
fika_reminders_page_map (GtkWidget *widget)
{
  FikaRemindersPage *self = FIKA_REMINDERS_PAGE (widget);
  GSettings *settings = fika_main_window_get_settings (self->window);

  self->n_told = PAGE;
  self->away_since = g_settings_get_int64 (settings, FIKA_SETTING_AWAY_SEEN);
  GTK_WIDGET_CLASS (fika_reminders_page_parent_class)->map (widget);
  update_lists (self);
  update_reach (self);
}

static void
fika_reminders_page_dispose (GObject *object)
{
  FikaRemindersPage *self = FIKA_REMINDERS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FIKA_TYPE_REMINDERS_PAGE);
  G_OBJECT_CLASS (fika_reminders_page_parent_class)->dispose (object);
}

static void
fika_reminders_page_finalize (GObject *object)
{
  FikaRemindersPage *self = FIKA_REMINDERS_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_free (self->shown);
  G_OBJECT_CLASS (fika_reminders_page_parent_class)->finalize (object);
}

static void
fika_reminders_page_class_init (FikaRemindersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_reminders_page_dispose;
  object_class->finalize = fika_reminders_page_finalize;
  widget_class->map = fika_reminders_page_map;

  g_type_ensure (FIKA_TYPE_PAGE);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/reminders/fika-reminders-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, page);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, reach_row);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, reach_icon);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, away);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, coming);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, empty);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, told);
  gtk_widget_class_bind_template_child (widget_class, FikaRemindersPage, more);
  gtk_widget_class_bind_template_callback (widget_class, more_clicked_cb);
}

static void
fika_reminders_page_init (FikaRemindersPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
fika_reminders_page_time_passed (FikaPlace *place, gboolean new_day)
{
  update (FIKA_REMINDERS_PAGE (place));
}

static void
fika_reminders_page_place_init (FikaPlaceInterface *iface)
{
  iface->time_passed = fika_reminders_page_time_passed;
}

/**
 * fika_reminders_page_new:
 * @window: the window it will be in
 *
 * Returns: (transfer floating): the place, which reads nothing before it is seen
 */
GtkWidget *
fika_reminders_page_new (FikaMainWindow *window)
{
  FikaRemindersPage *self = g_object_new (FIKA_TYPE_REMINDERS_PAGE, NULL);

  self->window = window;
  g_signal_connect_object (fika_main_window_get_store (window), "changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (fika_main_window_get_link (window), "changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (fika_main_window_get_reach (window), "changed",
                           G_CALLBACK (update_reach), self, G_CONNECT_SWAPPED);
  update_reach (self);
  return GTK_WIDGET (self);
}
