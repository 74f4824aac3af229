#include "config.h"

#include "model/fika-list-models.h"

struct _FikaTimeline
{
  FikaIdList parent_instance;

  /* One of them. */
  FikaPerson *person;
  FikaGroup *group;
};

G_DEFINE_FINAL_TYPE (FikaTimeline, fika_timeline, FIKA_TYPE_ID_LIST)

enum
{
  PROP_0,
  PROP_PERSON,
  PROP_GROUP,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GArray *
fika_timeline_query (FikaIdList *list, GError **error)
{
  FikaTimeline *self = FIKA_TIMELINE (list);
  FikaStore *store = fika_id_list_get_store (list);

  if (self->group != NULL)
    return fika_store_visit_ids (store, self->group, error);

  return fika_store_timeline_ids (store, self->person, error);
}

static GObject *
fika_timeline_get (FikaIdList *list, int64_t id)
{
  return (GObject *) fika_store_get_catchup (fika_id_list_get_store (list), id, NULL);
}

static GType
fika_timeline_item_type (FikaIdList *list)
{
  return FIKA_TYPE_CATCHUP;
}

static gboolean
fika_timeline_affected (FikaIdList *list, const FikaChangeSet *changes)
{
  return changes->catchups != NULL && g_hash_table_size (changes->catchups) > 0;
}

static void
fika_timeline_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FikaTimeline *self = FIKA_TIMELINE (object);

  switch (property)
    {
    case PROP_PERSON:
      g_value_set_object (value, self->person);
      break;
    case PROP_GROUP:
      g_value_set_object (value, self->group);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_timeline_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  FikaTimeline *self = FIKA_TIMELINE (object);

  switch (property)
    {
    case PROP_PERSON:
      self->person = g_value_dup_object (value);
      break;
    case PROP_GROUP:
      self->group = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_timeline_finalize (GObject *object)
{
  FikaTimeline *self = FIKA_TIMELINE (object);

  g_clear_object (&self->person);
  g_clear_object (&self->group);

  G_OBJECT_CLASS (fika_timeline_parent_class)->finalize (object);
}

static void
fika_timeline_class_init (FikaTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  FikaIdListClass *list_class = FIKA_ID_LIST_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fika_timeline_get_property;
  object_class->set_property = fika_timeline_set_property;
  object_class->finalize = fika_timeline_finalize;

  list_class->query = fika_timeline_query;
  list_class->get = fika_timeline_get;
  list_class->item_type = fika_timeline_item_type;
  list_class->affected = fika_timeline_affected;

  properties[PROP_PERSON] = g_param_spec_object ("person", NULL, NULL, FIKA_TYPE_PERSON, flags);
  properties[PROP_GROUP] = g_param_spec_object ("group", NULL, NULL, FIKA_TYPE_GROUP, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fika_timeline_init (FikaTimeline *self)
{
}

/**
 * fika_timeline_new_for_person:
 * @store: the store
 * @person: somebody
 *
 * Returns: (transfer full): the catch-ups with a person, planned and past, newest first
 */
FikaTimeline *
fika_timeline_new_for_person (FikaStore *store, FikaPerson *person)
{
  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  return g_object_new (FIKA_TYPE_TIMELINE, "store", store, "person", person, NULL);
}

/**
 * fika_timeline_new_for_group:
 * @store: the store
 * @group: a group
 *
 * Returns: (transfer full): the visits to a group, newest first
 */
FikaTimeline *
fika_timeline_new_for_group (FikaStore *store, FikaGroup *group)
{
  g_return_val_if_fail (FIKA_IS_GROUP (group), NULL);

  return g_object_new (FIKA_TYPE_TIMELINE, "store", store, "group", group, NULL);
}
