#include "config.h"

#include "exchange/parse/fika-card-private.h"

#include "base/fika-civil.h"
#include "base/fika-text.h"
#include "exchange/parse/fika-parse-format.h"

#include <string.h>

/* The year that Apple writes where none is known, said by a parameter beside it. */
#define APPLE_NO_YEAR 1604
/* A year with a 29 February, for days of an unknown year. */
#define LEAP_YEAR 2000

/* Exactly @n digits at *@p. */
static gboolean
take_digits (const char **p, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }

  return TRUE;
}

/**
 * fika_card_parse_date:
 * @text: "1985-04-12", "19850412", "--0412" or "--04-12", with or without a time after it
 * @omitted_year: a year that stands for none, or 0
 * @date: (out): its year (0 = unknown), month and day are set
 *
 * The dates of vCard (RFC 2426, section 3.1.5; RFC 6350, section 4.3.1), as far as they have a
 * month and a day. No year: as the standard has it, or 0000, or Apple's 1604.
 *
 * Returns: whether it is a day that exists
 */
gboolean
fika_card_parse_date (const char *text, int omitted_year, FikaCardDate *date)
{
  const char *p = text + strspn (text, " \t");
  int year = 0;
  int month;
  int day;

  if (g_str_has_prefix (p, "--"))
    {
      p += 2;
    }
  else
    {
      if (!take_digits (&p, 4, &year))
        return FALSE;
      if (*p == '-')
        p++;
    }
  if (!take_digits (&p, 2, &month))
    return FALSE;
  if (*p == '-')
    p++;
  if (!take_digits (&p, 2, &day) || (*p != '\0' && strchr ("Tt Zz+", *p) == NULL))
    return FALSE;

  if (year == APPLE_NO_YEAR || (omitted_year != 0 && year == omitted_year))
    year = 0;
  if (!fika_ymd_valid (year != 0 ? year : LEAP_YEAR, month, day))
    return FALSE;
  date->year = year;
  date->month = month;
  date->day = day;

  return TRUE;
}

static gboolean
read_date (FikaCardContext *context, const FikaProperty *property, FikaCardDate *date)
{
  g_autofree char *text = fika_property_text (property);
  const char *omitted = fika_property_param (property, "X-APPLE-OMIT-YEAR");
  const char *type = fika_property_param (property, "VALUE");
  guint64 year = 0;

  if (omitted != NULL && !g_ascii_string_to_unsigned (omitted, 10, 1, 9999, &year, NULL))
    year = 0;
  if (fika_card_parse_date (text, (int) year, date))
    return TRUE;
  /* "circa 1800" is rightly no date. */
  if (!fika_property_is_empty (property) && g_strcmp0 (type, "text") != 0)
    fika_card_add_problem (context->card, property->line, FIKA_PARSE_PROBLEM_DATE);

  return FALSE;
}

static gboolean
has_occasion (FikaCard *card, const char *kind)
{
  for (guint i = 0; i < card->occasions->len; i++)
    {
      const FikaCardDate *date = g_ptr_array_index (card->occasions, i);

      if (g_str_equal (date->kind, kind))
        return TRUE;
    }

  return FALSE;
}

static void
add_occasion (FikaCardContext *context,
              const FikaProperty *property,
              const char *kind,
              const char *label,
              const FikaCardDate *day)
{
  GPtrArray *occasions = context->card->occasions;
  FikaCardDate *date;

  if (occasions->len == FIKA_PARSE_MAX_PARTS)
    {
      fika_card_add_problem (context->card, property->line, FIKA_PARSE_PROBLEM_MANY);
      return;
    }
  for (guint i = 0; i < occasions->len; i++)
    {
      const FikaCardDate *other = g_ptr_array_index (occasions, i);

      if (g_str_equal (other->kind, kind) && g_str_equal (other->label, label)
          && other->year == day->year && other->month == day->month && other->day == day->day)
        return;
    }
  date = g_new0 (FikaCardDate, 1);
  *date = *day;
  date->kind = kind;
  date->label = g_strdup (label);
  g_ptr_array_add (occasions, date);
}

gboolean
fika_card_take_birthday (FikaCardContext *context, const FikaProperty *property)
{
  FikaCardDate date = { 0 };

  if (!read_date (context, property, &date))
    return fika_property_is_empty (property);
  if (has_occasion (context->card, "birthday"))
    return FALSE;
  add_occasion (context, property, "birthday", "", &date);

  return TRUE;
}

gboolean
fika_card_take_anniversary (FikaCardContext *context, const FikaProperty *property)
{
  FikaCardDate date = { 0 };

  if (!read_date (context, property, &date))
    return fika_property_is_empty (property);
  add_occasion (context, property, "anniversary", "", &date);

  return TRUE;
}

/* A date with a label of its own. */
gboolean
fika_card_take_date (FikaCardContext *context, const FikaProperty *property)
{
  FikaCardDate date = { 0 };
  g_autofree char *label = fika_card_label (context, property);

  if (!read_date (context, property, &date))
    return fika_property_is_empty (property);
  if (g_strcmp0 (fika_property_param (property, FIKA_PARSE_KIND_PARAM), "anniversary") == 0)
    add_occasion (context, property, "anniversary", label, &date);
  else if (g_ascii_strcasecmp (label, "anniversary") == 0)
    add_occasion (context, property, "anniversary", "", &date);
  else
    add_occasion (context, property, "other", g_str_equal (label, "other") ? "" : label, &date);

  return TRUE;
}

/* RFC 6474, section 2.3. */
gboolean
fika_card_take_death (FikaCardContext *context, const FikaProperty *property)
{
  FikaCardDate date = { 0 };

  g_autofree char *text = g_strstrip (fika_property_text (property));

  if (*text == '\0')
    return TRUE;
  context->card->deceased = TRUE;
  if (g_str_equal (text, FIKA_PARSE_UNKNOWN_DATE))
    return TRUE;
  if (!read_date (context, property, &date) || date.year == 0)
    return FALSE;
  context->card->died = date;

  return TRUE;
}

/* The rows that Android has no property for: what it is, then what it says, a type, and a label
 * where the type is 0 (ContactsContract.CommonDataKinds). */
gboolean
fika_card_take_android (FikaCardContext *context, const FikaProperty *property)
{
  const char *row = fika_property_part (property, 0);
  const char *says = fika_property_part (property, 1);
  const char *type = fika_property_part (property, 2);
  g_autofree char *line = fika_text_clean_line (says);
  FikaCardDate date = { 0 };

  if (g_str_equal (row, "vnd.android.cursor.item/nickname"))
    {
      if (*context->card->nickname != '\0')
        return g_str_equal (context->card->nickname, line);
      g_free (context->card->nickname);
      context->card->nickname = g_steal_pointer (&line);
      return TRUE;
    }
  if (!g_str_equal (row, "vnd.android.cursor.item/contact_event")
      || !fika_card_parse_date (says, 0, &date))
    return FALSE;

  if (g_str_equal (type, "1"))
    {
      add_occasion (context, property, "anniversary", "", &date);
    }
  else if (g_str_equal (type, "3"))
    {
      if (has_occasion (context->card, "birthday"))
        return FALSE;
      add_occasion (context, property, "birthday", "", &date);
    }
  else
    {
      g_autofree char *given = fika_text_clean_line (fika_property_part (property, 3));
      g_autofree char *label = fika_text_clip (given, FIKA_PARSE_MAX_LABEL);

      add_occasion (context, property, "other", label, &date);
    }

  return TRUE;
}
