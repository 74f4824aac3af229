#include "config.h"

#include "store/fika-person.h"

#include "base/fika-text.h"
#include "store/fika-row.h"

/* Digits from the end by which two ways of writing a phone number are the same: country codes,
 * trunk zeros and international prefixes stand before them. */
#define MATCH_DIGITS 9

/**
 * fika_contact_new:
 * @kind: what it is
 * @label: (nullable): free words for it: "home", "work"
 * @value: the number, address and so on, as typed
 *
 * Returns: (transfer full): a contact, not preferred
 */
FikaContact *
fika_contact_new (FikaContactKind kind, const char *label, const char *value)
{
  FikaContact *self = g_new0 (FikaContact, 1);

  self->kind = kind;
  self->label = g_strdup (label != NULL ? label : "");
  self->value = g_strdup (value != NULL ? value : "");

  return self;
}

FikaContact *
fika_contact_copy (const FikaContact *self)
{
  FikaContact *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = fika_contact_new (self->kind, self->label, self->value);
  copy->preferred = self->preferred;

  return copy;
}

void
fika_contact_free (FikaContact *self)
{
  if (self == NULL)
    return;

  g_free (self->label);
  g_free (self->value);
  g_free (self);
}

gboolean
fika_contact_equal (const FikaContact *a, const FikaContact *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->kind == b->kind && !a->preferred == !b->preferred && g_str_equal (a->label, b->label)
         && g_str_equal (a->value, b->value);
}

static gpointer
copy_contact (gconstpointer contact)
{
  return fika_contact_copy (contact);
}

static gboolean
equal_contacts (gconstpointer a, gconstpointer b)
{
  return fika_contact_equal (a, b);
}

const FikaRowElement fika_row_contacts = {
  copy_contact,
  (GDestroyNotify) fika_contact_free,
  equal_contacts,
};

/**
 * fika_contact_match_key:
 * @kind: what it is
 * @value: the number or address, as typed
 *
 * What is equal where two contacts reach the same person: the last nine digits of a phone number, a
 * mail address without its case. Other kinds have none.
 *
 * Returns: (transfer full): a key, "" where nothing may match it
 */
char *
fika_contact_match_key (FikaContactKind kind, const char *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  if (kind == FIKA_CONTACT_PHONE)
    {
      g_autofree char *digits = fika_text_digits (value);
      size_t n = strlen (digits);

      return g_strdup (n > MATCH_DIGITS ? digits + n - MATCH_DIGITS : digits);
    }

  if (kind == FIKA_CONTACT_EMAIL)
    {
      g_autofree char *line = fika_text_clean_line (value);

      return fika_text_fold (line);
    }

  return g_strdup ("");
}
