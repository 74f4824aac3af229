#include "config.h"

#include "service/fika-reminder-card.h"

#include "base/fika-when.h"

#include <glib/gi18n-lib.h>

#include <sys/random.h>

#define TOKEN_BYTES 16

/**
 * fika_reminder_card_new_token:
 *
 * Makes what tells the buttons of one notification from those of all others that ever were: 128
 * random bits as 32 hexadecimal digits.
 *
 * Returns: (transfer full): the token
 */
char *
fika_reminder_card_new_token (void)
{
  guint8 bytes[TOKEN_BYTES];
  GString *token = g_string_sized_new (2 * TOKEN_BYTES);

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    g_error ("The system gives no random numbers");

  for (guint i = 0; i < TOKEN_BYTES; i++)
    g_string_append_printf (token, "%02x", bytes[i]);

  return g_string_free (token, FALSE);
}

/**
 * fika_reminder_card_key:
 * @verb: what the button does
 * @token: of its notification
 *
 * Returns: (transfer full): the button's key on the bus
 */
char *
fika_reminder_card_key (const char *verb, const char *token)
{
  g_return_val_if_fail (verb != NULL, NULL);
  g_return_val_if_fail (token != NULL, NULL);

  return g_strconcat (verb, ":", token, NULL);
}

/**
 * fika_reminder_card_parse_key:
 * @key: a button's key as it came from the bus
 * @verb: (out) (transfer full): what the button does
 * @token: (out) (transfer full): of its notification
 *
 * Returns: whether it has the form of a key of ours; whose it is the token tells
 */
gboolean
fika_reminder_card_parse_key (const char *key, char **verb, char **token)
{
  const char *colon;

  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (verb != NULL && token != NULL, FALSE);

  colon = strchr (key, ':');
  if (colon == NULL || colon == key || strlen (colon + 1) != 2 * TOKEN_BYTES
      || strspn (colon + 1, "0123456789abcdef") != 2 * TOKEN_BYTES)
    return FALSE;

  *verb = g_strndup (key, colon - key);
  *token = g_strdup (colon + 1);

  return TRUE;
}

static FikaCivil
start_here (FikaReminder *reminder)
{
  return fika_zone_from_utc (FIKA_ZONE_HERE, reminder->start);
}

/* What says nothing of whom or what it is. */
static const char *
discreet_title (FikaReminder *reminder)
{
  switch (reminder->kind)
    {
    case FIKA_REMINDER_PLAN:
      return _ ("Time with someone");
    case FIKA_REMINDER_ASKED:
      return _ ("Did it happen?");
    case FIKA_REMINDER_DIGEST:
      return _ ("Your day");
    case FIKA_REMINDER_OCCASION:
    case FIKA_REMINDER_TOPIC:
    case FIKA_REMINDER_PROMISE:
    case FIKA_REMINDER_STEP:
    default:
      return _ ("Something to think of");
    }
}

/* When it is: the day and time of a plan, the day of what belongs to one. */
static char *
dup_start (FikaReminder *reminder, FikaStore *store)
{
  FikaWindow window;

  if (reminder->occurrence == NULL)
    return reminder->day != FIKA_DAY_NONE ? fika_when_day (reminder->day, fika_store_today (store))
                                          : g_strdup ("");

  window = fika_plan_get_window (fika_occurrence_get_plan (reminder->occurrence));

  return fika_when_day_and_time (start_here (reminder), window, fika_store_today (store));
}

/**
 * fika_reminder_card_new:
 * @reminder: a reminder whose plan is there
 * @store: its store
 * @token: what its buttons are known by
 * @discreet: whether to say nothing but the time
 *
 * Returns: (transfer full): the call card
 */
FikaNotification *
fika_reminder_card_new (FikaReminder *reminder,
                        FikaStore *store,
                        const char *token,
                        gboolean discreet)
{
  g_autofree char *tag = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX];
  FikaNotification *card;
  guint n_actions;

  g_return_val_if_fail (reminder != NULL && !fika_reminder_is_gone (reminder), NULL);
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (token != NULL, NULL);

  tag = g_strdup_printf ("fika-%" G_GINT64_FORMAT, reminder->id);
  if (discreet || fika_reminder_is_private (reminder))
    {
      title = g_strdup (discreet_title (reminder));
      body = dup_start (reminder, store);
    }
  else
    {
      title = fika_reminder_title (reminder);
      body = fika_reminder_body (reminder, store);
    }

  card = fika_notification_new (tag, title, body);
  fika_notification_add_button (card, FIKA_NOTIFICATION_DEFAULT, _ ("Open"));
  n_actions = fika_reminder_actions (reminder, actions);
  for (guint i = 0; i < n_actions; i++)
    {
      g_autofree char *key
          = fika_reminder_card_key (fika_reminder_action_to_key (actions[i]), token);

      fika_notification_add_button (card, key, fika_reminder_action_label (actions[i]));
    }

  return card;
}

