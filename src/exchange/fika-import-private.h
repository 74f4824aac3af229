#pragma once

#include "exchange/fika-import.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * An import goes three steps: the file is read and its contents checked, without a store and on a
 * thread where need be (FikaImportContents); it is compared with the data (FikaImport); it is
 * applied.
 */

/**
 * FikaImportCard:
 * @draft: a draft; its uid is empty where the card has none, its photo where it has none
 * @photo: (nullable): the bytes of its photo, whose hash is the draft's photo
 * @line: line of the file where it begins, from 1
 */
typedef struct
{
  FikaPerson *draft;
  GBytes *photo;
  guint line;
} FikaImportCard;

void fika_import_card_free (FikaImportCard *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaImportCard, fika_import_card_free)

/**
 * FikaImportContents:
 * @name: what the file is called
 * @cards: (element-type FikaImportCard): of a contacts file
 * @skips: (element-type FikaImportSkip): what could not be read
 * @document: (nullable): of a file that Fika exported, instead
 */
typedef struct
{
  char *name;
  GPtrArray *cards;
  GPtrArray *skips;
  JsonNode *document;
} FikaImportContents;

FikaImportContents *fika_import_contents_new (const char *name);
void fika_import_contents_free (FikaImportContents *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaImportContents, fika_import_contents_free)

FikaImportContents *
fika_import_contents_read (GFile *file, GCancellable *cancellable, GError **error);

/* The parser in its own process. Each line of its answer is given to @take, which may refuse. */
typedef gboolean (*FikaImportTakeLine) (char *line,
                                        gsize length,
                                        gpointer user_data,
                                        GError **error);
gboolean fika_import_helper_run (GBytes *file,
                                 FikaImportTakeLine take,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * FikaImportAnswer:
 *
 * The answer of the parser, checked line by line as if somebody hostile had written it.
 */
typedef struct _FikaImportAnswer FikaImportAnswer;

FikaImportAnswer *fika_import_answer_new (FikaImportContents *contents);
void fika_import_answer_free (FikaImportAnswer *self);
gboolean fika_import_answer_take (FikaImportAnswer *self, char *line, gsize length, GError **error);
gboolean fika_import_answer_finish (FikaImportAnswer *self, GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaImportAnswer, fika_import_answer_free)

FikaImportSkip *
fika_import_skip_new (guint line, const char *name, const char *reason, gboolean kept);
void fika_import_skip_free (FikaImportSkip *self);
char *fika_import_words_for_skip (const char *key);
char *fika_import_words_for_problem (const char *key);
gboolean fika_import_set_refusal (const char *key, GError **error);

gboolean fika_import_set_cancelled (GError **error);

/* Comparing a card with the people here. */
FikaImportItem *fika_import_match (FikaStore *store, FikaImportCard *card, GError **error);
FikaPerson *fika_import_merge (FikaPerson *here, FikaPerson *card, gboolean same_card);
gboolean fika_import_same_person (FikaPerson *a, FikaPerson *b);
void fika_import_item_free (FikaImportItem *self);

/* Applying what is chosen. */
gboolean fika_import_is_chosen (const FikaImportItem *item);
char *fika_import_label_name (const char *name);
FikaPerson *fika_import_draft_now (FikaStore *store,
                                   const FikaImportItem *item,
                                   const FikaImportCard *card,
                                   GHashTable *drafts,
                                   GError **error);
gboolean fika_import_save_photos (GPtrArray *items,
                                  GPtrArray *cards,
                                  GPtrArray *made,
                                  GCancellable *cancellable,
                                  GError **error);
void fika_import_remove_photos (GPtrArray *made);
gboolean fika_import_apply_cards (FikaStore *store,
                                  const char *name,
                                  GPtrArray *items,
                                  GPtrArray *cards,
                                  const char *source,
                                  GCancellable *cancellable,
                                  GError **error);

/* Photos are files named by the hash of their content. */
char *fika_import_photo_name (GBytes *photo);
gboolean fika_import_save_photo (const char *name, GBytes *photo, gboolean *made, GError **error);

G_END_DECLS
