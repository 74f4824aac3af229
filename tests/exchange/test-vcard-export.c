#include "config.h"

#include "base/fika-error.h"
#include "exchange/fika-export.h"
#include "exchange/fika-import.h"
#include "exchange/fika-vcard-export.h"
#include "exchange/fika-vcard-text.h"
#include "fika-command-test.h"
#include "store/fika-whole.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define add(name, function)                                                                        \
  g_test_add ("/vcard-export/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

static char *
export_all (Fixture *self, FikaVcardVersion version)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = fika_store_all_ids (self->store, FIKA_WHOLE_PEOPLE, &error);
  char *text;

  g_assert_no_error (error);
  text = fika_vcard_export (self->store, ids, version, &error);
  g_assert_no_error (error);

  return text;
}

static FikaImport *
read_text (Fixture *self, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, "out.vcf", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  FikaImport *import;

  g_assert_true (fika_export_to_file (path, text, &error));
  import = fika_import_read (self->store, file, NULL, &error);
  g_assert_no_error (error);

  return import;
}

static void
import_text (Fixture *self, const char *text)
{
  g_autoptr (FikaImport) import = read_text (self, text);
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_import_apply (import, FIKA_SOURCE_IMPORT, NULL, &error));
  g_assert_no_error (error);
}

/* RFC 6350, section 3.2: lines of at most 75 octets, each UTF-8 by itself, ended by CR LF. */
static void
assert_well_formed (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint n = g_strv_length (lines);

  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i + 1 < n; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_cmpuint (strlen (lines[i]), >, 0);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      g_assert_null (strpbrk (lines[i], "\r\n"));
    }
}

static void
assert_same (const char *got, const char *want)
{
  g_auto (GStrv) got_lines = g_strsplit (got, "\n", -1);
  g_auto (GStrv) want_lines = g_strsplit (want, "\n", -1);

  for (guint i = 0; got_lines[i] != NULL || want_lines[i] != NULL; i++)
    {
      g_assert_cmpstr (got_lines[i], ==, want_lines[i]);
      if (got_lines[i] == NULL)
        break;
    }
}

static FikaPerson *
save (Fixture *self, FikaPerson *draft)
{
  g_autoptr (GError) error = NULL;
  FikaPerson *person = fika_command_save_person (self->store, draft, SOURCE, &error);

  g_assert_no_error (error);

  return person;
}

static void
add_contact (GPtrArray *contacts, FikaContactKind kind, const char *label, const char *value)
{
  g_ptr_array_add (contacts, fika_contact_new (kind, label, value));
}

/* Somebody typed into Fika, with whatever one can type. */
static FikaPerson *
add_ada (Fixture *self)
{
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada King, Countess of Lovelace");
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) occasions = NULL;
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  add_contact (contacts, FIKA_CONTACT_PHONE, "mobile", "+44 7700 900101");
  add_contact (contacts, FIKA_CONTACT_PHONE, "work fax", "020 7946 0102");
  add_contact (contacts, FIKA_CONTACT_PHONE, "Mother's", "020 7946 0103");
  ((FikaContact *) g_ptr_array_index (contacts, 1))->preferred = TRUE;
  add_contact (contacts, FIKA_CONTACT_EMAIL, "", "ada@example.org");
  add_contact (contacts, FIKA_CONTACT_URL, "home", "https://ada.example/a?b=1;c=2,3\\4");
  add_contact (contacts, FIKA_CONTACT_ADDRESS, "home", "12 St James's Square, London; UK");
  add_contact (contacts, FIKA_CONTACT_CHAT, "Matrix", "@ada:example.org");
  add_contact (contacts, FIKA_CONTACT_CHAT, "", "xmpp:ada@example.org");
  add_contact (contacts, FIKA_CONTACT_VIDEO, "Study", "https://meet.example/ada");
  occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", 0, 2, 29));
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_ANNIVERSARY, "", 1835, 7, 8));
  g_ptr_array_add (occasions,
                   fika_occasion_new (FIKA_OCCASION_ANNIVERSARY, "First note", 1843, 9, 1));
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_OTHER, "Name day", 0, 12, 24));
  g_ptr_array_add (tags, (gpointer) "maths, pure");
  g_ptr_array_add (tags, (gpointer) "friends");
  fika_person_set_uid (draft, "0b5a1e7e-58f0-4c0e-9c3b-0c1f7a1f2c11");
  fika_person_set_contacts (draft, contacts);
  fika_person_set_occasions (draft, occasions);
  fika_person_set_tags (draft, tags);
  g_object_set (draft, "nickname", "Ad; a", "pronouns", "she/her", "zone", "Europe/London", "notes",
                "First line, with a comma\nSecond; \\ and so on", "extra",
                "ORG:Analytical Engines;Cards\nX-INJECTED\nTITLE:Countess", "deceased", TRUE, NULL);

  return save (self, draft);
}

