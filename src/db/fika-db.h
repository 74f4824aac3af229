#pragma once

#include <glib-object.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * FikaDb:
 *
 * The connection of a process to fika.db; while something long is written, a second one on a
 * thread. Every open, write, checkpoint and close holds an exclusive flock on `fika.lock` beside
 * the database, so two never write at once.
 */
#define FIKA_TYPE_DB (fika_db_get_type ())
G_DECLARE_FINAL_TYPE (FikaDb, fika_db, FIKA, DB, GObject)

/* 'Fika' */
#define FIKA_DB_APPLICATION_ID 0x46696b61
#define FIKA_DB_SCHEMA 1

FikaDb *fika_db_open (const char *path, GError **error);
const char *fika_db_get_path (FikaDb *self);
gboolean fika_db_is_read_only (FikaDb *self);
const char *fika_db_get_read_only_reason (FikaDb *self);
int fika_db_get_schema (FikaDb *self);
gboolean fika_db_check (FikaDb *self, GError **error);
gboolean fika_db_others_wrote (FikaDb *self);

/* Transactions. Reads need none. */
gboolean fika_db_begin (FikaDb *self, GError **error);
gboolean fika_db_commit (FikaDb *self, GError **error);
void fika_db_rollback (FikaDb *self);
gboolean fika_db_in_transaction (FikaDb *self);
void fika_db_hold (FikaDb *self, gboolean held);

/* Runs SQL that takes no parameters and answers no rows. */
gboolean fika_db_exec (FikaDb *self, const char *sql, GError **error);
int64_t fika_db_last_id (FikaDb *self);
int fika_db_n_changed (FikaDb *self);
gboolean fika_db_has_busy_statement (FikaDb *self);

/**
 * FikaStmt:
 *
 * A prepared statement lent by its connection, which keeps it prepared. Letting go of it
 * (g_autoptr) resets it and clears its parameters. Parameters count from 1 and columns from 0, as
 * SQLite's own.
 */
typedef struct _FikaStmt FikaStmt;

void fika_db_release_memory (FikaDb *self);
FikaStmt *fika_db_use (FikaDb *self, const char *sql, GError **error);
void fika_stmt_release (FikaStmt *self);
void fika_stmt_bind_int (FikaStmt *self, int parameter, int64_t value);
void fika_stmt_bind_text (FikaStmt *self, int parameter, const char *value);
void fika_stmt_bind_null (FikaStmt *self, int parameter);
gboolean fika_stmt_step (FikaStmt *self, GError **error);
gboolean fika_stmt_run (FikaStmt *self, GError **error);
gboolean fika_stmt_is_null (FikaStmt *self, int column);
int64_t fika_stmt_int (FikaStmt *self, int column);
const char *fika_stmt_text (FikaStmt *self, int column);
char *fika_stmt_dup_text (FikaStmt *self, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaStmt, fika_stmt_release)

G_END_DECLS
