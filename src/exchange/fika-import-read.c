#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "exchange/fika-json-private.h"
#include "exchange/fika-json-read.h"
#include "exchange/parse/fika-parse-format.h"

#include <glib/gi18n-lib.h>

#include <string.h>

G_STATIC_ASSERT (FIKA_IMPORT_MAX_BYTES == FIKA_PARSE_MAX_BYTES);
G_STATIC_ASSERT (FIKA_IMPORT_MAX_CARDS == FIKA_PARSE_MAX_CARDS);

/* What Fika exported must come back, however much it is. */
#define DOCUMENT_MAX_BYTES (1024 * 1024 * 1024)
/* A plan in a list in the document, with lists of objects of its own. */
#define DOCUMENT_DEPTH 8
#define PIECE (256 * 1024)

void
fika_import_card_free (FikaImportCard *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->draft);
  g_clear_pointer (&self->photo, g_bytes_unref);
  g_free (self);
}

FikaImportSkip *
fika_import_skip_new (guint line, const char *name, const char *reason, gboolean kept)
{
  FikaImportSkip *self = g_new0 (FikaImportSkip, 1);

  self->line = line;
  self->name = g_strdup (name);
  self->reason = g_strdup (reason);
  self->kept = kept;

  return self;
}

void
fika_import_skip_free (FikaImportSkip *self)
{
  g_free (self->name);
  g_free (self->reason);
  g_free (self);
}

FikaImportContents *
fika_import_contents_new (const char *name)
{
  FikaImportContents *self = g_new0 (FikaImportContents, 1);

  self->name = g_strdup (name);
  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_import_card_free);
  self->skips = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_import_skip_free);

  return self;
}

void
fika_import_contents_free (FikaImportContents *self)
{
  g_free (self->name);
  g_ptr_array_unref (self->cards);
  g_ptr_array_unref (self->skips);
  g_clear_pointer (&self->document, json_node_unref);
  g_free (self);
}

/* The system's reason in Fika's words. */
static gboolean
read_failed (GError **error, const char *name, GError *reason)
{
  g_autoptr (GError) owned = reason;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return fika_import_set_cancelled (error);
  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
                 _ ("There is no file “%s”. Check where it is."), name);
  else if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                 _ ("The file “%s” may not be read by you. Copy it to a folder of yours."), name);
  else
    /* Translators: the name of a file, and the system's reason. */
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                 _ ("The file “%s” cannot be read: %s. Try again."), name, owned->message);

  return FALSE;
}

/* Only plain files, and not too large, before a single byte is read. */
static gboolean
check_info (GFile *file, GFileInfo *info, const char *name, GError **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (type == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("“%s” is a folder. Choose a file in it."), name);
      return FALSE;
    }
  if (type != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("“%s” is no plain file. Choose one whose name ends in .vcf."), name);
      return FALSE;
    }
  if (g_file_info_get_size (info) > DOCUMENT_MAX_BYTES)
    return fika_import_set_refusal (FIKA_PARSE_ERROR_TOO_LARGE, error);

  return TRUE;
}

/* Whether a file that begins with @text is of the kind that Fika exports: an object in JSON. */
static gboolean
is_document (const char *text, gsize length)
{
  gsize i = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < length && g_ascii_isspace (text[i]))
    i++;

  return i < length && text[i] == '{';
}

