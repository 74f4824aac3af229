#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * Reading JSON that anybody may have written. A member that is not there is as good as its default;
 * one that is of another type, or out of bounds, is an error of whoever wrote it: the functions
 * then answer FALSE or NULL, once and for all, through `ok`.
 */
typedef struct
{
  JsonObject *object;
  gboolean *ok; /* becomes FALSE and stays so */
} FikaJsonReader;

JsonNode *fika_json_parse (const char *text, gsize length, guint most_depth);
gboolean fika_json_read_has (FikaJsonReader *self, const char *member);
char *fika_json_read_line (FikaJsonReader *self, const char *member, gsize most);
char *fika_json_read_note (FikaJsonReader *self, const char *member, gsize most);
const char *fika_json_read_raw (FikaJsonReader *self, const char *member);
gint64 fika_json_read_int (FikaJsonReader *self,
                           const char *member,
                           gint64 least,
                           gint64 most,
                           gint64 otherwise);
gboolean fika_json_read_boolean (FikaJsonReader *self, const char *member);
JsonArray *fika_json_read_array (FikaJsonReader *self, const char *member, guint most);
FikaJsonReader fika_json_read_object (FikaJsonReader *self, const char *member);
FikaJsonReader fika_json_read_nth (FikaJsonReader *self, JsonArray *array, guint i);
const char *fika_json_read_nth_raw (FikaJsonReader *self, JsonArray *array, guint i);
gint64
fika_json_read_nth_int (FikaJsonReader *self, JsonArray *array, guint i, gint64 least, gint64 most);
const char *fika_json_read_key (FikaJsonReader *self, const char *member);

G_END_DECLS
