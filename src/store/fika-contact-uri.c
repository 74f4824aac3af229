#include "config.h"

#include "store/fika-person.h"

#include <gio/gio.h>

#include <string.h>

/*
 * From what was typed or imported to something that may be handed to another program. Nothing is
 * passed through: every address is taken apart, each part is checked against what it may hold, and
 * a new one is written from the parts. Anything else answers NULL.
 */

#define VALUE_MAX 1000 /* bytes */
#define DIGITS_MIN 2
#define DIGITS_MAX 20 /* 15 of E.164, and an international prefix */
#define EXTENSION_MAX 8
#define LOCAL_MAX 64   /* RFC 5321, section 4.5.3.1.1 */
#define DOMAIN_MAX 253 /* RFC 1035 */

/* What stands in a mail address before the '@' without quotes: RFC 5322, section 3.2.3. '%' and '&'
 * are left out: they could only be there to be decoded by somebody. */
#define LOCAL_CHARACTERS "!#$'*+-/=?^_`{|}~."

static gboolean
has_control (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT
          || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
          || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR)
        return TRUE;
    }

  return FALSE;
}

/* What follows `scheme:` in any case, or NULL. */
static const char *
after_scheme (const char *value, const char *scheme)
{
  size_t length = strlen (scheme);

  if (g_ascii_strncasecmp (value, scheme, length) != 0 || value[length] != ':')
    return NULL;

  return value + length + 1;
}

/* "+49 (0)30 1234-56 ext. 7" becomes "tel:+4930123456;ext=7": RFC 3966, section 3. */
static char *
phone_uri (const char *value)
{
  const char *typed = after_scheme (value, "tel");
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autoptr (GString) extension = g_string_new (NULL);
  gboolean international = FALSE;
  const char *p = typed != NULL ? typed : value;

  while (*p == ' ')
    p++;
  if (*p == '+' || g_str_has_prefix (p, "\xef\xbc\x8b"))
    {
      international = TRUE;
      p = g_utf8_next_char (p);
    }

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (international && digits->len > 0 && g_str_has_prefix (p, "(0)"))
        {
          p += strlen ("(0)");
          continue;
        }
      if (g_ascii_strncasecmp (p, "ext", 3) == 0 || c == 'x' || c == 'X')
        break;
      if (g_unichar_isdigit (c))
        g_string_append_c (digits, (char) ('0' + g_unichar_digit_value (c)));
      else if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION
               && (c > 127 || strchr ("-./()", (int) c) == NULL))
        return NULL;
      p = g_utf8_next_char (p);
    }

  if (*p != '\0')
    {
      p += g_ascii_strncasecmp (p, "ext", 3) == 0 ? 3 : 1;
      p += strspn (p, ".: ");
      for (; g_ascii_isdigit (*p); p++)
        g_string_append_c (extension, *p);
      if (*p != '\0' || extension->len == 0 || extension->len > EXTENSION_MAX)
        return NULL;
    }

  if (digits->len < DIGITS_MIN || digits->len > DIGITS_MAX)
    return NULL;

  return g_strdup_printf ("tel:%s%s%s%s", international ? "+" : "", digits->str,
                          extension->len > 0 ? ";ext=" : "", extension->str);
}

/* A domain in its ASCII form, or NULL. */
static char *
check_domain (const char *text)
{
  g_autofree char *ascii = NULL;
  g_auto (GStrv) labels = NULL;

  ascii = g_hostname_to_ascii (text);
  if (ascii == NULL || strlen (ascii) > DOMAIN_MAX)
    return NULL;

  labels = g_strsplit (ascii, ".", -1);
  for (guint i = 0; labels[i] != NULL; i++)
    {
      size_t n = strlen (labels[i]);

      if (n == 0 || n > 63 || labels[i][0] == '-' || labels[i][n - 1] == '-')
        return NULL;
      for (const char *p = labels[i]; *p != '\0'; p++)
        {
          if (!g_ascii_isalnum (*p) && *p != '-')
            return NULL;
        }
    }

  return g_ascii_strdown (ascii, -1);
}

/* "local@domain" alone, each part escaped for a URI, or NULL. */
static char *
check_address (const char *text, gboolean unicode_local)
{
  const char *at = strrchr (text, '@');
  g_autofree char *local = NULL;
  g_autofree char *domain = NULL;
  g_autofree char *escaped = NULL;

  if (at == NULL || at == text || at - text > LOCAL_MAX)
    return NULL;

  local = g_strndup (text, (size_t) (at - text));
  if (local[0] == '.' || g_str_has_suffix (local, ".") || strstr (local, "..") != NULL)
    return NULL;
  for (const char *p = local; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 128 ? !g_ascii_isalnum (c) && strchr (LOCAL_CHARACTERS, (int) c) == NULL
                  : !unicode_local || !g_unichar_isalnum (c))
        return NULL;
    }

  domain = check_domain (at + 1);
  if (domain == NULL || strchr (domain, '.') == NULL)
    return NULL;

  escaped = g_uri_escape_string (local, "+", FALSE);

  return g_strconcat (escaped, "@", domain, NULL);
}

/* A mail address alone, without subject, body or attachment (RFC 6068, section 2: no hfields). */
static char *
mail_uri (const char *value)
{
  const char *typed = after_scheme (value, "mailto");
  g_autofree char *address = check_address (typed != NULL ? typed : value, TRUE);

  return address != NULL ? g_strconcat ("mailto:", address, NULL) : NULL;
}

static char *
sip_uri (const char *value)
{
  const char *typed = after_scheme (value, "sip");
  g_autofree char *address = typed != NULL ? check_address (typed, FALSE) : NULL;

  return address != NULL ? g_strconcat ("sip:", address, NULL) : NULL;
}

