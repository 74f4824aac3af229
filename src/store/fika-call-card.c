#include "config.h"

#include "store/fika-reminder.h"

#include "base/fika-text.h"
#include "base/fika-when.h"
#include "base/fika-zone.h"
#include "store/fika-day-card-private.h"

#include <glib/gi18n-lib.h>

/*
 * What a reminder says. Plain text: whoever shows it escapes what their kind of text needs.
 */

#define MAX_TOPICS 3
#define MAX_NOTE_LETTERS 160

/**
 * fika_reminder_title:
 * @self: a reminder
 *
 * Who, how and when: "Call with Ada, 17:00". The time is that of the clock here; the day is said
 * where it is another than that of telling. Or what the day brings: "Ada's birthday – today".
 *
 * Returns: (transfer full): one line
 */
char *
fika_reminder_title (FikaReminder *self)
{
  g_autofree char *title = NULL;
  g_autofree char *when = NULL;
  FikaWindow window;
  FikaPlan *plan;
  FikaCivil start;
  FikaDay told;

  g_return_val_if_fail (self != NULL, NULL);

  if (fika_reminder_is_gone (self))
    return g_strdup (self->kind <= FIKA_REMINDER_ASKED ? _ ("This plan is no longer there")
                                                       : _ ("This is no longer there"));
  if (self->kind > FIKA_REMINDER_ASKED)
    return fika_reminder_day_title (self);

  plan = fika_occurrence_get_plan (self->occurrence);
  window = fika_plan_get_window (plan);
  start = fika_zone_from_utc (FIKA_ZONE_HERE, self->start);
  told = fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, self->due));
  title = fika_plan_dup_display_title (plan);
  if (self->kind == FIKA_REMINDER_ASKED)
    /* Translators: asked after a catch-up: what was planned: "Did it happen? Call with Ada". */
    return g_strdup_printf (_ ("Did it happen? %s"), title);
  if (fika_civil_day (start) == told)
    {
      when = fika_when_time_or_window (start, window);
      /* Translators: the title of a reminder: what and with whom, then the time: "Call with Ada,
       * 17:00". */
      return g_strdup_printf (C_ ("reminder", "%s, %s"), title, when);
    }
  when = fika_when_day_and_time (start, window, told);
  /* Translators: likewise with a day: "Meal with Ada – Tomorrow, 19:30". */
  return g_strdup_printf (C_ ("reminder", "%s – %s"), title, when);
}

static void
add_line (GString *body, const char *line)
{
  if (body->len > 0)
    g_string_append_c (body, '\n');
  g_string_append (body, line);
}

/* A note in one line, cut short. */
static char *
short_note (const char *note)
{
  g_autofree char *line = fika_text_clean_line (note);

  return fika_text_clip (line, MAX_NOTE_LETTERS);
}

static const char *
last_words (FikaKind kind)
{
  switch (fika_kind_channel (kind))
    {
    case FIKA_CHANNEL_TEXT:
      /* Translators: %s is "12 days ago". */
      return _ ("Last wrote %s");
    case FIKA_CHANNEL_TOGETHER:
      return _ ("Last met %s");
    case FIKA_CHANNEL_VIDEO:
    case FIKA_CHANNEL_VOICE:
    default:
      return _ ("Last talked %s");
    }
}

/* The last time with any of the people, and what was noted then, unless that is being said already:
 * a series hands its notes on to what happened. */
static void
add_last_time (GString *body, FikaStore *store, GPtrArray *people, const char *said)
{
  g_autoptr (FikaCatchup) last = NULL;
  g_autofree char *ago = NULL;
  g_autofree char *when = NULL;
  g_autofree char *note = NULL;
  FikaDay day;

  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (FikaCatchup) one
          = fika_store_last_with_person (store, g_ptr_array_index (people, i));

      if (one != NULL && (last == NULL || fika_catchup_get_utc (one) > fika_catchup_get_utc (last)))
        g_set_object (&last, one);
    }
  if (last == NULL)
    return;

  day = fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, fika_catchup_get_utc (last)));
  ago = fika_when_ago (day, fika_store_today (store));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  when = g_strdup_printf (last_words (fika_plan_get_kind (FIKA_PLAN (last))), ago);
#pragma GCC diagnostic pop
  note = short_note (fika_plan_get_notes (FIKA_PLAN (last)));
  if (*note != '\0' && g_strcmp0 (note, said) != 0)
    {
      /* Translators: "Last talked 12 days ago: " and what was noted then. */
      g_autofree char *line = g_strdup_printf (_ ("%s: %s"), when, note);

      add_line (body, line);
    }
  else
    add_line (body, when);
}

static void
add_topic (GString *body, FikaPerson *person, const FikaTopic *topic, gboolean several)
{
  g_autofree char *text = short_note (topic->text);
  g_autofree char *line = NULL;

  if (topic->promise && topic->theirs)
    /* Translators: a promise: a name, and what that person will do. */
    line = g_strdup_printf (_ ("• %s promised: %s"), fika_person_get_name (person), text);
  else if (topic->promise && several)
    /* Translators: a promise: a name, and what one will do for that person. */
    line = g_strdup_printf (_ ("• You promised %s: %s"), fika_person_get_name (person), text);
  else if (topic->promise)
    line = g_strdup_printf (_ ("• You promised: %s"), text);
  else if (several)
    /* Translators: something to raise: a name, and what to talk about with that person. */
    line = g_strdup_printf (_ ("• %s: %s"), fika_person_get_name (person), text);
  else
    line = g_strdup_printf (_ ("• %s"), text);
  add_line (body, line);
}

