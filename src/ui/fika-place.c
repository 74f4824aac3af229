#include "config.h"

#include "ui/fika-place.h"

G_DEFINE_INTERFACE (FikaPlace, fika_place, GTK_TYPE_WIDGET)

static void
fika_place_default_init (FikaPlaceInterface *iface)
{
}

/**
 * fika_place_open:
 * @self: a place
 * @uid: of what it should show
 *
 * Returns: whether there is such a thing
 */
gboolean
fika_place_open (FikaPlace *self, const char *uid)
{
  FikaPlaceInterface *iface;

  g_return_val_if_fail (FIKA_IS_PLACE (self), FALSE);
  g_return_val_if_fail (uid != NULL, FALSE);

  iface = FIKA_PLACE_GET_IFACE (self);
  return iface->open != NULL && iface->open (self, uid);
}

/**
 * fika_place_add:
 * @self: a place
 *
 * Opens the editor for a new thing of this place.
 */
void
fika_place_add (FikaPlace *self)
{
  FikaPlaceInterface *iface;

  g_return_if_fail (FIKA_IS_PLACE (self));

  iface = FIKA_PLACE_GET_IFACE (self);
  if (iface->add != NULL)
    iface->add (self);
}

/**
 * fika_place_search:
 * @self: a place
 *
 * Returns: whether the keyboard is in a search entry now
 */
gboolean
fika_place_search (FikaPlace *self)
{
  FikaPlaceInterface *iface;

  g_return_val_if_fail (FIKA_IS_PLACE (self), FALSE);

  iface = FIKA_PLACE_GET_IFACE (self);
  return iface->search != NULL && iface->search (self);
}

/**
 * fika_place_focus:
 * @self: a place that shows
 *
 * Puts the keyboard into its list, or else to the first that can have it.
 */
void
fika_place_focus (FikaPlace *self)
{
  FikaPlaceInterface *iface;

  g_return_if_fail (FIKA_IS_PLACE (self));

  iface = FIKA_PLACE_GET_IFACE (self);
  if (iface->focus == NULL || !iface->focus (self))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

/**
 * fika_place_time_passed:
 * @self: a place
 * @new_day: whether the day is another one
 *
 * Says that time went on.
 */
void
fika_place_time_passed (FikaPlace *self, gboolean new_day)
{
  FikaPlaceInterface *iface;

  g_return_if_fail (FIKA_IS_PLACE (self));

  iface = FIKA_PLACE_GET_IFACE (self);
  if (iface->time_passed != NULL)
    iface->time_passed (self, new_day);
}
