#include "config.h"

#include "ui/widgets/fika-wrap.h"

struct _FikaWrap
{
  GtkWidget parent_instance;

  int spacing;
  int natural_width; /* 0: all in one line */
};

G_DEFINE_FINAL_TYPE (FikaWrap, fika_wrap, GTK_TYPE_WIDGET)

enum
{
  PROP_SPACING = 1,
  PROP_NATURAL_WIDTH,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

typedef void (
    *LineFunc) (FikaWrap *self, GtkWidget *first, guint n, int used, int height, int y, int width);

static int
child_width (GtkWidget *child, int width)
{
  int minimum;
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static GtkWidget *
next_laid (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* Breaks the children into lines; answers the height of all. */
static int
break_lines (FikaWrap *self, int width, LineFunc line)
{
  GtkWidget *first = next_laid (gtk_widget_get_first_child (GTK_WIDGET (self)));
  int y = 0;

  while (first != NULL)
    {
      GtkWidget *child = first;
      guint n = 0;
      int used = 0;
      int height = 0;

      while (child != NULL)
        {
          int wide = child_width (child, width);
          int high;

          if (n > 0 && used + self->spacing + wide > width)
            break;
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, wide, NULL, &high, NULL, NULL);
          used += wide + (n > 0 ? self->spacing : 0);
          height = MAX (height, high);
          n++;
          child = next_laid (gtk_widget_get_next_sibling (child));
        }
      if (y > 0)
        y += self->spacing;
      if (line != NULL)
        line (self, first, n, used, height, y, width);
      y += height;
      first = child;
    }
  return y;
}

static void
allocate_line (FikaWrap *self, GtkWidget *first, guint n, int used, int height, int y, int width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkWidget *child = first;
  int spare = MAX (0, width - used);
  int x = 0;

  for (guint i = 0; i < n; i++)
    {
      int wide = child_width (child, width);

      if (spare > 0 && gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        {
          wide += spare;
          spare = 0;
        }
      gtk_widget_size_allocate (
          child, &(GtkAllocation){ rtl ? width - x - wide : x, y, wide, height }, -1);
      x += wide + self->spacing;
      child = next_laid (gtk_widget_get_next_sibling (child));
    }
}

static void
fika_wrap_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  FikaWrap *self = FIKA_WRAP (widget);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      /* For any width, the least is what one long line needs. */
      *minimum = break_lines (self, for_size < 0 ? G_MAXINT / 2 : for_size, NULL);
      if (for_size < 0)
        gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
      *natural = break_lines (self, for_size, NULL);
      return;
    }
  for (GtkWidget *child = next_laid (gtk_widget_get_first_child (widget)); child != NULL;
       child = next_laid (gtk_widget_get_next_sibling (child)))
    {
      int child_min;
      int child_nat;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min, &child_nat, NULL,
                          NULL);
      *minimum = MAX (*minimum, child_min);
      *natural += child_nat + (*natural > 0 ? self->spacing : 0);
    }
  if (self->natural_width > 0)
    *natural = MAX (*minimum, MIN (*natural, self->natural_width));
}

static void
fika_wrap_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  break_lines (FIKA_WRAP (widget), width, allocate_line);
}

static GtkSizeRequestMode
fika_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fika_wrap_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SPACING:
      g_value_set_int (value, FIKA_WRAP (object)->spacing);
      break;
    case PROP_NATURAL_WIDTH:
      g_value_set_int (value, FIKA_WRAP (object)->natural_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_wrap_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SPACING:
      FIKA_WRAP (object)->spacing = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    case PROP_NATURAL_WIDTH:
      FIKA_WRAP (object)->natural_width = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (object));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_wrap_dispose (GObject *object)
{
  fika_wrap_clear (FIKA_WRAP (object));
  G_OBJECT_CLASS (fika_wrap_parent_class)->dispose (object);
}

static void
fika_wrap_class_init (FikaWrapClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_wrap_get_property;
  object_class->set_property = fika_wrap_set_property;
  object_class->dispose = fika_wrap_dispose;
  widget_class->measure = fika_wrap_measure;
  widget_class->size_allocate = fika_wrap_size_allocate;
  widget_class->get_request_mode = fika_wrap_get_request_mode;

  props[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 6,
                                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NATURAL_WIDTH] = g_param_spec_int ("natural-width", NULL, NULL, 0, G_MAXINT, 0,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
fika_wrap_init (FikaWrap *self)
{
  self->spacing = 6;
}

/**
 * fika_wrap_new:
 *
 * Returns: (transfer floating): a layout without children
 */
GtkWidget *
fika_wrap_new (void)
{
  return g_object_new (FIKA_TYPE_WRAP, NULL);
}

/**
 * fika_wrap_append:
 * @self: the layout
 * @child: its last child
 */
void
fika_wrap_append (FikaWrap *self, GtkWidget *child)
{
  g_return_if_fail (FIKA_IS_WRAP (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * fika_wrap_clear:
 * @self: the layout
 *
 * Takes all children out.
 */
void
fika_wrap_clear (FikaWrap *self)
{
  GtkWidget *child;

  g_return_if_fail (FIKA_IS_WRAP (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
