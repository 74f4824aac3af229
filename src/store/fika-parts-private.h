#pragma once

#include "db/fika-db.h"

G_BEGIN_DECLS

/**
 * FikaPartTable:
 * @select: (nullable): answers id and then the columns, of the owner ?1; %NULL of an owner so new
 * that there are none
 * @insert: takes the owner ?1 and then the columns
 * @update: takes the id ?1 and then the columns
 * @remove: takes the id ?1
 * @n_columns: how many columns
 * @n_key: how many of them, from the first, are unique within an owner; 0 = none
 *
 * Rows that belong to another row. Columns are texts or NULL whatever their type: a STRICT table
 * turns them into numbers without loss or refuses them.
 */
typedef struct
{
  const char *select;
  const char *insert;
  const char *update;
  const char *remove;
  guint n_columns;
  guint n_key;
} FikaPartTable;

#define FIKA_PART_COLUMNS_MAX 6

typedef struct
{
  int64_t row; /* 0 = none yet */
  char *columns[FIKA_PART_COLUMNS_MAX];
} FikaPart;

GPtrArray *fika_parts_new (void);
/* Takes n texts (transfer full), each nullable. */
void fika_parts_add (GPtrArray *parts, guint n, ...);
gboolean fika_parts_write (FikaDb *db,
                           const FikaPartTable *table,
                           int64_t owner,
                           GPtrArray *wanted,
                           guint *n_removed,
                           GError **error);

G_END_DECLS
