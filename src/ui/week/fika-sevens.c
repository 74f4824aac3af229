#include "config.h"

#include "ui/week/fika-sevens.h"

struct _FikaSevens
{
  GtkWidget parent_instance;

  int column_width;
  int spacing;
  gboolean wide;
  guint notify; /* idle that tells of `wide`: nothing may be restyled while sizes are given out */
};

G_DEFINE_FINAL_TYPE (FikaSevens, fika_sevens, GTK_TYPE_WIDGET)

enum
{
  PROP_WIDE = 1,
  PROP_COLUMN_WIDTH,
  PROP_SPACING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static int
count_children (FikaSevens *self, int *minimum)
{
  int n = 0;

  *minimum = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int width;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      *minimum = MAX (*minimum, width);
      n++;
    }
  return n;
}

/* Columns in proportion to the text, as all of the layout is. */
static int
good_column (FikaSevens *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= 0)
    dpi = 96 * 1024;
  return (int) ((int64_t) self->column_width * dpi / (96 * 1024));
}

/* Decided by the width alone. What is in a column is another thing in a list, and wants another
 * width: asking the children would let the two ways of laying out chase each other. */
static gboolean
fits (FikaSevens *self, int width, int n)
{
  return n > 0 && width - (n - 1) * self->spacing >= n * good_column (self);
}

static void
fika_sevens_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  FikaSevens *self = FIKA_SEVENS (widget);
  int narrowest;
  int n = count_children (self, &narrowest);
  gboolean wide;
  int width;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (n == 0)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = narrowest;
      *natural = n * MAX (good_column (self), narrowest) + (n - 1) * self->spacing;
      return;
    }
  wide = for_size < 0 || fits (self, for_size, n);
  width = for_size < 0 ? -1 : wide ? (for_size - (n - 1) * self->spacing) / n : for_size;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_min;
      int child_nat;
      int least;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width < 0 ? -1 : MAX (width, least),
                          &child_min, &child_nat, NULL, NULL);
      *minimum = wide ? MAX (*minimum, child_min) : *minimum + child_min;
      *natural = wide ? MAX (*natural, child_nat) : *natural + child_nat;
    }
}

static gboolean
notify_cb (gpointer user_data)
{
  FikaSevens *self = user_data;

  self->notify = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WIDE]);
  return G_SOURCE_REMOVE;
}

static void
fika_sevens_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  FikaSevens *self = FIKA_SEVENS (widget);
  int narrowest;
  int n = count_children (self, &narrowest);
  gboolean wide = fits (self, width, n);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int i = 0;
  int y = 0;

  if (n > 0 && wide != self->wide)
    {
      self->wide = wide;
      if (self->notify == 0)
        self->notify = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_cb, self, NULL);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation place = { 0, y, width, height };

      if (!gtk_widget_should_layout (child))
        continue;
      if (wide)
        {
          int room = width - (n - 1) * self->spacing;
          int column = rtl ? n - 1 - i : i;
          int from = room * column / n;
          int least;

          place.x = from + column * self->spacing;
          place.width = room * (column + 1) / n - from;
          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
          place.width = MAX (place.width, least);
        }
      else
        {
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &place.height, NULL,
                              NULL);
          y += place.height;
        }
      gtk_widget_size_allocate (child, &place, -1);
      i++;
    }
}

static GtkSizeRequestMode
fika_sevens_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
fika_sevens_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaSevens *self = FIKA_SEVENS (object);

  switch (id)
    {
    case PROP_WIDE:
      g_value_set_boolean (value, self->wide);
      break;
    case PROP_COLUMN_WIDTH:
      g_value_set_int (value, self->column_width);
      break;
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_sevens_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaSevens *self = FIKA_SEVENS (object);

  switch (id)
    {
    case PROP_COLUMN_WIDTH:
      self->column_width = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
fika_sevens_dispose (GObject *object)
{
  FikaSevens *self = FIKA_SEVENS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->notify, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (fika_sevens_parent_class)->dispose (object);
}

static void
fika_sevens_class_init (FikaSevensClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_STATIC_STRINGS;

  object_class->get_property = fika_sevens_get_property;
  object_class->set_property = fika_sevens_set_property;
  object_class->dispose = fika_sevens_dispose;
  widget_class->measure = fika_sevens_measure;
  widget_class->size_allocate = fika_sevens_size_allocate;
  widget_class->get_request_mode = fika_sevens_get_request_mode;

  props[PROP_WIDE] = g_param_spec_boolean ("wide", NULL, NULL, TRUE, G_PARAM_READABLE | flags);
  props[PROP_COLUMN_WIDTH]
      = g_param_spec_int ("column-width", NULL, NULL, 1, G_MAXINT, 96, G_PARAM_READWRITE | flags);
  props[PROP_SPACING]
      = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
fika_sevens_init (FikaSevens *self)
{
  self->wide = TRUE;
  self->column_width = 96;
}

/**
 * fika_sevens_new:
 *
 * Returns: (transfer floating): a layout without children
 */
GtkWidget *
fika_sevens_new (void)
{
  return g_object_new (FIKA_TYPE_SEVENS, NULL);
}

/**
 * fika_sevens_append:
 * @self: the layout
 * @child: one more column
 */
void
fika_sevens_append (FikaSevens *self, GtkWidget *child)
{
  g_return_if_fail (FIKA_IS_SEVENS (self));
  g_return_if_fail (GTK_IS_WIDGET (child));

  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

/**
 * fika_sevens_get_wide:
 * @self: the layout
 *
 * Returns: whether the children are columns
 */
gboolean
fika_sevens_get_wide (FikaSevens *self)
{
  g_return_val_if_fail (FIKA_IS_SEVENS (self), TRUE);

  return self->wide;
}
