#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * What will be told and what was: the rows of the machine's `reminder` table. The store makes them in
 * the transaction that touches a plan; only the service moves them on.
 */

typedef enum {
  FIKA_REMINDER_PENDING,
  FIKA_REMINDER_POSTING,
  FIKA_REMINDER_SHOWN,
  FIKA_REMINDER_DONE,
  FIKA_REMINDER_DISMISSED,
  FIKA_REMINDER_MISSED,
} FikaReminderState;

/**
 * FikaReminder: one notification for one occurrence at one lead. Instants are UTC seconds.
 */
typedef struct {
  int64_t id;
  FikaOccurrence *occurrence; /* owned; NULL where the plan is gone */
  int lead;
  int64_t start;
  int64_t due;
  FikaReminderState state;
  char *server;
  guint notification;
  char *token;
  int attempts;
  int64_t shown_at;
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
FikaReminder *fika_reminders_get (FikaStore *store, int64_t id, GError **error);

/* Moves; each its own unlogged transaction, each FALSE without error when the row was not in the
 * state that it starts from (another process was faster, or the plan is gone). */
gboolean fika_reminders_claim (FikaStore *store,
                               int64_t id,
                               int64_t now,
                               const char *token,
                               GError **error);
gboolean fika_reminders_set_shown (FikaStore *store,
                                   int64_t id,
                                   const char *server,
                                   guint notification,
                                   int64_t now,
                                   GError **error);
gboolean fika_reminders_release (FikaStore *store, int64_t id, GError **error);
gboolean fika_reminders_finish (FikaStore *store,
                                int64_t id,
                                FikaReminderState state,
                                GError **error);
gboolean fika_reminders_snooze (FikaStore *store, int64_t id, int64_t until, GError **error);

char *fika_reminder_title (FikaReminder *self);
char *fika_reminder_body (FikaReminder *self, FikaStore *store);

const char *fika_reminder_state_to_key (FikaReminderState state);
const char *fika_reminder_outcome (FikaReminder *self);

G_END_DECLS
