#include "config.h"

#include "ui/catchup/fika-when-group.h"

#include "base/fika-when.h"
#include "base/fika-zone.h"
#include "ui/widgets/fika-date-row.h"
#include "ui/widgets/fika-date-text.h"
#include "ui/widgets/fika-error-row.h"

struct _FikaWhenGroup
{
  AdwPreferencesGroup parent_instance;

  gboolean show_length;
  gboolean setting; /* while the fields are filled, they say nothing */

  FikaDateRow *date;
  FikaErrorRow *date_error;
  AdwComboRow *loose;
  AdwEntryRow *time;
  FikaErrorRow *time_error;
  AdwEntryRow *length;
  FikaErrorRow *length_error;
};

G_DEFINE_FINAL_TYPE (FikaWhenGroup, fika_when_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_SHOW_LENGTH = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_changed (FikaWhenGroup *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
date_changed_cb (FikaWhenGroup *self)
{
  fika_error_row_set (self->date_error, NULL);
  emit_changed (self);
}

static void
time_changed_cb (FikaWhenGroup *self)
{
  fika_error_row_set (self->time_error, NULL);
  emit_changed (self);
}

static void
length_changed_cb (FikaWhenGroup *self)
{
  fika_error_row_set (self->length_error, NULL);
  emit_changed (self);
}

static FikaWindow
get_loose (FikaWhenGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->loose);

  return selected <= FIKA_WINDOW_DAY ? (FikaWindow) selected : FIKA_WINDOW_EXACT;
}

static void
loose_changed_cb (FikaWhenGroup *self)
{
  gboolean exact = get_loose (self) == FIKA_WINDOW_EXACT;

  gtk_widget_set_visible (GTK_WIDGET (self->time), exact);
  if (!exact)
    fika_error_row_set (self->time_error, NULL);
  emit_changed (self);
}

/* Leaving a field, what was understood is written out. */
static void
time_leave_cb (FikaWhenGroup *self)
{
  int minute = fika_time_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->time)), NULL);
  g_autofree char *text = NULL;

  if (minute < 0)
    return;
  text = fika_when_time (minute);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self->time))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->time), text);
}

static void
length_leave_cb (FikaWhenGroup *self)
{
  int minutes = fika_length_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->length)), NULL);
  g_autofree char *text = NULL;

  if (minutes < 0)
    return;
  text = fika_length_text_format (minutes);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self->length))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->length), text);
}

static void
on_leave (FikaWhenGroup *self, AdwEntryRow *row, GCallback callback)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (row), focus);
}

static void
fika_when_group_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOW_LENGTH:
      g_value_set_boolean (value, FIKA_WHEN_GROUP (object)->show_length);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_when_group_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaWhenGroup *self = FIKA_WHEN_GROUP (object);

  switch (id)
    {
    case PROP_SHOW_LENGTH:
      self->show_length = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->length), self->show_length);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_when_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FIKA_TYPE_WHEN_GROUP);
  G_OBJECT_CLASS (fika_when_group_parent_class)->dispose (object);
}

static void
fika_when_group_class_init (FikaWhenGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_when_group_get_property;
  object_class->set_property = fika_when_group_set_property;
  object_class->dispose = fika_when_group_dispose;

  props[PROP_SHOW_LENGTH] = g_param_spec_boolean ("show-length", NULL, NULL, TRUE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (FIKA_TYPE_DATE_ROW);
  g_type_ensure (FIKA_TYPE_ERROR_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/catchup/fika-when-group.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, date);
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, date_error);
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, loose);
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, time);
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, time_error);
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, length);
  gtk_widget_class_bind_template_child (widget_class, FikaWhenGroup, length_error);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, loose_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, time_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, length_changed_cb);
}

static void
fika_when_group_init (FikaWhenGroup *self)
{
  self->show_length = TRUE;
  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->setting = FALSE;
  on_leave (self, self->time, G_CALLBACK (time_leave_cb));
  on_leave (self, self->length, G_CALLBACK (length_leave_cb));
}

/**
 * fika_when_group_set_today:
 * @self: the group
 * @today: today
 * @past: whether a date without its year is the last such, rather than the next
 */
void
fika_when_group_set_today (FikaWhenGroup *self, FikaDay today, gboolean past)
{
  g_return_if_fail (FIKA_IS_WHEN_GROUP (self));

  fika_date_row_set_today (self->date, today, past);
}

/**
 * fika_when_group_set:
 * @self: the group
 * @start: when it begins
 * @loose: how exactly
 * @minutes: how long; 0 where it is open
 *
 * Fills the fields, without "changed".
 */
