#pragma once

#include "exchange/fika-json.h"

G_BEGIN_DECLS

/* The first version of the whole-data document, and the newest that is read. */
#define FIKA_DOCUMENT_VERSION 1

/* Members of the object that @builder is in. A text or time that is not there is null. */
void fika_json_add_text (JsonBuilder *builder, const char *key, const char *text);
void fika_json_add_plain (JsonBuilder *builder, const char *key, const char *text);
void fika_json_add_number (JsonBuilder *builder, const char *key, int64_t number);
void fika_json_add_civil (JsonBuilder *builder, const char *key, FikaCivil civil);
void fika_json_add_day (JsonBuilder *builder, const char *key, FikaDay day);

/* All members of the object that the terminal answers for it. */
void fika_json_add_person (JsonBuilder *builder, FikaStore *store, FikaPerson *person);
void fika_json_add_plan (JsonBuilder *builder, FikaStore *store, FikaPlan *plan);
void fika_json_add_group (JsonBuilder *builder, FikaStore *store, FikaGroup *group);

G_END_DECLS
