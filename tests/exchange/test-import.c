#include "config.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"
#include "base/fika-text.h"
#include "exchange/fika-import.h"
#include "fika-command-test.h"

#include <fcntl.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define add(name, function)                                                                        \
  g_test_add ("/import/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

static GFile *
fixture_file (const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "fixtures", "vcard", name, NULL);

  return g_file_new_for_path (path);
}

static GFile *
write_file (Fixture *self, const char *name, const char *data, gssize length)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

static FikaImport *
read_file (Fixture *self, GFile *file)
{
  g_autoptr (GError) error = NULL;
  FikaImport *import = fika_import_read (self->store, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);

  return import;
}

static FikaImport *
read_text (Fixture *self, const char *text)
{
  g_autoptr (GFile) file = write_file (self, "cards.vcf", text, -1);

  return read_file (self, file);
}

static void
apply (FikaImport *import)
{
  g_autoptr (GError) error = NULL;

  fika_import_apply (import, FIKA_SOURCE_IMPORT, NULL, &error);
  g_assert_no_error (error);
}

static void
import_text (Fixture *self, const char *text)
{
  g_autoptr (FikaImport) import = read_text (self, text);

  apply (import);
}

static void
assert_counts (FikaImport *import, guint added, guint updated, guint unchanged, guint duplicates)
{
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_NEW), ==, added);
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_UPDATED), ==, updated);
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_UNCHANGED), ==, unchanged);
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_DUPLICATE), ==, duplicates);
}

static FikaPerson *
find (Fixture *self, const char *name)
{
  g_autoptr (GError) error = NULL;
  FikaPerson *person = fika_store_find_person (self->store, name, &error);

  g_assert_no_error (error);

  return person;
}

static const FikaContact *
nth_contact (FikaPerson *person, guint i)
{
  GPtrArray *contacts = fika_person_get_contacts (person);

  g_assert_cmpuint (contacts->len, >, i);

  return g_ptr_array_index (contacts, i);
}

static const FikaImportItem *
nth_item (FikaImport *import, guint i)
{
  GPtrArray *items = fika_import_get_items (import);

  g_assert_cmpuint (items->len, >, i);

  return g_ptr_array_index (items, i);
}

static const FikaImportSkip *
nth_skip (FikaImport *import, guint i)
{
  GPtrArray *skips = fika_import_get_skips (import);

  g_assert_cmpuint (skips->len, >, i);

  return g_ptr_array_index (skips, i);
}

static guint
count_photos (void)
{
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
remove_photos (void)
{
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
}

static guint
count_cards_expected (const char *name)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *path
      = g_strdup_printf ("%s/tests/fixtures/vcard/%s.json", g_getenv ("FIKA_SRCDIR"), name);
  g_autoptr (GError) error = NULL;
  JsonArray *entries;
  guint n = 0;

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  entries = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                          "entries");
  for (guint i = 0; i < json_array_get_length (entries); i++)
    n += json_object_has_member (json_array_get_object_element (entries, i), "card");

  return n;
}

/* Every real export: all new, then nothing new, then as if it had never been. */
static void
test_twice_and_undone (Fixture *self, gconstpointer data)
{
  g_autofree char *folder
      = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "fixtures", "vcard", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *file_name;
  guint files = 0;

  while ((file_name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *name = NULL;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *undone = NULL;
      g_autoptr (GFile) file = NULL;
      g_autoptr (FikaImport) import = NULL;
      g_autoptr (FikaImport) again = NULL;
      guint cards;

      if (!g_str_has_suffix (file_name, ".vcf"))
        continue;
      g_test_message ("%s", file_name);
      name = g_strndup (file_name, strlen (file_name) - strlen (".vcf"));
      cards = count_cards_expected (name);
      file = fixture_file (file_name);
      before = fixture_dump (self);

      import = read_file (self, file);
      assert_counts (import, cards, 0, 0, 0);
      apply (import);
      g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, cards);

      again = read_file (self, file);
      assert_counts (again, 0, 0, cards, 0);
      g_assert_false (fika_import_has_changes (again));
      after = fixture_dump (self);
      apply (again);
      undone = fixture_dump (self);
      g_assert_cmpstr (undone, ==, after);

      fixture_undo (self);
      g_clear_pointer (&undone, g_free);
      undone = fixture_dump (self);
      g_assert_cmpstr (undone, ==, before);
      files++;
    }
  g_assert_cmpuint (files, >=, 18);
}

