#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-civil.h"
#include "base/fika-error.h"
#include "base/fika-paths.h"
#include "base/fika-text.h"
#include "base/fika-zone.h"
#include "exchange/fika-json-read.h"
#include "exchange/fika-photo.h"
#include "exchange/parse/fika-parse-format.h"

#include <string.h>

/* An entry is an object in an object with lists of objects. */
#define ENTRY_DEPTH 4
/* Cards and what lies between them; and what is said about them. */
#define ENTRIES_MAX (2 * FIKA_PARSE_MAX_CARDS + 1)
#define SKIPS_MAX 1000000
#define LEAP_YEAR 2000
/* A SHA-256 in hexadecimal. */
#define HASH_LENGTH 64

struct _FikaImportAnswer
{
  FikaImportContents *contents;
  enum
  {
    AT_HEAD,
    AT_ENTRIES,
    AT_END
  } at;
  guint entries;
  GHashTable *photos; /* name of a photo → GBytes */
};

static void
free_bytes (gpointer bytes)
{
  g_bytes_unref (bytes);
}

/**
 * fika_import_answer_new:
 * @contents: what is filled; must stay
 *
 * Returns: (transfer full): takes the answer of fika-parse line by line
 */
FikaImportAnswer *
fika_import_answer_new (FikaImportContents *contents)
{
  FikaImportAnswer *self = g_new0 (FikaImportAnswer, 1);

  self->contents = contents;
  self->photos = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_bytes);

  return self;
}

void
fika_import_answer_free (FikaImportAnswer *self)
{
  g_hash_table_unref (self->photos);
  g_free (self);
}

static void
add_skip (FikaImportAnswer *self, FikaImportSkip *skip)
{
  g_ptr_array_add (self->contents->skips, skip);
}

static void
read_contacts (FikaJsonReader *card, FikaPerson *draft)
{
  JsonArray *array = fika_json_read_array (card, "contacts", FIKA_PARSE_MAX_PARTS);
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (card, array, i);
      g_autofree char *value = fika_json_read_line (&entry, "value", FIKA_LINE_MAX);
      g_autofree char *label = fika_json_read_line (&entry, "label", FIKA_PARSE_MAX_LABEL);
      const char *key = fika_json_read_raw (&entry, "kind");
      FikaContactKind kind;
      FikaContact *contact;

      if (key == NULL || !fika_contact_kind_parse (key, &kind) || *value == '\0')
        {
          *card->ok = FALSE;
          return;
        }
      contact = fika_contact_new (kind, label, value);
      contact->preferred = fika_json_read_boolean (&entry, "preferred");
      g_ptr_array_add (contacts, contact);
    }
  fika_person_set_contacts (draft, contacts);
}

static gboolean
read_day (FikaJsonReader *reader, int *year, int *month, int *day)
{
  *year = (int) fika_json_read_int (reader, "year", 0, FIKA_YEAR_LAST, 0);
  *month = (int) fika_json_read_int (reader, "month", 0, 12, 0);
  *day = (int) fika_json_read_int (reader, "day", 0, 31, 0);

  return fika_ymd_valid (*year != 0 ? *year : LEAP_YEAR, *month, *day);
}

static void
read_occasions (FikaJsonReader *card, FikaPerson *draft)
{
  JsonArray *array = fika_json_read_array (card, "occasions", FIKA_PARSE_MAX_PARTS);
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  gboolean birthday = FALSE;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (card, array, i);
      g_autofree char *label = fika_json_read_line (&entry, "label", FIKA_PARSE_MAX_LABEL);
      const char *key = fika_json_read_raw (&entry, "kind");
      FikaOccasionKind kind;
      int year, month, day;

      if (!read_day (&entry, &year, &month, &day) || key == NULL
          || !fika_occasion_kind_parse (key, &kind) || (kind == FIKA_OCCASION_BIRTHDAY && birthday))
        {
          *card->ok = FALSE;
          return;
        }
      birthday |= kind == FIKA_OCCASION_BIRTHDAY;
      g_ptr_array_add (occasions, fika_occasion_new (kind, label, year, month, day));
    }
  fika_person_set_occasions (draft, occasions);
}

static void
read_tags (FikaJsonReader *card, FikaPerson *draft)
{
  JsonArray *array = fika_json_read_array (card, "tags", FIKA_PARSE_MAX_PARTS);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      char *tag = fika_text_clean_line (fika_json_read_nth_raw (card, array, i));

      g_ptr_array_add (tags, tag);
      if (*tag == '\0' || g_utf8_strlen (tag, -1) > FIKA_PARSE_MAX_LABEL)
        *card->ok = FALSE;
    }
  fika_person_set_tags (draft, tags);
}

