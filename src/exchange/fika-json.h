#pragma once

#include "store/fika-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The objects of the terminal interface as JSON, in the forms that `fika --json` answers and the
 * whole-data export holds. Every function adds to or returns a (transfer full) node.
 */
JsonNode *fika_json_person (FikaStore *store, FikaPerson *person);
JsonNode *fika_json_plan (FikaStore *store, FikaPlan *plan);
JsonNode *fika_json_occurrence (FikaStore *store, FikaOccurrence *occurrence);
JsonNode *fika_json_group (FikaStore *store, FikaGroup *group);
char *fika_json_to_text (JsonNode *node);

typedef enum
{
  FIKA_JSON_PEOPLE = 1 << 0, /* with their topics, promises and photos */
  FIKA_JSON_PLANS = 1 << 1,
  FIKA_JSON_GROUPS = 1 << 2,
  FIKA_JSON_ALL = FIKA_JSON_PEOPLE | FIKA_JSON_PLANS | FIKA_JSON_GROUPS,
} FikaJsonParts;

/* The data, as one document. */
char *fika_json_export (FikaStore *store, FikaJsonParts parts, GError **error);

G_END_DECLS
