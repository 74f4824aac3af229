#include "config.h"

#include "fika-fault-vfs.h"

#include <errno.h>
#include <sqlite3.h>

typedef struct
{
  sqlite3_file base;
  char *path;
  gboolean named;     /* not a temporary file */
  gboolean fresh;     /* created and not yet synced: its folder is synced with it */
  sqlite3_file *real; /* lies behind this struct */
} FaultFile;

static sqlite3_vfs *real_vfs;
static FikaFault armed = FIKA_FAULT_NONE;
static int64_t countdown;
static gboolean lasts;
static gboolean hit;
static FikaDiskRecorder record;

/* Whether this call is to fail. */
static gboolean
fails (gboolean needs_room)
{
  if (armed == FIKA_FAULT_NONE || (armed == FIKA_FAULT_FULL && !needs_room))
    return FALSE;
  if (countdown > 0)
    countdown--;
  if (countdown > 0)
    return FALSE;
  hit = TRUE;
  errno = armed == FIKA_FAULT_FULL ? ENOSPC : EIO;
  if (lasts)
    countdown = 1;
  else
    armed = FIKA_FAULT_NONE;
  return TRUE;
}

static void
tell (FaultFile *self, FikaDiskOp op, int64_t offset, const void *data, int size)
{
  if (record != NULL && self->named)
    record (op, self->path, offset, data, size);
}

static int
file_close (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;
  int code = self->real->pMethods->xClose (self->real);

  g_free (self->path);
  self->path = NULL;
  return code;
}

static int
file_read (sqlite3_file *file, void *data, int size, sqlite3_int64 offset)
{
  FaultFile *self = (FaultFile *) file;

  if (fails (FALSE))
    return SQLITE_IOERR_READ;
  return self->real->pMethods->xRead (self->real, data, size, offset);
}

static int
file_write (sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
  FaultFile *self = (FaultFile *) file;
  gboolean full = armed == FIKA_FAULT_FULL;
  int code;

  if (fails (TRUE))
    {
      /* Half of it got through. */
      self->real->pMethods->xWrite (self->real, data, size / 2, offset);
      return full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
  code = self->real->pMethods->xWrite (self->real, data, size, offset);
  if (code == SQLITE_OK)
    tell (self, FIKA_DISK_WRITE, offset, data, size);
  return code;
}

static int
file_truncate (sqlite3_file *file, sqlite3_int64 size)
{
  FaultFile *self = (FaultFile *) file;
  int code;

  if (fails (FALSE))
    return SQLITE_IOERR_TRUNCATE;
  code = self->real->pMethods->xTruncate (self->real, size);
  if (code == SQLITE_OK)
    tell (self, FIKA_DISK_TRUNCATE, size, NULL, 0);
  return code;
}

static int
file_sync (sqlite3_file *file, int flags)
{
  FaultFile *self = (FaultFile *) file;
  int code;

  if (fails (FALSE))
    return SQLITE_IOERR_FSYNC;
  code = self->real->pMethods->xSync (self->real, flags);
  if (code == SQLITE_OK)
    {
      tell (self, FIKA_DISK_SYNC, 0, NULL, 0);
      if (self->fresh)
        tell (self, FIKA_DISK_SYNC_FOLDER, 0, NULL, 0);
      self->fresh = FALSE;
    }
  return code;
}

static int
file_size (sqlite3_file *file, sqlite3_int64 *size)
{
  FaultFile *self = (FaultFile *) file;

  if (fails (FALSE))
    return SQLITE_IOERR_FSTAT;
  return self->real->pMethods->xFileSize (self->real, size);
}

static int
file_lock (sqlite3_file *file, int level)
{
  FaultFile *self = (FaultFile *) file;

  if (fails (FALSE))
    return SQLITE_IOERR_LOCK;
  return self->real->pMethods->xLock (self->real, level);
}

static int
file_unlock (sqlite3_file *file, int level)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xUnlock (self->real, level);
}

static int
file_check_reserved_lock (sqlite3_file *file, int *reserved)
{
  FaultFile *self = (FaultFile *) file;

  if (fails (FALSE))
    return SQLITE_IOERR_CHECKRESERVEDLOCK;
  return self->real->pMethods->xCheckReservedLock (self->real, reserved);
}

static int
file_control (sqlite3_file *file, int op, void *arg)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xFileControl (self->real, op, arg);
}

static int
file_sector_size (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xSectorSize (self->real);
}

/* No promise but that overwriting leaves neighbours alone, which SQLite assumes of every disk. */
static int
file_device_characteristics (sqlite3_file *file)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int
file_shm_map (sqlite3_file *file, int page, int size, int extend, void volatile **map)
{
  FaultFile *self = (FaultFile *) file;

  if (fails (extend != 0))
    return SQLITE_IOERR_SHMMAP;
  return self->real->pMethods->xShmMap (self->real, page, size, extend, map);
}

static int
file_shm_lock (sqlite3_file *file, int offset, int n, int flags)
{
  FaultFile *self = (FaultFile *) file;

  if ((flags & SQLITE_SHM_LOCK) != 0 && fails (FALSE))
    return SQLITE_IOERR_SHMLOCK;
  return self->real->pMethods->xShmLock (self->real, offset, n, flags);
}

