#include "config.h"

#include "ui/fika-compat.h"

/* Bars over a body */

/**
 * fika_bars_new:
 *
 * Returns: (transfer floating): a widget that shows bars over a body
 */
GtkWidget *
fika_bars_new (void)
{
#if ADW_CHECK_VERSION(1, 4, 0)
  return adw_toolbar_view_new ();
#else
  return gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
#endif
}

/**
 * fika_bars_add_top:
 * @bars: made by fika_bars_new ()
 * @bar: one more bar below those there are
 */
void
fika_bars_add_top (GtkWidget *bars, GtkWidget *bar)
{
#if ADW_CHECK_VERSION(1, 4, 0)
  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (bars), bar);
#else
  gtk_box_append (GTK_BOX (bars), bar);
#endif
}

/**
 * fika_bars_set_content:
 * @bars: made by fika_bars_new (), all its bars added
 * @content: (nullable): the body
 */
void
fika_bars_set_content (GtkWidget *bars, GtkWidget *content)
{
#if ADW_CHECK_VERSION(1, 4, 0)
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (bars), content);
#else
  GtkWidget *last = gtk_widget_get_last_child (bars);

  if (last != NULL && gtk_widget_has_css_class (last, "page-body"))
    gtk_box_remove (GTK_BOX (bars), last);
  if (content != NULL)
    {
      gtk_widget_add_css_class (content, "page-body");
      gtk_widget_set_vexpand (content, TRUE);
      gtk_box_append (GTK_BOX (bars), content);
    }
#endif
}

/**
 * fika_header_new:
 *
 * Returns: (transfer floating): an AdwHeaderBar without a back button of its own: pages have one
 * that is the same everywhere
 */
GtkWidget *
fika_header_new (void)
{
  GtkWidget *header = adw_header_bar_new ();

#if ADW_CHECK_VERSION(1, 4, 0)
  adw_header_bar_set_show_back_button (ADW_HEADER_BAR (header), FALSE);
#endif
  return header;
}

/* Panes */

#if !ADW_CHECK_VERSION(1, 4, 0)
/* A leaflet folds when the natural widths of its panes do not fit: this gives a pane the natural
 * width that makes that the threshold, whatever it shows. Scaled with the text, as the "sp" of
 * newer breakpoints is. */
#define FIKA_TYPE_NATURAL (fika_natural_get_type ())
G_DECLARE_FINAL_TYPE (FikaNatural, fika_natural, FIKA, NATURAL, AdwBin)

struct _FikaNatural
{
  AdwBin parent_instance;
  int natural;
};

G_DEFINE_FINAL_TYPE (FikaNatural, fika_natural, ADW_TYPE_BIN)

static void
fika_natural_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  FikaNatural *self = FIKA_NATURAL (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));
  int dpi = 0;

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
      if (dpi <= 0)
        dpi = 96 * 1024;
      *natural = MAX (*minimum, (int) ((int64_t) self->natural * dpi / (96 * 1024)));
    }
}

static void
fika_natural_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static GtkSizeRequestMode
fika_natural_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
fika_natural_class_init (FikaNaturalClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = fika_natural_measure;
  widget_class->size_allocate = fika_natural_size_allocate;
  widget_class->get_request_mode = fika_natural_get_request_mode;
}

static void
fika_natural_init (FikaNatural *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}
#endif

struct _FikaPanes
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *end;
  int threshold;
  int start_width;
  gboolean show_end;
#if ADW_CHECK_VERSION(1, 4, 0)
  AdwBreakpointBin *bin;
  AdwNavigationSplitView *split;
  AdwBreakpoint *breakpoint;
#else
  AdwLeaflet *leaflet;
  FikaNatural *start_bin;
  FikaNatural *end_bin;
#endif
};

static void fika_panes_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaPanes,
                               fika_panes,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      fika_panes_buildable_init))

enum
{
  PANES_START = 1,
  PANES_END,
  PANES_THRESHOLD,
  PANES_START_WIDTH,
  PANES_SHOW_END,
  PANES_COLLAPSED,
  PANES_N_PROPS,
};

static GParamSpec *panes_props[PANES_N_PROPS];
static GtkBuildableIface *panes_parent_buildable;

static void
panes_collapsed_cb (FikaPanes *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), panes_props[PANES_COLLAPSED]);
}

static void
panes_shown_cb (FikaPanes *self)
{
  gboolean show_end;

#if ADW_CHECK_VERSION(1, 4, 0)
  show_end = adw_navigation_split_view_get_show_content (self->split);
#else
  show_end = adw_leaflet_get_visible_child (self->leaflet) == GTK_WIDGET (self->end_bin);
#endif
  if (show_end == self->show_end)
    return;
  self->show_end = show_end;
  g_object_notify_by_pspec (G_OBJECT (self), panes_props[PANES_SHOW_END]);
}