static char *
xmpp_uri (const char *value)
{
  const char *typed = after_scheme (value, "xmpp");
  g_autofree char *address = typed != NULL ? check_address (typed, TRUE) : NULL;

  return address != NULL ? g_strconcat ("xmpp:", address, NULL) : NULL;
}

/* "@user:server" or "matrix:u/user:server": the matrix scheme's "u" entity alone. */
static char *
matrix_uri (const char *value)
{
  const char *typed = after_scheme (value, "matrix");
  g_autofree char *user = NULL;
  g_autofree char *domain = NULL;
  const char *colon;

  if (typed != NULL && g_str_has_prefix (typed, "u/"))
    typed += strlen ("u/");
  else if (typed == NULL && value[0] == '@')
    typed = value + 1;
  else
    return NULL;

  colon = strchr (typed, ':');
  if (colon == NULL || colon == typed || colon - typed > LOCAL_MAX)
    return NULL;

  user = g_strndup (typed, (size_t) (colon - typed));
  for (const char *p = user; *p != '\0'; p++)
    {
      if (!g_ascii_isalnum (*p) && strchr ("._=-+", *p) == NULL)
        return NULL;
    }
  domain = check_domain (colon + 1);
  if (domain == NULL || strchr (domain, '.') == NULL)
    return NULL;

  return g_strdup_printf ("matrix:u/%s:%s", user, domain);
}

/* A path, query or fragment as RFC 3986 has it: what may not stand there is escaped. */
static char *
escape_part (const char *part)
{
  g_autoptr (GString) escaped = NULL;

  if (part == NULL)
    return NULL;

  escaped = g_string_new (NULL);
  for (const char *p = part; *p != '\0'; p++)
    {
      gboolean kept = g_ascii_isalnum (*p) || strchr ("-._~!$&'()*+,;=:@/?", *p) != NULL
                      || (*p == '%' && g_ascii_isxdigit (p[1]) && g_ascii_isxdigit (p[2]));

      if (kept)
        g_string_append_c (escaped, *p);
      else
        g_string_append_printf (escaped, "%%%02X", (guint) (guchar) *p);
    }

  return g_string_free (g_steal_pointer (&escaped), FALSE);
}

/* Of the web only https, without user or password. "example.org/me" is taken as such a one. */
static char *
web_uri (const char *value)
{
  g_autofree char *whole = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *query = NULL;
  g_autofree char *fragment = NULL;
  g_autoptr (GUri) uri = NULL;

  if (strchr (value, '\\') != NULL)
    return NULL;
  if (after_scheme (value, "https") == NULL)
    {
      size_t before = strcspn (value, "/?#");
      g_autofree char *first = g_strndup (value, before);

      if (strpbrk (first, ":@ ") != NULL || strchr (first, '.') == NULL)
        return NULL;
      whole = g_strconcat ("https://", value, NULL);
    }

  uri = g_uri_parse (whole != NULL ? whole : value, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD,
                     NULL);
  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "https")
      || g_uri_get_userinfo (uri) != NULL || g_uri_get_host (uri) == NULL)
    return NULL;

  host = check_domain (g_uri_get_host (uri));
  if (host == NULL || strchr (host, '.') == NULL)
    return NULL;
  path = escape_part (g_uri_get_path (uri));
  query = escape_part (g_uri_get_query (uri));
  fragment = escape_part (g_uri_get_fragment (uri));

  return g_uri_join (G_URI_FLAGS_ENCODED, "https", NULL, host, g_uri_get_port (uri),
                     path[0] != '\0' ? path : "/", query, fragment);
}

static char *
map_uri (const char *value)
{
  g_auto (GStrv) lines = g_strsplit_set (value, "\r\n\t", -1);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_strstrip (lines[i]);
      if (lines[i][0] == '\0')
        continue;
      if (line->len > 0)
        g_string_append (line, ", ");
      g_string_append (line, lines[i]);
    }
  if (line->len == 0 || has_control (line->str))
    return NULL;

  escaped = g_uri_escape_string (line->str, NULL, FALSE);

  return g_strconcat ("https://www.openstreetmap.org/search?query=", escaped, NULL);
}

/**
 * fika_contact_to_uri:
 * @self: a contact
 *
 * What opens this contact: tel:, sip:, mailto: (an address alone), xmpp:, matrix:, https:, and for
 * a postal address a search on OpenStreetMap. It is written anew from checked parts, never passed
 * on.
 *
 * Returns: (transfer full) (nullable): a URI, or %NULL where there is nothing safe to open
 */
char *
fika_contact_to_uri (const FikaContact *self)
{
  g_autofree char *value = NULL;
  char *uri = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (strlen (self->value) > VALUE_MAX || !g_utf8_validate (self->value, -1, NULL))
    return NULL;
  value = g_strstrip (g_strdup (self->value));
  if (value[0] == '\0')
    return NULL;
  if (self->kind == FIKA_CONTACT_ADDRESS)
    return map_uri (value);
  if (has_control (value))
    return NULL;

  switch (self->kind)
    {
    case FIKA_CONTACT_PHONE:
      uri = after_scheme (value, "sip") != NULL ? sip_uri (value) : phone_uri (value);
      break;
    case FIKA_CONTACT_EMAIL:
      uri = mail_uri (value);
      break;
    case FIKA_CONTACT_URL:
      uri = web_uri (value);
      break;
    case FIKA_CONTACT_CHAT:
    case FIKA_CONTACT_VIDEO:
      uri = sip_uri (value);
      if (uri == NULL)
        uri = xmpp_uri (value);
      if (uri == NULL)
        uri = matrix_uri (value);
      if (uri == NULL)
        uri = web_uri (value);
      break;
    case FIKA_CONTACT_ADDRESS:
    default:
      break;
    }

  return uri;
}
