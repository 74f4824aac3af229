#include "config.h"

#include "service/fika-popups.h"

#include "base/fika-error.h"
#include "plan/fika-reminder-machine.h"
#include "service/fika-reminder-card.h"

/* Put up again after its server was restarted; but a server that dies of it is spared. As many as
 * may be lost to another that servers die of, and two more. */
#define SHOWS_MAX (FIKA_REMINDER_ATTEMPTS + 2)

/* How many that left the screen are still known, should a server bring one back. */
#define PUT_AWAY_MAX 50

/* How many signals are kept that outran the answer to the call that they are about. */
#define EARLY_MAX 16

struct _FikaPopups
{
  GObject parent_instance;

  FikaNotifier *notifier;
  GPtrArray *popups; /* FikaPopup, oldest first */
  GArray *early;     /* Early: of numbers that are not known yet */
  GArray *leaving;   /* guint: numbers forgotten here that their server has yet to close */
};

enum
{
  SHOWN,
  FAILED,
  PRESSED,
  DISMISSED,
  EXPIRED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FikaPopups, fika_popups, G_TYPE_OBJECT)

typedef struct
{
  guint number;
  guint reason; /* 0 = it was pressed */
  char *activation_token;
} Early;

typedef struct
{
  FikaPopups *self;
  FikaPopup *popup;
} Showing;

static void
early_clear (gpointer data)
{
  Early *early = data;

  g_free (early->activation_token);
}

static const char *
server_now (FikaPopups *self)
{
  return fika_notifier_get_state (self->notifier)->server;
}

static gboolean
is_at_server_now (FikaPopups *self, FikaPopup *popup)
{
  return popup->number != 0 && popup->server != NULL
         && g_strcmp0 (popup->server, server_now (self)) == 0;
}

static guint
count (FikaPopups *self, FikaPopupState state)
{
  guint n = 0;

  for (guint i = 0; i < self->popups->len; i++)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i);

      n += popup->state == state;
    }

  return n;
}

static FikaPopup *
oldest (FikaPopups *self, FikaPopupState state)
{
  for (guint i = 0; i < self->popups->len; i++)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i);

      if (popup->state == state)
        return popup;
    }

  return NULL;
}

static FikaPopup *
find_token (FikaPopups *self, const char *token)
{
  for (guint i = 0; i < self->popups->len; i++)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i);

      if (g_str_equal (popup->token, token))
        return popup;
    }

  return NULL;
}

static FikaPopup *
find_number (FikaPopups *self, guint number)
{
  for (guint i = self->popups->len; i > 0; i--)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i - 1);

      if (popup->number == number && popup->state != FIKA_POPUP_POSTING
          && is_at_server_now (self, popup))
        return popup;
    }

  return NULL;
}

/* TRUE when it was among them. */
static gboolean
take_leaving (FikaPopups *self, guint number)
{
  for (guint i = 0; i < self->leaving->len; i++)
    {
      if (g_array_index (self->leaving, guint, i) == number)
        {
          g_array_remove_index (self->leaving, i);
          return TRUE;
        }
    }

  return FALSE;
}

static void
put_away (FikaPopups *self, FikaPopup *popup)
{
  popup->state = FIKA_POPUP_PUT_AWAY;
  while (count (self, FIKA_POPUP_PUT_AWAY) > PUT_AWAY_MAX)
    g_ptr_array_remove (self->popups, oldest (self, FIKA_POPUP_PUT_AWAY));
}

static void
handle_pressed (FikaPopups *self, FikaPopup *popup, const char *verb, const char *activation_token)
{
  g_autoptr (FikaPopup) held = fika_popup_ref (popup);

  g_signal_emit (self, signals[PRESSED], 0, popup, verb, activation_token);

  /* What was done stays on no screen, also where the server leaves it there. */
  if (popup->withdrawn && popup->state == FIKA_POPUP_ON_SCREEN && is_at_server_now (self, popup))
    fika_notifier_close (self->notifier, popup->number);
}

static void
handle_closed (FikaPopups *self, FikaPopup *popup, guint reason)
{
  g_autoptr (FikaPopup) held = fika_popup_ref (popup);

  if (reason == FIKA_CLOSED_DISMISSED)
    {
      popup->withdrawn = TRUE;
      g_ptr_array_remove (self->popups, popup);
      g_signal_emit (self, signals[DISMISSED], 0, popup);
    }
  else
    {
      /* Nobody said anything: it stays told and unanswered. */
      put_away (self, popup);
      g_signal_emit (self, signals[EXPIRED], 0, popup);
    }
}

