#pragma once

#include "exchange/parse/fika-card.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *fika_card_to_json (const FikaCard *self);
JsonNode *fika_skip_to_json (guint line, const char *name, const char *reason);

G_END_DECLS
