#include "config.h"

#include "store/fika-tables-private.h"

#include "base/fika-error.h"
#include "base/fika-zone.h"

#include <glib/gi18n-lib.h>

gboolean
fika_propagate (GError **error, GError *local_error)
{
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, local_error);
  return FALSE;
}

gboolean
fika_set_not_found (GError **error, const char *message)
{
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND, message);
  return FALSE;
}

gboolean
fika_is_not_found (const GError *error)
{
  return g_error_matches (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

char *
fika_uid_or_new (const char *uid)
{
  return uid != NULL && *uid != '\0' ? g_strdup (uid) : g_uuid_string_random ();
}

int64_t
fika_created_or_now (FikaStore *store, int64_t created)
{
  return created != 0 ? created : fika_store_now (store);
}

int64_t
fika_plan_instant (const char *zone, FikaWindow window, FikaCivil start)
{
  return fika_zone_to_utc (zone, fika_window_opens (window, start));
}

gboolean
fika_table_run (FikaStore *store, const char *sql, int64_t id, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql, error);

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, id);
  return fika_stmt_run (stmt, error);
}

gboolean
fika_table_delete (FikaStore *store,
                   const char *sql,
                   int64_t id,
                   const char *message,
                   GError **error)
{
  if (!fika_table_run (store, sql, id, error))
    return FALSE;
  return fika_db_n_changed (fika_store_get_db (store)) > 0 || fika_set_not_found (error, message);
}

GArray *
fika_table_ids (FikaStore *store, const char *sql, int64_t id, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql, error);

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, id);
  return fika_column_ids (stmt, error);
}

/* The statement answers id, kind, label, value, match, preferred. */
GPtrArray *
fika_contacts_read (FikaDb *db, const char *sql, int64_t owner, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (db, sql, error);
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  GError *local_error = NULL;

  if (stmt == NULL)
    return NULL;
  fika_stmt_bind_int (stmt, 1, owner);
  while (fika_stmt_step (stmt, &local_error))
    {
      FikaContactKind kind = FIKA_CONTACT_URL;
      FikaContact *contact;

      fika_contact_kind_parse (fika_column_string (stmt, 1), &kind);
      contact = fika_contact_new (kind, fika_column_string (stmt, 2), fika_column_string (stmt, 3));
      contact->preferred = fika_stmt_int (stmt, 5) != 0;
      g_ptr_array_add (contacts, contact);
    }
  return fika_propagate (error, local_error) ? g_steal_pointer (&contacts) : NULL;
}

/* Columns kind, label, value, match, preferred, position. */
GPtrArray *
fika_contacts_to_parts (GPtrArray *contacts)
{
  GPtrArray *parts = fika_parts_new ();

  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);

      if (contact->value == NULL || *contact->value == '\0')
        continue;
      fika_parts_add (parts, 6, g_strdup (fika_contact_kind_to_key (contact->kind)),
                      g_strdup (contact->label != NULL ? contact->label : ""),
                      g_strdup (contact->value),
                      fika_contact_match_key (contact->kind, contact->value),
                      g_strdup (contact->preferred ? "1" : "0"), g_strdup_printf ("%u", i));
    }
  return parts;
}

static gboolean
read_people (FikaStore *store, FikaPlan *plan, const char *sql, GError **error)
{
  g_autoptr (GArray) ids = fika_table_ids (store, sql, fika_plan_get_id (plan), error);
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      FikaPerson *person = fika_store_get_person (store, g_array_index (ids, int64_t, i), error);

      if (person == NULL)
        return FALSE;
      g_ptr_array_add (people, person);
    }
  if (people->len > 0)
    fika_plan_set_people (plan, people);
  return TRUE;
}

static gboolean
read_leads (FikaStore *store, FikaPlan *plan, const char *sql, GError **error)
{
  g_autoptr (FikaStmt) stmt = fika_db_use (fika_store_get_db (store), sql, error);
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));
  GError *local_error = NULL;

  if (stmt == NULL)
    return FALSE;
  fika_stmt_bind_int (stmt, 1, fika_plan_get_id (plan));
  while (fika_stmt_step (stmt, &local_error))
    {
      int minutes = (int) fika_stmt_int (stmt, 1);

      g_array_append_val (leads, minutes);
    }
  if (leads->len > 0)
    fika_plan_set_leads (plan, leads);
  return fika_propagate (error, local_error);
}

/* The first statement answers the people in order, the second id and minutes of the leads,
 * ascending; both of the plan ?1. */
gboolean
fika_plan_read_parts (FikaStore *store,
                      FikaPlan *plan,
                      const char *people_sql,
                      const char *leads_sql,
                      GError **error)
{
  return read_people (store, plan, people_sql, error) && read_leads (store, plan, leads_sql, error);
}

/* Columns person, position. */
GPtrArray *
fika_plan_people_to_parts (FikaPlan *plan, GError **error)
{
  g_autoptr (GPtrArray) parts = fika_parts_new ();
  GPtrArray *people = fika_plan_get_people (plan);

  for (guint i = 0; i < people->len; i++)
    {
      int64_t id = fika_person_get_id (g_ptr_array_index (people, i));

      if (id == 0)
        {
          g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                               _ ("Save the person first, then plan time with them."));
          return NULL;
        }
      fika_parts_add (parts, 2, g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) id),
                      g_strdup_printf ("%u", i));
    }
  return g_steal_pointer (&parts);
}

/* Column minutes. */
GPtrArray *
fika_plan_leads_to_parts (FikaPlan *plan)
{
  GPtrArray *parts = fika_parts_new ();
  GArray *leads = fika_plan_get_leads (plan);

  for (guint i = 0; i < leads->len; i++)
    fika_parts_add (parts, 1, g_strdup_printf ("%d", g_array_index (leads, int, i)));
  return parts;
}

const FikaStatements *const *
fika_store_statements (void)
{
  static const FikaStatements *const all[] = {
    &fika_agenda_statements,          &fika_cache_table_statements,
    &fika_catchup_table_statements,   &fika_circle_table_statements,
    &fika_group_table_statements,     &fika_occasions_statements,
    &fika_people_table_statements,    &fika_person_table_statements,
    &fika_plan_leads_statements,      &fika_related_statements,
    &fika_reminder_days_statements,   &fika_reminder_owners_statements,
    &fika_reminder_derive_statements, &fika_reminder_forecast_statements,
    &fika_reminder_move_statements,   &fika_reminder_policy_statements,
    &fika_reminder_row_statements,    &fika_reminder_statements,
    &fika_series_table_statements,    &fika_series_times_statements,
    &fika_store_find_statements,      &fika_store_lookup_statements,
    &fika_topic_table_statements,     &fika_touched_statements,
    &fika_whole_statements,           NULL,
  };

  return all;
}
