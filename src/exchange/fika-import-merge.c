#include "config.h"

#include "exchange/fika-import-private.h"

#include "base/fika-text.h"
#include "exchange/fika-vcard-text.h"

#include <string.h>

/* As many as a command takes of contacts, occasions, tags. */
#define LIST_MAX 500

static gboolean
same_contact (const FikaContact *a, const FikaContact *b)
{
  g_autofree char *key_a = NULL;
  g_autofree char *key_b = NULL;

  if (a->kind != b->kind)
    return FALSE;
  key_a = fika_contact_match_key (a->kind, a->value);
  key_b = fika_contact_match_key (b->kind, b->value);
  if (*key_a != '\0' && g_str_equal (key_a, key_b))
    return TRUE;

  return fika_text_folded_equal (a->value, b->value);
}

/* Those here stay as they are; those of the card that are not among them come behind. */
static void
merge_contacts (FikaPerson *draft, FikaPerson *card)
{
  GPtrArray *here = fika_person_get_contacts (draft);
  GPtrArray *there = fika_person_get_contacts (card);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  guint n_here = here->len;

  for (guint i = 0; i < here->len; i++)
    g_ptr_array_add (all, fika_contact_copy (g_ptr_array_index (here, i)));
  for (guint i = 0; i < there->len && all->len < LIST_MAX; i++)
    {
      const FikaContact *contact = g_ptr_array_index (there, i);
      FikaContact *copy;
      gboolean known = FALSE;
      gboolean kind_known = FALSE;

      for (guint j = 0; j < n_here; j++)
        {
          FikaContact *other = g_ptr_array_index (all, j);

          kind_known |= other->kind == contact->kind;
          if (!same_contact (other, contact))
            continue;
          known = TRUE;
          if (*other->label == '\0' && *contact->label != '\0')
            {
              g_free (other->label);
              other->label = g_strdup (contact->label);
            }
          break;
        }
      if (known)
        continue;
      copy = fika_contact_copy (contact);
      /* Which of several is preferred has been said here. */
      copy->preferred = copy->preferred && !kind_known;
      g_ptr_array_add (all, copy);
    }
  fika_person_set_contacts (draft, all);
}

static gboolean
same_day (const FikaOccasion *a, const FikaOccasion *b)
{
  return a->month == b->month && a->day == b->day
         && (a->year == b->year || a->year == 0 || b->year == 0);
}

static FikaOccasion *
find_occasion (GPtrArray *occasions, const FikaOccasion *like)
{
  for (guint i = 0; i < occasions->len; i++)
    {
      FikaOccasion *occasion = g_ptr_array_index (occasions, i);

      if (occasion->kind != like->kind)
        continue;
      if (like->kind == FIKA_OCCASION_BIRTHDAY
          || (same_day (occasion, like) && fika_text_folded_equal (occasion->label, like->label)))
        return occasion;
    }

  return NULL;
}

/* A person has one birthday: of the same card the card's counts. A year that is known is kept. */
static void
merge_occasions (FikaPerson *draft, FikaPerson *card, gboolean same_card)
{
  GPtrArray *here = fika_person_get_occasions (draft);
  GPtrArray *there = fika_person_get_occasions (card);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);

  for (guint i = 0; i < here->len; i++)
    g_ptr_array_add (all, fika_occasion_copy (g_ptr_array_index (here, i)));
  for (guint i = 0; i < there->len && all->len < LIST_MAX; i++)
    {
      const FikaOccasion *occasion = g_ptr_array_index (there, i);
      FikaOccasion *known = find_occasion (all, occasion);

      if (known == NULL)
        {
          g_ptr_array_add (all, fika_occasion_copy (occasion));
        }
      else if (same_day (known, occasion))
        {
          if (known->year == 0)
            known->year = occasion->year;
        }
      else if (same_card)
        {
          known->year = occasion->year;
          known->month = occasion->month;
          known->day = occasion->day;
        }
    }
  fika_person_set_occasions (draft, all);
}

static void
merge_tags (FikaPerson *draft, FikaPerson *card)
{
  GPtrArray *here = fika_person_get_tags (draft);
  GPtrArray *there = fika_person_get_tags (card);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < here->len; i++)
    g_ptr_array_add (all, g_strdup (g_ptr_array_index (here, i)));
  for (guint i = 0; i < there->len && all->len < LIST_MAX; i++)
    {
      const char *tag = g_ptr_array_index (there, i);

      if (!g_ptr_array_find_with_equal_func (all, tag, (GEqualFunc) fika_text_folded_equal, NULL))
        g_ptr_array_add (all, g_strdup (tag));
    }
  fika_person_set_tags (draft, all);
}

/* Both are kept where one does not say the other. */
static void
merge_notes (FikaPerson *draft, FikaPerson *card)
{
  const char *here = fika_person_get_notes (draft);
  const char *there = fika_person_get_notes (card);
  g_autofree char *both = NULL;
  g_autofree char *clipped = NULL;

  if (strstr (here, there) != NULL)
    return;
  both = strstr (there, here) != NULL ? g_strdup (there) : g_strconcat (here, "\n\n", there, NULL);
  clipped = fika_text_clip (both, FIKA_NOTE_MAX);
  g_object_set (draft, "notes", clipped, NULL);
}

