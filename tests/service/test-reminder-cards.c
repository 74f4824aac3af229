#include "config.h"

#include "fake-notifier.h"
#include "fika-test-store.h"

#include "command/fika-reminder-actions.h"
#include "service/fika-reminder-card.h"
#include "service/fika-reminder-engine.h"
#include "store/fika-reminder.h"

#define NOW "2026-05-04T09:00" /* a Monday */
#define CALL (1u << FIKA_REMINDER_CALL)
#define JOIN (1u << FIKA_REMINDER_JOIN)
#define DIRECTIONS (1u << FIKA_REMINDER_DIRECTIONS)
#define MESSAGE (1u << FIKA_REMINDER_MESSAGE)

static void
test_ways (void)
{
  static const struct
  {
    FikaKind kind;
    guint ways;
    int way; /* -1 = none */
  } rows[] = {
    { FIKA_KIND_CALL, CALL | JOIN | DIRECTIONS | MESSAGE, FIKA_REMINDER_CALL },
    { FIKA_KIND_CALL, JOIN | MESSAGE, FIKA_REMINDER_JOIN },
    { FIKA_KIND_CALL, MESSAGE, FIKA_REMINDER_MESSAGE },
    { FIKA_KIND_CALL, DIRECTIONS, -1 },
    { FIKA_KIND_VIDEO, CALL | JOIN | MESSAGE, FIKA_REMINDER_JOIN },
    { FIKA_KIND_VIDEO, CALL | MESSAGE, FIKA_REMINDER_CALL },
    { FIKA_KIND_MESSAGE, CALL | JOIN | MESSAGE, FIKA_REMINDER_MESSAGE },
    { FIKA_KIND_LETTER, CALL | MESSAGE, FIKA_REMINDER_MESSAGE },
    { FIKA_KIND_COFFEE, CALL | JOIN | DIRECTIONS | MESSAGE, FIKA_REMINDER_DIRECTIONS },
    { FIKA_KIND_WALK, CALL | MESSAGE, FIKA_REMINDER_CALL },
    { FIKA_KIND_SESSION, JOIN, FIKA_REMINDER_JOIN },
    { FIKA_KIND_OTHER, 0, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FikaReminderAction way = FIKA_REMINDER_SNOOZE;
      gboolean found = fika_reminder_choose_way (rows[i].kind, rows[i].ways, &way);

      g_assert_cmpint (found ? (int) way : -1, ==, rows[i].way);
    }
}

static void
test_choice (void)
{
  static const struct
  {
    FikaReminderKind kind;
    gboolean has_way;
    const char *keys;
  } rows[] = {
    { FIKA_REMINDER_PLAN, TRUE, "call log snooze" },
    { FIKA_REMINDER_PLAN, FALSE, "log snooze" },
    { FIKA_REMINDER_ASKED, TRUE, "yes no" },
    { FIKA_REMINDER_OCCASION, TRUE, "call snooze" },
    { FIKA_REMINDER_TOPIC, TRUE, "call close snooze" },
    { FIKA_REMINDER_PROMISE, FALSE, "close snooze" },
    { FIKA_REMINDER_STEP, FALSE, "snooze" },
    { FIKA_REMINDER_DIGEST, TRUE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      FikaReminderAction actions[FIKA_REMINDER_ACTIONS_MAX];
      g_autoptr (GString) keys = g_string_new (NULL);
      guint n = fika_reminder_choose (rows[i].kind, rows[i].has_way, FIKA_REMINDER_CALL, actions);

      for (guint j = 0; j < n; j++)
        g_string_append_printf (keys, "%s%s", j > 0 ? " " : "",
                                fika_reminder_action_to_key (actions[j]));
      g_assert_cmpstr (keys->str, ==, rows[i].keys);
    }
}

static FikaPerson *
add_person (FikaStore *store)
{
  g_autoptr (FikaPerson) draft = fika_person_new ("Ada");
  g_autoptr (GPtrArray) contacts
      = g_ptr_array_new_with_free_func ((GDestroyNotify) fika_contact_free);
  FikaContact *work = fika_contact_new (FIKA_CONTACT_PHONE, "work", "+49 30 111111");
  FikaContact *mobile = fika_contact_new (FIKA_CONTACT_PHONE, "mobile", "+49 170 222222");

  mobile->preferred = TRUE;
  g_ptr_array_add (contacts, work);
  g_ptr_array_add (contacts, mobile);
  g_ptr_array_add (contacts, fika_contact_new (FIKA_CONTACT_EMAIL, "", "ada@example.org"));
  fika_person_set_contacts (draft, contacts);
  return fika_test_save_person (store, draft);
}

static FikaReminder *
first (FikaStore *store)
{
  g_autoptr (GPtrArray) all = fika_reminders_upcoming (store, 0, 1, NULL);

  g_assert_cmpuint (all->len, ==, 1);
  return g_steal_pointer (&all->pdata[0]);
}

static void
assert_uri (FikaReminder *reminder, FikaReminderAction action, const char *expected)
{
  g_autofree char *uri = fika_reminder_dup_uri (reminder, action);

  g_assert_cmpstr (uri, ==, expected);
}

/* What is opened is made of parts that were looked at: the number somebody prefers, the link, a
 * map. */
static void
test_uris (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = add_person (store);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_COFFEE, fika_test_civil ("2026-05-04T17:00"));
  g_autoptr (FikaCatchup) coffee = NULL;
  g_autoptr (FikaReminder) reminder = NULL;

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_place (FIKA_PLAN (draft), "Blue Bottle & co");
  fika_plan_set_link (FIKA_PLAN (draft), "file:///etc/passwd");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  coffee = fika_test_save_catchup (store, draft);
  reminder = first (store);
  assert_uri (reminder, FIKA_REMINDER_CALL, "tel:+49170222222");
  assert_uri (reminder, FIKA_REMINDER_MESSAGE, "mailto:ada@example.org");
  assert_uri (reminder, FIKA_REMINDER_JOIN, NULL);
  assert_uri (reminder, FIKA_REMINDER_DIRECTIONS,
              "https://www.openstreetmap.org/search?query=Blue%20Bottle%20%26%20co");
  g_assert_true (fika_reminder_offers (reminder, FIKA_REMINDER_DIRECTIONS));
  g_assert_false (fika_reminder_offers (reminder, FIKA_REMINDER_CALL));
}

/* A place that is a web address is somewhere to join, not a place on a map. */
static void
test_place_to_join (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = add_person (store);
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_VIDEO, fika_test_civil ("2026-05-04T17:00"));
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (FikaReminder) reminder = NULL;

  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_plan_set_place (FIKA_PLAN (draft), "https://meet.example.org/ada");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  call = fika_test_save_catchup (store, draft);
  reminder = first (store);
  assert_uri (reminder, FIKA_REMINDER_JOIN, "https://meet.example.org/ada");
  assert_uri (reminder, FIKA_REMINDER_DIRECTIONS, NULL);
  g_assert_true (fika_reminder_offers (reminder, FIKA_REMINDER_JOIN));
}

