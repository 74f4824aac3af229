#include "config.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *home;

static int
mode_of (const char *path)
{
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return info.st_mode & 07777;
}

static void
test_places (void)
{
  g_autofree char *data = fika_paths_data_dir ();
  g_autofree char *database = fika_paths_database ();
  g_autofree char *backups = fika_paths_backups_dir ();
  g_autofree char *photos = fika_paths_photos_dir ();
  g_autofree char *expected = g_build_filename (home, "fika", NULL);

  g_assert_cmpstr (data, ==, expected);
  g_assert_true (g_str_has_prefix (database, expected));
  g_assert_true (g_str_has_suffix (database, "/fika/fika.db"));
  g_assert_true (g_str_has_suffix (backups, "/fika/backups"));
  g_assert_true (g_str_has_suffix (photos, "/fika/photos"));
}

/* Row 72: nobody else may look, whatever the umask was. */
static void
test_row_72_private (void)
{
  g_autofree char *parent = g_build_filename (home, "deep", NULL);
  g_autofree char *path = g_build_filename (parent, "fika", NULL);
  g_autoptr (GError) error = NULL;
  mode_t before = umask (0);

  g_assert_true (fika_paths_ensure_private_dir (path, &error));
  g_assert_no_error (error);
  g_assert_cmpint (mode_of (path), ==, 0700);
  g_assert_cmpint (mode_of (parent), ==, 0700);

  /* One that was open is closed. */
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
  g_assert_true (fika_paths_ensure_private_dir (path, &error));
  g_assert_cmpint (mode_of (path), ==, 0700);
  g_assert_true (fika_paths_ensure_private_dir (path, &error));

  umask (before);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_cmpint (g_rmdir (parent), ==, 0);
}

static void
test_refused (void)
{
  g_autofree char *file = g_build_filename (home, "file", NULL);
  g_autofree char *inside = g_build_filename (file, "fika", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  g_assert_false (fika_paths_ensure_private_dir (file, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, file));
  g_clear_error (&error);

  g_assert_false (fika_paths_ensure_private_dir (inside, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_assert_cmpint (g_remove (file), ==, 0);
}

static void
test_libexec (void)
{
  g_autofree char *installed = NULL;
  g_autofree char *built = NULL;

  g_unsetenv ("FIKA_LIBEXECDIR");
  installed = fika_paths_libexec ("fika-parse");
  g_assert_cmpstr (installed, ==, FIKA_LIBEXECDIR "/fika-parse");
  g_setenv ("FIKA_LIBEXECDIR", "/somewhere", TRUE);
  built = fika_paths_libexec ("fika-parse");
  g_assert_cmpstr (built, ==, "/somewhere/fika-parse");
}

int
main (int argc, char *argv[])
{
  int result;

  home = g_dir_make_tmp ("fika-paths-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/paths/places", test_places);
  g_test_add_func ("/paths/072-private", test_row_72_private);
  g_test_add_func ("/paths/refused", test_refused);
  g_test_add_func ("/paths/libexec", test_libexec);

  result = g_test_run ();
  g_rmdir (home);
  g_free (home);

  return result;
}
