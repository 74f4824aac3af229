#include "config.h"

#include "base/fika-error.h"
#include "fika-command-test.h"

#include <string.h>

static void
set_contacts (FikaPerson *draft, ...)
{
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  const char *value;
  va_list args;

  va_start (args, draft);
  while ((value = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_PHONE, "home", value));
  va_end (args);
  fika_person_set_contacts (draft, contacts);
}

static void
set_occasion (FikaPerson *draft, int year, int month, int day)
{
  g_autoptr (GPtrArray) occasions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_occasion_free);

  g_ptr_array_add (occasions, fika_occasion_new (FIKA_OCCASION_BIRTHDAY, "", year, month, day));
  fika_person_set_occasions (draft, occasions);
}

static void
set_tags (FikaPerson *draft, const char *a, const char *b)
{
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();

  g_ptr_array_add (tags, (gpointer) a);
  g_ptr_array_add (tags, (gpointer) b);
  fika_person_set_tags (draft, tags);
}

static void
test_add (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) draft = fika_person_new ("  Ada \n Lovelace ");
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaPerson) again = NULL;
  g_autoptr (GError) error = NULL;
  const FikaContact *contact;

  set_contacts (draft, "+44 20 7946 0958", "  ", "", "020 7946 0000", NULL);
  set_occasion (draft, 0, 2, 29);
  set_tags (draft, "Maths", "maths ");
  fika_person_set_ties (draft, 1u << FIKA_TIE_FRIEND | 1u << FIKA_TIE_MENTOR);

  ada = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  assert_undo_label (self, "Add Ada Lovelace");

  /* The draft is left as it was typed; the live person is clean. */
  g_assert_cmpstr (fika_person_get_name (draft), ==, "  Ada \n Lovelace ");
  g_assert_cmpint (fika_person_get_id (draft), ==, 0);
  g_assert_cmpint (fika_person_get_id (ada), >, 0);
  g_assert_cmpuint (strlen (fika_person_get_uid (ada)), >, 8);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada Lovelace");
  g_assert_cmpint (fika_person_get_created (ada), ==, NOON);
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 2);
  contact = g_ptr_array_index (fika_person_get_contacts (ada), 1);
  g_assert_cmpstr (contact->value, ==, "020 7946 0000");
  g_assert_cmpuint (fika_person_get_tags (ada)->len, ==, 1);
  g_assert_cmpint (fika_person_get_birthday (ada)->day, ==, 29);
  g_assert_cmpuint (fika_person_get_ties (ada), ==, 1u << FIKA_TIE_FRIEND | 1u << FIKA_TIE_MENTOR);
  g_assert_cmpstr (fika_person_get_circle_key (ada), ==, "friends");
  g_assert_cmpint (fika_person_get_effective_ideal (ada), ==, 30);

  /* Live: the store answers the same object. */
  again = fika_store_get_person_by_uid (self->store, fika_person_get_uid (ada), &error);
  g_assert_no_error (error);
  g_assert_true (again == ada);
}

static void
test_change (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) draft = fika_person_copy (ada);
  g_autoptr (FikaPerson) saved = NULL;
  g_autoptr (GError) error = NULL;

  fika_person_set_name (draft, "Augusta");
  fika_person_set_cadence (draft, 7, 21);
  set_contacts (draft, "112", NULL);
  saved = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  g_assert_true (saved == ada);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Augusta");
  g_assert_cmpint (fika_person_get_effective_latest (ada), ==, 21);
  assert_undo_label (self, "Change Augusta");

  fixture_undo (self);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada");
  g_assert_cmpuint (fika_person_get_contacts (ada)->len, ==, 0);
  assert_undo_label (self, "Add Ada");
  fixture_redo (self);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Augusta");

  /* Saving what is there already leaves nothing to undo. */
  g_clear_object (&saved);
  g_clear_object (&draft);
  draft = fika_person_copy (ada);
  saved = fika_command_save_person (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  fixture_undo (self);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Ada");
}

