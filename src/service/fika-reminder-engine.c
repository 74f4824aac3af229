#include "config.h"

#include "service/fika-reminder-engine.h"

#include "base/fika-error.h"
#include "base/fika-zone.h"
#include "service/fika-claims.h"
#include "service/fika-popups.h"
#include "service/fika-press.h"
#include "service/fika-reminder-card.h"
#include "service/fika-server-deaths.h"
#include "service/fika-take-over.h"
#include "service/fika-window-launcher.h"

/* How long to leave a row, or a server, alone after something failed, in seconds. */
#define RETRY_SECONDS 60

struct _FikaReminderEngine
{
  GObject parent_instance;

  FikaStore *store;
  FikaClock *clock;
  FikaNotifier *notifier;
  FikaPopups *popups;
  GPtrArray *tests; /* GTask whose data is the popup that they wait for */
  gboolean discreet;

  gboolean started;
  gboolean adopted; /* what an earlier run left on the screen has been looked at */
  gboolean looking; /* looking at the rows just now */
  FikaServerDeaths *deaths;
  char *server;       /* the last that was there */
  char *zone;         /* the zone that is "here" */
  int64_t not_before; /* UTC of the next try after a failure */
  int64_t looked;     /* UTC of the last look */
};

enum
{
  TELLING,
  MOVED,
  OPEN,
  LAUNCH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaReminderEngine, fika_reminder_engine, G_TYPE_OBJECT)

static void
retry_later (FikaReminderEngine *self, const char *what, const GError *error)
{
  g_message ("%s: %s", what, error->message);
  self->not_before = fika_clock_now (self->clock) + RETRY_SECONDS;
}

static gboolean
can_show (FikaReminderEngine *self)
{
  const FikaServerState *state = fika_notifier_get_state (self->notifier);

  return state->ready && state->reachable && !state->stuck;
}

/* Arms the clock for the next time that something can be done. */
static void
arm (FikaReminderEngine *self)
{
  int64_t now = fika_clock_now (self->clock);
  int64_t next = fika_reminders_next_due (self->store);

  if (next != FIKA_UTC_NONE && next <= now)
    {
      if (can_show (self))
        {
          next = self->not_before > now ? self->not_before : now + RETRY_SECONDS;
        }
      else
        {
          /* What is due now waits for the server's signal, not for a time; but with the next one a
           * server that can be started gets its next chance. */
          g_autoptr (GPtrArray) later = fika_reminders_upcoming (self->store, now + 1, 1, NULL);
          FikaReminder *first = later != NULL && later->len > 0 ? later->pdata[0] : NULL;

          next = first != NULL ? first->due : FIKA_UTC_NONE;
        }
    }

  if (next != FIKA_UTC_NONE && self->not_before > now)
    next = MAX (next, self->not_before);

  fika_clock_set_wake (self->clock, next);
}

/* Commits that a summary was told. */
static void
mark_summary (FikaReminderEngine *self, FikaPopup *popup)
{
  int64_t now = fika_clock_now (self->clock);

  for (guint i = 0; i < popup->rows->len; i++)
    {
      int64_t row = g_array_index (popup->rows, int64_t, i);
      g_autoptr (GError) error = NULL;

      if (popup->kind == FIKA_POPUP_MISSED)
        fika_reminders_finish (self->store, row, FIKA_REMINDER_MISSED, &error);
      else
        fika_reminders_set_shown (self->store, row, popup->server, 0, now, &error);
      if (error != NULL)
        retry_later (self, "A reminder that was told could not be marked", error);
    }
  g_array_set_size (popup->rows, 0);
}

static void
answer_tests (FikaReminderEngine *self, FikaPopup *popup, const GError *error)
{
  for (guint i = self->tests->len; i > 0; i--)
    {
      GTask *task = g_ptr_array_index (self->tests, i - 1);

      if (g_task_get_task_data (task) != popup)
        continue;
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
      g_ptr_array_remove_index (self->tests, i - 1);
    }
}

