#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An item of the old list that the new one does not have. */
#define FIKA_HUNK_GONE G_MAXUINT

/**
 * FikaHunk: at `position` of the old list `removed` items give way to `added` ones of the new list
 * from `from` on.
 */
typedef struct
{
  guint position;
  guint removed;
  guint from;
  guint added;
} FikaHunk;

GArray *fika_hunks_new (const guint *places, guint n_old, guint n_new);

G_END_DECLS