static gboolean
has_name (GPtrArray *names, const char *line)
{
  g_autofree char *name = fika_vcard_line_name (line);

  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

static GPtrArray *
names_of_lines (char **lines)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (char **line = lines; *line != NULL; line++)
    g_ptr_array_add (names, fika_vcard_line_name (*line));

  return names;
}

static gboolean
has_line (char **lines, const char *line)
{
  return g_strv_contains ((const char *const *) lines, line);
}

/* The lines that Fika only carries: of a property that both have, the same card's count; of another
 * card those that are not here. What stays keeps its place. */
static void
merge_extra (FikaPerson *draft, FikaPerson *card, gboolean same_card)
{
  const char *here = fika_person_get_extra (draft);
  const char *there = fika_person_get_extra (card);
  g_auto (GStrv) lines_here = NULL;
  g_auto (GStrv) lines_there = NULL;
  g_autoptr (GPtrArray) names_here = NULL;
  g_autoptr (GPtrArray) names_there = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *joined = NULL;

  if (*there == '\0' || g_str_equal (here, there))
    return;
  lines_here = g_strsplit (here, "\n", -1);
  lines_there = g_strsplit (there, "\n", -1);
  names_here = names_of_lines (lines_here);
  names_there = names_of_lines (lines_there);
  for (char **line = lines_here; *line != NULL; line++)
    {
      if (!same_card || has_line (lines_there, *line) || !has_name (names_there, *line))
        g_ptr_array_add (all, *line);
    }
  for (char **line = lines_there; *line != NULL; line++)
    {
      if (!has_line (lines_here, *line) && (same_card || !has_name (names_here, *line)))
        g_ptr_array_add (all, *line);
    }
  g_ptr_array_add (all, NULL);
  joined = g_strjoinv ("\n", (char **) all->pdata);
  if (g_utf8_strlen (joined, -1) <= FIKA_NOTE_MAX)
    g_object_set (draft, "extra", joined, NULL);
}

static void
merge_text (FikaPerson *draft, FikaPerson *card, const char *property, gboolean same_card)
{
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  g_object_get (draft, property, &here, NULL);
  g_object_get (card, property, &there, NULL);
  if (*there != '\0' && (same_card || *here == '\0'))
    g_object_set (draft, property, there, NULL);
}

/**
 * fika_import_merge:
 * @here: somebody
 * @card: a draft from a file
 * @same_card: whether the card is the one that @here came from, perhaps changed since; else it is
 *   only about the same person
 *
 * What Fika alone knows (the circle, the rhythm, ties, how one met) stays; nothing here is lost.
 * The same card brings its name, nickname, pronouns, photo and birthday up to date; another card
 * only adds what is missing.
 *
 * Returns: (transfer full): a draft of @here, with what @card adds
 */
FikaPerson *
fika_import_merge (FikaPerson *here, FikaPerson *card, gboolean same_card)
{
  g_autoptr (FikaPerson) draft = fika_person_copy (here);

  if (same_card)
    fika_person_set_name (draft, fika_person_get_name (card));
  merge_text (draft, card, "nickname", same_card);
  merge_text (draft, card, "pronouns", same_card);
  merge_text (draft, card, "photo", same_card);
  merge_text (draft, card, "zone", FALSE);
  merge_notes (draft, card);
  merge_contacts (draft, card);
  merge_occasions (draft, card, same_card);
  merge_tags (draft, card);
  merge_extra (draft, card, same_card);
  if (fika_person_get_deceased (card))
    {
      g_object_set (draft, "deceased", TRUE, NULL);
      if (fika_person_get_died (draft) == FIKA_DAY_NONE)
        g_object_set (draft, "died", fika_person_get_died (card), NULL);
    }

  return g_steal_pointer (&draft);
}

static gboolean
equal_lists (GPtrArray *a, GPtrArray *b, GEqualFunc equal)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      if (!equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
        return FALSE;
    }

  return TRUE;
}

static gboolean
equal_occasions (gconstpointer a, gconstpointer b)
{
  const FikaOccasion *one = a;
  const FikaOccasion *other = b;

  return one->kind == other->kind && one->year == other->year && one->month == other->month
         && one->day == other->day && g_str_equal (one->label, other->label);
}

/**
 * fika_import_same_person:
 * @a: a person or a draft
 * @b: another
 *
 * Returns: whether both say the same, in all that a card can say
 */
gboolean
fika_import_same_person (FikaPerson *a, FikaPerson *b)
{
  return g_str_equal (fika_person_get_name (a), fika_person_get_name (b))
         && g_str_equal (fika_person_get_nickname (a), fika_person_get_nickname (b))
         && g_str_equal (fika_person_get_pronouns (a), fika_person_get_pronouns (b))
         && g_str_equal (fika_person_get_zone (a), fika_person_get_zone (b))
         && g_str_equal (fika_person_get_notes (a), fika_person_get_notes (b))
         && g_str_equal (fika_person_get_photo (a), fika_person_get_photo (b))
         && g_str_equal (fika_person_get_extra (a), fika_person_get_extra (b))
         && fika_person_get_deceased (a) == fika_person_get_deceased (b)
         && fika_person_get_died (a) == fika_person_get_died (b)
         && equal_lists (fika_person_get_contacts (a), fika_person_get_contacts (b),
                         (GEqualFunc) fika_contact_equal)
         && equal_lists (fika_person_get_occasions (a), fika_person_get_occasions (b),
                         equal_occasions)
         && equal_lists (fika_person_get_tags (a), fika_person_get_tags (b), g_str_equal);
}
