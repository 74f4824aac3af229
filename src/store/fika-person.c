#include "config.h"

#include "store/fika-person.h"

#include "base/fika-zone.h"
#include "store/fika-row.h"
#include "store/fika-rows-private.h"

struct _FikaPerson
{
  GObject parent_instance;

  FikaPerson *base; /* of a draft: what it was copied from, as it was; NULL in live and new ones */

  int64_t id;
  char *uid;
  int64_t created;
  char *name;
  char *nickname;
  char *pronouns;
  char *zone;
  char *how_met;
  char *notes;
  char *photo;
  char *extra;
  int64_t circle_id;
  char *circle_key;
  guint ties;
  int ideal;
  int latest;
  int effective_ideal;
  int effective_latest;
  int64_t introduced_by;
  gboolean archived;
  gboolean deceased;
  int died;
  int paused_until;
  gboolean sample;
  int64_t last_utc;
  int64_t next_utc;
  GPtrArray *contacts;
  GPtrArray *occasions;
  GPtrArray *tags;
};

G_DEFINE_FINAL_TYPE (FikaPerson, fika_person, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_UID,
  PROP_CREATED,
  PROP_NAME,
  PROP_NICKNAME,
  PROP_PRONOUNS,
  PROP_ZONE,
  PROP_HOW_MET,
  PROP_NOTES,
  PROP_PHOTO,
  PROP_EXTRA,
  PROP_CIRCLE_ID,
  PROP_CIRCLE_KEY,
  PROP_TIES,
  PROP_IDEAL,
  PROP_LATEST,
  PROP_EFFECTIVE_IDEAL,
  PROP_EFFECTIVE_LATEST,
  PROP_INTRODUCED_BY,
  PROP_ARCHIVED,
  PROP_DECEASED,
  PROP_DIED,
  PROP_PAUSED_UNTIL,
  PROP_SAMPLE,
  PROP_LAST_UTC,
  PROP_NEXT_UTC,
  PROP_CONTACTS,
  PROP_OCCASIONS,
  PROP_TAGS,
  N_PROPS,
};

/* The circle of a new person: "friends". */
#define CIRCLE_FIRST 3

static gpointer
copy_occasion (gconstpointer occasion)
{
  return fika_occasion_copy (occasion);
}

static gboolean
equal_occasions (gconstpointer a, gconstpointer b)
{
  return fika_occasion_equal (a, b);
}

static const FikaRowElement occasion_element = {
  copy_occasion,
  (GDestroyNotify) fika_occasion_free,
  equal_occasions,
};

#define FIELD(member) G_STRUCT_OFFSET (FikaPerson, member)

static const FikaRowField fields[] = {
  { "id", FIKA_ROW_INT64, FIELD (id), TRUE },
  { "uid", FIKA_ROW_STRING, FIELD (uid), TRUE },
  { "created", FIKA_ROW_INT64, FIELD (created), TRUE },
  { "name", FIKA_ROW_STRING, FIELD (name) },
  { "nickname", FIKA_ROW_STRING, FIELD (nickname) },
  { "pronouns", FIKA_ROW_STRING, FIELD (pronouns) },
  { "zone", FIKA_ROW_STRING, FIELD (zone) },
  { "how-met", FIKA_ROW_STRING, FIELD (how_met) },
  { "notes", FIKA_ROW_STRING, FIELD (notes) },
  { "photo", FIKA_ROW_STRING, FIELD (photo) },
  { "extra", FIKA_ROW_STRING, FIELD (extra) },
  { "circle-id", FIKA_ROW_INT64, FIELD (circle_id), FALSE, CIRCLE_FIRST },
  { "circle-key", FIKA_ROW_STRING, FIELD (circle_key), TRUE },
  { "ties", FIKA_ROW_UINT, FIELD (ties) },
  { "ideal", FIKA_ROW_INT, FIELD (ideal), FALSE, FIKA_CADENCE_FROM_CIRCLE },
  { "latest", FIKA_ROW_INT, FIELD (latest), FALSE, FIKA_CADENCE_FROM_CIRCLE },
  { "effective-ideal", FIKA_ROW_INT, FIELD (effective_ideal), TRUE },
  { "effective-latest", FIKA_ROW_INT, FIELD (effective_latest), TRUE },
  { "introduced-by", FIKA_ROW_INT64, FIELD (introduced_by) },
  { "archived", FIKA_ROW_BOOLEAN, FIELD (archived) },
  { "deceased", FIKA_ROW_BOOLEAN, FIELD (deceased) },
  { "died", FIKA_ROW_INT, FIELD (died), FALSE, FIKA_DAY_NONE },
  { "paused-until", FIKA_ROW_INT, FIELD (paused_until), FALSE, FIKA_DAY_NONE },
  { "sample", FIKA_ROW_BOOLEAN, FIELD (sample) },
  { "last-utc", FIKA_ROW_INT64, FIELD (last_utc), TRUE, FIKA_UTC_NONE },
  { "next-utc", FIKA_ROW_INT64, FIELD (next_utc), TRUE, FIKA_UTC_NONE },
  { "contacts", FIKA_ROW_LIST, FIELD (contacts), TRUE, 0, &fika_row_contacts },
  { "occasions", FIKA_ROW_LIST, FIELD (occasions), TRUE, 0, &occasion_element },
  { "tags", FIKA_ROW_LIST, FIELD (tags), TRUE, 0, &fika_row_strings },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_PROPS - 1);

