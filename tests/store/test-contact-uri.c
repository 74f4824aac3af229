#include "config.h"

#include "store/fika-person.h"

#include <string.h>

/* What may be handed to another program, and what must never be (CVE-2023-46116 and its kin). */

#define PHONE FIKA_CONTACT_PHONE
#define EMAIL FIKA_CONTACT_EMAIL
#define URL FIKA_CONTACT_URL
#define ADDRESS FIKA_CONTACT_ADDRESS
#define CHAT FIKA_CONTACT_CHAT
#define VIDEO FIKA_CONTACT_VIDEO

static const struct
{
  FikaContactKind kind;
  const char *value;
  const char *uri; /* NULL: nothing to open */
} cases[] = {
  /* Phones, as people write them. */
  { PHONE, "+44 20 7946 0958", "tel:+442079460958" },
  { PHONE, "+49 (0)30 123 45-67", "tel:+49301234567" },
  { PHONE, "030/123.4567", "tel:0301234567" },
  { PHONE, "(030) 1234567", "tel:0301234567" },
  { PHONE, "tel:+1-555-0100", "tel:+15550100" },
  { PHONE, "TEL:+15550100", "tel:+15550100" },
  { PHONE, "112", "tel:112" },
  { PHONE, "+1 555 0100 ext. 42", "tel:+15550100;ext=42" },
  { PHONE, "+1 555 0100 x42", "tel:+15550100;ext=42" },
  { PHONE, "\xd9\xa0\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4", "tel:01234" },
  { PHONE, "\xef\xbc\x8b\x34\x39\xc2\xa0\x33\x30\x20\x31\x32\x33", "tel:+4930123" },
  { PHONE,
    "020\xe2\x80\x93"
    "7946",
    "tel:0207946" },
  { PHONE, "sip:ada@example.org", "sip:ada@example.org" },
  /* No codes that a phone would run, no parameters, no second number. */
  { PHONE, "*#06#", NULL },
  { PHONE, "*2767*3855#", NULL },
  { PHONE, "tel:*%2306%23", NULL },
  { PHONE, "+1555;phone-context=evil.example", NULL },
  { PHONE, "+1555,,,9", NULL },
  { PHONE, "+1555?x=y", NULL },
  { PHONE, "+1555&x", NULL },
  { PHONE, "+1555\n+1666", NULL },
  { PHONE, "+1555%0a", NULL },
  { PHONE, "1", NULL },
  { PHONE, "+", NULL },
  { PHONE, "", NULL },
  { PHONE, "   ", NULL },
  { PHONE, "call me", NULL },
  { PHONE, "+1 555 0100 ext", NULL },
  { PHONE, "+1 555 0100 x4;y", NULL },
  { PHONE, "+1 555 0100 x123456789", NULL },
  { PHONE, "123456789012345678901", NULL },
  { PHONE, "++49301234", NULL },
  { PHONE, "4930+1234", NULL },
  { PHONE, "https://example.org", NULL },
  { PHONE, "file:///etc/passwd", NULL },
  { PHONE, "sip:ada@example.org;transport=tcp", NULL },
  { PHONE, "sip:ada@example.org?subject=x", NULL },
  { PHONE, "sip:ada", NULL },

  /* Mail: the address alone. */
  { EMAIL, "ada@example.org", "mailto:ada@example.org" },
  { EMAIL, " ada@Example.ORG ", "mailto:ada@example.org" },
  { EMAIL, "mailto:ada@example.org", "mailto:ada@example.org" },
  { EMAIL, "ada+fika@example.org", "mailto:ada+fika@example.org" },
  { EMAIL, "o'neil@example.org", "mailto:o%27neil@example.org" },
  { EMAIL, "j\xc3\xbcrgen@example.org", "mailto:j%C3%BCrgen@example.org" },
  { EMAIL,
    "ada@b\xc3\xbc"
    "cher.example",
    "mailto:ada@xn--bcher-kva.example" },
  { EMAIL, "a?b@example.org", "mailto:a%3Fb@example.org" },
  { EMAIL, "ada@example.org?attach=/etc/passwd", NULL },
  { EMAIL, "ada@example.org?attachment=~/.ssh/id_rsa", NULL },
  { EMAIL, "mailto:ada@example.org?body=x", NULL },
  { EMAIL, "mailto:?to=ada@example.org", "mailto:%3Fto%3Dada@example.org" },
  { EMAIL, "mailto:?attach=/etc/passwd&to=ada@example.org", NULL },
  { EMAIL, "ada@example.org&cc=eve@example.org", NULL },
  { EMAIL, "ada@example.org,eve@example.org", NULL },
  { EMAIL, "ada@example.org;eve@example.org", NULL },
  { EMAIL, "ada@example.org%0d%0aBcc:eve@example.org", NULL },
  { EMAIL, "ada%0d%0a@example.org", NULL },
  { EMAIL, "ada@example.org\r\nBcc: eve@example.org", NULL },
  { EMAIL, "Ada <ada@example.org>", NULL },
  { EMAIL, "\"ada lovelace\"@example.org", NULL },
  { EMAIL, "ada lovelace@example.org", NULL },
  { EMAIL, "ada@localhost", NULL },
  { EMAIL, "ada@", NULL },
  { EMAIL, "@example.org", NULL },
  { EMAIL, "ada", NULL },
  { EMAIL, ".ada@example.org", NULL },
  { EMAIL, "ada.@example.org", NULL },
  { EMAIL, "a..a@example.org", NULL },
  { EMAIL, "ada@-example.org", NULL },
  { EMAIL, "ada@exam_ple.org", NULL },
  { EMAIL, "ada@example..org", NULL },
  { EMAIL, "ada@[127.0.0.1]", NULL },
  { EMAIL, "ada@example.org/..", NULL },
  { EMAIL, "ada\xe2\x80\xae@example.org", NULL },
  { EMAIL, "ada\xe2\x80\x8b@example.org", NULL },

  /* The web: https alone. */
  { URL, "https://example.org", "https://example.org/" },
  { URL, "HTTPS://Example.org/A?b=c#d", "https://example.org/A?b=c#d" },
  { URL, "https://example.org:8443/x", "https://example.org:8443/x" },
  { URL, "example.org/me", "https://example.org/me" },
  { URL, "www.example.org", "https://www.example.org/" },
  { URL,
    "https://b\xc3\xbc"
    "cher.example/",
    "https://xn--bcher-kva.example/" },
  { URL, "https://example.org/a%20b", "https://example.org/a%20b" },
  { URL, "http://example.org", NULL },
  { URL, "file:///etc/passwd", NULL },
  { URL, "FILE:///etc/passwd", NULL },
  { URL, "file://example.org/share", NULL },
  { URL, "smb://example.org/share", NULL },
  { URL, "sftp://example.org", NULL },
  { URL, "ftp://example.org", NULL },
  { URL, "dav://example.org", NULL },
  { URL, "javascript:alert(1)", NULL },
  { URL, "java\nscript:alert(1)", NULL },
  { URL, "data:text/html,x", NULL },
  { URL, "vbscript:x", NULL },
  { URL, "view-source:https://example.org", NULL },
  { URL, "blob:https://example.org/x", NULL },
  { URL, "ms-msdt:/id", NULL },
  { URL, "search-ms:query=x", NULL },
  { URL, "vscode://x", NULL },
  { URL, "steam://run/1", NULL },
  { URL, "apt:malware", NULL },
  { URL, "help:x", NULL },
  { URL, "trash:///", NULL },
  { URL, "admin:///etc/shadow", NULL },
  { URL, "mailto:ada@example.org", NULL },
  { URL, "tel:+15550100", NULL },
  { URL, "//example.org/x", NULL },
  { URL, "/etc/passwd", NULL },
  { URL, "../../etc/passwd", NULL },
  { URL, "~/x.desktop", NULL },
  { URL, "\\\\example.org\\share", NULL },
  { URL, "https:\\\\example.org", NULL },
  { URL, "https:///etc/passwd", NULL },
  { URL, "https:example.org", NULL },
  { URL, "https://", NULL },
  { URL, "https://user:secret@example.org", NULL },
  { URL, "https://example.org@evil.example/", NULL },
  { URL, "user@example.org/x", NULL },
  { URL, "https://localhost/", NULL },
  { URL, "https://[::1]/", NULL },
  { URL, "https://exa mple.org/", NULL },
  { URL, "https://example.org/\nx", NULL },
  { URL, "https://example.org:99999/", NULL },
  { URL, "https://example.org:x/", NULL },
  { URL, "https://-example.org/", NULL },
  { URL, "https://example.org\\@evil.example/", NULL },
  { URL, "https://example.org%2f@evil.example/", NULL },
  { URL, "https://example.org\xe2\x80\xae/", NULL },
  { URL, "https://exa\xe2\x81\xa0mple.org/", NULL },
  { URL, "-flag.example/", NULL },
  { URL, "--gapplication-service", NULL },
  { URL, "home page", NULL },

  /* Chat and video. */
  { CHAT, "xmpp:ada@example.org", "xmpp:ada@example.org" },
  { CHAT, "xmpp:ada@example.org?message;body=x", NULL },
  { CHAT, "xmpp:ada@example.org/phone", NULL },
  { CHAT, "@ada:example.org", "matrix:u/ada:example.org" },
  { CHAT, "matrix:u/ada:example.org", "matrix:u/ada:example.org" },
  { CHAT, "matrix:u/ada:example.org?action=chat", NULL },
  { CHAT, "matrix:r/room:example.org", NULL },
  { CHAT, "@a%da:example.org", NULL },
  { CHAT, "@ada:example.org/../x", NULL },
  { CHAT, "https://matrix.to/#/@ada:example.org", "https://matrix.to/#/@ada:example.org" },
  { CHAT, "ada_on_chat", NULL },
  { CHAT, "irc://example.org/x", NULL },
  { CHAT, "skype:ada?call", NULL },
  { VIDEO, "https://meet.example.org/ada", "https://meet.example.org/ada" },
  { VIDEO, "sip:ada@example.org", "sip:ada@example.org" },
  { VIDEO, "http://meet.example.org/ada", NULL },
  { VIDEO, "zoommtg://example.org", NULL },
  { VIDEO, "rtsp://example.org/x", NULL },

  /* Postal addresses become a question to a map, whatever is in them. */
  { ADDRESS, "12 High Street\nLondon",
    "https://www.openstreetmap.org/search?query=12%20High%20Street%2C%20London" },
  { ADDRESS, "file:///etc/passwd",
    "https://www.openstreetmap.org/search?query=file%3A%2F%2F%2Fetc%2Fpasswd" },
  { ADDRESS, "x&layers=evil#map=1/2/3",
    "https://www.openstreetmap.org/search?query=x%26layers%3Devil%23map%3D1%2F2%2F3" },
  { ADDRESS, "\r\n \n", NULL },
  { ADDRESS, "12 High\x07 Street", NULL },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (FikaContact) contact = fika_contact_new (cases[i].kind, NULL, cases[i].value);
      g_autofree char *uri = fika_contact_to_uri (contact);

      g_test_message ("%u: “%s”", i, cases[i].value);
      g_assert_cmpstr (uri, ==, cases[i].uri);
    }
}