static void
popup_shown_cb (FikaReminderEngine *self, FikaPopup *popup)
{
  g_autoptr (GError) error = NULL;

  fika_server_deaths_end_pauses (self->deaths);
  switch (popup->kind)
    {
    case FIKA_POPUP_CARD:
      if (!fika_reminders_set_shown (self->store, fika_popup_get_row (popup), popup->server,
                                     popup->number, fika_clock_now (self->clock), &error))
        {
          /* An error leaves the row to its lease, and the popup can be pressed all the same. */
          if (error != NULL)
            retry_later (self, "A reminder that was told could not be marked", error);
          else
            fika_popups_withdraw (self->popups, popup);
        }
      break;

    case FIKA_POPUP_MISSED:
    case FIKA_POPUP_MORE:
      mark_summary (self, popup);
      break;

    case FIKA_POPUP_NOTICE:
      answer_tests (self, popup, NULL);
      break;

    default:
      g_assert_not_reached ();
    }

  g_signal_emit (self, signals[MOVED], 0);
  fika_reminder_engine_look (self);
}

static void
popup_failed_cb (FikaReminderEngine *self, FikaPopup *popup, const GError *error)
{
  gboolean died = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  gboolean no_server = died || g_error_matches (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_autoptr (GError) row_error = NULL;

  /* One that only starts when it is asked to is asked again; one that starts by itself is awaited.
   */
  if (!no_server)
    retry_later (self, "A notification could not be shown", error);
  else if (fika_notifier_get_state (self->notifier)->server == NULL)
    self->not_before = fika_clock_now (self->clock) + fika_server_deaths_pause (self->deaths);
  if (!fika_server_deaths_put_back (self->deaths, self->store, popup, no_server, died, &row_error))
    retry_later (self, "A reminder could not be put back", row_error);
  answer_tests (self, popup, error);

  fika_reminder_engine_look (self);
}

static void
popup_dismissed_cb (FikaReminderEngine *self, FikaPopup *popup)
{
  g_autoptr (GError) error = NULL;

  if (popup->kind == FIKA_POPUP_CARD
      && !fika_reminders_finish (self->store, fika_popup_get_row (popup), FIKA_REMINDER_DISMISSED,
                                 &error)
      && error != NULL)
    g_message ("A reminder that was dismissed could not be marked: %s", error->message);
  g_signal_emit (self, signals[MOVED], 0);
}

/* It left the screen, and nobody said anything: it can still be pressed where a server lists it,
 * unless it was answered elsewhere. */
static void
popup_expired_cb (FikaReminderEngine *self, FikaPopup *popup)
{
  const FikaReminderEvent event = { .type = FIKA_REMINDER_EXPIRED };
  g_autoptr (FikaReminder) row = NULL;
  FikaReminderStanding standing;
  FikaReminderStanding next;

  if (popup->kind != FIKA_POPUP_CARD)
    return;
  row = fika_reminders_get (self->store, fika_popup_get_row (popup), NULL);
  if (row != NULL)
    fika_reminder_get_standing (row, &standing);
  if (row == NULL || fika_reminder_step (&standing, &event, &next) == FIKA_REMINDER_REFUSED)
    fika_popups_forget (self->popups, popup);
}

static void
tell_failure (FikaReminderEngine *self, const GError *error)
{
  g_autofree char *token = fika_reminder_card_new_token ();
  g_autoptr (FikaPopup) popup = fika_popup_new (FIKA_POPUP_NOTICE, token);

  g_message ("What was pressed could not be done: %s", error->message);
  popup->notification = fika_reminder_card_new_failure (error);
  fika_popups_show (self->popups, popup);
}

static void
popup_pressed_cb (FikaReminderEngine *self,
                  FikaPopup *popup,
                  const char *verb,
                  const char *activation_token)
{
  g_autoptr (FikaReminder) row = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GError) error = NULL;

  if (popup->kind != FIKA_POPUP_CARD)
    {
      fika_popups_forget (self->popups, popup);
      g_signal_emit (self, signals[OPEN], 0, popup->key, activation_token);
      return;
    }

  /* Whatever was done in the window since counts. */
  fika_store_refresh (self->store);
  row = fika_press_find (self->store, fika_popup_get_row (popup), popup->token);
  if (row == NULL)
    {
      fika_popups_forget (self->popups, popup);
    }
  else if (!fika_press (self->store, row, verb, &uri, &error))
    {
      tell_failure (self, error);
    }
  else
    {
      fika_popups_forget (self->popups, popup);
      if (uri != NULL)
        g_signal_emit (self, signals[LAUNCH], 0, uri, popup->key, activation_token);
      else if (g_str_equal (verb, FIKA_NOTIFICATION_DEFAULT))
        g_signal_emit (self, signals[OPEN], 0, popup->key, activation_token);
    }

  g_signal_emit (self, signals[MOVED], 0);
  fika_reminder_engine_look (self);
}

