#pragma once

#include "exchange/parse/fika-property.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind; /* a key of FikaContactKind */
  char *label;
  char *value;
  guint preference; /* 0 = none, 1 = the first choice */
} FikaCardContact;

typedef struct
{
  const char *kind; /* a key of FikaOccasionKind */
  char *label;
  int year; /* 0 = unknown */
  int month;
  int day;
} FikaCardDate;

typedef struct
{
  guint line;
  const char *reason;
} FikaCardProblem;

/**
 * FikaCard:
 * @name: empty where the card has none
 * @photo: (nullable): base64
 * @photo_was: (nullable): the SHA-256 of what it was before it was written anew, in hexadecimal
 * @died: a day; its month is 0 where unknown
 * @list: whether it is a list of contacts and no person
 *
 * One card, understood. Texts are in UTF-8, never %NULL except the photo.
 */
typedef struct
{
  guint line;
  char *uid;
  char *name;
  char *nickname;
  char *pronouns;
  GString *notes;
  char *zone;
  char *photo;
  char *photo_was;
  gboolean deceased;
  FikaCardDate died;
  gboolean list;
  GPtrArray *contacts;  /* FikaCardContact */
  GPtrArray *occasions; /* FikaCardDate */
  GPtrArray *tags;      /* utf8 */
  GPtrArray *extra;     /* utf8 */
  GArray *problems;     /* FikaCardProblem */
} FikaCard;

FikaCard *fika_card_read (GPtrArray *lines, guint line);
void fika_card_free (FikaCard *self);
void fika_card_add_problem (FikaCard *self, guint line, const char *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaCard, fika_card_free)

G_END_DECLS
