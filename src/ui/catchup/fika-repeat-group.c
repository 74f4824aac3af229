#include "config.h"

#include "ui/catchup/fika-repeat-group.h"

#include "base/fika-error.h"
#include "base/fika-settings.h"
#include "base/fika-when.h"
#include "plan/fika-recurrence.h"
#include "ui/catchup/fika-repeat-rule.h"
#include "ui/fika-compat.h"
#include "ui/widgets/fika-date-row.h"
#include "ui/widgets/fika-error-row.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n.h>

#define DAYS 7

struct _FikaRepeatGroup
{
  AdwPreferencesGroup parent_instance;

  FikaDay start;
  char *kept; /* a rule that the fields cannot say */
  gboolean setting;
  gboolean weekdays_touched; /* else they follow the start */
  FikaMonthlyBy monthly_choices[4];
  guint n_monthly_choices;
  GtkToggleButton *weekday_buttons[DAYS]; /* Monday first */

  AdwComboRow *unit;
  GtkStringList *units;
  AdwActionRow *interval_row;
  GtkSpinButton *interval;
  GtkLabel *interval_unit;
  GtkWidget *weekdays_row;
  FikaWrap *weekdays;
  AdwComboRow *monthly;
  GtkWidget *after_row;
  GtkSpinButton *after;
  AdwComboRow *ends;
  FikaDateRow *until;
  FikaErrorRow *until_error;
  GtkWidget *count_row;
  GtkSpinButton *count;
};

G_DEFINE_FINAL_TYPE (FikaRepeatGroup, fika_repeat_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static FikaRepeatUnit
get_unit (FikaRepeatGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->unit);

  return selected <= FIKA_REPEAT_KEPT ? (FikaRepeatUnit) selected : FIKA_REPEAT_NEVER;
}

