#include "config.h"

#include "store/fika-row.h"

#define AT(type, values, field) ((type *) (void *) ((char *) (values) + (field)->offset))
#define CONST_AT(type, values, field)                                                              \
  ((type const *) (const void *) ((const char *) (values) + (field)->offset))

static gpointer
copy_string (gconstpointer string)
{
  return g_strdup (string);
}

static gboolean
equal_strings (gconstpointer a, gconstpointer b)
{
  return g_str_equal (a, b);
}

static gpointer
copy_object (gconstpointer object)
{
  return g_object_ref ((gpointer) object);
}

static gboolean
equal_pointers (gconstpointer a, gconstpointer b)
{
  return a == b;
}

const FikaRowElement fika_row_strings = { copy_string, g_free, equal_strings };
const FikaRowElement fika_row_objects = { copy_object, g_object_unref, equal_pointers };

static const FikaRowField *
get_field (const FikaRow *row, guint property)
{
  g_assert (property >= 1 && property <= row->n_fields);

  return &row->fields[property - 1];
}

static void
notify (const FikaRow *row, gpointer object, guint property)
{
  g_object_notify_by_pspec (object, row->properties[property]);
}

static GPtrArray *
copy_list (const FikaRowElement *element, GPtrArray *list)
{
  GPtrArray *copy = g_ptr_array_new_full (list != NULL ? list->len : 0, element->free);

  for (guint i = 0; list != NULL && i < list->len; i++)
    g_ptr_array_add (copy, element->copy (g_ptr_array_index (list, i)));

  return copy;
}

static gboolean
equal_lists (const FikaRowElement *element, GPtrArray *a, GPtrArray *b)
{
  guint n = b != NULL ? b->len : 0;

  if (a->len != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      if (!element->equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
        return FALSE;
    }

  return TRUE;
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  int x = *(const int *) a;
  int y = *(const int *) b;

  return (x > y) - (x < y);
}

/* Ascending, each once. */
static GArray *
copy_numbers (GArray *numbers)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (int));
  guint kept = 0;

  if (numbers != NULL && numbers->len > 0)
    g_array_append_vals (copy, numbers->data, numbers->len);
  g_array_sort (copy, compare_ints);
  for (guint i = 0; i < copy->len; i++)
    {
      if (kept == 0 || g_array_index (copy, int, i) != g_array_index (copy, int, kept - 1))
        g_array_index (copy, int, kept++) = g_array_index (copy, int, i);
    }
  g_array_set_size (copy, kept);

  return copy;
}

static gboolean
equal_numbers (GArray *a, GArray *b)
{
  return a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (int)) == 0);
}

static int64_t
get_number (const FikaRowField *field, gconstpointer values)
{
  switch (field->type)
    {
    case FIKA_ROW_INT:
      return *CONST_AT (int, values, field);
    case FIKA_ROW_UINT:
      return *CONST_AT (guint, values, field);
    case FIKA_ROW_INT64:
      return *CONST_AT (int64_t, values, field);
    case FIKA_ROW_BOOLEAN:
      return *CONST_AT (gboolean, values, field);
    case FIKA_ROW_STRING:
    case FIKA_ROW_OBJECT:
    case FIKA_ROW_LIST:
    case FIKA_ROW_NUMBERS:
    default:
      g_assert_not_reached ();
    }
}

static void
put_number (const FikaRowField *field, gpointer values, int64_t value)
{
  switch (field->type)
    {
    case FIKA_ROW_INT:
      *AT (int, values, field) = (int) CLAMP (value, INT_MIN, INT_MAX);
      break;
    case FIKA_ROW_UINT:
      *AT (guint, values, field) = (guint) CLAMP (value, 0, UINT_MAX);
      break;
    case FIKA_ROW_INT64:
      *AT (int64_t, values, field) = value;
      break;
    case FIKA_ROW_BOOLEAN:
      *AT (gboolean, values, field) = value != 0;
      break;
    case FIKA_ROW_STRING:
    case FIKA_ROW_OBJECT:
    case FIKA_ROW_LIST:
    case FIKA_ROW_NUMBERS:
    default:
      g_assert_not_reached ();
    }
}

static GParamSpec *
new_property (const FikaRowField *field)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  if (!field->read_only && field->type != FIKA_ROW_LIST && field->type != FIKA_ROW_NUMBERS)
    flags |= G_PARAM_WRITABLE;

  switch (field->type)
    {
    case FIKA_ROW_STRING:
      return g_param_spec_string (field->name, NULL, NULL, "", flags);
    case FIKA_ROW_INT:
      return g_param_spec_int (field->name, NULL, NULL, INT_MIN, INT_MAX, (int) field->initial,
                               flags);
    case FIKA_ROW_UINT:
      return g_param_spec_uint (field->name, NULL, NULL, 0, UINT_MAX, (guint) field->initial,
                                flags);
    case FIKA_ROW_INT64:
      return g_param_spec_int64 (field->name, NULL, NULL, INT64_MIN, INT64_MAX, field->initial,
                                 flags);
    case FIKA_ROW_BOOLEAN:
      return g_param_spec_boolean (field->name, NULL, NULL, field->initial != 0, flags);
    case FIKA_ROW_OBJECT:
      return g_param_spec_object (field->name, NULL, NULL, field->object_type (), flags);
    case FIKA_ROW_LIST:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_PTR_ARRAY, flags);
    case FIKA_ROW_NUMBERS:
      return g_param_spec_boxed (field->name, NULL, NULL, G_TYPE_ARRAY, flags);
    default:
      g_assert_not_reached ();
    }
}