static GParamSpec *properties[N_PROPS];
static const FikaRow row = { fields, G_N_ELEMENTS (fields), properties };

static void
fika_person_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  fika_row_get (&row, object, property, value);
}

static void
fika_person_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  fika_row_set (&row, object, object, property, value);
}

static void
fika_person_finalize (GObject *object)
{
  g_clear_object (&FIKA_PERSON (object)->base);
  fika_row_clear (&row, object);

  G_OBJECT_CLASS (fika_person_parent_class)->finalize (object);
}

static void
fika_person_class_init (FikaPersonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_person_get_property;
  object_class->set_property = fika_person_set_property;
  object_class->finalize = fika_person_finalize;

  fika_row_install (&row, object_class);
}

static void
fika_person_init (FikaPerson *self)
{
  fika_row_init (&row, self);
}

/**
 * fika_person_new:
 * @name: what the person is called
 *
 * Makes a draft of someone new, in the circle "friends".
 *
 * Returns: (transfer full): a draft
 */
FikaPerson *
fika_person_new (const char *name)
{
  FikaPerson *self = g_object_new (FIKA_TYPE_PERSON, NULL);

  fika_person_set_name (self, name);

  return self;
}

/**
 * fika_person_copy:
 * @self: a person
 *
 * Makes a draft with everything @self has, its id included: saving it changes that person.
 *
 * Returns: (transfer full): a draft
 */
FikaPerson *
fika_person_copy (FikaPerson *self)
{
  FikaPerson *copy;

  g_return_val_if_fail (FIKA_IS_PERSON (self), NULL);

  copy = g_object_new (FIKA_TYPE_PERSON, NULL);
  fika_person_assign (copy, self);
  if (self->base != NULL)
    copy->base = g_object_ref (self->base);
  else if (self->id != 0)
    {
      copy->base = g_object_new (FIKA_TYPE_PERSON, NULL);
      fika_person_assign (copy->base, self);
    }

  return copy;
}

/**
 * fika_person_assign:
 * @self: the live person
 * @from: the same person, freshly read
 *
 * Takes over every value; notifies what differs.
 */
