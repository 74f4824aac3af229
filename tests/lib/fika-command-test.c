#include "config.h"

#include "fika-command-test.h"

#include "store/fika-store-private.h"

static void
open_store (Fixture *self)
{
  g_autofree char *path = fika_test_database_path (self->folder);
  g_autoptr (GError) error = NULL;

  self->store = fika_store_open (path, self->clock, &error);
  g_assert_no_error (error);
}

void
fixture_set_up (Fixture *self, gconstpointer data)
{
  self->folder = fika_test_folder_new ();
  self->clock = fika_test_clock_new (NOON);
  open_store (self);
}

void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  g_assert_false (fika_db_has_busy_statement (fixture_db (self)));
  g_assert_finalize_object (self->store);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->folder, fika_test_folder_free);
}

void
fixture_reopen (Fixture *self)
{
  g_assert_finalize_object (self->store);
  open_store (self);
}

FikaDb *
fixture_db (Fixture *self)
{
  return fika_store_get_db (self->store);
}

char *
fixture_dump (Fixture *self)
{
  return fika_test_dump (fixture_db (self));
}

char *
fixture_dump_machine (Fixture *self)
{
  return fika_test_query_text (
      fixture_db (self),
      "SELECT group_concat (line, char (10)) FROM ("
      " SELECT line FROM ("
      "  SELECT format ('contact %s %s %s %s', person, last_utc, last_catchup, next_utc)"
      "   AS line FROM contact_cache UNION ALL"
      "  SELECT format ('series %s %s %s %s', series, first_utc, last_utc, next_utc)"
      "   FROM series_cache UNION ALL"
      "  SELECT format ('reminder %s %s %s %s %s %s %s', series, catchup, original, lead, start, "
      "due,"
      "   state) FROM reminder UNION ALL"
      "  SELECT format ('search %s %s', rowid, text) FROM person_search UNION ALL"
      "  SELECT format ('utc %s %s', id, utc) FROM catchup) ORDER BY line)");
}

void
fixture_derive_all (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_store_zone_changed (self->store, &error));
  g_assert_no_error (error);
}

int64_t
fixture_count (Fixture *self, const char *sql)
{
  return fika_test_query_int (fixture_db (self), sql);
}

FikaPerson *
fixture_add_person (Fixture *self, const char *name)
{
  g_autoptr (FikaPerson) draft = fika_person_new (name);
  g_autoptr (GError) error = NULL;
  FikaPerson *person = fika_command_save_person (self->store, draft, SOURCE, &error);

  g_assert_no_error (error);

  return person;
}

FikaGroup *
fixture_add_group (Fixture *self, const char *name)
{
  g_autoptr (FikaGroup) draft = fika_group_new (name);
  g_autoptr (GError) error = NULL;
  FikaGroup *group = fika_command_save_group (self->store, draft, SOURCE, &error);

  g_assert_no_error (error);

  return group;
}

FikaCivil
civil (const char *text)
{
  g_autoptr (GError) error = NULL;
  FikaCivil value = fika_civil_parse (text, &error);

  g_assert_no_error (error);

  return value;
}

FikaCatchup *
fixture_plan (Fixture *self, FikaKind kind, const char *start, FikaPerson *person)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (kind, civil (start));
  g_autoptr (GError) error = NULL;
  FikaCatchup *catchup;

  fika_plan_add_person (FIKA_PLAN (draft), person);
  catchup = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);

  return catchup;
}

FikaSeries *
fixture_repeat (Fixture *self, const char *rule, const char *start, FikaPerson *person)
{
  g_autoptr (FikaSeries) draft = fika_series_new (FIKA_KIND_CALL, civil (start));
  g_autoptr (GError) error = NULL;
  FikaSeries *series;

  if (g_ascii_isdigit (rule[0]))
    fika_series_set_after_days (draft, atoi (rule));
  else
    fika_series_set_rule (draft, rule);
  fika_plan_add_person (FIKA_PLAN (draft), person);
  series = fika_command_save_series (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);

  return series;
}

FikaOccurrence *
fixture_occurrence (Fixture *self, gpointer plan, const char *original)
{
  g_autoptr (GError) error = NULL;
  FikaOccurrence *occurrence;

  occurrence
      = fika_store_get_occurrence (self->store, fika_plan_get_uid (plan),
                                   original != NULL ? civil (original) : FIKA_CIVIL_NONE, &error);
  g_assert_no_error (error);

  return occurrence;
}

char *
fixture_agenda (Fixture *self, const char *from, const char *until)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) agenda
      = fika_store_agenda (self->store, civil (from), civil (until), &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < agenda->len; i++)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (agenda, i);
      g_autofree char *start = fika_civil_format (fika_occurrence_get_start (occurrence));

      g_ptr_array_add (
          lines, g_strdup_printf ("%s %s", start,
                                  fika_state_to_key (fika_occurrence_get_state (occurrence))));
    }
  g_ptr_array_add (lines, NULL);

  return g_strjoinv (", ", (char **) lines->pdata);
}

void
fixture_undo (Fixture *self)
{
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  fika_command_undo (self->store, SOURCE, &label, &error);
  g_assert_no_error (error);
  g_assert_nonnull (label);
}

void
fixture_redo (Fixture *self)
{
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;

  fika_command_redo (self->store, SOURCE, &label, &error);
  g_assert_no_error (error);
  g_assert_nonnull (label);
}
