#include "config.h"

#include "base/fika-error.h"
#include "base/fika-paths.h"
#include "command/fika-batch.h"
#include "exchange/fika-export.h"
#include "exchange/fika-import.h"
#include "exchange/fika-json.h"
#include "fika-command-test.h"
#include "store/fika-whole.h"

#include <glib/gstdio.h>
#include <string.h>

#define add(name, function)                                                                        \
  g_test_add ("/json/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

static GFile *
write_file (Fixture *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_export_to_file (path, text, &error));
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

/* Without the instant at which it was made. */
static char *
export_text (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fika_json_export (self->store, FIKA_JSON_ALL, &error);
  g_autoptr (JsonNode) node = NULL;

  g_assert_no_error (error);
  node = json_from_string (text, &error);
  g_assert_no_error (error);
  json_object_remove_member (json_node_get_object (node), "exported");

  return fika_json_to_text (node);
}

static FikaImport *
read_text (Fixture *self, const char *text)
{
  g_autoptr (GFile) file = write_file (self, "fika.json", text);
  g_autoptr (GError) error = NULL;
  FikaImport *import = fika_import_read (self->store, file, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (import);

  return import;
}

static void
apply (FikaImport *import)
{
  g_autoptr (GError) error = NULL;

  fika_import_apply (import, FIKA_SOURCE_IMPORT, NULL, &error);
  g_assert_no_error (error);
}

/* Says the first line that differs: the texts are long. */
static void
assert_same (const char *got, const char *want)
{
  g_auto (GStrv) got_lines = g_strsplit (got, "\n", -1);
  g_auto (GStrv) want_lines = g_strsplit (want, "\n", -1);

  for (guint i = 0; got_lines[i] != NULL || want_lines[i] != NULL; i++)
    {
      if (g_strcmp0 (got_lines[i], want_lines[i]) != 0)
        g_error ("line %u is “%s” and should be “%s”", i + 1, got_lines[i], want_lines[i]);
      if (got_lines[i] == NULL)
        break;
    }
}

static void
assert_node (JsonNode *got, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) want = json_from_string (wanted, &error);
  g_autofree char *got_text = json_to_string (got, TRUE);
  g_autofree char *want_text = NULL;

  g_assert_no_error (error);
  want_text = json_to_string (want, TRUE);
  g_assert_cmpstr (got_text, ==, want_text);
}

static FikaPerson *
save (Fixture *self, FikaPerson *draft)
{
  g_autoptr (GError) error = NULL;
  FikaPerson *person = fika_command_save_person (self->store, draft, SOURCE, &error);

  g_assert_no_error (error);

  return person;
}

/* A person with everything. */
static FikaPerson *
add_ada (Fixture *self, FikaPerson *introducer)
{
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada Lovelace");
  g_autoptr (GPtrArray) contacts = NULL;
  g_autoptr (GPtrArray) occasions = NULL;
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  FikaContact *mobile;

  contacts = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  mobile = fika_contact_new (FIKA_CONTACT_PHONE, "mobile", "+44 7700 900101");
  mobile->preferred = TRUE;
  g_ptr_array_add (contacts, mobile);
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_EMAIL, "", "ada@example.org"));
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_ADDRESS, "home", "12 Square\nLondon"));
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_VIDEO, "", "https://meet.example/a"));
  occasions = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", 0, 12, 10));
  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_OTHER, "Exam", 2024, 2, 29));
  g_ptr_array_add (tags, (gpointer) "maths");
  fika_person_set_uid (draft, "ada-1");
  fika_person_set_contacts (draft, contacts);
  fika_person_set_occasions (draft, occasions);
  fika_person_set_tags (draft, tags);
  fika_person_set_ties (draft, 1u << FIKA_TIE_FRIEND | 1u << FIKA_TIE_COLLEAGUE);
  fika_person_set_circle_id (draft, fika_store_circle_by_key (self->store, "close"));
  fika_person_set_cadence (draft, 10, 20);
  g_object_set (draft, "zone", "Europe/London", "nickname", "Ad", "pronouns", "she/her", "how-met",
                "at a lecture", "notes", "Two\nlines “quoted” \\ 🌍", "extra", "X-A:1\nX-B:2",
                "paused-until", fika_day_from_ymd (2026, 7, 1), "introduced-by",
                fika_person_get_id (introducer), NULL);

  return save (self, draft);
}