static void
changed_cb (FikaRepeatGroup *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
until_changed_cb (FikaRepeatGroup *self)
{
  fika_error_row_set (self->until_error, NULL);
  changed_cb (self);
}

static const char *
unit_words (FikaRepeatUnit unit, gulong n)
{
  switch (unit)
    {
    case FIKA_REPEAT_DAILY:
      return ngettext ("day", "days", n);
    case FIKA_REPEAT_MONTHLY:
      return ngettext ("month", "months", n);
    case FIKA_REPEAT_YEARLY:
      return ngettext ("year", "years", n);
    case FIKA_REPEAT_WEEKLY:
    case FIKA_REPEAT_NEVER:
    case FIKA_REPEAT_AFTER:
    case FIKA_REPEAT_KEPT:
    default:
      return ngettext ("week", "weeks", n);
    }
}

/* "Every 2 weeks", in pieces around the number. */
static void
show_unit (FikaRepeatGroup *self, FikaRepeatUnit unit)
{
  const char *words = unit_words (unit, (gulong) gtk_spin_button_get_value_as_int (self->interval));
  /* Translators: what a screen reader calls the number in "Every 2 weeks"; %s is "weeks" */
  g_autofree char *label = g_strdup_printf (_ ("Every how many %s"), unit_words (unit, 2));

  gtk_label_set_label (self->interval_unit, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->interval), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
update_rows (FikaRepeatGroup *self)
{
  FikaRepeatUnit unit = get_unit (self);
  gboolean by_rule = unit >= FIKA_REPEAT_DAILY && unit <= FIKA_REPEAT_YEARLY;
  guint ends = adw_combo_row_get_selected (self->ends);

  gtk_widget_set_visible (GTK_WIDGET (self->interval_row), by_rule);
  if (by_rule)
    show_unit (self, unit);
  gtk_widget_set_visible (self->weekdays_row, unit == FIKA_REPEAT_WEEKLY);
  gtk_widget_set_visible (GTK_WIDGET (self->monthly), unit == FIKA_REPEAT_MONTHLY);
  gtk_widget_set_visible (self->after_row, unit == FIKA_REPEAT_AFTER);
  gtk_widget_set_visible (GTK_WIDGET (self->ends), by_rule);
  gtk_widget_set_visible (GTK_WIDGET (self->until), by_rule && ends == FIKA_ENDS_ON);
  gtk_widget_set_visible (self->count_row, by_rule && ends == FIKA_ENDS_AFTER);
  if (!by_rule || ends != FIKA_ENDS_ON)
    fika_error_row_set (self->until_error, NULL);
}

static void
interval_changed_cb (FikaRepeatGroup *self)
{
  show_unit (self, get_unit (self));
  changed_cb (self);
}

static void
unit_changed_cb (FikaRepeatGroup *self)
{
  update_rows (self);
  changed_cb (self);
}

static void
ends_changed_cb (FikaRepeatGroup *self)
{
  update_rows (self);
  changed_cb (self);
}

static void
weekday_toggled_cb (FikaRepeatGroup *self)
{
  if (self->setting)
    return;
  self->weekdays_touched = TRUE;
  changed_cb (self);
}

static void
show_weekdays (FikaRepeatGroup *self, guint weekdays)
{
  for (guint i = 0; i < DAYS; i++)
    gtk_toggle_button_set_active (self->weekday_buttons[i], (weekdays & (1u << i)) != 0);
}

static guint
get_weekdays (FikaRepeatGroup *self)
{
  guint weekdays = 0;

  for (guint i = 0; i < DAYS; i++)
    {
      if (gtk_toggle_button_get_active (self->weekday_buttons[i]))
        weekdays |= 1u << i;
    }
  return weekdays;
}

/* "The second Sunday" in the words of the rule itself. */
static char *
monthly_words (FikaMonthlyBy by, FikaDay start)
{
  const FikaRepeat repeat = { .unit = FIKA_REPEAT_MONTHLY, .interval = 1, .monthly = by };
  g_autofree char *rule = fika_repeat_to_rule (&repeat, start);
  g_autoptr (FikaRecurrence) recurrence = fika_recurrence_parse (rule, NULL);
  g_autofree char *words = NULL;
  g_autofree char *first = NULL;

  if (recurrence == NULL)
    return g_strdup (rule);
  words = fika_recurrence_describe (recurrence, (FikaCivil) start * FIKA_MINUTES_A_DAY);
  first = g_utf8_strup (words, g_utf8_next_char (words) - words);
  return g_strconcat (first, g_utf8_next_char (words), NULL);
}

/* What the start allows: the 29th, the fifth Sunday, and, near the end of the month, the last. */
static void
fill_monthly (FikaRepeatGroup *self, FikaMonthlyBy chosen)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  guint selected = 0;
  int year;
  int month;
  int day;

  fika_day_to_ymd (self->start, &year, &month, &day);
  self->n_monthly_choices = 0;
  for (int by = FIKA_MONTHLY_DAY; by <= FIKA_MONTHLY_LAST; by++)
    {
      g_autofree char *words = NULL;

      if (by == FIKA_MONTHLY_LAST_DAY && day != fika_days_in_month (year, month)
          && (FikaMonthlyBy) by != chosen)
        continue;
      if (by == FIKA_MONTHLY_LAST && day + 7 <= fika_days_in_month (year, month)
          && (FikaMonthlyBy) by != chosen)
        continue;
      words = monthly_words ((FikaMonthlyBy) by, self->start);
      if ((FikaMonthlyBy) by == chosen)
        selected = self->n_monthly_choices;
      self->monthly_choices[self->n_monthly_choices++] = (FikaMonthlyBy) by;
      gtk_string_list_append (list, words);
    }
  adw_combo_row_set_model (self->monthly, G_LIST_MODEL (list));
  adw_combo_row_set_selected (self->monthly, selected);
}

static FikaMonthlyBy
get_monthly (FikaRepeatGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->monthly);

  return selected < self->n_monthly_choices ? self->monthly_choices[selected] : FIKA_MONTHLY_DAY;
}