static void
test_whole_person (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("ios.vcf");
  g_autoptr (FikaImport) import = read_file (self, file);
  g_autoptr (FikaPerson) chidi = NULL;
  g_autofree char *photos = fika_paths_photos_dir ();
  g_autofree char *photo = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *hash = NULL;
  GPtrArray *occasions;
  const FikaOccasion *birthday;
  struct stat info;
  gsize length;

  remove_photos ();
  apply (import);
  assert_undo_label (self, "Import 1 person from ios.vcf");
  chidi = find (self, "Chidi Emeka Okafor");
  g_assert_cmpstr (fika_person_get_uid (chidi), ==, "5ad380fd-b2de-4261-ba99-de1d1db52fbe");
  g_assert_cmpstr (fika_person_get_nickname (chidi), ==, "Chi");
  g_assert_cmpstr (fika_person_get_notes (chidi), ==, "Teaches physics. Ask about the telescope 🔭");
  g_assert_cmpstr (fika_person_get_circle_key (chidi), ==, "friends");
  g_assert_cmpuint (fika_person_get_contacts (chidi)->len, ==, 11);
  g_assert_cmpstr (nth_contact (chidi, 2)->value, ==, "+44 7700 900101");
  g_assert_cmpstr (nth_contact (chidi, 2)->label, ==, "mobile");
  g_assert_true (nth_contact (chidi, 2)->preferred);
  g_assert_cmpint (nth_contact (chidi, 2)->kind, ==, FIKA_CONTACT_PHONE);
  g_assert_cmpstr (nth_contact (chidi, 5)->label, ==, "Auntie's");
  g_assert_cmpint (nth_contact (chidi, 9)->kind, ==, FIKA_CONTACT_CHAT);
  birthday = fika_person_get_birthday (chidi);
  g_assert_nonnull (birthday);
  g_assert_cmpint (birthday->year, ==, 0);
  g_assert_cmpint (birthday->month, ==, 2);
  g_assert_cmpint (birthday->day, ==, 29);
  occasions = fika_person_get_occasions (chidi);
  g_assert_cmpuint (occasions->len, ==, 3);
  g_assert_true (strstr (fika_person_get_extra (chidi), "ORG:Harbour School;\n") != NULL);

  photo = g_build_filename (photos, fika_person_get_photo (chidi), NULL);
  g_assert_true (g_file_get_contents (photo, &contents, &length, NULL));
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
  g_assert_cmpstr (hash, ==, fika_person_get_photo (chidi));
  g_assert_cmpint (stat (photo, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (stat (photos, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0700);
  g_assert_cmpuint (count_photos (), ==, 1);
}

static void
test_skips (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("bad-cards.vcf");
  g_autoptr (FikaImport) import = read_file (self, file);
  static const struct
  {
    guint line;
    const char *name;
    const char *reason;
    gboolean kept;
  } skips[] = {
    { 1, "", "The lines here belong to no card.", FALSE },
    { 7, "Never Ended", "The card has no end. It may have been cut off.", FALSE },
    { 15, "Second Good", "The line could not be understood and was left out.", TRUE },
    { 16, "Second Good", "The date is not one that Fika understands and was set aside.", TRUE },
    { 18, "", "The card has no name, and nothing to take one from.", FALSE },
    { 22, "", "The lines here belong to no card.", FALSE },
    { 23, "", "The card has no name, and nothing to take one from.", FALSE },
    { 28, "Third Good", "The photo is damaged and was left out.", TRUE },
    { 29, "Third Good", "The photo is damaged and was left out.", TRUE },
    { 30, "Third Good", "The photo is of a kind that Fika does not know and was left out.", TRUE },
    { 32, "Cut Off", "The card has no end. It may have been cut off.", FALSE },
  };

  assert_counts (import, 3, 0, 0, 0);
  g_assert_cmpuint (nth_item (import, 1)->line, ==, 11);
  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, G_N_ELEMENTS (skips));
  for (guint i = 0; i < G_N_ELEMENTS (skips); i++)
    {
      const FikaImportSkip *skip = nth_skip (import, i);

      g_assert_cmpuint (skip->line, ==, skips[i].line);
      g_assert_cmpstr (skip->name, ==, skips[i].name);
      g_assert_cmpstr (skip->reason, ==, skips[i].reason);
      g_assert_cmpint (skip->kept, ==, skips[i].kept);
    }
}

#define ADA(body) "BEGIN:VCARD\nVERSION:4.0\nUID:ada-1\nFN:Ada Byron\n" body "END:VCARD\n"

/* The card has changed since; so has what one knows here. Neither is lost. */
static void
test_updated (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) saved = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) contacts = NULL;

  import_text (self, ADA ("TEL:+49 30 5550101\nNOTE:plays chess\nTITLE:Student\nX-OLD:1\n"));
  ada = find (self, "Ada Byron");
  draft = fika_person_copy (ada);
  fika_person_set_circle_id (draft, fika_store_circle_by_key (self->store, "closest"));
  fika_person_set_cadence (draft, 5, 9);
  fika_person_set_ties (draft, 1u << FIKA_TIE_FAMILY);
  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_PHONE, "", "030 5550101"));
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_EMAIL, "", "ada@here.example"));
  fika_person_set_contacts (draft, contacts);
  g_object_set (draft, "notes", "hates mornings", "how-met", "at school", NULL);
  saved = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);

  import = read_text (self, "BEGIN:VCARD\nVERSION:4.0\nUID:ada-1\nFN:Ada Lovelace\n"
                            "TEL;TYPE=home:+49 30 5550101\nTEL:+49 171 5550102\n"
                            "NOTE:plays chess\nTITLE:Countess\nBDAY:--1210\nCATEGORIES:maths\n"
                            "END:VCARD\n");
  assert_counts (import, 0, 1, 0, 0);
  g_assert_true (nth_item (import, 0)->chosen);
  g_assert_true (nth_item (import, 0)->match == ada);
  apply (import);

  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada Lovelace");
  g_assert_cmpstr (fika_person_get_circle_key (ada), ==, "closest");
  g_assert_cmpint (fika_person_get_ideal (ada), ==, 5);
  g_assert_cmpint (fika_person_get_latest (ada), ==, 9);
  g_assert_cmpuint (fika_person_get_ties (ada), ==, 1u << FIKA_TIE_FAMILY);
  g_assert_cmpstr (fika_person_get_how_met (ada), ==, "at school");
  g_assert_cmpstr (fika_person_get_notes (ada), ==, "hates mornings\n\nplays chess");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 3);
  g_assert_cmpstr (nth_contact (ada, 0)->value, ==, "030 5550101");
  g_assert_cmpstr (nth_contact (ada, 0)->label, ==, "home");
  g_assert_cmpstr (nth_contact (ada, 1)->value, ==, "ada@here.example");
  g_assert_cmpstr (nth_contact (ada, 2)->value, ==, "+49 171 5550102");
  g_assert_cmpint (fika_person_get_birthday (ada)->month, ==, 12);
  g_assert_cmpstr (fika_person_get_extra (ada), ==, "X-OLD:1\nTITLE:Countess");

  again = read_text (self, "BEGIN:VCARD\nVERSION:4.0\nUID:ada-1\nFN:Ada Lovelace\n"
                           "TEL;TYPE=home:+49 30 5550101\nTEL:+49 171 5550102\n"
                           "NOTE:plays chess\nTITLE:Countess\nBDAY:--1210\nCATEGORIES:maths\n"
                           "END:VCARD\n");
  assert_counts (again, 0, 0, 1, 0);
  /* One undo for all of it. */
  fixture_undo (self);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada Byron");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 2);
}

