#pragma once

#include "db/fika-db.h"
#include "db/fika-lock.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/* Where the numbered migrations lie among the resources. */
#define FIKA_DB_SQL_RESOURCES "/org/fikaplanner/Fika/sql"

struct _FikaDb
{
  GObject parent_instance;

  char *path;
  sqlite3 *sqlite;
  FikaLock *lock;         /* NULL where the folder cannot be written */
  GError *read_only;      /* why nothing can be written; NULL where it can */
  gboolean transaction;   /* between begin and commit or rollback */
  gboolean held;          /* another connection of this process writes something long */
  GHashTable *statements; /* SQL text -> FikaStmt */
  GHashTable *inverses;   /* table -> FikaInverse of fika-undo.c */
  int schema;
  int wal_pages; /* in the log after the last commit */
  int64_t data_version;
};

/* fika-open.c */
FikaDb *fika_db_open_from (const char *path, const char *sql_resources, GError **error);
void fika_db_close_sqlite (FikaDb *self);
void fika_db_keep_log_on_close (FikaDb *self, gboolean keep);

/* fika-sqlite.c
 *
 * The one place where SQLite's codes become errors of Fika. Always sets @error; answers FALSE. */
gboolean fika_db_fail (FikaDb *self, int code, GError **error);
gboolean fika_sqlite_fail (sqlite3 *sqlite, const char *path, int code, GError **error);
void fika_set_damaged (const char *path, GError **error);
char *fika_db_backups_folder (const char *path);

gboolean fika_sqlite_exec (sqlite3 *sqlite, const char *path, const char *sql, GError **error);
gboolean fika_sqlite_get_int (sqlite3 *sqlite,
                              const char *path,
                              const char *sql,
                              int64_t *value,
                              GError **error);
char *fika_sqlite_get_text (sqlite3 *sqlite, const char *path, const char *sql, GError **error);
gboolean fika_sqlite_check (sqlite3 *sqlite, const char *path, GError **error);

/* fika-stmt.c */
void fika_db_drop_statements (FikaDb *self);

/* fika-image.c */
int fika_image_add_function (sqlite3 *sqlite);

/* fika-migrate.c */
int fika_migrate_newest (const char *sql_resources);
gboolean fika_migrate (FikaDb *self, const char *sql_resources, GError **error);

/* fika-triggers.c */
gboolean fika_triggers_drop (FikaDb *self, GError **error);
gboolean fika_triggers_create (FikaDb *self, GError **error);
gboolean fika_table_is_logged (const char *table);
GPtrArray *fika_db_columns (FikaDb *self, const char *table, GError **error);

G_END_DECLS
