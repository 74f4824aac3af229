#include "config.h"

#include "store/fika-store-private.h"

#include "base/fika-error.h"
#include "base/fika-zone.h"
#include "db/fika-log.h"
#include "store/fika-derive-private.h"
#include "store/fika-live-private.h"
#include "store/fika-tables-private.h"
#include "store/fika-touched-private.h"

#include <glib/gi18n-lib.h>

/* Rules kept parsed; more than a person's series will have. */
#define MAX_RULES 1000

/* How much can be undone. */
#define KEPT_ACTIONS 1000
#define KEPT_SECONDS (400 * 24 * 60 * 60LL)

/* After so many it is sooner read anew what is looked at than found out what was touched. */
#define MANY_CHANGES 2000

struct _FikaStore
{
  GObject parent_instance;

  FikaDb *db;
  FikaClock *clock;
  FikaLive *live;
  GHashTable *rules; /* text -> FikaRecurrence */
  FikaPolicyCache policy;
  int64_t seq;       /* of the change log: what the live objects show */
  FikaWork *work;    /* on whose thread it is; else NULL */
  FikaWork *working; /* that it waits for; else NULL */
};

G_DEFINE_FINAL_TYPE (FikaStore, fika_store, G_TYPE_OBJECT)

enum
{
  CHANGED,
  COMMITTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Live objects first, so that whoever hears of a change already sees it. */
static void
publish (FikaStore *self, FikaChangeSet *changes, gboolean own)
{
  g_autoptr (FikaStore) holder = g_object_ref (self);

  if (fika_change_set_is_empty (changes))
    return;

  fika_live_refresh (self->live, self, changes);
  g_signal_emit (self, signals[CHANGED], 0, changes);
  if (own)
    g_signal_emit (self, signals[COMMITTED], 0);
}

/* Ends a logged transaction: works out what follows from it and makes all of it durable. */
static gboolean
finish (FikaStore *self, GError **error)
{
  g_autoptr (FikaChangeSet) changes = fika_touched_since (self->db, self->seq, error);
  int64_t seq;

  if (changes == NULL || !fika_derive_touched (self, changes, error)
      || !fika_store_step (self, 0, error))
    {
      fika_log_rollback (self->db);
      return FALSE;
    }
  seq = fika_log_last_seq (self->db);
  if (!fika_log_commit (self->db, error))
    return FALSE;
  self->seq = seq;
  publish (self, changes, TRUE);
  return TRUE;
}

/* A transaction that writes only what is worked out. */
static gboolean
derive (FikaStore *self,
        gboolean (*work) (FikaStore *store, FikaChangeSet *changes, GError **error),
        GError **error)
{
  g_autoptr (FikaChangeSet) changes = fika_change_set_new ();

  if (!fika_db_begin (self->db, error))
    return FALSE;
  if (!work (self, changes, error))
    {
      fika_db_rollback (self->db);
      return FALSE;
    }
  if (!fika_db_commit (self->db, error))
    return FALSE;
  publish (self, changes, TRUE);
  return TRUE;
}

static void
fika_store_finalize (GObject *object)
{
  FikaStore *self = FIKA_STORE (object);

  g_clear_pointer (&self->live, fika_live_free);
  g_clear_pointer (&self->rules, g_hash_table_unref);
  g_clear_pointer (&self->policy.text, g_free);
  g_clear_object (&self->db);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (fika_store_parent_class)->finalize (object);
}

static void
fika_store_class_init (FikaStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fika_store_finalize;

  /**
   * FikaStore::changed:
   * @self: the store
   * @changes: what was touched
   *
   * Something was written, here or by the other process, and the live objects have been read again.
   */
  signals[CHANGED]
      = g_signal_new ("changed", FIKA_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, FIKA_TYPE_CHANGE_SET | G_SIGNAL_TYPE_STATIC_SCOPE);

  /**
   * FikaStore::committed:
   * @self: the store
   *
   * This process has written, and the other may want to know.
   */
  signals[COMMITTED] = g_signal_new ("committed", FIKA_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);
}

static void
fika_store_init (FikaStore *self)
{
  self->live = fika_live_new ();
  self->rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) fika_recurrence_unref);
}

/**
 * fika_store_open:
 * @path: the database file; it and its folder are made where they are missing
 * @clock: who knows the time
 * @error: return location for an error
 *
 * Opens the data, and catches up with the time that has passed.
 *
 * Errors: those of fika_db_open().
 *
 * Returns: (transfer full) (nullable): the store, or %NULL with an error
 */
FikaStore *
fika_store_open (const char *path, FikaClock *clock, GError **error)
{
  g_autoptr (FikaStore) self = NULL;
  g_autoptr (FikaDb) db = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_CLOCK (clock), NULL);

  db = fika_db_open (path, error);
  if (db == NULL)
    return NULL;

  self = g_object_new (FIKA_TYPE_STORE, NULL);
  self->db = g_steal_pointer (&db);
  self->clock = g_object_ref (clock);
  self->seq = fika_log_last_seq (self->db);
  /* On a full disk this may fail; all can be read nevertheless, and whoever writes hears of it. */
  if (!fika_db_is_read_only (self->db))
    fika_store_roll (self, NULL);
  return g_steal_pointer (&self);
}

