#include "config.h"

#include "fika-test-store.h"

#include "base/fika-error.h"
#include "store/fika-slip-private.h"
#include "store/fika-store-private.h"

#define NOW "2026-05-04T09:00"

static FikaPerson *
add (FikaStore *store, const char *name, const char *nickname, const char *phone, const char *tag)
{
  g_autoptr (FikaPerson) draft = fika_person_new (name);
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  if (nickname != NULL)
    g_object_set (draft, "nickname", nickname, NULL);
  if (phone != NULL)
    g_ptr_array_add (contacts, fika_contact_new (strchr (phone, '@') != NULL ? FIKA_CONTACT_EMAIL
                                                                             : FIKA_CONTACT_PHONE,
                                                 "", phone));
  if (tag != NULL)
    g_ptr_array_add (tags, (char *) tag);
  fika_person_set_contacts (draft, contacts);
  fika_person_set_tags (draft, tags);
  return fika_test_save_person (store, draft);
}

/* The names found, in order: "Ada, Sam". */
static char *
found (FikaStore *store, const char *search, FikaPeopleOrder order, gboolean archived)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = fika_store_people_ids (store, search, order, archived, &error);
  GString *names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (FikaPerson) person
          = fika_store_get_person (store, g_array_index (ids, int64_t, i), NULL);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", fika_person_get_name (person));
    }
  return g_string_free (names, FALSE);
}

#define assert_found(store, search, expected)                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *found_ = found (store, search, FIKA_PEOPLE_BY_NAME, FALSE);                   \
    g_assert_cmpstr (found_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

static void
test_search (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) jurgen = add (store, "Jürgen Groß", NULL, "+49 170 1234567", "chess");
  g_autoptr (FikaPerson) joanna = add (store, "Joanna Lindqvist", "Jo", "jo@example.org", NULL);
  g_autoptr (FikaPerson) anna = add (store, "Anna Jürgens", NULL, NULL, "Chess");
  g_autoptr (FikaPerson) li = add (store, "李小龍", NULL, NULL, NULL);

  assert_found (store, NULL, "Anna Jürgens, Joanna Lindqvist, Jürgen Groß, 李小龍");
  assert_found (store, "  ", "Anna Jürgens, Joanna Lindqvist, Jürgen Groß, 李小龍");
  /* Case and accents do not count; the beginnings of words do. */
  assert_found (store, "jurgen", "Anna Jürgens, Jürgen Groß");
  assert_found (store, "GROSS", "Jürgen Groß");
  assert_found (store, "gro jür", "Jürgen Groß");
  assert_found (store, "jo", "Joanna Lindqvist");
  /* Within words, where little is found otherwise. */
  assert_found (store, "anna", "Anna Jürgens, Joanna Lindqvist");
  assert_found (store, "小龍", "李小龍");
  assert_found (store, "李", "李小龍");
  /* Numbers, however they are written; addresses; tags. */
  assert_found (store, "0170 123", "Jürgen Groß");
  assert_found (store, "+49 (170) 12", "Jürgen Groß");
  assert_found (store, "4567", "Jürgen Groß");
  assert_found (store, "jo@exam", "Joanna Lindqvist");
  assert_found (store, "chess", "Anna Jürgens, Jürgen Groß");
  /* A slip. */
  assert_found (store, "jugren", "Anna Jürgens, Jürgen Groß");
  assert_found (store, "lindkvist", "Joanna Lindqvist");
  assert_found (store, "zebra", "");
  /* Nothing that is written is taken for a command. */
  assert_found (store, "\") OR (zebra*", "");
  assert_found (store, "100%_", "");
  assert_found (store, "text:anna NOT x", "");

  /* What is no longer so is not found. */
  {
    g_autoptr (FikaPerson) draft = fika_person_copy (jurgen);
    g_autoptr (GPtrArray) none = g_ptr_array_new ();

    fika_person_set_name (draft, "Georg");
    fika_person_set_contacts (draft, none);
    fika_person_set_tags (draft, none);
    g_object_unref (fika_test_save_person (store, draft));
  }
  assert_found (store, "gross", "");
  assert_found (store, "4567", "");
  assert_found (store, "chess", "Anna Jürgens");
  assert_found (store, "georg", "Georg");
  fika_test_undo (store);
  assert_found (store, "gross", "Jürgen Groß");
  fika_test_assert_store (store);
}