static void
spoil_empty (FikaPerson *draft)
{
  fika_person_set_name (draft, " \t\n ");
}
static void
spoil_invisible (FikaPerson *draft)
{
  fika_person_set_name (draft, "\xef\xbb\xbf\n");
}
static void
spoil_bytes (FikaPerson *draft)
{
  fika_person_set_name (draft, "Ada\xff");
}
static void
spoil_zone (FikaPerson *draft)
{
  g_object_set (draft, "zone", "Mars/Olympus", NULL);
}
static void
spoil_path_zone (FikaPerson *draft)
{
  g_object_set (draft, "zone", "../../etc", NULL);
}
static void
spoil_circle (FikaPerson *draft)
{
  fika_person_set_circle_id (draft, 99);
}
static void
spoil_ties (FikaPerson *draft)
{
  fika_person_set_ties (draft, 1u << FIKA_N_TIES);
}
static void
spoil_order (FikaPerson *draft)
{
  fika_person_set_cadence (draft, 30, 10);
}
static void
spoil_half (FikaPerson *draft)
{
  fika_person_set_cadence (draft, 90, -1);
}
static void
spoil_none (FikaPerson *draft)
{
  fika_person_set_cadence (draft, 0, 10);
}
static void
spoil_minus (FikaPerson *draft)
{
  fika_person_set_cadence (draft, -5, 10);
}
static void
spoil_huge (FikaPerson *draft)
{
  fika_person_set_cadence (draft, 10, INT_MAX);
}
static void
spoil_birthday (FikaPerson *draft)
{
  set_occasion (draft, 1990, 2, 30);
}
static void
spoil_leap (FikaPerson *draft)
{
  set_occasion (draft, 1990, 2, 29);
}
static void
spoil_month (FikaPerson *draft)
{
  set_occasion (draft, 0, 13, 1);
}
static void
spoil_future (FikaPerson *draft)
{
  set_occasion (draft, 2026, 5, 7);
}
static void
spoil_introducer (FikaPerson *draft)
{
  g_object_set (draft, "introduced-by", (gint64) 77, NULL);
}
static void
spoil_photo (FikaPerson *draft)
{
  g_object_set (draft, "photo", "../../.ssh/id", NULL);
}
static void
spoil_died (FikaPerson *draft)
{
  g_object_set (draft, "died", INT_MAX, NULL);
}

static void
spoil_long (FikaPerson *draft)
{
  g_autofree char *name = g_strnfill (10000, 'a');

  fika_person_set_name (draft, name);
}

static void
spoil_notes (FikaPerson *draft)
{
  g_autofree char *notes = g_strnfill (100001, 'a');

  g_object_set (draft, "notes", notes, NULL);
}

static void
spoil_phone (FikaPerson *draft)
{
  g_autofree char *phone = g_strnfill (1001, '1');

  set_contacts (draft, phone, NULL);
}

static const struct
{
  void (*spoil) (FikaPerson *draft);
  FikaError code;
  const char *message; /* part of it */
} bad[] = {
  { spoil_empty, FIKA_ERROR_INVALID, "The name is empty" },
  { spoil_invisible, FIKA_ERROR_INVALID, "The name is empty" },
  { spoil_bytes, FIKA_ERROR_INVALID, "The name is not readable" },
  { spoil_long, FIKA_ERROR_INVALID, "The name is too long" },
  { spoil_notes, FIKA_ERROR_INVALID, "The notes" },
  { spoil_phone, FIKA_ERROR_INVALID, "The phone number is too long" },
  { spoil_zone, FIKA_ERROR_INVALID, "“Mars/Olympus” is no time zone" },
  { spoil_path_zone, FIKA_ERROR_INVALID, "is no time zone" },
  { spoil_circle, FIKA_ERROR_INVALID, "no such circle" },
  { spoil_ties, FIKA_ERROR_INVALID, "tie" },
  { spoil_order, FIKA_ERROR_INVALID, "less than the ideal" },
  { spoil_half, FIKA_ERROR_INVALID, "less than the ideal" },
  { spoil_none, FIKA_ERROR_INVALID, "both numbers" },
  { spoil_minus, FIKA_ERROR_INVALID, "negative" },
  { spoil_huge, FIKA_ERROR_INVALID, "ten years" },
  { spoil_birthday, FIKA_ERROR_INVALID, "does not exist" },
  { spoil_leap, FIKA_ERROR_INVALID, "does not exist" },
  { spoil_month, FIKA_ERROR_INVALID, "does not exist" },
  { spoil_future, FIKA_ERROR_INVALID, "still to come" },
  { spoil_introducer, FIKA_ERROR_NOT_FOUND, "" },
  { spoil_photo, FIKA_ERROR_INVALID, "photo" },
  { spoil_died, FIKA_ERROR_INVALID, "day of death" },
};