/* A summary takes the place of an earlier one that is still on the screen, and counts what that
 * told. */
static void
show_summary (FikaReminderEngine *self,
              FikaPopupKind kind,
              const char *token,
              GArray *ids,
              guint n,
              GPtrArray *rows)
{
  g_autoptr (FikaPopup) popup = fika_popup_new (kind, token);
  FikaPopup *earlier = fika_popups_find_on_screen (self->popups, kind);

  g_array_append_vals (popup->rows, ids->data, ids->len);
  popup->count = n + (earlier != NULL ? earlier->count : 0);
  /* Where each of them is listed, unless there is but one. */
  popup->key = popup->count == 1 ? fika_reminder_dup_key (g_ptr_array_index (rows, 0))
                                 : g_strdup (FIKA_WINDOW_KEY_REMINDERS);
  popup->notification = fika_reminder_card_new_summary (
      rows, popup->count, kind == FIKA_POPUP_MISSED, self->store, self->discreet);
  if (earlier != NULL)
    {
      popup->notification->replaces = earlier->number;
      fika_popups_forget (self->popups, earlier);
    }
  fika_popups_show (self->popups, popup);
}

/* Takes back what was edited, deleted, logged or told elsewhere since it was put up. */
static void
withdraw_stale (FikaReminderEngine *self)
{
  g_autoptr (GPtrArray) popups = fika_popups_list (self->popups);

  for (guint i = 0; i < popups->len; i++)
    {
      FikaPopup *popup = g_ptr_array_index (popups, i);
      g_autoptr (FikaReminder) row = NULL;

      if (popup->kind != FIKA_POPUP_CARD)
        continue;
      row = fika_press_find (self->store, fika_popup_get_row (popup), popup->token);
      if (row == NULL || row->due != popup->due)
        fika_popups_withdraw (self->popups, popup);
    }
}

static void
show_due (FikaReminderEngine *self, FikaClaims *due)
{
  guint room = FIKA_POPUPS_MAX;

  if (due->missed_ids->len > 0)
    {
      show_summary (self, FIKA_POPUP_MISSED, due->token, due->missed_ids, due->n_missed,
                    due->missed);
      room--;
    }

  if (due->fresh->len > room)
    {
      g_autoptr (GPtrArray) rest = g_ptr_array_new ();
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));

      room--;
      for (guint i = room; i < due->fresh->len; i++)
        {
          FikaReminder *row = g_ptr_array_index (due->fresh, i);

          g_array_append_val (ids, row->id);
          g_ptr_array_add (rest, row);
        }
      show_summary (self, FIKA_POPUP_MORE, due->token, ids, ids->len, rest);
    }

  for (guint i = 0; i < MIN (room, due->fresh->len); i++)
    {
      g_autoptr (FikaPopup) popup = fika_reminder_card_new_popup (g_ptr_array_index (due->fresh, i),
                                                                  self->store, self->discreet);

      fika_popups_show (self->popups, popup);
    }
}

/* Tells everything that is due: each singly, or in a summary what is late and what is too much. */
static void
tell_due (FikaReminderEngine *self)
{
  int64_t now = fika_clock_now (self->clock);
  int64_t next = fika_reminders_next_due (self->store);
  g_autoptr (FikaClaims) due = NULL;
  g_autoptr (GError) error = NULL;

  if (!can_show (self) || now < self->not_before || next == FIKA_UTC_NONE || next > now)
    return;

  g_signal_emit (self, signals[TELLING], 0);
  due = fika_claims_new ();
  if (!fika_claims_take (due, self->store, self->popups, now, &error))
    retry_later (self, "The reminders could not be claimed", error);
  show_due (self, due);
}