/* A zone that this computer does not know is carried along like any other line. */
static void
read_extra (FikaJsonReader *card, FikaPerson *draft)
{
  JsonArray *array = fika_json_read_array (card, "extra", FIKA_PARSE_MAX_EXTRA);
  g_autofree char *zone = fika_json_read_line (card, "zone", FIKA_PARSE_MAX_LABEL);
  g_autoptr (GString) extra = g_string_new (NULL);
  g_autofree char *clean = NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (extra, "%s%s", i > 0 ? "\n" : "",
                            fika_json_read_nth_raw (card, array, i));
  if (extra->len > FIKA_PARSE_MAX_EXTRA * 2)
    {
      *card->ok = FALSE;
      return;
    }
  if (*zone != '\0' && fika_zone_valid (zone))
    g_object_set (draft, "zone", zone, NULL);
  else if (*zone != '\0')
    g_string_append_printf (extra, "%sTZ;VALUE=text:%s", extra->len > 0 ? "\n" : "", zone);
  clean = fika_text_clean_note (extra->str);
  g_object_set (draft, "extra", clean, NULL);
}

static void
read_death (FikaJsonReader *card, FikaPerson *draft)
{
  FikaJsonReader death;
  int year, month, day;

  if (!fika_json_read_has (card, "deceased"))
    return;
  death = fika_json_read_object (card, "deceased");
  g_object_set (draft, "deceased", TRUE, NULL);
  if (read_day (&death, &year, &month, &day) && year != 0)
    g_object_set (draft, "died", fika_day_from_ymd (year, month, day), NULL);
}

/* One that Fika wrote before, and exported since, is the file that is there: not that one written
 * anew again, or whoever has it would seem to have changed. */
static gboolean
is_kept_already (const char *name)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (name == NULL || strlen (name) != HASH_LENGTH
      || strspn (name, "0123456789abcdef") != HASH_LENGTH)
    return FALSE;
  folder = fika_paths_photos_dir ();
  path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* The same picture in many cards is kept once. */
static GBytes *
read_photo (FikaImportAnswer *self, FikaJsonReader *card, FikaPerson *draft)
{
  const char *base64 = fika_json_read_raw (card, "photo");
  const char *was = fika_json_read_raw (card, "photo_was");
  g_autofree guint8 *data = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GBytes *known;
  gsize length;

  if (base64 == NULL)
    return NULL;
  if (strlen (base64) > FIKA_PHOTO_MAX_BYTES * 2
      || (data = fika_photo_decode_base64 (base64, &length)) == NULL
      || fika_photo_check (data, length) != FIKA_PHOTO_OK)
    {
      *card->ok = FALSE;
      return NULL;
    }
  if (is_kept_already (was))
    {
      g_object_set (draft, "photo", was, NULL);
      return NULL;
    }
  bytes = g_bytes_new_take (g_steal_pointer (&data), length);
  name = fika_import_photo_name (bytes);
  g_object_set (draft, "photo", name, NULL);
  known = g_hash_table_lookup (self->photos, name);
  if (known == NULL)
    {
      known = bytes;
      g_hash_table_insert (self->photos, g_steal_pointer (&name), g_bytes_ref (bytes));
    }

  return g_bytes_ref (known);
}

static void
read_problems (FikaImportAnswer *self, FikaJsonReader *card, FikaPerson *draft)
{
  JsonArray *array = fika_json_read_array (card, "problems", FIKA_PARSE_MAX_PROBLEMS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      FikaJsonReader entry = fika_json_read_nth (card, array, i);
      guint line = (guint) fika_json_read_int (&entry, "line", 1, G_MAXUINT32, 1);
      const char *key = fika_json_read_raw (&entry, "reason");
      g_autofree char *words = key != NULL ? fika_import_words_for_problem (key) : NULL;

      if (words == NULL)
        {
          *card->ok = FALSE;
          return;
        }
      add_skip (self, fika_import_skip_new (line, fika_person_get_name (draft), words, TRUE));
    }
}

