#include "config.h"

#include "plan/fika-kind.h"

#include <glib/gi18n-lib.h>

/* A word of a closed list: its key and its label, which is in English here. */
typedef struct
{
  const char *key;
  const char *label;
} Word;

static const Word kinds[FIKA_N_KINDS] = {
  [FIKA_KIND_CALL] = { "call", NC_ ("kind", "Call") },
  [FIKA_KIND_VIDEO] = { "video", NC_ ("kind", "Video call") },
  [FIKA_KIND_MESSAGE] = { "message", NC_ ("kind", "Message") },
  [FIKA_KIND_LETTER] = { "letter", NC_ ("kind", "Letter") },
  [FIKA_KIND_COFFEE] = { "coffee", NC_ ("kind", "Coffee") },
  [FIKA_KIND_MEAL] = { "meal", NC_ ("kind", "Meal") },
  [FIKA_KIND_WALK] = { "walk", NC_ ("kind", "Walk") },
  [FIKA_KIND_VISIT] = { "visit", NC_ ("kind", "Visit") },
  [FIKA_KIND_ACTIVITY] = { "activity", NC_ ("kind", "Activity") },
  [FIKA_KIND_SESSION] = { "session", NC_ ("kind", "Group session") },
  [FIKA_KIND_OTHER] = { "other", NC_ ("kind", "Catch-up") },
};

static const Word states[] = {
  [FIKA_STATE_PLANNED] = { "planned", NC_ ("state", "Planned") },
  [FIKA_STATE_HAPPENED] = { "happened", NC_ ("state", "Happened") },
  [FIKA_STATE_SKIPPED] = { "skipped", NC_ ("state", "Skipped") },
  [FIKA_STATE_CANCELLED] = { "cancelled", NC_ ("state", "Cancelled") },
};

static const Word ties[FIKA_N_TIES] = {
  [FIKA_TIE_FAMILY] = { "family", NC_ ("tie", "Family") },
  [FIKA_TIE_PARTNER] = { "partner", NC_ ("tie", "Partner") },
  [FIKA_TIE_FRIEND] = { "friend", NC_ ("tie", "Friend") },
  [FIKA_TIE_COLLEAGUE] = { "colleague", NC_ ("tie", "Colleague") },
  [FIKA_TIE_NEIGHBOUR] = { "neighbour", NC_ ("tie", "Neighbour") },
  [FIKA_TIE_MENTOR] = { "mentor", NC_ ("tie", "Mentor") },
  [FIKA_TIE_ONLINE] = { "online", NC_ ("tie", "Online friend") },
  [FIKA_TIE_ACQUAINTANCE] = { "acquaintance", NC_ ("tie", "Acquaintance") },
  [FIKA_TIE_OTHER] = { "other", NC_ ("tie", "Other") },
};

static const Word group_types[FIKA_N_GROUP_TYPES] = {
  [FIKA_GROUP_CLUB] = { "club", NC_ ("group type", "Club") },
  [FIKA_GROUP_CLASS] = { "class", NC_ ("group type", "Class") },
  [FIKA_GROUP_TEAM] = { "team", NC_ ("group type", "Team") },
  [FIKA_GROUP_VOLUNTEERING] = { "volunteering", NC_ ("group type", "Volunteering") },
  [FIKA_GROUP_SUPPORT] = { "support", NC_ ("group type", "Support group") },
  [FIKA_GROUP_FAITH] = { "faith", NC_ ("group type", "Faith community") },
  [FIKA_GROUP_ONLINE] = { "online", NC_ ("group type", "Online community") },
  [FIKA_GROUP_NEIGHBOURHOOD] = { "neighbourhood", NC_ ("group type", "Neighbourhood") },
  [FIKA_GROUP_OTHER] = { "other", NC_ ("group type", "Other") },
};

static const Word stages[FIKA_N_STAGES] = {
  [FIKA_STAGE_CURIOUS] = { "curious", NC_ ("stage", "Curious") },
  [FIKA_STAGE_ASKED] = { "asked", NC_ ("stage", "Asked") },
  [FIKA_STAGE_FIRST_VISIT] = { "first-visit", NC_ ("stage", "First visit") },
  [FIKA_STAGE_THIRD_VISIT] = { "third-visit", NC_ ("stage", "Third visit") },
  [FIKA_STAGE_MEMBER] = { "member", NC_ ("stage", "Member") },
  [FIKA_STAGE_STEPPING_BACK] = { "stepping-back", NC_ ("stage", "Stepping back") },
  [FIKA_STAGE_LEFT] = { "left", NC_ ("stage", "Left") },
};

