#include "config.h"

#include "store/fika-people-table-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"
#include "base/fika-zone.h"
#include "store/fika-slip-private.h"

#include <glib/gi18n-lib.h>

enum
{
  ALL_BY_NAME,
  ALL_BY_LAST,
  ALL_BY_NEXT,
  ALL_BY_WARMTH,
  MATCH_BY_NAME,
  MATCH_BY_LAST,
  MATCH_BY_NEXT,
  MATCH_BY_WARMTH,
  WITHIN_BY_NAME,
  WITHIN_BY_LAST,
  WITHIN_BY_NEXT,
  WITHIN_BY_WARMTH,
  SEARCH_TEXTS,
  BY_CONTACT,
  BY_WHOLE_NAME,
  N_SQL,
};
#define N_ORDERS 4

/* The three ways to choose; ?1 = archived, ?2 = the match, ?3 = a LIKE pattern. */
#define OF_ALL " WHERE p.archived = ?1"
#define OF_MATCH                                                                                   \
  " WHERE p.archived = ?1"                                                                         \
  " AND p.id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?2)"
/* Also within words. Reads every text, so only where few were found. */
#define OF_WITHIN                                                                                  \
  " WHERE p.archived = ?1"                                                                         \
  " AND p.id IN (SELECT rowid FROM person_search WHERE person_search MATCH ?2"                     \
  " UNION SELECT rowid FROM person_search WHERE text LIKE ?3 ESCAPE '\\')"

#define BY_NAME(which) "SELECT p.id FROM person p" which " ORDER BY p.folded, p.id"
#define BY_LAST(which)                                                                             \
  "SELECT p.id FROM person p LEFT JOIN contact_cache k ON k.person = p.id" which                   \
  " ORDER BY k.last_utc, p.folded, p.id"
#define BY_NEXT(which)                                                                             \
  "SELECT p.id FROM person p LEFT JOIN contact_cache k ON k.person = p.id" which                   \
  " ORDER BY k.next_utc IS NULL, k.next_utc, p.folded, p.id"
/* As fika_person_warmth () works it out, silent people and those without a cadence last; of equal
 * warmth the longest ago first. ?4 = today as a number of days, ?5 = seconds that here is ahead of
 * UTC. */
#define BY_WARMTH(which)                                                                           \
  "WITH a AS (SELECT p.id, p.folded, p.archived OR p.deceased AS silent,"                          \
  "  coalesce (p.ideal, c.ideal) AS ideal, coalesce (p.latest, c.latest) AS latest,"               \
  "  coalesce (k.last_utc, p.created) AS since,"                                                   \
  "  CASE p.paused_until WHEN '' THEN NULL"                                                        \
  "  ELSE CAST (julianday (p.paused_until) - 2440587.5 AS INTEGER) END AS paused"                  \
  "  FROM person p JOIN circle c ON c.id = p.circle"                                               \
  "  LEFT JOIN contact_cache k ON k.person = p.id" which "),"                                      \
  " b AS (SELECT *, max (0, ?4 - (since + ?5) / 86400) AS ago FROM a),"                            \
  " d AS (SELECT *, CASE WHEN paused IS NULL THEN ago WHEN ?4 < paused THEN 0"                     \
  "  ELSE min (ago, ideal + ?4 - paused) END AS days FROM b)"                                      \
  " SELECT id FROM d ORDER BY"                                                                     \
  " CASE WHEN silent OR ideal <= 0 THEN -1 WHEN days > ideal AND days >= latest THEN 1000"         \
  " WHEN days <= ideal THEN 0 ELSE (days - ideal) * 1000 / (latest - ideal) END DESC,"             \
  " silent, ideal <= 0, days DESC, since, folded, id"