/* Everything that a desktop may hand to a program, for every kind of contact: file systems, shares,
 * settings, installers, scripts, other people's programs. None of it may be opened, and an address
 * only as words to look for on a map. */
static void
test_069_hostile (void)
{
  static const char *const schemes[] = {
    "file",        "smb",       "sftp",    "ftp",         "ftps",        "dav",       "davs",
    "nfs",         "afp",       "mtp",     "gphoto2",     "trash",       "recent",    "admin",
    "burn",        "computer",  "network", "archive",     "ssh",         "telnet",    "rlogin",
    "ldap",        "ldaps",     "gopher",  "http",        "ws",          "wss",       "javascript",
    "vbscript",    "data",      "blob",    "about",       "view-source", "resource",  "chrome",
    "moz-icon",    "jar",       "ms-msdt", "ms-settings", "ms-word",     "ms-excel",  "search-ms",
    "shell",       "steam",     "vscode",  "vnc",         "rdp",         "spice",     "apt",
    "snap",        "appstream", "flatpak", "help",        "ghelp",       "man",       "info",
    "magnet",      "ed2k",      "irc",     "ircs",        "skype",       "zoommtg",   "msteams",
    "tg",          "whatsapp",  "callto",  "sms",         "smsto",       "mms",       "geo",
    "market",      "intent",    "itms",    "webcal",      "news",        "nntp",      "git",
    "svn",         "rtsp",      "mmsh",    "cdda",        "dvd",         "x-special", "exec",
    "application", "urn",       "cid",     "mid",         "dns",         "facetime",  "bitcoin",
  };
  static const char *const rests[] = {
    "///etc/passwd", "//example.org/share", "//example.org/x?y=z#w", "ada@example.org",
    "+15550100",     "//ada@example.org/",  "%2F%2Fexample.org/x",   "\\\\example.org\\share",
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (rests); j++)
        {
          /* Some of them in capitals. */
          g_autofree char *scheme
              = (i + j) % 3 == 0 ? g_ascii_strup (schemes[i], -1) : g_strdup (schemes[i]);
          g_autofree char *value = g_strdup_printf ("%s:%s", scheme, rests[j]);

          for (guint kind = 0; kind < FIKA_N_CONTACT_KINDS; kind++)
            {
              g_autoptr (FikaContact) contact = fika_contact_new (kind, NULL, value);
              g_autofree char *uri = fika_contact_to_uri (contact);

              if (kind == ADDRESS)
                g_assert_true (
                    g_str_has_prefix (uri, "https://www.openstreetmap.org/search?query="));
              else
                g_assert_cmpstr (uri, ==, NULL);
              n++;
            }
        }
    }
  g_test_message ("%u hostile URIs", n);
  g_assert_cmpuint (n, >, 500);
}