/* By UID first, then phone, then mail, then name. */
static void
test_duplicates (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *card;
    const char *match; /* NULL: new */
  } cases[] = {
    { "FN:Somebody\nTEL:0171 5550101\n", "Phone" },
    { "FN:Somebody\nEMAIL:MAIL@example.org\n", "Mail" },
    { "FN:NÁME\nTEL:0171 5550199\n", "Name" },
    { "FN:Name\nTEL:+49 171 5550101\nEMAIL:mail@example.org\n", "Phone" },
    { "FN:Name\nEMAIL:mail@example.org\n", "Mail" },
    { "FN:Name\nUID:something-else\nNOTE:new\n", "Name" },
    { "FN:Mail\nTEL:+49 171 5550101\n", "Phone" },
    { "FN:Nobody\nTEL:110\n", NULL },
    { "FN:Nobody\nEMAIL:other@example.org\nURL:https://example.org\n", NULL },
    /* A namesake, born on another day. */
    { "FN:Born\nBDAY:1990-01-02\n", NULL },
    { "FN:Born\nBDAY:--0101\nNOTE:new\n", "Born" },
  };

  import_text (self, "BEGIN:VCARD\nFN:Phone\nTEL:+49 171 5550101\nTEL:110\nEND:VCARD\n"
                     "BEGIN:VCARD\nFN:Mail\nEMAIL:mail@example.org\nURL:https://example.org\n"
                     "END:VCARD\n"
                     "BEGIN:VCARD\nFN:Name\nEND:VCARD\n"
                     "BEGIN:VCARD\nFN:Born\nBDAY:1990-01-01\nEND:VCARD\n");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("BEGIN:VCARD\n", cases[i].card, "END:VCARD\n", NULL);
      g_autoptr (FikaImport) import = read_text (self, text);
      const FikaImportItem *item = nth_item (import, 0);

      g_test_message ("%s", cases[i].card);
      if (cases[i].match == NULL)
        {
          g_assert_cmpint (item->verdict, ==, FIKA_IMPORT_NEW);
          g_assert_true (item->chosen);
          g_assert_null (item->match);
          continue;
        }
      g_assert_cmpint (item->verdict, ==, FIKA_IMPORT_DUPLICATE);
      g_assert_cmpstr (fika_person_get_name (item->match), ==, cases[i].match);
      /* Merged only when asked for. */
      g_assert_false (item->chosen);
      g_assert_false (fika_import_has_changes (import));
    }
}