/* 055: nothing of a private group is on the screen, discreet or not. */
static void
test_private (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaGroup) group_draft = fika_group_new ("Secret Circle");
  g_autoptr (FikaGroup) group = NULL;
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_SESSION, fika_test_civil ("2026-05-04T17:00"));
  g_autoptr (FikaCatchup) session = NULL;
  g_autoptr (FikaReminder) reminder = NULL;
  g_autoptr (FikaNotification) card = NULL;
  g_autoptr (FikaNotification) summary = NULL;
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  const char *token = "0123456789abcdef0123456789abcdef";

  g_object_set (group_draft, "private-group", TRUE, NULL);
  group = fika_test_save_group (store, group_draft);
  fika_plan_set_group (FIKA_PLAN (draft), group);
  fika_plan_set_place (FIKA_PLAN (draft), "Hidden Hall");
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  session = fika_test_save_catchup (store, draft);
  reminder = first (store);

  card = fika_reminder_card_new (reminder, store, token, FALSE);
  g_assert_cmpstr (card->title, ==, "Time with someone");
  g_assert_cmpstr (card->body, ==, "Today, 17:00");
  g_ptr_array_add (one, reminder);
  summary = fika_reminder_card_new_summary (one, 1, TRUE, store, FALSE);
  g_assert_cmpstr (summary->body, ==, "Time with someone: Today, 17:00");
}

static void
set_now (FikaStore *store, const char *civil)
{
  fika_test_store_set_now (store, civil);
  fika_test_settle ();
}

/* Asked with two buttons; "no" skips it, once. 033: missed in both ways it is one plan. */
static void
test_asked (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, NOW);
  g_autoptr (FikaPerson) ada = add_person (store);
  g_autoptr (FakeNotifier) notifier = fake_notifier_new ("server-1");
  g_autoptr (FikaReminderEngine) engine = NULL;
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-04T17:00"));
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (FikaCatchup) other = NULL;
  FikaDuePolicy policy;

  fika_due_policy_init (&policy);
  policy.ask = TRUE;
  g_assert_true (fika_store_set_reminder_policy (store, &policy, NULL));
  fika_plan_add_person (FIKA_PLAN (draft), ada);
  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  call = fika_test_save_catchup (store, draft);
  engine = fika_reminder_engine_new (store, FIKA_NOTIFIER (notifier));
  fika_reminder_engine_start (engine);
  fika_test_settle ();

  set_now (store, "2026-05-04T16:50");
  g_assert_nonnull (fake_notifier_find_key (fake_notifier_last (notifier), "call"));
  set_now (store, "2026-05-04T19:00");
  g_assert_cmpstr (fake_notifier_last (notifier)->notification->title, ==,
                   "Did it happen? Call with Ada");
  g_assert_null (fake_notifier_find_key (fake_notifier_last (notifier), "log"));
  fake_notifier_press (notifier, fake_notifier_last (notifier), "no");
  fika_test_settle ();
  g_assert_cmpint (fika_catchup_get_state (call), ==, FIKA_STATE_SKIPPED);
  set_now (store, "2026-05-05T09:00");
  g_assert_cmpuint (fake_notifier_n_shown (notifier), ==, 2);

  fika_plan_set_start (FIKA_PLAN (draft), fika_test_civil ("2026-05-05T17:00"));
  other = fika_test_save_catchup (store, draft);
  fika_reminder_engine_look (engine);
  set_now (store, "2026-05-06T09:00");
  g_assert_cmpuint (fake_notifier_n_shown (notifier), ==, 3);
  g_assert_cmpstr (fake_notifier_last (notifier)->notification->body, ==,
                   "Call with Ada: Yesterday, 17:00");

  fika_clock_set_wake (fika_store_get_clock (store), FIKA_UTC_NONE);
  g_assert_finalize_object (g_steal_pointer (&engine));
  fika_test_assert_store (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reminder-cards/ways", test_ways);
  g_test_add_func ("/reminder-cards/choice", test_choice);
  g_test_add_func ("/reminder-cards/069-uris", test_uris);
  g_test_add_func ("/reminder-cards/place-to-join", test_place_to_join);
  g_test_add_func ("/reminder-cards/055-private", test_private);
  g_test_add_func ("/reminder-cards/033-asked", test_asked);
  return g_test_run ();
}
