#include "config.h"

#include "ui/widgets/fika-avatar.h"

#include "base/fika-paths.h"
#include "base/fika-text.h"

#define N_TINTS 8

struct _FikaAvatar
{
  GtkWidget parent_instance;

  FikaPerson *person;
  int size;
  int tint; /* -1: none yet */
  char *initials;
  PangoLayout *layout; /* of the initials; made when drawn */
  GdkTexture *texture;
  char *photo; /* name of what `texture` shows */
};

G_DEFINE_FINAL_TYPE (FikaAvatar, fika_avatar, GTK_TYPE_WIDGET)

enum
{
  PROP_PERSON = 1,
  PROP_SIZE,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
show_initials (FikaAvatar *self, const char *name)
{
  g_autofree char *style = NULL;
  int tint = (int) (g_str_hash (name) % N_TINTS);

  g_free (self->initials);
  self->initials = fika_text_initials (name);
  g_clear_object (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (tint == self->tint)
    return;
  if (self->tint >= 0)
    {
      g_autofree char *old = g_strdup_printf ("tint-%d", self->tint);

      gtk_widget_remove_css_class (GTK_WIDGET (self), old);
    }
  self->tint = tint;
  style = g_strdup_printf ("tint-%d", tint);
  gtk_widget_add_css_class (GTK_WIDGET (self), style);
}

/* Photos are kept small by whoever imports them, so they are read at once. */
static void
load_photo (FikaAvatar *self)
{
  const char *photo = self->person != NULL ? fika_person_get_photo (self->person) : "";
  g_autofree char *dir = NULL;
  g_autofree char *file = NULL;

  if (g_strcmp0 (photo, self->photo) == 0)
    return;
  g_free (self->photo);
  self->photo = g_strdup (photo);
  g_clear_object (&self->texture);
  /* The name of a hash: nothing else is a file of ours. */
  if (photo[0] != '\0' && strchr (photo, '/') == NULL)
    {
      dir = fika_paths_photos_dir ();
      file = g_build_filename (dir, photo, NULL);
      self->texture = gdk_texture_new_from_filename (file, NULL);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update (FikaAvatar *self)
{
  if (self->person == NULL)
    return;
  show_initials (self, fika_person_get_name (self->person));
  load_photo (self);
}

/* Drawn rather than a label within: lists and weeks hold hundreds of these. */
static void
draw_initials (FikaAvatar *self, GtkSnapshot *snapshot, int width, int height)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  PangoRectangle ink;

  if (self->initials == NULL)
    return;
  if (self->layout == NULL)
    self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->initials);
  /* Centred by what is drawn: capitals have nothing below the line. */
  pango_layout_get_pixel_extents (self->layout, &ink, NULL);
  gtk_snapshot_render_layout (snapshot, style, (double) (width - ink.width) / 2 - ink.x,
                              (double) (height - ink.height) / 2 - ink.y, self->layout);
}

static void
fika_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  FikaAvatar *self = FIKA_AVATAR (widget);
  GskRoundedRect clip;
  graphene_rect_t bounds;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float scale;
  float w;
  float h;

  if (self->texture == NULL)
    {
      draw_initials (self, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
      return;
    }
  graphene_rect_init (&bounds, 0, 0, width, height);
  gsk_rounded_rect_init_from_rect (&clip, &bounds, MIN (width, height) / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &clip);
  scale = MAX (width / (float) gdk_texture_get_width (self->texture),
               height / (float) gdk_texture_get_height (self->texture));
  w = (float) gdk_texture_get_width (self->texture) * scale;
  h = (float) gdk_texture_get_height (self->texture) * scale;
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((width - w) / 2, (height - h) / 2, w, h));
  gtk_snapshot_pop (snapshot);
}

static void
fika_avatar_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  int dpi = 0;

  /* In proportion to the text: the letters have to fit. */
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  if (dpi <= 0)
    dpi = 96 * 1024;
  *minimum = *natural = (int) ((int64_t) FIKA_AVATAR (widget)->size * dpi / (96 * 1024));
  *minimum_baseline = *natural_baseline = -1;
}