FikaDb *
fika_store_get_db (FikaStore *self)
{
  return self->db;
}

guint
fika_store_n_live (FikaStore *self)
{
  return fika_live_size (self->live);
}

FikaRecurrence *
fika_store_get_rule (FikaStore *self, const char *rule)
{
  FikaRecurrence *recurrence = g_hash_table_lookup (self->rules, rule);

  if (recurrence != NULL)
    return recurrence;
  recurrence = fika_recurrence_parse (rule, NULL);
  if (recurrence == NULL)
    return NULL;
  if (g_hash_table_size (self->rules) >= MAX_RULES)
    g_hash_table_remove_all (self->rules);
  g_hash_table_insert (self->rules, g_strdup (rule), recurrence);
  return recurrence;
}

FikaPolicyCache *
fika_store_get_policy_cache (FikaStore *self)
{
  return &self->policy;
}

FikaWork *
fika_store_get_work (FikaStore *self)
{
  return self->work;
}

void
fika_store_set_work (FikaStore *self, FikaWork *work)
{
  self->work = work;
}

FikaWork *
fika_store_get_working (FikaStore *self)
{
  return self->working;
}

/* Nothing else is written until the work is done. */
void
fika_store_set_working (FikaStore *self, FikaWork *work)
{
  self->working = work;
  fika_db_hold (self->db, work != NULL);
}

void
fika_store_tell_others (FikaStore *self)
{
  g_signal_emit (self, signals[COMMITTED], 0);
}

/**
 * fika_store_get_clock:
 * @self: a store
 *
 * Returns: (transfer none): the clock it was opened with
 */
FikaClock *
fika_store_get_clock (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return self->clock;
}

/**
 * fika_store_now:
 * @self: a store
 *
 * Returns: UTC seconds now
 */
int64_t
fika_store_now (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), 0);

  return fika_clock_now (self->clock);
}

/**
 * fika_store_today:
 * @self: a store
 *
 * Returns: the civil day here, now
 */
FikaDay
fika_store_today (FikaStore *self)
{
  return fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, fika_store_now (self)));
}

/**
 * fika_store_is_read_only:
 * @self: a store
 *
 * Returns: whether the data can only be read
 */
gboolean
fika_store_is_read_only (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), TRUE);

  return fika_db_is_read_only (self->db);
}

/**
 * fika_store_get_read_only_reason:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): why its data can only be looked at, as a sentence; %NULL
 * where it can be changed
 */
const char *
fika_store_get_read_only_reason (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_db_get_read_only_reason (self->db);
}

/**
 * fika_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the database file
 */
const char *
fika_store_get_path (FikaStore *self)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_db_get_path (self->db);
}

/**
 * fika_store_begin:
 * @self: a store
 * @label: what the person does, in their words
 * @source: where: FIKA_SOURCE_*
 * @error: return location for an error
 *
 * Begins a transaction that is one undoable action, with live objects that know of everything that
 * was written before. End it with fika_store_commit() or fika_store_rollback() before the main loop
 * turns.
 *
 * Errors: those of fika_log_begin().
 *
 * Returns: whether it began
 */
gboolean
fika_store_begin (FikaStore *self, const char *label, const char *source, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (label != NULL && source != NULL, FALSE);

  for (;;)
    {
      fika_store_refresh (self);
      if (!fika_log_begin (self->db, label, source, fika_store_now (self), error))
        return FALSE;
      if (fika_log_last_seq (self->db) == self->seq)
        return TRUE;
      /* Somebody wrote between the two: what the live objects say would be written over it. */
      fika_log_rollback (self->db);
    }
}

/**
 * fika_store_commit:
 * @self: a store in a transaction
 * @error: return location for an error
 *
 * Works out what follows from the changes, makes all of it durable, reads the touched live objects
 * again and emits [signal@Store::changed] and [signal@Store::committed]. Where it fails nothing of
 * the action remains.
 *
 * Returns: whether all is on disk
 */
gboolean
fika_store_commit (FikaStore *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (fika_db_in_transaction (self->db), FALSE);

  return finish (self, error);
}

/**
 * fika_store_rollback:
 * @self: a store
 *
 * Takes back the open transaction, if there is one.
 */
void
fika_store_rollback (FikaStore *self)
{
  g_return_if_fail (FIKA_IS_STORE (self));

  fika_log_rollback (self->db);
}

/**
 * fika_store_undo:
 * @self: a store
 * @source: where the person does it: FIKA_SOURCE_*
 * @label: (out) (optional) (transfer full): what was undone
 * @error: return location for an error
 *
 * Takes back the newest action, whoever did it, as an action of its own.
 *
 * Returns: whether it was done; %FIKA_ERROR_NOT_FOUND where there is nothing to undo
 */