static void
test_merge_duplicates (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaPerson) ada = NULL;
  GPtrArray *items;

  import_text (self, ADA ("TEL:+49 171 5550101\nNICKNAME:Ad\n"));
  import = read_text (self, "BEGIN:VCARD\nFN:Countess Lovelace\nTEL:01715550101\n"
                            "EMAIL:ada@example.org\nNICKNAME:Countess\nEND:VCARD\n"
                            "BEGIN:VCARD\nUID:other\nFN:A. Byron\nTEL:01715550101\n"
                            "URL:https://ada.example\nEND:VCARD\n");
  assert_counts (import, 0, 0, 0, 2);
  items = fika_import_get_items (import);
  for (guint i = 0; i < items->len; i++)
    ((FikaImportItem *) g_ptr_array_index (items, i))->chosen = TRUE;
  g_assert_true (fika_import_has_changes (import));
  apply (import);

  /* Both cards' additions, none of what they would replace. */
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, 1);
  ada = find (self, "Ada Byron");
  g_assert_cmpstr (fika_person_get_uid (ada), ==, "ada-1");
  g_assert_cmpstr (fika_person_get_nickname (ada), ==, "Ad");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 3);
  g_assert_cmpstr (nth_contact (ada, 1)->value, ==, "ada@example.org");
  g_assert_cmpstr (nth_contact (ada, 2)->value, ==, "https://ada.example");
  fixture_undo (self);
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 1);
}

/* What changed between the preview and the import counts as it is then. */
static void
test_changed_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) late = NULL;
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaPerson) draft = NULL;
  g_autoptr (FikaPerson) saved = NULL;
  g_autoptr (GError) error = NULL;

  late = read_text (self, ADA ("NOTE:late\n"));
  assert_counts (late, 1, 0, 0, 0);
  import_text (self, ADA ("TEL:1234567\n"));
  ada = find (self, "Ada Byron");
  import = read_text (self, ADA ("EMAIL:ada@example.org\n"));
  draft = fika_person_copy (ada);
  g_object_set (draft, "notes", "written meanwhile", NULL);
  saved = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);

  apply (import);
  g_assert_cmpstr (fika_person_get_notes (ada), ==, "written meanwhile");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 2);
  /* It was new in the preview, and is here now. */
  apply (late);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, 1);
  g_assert_cmpstr (fika_person_get_notes (ada), ==, "written meanwhile\n\nlate");

  /* And the other way: gone since. */
  g_clear_object (&import);
  import = read_text (self, ADA ("ROLE:x\n"));
  assert_counts (import, 0, 1, 0, 0);
  fika_command_delete_person (self->store, ada, SOURCE, &error);
  g_assert_no_error (error);
  apply (import);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, 1);
}

static void
test_repeats (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaPerson) ada = NULL;

  import = read_text (
      self, ADA ("TEL:1234567\n")
                ADA ("EMAIL:ada@example.org\n") "BEGIN:VCARD\nFN:Twin\nTEL:7654321\nEND:VCARD\n"
                                                "BEGIN:VCARD\nFN:Twin\nTEL:7654321\nEND:VCARD\n"
                                                "BEGIN:VCARD\nFN:Twin\nTEL:7654322\nEND:VCARD\n");
  assert_counts (import, 3, 0, 0, 0);
  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 2);
  g_assert_cmpuint (nth_skip (import, 0)->line, ==, 7);
  g_assert_cmpstr (nth_skip (import, 0)->reason, ==,
                   "The card repeats the one in line 1; both were joined.");
  apply (import);
  ada = find (self, "Ada Byron");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 2);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, 3);
}

/* The clock stands in May 2026. */
static void
test_future_birthday (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaImport) import = read_text (self, ADA ("BDAY:20260507\nANNIVERSARY:20260507\n"));
  g_autoptr (FikaPerson) ada = NULL;

  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 1);
  apply (import);
  ada = find (self, "Ada");
  g_assert_null (fika_person_get_birthday (ada));
  g_assert_cmpuint (fika_person_get_occasions (ada)->len, ==, 1);
}

