#include "config.h"

#include "ui/fika-circle-row.h"

#include "base/fika-when.h"
#include "command/fika-commands.h"
#include "ui/catchup/fika-when-words.h"

#include <glib/gi18n.h>

#define DAYS_MAX 3650
/* Milliseconds without a further change until a number is kept: a run up the arrows is one action.
 */
#define PAUSE 700

struct _FikaCircleRow
{
  AdwExpanderRow parent_instance;

  FikaStore *store;
  int64_t circle;
  int ideal; /* as kept */
  int latest;
  gboolean setting;
  guint pause;

  GtkSpinButton *ideal_button;
  GtkSpinButton *latest_button;
};

G_DEFINE_FINAL_TYPE (FikaCircleRow, fika_circle_row, ADW_TYPE_EXPANDER_ROW)

static void
update_words (FikaCircleRow *self)
{
  g_autofree char *words = self->ideal > 0 ? fika_when_every_days (self->ideal, self->latest)
                                           : g_strdup (_ ("no rhythm"));
  g_autofree char *sentence = fika_words_sentence (words);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), sentence);
}

static void
show (FikaCircleRow *self)
{
  self->setting = TRUE;
  gtk_spin_button_set_value (self->ideal_button, self->ideal);
  gtk_spin_button_set_value (self->latest_button, self->latest);
  self->setting = FALSE;
  update_words (self);
}

static void
keep (FikaCircleRow *self)
{
  int ideal = gtk_spin_button_get_value_as_int (self->ideal_button);
  int latest = gtk_spin_button_get_value_as_int (self->latest_button);
  g_autoptr (GError) error = NULL;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (ideal == 0)
    latest = 0;
  if (ideal == self->ideal && latest == self->latest)
    return;
  if (fika_command_set_circle_cadence (self->store, self->circle, ideal, latest, FIKA_SOURCE_WINDOW,
                                       &error))
    {
      self->ideal = ideal;
      self->latest = latest;
    }
  else
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), error->message);
  if (error == NULL)
    update_words (self);
}

static gboolean
pause_cb (gpointer user_data)
{
  FikaCircleRow *self = user_data;

  self->pause = 0;
  keep (self);
  return G_SOURCE_REMOVE;
}

/* The later of the two stays the later one, whichever is changed. */
static void
value_changed_cb (FikaCircleRow *self, GtkSpinButton *changed)
{
  int ideal = gtk_spin_button_get_value_as_int (self->ideal_button);
  int latest = gtk_spin_button_get_value_as_int (self->latest_button);

  if (self->setting)
    return;
  self->setting = TRUE;
  if (changed == self->ideal_button && ideal >= latest && ideal > 0)
    gtk_spin_button_set_value (self->latest_button, ideal + MAX (1, ideal / 2));
  else if (changed == self->latest_button && latest <= ideal)
    gtk_spin_button_set_value (self->ideal_button, MAX (0, latest - 1));
  self->setting = FALSE;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE, pause_cb, self);
}

static GtkSpinButton *
add_number (FikaCircleRow *self, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0, DAYS_MAX, 1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (spin), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_signal_connect_object (spin, "value-changed", G_CALLBACK (value_changed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  return GTK_SPIN_BUTTON (spin);
}

static void
fika_circle_row_unmap (GtkWidget *widget)
{
  FikaCircleRow *self = FIKA_CIRCLE_ROW (widget);

  /* The preferences close: what was being changed is kept now. */
  if (self->pause != 0)
    keep (self);
  GTK_WIDGET_CLASS (fika_circle_row_parent_class)->unmap (widget);
}

static void
fika_circle_row_dispose (GObject *object)
{
  FikaCircleRow *self = FIKA_CIRCLE_ROW (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (fika_circle_row_parent_class)->dispose (object);
}

static void
fika_circle_row_class_init (FikaCircleRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_circle_row_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = fika_circle_row_unmap;
}

static void
fika_circle_row_init (FikaCircleRow *self)
{
  self->ideal_button = add_number (self, _ ("A good time after, in days"));
  self->latest_button = add_number (self, _ ("At the latest after, in days"));
}

/**
 * fika_circle_row_new:
 * @store: where the circles are
 * @circle: which
 *
 * Returns: (transfer floating): the row of a circle
 */
GtkWidget *
fika_circle_row_new (FikaStore *store, const FikaCircle *circle)
{
  FikaCircleRow *self = g_object_new (FIKA_TYPE_CIRCLE_ROW, NULL);

  self->store = g_object_ref (store);
  self->circle = circle->id;
  self->ideal = circle->ideal;
  self->latest = circle->latest;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), circle->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  circle->name, -1);
  show (self);
  return GTK_WIDGET (self);
}