static const Word agains[] = {
  [FIKA_AGAIN_UNSAID] = { "", NC_ ("again", "Not said") },
  [FIKA_AGAIN_YES] = { "yes", NC_ ("again", "Yes") },
  [FIKA_AGAIN_MAYBE] = { "maybe", NC_ ("again", "Maybe") },
  [FIKA_AGAIN_NO] = { "no", NC_ ("again", "No") },
};

static const Word contact_kinds[FIKA_N_CONTACT_KINDS] = {
  [FIKA_CONTACT_PHONE] = { "phone", NC_ ("contact", "Phone") },
  [FIKA_CONTACT_EMAIL] = { "email", NC_ ("contact", "Email") },
  [FIKA_CONTACT_URL] = { "url", NC_ ("contact", "Website") },
  [FIKA_CONTACT_ADDRESS] = { "address", NC_ ("contact", "Address") },
  [FIKA_CONTACT_CHAT] = { "chat", NC_ ("contact", "Chat") },
  [FIKA_CONTACT_VIDEO] = { "video", NC_ ("contact", "Video call") },
};

static const Word occasion_kinds[] = {
  [FIKA_OCCASION_BIRTHDAY] = { "birthday", NC_ ("occasion", "Birthday") },
  [FIKA_OCCASION_ANNIVERSARY] = { "anniversary", NC_ ("occasion", "Anniversary") },
  [FIKA_OCCASION_OTHER] = { "other", NC_ ("occasion", "Other date") },
};

/* Whole titles, for a language may need another word order or case in each. */
static const char *const titles[FIKA_N_KINDS] = {
  /* Translators: in this and the titles below %s is one or more people, or a group. */
  [FIKA_KIND_CALL] = NC_ ("title", "Call with %s"),
  [FIKA_KIND_VIDEO] = NC_ ("title", "Video call with %s"),
  [FIKA_KIND_MESSAGE] = NC_ ("title", "Message to %s"),
  [FIKA_KIND_LETTER] = NC_ ("title", "Letter to %s"),
  [FIKA_KIND_COFFEE] = NC_ ("title", "Coffee with %s"),
  [FIKA_KIND_MEAL] = NC_ ("title", "Meal with %s"),
  [FIKA_KIND_WALK] = NC_ ("title", "Walk with %s"),
  [FIKA_KIND_VISIT] = NC_ ("title", "Visit with %s"),
  [FIKA_KIND_ACTIVITY] = NC_ ("title", "Activity with %s"),
  [FIKA_KIND_SESSION] = NC_ ("title", "Group session with %s"),
  [FIKA_KIND_OTHER] = NC_ ("title", "Catch-up with %s"),
};

static const char *
key_of (const Word *words, size_t n, size_t i)
{
  g_return_val_if_fail (i < n, "");

  return words[i].key;
}

static const char *
label_of (const Word *words, size_t n, size_t i, const char *context)
{
  g_return_val_if_fail (i < n, "");

  return g_dpgettext2 (GETTEXT_PACKAGE, context, words[i].label);
}

