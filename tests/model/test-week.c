#include "config.h"

#include "fika-command-test.h"
#include "model/fika-list-models.h"

/* The seven days of a week, kept true by the store's changes. Monday is 4 May 2026. */
#define MONDAY (TODAY - 2)

typedef struct
{
  guint emissions;
  guint touched;
} Told;

static void
items_changed_cb (GListModel *list, guint position, guint removed, guint added, Told *told)
{
  g_assert_cmpuint (removed + added, >, 0);
  told->emissions++;
  told->touched += removed + added;
}

static void
watch (FikaWeek *week, Told *told)
{
  for (int i = 0; i < 7; i++)
    g_signal_connect (fika_week_get_day (week, i), "items-changed", G_CALLBACK (items_changed_cb),
                      told);
}

static void
assert_told (Told *told, guint emissions, guint touched)
{
  g_assert_cmpuint (told->emissions, ==, emissions);
  g_assert_cmpuint (told->touched, ==, touched);
  told->emissions = told->touched = 0;
}

/* "0 1 0 0 0 0 1": how many on each day. */
static char *
count_days (FikaWeek *week)
{
  g_autoptr (GString) counts = g_string_new (NULL);

  for (int i = 0; i < 7; i++)
    g_string_append_printf (counts, "%s%u", i > 0 ? " " : "",
                            g_list_model_get_n_items (fika_week_get_day (week, i)));

  return g_string_free (g_steal_pointer (&counts), FALSE);
}

#define assert_days(week, expected)                                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *days_ = count_days (week);                                                    \
    g_assert_cmpstr (days_, ==, expected);                                                         \
  }                                                                                                \
  G_STMT_END

static FikaOccurrence *
item (FikaWeek *week, int day, guint position)
{
  return g_list_model_get_item (fika_week_get_day (week, day), position);
}

