#include "config.h"

#include "model/fika-list-models.h"

#include "model/fika-hunks.h"

#define N_DAYS 7

struct _FikaWeek
{
  GObject parent_instance;

  FikaStore *store;
  FikaDay first;
  GListStore *days[N_DAYS];
  gboolean empty;
};

G_DEFINE_FINAL_TYPE (FikaWeek, fika_week, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STORE,
  PROP_FIRST,
  PROP_EMPTY,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* For each old occurrence the place of one that says the same. */
static guint *
find_places (GListModel *old, GPtrArray *new)
{
  guint n_old = g_list_model_get_n_items (old);
  guint *places = g_new (guint, MAX (n_old, 1));
  g_autofree gboolean *taken = g_new0 (gboolean, MAX (new->len, 1));

  for (guint i = 0; i < n_old; i++)
    {
      g_autoptr (FikaOccurrence) occurrence = g_list_model_get_item (old, i);

      places[i] = FIKA_HUNK_GONE;
      for (guint j = 0; j < new->len &&places[i] == FIKA_HUNK_GONE; j++)
        {
          if (taken[j] || !fika_occurrence_equal (occurrence, g_ptr_array_index (new, j)))
            continue;
          taken[j] = TRUE;
          places[i] = j;
        }
    }

  return places;
}

/* Occurrences that say the same as before keep their objects. */
static void
update_day (GListStore *day, GPtrArray *occurrences)
{
  g_autofree guint *places = find_places (G_LIST_MODEL (day), occurrences);
  g_autoptr (GArray) hunks
      = fika_hunks_new (places, g_list_model_get_n_items (G_LIST_MODEL (day)), occurrences->len);

  for (guint i = hunks->len; i-- > 0;)
    {
      const FikaHunk *hunk = &g_array_index (hunks, FikaHunk, i);

      g_list_store_splice (day, hunk->position, hunk->removed,
                           hunk->added > 0 ? occurrences->pdata + hunk->from : NULL, hunk->added);
    }
}

/* The day here on which it begins. */
static int
day_index (FikaWeek *self, FikaOccurrence *occurrence)
{
  FikaCivil here = fika_zone_from_utc (FIKA_ZONE_HERE, fika_occurrence_get_utc (occurrence));

  return CLAMP (fika_civil_day (here) - self->first, 0, N_DAYS - 1);
}

static void
update (FikaWeek *self)
{
  g_autoptr (GPtrArray) agenda = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *days[N_DAYS];

  if (self->first == FIKA_DAY_NONE)
    return;

  agenda = fika_store_agenda (self->store, fika_civil_new (self->first, 0, 0),
                              fika_civil_new (self->first + N_DAYS, 0, 0), &error);
  if (agenda == NULL)
    {
      g_debug ("The week could not be read: %s", error->message);
      return;
    }

  for (guint i = 0; i < N_DAYS; i++)
    days[i] = g_ptr_array_new ();
  for (guint i = 0; i < agenda->len; i++)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (agenda, i);

      g_ptr_array_add (days[day_index (self, occurrence)], occurrence);
    }
  for (guint i = 0; i < N_DAYS; i++)
    {
      update_day (self->days[i], days[i]);
      g_ptr_array_unref (days[i]);
    }

  if (self->empty != (agenda->len == 0))
    {
      self->empty = agenda->len == 0;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
    }
}

static gboolean
has_any (GHashTable *ids)
{
  return ids != NULL && g_hash_table_size (ids) > 0;
}

static void
changed_cb (FikaStore *store, const FikaChangeSet *changes, FikaWeek *self)
{
  if (changes->everything || has_any (changes->catchups) || has_any (changes->series))
    update (self);
}

static void
fika_week_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FikaWeek *self = FIKA_WEEK (object);

  switch (property)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_FIRST:
      g_value_set_int (value, self->first);
      break;
    case PROP_EMPTY:
      g_value_set_boolean (value, self->empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_week_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  FikaWeek *self = FIKA_WEEK (object);

  switch (property)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_FIRST:
      fika_week_set_first (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
fika_week_constructed (GObject *object)
{
  FikaWeek *self = FIKA_WEEK (object);

  G_OBJECT_CLASS (fika_week_parent_class)->constructed (object);

  g_assert (self->store != NULL);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, 0);
}

static void
fika_week_finalize (GObject *object)
{
  FikaWeek *self = FIKA_WEEK (object);

  for (guint i = 0; i < N_DAYS; i++)
    g_clear_object (&self->days[i]);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (fika_week_parent_class)->finalize (object);
}

static void
fika_week_class_init (FikaWeekClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_week_get_property;
  object_class->set_property = fika_week_set_property;
  object_class->constructed = fika_week_constructed;
  object_class->finalize = fika_week_finalize;

  properties[PROP_STORE]
      = g_param_spec_object ("store", NULL, NULL, FIKA_TYPE_STORE,
                             G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIRST]
      = g_param_spec_int ("first", NULL, NULL, INT_MIN, INT_MAX, FIKA_DAY_NONE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_EMPTY]
      = g_param_spec_boolean ("empty", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fika_week_init (FikaWeek *self)
{
  self->first = FIKA_DAY_NONE;
  self->empty = TRUE;
  for (guint i = 0; i < N_DAYS; i++)
    self->days[i] = g_list_store_new (FIKA_TYPE_OCCURRENCE);
}

/**
 * fika_week_new:
 * @store: the store
 * @first: its first day
 *
 * Returns: (transfer full): the seven days from @first
 */
FikaWeek *
fika_week_new (FikaStore *store, FikaDay first)
{
  FikaWeek *self = g_object_new (FIKA_TYPE_WEEK, "store", store, NULL);

  fika_week_set_first (self, first);

  return self;
}

FikaDay
fika_week_get_first (FikaWeek *self)
{
  g_return_val_if_fail (FIKA_IS_WEEK (self), FIKA_DAY_NONE);

  return self->first;
}

/**
 * fika_week_set_first:
 * @self: a week
 * @first: its first day
 *
 * Turns to another week; the lists of the days stay the same objects.
 */
void
fika_week_set_first (FikaWeek *self, FikaDay first)
{
  g_return_if_fail (FIKA_IS_WEEK (self));

  if (self->first == first)
    return;

  self->first = first;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIRST]);
}

/**
 * fika_week_get_day:
 * @self: a week
 * @index: 0 to 6
 *
 * Returns: (transfer none): what begins on that day, in order
 */
GListModel *
fika_week_get_day (FikaWeek *self, int index)
{
  g_return_val_if_fail (FIKA_IS_WEEK (self), NULL);
  g_return_val_if_fail (index >= 0 && index < N_DAYS, NULL);

  return G_LIST_MODEL (self->days[index]);
}

/**
 * fika_week_is_empty:
 * @self: a week
 *
 * Returns: whether nothing begins in it
 */
gboolean
fika_week_is_empty (FikaWeek *self)
{
  g_return_val_if_fail (FIKA_IS_WEEK (self), TRUE);

  return self->empty;
}
