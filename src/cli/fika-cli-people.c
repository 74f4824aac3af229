#include "config.h"

#include "cli/fika-cli-private.h"

#include "base/fika-error.h"
#include "base/fika-when.h"

#include <glib/gi18n-lib.h>

#include <stdio.h>

static void
add_contacts (GPtrArray *contacts, FikaContactKind kind, char **values)
{
  for (char **value = values; value != NULL && *value != NULL; value++)
    g_ptr_array_add (contacts, fika_contact_new (kind, "", *value));
}

static gboolean
set_birthday (FikaPerson *draft, const char *text, GError **error)
{
  g_autoptr (GPtrArray) occasions = NULL;
  FikaOccasion *birthday = fika_occasion_parse (FIKA_OCCASION_BIRTHDAY, text, error);

  if (birthday == NULL)
    return FALSE;
  occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  g_ptr_array_add (occasions, birthday);
  fika_person_set_occasions (draft, occasions);

  return TRUE;
}

/* Both or neither, and in days. */
static gboolean
set_cadence (FikaPerson *draft, const char *ideal, const char *latest, GError **error)
{
  guint64 days[2];

  if (ideal == NULL && latest == NULL)
    return TRUE;
  if (ideal == NULL || latest == NULL
      || !g_ascii_string_to_unsigned (ideal, 10, 0, 36500, &days[0], NULL)
      || !g_ascii_string_to_unsigned (latest, 10, 0, 36500, &days[1], NULL))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("Give both --ideal and --latest as a number of days."));
      return FALSE;
    }
  fika_person_set_cadence (draft, (int) days[0], (int) days[1]);

  return TRUE;
}

int
fika_cli_person (FikaCli *cli, int argc, char **argv)
{
  g_auto (GStrv) phones = NULL;
  g_auto (GStrv) emails = NULL;
  g_auto (GStrv) tie_names = NULL;
  g_autofree char *circle_key = NULL;
  g_autofree char *ideal = NULL;
  g_autofree char *latest = NULL;
  g_autofree char *birthday = NULL;
  g_autofree char *zone = NULL;
  const GOptionEntry entries[] = {
    { "phone", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &phones, N_ ("A phone number"), "N" },
    { "email", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &emails, N_ ("A mail address"), "A" },
    { "circle", 0, 0, G_OPTION_ARG_FILENAME, &circle_key, N_ ("How close"),
      "closest|close|friends|wider" },
    { "tie", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &tie_names, N_ ("What they are to you"), "T" },
    { "ideal", 0, 0, G_OPTION_ARG_FILENAME, &ideal, N_ ("A good time after so many days"), "DAYS" },
    { "latest", 0, 0, G_OPTION_ARG_FILENAME, &latest, N_ ("At the latest after so many days"),
      "DAYS" },
    { "birthday", 0, 0, G_OPTION_ARG_FILENAME, &birthday, N_ ("Their birthday"), "[YYYY]-MM-DD" },
    { "zone", 0, 0, G_OPTION_ARG_FILENAME, &zone, N_ ("Where they live"), "AREA/CITY" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("person");
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *text = NULL;
  guint ties;
  int64_t circle;

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 2, 2))
    return cli->status;
  if (!g_str_equal (cli->args[1], "add"))
    return fika_cli_usage (verb, _ ("“%s” is nothing that can be done with a person."),
                           cli->args[1]);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  draft = fika_person_new (cli->args[2]);
  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  add_contacts (contacts, FIKA_CONTACT_PHONE, phones);
  add_contacts (contacts, FIKA_CONTACT_EMAIL, emails);
  fika_person_set_contacts (draft, contacts);
  if (circle_key != NULL)
    {
      if (!fika_cli_circle (cli->store, circle_key, &circle, &error))
        return fika_cli_fail (error);
      fika_person_set_circle_id (draft, circle);
    }
  if (!fika_cli_ties (tie_names, &ties, &error) || !set_cadence (draft, ideal, latest, &error))
    return fika_cli_fail (error);
  fika_person_set_ties (draft, ties);
  if (birthday != NULL && !set_birthday (draft, birthday, &error))
    return fika_cli_fail (error);
  if (zone != NULL)
    g_object_set (draft, "zone", zone, NULL);

  person = fika_command_save_person (cli->store, draft, FIKA_SOURCE_TERMINAL, &error);
  if (person == NULL)
    return fika_cli_fail (error);

  builder = json_builder_new_immutable ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "uid");
  json_builder_add_string_value (builder, fika_person_get_uid (person));
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, fika_person_get_name (person));
  json_builder_end_object (builder);
  text = g_strdup_printf (_ ("Added: %s"), fika_person_get_name (person));

  return fika_cli_answer (cli, json_builder_get_root (builder), text);
}

