#include "config.h"

#include "make-data.h"

#include "store/fika-catchup-table.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-series-table.h"

/* One action of the log holds so many new rows: what a large import looks like. */
#define BATCH 5000

/* Of the catch-ups, one in so many is still to come; of the people, one in so many has a series. */
#define PLANNED_ONE_IN 50
#define SERIES_ONE_IN 20

/* Ten years of history behind today, ten weeks of plans ahead. */
#define DAYS_BACK 3650
#define DAYS_AHEAD 70

static const char *const given_names[] = {
  "Ada",   "Aino",   "Amir",   "Beatriz", "Björn",  "Chiara",     "Chloé", "Dafydd",
  "Elif",  "Émile",  "Farid",  "Freya",   "Grete",  "Hanna",      "Håkon", "Inès",
  "Ivan",  "Jürgen", "Kofi",   "Léa",     "Li",     "Małgorzata", "Mei",   "Naoko",
  "Noor",  "Olu",    "Øyvind", "Pavel",   "Priya",  "Rosa",       "Samir", "Sofía",
  "Søren", "Tomás",  "Ulla",   "Vera",    "Wiktor", "Yusuf",      "Zoë",   "Żaneta",
};

static const char *const family_parts[] = {
  "Berg",  "Silva", "Kov",  "Mart",  "Nak",  "Okon", "Peter", "Rossi", "Schmid", "Tan",
  "Varga", "Weiss", "Yilm", "Zheng", "Lind", "Dubo", "Moro",  "Fern",  "Haas",   "Iva",
};

static const char *const family_ends[] = {
  "",      "er", "ez", "sen", "ski", "ova", "ini",   "mann",
  "amura", "wa", "is", "az",  "son", "ich", "quist",
};

static const char *const zones[] = { "", "", "", "Europe/Lisbon", "Asia/Tokyo", "America/Chicago" };

static const char *const notes[] = {
  "",
  "",
  "Talked about the garden.",
  "The new job begins in spring.",
  "Knee is better, walking again.",
  "Wants to see the exhibition together.",
};

#define PICK(random, array) ((array)[g_rand_int_range ((random), 0, G_N_ELEMENTS (array))])

static FikaPerson *
make_person (GRand *random, int number)
{
  g_autofree char *name = NULL;
  g_autofree char *phone = g_strdup_printf ("+49 30 %07d", number);
  g_autofree char *email = g_strdup_printf ("person%d@example.org", number);
  g_autoptr (GPtrArray) contacts = NULL;
  FikaPerson *person;

  name = g_strdup_printf ("%s %s%s", PICK (random, given_names), PICK (random, family_parts),
                          PICK (random, family_ends));
  person = fika_person_new (name);
  fika_person_set_circle_id (person, g_rand_int_range (random, 1, 5));
  fika_person_set_ties (person, 1u << g_rand_int_range (random, 0, FIKA_N_TIES));
  g_object_set (person, "zone", PICK (random, zones), "notes", PICK (random, notes), NULL);

  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_PHONE, "home", phone));
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_EMAIL, "work", email));
  fika_person_set_contacts (person, contacts);

  if (number % 2 == 0)
    {
      int year = number % 4 == 0 ? 0 : g_rand_int_range (random, 1940, 2008);
      int month = g_rand_int_range (random, 1, 13);
      int day = g_rand_int_range (random, 1, 29);
      g_autoptr (GPtrArray) occasions = NULL;

      occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
      g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", year, month, day));
      fika_person_set_occasions (person, occasions);
    }

  return person;
}

static FikaCivil
random_start (GRand *random, FikaDay from, FikaDay until)
{
  FikaDay day = from + g_rand_int_range (random, 0, until - from);
  int hour = g_rand_int_range (random, 8, 21);

  return fika_civil_new (day, hour, 15 * g_rand_int_range (random, 0, 4));
}

static void
set_lead (FikaPlan *plan, int minutes)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));

  g_array_append_val (leads, minutes);
  fika_plan_set_leads (plan, leads);
}

static FikaPerson *
random_person (FikaStore *store, GRand *random, GArray *people, GError **error)
{
  int64_t id = g_array_index (people, int64_t, g_rand_int_range (random, 0, people->len));

  return fika_store_get_person (store, id, error);
}

