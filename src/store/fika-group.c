#include "config.h"

#include "store/fika-group.h"

#include "store/fika-row.h"
#include "store/fika-rows-private.h"

/**
 * fika_member_new:
 * @person: someone in the group
 * @role: (nullable): what they do in it, in free words
 * @since: day, or %FIKA_DAY_NONE
 * @until: day, or %FIKA_DAY_NONE
 *
 * Returns: (transfer full): a member
 */
FikaMember *
fika_member_new (FikaPerson *person, const char *role, FikaDay since, FikaDay until)
{
  FikaMember *self;

  g_return_val_if_fail (FIKA_IS_PERSON (person), NULL);

  self = g_new (FikaMember, 1);
  self->person = g_object_ref (person);
  self->role = g_strdup (role != NULL ? role : "");
  self->since = since;
  self->until = until;

  return self;
}

FikaMember *
fika_member_copy (const FikaMember *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return fika_member_new (self->person, self->role, self->since, self->until);
}

gboolean
fika_member_equal (const FikaMember *a, const FikaMember *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->person == b->person && a->since == b->since && a->until == b->until
         && g_str_equal (a->role, b->role);
}

void
fika_member_free (FikaMember *self)
{
  if (self == NULL)
    return;

  g_object_unref (self->person);
  g_free (self->role);
  g_free (self);
}

struct _FikaGroup
{
  GObject parent_instance;

  FikaGroup *base; /* of a draft: what it was copied from, as it was; NULL in live and new ones */

  int64_t id;
  char *uid;
  int64_t created;
  char *name;
  int group_type;
  int stage;
  char *next_step;
  int next_step_day;
  char *place;
  char *link;
  char *cost;
  int travel_minutes;
  int size;
  int lively;
  int online;
  gboolean private_group;
  int goal_minutes;
  char *goal_period;
  char *notes;
  gboolean archived;
  gboolean sample;
  GPtrArray *contacts;
  GPtrArray *interests;
  GPtrArray *values;
  GPtrArray *members;
};

G_DEFINE_FINAL_TYPE (FikaGroup, fika_group, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_UID,
  PROP_CREATED,
  PROP_NAME,
  PROP_GROUP_TYPE,
  PROP_STAGE,
  PROP_NEXT_STEP,
  PROP_NEXT_STEP_DAY,
  PROP_PLACE,
  PROP_LINK,
  PROP_COST,
  PROP_TRAVEL_MINUTES,
  PROP_SIZE,
  PROP_LIVELY,
  PROP_ONLINE,
  PROP_PRIVATE_GROUP,
  PROP_GOAL_MINUTES,
  PROP_GOAL_PERIOD,
  PROP_NOTES,
  PROP_ARCHIVED,
  PROP_SAMPLE,
  PROP_CONTACTS,
  PROP_INTERESTS,
  PROP_VALUES,
  PROP_MEMBERS,
  N_PROPS,
};

static gpointer
copy_member (gconstpointer member)
{
  return fika_member_copy (member);
}

static gboolean
equal_members (gconstpointer a, gconstpointer b)
{
  return fika_member_equal (a, b);
}

static const FikaRowElement member_element = {
  copy_member,
  (GDestroyNotify) fika_member_free,
  equal_members,
};

#define FIELD(member) G_STRUCT_OFFSET (FikaGroup, member)

static const FikaRowField fields[] = {
  { "id", FIKA_ROW_INT64, FIELD (id), TRUE },
  { "uid", FIKA_ROW_STRING, FIELD (uid), TRUE },
  { "created", FIKA_ROW_INT64, FIELD (created), TRUE },
  { "name", FIKA_ROW_STRING, FIELD (name) },
  { "group-type", FIKA_ROW_INT, FIELD (group_type) },
  { "stage", FIKA_ROW_INT, FIELD (stage) },
  { "next-step", FIKA_ROW_STRING, FIELD (next_step) },
  { "next-step-day", FIKA_ROW_INT, FIELD (next_step_day), FALSE, FIKA_DAY_NONE },
  { "place", FIKA_ROW_STRING, FIELD (place) },
  { "link", FIKA_ROW_STRING, FIELD (link) },
  { "cost", FIKA_ROW_STRING, FIELD (cost) },
  { "travel-minutes", FIKA_ROW_INT, FIELD (travel_minutes), FALSE, -1 },
  { "size", FIKA_ROW_INT, FIELD (size), FALSE, -1 },
  { "lively", FIKA_ROW_INT, FIELD (lively) },
  { "online", FIKA_ROW_INT, FIELD (online) },
  { "private-group", FIKA_ROW_BOOLEAN, FIELD (private_group) },
  { "goal-minutes", FIKA_ROW_INT, FIELD (goal_minutes) },
  { "goal-period", FIKA_ROW_STRING, FIELD (goal_period) },
  { "notes", FIKA_ROW_STRING, FIELD (notes) },
  { "archived", FIKA_ROW_BOOLEAN, FIELD (archived) },
  { "sample", FIKA_ROW_BOOLEAN, FIELD (sample) },
  { "contacts", FIKA_ROW_LIST, FIELD (contacts), TRUE, 0, &fika_row_contacts },
  { "interests", FIKA_ROW_LIST, FIELD (interests), TRUE, 0, &fika_row_strings },
  { "values", FIKA_ROW_LIST, FIELD (values), TRUE, 0, &fika_row_strings },
  { "members", FIKA_ROW_LIST, FIELD (members), TRUE, 0, &member_element },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_PROPS - 1);

static GParamSpec *properties[N_PROPS];
static const FikaRow row = { fields, G_N_ELEMENTS (fields), properties };

static void
fika_group_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  fika_row_get (&row, object, property, value);
}