static void
test_chosen (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("bad-cards.vcf");
  g_autoptr (FikaImport) import = read_file (self, file);
  g_autofree char *data_folder = g_path_get_dirname (fika_store_get_path (self->store));
  g_autofree char *backups = g_build_filename (data_folder, "backups", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GPtrArray *items = fika_import_get_items (import);

  before = fixture_dump (self);
  for (guint i = 0; i < items->len; i++)
    ((FikaImportItem *) g_ptr_array_index (items, i))->chosen = FALSE;
  apply (import);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));

  ((FikaImportItem *) g_ptr_array_index (items, 1))->chosen = TRUE;
  apply (import);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, 1);
  assert_undo_label (self, "Import 1 person from bad-cards.vcf");
  /* A copy of the data was kept before. */
  g_assert_true (g_file_test (backups, G_FILE_TEST_IS_DIR));
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("ios.vcf");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) none = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  guint photos;

  remove_photos ();
  photos = count_photos ();
  import = fika_import_read (self->store, file, cancellable, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (fika_import_apply (import, FIKA_SOURCE_IMPORT, cancellable, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
  g_clear_error (&error);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (count_photos (), ==, photos);

  none = fika_import_read (self->store, file, cancellable, &error);
  g_assert_null (none);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static gboolean
count_cb (gpointer user_data)
{
  ++*(guint *) user_data;

  return G_SOURCE_CONTINUE;
}

static void
test_async (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint turns = 0;
  guint ticker = g_idle_add (count_cb, &turns);

  for (int i = 0; i < 2000; i++)
    g_string_append_printf (text, "BEGIN:VCARD\nFN:Person %d\nTEL:%07d\nEND:VCARD\n", i, i);
  file = write_file (self, "many.vcf", text->str, text->len);

  fika_import_read_async (self->store, file, NULL, finished_cb, &result);
  g_assert_null (result);
  fika_test_await_that (result != NULL);
  import = fika_import_read_finish (result, &error);
  g_assert_no_error (error);
  assert_counts (import, 2000, 0, 0, 0);
  /* The loop went on, while the file was read and while it was compared. */
  g_assert_cmpuint (turns, >, 10);

  g_clear_object (&result);
  fika_import_read_async (self->store, file, cancellable, finished_cb, &result);
  g_cancellable_cancel (cancellable);
  fika_test_await_that (result != NULL);
  g_assert_null (fika_import_read_finish (result, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
  g_source_remove (ticker);
}

static void
assert_refused (Fixture *self, GFile *file, FikaError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaImport) import = fika_import_read (self->store, file, NULL, &error);

  g_assert_null (import);
  g_assert_error (error, FIKA_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static gboolean
apply_async (FikaImport *import, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fika_import_apply_async (import, FIKA_SOURCE_IMPORT, cancellable, finished_cb, &result);
  g_assert_null (result);
  fika_test_await_that (result != NULL);

  return fika_import_apply_finish (import, result, error);
}

/* While the loop goes on: the same person as ever, or nothing, photo included. */
static void
test_apply_async (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("ios.vcf");
  g_autoptr (FikaImport) import = read_file (self, file);
  g_autoptr (FikaImport) again = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaPerson) chidi = NULL;
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  guint photos;

  remove_photos ();
  photos = count_photos ();
  g_cancellable_cancel (cancellable);
  g_assert_false (apply_async (import, cancellable, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
  g_clear_error (&error);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (count_photos (), ==, photos);

  g_assert_true (apply_async (import, NULL, &error));
  g_assert_no_error (error);
  assert_undo_label (self, "Import 1 person from ios.vcf");
  g_assert_cmpuint (count_photos (), ==, photos + 1);
  chidi = find (self, "Chidi Emeka Okafor");
  g_assert_cmpuint (fika_person_get_contacts (chidi)->len, ==, 11);
  again = read_file (self, file);
  assert_counts (again, 0, 0, 1, 0);
  fixture_undo (self);
  g_clear_pointer (&after, g_free);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

/* A picture with something in every corner. */
static char *
make_picture (int width, int height, const char *type, gsize *length)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  char *data;

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          guint8 *at = pixels + (gsize) y * stride + x * 3;

          at[0] = x * 255 / width;
          at[1] = y * 255 / height;
          at[2] = 90;
        }
    }
  gdk_pixbuf_save_to_buffer (pixbuf, &data, length, type, &error, NULL);
  g_assert_no_error (error);

  return data;
}

static FikaImport *
read_photo (Fixture *self, const char *data, gsize length)
{
  g_autofree char *base64 = g_base64_encode ((const guchar *) data, length);
  g_autofree char *text = g_strdup_printf ("BEGIN:VCARD\nVERSION:3.0\nUID:a\nFN:Ada\n"
                                           "PHOTO;ENCODING=b:%s\nTEL:123456\nEND:VCARD\n",
                                           base64);

  return read_text (self, text);
}

/* The person comes in, with their number; the photo does not, and is named. */
static void
assert_left_out (Fixture *self, const char *data, gsize length, const char *reason)
{
  g_autoptr (FikaImport) import = read_photo (self, data, length);
  g_autoptr (FikaPerson) ada = NULL;

  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 1);
  g_assert_cmpstr (nth_skip (import, 0)->name, ==, "Ada");
  g_assert_cmpstr (nth_skip (import, 0)->reason, ==, reason);
  g_assert_true (nth_skip (import, 0)->kept);
  apply (import);
  ada = find (self, "Ada");
  g_assert_cmpstr (fika_person_get_photo (ada), ==, "");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 1);
  g_clear_object (&ada);
  fixture_undo (self);
}

static void
assert_kept_photo (Fixture *self, const char *data, gsize length, int width, int height)
{
  g_autoptr (FikaImport) import = read_photo (self, data, length);
  g_autoptr (FikaImport) again = NULL;
  g_autoptr (FikaImport) exported = NULL;
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (GdkPixbuf) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *original = NULL;
  gsize n;

  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 0);
  apply (import);
  ada = find (self, "Ada");
  path = g_build_filename (folder, fika_person_get_photo (ada), NULL);
  kept = gdk_pixbuf_new_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (kept), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (kept), ==, height);
  /* Red from left to right, green from top to bottom. */
  g_assert_cmpint (gdk_pixbuf_get_pixels (kept)[0], <, 32);
  g_assert_cmpint (gdk_pixbuf_get_pixels (kept)[1], <, 32);
  g_assert_cmpint (gdk_pixbuf_get_pixels (kept)[(width - 1) * 3], >, 224);
  original = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  g_assert_cmpstr (fika_person_get_photo (ada), !=, original);

  /* The same photo again is no change, and neither is the one that Fika keeps. */
  again = read_photo (self, data, length);
  assert_counts (again, 0, 0, 1, 0);
  g_assert_true (g_file_get_contents (path, &contents, &n, NULL));
  exported = read_photo (self, contents, n);
  assert_counts (exported, 0, 0, 1, 0);
  g_clear_object (&ada);
  fixture_undo (self);
}

#define DAMAGED "The photo is damaged and was left out."
#define TOO_LARGE "The photo is too large and was left out."

static void
test_photos (Fixture *self, gconstpointer data)
{
  g_autofree char *jpeg = NULL;
  g_autofree char *png = NULL;
  g_autofree char *small = NULL;
  g_autofree char *huge = NULL;
  gsize jpeg_length;
  gsize png_length;
  gsize small_length;
  gsize huge_length;

  jpeg = make_picture (800, 600, "jpeg", &jpeg_length);
  assert_kept_photo (self, jpeg, jpeg_length, 512, 384);
  assert_left_out (self, jpeg, jpeg_length / 2, DAMAGED);

  small = make_picture (90, 120, "jpeg", &small_length);
  assert_kept_photo (self, small, small_length, 90, 120);

  /* Few bytes that are many pixels. */
  huge = make_picture (5000, 4000, "png", &huge_length);
  g_assert_cmpint (huge_length, <, FIKA_IMPORT_MAX_PHOTO);
  assert_kept_photo (self, huge, huge_length, 512, 409);

  /* It says that it is 30,000 pixels wide and high. */
  png = make_picture (300, 600, "png", &png_length);
  memcpy (huge + 16, "\0\0\x75\x30\0\0\x75\x30", 8);
  assert_left_out (self, huge, huge_length, TOO_LARGE);

  /* Whole by its own words, and nonsense within: only a decoder finds out. */
  assert_left_out (self, png, png_length / 2, DAMAGED);
  memset (png + png_length / 2, 0x5a, 16);
  assert_left_out (self, png, png_length, DAMAGED);
}

static void
test_wrong_files (Fixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *data;
    gssize length;
    FikaError code;
    const char *words;
  } files[] = {
    { "empty.vcf", "", 0, FIKA_ERROR_INVALID, "The file is empty" },
    { "letter.txt", "Dear Ada,\n", -1, FIKA_ERROR_INVALID, "This is not a contacts file" },
    { "photo.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18, FIKA_ERROR_INVALID,
      "This is not a contacts file" },
    { "cal.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", -1, FIKA_ERROR_UNSUPPORTED,
      "This is a calendar file" },
    { "list.csv", "name,phone\nAda,1\n", -1, FIKA_ERROR_INVALID, "This is not a contacts file" },
    { "half.json", "{\"format\":\"fika\",\"people\":[", -1, FIKA_ERROR_DAMAGED, "damaged" },
    { "other.json", "{\"a\":1}", -1, FIKA_ERROR_FOREIGN, "not exported by Fika" },
  };
  g_autofree char *folder = g_build_filename (self->folder, "folder", NULL);
  g_autofree char *missing = g_build_filename (self->folder, "missing.vcf", NULL);
  g_autofree char *pipe_path = g_build_filename (self->folder, "pipe.vcf", NULL);
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  g_autoptr (GFile) folder_file = g_file_new_for_path (folder);
  g_autoptr (GFile) missing_file = g_file_new_for_path (missing);
  g_autoptr (GFile) pipe_file = g_file_new_for_path (pipe_path);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GFile) file = write_file (self, files[i].name, files[i].data, files[i].length);

      assert_refused (self, file, files[i].code, files[i].words);
    }
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_refused (self, folder_file, FIKA_ERROR_INVALID, "is a folder");
  assert_refused (self, missing_file, FIKA_ERROR_NOT_FOUND, "There is no file “missing.vcf”");
  /* Would wait for ever for somebody to write. */
  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  assert_refused (self, pipe_file, FIKA_ERROR_INVALID, "is no plain file");
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

