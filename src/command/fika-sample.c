#include "config.h"

#include "command/fika-commands.h"

#include "base/fika-error.h"
#include "command/fika-command-private.h"
#include "store/fika-catchup-table.h"
#include "store/fika-group-table.h"
#include "store/fika-person-table.h"
#include "store/fika-related.h"
#include "store/fika-series-table.h"
#include "store/fika-topic-table.h"

#include <glib/gi18n-lib.h>

/*
 * A made-up life to look around in: some people, some weeks of catch-ups, three groups. Everything
 * counts from today. Phone numbers and addresses are from the ranges that are kept for fiction.
 */

enum {
  MUM,
  SAM,
  LI,
  MAYA,
  EMIL,
  JURGEN,
  PRIYA,
  TOMAS,
  NOOR,
  N_PEOPLE,
  NOBODY = -1,
};

enum {
  CHOIR,
  FOOD_BANK,
  BOOK_CLUB,
  N_GROUPS,
};

enum { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

#define AT(hour, minute) ((hour) * 60 + (minute))

/* What is being written. People and groups are there as soon as their rows are. */
typedef struct {
  FikaStore *store;
  FikaDay today;
  FikaPerson *people[N_PEOPLE];
  FikaGroup *groups[N_GROUPS];
} Sample;

static void
sample_clear (Sample *self)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    g_clear_object (&self->people[i]);
  for (guint i = 0; i < N_GROUPS; i++)
    g_clear_object (&self->groups[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sample, sample_clear)

static const struct {
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
  [MUM] = { N_("Mum"), "closest", 1u << FIKA_TIE_FAMILY, "020 7946 0101", NULL, NULL, NULL,
            N_("Likes to talk on Sunday afternoons, after the garden."), 3, 1961 },
  [SAM] = { "Sam Okafor", "closest", 1u << FIKA_TIE_FRIEND, "020 7946 0144", "sam@example.org",
            NULL, N_("At university, in the queue for the last cinnamon bun"),
            N_("Started a new job this spring."), 40, 1990 },
  [LI] = { "Li Wei", "close", 1u << FIKA_TIE_FRIEND | 1u << FIKA_TIE_NEIGHBOUR, "020 7946 0170",
           "li@example.org", NULL, N_("Moved in across the hall"), NULL, 0, 0 },
  [MAYA] = { "Maya Chen", "close", 1u << FIKA_TIE_FRIEND, "+1 212 555 0142", "maya@example.com",
             "America/New_York", N_("Shared a flat for three years"),
             N_("Mornings suit her, before work."), 75, 1988 },
  [EMIL] = { N_("Grandpa Emil"), "close", 1u << FIKA_TIE_FAMILY, "01632 960 118", NULL, NULL, NULL,
             N_("Loves letters more than calls."), 120, 1938 },
  [JURGEN] = { "Jürgen Vogt", "friends", 1u << FIKA_TIE_COLLEAGUE | 1u << FIKA_TIE_FRIEND,
               "+49 30 23125 014", "juergen@example.net", NULL, N_("Worked on the same team"), NULL,
               0, 0 },
  [PRIYA] = { "Priya Nair", "friends", 1u << FIKA_TIE_MENTOR, NULL, "priya@example.org", NULL,
              N_("Her talk at the library"), N_("Asked to hear how the course goes."), 0, 0 },
  [TOMAS] = { "Tomás Rivera", "wider", 1u << FIKA_TIE_ONLINE, NULL, "tomas@example.net",
              "America/Argentina/Buenos_Aires", N_("The astronomy forum"), NULL, 0, 0 },
  [NOOR] = { "Noor Haddad", "wider", 1u << FIKA_TIE_ACQUAINTANCE, "020 7946 0189", NULL, NULL,
             N_("Sings in the choir"), NULL, 160, 0 },
};

static const struct {
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
  [CHOIR] = { N_("Harbour Choir"), FIKA_GROUP_CLUB, FIKA_STAGE_MEMBER, NULL, 0,
              N_("St Olave’s Hall"), N_("5 a month"), 15, 30, N_("singing"), N_("joy"), NOOR,
              N_("soprano"), 0 },
  [FOOD_BANK] = { N_("Riverside Food Bank"), FIKA_GROUP_VOLUNTEERING, FIKA_STAGE_FIRST_VISIT,
                  N_("Ask Li about the van shifts"), 4, N_("The old boathouse"), NULL, 20, 12,
                  N_("cooking"), N_("fairness"), LI, N_("drives the van"), 120 },
  [BOOK_CLUB] = { N_("Tuesday Book Club"), FIKA_GROUP_CLUB, FIKA_STAGE_CURIOUS,
                  N_("Write to Priya and ask to come along"), 2, N_("Corner Library"), N_("free"),
                  10, 8, N_("reading"), N_("curiosity"), PRIYA, N_("host"), 0 },
};

/* What happened outside of series. */
static const struct {
  int days_ago;
  int minute;
  FikaKind kind;
  int people[2];
  int minutes;
  const char *place;
  const char *notes;
  int feeling;
  int reached_out;
} past[] = {
  { 6, AT (18, 30), FIKA_KIND_MEAL, { LI, JURGEN }, 120, N_("Li’s kitchen"),
    N_("Dumplings. Jürgen told of the mountain hut."), 5, 2 },
  { 11, AT (10, 30), FIKA_KIND_COFFEE, { SAM, NOBODY }, 60, N_("Blue Door Café"),
    N_("The new job is a lot, but the team is kind."), 4, 1 },
  { 16, AT (14, 0), FIKA_KIND_VIDEO, { MAYA, NOBODY }, 45, NULL,
    N_("She is looking at flats near the park."), 5, 1 },
  { 19, AT (15, 0), FIKA_KIND_WALK, { LI, NOBODY }, 75, N_("Along the river"), NULL, 4, 2 },
  { 24, AT (9, 0), FIKA_KIND_LETTER, { EMIL, NOBODY }, 0, NULL,
    N_("Sent the photos of the allotment."), 4, 1 },
  { 33, AT (12, 30), FIKA_KIND_COFFEE, { SAM, NOBODY }, 50, N_("Blue Door Café"), NULL, 4, 2 },
  { 47, AT (17, 15), FIKA_KIND_CALL, { JURGEN, NOBODY }, 25, NULL,
    N_("Planning the hike in summer."), 4, 1 },
  { 71, AT (11, 0), FIKA_KIND_MESSAGE, { PRIYA, NOBODY }, 0, NULL,
    N_("Thanked her for the book list."), 3, 1 },
};

static const struct {
  int person;
  gboolean promise;
  gboolean theirs;
  const char *text;
  int due_in; /* days from today; 0 = none */
} topics[] = {
  { MUM, FALSE, FALSE, N_("How the tomatoes are doing"), 0 },
  { SAM, FALSE, FALSE, N_("The new job, two months in"), 0 },
  { PRIYA, FALSE, FALSE, N_("How the course is going"), 0 },
  { MAYA, TRUE, FALSE, N_("Send the photos of the flat"), 5 },
  { LI, TRUE, TRUE, N_("Lends the tent"), 0 },
};

static const char *
translate (const char *text)
{
  return text != NULL ? g_dgettext (GETTEXT_PACKAGE, text) : "";
}

static void
add_birthday (Sample *self, FikaPerson *draft, int in, int year)
{
  g_autoptr (GPtrArray) occasions =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  int month, day;

  fika_day_to_ymd (self->today + in, NULL, &month, &day);
  if (month == 2 && day == 29)
    day = 28; /* exists in every year of birth */
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, NULL, year, month, day));
  fika_person_set_occasions (draft, occasions);
}