/* Each is refused in plain words and leaves nothing behind. */
static void
test_bad (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autofree char *before = fixture_dump (self);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      for (guint copy = 0; copy < 2; copy++)
        {
          g_autoptr (FikaPerson) draft = copy ? fika_person_copy (ada) : fika_person_new ("Bo");
          g_autofree char *after = NULL;
          g_autoptr (GError) error = NULL;

          bad[i].spoil (draft);
          g_assert_null (fika_command_save_person (self->store, draft, SOURCE, &error));
          g_assert_error (error, FIKA_ERROR, (int) bad[i].code);
          g_test_message ("%s", error->message);
          g_assert_nonnull (strstr (error->message, bad[i].message));
          g_assert_true (g_str_has_suffix (error->message, "."));
          after = fixture_dump (self);
          g_assert_cmpstr (after, ==, before);
          assert_undo_label (self, "Add Ada");
        }
    }
}

/* Names of the world are names. */
static void
test_names (Fixture *self, gconstpointer data)
{
  static const char *const names[] = {
    "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x8e\xa4 \xf0\x9f\x8c\xb1",
    "\xd9\x86\xd9\x88\xd8\xb1 \xd8\xad\xd8\xaf\xd8\xa7\xd8\xaf",
    "\xe6\x9d\x8e\xe4\xbc\x9f",
    "O'Neil; DROP TABLE person --",
    "%s%n",
    "a",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (FikaPerson) person = fixture_add_person (self, names[i]);

      g_assert_cmpstr (fika_person_get_name (person), ==, names[i]);
    }
  fixture_reopen (self);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM person"), ==, G_N_ELEMENTS (names));
}

