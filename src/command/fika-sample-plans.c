#include "config.h"

#include "command/fika-sample-private.h"

#include "store/fika-catchup-table.h"
#include "store/fika-series-table.h"

#include <glib/gi18n-lib.h>

enum
{
  MONDAY,
  TUESDAY,
  WEDNESDAY,
  THURSDAY,
  FRIDAY,
  SATURDAY,
  SUNDAY
};

#define AT(hour, minute) ((hour) *60 + (minute))

/* What happened outside of series. */
static const struct
{
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
  { 6,
    AT (18, 30),
    FIKA_KIND_MEAL,
    { LI, JURGEN },
    120,
    N_ ("Li’s kitchen"),
    N_ ("Dumplings. Jürgen told of the mountain hut."),
    5,
    2 },
  { 11,
    AT (10, 30),
    FIKA_KIND_COFFEE,
    { SAM, NOBODY },
    60,
    N_ ("Blue Door Café"),
    N_ ("The new job is a lot, but the team is kind."),
    4,
    1 },
  { 16,
    AT (14, 0),
    FIKA_KIND_VIDEO,
    { MAYA, NOBODY },
    45,
    NULL,
    N_ ("She is looking at flats near the park."),
    5,
    1 },
  { 19, AT (15, 0), FIKA_KIND_WALK, { LI, NOBODY }, 75, N_ ("Along the river"), NULL, 4, 2 },
  { 24,
    AT (9, 0),
    FIKA_KIND_LETTER,
    { EMIL, NOBODY },
    0,
    NULL,
    N_ ("Sent the photos of the allotment."),
    4,
    1 },
  { 33, AT (12, 30), FIKA_KIND_COFFEE, { SAM, NOBODY }, 50, N_ ("Blue Door Café"), NULL, 4, 2 },
  { 47,
    AT (17, 15),
    FIKA_KIND_CALL,
    { JURGEN, NOBODY },
    25,
    NULL,
    N_ ("Planning the hike in summer."),
    4,
    1 },
  { 71,
    AT (11, 0),
    FIKA_KIND_MESSAGE,
    { PRIYA, NOBODY },
    0,
    NULL,
    N_ ("Thanked her for the book list."),
    3,
    1 },
};

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
add_catchup (FikaSample *self, FikaCatchup *draft, GError **error)
{
  fika_plan_set_sample (FIKA_PLAN (draft), TRUE);

  return fika_catchup_table_insert (self->store, draft, error) != 0;
}

static gboolean
add_past (FikaSample *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (past); i++)
    {
      FikaDay day = self->today - past[i].days_ago;
      g_autoptr (FikaCatchup) draft
          = fika_catchup_new (past[i].kind, fika_civil_new (day, 0, past[i].minute));
      FikaPlan *plan = FIKA_PLAN (draft);

      for (guint j = 0; j < G_N_ELEMENTS (past[i].people); j++)
        {
          if (past[i].people[j] != NOBODY)
            fika_plan_add_person (plan, self->people[past[i].people[j]]);
        }
      fika_plan_set_minutes (plan, past[i].minutes);
      fika_plan_set_place (plan, fika_sample_translate (past[i].place));
      fika_plan_set_notes (plan, fika_sample_translate (past[i].notes));
      fika_catchup_set_state (draft, FIKA_STATE_HAPPENED);
      fika_catchup_set_feeling (draft, past[i].feeling);
      fika_catchup_set_reached_out (draft, past[i].reached_out);
      if (!add_catchup (self, draft, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_planned (FikaSample *self, GError **error)
{
  g_autoptr (FikaCatchup) coffee = fika_catchup_new (
      FIKA_KIND_COFFEE, fika_civil_new (weekday_from (self->today + 1, TUESDAY), 10, 30));
  g_autoptr (FikaCatchup) walk = fika_catchup_new (
      FIKA_KIND_WALK, fika_civil_new (weekday_from (self->today + 1, SATURDAY), 12, 0));
  g_autoptr (FikaCatchup) video = fika_catchup_new (
      FIKA_KIND_VIDEO, fika_civil_new (weekday_from (self->today + 1, FRIDAY), 8, 0));

  fika_plan_add_person (FIKA_PLAN (coffee), self->people[SAM]);
  fika_plan_set_place (FIKA_PLAN (coffee), _ ("Blue Door Café"));
  fika_plan_set_minutes (FIKA_PLAN (coffee), 60);
  set_lead (FIKA_PLAN (coffee), 60);

  fika_plan_add_person (FIKA_PLAN (walk), self->people[LI]);
  fika_plan_set_window (FIKA_PLAN (walk), FIKA_WINDOW_AFTERNOON);
  fika_plan_set_place (FIKA_PLAN (walk), _ ("Along the river"));
  set_lead (FIKA_PLAN (walk), 0);

  fika_plan_add_person (FIKA_PLAN (video), self->people[MAYA]);
  fika_plan_set_zone (FIKA_PLAN (video), fika_person_get_zone (self->people[MAYA]));
  fika_plan_set_minutes (FIKA_PLAN (video), 45);
  fika_plan_set_link (FIKA_PLAN (video), "https://meet.example.com/maya");
  set_lead (FIKA_PLAN (video), 10);

  return add_catchup (self, coffee, error) && add_catchup (self, walk, error)
         && add_catchup (self, video, error);
}

/* The exception for an occurrence that has been: all of them happened, so nothing old is open. */
static gboolean
add_happened (FikaSample *self,
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

/* A series that began some weeks ago; what has been of it happened. `notes` is for the last time.
 * */
static gboolean
add_series (FikaSample *self, FikaSeries *draft, const char *notes, GError **error)
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
add_all_series (FikaSample *self, GError **error)
{
  FikaDay weeks_ago = self->today - 21;
  g_autoptr (FikaSeries) call
      = fika_series_new (FIKA_KIND_CALL, fika_civil_new (weekday_from (weeks_ago, SUNDAY), 17, 0));
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
  fika_plan_set_place (FIKA_PLAN (choir), fika_group_get_place (self->groups[CHOIR]));

  fika_series_set_rule (food_bank, "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA");
  fika_plan_set_group (FIKA_PLAN (food_bank), self->groups[FOOD_BANK]);
  fika_plan_set_window (FIKA_PLAN (food_bank), FIKA_WINDOW_MORNING);
  fika_plan_set_minutes (FIKA_PLAN (food_bank), 180);
  fika_plan_set_place (FIKA_PLAN (food_bank), fika_group_get_place (self->groups[FOOD_BANK]));

  fika_series_set_rule (book_club, "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU");
  fika_plan_set_group (FIKA_PLAN (book_club), self->groups[BOOK_CLUB]);
  fika_plan_set_minutes (FIKA_PLAN (book_club), 120);
  fika_plan_set_place (FIKA_PLAN (book_club), fika_group_get_place (self->groups[BOOK_CLUB]));

  return add_series (self, call, _ ("The first tomatoes are out."), error)
         && add_series (self, choir, _ ("Two new pieces for the summer concert."), error)
         && add_series (self, food_bank, _ ("Packed boxes with a good crew."), error)
         && add_series (self, book_club, "", error);
}

gboolean
fika_sample_add_plans (FikaSample *self, GError **error)
{
  return add_past (self, error) && add_planned (self, error) && add_all_series (self, error);
}
