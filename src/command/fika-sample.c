#include "config.h"

#include "command/fika-commands.h"

#include "base/fika-error.h"
#include "command/fika-command-private.h"
#include "command/fika-sample-private.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-related.h"
#include "store/fika-topic-table.h"

#include <glib/gi18n-lib.h>

/*
 * A made-up life to look around in: some people, some weeks of catch-ups, three groups. Everything
 * counts from today. Phone numbers and addresses are from the ranges that are kept for fiction.
 */

static void
sample_clear (FikaSample *self)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    g_clear_object (&self->people[i]);
  for (guint i = 0; i < N_GROUPS; i++)
    g_clear_object (&self->groups[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FikaSample, sample_clear)

static const struct
{
  const char *name;
  const char *circle;
  guint ties;
  const char *phone;
  const char *email;
  const char *zone;
  const char *how_met;
  const char *notes;
  int birthday_in; /* days from today; 0 = unknown */
  int birth_year;  /* 0 = unknown */
} people[N_PEOPLE] = {
  [MUM] = { N_ ("Mum"), "closest", 1u << FIKA_TIE_FAMILY, "020 7946 0101", NULL, NULL, NULL,
            N_ ("Likes to talk on Sunday afternoons, after the garden."), 3, 1961 },
  [SAM] = { "Sam Okafor", "closest", 1u << FIKA_TIE_FRIEND, "020 7946 0144", "sam@example.org",
            NULL, N_ ("At university, in the queue for the last cinnamon bun"),
            N_ ("Started a new job this spring."), 40, 1990 },
  [LI] = { "Li Wei", "close", 1u << FIKA_TIE_FRIEND | 1u << FIKA_TIE_NEIGHBOUR, "020 7946 0170",
           "li@example.org", NULL, N_ ("Moved in across the hall"), NULL, 0, 0 },
  [MAYA] = { "Maya Chen", "close", 1u << FIKA_TIE_FRIEND, "+1 212 555 0142", "maya@example.com",
             "America/New_York", N_ ("Shared a flat for three years"),
             N_ ("Mornings suit her, before work."), 75, 1988 },
  [EMIL] = { N_ ("Grandpa Emil"), "close", 1u << FIKA_TIE_FAMILY, "01632 960 118", NULL, NULL, NULL,
             N_ ("Loves letters more than calls."), 120, 1938 },
  [JURGEN]
  = { "Jürgen Vogt", "friends", 1u << FIKA_TIE_COLLEAGUE | 1u << FIKA_TIE_FRIEND,
      "+49 30 23125 014", "juergen@example.net", NULL, N_ ("Worked on the same team"), NULL, 0, 0 },
  [PRIYA] = { "Priya Nair", "friends", 1u << FIKA_TIE_MENTOR, NULL, "priya@example.org", NULL,
              N_ ("Her talk at the library"), N_ ("Asked to hear how the course goes."), 0, 0 },
  [TOMAS] = { "Tomás Rivera", "wider", 1u << FIKA_TIE_ONLINE, NULL, "tomas@example.net",
              "America/Argentina/Buenos_Aires", N_ ("The astronomy forum"), NULL, 0, 0 },
  [NOOR] = { "Noor Haddad", "wider", 1u << FIKA_TIE_ACQUAINTANCE, "020 7946 0189", NULL, NULL,
             N_ ("Sings in the choir"), NULL, 160, 0 },
};

static const struct
{
  const char *name;
  FikaGroupType type;
  FikaStage stage;
  const char *next_step;
  int next_step_in; /* days from today; 0 = none */
  const char *place;
  const char *cost;
  int travel_minutes;
  int size;
  const char *interest;
  const char *value;
  int member;
  const char *role;
  int goal_minutes;
} groups[N_GROUPS] = {
  [CHOIR]
  = { N_ ("Harbour Choir"), FIKA_GROUP_CLUB, FIKA_STAGE_MEMBER, NULL, 0, N_ ("St Olave’s Hall"),
      N_ ("5 a month"), 15, 30, N_ ("singing"), N_ ("joy"), NOOR, N_ ("soprano"), 0 },
  [FOOD_BANK] = { N_ ("Riverside Food Bank"), FIKA_GROUP_VOLUNTEERING, FIKA_STAGE_FIRST_VISIT,
                  N_ ("Ask Li about the van shifts"), 4, N_ ("The old boathouse"), NULL, 20, 12,
                  N_ ("cooking"), N_ ("fairness"), LI, N_ ("drives the van"), 120 },
  [BOOK_CLUB] = { N_ ("Tuesday Book Club"), FIKA_GROUP_CLUB, FIKA_STAGE_CURIOUS,
                  N_ ("Write to Priya and ask to come along"), 2, N_ ("Corner Library"),
                  N_ ("free"), 10, 8, N_ ("reading"), N_ ("curiosity"), PRIYA, N_ ("host"), 0 },
};

static const struct
{
  int person;
  gboolean promise;
  gboolean theirs;
  const char *text;
  int due_in; /* days from today; 0 = none */
} topics[] = {
  { MUM, FALSE, FALSE, N_ ("How the tomatoes are doing"), 0 },
  { SAM, FALSE, FALSE, N_ ("The new job, two months in"), 0 },
  { PRIYA, FALSE, FALSE, N_ ("How the course is going"), 0 },
  { MAYA, TRUE, FALSE, N_ ("Send the photos of the flat"), 5 },
  { LI, TRUE, TRUE, N_ ("Lends the tent"), 0 },
};

const char *
fika_sample_translate (const char *text)
{
  return text != NULL ? g_dgettext (GETTEXT_PACKAGE, text) : "";
}

static void
add_birthday (FikaSample *self, FikaPerson *draft, int in, int year)
{
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  int month, day;

  fika_day_to_ymd (self->today + in, NULL, &month, &day);
  if (month == 2 && day == 29)
    day = 28; /* exists in every year of birth */
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, NULL, year, month, day));
  fika_person_set_occasions (draft, occasions);
}

