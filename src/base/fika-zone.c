#include "config.h"

#include "base/fika-zone.h"

#include "base/fika-tzif.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOCALTIME "/etc/localtime"

/* Zones that have been used, by name; "" is the computer's. An unknown name has a NULL. */
G_LOCK_DEFINE_STATIC (zones);
static GHashTable *zones;

/**
 * fika_zone_database_dir:
 *
 * Returns: the folder of the time zone database
 */
const char *
fika_zone_database_dir (void)
{
  const char *dir = g_getenv ("TZDIR");

  return dir != NULL && *dir == '/' ? dir : "/usr/share/zoneinfo";
}

/* Whether @name is made as the names of the database are: parts of letters, digits, "_", "+" and
 * "-" with single slashes between them. That keeps paths and POSIX rules out. */
static gboolean
is_zone_name (const char *name)
{
  gboolean in_part = FALSE;

  if (!g_ascii_isalpha (*name) || strlen (name) > 100)
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '/')
        {
          if (!in_part)
            return FALSE;
          in_part = FALSE;
        }
      else if (g_ascii_isalnum (*p) || *p == '_' || *p == '+' || *p == '-')
        {
          in_part = TRUE;
        }
      else
        {
          return FALSE;
        }
    }

  /* In the database's folder, but no zones of their own: copies, and what the system uses. */
  return in_part && !g_str_has_prefix (name, "posix/") && !g_str_has_prefix (name, "right/")
         && !g_str_equal (name, "posixrules") && !g_str_equal (name, "localtime");
}

static FikaTzif *
load_named (const char *name)
{
  g_autofree char *path = NULL;

  if (!is_zone_name (name))
    return NULL;

  path = g_build_filename (fika_zone_database_dir (), name, NULL);

  return fika_tzif_load (path);
}

/* The name at the end of a path into the database, here or in another folder. */
static char *
name_of_path (const char *path)
{
  const char *name = strstr (path, "zoneinfo/");

  if (g_str_has_prefix (path, fika_zone_database_dir ())
      && path[strlen (fika_zone_database_dir ())] == '/')
    name = path + strlen (fika_zone_database_dir ()) + 1;
  else if (name != NULL)
    name += strlen ("zoneinfo/");
  else
    return NULL;

  if (g_str_has_prefix (name, "posix/") || g_str_has_prefix (name, "right/"))
    name += strlen ("posix/");

  return is_zone_name (name) ? g_strdup (name) : NULL;
}

/* What TZ says, without the colon that may lead it; NULL where it is not set. */
static const char *
tz_variable (void)
{
  const char *tz = g_getenv ("TZ");

  if (tz != NULL && *tz == ':')
    tz++;

  return tz;
}

static FikaTzif *
load_here (void)
{
  const char *tz = tz_variable ();
  FikaTzif *zone = NULL;

  if (tz == NULL)
    zone = fika_tzif_load (LOCALTIME);
  else if (*tz == '/')
    zone = fika_tzif_load (tz);
  else if (*tz != '\0')
    zone = load_named (tz);

  if (zone == NULL && tz != NULL && *tz != '\0')
    zone = fika_tzif_new_posix (tz);
  if (zone == NULL)
    zone = fika_tzif_new_posix ("UTC0");

  return zone;
}

/* An unknown zone is NULL. */
static void
free_zone (gpointer zone)
{
  if (zone != NULL)
    fika_tzif_free (zone);
}

/* Called with the lock held. */
static FikaTzif *
find_zone (const char *name)
{
  gpointer found;

  if (zones == NULL)
    zones = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_zone);
  if (!g_hash_table_lookup_extended (zones, name, NULL, &found))
    {
      found = *name == '\0' ? load_here () : load_named (name);
      g_hash_table_insert (zones, g_strdup (name), found);
    }

  /* A zone that this computer's database no longer has. */
  if (found == NULL && *name != '\0')
    return find_zone (FIKA_ZONE_HERE);

  return found;
}

/**
 * fika_zone_local_name:
 *
 * Returns: (transfer full): the computer's zone as the time zone database names it, such as
 *   "Europe/Berlin"; empty where it has no name there. It follows the variable TZ and the link
 *   /etc/localtime, and is not cached.
 */
char *
fika_zone_local_name (void)
{
  const char *tz = tz_variable ();
  g_autofree char *name = NULL;

  if (tz != NULL)
    {
      if (*tz == '\0')
        return g_strdup ("UTC");
      if (*tz == '/')
        name = name_of_path (tz);
      else
        name = g_strdup (tz);
    }
  else
    {
      g_autofree char *target = g_file_read_link (LOCALTIME, NULL);

      if (target != NULL)
        name = name_of_path (target);
      else if (g_file_get_contents ("/etc/timezone", &name, NULL, NULL))
        g_strstrip (name);
      else if (!g_file_test (LOCALTIME, G_FILE_TEST_EXISTS))
        return g_strdup ("UTC");
    }

  if (name == NULL || *name == '\0' || !fika_zone_valid (name))
    return g_strdup ("");

  return g_steal_pointer (&name);
}

