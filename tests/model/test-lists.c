#include "config.h"

#include "fika-command-test.h"
#include "model/fika-list-models.h"

/*
 * Lists beside a life that goes on: after every emission a mirror, kept by the emissions alone, has
 * what the list has, and in the end what a list that is asked anew has. Small changes are told in
 * small hunks, and changed content in none.
 */

typedef struct
{
  GListModel *list;
  GArray *ids;
  guint emissions;
  guint touched; /* removed and added since the last look */
} Mirror;

static int64_t
id_of (gpointer item)
{
  if (FIKA_IS_PERSON (item))
    return fika_person_get_id (item);
  if (FIKA_IS_GROUP (item))
    return fika_group_get_id (item);

  return fika_plan_get_id (item);
}

static int64_t
id_at (GListModel *list, guint position)
{
  g_autoptr (GObject) item = g_list_model_get_item (list, position);

  g_assert_true (g_type_is_a (G_OBJECT_TYPE (item), g_list_model_get_item_type (list)));

  return id_of (item);
}

static void
assert_mirrors (Mirror *self)
{
  g_assert_cmpuint (self->ids->len, ==, g_list_model_get_n_items (self->list));
  g_assert_null (g_list_model_get_item (self->list, self->ids->len));
  for (guint i = 0; i < self->ids->len; i++)
    g_assert_cmpint (g_array_index (self->ids, int64_t, i), ==,
                     fika_id_list_get_id (FIKA_ID_LIST (self->list), i));
}

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Mirror *self)
{
  g_assert_cmpuint (position + removed, <=, self->ids->len);
  g_assert_cmpuint (removed + added, >, 0);
  if (removed > 0)
    g_array_remove_range (self->ids, position, removed);
  for (guint i = 0; i < added; i++)
    {
      int64_t id = fika_id_list_get_id (FIKA_ID_LIST (list), position + i);

      g_array_insert_val (self->ids, position + i, id);
    }
  self->emissions++;
  self->touched += removed + added;
  /* At each emission the list is as it says. */
  assert_mirrors (self);
}

static void
mirror_init (Mirror *self, gpointer list)
{
  self->list = list;
  self->ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (guint i = 0; i < g_list_model_get_n_items (self->list); i++)
    {
      int64_t id = id_at (self->list, i);

      g_array_append_val (self->ids, id);
    }
  assert_mirrors (self);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), self);
}

/* Emissions and items touched since the last call. */
static void
assert_told (Mirror *self, guint emissions, guint touched)
{
  g_assert_cmpuint (self->emissions, ==, emissions);
  g_assert_cmpuint (self->touched, ==, touched);
  self->emissions = 0;
  self->touched = 0;
}

static void
mirror_clear (Mirror *self)
{
  g_array_unref (self->ids);
  g_assert_finalize_object (G_OBJECT (self->list));
}

static void
rename_person (Fixture *self, FikaPerson *person, const char *name)
{
  g_autoptr (FikaPerson) draft = fika_person_copy (person);
  g_autoptr (FikaPerson) saved = NULL;
  g_autoptr (GError) error = NULL;

  fika_person_set_name (draft, name);
  saved = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
}

static void
test_people (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) bo = fixture_add_person (self, "Bo");
  g_autoptr (FikaPerson) sam = fixture_add_person (self, "Sam");
  g_autoptr (FikaPerson) li = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) saved = NULL;
  g_autoptr (GError) error = NULL;
  FikaPeopleList *list = fika_people_list_new (self->store);
  Mirror mirror = { NULL };

  mirror_init (&mirror, list);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == FIKA_TYPE_PERSON);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpint (id_at (G_LIST_MODEL (list), 0), ==, fika_person_get_id (ada));
  g_assert_cmpuint (fika_id_list_find (FIKA_ID_LIST (list), fika_person_get_id (sam)), ==, 2);
  g_assert_cmpuint (fika_id_list_find (FIKA_ID_LIST (list), 12345), ==, G_MAXUINT);

  /* One more: one hunk of one. */
  li = fixture_add_person (self, "Li");
  assert_told (&mirror, 1, 1);
  g_assert_cmpuint (fika_id_list_find (FIKA_ID_LIST (list), fika_person_get_id (li)), ==, 2);

  /* Content tells nothing; the live object notifies. */
  draft = fika_person_copy (bo);
  g_object_set (draft, "notes", "Likes boats.", NULL);
  saved = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_told (&mirror, 0, 0);
  g_assert_cmpstr (fika_person_get_notes (bo), ==, "Likes boats.");
  rename_person (self, bo, "Boris");
  assert_told (&mirror, 0, 0);

  /* One that moves goes and comes, the others stay. */
  rename_person (self, ada, "Zoe");
  assert_told (&mirror, 2, 2);
  g_assert_cmpuint (fika_id_list_find (FIKA_ID_LIST (list), fika_person_get_id (ada)), ==, 3);

  g_assert_true (fika_command_archive_person (self->store, li, TRUE, SOURCE, &error));
  assert_told (&mirror, 1, 1);
  fika_people_list_set_archived (list, TRUE);
  g_assert_cmpuint (mirror.ids->len, ==, 1);
  fika_people_list_set_archived (list, FALSE);
  g_assert_cmpuint (mirror.ids->len, ==, 3);
  mirror.emissions = mirror.touched = 0;

  fika_people_list_set_search (list, "boris");
  g_assert_cmpuint (mirror.ids->len, ==, 1);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 0), ==, fika_person_get_id (bo));
  assert_told (&mirror, 1, 2);
  /* Content can end a match. */
  rename_person (self, bo, "Kim");
  g_assert_cmpuint (mirror.ids->len, ==, 0);
  fika_people_list_set_search (list, NULL);
  g_assert_cmpuint (mirror.ids->len, ==, 3);

  mirror_clear (&mirror);
}