void
fika_when_group_set (FikaWhenGroup *self, FikaCivil start, FikaWindow loose, int minutes)
{
  g_autofree char *time = NULL;
  g_autofree char *length = NULL;

  g_return_if_fail (FIKA_IS_WHEN_GROUP (self));

  self->setting = TRUE;
  time = fika_when_time (start);
  length = fika_length_text_format (minutes);
  fika_date_row_set_day (self->date, fika_civil_day (start));
  adw_combo_row_set_selected (self->loose, (guint) loose);
  gtk_editable_set_text (GTK_EDITABLE (self->time), time);
  gtk_editable_set_text (GTK_EDITABLE (self->length), length);
  gtk_widget_set_visible (GTK_WIDGET (self->time), loose == FIKA_WINDOW_EXACT);
  self->setting = FALSE;
}

/**
 * fika_when_group_set_usual:
 * @self: the group
 * @now: UTC seconds
 * @day: a day here, or %FIKA_DAY_NONE for today
 *
 * Fills the fields for a new plan: the next full hour or, on another day, five in the afternoon.
 */
void
fika_when_group_set_usual (FikaWhenGroup *self, int64_t now, FikaDay day)
{
  FikaCivil here = fika_zone_from_utc (FIKA_ZONE_HERE, now);
  FikaCivil start = (here / 60 + 1) * 60;

  if (day != FIKA_DAY_NONE && day != fika_civil_day (here))
    start = fika_civil_new (day, 17, 0);
  fika_when_group_set (self, start, FIKA_WINDOW_EXACT, 0);
}

/**
 * fika_when_group_only_length:
 * @self: the group
 *
 * Leaves the day and the time as they are set, and asks only how long it was.
 */
void
fika_when_group_only_length (FikaWhenGroup *self)
{
  g_return_if_fail (FIKA_IS_WHEN_GROUP (self));

  gtk_widget_set_visible (GTK_WIDGET (self->date), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->loose), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->time), FALSE);
}

static gboolean
read_fields (FikaWhenGroup *self,
             FikaCivil *start,
             FikaWindow *loose,
             int *minutes,
             GError **date_error,
             GError **time_error,
             GError **length_error)
{
  FikaDay day = fika_date_row_get_day (self->date, date_error);
  int minute = 0;
  int closes;
  int length = 0;

  *loose = get_loose (self);
  if (*loose == FIKA_WINDOW_EXACT)
    minute = fika_time_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->time)), time_error);
  else
    fika_window_span (*loose, &minute, &closes);
  if (self->show_length)
    length = fika_length_text_parse (gtk_editable_get_text (GTK_EDITABLE (self->length)),
                                     length_error);
  if (day == FIKA_DAY_NONE || minute < 0 || length < 0)
    return FALSE;
  *start = fika_civil_new (day, minute / 60, minute % 60);
  *minutes = length;
  return TRUE;
}

/**
 * fika_when_group_peek:
 * @self: the group
 * @start: (out): when it begins
 * @loose: (out): how exactly
 * @minutes: (out): how long; 0 where it is open
 *
 * Returns: whether all fields are right; says nothing where one is not
 */
gboolean
fika_when_group_peek (FikaWhenGroup *self, FikaCivil *start, FikaWindow *loose, int *minutes)
{
  g_return_val_if_fail (FIKA_IS_WHEN_GROUP (self), FALSE);

  return read_fields (self, start, loose, minutes, NULL, NULL, NULL);
}

/**
 * fika_when_group_get:
 * @self: the group
 * @start: (out): when it begins
 * @loose: (out): how exactly
 * @minutes: (out): how long; 0 where it is open
 *
 * Reads the fields. Where one is wrong, it says so below it and puts the keyboard there.
 *
 * Returns: whether all are right
 */
gboolean
fika_when_group_get (FikaWhenGroup *self, FikaCivil *start, FikaWindow *loose, int *minutes)
{
  GError *date = NULL;
  GError *time = NULL;
  GError *length = NULL;
  GtkWidget *wrong = NULL;

  g_return_val_if_fail (FIKA_IS_WHEN_GROUP (self), FALSE);

  if (read_fields (self, start, loose, minutes, &date, &time, &length))
    return TRUE;
  if (!fika_error_row_take (self->length_error, length))
    wrong = GTK_WIDGET (self->length);
  if (!fika_error_row_take (self->time_error, time))
    wrong = GTK_WIDGET (self->time);
  if (!fika_error_row_take (self->date_error, date))
    wrong = GTK_WIDGET (self->date);
  if (wrong != NULL)
    gtk_widget_grab_focus (wrong);
  return FALSE;
}