static void
test_slips (void)
{
  g_assert_true (fika_slip_matches ("charlot", "charlotte"));
  g_assert_true (fika_slip_matches ("chralotte", "charlotte"));
  g_assert_true (fika_slip_matches ("charllotte", "charlotte brown"));
  g_assert_true (fika_slip_matches ("brwon", "charlotte brown"));
  g_assert_true (fika_slip_matches ("charlto brwn", "charlotte brown"));
  g_assert_false (fika_slip_matches ("brwon smth", "charlotte brown"));
  /* Short words must be right. */
  g_assert_false (fika_slip_matches ("sam", "sim"));
  g_assert_false (fika_slip_matches ("", "sim"));
  g_assert_false (fika_slip_matches ("xyzw", "charlotte"));
}

static void
test_orders (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2026-01-01T09:00");
  g_autoptr (FikaPerson) never = fika_test_add_person (store, "Never");
  g_autoptr (FikaPerson) lately = fika_test_add_person (store, "Lately");
  g_autoptr (FikaPerson) ago = fika_test_add_person (store, "Ago");
  g_autoptr (FikaPerson) none = fika_test_add_person (store, "No rhythm");
  g_autoptr (FikaPerson) dead = fika_test_add_person (store, "Dead");
  g_autoptr (FikaPerson) paused = fika_test_add_person (store, "Paused");
  g_autoptr (FikaPerson) away = fika_test_add_person (store, "Away");
  g_autoptr (FikaPerson) draft = fika_person_copy (none);
  g_autofree char *by_last = NULL;
  g_autofree char *by_next = NULL;
  g_autofree char *by_warmth = NULL;
  g_autofree char *archived = NULL;
  g_autofree char *searched = NULL;
  g_autoptr (GArray) ids = NULL;
  int last_warmth = 1001;

  fika_person_set_cadence (draft, 0, 0);
  g_object_unref (fika_test_save_person (store, draft));
  g_clear_object (&draft);
  draft = fika_person_copy (dead);
  g_object_set (draft, "deceased", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  g_clear_object (&draft);
  draft = fika_person_copy (paused);
  g_object_set (draft, "paused-until", fika_test_day ("2026-06-01"), NULL);
  g_object_unref (fika_test_save_person (store, draft));
  g_clear_object (&draft);
  draft = fika_person_copy (away);
  g_object_set (draft, "archived", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));

  fika_test_store_set_now (store, NOW);
  g_object_unref (fika_test_add_catchup (store, lately, "2026-05-01T10:00", FIKA_STATE_HAPPENED));
  /* 45 days before: in the middle of 30 and 60. */
  g_object_unref (fika_test_add_catchup (store, ago, "2026-03-20T10:00", FIKA_STATE_HAPPENED));
  g_object_unref (fika_test_add_catchup (store, ago, "2026-05-20T10:00", FIKA_STATE_PLANNED));
  g_object_unref (fika_test_add_series (store, never, "2026-05-10T10:00", "FREQ=WEEKLY"));

  by_last = found (store, NULL, FIKA_PEOPLE_BY_LAST, FALSE);
  g_assert_cmpstr (by_last, ==, "Dead, Never, No rhythm, Paused, Ago, Lately");
  by_next = found (store, NULL, FIKA_PEOPLE_BY_NEXT, FALSE);
  g_assert_cmpstr (by_next, ==, "Never, Ago, Dead, Lately, No rhythm, Paused");
  by_warmth = found (store, NULL, FIKA_PEOPLE_BY_WARMTH, FALSE);
  g_assert_cmpstr (by_warmth, ==, "Never, Ago, Lately, Paused, No rhythm, Dead");
  archived = found (store, NULL, FIKA_PEOPLE_BY_WARMTH, TRUE);
  g_assert_cmpstr (archived, ==, "Away");
  searched = found (store, "a", FIKA_PEOPLE_BY_WARMTH, FALSE);
  g_assert_cmpstr (searched, ==, "Ago, Lately, Paused, Dead");

  /* The order is that of the warmth that each tells of. */
  ids = fika_store_people_ids (store, NULL, FIKA_PEOPLE_BY_WARMTH, FALSE, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (FikaPerson) person
          = fika_store_get_person (store, g_array_index (ids, int64_t, i), NULL);
      int warmth = fika_person_warmth (person, fika_store_today (store));

      g_assert_cmpint (warmth, <=, last_warmth);
      last_warmth = warmth;
    }
  g_assert_cmpint (fika_person_warmth (ago, fika_store_today (store)), ==, 500);
}

static void
assert_person (FikaStore *store, const char *name, FikaPerson *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPerson) person = fika_store_find_person (store, name, &error);

  g_assert_no_error (error);
  g_assert_true (person == expected);
}