static void
panes_apply_widths (FikaPanes *self)
{
#if ADW_CHECK_VERSION(1, 4, 0)
  g_autofree char *text = g_strdup_printf ("max-width: %dsp", self->threshold);

  adw_breakpoint_set_condition (self->breakpoint, adw_breakpoint_condition_parse (text));
  adw_navigation_split_view_set_min_sidebar_width (self->split, self->start_width);
  adw_navigation_split_view_set_max_sidebar_width (self->split, self->start_width);
#else
  self->start_bin->natural = self->start_width;
  self->end_bin->natural = MAX (1, self->threshold - self->start_width);
  gtk_widget_queue_resize (GTK_WIDGET (self));
#endif
}

static void
fika_panes_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaPanes *self = FIKA_PANES (object);

  switch (id)
    {
    case PANES_START:
      g_value_set_object (value, self->start);
      break;
    case PANES_END:
      g_value_set_object (value, self->end);
      break;
    case PANES_THRESHOLD:
      g_value_set_int (value, self->threshold);
      break;
    case PANES_START_WIDTH:
      g_value_set_int (value, self->start_width);
      break;
    case PANES_SHOW_END:
      g_value_set_boolean (value, self->show_end);
      break;
    case PANES_COLLAPSED:
      g_value_set_boolean (value, fika_panes_get_collapsed (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_panes_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaPanes *self = FIKA_PANES (object);

  switch (id)
    {
    case PANES_START:
      fika_panes_set_start (self, g_value_get_object (value));
      break;
    case PANES_END:
      fika_panes_set_end (self, g_value_get_object (value));
      break;
    case PANES_THRESHOLD:
      self->threshold = g_value_get_int (value);
      panes_apply_widths (self);
      break;
    case PANES_START_WIDTH:
      self->start_width = g_value_get_int (value);
      panes_apply_widths (self);
      break;
    case PANES_SHOW_END:
      fika_panes_set_show_end (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_panes_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (fika_panes_parent_class)->dispose (object);
}

static void
fika_panes_class_init (FikaPanesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fika_panes_get_property;
  object_class->set_property = fika_panes_set_property;
  object_class->dispose = fika_panes_dispose;

  panes_props[PANES_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  panes_props[PANES_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  panes_props[PANES_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 1, G_MAXINT, 640,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  panes_props[PANES_START_WIDTH] = g_param_spec_int ("start-width", NULL, NULL, 1, G_MAXINT, 220,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  panes_props[PANES_SHOW_END]
      = g_param_spec_boolean ("show-end", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  panes_props[PANES_COLLAPSED] = g_param_spec_boolean ("collapsed", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, PANES_N_PROPS, panes_props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
fika_panes_init (FikaPanes *self)
{
  self->threshold = 640;
  self->start_width = 220;
#if ADW_CHECK_VERSION(1, 4, 0)
  self->bin = ADW_BREAKPOINT_BIN (adw_breakpoint_bin_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->bin), 320, 240);
  self->split = ADW_NAVIGATION_SPLIT_VIEW (adw_navigation_split_view_new ());
  adw_navigation_split_view_set_sidebar_width_unit (self->split, ADW_LENGTH_UNIT_SP);
  adw_breakpoint_bin_set_child (self->bin, GTK_WIDGET (self->split));
  self->breakpoint = adw_breakpoint_new (adw_breakpoint_condition_parse ("max-width: 640sp"));
  adw_breakpoint_add_setters (self->breakpoint, G_OBJECT (self->split), "collapsed", TRUE, NULL);
  adw_breakpoint_bin_add_breakpoint (self->bin, self->breakpoint);
  g_signal_connect_swapped (self->split, "notify::collapsed", G_CALLBACK (panes_collapsed_cb),
                            self);
  g_signal_connect_swapped (self->split, "notify::show-content", G_CALLBACK (panes_shown_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->bin), GTK_WIDGET (self));
#else
  GtkWidget *separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);

  self->leaflet = ADW_LEAFLET (adw_leaflet_new ());
  adw_leaflet_set_can_navigate_back (self->leaflet, TRUE);
  adw_leaflet_set_fold_threshold_policy (self->leaflet, ADW_FOLD_THRESHOLD_POLICY_NATURAL);
  self->start_bin = g_object_new (FIKA_TYPE_NATURAL, NULL);
  self->end_bin = g_object_new (FIKA_TYPE_NATURAL, "hexpand", TRUE, NULL);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->start_bin));
  adw_leaflet_page_set_navigatable (adw_leaflet_append (self->leaflet, separator), FALSE);
  adw_leaflet_append (self->leaflet, GTK_WIDGET (self->end_bin));
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (panes_collapsed_cb), self);
  g_signal_connect_swapped (self->leaflet, "notify::visible-child", G_CALLBACK (panes_shown_cb),
                            self);
  gtk_widget_set_parent (GTK_WIDGET (self->leaflet), GTK_WIDGET (self));
#endif
  panes_apply_widths (self);
}

static void
fika_panes_add_child (GtkBuildable *buildable,
                      GtkBuilder *builder,
                      GObject *child,
                      const char *type)
{
  FikaPanes *self = FIKA_PANES (buildable);

  if (g_strcmp0 (type, "start") == 0)
    fika_panes_set_start (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    fika_panes_set_end (self, GTK_WIDGET (child));
  else
    panes_parent_buildable->add_child (buildable, builder, child, type);
}

static void
fika_panes_buildable_init (GtkBuildableIface *iface)
{
  panes_parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = fika_panes_add_child;
}

/**
 * fika_panes_new:
 *
 * Returns: (transfer floating): panes without content
 */
GtkWidget *
fika_panes_new (void)
{
  return g_object_new (FIKA_TYPE_PANES, NULL);
}

#if ADW_CHECK_VERSION(1, 4, 0)
static AdwNavigationPage *
panes_wrap (GtkWidget *child)
{
  /* The pages' own titles are in the header bars; this one is what a screen reader hears. */
  return child == NULL ? NULL : adw_navigation_page_new (child, "Fika");
}
#endif

/**
 * fika_panes_set_start:
 * @self: the panes
 * @start: (nullable): what the first pane shows
 */
void
fika_panes_set_start (FikaPanes *self, GtkWidget *start)
{
  g_return_if_fail (FIKA_IS_PANES (self));

  self->start = start;
#if ADW_CHECK_VERSION(1, 4, 0)
  adw_navigation_split_view_set_sidebar (self->split, panes_wrap (start));
#else
  adw_bin_set_child (ADW_BIN (self->start_bin), start);
#endif
}

/**
 * fika_panes_set_end:
 * @self: the panes
 * @end: (nullable): what the second pane shows
 */
void
fika_panes_set_end (FikaPanes *self, GtkWidget *end)
{
  g_return_if_fail (FIKA_IS_PANES (self));

  self->end = end;
#if ADW_CHECK_VERSION(1, 4, 0)
  adw_navigation_split_view_set_content (self->split, panes_wrap (end));
#else
  adw_bin_set_child (ADW_BIN (self->end_bin), end);
#endif
}

/**
 * fika_panes_get_collapsed:
 * @self: the panes
 *
 * Returns: whether only one pane shows
 */
gboolean
fika_panes_get_collapsed (FikaPanes *self)
{
  g_return_val_if_fail (FIKA_IS_PANES (self), FALSE);

#if ADW_CHECK_VERSION(1, 4, 0)
  return adw_navigation_split_view_get_collapsed (self->split);
#else
  return adw_leaflet_get_folded (self->leaflet);
#endif
}

/**
 * fika_panes_get_show_end:
 * @self: the panes
 *
 * Returns: whether the second pane is the one that shows when only one can
 */
gboolean
fika_panes_get_show_end (FikaPanes *self)
{
  g_return_val_if_fail (FIKA_IS_PANES (self), FALSE);

  return self->show_end;
}

/**
 * fika_panes_set_show_end:
 * @self: the panes
 * @show_end: whether the second pane is the one that shows when only one can
 */
void
fika_panes_set_show_end (FikaPanes *self, gboolean show_end)
{
  g_return_if_fail (FIKA_IS_PANES (self));

#if ADW_CHECK_VERSION(1, 4, 0)
  adw_navigation_split_view_set_show_content (self->split, show_end);
#else
  adw_leaflet_set_visible_child (self->leaflet,
                                 GTK_WIDGET (show_end ? self->end_bin : self->start_bin));
#endif
}

/**
 * fika_panes_has_in_end:
 * @self: the panes
 * @widget: a widget in them
 *
 * Returns: whether @widget is in the second pane
 */
gboolean
fika_panes_has_in_end (FikaPanes *self, GtkWidget *widget)
{
  g_return_val_if_fail (FIKA_IS_PANES (self), FALSE);

  return self->end != NULL && (widget == self->end || gtk_widget_is_ancestor (widget, self->end));
}