static void
test_text_4_0 (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = add_ada (self);
  g_autofree char *text = export_all (self, FIKA_VCARD_4_0);

  assert_well_formed (text);
  assert_same (text, "BEGIN:VCARD\r\n"
                     "VERSION:4.0\r\n"
                     "PRODID:-//Fika//Fika " FIKA_VERSION "//EN\r\n"
                     "UID:urn:uuid:0b5a1e7e-58f0-4c0e-9c3b-0c1f7a1f2c11\r\n"
                     "FN:Ada King\\, Countess of Lovelace\r\n"
                     "N:Lovelace;Ada King\\, Countess of;;;\r\n"
                     "NICKNAME:Ad\\; a\r\n"
                     "PRONOUNS:she/her\r\n"
                     "TEL;TYPE=cell:+44 7700 900101\r\n"
                     "TEL;TYPE=work,fax;PREF=1:020 7946 0102\r\n"
                     "item1.TEL:020 7946 0103\r\n"
                     "item1.X-ABLabel:Mother's\r\n"
                     "EMAIL:ada@example.org\r\n"
                     "URL;TYPE=home:https://ada.example/a?b=1;c=2,3\\\\4\r\n"
                     "ADR;TYPE=home:;;12 St James's Square\\, London\\; UK;;;;\r\n"
                     "item2.IMPP:x-apple:%40ada%3Aexample.org\r\n"
                     "item2.X-ABLabel:Matrix\r\n"
                     "IMPP:xmpp:ada@example.org\r\n"
                     "item3.URL;X-FIKA-KIND=video:https://meet.example/ada\r\n"
                     "item3.X-ABLabel:Study\r\n"
                     "BDAY:--0229\r\n"
                     "ANNIVERSARY:18350708\r\n"
                     "item4.X-ABDATE;X-FIKA-KIND=anniversary:18430901\r\n"
                     "item4.X-ABLabel:First note\r\n"
                     "item5.X-ABDATE:--1224\r\n"
                     "item5.X-ABLabel:Name day\r\n"
                     "DEATHDATE;VALUE=text:unknown\r\n"
                     "TZ:Europe/London\r\n"
                     "CATEGORIES:maths\\, pure,friends\r\n"
                     "NOTE:First line\\, with a comma\\nSecond\\; \\\\ and so on\r\n"
                     "ORG:Analytical Engines;Cards\r\n"
                     "TITLE:Countess\r\n"
                     "END:VCARD\r\n");
}

static void
test_text_3_0 (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = add_ada (self);
  g_autofree char *text = export_all (self, FIKA_VCARD_3_0);
  static const char *const lines[] = {
    "VERSION:3.0\r\n",
    "\r\nUID:0b5a1e7e-58f0-4c0e-9c3b-0c1f7a1f2c11\r\n",
    "\r\nX-PRONOUNS:she/her\r\n",
    "\r\nTEL;TYPE=work,fax,pref:020 7946 0102\r\n",
    "\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29\r\n",
    "\r\nitem4.X-ABDATE:1835-07-08\r\nitem4.X-ABLabel:_$!<Anniversary>!$_\r\n",
    "\r\nitem6.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-12-24\r\n",
    "\r\nX-DEATHDATE;VALUE=text:unknown\r\n",
    "\r\nTZ;VALUE=text:Europe/London\r\n",
  };

  assert_well_formed (text);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_test_message ("%s", lines[i]);
      g_assert_nonnull (strstr (text, lines[i]));
    }
}