/* By last contact the order follows what is logged and undone. */
static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) bo = fixture_add_person (self, "Bo");
  g_autoptr (FikaCatchup) call = fixture_plan (self, FIKA_KIND_CALL, "2026-05-05T10:00", ada);
  g_autoptr (FikaOccurrence) occurrence = fixture_occurrence (self, call, NULL);
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (GError) error = NULL;
  FikaPeopleList *list = fika_people_list_new (self->store);
  Mirror mirror = { NULL };

  mirror_init (&mirror, list);
  fika_people_list_set_order (list, FIKA_PEOPLE_BY_LAST);
  assert_told (&mirror, 0, 0);

  logged = fika_command_log_occurrence (self->store, occurrence, NULL, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 0), ==, fika_person_get_id (bo));
  assert_told (&mirror, 2, 2);
  fixture_undo (self);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 0), ==, fika_person_get_id (ada));

  mirror_clear (&mirror);
}

static void
test_groups (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaGroup) choir = fixture_add_group (self, "Choir");
  g_autoptr (FikaGroup) books = fixture_add_group (self, "Books");
  g_autoptr (GError) error = NULL;
  FikaGroupList *list = fika_group_list_new (self->store);
  Mirror mirror = { NULL };

  mirror_init (&mirror, list);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 0), ==, fika_group_get_id (books));

  /* A stage is a place in the list. */
  g_assert_true (fika_command_set_stage (self->store, books, FIKA_STAGE_MEMBER, SOURCE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 0), ==, fika_group_get_id (choir));
  assert_told (&mirror, 2, 2);
  g_assert_true (fika_command_delete_group (self->store, choir, SOURCE, &error));
  assert_told (&mirror, 1, 1);
  fixture_undo (self);
  assert_told (&mirror, 1, 1);

  mirror_clear (&mirror);
}

static void
test_timeline (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) bo = fixture_add_person (self, "Bo");
  g_autoptr (FikaCatchup) old = fixture_plan (self, FIKA_KIND_CALL, "2026-05-01T10:00", ada);
  g_autoptr (FikaCatchup) new = NULL;
  g_autoptr (FikaCatchup) other = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  g_autoptr (GError) error = NULL;
  FikaTimeline *timeline = fika_timeline_new_for_person (self->store, ada);
  Mirror mirror = { NULL };

  mirror_init (&mirror, timeline);
  g_assert_cmpuint (mirror.ids->len, ==, 1);

  new = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-09T10:00", ada);
  assert_told (&mirror, 1, 1);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 0), ==, fika_plan_get_id (FIKA_PLAN (new)));
  other = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-08T10:00", bo);
  assert_told (&mirror, 0, 0);

  /* Somebody comes to it. */
  draft = fika_catchup_copy (other);
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  saved = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_told (&mirror, 1, 1);
  g_assert_cmpint (g_array_index (mirror.ids, int64_t, 1), ==,
                   fika_plan_get_id (FIKA_PLAN (other)));
  g_assert_true (fika_command_delete_plan (self->store, FIKA_PLAN (new), SOURCE, &error));
  assert_told (&mirror, 1, 1);

  mirror_clear (&mirror);
}

/* Two hundred people change places with their neighbours: the list is emptied and filled, not told
 * item by item. */
