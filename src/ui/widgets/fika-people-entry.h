#pragma once

#include "store/fika-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * FikaPeopleEntry:
 *
 * Several people: chips, and an entry that finds more as one types. A name that nobody has can be
 * added: it becomes a draft that whoever saves has to save first.
 *
 * Properties: store (FikaStore), allow-new (boolean).
 *
 * Signals: changed (): the people are others, or text is there that is nobody yet.
 */
#define FIKA_TYPE_PEOPLE_ENTRY (fika_people_entry_get_type ())
G_DECLARE_FINAL_TYPE (FikaPeopleEntry, fika_people_entry, FIKA, PEOPLE_ENTRY, GtkWidget)

GtkWidget *fika_people_entry_new (FikaStore *store);
void fika_people_entry_set_store (FikaPeopleEntry *self, FikaStore *store);
void fika_people_entry_set_people (FikaPeopleEntry *self, GPtrArray *people);
void fika_people_entry_add (FikaPeopleEntry *self, FikaPerson *person);
GPtrArray *fika_people_entry_get_people (FikaPeopleEntry *self);
gboolean fika_people_entry_finish (FikaPeopleEntry *self, GError **error);
const char *fika_people_entry_get_text (FikaPeopleEntry *self);
GtkWidget *fika_people_entry_get_entry (FikaPeopleEntry *self);

G_END_DECLS