/* 70: whatever a mail program understands besides an address is not passed on. */
static void
test_070_mail_headers (void)
{
  static const char *const fields[] = {
    "attach", "attachment", "Attach",      "cc",       "bcc",  "subject", "body",
    "to",     "from",       "in-reply-to", "x-unsafe", "file", "insert",  "include",
  };
  static const char *const joints[] = { "?", "&", "%3F", "%26", "?x=y&", "#?", ";", ",?", " ?" };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (joints); j++)
        {
          g_autofree char *value
              = g_strdup_printf ("%sada@example.org%s%s=/etc/passwd", j % 2 == 0 ? "mailto:" : "",
                                 joints[j], fields[i]);
          g_autoptr (FikaContact) contact = fika_contact_new (EMAIL, NULL, value);
          g_autofree char *uri = fika_contact_to_uri (contact);

          g_test_message ("%s", value);
          g_assert_cmpstr (uri, ==, NULL);
        }
    }
}

static void
test_not_text (void)
{
  static const char *const values[] = { "\xff\xfe", "ada\xc3@example.org", "https://ex\x80.org/" };
  g_autofree char *path = g_strnfill (5000, 'a');
  g_autofree char *url = g_strconcat ("https://example.org/", path, NULL);
  g_autoptr (FikaContact) contact = fika_contact_new (URL, NULL, url);

  g_assert_null (fika_contact_to_uri (contact));
  for (guint kind = 0; kind < FIKA_N_CONTACT_KINDS; kind++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (values); i++)
        {
          g_autoptr (FikaContact) broken = fika_contact_new (kind, NULL, values[i]);

          g_assert_null (fika_contact_to_uri (broken));
        }
    }
}

