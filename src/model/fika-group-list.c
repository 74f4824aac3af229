#include "config.h"

#include "model/fika-list-models.h"

struct _FikaGroupList
{
  FikaIdList parent_instance;
};

G_DEFINE_FINAL_TYPE (FikaGroupList, fika_group_list, FIKA_TYPE_ID_LIST)

static GArray *
fika_group_list_query (FikaIdList *list, GError **error)
{
  return fika_store_group_ids (fika_id_list_get_store (list), error);
}

static GObject *
fika_group_list_get (FikaIdList *list, int64_t id)
{
  return (GObject *) fika_store_get_group (fika_id_list_get_store (list), id, NULL);
}

static GType
fika_group_list_item_type (FikaIdList *list)
{
  return FIKA_TYPE_GROUP;
}

static gboolean
fika_group_list_affected (FikaIdList *list, const FikaChangeSet *changes)
{
  return changes->groups != NULL && g_hash_table_size (changes->groups) > 0;
}

static void
fika_group_list_class_init (FikaGroupListClass *klass)
{
  FikaIdListClass *list_class = FIKA_ID_LIST_CLASS (klass);

  list_class->query = fika_group_list_query;
  list_class->get = fika_group_list_get;
  list_class->item_type = fika_group_list_item_type;
  list_class->affected = fika_group_list_affected;
}

static void
fika_group_list_init (FikaGroupList *self)
{
}

/**
 * fika_group_list_new:
 * @store: the store
 *
 * Returns: (transfer full): the groups by stage, then name
 */
FikaGroupList *
fika_group_list_new (FikaStore *store)
{
  return g_object_new (FIKA_TYPE_GROUP_LIST, "store", store, NULL);
}