/* Root may read everything by two capabilities; this thread puts them down and takes them up again.
 */
static void
read_as_anybody (gboolean as_anybody)
{
  struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
  struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
  guint32 mask = 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH;

  g_assert_cmpint (syscall (SYS_capget, &header, sets), ==, 0);
  if (as_anybody)
    sets[0].effective &= ~mask;
  else
    sets[0].effective |= sets[0].permitted & mask;
  g_assert_cmpint (syscall (SYS_capset, &header, sets), ==, 0);
}

static void
test_unreadable (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "secret.vcf", ADA (""), -1);
  g_autofree char *path = g_file_get_path (file);

  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  read_as_anybody (TRUE);
  g_assert_cmpint (open (path, O_RDONLY), ==, -1);
  assert_refused (self, file, FIKA_ERROR_FAILED, "may not be read by you");
  read_as_anybody (FALSE);
}

/* Refused by its size: not one of its bytes is on the disk. */
static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "large.vcf", "BEGIN:VCARD\n", -1);
  g_autofree char *path = g_file_get_path (file);

  g_assert_cmpint (truncate (path, 100 * 1000 * 1000), ==, 0);
  assert_refused (self, file, FIKA_ERROR_INVALID, "up to 64 MiB");
}

static void
test_odd_names (Fixture *self, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (10000, 'x');
  g_autofree char *text = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) again = NULL;
  g_autoptr (FikaPerson) person = NULL;
  g_autofree char *notes = NULL;

  text = g_strdup_printf ("BEGIN:VCARD\nFN:%s\nEND:VCARD\n"
                          "BEGIN:VCARD\nFN:👩🏽‍🚀 Mae\nEND:VCARD\n"
                          "BEGIN:VCARD\nFN:يوسف بن علي\nEND:VCARD\n"
                          "BEGIN:VCARD\nFN:  \t \nEND:VCARD\n",
                          long_name);
  import = read_text (self, text);
  assert_counts (import, 3, 0, 0, 0);
  apply (import);
  again = read_text (self, text);
  assert_counts (again, 0, 0, 3, 0);
  person = find (self, "xxxxx");
  notes = g_strdup (fika_person_get_notes (person));
  g_assert_cmpstr (notes, ==, long_name);
}

