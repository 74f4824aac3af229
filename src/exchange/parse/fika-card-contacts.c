#include "config.h"

#include "exchange/parse/fika-card-private.h"

#include "base/fika-text.h"
#include "exchange/fika-vcard-text.h"
#include "exchange/parse/fika-parse-format.h"

#include <string.h>

/* Where a number or address is. */
static const char *const places[] = { "home", "work", "other", "school", NULL };

/* What it reaches, and the word for it. */
static const struct
{
  const char *type;
  const char *word;
} devices[] = {
  { "cell", "mobile" }, { "mobile", "mobile" }, { "iphone", "mobile" }, { "fax", "fax" },
  { "pager", "pager" }, { "car", "car" },       { "main", "main" },
};

/* Types that say nothing a person would. */
static const char *const silent[] = {
  "voice", "pref",   "internet", "x400", "text",        "msg",  "textphone", "dom",
  "intl",  "parcel", "postal",   "smtp", "video",       "isdn", "modem",     "bbs",
  "pcs",   "jpeg",   "url",      "uri",  "apple_watch", "b",    "base64",    NULL,
};

/* "_$!<HomePage>!$_" is one of Apple's own labels: "home page". Others are a person's. */
static char *
apple_label (const char *text)
{
  g_autoptr (GString) out = NULL;
  g_autofree char *inner = NULL;

  if (!g_str_has_prefix (text, "_$!<") || !g_str_has_suffix (text, ">!$_") || strlen (text) < 8)
    return fika_text_clean_line (text);

  inner = g_strndup (text + 4, strlen (text) - 8);
  out = g_string_new (NULL);
  for (const char *p = inner; *p != '\0'; p++)
    {
      if (g_ascii_isupper (*p) && p > inner && g_ascii_islower (p[-1]))
        g_string_append_c (out, ' ');
      g_string_append_c (out, g_ascii_tolower (*p));
    }

  return fika_text_clean_line (out->str);
}

static char *
label_of_types (const FikaProperty *property)
{
  g_auto (GStrv) types = fika_property_types (property);
  const char *place = NULL;
  const char *device = NULL;
  const char *custom = NULL;

  for (char **type = types; *type != NULL; type++)
    {
      const char *word = g_strstrip (*type);
      gboolean known = *word == '\0' || g_strv_contains (silent, word);

      if (place == NULL && g_strv_contains (places, word))
        place = word;
      known |= g_strv_contains (places, word);
      for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
        {
          if (!g_str_equal (devices[i].type, word))
            continue;
          known = TRUE;
          if (device == NULL)
            device = devices[i].word;
        }
      if (!known && custom == NULL)
        custom = g_str_has_prefix (word, "x-") ? word + 2 : word;
    }

  if (place != NULL && device != NULL)
    return g_strdup_printf ("%s %s", place, device);
  if (place != NULL || device != NULL)
    return g_strdup (place != NULL ? place : device);

  return fika_text_clean_line (custom != NULL ? custom : "");
}

/**
 * fika_card_label:
 * @context: a card
 * @property: one of its properties
 *
 * Returns: (transfer full): what a person would call it: the label of its group, else one of its
 *   types; empty where it has none
 */
char *
fika_card_label (FikaCardContext *context, const FikaProperty *property)
{
  const char *given = g_hash_table_lookup (context->labels, property->group);
  g_autofree char *label = given != NULL ? apple_label (given) : g_strdup ("");

  if (*label == '\0')
    {
      g_free (label);
      label = label_of_types (property);
    }

  return fika_text_clip (label, FIKA_PARSE_MAX_LABEL);
}

/* PREF=1 to 100 of version 4.0, where 1 is the first choice, or the type of older ones. */
static guint
preference_of (const FikaProperty *property)
{
  const char *given = fika_property_param (property, "PREF");
  g_auto (GStrv) types = fika_property_types (property);
  guint64 value;

  if (given != NULL && g_ascii_string_to_unsigned (given, 10, 1, 100, &value, NULL))
    return (guint) value;

  return g_strv_contains ((const char *const *) types, "pref") ? 1 : 0;
}

/**
 * fika_card_add_contact:
 * @context: a card
 * @property: where it was said
 * @kind: (not nullable): a key of FikaContactKind; kept as it is
 * @value: a number or address
 * @label: what a person would call it
 *
 * Adds a way to reach the person.
 *
 * Returns: %FALSE where it is too long to be one, or one too many
 */
