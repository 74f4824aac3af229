#include "config.h"

#include "store/fika-cache-table-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "base/fika-zone.h"

#include <glib/gi18n-lib.h>

enum
{
  CATCHUP_TIMES,
  SET_CATCHUP_UTC,
  SET_SERIES,
  GET_SERIES,
  SET_PERSON,
  GET_PERSON,
  WORK_OUT_PERSON,
  PERSON_NAMES,
  PERSON_CONTACTS,
  PERSON_TAGS,
  GET_SEARCH,
  INSERT_SEARCH,
  UPDATE_SEARCH,
  DELETE_SEARCH,
  LONE_SEARCH,
  STALE_SERIES,
  STALE_PEOPLE,
  ALL_CATCHUPS,
  ALL_SERIES,
  ALL_PEOPLE,
  PEOPLE_OF_SERIES,
  GET_ZONE,
  SET_ZONE,
  GET_AT,
  SET_AT,
  N_SQL,
};

/* When a person was last met and is next: ?1 the person, ?2 now. */
#define LAST_AND_NEXT                                                                              \
  "(SELECT max (c.utc) FROM catchup_person cp JOIN catchup c ON c.id = cp.catchup"                 \
  "  WHERE cp.person = ?1 AND c.state = 'happened'),"                                              \
  " (SELECT c.id FROM catchup_person cp JOIN catchup c ON c.id = cp.catchup"                       \
  "  WHERE cp.person = ?1 AND c.state = 'happened' ORDER BY c.utc DESC, c.id DESC LIMIT 1),"       \
  " (SELECT min (utc) FROM (SELECT min (c.utc) AS utc FROM catchup_person cp"                      \
  "   JOIN catchup c ON c.id = cp.catchup"                                                         \
  "   WHERE cp.person = ?1 AND c.state = 'planned' AND c.utc >= ?2"                                \
  "   UNION ALL SELECT min (s.next_utc) FROM series_person sp"                                     \
  "   JOIN series_cache s ON s.series = sp.series"                                                 \
  "   WHERE sp.person = ?1 AND s.next_utc >= ?2))"

static const char *const sql[N_SQL] = {
  [CATCHUP_TIMES] = "SELECT start, win, zone, utc FROM catchup WHERE id = ?1",
  [SET_CATCHUP_UTC] = "UPDATE catchup SET utc = ?2 WHERE id = ?1",
  [SET_SERIES] = "INSERT INTO series_cache (series, first_utc, last_utc, next_utc)"
                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (series) DO UPDATE SET"
                 " (first_utc, last_utc, next_utc)"
                 " = (excluded.first_utc, excluded.last_utc, excluded.next_utc)",
  [GET_SERIES] = "SELECT first_utc, last_utc, next_utc FROM series_cache WHERE series = ?1",
  [SET_PERSON] = "INSERT INTO contact_cache (person, last_utc, last_catchup, next_utc)"
                 " SELECT id, " LAST_AND_NEXT " FROM person WHERE id = ?1"
                 " ON CONFLICT (person) DO UPDATE SET (last_utc, last_catchup, next_utc)"
                 " = (excluded.last_utc, excluded.last_catchup, excluded.next_utc)",
  [GET_PERSON] = "SELECT last_utc, last_catchup, next_utc FROM contact_cache WHERE person = ?1",
  [WORK_OUT_PERSON] = "SELECT " LAST_AND_NEXT,
  [PERSON_NAMES] = "SELECT name, nickname FROM person WHERE id = ?1",
  [PERSON_CONTACTS]
  = "SELECT kind, value, match FROM contact WHERE person = ?1 ORDER BY position, id",
  [PERSON_TAGS]
  = "SELECT t.name FROM person_tag p JOIN tag t ON t.id = p.tag WHERE p.person = ?1 ORDER BY p.id",
  [GET_SEARCH] = "SELECT text FROM person_search WHERE rowid = ?1",
  [INSERT_SEARCH] = "INSERT INTO person_search (rowid, text) VALUES (?1, ?2)",
  [UPDATE_SEARCH] = "UPDATE person_search SET text = ?2 WHERE rowid = ?1",
  [DELETE_SEARCH] = "DELETE FROM person_search WHERE rowid = ?1",
  [LONE_SEARCH] = "SELECT s.rowid FROM person_search s"
                  " WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = s.rowid)",
  [STALE_SERIES] = "SELECT series FROM series_cache WHERE next_utc < ?1",
  [STALE_PEOPLE] = "SELECT person FROM contact_cache WHERE next_utc < ?1",
  [ALL_CATCHUPS] = "SELECT id FROM catchup",
  [ALL_SERIES] = "SELECT id FROM series",
  [ALL_PEOPLE] = "SELECT id FROM person",
  [PEOPLE_OF_SERIES] = "SELECT person FROM series_person WHERE series = ?1",
  [GET_ZONE] = "SELECT zone FROM cache_state WHERE id = 1",
  [SET_ZONE] = "UPDATE cache_state SET zone = ?1 WHERE id = 1",
  [GET_AT] = "SELECT at FROM cache_state WHERE id = 1",
  [SET_AT] = "UPDATE cache_state SET at = ?1 WHERE id = 1 AND (at < ?1 OR ?2)",
};

