#pragma once

#include "base/fika-clock.h"
#include "base/fika-zone.h"
#include "store/fika-occurrence.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FikaChangeSet:
 *
 * Which things a commit touched, own parts included: a new phone number touches its person. Each is
 * a GHashTable used as a set of int64 ids (GINT_TO_POINTER of the id). `everything` asks for a
 * whole refresh (after a restore).
 */
typedef struct
{
  GHashTable *people;
  GHashTable *catchups;
  GHashTable *series;
  GHashTable *groups;
  gboolean topics; /* any topic or promise */
  gboolean circles;
  gboolean everything;
} FikaChangeSet;

#define FIKA_TYPE_CHANGE_SET (fika_change_set_get_type ())
GType fika_change_set_get_type (void);
FikaChangeSet *fika_change_set_new (void);
FikaChangeSet *fika_change_set_new_everything (void);
FikaChangeSet *fika_change_set_copy (const FikaChangeSet *self);
void fika_change_set_free (FikaChangeSet *self);
gboolean fika_change_set_is_empty (const FikaChangeSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaChangeSet, fika_change_set_free)

/* Who does a thing: kept in the action log. */
#define FIKA_SOURCE_WINDOW "window"
#define FIKA_SOURCE_NOTIFICATION "notification"
#define FIKA_SOURCE_TERMINAL "terminal"
#define FIKA_SOURCE_IMPORT "import"

/**
 * FikaStore:
 *
 * Fika's data as live objects over one database: an identity map (one object a row), the tables,
 * the caches that are worked out from them, and the signal that says what changed.
 *
 * Signals: changed (FikaChangeSet*): after a commit of this process, or after fika_store_refresh ()
 * saw another's; live objects have been read again by then. committed (): after a commit of this
 * process alone: whoever pokes the other process listens here.
 */
#define FIKA_TYPE_STORE (fika_store_get_type ())
G_DECLARE_FINAL_TYPE (FikaStore, fika_store, FIKA, STORE, GObject)

FikaStore *fika_store_open (const char *path, FikaClock *clock, GError **error);
FikaClock *fika_store_get_clock (FikaStore *self);
int64_t fika_store_now (FikaStore *self);
FikaDay fika_store_today (FikaStore *self);
gboolean fika_store_is_read_only (FikaStore *self);
const char *fika_store_get_read_only_reason (FikaStore *self);
const char *fika_store_get_path (FikaStore *self);
gboolean fika_store_is_empty (FikaStore *self);
gboolean fika_store_has_sample (FikaStore *self);

/* One undoable action. Only command/ calls these. */
gboolean fika_store_begin (FikaStore *self, const char *label, const char *source, GError **error);
gboolean fika_store_commit (FikaStore *self, GError **error);
void fika_store_rollback (FikaStore *self);
gboolean fika_store_undo (FikaStore *self, const char *source, char **label, GError **error);
gboolean fika_store_redo (FikaStore *self, const char *source, char **label, GError **error);
gboolean fika_store_undo_is_long (FikaStore *self);
gboolean fika_store_redo_is_long (FikaStore *self);
char *fika_store_dup_undo_label (FikaStore *self);
char *fika_store_dup_redo_label (FikaStore *self);

/**
 * FikaHistoryEntry:
 *
 * One action of the log, newest first in fika_store_history ().
 */
typedef struct
{
  int64_t id;
  char *label;
  char *source;
  int64_t at;
  gboolean undone;
} FikaHistoryEntry;
void fika_history_entry_free (FikaHistoryEntry *self);
GPtrArray *fika_store_history (FikaStore *self, guint limit, GError **error);

void fika_store_refresh (FikaStore *self);
gboolean fika_store_roll (FikaStore *self, GError **error);
gboolean fika_store_zone_changed (FikaStore *self, GError **error);
gboolean fika_store_check (FikaStore *self, GError **error);
void fika_store_release_memory (FikaStore *self);
gboolean fika_store_backup (FikaStore *self,
                            const char *file,
                            int64_t *people,
                            int64_t *catchups,
                            int64_t *groups,
                            GError **error);
gboolean fika_store_keep_backup (FikaStore *self, gboolean before_change, GError **error);

/**
 * FikaStoreWorkFunc:
 * @store: a store of the thread's own, on the same data
 * @cancellable: (nullable): what it was started with
 * @data: what it was started with
 * @error: return location
 *
 * Something that takes long, done on a thread. It touches no live object of another store.
 *
 * Returns: whether it was done
 */
typedef gboolean (*FikaStoreWorkFunc) (FikaStore *store,
                                       GCancellable *cancellable,
                                       gpointer data,
                                       GError **error);