static void
replay_early (FikaPopups *self, FikaPopup *popup)
{
  for (guint i = 0; i < self->early->len; i++)
    {
      Early *early = &g_array_index (self->early, Early, i);

      if (early->number != popup->number || popup->withdrawn)
        continue;
      if (early->reason == 0)
        handle_pressed (self, popup, FIKA_NOTIFICATION_DEFAULT, early->activation_token);
      else
        handle_closed (self, popup, early->reason);
    }
}

static void
remember_early (FikaPopups *self, guint number, guint reason, const char *activation_token)
{
  Early early = { number, reason, NULL };

  if (count (self, FIKA_POPUP_POSTING) == 0 || self->early->len >= EARLY_MAX)
    return;

  early.activation_token = g_strdup (activation_token);
  g_array_append_val (self->early, early);
}

static void
handle_failed (FikaPopups *self, FikaPopup *popup, const GError *error)
{
  if (popup->withdrawn)
    return;

  if (popup->shows > 0)
    {
      /* Told before; it comes again when a server does. */
      popup->state = FIKA_POPUP_ON_SCREEN;
      fika_popup_set_number (popup, 0, NULL);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
        popup->shows++;
      else if (!g_error_matches (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
        put_away (self, popup);
      return;
    }

  popup->withdrawn = TRUE;
  g_ptr_array_remove (self->popups, popup);
  g_signal_emit (self, signals[FAILED], 0, popup, error);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Showing *showing = user_data;
  g_autoptr (FikaPopups) self = showing->self;
  g_autoptr (FikaPopup) popup = showing->popup;
  g_autofree char *server = NULL;
  g_autoptr (GError) error = NULL;
  guint number;

  g_free (showing);

  if (!fika_notifier_show_finish (FIKA_NOTIFIER (source), result, &number, &server, &error))
    {
      handle_failed (self, popup, error);
    }
  else
    {
      fika_popup_set_number (popup, number, server);
      popup->state = FIKA_POPUP_ON_SCREEN;
      popup->shows++;
      take_leaving (self, number);
      if (popup->withdrawn)
        {
          if (is_at_server_now (self, popup))
            fika_notifier_close (self->notifier, number);
        }
      else
        {
          g_signal_emit (self, signals[SHOWN], 0, popup);
          replay_early (self, popup);
        }
    }

  if (count (self, FIKA_POPUP_POSTING) == 0)
    g_array_set_size (self->early, 0);
}

static void
post (FikaPopups *self, FikaPopup *popup)
{
  Showing *showing = g_new0 (Showing, 1);
  FikaPopup *old;

  popup->state = FIKA_POPUP_POSTING;

  while (count (self, FIKA_POPUP_POSTING) + count (self, FIKA_POPUP_ON_SCREEN) > FIKA_POPUPS_MAX
         && (old = oldest (self, FIKA_POPUP_ON_SCREEN)) != NULL)
    {
      if (is_at_server_now (self, old))
        fika_notifier_close (self->notifier, old->number);
      put_away (self, old);
    }

  showing->self = g_object_ref (self);
  showing->popup = fika_popup_ref (popup);
  fika_notifier_show_async (self->notifier, popup->notification, shown_cb, showing);
}

static void
post_again (FikaPopups *self, FikaPopup *popup, guint replaces)
{
  FikaNotification *notification = fika_notification_copy (popup->notification, replaces);

  fika_notification_unref (popup->notification);
  popup->notification = notification;
  post (self, popup);
}

static void
action_cb (FikaPopups *self, guint number, const char *key, const char *activation_token)
{
  FikaPopup *popup;

  if (g_str_equal (key, FIKA_NOTIFICATION_DEFAULT))
    {
      popup = find_number (self, number);
      if (popup != NULL)
        handle_pressed (self, popup, key, activation_token);
      else
        remember_early (self, number, 0, activation_token);
    }
  else
    {
      g_autoptr (FikaPopup) held = NULL;
      g_autofree char *verb = NULL;
      g_autofree char *token = NULL;

      /* The token says whose it is; the number may not be known yet, or be another's by now. */
      if (!fika_reminder_card_parse_key (key, &verb, &token))
        return;
      popup = find_token (self, token);
      if (popup == NULL)
        return;
      held = fika_popup_ref (popup);
      handle_pressed (self, popup, verb, activation_token);
      /* An earlier run died before it learnt this number; what was put up since goes with it. */
      if (popup->withdrawn && popup->number != number && is_at_server_now (self, popup))
        fika_notifier_close (self->notifier, popup->number);
    }
}

static void
closed_cb (FikaPopups *self, guint number, guint reason)
{
  FikaPopup *popup;

  if (take_leaving (self, number))
    return;

  popup = find_number (self, number);
  if (popup != NULL)
    handle_closed (self, popup, reason);
  else
    remember_early (self, number, reason, NULL);
}

/* Whether a popup that an earlier run had on the screen is on its way there again. */
static gboolean
is_posted_again (FikaPopups *self, guint number)
{
  for (guint i = 0; i < self->popups->len; i++)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i);

      if (popup->state == FIKA_POPUP_POSTING && popup->number == number
          && is_at_server_now (self, popup))
        return TRUE;
    }

  return FALSE;
}