static gboolean
parse_order (const char *text, FikaPeopleOrder *order)
{
  static const struct
  {
    const char *key;
    FikaPeopleOrder order;
  } orders[] = {
    { "name", FIKA_PEOPLE_BY_NAME },
    { "last", FIKA_PEOPLE_BY_LAST },
    { "next", FIKA_PEOPLE_BY_NEXT },
    { "warmth", FIKA_PEOPLE_BY_WARMTH },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (orders); i++)
    {
      if (g_str_equal (text, orders[i].key))
        {
          *order = orders[i].order;
          return TRUE;
        }
    }

  return FALSE;
}

static void
print_person (FikaCli *cli, FikaPerson *person)
{
  FikaDay today = fika_store_today (cli->store);
  FikaWarmth warmth = fika_person_warmth_state (person, today);
  int64_t last = fika_person_get_last_utc (person);
  g_autofree char *ago = NULL;
  g_autofree char *name = fika_cli_pad (fika_person_get_name (person), FIKA_CLI_NAME_WIDTH);
  g_autofree char *column = NULL;

  if (last != FIKA_UTC_NONE)
    ago = fika_when_ago (fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, last)), today);
  column = fika_cli_pad (ago != NULL ? ago : "–", 14);
  printf ("%s  %s  %s\n", name, column,
          warmth != FIKA_WARMTH_NONE ? fika_warmth_to_words (warmth) : "");
}

int
fika_cli_list_people (FikaCli *cli, int argc, char **argv)
{
  g_autofree char *sort = NULL;
  const GOptionEntry entries[] = {
    { "sort", 0, 0, G_OPTION_ARG_FILENAME, &sort, N_ ("In which order"), "name|last|next|warmth" },
    { NULL },
  };
  const FikaCliVerb *verb = fika_cli_find_verb ("people");
  FikaPeopleOrder order = FIKA_PEOPLE_BY_NAME;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (JsonArray) array = json_array_new ();

  if (!fika_cli_parse (cli, verb, entries, argc, argv, 0, 1))
    return cli->status;
  if (sort != NULL && !parse_order (sort, &order))
    return fika_cli_usage (
        verb, _ ("There is no order “%s”. Choose one of: name, last, next, warmth."), sort);
  if (!fika_cli_open (cli))
    return FIKA_CLI_FAILED;

  ids = fika_store_people_ids (cli->store, cli->n_args > 0 ? cli->args[1] : "", order, FALSE,
                               &error);
  if (ids == NULL)
    return fika_cli_fail (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (FikaPerson) person = NULL;

      person = fika_store_get_person (cli->store, g_array_index (ids, int64_t, i), &error);
      if (person == NULL)
        return fika_cli_fail (error);
      if (cli->json)
        json_array_add_element (array, fika_json_person (cli->store, person));
      else
        print_person (cli, person);
    }
  if (cli->json)
    return fika_cli_answer_list (cli, g_steal_pointer (&array));
  if (ids->len == 0)
    printf ("%s\n", cli->n_args > 0 ? _ ("Nobody is found.") : _ ("Nobody is here yet."));

  return FIKA_CLI_DONE;
}