static void
build_weekdays (FikaRepeatGroup *self)
{
  g_autoptr (GSettings) settings = fika_settings_new ();
  int first = fika_settings_first_weekday (settings);

  for (int shown = 0; shown < DAYS; shown++)
    {
      int i = (first + shown) % DAYS;
      /* The first of January 2024 was a Monday. */
      g_autoptr (GDateTime) date = g_date_time_new_utc (2024, 1, 1 + i, 12, 0, 0);
      g_autofree char *name = g_date_time_format (date, "%a");
      g_autofree char *full = g_date_time_format (date, "%A");
      GtkWidget *button = gtk_toggle_button_new_with_label (name);

      gtk_widget_add_css_class (button, "weekday");
      gtk_widget_set_tooltip_text (button, full);
      fika_speak (button, full);
      g_signal_connect_object (button, "toggled", G_CALLBACK (weekday_toggled_cb), self,
                               G_CONNECT_SWAPPED);
      fika_wrap_append (self->weekdays, button);
      self->weekday_buttons[i] = GTK_TOGGLE_BUTTON (button);
    }
}

static void
fika_repeat_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FIKA_TYPE_REPEAT_GROUP);
  g_clear_pointer (&FIKA_REPEAT_GROUP (object)->kept, g_free);
  G_OBJECT_CLASS (fika_repeat_group_parent_class)->dispose (object);
}

static void
fika_repeat_group_class_init (FikaRepeatGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_repeat_group_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FIKA_TYPE_DATE_ROW);
  g_type_ensure (FIKA_TYPE_ERROR_ROW);
  g_type_ensure (FIKA_TYPE_WRAP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/catchup/fika-repeat-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, unit);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, units);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, interval_row);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, interval);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, interval_unit);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, weekdays_row);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, weekdays);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, monthly);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, after_row);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, after);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, ends);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, until);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, until_error);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, count_row);
  gtk_widget_class_bind_template_child (widget_class, FikaRepeatGroup, count);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, interval_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, unit_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, ends_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, until_changed_cb);
}

static void
fika_repeat_group_init (FikaRepeatGroup *self)
{
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  build_weekdays (self);
  self->setting = FALSE;
}

/**
 * fika_repeat_group_set_start:
 * @self: the group
 * @start: the first day
 * @today: today
 *
 * Tells what the first day is: what depends on it ("the fifth Sunday") follows.
 */
void
fika_repeat_group_set_start (FikaRepeatGroup *self, FikaDay start, FikaDay today)
{
  FikaMonthlyBy by;

  g_return_if_fail (FIKA_IS_REPEAT_GROUP (self));

  self->setting = TRUE;
  by = get_monthly (self);
  self->start = start;
  fika_date_row_set_today (self->until, MAX (start, today), FALSE);
  if (gtk_editable_get_text (GTK_EDITABLE (self->until))[0] == '\0')
    fika_date_row_set_day (self->until, start + 91);
  if (!self->weekdays_touched)
    show_weekdays (self, 1u << fika_day_weekday (start));
  fill_monthly (self, by);
  self->setting = FALSE;
}

/* A seventh entry, "as it was", only for a rule that came from elsewhere. */
static void
offer_kept (FikaRepeatGroup *self, const char *rule)
{
  g_autoptr (FikaRecurrence) recurrence = fika_recurrence_parse (rule, NULL);
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  if (recurrence != NULL)
    words = fika_recurrence_describe (recurrence, (FikaCivil) self->start * FIKA_MINUTES_A_DAY);
  text = g_strdup_printf (_ ("As it is: %s"), words != NULL ? words : rule);
  g_free (self->kept);
  self->kept = g_strdup (rule);
  gtk_string_list_append (self->units, text);
}

/**
 * fika_repeat_group_set:
 * @self: the group, its start set
 * @rule: a RECUR value, or ""
 * @after_days: days after the last time, or 0
 *
 * Fills the fields, without "changed".
 */
