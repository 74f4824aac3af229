#include "config.h"

#include "plan/fika-rule.h"

#include "base/fika-error.h"
#include "base/fika-zone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than any sensible rule has; a rule with all days of a year fits. */
#define TEXT_MAX 2000

static const char *const freqs[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* The parts a rule may have, each once. */
typedef enum
{
  PART_FREQ,
  PART_INTERVAL,
  PART_COUNT,
  PART_UNTIL,
  PART_WKST,
  PART_BYMONTH,
  PART_BYMONTHDAY,
  PART_BYDAY,
  PART_BYYEARDAY,
  PART_BYWEEKNO,
  PART_BYSETPOS,
  N_PARTS,
} Part;

static const char *const parts[N_PARTS] = {
  "FREQ",       "INTERVAL", "COUNT",     "UNTIL",    "WKST",     "BYMONTH",
  "BYMONTHDAY", "BYDAY",    "BYYEARDAY", "BYWEEKNO", "BYSETPOS",
};

static int
find_word (const char *const *words, size_t n, const char *word)
{
  for (size_t i = 0; i < n; i++)
    {
      if (g_str_equal (words[i], word))
        return (int) i;
    }

  return -1;
}

/* A whole number, with a sign where @least is negative, in @least to @most. */
static gboolean
read_number (const char *text, int least, int most, int *number)
{
  const char *digits = text + (*text == '-' || *text == '+');
  int value = 0;

  if ((digits > text && least >= 0) || *digits == '\0' || strlen (digits) > 6)
    return FALSE;
  for (const char *p = digits; *p != '\0'; p++)
    {
      if (!g_ascii_isdigit (*p))
        return FALSE;
      value = value * 10 + (*p - '0');
    }
  *number = *text == '-' ? -value : value;

  return *number >= least && *number <= most;
}

static int
compare_ints (const void *a, const void *b)
{
  int first = *(const int *) a;
  int second = *(const int *) b;

  return (first > second) - (first < second);
}

/* A list of numbers other than 0 and at most @most away from it. */
static gboolean
read_numbers (const char *text, int least, int most, GArray *numbers)
{
  g_auto (GStrv) items = g_strsplit (text, ",", -1);

  for (size_t i = 0; items[i] != NULL; i++)
    {
      gboolean known = FALSE;
      int number;

      if (!read_number (items[i], least, most, &number) || number == 0)
        return FALSE;
      for (guint j = 0; j < numbers->len; j++)
        known = known || g_array_index (numbers, int, j) == number;
      if (!known)
        g_array_append_val (numbers, number);
    }
  g_array_sort (numbers, compare_ints);

  return numbers->len > 0;
}

static gboolean
read_days (FikaRule *self, const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, ",", -1);

  for (size_t i = 0; items[i] != NULL; i++)
    {
      size_t length = strlen (items[i]);
      gboolean known = FALSE;
      FikaRuleDay day = { 0 };

      if (length < 2)
        return FALSE;
      day.weekday = find_word (weekdays, G_N_ELEMENTS (weekdays), items[i] + length - 2);
      if (day.weekday < 0)
        return FALSE;
      if (length > 2)
        {
          g_autofree char *n = g_strndup (items[i], length - 2);

          if (!read_number (n, -53, 53, &day.n) || day.n == 0)
            return FALSE;
        }
      for (guint j = 0; j < self->days->len; j++)
        {
          const FikaRuleDay *other = &g_array_index (self->days, FikaRuleDay, j);

          known = known || (other->n == day.n && other->weekday == day.weekday);
        }
      if (!known)
        g_array_append_val (self->days, day);
    }

  return TRUE;
}

/* YYYYMMDD, YYYYMMDDTHHMMSS or that with a Z: RFC 5545, sections 3.3.4 and 3.3.5. */
static gboolean
read_until (FikaRule *self, const char *text)
{
  size_t length = strlen (text);
  int fields[6] = { 0 };
  FikaDay day;

  if (length != 8 && !(length == 15 && text[8] == 'T')
      && !(length == 16 && text[8] == 'T' && text[15] == 'Z'))
    return FALSE;

  for (size_t i = 0; i < MIN (length, 15); i++)
    {
      /* Where the year, month, day, T, hour, minute and second stand. */
      static const int field_of[15] = { 0, 0, 0, 0, 1, 1, 2, 2, -1, 3, 3, 4, 4, 5, 5 };

      if (field_of[i] < 0)
        continue;
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      fields[field_of[i]] = fields[field_of[i]] * 10 + (text[i] - '0');
    }

  day = fika_day_from_ymd (fields[0], fields[1], fields[2]);
  if (day == FIKA_DAY_NONE || fields[3] > 23 || fields[4] > 59 || fields[5] > 60)
    return FALSE;

  self->until_is_day = length == 8;
  if (self->until_is_day)
    self->until = fika_civil_new (day, 23, 59);
  else
    self->until = fika_civil_new (day, fields[3], fields[4]);
  if (length == 16)
    self->until = fika_zone_from_utc (FIKA_ZONE_HERE, self->until * 60);

  return TRUE;
}

