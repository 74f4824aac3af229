#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * The closed lists of words that the product's language has, each with its stable key (database,
 * terminal, JSON) and its translated word (interface).
 */

typedef enum
{
  FIKA_CHANNEL_TOGETHER,
  FIKA_CHANNEL_VIDEO,
  FIKA_CHANNEL_VOICE,
  FIKA_CHANNEL_TEXT,
} FikaChannel;

typedef enum
{
  FIKA_KIND_CALL,
  FIKA_KIND_VIDEO,
  FIKA_KIND_MESSAGE,
  FIKA_KIND_LETTER,
  FIKA_KIND_COFFEE,
  FIKA_KIND_MEAL,
  FIKA_KIND_WALK,
  FIKA_KIND_VISIT,
  FIKA_KIND_ACTIVITY,
  FIKA_KIND_SESSION, /* a group's session */
  FIKA_KIND_OTHER,
} FikaKind;
#define FIKA_N_KINDS 11

typedef enum
{
  FIKA_STATE_PLANNED,
  FIKA_STATE_HAPPENED,
  FIKA_STATE_SKIPPED,
  FIKA_STATE_CANCELLED,
} FikaState;

typedef enum
{
  FIKA_TIE_FAMILY,
  FIKA_TIE_PARTNER,
  FIKA_TIE_FRIEND,
  FIKA_TIE_COLLEAGUE,
  FIKA_TIE_NEIGHBOUR,
  FIKA_TIE_MENTOR,
  FIKA_TIE_ONLINE,
  FIKA_TIE_ACQUAINTANCE,
  FIKA_TIE_OTHER,
} FikaTie;
#define FIKA_N_TIES 9
/* A set of ties is an unsigned int with bit (1 << tie). */

typedef enum
{
  FIKA_GROUP_CLUB,
  FIKA_GROUP_CLASS,
  FIKA_GROUP_TEAM,
  FIKA_GROUP_VOLUNTEERING,
  FIKA_GROUP_SUPPORT,
  FIKA_GROUP_FAITH,
  FIKA_GROUP_ONLINE,
  FIKA_GROUP_NEIGHBOURHOOD,
  FIKA_GROUP_OTHER,
} FikaGroupType;
#define FIKA_N_GROUP_TYPES 9

typedef enum
{
  FIKA_STAGE_CURIOUS,
  FIKA_STAGE_ASKED,
  FIKA_STAGE_FIRST_VISIT,
  FIKA_STAGE_THIRD_VISIT,
  FIKA_STAGE_MEMBER,
  FIKA_STAGE_STEPPING_BACK,
  FIKA_STAGE_LEFT,
} FikaStage;
#define FIKA_N_STAGES 7

typedef enum
{
  FIKA_AGAIN_UNSAID,
  FIKA_AGAIN_YES,
  FIKA_AGAIN_MAYBE,
  FIKA_AGAIN_NO,
} FikaAgain;

typedef enum
{
  FIKA_CONTACT_PHONE,
  FIKA_CONTACT_EMAIL,
  FIKA_CONTACT_URL,
  FIKA_CONTACT_ADDRESS,
  FIKA_CONTACT_CHAT,  /* xmpp:, matrix:, or a handle */
  FIKA_CONTACT_VIDEO, /* a link for video calls */
} FikaContactKind;
#define FIKA_N_CONTACT_KINDS 6

typedef enum
{
  FIKA_OCCASION_BIRTHDAY,
  FIKA_OCCASION_ANNIVERSARY,
  FIKA_OCCASION_OTHER,
} FikaOccasionKind;

FikaChannel fika_kind_channel (FikaKind kind);

/* Each pair: the key (never translated) and the way back; parse returns FALSE for a stranger. */
const char *fika_kind_to_key (FikaKind kind);
gboolean fika_kind_parse (const char *key, FikaKind *kind);
const char *fika_state_to_key (FikaState state);
gboolean fika_state_parse (const char *key, FikaState *state);
const char *fika_tie_to_key (FikaTie tie);
gboolean fika_tie_parse (const char *key, FikaTie *tie);
const char *fika_group_type_to_key (FikaGroupType type);
gboolean fika_group_type_parse (const char *key, FikaGroupType *type);
const char *fika_stage_to_key (FikaStage stage);
gboolean fika_stage_parse (const char *key, FikaStage *stage);
const char *fika_again_to_key (FikaAgain again);
gboolean fika_again_parse (const char *key, FikaAgain *again);
const char *fika_contact_kind_to_key (FikaContactKind kind);
gboolean fika_contact_kind_parse (const char *key, FikaContactKind *kind);
const char *fika_occasion_kind_to_key (FikaOccasionKind kind);
gboolean fika_occasion_kind_parse (const char *key, FikaOccasionKind *kind);

/* The translated word, with a capital: "Call", "First visit". */
const char *fika_kind_label (FikaKind kind);
const char *fika_state_label (FikaState state);
const char *fika_tie_label (FikaTie tie);
const char *fika_group_type_label (FikaGroupType type);
const char *fika_stage_label (FikaStage stage);
const char *fika_again_label (FikaAgain again);
const char *fika_contact_kind_label (FikaContactKind kind);
const char *fika_occasion_kind_label (FikaOccasionKind kind);

char *fika_kind_title (FikaKind kind, const char *people, const char *group);

G_END_DECLS
