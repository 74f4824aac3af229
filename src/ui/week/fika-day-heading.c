#include "config.h"

#include "ui/week/fika-day-heading.h"

#include "base/fika-when.h"

#include <glib/gi18n.h>

struct _FikaDayHeading
{
  GtkWidget parent_instance;

  GtkLabel *name;
  GtkLabel *number;
};

G_DEFINE_FINAL_TYPE (FikaDayHeading, fika_day_heading, GTK_TYPE_WIDGET)

static void
fika_day_heading_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (fika_day_heading_parent_class)->dispose (object);
}

static void
fika_day_heading_class_init (FikaDayHeadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fika_day_heading_dispose;
  gtk_widget_class_set_css_name (widget_class, "fika-day-heading");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_HEADING);
}

static void
fika_day_heading_init (FikaDayHeading *self)
{
  self->number = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "day-number");
  gtk_widget_add_css_class (GTK_WIDGET (self->number), "numeric");
  gtk_widget_set_halign (GTK_WIDGET (self->number), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->number), GTK_ALIGN_CENTER);
  self->name = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->name), "day-name");
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (GTK_WIDGET (self->name), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->number), GTK_WIDGET (self));
}

/**
 * fika_day_heading_new:
 *
 * Returns: (transfer floating): a heading without a day
 */
GtkWidget *
fika_day_heading_new (void)
{
  return g_object_new (FIKA_TYPE_DAY_HEADING, NULL);
}

/**
 * fika_day_heading_set_day:
 * @self: a heading
 * @day: its day
 * @today: today
 * @wide: whether it stands above a column; otherwise it begins a section of a list
 */
void
fika_day_heading_set_day (FikaDayHeading *self, FikaDay day, FikaDay today, gboolean wide)
{
  GtkLayoutManager *layout;
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *name = NULL;
  g_autofree char *number = NULL;
  g_autofree char *full = NULL;
  g_autofree char *spoken = NULL;
  int year;
  int month;
  int mday;

  g_return_if_fail (FIKA_IS_DAY_HEADING (self));

  fika_day_to_ymd (day, &year, &month, &mday);
  date = g_date_time_new_utc (year, month, mday, 12, 0, 0);
  name = g_date_time_format (date, wide ? "%a" : "%A");
  number = g_strdup_printf ("%d", mday);
  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->number, number);

  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout),
                                  wide ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), wide ? 0 : 6);
  /* In a list the number comes first: "29 Sunday". */
  if (wide)
    gtk_widget_insert_before (GTK_WIDGET (self->name), GTK_WIDGET (self),
                              GTK_WIDGET (self->number));
  else
    gtk_widget_insert_after (GTK_WIDGET (self->name), GTK_WIDGET (self), GTK_WIDGET (self->number));

  if (day == today)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");
  if (day < today)
    gtk_widget_add_css_class (GTK_WIDGET (self), "past");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "past");

  full = fika_when_day_full (day);
  /* Translators: what a screen reader says above today's cards; %s is the date */
  spoken = day == today ? g_strdup_printf (_ ("Today, %s"), full) : g_strdup (full);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}