static gboolean
read_part (FikaRule *self, Part part, const char *value)
{
  g_autoptr (GArray) numbers = NULL;
  int found;

  switch (part)
    {
    case PART_FREQ:
      found = find_word (freqs, G_N_ELEMENTS (freqs), value);
      if (found >= 0)
        self->freq = (FikaFreq) found;
      return found >= 0;
    case PART_INTERVAL:
      return read_number (value, 1, FIKA_RULE_INTERVAL_MAX, &self->interval);
    case PART_COUNT:
      return read_number (value, 1, FIKA_RULE_COUNT_MAX, &self->count);
    case PART_UNTIL:
      return read_until (self, value);
    case PART_WKST:
      self->week_start = find_word (weekdays, G_N_ELEMENTS (weekdays), value);
      return self->week_start >= 0;
    case PART_BYDAY:
      return read_days (self, value);
    case PART_BYYEARDAY:
      return read_numbers (value, -366, 366, self->year_days);
    case PART_BYWEEKNO:
      return read_numbers (value, -53, 53, self->week_numbers);
    case PART_BYSETPOS:
      return read_numbers (value, -366, 366, self->positions);
    case PART_BYMONTH:
      numbers = g_array_new (FALSE, FALSE, sizeof (int));
      if (!read_numbers (value, 1, 12, numbers))
        return FALSE;
      for (guint i = 0; i < numbers->len; i++)
        self->months |= 1u << g_array_index (numbers, int, i);
      return TRUE;
    case PART_BYMONTHDAY:
      numbers = g_array_new (FALSE, FALSE, sizeof (int));
      if (!read_numbers (value, -31, 31, numbers))
        return FALSE;
      for (guint i = 0; i < numbers->len; i++)
        {
          int day = g_array_index (numbers, int, i);

          if (day > 0)
            self->month_days |= 1u << day;
          else
            self->month_days_back |= 1u << -day;
        }
      return TRUE;
    case N_PARTS:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static int
compare_days (const void *a, const void *b, gpointer user_data)
{
  const FikaRuleDay *first = a;
  const FikaRuleDay *second = b;
  int week_start = GPOINTER_TO_INT (user_data);
  int order = (first->weekday - week_start + 7) % 7 - (second->weekday - week_start + 7) % 7;

  return order != 0 ? order : first->n - second->n;
}

static FikaRule *
rule_new (void)
{
  FikaRule *self = g_new0 (FikaRule, 1);

  self->interval = 1;
  self->until = FIKA_CIVIL_NONE;
  self->days = g_array_new (FALSE, FALSE, sizeof (FikaRuleDay));
  self->year_days = g_array_new (FALSE, FALSE, sizeof (int));
  self->week_numbers = g_array_new (FALSE, FALSE, sizeof (int));
  self->positions = g_array_new (FALSE, FALSE, sizeof (int));

  return self;
}

void
fika_rule_free (FikaRule *self)
{
  g_array_unref (self->days);
  g_array_unref (self->year_days);
  g_array_unref (self->week_numbers);
  g_array_unref (self->positions);
  g_free (self);
}

static gboolean
read_parts (FikaRule *self, const char *text, GError **error)
{
  g_auto (GStrv) items = g_strsplit (text, ";", -1);
  gboolean seen[N_PARTS] = { FALSE };

  for (size_t i = 0; items[i] != NULL; i++)
    {
      char *value = strchr (items[i], '=');
      int part;

      if (value == NULL)
        {
          g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                               _ ("That is not a repeating rule. Write it like "
                                  "FREQ=WEEKLY;BYDAY=SU."));
          return FALSE;
        }
      *value++ = '\0';

      part = find_word (parts, N_PARTS, items[i]);
      if (part < 0)
        return fika_rule_unsupported (items[i], error);
      if (seen[part])
        {
          g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                       /* Translators: %s is a part of a repeating rule such as "BYDAY". */
                       _ ("The repeating rule has %s twice. Remove one of them."), items[i]);
          return FALSE;
        }
      seen[part] = TRUE;

      if (part == PART_FREQ
          && (g_str_equal (value, "SECONDLY") || g_str_equal (value, "MINUTELY")
              || g_str_equal (value, "HOURLY")))
        {
          g_set_error_literal (
              error, FIKA_ERROR, FIKA_ERROR_UNSUPPORTED,
              _ ("Fika repeats a plan at most once a day. Use DAILY, WEEKLY, MONTHLY "
                 "or YEARLY."));
          return FALSE;
        }
      if (!read_part (self, (Part) part, value))
        return fika_rule_bad_value (items[i], value, error);
    }

  if (!seen[PART_FREQ])
    {
      g_set_error_literal (
          error, FIKA_ERROR, FIKA_ERROR_INVALID,
          _ ("The repeating rule does not say how often. Begin it with FREQ=DAILY, "
             "WEEKLY, MONTHLY or YEARLY."));
      return FALSE;
    }

  return TRUE;
}