/* Another theme, another font, another text size. */
static void
fika_avatar_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fika_avatar_parent_class)->css_changed (widget, change);
  g_clear_object (&FIKA_AVATAR (widget)->layout);
}

static void
fika_avatar_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (fika_avatar_parent_class)->system_setting_changed (widget, setting);
  g_clear_object (&FIKA_AVATAR (widget)->layout);
  gtk_widget_queue_resize (widget);
}

static void
fika_avatar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaAvatar *self = FIKA_AVATAR (object);

  switch (id)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_avatar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaAvatar *self = FIKA_AVATAR (object);
  g_autofree char *style = NULL;

  switch (id)
    {
    case PROP_PERSON:
      fika_avatar_set_person (self, g_value_get_object (value));
      break;
    case PROP_SIZE:
      self->size = g_value_get_int (value);
      if (self->size >= 64)
        gtk_widget_add_css_class (GTK_WIDGET (self), "large");
      else if (self->size >= 36)
        gtk_widget_add_css_class (GTK_WIDGET (self), "medium");
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_avatar_dispose (GObject *object)
{
  FikaAvatar *self = FIKA_AVATAR (object);

  g_clear_object (&self->person);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->photo, g_free);
  g_clear_object (&self->layout);
  g_clear_pointer (&self->initials, g_free);
  G_OBJECT_CLASS (fika_avatar_parent_class)->dispose (object);
}

static void
fika_avatar_class_init (FikaAvatarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_avatar_get_property;
  object_class->set_property = fika_avatar_set_property;
  object_class->dispose = fika_avatar_dispose;
  widget_class->snapshot = fika_avatar_snapshot;
  widget_class->measure = fika_avatar_measure;
  widget_class->css_changed = fika_avatar_css_changed;
  widget_class->system_setting_changed = fika_avatar_system_setting_changed;

  props[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, FIKA_TYPE_PERSON,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SIZE]
      = g_param_spec_int ("size", NULL, NULL, 1, 512, 24,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "fika-avatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fika_avatar_init (FikaAvatar *self)
{
  self->tint = -1;
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * fika_avatar_new:
 * @person: (nullable): whose face
 * @size: its diameter in pixels
 *
 * Returns: (transfer floating): a face
 */
GtkWidget *
fika_avatar_new (FikaPerson *person, int size)
{
  return g_object_new (FIKA_TYPE_AVATAR, "size", size, "person", person, NULL);
}

/**
 * fika_avatar_set_person:
 * @self: a face
 * @person: (nullable): whose it is; follows their name and photo
 */
void
fika_avatar_set_person (FikaAvatar *self, FikaPerson *person)
{
  g_return_if_fail (FIKA_IS_AVATAR (self));

  if (self->person == person)
    return;
  if (self->person != NULL)
    g_signal_handlers_disconnect_by_func (self->person, update, self);
  g_set_object (&self->person, person);
  if (person != NULL)
    {
      g_signal_connect_object (person, "notify::name", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (person, "notify::photo", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  update (self);
}

/**
 * fika_avatar_set_name:
 * @self: a face without a person
 * @name: whose initials it shows
 */
void
fika_avatar_set_name (FikaAvatar *self, const char *name)
{
  g_return_if_fail (FIKA_IS_AVATAR (self));
  g_return_if_fail (name != NULL);

  show_initials (self, name);
}

/**
 * fika_avatars_new:
 * @people: (element-type FikaPerson): in order
 * @size: diameter of a face in pixels
 * @most: how many faces at most; where there are more people, the last place says how many more
 *
 * Returns: (transfer floating): their faces
 */
GtkWidget *
fika_avatars_new (GPtrArray *people, int size, guint most)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  guint shown = people->len > most ? most - 1 : people->len;

  gtk_widget_add_css_class (box, "fika-avatars");
  for (guint i = 0; i < shown; i++)
    gtk_box_append (GTK_BOX (box), fika_avatar_new (g_ptr_array_index (people, i), size));
  if (shown < people->len)
    {
      g_autofree char *text = g_strdup_printf ("+%u", people->len - shown);
      GtkWidget *more = gtk_label_new (text);

      gtk_widget_add_css_class (more, "more");
      gtk_box_append (GTK_BOX (box), more);
    }
  return box;
}
