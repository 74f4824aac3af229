#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* The parser is believed nothing: not that it ends, nor that it stops talking. */
#define PATIENCE_MS (60 * 1000)
#define ANSWER_MAX (512 * 1024 * 1024)
/* A photo in base64, and all other texts of a card. */
#define LINE_MAX_BYTES (8 * 1024 * 1024)

static gboolean
system_failed (GError **error, int code)
{
  g_set_error (error, FIKA_ERROR, code == ENOSPC ? FIKA_ERROR_FULL : FIKA_ERROR_FAILED,
               _ ("The file cannot be handed to the program that reads it: %s. Try again."),
               g_strerror (code));

  return FALSE;
}

/* The bytes as a file of nobody's, which can be read and not changed. A pipe would have to be
 * written while the answer is read. */
static int
sealed_file (GBytes *bytes, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  int fd = memfd_create ("fika-import", MFD_CLOEXEC | MFD_ALLOW_SEALING);

  if (fd < 0)
    {
      system_failed (error, errno);
      return -1;
    }
  while (length > 0)
    {
      ssize_t n = write (fd, data, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          system_failed (error, errno);
          close (fd);
          return -1;
        }
      data += n;
      length -= n;
    }
  if (fcntl (fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0
      || lseek (fd, 0, SEEK_SET) != 0)
    {
      system_failed (error, errno);
      close (fd);
      return -1;
    }

  return fd;
}

static GSubprocess *
spawn (GBytes *file, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *program = fika_paths_libexec ("fika-parse");
  int fd = sealed_file (file, error);

  if (fd < 0)
    return NULL;
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_unsetenv (launcher, "G_MESSAGES_DEBUG");
  process = g_subprocess_launcher_spawn (launcher, &local_error, program, NULL);
  if (process == NULL)
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                 /* Translators: the system's reason. */
                 _ ("The part of Fika that reads contacts files does not start: %s. Install Fika "
                    "anew."),
                 local_error->message);

  return g_steal_pointer (&process);
}

/* Waits until there is something to read. */
static gboolean
await_input (int fd, GCancellable *cancellable, GError **error)
{
  GPollFD polls[2] = { { .fd = fd, .events = G_IO_IN | G_IO_HUP | G_IO_ERR } };
  gboolean cancels = g_cancellable_make_pollfd (cancellable, &polls[1]);
  int n;

  do
    {
      n = g_poll (polls, cancels ? 2 : 1, PATIENCE_MS);
    }
  while (n < 0 && errno == EINTR);
  if (cancels)
    g_cancellable_release_fd (cancellable);
  if (g_cancellable_is_cancelled (cancellable))
    return fika_import_set_cancelled (error);
  if (n > 0)
    return TRUE;
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                       _ ("Reading the file takes too long. Try a smaller part of it."));

  return FALSE;
}

/* Hands on the whole lines of @buffer, and leaves what is not whole yet. */
static gboolean
take_lines (GString *buffer,
            gsize looked_at,
            FikaImportTakeLine take,
            gpointer user_data,
            GError **error)
{
  gsize begin = 0;
  char *end;

  while ((end = memchr (buffer->str + MAX (begin, looked_at), '\n',
                        buffer->len - MAX (begin, looked_at)))
         != NULL)
    {
      *end = '\0';
      if (!take (buffer->str + begin, end - (buffer->str + begin), user_data, error))
        return FALSE;
      begin = end + 1 - buffer->str;
    }
  g_string_erase (buffer, 0, begin);

  return TRUE;
}

static gboolean
read_answer (int fd,
             FikaImportTakeLine take,
             gpointer user_data,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GString) buffer = g_string_sized_new (256 * 1024);
  g_autofree char *piece = g_malloc (128 * 1024);
  gsize total = 0;

  for (;;)
    {
      gsize looked_at = buffer->len;
      ssize_t n;

      if (!await_input (fd, cancellable, error))
        return FALSE;
      n = read (fd, piece, 128 * 1024);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return system_failed (error, errno);
      if (n == 0)
        /* What is left is a line that was cut off. */
        return buffer->len == 0 || take (buffer->str, buffer->len, user_data, error);
      g_string_append_len (buffer, piece, n);
      total += n;
      if (!take_lines (buffer, looked_at, take, user_data, error))
        return FALSE;
      if (buffer->len > LINE_MAX_BYTES || total > ANSWER_MAX)
        return fika_import_set_refusal (NULL, error);
    }
}

/**
 * fika_import_helper_run:
 * @file: what to parse
 * @take: (scope call): takes each line of the answer, without its end; may change it
 * @user_data: for @take
 * @cancellable: (nullable): to give up
 * @error: return location
 *
 * Runs fika-parse in a process of its own and waits for its answer, without turning a main loop.
 *
 * Returns: whether all of the answer was taken; else the error is of %FIKA_ERROR, also
 *   %FIKA_ERROR_CANCELLED
 */
gboolean
fika_import_helper_run (GBytes *file,
                        FikaImportTakeLine take,
                        gpointer user_data,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GSubprocess) process = NULL;
  GInputStream *answer;
  gboolean done;

  if (g_cancellable_is_cancelled (cancellable))
    return fika_import_set_cancelled (error);
  process = spawn (file, error);
  if (process == NULL)
    return FALSE;
  answer = g_subprocess_get_stdout_pipe (process);
  done = read_answer (g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (answer)), take, user_data,
                      cancellable, error);
  /* Whether or not it has ended: nothing it could still do is of use. */
  g_subprocess_force_exit (process);

  return done;
}
