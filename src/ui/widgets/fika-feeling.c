#include "config.h"

#include "ui/widgets/fika-feeling.h"

#include <glib/gi18n.h>

#define N_FEELINGS 5

static const struct
{
  const char *icon;
  const char *label;
} feelings[N_FEELINGS] = {
  { "fika-feeling-hard-symbolic", NC_ ("feeling", "Hard") },
  { "fika-feeling-soso-symbolic", NC_ ("feeling", "So-so") },
  { "fika-feeling-fine-symbolic", NC_ ("feeling", "Fine") },
  { "fika-feeling-good-symbolic", NC_ ("feeling", "Good") },
  { "fika-feeling-wonderful-symbolic", NC_ ("feeling", "Wonderful") },
};

struct _FikaFeeling
{
  GtkWidget parent_instance;

  GtkToggleButton *buttons[N_FEELINGS];
};

G_DEFINE_FINAL_TYPE (FikaFeeling, fika_feeling, GTK_TYPE_WIDGET)

enum
{
  PROP_FEELING = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* One at most: pressing the one that is chosen takes it back. */
static void
toggled_cb (FikaFeeling *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    {
      for (guint i = 0; i < N_FEELINGS; i++)
        {
          if (self->buttons[i] != button)
            gtk_toggle_button_set_active (self->buttons[i], FALSE);
        }
    }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FEELING]);
}

static void
fika_feeling_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FEELING:
      g_value_set_int (value, fika_feeling_get (FIKA_FEELING (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_feeling_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FEELING:
      fika_feeling_set (FIKA_FEELING (object), g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_feeling_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (fika_feeling_parent_class)->dispose (object);
}

static void
fika_feeling_class_init (FikaFeelingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_feeling_get_property;
  object_class->set_property = fika_feeling_set_property;
  object_class->dispose = fika_feeling_dispose;
  props[PROP_FEELING]
      = g_param_spec_int ("feeling", NULL, NULL, 0, N_FEELINGS, 0,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
fika_feeling_init (FikaFeeling *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (layout), TRUE);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("How it felt"), -1);
  for (int i = 0; i < N_FEELINGS; i++)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
      GtkWidget *image = gtk_image_new_from_icon_name (feelings[i].icon);
      GtkWidget *label = gtk_label_new (fika_feeling_label (i + 1));
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_image_set_pixel_size (GTK_IMAGE (image), 24);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), image);
      gtk_box_append (GTK_BOX (box), label);
      gtk_button_set_child (GTK_BUTTON (button), box);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "face");
      gtk_widget_set_tooltip_text (button, fika_feeling_label (i + 1));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      fika_feeling_label (i + 1), -1);
      g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
    }
}

/**
 * fika_feeling_get:
 * @self: the faces
 *
 * Returns: 0 unsaid, 1 hard to 5 wonderful
 */
int
fika_feeling_get (FikaFeeling *self)
{
  g_return_val_if_fail (FIKA_IS_FEELING (self), 0);

  for (int i = 0; i < N_FEELINGS; i++)
    {
      if (gtk_toggle_button_get_active (self->buttons[i]))
        return i + 1;
    }
  return 0;
}

/**
 * fika_feeling_set:
 * @self: the faces
 * @feeling: 0 unsaid, 1 hard to 5 wonderful
 */
void
fika_feeling_set (FikaFeeling *self, int feeling)
{
  g_return_if_fail (FIKA_IS_FEELING (self));

  for (int i = 0; i < N_FEELINGS; i++)
    gtk_toggle_button_set_active (self->buttons[i], i + 1 == feeling);
}

/**
 * fika_feeling_label:
 * @feeling: 1 hard to 5 wonderful
 *
 * Returns: (nullable): its word; %NULL where it is unsaid
 */
const char *
fika_feeling_label (int feeling)
{
  if (feeling < 1 || feeling > N_FEELINGS)
    return NULL;
  return g_dpgettext2 (NULL, "feeling", feelings[feeling - 1].label);
}

/**
 * fika_feeling_icon:
 * @feeling: 1 hard to 5 wonderful
 *
 * Returns: (nullable): the name of its face; %NULL where it is unsaid
 */
const char *
fika_feeling_icon (int feeling)
{
  return feeling >= 1 && feeling <= N_FEELINGS ? feelings[feeling - 1].icon : NULL;
}
