#include "config.h"

#include "exchange/parse/fika-card.h"

#include "base/fika-text.h"
#include "exchange/fika-vcard-text.h"
#include "exchange/parse/fika-card-private.h"
#include "exchange/parse/fika-parse-format.h"

#include <string.h>

static void
contact_free (FikaCardContact *self)
{
  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

static void
date_free (FikaCardDate *self)
{
  g_free (self->label);
  g_free (self);
}

static FikaCard *
card_new (guint line)
{
  FikaCard *self = g_new0 (FikaCard, 1);

  self->line = line;
  self->uid = g_strdup ("");
  self->name = g_strdup ("");
  self->nickname = g_strdup ("");
  self->pronouns = g_strdup ("");
  self->notes = g_string_new (NULL);
  self->zone = g_strdup ("");
  self->contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) contact_free);
  self->occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) date_free);
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->extra = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_array_new (FALSE, FALSE, sizeof (FikaCardProblem));

  return self;
}

void
fika_card_free (FikaCard *self)
{
  g_free (self->uid);
  g_free (self->name);
  g_free (self->nickname);
  g_free (self->pronouns);
  g_string_free (self->notes, TRUE);
  g_free (self->zone);
  g_free (self->photo);
  g_free (self->photo_was);
  g_ptr_array_unref (self->contacts);
  g_ptr_array_unref (self->occasions);
  g_ptr_array_unref (self->tags);
  g_ptr_array_unref (self->extra);
  g_array_unref (self->problems);
  g_free (self);
}

/**
 * fika_card_add_problem:
 * @self: a card
 * @line: the line of the file
 * @reason: (not nullable): one of FIKA_PARSE_PROBLEM_…
 */
void
fika_card_add_problem (FikaCard *self, guint line, const char *reason)
{
  FikaCardProblem problem = { line, reason };

  if (self->problems->len < FIKA_PARSE_MAX_PROBLEMS)
    g_array_append_val (self->problems, problem);
}

/**
 * fika_card_carry:
 * @context: a card
 * @property: one of its properties
 * @line: (nullable): how it is written, where that is not as in the card
 *
 * Carries a content line along, for the day the person is exported.
 */
void
fika_card_carry (FikaCardContext *context, const FikaProperty *property, const char *line)
{
  const char *text = line != NULL ? line : property->raw;
  gsize length = strlen (text);

  if (length > FIKA_PARSE_MAX_EXTRA_LINE || context->extra_bytes + length > FIKA_PARSE_MAX_EXTRA)
    {
      fika_card_add_problem (context->card, property->line, FIKA_PARSE_PROBLEM_LONG_LINE);
      return;
    }
  context->extra_bytes += length;
  g_ptr_array_add (context->card->extra, g_strdup (text));
  if (line == NULL && *property->group != '\0')
    g_hash_table_add (context->kept_groups, g_strdup (property->group));
}

/* Sets a text that a card has once; another one is carried along. */
static gboolean
take_once (char **text, const FikaProperty *property)
{
  g_autofree char *value = fika_property_text (property);
  g_autofree char *line = fika_text_clean_line (value);

  if (*line == '\0' || g_strcmp0 (*text, line) == 0)
    return TRUE;
  if (*text != NULL && **text != '\0')
    return FALSE;
  g_free (*text);
  *text = g_steal_pointer (&line);

  return TRUE;
}

static gboolean
take_full_name (FikaCardContext *context, const FikaProperty *property)
{
  return take_once (&context->full_name, property);
}

static gboolean
take_name (FikaCardContext *context, const FikaProperty *property)
{
  if (fika_property_is_empty (property))
    return TRUE;
  if (context->name_parts != NULL)
    return FALSE;
  context->name_parts = property;

  return TRUE;
}

static gboolean
take_nickname (FikaCardContext *context, const FikaProperty *property)
{
  return take_once (&context->card->nickname, property);
}

static gboolean
take_pronouns (FikaCardContext *context, const FikaProperty *property)
{
  return take_once (&context->card->pronouns, property);
}

static gboolean
take_organisation (FikaCardContext *context, const FikaProperty *property)
{
  if (context->organisation == NULL)
    context->organisation = fika_text_clean_line (fika_property_part (property, 0));

  return fika_property_is_empty (property);
}