static gboolean
find_key (const Word *words, size_t n, const char *key, size_t *i)
{
  for (*i = 0; *i < n; (*i)++)
    {
      if (g_strcmp0 (words[*i].key, key) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * fika_kind_channel:
 * @kind: a kind of catch-up
 *
 * Returns: how people are together in it
 */
FikaChannel
fika_kind_channel (FikaKind kind)
{
  switch (kind)
    {
    case FIKA_KIND_CALL:
      return FIKA_CHANNEL_VOICE;
    case FIKA_KIND_VIDEO:
      return FIKA_CHANNEL_VIDEO;
    case FIKA_KIND_MESSAGE:
    case FIKA_KIND_LETTER:
      return FIKA_CHANNEL_TEXT;
    case FIKA_KIND_COFFEE:
    case FIKA_KIND_MEAL:
    case FIKA_KIND_WALK:
    case FIKA_KIND_VISIT:
    case FIKA_KIND_ACTIVITY:
    case FIKA_KIND_SESSION:
    case FIKA_KIND_OTHER:
    default:
      return FIKA_CHANNEL_TOGETHER;
    }
}

const char *
fika_kind_to_key (FikaKind kind)
{
  return key_of (kinds, G_N_ELEMENTS (kinds), kind);
}

gboolean
fika_kind_parse (const char *key, FikaKind *kind)
{
  size_t i;

  if (!find_key (kinds, G_N_ELEMENTS (kinds), key, &i))
    return FALSE;
  *kind = (FikaKind) i;

  return TRUE;
}

const char *
fika_kind_label (FikaKind kind)
{
  return label_of (kinds, G_N_ELEMENTS (kinds), kind, "kind");
}

const char *
fika_state_to_key (FikaState state)
{
  return key_of (states, G_N_ELEMENTS (states), state);
}

gboolean
fika_state_parse (const char *key, FikaState *state)
{
  size_t i;

  if (!find_key (states, G_N_ELEMENTS (states), key, &i))
    return FALSE;
  *state = (FikaState) i;

  return TRUE;
}

const char *
fika_state_label (FikaState state)
{
  return label_of (states, G_N_ELEMENTS (states), state, "state");
}

const char *
fika_tie_to_key (FikaTie tie)
{
  return key_of (ties, G_N_ELEMENTS (ties), tie);
}

gboolean
fika_tie_parse (const char *key, FikaTie *tie)
{
  size_t i;

  if (!find_key (ties, G_N_ELEMENTS (ties), key, &i))
    return FALSE;
  *tie = (FikaTie) i;

  return TRUE;
}

const char *
fika_tie_label (FikaTie tie)
{
  return label_of (ties, G_N_ELEMENTS (ties), tie, "tie");
}

const char *
fika_group_type_to_key (FikaGroupType type)
{
  return key_of (group_types, G_N_ELEMENTS (group_types), type);
}

gboolean
fika_group_type_parse (const char *key, FikaGroupType *type)
{
  size_t i;

  if (!find_key (group_types, G_N_ELEMENTS (group_types), key, &i))
    return FALSE;
  *type = (FikaGroupType) i;

  return TRUE;
}

const char *
fika_group_type_label (FikaGroupType type)
{
  return label_of (group_types, G_N_ELEMENTS (group_types), type, "group type");
}

const char *
fika_stage_to_key (FikaStage stage)
{
  return key_of (stages, G_N_ELEMENTS (stages), stage);
}

gboolean
fika_stage_parse (const char *key, FikaStage *stage)
{
  size_t i;

  if (!find_key (stages, G_N_ELEMENTS (stages), key, &i))
    return FALSE;
  *stage = (FikaStage) i;

  return TRUE;
}

const char *
fika_stage_label (FikaStage stage)
{
  return label_of (stages, G_N_ELEMENTS (stages), stage, "stage");
}

const char *
fika_again_to_key (FikaAgain again)
{
  return key_of (agains, G_N_ELEMENTS (agains), again);
}

gboolean
fika_again_parse (const char *key, FikaAgain *again)
{
  size_t i;

  if (!find_key (agains, G_N_ELEMENTS (agains), key, &i))
    return FALSE;
  *again = (FikaAgain) i;

  return TRUE;
}

const char *
fika_again_label (FikaAgain again)
{
  return label_of (agains, G_N_ELEMENTS (agains), again, "again");
}

const char *
fika_contact_kind_to_key (FikaContactKind kind)
{
  return key_of (contact_kinds, G_N_ELEMENTS (contact_kinds), kind);
}

gboolean
fika_contact_kind_parse (const char *key, FikaContactKind *kind)
{
  size_t i;

  if (!find_key (contact_kinds, G_N_ELEMENTS (contact_kinds), key, &i))
    return FALSE;
  *kind = (FikaContactKind) i;

  return TRUE;
}

const char *
fika_contact_kind_label (FikaContactKind kind)
{
  return label_of (contact_kinds, G_N_ELEMENTS (contact_kinds), kind, "contact");
}

const char *
fika_occasion_kind_to_key (FikaOccasionKind kind)
{
  return key_of (occasion_kinds, G_N_ELEMENTS (occasion_kinds), kind);
}

gboolean
fika_occasion_kind_parse (const char *key, FikaOccasionKind *kind)
{
  size_t i;

  if (!find_key (occasion_kinds, G_N_ELEMENTS (occasion_kinds), key, &i))
    return FALSE;
  *kind = (FikaOccasionKind) i;

  return TRUE;
}

const char *
fika_occasion_kind_label (FikaOccasionKind kind)
{
  return label_of (occasion_kinds, G_N_ELEMENTS (occasion_kinds), kind, "occasion");
}

/**
 * fika_kind_title:
 * @kind: a kind of catch-up
 * @people: (nullable): the names of its people, as fika_text_join_names() joins them
 * @group: (nullable): the name of its group
 *
 * The title of a catch-up that was given none: "Call with Ada and Sam"; a group's session has the
 * group's name.
 *
 * Returns: (transfer full): the title
 */
char *
fika_kind_title (FikaKind kind, const char *people, const char *group)
{
  gboolean has_people = people != NULL && *people != '\0';
  gboolean has_group = group != NULL && *group != '\0';

  g_return_val_if_fail ((size_t) kind < FIKA_N_KINDS, NULL);

  if (has_group && kind == FIKA_KIND_SESSION)
    return g_strdup (group);
  if (!has_people && !has_group)
    return g_strdup (fika_kind_label (kind));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (g_dpgettext2 (GETTEXT_PACKAGE, "title", titles[kind]),
                          has_people ? people : group);
#pragma GCC diagnostic pop
}
