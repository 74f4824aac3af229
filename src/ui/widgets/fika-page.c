#include "config.h"

#include "ui/widgets/fika-page.h"

#include "ui/fika-compat.h"

#include <glib/gi18n.h>

struct _FikaPage
{
  GtkWidget parent_instance;

  GtkWidget *bars;
  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkWidget *back;
  GtkWidget *content; /* owned by bars */
  gboolean show_controls;

  GPtrArray *panes; /* FikaPanes around the page, innermost first; while rooted */
};

static void fika_page_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaPage,
                               fika_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, fika_page_buildable_init))

enum
{
  PROP_TITLE = 1,
  PROP_SUBTITLE,
  PROP_CONTENT,
  PROP_SHOW_CONTROLS,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];
static GtkBuildableIface *parent_buildable;

/* The panes that Back leads out of: the innermost collapsed ones whose second pane has the page. */
static FikaPanes *
back_panes (FikaPage *self)
{
  for (guint i = 0; self->panes != NULL && i < self->panes->len; i++)
    {
      FikaPanes *panes = g_ptr_array_index (self->panes, i);

      if (!fika_panes_has_in_end (panes, GTK_WIDGET (self)))
        continue;
      if (fika_panes_get_collapsed (panes))
        return panes;
    }
  return NULL;
}

static gboolean
is_beside (FikaPage *self)
{
  for (guint i = 0; self->panes != NULL && i < self->panes->len; i++)
    {
      FikaPanes *panes = g_ptr_array_index (self->panes, i);

      if (fika_panes_has_in_end (panes, GTK_WIDGET (self)))
        return !fika_panes_get_collapsed (panes);
    }
  return FALSE;
}

static void
update_header (FikaPage *self)
{
  gboolean start = self->show_controls;
  gboolean end = self->show_controls;

  for (guint i = 0; self->panes != NULL && i < self->panes->len; i++)
    {
      FikaPanes *panes = g_ptr_array_index (self->panes, i);

      if (fika_panes_get_collapsed (panes))
        continue;
      if (fika_panes_has_in_end (panes, GTK_WIDGET (self)))
        start = FALSE;
      else
        end = FALSE;
    }
  adw_header_bar_set_show_start_title_buttons (self->header, start);
  adw_header_bar_set_show_end_title_buttons (self->header, end);
  /* Beside another page, that one leads back. */
  gtk_widget_set_visible (self->back, back_panes (self) != NULL && !is_beside (self));
}

static void
back_clicked_cb (FikaPage *self)
{
  fika_page_go_back (self);
}

static void
fika_page_root (GtkWidget *widget)
{
  FikaPage *self = FIKA_PAGE (widget);

  GTK_WIDGET_CLASS (fika_page_parent_class)->root (widget);

  self->panes = g_ptr_array_new_with_free_func (g_object_unref);
  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL; up = gtk_widget_get_parent (up))
    {
      if (!FIKA_IS_PANES (up))
        continue;
      g_ptr_array_add (self->panes, g_object_ref (up));
      g_signal_connect_object (up, "notify::collapsed", G_CALLBACK (update_header), self,
                               G_CONNECT_SWAPPED);
    }
  update_header (self);
}

static void
fika_page_unroot (GtkWidget *widget)
{
  FikaPage *self = FIKA_PAGE (widget);

  for (guint i = 0; self->panes != NULL && i < self->panes->len; i++)
    g_signal_handlers_disconnect_by_func (g_ptr_array_index (self->panes, i), update_header, self);
  g_clear_pointer (&self->panes, g_ptr_array_unref);

  GTK_WIDGET_CLASS (fika_page_parent_class)->unroot (widget);
}

