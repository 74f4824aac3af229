#include "config.h"

#include "command/fika-reminder-actions.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *key;
  const char *label;
} names[FIKA_N_REMINDER_ACTIONS] = {
  [FIKA_REMINDER_CALL] = { "call", NC_ ("reminder", "Call") },
  [FIKA_REMINDER_JOIN] = { "join", NC_ ("reminder", "Join") },
  [FIKA_REMINDER_DIRECTIONS] = { "directions", NC_ ("reminder", "Directions") },
  [FIKA_REMINDER_MESSAGE] = { "message", NC_ ("reminder", "Message") },
  [FIKA_REMINDER_LOG] = { "log", NC_ ("reminder", "Log") },
  [FIKA_REMINDER_YES] = { "yes", NC_ ("reminder", "Yes") },
  [FIKA_REMINDER_NO] = { "no", NC_ ("reminder", "No") },
  [FIKA_REMINDER_CLOSE] = { "close", NC_ ("reminder", "Done") },
  [FIKA_REMINDER_SNOOZE] = { "snooze", NC_ ("reminder", "Snooze") },
};

/**
 * fika_reminder_action_to_key:
 * @action: an action
 *
 * Returns: (transfer none): its stable key
 */
const char *
fika_reminder_action_to_key (FikaReminderAction action)
{
  g_return_val_if_fail (action < FIKA_N_REMINDER_ACTIONS, NULL);

  return names[action].key;
}

/**
 * fika_reminder_action_parse:
 * @key: a key, or anything else
 * @action: (out): where to put the action
 *
 * Returns: whether @key is one
 */
