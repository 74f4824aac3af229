#pragma once

#include "exchange/parse/fika-lines.h"

G_BEGIN_DECLS

/**
 * FikaProperty:
 * @group: in lower case; empty where there is none
 * @name: in upper case
 * @params: (element-type FikaParam)
 * @values: (element-type utf8): the parts that stand between unescaped ";" (and "," of CATEGORIES),
 *   unescaped and decoded, at least one
 * @line: its line of the file
 * @raw: the content line as vCard 3.0 or 4.0 would have it: UTF-8, not quoted-printable, every
 *   parameter with a name
 *
 * One content line, understood as far as its syntax goes.
 */
typedef struct
{
  char *name;  /* in upper case */
  char *value; /* several are joined by "," */
} FikaParam;

typedef struct
{
  char *group;
  char *name;
  GPtrArray *params;
  GPtrArray *values;
  guint line;
  char *raw;
} FikaProperty;

FikaProperty *fika_property_parse (const FikaLine *line);
void fika_property_free (FikaProperty *self);
const char *fika_property_param (const FikaProperty *self, const char *name);
char **fika_property_types (const FikaProperty *self);
char *fika_property_text (const FikaProperty *self);
const char *fika_property_part (const FikaProperty *self, guint i);
gboolean fika_property_is_empty (const FikaProperty *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaProperty, fika_property_free)

G_END_DECLS