static void
adopt (FikaReminderEngine *self)
{
  g_autoptr (GPtrArray) rows = fika_reminders_live (self->store, NULL);

  self->adopted = TRUE;

  if (rows == NULL || rows->len == 0)
    return;

  g_signal_emit (self, signals[TELLING], 0);
  fika_take_over (self->popups, self->store, rows, fika_notifier_get_state (self->notifier)->server,
                  fika_clock_now (self->clock), self->discreet);
}

static void
notifier_changed_cb (FikaReminderEngine *self)
{
  const FikaServerState *state = fika_notifier_get_state (self->notifier);

  if (!self->started || !state->ready)
    return;

  /* Another one; or none, but one that starts when it is asked to. */
  if (g_strcmp0 (state->server, self->server) != 0 && (state->server != NULL || state->reachable))
    {
      g_free (self->server);
      self->server = g_strdup (state->server);
      if (state->server != NULL)
        self->not_before = 0;
      if (self->adopted)
        {
          fika_store_refresh (self->store);
          withdraw_stale (self);
          fika_popups_show_again (self->popups);
        }
    }

  fika_reminder_engine_look (self);
}

static void
wake_cb (FikaReminderEngine *self)
{
  gboolean set_back = fika_clock_now (self->clock) < self->looked;
  g_autofree char *zone = NULL;

  fika_zone_forget_cached ();
  zone = fika_zone_local_name ();
  if (set_back)
    self->not_before = 0;
  /* What was worked out for a time that has not come yet is as wrong as for another zone. */
  if (set_back || g_strcmp0 (zone, self->zone) != 0)
    fika_reminder_engine_zone_changed (self);
  else
    fika_reminder_engine_look (self);
}

static void
fika_reminder_engine_dispose (GObject *object)
{
  FikaReminderEngine *self = FIKA_REMINDER_ENGINE (object);

  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);
  if (self->notifier != NULL)
    g_signal_handlers_disconnect_by_data (self->notifier, self);
  if (self->popups != NULL)
    g_signal_handlers_disconnect_by_data (self->popups, self);
  g_clear_object (&self->clock);
  g_clear_object (&self->notifier);
  g_clear_object (&self->popups);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (fika_reminder_engine_parent_class)->dispose (object);
}

static void
fika_reminder_engine_finalize (GObject *object)
{
  FikaReminderEngine *self = FIKA_REMINDER_ENGINE (object);

  g_ptr_array_unref (self->tests);
  fika_server_deaths_free (self->deaths);
  g_free (self->server);
  g_free (self->zone);

  G_OBJECT_CLASS (fika_reminder_engine_parent_class)->finalize (object);
}