static gboolean
add_people (Sample *self, GError **error)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (FikaPerson) draft = fika_person_new (translate (people[i].name));
      g_autoptr (GPtrArray) contacts =
        g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
      int64_t id;

      g_object_set (draft, "zone", people[i].zone, "how-met", translate (people[i].how_met), "notes",
                    translate (people[i].notes), "sample", TRUE, NULL);
      fika_person_set_ties (draft, people[i].ties);
      fika_person_set_circle_id (draft,
                                 fika_store_circle_by_key (self->store, people[i].circle));
      if (people[i].phone != NULL)
        g_ptr_array_add (contacts,
                         fika_contact_new (FIKA_CONTACT_PHONE, _("mobile"), people[i].phone));
      if (people[i].email != NULL)
        g_ptr_array_add (contacts,
                         fika_contact_new (FIKA_CONTACT_EMAIL, _("home"), people[i].email));
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
add_groups (Sample *self, GError **error)
{
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autoptr (FikaGroup) draft = fika_group_new (translate (groups[i].name));
      g_autoptr (GPtrArray) interests = g_ptr_array_new ();
      g_autoptr (GPtrArray) values = g_ptr_array_new ();
      g_autoptr (GPtrArray) members =
        g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
      int64_t id;

      g_object_set (draft, "group-type", (int) groups[i].type, "stage", (int) groups[i].stage,
                    "next-step", translate (groups[i].next_step), "place",
                    translate (groups[i].place), "cost", translate (groups[i].cost),
                    "travel-minutes", groups[i].travel_minutes, "size", groups[i].size,
                    "goal-minutes", groups[i].goal_minutes, "goal-period", "week", "sample", TRUE,
                    NULL);
      if (groups[i].next_step_in != 0)
        g_object_set (draft, "next-step-day", self->today + groups[i].next_step_in, NULL);
      g_ptr_array_add (interests, (gpointer) translate (groups[i].interest));
      g_ptr_array_add (values, (gpointer) translate (groups[i].value));
      g_ptr_array_add (members,
                       fika_member_new (self->people[groups[i].member], translate (groups[i].role),
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

static void
set_lead (FikaPlan *plan, int minutes)
{
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (int));

  g_array_append_val (leads, minutes);
  fika_plan_set_leads (plan, leads);
}

/* The first such weekday that is `from` or later. */
static FikaDay
weekday_from (FikaDay from, int weekday)
{
  return from + (weekday - fika_day_weekday (from) + 7) % 7;
}

static gboolean
add_catchup (Sample *self, FikaCatchup *draft, GError **error)
{
  fika_plan_set_sample (FIKA_PLAN (draft), TRUE);

  return fika_catchup_table_insert (self->store, draft, error) != 0;
}

static gboolean
add_past (Sample *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      FikaDay day = self->today - past[i].days_ago;
      g_autoptr (FikaCatchup) draft =
        fika_catchup_new (past[i].kind, fika_civil_new (day, 0, past[i].minute));
      FikaPlan *plan = FIKA_PLAN (draft);

      for (guint j = 0; j < G_N_ELEMENTS (past[i].people); j++)
        {
          if (past[i].people[j] != NOBODY)
            fika_plan_add_person (plan, self->people[past[i].people[j]]);
        }
      fika_plan_set_minutes (plan, past[i].minutes);
      fika_plan_set_place (plan, translate (past[i].place));
      fika_plan_set_notes (plan, translate (past[i].notes));
      fika_catchup_set_state (draft, FIKA_STATE_HAPPENED);
      fika_catchup_set_feeling (draft, past[i].feeling);
      fika_catchup_set_reached_out (draft, past[i].reached_out);
      if (!add_catchup (self, draft, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_planned (Sample *self, GError **error)
{
  g_autoptr (FikaCatchup) coffee = fika_catchup_new (
    FIKA_KIND_COFFEE, fika_civil_new (weekday_from (self->today + 1, TUESDAY), 10, 30));
  g_autoptr (FikaCatchup) walk = fika_catchup_new (
    FIKA_KIND_WALK, fika_civil_new (weekday_from (self->today + 1, SATURDAY), 12, 0));
  g_autoptr (FikaCatchup) video = fika_catchup_new (
    FIKA_KIND_VIDEO, fika_civil_new (weekday_from (self->today + 1, FRIDAY), 8, 0));

  fika_plan_add_person (FIKA_PLAN (coffee), self->people[SAM]);
  fika_plan_set_place (FIKA_PLAN (coffee), _("Blue Door Café"));
  fika_plan_set_minutes (FIKA_PLAN (coffee), 60);
  set_lead (FIKA_PLAN (coffee), 60);

  fika_plan_add_person (FIKA_PLAN (walk), self->people[LI]);
  fika_plan_set_window (FIKA_PLAN (walk), FIKA_WINDOW_AFTERNOON);
  fika_plan_set_place (FIKA_PLAN (walk), _("Along the river"));
  set_lead (FIKA_PLAN (walk), 0);

  fika_plan_add_person (FIKA_PLAN (video), self->people[MAYA]);
  fika_plan_set_zone (FIKA_PLAN (video), people[MAYA].zone);
  fika_plan_set_minutes (FIKA_PLAN (video), 45);
  fika_plan_set_link (FIKA_PLAN (video), "https://meet.example.com/maya");
  set_lead (FIKA_PLAN (video), 10);

  return add_catchup (self, coffee, error) && add_catchup (self, walk, error) &&
         add_catchup (self, video, error);
}

/* The exception for an occurrence that has been: all of them happened, so nothing old is open. */
static gboolean
add_happened (Sample *self,
              int64_t series,
              FikaSeries *from,
              FikaCivil original,
              const char *notes,
              GError **error)
{
  FikaPlan *plan = FIKA_PLAN (from);
  g_autoptr (FikaCatchup) draft = fika_catchup_new (fika_plan_get_kind (plan), original);

  fika_plan_set_window (FIKA_PLAN (draft), fika_plan_get_window (plan));
  fika_plan_set_minutes (FIKA_PLAN (draft), fika_plan_get_minutes (plan));
  fika_plan_set_place (FIKA_PLAN (draft), fika_plan_get_place (plan));
  fika_plan_set_group (FIKA_PLAN (draft), fika_plan_get_group (plan));
  fika_plan_set_people (FIKA_PLAN (draft), fika_plan_get_people (plan));
  fika_plan_set_leads (FIKA_PLAN (draft), fika_plan_get_leads (plan));
  fika_plan_set_notes (FIKA_PLAN (draft), notes);
  fika_catchup_set_occurrence (draft, series, original);
  fika_catchup_set_state (draft, FIKA_STATE_HAPPENED);
  fika_catchup_set_feeling (draft, 4);
  if (fika_plan_get_group (plan) != NULL)
    fika_catchup_set_again (draft, FIKA_AGAIN_YES);
  if (fika_plan_get_group (plan) == self->groups[FOOD_BANK])
    fika_catchup_set_volunteer (draft, fika_plan_get_minutes (plan));

  return add_catchup (self, draft, error);
}

/* A series that began some weeks ago; what has been of it happened. `notes` is for the last time. */
static gboolean
add_series (Sample *self, FikaSeries *draft, const char *notes, GError **error)
{
  FikaCivil anchor = fika_plan_get_start (FIKA_PLAN (draft));
  FikaCivil midnight = fika_civil_new (self->today, 0, 0);
  g_autoptr (GArray) been = NULL;
  int64_t id;

  fika_plan_set_sample (FIKA_PLAN (draft), TRUE);
  set_lead (FIKA_PLAN (draft), 10);
  id = fika_series_table_insert (self->store, draft, error);
  if (id == 0)
    return FALSE;

  been = fika_recurrence_expand (fika_series_get_recurrence (draft), anchor, anchor, midnight, 10);
  for (guint i = 0; i < been->len; i++)
    {
      if (!add_happened (self, id, draft, g_array_index (been, FikaCivil, i),
                         i + 1 == been->len ? notes : "", error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_all_series (Sample *self, GError **error)
{
  FikaDay weeks_ago = self->today - 21;
  g_autoptr (FikaSeries) call = fika_series_new (
    FIKA_KIND_CALL, fika_civil_new (weekday_from (weeks_ago, SUNDAY), 17, 0));
  g_autoptr (FikaSeries) choir = fika_series_new (
    FIKA_KIND_SESSION, fika_civil_new (weekday_from (weeks_ago, THURSDAY), 19, 0));
  g_autoptr (FikaSeries) food_bank = fika_series_new (
    FIKA_KIND_SESSION, fika_civil_new (weekday_from (self->today - 14, SATURDAY), 8, 0));
  g_autoptr (FikaSeries) book_club = fika_series_new (
    FIKA_KIND_SESSION, fika_civil_new (weekday_from (self->today + 1, TUESDAY), 19, 30));

  fika_series_set_rule (call, "FREQ=WEEKLY;BYDAY=SU");
  fika_plan_add_person (FIKA_PLAN (call), self->people[MUM]);
  fika_plan_set_minutes (FIKA_PLAN (call), 45);

  fika_series_set_rule (choir, "FREQ=WEEKLY;BYDAY=TH");
  fika_plan_set_group (FIKA_PLAN (choir), self->groups[CHOIR]);
  fika_plan_set_minutes (FIKA_PLAN (choir), 90);
  fika_plan_set_place (FIKA_PLAN (choir), translate (groups[CHOIR].place));

  fika_series_set_rule (food_bank, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA");
  fika_plan_set_group (FIKA_PLAN (food_bank), self->groups[FOOD_BANK]);
  fika_plan_set_window (FIKA_PLAN (food_bank), FIKA_WINDOW_MORNING);
  fika_plan_set_minutes (FIKA_PLAN (food_bank), 180);
  fika_plan_set_place (FIKA_PLAN (food_bank), translate (groups[FOOD_BANK].place));

  fika_series_set_rule (book_club, "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU");
  fika_plan_set_group (FIKA_PLAN (book_club), self->groups[BOOK_CLUB]);
  fika_plan_set_minutes (FIKA_PLAN (book_club), 120);
  fika_plan_set_place (FIKA_PLAN (book_club), translate (groups[BOOK_CLUB].place));

  return add_series (self, call, _("The first tomatoes are out."), error) &&
         add_series (self, choir, _("Two new pieces for the summer concert."), error) &&
         add_series (self, food_bank, _("Packed boxes with a good crew."), error) &&
         add_series (self, book_club, "", error);
}

static gboolean
add_topics (Sample *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (topics); i++)
    {
      FikaTopic topic = {
        .person = fika_person_get_id (self->people[topics[i].person]),
        .promise = topics[i].promise,
        .theirs = topics[i].theirs,
        .text = (char *) translate (topics[i].text),
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
  g_auto (Sample) sample = { NULL };
  g_auto (FikaAction) action = FIKA_ACTION_INIT;

  g_return_val_if_fail (FIKA_IS_STORE (store), FALSE);

  if (fika_store_has_sample (store))
    return fika_invalid (error, _("The sample data is here already."));

  sample.store = store;
  sample.today = fika_store_today (store);

  return fika_action_begin (&action, store, _("Load the sample data"), source, error) &&
         add_people (&sample, error) && add_groups (&sample, error) && add_past (&sample, error) &&
         add_planned (&sample, error) && add_all_series (&sample, error) &&
         add_topics (&sample, error) && fika_action_commit (&action, error);
}

/**
 * fika_command_remove_sample:
 * @store: the store
 * @source: one of FIKA_SOURCE_*
 * @error: return location
 *
 * Takes the sample data away again, whole and alone: own plans lose the people of the sample, and go
 * only when nobody else is in them.
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

  if (!fika_action_begin (&action, store, _("Remove the sample data"), source, error))
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
