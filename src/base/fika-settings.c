#include "config.h"

#include "base/fika-settings.h"

#include "fika-settings-resources.h"

#include <glib/gstdio.h>
#include <langinfo.h>

#define COMPILED_PATH "/org/fikaplanner/Fika/schemas/gschemas.compiled"

static GSettingsSchema *
lookup_in_directory (const char *directory)
{
  g_autoptr (GSettingsSchemaSource) source = NULL;

  /* Not trusted: a damaged file is left aside instead of bringing the program down. */
  source = g_settings_schema_source_new_from_directory (
      directory, g_settings_schema_source_get_default (), FALSE, NULL);
  if (source == NULL)
    return NULL;

  return g_settings_schema_source_lookup (source, FIKA_APP_ID, FALSE);
}

static GSettingsSchema *
lookup_default (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();

  return source == NULL ? NULL : g_settings_schema_source_lookup (source, FIKA_APP_ID, TRUE);
}

/* Writes the schema this program was built with below @parent, long enough to be mapped. */
static GSettingsSchema *
lookup_built_in_at (const char *parent, GBytes *compiled)
{
  g_autofree char *directory = g_build_filename (parent, "fika-schema-XXXXXX", NULL);
  g_autofree char *file = NULL;
  GSettingsSchema *schema = NULL;

  if (g_mkdtemp (directory) == NULL)
    return NULL;

  file = g_build_filename (directory, "gschemas.compiled", NULL);
  if (g_file_set_contents (file, g_bytes_get_data (compiled, NULL),
                           (gssize) g_bytes_get_size (compiled), NULL))
    schema = lookup_in_directory (directory);
  g_remove (file);
  g_rmdir (directory);

  return schema;
}

static GSettingsSchema *
lookup_built_in (void)
{
  const char *parents[] = { g_get_user_runtime_dir (), g_get_tmp_dir (), "/dev/shm" };
  g_autoptr (GBytes) compiled = NULL;
  GSettingsSchema *schema = NULL;

  compiled = g_resource_lookup_data (fika_settings_get_resource (), COMPILED_PATH,
                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (size_t i = 0; schema == NULL && i < G_N_ELEMENTS (parents); i++)
    schema = lookup_built_in_at (parents[i], compiled);

  return schema;
}

/**
 * fika_settings_new:
 *
 * Opens Fika's preferences. Unlike [ctor@Gio.Settings.new] this does not bring the program down
 * when the schema is not where GLib looks, as it is after an installation into a folder of one's
 * own while `XDG_DATA_HOME` points elsewhere. Looked through, in this order:
 * `GSETTINGS_SCHEMA_DIR`, the folder Fika was installed into, the folders GLib looks through, and
 * last the schema that this program carries with it.
 *
 * Returns: (transfer full): the preferences
 */
GSettings *
fika_settings_new (void)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (g_getenv ("GSETTINGS_SCHEMA_DIR") != NULL)
    schema = lookup_default ();
  if (schema == NULL)
    schema = lookup_in_directory (FIKA_DATADIR "/glib-2.0/schemas");
  if (schema == NULL)
    schema = lookup_default ();
  if (schema == NULL)
    schema = lookup_built_in ();
  if (schema == NULL)
    g_error ("Fika's settings schema is not installed and no temporary folder can be written; "
             "run the installation again");

  return g_settings_new_full (schema, NULL, NULL);
}

static int
compare_minutes_cb (const void *a, const void *b)
{
  return *(const int *) a - *(const int *) b;
}

/**
 * fika_settings_default_leads:
 * @settings: Fika's preferences
 *
 * Returns: (transfer full) (element-type int): the leads of a new catch-up, in minutes before its
 *   start, ascending; empty for none
 */
GArray *
fika_settings_default_leads (GSettings *settings)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GArray) leads = NULL;
  const int32_t *minutes;
  size_t n_minutes;

  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  value = g_settings_get_value (settings, FIKA_SETTING_DEFAULT_LEADS);
  minutes = g_variant_get_fixed_array (value, &n_minutes, sizeof (int32_t));
  leads = g_array_sized_new (FALSE, FALSE, sizeof (int), (guint) n_minutes);
  for (size_t i = 0; i < n_minutes; i++)
    {
      int lead = minutes[i];

      /* Written by hand, the list may hold what no catch-up takes. */
      if (lead >= 0)
        g_array_append_val (leads, lead);
    }
  g_array_sort (leads, compare_minutes_cb);

  return g_steal_pointer (&leads);
}

/**
 * fika_settings_set_default_leads:
 * @settings: Fika's preferences
 * @minutes: (array length=n_minutes) (nullable): minutes before the start, none negative
 * @n_minutes: how many there are
 *
 * Sets the leads that new catch-ups get; those planned already keep theirs.
 */
void
fika_settings_set_default_leads (GSettings *settings, const int *minutes, size_t n_minutes)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (minutes != NULL || n_minutes == 0);

  g_settings_set_value (
      settings, FIKA_SETTING_DEFAULT_LEADS,
      g_variant_new_fixed_array (G_VARIANT_TYPE_INT32, minutes, n_minutes, sizeof (int32_t)));
}

/* glibc gives a base day, 1997-11-30 (a Sunday) or 1997-12-01 (a Monday), as a number in the
 * pointer, and the first day of the week counted from it, beginning with 1. */
static int
locale_first_weekday (void)
{
  union
  {
    unsigned int number;
    char *text;
  } base = { .number = 0 };
  int first;

  base.text = nl_langinfo (_NL_TIME_WEEK_1STDAY);
  first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0] - 1;
  if (base.number == 19971130)
    first -= 1;

  return (first + 7) % 7;
}

/**
 * fika_settings_first_weekday:
 * @settings: Fika's preferences
 *
 * The day that weeks begin with: the chosen one, else that of the language and region.
 *
 * Returns: 0 = Monday to 6 = Sunday
 */
int
fika_settings_first_weekday (GSettings *settings)
{
  int chosen;

  g_return_val_if_fail (G_IS_SETTINGS (settings), 0);

  chosen = g_settings_get_int (settings, FIKA_SETTING_FIRST_WEEKDAY);

  return chosen >= 0 ? chosen : locale_first_weekday ();
}