static gboolean
take_note (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *value = fika_property_text (property);
  g_autofree char *note = fika_text_clean_note (value);
  GString *notes = context->card->notes;

  if (*note == '\0' || strstr (notes->str, note) != NULL)
    return TRUE;
  if (notes->len > 0)
    g_string_append (notes, "\n\n");
  g_string_append (notes, note);
  if (g_utf8_strlen (notes->str, notes->len) > FIKA_NOTE_MAX)
    {
      g_autofree char *clipped = fika_text_clip (notes->str, FIKA_NOTE_MAX);

      g_string_assign (notes, clipped);
      fika_card_add_problem (context->card, property->line, FIKA_PARSE_PROBLEM_LONG_NOTE);
    }

  return TRUE;
}

static gboolean
take_tags (FikaCardContext *context, const FikaProperty *property)
{
  for (guint i = 0; i < property->values->len; i++)
    {
      g_autofree char *line = fika_text_clean_line (fika_property_part (property, i));
      g_autofree char *tag = fika_text_clip (line, FIKA_PARSE_MAX_LABEL);

      if (*tag == '\0'
          || g_ptr_array_find_with_equal_func (context->card->tags, tag,
                                               (GEqualFunc) fika_text_folded_equal, NULL))
        continue;
      if (context->card->tags->len == FIKA_PARSE_MAX_PARTS)
        {
          fika_card_add_problem (context->card, property->line, FIKA_PARSE_PROBLEM_MANY);
          break;
        }
      g_ptr_array_add (context->card->tags, g_steal_pointer (&tag));
    }

  return TRUE;
}

/* "urn:uuid:" is how version 4.0 writes what 3.0 has without. */
static gboolean
take_uid (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *text = fika_property_text (property);
  g_autofree char *value = fika_vcard_unescape (text); /* EVCard leaves "\:" alone */
  g_autofree char *line = fika_text_clean_line (value);
  const char *uid = line;

  if (g_ascii_strncasecmp (uid, "urn:uuid:", 9) == 0)
    uid += 9;
  if (g_utf8_strlen (uid, -1) > FIKA_PARSE_MAX_UID)
    return FALSE;
  if (*context->card->uid == '\0')
    {
      g_free (context->card->uid);
      context->card->uid = g_strdup (uid);
    }

  return TRUE;
}

/* A name of the zone database, "Europe/Berlin"; an offset is no zone, and is carried along. */
static gboolean
take_zone (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *value = g_strstrip (fika_property_text (property));

  if (*value == '\0')
    return TRUE;
  if (strchr (value, '/') == NULL
      || strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                        "abcdefghijklmnopqrstuvwxyz"
                        "0123456789_+-/")
             != strlen (value)
      || strlen (value) > 64 || *context->card->zone != '\0')
    return FALSE;
  g_free (context->card->zone);
  context->card->zone = g_steal_pointer (&value);

  return TRUE;
}

static gboolean
take_kind (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *value = g_strstrip (fika_property_text (property));

  if (g_ascii_strcasecmp (value, "group") == 0)
    context->card->list = TRUE;

  return g_ascii_strcasecmp (value, "individual") == 0 || *value == '\0';
}

static gboolean
take_formatted_address (FikaCardContext *context, const FikaProperty *property)
{
  g_ptr_array_add (context->formatted, (gpointer) property);

  return TRUE;
}

static gboolean
take_label (FikaCardContext *context, const FikaProperty *property)
{
  g_ptr_array_add (context->label_lines, (gpointer) property);

  return TRUE;
}

/* What says something of the card or of the program that wrote it, and nothing of the person. */
static gboolean
take_nothing (FikaCardContext *context, const FikaProperty *property)
{
  return TRUE;
}

