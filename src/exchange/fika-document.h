#pragma once

#include "exchange/fika-import.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * FikaDocument:
 *
 * The whole-data document that fika_json_export() writes, on its way back. What is here stays as it
 * is and is only added to: people as by a card, plans that have happened meanwhile, topics that
 * were closed, names and rhythms of circles that are as they came with Fika; everything else is
 * recognised by its uid and left alone.
 */
typedef struct _FikaDocument FikaDocument;

FikaDocument *fika_document_new (FikaStore *store, JsonNode *root);
void fika_document_free (FikaDocument *self);
gboolean
fika_document_compare_one (FikaDocument *self, GPtrArray *items, GPtrArray *skips, GError **error);
gboolean fika_document_is_compared (FikaDocument *self);
void fika_document_get_summary (FikaDocument *self, FikaImportSummary *summary);
gboolean fika_document_apply (FikaDocument *self,
                              FikaStore *store,
                              const char *name,
                              GPtrArray *items,
                              const char *source,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