static GBytes *
read_bytes (GFile *file, const char *name, goffset size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *piece = g_malloc (PIECE);
  GError *reason = NULL;
  gsize most = FIKA_IMPORT_MAX_BYTES;

  stream = g_file_read (file, cancellable, &reason);
  if (stream == NULL)
    {
      read_failed (error, name, reason);
      return NULL;
    }
  for (;;)
    {
      gssize n = g_input_stream_read (G_INPUT_STREAM (stream), piece, PIECE, cancellable, &reason);

      if (n < 0)
        {
          read_failed (error, name, reason);
          return NULL;
        }
      if (n == 0)
        break;
      if (bytes->len == 0)
        {
          if (is_document (piece, n))
            most = DOCUMENT_MAX_BYTES;
          if ((gsize) size > most)
            {
              fika_import_set_refusal (FIKA_PARSE_ERROR_TOO_LARGE, error);
              return NULL;
            }
        }
      if (bytes->len + (gsize) n > most)
        {
          /* It grew, or its size was not known. */
          fika_import_set_refusal (FIKA_PARSE_ERROR_TOO_LARGE, error);
          return NULL;
        }
      g_byte_array_append (bytes, (const guint8 *) piece, n);
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static gboolean
parse_document (FikaImportContents *contents, GBytes *bytes, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  gboolean ok = TRUE;
  FikaJsonReader root = { NULL, &ok };

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  contents->document = fika_json_parse (text, length, DOCUMENT_DEPTH);
  if (contents->document == NULL)
    {
      g_set_error_literal (
          error, FIKA_ERROR, FIKA_ERROR_DAMAGED,
          _ ("The file is damaged: it is no whole JSON. Take another copy of it."));
      return FALSE;
    }
  root.object = json_node_get_object (contents->document);
  if (g_strcmp0 (fika_json_read_raw (&root, "format"), "fika") != 0)
    {
      g_set_error_literal (
          error, FIKA_ERROR, FIKA_ERROR_FOREIGN,
          _ ("This file was not exported by Fika. Choose a contacts file, whose name "
             "ends in .vcf, or a file that Fika exported."));
      return FALSE;
    }
  if (fika_json_read_int (&root, "version", 1, G_MAXINT64, 1) > FIKA_DOCUMENT_VERSION)
    {
      g_set_error_literal (
          error, FIKA_ERROR, FIKA_ERROR_NEWER,
          _ ("This file was exported by a newer Fika. Update Fika, then try again."));
      return FALSE;
    }

  return TRUE;
}

/* A card that is in the file twice, by its UID or because it says the same, counts once. */
static gboolean
join_repeat (FikaImportContents *self,
             FikaImportCard *card,
             GHashTable *by_uid,
             GHashTable *by_name)
{
  const char *uid = fika_person_get_uid (card->draft);
  g_autofree char *name = fika_text_fold (fika_person_get_name (card->draft));
  FikaImportCard *known;
  g_autofree char *reason = NULL;

  if (*uid != '\0')
    {
      known = g_hash_table_lookup (by_uid, uid);
    }
  else
    {
      known = g_hash_table_lookup (by_name, name);
      if (known != NULL && !fika_import_same_person (known->draft, card->draft))
        known = NULL;
    }
  if (known == NULL)
    {
      if (*uid != '\0')
        g_hash_table_insert (by_uid, g_strdup (uid), card);
      else
        g_hash_table_insert (by_name, g_steal_pointer (&name), card);
      return FALSE;
    }

  if (*uid != '\0')
    {
      FikaPerson *both = fika_import_merge (known->draft, card->draft, TRUE);

      g_object_unref (known->draft);
      known->draft = both;
      if (card->photo != NULL)
        {
          g_clear_pointer (&known->photo, g_bytes_unref);
          known->photo = g_bytes_ref (card->photo);
        }
    }
  reason
      = g_strdup_printf (_ ("The card repeats the one in line %u; both were joined."), known->line);
  g_ptr_array_add (self->skips, fika_import_skip_new (
                                    card->line, fika_person_get_name (card->draft), reason, TRUE));

  return TRUE;
}

static void
join_repeats (FikaImportContents *self)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) all = g_steal_pointer (&self->cards);

  self->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_import_card_free);
  for (guint i = 0; i < all->len; i++)
    {
      FikaImportCard *card = g_ptr_array_index (all, i);

      if (join_repeat (self, card, by_uid, by_name))
        continue;
      g_ptr_array_add (self->cards, card);
      all->pdata[i] = NULL;
    }
}

static gboolean
take_line_cb (char *line, gsize length, gpointer user_data, GError **error)
{
  return fika_import_answer_take (user_data, line, length, error);
}

static gboolean
parse_cards (FikaImportContents *contents, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (FikaImportAnswer) answer = fika_import_answer_new (contents);

  if (!fika_import_helper_run (bytes, take_line_cb, answer, cancellable, error)
      || !fika_import_answer_finish (answer, error))
    return FALSE;
  join_repeats (contents);

  return TRUE;
}

/**
 * fika_import_contents_read:
 * @file: a file of contacts, or one that Fika exported
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Reads a file. Knows nothing of the data here and turns no main loop: it may run on any thread.
 *
 * Returns: (transfer full) (nullable): what is in it; else the error is of %FIKA_ERROR, and a whole
 *   sentence about the file
 */
FikaImportContents *
fika_import_contents_read (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (FikaImportContents) contents = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  GError *reason = NULL;
  gboolean done;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  name = g_filename_display_name (base != NULL ? base : "?");
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, &reason);
  if (info == NULL)
    {
      read_failed (error, name, reason);
      return NULL;
    }
  if (!check_info (file, info, name, error))
    return NULL;
  bytes = read_bytes (file, name, g_file_info_get_size (info), cancellable, error);
  if (bytes == NULL)
    return NULL;

  contents = fika_import_contents_new (name);
  if (is_document (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)))
    done = parse_document (contents, bytes, error);
  else
    done = parse_cards (contents, bytes, cancellable, error);

  return done ? g_steal_pointer (&contents) : NULL;
}