static void
assert_no_person (FikaStore *store, const char *name, FikaError code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (fika_store_find_person (store, name, &error));
  g_assert_error (error, FIKA_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_find (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaPerson) hill = fika_test_add_person (store, "Sam Hill");
  g_autoptr (FikaPerson) jurgen = fika_test_add_person (store, "Jürgen Van Der Berg");
  g_autoptr (FikaPerson) samuel = add (store, "Samuel Lee", "Mum", NULL, NULL);
  g_autoptr (FikaPerson) bjork = fika_test_add_person (store, "Björk");
  g_autoptr (FikaPerson) other = fika_test_add_person (store, "Bjork");
  g_autoptr (FikaPerson) draft = NULL;

  /* Exactly that name comes before longer ones; else it must be one alone. */
  assert_person (store, "sam", sam);
  assert_person (store, " SAM  hill ", hill);
  assert_person (store, "hill", hill);
  assert_person (store, "jurgen", jurgen);
  assert_person (store, "van der", jurgen);
  assert_person (store, "berg", jurgen);
  assert_person (store, "samu", samuel);
  assert_person (store, "mum", samuel);
  assert_no_person (store, "sa", FIKA_ERROR_AMBIGUOUS,
                    "“sa” can be Sam, Sam Hill and Samuel Lee. Write more of the name.");
  assert_no_person (store, "björk", FIKA_ERROR_AMBIGUOUS,
                    "“björk” can be Björk and Bjork. Write more of the name.");
  assert_no_person (store, "zoe", FIKA_ERROR_NOT_FOUND,
                    "There is nobody called “zoe”. Add the person first.");
  assert_no_person (store, "jugren", FIKA_ERROR_NOT_FOUND,
                    "There is nobody called “jugren”. Nearest: Jürgen Van Der Berg.");
  /* Not within words. */
  assert_no_person (store, "ill", FIKA_ERROR_NOT_FOUND,
                    "There is nobody called “ill”. Add the person first.");

  /* Who is archived gives way. */
  draft = fika_person_copy (bjork);
  g_object_set (draft, "archived", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_person (store, "björk", other);
  g_clear_object (&draft);
  draft = fika_person_copy (jurgen);
  g_object_set (draft, "archived", TRUE, NULL);
  g_object_unref (fika_test_save_person (store, draft));
  assert_person (store, "berg", jurgen);
}

static void
test_find_group (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaGroup) choir = fika_test_add_group (store, "Chœur du lundi");
  g_autoptr (FikaGroup) chess = fika_test_add_group (store, "Chess club");
  g_autoptr (FikaGroup) book = fika_test_add_group (store, "Book club");
  g_autoptr (FikaGroup) found_group = fika_store_find_group (store, "lundi", NULL);
  g_autoptr (FikaGroup) draft = fika_group_copy (book);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (found_group == choir);
  g_assert_null (fika_store_find_group (store, "club", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_AMBIGUOUS);
  g_assert_cmpstr (error->message, ==,
                   "“club” can be Book club and Chess club. Write more of the name.");
  g_clear_error (&error);
  g_assert_null (fika_store_find_group (store, "golf", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);

  /* By stage, then by name. */
  g_object_set (draft, "stage", (int) FIKA_STAGE_MEMBER, NULL);
  g_object_unref (fika_test_save_group (store, draft));
  ids = fika_store_group_ids (store, NULL);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpint (g_array_index (ids, int64_t, 0), ==, fika_group_get_id (chess));
  g_assert_cmpint (g_array_index (ids, int64_t, 1), ==, fika_group_get_id (choir));
  g_assert_cmpint (g_array_index (ids, int64_t, 2), ==, fika_group_get_id (book));
}

static void
test_by_contact (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = add (store, "Ada", NULL, "+49 170 1234567", NULL);
  g_autoptr (FikaPerson) sam = add (store, "Sam", NULL, "Sam@Example.org", NULL);
  g_autoptr (GArray) by_phone
      = fika_store_find_people_by_contact (store, FIKA_CONTACT_PHONE, "0170/1234567");
  g_autoptr (GArray) by_mail
      = fika_store_find_people_by_contact (store, FIKA_CONTACT_EMAIL, " sam@example.ORG");
  g_autoptr (GArray) by_nothing
      = fika_store_find_people_by_contact (store, FIKA_CONTACT_URL, "https://example.org");

  g_assert_cmpuint (by_phone->len, ==, 1);
  g_assert_cmpint (g_array_index (by_phone, int64_t, 0), ==, fika_person_get_id (ada));
  g_assert_cmpuint (by_mail->len, ==, 1);
  g_assert_cmpint (g_array_index (by_mail, int64_t, 0), ==, fika_person_get_id (sam));
  g_assert_cmpuint (by_nothing->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/people/search", test_search);
  g_test_add_func ("/store/people/slips", test_slips);
  g_test_add_func ("/store/people/orders", test_orders);
  g_test_add_func ("/store/people/find", test_find);
  g_test_add_func ("/store/people/find-group", test_find_group);
  g_test_add_func ("/store/people/by-contact", test_by_contact);

  return g_test_run ();
}
