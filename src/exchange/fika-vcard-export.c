#include "config.h"

#include "exchange/fika-vcard-export.h"

#include "base/fika-paths.h"
#include "base/fika-text.h"
#include "exchange/fika-photo.h"
#include "exchange/fika-vcard-text.h"
#include "exchange/parse/fika-parse-format.h"

#include <string.h>

/* One card being written. */
typedef struct
{
  FikaVcardVersion version;
  FikaPerson *person;
  char **extra;        /* the lines that were carried along */
  GHashTable *written; /* names of properties that a card has once, borrowed */
  guint group;         /* number of the last itemN group */
  GString *out;
} Writer;

G_GNUC_PRINTF (2, 3)
static void
put (Writer *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fika_vcard_append_folded (self->out, line);
}

static void
put_text (Writer *self, const char *head, const char *text)
{
  g_autofree char *escaped = fika_vcard_escape (text);

  if (*text != '\0')
    put (self, "%s:%s", head, escaped);
}

/* A URI has no escapes; only what would be taken for one is. */
static char *
escape_uri (const char *uri)
{
  g_auto (GStrv) parts = g_strsplit (uri, "\\", -1);

  return g_strjoinv ("\\\\", parts);
}

/* The highest N of the groups itemN that carried lines use. */
static guint
last_group (char **lines)
{
  guint last = 0;

  for (char **line = lines; *line != NULL; line++)
    {
      guint64 n = 0;

      if (g_ascii_strncasecmp (*line, "item", 4) == 0 && g_ascii_isdigit ((*line)[4]))
        n = g_ascii_strtoull (*line + 4, NULL, 10);
      if (n < 100000)
        last = MAX (last, (guint) n);
    }

  return last;
}

static void
put_uid (Writer *self)
{
  const char *uid = fika_person_get_uid (self->person);

  if (self->version == FIKA_VCARD_3_0)
    put_text (self, "UID", uid);
  else if (g_uuid_string_is_valid (uid))
    put (self, "UID:urn:uuid:%s", uid);
  else
    put_text (self, "UID;VALUE=text", uid);
}

/* The carried parts, where the name still has them: it may have been changed here. */
static char *
carried_name (Writer *self)
{
  g_autofree char *name = fika_text_fold (fika_person_get_name (self->person));

  for (char **line = self->extra; *line != NULL; line++)
    {
      g_autofree char *property = fika_vcard_line_name (*line);
      const char *value = fika_vcard_line_value (*line);
      g_auto (GStrv) parts = NULL;
      gboolean fits = TRUE;

      if (!g_str_equal (property, "N") || value == NULL)
        continue;
      parts = fika_vcard_split (value, ';');
      for (guint i = 0; i < 2 && parts[i] != NULL; i++)
        {
          g_autofree char *part = fika_text_fold (parts[i]);

          fits &= strstr (name, part) != NULL;
        }
      if (fits)
        return g_strdup (*line);
    }

  return NULL;
}

static void
put_name (Writer *self)
{
  const char *name = fika_person_get_name (self->person);
  g_autofree char *carried = carried_name (self);

  put_text (self, "FN", name);
  if (carried != NULL)
    {
      fika_vcard_append_folded (self->out, carried);
    }
  else
    {
      g_autofree char *family = NULL;
      g_autofree char *given = NULL;
      g_autofree char *escaped_family = NULL;
      g_autofree char *escaped_given = NULL;

      fika_vcard_split_name (name, &family, &given);
      escaped_family = fika_vcard_escape (family);
      escaped_given = fika_vcard_escape (given);
      put (self, "N:%s;%s;;;", escaped_family, escaped_given);
    }
  put_text (self, "NICKNAME", fika_person_get_nickname (self->person));
  put_text (self, self->version == FIKA_VCARD_3_0 ? "X-PRONOUNS" : "PRONOUNS",
            fika_person_get_pronouns (self->person));
}