static const char *const sql[N_SQL] = {
  [ALL_BY_NAME] = BY_NAME (OF_ALL),
  [ALL_BY_LAST] = BY_LAST (OF_ALL),
  [ALL_BY_NEXT] = BY_NEXT (OF_ALL),
  [ALL_BY_WARMTH] = BY_WARMTH (OF_ALL),
  [MATCH_BY_NAME] = BY_NAME (OF_MATCH),
  [MATCH_BY_LAST] = BY_LAST (OF_MATCH),
  [MATCH_BY_NEXT] = BY_NEXT (OF_MATCH),
  [MATCH_BY_WARMTH] = BY_WARMTH (OF_MATCH),
  [WITHIN_BY_NAME] = BY_NAME (OF_WITHIN),
  [WITHIN_BY_LAST] = BY_LAST (OF_WITHIN),
  [WITHIN_BY_NEXT] = BY_NEXT (OF_WITHIN),
  [WITHIN_BY_WARMTH] = BY_WARMTH (OF_WITHIN),
  [SEARCH_TEXTS] = "SELECT rowid, text FROM person_search",
  [BY_CONTACT] = "SELECT DISTINCT person FROM contact WHERE match = ?1 AND match <> ''"
                 " AND kind = ?2 AND person IS NOT NULL ORDER BY person",
  [BY_WHOLE_NAME] = "SELECT id FROM person WHERE folded = ?1 ORDER BY id",
};

const FikaStatements fika_people_table_statements = { "people", sql, N_SQL };

/* Fewer than these, and words are searched within as well. */
#define FEW 8

/* What full-text search is asked for a folded text: every word as a beginning, or all the digits of
 * a number together. NULL where there is nothing to look for. */
char *
fika_people_match_text (const char *folded)
{
  g_autoptr (GString) match = g_string_new (NULL);
  g_autofree char *digits = fika_text_digits (folded);
  gboolean has_letter = FALSE;
  gboolean in_word = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    has_letter |= g_unichar_isalpha (g_utf8_get_char (p));
  if (!has_letter && *digits != '\0')
    {
      const char *national = digits;

      while (*national == '0' && national[1] != '\0')
        national++;
      return g_strdup_printf ("\"%s\"* OR \"%s\"*", digits, national);
    }

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);

      if (g_unichar_isalnum (letter) || g_unichar_ismark (letter))
        {
          if (!in_word)
            g_string_append (match, match->len > 0 ? " \"" : "\"");
          g_string_append_unichar (match, letter);
          in_word = TRUE;
        }
      else if (in_word)
        {
          g_string_append (match, "\"*");
          in_word = FALSE;
        }
    }
  if (in_word)
    g_string_append (match, "\"*");
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* The text anywhere within; digits alone where it is a number. */
static char *
like_pattern (const char *folded)
{
  g_autoptr (GString) pattern = g_string_new ("%");
  g_autofree char *digits = fika_text_digits (folded);
  const char *text = folded;
  gboolean has_letter = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    has_letter |= g_unichar_isalpha (g_utf8_get_char (p));
  if (!has_letter && *digits != '\0')
    for (text = digits; *text == '0' && text[1] != '\0';)
      text++;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (strchr ("%_\\", *p) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *p);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (g_steal_pointer (&pattern), FALSE);
}

static GArray *
query (FikaStore *store,
       int statement,
       FikaPeopleOrder order,
       gboolean archived,
       const char *match,
       const char *pattern,
       GError **error)
{
  g_autoptr (FikaStmt) stmt
      = fika_db_use (fika_store_get_db (store), sql[statement + (int) order], error);

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, archived);
  if (match != NULL)
    fika_stmt_bind_text (stmt, 2, match);
  if (pattern != NULL)
    fika_stmt_bind_text (stmt, 3, pattern);
  if (order == FIKA_PEOPLE_BY_WARMTH)
    {
      int64_t now = fika_store_now (store);

      fika_stmt_bind_int (stmt, 4, fika_store_today (store));
      fika_stmt_bind_int (stmt, 5, fika_zone_offset_at (FIKA_ZONE_HERE, now));
    }
  return fika_column_ids (stmt, error);
}

GHashTable *
fika_people_with_slips (FikaStore *store, const char *folded, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[SEARCH_TEXTS], error);
  g_autoptr (GHashTable) people = g_hash_table_new (NULL, NULL);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  while (fika_stmt_step (stmt, &local_error))
    if (fika_slip_matches (folded, fika_column_string (stmt, 1)))
      g_hash_table_add (people, GSIZE_TO_POINTER (fika_stmt_int (stmt, 0)));
  return fika_propagate (error, local_error) ? g_steal_pointer (&people) : NULL;
}