static void
test_person (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) charles = fixture_add_person (self, "Charles");
  g_autoptr (FikaPerson) ada = add_ada (self, charles);
  g_autoptr (FikaCatchup) past = NULL;
  g_autoptr (FikaCatchup) next = fixture_plan (self, FIKA_KIND_CALL, "2026-05-08T17:00", ada);
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_COFFEE, civil ("2026-04-21T10:00"));
  FikaLogDetails details = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) plain = NULL;

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  past = fika_command_log_new (self->store, draft, &details, SOURCE, &error);
  g_assert_no_error (error);
  /* 15 days since, of 10 to 20: half way. (She is paused until July, so nothing is said.) */
  node = fika_json_person (self->store, ada);
  assert_node (
      node, "{\"uid\":\"ada-1\",\"name\":\"Ada Lovelace\",\"circle\":\"close\","
            "\"ties\":[\"friend\",\"colleague\"],\"phones\":[\"+44 7700 900101\"],"
            "\"emails\":[\"ada@example.org\"],\"birthday\":\"--12-10\",\"zone\":\"Europe/London\","
            "\"ideal\":10,\"latest\":20,\"last_contact\":\"2026-04-21T10:00\",\"warmth\":0.0,"
            "\"state\":\"resting\",\"next\":\"2026-05-08T17:00\"}");
  {
    g_autoptr (FikaPerson) awake = fika_person_copy (ada);
    g_autoptr (FikaPerson) saved = NULL;

    g_object_set (awake, "paused-until", FIKA_DAY_NONE, NULL);
    saved = save (self, awake);
  }
  plain = fika_json_person (self->store, ada);
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (plain), "warmth"), ==,
                     0.5);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (plain), "state"), ==,
                   "good-time");
}

static void
log_it (Fixture *self, gpointer plan, const char *original, int feeling)
{
  g_autoptr (FikaOccurrence) occurrence = fixture_occurrence (self, plan, original);
  FikaLogDetails details = { .minutes = 50,
                             .feeling = feeling,
                             .reached_out = 2,
                             .note = "A good talk",
                             .next_topic = "Ask about the exam",
                             .learned = "It went better than feared" };
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (GError) error = NULL;

  logged = fika_command_log_occurrence (self->store, occurrence, &details, SOURCE, &error);
  g_assert_no_error (error);
}

static void
add_group (Fixture *self, FikaPerson *member)
{
  g_autoptr (FikaGroup) draft = fika_group_new ("Choir");
  g_autoptr (FikaGroup) choir = NULL;
  g_autoptr (FikaSeries) sessions = fika_series_new (FIKA_KIND_SESSION, civil ("2026-04-09T19:00"));
  g_autoptr (FikaSeries) saved = NULL;
  g_autoptr (FikaCatchup) visit = fika_catchup_new (FIKA_KIND_SESSION, civil ("2026-04-02T19:00"));
  g_autoptr (FikaCatchup) visited = NULL;
  g_autoptr (GPtrArray) members = NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  FikaLogDetails details = { .minutes = 120, .again = FIKA_AGAIN_YES, .volunteer = 30 };
  g_autoptr (GError) error = NULL;

  members = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_member_free);
  g_ptr_array_add (members,
                   fika_member_new (member, "Alto", fika_day_from_ymd (2025, 9, 1), FIKA_DAY_NONE));
  g_ptr_array_add (words, (gpointer) "singing");
  fika_group_set_members (draft, members);
  fika_group_set_interests (draft, words);
  fika_group_set_values (draft, words);
  g_object_set (draft, "place", "Town hall", "next-step", "Ask about the fee", "next-step-day",
                fika_day_from_ymd (2026, 5, 20), "travel-minutes", 15, "size", 30, "lively", 2,
                "online", 1, "goal-minutes", 120, "private-group", TRUE, "cost", "5 a month", NULL);
  choir = fika_command_save_group (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  fika_test_clock_advance (FIKA_TEST_CLOCK (self->clock), 60);
  g_assert_true (fika_command_set_stage (self->store, choir, FIKA_STAGE_MEMBER, SOURCE, &error));

  fika_plan_set_group (FIKA_PLAN (sessions), choir);
  fika_series_set_rule (sessions, "FREQ=WEEKLY;BYDAY=TH");
  saved = fika_command_save_series (self->store, sessions, SOURCE, &error);
  g_assert_no_error (error);
  fika_plan_set_group (FIKA_PLAN (visit), choir);
  visited = fika_command_log_new (self->store, visit, &details, SOURCE, &error);
  g_assert_no_error (error);
}