static void
assert_all_unchanged (Fixture *self, const char *text)
{
  g_autoptr (FikaImport) import = read_text (self, text);
  GPtrArray *items = fika_import_get_items (import);

  /* A date that is none is carried along, and told again. */
  for (guint i = 0; i < fika_import_get_skips (import)->len; i++)
    g_assert_true (
        ((FikaImportSkip *) g_ptr_array_index (fika_import_get_skips (import), i))->kept);
  for (guint i = 0; i < items->len; i++)
    {
      const FikaImportItem *item = g_ptr_array_index (items, i);

      if (item->verdict != FIKA_IMPORT_UNCHANGED)
        g_error ("%s is not unchanged:\n%s\n--- and here\n%s", fika_person_get_name (item->draft),
                 fika_person_get_extra (item->draft),
                 item->match != NULL ? fika_person_get_extra (item->match) : "nobody");
    }
}

/* Out and in again: the same people; and in an empty place, the same text again. */
static void
assert_round_trip (Fixture *self, FikaVcardVersion version)
{
  Fixture other = { 0 };
  g_autofree char *text = export_all (self, version);
  g_autofree char *again = NULL;

  assert_well_formed (text);
  assert_all_unchanged (self, text);
  fixture_set_up (&other, NULL);
  import_text (&other, text);
  again = export_all (&other, version);
  assert_same (again, text);
  fixture_tear_down (&other, NULL);
}

static void
test_round_trip (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = add_ada (self);

  assert_round_trip (self, FIKA_VCARD_4_0);
  assert_round_trip (self, FIKA_VCARD_3_0);
}

/* What came from elsewhere goes out whole. */
static void
test_fixtures (Fixture *self, gconstpointer data)
{
  g_autofree char *folder
      = g_build_filename (g_getenv ("FIKA_SRCDIR"), "tests", "fixtures", "vcard", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (FikaImport) import = NULL;
      g_autoptr (GError) error = NULL;

      if (!g_str_has_suffix (name, ".vcf"))
        continue;
      g_test_message ("%s", name);
      import = fika_import_read (self->store, file, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (fika_import_apply (import, FIKA_SOURCE_IMPORT, NULL, &error));
      assert_round_trip (self, FIKA_VCARD_4_0);
      assert_round_trip (self, FIKA_VCARD_3_0);
      g_clear_object (&import);
      fixture_undo (self);
    }
}

/* The parts that came with a card are used while they are still true. */
static void
test_carried_parts (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) person = NULL;
  g_autoptr (FikaPerson) renamed = NULL;
  g_autoptr (FikaPerson) saved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GError) error = NULL;

  import_text (self, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ludwig van Beethoven\r\n"
                     "N:van Beethoven;Ludwig;;;\r\n"
                     "ADR;TYPE=home;LABEL=\"Bonngasse^nBonn\":;;Bonngasse 20;Bonn;;53111;DE\r\n"
                     "END:VCARD\r\n");
  before = export_all (self, FIKA_VCARD_4_0);
  g_assert_nonnull (strstr (before, "\r\nN:van Beethoven;Ludwig;;;\r\n"));
  g_assert_nonnull (
      strstr (before, "\r\nADR;TYPE=home;LABEL=\"Bonngasse^nBonn\":;;Bonngasse 20;Bonn;;53111;"
                      "DE\r\n"));

  person = fika_store_find_person (self->store, "Ludwig van Beethoven", &error);
  renamed = fika_person_copy (person);
  fika_person_set_name (renamed, "Ludwig Spohr");
  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  add_contact (contacts, FIKA_CONTACT_ADDRESS, "work", "Kassel");
  fika_person_set_contacts (renamed, contacts);
  saved = save (self, renamed);
  after = export_all (self, FIKA_VCARD_4_0);
  g_assert_nonnull (strstr (after, "\r\nN:Spohr;Ludwig;;;\r\n"));
  g_assert_nonnull (strstr (after, "\r\nADR;TYPE=work:;;Kassel;;;;\r\n"));
  g_assert_null (strstr (after, "Beethoven"));
  g_assert_null (strstr (after, "Bonngasse"));
}

/* Lines that a hostile card brought, or a hostile document, end nothing and begin nothing. */
static void
test_hostile_extra (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada");
  g_autoptr (FikaPerson) saved = NULL;
  g_autofree char *text = NULL;

  g_object_set (draft, "extra",
                "END:VCARD\nBEGIN:VCARD\nFN:Mallory\nx.end:vcard\nUID:other\nBDAY:20000101\n"
                ";X:1\n:2\nNOCOLON\nX-OK:yes\nVERSION:9",
                NULL);
  saved = save (self, draft);
  text = export_all (self, FIKA_VCARD_4_0);
  assert_well_formed (text);
  g_assert_null (strstr (text, "Mallory"));
  g_assert_null (strstr (text, "UID:other"));
  g_assert_null (strstr (text, "NOCOLON"));
  g_assert_nonnull (strstr (text, "\r\nBDAY:20000101\r\nX-OK:yes\r\nEND:VCARD\r\n"));
}