/* When nothing has the text: those whose name is nearly it. */
static GArray *
query_slips (FikaStore *store,
             const char *folded,
             FikaPeopleOrder order,
             gboolean archived,
             GError **error)
{
  g_autoptr (GHashTable) people = fika_people_with_slips (store, folded, error);
  g_autoptr (GArray) all = NULL;
  GArray *found;

  if (people == NULL)
    return NULL;
  found = g_array_new (FALSE, FALSE, sizeof (int64_t));
  if (g_hash_table_size (people) == 0)
    return found;
  all = query (store, ALL_BY_NAME, order, archived, NULL, NULL, error);
  if (all == NULL)
    {
      g_array_unref (found);
      return NULL;
    }
  for (guint i = 0; i < all->len; i++)
    {
      int64_t id = g_array_index (all, int64_t, i);

      if (g_hash_table_contains (people, GSIZE_TO_POINTER (id)))
        g_array_append_val (found, id);
    }
  return found;
}

/**
 * fika_store_people_ids:
 * @self: a store
 * @search: (nullable): a text; %NULL or blank for everybody
 * @order: in which order
 * @archived: whether to list the archived people instead of the others
 * @error: return location for an error
 *
 * Finds people by the beginnings of words of their name and nickname, by numbers, addresses and
 * tags, without regard to case and accents. Where little is found words are searched within too;
 * where nothing is, a slip is tolerated.
 *
 * Returns: (transfer full) (element-type gint64) (nullable): ids in order, or %NULL with an error
 */
GArray *
fika_store_people_ids (FikaStore *self,
                       const char *search,
                       FikaPeopleOrder order,
                       gboolean archived,
                       GError **error)
{
  g_autofree char *folded = NULL;
  g_autofree char *match = NULL;
  g_autofree char *pattern = NULL;
  GArray *found;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (order < N_ORDERS, NULL);

  archived = archived != FALSE;
  folded = fika_text_fold (search != NULL ? search : "");
  if (*folded == '\0')
    return query (self, ALL_BY_NAME, order, archived, NULL, NULL, error);

  match = fika_people_match_text (folded);
  if (match == NULL)
    match = g_strdup ("\"\""); /* only signs: no word begins so */
  found = query (self, MATCH_BY_NAME, order, archived, match, NULL, error);
  if (found == NULL || found->len >= FEW)
    return found;

  g_array_unref (found);
  pattern = like_pattern (folded);
  found = query (self, WITHIN_BY_NAME, order, archived, match, pattern, error);
  if (found == NULL || found->len > 0)
    return found;

  g_array_unref (found);
  return query_slips (self, folded, order, archived, error);
}

/**
 * fika_store_find_people_by_contact:
 * @self: a store
 * @kind: what it is
 * @value: a number or an address, in any writing
 *
 * Returns: (transfer full) (element-type gint64): the ids of people who are reached by it
 */
GArray *
fika_store_find_people_by_contact (FikaStore *self, FikaContactKind kind, const char *value)
{
  g_autofree char *match = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  GArray *ids;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (value != NULL, NULL);

  match = fika_contact_match_key (kind, value);
  stmt = fika_db_use (fika_store_get_db (self), sql[BY_CONTACT], NULL);
  if (stmt == NULL)
    return g_array_new (FALSE, FALSE, sizeof (int64_t));
  fika_stmt_bind_text (stmt, 1, match);
  fika_stmt_bind_text (stmt, 2, fika_contact_kind_to_key (kind));
  ids = fika_column_ids (stmt, NULL);
  return ids != NULL ? ids : g_array_new (FALSE, FALSE, sizeof (int64_t));
}

/**
 * fika_store_find_people_by_name:
 * @self: a store
 * @name: a whole name, without regard to case and accents
 *
 * Returns: (transfer full) (element-type gint64): the ids of people who are called so, archived
 * ones included
 */
GArray *
fika_store_find_people_by_name (FikaStore *self, const char *name)
{
  g_autofree char *folded = NULL;
  g_autoptr (FikaStmt) stmt = NULL;
  GArray *ids;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  folded = fika_text_fold (name);
  stmt = fika_db_use (fika_store_get_db (self), sql[BY_WHOLE_NAME], NULL);
  if (stmt == NULL)
    return g_array_new (FALSE, FALSE, sizeof (int64_t));
  fika_stmt_bind_text (stmt, 1, folded);
  ids = fika_column_ids (stmt, NULL);
  return ids != NULL ? ids : g_array_new (FALSE, FALSE, sizeof (int64_t));
}
