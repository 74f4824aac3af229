#include "config.h"

#include "store/fika-catchup.h"

#include "base/fika-zone.h"
#include "store/fika-row.h"
#include "store/fika-rows-private.h"

struct _FikaCatchup
{
  FikaPlan parent_instance;

  FikaCatchup *base; /* of a draft: what it was copied from, as it was; NULL in live and new ones */

  int64_t series_id;
  int64_t original;
  int64_t utc;
  int state;
  int feeling;
  int reached_out;
  char *learned;
  int again;
  char *role;
  char *task;
  int volunteer;
};

G_DEFINE_FINAL_TYPE (FikaCatchup, fika_catchup, FIKA_TYPE_PLAN)

enum
{
  PROP_0,
  PROP_SERIES_ID,
  PROP_ORIGINAL,
  PROP_UTC,
  PROP_STATE,
  PROP_FEELING,
  PROP_REACHED_OUT,
  PROP_LEARNED,
  PROP_AGAIN,
  PROP_ROLE,
  PROP_TASK,
  PROP_VOLUNTEER,
  N_PROPS,
};

#define FIELD(member) G_STRUCT_OFFSET (FikaCatchup, member)

static const FikaRowField fields[] = {
  { "series-id", FIKA_ROW_INT64, FIELD (series_id), TRUE },
  { "original", FIKA_ROW_INT64, FIELD (original), TRUE, FIKA_CIVIL_NONE },
  { "utc", FIKA_ROW_INT64, FIELD (utc), TRUE, FIKA_UTC_NONE },
  { "state", FIKA_ROW_INT, FIELD (state) },
  { "feeling", FIKA_ROW_INT, FIELD (feeling) },
  { "reached-out", FIKA_ROW_INT, FIELD (reached_out) },
  { "learned", FIKA_ROW_STRING, FIELD (learned) },
  { "again", FIKA_ROW_INT, FIELD (again) },
  { "role", FIKA_ROW_STRING, FIELD (role) },
  { "task", FIKA_ROW_STRING, FIELD (task) },
  { "volunteer", FIKA_ROW_INT, FIELD (volunteer) },
};
G_STATIC_ASSERT (G_N_ELEMENTS (fields) == N_PROPS - 1);

static GParamSpec *properties[N_PROPS];
static const FikaRow row = { fields, G_N_ELEMENTS (fields), properties };

static void
fika_catchup_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  fika_row_get (&row, object, property, value);
}

static void
fika_catchup_set_property (GObject *object, guint property, const GValue *value, GParamSpec *pspec)
{
  fika_row_set (&row, object, object, property, value);
}

static void
fika_catchup_finalize (GObject *object)
{
  g_clear_object (&FIKA_CATCHUP (object)->base);
  fika_row_clear (&row, object);

  G_OBJECT_CLASS (fika_catchup_parent_class)->finalize (object);
}

static void
fika_catchup_class_init (FikaCatchupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_catchup_get_property;
  object_class->set_property = fika_catchup_set_property;
  object_class->finalize = fika_catchup_finalize;

  fika_row_install (&row, object_class);
}

static void
fika_catchup_init (FikaCatchup *self)
{
  fika_row_init (&row, self);
}

/**
 * fika_catchup_new:
 * @kind: what is done
 * @start: civil time it begins at, or on the day of
 *
 * Returns: (transfer full): a draft of a planned catch-up
 */
FikaCatchup *
fika_catchup_new (FikaKind kind, FikaCivil start)
{
  return g_object_new (FIKA_TYPE_CATCHUP, "kind", (int) kind, "start", (gint64) start, NULL);
}

/**
 * fika_catchup_copy:
 * @self: a catch-up
 *
 * Makes a draft with everything @self has, its id included: saving it changes that catch-up.
 *
 * Returns: (transfer full): a draft
 */
FikaCatchup *
fika_catchup_copy (FikaCatchup *self)
{
  FikaCatchup *copy;

  g_return_val_if_fail (FIKA_IS_CATCHUP (self), NULL);

  copy = g_object_new (FIKA_TYPE_CATCHUP, NULL);
  fika_catchup_assign (copy, self);
  if (self->base != NULL)
    copy->base = g_object_ref (self->base);
  else if (fika_plan_get_id (FIKA_PLAN (self)) != 0)
    {
      copy->base = g_object_new (FIKA_TYPE_CATCHUP, NULL);
      fika_catchup_assign (copy->base, self);
    }

  return copy;
}

