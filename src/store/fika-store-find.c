#include "config.h"

#include "store/fika-people-table-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"

#include <glib/gi18n-lib.h>

enum
{
  EXACT_PEOPLE,
  MATCHING_PEOPLE,
  PERSON_NAME,
  ALL_GROUPS,
  N_SQL,
};

/* Each answers id, name, nickname and whether it is out of the way. */
static const char *const sql[N_SQL] = {
  [EXACT_PEOPLE] = "SELECT id, name, nickname, archived OR deceased FROM person WHERE folded = ?1"
                   " ORDER BY id",
  [MATCHING_PEOPLE] = "SELECT id, name, nickname, archived OR deceased FROM person WHERE id IN"
                      " (SELECT rowid FROM person_search WHERE person_search MATCH ?1)"
                      " ORDER BY folded, id",
  [PERSON_NAME] = "SELECT id, name, nickname, archived OR deceased FROM person WHERE id = ?1",
  [ALL_GROUPS] = "SELECT id, name, '', archived FROM grp ORDER BY folded, id",
};

const FikaStatements fika_store_find_statements = { "find", sql, N_SQL };

/* More candidates than these are not listed. */
#define MAX_LISTED 8

/* How well a name fits what was typed; the best wins. */
typedef enum
{
  FIT_NONE,
  FIT_PART_AWAY, /* begins so or has the word, but is archived or has died */
  FIT_EXACT_AWAY,
  FIT_PART,
  FIT_EXACT,
} Fit;

typedef struct
{
  Fit best;
  GArray *ids;      /* of those with the best fit */
  GPtrArray *names; /* theirs */
} Candidates;

static void
candidates_clear (Candidates *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Candidates, candidates_clear)

/* Whether the folded text begins with the query or has it between word boundaries. */
static gboolean
begins_or_has_word (const char *folded, const char *query)
{
  size_t length = strlen (query);

  if (g_str_has_prefix (folded, query))
    return TRUE;
  for (const char *p = strstr (folded, query); p != NULL; p = strstr (p + 1, query))
    {
      gunichar before = g_utf8_get_char (g_utf8_prev_char (p));
      gunichar after = g_utf8_get_char (p + length);

      if (!g_unichar_isalnum (before) && (p[length] == '\0' || !g_unichar_isalnum (after)))
        return TRUE;
    }
  return FALSE;
}

static Fit
fit (const char *name, const char *nickname, gboolean away, const char *query)
{
  g_autofree char *folded = fika_text_fold (name);
  g_autofree char *folded_nickname = fika_text_fold (nickname);

  if (strcmp (folded, query) == 0 || strcmp (folded_nickname, query) == 0)
    return away ? FIT_EXACT_AWAY : FIT_EXACT;
  if (begins_or_has_word (folded, query) || begins_or_has_word (folded_nickname, query))
    return away ? FIT_PART_AWAY : FIT_PART;
  return FIT_NONE;
}

static void
add_candidate (Candidates *self, FikaStmt *stmt, const char *query)
{
  int64_t id = fika_stmt_int (stmt, 0);
  Fit found = fit (fika_column_string (stmt, 1), fika_column_string (stmt, 2),
                   fika_stmt_int (stmt, 3) != 0, query);

  if (found == FIT_NONE || found < self->best)
    return;
  if (found > self->best)
    {
      self->best = found;
      g_array_set_size (self->ids, 0);
      g_ptr_array_set_size (self->names, 0);
    }
  g_array_append_val (self->ids, id);
  g_ptr_array_add (self->names, fika_stmt_dup_text (stmt, 1));
}

static gboolean
add_candidates (Candidates *self,
                FikaStore *store,
                int statement,
                const char *parameter,
                const char *query,
                GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[statement], error);
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  if (parameter != NULL)
    fika_stmt_bind_text (stmt, 1, parameter);
  while (fika_stmt_step (stmt, &local_error))
    add_candidate (self, stmt, query);
  return fika_propagate (error, local_error);
}

static char *
list_names (GPtrArray *names)
{
  g_autoptr (GPtrArray) listed = g_ptr_array_new ();

  for (guint i = 0; i < MIN (names->len, MAX_LISTED); i++)
    g_ptr_array_add (listed, g_ptr_array_index (names, i));
  if (names->len > MAX_LISTED)
    g_ptr_array_add (listed, (char *) "…");
  g_ptr_array_add (listed, NULL);
  return fika_text_join_names ((const char *const *) listed->pdata);
}

