/*
 * Loaded before the C library (LD_PRELOAD): while the file that FIKA_TEST_FULL names is there,
 * nothing can be written beneath the folder that FIKA_TEST_FULL_FOLDER names, as on a disk without
 * room.
 */

#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

int fallocate (int fd, int mode, off_t offset, off_t length);
int posix_fallocate (int fd, off_t offset, off_t length);

static int
is_full (int fd)
{
  const char *flag = getenv ("FIKA_TEST_FULL");
  const char *folder = getenv ("FIKA_TEST_FULL_FOLDER");
  char link[64];
  char path[PATH_MAX];
  int saved = errno;
  ssize_t length;

  if (flag == NULL || folder == NULL || access (flag, F_OK) != 0)
    {
      errno = saved;
      return 0;
    }
  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, sizeof path - 1);
  errno = saved;
  if (length < 0)
    return 0;
  path[length] = '\0';
  return strncmp (path, folder, strlen (folder)) == 0;
}

#define NEXT(function) ((__typeof__ (&function)) dlsym (RTLD_NEXT, #function))

ssize_t
write (int fd, const void *data, size_t size)
{
  if (is_full (fd))
    {
      errno = ENOSPC;
      return -1;
    }
  return NEXT (write) (fd, data, size);
}

ssize_t
pwrite (int fd, const void *data, size_t size, off_t offset)
{
  if (is_full (fd))
    {
      errno = ENOSPC;
      return -1;
    }
  return NEXT (pwrite) (fd, data, size, offset);
}

ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  if (is_full (fd))
    {
      errno = ENOSPC;
      return -1;
    }
  return NEXT (pwrite64) (fd, data, size, offset);
}

int
fallocate (int fd, int mode, off_t offset, off_t length)
{
  if (is_full (fd))
    {
      errno = ENOSPC;
      return -1;
    }
  return NEXT (fallocate) (fd, mode, offset, length);
}

int
posix_fallocate (int fd, off_t offset, off_t length)
{
  return is_full (fd) ? ENOSPC : NEXT (posix_fallocate) (fd, offset, length);
}
