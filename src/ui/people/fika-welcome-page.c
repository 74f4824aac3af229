#include "config.h"

#include "ui/people/fika-welcome-page.h"

#include "ui/widgets/fika-drawing.h"
#include "ui/widgets/fika-page.h"

struct _FikaWelcomePage
{
  AdwBin parent_instance;

  GtkWidget *first_button;

  FikaMainWindow *window; /* outlives its places */
};

G_DEFINE_FINAL_TYPE_WITH_CODE (FikaWelcomePage,
                               fika_welcome_page,
                               ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FIKA_TYPE_PLACE, NULL))

static void
fika_welcome_page_dispose (GObject *object)
{
  /* AdwBin knows its child by a plain pointer: it has to let go first. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FIKA_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (fika_welcome_page_parent_class)->dispose (object);
}

static void
fika_welcome_page_class_init (FikaWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fika_welcome_page_dispose;

  g_type_ensure (FIKA_TYPE_DRAWING);
  g_type_ensure (FIKA_TYPE_PAGE);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/fikaplanner/Fika/ui/people/fika-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, FikaWelcomePage, first_button);
}

static void
fika_welcome_page_init (FikaWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * fika_welcome_page_new:
 * @window: the window it is for
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
fika_welcome_page_new (FikaMainWindow *window)
{
  FikaWelcomePage *self;

  g_return_val_if_fail (FIKA_IS_MAIN_WINDOW (window), NULL);

  self = g_object_new (FIKA_TYPE_WELCOME_PAGE, NULL);
  self->window = window;

  return GTK_WIDGET (self);
}