/**
 * fika_row_install:
 * @row: the table of the class
 * @klass: the class
 *
 * Installs a property for each field.
 */
void
fika_row_install (const FikaRow *row, GObjectClass *klass)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      row->properties[i + 1] = new_property (&row->fields[i]);
      g_object_class_install_property (klass, i + 1, row->properties[i + 1]);
    }
}

/**
 * fika_row_init:
 * @row: a table
 * @values: what the offsets of the table count from
 *
 * Gives every field its first value.
 */
void
fika_row_init (const FikaRow *row, gpointer values)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      const FikaRowField *field = &row->fields[i];

      if (field->type == FIKA_ROW_STRING)
        *AT (char *, values, field) = g_strdup ("");
      else if (field->type == FIKA_ROW_LIST)
        *AT (GPtrArray *, values, field) = copy_list (field->element, NULL);
      else if (field->type == FIKA_ROW_NUMBERS)
        *AT (GArray *, values, field) = copy_numbers (NULL);
      else if (field->type != FIKA_ROW_OBJECT)
        put_number (field, values, field->initial);
    }
}

/**
 * fika_row_clear:
 * @row: a table
 * @values: what the offsets of the table count from
 *
 * Frees every field; for finalize.
 */
void
fika_row_clear (const FikaRow *row, gpointer values)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      const FikaRowField *field = &row->fields[i];

      if (field->type == FIKA_ROW_STRING)
        g_clear_pointer (AT (char *, values, field), g_free);
      else if (field->type == FIKA_ROW_LIST)
        g_clear_pointer (AT (GPtrArray *, values, field), g_ptr_array_unref);
      else if (field->type == FIKA_ROW_NUMBERS)
        g_clear_pointer (AT (GArray *, values, field), g_array_unref);
      else if (field->type == FIKA_ROW_OBJECT)
        g_clear_object (AT (GObject *, values, field));
    }
}

/**
 * fika_row_get:
 * @row: a table
 * @values: what the offsets of the table count from
 * @property: a property id
 * @value: (out caller-allocates): an initialised value
 *
 * Answers get_property.
 */