/* A small PNG. */
static void
give_photo (Fixture *self, FikaPerson *person)
{
  static const char base64[]
      = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAMAAACeL25MAAAAA1BMVEX/Y0e/iuVgAAAAC0lEQVQI"
        "12NgwAQAABQAAeWGsEoAAAAASUVORK5CYII=";
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (base64, &length);
  g_autofree char *name = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, length);
  g_autofree char *folder = fika_paths_photos_dir ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (FikaPerson) draft = fika_person_copy (person);
  g_autoptr (FikaPerson) saved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_paths_ensure_private_dir (folder, &error));
  g_assert_true (g_file_set_contents (path, (const char *) bytes, length, &error));
  g_object_set (draft, "photo", name, NULL);
  saved = save (self, draft);
}

/* A life: everything that Fika keeps, at least once. */
static void
live (Fixture *self)
{
  g_autoptr (FikaPerson) charles = fixture_add_person (self, "Charles Babbage");
  g_autoptr (FikaPerson) ada = add_ada (self, charles);
  g_autoptr (FikaPerson) old = fixture_add_person (self, "Old Friend");
  g_autoptr (FikaPerson) gone = NULL;
  g_autoptr (FikaPerson) draft = fika_person_copy (old);
  g_autoptr (FikaSeries) calls = NULL;
  g_autoptr (FikaSeries) walks = fika_series_new (FIKA_KIND_WALK, civil ("2026-05-01T15:00"));
  g_autoptr (FikaSeries) saved = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaCatchup) skipped = NULL;
  g_autoptr (FikaCatchup) coffee = NULL;
  g_autoptr (FikaOccurrence) occurrence = NULL;
  g_autoptr (FikaOccurrence) another = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (draft, "archived", TRUE, "deceased", TRUE, "died", fika_day_from_ymd (2019, 5, 3),
                NULL);
  gone = save (self, draft);
  give_photo (self, ada);
  calls = fixture_repeat (self, "FREQ=WEEKLY;BYDAY=SU", "2026-04-05T17:00", ada);
  log_it (self, calls, "2026-04-12T17:00", 5);
  occurrence = fixture_occurrence (self, calls, "2026-05-10T17:00");
  moved = fika_command_move_occurrence (self->store, occurrence, civil ("2026-05-11T18:30"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);
  another = fixture_occurrence (self, calls, "2026-05-17T17:00");
  skipped = fika_command_skip_occurrence (self->store, another, SOURCE, &error);
  g_assert_no_error (error);
  fika_plan_add_person (FIKA_PLAN (walks), charles);
  fika_plan_add_person (FIKA_PLAN (walks), ada);
  fika_plan_set_window (FIKA_PLAN (walks), FIKA_WINDOW_AFTERNOON);
  fika_plan_set_zone (FIKA_PLAN (walks), "America/New_York");
  fika_series_set_after_days (walks, 21);
  saved = fika_command_save_series (self->store, walks, SOURCE, &error);
  g_assert_no_error (error);
  coffee = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-09T10:30", charles);
  add_group (self, ada);
  g_assert_true (
      fika_command_add_topic (self->store, charles, "The engine", TODAY, SOURCE, &error));
  g_assert_true (fika_command_add_promise (self->store, charles, TRUE, "Lend the book",
                                           FIKA_DAY_NONE, SOURCE, &error));
  topics = fika_store_topics (self->store, charles, TRUE);
  fika_test_clock_advance (FIKA_TEST_CLOCK (self->clock), 60);
  g_assert_true (
      fika_command_close_topic (self->store, g_ptr_array_index (topics, 0), TRUE, SOURCE, &error));
  g_assert_true (fika_command_set_circle_cadence (
      self->store, fika_store_circle_by_key (self->store, "wider"), 100, 200, SOURCE, &error));
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

/* Out, into an empty place, and out again: the same. */
static void
test_round_trip (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autofree char *dump = NULL;
  g_autofree char *other_dump = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *undone = NULL;
  g_autofree char *machine = NULL;
  g_autofree char *other_machine = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) twice = NULL;
  FikaImportSummary summary;

  live (self);
  text = export_text (self);
  dump = fixture_dump (self);
  remove_photos ();

  fixture_set_up (&other, NULL);
  /* Later that day: what was made when comes over too. */
  fika_test_clock_advance (FIKA_TEST_CLOCK (other.clock), 3600);
  empty = fixture_dump (&other);
  import = read_text (&other, text);
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_NEW), ==, 3);
  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 0);
  fika_import_get_summary (import, &summary);
  g_assert_cmpuint (summary.groups_new, ==, 1);
  /* Three series; two exceptions and one logged; the coffee and the visit. */
  g_assert_cmpuint (summary.plans_new, ==, 3 + 3 + 2);
  g_assert_cmpuint (summary.topics_new, ==, 3);
  g_assert_cmpuint (summary.circles_updated, ==, 1);
  apply (import);
  assert_undo_label (&other, "Import fika.json");

  again = export_text (&other);
  assert_same (again, text);
  other_dump = fixture_dump (&other);
  assert_same (other_dump, dump);
  machine = fixture_dump_machine (self);
  other_machine = fixture_dump_machine (&other);
  assert_same (other_machine, machine);

  /* Once more adds nothing. */
  twice = read_text (&other, text);
  g_assert_cmpuint (fika_import_count (twice, FIKA_IMPORT_UNCHANGED), ==, 3);
  g_assert_false (fika_import_has_changes (twice));
  apply (twice);
  assert_undo_label (&other, "Import fika.json");

  /* One undo. */
  fixture_undo (&other);
  undone = fixture_dump (&other);
  assert_same (undone, empty);
  g_clear_object (&import);
  g_clear_object (&twice);
  fixture_tear_down (&other, NULL);
}