const FikaStatements fika_cache_table_statements = { "cache", sql, N_SQL };

/* One that runs once for its row, or not at all when the row is gone. */
typedef struct
{
  gboolean there;
  int64_t stored;
  int64_t right;
} CatchupTime;

static gboolean
read_catchup_time (FikaStore *store, int64_t id, CatchupTime *found, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[CATCHUP_TIMES], error);
  GError *local_error = NULL;
  FikaWindow window = FIKA_WINDOW_EXACT;

  found->there = FALSE;
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    return fika_propagate (error, local_error);
  fika_window_parse (fika_column_string (stmt, 1), &window);
  found->there = TRUE;
  found->stored = fika_stmt_int (stmt, 3);
  found->right
      = fika_plan_instant (fika_column_string (stmt, 2), window, fika_column_civil (stmt, 0));
  return TRUE;
}

gboolean
fika_cache_update_catchup (FikaStore *store, int64_t id, gboolean *changed, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  CatchupTime found;

  *changed = FALSE;
  if (!read_catchup_time (store, id, &found, error))
    return FALSE;
  if (!found.there || found.stored == found.right)
    return TRUE;
  stmt = fika_db_use (fika_store_get_db (store), sql[SET_CATCHUP_UTC], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_int (stmt, 2, found.right);
  *changed = TRUE;
  return fika_stmt_run (stmt, error);
}

typedef struct
{
  int64_t first;
  int64_t last;
  int64_t next; /* FIKA_UTC_NONE */
} SeriesCache;

static gboolean
work_out_series (FikaStore *store, int64_t id, int64_t now, SeriesCache *cache, GError **error)
{
  g_auto (FikaSeriesTimes) times = { 0 };
  g_autoptr (GArray) coming = NULL;

  if (!fika_series_times_load (&times, store, id, error)
      || !fika_series_times_bounds (&times, store, &cache->first, &cache->last, error))
    return FALSE;
  coming = fika_series_times_from (&times, store, now, 1, error);
  if (coming == NULL)
    return FALSE;
  cache->next = coming->len > 0
                    ? fika_series_times_instant (&times, g_array_index (coming, FikaCivil, 0))
                    : FIKA_UTC_NONE;
  return TRUE;
}

gboolean
fika_cache_update_series (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt = NULL;
  g_autoptr (GError) local_error = NULL;
  SeriesCache cache;

  if (!work_out_series (store, id, now, &cache, &local_error))
    {
      /* Its row of the cache went with it. */
      if (g_error_matches (local_error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND))
        return TRUE;
      return fika_propagate (error, g_steal_pointer (&local_error));
    }
  stmt = fika_db_use (fika_store_get_db (store), sql[SET_SERIES], error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_int (stmt, 2, cache.first);
  fika_stmt_bind_int (stmt, 3, cache.last);
  fika_column_bind_utc (stmt, 4, cache.next);
  return fika_stmt_run (stmt, error);
}

gboolean
fika_cache_update_person (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SET_PERSON], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  fika_stmt_bind_int (stmt, 2, now);
  return fika_stmt_run (stmt, error);
}

static void
append_folded (GString *text, const char *part)
{
  g_autofree char *folded = fika_text_fold (part);

  if (*folded == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, folded);
}

/* A number is found by its digits, with and without the country's code. */
static void
append_contact (GString *text, const char *kind, const char *value, const char *match)
{
  FikaContactKind parsed;

  if (!fika_contact_kind_parse (kind, &parsed))
    return;
  switch (parsed)
    {
    case FIKA_CONTACT_PHONE:
      {
        g_autofree char *digits = fika_text_digits (value);

        append_folded (text, digits);
        append_folded (text, match);
        break;
      }
    case FIKA_CONTACT_EMAIL:
    case FIKA_CONTACT_CHAT:
      append_folded (text, value);
      break;
    case FIKA_CONTACT_URL:
    case FIKA_CONTACT_ADDRESS:
    case FIKA_CONTACT_VIDEO:
    default:
      break;
    }
}

/* What a person is found by; *text is NULL where there is no such person. */
static gboolean
work_out_search (FikaStore *store, int64_t id, char **text, GError **error)
{
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (FikaStmt) names = fika_db_use (db, sql[PERSON_NAMES], error);
  g_autoptr (FikaStmt) contacts = fika_db_use (db, sql[PERSON_CONTACTS], error);
  g_autoptr (FikaStmt) tags = fika_db_use (db, sql[PERSON_TAGS], error);
  g_autoptr (GString) found = g_string_new (NULL);
  GError *local_error = NULL;

  *text = NULL;
  if (names == NULL || contacts == NULL || tags == NULL)
    return FALSE;
  fika_stmt_bind_int (names, 1, id);
  if (!fika_stmt_step (names, &local_error))
    return fika_propagate (error, local_error);
  append_folded (found, fika_column_string (names, 0));
  append_folded (found, fika_column_string (names, 1));

  fika_stmt_bind_int (contacts, 1, id);
  while (fika_stmt_step (contacts, &local_error))
    append_contact (found, fika_column_string (contacts, 0), fika_column_string (contacts, 1),
                    fika_column_string (contacts, 2));
  if (local_error != NULL)
    return fika_propagate (error, local_error);

  fika_stmt_bind_int (tags, 1, id);
  while (fika_stmt_step (tags, &local_error))
    append_folded (found, fika_column_string (tags, 0));
  if (local_error != NULL)
    return fika_propagate (error, local_error);

  *text = g_string_free (g_steal_pointer (&found), FALSE);
  return TRUE;
}

static gboolean
read_search (FikaStore *store, int64_t id, char **text, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[GET_SEARCH], error);
  GError *local_error = NULL;

  *text = NULL;
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (fika_stmt_step (stmt, &local_error))
    *text = fika_stmt_dup_text (stmt, 0);
  return fika_propagate (error, local_error);
}