static void
test_gone (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) draft = fika_person_copy (ada);
  g_autoptr (GError) error = NULL;

  fixture_undo (self);
  fika_person_set_name (draft, "Augusta");
  g_assert_null (fika_command_save_person (self->store, draft, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fika_command_delete_person (self->store, ada, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fika_command_archive_person (self->store, ada, TRUE, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fika_command_add_topic (self->store, ada, "x", FIKA_DAY_NONE, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
}

static void
test_archive (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_command_archive_person (self->store, ada, TRUE, SOURCE, &error));
  g_assert_true (fika_person_get_archived (ada));
  assert_undo_label (self, "Archive Ada");
  g_assert_true (fika_command_archive_person (self->store, ada, FALSE, SOURCE, &error));
  g_assert_false (fika_person_get_archived (ada));
  assert_undo_label (self, "Bring back Ada");
  /* Again changes nothing. */
  g_assert_true (fika_command_archive_person (self->store, ada, FALSE, SOURCE, &error));
  fixture_undo (self);
  g_assert_true (fika_person_get_archived (ada));
}

static void
test_delete (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (FikaPerson) sam = fixture_add_person (self, "Sam");
  g_autoptr (FikaGroup) choir = fixture_add_group (self, "Choir");
  g_autoptr (FikaCatchup) alone = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-09T10:00", ada);
  g_autoptr (FikaCatchup) past = fixture_plan (self, FIKA_KIND_COFFEE, "2026-05-01T10:00", ada);
  g_autoptr (FikaCatchup) both = fixture_plan (self, FIKA_KIND_MEAL, "2026-05-08T19:00", ada);
  g_autoptr (FikaCatchup) visit = fixture_plan (self, FIKA_KIND_SESSION, "2026-05-07T19:00", ada);
  g_autoptr (FikaSeries) weekly = fixture_repeat (self, "FREQ=WEEKLY", "2026-05-03T17:00", ada);
  g_autoptr (FikaSeries) shared = fixture_repeat (self, "FREQ=WEEKLY", "2026-05-02T17:00", ada);
  g_autoptr (FikaOccurrence) first = fixture_occurrence (self, weekly, "2026-05-03T17:00");
  g_autoptr (FikaOccurrence) other = fixture_occurrence (self, shared, "2026-05-09T17:00");
  g_autoptr (FikaCatchup) logged = NULL;
  g_autoptr (FikaCatchup) moved = NULL;
  g_autoptr (FikaCatchup) draft = NULL;
  g_autoptr (FikaCatchup) saved = NULL;
  g_autoptr (FikaSeries) series_draft = NULL;
  g_autoptr (FikaSeries) series_saved = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *without = NULL;
  g_autoptr (GError) error = NULL;

  draft = fika_catchup_copy (both);
  fika_plan_add_person (FIKA_PLAN (draft), sam);
  saved = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  g_clear_object (&draft);
  g_clear_object (&saved);
  draft = fika_catchup_copy (visit);
  fika_plan_set_group (FIKA_PLAN (draft), choir);
  saved = fika_command_save_catchup (self->store, draft, SOURCE, &error);
  g_assert_no_error (error);
  /* An occurrence of the shared series that only Ada was to come to. */
  moved = fika_command_move_occurrence (self->store, other, civil ("2026-05-10T17:00"),
                                        FIKA_WINDOW_EXACT, SOURCE, &error);
  g_assert_no_error (error);
  series_draft = fika_series_copy (shared);
  fika_plan_add_person (FIKA_PLAN (series_draft), sam);
  series_saved = fika_command_save_series (self->store, series_draft, SOURCE, &error);
  g_assert_no_error (error);
  logged = fika_command_log_occurrence (self->store, first, NULL, SOURCE, &error);
  g_assert_no_error (error);

  before = fixture_dump (self);
  g_assert_true (fika_command_delete_person (self->store, ada, SOURCE, &error));
  g_assert_no_error (error);
  assert_undo_label (self, "Delete Ada");
  without = fixture_dump (self);

  /* What was with her alone is gone, past and planned. */
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM series"), ==, 1);
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM catchup"), ==, 3);
  /* Others and groups keep theirs. */
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (both))->len, ==, 1);
  g_assert_true (g_ptr_array_index (fika_plan_get_people (FIKA_PLAN (both)), 0) == sam);
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (visit))->len, ==, 0);
  g_assert_true (fika_plan_get_group (FIKA_PLAN (visit)) == choir);
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (shared))->len, ==, 1);
  /* The occurrence she was to come to alone does not come back with Sam. */
  g_assert_cmpint (fika_catchup_get_state (moved), ==, FIKA_STATE_CANCELLED);

  fixture_undo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpuint (fika_plan_get_people (FIKA_PLAN (both))->len, ==, 2);
  g_clear_pointer (&after, g_free);
  fixture_redo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, without);
}

