#include "config.h"

#include "store/fika-columns-private.h"

#include "base/fika-zone.h"

void
fika_column_bind_day (FikaStmt *stmt, int parameter, FikaDay day)
{
  g_autofree char *text = day == FIKA_DAY_NONE ? NULL : fika_day_format (day);

  fika_stmt_bind_text (stmt, parameter, text != NULL ? text : "");
}

void
fika_column_bind_civil (FikaStmt *stmt, int parameter, FikaCivil civil)
{
  g_autofree char *text = NULL;

  if (civil == FIKA_CIVIL_NONE)
    {
      fika_stmt_bind_null (stmt, parameter);
      return;
    }
  text = fika_civil_format (civil);
  fika_stmt_bind_text (stmt, parameter, text);
}

void
fika_column_bind_id (FikaStmt *stmt, int parameter, int64_t id)
{
  if (id == 0)
    fika_stmt_bind_null (stmt, parameter);
  else
    fika_stmt_bind_int (stmt, parameter, id);
}

void
fika_column_bind_unsaid (FikaStmt *stmt, int parameter, int value)
{
  if (value < 0)
    fika_stmt_bind_null (stmt, parameter);
  else
    fika_stmt_bind_int (stmt, parameter, value);
}

void
fika_column_bind_utc (FikaStmt *stmt, int parameter, int64_t utc)
{
  if (utc == FIKA_UTC_NONE)
    fika_stmt_bind_null (stmt, parameter);
  else
    fika_stmt_bind_int (stmt, parameter, utc);
}

FikaDay
fika_column_day (FikaStmt *stmt, int column)
{
  const char *text = fika_stmt_text (stmt, column);

  if (text == NULL || *text == '\0')
    return FIKA_DAY_NONE;
  return fika_day_parse (text, NULL);
}

FikaCivil
fika_column_civil (FikaStmt *stmt, int column)
{
  const char *text = fika_stmt_text (stmt, column);

  if (text == NULL || *text == '\0')
    return FIKA_CIVIL_NONE;
  return fika_civil_parse (text, NULL);
}

int
fika_column_unsaid (FikaStmt *stmt, int column)
{
  return fika_stmt_is_null (stmt, column) ? -1 : (int) fika_stmt_int (stmt, column);
}

int64_t
fika_column_utc (FikaStmt *stmt, int column)
{
  return fika_stmt_is_null (stmt, column) ? FIKA_UTC_NONE : fika_stmt_int (stmt, column);
}

/* Never NULL; valid until the statement steps. */
const char *
fika_column_string (FikaStmt *stmt, int column)
{
  const char *text = fika_stmt_text (stmt, column);

  return text != NULL ? text : "";
}

GArray *
fika_column_ids (FikaStmt *stmt, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  GError *local_error = NULL;

  while (fika_stmt_step (stmt, &local_error))
    {
      int64_t id = fika_stmt_int (stmt, 0);

      g_array_append_val (ids, id);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return NULL;
    }
  return g_steal_pointer (&ids);
}
