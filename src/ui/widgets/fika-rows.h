#pragma once

#include "store/fika-plan-object.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaRows:
 *
 * The rows that a page puts into its preferences groups and replaces when what they tell changes.
 */
typedef struct _FikaRows FikaRows;

FikaRows *fika_rows_new (void);
void fika_rows_free (FikaRows *self);
void fika_rows_clear (FikaRows *self);
guint fika_rows_get_n_rows (FikaRows *self);
AdwActionRow *fika_rows_add (FikaRows *self,
                             AdwPreferencesGroup *group,
                             const char *icon,
                             const char *title,
                             const char *subtitle);

/**
 * FikaRowLink:
 * @owner: the page that holds the row
 * @index: which of its things the row is about
 * @uid: (nullable): the uid of that thing
 *
 * What a callback of fika_row_connect () gets as its second argument.
 */
typedef struct
{
  gpointer owner;
  guint index;
  char *uid;
} FikaRowLink;

void fika_row_add_arrow (AdwActionRow *row);
void fika_row_add_plan_icon (AdwActionRow *row, FikaPlan *plan);
void fika_row_connect (gpointer widget,
                       const char *signal,
                       GCallback callback,
                       gpointer owner,
                       guint index,
                       const char *uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaRows, fika_rows_free)

G_END_DECLS
