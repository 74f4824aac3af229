#include "config.h"

#include "exchange/fika-photo.h"
#include "exchange/parse/fika-confine.h"
#include "exchange/parse/fika-parse-format.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
program (void)
{
  return g_build_filename (g_getenv ("FIKA_BUILDDIR"), "src", "exchange", "parse", "fika-parse",
                           NULL);
}

static JsonNode *
run (GBytes *file)
{
  g_autofree char *path = program ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (process, file, NULL, &answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  json_parser_load_from_data (parser, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                              &error);
  g_assert_no_error (error);

  return json_node_copy (json_parser_get_root (parser));
}

/* Tells the first place where both differ, so that a failure says which field of which card. */
static void
assert_equal (JsonNode *got, JsonNode *want, const char *where)
{
  g_autofree char *got_text = json_to_string (got, FALSE);
  g_autofree char *want_text = json_to_string (want, FALSE);

  if (json_node_equal (got, want))
    return;
  if (JSON_NODE_HOLDS_OBJECT (got) && JSON_NODE_HOLDS_OBJECT (want))
    {
      JsonObject *object = json_node_get_object (want);
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        {
          g_autofree char *inner = g_strdup_printf ("%s.%s", where, (const char *) l->data);
          JsonNode *node = json_object_get_member (json_node_get_object (got), l->data);

          if (node == NULL)
            g_error ("%s is missing", inner);
          assert_equal (node, json_object_get_member (object, l->data), inner);
        }
    }
  if (JSON_NODE_HOLDS_ARRAY (got) && JSON_NODE_HOLDS_ARRAY (want))
    {
      JsonArray *array = json_node_get_array (want);
      JsonArray *other = json_node_get_array (got);

      for (guint i = 0; i < MIN (json_array_get_length (array), json_array_get_length (other)); i++)
        {
          g_autofree char *inner = g_strdup_printf ("%s[%u]", where, i);

          assert_equal (json_array_get_element (other, i), json_array_get_element (array, i),
                        inner);
        }
    }
  g_error ("%s is %s, and should be %s", where, got_text, want_text);
}

static void
get_cards (JsonNode *root, GPtrArray *cards)
{
  JsonArray *entries = json_object_get_array_member (json_node_get_object (root), "entries");

  for (guint i = 0; i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = json_array_get_object_element (entries, i);

      if (json_object_has_member (entry, "card"))
        g_ptr_array_add (cards, json_object_get_object_member (entry, "card"));
    }
}

/* A photo is written anew, in other bytes with each version of a library: what it was is told, and
 * what it is now is a whole picture. */
static void
settle_photos (JsonNode *got, JsonNode *want)
{
  g_autoptr (GPtrArray) got_cards = g_ptr_array_new ();
  g_autoptr (GPtrArray) want_cards = g_ptr_array_new ();

  get_cards (got, got_cards);
  get_cards (want, want_cards);
  for (guint i = 0; i < want_cards->len; i++)
    {
      JsonObject *card = g_ptr_array_index (want_cards, i);
      g_autofree guint8 *data = NULL;
      g_autofree char *was = NULL;
      gsize length;

      if (!json_object_has_member (card, "photo"))
        continue;
      data = fika_photo_decode_base64 (json_object_get_string_member (card, "photo"), &length);
      was = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, length);
      json_object_set_string_member (card, "photo_was", was);
      json_object_remove_member (card, "photo");
    }
  for (guint i = 0; i < got_cards->len; i++)
    {
      JsonObject *card = g_ptr_array_index (got_cards, i);
      g_autofree guint8 *data = NULL;
      gsize length;

      if (!json_object_has_member (card, "photo"))
        continue;
      data = fika_photo_decode_base64 (json_object_get_string_member (card, "photo"), &length);
      g_assert_nonnull (data);
      g_assert_cmpint (fika_photo_check (data, length), ==, FIKA_PHOTO_OK);
      json_object_remove_member (card, "photo");
    }
}

/* Files as the address books of phones and programs write them (invented people), through the real
 * program and its confinement; what they say was written down by hand beside them. */
static void
test_fixture (gconstpointer data)
{
  g_autofree char *stem = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "fixtures", "vcard",
                                            (const char *) data, NULL);
  g_autofree char *file = g_strconcat (stem, ".vcf", NULL);
  g_autofree char *expected = g_strconcat (stem, ".json", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) got = NULL;
  g_autoptr (JsonNode) want = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (file, &contents, &length, &error));
  g_assert_true (g_file_get_contents (expected, &wanted, NULL, &error));
  want = json_from_string (wanted, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_static (contents, length);
  got = run (bytes);
  settle_photos (got, want);
  assert_equal (got, want, (const char *) data);
}

/* The file is larger than it may be; so much is not kept in the test either. */
static void
test_too_large (void)
{
  g_autofree char *path = program ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) answer = NULL;
  g_autofree char *piece = g_strnfill (1024 * 1024, 'x');
  char buffer[256] = "";
  gsize n;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, path, NULL);
  g_assert_no_error (error);
  /* It stops reading after 64 MiB and a little; then the pipe breaks. */
  signal (SIGPIPE, SIG_IGN);
  for (int i = 0; i < 100; i++)
    {
      if (!g_output_stream_write_all (g_subprocess_get_stdin_pipe (process), piece, 1024 * 1024,
                                      NULL, NULL, NULL))
        break;
    }
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), buffer, sizeof buffer - 1, &n,
                           NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (buffer, "\"error\":\"" FIKA_PARSE_ERROR_TOO_LARGE "\""));
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

static void
assert_refused (long result, int code)
{
  g_assert_cmpint (result, ==, -1);
  g_assert_cmpint (code, ==, EPERM);
}