void
fika_person_assign (FikaPerson *self, FikaPerson *from)
{
  g_return_if_fail (FIKA_IS_PERSON (self));
  g_return_if_fail (FIKA_IS_PERSON (from));

  g_object_freeze_notify (G_OBJECT (self));
  fika_row_assign (&row, self, self, from);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * fika_person_rebase:
 * @self: a draft
 * @live: the live person
 *
 * Lets a draft that was copied take over what was changed elsewhere since, where it did not change
 * the same itself. A draft that is no copy stays as it is.
 */
void
fika_person_rebase (FikaPerson *self, FikaPerson *live)
{
  g_return_if_fail (FIKA_IS_PERSON (self));
  g_return_if_fail (FIKA_IS_PERSON (live));

  if (self->base != NULL)
    fika_row_rebase (&row, self, self, self->base, live);
}

#define GETTER(type, member)                                                                       \
  type fika_person_get_##member (FikaPerson *self)                                                 \
  {                                                                                                \
    g_return_val_if_fail (FIKA_IS_PERSON (self), 0);                                               \
    return self->member;                                                                           \
  }

GETTER (int64_t, id)
GETTER (const char *, uid)
GETTER (int64_t, created)
GETTER (const char *, name)
GETTER (const char *, nickname)
GETTER (const char *, pronouns)
GETTER (const char *, zone)
GETTER (const char *, how_met)
GETTER (const char *, notes)
GETTER (const char *, photo)
GETTER (const char *, extra)
GETTER (int64_t, circle_id)
GETTER (const char *, circle_key)
GETTER (guint, ties)
GETTER (int, ideal)
GETTER (int, latest)
GETTER (int, effective_ideal)
GETTER (int, effective_latest)
GETTER (int64_t, introduced_by)
GETTER (gboolean, archived)
GETTER (gboolean, deceased)
GETTER (FikaDay, died)
GETTER (FikaDay, paused_until)
GETTER (gboolean, sample)
GETTER (int64_t, last_utc)
GETTER (int64_t, next_utc)
GETTER (GPtrArray *, contacts)
GETTER (GPtrArray *, occasions)
GETTER (GPtrArray *, tags)

void
fika_person_set_uid (FikaPerson *self, const char *uid)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_string (&row, self, self, PROP_UID, uid);
}

void
fika_person_set_name (FikaPerson *self, const char *name)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_string (&row, self, self, PROP_NAME, name);
}

void
fika_person_set_circle_id (FikaPerson *self, int64_t circle)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_number (&row, self, self, PROP_CIRCLE_ID, circle);
}

void
fika_person_set_ties (FikaPerson *self, guint ties)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_number (&row, self, self, PROP_TIES, ties);
}

/**
 * fika_person_set_cadence:
 * @self: a draft
 * @ideal: days, or %FIKA_CADENCE_FROM_CIRCLE, or 0 for none
 * @latest: days, or %FIKA_CADENCE_FROM_CIRCLE, or 0 for none
 *
 * Sets this person's own cadence.
 */
void
fika_person_set_cadence (FikaPerson *self, int ideal, int latest)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_number (&row, self, self, PROP_IDEAL, ideal);
  fika_row_set_number (&row, self, self, PROP_LATEST, latest);
}

void
fika_person_set_contacts (FikaPerson *self, GPtrArray *contacts)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_list (&row, self, self, PROP_CONTACTS, contacts);
}

void
fika_person_set_occasions (FikaPerson *self, GPtrArray *occasions)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_list (&row, self, self, PROP_OCCASIONS, occasions);
}

void
fika_person_set_tags (FikaPerson *self, GPtrArray *tags)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_list (&row, self, self, PROP_TAGS, tags);
}

/**
 * fika_person_set_created:
 * @self: a new draft
 * @created: UTC seconds
 *
 * Says when it was made; otherwise that is when it is first saved. For what comes from another
 * computer's Fika.
 */
void
fika_person_set_created (FikaPerson *self, int64_t created)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_number (&row, self, self, PROP_CREATED, created);
}

/**
 * fika_person_set_row:
 * @self: a person being read
 * @id: row id
 * @created: UTC seconds
 *
 * Says which row the person is.
 */
void
fika_person_set_row (FikaPerson *self, int64_t id, int64_t created)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_number (&row, self, self, PROP_ID, id);
  fika_row_set_number (&row, self, self, PROP_CREATED, created);
}

/**
 * fika_person_set_derived:
 * @self: a person being read, whose own cadence is set
 * @circle_key: key of the person's circle
 * @circle_ideal: days of the circle
 * @circle_latest: days of the circle
 * @last_utc: start of the last catch-up that happened, or %FIKA_UTC_NONE
 * @next_utc: start of the next planned one, or %FIKA_UTC_NONE
 *
 * Says what follows from the circle and from the catch-ups.
 */