static void
set_circle (Fixture *self, const char *key, const char *name, int ideal, int latest)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaBatch) batch = NULL;
  int64_t id = fika_store_circle_by_key (self->store, key);

  batch = fika_batch_begin (self->store, "Set a circle", SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (name == NULL || fika_batch_set_circle_name (batch, id, name, &error));
  g_assert_true (ideal < 0 || fika_batch_set_circle_cadence (batch, id, ideal, latest, &error));
  g_assert_true (fika_batch_commit (batch, &error));
}

static void
assert_circle (Fixture *self, guint i, const char *name, int ideal, int latest)
{
  g_autoptr (GPtrArray) circles = fika_store_circles (self->store);
  const FikaCircle *circle = g_ptr_array_index (circles, i);

  g_assert_cmpstr (circle->name, ==, name);
  g_assert_cmpint (circle->ideal, ==, ideal);
  g_assert_cmpint (circle->latest, ==, latest);
}

/* Names and rhythms of circles come over into data with people in it too, and never over what was
 * set there. */
static void
test_circles (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (FikaPerson) eve = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (FikaImport) again = NULL;
  FikaImportSummary summary;

  /* As the schema has them, and so not set by anybody. */
  assert_circle (self, 0, "Closest", 7, 14);
  assert_circle (self, 1, "Close", 14, 28);
  assert_circle (self, 2, "Friends", 30, 60);
  assert_circle (self, 3, "Wider circle", 90, 180);
  set_circle (self, "closest", "Kin", 5, 10);
  set_circle (self, "close", "Crew", 10, 20);
  set_circle (self, "friends", NULL, 0, 0);
  set_circle (self, "wider", "Everybody", -1, 0);
  text = export_text (self);

  fixture_set_up (&other, NULL);
  eve = fixture_add_person (&other, "Eve");
  set_circle (&other, "close", "Team", -1, 0);
  set_circle (&other, "wider", NULL, 60, 70);
  before = fixture_dump (&other);
  import = read_text (&other, text);
  fika_import_get_summary (import, &summary);
  g_assert_cmpuint (summary.circles_updated, ==, 4);
  g_assert_true (fika_import_has_changes (import));
  apply (import);
  assert_circle (&other, 0, "Kin", 5, 10);
  assert_circle (&other, 1, "Team", 10, 20);
  assert_circle (&other, 2, "Friends", 0, 0);
  assert_circle (&other, 3, "Everybody", 60, 70);

  again = read_text (&other, text);
  g_assert_false (fika_import_has_changes (again));
  fixture_undo (&other);
  after = fixture_dump (&other);
  assert_same (after, before);
  g_clear_object (&eve);
  g_clear_object (&import);
  g_clear_object (&again);
  fixture_tear_down (&other, NULL);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

/* On a thread: the same, plans with the people and groups that came along. */
static void
test_async (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  live (self);
  text = export_text (self);
  fixture_set_up (&other, NULL);
  import = read_text (&other, text);
  fika_import_apply_async (import, FIKA_SOURCE_IMPORT, NULL, applied_cb, &result);
  fika_test_await_that (result != NULL);
  g_assert_true (fika_import_apply_finish (import, result, &error));
  g_assert_no_error (error);
  again = export_text (&other);
  assert_same (again, text);

  g_clear_object (&result);
  g_clear_object (&import);
  fixture_tear_down (&other, NULL);
}

static void
test_sample_round_trip (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again = NULL;
  g_autoptr (FikaImport) import = NULL;

  g_assert_true (fika_command_load_sample (self->store, SOURCE, &error));
  text = export_text (self);
  fixture_set_up (&other, NULL);
  import = read_text (&other, text);
  g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 0);
  apply (import);
  again = export_text (&other);
  assert_same (again, text);
  /* It is sample data there too, and can be removed as such. */
  g_assert_true (fika_store_has_sample (other.store));
  g_assert_true (fika_command_remove_sample (other.store, SOURCE, &error));
  g_assert_true (fika_store_is_empty (other.store));
  g_clear_object (&import);
  fixture_tear_down (&other, NULL);
}