static void
test_folding (void)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autoptr (GString) wide = g_string_new (NULL);
  g_autofree char *letters = g_strnfill (75, 'x');
  g_autofree char *emoji = NULL;
  g_autoptr (GString) unfolded = NULL;
  g_auto (GStrv) parts = NULL;

  fika_vcard_append_folded (plain, letters);
  g_assert_cmpuint (plain->len, ==, 77);
  g_string_truncate (plain, 0);
  g_string_append (plain, letters);
  g_string_append_c (plain, 'y');
  {
    g_autofree char *line = g_strdup (plain->str);

    g_string_truncate (plain, 0);
    fika_vcard_append_folded (plain, line);
  }
  g_assert_true (g_str_has_suffix (plain->str, "x\r\n y\r\n"));

  /* Four octets each: a line has 18 of them, and the next ones too, after a blank. */
  {
    g_autoptr (GString) line = g_string_new ("N:");

    for (int i = 0; i < 100; i++)
      g_string_append (line, "🙂");
    emoji = g_strdup (line->str);
  }
  fika_vcard_append_folded (wide, emoji);
  assert_well_formed (wide->str);
  parts = g_strsplit (wide->str, "\r\n ", -1);
  g_assert_cmpuint (strlen (parts[0]), ==, 2 + 18 * 4);
  g_assert_cmpuint (strlen (parts[1]), ==, 18 * 4);
  unfolded = g_string_new (wide->str);
  g_string_replace (unfolded, "\r\n ", "", 0);
  g_string_replace (unfolded, "\r\n", "", 0);
  g_assert_cmpstr (unfolded->str, ==, emoji);
}

static void
test_escapes (void)
{
  static const char *const texts[] = { "", "a", ",;\\\n", "\\n", "\\\\,", "ü\n\nü;", ":" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *escaped = fika_vcard_escape (texts[i]);
      g_autofree char *back = fika_vcard_unescape (escaped);
      g_autofree char *row = g_strconcat (escaped, ";", escaped, NULL);
      g_auto (GStrv) parts = fika_vcard_split (row, ';');

      g_assert_null (strchr (escaped, '\n'));
      g_assert_cmpstr (back, ==, texts[i]);
      g_assert_cmpuint (g_strv_length (parts), ==, 2);
      g_assert_cmpstr (parts[1], ==, texts[i]);
    }
}

static void
test_file (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "out.vcf", NULL);
  g_autofree char *inside = g_build_filename (path, "x", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  struct stat info;
  mode_t before = umask (0);

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0666), ==, 0);
  g_assert_true (fika_export_to_file (path, "new", &error));
  umask (before);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "new");
  g_assert_cmpint (stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 07777, ==, 0600);

  g_assert_false (fika_export_to_file (self->folder, "x", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_false (fika_export_to_file (inside, "x", &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
}

/* The disk gives up half way: the old file is still there, and nothing else. */
static void
test_full_disk (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "out.vcf", NULL);
  g_autofree char *large = g_strnfill (100000, 'x');
  g_autofree char *text = NULL;
  g_auto (GStrv) before = NULL;
  g_auto (GStrv) after = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;
  gboolean written;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  before = fika_test_folder_list (self->folder);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 4096;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = fika_export_to_file (path, large, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_assert_false (written);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_FAILED);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  after = fika_test_folder_list (self->folder);
  g_assert_cmpstrv (after, before);
}

int
main (int argc, char **argv)
{
  g_auto (FikaTestFolder) home = fika_test_folder_new ();

  /* The photos go there. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/vcard-export/folding", test_folding);
  g_test_add_func ("/vcard-export/escapes", test_escapes);
  add ("text-4.0", test_text_4_0);
  add ("text-3.0", test_text_3_0);
  add ("round-trip", test_round_trip);
  add ("fixtures", test_fixtures);
  add ("carried-parts", test_carried_parts);
  add ("hostile-extra", test_hostile_extra);
  add ("file", test_file);
  add ("full-disk", test_full_disk);

  return g_test_run ();
}
