#include "config.h"

#include "store/fika-plan-object.h"

#include "base/fika-text.h"
#include "base/fika-zone.h"
#include "store/fika-row.h"
#include "store/fika-rows-private.h"

typedef struct
{
  int64_t id;
  char *uid;
  int64_t created;
  int kind;
  char *title;
  int64_t start;
  int window;
  char *zone;
  int minutes;
  char *place;
  char *link;
  char *notes;
  FikaGroup *group;
  gboolean sample;
  GPtrArray *people;
  GArray *leads;
} FikaPlanPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FikaPlan, fika_plan, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_UID,
  PROP_CREATED,
  PROP_KIND,
  PROP_TITLE,
  PROP_START,
  PROP_WINDOW,
  PROP_ZONE,
  PROP_MINUTES,
  PROP_PLACE,
  PROP_LINK,
  PROP_NOTES,
  PROP_GROUP,
  PROP_SAMPLE,
  PROP_PEOPLE,
  PROP_LEADS,
  N_PROPS,
};

#define FIELD(member) G_STRUCT_OFFSET (FikaPlanPrivate, member)

static const FikaRowField fields[] = {
  { "id", FIKA_ROW_INT64, FIELD (id), TRUE },
  { "uid", FIKA_ROW_STRING, FIELD (uid), TRUE },
  { "created", FIKA_ROW_INT64, FIELD (created), TRUE },
  { "kind", FIKA_ROW_INT, FIELD (kind) },
  { "title", FIKA_ROW_STRING, FIELD (title) },
  { "start", FIKA_ROW_INT64, FIELD (start), FALSE, FIKA_CIVIL_NONE },
  { "window", FIKA_ROW_INT, FIELD (window) },
  { "zone", FIKA_ROW_STRING, FIELD (zone) },
  { "minutes", FIKA_ROW_INT, FIELD (minutes) },
  { "place", FIKA_ROW_STRING, FIELD (place) },
  { "link", FIKA_ROW_STRING, FIELD (link) },
  { "notes", FIKA_ROW_STRING, FIELD (notes) },
  { "group", FIKA_ROW_OBJECT, FIELD (group), FALSE, 0, NULL, fika_group_get_type },
  { "sample", FIKA_ROW_BOOLEAN, FIELD (sample) },
  { "people", FIKA_ROW_LIST, FIELD (people), TRUE, 0, &fika_row_objects },
  { "leads", FIKA_ROW_NUMBERS, FIELD (leads), TRUE },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_PROPS - 1);

static GParamSpec *properties[N_PROPS];
static const FikaRow row = { fields, G_N_ELEMENTS (fields), properties };

static FikaPlanPrivate *
get_private (FikaPlan *self)
{
  return fika_plan_get_instance_private (self);
}

static void
fika_plan_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  fika_row_get (&row, get_private (FIKA_PLAN (object)), property, value);
}

static void
fika_plan_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  fika_row_set (&row, object, get_private (FIKA_PLAN (object)), property, value);
}

static void
fika_plan_finalize (GObject *object)
{
  fika_row_clear (&row, get_private (FIKA_PLAN (object)));

  G_OBJECT_CLASS (fika_plan_parent_class)->finalize (object);
}

static void
fika_plan_class_init (FikaPlanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_plan_get_property;
  object_class->set_property = fika_plan_set_property;
  object_class->finalize = fika_plan_finalize;

  fika_row_install (&row, object_class);
}

static void
fika_plan_init (FikaPlan *self)
{
  fika_row_init (&row, get_private (self));
}

/**
 * fika_plan_assign:
 * @self: the live plan
 * @from: the same plan, freshly read
 *
 * Takes over what all plans have; notifies what differs. Catch-ups and series call it from their
 * own.
 */
