#include "config.h"

#include "ui/catchup/fika-repeat-rule.h"

#include <string.h>

/* RFC 5545, section 3.3.10; Monday first, as fika_day_weekday () counts. */
static const char *const day_codes[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

static void
append_weekdays (GString *rule, guint weekdays)
{
  const char *separator = ";BYDAY=";

  for (guint i = 0; i < 7; i++)
    {
      if ((weekdays & (1u << i)) == 0)
        continue;
      g_string_append_printf (rule, "%s%s", separator, day_codes[i]);
      separator = ",";
    }
}

/**
 * fika_repeat_to_rule:
 * @self: what the fields say; neither never, nor after the last time, nor kept
 * @start: the first day, which decides what the fields leave to it
 *
 * Returns: (transfer full): the RECUR value (RFC 5545, section 3.3.10)
 */
char *
fika_repeat_to_rule (const FikaRepeat *self, FikaDay start)
{
  static const char *const units[] = {
    [FIKA_REPEAT_DAILY] = "DAILY",
    [FIKA_REPEAT_WEEKLY] = "WEEKLY",
    [FIKA_REPEAT_MONTHLY] = "MONTHLY",
    [FIKA_REPEAT_YEARLY] = "YEARLY",
  };
  g_autoptr (GString) rule = NULL;
  int year;
  int month;
  int day;

  g_return_val_if_fail (self->unit >= FIKA_REPEAT_DAILY && self->unit <= FIKA_REPEAT_YEARLY, NULL);

  rule = g_string_new (NULL);
  g_string_printf (rule, "FREQ=%s", units[self->unit]);
  if (self->interval > 1)
    g_string_append_printf (rule, ";INTERVAL=%d", self->interval);
  fika_day_to_ymd (start, &year, &month, &day);
  if (self->unit == FIKA_REPEAT_WEEKLY)
    append_weekdays (rule, self->weekdays != 0 ? self->weekdays : 1u << fika_day_weekday (start));
  else if (self->unit == FIKA_REPEAT_MONTHLY)
    {
      const char *code = day_codes[fika_day_weekday (start)];

      switch (self->monthly)
        {
        case FIKA_MONTHLY_LAST_DAY:
          g_string_append (rule, ";BYMONTHDAY=-1");
          break;
        case FIKA_MONTHLY_NTH:
          g_string_append_printf (rule, ";BYDAY=%d%s", (day - 1) / 7 + 1, code);
          break;
        case FIKA_MONTHLY_LAST:
          g_string_append_printf (rule, ";BYDAY=-1%s", code);
          break;
        case FIKA_MONTHLY_DAY:
        default:
          g_string_append_printf (rule, ";BYMONTHDAY=%d", day);
        }
    }
  if (self->ends == FIKA_ENDS_ON)
    {
      fika_day_to_ymd (self->until, &year, &month, &day);
      g_string_append_printf (rule, ";UNTIL=%04d%02d%02d", year, month, day);
    }
  else if (self->ends == FIKA_ENDS_AFTER)
    g_string_append_printf (rule, ";COUNT=%d", self->count);
  return g_string_free (g_steal_pointer (&rule), FALSE);
}

static gboolean
read_number (const char *text, int least, int most, int *number)
{
  gint64 value;

  if (!g_ascii_string_to_signed (text, 10, least, most, &value, NULL))
    return FALSE;
  *number = (int) value;
  return TRUE;
}

static int
day_code (const char *text)
{
  for (int i = 0; i < 7; i++)
    {
      if (strcmp (day_codes[i], text) == 0)
        return i;
    }
  return -1;
}

static gboolean
read_weekdays (const char *text, guint *weekdays)
{
  g_auto (GStrv) codes = g_strsplit (text, ",", -1);

  *weekdays = 0;
  for (guint i = 0; codes[i] != NULL; i++)
    {
      int code = day_code (codes[i]);

      if (code < 0)
        return FALSE;
      *weekdays |= 1u << code;
    }
  return TRUE;
}

/* "2SU" or "-1SU", where the start is such a day: the fields take both from it. */
static gboolean
read_nth (const char *text, FikaDay start, FikaMonthlyBy *monthly)
{
  char *code = NULL;
  gint64 nth = g_ascii_strtoll (text, &code, 10);
  int year;
  int month;
  int day;

  if (code == text || day_code (code) != fika_day_weekday (start))
    return FALSE;
  fika_day_to_ymd (start, &year, &month, &day);
  if (nth == (day - 1) / 7 + 1)
    *monthly = FIKA_MONTHLY_NTH;
  else if (nth == -1 && day + 7 > fika_days_in_month (year, month))
    *monthly = FIKA_MONTHLY_LAST;
  else
    return FALSE;
  return TRUE;
}

static gboolean
read_monthday (const char *text, FikaDay start, FikaMonthlyBy *monthly)
{
  int number;
  int day;

  if (!read_number (text, -31, 31, &number))
    return FALSE;
  fika_day_to_ymd (start, NULL, NULL, &day);
  if (number == -1)
    *monthly = FIKA_MONTHLY_LAST_DAY;
  else if (number == day)
    *monthly = FIKA_MONTHLY_DAY;
  else
    return FALSE;
  return TRUE;
}

/* "20261129" or "20261129T235959": the day is what the field has. */
static gboolean
read_until (const char *text, FikaDay *until)
{
  g_autofree char *date = g_strndup (text, 8);
  gint64 number;
  int year;
  int month;
  int day;

  if (text[strnlen (text, 8)] != '\0' && strcmp (text + 8, "T235959") != 0)
    return FALSE;
  if (!g_ascii_string_to_signed (date, 10, 10000101, 99991231, &number, NULL))
    return FALSE;
  year = (int) (number / 10000);
  month = (int) (number / 100 % 100);
  day = (int) (number % 100);
  if (!fika_ymd_valid (year, month, day))
    return FALSE;
  *until = fika_day_from_ymd (year, month, day);
  return TRUE;
}

static gboolean
read_unit (const char *text, FikaRepeatUnit *unit)
{
  static const char *const units[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    {
      if (strcmp (units[i], text) == 0)
        {
          *unit = (FikaRepeatUnit) (FIKA_REPEAT_DAILY + i);
          return TRUE;
        }
    }
  return FALSE;
}

/* The start's own month and day, said or unsaid, are the same rule. */
static gboolean
is_own_date (const char *key, const char *value, FikaDay start)
{
  int month;
  int day;
  int number;

  fika_day_to_ymd (start, NULL, &month, &day);
  return read_number (value, 1, 31, &number)
         && number == (strcmp (key, "BYMONTH") == 0 ? month : day);
}

/**
 * fika_repeat_from_rule:
 * @rule: a RECUR value
 * @start: the first day
 * @self: (out): what the fields say
 *
 * Returns: whether the fields can say it: writing them again would give the same days
 */
gboolean
fika_repeat_from_rule (const char *rule, FikaDay start, FikaRepeat *self)
{
  g_auto (GStrv) parts = g_strsplit (rule, ";", -1);

  *self = (FikaRepeat){ .unit = FIKA_REPEAT_NEVER, .interval = 1, .count = 10, .until = start };
  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *value = strchr (parts[i], '=');
      gboolean understood;

      if (value == NULL)
        return FALSE;
      *value++ = '\0';
      if (strcmp (parts[i], "FREQ") == 0)
        understood = read_unit (value, &self->unit);
      else if (strcmp (parts[i], "INTERVAL") == 0)
        understood = read_number (value, 1, 999, &self->interval);
      else if (strcmp (parts[i], "COUNT") == 0)
        {
          self->ends = FIKA_ENDS_AFTER;
          understood = read_number (value, 1, 9999, &self->count);
        }
      else if (strcmp (parts[i], "UNTIL") == 0)
        {
          self->ends = FIKA_ENDS_ON;
          understood = read_until (value, &self->until);
        }
      else if (strcmp (parts[i], "WKST") == 0)
        understood = strcmp (value, "MO") == 0;
      else if (strcmp (parts[i], "BYDAY") == 0)
        understood
            = self->unit == FIKA_REPEAT_WEEKLY
                  ? read_weekdays (value, &self->weekdays)
                  : self->unit == FIKA_REPEAT_MONTHLY && read_nth (value, start, &self->monthly);
      else if (strcmp (parts[i], "BYMONTHDAY") == 0)
        understood = self->unit == FIKA_REPEAT_MONTHLY
                         ? read_monthday (value, start, &self->monthly)
                         : self->unit == FIKA_REPEAT_YEARLY && is_own_date (parts[i], value, start);
      else if (strcmp (parts[i], "BYMONTH") == 0)
        understood = self->unit == FIKA_REPEAT_YEARLY && is_own_date (parts[i], value, start);
      else
        understood = FALSE;
      if (!understood)
        return FALSE;
    }
  return self->unit != FIKA_REPEAT_NEVER;
}