void fika_store_work_async (FikaStore *self,
                            FikaStoreWorkFunc func,
                            gpointer data,
                            GDestroyNotify free_data,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean fika_store_work_finish (FikaStore *self, GAsyncResult *result, GError **error);
/* What a person that is written takes, and then what is worked out from it, in steps. */
#define FIKA_STEPS_TO_WRITE 2
#define FIKA_STEPS_TO_DERIVE 1
gboolean fika_store_is_working (FikaStore *self);
double fika_store_get_progress (FikaStore *self);
void fika_store_expect_steps (FikaStore *self, guint steps);
gboolean fika_store_step (FikaStore *self, guint steps, GError **error);

/* Live objects by id or uid: (transfer full) (nullable); NULL with FIKA_ERROR_NOT_FOUND. */
FikaPerson *fika_store_get_person (FikaStore *self, int64_t id, GError **error);
FikaCatchup *fika_store_get_catchup (FikaStore *self, int64_t id, GError **error);
FikaSeries *fika_store_get_series (FikaStore *self, int64_t id, GError **error);
FikaGroup *fika_store_get_group (FikaStore *self, int64_t id, GError **error);
FikaPerson *fika_store_get_person_by_uid (FikaStore *self, const char *uid, GError **error);
FikaPlan *fika_store_get_plan_by_uid (FikaStore *self, const char *uid, GError **error);
FikaGroup *fika_store_get_group_by_uid (FikaStore *self, const char *uid, GError **error);

/* By a name as a person types it: exact, else one whose name begins so or has that word; case and
 * accents do not count. FIKA_ERROR_NOT_FOUND and FIKA_ERROR_AMBIGUOUS list the candidates. */
FikaPerson *fika_store_find_person (FikaStore *self, const char *name, GError **error);
FikaGroup *fika_store_find_group (FikaStore *self, const char *name, GError **error);

typedef enum
{
  FIKA_PEOPLE_BY_NAME,
  FIKA_PEOPLE_BY_LAST,   /* longest ago first, never first */
  FIKA_PEOPLE_BY_NEXT,   /* soonest first, none last */
  FIKA_PEOPLE_BY_WARMTH, /* longing first */
} FikaPeopleOrder;

/* Ordered ids (int64). */
GArray *fika_store_people_ids (FikaStore *self,
                               const char *search,
                               FikaPeopleOrder order,
                               gboolean archived,
                               GError **error);
GArray *fika_store_group_ids (FikaStore *self, GError **error);
GArray *
fika_store_find_people_by_contact (FikaStore *self, FikaContactKind kind, const char *value);
GArray *fika_store_find_people_by_name (FikaStore *self, const char *name);

/* Entries that start within [from, until) of civil time here, in order. GPtrArray of
 * FikaOccurrence. */
GPtrArray *fika_store_agenda (FikaStore *self, FikaCivil from, FikaCivil until, GError **error);
/* The occurrence of a plan: of a series the one the rule put at `original`, or the next to come
 * where that is FIKA_CIVIL_NONE. */
FikaOccurrence *
fika_store_get_occurrence (FikaStore *self, const char *uid, FikaCivil original, GError **error);
FikaOccurrence *fika_store_next_of_series (FikaStore *self, FikaSeries *series, GError **error);
FikaOccurrence *fika_store_next_with_person (FikaStore *self, FikaPerson *person, GError **error);
/* Past and planned rows with a person, newest first: ids of catch-ups. */
GArray *fika_store_timeline_ids (FikaStore *self, FikaPerson *person, GError **error);
FikaCatchup *fika_store_last_with_person (FikaStore *self, FikaPerson *person);
GPtrArray *fika_store_groups_of_person (FikaStore *self, FikaPerson *person);
GPtrArray *fika_store_series_of_group (FikaStore *self, FikaGroup *group);
GArray *fika_store_visit_ids (FikaStore *self, FikaGroup *group, GError **error);
int64_t
fika_store_volunteer_minutes (FikaStore *self, FikaGroup *group, int64_t from, int64_t until);

/**
 * FikaCircle: one closeness, with its default cadence in days.
 */
typedef struct
{
  int64_t id;
  char *key;
  char *name;     /* as shown */
  char *own_name; /* a person's own for it; empty where what is shown is Fika's */
  int ideal;
  int latest;
  gboolean own_cadence; /* another than it came with */
} FikaCircle;
void fika_circle_free (FikaCircle *self);
GPtrArray *fika_store_circles (FikaStore *self);
int64_t fika_store_circle_by_key (FikaStore *self, const char *key);

/**
 * FikaTopic: something to raise, or (where `promise`) something owed.
 */
typedef struct
{
  int64_t id;
  char *uid;
  int64_t person;
  gboolean promise;
  gboolean theirs;
  char *text;
  FikaDay day;     /* FIKA_DAY_NONE */
  int64_t closed;  /* UTC when raised or kept; FIKA_UTC_NONE while open */
  int64_t created; /* UTC; 0 in a new one: now */
} FikaTopic;
void fika_topic_free (FikaTopic *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaTopic, fika_topic_free)
GPtrArray *fika_store_topics (FikaStore *self, FikaPerson *person, gboolean open_only);

G_END_DECLS