/* The types that stand for a label; NULL where it is a person's own. */
static char *
types_of_label (const char *label, gboolean phone)
{
  static const char *const places[] = { "home", "work", "other", "school" };
  static const struct
  {
    const char *word;
    const char *type;
  } devices[] = {
    { "mobile", "cell" }, { "fax", "fax" },   { "pager", "pager" },
    { "car", "car" },     { "main", "main" },
  };
  const char *rest = label;
  const char *place = NULL;

  if (*label == '\0')
    return g_strdup ("");
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      gsize n = strlen (places[i]);

      if (strncmp (label, places[i], n) == 0 && (label[n] == '\0' || label[n] == ' '))
        {
          place = places[i];
          rest = label[n] == ' ' ? label + n + 1 : "";
        }
    }
  if (place != NULL && *rest == '\0')
    return g_strdup (g_str_has_suffix (label, " ") ? NULL : place);
  for (guint i = 0; phone && i < G_N_ELEMENTS (devices); i++)
    {
      if (g_str_equal (devices[i].word, rest))
        return place != NULL ? g_strdup_printf ("%s,%s", place, devices[i].type)
                             : g_strdup (devices[i].type);
    }

  return NULL;
}

/* The beginning of a line: a group where the label needs one, the name, types and preference. */
static char *
head_of (Writer *self, const char *name, const char *types, gboolean preferred)
{
  g_autoptr (GString) head = g_string_new (NULL);
  gboolean old = self->version == FIKA_VCARD_3_0;

  if (types == NULL)
    g_string_append_printf (head, "item%u.", ++self->group);
  g_string_append (head, name);
  if (types != NULL && *types != '\0')
    g_string_append_printf (head, ";TYPE=%s%s", types, old && preferred ? ",pref" : "");
  else if (old && preferred)
    g_string_append (head, ";TYPE=pref");
  if (!old && preferred)
    g_string_append (head, ";PREF=1");

  return g_string_free (g_steal_pointer (&head), FALSE);
}

/* The carried parts of an address that reads like @line; NULL where there are none. */
static const char *
carried_address (Writer *self, const char *line)
{
  for (char **carried = self->extra; *carried != NULL; carried++)
    {
      g_autofree char *property = fika_vcard_line_name (*carried);
      const char *value = fika_vcard_line_value (*carried);
      g_auto (GStrv) parts = NULL;
      g_autofree char *reads = NULL;
      g_autofree char *clean = NULL;

      if (!g_str_equal (property, "ADR") || value == NULL)
        continue;
      parts = fika_vcard_split (value, ';');
      reads = fika_vcard_address_line ((const char *const *) parts);
      clean = fika_text_clean_line (reads);
      if (g_str_equal (clean, line))
        return *carried;
    }

  return NULL;
}

static void
put_address (Writer *self, const char *head, const char *value)
{
  g_autofree char *line = fika_text_clean_line (value);
  const char *carried = carried_address (self, line);

  if (carried == NULL)
    {
      g_autofree char *escaped = fika_vcard_escape (value);

      put (self, "%s:;;%s;;;;", head, escaped);
    }
  else
    {
      /* With its LABEL, which version 3.0 does not know and does not mind. */
      put (self, "%s%s", head, carried + strlen ("ADR"));
    }
}