gboolean
fika_card_add_contact (FikaCardContext *context,
                       const FikaProperty *property,
                       const char *kind,
                       const char *value,
                       const char *label)
{
  FikaCard *card = context->card;
  FikaCardContact *contact;
  g_autofree char *line = fika_text_clean_line (value);

  if (*line == '\0')
    return TRUE;
  if (g_utf8_strlen (line, -1) > FIKA_LINE_MAX)
    {
      fika_card_add_problem (card, property->line, FIKA_PARSE_PROBLEM_LONG_VALUE);
      return FALSE;
    }
  if (card->contacts->len == FIKA_PARSE_MAX_PARTS)
    {
      fika_card_add_problem (card, property->line, FIKA_PARSE_PROBLEM_MANY);
      return FALSE;
    }
  for (guint i = 0; i < card->contacts->len; i++)
    {
      const FikaCardContact *other = g_ptr_array_index (card->contacts, i);

      if (g_str_equal (other->kind, kind) && g_str_equal (other->value, line)
          && g_str_equal (other->label, label))
        return TRUE;
    }

  contact = g_new0 (FikaCardContact, 1);
  contact->kind = kind;
  contact->label = g_strdup (label);
  contact->value = g_steal_pointer (&line);
  contact->preference = preference_of (property);
  g_ptr_array_add (card->contacts, contact);

  return TRUE;
}

/* RFC 3966: "tel:" before the number, ";ext=" after it; other parameters are for machines. */
static char *
phone_of_uri (const char *value)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) out = NULL;

  if (g_ascii_strncasecmp (value, "tel:", 4) != 0)
    return g_strdup (value);

  parts = g_strsplit (value + 4, ";", -1);
  out = g_string_new (parts[0]);
  for (guint i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (parts[i], "ext=", 4) == 0)
        g_string_append_printf (out, " ext. %s", parts[i] + 4);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

gboolean
fika_card_take_phone (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *value = g_strstrip (fika_property_text (property));
  g_autofree char *number = phone_of_uri (value);
  g_autofree char *label = fika_card_label (context, property);

  return fika_card_add_contact (context, property, "phone", number, label);
}

gboolean
fika_card_take_email (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *value = g_strstrip (fika_property_text (property));
  g_autofree char *label = fika_card_label (context, property);

  if (g_ascii_strncasecmp (value, "mailto:", 7) == 0)
    return fika_card_add_contact (context, property, "email", value + 7, label);

  return fika_card_add_contact (context, property, "email", value, label);
}

/* EVCard leaves the "\:" of Apple's older address books alone. */
static char *
unescape_colons (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\\:", -1);

  return g_strjoinv (":", parts);
}

gboolean
fika_card_take_url (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *text = g_strstrip (fika_property_text (property));
  g_autofree char *value = unescape_colons (text);
  g_autofree char *label = fika_card_label (context, property);
  gboolean video = g_strcmp0 (fika_property_param (property, FIKA_PARSE_KIND_PARAM), "video") == 0;

  return fika_card_add_contact (context, property, video ? "video" : "url", value, label);
}

/* RFC 6868, in quotes. */
static char *
quoted_param (const char *value)
{
  g_autoptr (GString) out = g_string_new ("\"");

  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append (out, "^n");
      else if (*p == '"')
        g_string_append (out, "^'");
      else if (*p == '^')
        g_string_append (out, "^^");
      else
        g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The parts of an address as they are carried along: all that the one line and its label do not
 * tell. */
static void
carry_address (FikaCardContext *context,
               const FikaProperty *property,
               const char *const *parts,
               const char *formatted)
{
  g_autoptr (GString) line = g_string_new ("ADR");

  if (formatted != NULL)
    {
      g_autofree char *quoted = quoted_param (formatted);

      g_string_append_printf (line, ";LABEL=%s", quoted);
    }
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *escaped = fika_vcard_escape (parts[i]);

      g_string_append_printf (line, "%c%s", i == 0 ? ':' : ';', escaped);
    }
  fika_card_carry (context, property, line->str);
}

/* In one line, as Fika keeps it; its parts are carried along, and an exported card has them again.
 */
