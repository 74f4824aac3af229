#include "config.h"

#include "store/fika-day-card-private.h"

#include "base/fika-text.h"
#include "base/fika-when.h"
#include "base/fika-zone.h"
#include "store/fika-occasions.h"

#include <glib/gi18n-lib.h>

/* So many lines of a day are told before the rest is only counted. */
#define MAX_LINES 6
#define MAX_TEXT_LETTERS 160

static FikaDay
told_on (FikaReminder *self)
{
  return fika_civil_day (fika_zone_from_utc (FIKA_ZONE_HERE, self->due));
}

/* "Ada's birthday" */
static char *
occasion_words (FikaPerson *person, const FikaOccasion *occasion)
{
  const char *name = fika_person_get_name (person);

  if (*occasion->label != '\0')
    /* Translators: a date of a person: the name, and what it is: "Ada: Wedding". */
    return g_strdup_printf (C_ ("occasion", "%s: %s"), name, occasion->label);
  switch (occasion->kind)
    {
    case FIKA_OCCASION_BIRTHDAY:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("%s’s birthday"), name);
    case FIKA_OCCASION_ANNIVERSARY:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("%s’s anniversary"), name);
    case FIKA_OCCASION_OTHER:
    default:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("A date of %s’s"), name);
    }
}

/* Likewise with the day, as seen on the day of telling. */
static char *
with_day (char *words, FikaDay day, FikaDay told)
{
  g_autofree char *taken = words;
  g_autofree char *when = fika_when_day (day, told);

  /* Translators: what, and a day: "Ada’s birthday – Friday". */
  return g_strdup_printf (C_ ("reminder", "%s – %s"), taken, when);
}

char *
fika_reminder_day_title (FikaReminder *self)
{
  switch (self->kind)
    {
    case FIKA_REMINDER_OCCASION:
      return with_day (occasion_words (self->person, self->occasion), self->day, told_on (self));
    case FIKA_REMINDER_TOPIC:
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("To raise with %s"), fika_person_get_name (self->person));
    case FIKA_REMINDER_PROMISE:
      if (self->topic->theirs)
        /* Translators: %s is a name. */
        return g_strdup_printf (_ ("%s promised you"), fika_person_get_name (self->person));
      /* Translators: %s is a name. */
      return g_strdup_printf (_ ("You promised %s"), fika_person_get_name (self->person));
    case FIKA_REMINDER_STEP:
      if (fika_reminder_is_private (self))
        return g_strdup (_ ("A next step of yours"));
      /* Translators: %s is the name of a group. */
      return g_strdup_printf (_ ("Next step: %s"), fika_group_get_name (self->group));
    case FIKA_REMINDER_DIGEST:
    case FIKA_REMINDER_PLAN:
    case FIKA_REMINDER_ASKED:
    default:
      /* Translators: the title of a notification that lists what there is on a day. */
      return g_strdup (_ ("Your day"));
    }
}

void
fika_reminder_add_age (FikaReminder *self, GString *body)
{
  int year, month, day;
  int years;

  if (self->occasion->year == 0)
    return;
  fika_day_to_ymd (self->day, &year, &month, &day);
  years = year - self->occasion->year;
  if (years <= 0)
    return;
  if (self->occasion->kind == FIKA_OCCASION_BIRTHDAY)
    /* Translators: of a birthday: how old the person will be. */
    g_string_append_printf (
        body, g_dngettext (GETTEXT_PACKAGE, "Turns %d", "Turns %d", (gulong) years), years);
  else
    g_string_append_printf (
        body, g_dngettext (GETTEXT_PACKAGE, "%d year", "%d years", (gulong) years), years);
}

static char *
agenda_line (FikaOccurrence *occurrence)
{
  FikaPlan *plan = fika_occurrence_get_plan (occurrence);
  FikaGroup *group = fika_plan_get_group (plan);
  FikaCivil start = fika_zone_from_utc (FIKA_ZONE_HERE, fika_occurrence_get_utc (occurrence));
  g_autofree char *when = fika_when_time_or_window (start, fika_plan_get_window (plan));
  g_autofree char *title = NULL;

  if (group != NULL && fika_group_get_private_group (group))
    title = g_strdup (fika_kind_label (fika_plan_get_kind (plan)));
  else
    title = fika_plan_dup_display_title (plan);
  /* Translators: a plan in a list of a day: the time, and what. */
  return g_strdup_printf (C_ ("digest", "%s: %s"), when, title);
}

static void
add_line (GString *body, guint *n, const char *text)
{
  if ((*n)++ >= MAX_LINES)
    return;
  if (body->len > 0)
    g_string_append_c (body, '\n');
  g_string_append (body, text);
}

/* What there is on the day: nothing at all on an empty one. */
static char *
digest_body (FikaReminder *self, FikaStore *store)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GPtrArray) occasions = NULL;
  g_autoptr (GPtrArray) agenda = NULL;
  guint n = 0;

  occasions = fika_store_occasions (store, self->day, self->day + 1, NULL);
  for (guint i = 0; occasions != NULL && i < occasions->len; i++)
    {
      FikaDayOccasion *one = g_ptr_array_index (occasions, i);
      g_autofree char *words = occasion_words (one->person, one->occasion);

      add_line (body, &n, words);
    }
  agenda = fika_store_agenda (store, fika_civil_new (self->day, 0, 0),
                              fika_civil_new (self->day + 1, 0, 0), NULL);
  for (guint i = 0; agenda != NULL && i < agenda->len; i++)
    {
      FikaOccurrence *occurrence = g_ptr_array_index (agenda, i);
      g_autofree char *line = NULL;

      if (fika_occurrence_get_state (occurrence) != FIKA_STATE_PLANNED)
        continue;
      line = agenda_line (occurrence);
      add_line (body, &n, line);
    }
  if (n > MAX_LINES)
    {
      g_string_append_c (body, '\n');
      g_string_append_printf (
          body, g_dngettext (GETTEXT_PACKAGE, "and %u more", "and %u more", n - MAX_LINES),
          n - MAX_LINES);
    }
  return g_string_free (g_steal_pointer (&body), FALSE);
}

char *
fika_reminder_day_body (FikaReminder *self, FikaStore *store)
{
  g_autofree char *line = NULL;

  switch (self->kind)
    {
    case FIKA_REMINDER_DIGEST:
      return digest_body (self, store);
    case FIKA_REMINDER_STEP:
      if (fika_reminder_is_private (self))
        return g_strdup ("");
      line = fika_text_clean_line (fika_group_get_next_step (self->group));
      return fika_text_clip (line, MAX_TEXT_LETTERS);
    case FIKA_REMINDER_TOPIC:
    case FIKA_REMINDER_PROMISE:
      line = fika_text_clean_line (self->topic->text);
      return fika_text_clip (line, MAX_TEXT_LETTERS);
    case FIKA_REMINDER_PLAN:
    case FIKA_REMINDER_ASKED:
    case FIKA_REMINDER_OCCASION:
    default:
      return g_strdup ("");
    }
}