static void
put_contact (Writer *self, const FikaContact *contact)
{
  static const char *const names[FIKA_N_CONTACT_KINDS] = {
    [FIKA_CONTACT_PHONE] = "TEL", [FIKA_CONTACT_EMAIL] = "EMAIL",
    [FIKA_CONTACT_URL] = "URL",   [FIKA_CONTACT_ADDRESS] = "ADR",
    [FIKA_CONTACT_CHAT] = "IMPP", [FIKA_CONTACT_VIDEO] = "URL;" FIKA_PARSE_KIND_PARAM "=video",
  };
  g_autofree char *types = types_of_label (contact->label, contact->kind == FIKA_CONTACT_PHONE);
  g_autofree char *head = NULL;
  g_autofree char *value = NULL;
  g_autofree char *scheme = NULL;

  head = head_of (self, names[contact->kind], types, contact->preferred);
  switch (contact->kind)
    {
    case FIKA_CONTACT_ADDRESS:
      put_address (self, head, contact->value);
      break;
    case FIKA_CONTACT_CHAT:
      scheme = g_uri_parse_scheme (contact->value);
      if (scheme == NULL)
        {
          g_autofree char *escaped = g_uri_escape_string (contact->value, NULL, FALSE);

          put (self, "%s:x-apple:%s", head, escaped);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case FIKA_CONTACT_URL:
    case FIKA_CONTACT_VIDEO:
      value = escape_uri (contact->value);
      put (self, "%s:%s", head, value);
      break;
    case FIKA_CONTACT_PHONE:
    case FIKA_CONTACT_EMAIL:
    default:
      put_text (self, head, contact->value);
      break;
    }
  if (types == NULL)
    {
      g_autofree char *label_head = g_strdup_printf ("item%u.X-ABLabel", self->group);

      put_text (self, label_head, contact->label);
    }
}

/* "1985-04-12" (3.0) or "19850412" (4.0); without a year Apple's way (3.0) or "--0412" (4.0). */
static void
put_date (Writer *self, const char *head, const FikaOccasion *date)
{
  gboolean old = self->version == FIKA_VCARD_3_0;

  if (date->year != 0)
    put (self, old ? "%s:%04d-%02d-%02d" : "%s:%04d%02d%02d", head, date->year, date->month,
         date->day);
  else if (old)
    put (self, "%s;X-APPLE-OMIT-YEAR=1604:1604-%02d-%02d", head, date->month, date->day);
  else
    put (self, "%s:--%02d%02d", head, date->month, date->day);
}

static void
put_labelled_date (Writer *self, const FikaOccasion *date, gboolean anniversary)
{
  g_autofree char *head = NULL;
  g_autofree char *label_head = NULL;

  self->group++;
  head = g_strdup_printf (
      "item%u.X-ABDATE%s", self->group,
      anniversary && *date->label != '\0' ? ";" FIKA_PARSE_KIND_PARAM "=anniversary" : "");
  label_head = g_strdup_printf ("item%u.X-ABLabel", self->group);
  put_date (self, head, date);
  if (*date->label != '\0')
    put_text (self, label_head, date->label);
  else
    put (self, "%s:%s", label_head, anniversary ? "_$!<Anniversary>!$_" : "_$!<Other>!$_");
}

static void
put_occasions (Writer *self)
{
  GPtrArray *occasions = fika_person_get_occasions (self->person);

  for (guint i = 0; i < occasions->len; i++)
    {
      const FikaOccasion *date = g_ptr_array_index (occasions, i);

      switch (date->kind)
        {
        case FIKA_OCCASION_BIRTHDAY:
          if (g_hash_table_add (self->written, (gpointer) "BDAY"))
            put_date (self, "BDAY", date);
          break;
        case FIKA_OCCASION_ANNIVERSARY:
          /* Version 4.0 has one, without a label. */
          if (self->version == FIKA_VCARD_4_0 && *date->label == '\0'
              && g_hash_table_add (self->written, (gpointer) "ANNIVERSARY"))
            put_date (self, "ANNIVERSARY", date);
          else
            put_labelled_date (self, date, TRUE);
          break;
        case FIKA_OCCASION_OTHER:
        default:
          put_labelled_date (self, date, FALSE);
          break;
        }
    }
}

static void
put_death (Writer *self)
{
  FikaDay died = fika_person_get_died (self->person);
  const char *name = self->version == FIKA_VCARD_3_0 ? "X-DEATHDATE" : "DEATHDATE";
  FikaOccasion date = { 0 };

  if (!fika_person_get_deceased (self->person))
    return;
  g_hash_table_add (self->written, (gpointer) "DEATHDATE");
  g_hash_table_add (self->written, (gpointer) "X-DEATHDATE");
  if (died == FIKA_DAY_NONE)
    {
      put (self, "%s;VALUE=text:" FIKA_PARSE_UNKNOWN_DATE, name);
      return;
    }
  fika_day_to_ymd (died, &date.year, &date.month, &date.day);
  put_date (self, name, &date);
}

static void
put_tags (Writer *self)
{
  GPtrArray *tags = fika_person_get_tags (self->person);
  g_autoptr (GString) joined = g_string_new (NULL);

  if (tags->len == 0)
    return;
  for (guint i = 0; i < tags->len; i++)
    {
      g_autofree char *escaped = fika_vcard_escape (g_ptr_array_index (tags, i));

      g_string_append_printf (joined, "%s%s", i > 0 ? "," : "", escaped);
    }
  put (self, "CATEGORIES:%s", joined->str);
}

static void
put_zone (Writer *self)
{
  const char *zone = fika_person_get_zone (self->person);

  if (*zone == '\0')
    return;
  g_hash_table_add (self->written, (gpointer) "TZ");
  put (self, self->version == FIKA_VCARD_3_0 ? "TZ;VALUE=text:%s" : "TZ:%s", zone);
}

/* A photo whose file is gone or is none is left out: the card is as good without. */
static void
put_photo (Writer *self)
{
  const char *name = fika_person_get_photo (self->person);
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  g_autofree char *base64 = NULL;
  const char *type;
  gsize length;

  if (*name == '\0' || !g_file_get_contents (path, &data, &length, NULL)
      || fika_photo_check ((const guint8 *) data, length) != FIKA_PHOTO_OK)
    return;
  type = fika_photo_media_type ((const guint8 *) data, length);
  base64 = g_base64_encode ((const guchar *) data, length);
  if (self->version == FIKA_VCARD_4_0)
    {
      put (self, "PHOTO:data:%s;base64,%s", type, base64);
    }
  else
    {
      g_autofree char *short_type = g_ascii_strup (type + strlen ("image/"), -1);

      put (self, "PHOTO;ENCODING=b;TYPE=%s:%s", short_type, base64);
    }
}

/* A line that nobody can take for two, or for the end of the card. */
static gboolean
is_line (const char *line)
{
  gsize name = strspn (line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

  if (name == 0 || (line[name] != ':' && line[name] != ';') || strchr (line, ':') == NULL)
    return FALSE;
  for (; *line != '\0'; line++)
    {
      if (g_ascii_iscntrl (*line) && *line != '\t')
        return FALSE;
    }

  return TRUE;
}

/* Version 4.0 has no ENCODING: what was inline becomes a data: URI (RFC 2397). */
static char *
inline_to_uri (const char *line)
{
  const char *value = fika_vcard_line_value (line);
  g_auto (GStrv) parts = NULL;
  g_autofree char *head = NULL;
  g_autoptr (GString) out = NULL;
  gboolean encoded = FALSE;

  if (value == NULL)
    return g_strdup (line);
  head = g_strndup (line, value - 1 - line);
  parts = g_strsplit (head, ";", -1);
  out = g_string_new (parts[0]);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (parts[i], "ENCODING=b") == 0)
        encoded = TRUE;
      else
        g_string_append_printf (out, ";%s", parts[i]);
    }
  if (!encoded)
    return g_strdup (line);
  g_string_append_printf (out, ":data:application/octet-stream;base64,%s", value);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
put_extra (Writer *self)
{
  /* Written in their own place, or about the old card only. */
  static const char *const own[]
      = { "N", "ADR", "FN", "UID", "VERSION", "REV", "BEGIN", "PRODID", "END", NULL };

  for (char **line = self->extra; *line != NULL; line++)
    {
      g_autofree char *name = fika_vcard_line_name (*line);
      g_autofree char *modern = NULL;

      if (!is_line (*line) || g_strv_contains (own, name)
          || g_hash_table_contains (self->written, name))
        continue;
      modern = self->version == FIKA_VCARD_4_0 ? inline_to_uri (*line) : g_strdup (*line);
      fika_vcard_append_folded (self->out, modern);
    }
}

static void
write_card (GString *out, FikaPerson *person, FikaVcardVersion version)
{
  g_auto (GStrv) extra = g_strsplit (fika_person_get_extra (person), "\n", -1);
  g_autoptr (GHashTable) written = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *contacts = fika_person_get_contacts (person);
  Writer writer = { version, person, extra, written, last_group (extra), out };

  put (&writer, "BEGIN:VCARD");
  put (&writer, "VERSION:%s", version == FIKA_VCARD_3_0 ? "3.0" : "4.0");
  put (&writer, "PRODID:-//Fika//Fika " FIKA_VERSION "//EN");
  put_uid (&writer);
  put_name (&writer);
  for (guint i = 0; i < contacts->len; i++)
    put_contact (&writer, g_ptr_array_index (contacts, i));
  put_occasions (&writer);
  put_death (&writer);
  put_zone (&writer);
  put_tags (&writer);
  put_text (&writer, "NOTE", fika_person_get_notes (person));
  put_photo (&writer);
  put_extra (&writer);
  put (&writer, "END:VCARD");
}

/**
 * fika_vcard_export:
 * @store: the data
 * @people: (element-type gint64): ids of people
 * @version: of vCard
 * @error: return location
 *
 * Writes people as vCards: what other address books know, and the lines that came with an imported
 * card. What only concerns you and Fika (circles, rhythm, ties, topics) stays here.
 *
 * Returns: (transfer full) (nullable): the text, with lines ended by CR LF; %NULL with an error of
 * the store
 */
char *
fika_vcard_export (FikaStore *store, GArray *people, FikaVcardVersion version, GError **error)
{
  g_autoptr (GString) out = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);
  g_return_val_if_fail (people != NULL, NULL);

  out = g_string_new (NULL);
  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (FikaPerson) person = NULL;

      person = fika_store_get_person (store, g_array_index (people, int64_t, i), error);
      if (person == NULL)
        return NULL;
      write_card (out, person, version);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