/* An older copy comes back into a life that went on; a newer one brings what happened meanwhile. */
static void
test_into_living_data (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *now = NULL;
  g_autofree char *then = NULL;
  g_autoptr (FikaImport) first = NULL;
  g_autoptr (FikaImport) older = NULL;
  g_autoptr (FikaImport) newer = NULL;
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaPlan) calls = NULL;
  g_autoptr (GPtrArray) topics = NULL;
  g_autoptr (GError) error = NULL;
  FikaImportSummary summary;

  live (self);
  before = export_text (self);
  fixture_set_up (&other, NULL);
  first = read_text (&other, before);
  apply (first);

  /* Here: a call is logged, a topic closed, a person renamed. */
  ada = fika_store_get_person_by_uid (self->store, "ada-1", &error);
  {
    g_autoptr (GArray) ids = fika_store_all_ids (self->store, FIKA_WHOLE_SERIES, &error);
    g_autoptr (FikaSeries) series = NULL;

    series = fika_store_get_series (self->store, g_array_index (ids, int64_t, 0), &error);
    log_it (self, series, "2026-04-19T17:00", 3);
  }
  topics = fika_store_topics (self->store, ada, TRUE);
  g_assert_cmpuint (topics->len, >, 0);
  g_assert_true (
      fika_command_close_topic (self->store, g_ptr_array_index (topics, 0), TRUE, SOURCE, &error));
  after = export_text (self);

  /* The older copy changes nothing here. */
  now = fixture_dump (self);
  older = read_text (self, before);
  g_assert_false (fika_import_has_changes (older));
  apply (older);
  then = fixture_dump (self);
  assert_same (then, now);

  /* The newer one brings the other place up to date. */
  newer = read_text (&other, after);
  fika_import_get_summary (newer, &summary);
  g_assert_cmpuint (summary.plans_new, ==, 1);
  g_assert_cmpuint (summary.plans_updated, ==, 0);
  g_assert_cmpuint (summary.topics_new, ==, 0);
  g_assert_cmpuint (summary.topics_updated, ==, 1);
  apply (newer);
  g_clear_pointer (&before, g_free);
  before = export_text (&other);
  assert_same (before, after);
  g_clear_object (&first);
  g_clear_object (&newer);
  fixture_tear_down (&other, NULL);
}

static void
test_happened_elsewhere (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaCatchup) coffee = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-05T10:00", ada);
  g_autofree char *planned = export_text (self);
  g_autofree char *happened = NULL;
  g_autofree char *now = NULL;
  g_autoptr (FikaImport) first = NULL;
  g_autoptr (FikaImport) newer = NULL;
  FikaImportSummary summary;

  fixture_set_up (&other, NULL);
  first = read_text (&other, planned);
  apply (first);
  log_it (self, coffee, NULL, 4);
  happened = export_text (self);

  newer = read_text (&other, happened);
  fika_import_get_summary (newer, &summary);
  g_assert_cmpuint (summary.plans_updated, ==, 1);
  apply (newer);
  now = export_text (&other);
  assert_same (now, happened);
  g_clear_object (&first);
  g_clear_object (&newer);
  fixture_tear_down (&other, NULL);
}