gboolean
fika_card_take_address (FikaCardContext *context, const FikaProperty *property)
{
  const char *parts[8] = { NULL };
  g_autofree char *line = NULL;
  g_autofree char *label = NULL;
  const char *formatted = fika_property_param (property, "LABEL");
  gboolean street_alone = TRUE;

  for (guint i = 0; i < 7; i++)
    {
      parts[i] = fika_property_part (property, i);
      street_alone &= i == 2 || *parts[i] == '\0';
    }
  line = fika_vcard_address_line (parts);
  label = fika_card_label (context, property);
  if (*line == '\0' && formatted != NULL)
    {
      g_autofree char *unescaped = fika_vcard_unescape (formatted);
      const char *whole[] = { "", "", unescaped, NULL };

      g_free (line);
      line = fika_vcard_address_line (whole);
      return fika_card_add_contact (context, property, "address", line, label);
    }
  if (*line == '\0')
    return TRUE;
  if (!fika_card_add_contact (context, property, "address", line, label))
    return FALSE;
  if (!street_alone || formatted != NULL)
    carry_address (context, property, parts, formatted);

  return TRUE;
}

/* The properties for one service each, and the scheme of its addresses; without one the name of the
 * service is the label. */
static const struct
{
  const char *property;
  const char *scheme;
  const char *service;
} services[] = {
  { "X-AIM", "aim", NULL },
  { "X-GADU-GADU", "gg", NULL },
  { "X-GADUGADU", "gg", NULL },
  { "X-GOOGLE-TALK", "xmpp", NULL },
  { "X-GROUPWISE", NULL, "GroupWise" },
  { "X-GTALK", "xmpp", NULL },
  { "X-ICQ", "icq", NULL },
  { "X-JABBER", "xmpp", NULL },
  { "X-MATRIX", NULL, "Matrix" },
  { "X-MSN", "msnim", NULL },
  { "X-QQ", NULL, "QQ" },
  { "X-SIGNAL", NULL, "Signal" },
  { "X-SIP", "sip", NULL },
  { "X-SKYPE", "skype", NULL },
  { "X-SKYPE-USERNAME", "skype", NULL },
  { "X-TELEGRAM", NULL, "Telegram" },
  { "X-YAHOO", "ymsgr", NULL },
};

static gboolean
has_scheme (const char *value)
{
  g_autofree char *scheme = g_uri_parse_scheme (value);

  return scheme != NULL;
}

/* "x-apple:" stands before what is no address but a plain name of somebody at the service. */
static char *
handle_of (const char *value)
{
  g_autofree char *decoded = NULL;

  if (g_ascii_strncasecmp (value, "x-apple:", 8) != 0)
    return g_strdup (value);
  decoded = g_uri_unescape_string (value + 8, NULL);

  return g_strdup (decoded != NULL ? decoded : value + 8);
}

gboolean
fika_card_take_chat (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *text = g_strstrip (fika_property_text (property));
  g_autofree char *unescaped = unescape_colons (text);
  g_autofree char *value = handle_of (unescaped);
  g_autofree char *label = fika_card_label (context, property);
  const char *service = fika_property_param (property, "X-SERVICE-TYPE");

  if (service == NULL)
    service = fika_property_param (property, "SERVICE-TYPE");
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      if (!g_str_equal (services[i].property, property->name))
        continue;
      service = services[i].service;
      if (services[i].scheme != NULL && *value != '\0' && !has_scheme (value))
        {
          g_autofree char *bare = g_steal_pointer (&value);

          value = g_strdup_printf ("%s:%s", services[i].scheme, bare);
        }
    }
  if (*label == '\0' && service != NULL)
    {
      g_free (label);
      label = fika_text_clip (service, FIKA_PARSE_MAX_LABEL);
    }
  return fika_card_add_contact (context, property, "chat", value, label);
}

/* A page about the person where it is one; else their name at a service. */
gboolean
fika_card_take_profile (FikaCardContext *context, const FikaProperty *property)
{
  g_autofree char *text = g_strstrip (fika_property_text (property));
  g_autofree char *value = unescape_colons (text);
  g_autofree char *label = fika_card_label (context, property);
  const char *service = fika_property_param (property, "SERVICE-TYPE");

  if (g_ascii_strncasecmp (value, "http:", 5) != 0 && g_ascii_strncasecmp (value, "https:", 6) != 0)
    return fika_card_take_chat (context, property);
  if (*label == '\0' && service != NULL)
    {
      g_free (label);
      label = fika_text_clip (service, FIKA_PARSE_MAX_LABEL);
    }
  return fika_card_add_contact (context, property, "url", value, label);
}
