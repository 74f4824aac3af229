#pragma once

#include "plan/fika-due.h"
#include "plan/fika-reminder-machine.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * What will be told and what was: the rows of the machine's `reminder` table. The store makes them
 * in the transaction that touches a plan, a person or a group; only the service moves them on.
 */

/**
 * FikaReminderKind:
 * @FIKA_REMINDER_PLAN: an occurrence that is to come, by one of its leads
 * @FIKA_REMINDER_ASKED: whether an occurrence happened, after its end
 * @FIKA_REMINDER_OCCASION: a birthday or another date of a person
 * @FIKA_REMINDER_TOPIC: something to raise with a person, on its day
 * @FIKA_REMINDER_PROMISE: something owed, on its day
 * @FIKA_REMINDER_STEP: a group's next step, on its day
 * @FIKA_REMINDER_DIGEST: what there is on a day
 */
typedef enum
{
  FIKA_REMINDER_PLAN,
  FIKA_REMINDER_ASKED,
  FIKA_REMINDER_OCCASION,
  FIKA_REMINDER_TOPIC,
  FIKA_REMINDER_PROMISE,
  FIKA_REMINDER_STEP,
  FIKA_REMINDER_DIGEST,
} FikaReminderKind;
#define FIKA_N_REMINDER_KINDS 7

/**
 * FikaReminder: one notification: for one occurrence at one lead, or for what belongs to a day.
 * Instants are UTC seconds.
 */
typedef struct
{
  int64_t id;
  FikaReminderKind kind;
  FikaOccurrence *occurrence; /* owned; of a plan; NULL where it is gone */
  FikaPerson *person;         /* owned; of an occasion, a topic or a promise; NULL where gone */
  FikaGroup *group;           /* owned; of a next step; NULL where gone */
  FikaOccasion *occasion;     /* owned; NULL where gone */
  FikaTopic *topic;           /* owned; of a topic or a promise; NULL where gone */
  FikaDay day;                /* that it belongs to; FIKA_DAY_NONE of a plan */
  int lead;                   /* minutes */
  int64_t start;
  int64_t due;
  FikaReminderState state;
  char *server;
  guint notification;
  char *token;
  int attempts;
  int64_t shown_at;
  int64_t lease;
  int snoozed; /* how often */
} FikaReminder;

void fika_reminder_free (FikaReminder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaReminder, fika_reminder_free)

int64_t fika_reminders_next_due (FikaStore *store);
GPtrArray *fika_reminders_due (FikaStore *store, int64_t now, guint limit, GError **error);
GPtrArray *fika_reminders_upcoming (FikaStore *store, int64_t from, guint limit, GError **error);
GPtrArray *fika_reminders_forecast (FikaStore *store,
                                    int64_t from,
                                    int64_t until,
                                    guint limit,
                                    GError **error);
GPtrArray *fika_reminders_live (FikaStore *store, GError **error);
GPtrArray *fika_reminders_history (FikaStore *store, guint limit, GError **error);
GPtrArray *fika_reminders_missed (FikaStore *store, int64_t since, guint limit, GError **error);
GPtrArray *
fika_reminders_of_occurrence (FikaStore *store, FikaOccurrence *occurrence, GError **error);
FikaReminder *fika_reminders_get (FikaStore *store, int64_t id, GError **error);

/* Moves, by the rules of fika_reminder_step (); each its own unlogged transaction, each FALSE
 * without error when the row refused it (another process was faster, or the plan is gone). */
gboolean
fika_reminders_claim (FikaStore *store, int64_t id, int64_t now, const char *token, GError **error);
gboolean fika_reminders_set_shown (FikaStore *store,
                                   int64_t id,
                                   const char *server,
                                   guint notification,
                                   int64_t now,
                                   GError **error);
gboolean fika_reminders_fail (FikaStore *store, int64_t id, gboolean no_server, GError **error);
gboolean
fika_reminders_finish (FikaStore *store, int64_t id, FikaReminderState state, GError **error);
gboolean fika_reminders_snooze (FikaStore *store, int64_t id, int64_t until, GError **error);
gboolean fika_reminders_unsnooze (FikaStore *store,
                                  int64_t id,
                                  FikaReminderState state,
                                  int64_t due,
                                  GError **error);

const char *fika_reminder_kind_to_key (FikaReminderKind kind);
gboolean fika_reminder_kind_parse (const char *key, FikaReminderKind *kind);
void fika_reminder_get_standing (FikaReminder *self, FikaReminderStanding *standing);
gboolean fika_reminder_is_gone (FikaReminder *self);
gboolean fika_reminder_is_private (FikaReminder *self);
char *fika_reminder_dup_key (FikaReminder *self);

/* What is told besides plans, and when: as the last program that looked at the preferences found
 * it. Until one has, plans alone are told, at any hour. */
gboolean fika_store_has_reminder_policy (FikaStore *self);
void fika_store_get_reminder_policy (FikaStore *self, FikaDuePolicy *policy);
gboolean
fika_store_set_reminder_policy (FikaStore *self, const FikaDuePolicy *policy, GError **error);

char *fika_reminder_title (FikaReminder *self);
char *fika_reminder_body (FikaReminder *self, FikaStore *store);

const char *fika_reminder_state_to_key (FikaReminderState state);
gboolean fika_reminder_state_parse (const char *key, FikaReminderState *state);
const char *fika_reminder_outcome (FikaReminder *self);

G_END_DECLS
