#include "config.h"

#include "ui/widgets/fika-date-row.h"

#include "ui/widgets/fika-date-text.h"

#include <glib/gi18n.h>

struct _FikaDateRow
{
  AdwEntryRow parent_instance;

  FikaDay today;
  gboolean past; /* a date without its year is the last such */
  GtkMenuButton *button;
  GtkCalendar *calendar; /* built when first opened */
};

G_DEFINE_FINAL_TYPE (FikaDateRow, fika_date_row, ADW_TYPE_ENTRY_ROW)

static void
day_selected_cb (FikaDateRow *self)
{
  g_autoptr (GDateTime) date = gtk_calendar_get_date (self->calendar);
  int year;
  int month;
  int day;

  g_date_time_get_ymd (date, &year, &month, &day);
  if (year >= FIKA_YEAR_FIRST && year <= FIKA_YEAR_LAST)
    fika_date_row_set_day (self, fika_day_from_ymd (year, month, day));
}

static void
select_in_calendar (FikaDateRow *self)
{
  FikaDay day = fika_date_row_get_day (self, NULL);
  g_autoptr (GDateTime) date = NULL;
  int year;
  int month;
  int mday;

  fika_day_to_ymd (day != FIKA_DAY_NONE ? day : self->today, &year, &month, &mday);
  date = g_date_time_new_local (year, month, mday, 12, 0, 0);
  g_signal_handlers_block_by_func (self->calendar, day_selected_cb, self);
  gtk_calendar_select_day (self->calendar, date);
  g_signal_handlers_unblock_by_func (self->calendar, day_selected_cb, self);
}

static void
open_calendar_cb (GtkMenuButton *button, gpointer user_data)
{
  FikaDateRow *self = user_data;

  if (self->calendar == NULL)
    {
      GtkWidget *popover = gtk_popover_new ();

      self->calendar = GTK_CALENDAR (gtk_calendar_new ());
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->calendar),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Calendar"), -1);
      g_signal_connect_object (self->calendar, "day-selected", G_CALLBACK (day_selected_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->calendar));
      gtk_menu_button_set_popover (button, popover);
    }
  select_in_calendar (self);
}

/* Leaving the field, a date that was understood is written out: that is how a person sees which. */
static void
leave_cb (FikaDateRow *self)
{
  FikaDay day = fika_date_row_get_day (self, NULL);

  if (day != FIKA_DAY_NONE)
    fika_date_row_set_day (self, day);
}

static void
fika_date_row_class_init (FikaDateRowClass *klass)
{
}

static void
fika_date_row_init (FikaDateRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->button, "fika-week-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _ ("Choose in a Calendar"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose in a Calendar"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_menu_button_set_create_popup_func (self->button, open_calendar_cb, self, NULL);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), GTK_WIDGET (self->button));

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

/**
 * fika_date_row_set_today:
 * @self: the row
 * @today: today
 * @past: whether a date without its year is the last such, rather than the next
 */
void
fika_date_row_set_today (FikaDateRow *self, FikaDay today, gboolean past)
{
  g_return_if_fail (FIKA_IS_DATE_ROW (self));

  self->today = today;
  self->past = past;
}

/**
 * fika_date_row_set_day:
 * @self: the row
 * @day: a day, or %FIKA_DAY_NONE
 */
void
fika_date_row_set_day (FikaDateRow *self, FikaDay day)
{
  g_autofree char *text = NULL;

  g_return_if_fail (FIKA_IS_DATE_ROW (self));

  text = day != FIKA_DAY_NONE ? fika_date_text_format (day) : g_strdup ("");
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/**
 * fika_date_row_get_day:
 * @self: the row
 * @error: what is wrong with what was typed
 *
 * Returns: the day, or %FIKA_DAY_NONE
 */
FikaDay
fika_date_row_get_day (FikaDateRow *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_DATE_ROW (self), FIKA_DAY_NONE);

  return fika_date_text_parse (gtk_editable_get_text (GTK_EDITABLE (self)), self->today, self->past,
                               error);
}