static void
test_topics (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (GPtrArray) open = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *long_text = g_strnfill (1001, 'x');
  const FikaTopic *topic;

  g_assert_true (
      fika_command_add_topic (self->store, ada, " the new\njob ", TODAY + 3, SOURCE, &error));
  assert_undo_label (self, "Add a topic for Ada");
  g_assert_true (fika_command_add_promise (self->store, ada, TRUE, "lend the tent", FIKA_DAY_NONE,
                                           SOURCE, &error));
  assert_undo_label (self, "Add a promise of Ada");
  g_assert_true (
      fika_command_add_promise (self->store, ada, FALSE, "send the photos", TODAY, SOURCE, &error));
  assert_undo_label (self, "Add a promise to Ada");

  open = fika_store_topics (self->store, ada, TRUE);
  g_assert_cmpuint (open->len, ==, 3);
  topic = NULL;
  for (guint i = 0; i < open->len; i++)
    {
      if (!((FikaTopic *) g_ptr_array_index (open, i))->promise)
        topic = g_ptr_array_index (open, i);
    }
  g_assert_nonnull (topic);
  g_assert_cmpstr (topic->text, ==, "the new job");
  g_assert_cmpint (topic->day, ==, TODAY + 3);
  g_assert_true (topic->closed == FIKA_UTC_NONE);

  g_assert_true (fika_command_close_topic (self->store, topic, TRUE, SOURCE, &error));
  assert_undo_label (self, "Tick off “the new job”");
  all = fika_store_topics (self->store, ada, TRUE);
  g_assert_cmpuint (all->len, ==, 2);
  g_clear_pointer (&all, g_ptr_array_unref);
  all = fika_store_topics (self->store, ada, FALSE);
  g_assert_cmpuint (all->len, ==, 3);
  g_assert_true (fika_command_close_topic (self->store, topic, FALSE, SOURCE, &error));
  g_assert_true (fika_command_delete_topic (self->store, topic, SOURCE, &error));
  assert_undo_label (self, "Delete “the new job”");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM topic"), ==, 0);

  before = fixture_dump (self);
  g_assert_false (fika_command_close_topic (self->store, topic, TRUE, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (fika_command_add_topic (self->store, ada, " \n", FIKA_DAY_NONE, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (
      fika_command_add_topic (self->store, ada, long_text, FIKA_DAY_NONE, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (fika_command_add_promise (self->store, ada, FALSE, "x", INT_MAX, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

static void
test_circle (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  int64_t friends = fika_store_circle_by_key (self->store, "friends");
  g_autoptr (GError) error = NULL;

  g_assert_true (fika_command_set_circle_cadence (self->store, friends, 20, 40, SOURCE, &error));
  g_assert_no_error (error);
  g_assert_cmpint (fika_person_get_effective_ideal (ada), ==, 20);
  fixture_undo (self);
  g_assert_cmpint (fika_person_get_effective_ideal (ada), ==, 30);

  g_assert_false (fika_command_set_circle_cadence (self->store, friends, 40, 20, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (fika_command_set_circle_cadence (self->store, 99, 1, 2, SOURCE, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
}

static void
test_many (Fixture *self, gconstpointer data)
{
  g_autoptr (FikaPerson) ada = fixture_add_person (self, "Ada");
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  FikaPerson *changed = fika_person_copy (ada);
  g_autofree char *before = fixture_dump (self);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  fika_person_set_name (changed, "Augusta");
  g_ptr_array_add (drafts, changed);
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %u", i);

      g_ptr_array_add (drafts, fika_person_new (name));
    }
  g_assert_true (fika_command_save_people (self->store, drafts, "Import friends.vcf",
                                           FIKA_SOURCE_IMPORT, NULL, &error));
  g_assert_no_error (error);
  assert_undo_label (self, "Import friends.vcf");
  g_assert_cmpint (fixture_count (self, "SELECT count(*) FROM person"), ==, 31);
  g_assert_cmpstr (fika_person_get_name (ada), ==, "Augusta");
  fixture_undo (self);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);

  /* One that is bad, or a cancel: nothing at all. */
  g_ptr_array_add (drafts, fika_person_new (" "));
  g_assert_false (
      fika_command_save_people (self->store, drafts, NULL, FIKA_SOURCE_IMPORT, NULL, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_INVALID);
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  g_assert_false (fika_command_save_people (self->store, drafts, NULL, FIKA_SOURCE_IMPORT,
                                            cancellable, &error));
  g_assert_error (error, FIKA_ERROR, FIKA_ERROR_CANCELLED);
  g_clear_pointer (&after, g_free);
  after = fixture_dump (self);
  g_assert_cmpstr (after, ==, before);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/person-commands/add", test_add);
  ADD ("/person-commands/change", test_change);
  ADD ("/person-commands/bad", test_bad);
  ADD ("/person-commands/names", test_names);
  ADD ("/person-commands/gone", test_gone);
  ADD ("/person-commands/archive", test_archive);
  ADD ("/person-commands/delete", test_delete);
  ADD ("/person-commands/topics", test_topics);
  ADD ("/person-commands/circle", test_circle);
  ADD ("/person-commands/many", test_many);

  return g_test_run ();
}