static void
set_ambiguous (GError **error, const char *name, GPtrArray *names)
{
  g_autofree char *typed = fika_text_clip (name, 40);
  g_autofree char *list = list_names (names);

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_AMBIGUOUS,
               _ ("“%s” can be %s. Write more of the name."), typed, list);
}

static void
init_candidates (Candidates *self)
{
  self->best = FIT_NONE;
  self->ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  self->names = g_ptr_array_new_with_free_func (g_free);
}

/* Names that are nearly the one typed, for the message. */
static GPtrArray *
similar_people (FikaStore *store, const char *folded)
{
  g_autoptr (GHashTable) people = fika_people_with_slips (store, folded, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer id;

  if (people == NULL)
    return names;
  g_hash_table_iter_init (&iter, people);
  while (g_hash_table_iter_next (&iter, &id, NULL) && names->len <= MAX_LISTED)
    {
      g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql[PERSON_NAME], NULL);

      if (stmt == NULL)
        break;
      fika_stmt_bind_int (stmt, 1, (int64_t) GPOINTER_TO_SIZE (id));
      if (fika_stmt_step (stmt, NULL))
        g_ptr_array_add (names, fika_stmt_dup_text (stmt, 1));
    }
  return names;
}

static void
set_nobody (FikaStore *store, GError **error, const char *name, const char *folded)
{
  g_autoptr (GPtrArray) names = similar_people (store, folded);
  g_autofree char *typed = fika_text_clip (name, 40);

  if (names->len > 0)
    {
      g_autofree char *list = list_names (names);

      g_set_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
                   _ ("There is nobody called “%s”. Nearest: %s."), typed, list);
    }
  else
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
                 _ ("There is nobody called “%s”. Add the person first."), typed);
}

/**
 * fika_store_find_person:
 * @self: a store
 * @name: a name as a person types it
 * @error: return location for an error
 *
 * Finds the person with exactly that name or nickname; else the one whose name begins so or has
 * that word. Case and accents do not count; people who are archived or have died count only where
 * nobody else fits.
 *
 * Returns: (transfer full) (nullable): the person; %NULL with %FIKA_ERROR_NOT_FOUND, or with
 *   %FIKA_ERROR_AMBIGUOUS, whose message lists the candidates
 */
FikaPerson *
fika_store_find_person (FikaStore *self, const char *name, GError **error)
{
  g_auto (Candidates) candidates = { 0 };
  g_autofree char *folded = NULL;
  g_autofree char *match = NULL;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  init_candidates (&candidates);
  folded = fika_text_fold (name);
  match = fika_people_match_text (folded);
  if (!add_candidates (&candidates, self, EXACT_PEOPLE, folded, folded, error))
    return NULL;
  if (candidates.best < FIT_EXACT && match != NULL)
    {
      candidates_clear (&candidates);
      init_candidates (&candidates);
      if (!add_candidates (&candidates, self, MATCHING_PEOPLE, match, folded, error))
        return NULL;
    }
  if (candidates.ids->len == 1)
    return fika_store_get_person (self, g_array_index (candidates.ids, int64_t, 0), error);
  if (candidates.ids->len > 1)
    set_ambiguous (error, name, candidates.names);
  else
    set_nobody (self, error, name, folded);
  return NULL;
}

static gboolean
find_group_id (FikaStore *store, const char *name, int64_t *id, GError **error)
{
  g_auto (Candidates) candidates = { 0 };
  g_autofree char *folded = fika_text_fold (name);
  g_autofree char *typed = fika_text_clip (name, 40);

  init_candidates (&candidates);
  if (!add_candidates (&candidates, store, ALL_GROUPS, NULL, folded, error))
    return FALSE;
  if (candidates.ids->len == 1)
    {
      *id = g_array_index (candidates.ids, int64_t, 0);
      return TRUE;
    }
  if (candidates.ids->len > 1)
    set_ambiguous (error, name, candidates.names);
  else
    g_set_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND,
                 _ ("There is no group called “%s”. Add it first."), typed);
  return FALSE;
}

/**
 * fika_store_find_group:
 * @self: a store
 * @name: a name as a person types it
 * @error: return location for an error
 *
 * As fika_store_find_person(), for groups.
 *
 * Returns: (transfer full) (nullable): the group; %NULL with %FIKA_ERROR_NOT_FOUND, or with
 *   %FIKA_ERROR_AMBIGUOUS, whose message lists the candidates
 */
FikaGroup *
fika_store_find_group (FikaStore *self, const char *name, GError **error)
{
  int64_t id;

  g_return_val_if_fail (FIKA_IS_STORE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return find_group_id (self, name, &id, error) ? fika_store_get_group (self, id, error) : NULL;
}