void
fika_row_get (const FikaRow *row, gconstpointer values, guint property, GValue *value)
{
  const FikaRowField *field = get_field (row, property);

  switch (field->type)
    {
    case FIKA_ROW_STRING:
      g_value_set_string (value, *CONST_AT (char *, values, field));
      break;
    case FIKA_ROW_INT:
      g_value_set_int (value, *CONST_AT (int, values, field));
      break;
    case FIKA_ROW_UINT:
      g_value_set_uint (value, *CONST_AT (guint, values, field));
      break;
    case FIKA_ROW_INT64:
      g_value_set_int64 (value, *CONST_AT (int64_t, values, field));
      break;
    case FIKA_ROW_BOOLEAN:
      g_value_set_boolean (value, *CONST_AT (gboolean, values, field));
      break;
    case FIKA_ROW_OBJECT:
      g_value_set_object (value, *CONST_AT (GObject *, values, field));
      break;
    case FIKA_ROW_LIST:
      g_value_set_boxed (value, *CONST_AT (GPtrArray *, values, field));
      break;
    case FIKA_ROW_NUMBERS:
      g_value_set_boxed (value, *CONST_AT (GArray *, values, field));
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * fika_row_set:
 * @row: a table
 * @object: the object, which notifies when the value differs
 * @values: what the offsets of the table count from
 * @property: a property id
 * @value: the value
 *
 * Answers set_property.
 */
void
fika_row_set (const FikaRow *row,
              gpointer object,
              gpointer values,
              guint property,
              const GValue *value)
{
  const FikaRowField *field = get_field (row, property);

  switch (field->type)
    {
    case FIKA_ROW_STRING:
      fika_row_set_string (row, object, values, property, g_value_get_string (value));
      break;
    case FIKA_ROW_INT:
      fika_row_set_number (row, object, values, property, g_value_get_int (value));
      break;
    case FIKA_ROW_UINT:
      fika_row_set_number (row, object, values, property, g_value_get_uint (value));
      break;
    case FIKA_ROW_INT64:
      fika_row_set_number (row, object, values, property, g_value_get_int64 (value));
      break;
    case FIKA_ROW_BOOLEAN:
      fika_row_set_number (row, object, values, property, g_value_get_boolean (value));
      break;
    case FIKA_ROW_OBJECT:
      fika_row_set_object (row, object, values, property, g_value_get_object (value));
      break;
    case FIKA_ROW_LIST:
    case FIKA_ROW_NUMBERS:
    default:
      g_assert_not_reached ();
    }
}

static void
assign_field (const FikaRow *row,
              gpointer object,
              gpointer values,
              guint property,
              gconstpointer from)
{
  const FikaRowField *field = get_field (row, property);

  if (field->type == FIKA_ROW_STRING)
    fika_row_set_string (row, object, values, property, *CONST_AT (char *, from, field));
  else if (field->type == FIKA_ROW_LIST)
    fika_row_set_list (row, object, values, property, *CONST_AT (GPtrArray *, from, field));
  else if (field->type == FIKA_ROW_NUMBERS)
    fika_row_set_numbers (row, object, values, property, *CONST_AT (GArray *, from, field));
  else if (field->type == FIKA_ROW_OBJECT)
    fika_row_set_object (row, object, values, property, *CONST_AT (GObject *, from, field));
  else
    fika_row_set_number (row, object, values, property, get_number (field, from));
}

static gboolean
equal_field (const FikaRowField *field, gconstpointer a, gconstpointer b)
{
  if (field->type == FIKA_ROW_STRING)
    return g_str_equal (*CONST_AT (char *, a, field), *CONST_AT (char *, b, field));
  if (field->type == FIKA_ROW_LIST)
    return equal_lists (field->element, *CONST_AT (GPtrArray *, a, field),
                        *CONST_AT (GPtrArray *, b, field));
  if (field->type == FIKA_ROW_NUMBERS)
    return equal_numbers (*CONST_AT (GArray *, a, field), *CONST_AT (GArray *, b, field));
  if (field->type == FIKA_ROW_OBJECT)
    return *CONST_AT (GObject *, a, field) == *CONST_AT (GObject *, b, field);

  return get_number (field, a) == get_number (field, b);
}

/**
 * fika_row_assign:
 * @row: a table
 * @object: the object to change, which notifies what differs
 * @values: its values
 * @from: the values to take
 *
 * Copies every field. Whoever calls freezes the notifications of @object around all its tables.
 */
void
fika_row_assign (const FikaRow *row, gpointer object, gpointer values, gconstpointer from)
{
  for (guint i = 0; i < row->n_fields; i++)
    assign_field (row, object, values, i + 1, from);
}

/**
 * fika_row_rebase:
 * @row: a table
 * @object: a draft
 * @values: its values
 * @base: the values it was copied from
 * @live: the values of the row now
 *
 * Lets a draft take over what changed elsewhere since it was made: every field that was not touched
 * in the draft becomes the live one's.
 */
void
fika_row_rebase (const FikaRow *row,
                 gpointer object,
                 gpointer values,
                 gconstpointer base,
                 gconstpointer live)
{
  for (guint i = 0; i < row->n_fields; i++)
    {
      if (equal_field (&row->fields[i], values, base))
        assign_field (row, object, values, i + 1, live);
    }
}

void
fika_row_set_string (const FikaRow *row,
                     gpointer object,
                     gpointer values,
                     guint property,
                     const char *value)
{
  char **string = AT (char *, values, get_field (row, property));
  char *old = *string;

  if (g_strcmp0 (old, value != NULL ? value : "") == 0)
    return;

  *string = g_strdup (value != NULL ? value : "");
  g_free (old);
  notify (row, object, property);
}

void
fika_row_set_number (const FikaRow *row,
                     gpointer object,
                     gpointer values,
                     guint property,
                     int64_t value)
{
  const FikaRowField *field = get_field (row, property);
  int64_t before = get_number (field, values);

  put_number (field, values, value);
  if (get_number (field, values) != before)
    notify (row, object, property);
}

void
fika_row_set_object (const FikaRow *row,
                     gpointer object,
                     gpointer values,
                     guint property,
                     gpointer value)
{
  const FikaRowField *field = get_field (row, property);

  if (g_set_object (AT (GObject *, values, field), value))
    notify (row, object, property);
}

/* Copies the elements; NULL is the empty list. */
void
fika_row_set_list (const FikaRow *row,
                   gpointer object,
                   gpointer values,
                   guint property,
                   GPtrArray *value)
{
  const FikaRowField *field = get_field (row, property);
  GPtrArray **list = AT (GPtrArray *, values, field);
  GPtrArray *old = *list;

  if (old == value || equal_lists (field->element, old, value))
    return;

  *list = copy_list (field->element, value);
  g_ptr_array_unref (old);
  notify (row, object, property);
}

/* Copies the numbers, sorted, each once; NULL is none. */
void
fika_row_set_numbers (const FikaRow *row,
                      gpointer object,
                      gpointer values,
                      guint property,
                      GArray *value)
{
  const FikaRowField *field = get_field (row, property);
  GArray **numbers = AT (GArray *, values, field);
  g_autoptr (GArray) copy = copy_numbers (value);

  if (equal_numbers (*numbers, copy))
    return;

  g_array_unref (*numbers);
  *numbers = g_steal_pointer (&copy);
  notify (row, object, property);
}