/* In the order of the alphabet. */
static const struct
{
  const char *name;
  FikaCardTake take;
} takers[] = {
  { "ADR", fika_card_take_address },
  { "ANNIVERSARY", fika_card_take_anniversary },
  { "BDAY", fika_card_take_birthday },
  { "CATEGORIES", take_tags },
  { "DEATHDATE", fika_card_take_death },
  { "EMAIL", fika_card_take_email },
  { "FN", take_full_name },
  { "IMPP", fika_card_take_chat },
  { "KIND", take_kind },
  { "LABEL", take_formatted_address },
  { "N", take_name },
  { "NICKNAME", take_nickname },
  { "NOTE", take_note },
  { "ORG", take_organisation },
  { "PHOTO", fika_card_take_photo },
  { "PRODID", take_nothing },
  { "PROFILE", take_nothing },
  { "PRONOUNS", take_pronouns },
  { "REV", take_nothing },
  { "SOCIALPROFILE", fika_card_take_profile },
  { "TEL", fika_card_take_phone },
  { "TZ", take_zone },
  { "UID", take_uid },
  { "URL", fika_card_take_url },
  { "VERSION", take_nothing },
  { "X-ABADR", take_nothing },
  { "X-ABDATE", fika_card_take_date },
  { "X-ABLABEL", take_label },
  { "X-ADDRESSBOOKSERVER-KIND", take_kind },
  { "X-AIM", fika_card_take_chat },
  { "X-ANDROID-CUSTOM", fika_card_take_android },
  { "X-ANNIVERSARY", fika_card_take_anniversary },
  { "X-DEATHDATE", fika_card_take_death },
  { "X-EVOLUTION-ANNIVERSARY", fika_card_take_anniversary },
  { "X-GADU-GADU", fika_card_take_chat },
  { "X-GADUGADU", fika_card_take_chat },
  { "X-GENDER", take_nothing },
  { "X-GOOGLE-TALK", fika_card_take_chat },
  { "X-GROUPWISE", fika_card_take_chat },
  { "X-GTALK", fika_card_take_chat },
  { "X-ICQ", fika_card_take_chat },
  { "X-JABBER", fika_card_take_chat },
  { "X-KADDRESSBOOK-X-ANNIVERSARY", fika_card_take_anniversary },
  { "X-MATRIX", fika_card_take_chat },
  { "X-MSN", fika_card_take_chat },
  { "X-PRONOUNS", take_pronouns },
  { "X-QQ", fika_card_take_chat },
  { "X-SIGNAL", fika_card_take_chat },
  { "X-SIP", fika_card_take_chat },
  { "X-SKYPE", fika_card_take_chat },
  { "X-SKYPE-USERNAME", fika_card_take_chat },
  { "X-SOCIALPROFILE", fika_card_take_profile },
  { "X-TELEGRAM", fika_card_take_chat },
  { "X-YAHOO", fika_card_take_chat },
};

