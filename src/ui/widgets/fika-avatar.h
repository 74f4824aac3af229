#pragma once

#include "store/fika-person.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaAvatar:
 *
 * A person's face: their photo in a circle, or their initials on a tint that their name decides. A
 * light label where there is no photo. Decoration: the name is always told beside it.
 */
#define FIKA_TYPE_AVATAR (fika_avatar_get_type ())
G_DECLARE_FINAL_TYPE (FikaAvatar, fika_avatar, FIKA, AVATAR, GtkWidget)

GtkWidget *fika_avatar_new (FikaPerson *person, int size);
void fika_avatar_set_person (FikaAvatar *self, FikaPerson *person);
void fika_avatar_set_name (FikaAvatar *self, const char *name);

/* Faces that overlap a little: at most so many things, the last of them "+n" where there are more.
 */
GtkWidget *fika_avatars_new (GPtrArray *people, int size, guint most);

G_END_DECLS