/* Who is not chosen does not come, nor what is about nobody else; what remains does. */
static void
test_chosen (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (FikaImport) import = NULL;
  GPtrArray *items;

  live (self);
  text = export_text (self);
  fixture_set_up (&other, NULL);
  import = read_text (&other, text);
  items = fika_import_get_items (import);
  for (guint i = 0; i < items->len; i++)
    {
      FikaImportItem *item = g_ptr_array_index (items, i);

      item->chosen = !g_str_equal (fika_person_get_name (item->draft), "Ada Lovelace");
    }
  apply (import);
  g_assert_cmpint (fixture_count (&other, "SELECT count (*) FROM person"), ==, 2);
  g_assert_cmpint (fixture_count (&other, "SELECT count (*) FROM member"), ==, 0);
  /* The walks are Charles's too; the calls were hers alone. */
  g_assert_cmpint (fixture_count (&other, "SELECT count (*) FROM series"), ==, 2);
  g_clear_object (&import);
  fixture_tear_down (&other, NULL);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FikaImport) import = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  live (self);
  text = export_text (self);
  fixture_set_up (&other, NULL);
  before = fixture_dump (&other);
  import = read_text (&other, text);
  g_cancellable_cancel (cancellable);
  g_assert_false (fika_import_apply (import, FIKA_SOURCE_IMPORT, cancellable, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
  after = fixture_dump (&other);
  assert_same (after, before);
  g_clear_object (&import);
  fixture_tear_down (&other, NULL);
}

/* The n-th value of a document, counted through all of it. */
static JsonNode *
find_nth (JsonNode *node, guint *n, JsonNode **parent, const char **member, guint *element)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_members (object);

      for (GList *l = members; l != NULL; l = l->next)
        {
          JsonNode *child = json_object_get_member (object, l->data);
          JsonNode *found;

          if ((*n)-- == 0)
            {
              *parent = node;
              *member = l->data;
              return child;
            }
          found = find_nth (child, n, parent, member, element);
          if (found != NULL)
            return found;
        }
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *child = json_array_get_element (array, i);
          JsonNode *found;

          if ((*n)-- == 0)
            {
              *parent = node;
              *member = NULL;
              *element = i;
              return child;
            }
          found = find_nth (child, n, parent, member, element);
          if (found != NULL)
            return found;
        }
    }

  return NULL;
}

/* Every value of a whole document replaced by things that do not belong there, one at a time: it is
 * read or refused, applied or not, and never half. */
static void
test_mutations (Fixture *self, gconstpointer data)
{
  static const char *const values[] = {
    "null",
    "true",
    "-1",
    "9007199254740993",
    "1e300",
    "\"\"",
    "\"x\"",
    "[]",
    "{}",
    "[[{}]]",
    "\"2026-02-30\"",
    "\"FREQ=SECONDLY\"",
    "\"../../etc/passwd\"",
  };
  g_autofree char *text = NULL;
  guint i = 0;

  live (self);
  text = export_text (self);
  for (;; i += g_test_thorough () ? 1 : 7)
    {
      g_autoptr (JsonNode) document = json_from_string (text, NULL);
      g_autoptr (JsonNode) value = json_from_string (values[i % G_N_ELEMENTS (values)], NULL);
      g_autofree char *changed = NULL;
      JsonNode *parent = NULL;
      const char *member = NULL;
      guint element = 0;
      guint n = i;
      Fixture other = { 0 };
      g_autoptr (GFile) file = NULL;
      g_autoptr (FikaImport) import = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *before = NULL;

      if (find_nth (document, &n, &parent, &member, &element) == NULL)
        break;
      if (member != NULL)
        {
          g_autofree char *name = g_strdup (member);

          json_object_set_member (json_node_get_object (parent), name, g_steal_pointer (&value));
        }
      else
        {
          json_array_remove_element (json_node_get_array (parent), element);
          json_array_add_element (json_node_get_array (parent), g_steal_pointer (&value));
        }
      changed = fika_json_to_text (document);
      fixture_set_up (&other, NULL);
      before = fixture_dump (&other);
      file = write_file (&other, "fika.json", changed);
      import = fika_import_read (other.store, file, NULL, &error);
      if (import == NULL)
        {
          g_assert_cmpuint (error->domain, ==, FIKA_ERROR);
        }
      else if (!fika_import_apply (import, FIKA_SOURCE_IMPORT, NULL, &error))
        {
          g_autofree char *after = fixture_dump (&other);

          g_assert_cmpuint (error->domain, ==, FIKA_ERROR);
          assert_same (after, before);
        }
      g_clear_object (&import);
      fixture_tear_down (&other, NULL);
    }
  g_assert_cmpuint (i, >, 300);
}

