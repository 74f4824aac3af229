#pragma once

#include "db/fika-db.h"

G_BEGIN_DECLS

/*
 * The change log. Triggers on every user table append the image of a row before each write to
 * `change`; one `action` groups what one command did. Undo, redo, view refresh and the other
 * process all read this log.
 *
 * A write that changes nothing but what is worked out from the rest of its row and from the zone's
 * rules (catchup.utc) is not logged and needs no action. Undo brings back the value of then:
 * whoever undoes works it out anew for the rows that were touched.
 */

typedef enum
{
  FIKA_OP_INSERT,
  FIKA_OP_UPDATE,
  FIKA_OP_DELETE,
} FikaOp;

/**
 * FikaChange:
 * @seq: place in the log
 * @table: the table's name, interned
 * @row: the row's id
 * @op: what was done to it
 * @before: (nullable): the row as it was before, as a JSON object; NULL where it was inserted
 */
typedef struct
{
  int64_t seq;
  const char *table;
  int64_t row;
  FikaOp op;
  char *before;
} FikaChange;

typedef struct
{
  int64_t id;
  char *label;
  char *source;
  int64_t at; /* UTC seconds */
  gboolean undone;
} FikaLogEntry;

void fika_log_entry_free (FikaLogEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaLogEntry, fika_log_entry_free)

gboolean
fika_log_begin (FikaDb *db, const char *label, const char *source, int64_t now, GError **error);
gboolean
fika_log_begin_undo (FikaDb *db, const char *source, int64_t now, char **label, GError **error);
gboolean
fika_log_begin_redo (FikaDb *db, const char *source, int64_t now, char **label, GError **error);
gboolean fika_log_commit (FikaDb *db, GError **error);
void fika_log_rollback (FikaDb *db);
int64_t fika_log_current_action (FikaDb *db);

int64_t fika_log_last_seq (FikaDb *db);
GArray *fika_log_changes_since (FikaDb *db, int64_t seq, GError **error);
GPtrArray *fika_log_history (FikaDb *db, guint limit, GError **error);
guint fika_log_undo_size (FikaDb *db, guint limit);
guint fika_log_redo_size (FikaDb *db, guint limit);
char *fika_log_undo_label (FikaDb *db);
char *fika_log_redo_label (FikaDb *db);
gboolean fika_log_prune (FikaDb *db, guint keep, int64_t before, GError **error);

G_END_DECLS