/**
 * fika_catchup_assign:
 * @self: the live catch-up
 * @from: the same one, freshly read
 *
 * Takes over every value; notifies what differs.
 */
void
fika_catchup_assign (FikaCatchup *self, FikaCatchup *from)
{
  g_return_if_fail (FIKA_IS_CATCHUP (self));
  g_return_if_fail (FIKA_IS_CATCHUP (from));

  g_object_freeze_notify (G_OBJECT (self));
  fika_plan_assign (FIKA_PLAN (self), FIKA_PLAN (from));
  fika_row_assign (&row, self, self, from);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * fika_catchup_rebase:
 * @self: a draft
 * @live: the live catch-up
 *
 * Lets a draft that was copied take over what was changed elsewhere since, where it did not change
 * the same itself. A draft that is no copy stays as it is.
 */
void
fika_catchup_rebase (FikaCatchup *self, FikaCatchup *live)
{
  g_return_if_fail (FIKA_IS_CATCHUP (self));
  g_return_if_fail (FIKA_IS_CATCHUP (live));

  if (self->base == NULL)
    return;

  fika_plan_rebase (FIKA_PLAN (self), FIKA_PLAN (self->base), FIKA_PLAN (live));
  fika_row_rebase (&row, self, self, self->base, live);
}

#define GETTER(type, member)                                                                       \
  type fika_catchup_get_##member (FikaCatchup *self)                                               \
  {                                                                                                \
    g_return_val_if_fail (FIKA_IS_CATCHUP (self), 0);                                              \
    return self->member;                                                                           \
  }

#define STRING_SETTER(member, property)                                                            \
  void fika_catchup_set_##member (FikaCatchup *self, const char *value)                            \
  {                                                                                                \
    g_return_if_fail (FIKA_IS_CATCHUP (self));                                                     \
    fika_row_set_string (&row, self, self, property, value);                                       \
  }

#define NUMBER_SETTER(type, member, property)                                                      \
  void fika_catchup_set_##member (FikaCatchup *self, type value)                                   \
  {                                                                                                \
    g_return_if_fail (FIKA_IS_CATCHUP (self));                                                     \
    fika_row_set_number (&row, self, self, property, value);                                       \
  }

GETTER (int64_t, series_id)
GETTER (FikaCivil, original)
GETTER (int64_t, utc)
GETTER (FikaState, state)
GETTER (int, feeling)
GETTER (int, reached_out)
GETTER (const char *, learned)
GETTER (FikaAgain, again)
GETTER (const char *, role)
GETTER (const char *, task)
GETTER (int, volunteer)

NUMBER_SETTER (int64_t, utc, PROP_UTC)
NUMBER_SETTER (FikaState, state, PROP_STATE)
NUMBER_SETTER (int, feeling, PROP_FEELING)
NUMBER_SETTER (int, reached_out, PROP_REACHED_OUT)
NUMBER_SETTER (FikaAgain, again, PROP_AGAIN)
NUMBER_SETTER (int, volunteer, PROP_VOLUNTEER)

STRING_SETTER (learned, PROP_LEARNED)
STRING_SETTER (role, PROP_ROLE)
STRING_SETTER (task, PROP_TASK)

/**
 * fika_catchup_set_occurrence:
 * @self: a draft
 * @series: id of a series, or 0 for none
 * @original: when the rule put the occurrence that @self stands for, or %FIKA_CIVIL_NONE
 *
 * Makes @self the exception for an occurrence, or a catch-up of its own.
 */
void
fika_catchup_set_occurrence (FikaCatchup *self, int64_t series, FikaCivil original)
{
  g_return_if_fail (FIKA_IS_CATCHUP (self));
  g_return_if_fail ((series == 0) == (original == FIKA_CIVIL_NONE));

  fika_row_set_number (&row, self, self, PROP_SERIES_ID, series);
  fika_row_set_number (&row, self, self, PROP_ORIGINAL, original);
}