/* Only what comes from now on is about what this number was given for. Before, one that was put up
 * again may have been pressed, but that it was closed is overtaken by its being there. */
static void
numbered_cb (FikaPopups *self, guint number)
{
  gboolean again = is_posted_again (self, number);

  for (guint i = self->early->len; i > 0; i--)
    {
      const Early *early = &g_array_index (self->early, Early, i - 1);

      if (early->number == number && !(again && early->reason == 0))
        g_array_remove_index (self->early, i - 1);
    }
}

static void
fika_popups_dispose (GObject *object)
{
  FikaPopups *self = FIKA_POPUPS (object);

  if (self->notifier != NULL)
    g_signal_handlers_disconnect_by_data (self->notifier, self);
  g_clear_object (&self->notifier);

  G_OBJECT_CLASS (fika_popups_parent_class)->dispose (object);
}

static void
fika_popups_finalize (GObject *object)
{
  FikaPopups *self = FIKA_POPUPS (object);

  g_ptr_array_unref (self->popups);
  g_array_unref (self->early);
  g_array_unref (self->leaving);

  G_OBJECT_CLASS (fika_popups_parent_class)->finalize (object);
}

static void
fika_popups_class_init (FikaPopupsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = fika_popups_dispose;
  object_class->finalize = fika_popups_finalize;

  signals[SHOWN] = g_signal_new ("shown", FIKA_TYPE_POPUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, FIKA_TYPE_POPUP | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[FAILED] = g_signal_new (
      "failed", FIKA_TYPE_POPUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
      FIKA_TYPE_POPUP | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[PRESSED] = g_signal_new (
      "pressed", FIKA_TYPE_POPUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
      FIKA_TYPE_POPUP | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_STRING, G_TYPE_STRING);
  signals[DISMISSED]
      = g_signal_new ("dismissed", FIKA_TYPE_POPUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, FIKA_TYPE_POPUP | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[EXPIRED]
      = g_signal_new ("expired", FIKA_TYPE_POPUPS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 1, FIKA_TYPE_POPUP | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
fika_popups_init (FikaPopups *self)
{
  self->popups = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_popup_unref);
  self->early = g_array_new (FALSE, FALSE, sizeof (Early));
  g_array_set_clear_func (self->early, early_clear);
  self->leaving = g_array_new (FALSE, FALSE, sizeof (guint));
}

/**
 * fika_popups_new:
 * @notifier: what shows notifications
 *
 * Returns: (transfer full): no popups yet
 */
FikaPopups *
fika_popups_new (FikaNotifier *notifier)
{
  FikaPopups *self;

  g_return_val_if_fail (FIKA_IS_NOTIFIER (notifier), NULL);

  self = g_object_new (FIKA_TYPE_POPUPS, NULL);
  self->notifier = g_object_ref (notifier);
  g_signal_connect_object (notifier, "action", G_CALLBACK (action_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notifier, "numbered", G_CALLBACK (numbered_cb), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * fika_popups_show:
 * @self: the popups
 * @popup: a new one, with its notification
 *
 * Puts it on the screen; where that makes too many, the oldest leaves it.
 */
void
fika_popups_show (FikaPopups *self, FikaPopup *popup)
{
  g_return_if_fail (FIKA_IS_POPUPS (self));
  g_return_if_fail (popup != NULL && popup->notification != NULL);

  g_ptr_array_add (self->popups, fika_popup_ref (popup));
  post (self, popup);
}

/**
 * fika_popups_adopt:
 * @self: the popups
 * @popup: one that an earlier run of the service put up; its number is set where its server still
 * runs
 * @show: whether to put it up again, in its own place where it has one
 *
 * Knows a popup again, so that its buttons work.
 */
void
fika_popups_adopt (FikaPopups *self, FikaPopup *popup, gboolean show)
{
  g_return_if_fail (FIKA_IS_POPUPS (self));
  g_return_if_fail (popup != NULL && popup->notification != NULL);

  popup->shows = 1;
  g_ptr_array_add (self->popups, fika_popup_ref (popup));
  if (!show)
    put_away (self, popup);
  else if (server_now (self) != NULL)
    post_again (self, popup, popup->number);
  else
    popup->state = FIKA_POPUP_ON_SCREEN;
}

/**
 * fika_popups_show_again:
 * @self: the popups
 *
 * The server is another than the one that showed them, or there is none, but one can be started:
 * puts them up there, and forgets those that had left the screen.
 */
void
fika_popups_show_again (FikaPopups *self)
{
  g_autoptr (GPtrArray) popups = NULL;

  g_return_if_fail (FIKA_IS_POPUPS (self));

  /* Whatever these numbers were about, at this server they are another's. */
  g_array_set_size (self->leaving, 0);
  g_array_set_size (self->early, 0);

  popups = fika_popups_list (self);
  for (guint i = 0; i < popups->len; i++)
    {
      FikaPopup *popup = g_ptr_array_index (popups, i);

      if (popup->state == FIKA_POPUP_POSTING || is_at_server_now (self, popup))
        continue;
      if (popup->state == FIKA_POPUP_PUT_AWAY || popup->shows >= SHOWS_MAX)
        fika_popups_forget (self, popup);
      else
        post_again (self, popup, 0);
    }
}

/**
 * fika_popups_withdraw:
 * @self: the popups
 * @popup: one of them
 *
 * Takes it off the screen and forgets it.
 */
void
fika_popups_withdraw (FikaPopups *self, FikaPopup *popup)
{
  g_return_if_fail (FIKA_IS_POPUPS (self));
  g_return_if_fail (popup != NULL);

  if (popup->state != FIKA_POPUP_POSTING && is_at_server_now (self, popup))
    fika_notifier_close (self->notifier, popup->number);
  fika_popups_forget (self, popup);
}

/**
 * fika_popups_forget:
 * @self: the popups
 * @popup: one of them
 *
 * Forgets one that its server takes off the screen by itself, since it was pressed.
 */
void
fika_popups_forget (FikaPopups *self, FikaPopup *popup)
{
  g_return_if_fail (FIKA_IS_POPUPS (self));
  g_return_if_fail (popup != NULL);

  popup->withdrawn = TRUE;
  if (popup->state == FIKA_POPUP_ON_SCREEN && is_at_server_now (self, popup))
    {
      g_array_append_val (self->leaving, popup->number);
      if (self->leaving->len > EARLY_MAX)
        g_array_remove_index (self->leaving, 0);
    }
  g_ptr_array_remove (self->popups, popup);
}

/**
 * fika_popups_find_row:
 * @self: the popups
 * @row: the id of a reminder
 *
 * Returns: (transfer none) (nullable): the newest popup that tells it
 */
FikaPopup *
fika_popups_find_row (FikaPopups *self, int64_t row)
{
  g_return_val_if_fail (FIKA_IS_POPUPS (self), NULL);

  for (guint i = self->popups->len; i > 0; i--)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i - 1);

      if (fika_popup_has_row (popup, row))
        return popup;
    }

  return NULL;
}

/**
 * fika_popups_find_on_screen:
 * @self: the popups
 * @kind: a kind
 *
 * Returns: (transfer none) (nullable): the newest of that kind that the server of now shows
 */
FikaPopup *
fika_popups_find_on_screen (FikaPopups *self, FikaPopupKind kind)
{
  g_return_val_if_fail (FIKA_IS_POPUPS (self), NULL);

  for (guint i = self->popups->len; i > 0; i--)
    {
      FikaPopup *popup = g_ptr_array_index (self->popups, i - 1);

      if (popup->kind == kind && popup->state == FIKA_POPUP_ON_SCREEN
          && is_at_server_now (self, popup))
        return popup;
    }

  return NULL;
}

/**
 * fika_popups_list:
 * @self: the popups
 *
 * Returns: (transfer full) (element-type FikaPopup): those that are known now, oldest first
 */
GPtrArray *
fika_popups_list (FikaPopups *self)
{
  GPtrArray *list;

  g_return_val_if_fail (FIKA_IS_POPUPS (self), NULL);

  list = g_ptr_array_new_full (self->popups->len, (GDestroyNotify) fika_popup_unref);
  for (guint i = 0; i < self->popups->len; i++)
    g_ptr_array_add (list, fika_popup_ref (g_ptr_array_index (self->popups, i)));

  return list;
}