/**
 * fika_zone_local_path:
 *
 * Returns: (nullable): the file, or the link to one, that says which zone is the computer's; %NULL
 *   where no file does, but TZ with a name or a rule
 */
const char *
fika_zone_local_path (void)
{
  const char *tz = tz_variable ();

  if (tz == NULL)
    return LOCALTIME;

  return *tz == '/' ? tz : NULL;
}

/**
 * fika_zone_dup_database_version:
 *
 * Returns: (transfer full): a text that is another one after the time zone database was updated. It
 *   is not cached.
 */
char *
fika_zone_dup_database_version (void)
{
  g_autofree char *path = g_build_filename (fika_zone_database_dir (), "tzdata.zi", NULL);
  char line[64] = "";
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ssize_t n = fd >= 0 ? read (fd, line, sizeof line - 1) : -1;
  struct stat info;

  if (fd >= 0)
    close (fd);
  line[MAX (n, 0)] = '\0';
  line[strcspn (line, "\n")] = '\0';
  /* "# version 2026a" */
  if (g_str_has_prefix (line, "# version ") && g_utf8_validate (line, -1, NULL))
    return g_strdup (line + strlen ("# version "));

  if (stat (fika_zone_database_dir (), &info) != 0)
    return g_strdup ("");

  return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) info.st_mtime);
}

/**
 * fika_zone_valid:
 * @zone: (nullable): a zone's name
 *
 * Returns: whether @zone is a name of this computer's time zone database, such as "Europe/Berlin"
 *   or "UTC", or empty, for "wherever I am". Paths and POSIX rules are no names.
 */
gboolean
fika_zone_valid (const char *zone)
{
  g_autofree char *path = NULL;
  char magic[4];
  ssize_t n;
  int fd;

  if (zone == NULL)
    return FALSE;
  if (*zone == '\0')
    return TRUE;
  if (!is_zone_name (zone))
    return FALSE;

  path = g_build_filename (fika_zone_database_dir (), zone, NULL);
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return FALSE;
  n = read (fd, magic, sizeof magic);
  close (fd);

  return n == sizeof magic && memcmp (magic, "TZif", sizeof magic) == 0;
}

/**
 * fika_zone_to_utc:
 * @zone: a zone's name, or empty for the computer's zone
 * @civil: a local time there
 *
 * When it is @civil in @zone. A time that is skipped, because the clock is put forward over it, is
 * told with the offset before the gap (02:30 becomes 03:30); one that comes twice means the first:
 * RFC 5545, section 3.3.5, form 3. A zone that this computer does not know counts as its own.
 *
 * Returns: the instant in UTC seconds; %FIKA_UTC_NONE for %FIKA_CIVIL_NONE
 */
int64_t
fika_zone_to_utc (const char *zone, FikaCivil civil)
{
  int64_t local, utc;

  g_return_val_if_fail (zone != NULL, FIKA_UTC_NONE);

  if (civil == FIKA_CIVIL_NONE)
    return FIKA_UTC_NONE;

  local = civil * 60;
  G_LOCK (zones);
  utc = local - fika_tzif_offset_for (find_zone (zone), local);
  G_UNLOCK (zones);

  return utc;
}

/**
 * fika_zone_from_utc:
 * @zone: a zone's name, or empty for the computer's zone
 * @utc: an instant, in UTC seconds
 *
 * Returns: the minute that clocks in @zone show then; %FIKA_CIVIL_NONE for %FIKA_UTC_NONE
 */
FikaCivil
fika_zone_from_utc (const char *zone, int64_t utc)
{
  int64_t local;

  g_return_val_if_fail (zone != NULL, FIKA_CIVIL_NONE);

  if (utc == FIKA_UTC_NONE)
    return FIKA_CIVIL_NONE;

  local = utc + fika_zone_offset_at (zone, utc);

  return local / 60 - (local % 60 < 0);
}

/**
 * fika_zone_offset_at:
 * @zone: a zone's name, or empty for the computer's zone
 * @utc: an instant, in UTC seconds
 *
 * Returns: how far clocks in @zone are ahead of UTC then, in seconds
 */
int
fika_zone_offset_at (const char *zone, int64_t utc)
{
  int offset;

  g_return_val_if_fail (zone != NULL, 0);

  G_LOCK (zones);
  offset = fika_tzif_offset_at (find_zone (zone), utc);
  G_UNLOCK (zones);

  return offset;
}

/**
 * fika_utc_format:
 * @utc: an instant, in UTC seconds
 *
 * Returns: (transfer full): the instant as YYYY-MM-DDTHH:MM:SSZ
 */
char *
fika_utc_format (int64_t utc)
{
  int64_t minutes = utc / 60 - (utc % 60 < 0);
  g_autofree char *civil = fika_civil_format (minutes);

  return g_strdup_printf ("%s:%02dZ", civil, (int) (utc - minutes * 60));
}

/**
 * fika_zone_forget_cached:
 *
 * Forgets what was read of all zones, so that the next question reads them anew. For when the
 * computer's zone or its time zone database has changed.
 */
void
fika_zone_forget_cached (void)
{
  G_LOCK (zones);
  g_clear_pointer (&zones, g_hash_table_unref);
  G_UNLOCK (zones);
}
