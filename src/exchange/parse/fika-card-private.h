#pragma once

#include "exchange/parse/fika-card.h"

G_BEGIN_DECLS

/*
 * How the properties of a card become a person's. Every function of this form takes one property,
 * and answers whether it is taken: what nobody takes is carried along in `extra`.
 */
typedef struct
{
  FikaCard *card;
  GHashTable *labels;      /* group → what X-ABLabel calls it */
  GHashTable *kept_groups; /* groups with a property in `extra` */
  GPtrArray *label_lines;  /* (element-type FikaProperty): the X-ABLabel properties, borrowed */
  GPtrArray *formatted;    /* (element-type FikaProperty): the LABEL properties, borrowed */
  const FikaProperty *name_parts; /* (nullable): N, borrowed */
  char *full_name;
  char *composed_name;
  char *organisation;
  gsize extra_bytes;
} FikaCardContext;

typedef gboolean (*FikaCardTake) (FikaCardContext *context, const FikaProperty *property);

void fika_card_carry (FikaCardContext *context, const FikaProperty *property, const char *line);
char *fika_card_label (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_parse_date (const char *text, int omitted_year, FikaCardDate *date);

gboolean fika_card_take_phone (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_email (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_url (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_address (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_chat (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_profile (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_android (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_birthday (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_anniversary (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_date (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_death (FikaCardContext *context, const FikaProperty *property);
gboolean fika_card_take_photo (FikaCardContext *context, const FikaProperty *property);

gboolean fika_card_add_contact (FikaCardContext *context,
                                const FikaProperty *property,
                                const char *kind,
                                const char *value,
                                const char *label);

G_END_DECLS