static void
fika_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaPage *self = FIKA_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (self->title));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, adw_window_title_get_subtitle (self->title));
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_SHOW_CONTROLS:
      g_value_set_boolean (value, self->show_controls);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaPage *self = FIKA_PAGE (object);

  switch (id)
    {
    case PROP_TITLE:
      fika_page_set_title (self, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      fika_page_set_subtitle (self, g_value_get_string (value));
      break;
    case PROP_CONTENT:
      fika_page_set_content (self, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTROLS:
      self->show_controls = g_value_get_boolean (value);
      update_header (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_page_dispose (GObject *object)
{
  FikaPage *self = FIKA_PAGE (object);

  g_clear_pointer (&self->bars, gtk_widget_unparent);
  G_OBJECT_CLASS (fika_page_parent_class)->dispose (object);
}

static void
fika_page_class_init (FikaPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fika_page_get_property;
  object_class->set_property = fika_page_set_property;
  object_class->dispose = fika_page_dispose;
  widget_class->root = fika_page_root;
  widget_class->unroot = fika_page_unroot;

  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, "", flags);
  props[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, "", flags);
  props[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_SHOW_CONTROLS] = g_param_spec_boolean ("show-controls", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
fika_page_init (FikaPage *self)
{
  self->show_controls = TRUE;
  self->header = ADW_HEADER_BAR (fika_header_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->header), "flat");
  self->title = ADW_WINDOW_TITLE (adw_window_title_new ("", NULL));
  adw_header_bar_set_title_widget (self->header, GTK_WIDGET (self->title));

  self->back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_set_tooltip_text (self->back, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Back"), -1);
  gtk_widget_set_visible (self->back, FALSE);
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (back_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (self->header, self->back);

  self->bars = fika_bars_new ();
  fika_bars_add_top (self->bars, GTK_WIDGET (self->header));
  gtk_widget_set_parent (self->bars, GTK_WIDGET (self));
}

static void
fika_page_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  FikaPage *self = FIKA_PAGE (buildable);

  if (!GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (type == NULL)
    fika_page_set_content (self, GTK_WIDGET (child));
  else if (strcmp (type, "start") == 0)
    fika_page_pack_start (self, GTK_WIDGET (child));
  else if (strcmp (type, "end") == 0)
    fika_page_pack_end (self, GTK_WIDGET (child));
  else if (strcmp (type, "title") == 0)
    adw_header_bar_set_title_widget (self->header, GTK_WIDGET (child));
  else if (strcmp (type, "top") == 0)
    fika_page_add_top (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
fika_page_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = fika_page_add_child;
}

/**
 * fika_page_new:
 * @title: (nullable): what the header bar says
 *
 * Returns: (transfer floating): a page without a body
 */
GtkWidget *
fika_page_new (const char *title)
{
  return g_object_new (FIKA_TYPE_PAGE, "title", title, NULL);
}

void
fika_page_set_title (FikaPage *self, const char *title)
{
  g_return_if_fail (FIKA_IS_PAGE (self));

  adw_window_title_set_title (self->title, title != NULL ? title : "");
}

void
fika_page_set_subtitle (FikaPage *self, const char *subtitle)
{
  g_return_if_fail (FIKA_IS_PAGE (self));

  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
}

void
fika_page_set_content (FikaPage *self, GtkWidget *content)
{
  g_return_if_fail (FIKA_IS_PAGE (self));

  if (content == self->content)
    return;
  self->content = content;
  fika_bars_set_content (self->bars, content);
}

void
fika_page_pack_start (FikaPage *self, GtkWidget *widget)
{
  g_return_if_fail (FIKA_IS_PAGE (self));

  adw_header_bar_pack_start (self->header, widget);
}

void
fika_page_pack_end (FikaPage *self, GtkWidget *widget)
{
  g_return_if_fail (FIKA_IS_PAGE (self));

  adw_header_bar_pack_end (self->header, widget);
}

/**
 * fika_page_add_top:
 * @self: a page that has no body yet
 * @bar: a bar below the header, such as a search bar
 */
void
fika_page_add_top (FikaPage *self, GtkWidget *bar)
{
  g_return_if_fail (FIKA_IS_PAGE (self));
  g_return_if_fail (self->content == NULL);

  fika_bars_add_top (self->bars, bar);
}

/**
 * fika_page_can_go_back:
 * @self: a page
 *
 * Returns: whether the page covers the pane it was opened from
 */
gboolean
fika_page_can_go_back (FikaPage *self)
{
  g_return_val_if_fail (FIKA_IS_PAGE (self), FALSE);

  return back_panes (self) != NULL;
}

/**
 * fika_page_go_back:
 * @self: a page
 *
 * Shows the pane that it was opened from, where only one fits.
 */
void
fika_page_go_back (FikaPage *self)
{
  FikaPanes *panes;

  g_return_if_fail (FIKA_IS_PAGE (self));

  panes = back_panes (self);
  if (panes != NULL)
    fika_panes_set_show_end (panes, FALSE);
}
