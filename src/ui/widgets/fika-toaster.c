#include "config.h"

#include "ui/widgets/fika-toaster.h"

#include "base/fika-text.h"

#define LENGTH_MAX 120

/* Microseconds. A toast this young says the next thing itself: it has most of its time before it.
 */
#define YOUNG 700000
/* Microseconds until a toast that was dismissed is gone, with something to spare. libadwaita
 * crashes when one that came while another went is dismissed before it has wholly come: so they
 * never overlap. */
#define GOING 400000

/* Says one thing at a time, the last one. Undo is about the last thing done: an older toast would
 * promise what it cannot keep. */
struct _FikaToaster
{
  GObject parent_instance;

  AdwToastOverlay *overlay; /* lives as long as this */
  AdwToast *toast;          /* while it shows */
  int64_t young_until;      /* monotonic */
  int64_t free;             /* when the one before is gone, monotonic */
  guint waiting;            /* for that */
  guint pressing;

  char *text;
  char *button;
  char *action;
};

G_DEFINE_FINAL_TYPE (FikaToaster, fika_toaster, G_TYPE_OBJECT)

static gboolean
pressed_cb (gpointer user_data)
{
  g_autoptr (FikaToaster) self = g_object_ref (user_data);
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;

  self->pressing = 0;
  if (g_action_parse_detailed_name (self->action, &name, &target, NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (self->overlay), name, target);
  return G_SOURCE_REMOVE;
}

/* The toast goes once its button was pressed, a moment later; what the action then says must not go
 * with it, however young the toast is. */
static void
button_clicked_cb (FikaToaster *self, AdwToast *toast)
{
  if (toast == self->toast)
    self->young_until = 0;
  if (self->pressing == 0 && self->action != NULL)
    self->pressing = g_idle_add (pressed_cb, self);
}

static void
dismissed_cb (FikaToaster *self, AdwToast *toast)
{
  if (toast != self->toast)
    return;
  self->free = g_get_monotonic_time () + GOING;
  g_clear_object (&self->toast);
}

static void
fill (FikaToaster *self)
{
  g_autofree char *clipped = fika_text_clip (self->text, LENGTH_MAX);
  g_autofree char *escaped = g_markup_escape_text (clipped, -1);

  adw_toast_set_title (self->toast, escaped);
  adw_toast_set_button_label (self->toast, self->button);
}

static void
show (FikaToaster *self)
{
  self->toast = adw_toast_new ("");
  self->young_until = g_get_monotonic_time () + YOUNG;
  fill (self);
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (button_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->toast, "dismissed", G_CALLBACK (dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->overlay, g_object_ref (self->toast));
}

static gboolean
free_cb (gpointer user_data)
{
  FikaToaster *self = user_data;

  self->waiting = 0;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
fika_toaster_dispose (GObject *object)
{
  FikaToaster *self = FIKA_TOASTER (object);

  g_clear_handle_id (&self->waiting, g_source_remove);
  g_clear_handle_id (&self->pressing, g_source_remove);
  g_clear_object (&self->toast);
  G_OBJECT_CLASS (fika_toaster_parent_class)->dispose (object);
}

static void
fika_toaster_finalize (GObject *object)
{
  FikaToaster *self = FIKA_TOASTER (object);

  g_free (self->text);
  g_free (self->button);
  g_free (self->action);
  G_OBJECT_CLASS (fika_toaster_parent_class)->finalize (object);
}

static void
fika_toaster_class_init (FikaToasterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fika_toaster_dispose;
  G_OBJECT_CLASS (klass)->finalize = fika_toaster_finalize;
}

static void
fika_toaster_init (FikaToaster *self)
{
}

/**
 * fika_toaster_new:
 * @overlay: where its toasts show; lives as long as the toaster
 *
 * Returns: (transfer full): a toaster with nothing to say
 */
FikaToaster *
fika_toaster_new (AdwToastOverlay *overlay)
{
  FikaToaster *self;

  g_return_val_if_fail (ADW_IS_TOAST_OVERLAY (overlay), NULL);

  self = g_object_new (FIKA_TYPE_TOASTER, NULL);
  self->overlay = overlay;
  return self;
}

/**
 * fika_toaster_say:
 * @self: a toaster
 * @text: a sentence, no markup
 * @button: (nullable): what a button beside it says
 * @action: (nullable): the detailed name of the action that the button activates
 *
 * Says something for a few seconds, instead of what is being said.
 */
void
fika_toaster_say (FikaToaster *self, const char *text, const char *button, const char *action)
{
  g_return_if_fail (FIKA_IS_TOASTER (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail ((button == NULL) == (action == NULL));

  g_free (self->text);
  g_free (self->button);
  g_free (self->action);
  self->text = g_strdup (text);
  self->button = g_strdup (button);
  self->action = g_strdup (action);

  if (self->toast != NULL && g_get_monotonic_time () < self->young_until)
    {
      fill (self);
      return;
    }
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  if (self->waiting != 0)
    return;
  if (g_get_monotonic_time () < self->free)
    self->waiting = g_timeout_add (GOING / 1000, free_cb, self);
  else
    show (self);
}
