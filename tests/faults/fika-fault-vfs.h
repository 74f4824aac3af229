#pragma once

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/*
 * A file system for SQLite that passes everything on to the real one, fails where it is told to,
 * and tells a recorder what reaches the disk. Registered as the default, so the program under test
 * needs to know nothing of it.
 */

typedef enum
{
  FIKA_FAULT_NONE,
  FIKA_FAULT_IO,   /* every kind of call fails as a broken disk does */
  FIKA_FAULT_FULL, /* what needs room fails as on a full disk */
} FikaFault;

typedef enum
{
  FIKA_DISK_CREATE,
  FIKA_DISK_WRITE,
  FIKA_DISK_TRUNCATE,
  FIKA_DISK_SYNC,
  FIKA_DISK_DELETE,
  FIKA_DISK_SYNC_FOLDER,
} FikaDiskOp;

typedef void (*FikaDiskRecorder) (FikaDiskOp op,
                                  const char *path,
                                  int64_t offset,
                                  const void *data,
                                  int size);

void fika_fault_vfs_register (void);
/* Fails the @nth call from now (from 1) that @fault can fail; and where @lasting, all after it. */
void fika_fault_vfs_arm (FikaFault fault, int64_t nth, gboolean lasting);
void fika_fault_vfs_disarm (void);
/* Whether an armed fault came about. */
gboolean fika_fault_vfs_was_hit (void);
void fika_fault_vfs_set_recorder (FikaDiskRecorder recorder);

G_END_DECLS