gboolean
fika_cache_update_search (FikaStore *store, int64_t id, GError **error)
{
  g_autofree char *present = NULL;
  g_autofree char *right = NULL;
  g_autoptr (FikaStmt) stmt = NULL;

  if (!read_search (store, id, &present, error) || !work_out_search (store, id, &right, error))
    return FALSE;
  if (g_strcmp0 (present, right) == 0)
    return TRUE;

  stmt = fika_db_use (fika_store_get_db (store),
                      sql[right == NULL     ? DELETE_SEARCH
                          : present == NULL ? INSERT_SEARCH
                                            : UPDATE_SEARCH],
                      error);
  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (right != NULL)
    fika_stmt_bind_text (stmt, 2, right);
  return fika_stmt_run (stmt, error);
}

static GArray *
read_ids (FikaStore *store, int statement, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);

  return stmt != NULL ? fika_column_ids (stmt, error) : NULL;
}

GArray *
fika_cache_stale_series (FikaStore *store, int64_t now, GError **error)
{
  return fika_table_ids (store, sql[STALE_SERIES], now, error);
}

GArray *
fika_cache_stale_people (FikaStore *store, int64_t now, GError **error)
{
  return fika_table_ids (store, sql[STALE_PEOPLE], now, error);
}

GArray *
fika_cache_all_catchups (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_CATCHUPS, error);
}

GArray *
fika_cache_all_series (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_SERIES, error);
}

GArray *
fika_cache_all_people (FikaStore *store, GError **error)
{
  return read_ids (store, ALL_PEOPLE, error);
}

GArray *
fika_cache_people_of_series (FikaStore *store, int64_t series, GError **error)
{
  return fika_table_ids (store, sql[PEOPLE_OF_SERIES], series, error);
}

char *
fika_cache_dup_zone (FikaStore *store)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[GET_ZONE], NULL);

  if (stmt == NULL || !fika_stmt_step (stmt, NULL))
    return NULL;
  return fika_stmt_dup_text (stmt, 0);
}

gboolean
fika_cache_set_zone (FikaStore *store, const char *zone, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SET_ZONE], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_text (stmt, 1, zone);
  return fika_stmt_run (stmt, error);
}