gboolean
fika_store_undo (FikaStore *self, const char *source, char **label, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  if (!fika_log_begin_undo (self->db, source, fika_store_now (self), &text, error)
      || !finish (self, error))
    return FALSE;
  if (label != NULL)
    *label = g_steal_pointer (&text);
  return TRUE;
}

/**
 * fika_store_redo:
 * @self: a store
 * @source: where the person does it: FIKA_SOURCE_*
 * @label: (out) (optional) (transfer full): what was done again
 * @error: return location for an error
 *
 * Does again what was undone last.
 *
 * Returns: whether it was done; %FIKA_ERROR_NOT_FOUND where there is nothing to redo
 */
gboolean
fika_store_redo (FikaStore *self, const char *source, char **label, GError **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);
  g_return_val_if_fail (source != NULL, FALSE);

  if (!fika_log_begin_redo (self->db, source, fika_store_now (self), &text, error)
      || !finish (self, error))
    return FALSE;
  if (label != NULL)
    *label = g_steal_pointer (&text);
  return TRUE;
}

/**
 * fika_store_refresh:
 * @self: a store
 *
 * Looks whether another process wrote and, if so, reads the touched live objects again and emits
 * [signal@Store::changed]. Cheap when nothing was written.
 */
void
fika_store_refresh (FikaStore *self)
{
  g_autoptr (FikaChangeSet) changes = NULL;
  int64_t seq;

  g_return_if_fail (FIKA_IS_STORE (self));

  if (fika_db_in_transaction (self->db))
    return;
  seq = fika_log_last_seq (self->db);
  if (seq == self->seq)
    return;

  if (seq < self->seq)
    {
      /* Another database lies in its place: a backup was restored. */
      changes = fika_change_set_new_everything ();
    }
  else
    changes = seq - self->seq > MANY_CHANGES ? fika_change_set_new_everything ()
                                             : fika_touched_since (self->db, self->seq, NULL);
  if (changes == NULL)
    return;
  self->seq = seq;
  publish (self, changes, FALSE);
}

/**
 * fika_store_roll:
 * @self: a store
 * @error: return location for an error
 *
 * Catches up with the time that has passed, or with a clock that was set back: what is next with
 * people and in series, and the reminders of series. Does nothing, quickly, when nothing was passed
 * by. Call it at start-up, when the day changes and when the clock was set. What was done very long
 * ago can no longer be undone after it.
 *
 * Returns: whether all is up to date
 */
gboolean
fika_store_roll (FikaStore *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  if (fika_db_is_read_only (self->db) || self->working != NULL)
    return TRUE; /* it does so itself, and is followed by another look */
  if (!fika_derive_is_stale (self))
    {
      /* If the other process has caught up already, live objects have not. */
      g_autoptr (FikaChangeSet) passed = fika_live_passed (self->live, fika_store_now (self));

      publish (self, passed, FALSE);
      return TRUE;
    }
  return derive (self, fika_derive_stale, error)
         && fika_log_prune (self->db, KEPT_ACTIONS, fika_store_now (self) - KEPT_SECONDS, error);
}

/**
 * fika_store_zone_changed:
 * @self: a store
 * @error: return location for an error
 *
 * The computer is in another time zone, or the rules of zones changed: works out anew every instant
 * and all that follows from it. Plans "wherever I am" keep their time on the clock.
 *
 * Returns: whether all is up to date
 */
gboolean
fika_store_zone_changed (FikaStore *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  fika_zone_forget_cached ();
  return derive (self, fika_derive_everything, error);
}

/**
 * fika_store_check:
 * @self: a store
 * @error: return location for an error
 *
 * Reads the whole database, checks that it holds together, and that all that is worked out is what
 * it would be if it were worked out anew.
 *
 * Returns: whether all is well; %FIKA_ERROR_DAMAGED where it is not
 */
gboolean
fika_store_check (FikaStore *self, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), FALSE);

  return fika_db_check (self->db, error) && fika_derive_check (self, error);
}

/**
 * fika_store_get_person:
 * @self: a store
 * @id: a row's id
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live object; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaPerson *
fika_store_get_person (FikaStore *self, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_live_get (self->live, self, FIKA_LIVE_PERSON, id, error);
}

/**
 * fika_store_get_catchup:
 * @self: a store
 * @id: a row's id
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live object; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaCatchup *
fika_store_get_catchup (FikaStore *self, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_live_get (self->live, self, FIKA_LIVE_CATCHUP, id, error);
}

/**
 * fika_store_get_series:
 * @self: a store
 * @id: a row's id
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live object; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaSeries *
fika_store_get_series (FikaStore *self, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_live_get (self->live, self, FIKA_LIVE_SERIES, id, error);
}

/**
 * fika_store_get_group:
 * @self: a store
 * @id: a row's id
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the live object; %NULL with %FIKA_ERROR_NOT_FOUND
 */
FikaGroup *
fika_store_get_group (FikaStore *self, int64_t id, GError **error)
{
  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);

  return fika_live_get (self->live, self, FIKA_LIVE_GROUP, id, error);
}
