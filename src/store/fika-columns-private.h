#pragma once

#include "base/fika-civil.h"
#include "db/fika-db.h"

G_BEGIN_DECLS

/* How Fika's values lie in columns: a day and a civil time as text ('' or NULL where there is
 * none), a reference as NULL where it is 0, and a number that nobody said as NULL where it is -1.
 */
void fika_column_bind_day (FikaStmt *stmt, int parameter, FikaDay day);
void fika_column_bind_civil (FikaStmt *stmt, int parameter, FikaCivil civil);
void fika_column_bind_id (FikaStmt *stmt, int parameter, int64_t id);
void fika_column_bind_unsaid (FikaStmt *stmt, int parameter, int value);
void fika_column_bind_utc (FikaStmt *stmt, int parameter, int64_t utc);
FikaDay fika_column_day (FikaStmt *stmt, int column);
FikaCivil fika_column_civil (FikaStmt *stmt, int column);
int fika_column_unsaid (FikaStmt *stmt, int column);
int64_t fika_column_utc (FikaStmt *stmt, int column);
const char *fika_column_string (FikaStmt *stmt, int column);

/* The SQL of one table file, for the tests that prepare and explain every statement. */
typedef struct
{
  const char *name;
  const char *const *sql;
  guint n_sql;
} FikaStatements;

/* The ids that a statement answers in its first column, to the end. */
GArray *fika_column_ids (FikaStmt *stmt, GError **error);

G_END_DECLS