/* --- A parser that was taken over --- */

static char *
install_parser (Fixture *self, const char *script)
{
  g_autofree char *folder = g_build_filename (self->folder, "libexec", NULL);
  g_autofree char *path = g_build_filename (folder, "fika-parse", NULL);
  char *before = g_strdup (g_getenv ("FIKA_LIBEXECDIR"));

  g_mkdir_with_parents (folder, 0700);
  if (script != NULL)
    {
      g_assert_true (g_file_set_contents (path, script, -1, NULL));
      g_assert_cmpint (g_chmod (path, 0700), ==, 0);
    }
  else
    {
      g_unlink (path);
    }
  g_setenv ("FIKA_LIBEXECDIR", folder, TRUE);

  return before;
}

#define HEAD "{\"format\":\"fika-parse 1\",\"entries\":["
#define LISTS "\"contacts\":[],\"occasions\":[],\"tags\":[],\"extra\":[],\"problems\":[]"
#define ENTRY(members) "{\"card\":{\"line\":1,\"name\":\"A\"," members "}}"
#define SAYS(text) "cat >/dev/null; cat <<'END'\n" text "\nEND\n"
#define SAYS_CARD(members) SAYS (HEAD "\n" ENTRY (members) "\n],\"count\":1}")

static void
test_hostile_parser (Fixture *self, gconstpointer data)
{
  static const char *const scripts[] = {
    /* none, or not to the end */
    "exit 0",
    "exit 1",
    "kill -9 $$",
    SAYS (""),
    SAYS (HEAD),
    SAYS (HEAD "\n" ENTRY (LISTS)),
    SAYS (HEAD "\n" ENTRY (LISTS) "\n],\"count\":2}"),
    SAYS (HEAD "\n" ENTRY (LISTS) "\n],\"count\":1}\nmore"),
    "cat >/dev/null; printf '%s' '" HEAD "'",
    /* no JSON, or another */
    SAYS ("BEGIN:VCARD"),
    SAYS ("{\"format\":\"fika-parse 2\",\"entries\":["),
    SAYS ("{\"format\":\"fika-parse 1\",\"error\":\"<b>pay here</b>\"}"),
    SAYS ("{\"format\":\"fika-parse 1\",\"error\":7}"),
    SAYS (HEAD "\n{}\n],\"count\":1}"),
    SAYS (HEAD "\n[]\n],\"count\":1}"),
    SAYS (HEAD "\n{\"card\":[]}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"card\":{}}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"card\":{},\"skip\":{}}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"card\":null}\n],\"count\":1}"),
    SAYS (HEAD "\n{'card':{\"line\":1}}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"skip\":{\"line\":1,\"reason\":\"because\"}}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"skip\":{\"line\":-1,\"reason\":\"no-end\"}}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"card\":{\"line\":1,\"name\":\" \"," LISTS "}}\n],\"count\":1}"),
    SAYS (HEAD "\n{\"card\":{\"line\":1,\"name\":7," LISTS "}}\n],\"count\":1}"),
    /* members that are not what they should be */
    SAYS_CARD ("\"contacts\":{}"),
    SAYS_CARD ("\"contacts\":[7]"),
    SAYS_CARD ("\"contacts\":[{\"kind\":\"bomb\",\"value\":\"x\"}]"),
    SAYS_CARD ("\"contacts\":[{\"kind\":\"phone\"}]"),
    SAYS_CARD ("\"contacts\":[{\"kind\":\"phone\",\"value\":\"1\",\"preferred\":\"yes\"}]"),
    SAYS_CARD ("\"occasions\":[{\"kind\":\"birthday\",\"year\":0,\"month\":2,\"day\":30}]"),
    SAYS_CARD ("\"occasions\":[{\"kind\":\"birthday\",\"year\":99999,\"month\":2,\"day\":3}]"),
    SAYS_CARD ("\"occasions\":[{\"kind\":\"birthday\",\"year\":2000.5,\"month\":2,\"day\":3}]"),
    SAYS_CARD ("\"occasions\":[{\"kind\":\"birthday\",\"month\":2,\"day\":3},"
               "{\"kind\":\"birthday\",\"month\":2,\"day\":4}]"),
    SAYS_CARD ("\"tags\":[\"\"]"),
    SAYS_CARD ("\"tags\":[[]]"),
    SAYS_CARD ("\"extra\":[1]"),
    SAYS_CARD ("\"photo\":\"../../.bashrc\""),
    SAYS_CARD ("\"photo\":\"SGVsbG8=\""),
    SAYS_CARD ("\"photo\":[]"),
    SAYS_CARD ("\"notes\":{\"a\":\"b\"}"),
    SAYS_CARD ("\"problems\":[{\"line\":1,\"reason\":\"run this\"}]"),
    SAYS_CARD ("\"a\":[[[[[[[[[[]]]]]]]]]]"),
    /* bytes */
    "cat >/dev/null; printf '" HEAD
    "\\n{\"card\":{\"line\":1,\"name\":\"\\377\"}}\\n],\"count\":1}\\n'",
    "cat >/dev/null; printf '" HEAD "\\n\\000\\n],\"count\":1}\\n'",
    /* a tower that would topple a parser, and floods */
    "cat >/dev/null; echo '" HEAD "'; head -c 3000000 /dev/zero | tr '\\0' '['",
    "cat >/dev/null; echo '" HEAD "'; head -c 20000000 /dev/zero | tr '\\0' 'x'; exec sleep 100",
    "echo '" HEAD "'; yes '" ENTRY (LISTS) ",' | head -n 300000; exec sleep 100",
    "echo '" HEAD "'; yes '{\"skip\":{\"line\":1,\"reason\":\"no-end\"}},'",
  };
  g_autoptr (GFile) file = fixture_file ("ios.vcf");
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  g_autofree char *libexec = install_parser (self, NULL);

  assert_refused (self, file, FIKA_ERROR_FAILED, "Install Fika anew");
  for (guint i = 0; i < G_N_ELEMENTS (scripts); i++)
    {
      g_autofree char *script = g_strconcat ("#!/bin/sh\n", scripts[i], "\n", NULL);

      g_test_message ("%.120s", scripts[i]);
      g_free (install_parser (self, script));
      assert_refused (self, file, FIKA_ERROR_FAILED, "could not be taken apart");
    }
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_setenv ("FIKA_LIBEXECDIR", libexec, TRUE);
}

