#include "config.h"

#include "model/fika-list-models.h"

#include "model/fika-hunks.h"

/* More hunks than this are no small edit: the list is emptied from the first to the last of them
 * and filled again, which costs a view what it shows and not what there is. */
#define HUNKS_MAX 64

typedef struct
{
  FikaStore *store;
  GArray *ids; /* int64_t */
  gboolean emitting;
  gboolean again;
} FikaIdListPrivate;

static void list_model_init (GListModelInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (FikaIdList,
                                  fika_id_list,
                                  G_TYPE_OBJECT,
                                  G_ADD_PRIVATE (FikaIdList)
                                      G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_0,
  PROP_STORE,
  PROP_N_ITEMS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static FikaIdListPrivate *
get_private (FikaIdList *self)
{
  return fika_id_list_get_instance_private (self);
}

static GType
get_item_type (GListModel *model)
{
  return FIKA_ID_LIST_GET_CLASS (model)->item_type (FIKA_ID_LIST (model));
}

static guint
get_n_items (GListModel *model)
{
  return get_private (FIKA_ID_LIST (model))->ids->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  FikaIdList *self = FIKA_ID_LIST (model);
  FikaIdListPrivate *priv = get_private (self);
  GObject *item;

  if (position >= priv->ids->len)
    return NULL;

  item = FIKA_ID_LIST_GET_CLASS (self)->get (self, g_array_index (priv->ids, int64_t, position));
  /* Another process was faster and this list has not heard of it yet: something blank until then,
   * as a list has no holes. */
  if (item == NULL)
    item = g_object_new (get_item_type (model), NULL);

  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

/* The one place that tells of a change: `removed` ids at `position` give way to `added`. */
static void
splice (FikaIdList *self, guint position, guint removed, const int64_t *ids, guint added)
{
  FikaIdListPrivate *priv = get_private (self);

  if (removed > 0)
    g_array_remove_range (priv->ids, position, removed);
  if (added > 0)
    g_array_insert_vals (priv->ids, position, ids, added);

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

/* For each of `n` ids of the old middle its place in the new one. */
static guint *
find_places (const int64_t *old, guint n_old, const int64_t *new, guint n_new)
{
  guint *places = g_new (guint, MAX (n_old, 1));
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < n_new; i++)
    g_hash_table_insert (by_id, (gpointer) & new[i], GUINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n_old; i++)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (by_id, &old[i]));

      places[i] = place > 0 ? place - 1 : FIKA_HUNK_GONE;
    }

  return places;
}

static void
replace_ids (FikaIdList *self, GArray *ids)
{
  FikaIdListPrivate *priv = get_private (self);
  const int64_t *new = (const int64_t *) (void *) ids->data;
  const int64_t *old = (const int64_t *) (void *) priv->ids->data;
  guint n_old = priv->ids->len, n_new = ids->len, prefix = 0;
  g_autofree guint *places = NULL;
  g_autoptr (GArray) hunks = NULL;

  while (prefix < n_old && prefix < n_new && old[prefix] == new[prefix])
    prefix++;
  while (n_old > prefix && n_new > prefix && old[n_old - 1] == new[n_new - 1])
    {
      n_old--;
      n_new--;
    }
  n_old -= prefix;
  n_new -= prefix;
  if (n_old == 0 && n_new == 0)
    return;

  places = find_places (old + prefix, n_old, new + prefix, n_new);
  hunks = fika_hunks_new (places, n_old, n_new);
  if (hunks->len > HUNKS_MAX)
    {
      splice (self, prefix, n_old, NULL, 0);
      splice (self, prefix, 0, new + prefix, n_new);
      return;
    }

  for (guint i = hunks->len; i-- > 0;)
    {
      const FikaHunk *hunk = &g_array_index (hunks, FikaHunk, i);

      splice (self, prefix + hunk->position, hunk->removed, new + prefix + hunk->from, hunk->added);
    }
}

static void
changed_cb (FikaStore *store, const FikaChangeSet *changes, FikaIdList *self)
{
  if (changes->everything || FIKA_ID_LIST_GET_CLASS (self)->affected (self, changes))
    fika_id_list_requery (self);
}

static void
fika_id_list_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FikaIdListPrivate *priv = get_private (FIKA_ID_LIST (object));

  switch (property)
    {
    case PROP_STORE:
      g_value_set_object (value, priv->store);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, priv->ids->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_id_list_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  FikaIdListPrivate *priv = get_private (FIKA_ID_LIST (object));

  switch (property)
    {
    case PROP_STORE:
      priv->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_id_list_constructed (GObject *object)
{
  FikaIdList *self = FIKA_ID_LIST (object);
  FikaIdListPrivate *priv = get_private (self);

  G_OBJECT_CLASS (fika_id_list_parent_class)->constructed (object);

  g_assert (priv->store != NULL);
  g_signal_connect_object (priv->store, "changed", G_CALLBACK (changed_cb), self, 0);
  fika_id_list_requery (self);
}

static void
fika_id_list_finalize (GObject *object)
{
  FikaIdListPrivate *priv = get_private (FIKA_ID_LIST (object));

  g_clear_pointer (&priv->ids, g_array_unref);
  g_clear_object (&priv->store);

  G_OBJECT_CLASS (fika_id_list_parent_class)->finalize (object);
}

static void
fika_id_list_class_init (FikaIdListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_id_list_get_property;
  object_class->set_property = fika_id_list_set_property;
  object_class->constructed = fika_id_list_constructed;
  object_class->finalize = fika_id_list_finalize;

  properties[PROP_STORE]
      = g_param_spec_object ("store", NULL, NULL, FIKA_TYPE_STORE,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fika_id_list_init (FikaIdList *self)
{
  get_private (self)->ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
}

/**
 * fika_id_list_get_store:
 * @self: a list
 *
 * Returns: (transfer none): the store it shows
 */
FikaStore *
fika_id_list_get_store (FikaIdList *self)
{
  g_return_val_if_fail (FIKA_IS_ID_LIST (self), NULL);

  return get_private (self)->store;
}

/**
 * fika_id_list_get_id:
 * @self: a list
 * @position: a position
 *
 * Returns: the id there; 0 past the end
 */
int64_t
fika_id_list_get_id (FikaIdList *self, guint position)
{
  FikaIdListPrivate *priv;

  g_return_val_if_fail (FIKA_IS_ID_LIST (self), 0);

  priv = get_private (self);

  return position < priv->ids->len ? g_array_index (priv->ids, int64_t, position) : 0;
}

/**
 * fika_id_list_find:
 * @self: a list
 * @id: an id
 *
 * Returns: where the id is; %G_MAXUINT (GTK_INVALID_LIST_POSITION) where it is not
 */
guint
fika_id_list_find (FikaIdList *self, int64_t id)
{
  FikaIdListPrivate *priv;

  g_return_val_if_fail (FIKA_IS_ID_LIST (self), G_MAXUINT);

  priv = get_private (self);
  for (guint i = 0; i < priv->ids->len; i++)
    {
      if (g_array_index (priv->ids, int64_t, i) == id)
        return i;
    }

  return G_MAXUINT;
}

/**
 * fika_id_list_requery:
 * @self: a list
 *
 * Asks the query again and tells what differs in the smallest hunks. Where the data cannot be read
 * the list stays as it is.
 */
void
fika_id_list_requery (FikaIdList *self)
{
  FikaIdListPrivate *priv;
  guint n_before;

  g_return_if_fail (FIKA_IS_ID_LIST (self));

  priv = get_private (self);
  /* Somebody who was told of a hunk asks again: they get it after the last hunk. */
  priv->again = TRUE;
  if (priv->emitting)
    return;

  n_before = priv->ids->len;
  priv->emitting = TRUE;
  g_object_ref (self);
  while (priv->again)
    {
      g_autoptr (GArray) ids = NULL;
      g_autoptr (GError) error = NULL;

      priv->again = FALSE;
      ids = FIKA_ID_LIST_GET_CLASS (self)->query (self, &error);
      if (ids != NULL)
        replace_ids (self, ids);
      else
        g_debug ("A list could not be read: %s", error->message);
    }
  priv->emitting = FALSE;
  if (priv->ids->len != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  g_object_unref (self);
}
