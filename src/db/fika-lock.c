#include "config.h"

#include "db/fika-lock.h"

#include "base/fika-error.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define POLL_INTERVAL_US 5000

struct _FikaLock
{
  int fd;
  gboolean held;
};

static guint patience_ms = 5000;

void
fika_lock_set_patience (guint milliseconds)
{
  patience_ms = milliseconds;
}

guint
fika_lock_get_patience (void)
{
  return patience_ms;
}

/*
 * Opens or creates the lock file, private to its owner. The errors are those of the file system,
 * in G_FILE_ERROR: the caller knows whether a file that cannot be made matters.
 */
FikaLock *
fika_lock_new (const char *path, GError **error)
{
  FikaLock *self;
  struct stat status;
  int fd;
  int saved;

  g_assert (path != NULL);

  /* Not g_open (): the descriptor must not reach a child, which would keep the lock. */
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  saved = errno;
  if (fd < 0 && (saved == EACCES || saved == EROFS))
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    {
      g_set_error_literal (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                           g_strerror (saved));
      return NULL;
    }

  if (fstat (fd, &status) == 0 && (status.st_mode & 0777) != 0600)
    (void) !fchmod (fd, 0600);

  self = g_new0 (FikaLock, 1);
  self->fd = fd;
  return self;
}

void
fika_lock_free (FikaLock *self)
{
  if (self == NULL)
    return;
  /* Closing the descriptor gives up the lock. */
  close (self->fd);
  g_free (self);
}

/* Waits for the lock, at most as long as its patience; then FIKA_ERROR_BUSY. */
gboolean
fika_lock_take (FikaLock *self, GError **error)
{
  gint64 deadline = g_get_monotonic_time () + (gint64) patience_ms * 1000;

  g_assert (self != NULL);
  g_assert (!self->held);

  while (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EINTR)
        continue;
      if (errno != EWOULDBLOCK)
        {
          g_set_error (error, FIKA_ERROR, FIKA_ERROR_FAILED,
                       _ ("Fika's data could not be locked: %s."), g_strerror (errno));
          return FALSE;
        }
      if (g_get_monotonic_time () >= deadline)
        {
          g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_BUSY,
                               _ ("Fika's data is in use by another program. Try again in a "
                                  "moment."));
          return FALSE;
        }
      g_usleep (POLL_INTERVAL_US);
    }

  self->held = TRUE;
  return TRUE;
}

void
fika_lock_drop (FikaLock *self)
{
  if (self == NULL || !self->held)
    return;
  flock (self->fd, LOCK_UN);
  self->held = FALSE;
}

gboolean
fika_lock_is_held (FikaLock *self)
{
  return self != NULL && self->held;
}