static void
read_card (FikaImportAnswer *self, FikaJsonReader *card)
{
  static const struct
  {
    const char *member;
    gsize most;
  } lines[] = {
    { "nickname", FIKA_NAME_MAX },
    { "pronouns", FIKA_PARSE_MAX_LABEL },
  };
  g_autofree char *name = fika_json_read_line (card, "name", FIKA_NAME_MAX);
  g_autofree char *uid = fika_json_read_line (card, "uid", FIKA_PARSE_MAX_UID);
  g_autofree char *notes = fika_json_read_note (card, "notes", FIKA_NOTE_MAX);
  g_autoptr (FikaImportCard) found = g_new0 (FikaImportCard, 1);

  if (*name == '\0' || self->contents->cards->len == FIKA_PARSE_MAX_CARDS)
    {
      *card->ok = FALSE;
      found->draft = fika_person_new ("?");
      return;
    }
  found->line = (guint) fika_json_read_int (card, "line", 1, G_MAXUINT32, 1);
  found->draft = fika_person_new (name);
  fika_person_set_uid (found->draft, uid);
  g_object_set (found->draft, "notes", notes, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = fika_json_read_line (card, lines[i].member, lines[i].most);

      g_object_set (found->draft, lines[i].member, text, NULL);
    }
  read_contacts (card, found->draft);
  read_occasions (card, found->draft);
  read_tags (card, found->draft);
  read_extra (card, found->draft);
  read_death (card, found->draft);
  found->photo = read_photo (self, card, found->draft);
  read_problems (self, card, found->draft);
  g_ptr_array_add (self->contents->cards, g_steal_pointer (&found));
}

static void
read_skip (FikaImportAnswer *self, FikaJsonReader *skip)
{
  guint line = (guint) fika_json_read_int (skip, "line", 1, G_MAXUINT32, 1);
  g_autofree char *name = fika_json_read_line (skip, "name", FIKA_NAME_MAX);
  const char *key = fika_json_read_raw (skip, "reason");
  g_autofree char *words = key != NULL ? fika_import_words_for_skip (key) : NULL;

  if (words == NULL)
    *skip->ok = FALSE;
  else
    add_skip (self, fika_import_skip_new (line, name, words, FALSE));
}

static gboolean
take_entry (FikaImportAnswer *self, const char *line, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = fika_json_parse (line, length, ENTRY_DEPTH);
  gboolean ok = TRUE;
  FikaJsonReader root = { node != NULL ? json_node_get_object (node) : NULL, &ok };
  FikaJsonReader inner;

  if (node == NULL || ++self->entries > ENTRIES_MAX || json_object_get_size (root.object) != 1)
    return fika_import_set_refusal (NULL, error);

  if (fika_json_read_has (&root, "card"))
    {
      inner = fika_json_read_object (&root, "card");
      read_card (self, &inner);
    }
  else if (fika_json_read_has (&root, "skip"))
    {
      inner = fika_json_read_object (&root, "skip");
      read_skip (self, &inner);
    }
  else
    {
      ok = FALSE;
    }

  return (ok && self->contents->skips->len <= SKIPS_MAX) || fika_import_set_refusal (NULL, error);
}

static gboolean
take_head (FikaImportAnswer *self, const char *line, gsize length, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  gboolean ok = TRUE;
  FikaJsonReader root = { NULL, &ok };

  if (g_str_equal (line, "{\"format\":\"" FIKA_PARSE_FORMAT "\",\"entries\":["))
    {
      self->at = AT_ENTRIES;
      return TRUE;
    }
  node = fika_json_parse (line, length, 1);
  root.object = node != NULL ? json_node_get_object (node) : NULL;
  if (g_strcmp0 (fika_json_read_raw (&root, "format"), FIKA_PARSE_FORMAT) != 0)
    return fika_import_set_refusal (NULL, error);

  return fika_import_set_refusal (fika_json_read_raw (&root, "error"), error);
}

/**
 * fika_import_answer_take:
 * @self: the answer so far
 * @line: its next line, without its end
 * @length: how long it is, in bytes
 * @error: return location
 *
 * Returns: whether the line is as it should be; else @error says why the file cannot be imported
 */
gboolean
fika_import_answer_take (FikaImportAnswer *self, char *line, gsize length, GError **error)
{
  if (strlen (line) != length)
    return fika_import_set_refusal (NULL, error);

  switch (self->at)
    {
    case AT_HEAD:
      return take_head (self, line, length, error);
    case AT_ENTRIES:
      if (*line == ']')
        {
          g_autofree char *end = g_strdup_printf ("],\"count\":%u}", self->entries);

          self->at = AT_END;
          return g_str_equal (line, end) || fika_import_set_refusal (NULL, error);
        }
      if (length > 0 && line[length - 1] == ',')
        line[--length] = '\0';
      return take_entry (self, line, length, error);
    case AT_END:
    default:
      return fika_import_set_refusal (NULL, error);
    }
}

/**
 * fika_import_answer_finish:
 * @self: the answer, all lines taken
 * @error: return location
 *
 * Returns: whether it came to its end; else %FALSE, %FIKA_ERROR_FAILED
 */
gboolean
fika_import_answer_finish (FikaImportAnswer *self, GError **error)
{
  return self->at == AT_END || fika_import_set_refusal (NULL, error);
}
