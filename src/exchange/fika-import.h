#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/**
 * FikaImportItem:
 * @draft: what would be saved; with an id where it updates a live person
 * @verdict: what it is to the data here
 * @match: (nullable): the person here that it is, or may be
 * @line: line of the file where its card begins, from 1
 * @chosen: whether it will be imported; the preview may be changed by the person
 */
typedef enum
{
  FIKA_IMPORT_NEW,
  FIKA_IMPORT_UPDATED,   /* same UID, something differs */
  FIKA_IMPORT_UNCHANGED, /* same UID, nothing differs */
  FIKA_IMPORT_DUPLICATE, /* no common UID, but the phone, mail or name of someone here */
} FikaImportVerdict;

typedef struct
{
  FikaPerson *draft;
  FikaImportVerdict verdict;
  FikaPerson *match;
  guint line;
  gboolean chosen;
} FikaImportItem;

/**
 * FikaImportSkip:
 * @line: line of the file, from 1; 0 where it has no lines
 * @name: whose card it is; may be empty
 * @reason: a whole sentence
 * @kept: whether the rest of the entry comes in, and only a part of it could not be read
 *
 * An entry, or a part of one, that could not be read.
 */
typedef struct
{
  guint line;
  char *name;
  char *reason;
  gboolean kept;
} FikaImportSkip;

/**
 * FikaImportSummary:
 *
 * What a file that Fika exported holds beside people: how many would be added and changed. Zero for
 * files of contacts.
 */
typedef struct
{
  guint groups_new;
  guint groups_updated;
  guint plans_new; /* catch-ups and series */
  guint plans_updated;
  guint topics_new; /* topics and promises */
  guint topics_updated;
  guint circles_updated;
} FikaImportSummary;

/**
 * FikaImport:
 *
 * A file read and compared with the data here, nothing changed yet: the preview.
 */
#define FIKA_TYPE_IMPORT (fika_import_get_type ())
G_DECLARE_FINAL_TYPE (FikaImport, fika_import, FIKA, IMPORT, GObject)

/* Longest file taken, in bytes (64 MiB), cards (100,000) and bytes of a photo (2 MiB). */
#define FIKA_IMPORT_MAX_BYTES (64 * 1024 * 1024)
#define FIKA_IMPORT_MAX_CARDS 100000
#define FIKA_IMPORT_MAX_PHOTO (2 * 1024 * 1024)

void fika_import_read_async (FikaStore *store,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
FikaImport *fika_import_read_finish (GAsyncResult *result, GError **error);
FikaImport *
fika_import_read (FikaStore *store, GFile *file, GCancellable *cancellable, GError **error);

GPtrArray *fika_import_get_items (FikaImport *self); /* FikaImportItem */
GPtrArray *fika_import_get_skips (FikaImport *self); /* FikaImportSkip */
guint fika_import_count (FikaImport *self, FikaImportVerdict verdict);
void fika_import_get_summary (FikaImport *self, FikaImportSummary *summary);
gboolean fika_import_has_changes (FikaImport *self);
gboolean
fika_import_apply (FikaImport *self, const char *source, GCancellable *cancellable, GError **error);
void fika_import_apply_async (FikaImport *self,
                              const char *source,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean fika_import_apply_finish (FikaImport *self, GAsyncResult *result, GError **error);

G_END_DECLS