/* One entry that makes no sense keeps only itself out. */
static void
test_bad_entries (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaImport) import = NULL;
  GPtrArray *skips;

  import = read_text (self,
                      "{\"format\":\"fika\",\"version\":1,\"people\":["
                      "{\"uid\":\"a\",\"name\":\"Ada\"},"
                      "{\"uid\":\"b\",\"name\":\"\"},"
                      "{\"name\":\"No uid\"},"
                      "{\"uid\":\"a\",\"name\":\"The same uid\"},"
                      "{\"uid\":\"c\",\"name\":\"Carl\",\"occasions\":[{\"kind\":\"birthday\","
                      "\"date\":\"1990-02-30\"}]},"
                      "7],\"catchups\":[{\"uid\":\"x\",\"kind\":\"call\",\"window\":\"exact\","
                      "\"state\":\"planned\",\"start\":\"2026-05-09T10:00\","
                      "\"people_uids\":[\"nobody\"]},"
                      "{\"uid\":\"y\",\"kind\":\"call\",\"window\":\"exact\",\"state\":\"planned\","
                      "\"start\":\"2026-13-09T10:00\",\"people_uids\":[\"a\"]},"
                      "{\"uid\":\"z\",\"kind\":\"call\",\"window\":\"exact\",\"state\":\"planned\","
                      "\"start\":\"2026-05-09T10:00\",\"people_uids\":[\"a\",\"nobody\"]}]}");
  skips = fika_import_get_skips (import);
  g_assert_cmpuint (fika_import_count (import, FIKA_IMPORT_NEW), ==, 1);
  g_assert_cmpuint (skips->len, ==, 7);
  g_assert_cmpstr (((FikaImportSkip *) g_ptr_array_index (skips, 1))->name, ==, "No uid");
  apply (import);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM person"), ==, 1);
  g_assert_cmpint (fixture_count (self, "SELECT count (*) FROM catchup"), ==, 1);
}

/* Parts of it come back too, into the rest. */
static void
test_parts (Fixture *self, gconstpointer data)
{
  Fixture other = { 0 };
  static const FikaJsonParts parts[] = { FIKA_JSON_PEOPLE, FIKA_JSON_GROUPS, FIKA_JSON_PLANS };
  g_autofree char *whole = NULL;
  g_autofree char *again = NULL;

  live (self);
  whole = export_text (self);
  fixture_set_up (&other, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = fika_json_export (self->store, parts[i], &error);
      g_autoptr (FikaImport) import = read_text (&other, text);

      g_assert_no_error (error);
      g_assert_cmpuint (fika_import_get_skips (import)->len, ==, 0);
      apply (import);
    }
  again = export_text (&other);
  assert_same (again, whole);
  fixture_tear_down (&other, NULL);
}

static void
test_newer_document (Fixture *self, gconstpointer data)
{
  g_autoptr (GFile) file = write_file (self, "new.json", "{\"format\":\"fika\",\"version\":2}");
  g_autoptr (GError) error = NULL;
  g_autoptr (FikaImport) import = fika_import_read (self->store, file, NULL, &error);

  g_assert_null (import);
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NEWER);
}

int
main (int argc, char **argv)
{
  g_auto (FikaTestFolder) home = fika_test_folder_new ();

  /* The photos go there. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  add ("person", test_person);
  add ("round-trip", test_round_trip);
  add ("async", test_async);
  add ("circles", test_circles);
  add ("sample-round-trip", test_sample_round_trip);
  add ("into-living-data", test_into_living_data);
  add ("happened-elsewhere", test_happened_elsewhere);
  add ("chosen", test_chosen);
  add ("cancelled", test_cancelled);
  add ("mutations", test_mutations);
  add ("bad-entries", test_bad_entries);
  add ("parts", test_parts);
  add ("newer-document", test_newer_document);

  return g_test_run ();
}