static void
add_topics (GString *body, FikaStore *store, GPtrArray *people)
{
  guint n = 0;

  for (guint i = 0; i < people->len && n < MAX_TOPICS; i++)
    {
      FikaPerson *person = g_ptr_array_index (people, i);
      g_autoptr (GPtrArray) topics = fika_store_topics (store, person, TRUE);

      for (guint j = 0; j < topics->len && n < MAX_TOPICS; j++, n++)
        add_topic (body, person, g_ptr_array_index (topics, j), people->len > 1);
    }
}

/* Their clock, where it shows another time than the one here. */
static void
add_local_times (GString *body, GPtrArray *people, int64_t start)
{
  for (guint i = 0; i < people->len; i++)
    {
      FikaPerson *person = g_ptr_array_index (people, i);
      const char *zone = fika_person_get_zone (person);
      g_autofree char *time = NULL;
      g_autofree char *line = NULL;
      FikaCivil there;

      if (*zone == '\0' || !fika_zone_valid (zone))
        continue;
      there = fika_zone_from_utc (zone, start);
      if (there == fika_zone_from_utc (FIKA_ZONE_HERE, start))
        continue;
      time = fika_when_time (there);
      /* Translators: a time of day, and the name of somebody in another time zone. */
      line = g_strdup_printf (_ ("%s for %s"), time, fika_person_get_name (person));
      add_line (body, line);
    }
}

/**
 * fika_reminder_body:
 * @self: a reminder
 * @store: the store that it is from
 *
 * What helps to begin: where it is, their local time where it differs, what was noted for it, the
 * last time and its note, and up to three open topics and promises.
 *
 * Returns: (transfer full): some lines, or ""
 */
char *
fika_reminder_body (FikaReminder *self, FikaStore *store)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autofree char *note = NULL;
  FikaPlan *plan;
  GPtrArray *people;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (FIKA_IS_STORE (store), NULL);

  if (fika_reminder_is_gone (self))
    return g_strdup ("");
  if (self->kind == FIKA_REMINDER_OCCASION)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();

      g_ptr_array_add (one, self->person);
      fika_reminder_add_age (self, body);
      add_last_time (body, store, one, NULL);
      add_topics (body, store, one);
      return g_string_free (g_steal_pointer (&body), FALSE);
    }
  if (self->kind > FIKA_REMINDER_ASKED)
    return fika_reminder_day_body (self, store);
  plan = fika_occurrence_get_plan (self->occurrence);
  people = fika_plan_get_people (plan);
  if (self->kind == FIKA_REMINDER_ASKED)
    return fika_when_day_and_time (fika_zone_from_utc (FIKA_ZONE_HERE, self->start),
                                   fika_plan_get_window (plan), fika_store_today (store));

  if (*fika_plan_get_place (plan) != '\0')
    add_line (body, fika_plan_get_place (plan));
  if (fika_plan_get_window (plan) == FIKA_WINDOW_EXACT)
    add_local_times (body, people, self->start);
  note = short_note (fika_plan_get_notes (plan));
  if (*note != '\0')
    add_line (body, note);
  add_last_time (body, store, people, note);
  add_topics (body, store, people);
  return g_string_free (g_steal_pointer (&body), FALSE);
}

/* What became of the plan, where that says more than what became of its reminder. */
static const char *
outcome_of_plan (FikaReminder *self)
{
  if (self->topic != NULL && self->topic->closed != FIKA_UTC_NONE)
    return self->topic->promise ? C_ ("reminder", "Kept") : C_ ("reminder", "Raised");
  if (self->occurrence == NULL)
    return NULL;
  switch (fika_occurrence_get_state (self->occurrence))
    {
    case FIKA_STATE_HAPPENED:
      return C_ ("reminder", "Logged");
    case FIKA_STATE_SKIPPED:
      return C_ ("reminder", "Skipped");
    case FIKA_STATE_CANCELLED:
      return C_ ("reminder", "Called off");
    case FIKA_STATE_PLANNED:
    default:
      return NULL;
    }
}

/**
 * fika_reminder_outcome:
 * @self: a reminder that was told
 *
 * Returns: what became of it, in a word or two
 */
const char *
fika_reminder_outcome (FikaReminder *self)
{
  const char *of_plan;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->state == FIKA_REMINDER_PENDING || self->state == FIKA_REMINDER_POSTING)
    return self->shown_at > 0 ? C_ ("reminder", "Snoozed") : C_ ("reminder", "To come");

  of_plan = outcome_of_plan (self);
  if (of_plan != NULL)
    return of_plan;

  switch (self->state)
    {
    case FIKA_REMINDER_DISMISSED:
      return C_ ("reminder", "Dismissed");
    case FIKA_REMINDER_MISSED:
      return C_ ("reminder", "While you were away");
    case FIKA_REMINDER_SHOWN:
    case FIKA_REMINDER_DONE:
    case FIKA_REMINDER_PENDING:
    case FIKA_REMINDER_POSTING:
    default:
      return C_ ("reminder", "Told");
    }
}