void
fika_person_set_derived (FikaPerson *self,
                         const char *circle_key,
                         int circle_ideal,
                         int circle_latest,
                         int64_t last_utc,
                         int64_t next_utc)
{
  g_return_if_fail (FIKA_IS_PERSON (self));

  fika_row_set_string (&row, self, self, PROP_CIRCLE_KEY, circle_key);
  fika_row_set_number (&row, self, self, PROP_EFFECTIVE_IDEAL,
                       self->ideal != FIKA_CADENCE_FROM_CIRCLE ? self->ideal : circle_ideal);
  fika_row_set_number (&row, self, self, PROP_EFFECTIVE_LATEST,
                       self->latest != FIKA_CADENCE_FROM_CIRCLE ? self->latest : circle_latest);
  fika_row_set_number (&row, self, self, PROP_LAST_UTC, last_utc);
  fika_row_set_number (&row, self, self, PROP_NEXT_UTC, next_utc);
}

/**
 * fika_person_get_birthday:
 * @self: a person
 *
 * Returns: (transfer none) (nullable): the person's birthday, where known
 */
const FikaOccasion *
fika_person_get_birthday (FikaPerson *self)
{
  g_return_val_if_fail (FIKA_IS_PERSON (self), NULL);

  for (guint i = 0; i < self->occasions->len; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (self->occasions, i);

      if (occasion->kind == FIKA_OCCASION_BIRTHDAY)
        return occasion;
    }

  return NULL;
}

/**
 * fika_person_find_contact:
 * @self: a person
 * @kind: a kind of contact
 *
 * Finds the preferred contact of a kind, else the first.
 *
 * Returns: (transfer none) (nullable): a contact
 */
const FikaContact *
fika_person_find_contact (FikaPerson *self, FikaContactKind kind)
{
  const FikaContact *first = NULL;

  g_return_val_if_fail (FIKA_IS_PERSON (self), NULL);

  for (guint i = 0; i < self->contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (self->contacts, i);

      if (contact->kind != kind)
        continue;
      if (contact->preferred)
        return contact;
      if (first == NULL)
        first = contact;
    }

  return first;
}

/**
 * fika_person_days_since_contact:
 * @self: a person
 * @today: today here
 *
 * Counts civil days here since the last catch-up, or since the person was added.
 *
 * Returns: days, 0 or more
 */
int
fika_person_days_since_contact (FikaPerson *self, FikaDay today)
{
  int64_t since;

  g_return_val_if_fail (FIKA_IS_PERSON (self), 0);

  since = self->last_utc != FIKA_UTC_NONE ? self->last_utc : self->created;

  return MAX (0, today - fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, since)));
}

/* Days for the cadence. A pause stops the clock: during it nobody is due; after it nothing has
 * piled up, and the person is at most as many days past the ideal as the pause is over. */
static int
days_for_cadence (FikaPerson *self, FikaDay today)
{
  int days = fika_person_days_since_contact (self, today);

  if (self->paused_until == FIKA_DAY_NONE)
    return days;
  if (today < self->paused_until)
    return 0;

  return (int) MIN ((int64_t) days, (int64_t) self->effective_ideal + today - self->paused_until);
}

static gboolean
is_silent (FikaPerson *self)
{
  return self->archived || self->deceased;
}

/**
 * fika_person_warmth:
 * @self: a person
 * @today: today here
 *
 * How much it is time to be in touch again. Nobody archived or deceased ever is.
 *
 * Returns: thousandths, 0 to 1000
 */
int
fika_person_warmth (FikaPerson *self, FikaDay today)
{
  g_return_val_if_fail (FIKA_IS_PERSON (self), 0);

  if (is_silent (self))
    return 0;

  return fika_cadence_warmth (self->effective_ideal, self->effective_latest,
                              days_for_cadence (self, today));
}

/**
 * fika_person_warmth_state:
 * @self: a person
 * @today: today here
 *
 * Returns: the warmth in a word
 */
FikaWarmth
fika_person_warmth_state (FikaPerson *self, FikaDay today)
{
  g_return_val_if_fail (FIKA_IS_PERSON (self), FIKA_WARMTH_NONE);

  if (is_silent (self))
    return FIKA_WARMTH_NONE;

  return fika_cadence_state (self->effective_ideal, self->effective_latest,
                             days_for_cadence (self, today));
}
