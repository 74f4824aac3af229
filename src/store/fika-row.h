#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * What the row objects have in common: a table of fields, from which their properties, their copies
 * and the "assign" of a freshly read row to the live one are made. A field's place in the table
 * plus one is its property id.
 */

typedef enum
{
  FIKA_ROW_STRING,  /* char *, never NULL */
  FIKA_ROW_INT,     /* int */
  FIKA_ROW_UINT,    /* guint */
  FIKA_ROW_INT64,   /* int64_t */
  FIKA_ROW_BOOLEAN, /* gboolean */
  FIKA_ROW_OBJECT,  /* GObject *, nullable */
  FIKA_ROW_LIST,    /* GPtrArray *, never NULL */
  FIKA_ROW_NUMBERS, /* GArray * of int, never NULL */
} FikaRowType;

/* How the elements of a list are copied, freed and compared. */
typedef struct
{
  gpointer (*copy) (gconstpointer element);
  GDestroyNotify free;
  gboolean (*equal) (gconstpointer a, gconstpointer b);
} FikaRowElement;

typedef struct
{
  const char *name;
  FikaRowType type;
  size_t offset;
  gboolean read_only;            /* set by the store or by a setter of its own */
  int64_t initial;               /* of numbers */
  const FikaRowElement *element; /* of a list */
  GType (*object_type) (void);   /* of an object */
} FikaRowField;

typedef struct
{
  const FikaRowField *fields;
  guint n_fields;
  GParamSpec **properties; /* n_fields + 1 of them */
} FikaRow;

void fika_row_install (const FikaRow *row, GObjectClass *klass);
void fika_row_init (const FikaRow *row, gpointer values);
void fika_row_clear (const FikaRow *row, gpointer values);
void fika_row_get (const FikaRow *row, gconstpointer values, guint property, GValue *value);
void fika_row_set (const FikaRow *row,
                   gpointer object,
                   gpointer values,
                   guint property,
                   const GValue *value);
void fika_row_assign (const FikaRow *row, gpointer object, gpointer values, gconstpointer from);
void fika_row_rebase (const FikaRow *row,
                      gpointer object,
                      gpointer values,
                      gconstpointer base,
                      gconstpointer live);

void fika_row_set_string (const FikaRow *row,
                          gpointer object,
                          gpointer values,
                          guint property,
                          const char *value);
void fika_row_set_number (const FikaRow *row,
                          gpointer object,
                          gpointer values,
                          guint property,
                          int64_t value);
void fika_row_set_object (const FikaRow *row,
                          gpointer object,
                          gpointer values,
                          guint property,
                          gpointer value);
void fika_row_set_list (const FikaRow *row,
                        gpointer object,
                        gpointer values,
                        guint property,
                        GPtrArray *value);
void fika_row_set_numbers (const FikaRow *row,
                           gpointer object,
                           gpointer values,
                           guint property,
                           GArray *value);

extern const FikaRowElement fika_row_strings;
extern const FikaRowElement fika_row_objects;  /* the same object is an equal one */
extern const FikaRowElement fika_row_contacts; /* FikaContact */

G_END_DECLS
