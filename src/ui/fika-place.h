#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaPlace:
 *
 * One of the places that the sidebar leads to. Every function is optional.
 */
#define FIKA_TYPE_PLACE (fika_place_get_type ())
G_DECLARE_INTERFACE (FikaPlace, fika_place, FIKA, PLACE, GtkWidget)

struct _FikaPlaceInterface
{
  GTypeInterface parent_interface;

  /* Shows the thing with that uid (a person's, a group's, a catch-up's; for one occurrence the key
   * of fika_occurrence_dup_key ()). FALSE: there is no such thing. */
  gboolean (*open) (FikaPlace *self, const char *uid);
  /* Opens the editor for a new thing of this place. */
  void (*add) (FikaPlace *self);
  /* Puts the keyboard into the search entry. FALSE: the place has none. */
  gboolean (*search) (FikaPlace *self);
  /* Puts the keyboard into its list. FALSE: there is nothing in it. */
  gboolean (*focus) (FikaPlace *self);
  /* Time went on (at least every quarter of an hour): whatever depends on it says it anew; with
   * @new_day also what says "today" or "in three days". */
  void (*time_passed) (FikaPlace *self, gboolean new_day);
};

gboolean fika_place_open (FikaPlace *self, const char *uid);
void fika_place_add (FikaPlace *self);
gboolean fika_place_search (FikaPlace *self);
void fika_place_focus (FikaPlace *self);
void fika_place_time_passed (FikaPlace *self, gboolean new_day);

G_END_DECLS