static FikaCatchup *
make_catchup (FikaStore *store,
              GRand *random,
              GArray *people,
              int number,
              gboolean planned,
              GError **error)
{
  FikaDay today = fika_store_today (store);
  FikaKind kind = g_rand_int_range (random, 0, FIKA_KIND_SESSION);
  FikaCivil start = planned ? random_start (random, today + 1, today + DAYS_AHEAD)
                            : random_start (random, today - DAYS_BACK, today);
  g_autoptr (FikaCatchup) catchup = fika_catchup_new (kind, start);
  FikaPlan *plan = FIKA_PLAN (catchup);

  fika_plan_set_minutes (plan, 15 * g_rand_int_range (random, 1, 9));
  fika_plan_set_notes (plan, PICK (random, notes));
  fika_catchup_set_state (catchup, planned ? FIKA_STATE_PLANNED : FIKA_STATE_HAPPENED);
  if (planned)
    set_lead (plan, 10);

  for (int i = number % 10 == 0 ? 2 : 1; i > 0; i--)
    {
      g_autoptr (FikaPerson) person = random_person (store, random, people, error);

      if (person == NULL)
        return NULL;
      if (!fika_plan_has_person (plan, fika_person_get_id (person)))
        fika_plan_add_person (plan, person);
    }

  return g_steal_pointer (&catchup);
}

static FikaSeries *
make_series (FikaStore *store, GRand *random, GArray *people, GError **error)
{
  FikaDay today = fika_store_today (store);
  g_autoptr (FikaSeries) series = NULL;
  g_autoptr (FikaPerson) person = NULL;

  series = fika_series_new (FIKA_KIND_CALL, random_start (random, today - 400, today));
  fika_series_set_rule (series, "FREQ=WEEKLY");
  person = random_person (store, random, people, error);
  if (person == NULL)
    return NULL;
  fika_plan_add_person (FIKA_PLAN (series), person);
  set_lead (FIKA_PLAN (series), 10);

  return g_steal_pointer (&series);
}

static gboolean
next_batch (FikaStore *store, int number, GError **error)
{
  if (number % BATCH != BATCH - 1)
    return TRUE;
  return fika_store_commit (store, error)
         && fika_store_begin (store, "Make data", FIKA_SOURCE_IMPORT, error);
}

static gboolean
make_all (FikaStore *store, const MakeDataOptions *options, GRand *random, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (int64_t));

  for (int i = 0; i < options->people; i++)
    {
      g_autoptr (FikaPerson) draft = make_person (random, i);
      int64_t id = fika_person_table_insert (store, draft, error);

      if (id == 0 || !next_batch (store, i, error))
        return FALSE;
      g_array_append_val (people, id);
    }

  for (int i = 0; i < options->groups; i++)
    {
      g_autofree char *name = g_strdup_printf ("Group %d", i + 1);
      g_autoptr (FikaGroup) draft = fika_group_new (name);

      g_object_set (draft, "stage", i % FIKA_N_STAGES, "group-type", i % FIKA_N_GROUP_TYPES, NULL);
      if (fika_group_table_insert (store, draft, error) == 0)
        return FALSE;
    }

  if (people->len == 0)
    return TRUE;

  for (int i = 0; i < options->people / SERIES_ONE_IN; i++)
    {
      g_autoptr (FikaSeries) draft = make_series (store, random, people, error);

      if (draft == NULL || fika_series_table_insert (store, draft, error) == 0)
        return FALSE;
    }

  for (int i = 0; i < options->catchups + options->plans; i++)
    {
      gboolean planned = i >= options->catchups || i % PLANNED_ONE_IN == 0;
      g_autoptr (FikaCatchup) draft = make_catchup (store, random, people, i, planned, error);

      if (draft == NULL || fika_catchup_table_insert (store, draft, error) == 0
          || !next_batch (store, i, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * make_data:
 * @store: an empty store
 * @options: how much of what
 * @error: return location for an error
 *
 * Fills @store with invented people, catch-ups over ten years and ten weeks ahead, weekly series
 * and groups. The same options on the same day make the same data, but for the uids.
 *
 * Returns: whether all of it was written
 */
gboolean
make_data (FikaStore *store, const MakeDataOptions *options, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (options->seed);

  if (!fika_store_begin (store, "Make data", FIKA_SOURCE_IMPORT, error))
    return FALSE;
  if (!make_all (store, options, random, error))
    {
      fika_store_rollback (store);
      return FALSE;
    }

  return fika_store_commit (store, error);
}
