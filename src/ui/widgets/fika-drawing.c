#include "config.h"

#include "ui/widgets/fika-drawing.h"

struct _FikaDrawing
{
  GtkWidget parent_instance;

  char *name;
  int size;
  GdkTexture *texture; /* made for `texture_size`; NULL where it could not be */
  int texture_size;
};

G_DEFINE_FINAL_TYPE (FikaDrawing, fika_drawing, GTK_TYPE_WIDGET)

enum
{
  PROP_DRAWING = 1,
  PROP_SIZE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
load (FikaDrawing *self, int pixels)
{
  g_autofree char *path = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;

  if (self->texture_size == pixels || self->name == NULL)
    return;
  self->texture_size = pixels;
  g_clear_object (&self->texture);
  path = g_strdup_printf ("/org/fikaplanner/Fika/drawings/fika-%s.svg", self->name);
  picture = gdk_pixbuf_new_from_resource_at_scale (path, pixels, pixels, TRUE, NULL);
  if (picture != NULL)
    self->texture = gdk_texture_new_for_pixbuf (picture);
}

static void
fika_drawing_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FikaDrawing *self = FIKA_DRAWING (widget);
  float x = (float) (gtk_widget_get_width (widget) - self->size) / 2;
  float y = (float) (gtk_widget_get_height (widget) - self->size) / 2;

  load (self, self->size * gtk_widget_get_scale_factor (widget));
  if (self->texture != NULL)
    gtk_snapshot_append_texture (
        snapshot, self->texture,
        &GRAPHENE_RECT_INIT (x, y, (float) self->size, (float) self->size));
}

static void
fika_drawing_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  *minimum = *natural = FIKA_DRAWING (widget)->size;
  *minimum_baseline = *natural_baseline = -1;
}

static void
fika_drawing_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaDrawing *self = FIKA_DRAWING (object);

  switch (id)
    {
    case PROP_DRAWING:
      g_value_set_string (value, self->name);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_drawing_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaDrawing *self = FIKA_DRAWING (object);

  switch (id)
    {
    case PROP_DRAWING:
      g_free (self->name);
      self->name = g_value_dup_string (value);
      self->texture_size = 0;
      gtk_widget_queue_draw (GTK_WIDGET (self));
      break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_drawing_finalize (GObject *object)
{
  FikaDrawing *self = FIKA_DRAWING (object);

  g_clear_object (&self->texture);
  g_free (self->name);
  G_OBJECT_CLASS (fika_drawing_parent_class)->finalize (object);
}

static void
fika_drawing_class_init (FikaDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_drawing_get_property;
  object_class->set_property = fika_drawing_set_property;
  object_class->finalize = fika_drawing_finalize;
  widget_class->snapshot = fika_drawing_snapshot;
  widget_class->measure = fika_drawing_measure;

  props[PROP_DRAWING] = g_param_spec_string ("drawing", NULL, NULL, NULL,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SIZE]
      = g_param_spec_int ("size", NULL, NULL, 1, 1024, 128,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fika_drawing_init (FikaDrawing *self)
{
}