static void
count_cb (GObject *object, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_week (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  FikaWeek *week = fika_week_new (self->store, MONDAY);
  g_autoptr (FikaSeries) weekly = NULL;
  g_autoptr (FikaCatchup) coffee = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  g_autoptr (FikaOccurrence) sunday = NULL;
  g_autoptr (FikaOccurrence) exception = NULL;
  g_autoptr (FikaOccurrence) first = NULL;
  g_autoptr (FikaOccurrence) still = NULL;
  g_autoptr (GError) error = NULL;
  Told told = { 0, 0 };
  guint empties = 0;

  g_signal_connect (week, "notify::empty", G_CALLBACK (count_cb), &empties);
  watch (week, &told);
  g_assert_cmpint (fika_week_get_first (week), ==, MONDAY);
  g_assert_true (fika_week_is_empty (week));
  assert_days (week, "0 0 0 0 0 0 0");

  weekly = fixture_repeat (self, "FREQ=WEEKLY", "2026-05-10T17:00", ada);
  assert_days (week, "0 0 0 0 0 0 1");
  assert_told (&told, 1, 1);
  g_assert_false (fika_week_is_empty (week));
  g_assert_cmpuint (empties, ==, 1);

  coffee = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-10T10:00", ada);
  assert_days (week, "0 0 0 0 0 0 2");
  assert_told (&told, 1, 1);
  first = item (week, 6, 0);
  g_assert_true (fika_occurrence_get_catchup (first) == coffee);

  /* Moved to another day: it goes there and comes here; the coffee keeps its object. */
  sunday = item (week, 6, 1);
  g_assert_null (fika_occurrence_get_catchup (sunday));
  moved = fika_command_move_occurrence (self->store, sunday, civil ("2026-05-08T09:00"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);
  assert_days (week, "0 0 0 0 1 0 1");
  assert_told (&told, 2, 2);
  exception = item (week, 4, 0);
  g_assert_true (fika_occurrence_get_catchup (exception) == moved);
  still = item (week, 6, 0);
  g_assert_true (still == first);

  /* Changed content is the live plan's to tell. */
  draft = fika_catchup_copy (coffee);
  fika_plan_set_place (FIKA_PLAN (draft), "Blue Door");
  saved = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_told (&told, 0, 0);
  g_assert_cmpstr (fika_plan_get_place (fika_occurrence_get_plan (first)), ==, "Blue Door");

  fixture_undo (self);
  fixture_undo (self);
  assert_days (week, "0 0 0 0 0 0 2");

  /* The next week, and back. */
  fika_week_set_first (week, MONDAY + 7);
  assert_days (week, "0 0 0 0 0 0 1");
  fika_week_set_first (week, MONDAY - 7);
  assert_days (week, "0 0 0 0 0 0 0");
  g_assert_true (fika_week_is_empty (week));
  fika_week_set_first (week, MONDAY);
  g_assert_cmpuint (empties, ==, 3);

  g_assert_true (fika_command_delete_person (self->store, ada, SOURCE, &error));
  assert_days (week, "0 0 0 0 0 0 0");
  g_assert_finalize_object (week);
}

/* A day is a day here, whatever the zone of the plan: 23:30 in New York is the next morning. */
static void
test_zones (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_VIDEO, civil ("2026-05-07T23:30"));
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (FikaWeek) week = fika_week_new (self->store, MONDAY);
  g_autoptr (GError) error = NULL;

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_zone (FIKA_PLAN (draft), "America/New_York");
  call = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_days (week, "0 0 0 0 1 0 0");

  /* From the end of the week before. */
  g_clear_object (&draft);
  g_clear_object (&call);
  draft = fika_catchup_new (FIKA_KIND_VIDEO, civil ("2026-05-03T23:30"));
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_zone (FIKA_PLAN (draft), "America/New_York");
  call = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_days (week, "1 0 0 0 1 0 0");
}

/* Random life: every day has what the agenda of that day has, in order. */
static void
test_random (Fixture *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaWeek) week = fika_week_new (self->store, MONDAY);

  for (guint i = 0; i < 120; i++)
    {
      int day = g_rand_int_range (rand, 0, 7);
      guint n = g_list_model_get_n_items (fika_week_get_day (week, day));
      g_autofree char *start
          = g_strdup_printf ("2026-05-%02dT%02d:00", 4 + g_rand_int_range (rand, 0, 7),
                             g_rand_int_range (rand, 7, 22));
      g_autoptr (FikaOccurrence) occurrence
          = n > 0 ? item (week, day, (guint) g_rand_int_range (rand, 0, (int) n)) : NULL;
      g_autoptr (GObject) saved = NULL;
      g_autoptr (GError) error = NULL;

      switch (occurrence != NULL ? g_rand_int_range (rand, 0, 6) : 0)
        {
        case 0:
          saved = G_OBJECT (fixture_plan (self, FIKA_KIND_COFFEE, start, ada));
          break;
        case 1:
          saved = G_OBJECT (fixture_repeat (self, i % 2 ? "FREQ=WEEKLY" : "3", start, ada));
          break;
        case 2:
          saved = (GObject *) fika_command_move_occurrence (self->store, occurrence, civil (start),
                                                            FIKA_WINDOW_EXACT, SOURCE, &error);
          break;
        case 3:
          saved
              = (GObject *) fika_command_skip_occurrence (self->store, occurrence, SOURCE, &error);
          break;
        case 4:
          fika_command_delete_plan (self->store, fika_occurrence_get_plan (occurrence), SOURCE,
                                    &error);
          break;
        default:
          fixture_undo (self);
          break;
        }

      for (int j = 0; j < 7; j++)
        {
          g_autoptr (GPtrArray) agenda = NULL;
          GListModel *model = fika_week_get_day (week, j);

          agenda = fika_store_agenda (self->store, fika_civil_new (MONDAY + j, 0, 0),
                                      fika_civil_new (MONDAY + j + 1, 0, 0), NULL);
          g_assert_cmpuint (g_list_model_get_n_items (model), ==, agenda->len);
          for (guint k = 0; k < agenda->len; k++)
            {
              g_autoptr (FikaOccurrence) shown = g_list_model_get_item (model, k);

              g_assert_true (fika_occurrence_equal (shown, g_ptr_array_index (agenda, k)));
            }
        }
      /* Ada stays; the undo may take her, and everything with her. */
      if (fixture_count (self, "SELECT count(*) FROM person") == 0)
        fixture_redo (self);
    }
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/week/week", test_week);
  ADD ("/week/zones", test_zones);
  ADD ("/week/random", test_random);

  return g_test_run ();
}