/*
 * fika_rule_parse:
 * @text: a RECUR value of RFC 5545, section 3.3.10; letters in either case
 *
 * Returns: (transfer full): the rule, or NULL with FIKA_ERROR_INVALID or FIKA_ERROR_UNSUPPORTED
 */
FikaRule *
fika_rule_parse (const char *text, GError **error)
{
  g_autoptr (FikaRule) self = NULL;
  g_autofree char *upper = NULL;
  size_t length = strlen (text);

  if (length > TEXT_MAX)
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   _ ("The repeating rule is too long: it has %zu letters, and %d fit."), length,
                   TEXT_MAX);
      return NULL;
    }
  if (!g_str_is_ascii (text))
    {
      g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                           _ ("That is not a repeating rule. Write it like FREQ=WEEKLY;BYDAY=SU."));
      return NULL;
    }

  self = rule_new ();
  upper = g_ascii_strup (text, -1);
  if (!read_parts (self, upper, error))
    return NULL;
  g_array_sort_with_data (self->days, compare_days, GINT_TO_POINTER (self->week_start));

  if (!fika_rule_check (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
fika_rule_weekday_key (int weekday)
{
  g_return_val_if_fail (weekday >= 0 && weekday <= 6, weekdays[0]);

  return weekdays[weekday];
}

void
fika_rule_append_days (const FikaRule *self, GString *out)
{
  for (guint i = 0; i < self->days->len; i++)
    {
      const FikaRuleDay *day = &g_array_index (self->days, FikaRuleDay, i);

      g_string_append (out, i == 0 ? ";BYDAY=" : ",");
      if (day->n != 0)
        g_string_append_printf (out, "%d", day->n);
      g_string_append (out, weekdays[day->weekday]);
    }
}

void
fika_rule_append_month_days (uint32_t days, uint32_t back, GString *out)
{
  const char *before = ";BYMONTHDAY=";

  for (int day = 1; day <= 31; day++)
    {
      if (days & 1u << day)
        {
          g_string_append_printf (out, "%s%d", before, day);
          before = ",";
        }
    }
  for (int day = 31; day >= 1; day--)
    {
      if (back & 1u << day)
        {
          g_string_append_printf (out, "%s-%d", before, day);
          before = ",";
        }
    }
}

void
fika_rule_append_months (uint32_t months, GString *out)
{
  const char *before = ";BYMONTH=";

  for (int month = 1; month <= 12; month++)
    {
      if (months & 1u << month)
        {
          g_string_append_printf (out, "%s%d", before, month);
          before = ",";
        }
    }
}

void
fika_rule_append_numbers (const char *name, const GArray *numbers, GString *out)
{
  for (guint i = 0; i < numbers->len; i++)
    {
      if (i == 0)
        g_string_append_printf (out, ";%s=", name);
      else
        g_string_append_c (out, ',');
      g_string_append_printf (out, "%d", g_array_index (numbers, int, i));
    }
}

/*
 * fika_rule_to_string:
 *
 * Returns: (transfer full): the rule in one form, whatever order and case it was written in
 */
char *
fika_rule_to_string (const FikaRule *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_printf (out, "FREQ=%s", freqs[self->freq]);
  if (self->interval > 1)
    g_string_append_printf (out, ";INTERVAL=%d", self->interval);
  if (self->count > 0)
    g_string_append_printf (out, ";COUNT=%d", self->count);
  if (self->until != FIKA_CIVIL_NONE)
    {
      int year, month, mday;
      int minute = fika_civil_minute_of_day (self->until);

      fika_day_to_ymd (fika_civil_day (self->until), &year, &month, &mday);
      g_string_append_printf (out, ";UNTIL=%04d%02d%02d", year, month, mday);
      if (!self->until_is_day)
        g_string_append_printf (out, "T%02d%02d00", minute / 60, minute % 60);
    }
  fika_rule_append_months (self->months, out);
  fika_rule_append_numbers ("BYWEEKNO", self->week_numbers, out);
  fika_rule_append_numbers ("BYYEARDAY", self->year_days, out);
  fika_rule_append_month_days (self->month_days, self->month_days_back, out);
  fika_rule_append_days (self, out);
  fika_rule_append_numbers ("BYSETPOS", self->positions, out);
  if (self->week_start != 0)
    g_string_append_printf (out, ";WKST=%s", weekdays[self->week_start]);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
