#include "config.h"

#include "fika-test-store.h"

#include "store/fika-reminder.h"
#include "store/fika-store-private.h"
#include "store/fika-topic-table.h"

#define NOW "2026-05-13T09:00"

/* The only reminder that waits. */
static FikaReminder *
the_reminder (FikaStore *store)
{
  g_autoptr (GPtrArray) upcoming = fika_reminders_upcoming (store, 0, 5, NULL);
  FikaReminder *first;

  g_assert_cmpuint (upcoming->len, ==, 1);
  first = g_ptr_array_index (upcoming, 0);
  return fika_reminders_get (store, first->id, NULL);
}

static void
add_topic (FikaStore *store,
           FikaPerson *person,
           gboolean promise,
           gboolean theirs,
           const char *text)
{
  FikaTopic topic = { .person = fika_person_get_id (person),
                      .promise = promise,
                      .theirs = theirs,
                      .text = (char *) text,
                      .day = FIKA_DAY_NONE,
                      .closed = FIKA_UTC_NONE };

  g_assert_true (fika_store_begin (store, "Test", FIKA_SOURCE_WINDOW, NULL));
  g_assert_cmpint (fika_topic_table_insert (store, &topic, NULL), !=, 0);
  g_assert_true (fika_store_commit (store, NULL));
}

static void
plan (FikaStore *store, FikaKind kind, GPtrArray *people, const char *start, int lead)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (kind, fika_test_civil (start));

  fika_plan_set_people (FIKA_PLAN (draft), people);
  fika_plan_set_place (FIKA_PLAN (draft), "Kitchen");
  fika_test_set_leads (FIKA_PLAN (draft), 1, lead);
  g_object_unref (fika_test_save_catchup (store, draft));
}

static void
test_call (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada");
  g_autoptr (FikaPerson) ada = NULL;
  g_autoptr (FikaCatchup) last
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-01T10:00"));
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (FikaReminder) reminder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_object_set (draft, "zone", "America/New_York", NULL);
  ada = fika_test_save_person (store, draft);
  fika_catchup_set_state (last, FIKA_STATE_HAPPENED);
  fika_plan_add_person (FIKA_PLAN (last), ada);
  fika_plan_set_notes (FIKA_PLAN (last), "She has\na new job <b>");
  g_object_unref (fika_test_save_catchup (store, last));
  add_topic (store, ada, FALSE, FALSE, "The exam");
  add_topic (store, ada, TRUE, FALSE, "Send the recipe");
  add_topic (store, ada, TRUE, TRUE, "Lend a book");
  add_topic (store, ada, FALSE, FALSE, "The garden");
  g_ptr_array_add (people, ada);
  plan (store, FIKA_KIND_CALL, people, "2026-05-13T17:00", 10);

  reminder = the_reminder (store);
  title = fika_reminder_title (reminder);
  g_assert_cmpstr (title, ==, "Call with Ada, 17:00");
  body = fika_reminder_body (reminder, store);
  g_assert_cmpstr (body, ==,
                   "Kitchen\n"
                   "11:00 for Ada\n"
                   "Last talked 12 days ago: She has a new job <b>\n"
                   "• The exam\n"
                   "• The garden\n"
                   "• You promised: Send the recipe");
}

/* What was noted for the call itself; a series hands it on to the calls that happened, and it is
 * not said twice. */
static void
test_note (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaCatchup) last
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-12T10:00"));
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-13T17:00"));
  g_autoptr (FikaReminder) reminder = NULL;
  g_autofree char *body = NULL;

  fika_catchup_set_state (last, FIKA_STATE_HAPPENED);
  fika_plan_add_person (FIKA_PLAN (last), ada);
  fika_plan_set_notes (FIKA_PLAN (last), "Ask how the\nconcert went");
  g_object_unref (fika_test_save_catchup (store, last));
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_notes (FIKA_PLAN (draft), "Ask how the\nconcert went");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  g_object_unref (fika_test_save_catchup (store, draft));

  reminder = the_reminder (store);
  body = fika_reminder_body (reminder, store);
  g_assert_cmpstr (body, ==, "Ask how the concert went\nLast talked yesterday");
}

static void
test_day_before (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = fika_test_add_person (store, "Ada");
  g_autoptr (FikaPerson) sam = fika_test_add_person (store, "Sam");
  g_autoptr (FikaCatchup) met
      = fika_catchup_new (FIKA_KIND_COFFEE, fika_test_civil ("2026-05-12T10:00"));
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (FikaReminder) reminder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  fika_catchup_set_state (met, FIKA_STATE_HAPPENED);
  fika_plan_add_person (FIKA_PLAN (met), sam);
  g_object_unref (fika_test_save_catchup (store, met));
  add_topic (store, sam, FALSE, FALSE, "The match");
  g_ptr_array_add (people, ada);
  g_ptr_array_add (people, sam);
  plan (store, FIKA_KIND_MEAL, people, "2026-05-15T19:30", 1440);

  reminder = the_reminder (store);
  title = fika_reminder_title (reminder);
  g_assert_cmpstr (title, ==, "Meal with Ada and Sam – Tomorrow, 19:30");
  body = fika_reminder_body (reminder, store);
  g_assert_cmpstr (body, ==, "Kitchen\nLast met yesterday\n• Sam: The match");
}

/* A plan that is gone, and one with nothing to say. */
static void
test_little (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_OTHER, fika_test_civil ("2026-05-13T14:00"));
  g_autoptr (FikaCatchup) live = NULL;
  g_autoptr (FikaReminder) reminder = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  int64_t now;

  fika_plan_set_title (FIKA_PLAN (draft), "Dentist & more");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  live = fika_test_save_catchup (store, draft);
  reminder = the_reminder (store);
  title = fika_reminder_title (reminder);
  g_assert_cmpstr (title, ==, "Dentist & more, 14:00");
  body = fika_reminder_body (reminder, store);
  g_assert_cmpstr (body, ==, "");

  fika_test_store_set_now (store, "2026-05-13T13:50");
  now = fika_store_now (store);
  g_assert_true (fika_reminders_claim (store, reminder->id, now, "t", NULL));
  g_assert_true (fika_reminders_set_shown (store, reminder->id, ":1.2", 1, now, NULL));
  fika_test_delete_plan (store, FIKA_PLAN (live));
  {
    g_autoptr (FikaReminder) gone = fika_reminders_get (store, reminder->id, NULL);
    g_autofree char *gone_title = fika_reminder_title (gone);
    g_autofree char *gone_body = fika_reminder_body (gone, store);

    g_assert_null (gone->occurrence);
    g_assert_cmpint (gone->state, ==, FIKA_REMINDER_DONE);
    g_assert_cmpstr (gone_title, ==, "This plan is no longer there");
    g_assert_cmpstr (gone_body, ==, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/call-card/call", test_call);
  g_test_add_func ("/store/call-card/day-before", test_day_before);
  g_test_add_func ("/store/call-card/note", test_note);
  g_test_add_func ("/store/call-card/little", test_little);

  return g_test_run ();
}