static void
fika_reminder_engine_class_init (FikaReminderEngineClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fika_reminder_engine_dispose;
  object_class->finalize = fika_reminder_engine_finalize;

  signals[TELLING] = g_signal_new ("telling", FIKA_TYPE_REMINDER_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", FIKA_TYPE_REMINDER_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  signals[OPEN] = g_signal_new ("open", FIKA_TYPE_REMINDER_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[LAUNCH]
      = g_signal_new ("launch", FIKA_TYPE_REMINDER_ENGINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
fika_reminder_engine_init (FikaReminderEngine *self)
{
  self->tests = g_ptr_array_new_with_free_func (g_object_unref);
  self->deaths = fika_server_deaths_new ();
}

/**
 * fika_reminder_engine_new:
 * @store: the data; its clock becomes the engine's
 * @notifier: what shows notifications
 *
 * Returns: (transfer full): an engine that does nothing before fika_reminder_engine_start ()
 */
FikaReminderEngine *
fika_reminder_engine_new (FikaStore *store, FikaNotifier *notifier)
{
  FikaReminderEngine *self;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (FIKA_IS_NOTIFIER (notifier), NULL);

  self = g_object_new (FIKA_TYPE_REMINDER_ENGINE, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (fika_store_get_clock (store));
  self->notifier = g_object_ref (notifier);
  self->zone = fika_zone_local_name ();

  g_signal_connect_object (self->clock, "wake", G_CALLBACK (wake_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "changed", G_CALLBACK (notifier_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->popups = fika_popups_new (notifier);
  g_signal_connect_object (self->popups, "shown", G_CALLBACK (popup_shown_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popups, "failed", G_CALLBACK (popup_failed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popups, "pressed", G_CALLBACK (popup_pressed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popups, "dismissed", G_CALLBACK (popup_dismissed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popups, "expired", G_CALLBACK (popup_expired_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * fika_reminder_engine_start:
 * @self: an engine
 *
 * Catches up with what became due while no service ran, and goes on from there.
 */
void
fika_reminder_engine_start (FikaReminderEngine *self)
{
  g_return_if_fail (FIKA_IS_REMINDER_ENGINE (self));

  self->started = TRUE;
  notifier_changed_cb (self);
  arm (self);
}

/**
 * fika_reminder_engine_look:
 * @self: an engine
 *
 * Looks at the database: takes back what no longer holds, tells what is due, and arms the clock for
 * what comes next. It is always right to call it.
 */
void
fika_reminder_engine_look (FikaReminderEngine *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FIKA_IS_REMINDER_ENGINE (self));

  if (!self->started || self->looking)
    return;

  self->looking = TRUE;
  self->looked = fika_clock_now (self->clock);
  fika_store_refresh (self->store);
  if (!fika_store_roll (self->store, &error))
    retry_later (self, "The reminders to come could not be worked out", error);
  withdraw_stale (self);
  if (fika_notifier_get_state (self->notifier)->ready && !self->adopted)
    adopt (self);
  tell_due (self);
  arm (self);
  self->looking = FALSE;
}

/**
 * fika_reminder_engine_zone_changed:
 * @self: an engine
 *
 * The computer is in another time zone, or its rules are others: works out anew when things are.
 */
void
fika_reminder_engine_zone_changed (FikaReminderEngine *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (FIKA_IS_REMINDER_ENGINE (self));

  fika_zone_forget_cached ();
  fika_store_refresh (self->store);
  if (fika_store_zone_changed (self->store, &error))
    {
      g_free (self->zone);
      self->zone = fika_zone_local_name ();
    }
  else
    {
      retry_later (self, "The new time zone could not be applied", error);
    }

  fika_reminder_engine_look (self);
}

/**
 * fika_reminder_engine_set_discreet:
 * @self: an engine
 * @discreet: whether notifications give the time alone
 */
void
fika_reminder_engine_set_discreet (FikaReminderEngine *self, gboolean discreet)
{
  g_return_if_fail (FIKA_IS_REMINDER_ENGINE (self));

  self->discreet = discreet;
}

/**
 * fika_reminder_engine_get_next:
 * @self: an engine
 *
 * Returns: when the next reminder is due, in UTC seconds, or %FIKA_UTC_NONE
 */
int64_t
fika_reminder_engine_get_next (FikaReminderEngine *self)
{
  g_return_val_if_fail (FIKA_IS_REMINDER_ENGINE (self), FIKA_UTC_NONE);

  return fika_reminders_next_due (self->store);
}

/**
 * fika_reminder_engine_test_async:
 * @self: an engine
 * @callback: called when it is on the screen, or cannot be
 * @user_data: for @callback
 *
 * Shows a notification that is about nothing, so that a person sees whether reminders arrive.
 */
void
fika_reminder_engine_test_async (FikaReminderEngine *self,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autofree char *token = NULL;
  FikaPopup *popup;
  GTask *task;

  g_return_if_fail (FIKA_IS_REMINDER_ENGINE (self));

  token = fika_reminder_card_new_token ();
  popup = fika_popup_new (FIKA_POPUP_NOTICE, token);
  popup->notification = fika_reminder_card_new_test ();

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, fika_reminder_engine_test_async);
  g_task_set_task_data (task, popup, (GDestroyNotify) fika_popup_unref);
  g_ptr_array_add (self->tests, task);
  fika_popups_show (self->popups, popup);
}

/**
 * fika_reminder_engine_test_finish:
 * @self: an engine
 * @result: as the callback got it
 * @error: %FIKA_ERROR_NOT_FOUND where there is no server; else %FIKA_ERROR_FAILED
 *
 * Returns: whether it was shown
 */
gboolean
fika_reminder_engine_test_finish (FikaReminderEngine *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