static void
fika_group_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  fika_row_set (&row, object, object, property, value);
}

static void
fika_group_finalize (GObject *object)
{
  g_clear_object (&FIKA_GROUP (object)->base);
  fika_row_clear (&row, object);

  G_OBJECT_CLASS (fika_group_parent_class)->finalize (object);
}

static void
fika_group_class_init (FikaGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_group_get_property;
  object_class->set_property = fika_group_set_property;
  object_class->finalize = fika_group_finalize;

  fika_row_install (&row, object_class);
}

static void
fika_group_init (FikaGroup *self)
{
  fika_row_init (&row, self);
  fika_row_set_string (&row, self, self, PROP_GOAL_PERIOD, "week");
}

/**
 * fika_group_new:
 * @name: what the group is called
 *
 * Makes a draft of a new group: a club one is curious about.
 *
 * Returns: (transfer full): a draft
 */
FikaGroup *
fika_group_new (const char *name)
{
  FikaGroup *self = g_object_new (FIKA_TYPE_GROUP, NULL);

  fika_group_set_name (self, name);

  return self;
}

/**
 * fika_group_copy:
 * @self: a group
 *
 * Makes a draft with everything @self has, its id included: saving it changes that group.
 *
 * Returns: (transfer full): a draft
 */
FikaGroup *
fika_group_copy (FikaGroup *self)
{
  FikaGroup *copy;

  g_return_val_if_fail (FIKA_IS_GROUP (self), NULL);

  copy = g_object_new (FIKA_TYPE_GROUP, NULL);
  fika_group_assign (copy, self);
  if (self->base != NULL)
    copy->base = g_object_ref (self->base);
  else if (self->id != 0)
    {
      copy->base = g_object_new (FIKA_TYPE_GROUP, NULL);
      fika_group_assign (copy->base, self);
    }

  return copy;
}

/**
 * fika_group_assign:
 * @self: the live group
 * @from: the same group, freshly read
 *
 * Takes over every value; notifies what differs.
 */
void
fika_group_assign (FikaGroup *self, FikaGroup *from)
{
  g_return_if_fail (FIKA_IS_GROUP (self));
  g_return_if_fail (FIKA_IS_GROUP (from));

  g_object_freeze_notify (G_OBJECT (self));
  fika_row_assign (&row, self, self, from);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * fika_group_rebase:
 * @self: a draft
 * @live: the live group
 *
 * Lets a draft that was copied take over what was changed elsewhere since, where it did not change
 * the same itself. A draft that is no copy stays as it is.
 */
void
fika_group_rebase (FikaGroup *self, FikaGroup *live)
{
  g_return_if_fail (FIKA_IS_GROUP (self));
  g_return_if_fail (FIKA_IS_GROUP (live));

  if (self->base != NULL)
    fika_row_rebase (&row, self, self, self->base, live);
}

#define GETTER(type, member)                                                                       \
  type fika_group_get_##member (FikaGroup *self)                                                   \
  {                                                                                                \
    g_return_val_if_fail (FIKA_IS_GROUP (self), 0);                                                \
    return self->member;                                                                           \
  }

GETTER (int64_t, id)
GETTER (const char *, uid)
GETTER (int64_t, created)
GETTER (const char *, name)
GETTER (FikaGroupType, group_type)
GETTER (FikaStage, stage)
GETTER (const char *, next_step)
GETTER (FikaDay, next_step_day)
GETTER (const char *, place)
GETTER (const char *, link)
GETTER (const char *, cost)
GETTER (int, travel_minutes)
GETTER (int, size)
GETTER (int, lively)
GETTER (int, online)
GETTER (gboolean, private_group)
GETTER (int, goal_minutes)
GETTER (const char *, goal_period)
GETTER (const char *, notes)
GETTER (gboolean, archived)
GETTER (gboolean, sample)
GETTER (GPtrArray *, contacts)
GETTER (GPtrArray *, interests)
GETTER (GPtrArray *, values)
GETTER (GPtrArray *, members)

void
fika_group_set_uid (FikaGroup *self, const char *uid)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_string (&row, self, self, PROP_UID, uid);
}

void
fika_group_set_name (FikaGroup *self, const char *name)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_string (&row, self, self, PROP_NAME, name);
}

void
fika_group_set_stage (FikaGroup *self, FikaStage stage)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_number (&row, self, self, PROP_STAGE, stage);
}

void
fika_group_set_contacts (FikaGroup *self, GPtrArray *contacts)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_list (&row, self, self, PROP_CONTACTS, contacts);
}

void
fika_group_set_interests (FikaGroup *self, GPtrArray *interests)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_list (&row, self, self, PROP_INTERESTS, interests);
}

void
fika_group_set_values (FikaGroup *self, GPtrArray *values)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_list (&row, self, self, PROP_VALUES, values);
}

void
fika_group_set_members (FikaGroup *self, GPtrArray *members)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_list (&row, self, self, PROP_MEMBERS, members);
}

/**
 * fika_group_set_created:
 * @self: a new draft
 * @created: UTC seconds
 *
 * Says when it was made; otherwise that is when it is first saved. For what comes from another
 * computer's Fika.
 */
void
fika_group_set_created (FikaGroup *self, int64_t created)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_number (&row, self, self, PROP_CREATED, created);
}

/**
 * fika_group_set_row:
 * @self: a group being read
 * @id: row id
 * @created: UTC seconds
 *
 * Says which row the group is.
 */
void
fika_group_set_row (FikaGroup *self, int64_t id, int64_t created)
{
  g_return_if_fail (FIKA_IS_GROUP (self));

  fika_row_set_number (&row, self, self, PROP_ID, id);
  fika_row_set_number (&row, self, self, PROP_CREATED, created);
}
