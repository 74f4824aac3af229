#pragma once

#include "db/fika-db.h"

G_BEGIN_DECLS

/* What a backup is made for; each reason has its own number of copies kept. */
typedef enum
{
  FIKA_BACKUP_DAILY,         /* 7 daily and 4 weekly are kept */
  FIKA_BACKUP_BEFORE_CHANGE, /* before migration, import, bulk delete: 5 are kept */
} FikaBackupReason;

/**
 * FikaBackupInfo:
 * @file: path
 * @people: people in it, @catchups and @groups likewise
 */
typedef struct
{
  char *file;
  int64_t people;
  int64_t catchups;
  int64_t groups;
} FikaBackupInfo;

void fika_backup_info_free (FikaBackupInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaBackupInfo, fika_backup_info_free)

FikaBackupInfo *fika_backup_write (FikaDb *db, const char *file, GError **error);
FikaBackupInfo *fika_backup_keep (FikaDb *db,
                                  const char *folder,
                                  FikaBackupReason reason,
                                  int64_t now,
                                  GError **error);
FikaBackupInfo *fika_backup_read_info (const char *file, GError **error);
GPtrArray *fika_backup_list (const char *folder);

G_END_DECLS