void
fika_repeat_group_set (FikaRepeatGroup *self, const char *rule, int after_days)
{
  FikaRepeat repeat = { .unit = FIKA_REPEAT_NEVER, .interval = 1 };

  g_return_if_fail (FIKA_IS_REPEAT_GROUP (self));

  self->setting = TRUE;
  if (after_days > 0)
    {
      repeat.unit = FIKA_REPEAT_AFTER;
      gtk_spin_button_set_value (self->after, after_days);
    }
  else if (rule[0] != '\0')
    {
      if (!fika_repeat_from_rule (rule, self->start, &repeat))
        {
          repeat = (FikaRepeat){ .unit = FIKA_REPEAT_KEPT, .interval = 1 };
          offer_kept (self, rule);
        }
      else
        {
          gtk_spin_button_set_value (self->interval, repeat.interval);
          if (repeat.weekdays != 0)
            {
              self->weekdays_touched = repeat.weekdays != 1u << fika_day_weekday (self->start);
              show_weekdays (self, repeat.weekdays);
            }
          fill_monthly (self, repeat.monthly);
          adw_combo_row_set_selected (self->ends, (guint) repeat.ends);
          if (repeat.ends == FIKA_ENDS_ON)
            fika_date_row_set_day (self->until, repeat.until);
          if (repeat.ends == FIKA_ENDS_AFTER)
            gtk_spin_button_set_value (self->count, repeat.count);
        }
    }
  adw_combo_row_set_selected (self->unit, (guint) repeat.unit);
  update_rows (self);
  self->setting = FALSE;
}

/**
 * fika_repeat_group_repeats:
 * @self: the group
 *
 * Returns: whether it repeats at all
 */
gboolean
fika_repeat_group_repeats (FikaRepeatGroup *self)
{
  g_return_val_if_fail (FIKA_IS_REPEAT_GROUP (self), FALSE);

  return get_unit (self) != FIKA_REPEAT_NEVER;
}

static gboolean
read_fields (FikaRepeatGroup *self, char **rule, int *after_days, GError **error)
{
  FikaRepeat repeat = {
    .unit = get_unit (self),
    .interval = gtk_spin_button_get_value_as_int (self->interval),
    .weekdays = get_weekdays (self),
    .monthly = get_monthly (self),
    .ends = (FikaRepeatEnds) adw_combo_row_get_selected (self->ends),
    .count = gtk_spin_button_get_value_as_int (self->count),
  };

  *rule = NULL;
  *after_days = 0;
  switch (repeat.unit)
    {
    case FIKA_REPEAT_NEVER:
      *rule = g_strdup ("");
      return TRUE;
    case FIKA_REPEAT_AFTER:
      *rule = g_strdup ("");
      *after_days = gtk_spin_button_get_value_as_int (self->after);
      return TRUE;
    case FIKA_REPEAT_KEPT:
      *rule = g_strdup (self->kept);
      return TRUE;
    case FIKA_REPEAT_DAILY:
    case FIKA_REPEAT_WEEKLY:
    case FIKA_REPEAT_MONTHLY:
    case FIKA_REPEAT_YEARLY:
    default:
      break;
    }
  if (repeat.ends == FIKA_ENDS_ON)
    {
      repeat.until = fika_date_row_get_day (self->until, error);
      if (repeat.until == FIKA_DAY_NONE)
        return FALSE;
      if (repeat.until < self->start)
        {
          g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                               _ ("It would end before it begins. Choose a later last day."));
          return FALSE;
        }
    }
  *rule = fika_repeat_to_rule (&repeat, self->start);
  return TRUE;
}

/**
 * fika_repeat_group_peek:
 * @self: the group
 * @rule: (out) (transfer full): a RECUR value, or ""
 * @after_days: (out): days after the last time, or 0
 *
 * Returns: whether all fields are right; says nothing where one is not
 */
gboolean
fika_repeat_group_peek (FikaRepeatGroup *self, char **rule, int *after_days)
{
  g_return_val_if_fail (FIKA_IS_REPEAT_GROUP (self), FALSE);

  return read_fields (self, rule, after_days, NULL);
}

/**
 * fika_repeat_group_get:
 * @self: the group
 * @rule: (out) (transfer full): a RECUR value, or ""
 * @after_days: (out): days after the last time, or 0
 *
 * Reads the fields. Where one is wrong, it says so below it and puts the keyboard there.
 *
 * Returns: whether all are right
 */
gboolean
fika_repeat_group_get (FikaRepeatGroup *self, char **rule, int *after_days)
{
  GError *error = NULL;

  g_return_val_if_fail (FIKA_IS_REPEAT_GROUP (self), FALSE);

  if (read_fields (self, rule, after_days, &error))
    return TRUE;
  fika_error_row_take (self->until_error, error);
  gtk_widget_grab_focus (GTK_WIDGET (self->until));
  return FALSE;
}
