#include "config.h"

#include "ui/widgets/fika-beside.h"

#define SPACING 6

struct _FikaBeside
{
  GtkWidget parent_instance;

  int enough;
};

G_DEFINE_FINAL_TYPE (FikaBeside, fika_beside, GTK_TYPE_WIDGET)

enum
{
  PROP_ENOUGH = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* How wide the second child is; 0 where there is none to show. */
static int
other_width (GtkWidget *other)
{
  int natural;

  if (other == NULL || !gtk_widget_should_layout (other))
    return 0;
  gtk_widget_measure (other, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

/* How wide the second child is within so much, with the space before it; 0 where it has no room. */
static int
taken (FikaBeside *self, int width)
{
  GtkWidget *text = gtk_widget_get_first_child (GTK_WIDGET (self));
  int other = other_width (gtk_widget_get_last_child (GTK_WIDGET (self)));
  int natural;

  if (other == 0)
    return 0;
  gtk_widget_measure (text, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return MIN (natural, self->enough) + SPACING + other <= width ? SPACING + other : 0;
}

static void
fika_beside_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  FikaBeside *self = FIKA_BESIDE (widget);
  GtkWidget *text = gtk_widget_get_first_child (widget);
  GtkWidget *other = gtk_widget_get_last_child (widget);
  int wide;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      wide = other_width (other);
      gtk_widget_measure (text, orientation, -1, minimum, natural, NULL, NULL);
      *natural += wide > 0 ? SPACING + wide : 0;
      return;
    }
  wide = for_size < 0 ? G_MAXINT : for_size;
  if (for_size >= 0)
    {
      int least;

      gtk_widget_measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      for_size = MAX (least, for_size - taken (self, wide));
    }
  gtk_widget_measure (text, orientation, for_size, minimum, natural, NULL, NULL);
  if (taken (self, wide) > 0)
    {
      int high;

      gtk_widget_measure (other, orientation, -1, NULL, &high, NULL, NULL);
      *minimum = MAX (*minimum, high);
      *natural = MAX (*natural, high);
    }
}

static void
fika_beside_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FikaBeside *self = FIKA_BESIDE (widget);
  GtkWidget *text = gtk_widget_get_first_child (widget);
  GtkWidget *other = gtk_widget_get_last_child (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int room = taken (self, width);

  if (other_width (other) > 0)
    {
      gtk_widget_set_child_visible (other, room > 0);
      if (room > 0)
        gtk_widget_size_allocate (
            other, &(GtkAllocation){ rtl ? 0 : width - room + SPACING, 0, room - SPACING, height },
            -1);
    }
  gtk_widget_size_allocate (text, &(GtkAllocation){ rtl ? room : 0, 0, width - room, height }, -1);
}

static GtkSizeRequestMode
fika_beside_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fika_beside_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ENOUGH:
      g_value_set_int (value, FIKA_BESIDE (object)->enough);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_beside_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ENOUGH:
      FIKA_BESIDE (object)->enough = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_beside_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (fika_beside_parent_class)->dispose (object);
}

static void
fika_beside_class_init (FikaBesideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_beside_get_property;
  object_class->set_property = fika_beside_set_property;
  object_class->dispose = fika_beside_dispose;
  widget_class->measure = fika_beside_measure;
  widget_class->size_allocate = fika_beside_size_allocate;
  widget_class->get_request_mode = fika_beside_get_request_mode;

  props[PROP_ENOUGH] = g_param_spec_int ("enough", NULL, NULL, 0, G_MAXINT, 96,
                                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
fika_beside_init (FikaBeside *self)
{
  self->enough = 96;
}
