#include "config.h"

#include "ui/widgets/fika-leads.h"

#include "base/fika-when.h"
#include "ui/fika-compat.h"
#include "ui/widgets/fika-wrap.h"

#include <glib/gi18n.h>

/* Minutes. */
static const int usual[] = { 0, 10, 30, 60, 180, 1440, 10080 };

struct _FikaLeads
{
  GtkWidget parent_instance;

  GArray *offered; /* int, ascending; one for each button */
  GPtrArray *buttons;
  GtkWidget *wrap;
  gboolean setting;
};

G_DEFINE_FINAL_TYPE (FikaLeads, fika_leads, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
toggled_cb (FikaLeads *self)
{
  if (!self->setting)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Short, for a row of buttons. */
static char *
dup_label (int minutes)
{
  if (minutes == 0)
    return g_strdup (C_ ("reminder", "At the time"));
  if (minutes % 10080 == 0)
    return g_strdup_printf (ngettext ("%d week", "%d weeks", (gulong) (minutes / 10080)),
                            minutes / 10080);
  if (minutes % 1440 == 0)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (minutes / 1440)),
                            minutes / 1440);
  return fika_when_duration (minutes);
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  int left = *(const int *) a;
  int right = *(const int *) b;

  return (left > right) - (left < right);
}

static gboolean
contains (GArray *leads, int minutes)
{
  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      if (g_array_index (leads, int, i) == minutes)
        return TRUE;
    }
  return FALSE;
}

static void
build_buttons (FikaLeads *self)
{
  fika_wrap_clear (FIKA_WRAP (self->wrap));
  g_ptr_array_set_size (self->buttons, 0);
  for (guint i = 0; i < self->offered->len; i++)
    {
      int minutes = g_array_index (self->offered, int, i);
      g_autofree char *label = dup_label (minutes);
      g_autofree char *full = fika_when_lead (minutes);
      GtkWidget *button = gtk_toggle_button_new_with_label (label);

      gtk_widget_add_css_class (button, "choice");
      gtk_widget_set_tooltip_text (button, full);
      fika_speak (button, full);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      fika_wrap_append (FIKA_WRAP (self->wrap), button);
      g_ptr_array_add (self->buttons, button);
    }
}

static void
fika_leads_dispose (GObject *object)
{
  FikaLeads *self = FIKA_LEADS (object);

  g_clear_pointer (&self->wrap, gtk_widget_unparent);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->offered, g_array_unref);
  G_OBJECT_CLASS (fika_leads_parent_class)->dispose (object);
}

static void
fika_leads_class_init (FikaLeadsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_leads_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fika_leads_init (FikaLeads *self)
{
  self->offered = g_array_new (FALSE, FALSE, sizeof (int));
  self->buttons = g_ptr_array_new ();
  self->wrap = fika_wrap_new ();
  gtk_widget_set_parent (self->wrap, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Remind me"), -1);
  fika_leads_set (self, NULL);
}

/**
 * fika_leads_new:
 *
 * Returns: (transfer floating): a choice without reminders
 */
GtkWidget *
fika_leads_new (void)
{
  return g_object_new (FIKA_TYPE_LEADS, NULL);
}

/**
 * fika_leads_set:
 * @self: the choice
 * @leads: (nullable) (element-type int): minutes before the start; %NULL for none
 *
 * Shows them, without "changed".
 */
void
fika_leads_set (FikaLeads *self, GArray *leads)
{
  g_return_if_fail (FIKA_IS_LEADS (self));

  g_array_set_size (self->offered, 0);
  g_array_append_vals (self->offered, usual, G_N_ELEMENTS (usual));
  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      int minutes = g_array_index (leads, int, i);

      if (!contains (self->offered, minutes))
        g_array_append_val (self->offered, minutes);
    }
  g_array_sort (self->offered, compare_ints);
  self->setting = TRUE;
  build_buttons (self);
  for (guint i = 0; i < self->offered->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i),
                                  contains (leads, g_array_index (self->offered, int, i)));
  self->setting = FALSE;
}

/**
 * fika_leads_get:
 * @self: the choice
 *
 * Returns: (transfer full) (element-type int): minutes before the start, ascending
 */
GArray *
fika_leads_get (FikaLeads *self)
{
  GArray *leads;

  g_return_val_if_fail (FIKA_IS_LEADS (self), NULL);

  leads = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < self->offered->len; i++)
    {
      if (gtk_toggle_button_get_active (g_ptr_array_index (self->buttons, i)))
        g_array_append_val (leads, g_array_index (self->offered, int, i));
    }
  return leads;
}
