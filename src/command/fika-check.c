#include "config.h"

#include "command/fika-command-private.h"

#include "base/fika-error.h"
#include "base/fika-text.h"

#include <glib/gi18n-lib.h>

/* What one thing may hold at most: far more than a life needs, far less than what harms. */
#define CADENCE_MAX 3650 /* days */
#define MINUTES_MAX (7 * FIKA_MINUTES_A_DAY)
#define LIST_MAX 500

/* Sets FIKA_ERROR_INVALID; FALSE. */
gboolean
fika_invalid (GError **error, const char *message)
{
  g_set_error_literal (error, FIKA_ERROR, FIKA_ERROR_INVALID, message);

  return FALSE;
}

/* One line that is not empty. */
char *
fika_check_text (const char *text, const char *what, GError **error)
{
  g_autofree char *clean = fika_text_check_line (text, what, error);

  if (clean == NULL)
    return NULL;
  if (clean[0] == '\0')
    {
      g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
                   /* Translators: %s is what was typed in, such as "topic". */
                   _ ("The %s is empty. Write at least one letter."), what);
      return NULL;
    }

  return g_steal_pointer (&clean);
}

gboolean
fika_check_texts (GObject *clean, const FikaTextCheck *checks, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const char *what = g_dgettext (GETTEXT_PACKAGE, checks[i].what);
      g_autofree char *typed = NULL;
      g_autofree char *text = NULL;

      g_object_get (clean, checks[i].property, &typed, NULL);
      text = checks[i].note ? fika_text_check_note (typed, what, error)
                            : fika_text_check_line (typed, what, error);
      if (text == NULL)
        return FALSE;
      g_object_set (clean, checks[i].property, text, NULL);
    }

  return TRUE;
}

gboolean
fika_check_list_length (guint length, GError **error)
{
  if (length <= LIST_MAX)
    return TRUE;

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               _ ("There are %u entries in one list, and %d fit. Take some out."), length,
               LIST_MAX);

  return FALSE;
}

GPtrArray *
fika_check_words (GPtrArray *words, const char *what, GError **error)
{
  g_autoptr (GPtrArray) clean = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!fika_check_list_length (words->len, error))
    return NULL;

  for (guint i = 0; i < words->len; i++)
    {
      g_autofree char *word = fika_text_clean_line (g_ptr_array_index (words, i));
      g_autofree char *checked = NULL;

      if (word[0] == '\0')
        continue;
      checked = fika_text_check_name (word, what, error);
      if (checked == NULL)
        return NULL;
      if (g_hash_table_add (seen, fika_text_fold (checked)))
        g_ptr_array_add (clean, g_steal_pointer (&checked));
    }

  return g_steal_pointer (&clean);
}

gboolean
fika_check_day (FikaDay day, const char *what, GError **error)
{
  if (day == FIKA_DAY_NONE
      || (day >= fika_day_from_ymd (FIKA_YEAR_FIRST, 1, 1)
          && day <= fika_day_from_ymd (FIKA_YEAR_LAST, 12, 31)))
    return TRUE;

  g_set_error (error, FIKA_ERROR, FIKA_ERROR_INVALID,
               /* Translators: %s is what was typed in, such as "due date". */
               _ ("The %s is out of reach. Choose one between the years %d and %d."), what,
               FIKA_YEAR_FIRST, FIKA_YEAR_LAST);

  return FALSE;
}

/* 0 is open-ended; less would be an end before the start. */
gboolean
fika_check_minutes (int minutes, GError **error)
{
  if (minutes < 0)
    return fika_invalid (error,
                         _ ("It would end before it begins. Choose an end after the start."));
  if (minutes > MINUTES_MAX)
    return fika_invalid (error, _ ("It would last longer than a week. Choose an earlier end."));

  return TRUE;
}

/* Days, after the circle's were put in where the person has none of their own. */
gboolean
fika_check_cadence (int ideal, int latest, GError **error)
{
  if (ideal < 0 || latest < 0)
    return fika_invalid (error, _ ("A number of days cannot be negative. Choose 0 for no rhythm."));
  if (ideal > CADENCE_MAX || latest > CADENCE_MAX)
    return fika_invalid (error, _ ("Choose at most ten years (3650 days) between two times."));
  if ((ideal == 0) != (latest == 0))
    return fika_invalid (error, _ ("For no rhythm set both numbers of days to 0."));
  if (ideal > latest)
    return fika_invalid (
        error, _ ("The latest number of days is less than the ideal one. Make it the same "
                  "or more."));

  return TRUE;
}

static const char *const contact_words[FIKA_N_CONTACT_KINDS] = {
  [FIKA_CONTACT_PHONE] = N_ ("phone number"), [FIKA_CONTACT_EMAIL] = N_ ("mail address"),
  [FIKA_CONTACT_URL] = N_ ("web address"),    [FIKA_CONTACT_ADDRESS] = N_ ("address"),
  [FIKA_CONTACT_CHAT] = N_ ("chat address"),  [FIKA_CONTACT_VIDEO] = N_ ("video link"),
};

/* Contacts with clean texts; those without a value fall away. */
GPtrArray *
fika_check_contacts (GPtrArray *contacts, GError **error)
{
  g_autoptr (GPtrArray) clean = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);

  if (!fika_check_list_length (contacts->len, error))
    return NULL;

  for (guint i = 0; i < contacts->len; i++)
    {
      const FikaContact *contact = g_ptr_array_index (contacts, i);
      g_autofree char *label = NULL;
      g_autofree char *value = NULL;
      const char *what;
      FikaContact *copy;

      if ((guint) contact->kind >= FIKA_N_CONTACT_KINDS)
        {
          fika_invalid (error, _ ("This is no way to reach somebody that Fika knows."));
          return NULL;
        }
      label = fika_text_check_line (contact->label, _ ("label"), error);
      if (label == NULL)
        return NULL;
      what = g_dgettext (GETTEXT_PACKAGE, contact_words[contact->kind]);
      value = contact->kind == FIKA_CONTACT_ADDRESS
                  ? fika_text_check_note (contact->value, what, error)
                  : fika_text_check_line (contact->value, what, error);
      if (value == NULL)
        return NULL;
      if (value[0] == '\0')
        continue;

      copy = fika_contact_new (contact->kind, label, value);
      copy->preferred = contact->preferred;
      g_ptr_array_add (clean, copy);
    }

  return g_steal_pointer (&clean);
}