/* What is harmless is taken, so that the refusals above are for what they seem to be for. */
static void
test_plain_parser (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("ios.vcf");
  g_autofree char *libexec = NULL;
  g_autoptr (FikaImport) import = NULL;

  libexec = install_parser (self, "#!/bin/sh\n" SAYS_CARD (LISTS));
  import = read_file (self, file);
  g_setenv ("FIKA_LIBEXECDIR", libexec, TRUE);
  assert_counts (import, 1, 0, 0, 0);
}

/* It is waiting for nothing, for ever. */
static void
test_hanging_parser (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = fixture_file ("ios.vcf");
  g_autofree char *libexec = install_parser (self, "#!/bin/sh\nexec sleep 1000\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fika_import_read_async (self->store, file, cancellable, finished_cb, &result);
  for (int i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  fika_test_await_that (result != NULL);
  g_assert_null (fika_import_read_finish (result, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
  g_setenv ("FIKA_LIBEXECDIR", libexec, TRUE);
}

int
main (int argc, char **argv)
{
  g_auto (FikaTestFolder) home = fika_test_folder_new ();

  /* The photos go there. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  add ("twice-and-undone", test_twice_and_undone);
  add ("whole-person", test_whole_person);
  add ("skips", test_skips);
  add ("updated", test_updated);
  add ("duplicates", test_duplicates);
  add ("merge-duplicates", test_merge_duplicates);
  add ("changed-meanwhile", test_changed_meanwhile);
  add ("repeats", test_repeats);
  add ("future-birthday", test_future_birthday);
  add ("chosen", test_chosen);
  add ("cancelled", test_cancelled);
  add ("async", test_async);
  add ("apply-async", test_apply_async);
  add ("photos", test_photos);
  add ("wrong-files", test_wrong_files);
  add ("unreadable", test_unreadable);
  add ("too-large", test_too_large);
  add ("odd-names", test_odd_names);
  add ("hostile-parser", test_hostile_parser);
  add ("plain-parser", test_plain_parser);
  add ("hanging-parser", test_hanging_parser);

  return g_test_run ();
}