static void
file_shm_barrier (sqlite3_file *file)
{
  FaultFile *self = (FaultFile *) file;

  self->real->pMethods->xShmBarrier (self->real);
}

static int
file_shm_unmap (sqlite3_file *file, int delete)
{
  FaultFile *self = (FaultFile *) file;

  return self->real->pMethods->xShmUnmap (self->real, delete);
}

/* Version 2: no memory-mapped reading past the faults. */
static const sqlite3_io_methods file_methods = {
  .iVersion = 2,
  .xClose = file_close,
  .xRead = file_read,
  .xWrite = file_write,
  .xTruncate = file_truncate,
  .xSync = file_sync,
  .xFileSize = file_size,
  .xLock = file_lock,
  .xUnlock = file_unlock,
  .xCheckReservedLock = file_check_reserved_lock,
  .xFileControl = file_control,
  .xSectorSize = file_sector_size,
  .xDeviceCharacteristics = file_device_characteristics,
  .xShmMap = file_shm_map,
  .xShmLock = file_shm_lock,
  .xShmBarrier = file_shm_barrier,
  .xShmUnmap = file_shm_unmap,
};

static int
vfs_open (sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
  FaultFile *self = (FaultFile *) file;
  gboolean creates = (flags & SQLITE_OPEN_CREATE) != 0;
  int exists = 1;
  int code;

  self->base.pMethods = NULL;
  if (fails (creates))
    return SQLITE_CANTOPEN;

  if (name != NULL && creates)
    real_vfs->xAccess (real_vfs, name, SQLITE_ACCESS_EXISTS, &exists);
  self->real = (sqlite3_file *) (self + 1);
  code = real_vfs->xOpen (real_vfs, name, self->real, flags, out_flags);
  if (code != SQLITE_OK)
    return code;

  self->path = g_strdup (name);
  self->named = name != NULL;
  self->fresh = exists == 0;
  self->base.pMethods = &file_methods;
  if (self->fresh)
    tell (self, FIKA_DISK_CREATE, 0, NULL, 0);
  return SQLITE_OK;
}

static int
vfs_delete (sqlite3_vfs *vfs, const char *name, int sync_folder)
{
  int code;

  if (fails (FALSE))
    return SQLITE_IOERR_DELETE;
  code = real_vfs->xDelete (real_vfs, name, sync_folder);
  if (code == SQLITE_OK && record != NULL)
    {
      record (FIKA_DISK_DELETE, name, 0, NULL, 0);
      if (sync_folder)
        record (FIKA_DISK_SYNC_FOLDER, name, 0, NULL, 0);
    }
  return code;
}

static int
vfs_access (sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
  if (fails (FALSE))
    return SQLITE_IOERR_ACCESS;
  return real_vfs->xAccess (real_vfs, name, flags, result);
}

static int
vfs_full_pathname (sqlite3_vfs *vfs, const char *name, int size, char *path)
{
  return real_vfs->xFullPathname (real_vfs, name, size, path);
}

static int
vfs_randomness (sqlite3_vfs *vfs, int size, char *data)
{
  return real_vfs->xRandomness (real_vfs, size, data);
}

static int
vfs_sleep (sqlite3_vfs *vfs, int microseconds)
{
  return real_vfs->xSleep (real_vfs, microseconds);
}

static int
vfs_current_time (sqlite3_vfs *vfs, double *time)
{
  return real_vfs->xCurrentTime (real_vfs, time);
}

static int
vfs_get_last_error (sqlite3_vfs *vfs, int size, char *text)
{
  return real_vfs->xGetLastError (real_vfs, size, text);
}

static int
vfs_current_time_int64 (sqlite3_vfs *vfs, sqlite3_int64 *time)
{
  return real_vfs->xCurrentTimeInt64 (real_vfs, time);
}

static sqlite3_vfs fault_vfs = {
  .iVersion = 2,
  .zName = "fika-fault",
  .xOpen = vfs_open,
  .xDelete = vfs_delete,
  .xAccess = vfs_access,
  .xFullPathname = vfs_full_pathname,
  .xRandomness = vfs_randomness,
  .xSleep = vfs_sleep,
  .xCurrentTime = vfs_current_time,
  .xGetLastError = vfs_get_last_error,
  .xCurrentTimeInt64 = vfs_current_time_int64,
};

void
fika_fault_vfs_register (void)
{
  g_assert_cmpint (sqlite3_initialize (), ==, SQLITE_OK);
  real_vfs = sqlite3_vfs_find (NULL);
  g_assert_nonnull (real_vfs);
  fault_vfs.szOsFile = (int) sizeof (FaultFile) + real_vfs->szOsFile;
  fault_vfs.mxPathname = real_vfs->mxPathname;
  g_assert_cmpint (sqlite3_vfs_register (&fault_vfs, 1), ==, SQLITE_OK);
}

void
fika_fault_vfs_arm (FikaFault fault, int64_t nth, gboolean lasting)
{
  g_assert_cmpint (nth, >, 0);
  armed = fault;
  countdown = nth;
  lasts = lasting;
  hit = FALSE;
}

void
fika_fault_vfs_disarm (void)
{
  armed = FIKA_FAULT_NONE;
}

gboolean
fika_fault_vfs_was_hit (void)
{
  return hit;
}

void
fika_fault_vfs_set_recorder (FikaDiskRecorder recorder)
{
  record = recorder;
}