void
fika_plan_assign (FikaPlan *self, FikaPlan *from)
{
  g_return_if_fail (FIKA_IS_PLAN (self));
  g_return_if_fail (FIKA_IS_PLAN (from));

  g_object_freeze_notify (G_OBJECT (self));
  fika_row_assign (&row, self, get_private (self), get_private (from));
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * fika_plan_rebase:
 * @self: a draft
 * @base: what it was copied from
 * @live: the live plan
 *
 * The part of fika_catchup_rebase () and fika_series_rebase () that all plans have.
 */
void
fika_plan_rebase (FikaPlan *self, FikaPlan *base, FikaPlan *live)
{
  g_return_if_fail (FIKA_IS_PLAN (self));
  g_return_if_fail (FIKA_IS_PLAN (base));
  g_return_if_fail (FIKA_IS_PLAN (live));

  fika_row_rebase (&row, self, get_private (self), get_private (base), get_private (live));
}

/**
 * fika_plan_set_created:
 * @self: a new draft
 * @created: UTC seconds
 *
 * Says when it was made; otherwise that is when it is first saved. For what comes from another
 * computer's Fika.
 */
void
fika_plan_set_created (FikaPlan *self, int64_t created)
{
  g_return_if_fail (FIKA_IS_PLAN (self));

  fika_row_set_number (&row, self, get_private (self), PROP_CREATED, created);
}

/**
 * fika_plan_set_row:
 * @self: a plan being read
 * @id: row id
 * @created: UTC seconds
 *
 * Says which row the plan is.
 */
void
fika_plan_set_row (FikaPlan *self, int64_t id, int64_t created)
{
  g_return_if_fail (FIKA_IS_PLAN (self));

  fika_row_set_number (&row, self, get_private (self), PROP_ID, id);
  fika_row_set_number (&row, self, get_private (self), PROP_CREATED, created);
}

#define GETTER(type, member)                                                                       \
  type fika_plan_get_##member (FikaPlan *self)                                                     \
  {                                                                                                \
    g_return_val_if_fail (FIKA_IS_PLAN (self), 0);                                                 \
    return get_private (self)->member;                                                             \
  }

#define STRING_SETTER(member, property)                                                            \
  void fika_plan_set_##member (FikaPlan *self, const char *value)                                  \
  {                                                                                                \
    g_return_if_fail (FIKA_IS_PLAN (self));                                                        \
    fika_row_set_string (&row, self, get_private (self), property, value);                         \
  }

#define NUMBER_SETTER(type, member, property)                                                      \
  void fika_plan_set_##member (FikaPlan *self, type value)                                         \
  {                                                                                                \
    g_return_if_fail (FIKA_IS_PLAN (self));                                                        \
    fika_row_set_number (&row, self, get_private (self), property, value);                         \
  }

GETTER (int64_t, id)
GETTER (const char *, uid)
GETTER (int64_t, created)
GETTER (FikaKind, kind)
GETTER (const char *, title)
GETTER (FikaCivil, start)
GETTER (FikaWindow, window)
GETTER (const char *, zone)
GETTER (int, minutes)
GETTER (const char *, place)
GETTER (const char *, link)
GETTER (const char *, notes)
GETTER (FikaGroup *, group)
GETTER (gboolean, sample)
GETTER (GPtrArray *, people)
GETTER (GArray *, leads)

STRING_SETTER (uid, PROP_UID)
STRING_SETTER (title, PROP_TITLE)
STRING_SETTER (zone, PROP_ZONE)
STRING_SETTER (place, PROP_PLACE)
STRING_SETTER (link, PROP_LINK)
STRING_SETTER (notes, PROP_NOTES)

NUMBER_SETTER (FikaKind, kind, PROP_KIND)
NUMBER_SETTER (FikaCivil, start, PROP_START)
NUMBER_SETTER (FikaWindow, window, PROP_WINDOW)
NUMBER_SETTER (int, minutes, PROP_MINUTES)
NUMBER_SETTER (gboolean, sample, PROP_SAMPLE)

void
fika_plan_set_group (FikaPlan *self, FikaGroup *group)
{
  g_return_if_fail (FIKA_IS_PLAN (self));
  g_return_if_fail (group == NULL || FIKA_IS_GROUP (group));

  fika_row_set_object (&row, self, get_private (self), PROP_GROUP, group);
}

void
fika_plan_set_people (FikaPlan *self, GPtrArray *people)
{
  g_return_if_fail (FIKA_IS_PLAN (self));

  fika_row_set_list (&row, self, get_private (self), PROP_PEOPLE, people);
}

void
fika_plan_set_leads (FikaPlan *self, GArray *leads)
{
  g_return_if_fail (FIKA_IS_PLAN (self));

  fika_row_set_numbers (&row, self, get_private (self), PROP_LEADS, leads);
}

/**
 * fika_plan_add_person:
 * @self: a draft
 * @person: someone
 *
 * Puts @person last; who is in it already stays where they are.
 */
void
fika_plan_add_person (FikaPlan *self, FikaPerson *person)
{
  FikaPlanPrivate *priv;
  g_autoptr (GPtrArray) people = NULL;

  g_return_if_fail (FIKA_IS_PLAN (self));
  g_return_if_fail (FIKA_IS_PERSON (person));

  priv = get_private (self);
  if (g_ptr_array_find (priv->people, person, NULL)
      || fika_plan_has_person (self, fika_person_get_id (person)))
    return;

  people = g_ptr_array_new ();
  g_ptr_array_extend (people, priv->people, NULL, NULL);
  g_ptr_array_add (people, person);
  fika_plan_set_people (self, people);
}

/**
 * fika_plan_has_person:
 * @self: a plan
 * @person: a person's id
 *
 * Returns: whether that person is in it
 */
gboolean
fika_plan_has_person (FikaPlan *self, int64_t person)
{
  FikaPlanPrivate *priv;

  g_return_val_if_fail (FIKA_IS_PLAN (self), FALSE);

  priv = get_private (self);
  for (guint i = 0; person != 0 && i < priv->people->len; i++)
    {
      if (fika_person_get_id (g_ptr_array_index (priv->people, i)) == person)
        return TRUE;
    }

  return FALSE;
}

/**
 * fika_plan_get_web_link:
 * @self: a plan
 *
 * Where to join it: its link, or a place that is a web address, which is what other programs write
 * for a meeting.
 *
 * Returns: (transfer none): as it was typed; "" for none
 */
const char *
fika_plan_get_web_link (FikaPlan *self)
{
  const char *link = fika_plan_get_link (self);
  const char *place = fika_plan_get_place (self);

  if (link != NULL && *link == '\0' && g_ascii_strncasecmp (place, "https://", 8) == 0)
    return place;

  return link;
}

/**
 * fika_plan_dup_people_names:
 * @self: a plan
 *
 * Returns: (transfer full): "Ada, Sam and Li", or "" with nobody
 */
char *
fika_plan_dup_people_names (FikaPlan *self)
{
  FikaPlanPrivate *priv;
  g_autoptr (GPtrArray) names = NULL;

  g_return_val_if_fail (FIKA_IS_PLAN (self), NULL);

  priv = get_private (self);
  names = g_ptr_array_new ();
  for (guint i = 0; i < priv->people->len; i++)
    g_ptr_array_add (names, (char *) fika_person_get_name (g_ptr_array_index (priv->people, i)));
  g_ptr_array_add (names, NULL);

  return fika_text_join_names ((const char *const *) names->pdata);
}

/**
 * fika_plan_dup_display_title:
 * @self: a plan
 *
 * What a plan is called: its own title, else the group for a session of one, else what is done and
 * with whom.
 *
 * Returns: (transfer full): a title, never empty
 */
char *
fika_plan_dup_display_title (FikaPlan *self)
{
  FikaPlanPrivate *priv;
  g_autofree char *names = NULL;

  g_return_val_if_fail (FIKA_IS_PLAN (self), NULL);

  priv = get_private (self);
  if (priv->title[0] != '\0')
    return g_strdup (priv->title);
  if (priv->kind == FIKA_KIND_SESSION && priv->group != NULL)
    return g_strdup (fika_group_get_name (priv->group));

  names = fika_plan_dup_people_names (self);

  return fika_kind_title (priv->kind, names,
                          priv->group != NULL ? fika_group_get_name (priv->group) : NULL);
}