gboolean
fika_reminder_action_parse (const char *key, FikaReminderAction *action)
{
  g_return_val_if_fail (key != NULL, FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  for (guint i = 0; i < FIKA_N_REMINDER_ACTIONS; i++)
    {
      if (g_str_equal (key, names[i].key))
        {
          *action = i;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fika_reminder_action_label:
 * @action: an action
 *
 * Returns: (transfer none): what its button says, translated
 */
const char *
fika_reminder_action_label (FikaReminderAction action)
{
  g_return_val_if_fail (action < FIKA_N_REMINDER_ACTIONS, NULL);

  return g_dpgettext2 (GETTEXT_PACKAGE, "reminder", names[action].label);
}

#define BIT(action) (1u << (action))
#define NO_WAY FIKA_N_REMINDER_ACTIONS

/* What each kind would rather have, best first. */
static const FikaReminderAction ways_of_voice[] = {
  FIKA_REMINDER_CALL,
  FIKA_REMINDER_JOIN,
  FIKA_REMINDER_MESSAGE,
  NO_WAY,
};
static const FikaReminderAction ways_of_video[] = {
  FIKA_REMINDER_JOIN,
  FIKA_REMINDER_CALL,
  FIKA_REMINDER_MESSAGE,
  NO_WAY,
};
static const FikaReminderAction ways_of_text[] = {
  FIKA_REMINDER_MESSAGE,
  FIKA_REMINDER_JOIN,
  FIKA_REMINDER_CALL,
  NO_WAY,
};
static const FikaReminderAction ways_together[] = {
  FIKA_REMINDER_DIRECTIONS, FIKA_REMINDER_JOIN, FIKA_REMINDER_CALL, FIKA_REMINDER_MESSAGE, NO_WAY,
};

/**
 * fika_reminder_choose_way:
 * @kind: of a plan
 * @ways: a set of those that are open to it: bits (1 << action)
 * @way: (out): the one that fits best
 *
 * Returns: whether any fits
 */
gboolean
fika_reminder_choose_way (FikaKind kind, guint ways, FikaReminderAction *way)
{
  const FikaReminderAction *order = ways_together;

  g_return_val_if_fail (way != NULL, FALSE);

  switch (fika_kind_channel (kind))
    {
    case FIKA_CHANNEL_VOICE:
      order = ways_of_voice;
      break;
    case FIKA_CHANNEL_VIDEO:
      order = ways_of_video;
      break;
    case FIKA_CHANNEL_TEXT:
      order = ways_of_text;
      break;
    case FIKA_CHANNEL_TOGETHER:
    default:
      break;
    }

  for (; *order != NO_WAY; order++)
    {
      if ((ways & BIT (*order)) != 0)
        {
          *way = *order;
          return TRUE;
        }
    }

  return FALSE;
}

/**
 * fika_reminder_choose:
 * @kind: of a reminder
 * @has_way: whether there is a way to whom it is about
 * @way: that way
 * @actions: (out) (array fixed-size=3): what to offer, in the order of the buttons
 *
 * Returns: how many they are
 */
guint
fika_reminder_choose (FikaReminderKind kind,
                      gboolean has_way,
                      FikaReminderAction way,
                      FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX])
{
  guint n = 0;

  g_return_val_if_fail (actions != NULL, 0);

  if (has_way && kind != FIKA_REMINDER_ASKED && kind != FIKA_REMINDER_DIGEST)
    actions[n++] = way;

  switch (kind)
    {
    case FIKA_REMINDER_ASKED:
      actions[n++] = FIKA_REMINDER_YES;
      actions[n++] = FIKA_REMINDER_NO;
      break;

    case FIKA_REMINDER_OCCASION:
    case FIKA_REMINDER_STEP:
      actions[n++] = FIKA_REMINDER_SNOOZE;
      break;

    case FIKA_REMINDER_TOPIC:
    case FIKA_REMINDER_PROMISE:
      actions[n++] = FIKA_REMINDER_CLOSE;
      actions[n++] = FIKA_REMINDER_SNOOZE;
      break;

    case FIKA_REMINDER_DIGEST:
      break;

    case FIKA_REMINDER_PLAN:
    default:
      actions[n++] = FIKA_REMINDER_LOG;
      actions[n++] = FIKA_REMINDER_SNOOZE;
      break;
    }

  return n;
}

/* Whom a reminder is about. (transfer container) */
static GPtrArray *
list_people (FikaReminder *self)
{
  GPtrArray *people = g_ptr_array_new ();

  if (self->occurrence != NULL)
    g_ptr_array_extend (people, fika_plan_get_people (fika_occurrence_get_plan (self->occurrence)),
                        NULL, NULL);
  else if (self->person != NULL)
    g_ptr_array_add (people, self->person);

  return people;
}

static FikaGroup *
find_group (FikaReminder *self)
{
  if (self->occurrence != NULL)
    return fika_plan_get_group (fika_occurrence_get_plan (self->occurrence));

  return self->group;
}

static char *
dup_preferred_uri (FikaPerson *person, guint kinds)
{
  GPtrArray *contacts = fika_person_get_contacts (person);

  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *uri = NULL;

      if (!contact->preferred || (kinds & BIT (contact->kind)) == 0)
        continue;
      uri = fika_contact_to_uri (contact);
      if (uri != NULL)
        return g_steal_pointer (&uri);
    }

  return NULL;
}

static char *
dup_contact_uri (FikaPerson *person, FikaContactKind kind)
{
  const FikaContact *contact = fika_person_find_contact (person, kind);

  return contact != NULL ? fika_contact_to_uri (contact) : NULL;
}

static char *
dup_text_uri (FikaContactKind kind, const char *text)
{
  g_autoptr (FikaContact) contact = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  contact = fika_contact_new (kind, "", text);

  return fika_contact_to_uri (contact);
}

/* The address of one kind of the first of the people who has one; by any of @kinds that somebody
 * prefers, else by the given ones in turn. */
static char *
dup_uri_of_people (FikaReminder *self, FikaContactKind first, FikaContactKind second)
{
  g_autoptr (GPtrArray) people = list_people (self);

  for (guint i = 0; i < people->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (people, i);
      char *uri = dup_preferred_uri (person, BIT (first) | BIT (second));

      if (uri == NULL)
        uri = dup_contact_uri (person, first);
      if (uri == NULL && second != first)
        uri = dup_contact_uri (person, second);
      if (uri != NULL)
        return uri;
    }

  return NULL;
}

static char *
dup_join_uri (FikaReminder *self)
{
  FikaGroup *group = find_group (self);
  char *uri = NULL;

  if (self->occurrence != NULL)
    {
      FikaPlan *plan = fika_occurrence_get_plan (self->occurrence);

      uri = dup_text_uri (FIKA_CONTACT_URL, fika_plan_get_web_link (plan));
      if (uri == NULL && fika_plan_get_kind (plan) == FIKA_KIND_VIDEO)
        uri = dup_uri_of_people (self, FIKA_CONTACT_VIDEO, FIKA_CONTACT_VIDEO);
    }
  if (uri == NULL && group != NULL)
    uri = dup_text_uri (FIKA_CONTACT_URL, fika_group_get_link (group));

  return uri;
}

static char *
dup_directions_uri (FikaReminder *self)
{
  FikaGroup *group = find_group (self);
  char *uri = NULL;

  if (self->occurrence != NULL)
    {
      FikaPlan *plan = fika_occurrence_get_plan (self->occurrence);

      if (fika_plan_get_web_link (plan) != fika_plan_get_place (plan))
        uri = dup_text_uri (FIKA_CONTACT_ADDRESS, fika_plan_get_place (plan));
      if (uri == NULL && fika_plan_get_kind (plan) == FIKA_KIND_VISIT)
        uri = dup_uri_of_people (self, FIKA_CONTACT_ADDRESS, FIKA_CONTACT_ADDRESS);
    }
  if (uri == NULL && group != NULL)
    uri = dup_text_uri (FIKA_CONTACT_ADDRESS, fika_group_get_place (group));

  return uri;
}

/**
 * fika_reminder_dup_uri:
 * @self: a reminder
 * @action: an action
 *
 * What an action opens: for Call and Message the address that the first of its people prefers, else
 * the first that there is, for Join the link, for Directions a map.
 *
 * Returns: (transfer full) (nullable): a URI made of checked parts; %NULL where there is none
 */
char *
fika_reminder_dup_uri (FikaReminder *self, FikaReminderAction action)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (action)
    {
    case FIKA_REMINDER_CALL:
      return dup_uri_of_people (self, FIKA_CONTACT_PHONE, FIKA_CONTACT_PHONE);
    case FIKA_REMINDER_JOIN:
      return dup_join_uri (self);
    case FIKA_REMINDER_DIRECTIONS:
      return dup_directions_uri (self);
    case FIKA_REMINDER_MESSAGE:
      return dup_uri_of_people (self, FIKA_CONTACT_CHAT, FIKA_CONTACT_EMAIL);
    case FIKA_REMINDER_LOG:
    case FIKA_REMINDER_YES:
    case FIKA_REMINDER_NO:
    case FIKA_REMINDER_CLOSE:
    case FIKA_REMINDER_SNOOZE:
    default:
      return NULL;
    }
}

/**
 * fika_reminder_actions:
 * @self: a reminder
 * @actions: (out) (array fixed-size=3): what to offer with it, in the order of the buttons
 *
 * Returns: how many they are; 0 where what it is of is gone
 */
guint
fika_reminder_actions (FikaReminder *self, FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX])
{
  FikaKind kind = FIKA_KIND_CALL;
  FikaReminderAction way = FIKA_REMINDER_CALL;
  gboolean has_way;
  guint ways = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (actions != NULL, 0);

  if (fika_reminder_is_gone (self))
    return 0;

  if (self->occurrence != NULL)
    kind = fika_plan_get_kind (fika_occurrence_get_plan (self->occurrence));
  else if (self->group != NULL)
    kind = FIKA_KIND_SESSION;
  for (guint i = 0; i < FIKA_N_REMINDER_WAYS; i++)
    {
      g_autofree char *uri = fika_reminder_dup_uri (self, i);

      if (uri != NULL)
        ways |= BIT (i);
    }
  has_way = fika_reminder_choose_way (kind, ways, &way);

  return fika_reminder_choose (self->kind, has_way, way, actions);
}

/**
 * fika_reminder_offers:
 * @self: a reminder
 * @action: an action
 *
 * Returns: whether @action is one of those that it comes with
 */
gboolean
fika_reminder_offers (FikaReminder *self, FikaReminderAction action)
{
  FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX];
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);

  n = fika_reminder_actions (self, actions);
  for (guint i = 0; i < n; i++)
    {
      if (actions[i] == action)
        return TRUE;
    }

  return FALSE;
}