#define ASSERT_REFUSED(call)                                                                       \
  G_STMT_START                                                                                     \
  {                                                                                                \
    long result_ = (long) (call);                                                                  \
    int code_ = errno;                                                                             \
    assert_refused (result_, code_);                                                               \
  }                                                                                                \
  G_STMT_END

static void
try_what_is_never_allowed (const char *written)
{
  char *arguments[] = { (char *) "/bin/true", NULL };
  struct sockaddr address = { .sa_family = AF_UNIX };

  ASSERT_REFUSED (socket (AF_INET, SOCK_STREAM, 0));
  ASSERT_REFUSED (socket (AF_INET6, SOCK_DGRAM, 0));
  ASSERT_REFUSED (socket (AF_UNIX, SOCK_STREAM, 0));
  ASSERT_REFUSED (connect (0, &address, sizeof address));
  ASSERT_REFUSED (execv ("/bin/true", arguments));
  ASSERT_REFUSED (fork ());
  ASSERT_REFUSED (open (written, O_WRONLY));
  ASSERT_REFUSED (open (written, O_RDWR | O_CREAT, 0600));
  ASSERT_REFUSED (open (written, O_RDONLY | O_TRUNC));
  ASSERT_REFUSED (open ("/tmp", O_TMPFILE | O_WRONLY, 0600));
  ASSERT_REFUSED (unlink (written));
  ASSERT_REFUSED (rename (written, "/tmp/elsewhere"));
  ASSERT_REFUSED (mkdir (written, 0700));
  ASSERT_REFUSED (symlink (written, "/tmp/elsewhere"));
  ASSERT_REFUSED (chmod (written, 0777));
  ASSERT_REFUSED (kill (getppid (), 0));
  ASSERT_REFUSED (memfd_create ("x", 0));
}

static void
test_confined_child (void)
{
  g_autofree char *written = g_build_filename (g_get_tmp_dir (), "fika-parse-writes", NULL);
  int file;
  void *memory;

  g_assert_true (fika_confine (FIKA_CONFINE_READING));
  try_what_is_never_allowed (written);
  /* The tables of character sets are still within reach… */
  file = open ("/etc/passwd", O_RDONLY);
  g_assert_cmpint (file, >=, 0);
  close (file);

  g_assert_true (fika_confine (FIKA_CONFINE_PARSING));
  try_what_is_never_allowed (written);
  /* …and now they are not, nor is a way to bring in code, nor a way back. */
  ASSERT_REFUSED (open ("/etc/passwd", O_RDONLY));
  memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  g_assert_true (memory != MAP_FAILED);
  ASSERT_REFUSED (mprotect (memory, 4096, PROT_READ | PROT_EXEC));
  ASSERT_REFUSED (
      (long) mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_REFUSED (prctl (PR_SET_DUMPABLE, 1, 0, 0, 0));
  munmap (memory, 4096);
}

static void
test_confined (void)
{
  if (g_test_subprocess ())
    {
      test_confined_child ();
      /* Without the end of the test framework, which would write files of its own. */
      _exit (0);
    }
  if (!fika_confine_filters ())
    {
      g_test_skip ("a build with a sanitizer filters no system calls");
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

static char *
status_of (GSubprocess *process, const char *key)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (process));
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      if (g_str_has_prefix (*line, key))
        return g_strstrip (g_strdup (*line + strlen (key)));
    }

  return g_strdup ("");
}

/* The program has confined itself before it was given a single byte. */
static void
test_confined_first (void)
{
  g_autofree char *path = program ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *privileges = NULL;
  gint64 start = g_get_monotonic_time ();

  if (!fika_confine_filters ())
    {
      g_test_skip ("a build with a sanitizer filters no system calls");
      return;
    }
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                              &error, path, NULL);
  g_assert_no_error (error);
  for (;;)
    {
      g_autofree char *mode = status_of (process, "Seccomp:");

      if (g_str_equal (mode, "2"))
        break;
      g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
      g_thread_yield ();
    }
  privileges = status_of (process, "NoNewPrivs:");
  g_assert_cmpstr (privileges, ==, "1");
  g_assert_true (g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, &error));
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
}

/* Some systems keep the rarer character sets in a package of their own. */
static gboolean
reads_shift_jis (void)
{
  GIConv converter = g_iconv_open ("UTF-8", "SHIFT_JIS");

  return converter != (GIConv) -1 && g_iconv_close (converter) == 0;
}

static void
skip_shift_jis (void)
{
  g_test_skip ("this system cannot read Shift_JIS");
}

int
main (int argc, char **argv)
{
  static const char *const fixtures[] = {
    "android-2.1",     "bad-cards", "davx5-4.0",      "fastmail",     "gnome-contacts",
    "google-web",      "ios",       "japanese-2.1",   "kaddressbook", "macos-old",
    "nextcloud",       "nokia-2.1", "old-phones-2.1", "outlook-2.1",  "proton-4.0",
    "thunderbird-4.0", "utf-16",    "utf-16-big",     "whatsapp",
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autofree char *path = g_strconcat ("/parse-program/fixture/", fixtures[i], NULL);

      if (g_str_equal (fixtures[i], "japanese-2.1") && !reads_shift_jis ())
        g_test_add_func (path, skip_shift_jis);
      else
        g_test_add_data_func (path, fixtures[i], test_fixture);
    }
  g_test_add_func ("/parse-program/too-large", test_too_large);
  g_test_add_func ("/parse-program/confined", test_confined);
  g_test_add_func ("/parse-program/confined-first", test_confined_first);

  return g_test_run ();
}