int64_t
fika_cache_get_at (FikaStore *store)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[GET_AT], NULL);

  return stmt != NULL && fika_stmt_step (stmt, NULL) ? fika_stmt_int (stmt, 0) : 0;
}

gboolean
fika_cache_set_at (FikaStore *store, int64_t now, gboolean back, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SET_AT], error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, now);
  fika_stmt_bind_int (stmt, 2, back);
  return fika_stmt_run (stmt, error);
}

static gboolean
fail_check (GError **error, const char *what, int64_t id)
{
  g_autofree char *row = g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) id);

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_DAMAGED,
               /* Translators: a technical name of what is wrong, and the number of its row. */
               _ ("Something that Fika works out by itself is not right (%s %s). What you wrote "
                  "yourself is not affected. Please report this."),
               what, row);
  return FALSE;
}

static gboolean
check_series (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[GET_SERIES], error);
  GError *local_error = NULL;
  SeriesCache right;
  int64_t next;

  if (stmt == NULL || !work_out_series (store, id, now, &right, error))
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  if (!fika_stmt_step (stmt, &local_error))
    return fika_propagate (error, local_error) && fail_check (error, "series_cache", id);
  next = fika_column_utc (stmt, 2);
  /* A next time that has passed since is only old. */
  if (fika_stmt_int (stmt, 0) != right.first || fika_stmt_int (stmt, 1) != right.last
      || (next != right.next && (next == FIKA_UTC_NONE || next >= now)))
    return fail_check (error, "series_cache", id);
  return TRUE;
}

static gboolean
check_person (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  FikaDb *db = fika_store_get_db (store);
  g_autoptr (FikaStmt) stored = fika_db_use (db, sql[GET_PERSON], error);
  g_autoptr (FikaStmt) right = fika_db_use (db, sql[WORK_OUT_PERSON], error);
  g_autofree char *search = NULL;
  g_autofree char *right_search = NULL;
  GError *local_error = NULL;
  int64_t next;

  if (stored == NULL || right == NULL)
    return FALSE;
  fika_stmt_bind_int (stored, 1, id);
  fika_stmt_bind_int (right, 1, id);
  fika_stmt_bind_int (right, 2, now);
  if (!fika_stmt_step (stored, &local_error) || !fika_stmt_step (right, &local_error))
    return fika_propagate (error, local_error) && fail_check (error, "contact_cache", id);
  next = fika_column_utc (stored, 2);
  if (fika_column_utc (stored, 0) != fika_column_utc (right, 0)
      || fika_stmt_int (stored, 1) != fika_stmt_int (right, 1)
      || (next != fika_column_utc (right, 2) && (next == FIKA_UTC_NONE || next >= now)))
    return fail_check (error, "contact_cache", id);

  if (!read_search (store, id, &search, error)
      || !work_out_search (store, id, &right_search, error))
    return FALSE;
  return g_strcmp0 (search, right_search) == 0 || fail_check (error, "person_search", id);
}

static gboolean
check_catchup (FikaStore *store, int64_t id, int64_t now, GError **error)
{
  CatchupTime found;

  if (!read_catchup_time (store, id, &found, error))
    return FALSE;
  return found.stored == found.right || fail_check (error, "catchup", id);
}

static gboolean
check_all (FikaStore *store,
           GArray *ids,
           gboolean (*check) (FikaStore *store, int64_t id, int64_t now, GError **error),
           int64_t now,
           GError **error)
{
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!check (store, g_array_index (ids, int64_t, i), now, error))
      return FALSE;
  return TRUE;
}

gboolean
fika_cache_check (FikaStore *store, int64_t now, GError **error)
{
  g_autoptr (GArray) catchups = fika_cache_all_catchups (store, error);
  g_autoptr (GArray) series = NULL;
  g_autoptr (GArray) people = NULL;
  g_autoptr (GArray) lone = NULL;

  if (!check_all (store, catchups, check_catchup, now, error))
    return FALSE;
  series = fika_cache_all_series (store, error);
  if (!check_all (store, series, check_series, now, error))
    return FALSE;
  people = fika_cache_all_people (store, error);
  if (!check_all (store, people, check_person, now, error))
    return FALSE;
  lone = read_ids (store, LONE_SEARCH, error);
  if (lone == NULL)
    return FALSE;
  return lone->len == 0 || fail_check (error, "person_search", g_array_index (lone, int64_t, 0));
}
