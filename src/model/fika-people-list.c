#include "config.h"

#include "model/fika-list-models.h"

struct _FikaPeopleList
{
  FikaIdList parent_instance;

  char *search;
  FikaPeopleOrder order;
  gboolean archived;
};

G_DEFINE_FINAL_TYPE (FikaPeopleList, fika_people_list, FIKA_TYPE_ID_LIST)

enum
{
  PROP_0,
  PROP_SEARCH,
  PROP_ORDER,
  PROP_ARCHIVED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GArray *
fika_people_list_query (FikaIdList *list, GError **error)
{
  FikaPeopleList *self = FIKA_PEOPLE_LIST (list);

  return fika_store_people_ids (fika_id_list_get_store (list), self->search, self->order,
                                self->archived, error);
}

static GObject *
fika_people_list_get (FikaIdList *list, int64_t id)
{
  return (GObject *) fika_store_get_person (fika_id_list_get_store (list), id, NULL);
}

static GType
fika_people_list_item_type (FikaIdList *list)
{
  return FIKA_TYPE_PERSON;
}

static gboolean
has_any (GHashTable *ids)
{
  return ids != NULL && g_hash_table_size (ids) > 0;
}

static gboolean
fika_people_list_affected (FikaIdList *list, const FikaChangeSet *changes)
{
  FikaPeopleList *self = FIKA_PEOPLE_LIST (list);

  if (has_any (changes->people))
    return TRUE;

  /* Every order but the one by name hangs on what happened and on what is planned. */
  return self->order != FIKA_PEOPLE_BY_NAME
         && (has_any (changes->catchups) || has_any (changes->series) || changes->circles);
}

static void
fika_people_list_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FikaPeopleList *self = FIKA_PEOPLE_LIST (object);

  switch (property)
    {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_ORDER:
      g_value_set_int (value, self->order);
      break;
    case PROP_ARCHIVED:
      g_value_set_boolean (value, self->archived);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_people_list_set_property (GObject *object,
                               guint property,
                               const GValue *value,
                               GParamSpec *pspec)
{
  FikaPeopleList *self = FIKA_PEOPLE_LIST (object);

  switch (property)
    {
    case PROP_SEARCH:
      fika_people_list_set_search (self, g_value_get_string (value));
      break;
    case PROP_ORDER:
      fika_people_list_set_order (self, g_value_get_int (value));
      break;
    case PROP_ARCHIVED:
      fika_people_list_set_archived (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_people_list_finalize (GObject *object)
{
  g_free (FIKA_PEOPLE_LIST (object)->search);

  G_OBJECT_CLASS (fika_people_list_parent_class)->finalize (object);
}

static void
fika_people_list_class_init (FikaPeopleListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  FikaIdListClass *list_class = FIKA_ID_LIST_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fika_people_list_get_property;
  object_class->set_property = fika_people_list_set_property;
  object_class->finalize = fika_people_list_finalize;

  list_class->query = fika_people_list_query;
  list_class->get = fika_people_list_get;
  list_class->item_type = fika_people_list_item_type;
  list_class->affected = fika_people_list_affected;

  properties[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, "", flags);
  properties[PROP_ORDER] = g_param_spec_int ("order", NULL, NULL, FIKA_PEOPLE_BY_NAME,
                                             FIKA_PEOPLE_BY_WARMTH, FIKA_PEOPLE_BY_NAME, flags);
  properties[PROP_ARCHIVED] = g_param_spec_boolean ("archived", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fika_people_list_init (FikaPeopleList *self)
{
  self->search = g_strdup ("");
}

/**
 * fika_people_list_new:
 * @store: the store
 *
 * Returns: (transfer full): everybody who is not archived, by name
 */
FikaPeopleList *
fika_people_list_new (FikaStore *store)
{
  return g_object_new (FIKA_TYPE_PEOPLE_LIST, "store", store, NULL);
}

/**
 * fika_people_list_set_search:
 * @self: a list
 * @search: (nullable): words to find, or "" for everybody
 *
 * Shows only who has the words.
 */
void
fika_people_list_set_search (FikaPeopleList *self, const char *search)
{
  g_return_if_fail (FIKA_IS_PEOPLE_LIST (self));

  if (search == NULL)
    search = "";
  if (g_str_equal (self->search, search))
    return;

  g_free (self->search);
  self->search = g_strdup (search);
  fika_id_list_requery (FIKA_ID_LIST (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEARCH]);
}

void
fika_people_list_set_order (FikaPeopleList *self, FikaPeopleOrder order)
{
  g_return_if_fail (FIKA_IS_PEOPLE_LIST (self));
  g_return_if_fail ((guint) order <= FIKA_PEOPLE_BY_WARMTH);

  if (self->order == order)
    return;

  self->order = order;
  fika_id_list_requery (FIKA_ID_LIST (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ORDER]);
}

/**
 * fika_people_list_set_archived:
 * @self: a list
 * @archived: whether to show the archived people, and them alone
 */
void
fika_people_list_set_archived (FikaPeopleList *self, gboolean archived)
{
  g_return_if_fail (FIKA_IS_PEOPLE_LIST (self));

  archived = archived != FALSE;
  if (self->archived == archived)
    return;

  self->archived = archived;
  fika_id_list_requery (FIKA_ID_LIST (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARCHIVED]);
}
