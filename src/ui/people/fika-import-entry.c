#include "config.h"

#include "ui/people/fika-import-entry.h"

#include <glib/gi18n-lib.h>

struct _FikaImportEntry
{
  GObject parent_instance;

  FikaImport *import;
  FikaImportItem *item; /* belongs to the import */
};

G_DEFINE_FINAL_TYPE (FikaImportEntry, fika_import_entry, G_TYPE_OBJECT)

enum
{
  PROP_CHOSEN = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
fika_import_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  FikaImportEntry *self = FIKA_IMPORT_ENTRY (object);

  switch (id)
    {
    case PROP_CHOSEN:
      g_value_set_boolean (value, self->item->chosen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_import_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  FikaImportEntry *self = FIKA_IMPORT_ENTRY (object);

  switch (id)
    {
    case PROP_CHOSEN:
      self->item->chosen = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
fika_import_entry_finalize (GObject *object)
{
  FikaImportEntry *self = FIKA_IMPORT_ENTRY (object);

  g_object_unref (self->import);

  G_OBJECT_CLASS (fika_import_entry_parent_class)->finalize (object);
}

static void
fika_import_entry_class_init (FikaImportEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fika_import_entry_get_property;
  object_class->set_property = fika_import_entry_set_property;
  object_class->finalize = fika_import_entry_finalize;

  props[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
fika_import_entry_init (FikaImportEntry *self)
{
}

/**
 * fika_import_entry_new:
 * @import: the preview
 * @item: one of its items
 *
 * Returns: (transfer full): the entry
 */
FikaImportEntry *
fika_import_entry_new (FikaImport *import, FikaImportItem *item)
{
  FikaImportEntry *self;

  g_return_val_if_fail (FIKA_IS_IMPORT (import), NULL);
  g_return_val_if_fail (item != NULL, NULL);

  self = g_object_new (FIKA_TYPE_IMPORT_ENTRY, NULL);
  self->import = g_object_ref (import);
  self->item = item;

  return self;
}

/**
 * fika_import_entry_get_item:
 * @self: an entry
 *
 * Returns: (transfer none): what it stands for
 */
FikaImportItem *
fika_import_entry_get_item (FikaImportEntry *self)
{
  g_return_val_if_fail (FIKA_IS_IMPORT_ENTRY (self), NULL);

  return self->item;
}

/**
 * fika_import_entry_get_name:
 * @self: an entry
 *
 * Returns: (transfer none): the person's name in the file
 */
const char *
fika_import_entry_get_name (FikaImportEntry *self)
{
  g_return_val_if_fail (FIKA_IS_IMPORT_ENTRY (self), NULL);

  return fika_person_get_name (self->item->draft);
}

/**
 * fika_import_entry_dup_words:
 * @self: an entry
 *
 * Returns: (transfer full): what it is to the people here: "New", "May be Ada, who is here already"
 */
char *
fika_import_entry_dup_words (FikaImportEntry *self)
{
  const char *match;

  g_return_val_if_fail (FIKA_IS_IMPORT_ENTRY (self), NULL);

  match = self->item->match != NULL ? fika_person_get_name (self->item->match) : "";
  switch (self->item->verdict)
    {
    case FIKA_IMPORT_NEW:
      return g_strdup (_ ("New"));
    case FIKA_IMPORT_UPDATED:
      return g_strdup (_ ("Here already; something is different"));
    case FIKA_IMPORT_UNCHANGED:
      return g_strdup (_ ("Here already, the same"));
    case FIKA_IMPORT_DUPLICATE:
      return g_strdup_printf (_ ("May be %s, who is here already"), match);
    default:
      g_return_val_if_reached (NULL);
    }
}
