#include "config.h"

#include "fika-test-store.h"

#include "store/fika-catchup-table.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-series-table.h"
#include "store/fika-store-private.h"

#include <stdarg.h>

FikaCivil
fika_test_civil (const char *text)
{
  g_autoptr (GError) error = NULL;
  FikaCivil civil = fika_civil_parse (text, &error);

  g_assert_no_error (error);
  return civil;
}

FikaDay
fika_test_day (const char *text)
{
  g_autoptr (GError) error = NULL;
  FikaDay day = fika_day_parse (text, &error);

  g_assert_no_error (error);
  return day;
}

int64_t
fika_test_instant (const char *civil)
{
  return fika_zone_to_utc (FIKA_ZONE_HERE, fika_test_civil (civil));
}

FikaStore *
fika_test_store_new (const char *folder, const char *civil)
{
  g_autofree char *path = fika_test_database_path (folder);
  g_autoptr (FikaClock) clock = fika_test_clock_new (fika_test_instant (civil));
  g_autoptr (GError) error = NULL;
  FikaStore *store = fika_store_open (path, clock, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

void
fika_test_store_set_now (FikaStore *store, const char *civil)
{
  fika_test_clock_set_now (FIKA_TEST_CLOCK (fika_store_get_clock (store)),
                           fika_test_instant (civil));
}

static void
begin (FikaStore *store)
{
  g_autoptr (GError) error = NULL;

  fika_store_begin (store, FIKA_TEST_LABEL, FIKA_SOURCE_TERMINAL, &error);
  g_assert_no_error (error);
}

static void
commit (FikaStore *store)
{
  g_autoptr (GError) error = NULL;

  fika_store_commit (store, &error);
  g_assert_no_error (error);
}

/* One draft: a new row where it has no id, else that row. */
#define SAVE(type, Type, TYPE, id_of)                                                              \
  Type *fika_test_save_##type (FikaStore *store, Type *draft)                                      \
  {                                                                                                \
    g_autoptr (GError) error = NULL;                                                               \
    int64_t id = id_of;                                                                            \
    Type *live;                                                                                    \
                                                                                                   \
    begin (store);                                                                                 \
    if (id == 0)                                                                                   \
      id = fika_##type##_table_insert (store, draft, &error);                                      \
    else                                                                                           \
      fika_##type##_table_update (store, id, draft, &error);                                       \
    g_assert_no_error (error);                                                                     \
    commit (store);                                                                                \
    live = fika_store_get_##type (store, id, &error);                                              \
    g_assert_no_error (error);                                                                     \
    return live;                                                                                   \
  }

SAVE (person, FikaPerson, PERSON, fika_person_get_id (draft))
SAVE (group, FikaGroup, GROUP, fika_group_get_id (draft))
SAVE (catchup, FikaCatchup, CATCHUP, fika_plan_get_id (FIKA_PLAN (draft)))
SAVE (series, FikaSeries, SERIES, fika_plan_get_id (FIKA_PLAN (draft)))

FikaPerson *
fika_test_add_person (FikaStore *store, const char *name)
{
  g_autoptr (FikaPerson) draft = fika_person_new (name);

  return fika_test_save_person (store, draft);
}

FikaGroup *
fika_test_add_group (FikaStore *store, const char *name)
{
  g_autoptr (FikaGroup) draft = fika_group_new (name);

  return fika_test_save_group (store, draft);
}

FikaCatchup *
fika_test_add_catchup (FikaStore *store, FikaPerson *person, const char *start, FikaState state)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil (start));

  fika_plan_set_minutes (FIKA_PLAN (draft), 30);
  fika_catchup_set_state (draft, state);
  if (person != NULL)
    fika_plan_add_person (FIKA_PLAN (draft), person);
  return fika_test_save_catchup (store, draft);
}

FikaSeries *
fika_test_add_series (FikaStore *store, FikaPerson *person, const char *anchor, const char *rule)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, fika_test_civil (anchor));

  fika_series_set_rule (draft, rule);
  if (person != NULL)
    fika_plan_add_person (FIKA_PLAN (draft), person);
  return fika_test_save_series (store, draft);
}

FikaCatchup *
fika_test_add_exception (FikaStore *store,
                         FikaSeries *series,
                         const char *original,
                         const char *start,
                         FikaState state)
{
  FikaPlan *plan = FIKA_PLAN (series);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (fika_plan_get_kind (plan), fika_test_civil (start));

  fika_catchup_set_occurrence (draft, fika_plan_get_id (plan), fika_test_civil (original));
  fika_catchup_set_state (draft, state);
  fika_plan_set_zone (FIKA_PLAN (draft), fika_plan_get_zone (plan));
  fika_plan_set_window (FIKA_PLAN (draft), fika_plan_get_window (plan));
  fika_plan_set_people (FIKA_PLAN (draft), fika_plan_get_people (plan));
  fika_plan_set_leads (FIKA_PLAN (draft), fika_plan_get_leads (plan));
  return fika_test_save_catchup (store, draft);
}

void
fika_test_set_leads (FikaPlan *draft, guint n, ...)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));
  va_list list;

  va_start (list, n);
  for (guint i = 0; i < n; i++)
    {
      int lead = va_arg (list, int);

      g_array_append_val (leads, lead);
    }
  va_end (list);
  fika_plan_set_leads (draft, leads);
}

void
fika_test_delete_plan (FikaStore *store, FikaPlan *plan)
{
  g_autoptr (GError) error = NULL;

  begin (store);
  if (FIKA_IS_CATCHUP (plan))
    fika_catchup_table_delete (store, fika_plan_get_id (plan), &error);
  else
    fika_series_table_delete (store, fika_plan_get_id (plan), &error);
  g_assert_no_error (error);
  commit (store);
}

void
fika_test_undo (FikaStore *store)
{
  g_autoptr (GError) error = NULL;

  fika_store_undo (store, FIKA_SOURCE_TERMINAL, NULL, &error);
  g_assert_no_error (error);
}

void
fika_test_redo (FikaStore *store)
{
  g_autoptr (GError) error = NULL;

  fika_store_redo (store, FIKA_SOURCE_TERMINAL, NULL, &error);
  g_assert_no_error (error);
}

void
fika_test_assert_store (FikaStore *store)
{
  g_autoptr (GError) error = NULL;

  fika_store_check (store, &error);
  g_assert_no_error (error);
  g_assert_false (fika_db_has_busy_statement (fika_store_get_db (store)));
}