static FikaCardTake
find_taker (const char *name)
{
  guint low = 0;
  guint high = G_N_ELEMENTS (takers);

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strcmp (name, takers[middle].name);

      if (order == 0)
        return takers[middle].take;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

static void
read_labels (FikaCardContext *context, GPtrArray *properties)
{
  for (guint i = 0; i < properties->len; i++)
    {
      const FikaProperty *property = g_ptr_array_index (properties, i);

      if (g_str_equal (property->name, "X-ABLABEL") && *property->group != '\0')
        g_hash_table_replace (context->labels, g_strdup (property->group),
                              fika_property_text (property));
    }
}

/* The label of something that is carried along goes with it. */
static void
keep_labels (FikaCardContext *context)
{
  for (guint i = 0; i < context->label_lines->len; i++)
    {
      const FikaProperty *property = g_ptr_array_index (context->label_lines, i);

      if (g_hash_table_contains (context->kept_groups, property->group))
        fika_card_carry (context, property, NULL);
    }
}

static gboolean
has_contact (FikaCard *card, const char *kind)
{
  for (guint i = 0; i < card->contacts->len; i++)
    {
      const FikaCardContact *contact = g_ptr_array_index (card->contacts, i);

      if (g_str_equal (contact->kind, kind))
        return TRUE;
    }

  return FALSE;
}

/* LABEL is how an address is written on an envelope. It counts where the card has no other. */
static void
take_formatted (FikaCardContext *context)
{
  gboolean known = has_contact (context->card, "address");

  for (guint i = 0; i < context->formatted->len; i++)
    {
      const FikaProperty *property = g_ptr_array_index (context->formatted, i);
      g_autofree char *value = fika_property_text (property);
      const char *parts[] = { "", "", value, NULL };
      g_autofree char *line = fika_vcard_address_line (parts);
      g_autofree char *label = fika_card_label (context, property);

      if (known)
        fika_card_carry (context, property, NULL);
      else if (!fika_card_add_contact (context, property, "address", line, label))
        fika_card_carry (context, property, NULL);
    }
}

static const char *
first_value (FikaCard *card, const char *kind)
{
  for (guint i = 0; i < card->contacts->len; i++)
    {
      const FikaCardContact *contact = g_ptr_array_index (card->contacts, i);

      if (g_str_equal (contact->kind, kind))
        return contact->value;
    }

  return NULL;
}

/* The parts of the name. */
static void
compose_name (FikaCardContext *context, const char **parts)
{
  for (guint i = 0; i < 5; i++)
    parts[i] = fika_property_part (context->name_parts, i);
  parts[5] = NULL;
  context->composed_name = fika_vcard_name_line (parts);
}

/* The full name; else from its parts, the nickname, the organisation, or the first mail address or
 * number. A name too long to be one is shortened, and kept whole in the notes. */
static void
decide_name (FikaCardContext *context)
{
  FikaCard *card = context->card;
  const char *parts[6] = { NULL };
  const char *candidates[6];

  if (context->name_parts != NULL)
    compose_name (context, parts);
  candidates[0] = context->full_name;
  candidates[1] = context->composed_name;
  candidates[2] = card->nickname;
  candidates[3] = context->organisation;
  candidates[4] = first_value (card, "email");
  candidates[5] = first_value (card, "phone");
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autofree char *name = fika_text_clean_line (candidates[i] != NULL ? candidates[i] : "");

      if (*name == '\0')
        continue;
      g_free (card->name);
      card->name = g_steal_pointer (&name);
      break;
    }
  /* Where the parts tell more than the name they are carried along. */
  if (context->name_parts != NULL && !fika_vcard_is_plain_name (card->name, parts))
    fika_card_carry (context, context->name_parts, NULL);

  if (g_utf8_strlen (card->name, -1) > FIKA_NAME_MAX)
    {
      g_autofree char *whole = card->name;
      g_autofree char *clipped = NULL;

      card->name = fika_text_clip (whole, FIKA_NAME_MAX);
      g_string_prepend (card->notes, card->notes->len > 0 ? "\n\n" : "");
      g_string_prepend (card->notes, whole);
      clipped = fika_text_clip (card->notes->str, FIKA_NOTE_MAX);
      g_string_assign (card->notes, clipped);
      fika_card_add_problem (card, card->line, FIKA_PARSE_PROBLEM_LONG_NAME);
    }
  if (g_utf8_strlen (card->nickname, -1) > FIKA_NAME_MAX)
    {
      g_autofree char *whole = card->nickname;

      card->nickname = fika_text_clip (whole, FIKA_NAME_MAX);
      fika_card_add_problem (card, card->line, FIKA_PARSE_PROBLEM_LONG_VALUE);
    }
  if (g_utf8_strlen (card->pronouns, -1) > FIKA_PARSE_MAX_LABEL)
    {
      g_autofree char *whole = card->pronouns;

      card->pronouns = fika_text_clip (whole, FIKA_PARSE_MAX_LABEL);
    }
}

/**
 * fika_card_read:
 * @lines: (element-type FikaLine): the content lines between BEGIN:VCARD and END:VCARD
 * @line: the line of the file with BEGIN:VCARD
 *
 * Returns: (transfer full): what they say
 */
FikaCard *
fika_card_read (GPtrArray *lines, guint line)
{
  g_autoptr (FikaCard) card = card_new (line);
  g_autoptr (GPtrArray) properties = NULL;
  g_autoptr (GHashTable) labels = NULL;
  g_autoptr (GHashTable) kept_groups = NULL;
  g_autoptr (GPtrArray) label_lines = g_ptr_array_new ();
  g_autoptr (GPtrArray) formatted = g_ptr_array_new ();
  FikaCardContext context = { .card = card, .label_lines = label_lines, .formatted = formatted };

  properties = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_property_free);
  labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  kept_groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  context.labels = labels;
  context.kept_groups = kept_groups;

  for (guint i = 0; i < lines->len; i++)
    {
      const FikaLine *content = g_ptr_array_index (lines, i);
      FikaProperty *property = fika_property_parse (content);

      if (property != NULL)
        g_ptr_array_add (properties, property);
      else
        fika_card_add_problem (card, content->number, FIKA_PARSE_PROBLEM_LINE);
    }

  read_labels (&context, properties);
  for (guint i = 0; i < properties->len; i++)
    {
      const FikaProperty *property = g_ptr_array_index (properties, i);
      FikaCardTake take = find_taker (property->name);

      if (take != NULL ? !take (&context, property) : !fika_property_is_empty (property))
        fika_card_carry (&context, property, NULL);
    }
  take_formatted (&context);
  keep_labels (&context);
  decide_name (&context);

  g_free (context.full_name);
  g_free (context.composed_name);
  g_free (context.organisation);

  return g_steal_pointer (&card);
}