/**
 * fika_reminder_card_new_popup:
 * @reminder: a reminder that was claimed, whose plan is there
 * @store: its store
 * @discreet: whether to say nothing but the time
 *
 * Returns: (transfer full): a popup with the call card, ready to be shown
 */
FikaPopup *
fika_reminder_card_new_popup (FikaReminder *reminder, FikaStore *store, gboolean discreet)
{
  FikaPopup *popup;

  g_return_val_if_fail (reminder != NULL && !fika_reminder_is_gone (reminder), NULL);

  popup = fika_popup_new (FIKA_POPUP_CARD, reminder->token);
  fika_popup_add_row (popup, reminder->id);
  popup->due = reminder->due;
  popup->key = fika_reminder_dup_key (reminder);
  popup->notification = fika_reminder_card_new (reminder, store, reminder->token, discreet);

  return popup;
}

/* "Call with Ada: yesterday, 17:00" */
static char *
summary_line (FikaReminder *reminder, FikaStore *store)
{
  g_autofree char *title = NULL;
  g_autofree char *short_title = NULL;
  g_autofree char *when = NULL;

  if (reminder->occurrence == NULL && !fika_reminder_is_private (reminder))
    {
      title = fika_reminder_title (reminder);
      return fika_notification_clean_title (title);
    }
  title = fika_reminder_is_private (reminder)
              ? g_strdup (discreet_title (reminder))
              : fika_plan_dup_display_title (fika_occurrence_get_plan (reminder->occurrence));
  short_title = fika_notification_clean_title (title);
  when = dup_start (reminder, store);

  /* Translators: what was planned, and when it starts: "Call with Ada: Sunday, 17:00". */
  return g_strdup_printf (C_ ("reminder", "%s: %s"), short_title, when);
}

/**
 * fika_reminder_card_new_summary:
 * @reminders: (element-type FikaReminder): the ones to name, the newest last
 * @count: how many there are in all
 * @missed: whether they are past, rather than more than can be shown singly just now
 * @store: their store
 * @discreet: whether to name none
 *
 * Tells many at once, so that nobody comes back to a burst.
 *
 * Returns: (transfer full): one notification for all of them
 */
FikaNotification *
fika_reminder_card_new_summary (GPtrArray *reminders,
                                guint count,
                                gboolean missed,
                                FikaStore *store,
                                gboolean discreet)
{
  g_autoptr (GString) body = g_string_new (NULL);
  FikaNotification *card;
  guint named = 0;

  g_return_val_if_fail (reminders != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  if (!discreet)
    {
      guint first = reminders->len > FIKA_SUMMARY_LINES ? reminders->len - FIKA_SUMMARY_LINES : 0;

      for (guint i = first; i < reminders->len; i++)
        {
          g_autofree char *line = summary_line (g_ptr_array_index (reminders, i), store);

          /* With a mark each, since desktops run the lines of a folded notification together. */
          g_string_append_printf (body, "%s%s%s", named > 0 ? "\n" : "", count > 1 ? "• " : "",
                                  line);
          named++;
        }
    }

  if (named == 0)
    g_string_append_printf (body, g_dngettext (GETTEXT_PACKAGE, "%u plan", "%u plans", count),
                            count);
  else if (count > named)
    {
      g_string_append_c (body, '\n');
      g_string_append_printf (
          body, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", count - named),
          count - named);
    }

  card = fika_notification_new (missed ? "fika-missed" : "fika-more",
                                missed ? _ ("While you were away") : _ ("Also now"), body->str);
  fika_notification_add_button (card, FIKA_NOTIFICATION_DEFAULT, _ ("Open"));

  return card;
}

/**
 * fika_reminder_card_new_test:
 *
 * Returns: (transfer full): what shows that reminders arrive
 */
FikaNotification *
fika_reminder_card_new_test (void)
{
  FikaNotification *card
      = fika_notification_new ("fika-test", _ ("Reminders reach you"),
                               _ ("This is how Fika will remind you of your plans."));

  fika_notification_add_button (card, FIKA_NOTIFICATION_DEFAULT, _ ("Open"));

  return card;
}

/**
 * fika_reminder_card_new_failure:
 * @error: why something that was pressed could not be done, in plain words
 *
 * Returns: (transfer full): what tells it
 */
FikaNotification *
fika_reminder_card_new_failure (const GError *error)
{
  FikaNotification *card;

  g_return_val_if_fail (error != NULL, NULL);

  card = fika_notification_new ("fika-failure", _ ("That could not be saved"), error->message);
  fika_notification_add_button (card, FIKA_NOTIFICATION_DEFAULT, _ ("Open"));

  return card;
}
