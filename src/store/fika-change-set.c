#include "config.h"

#include "store/fika-store.h"

G_DEFINE_BOXED_TYPE (FikaChangeSet, fika_change_set, fika_change_set_copy, fika_change_set_free)

static void
copy_ids (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (to, id);
}

/**
 * fika_change_set_new:
 *
 * Returns: (transfer full): a set that touches nothing
 */
FikaChangeSet *
fika_change_set_new (void)
{
  FikaChangeSet *self = g_new0 (FikaChangeSet, 1);

  self->people = g_hash_table_new (NULL, NULL);
  self->catchups = g_hash_table_new (NULL, NULL);
  self->series = g_hash_table_new (NULL, NULL);
  self->groups = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * fika_change_set_new_everything:
 *
 * Returns: (transfer full): a set that asks for a whole refresh
 */
FikaChangeSet *
fika_change_set_new_everything (void)
{
  FikaChangeSet *self = fika_change_set_new ();

  self->topics = self->circles = self->everything = TRUE;
  return self;
}

/**
 * fika_change_set_copy:
 * @self: a change set
 *
 * Returns: (transfer full): a copy
 */
FikaChangeSet *
fika_change_set_copy (const FikaChangeSet *self)
{
  FikaChangeSet *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = fika_change_set_new ();
  copy_ids (copy->people, self->people);
  copy_ids (copy->catchups, self->catchups);
  copy_ids (copy->series, self->series);
  copy_ids (copy->groups, self->groups);
  copy->topics = self->topics;
  copy->circles = self->circles;
  copy->everything = self->everything;
  return copy;
}

/**
 * fika_change_set_free:
 * @self: (nullable): a change set
 */
void
fika_change_set_free (FikaChangeSet *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->people);
  g_hash_table_unref (self->catchups);
  g_hash_table_unref (self->series);
  g_hash_table_unref (self->groups);
  g_free (self);
}

/**
 * fika_change_set_is_empty:
 * @self: a change set
 *
 * Returns: whether nothing at all was touched
 */
gboolean
fika_change_set_is_empty (const FikaChangeSet *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_hash_table_size (self->people) == 0 && g_hash_table_size (self->catchups) == 0
         && g_hash_table_size (self->series) == 0 && g_hash_table_size (self->groups) == 0
         && !self->topics && !self->circles && !self->everything;
}