static void
test_reorder (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  FikaPeopleList *list = fika_people_list_new (self->store);
  Mirror mirror = { NULL };

  mirror_init (&mirror, list);
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *name = g_strdup_printf ("%03u", i);

      g_ptr_array_add (drafts, fika_person_new (name));
    }
  g_assert_true (fika_command_save_people (self->store, drafts, "Import", SOURCE, NULL, &error));
  g_assert_no_error (error);
  assert_told (&mirror, 1, 200);

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (FikaPerson) person = g_list_model_get_item (G_LIST_MODEL (list), i);
      FikaPerson *draft = fika_person_copy (person);
      g_autofree char *name = g_strdup_printf ("%03u", i ^ 1);

      fika_person_set_name (draft, name);
      g_ptr_array_add (changed, draft);
    }
  g_assert_true (fika_command_save_people (self->store, changed, "Shuffle", SOURCE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (mirror.emissions, ==, 2);
  g_assert_cmpuint (mirror.touched, ==, 400);

  mirror_clear (&mirror);
}

/* Whoever is told of a change may ask at once for more. */
static void
requery_cb (GListModel *list, guint position, guint removed, guint added, FikaPeopleList *self)
{
  fika_people_list_set_search (self, "a");
}

static void
test_requery_within (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  FikaPeopleList *list = fika_people_list_new (self->store);
  g_autoptr (FikaPerson) bo = NULL;
  Mirror mirror = { NULL };

  mirror_init (&mirror, list);
  g_signal_connect (list, "items-changed", G_CALLBACK (requery_cb), list);
  bo = fixture_add_person (self, "Bo");
  g_assert_cmpuint (mirror.ids->len, ==, 1);
  assert_mirrors (&mirror);

  mirror_clear (&mirror);
}

/* Random edits: the mirror and a fresh list agree after each. */
static void
test_random (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  FikaPeopleList *by_name = fika_people_list_new (self->store);
  FikaPeopleList *by_next = fika_people_list_new (self->store);
  Mirror names = { NULL }, nexts = { NULL };

  fika_people_list_set_order (by_next, FIKA_PEOPLE_BY_NEXT);
  mirror_init (&names, by_name);
  mirror_init (&nexts, by_next);

  for (guint i = 0; i < 200; i++)
    {
      guint n = names.ids->len;
      g_autofree char *name = g_strdup_printf ("Person %d", g_rand_int_range (rand, 0, 1000));
      g_autoptr (FikaPerson) person = NULL;
      g_autoptr (FikaCatchup) catchup = NULL;
      g_autoptr (FikaPeopleList) fresh = NULL;
      g_autoptr (GError) error = NULL;

      if (n > 0)
        person
            = g_list_model_get_item (G_LIST_MODEL (by_name), g_rand_int_range (rand, 0, (int) n));
      switch (person != NULL ? g_rand_int_range (rand, 0, 6) : 0)
        {
        case 0:
        case 1:
          g_clear_object (&person);
          person = fixture_add_person (self, name);
          break;
        case 2:
          rename_person (self, person, name);
          break;
        case 3:
          fika_command_delete_person (self->store, person, SOURCE, &error);
          g_assert_no_error (error);
          break;
        case 4:
          fixture_undo (self);
          break;
        default:
          {
            g_autofree char *start
                = g_strdup_printf ("2026-05-%02dT10:00", g_rand_int_range (rand, 7, 29));

            catchup = fixture_plan (self, FIKA_KIND_CALL, start, person);
          }
          break;
        }

      /* One person is touched at most: they go and come in each list, and with a person that is
       * deleted or brought back nobody else moves. */
      g_assert_cmpuint (names.touched, <=, 2);
      g_assert_cmpuint (nexts.touched, <=, 2);
      names.touched = nexts.touched = 0;

      fresh = fika_people_list_new (self->store);
      g_assert_cmpuint (names.ids->len, ==, g_list_model_get_n_items (G_LIST_MODEL (fresh)));
      for (guint j = 0; j < names.ids->len; j++)
        g_assert_cmpint (g_array_index (names.ids, int64_t, j), ==,
                         fika_id_list_get_id (FIKA_ID_LIST (fresh), j));
      fika_people_list_set_order (fresh, FIKA_PEOPLE_BY_NEXT);
      for (guint j = 0; j < nexts.ids->len; j++)
        g_assert_cmpint (g_array_index (nexts.ids, int64_t, j), ==,
                         fika_id_list_get_id (FIKA_ID_LIST (fresh), j));
    }

  mirror_clear (&names);
  mirror_clear (&nexts);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/lists/people", test_people);
  ADD ("/lists/order", test_order);
  ADD ("/lists/groups", test_groups);
  ADD ("/lists/timeline", test_timeline);
  ADD ("/lists/reorder", test_reorder);
  ADD ("/lists/requery-within", test_requery_within);
  ADD ("/lists/random", test_random);

  return g_test_run ();
}