static gboolean
is_safe (const char *uri)
{
  static const char *const starts[]
      = { "tel:", "sip:", "mailto:", "xmpp:", "matrix:u/", "https://" };

  for (const char *p = uri; *p != '\0'; p++)
    {
      if (*p <= ' ' || *p == 0x7f || strchr ("\"<>\\^`{|}", *p) != NULL)
        return FALSE;
    }
  if (!g_str_has_prefix (uri, "https://") && strpbrk (uri, "?#&") != NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      if (g_str_has_prefix (uri, starts[i]))
        return TRUE;
    }

  return FALSE;
}

/* Hostile pieces put together at random: whatever comes out has one of the six schemes, no blank,
 * no control and, but for https, no parameters. */
static void
test_random (void)
{
  static const char *const pieces[] = {
    "https:",
    "http:",
    "file:",
    "smb:",
    "mailto:",
    "tel:",
    "sip:",
    "xmpp:",
    "matrix:u/",
    "//",
    "/",
    "example.org",
    "evil.example",
    "ada",
    "@",
    ":",
    "?",
    "&",
    "=",
    "#",
    "%0a",
    "%",
    "\n",
    "\r",
    " ",
    "\\",
    "..",
    "attach",
    "+15550100",
    "\"",
    "<",
    ">",
    "`",
    "$(id)",
    ";",
    ",",
    "|",
    "[::1]",
    "'",
    "*",
    "\xe2\x80\xae",
    "\xc3\xbc",
    "\xf0\x9f\x98\x80",
    "{",
    "}",
    "^",
    "8080",
    "-",
    "--help",
    "0",
    "x",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (69);
  guint opened = 0;

  for (guint i = 0; i < 100000; i++)
    {
      g_autoptr (GString) value = g_string_new (NULL);
      g_autoptr (FikaContact) contact = NULL;
      g_autofree char *uri = NULL;
      int n = g_rand_int_range (rand, 1, 8);

      while (n-- > 0)
        g_string_append (value, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      contact
          = fika_contact_new (g_rand_int_range (rand, 0, FIKA_N_CONTACT_KINDS), NULL, value->str);
      uri = fika_contact_to_uri (contact);
      if (uri == NULL)
        continue;
      opened++;
      if (!is_safe (uri))
        g_error ("“%s” of kind %d gave “%s”", value->str, contact->kind, uri);
    }
  g_test_message ("%u opened", opened);
  g_assert_cmpuint (opened, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contact-uri/table", test_table);
  g_test_add_func ("/contact-uri/069-hostile", test_069_hostile);
  g_test_add_func ("/contact-uri/070-mail-headers", test_070_mail_headers);
  g_test_add_func ("/contact-uri/not-text", test_not_text);
  g_test_add_func ("/contact-uri/random", test_random);

  return g_test_run ();
}