static gboolean
add_people (FikaSample *self, GError **error)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (FikaPerson) draft = fika_person_new (fika_sample_translate (people[i].name));
      g_autoptr (GPtrArray) contacts
          = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
      int64_t id;

      g_object_set (draft, "zone", people[i].zone, "how-met",
                    fika_sample_translate (people[i].how_met), "notes",
                    fika_sample_translate (people[i].notes), "sample", TRUE, NULL);
      fika_person_set_ties (draft, people[i].ties);
      fika_person_set_circle_id (draft, fika_store_circle_by_key (self->store, people[i].circle));
      if (people[i].phone != NULL)
        g_ptr_array_add (contacts,
                         fika_contact_new (FIKA_CONTACT_PHONE, _ ("mobile"), people[i].phone));
      if (people[i].email != NULL)
        g_ptr_array_add (contacts,
                         fika_contact_new (FIKA_CONTACT_EMAIL, _ ("home"), people[i].email));
      fika_person_set_contacts (draft, contacts);
      if (people[i].birthday_in != 0)
        add_birthday (self, draft, people[i].birthday_in, people[i].birth_year);

      id = fika_person_table_insert (self->store, draft, error);
      if (id == 0)
        return FALSE;
      self->people[i] = fika_store_get_person (self->store, id, error);
      if (self->people[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_groups (FikaSample *self, GError **error)
{
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autoptr (FikaGroup) draft = fika_group_new (fika_sample_translate (groups[i].name));
      g_autoptr (GPtrArray) interests = g_ptr_array_new ();
      g_autoptr (GPtrArray) values = g_ptr_array_new ();
      g_autoptr (GPtrArray) members
          = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
      int64_t id;

      g_object_set (draft, "group-type", (int) groups[i].type, "stage", (int) groups[i].stage,
                    "next-step", fika_sample_translate (groups[i].next_step), "place",
                    fika_sample_translate (groups[i].place), "cost",
                    fika_sample_translate (groups[i].cost), "travel-minutes",
                    groups[i].travel_minutes, "size", groups[i].size, "goal-minutes",
                    groups[i].goal_minutes, "goal-period", "week", "sample", TRUE, NULL);
      if (groups[i].next_step_in != 0)
        g_object_set (draft, "next-step-day", self->today + groups[i].next_step_in, NULL);
      g_ptr_array_add (interests, (gpointer) fika_sample_translate (groups[i].interest));
      g_ptr_array_add (values, (gpointer) fika_sample_translate (groups[i].value));
      g_ptr_array_add (members, fika_member_new (self->people[groups[i].member],
                                                 fika_sample_translate (groups[i].role),
                                                 FIKA_DAY_NONE, FIKA_DAY_NONE));
      fika_group_set_interests (draft, interests);
      fika_group_set_values (draft, values);
      fika_group_set_members (draft, members);

      id = fika_group_table_insert (self->store, draft, error);
      if (id == 0)
        return FALSE;
      self->groups[i] = fika_store_get_group (self->store, id, error);
      if (self->groups[i] == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_topics (FikaSample *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      FikaTopic topic = {
        .person = fika_person_get_id (self->people[topics[i].person]),
        .promise = topics[i].promise,
        .theirs = topics[i].theirs,
        .text = (char *) fika_sample_translate (topics[i].text),
        .day = topics[i].due_in != 0 ? self->today + topics[i].due_in : FIKA_DAY_NONE,
        .closed = FIKA_UTC_NONE,
      };

      if (fika_topic_table_insert (self->store, &topic, error) == 0)
        return FALSE;
    }

  return TRUE;
}

/**
 * fika_command_load_sample:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Adds the sample data, marked as such.
 *
 * Returns: %FALSE with %FIKA_ERROR_INVALID where it is there already, or an error of the store
 */
gboolean
fika_command_load_sample (FikaStore *store, const char *source, GError **error)
{
  g_auto (FikaSample) sample = { NULL };
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  if (fika_store_has_sample (store))
    return fika_invalid (error, _ ("The sample data is here already."));

  sample.store = store;
  sample.today = fika_store_today (store);

  return fika_action_begin (&action, store, _ ("Load the sample data"), source, error)
         && add_people (&sample, error) && add_groups (&sample, error)
         && fika_sample_add_plans (&sample, error) && add_topics (&sample, error)
         && fika_action_commit (&action, error);
}

/**
 * fika_command_remove_sample:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Takes the sample data away again, whole and alone: own plans lose the people of the sample, and
 * go only when nobody else is in them.
 *
 * Returns: %FALSE with an error
 */
gboolean
fika_command_remove_sample (FikaStore *store, const char *source, GError **error)
{
  g_autoptr (GArray) sample_people = NULL;
  g_autoptr (GArray) sample_groups = NULL;
  g_autoptr (GArray) sample_series = NULL;
  g_autoptr (GArray) sample_catchups = NULL;
  g_auto (FikaTakeAway) away = FIKA_TAKE_AWAY_INIT;
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  if (!fika_action_begin (&action, store, _ ("Remove the sample data"), source, error))
    return FALSE;

  sample_people = fika_related_sample_people (store, error);
  if (sample_people == NULL)
    return FALSE;
  sample_groups = fika_related_sample_groups (store, error);
  if (sample_groups == NULL)
    return FALSE;
  sample_series = fika_related_sample_series (store, error);
  if (sample_series == NULL)
    return FALSE;
  sample_catchups = fika_related_sample_catchups (store, error);
  if (sample_catchups == NULL)
    return FALSE;

  fika_take_away_add_all (&away.people, sample_people);
  fika_take_away_add_all (&away.groups, sample_groups);
  fika_take_away_add_all (&away.series, sample_series);
  fika_take_away_add_all (&away.catchups, sample_catchups);

  return fika_take_away_run (&away, store, error) && fika_action_commit (&action, error);
}
