#include "config.h"

#include "fika-test-store.h"

#include "command/fika-snooze.h"

/* Until when a reminder can be put off. Times of day are those of the test's clock, in Berlin. */

/* A call that is told so many minutes before it begins, told then: its occurrence. */
static FikaOccurrence *
tell (FikaStore *store, const char *start, int lead)
{
  g_autoptr (FikaCatchup) draft = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil (start));
  g_autoptr (FikaCatchup) call = NULL;
  g_autoptr (GPtrArray) due = NULL;
  int64_t now = fika_test_instant (start) - lead * 60;
  FikaReminder *reminder;

  fika_test_set_leads (FIKA_PLAN (draft), 1, lead);
  call = fika_test_save_catchup (store, draft);
  fika_test_clock_set_now (FIKA_TEST_CLOCK (fika_store_get_clock (store)), now);
  due = fika_reminders_due (store, now, 5, NULL);
  g_assert_cmpuint (due->len, ==, 1);
  reminder = g_ptr_array_index (due, 0);
  g_assert_true (fika_reminders_claim (store, reminder->id, now, "t", NULL));
  g_assert_true (fika_reminders_set_shown (store, reminder->id, ":1.7", 1, now, NULL));
  return fika_occurrence_new_for_catchup (call, NULL);
}

/* All that is offered: labels and times, "In 1 Hour = 2026-05-06T17:50". */
static char *
offered (FikaStore *store, FikaOccurrence *occurrence)
{
  g_autoptr (FikaReminder) reminder = fika_snooze_find (store, occurrence);
  FikaSnoozeChoice choices[FIKA_N_SNOOZE_LENGTHS];
  GString *text = g_string_new (NULL);
  guint n;

  if (reminder == NULL)
    return g_string_free (text, FALSE);
  n = fika_snooze_choices (reminder, fika_store_now (store), choices);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *label = fika_snooze_choice_label (&choices[i], fika_store_today (store));
      g_autofree char *until
          = fika_civil_format (fika_zone_from_utc (FIKA_ZONE_HERE, choices[i].until));

      g_string_append_printf (text, "%s%s = %s", i > 0 ? "\n" : "", label, until);
    }
  return g_string_free (text, FALSE);
}

#define assert_offered(store, occurrence, expected)                                                \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *offered_ = offered (store, occurrence);                                       \
    g_assert_cmpstr (offered_, ==, expected);                                                      \
  }                                                                                                \
  G_STMT_END

static void
test_before_it_begins (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2026-05-04T09:00");
  g_autoptr (FikaOccurrence) dinner = tell (store, "2026-05-06T19:30", 630);

  assert_offered (store, dinner,
                  "In 10 Minutes = 2026-05-06T09:10\n"
                  "In 1 Hour = 2026-05-06T10:00\n"
                  "This Evening, 17:00 = 2026-05-06T17:00\n"
                  "When It Begins, 19:30 = 2026-05-06T19:30");

  /* The evening is in an hour or less; then it is here. */
  fika_test_store_set_now (store, "2026-05-06T16:00");
  assert_offered (store, dinner,
                  "In 10 Minutes = 2026-05-06T16:10\n"
                  "In 1 Hour = 2026-05-06T17:00\n"
                  "When It Begins, 19:30 = 2026-05-06T19:30");
  fika_test_store_set_now (store, "2026-05-06T19:20");
  assert_offered (store, dinner, "When It Begins, 19:30 = 2026-05-06T19:30");
}

static void
test_after_it_began (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2026-05-04T09:00");
  g_autoptr (FikaOccurrence) call = tell (store, "2026-05-06T11:00", 10);
  g_autoptr (FikaCatchup) happened = NULL;
  g_autoptr (FikaOccurrence) over = NULL;

  fika_test_store_set_now (store, "2026-05-06T11:05");
  assert_offered (store, call,
                  "In 10 Minutes = 2026-05-06T11:15\n"
                  "In 1 Hour = 2026-05-06T12:05\n"
                  "This Evening, 17:00 = 2026-05-06T17:00\n"
                  "Tomorrow Morning, 08:00 = 2026-05-07T08:00");
  fika_test_store_set_now (store, "2026-05-07T02:00");
  assert_offered (store, call,
                  "In 10 Minutes = 2026-05-07T02:10\n"
                  "In 1 Hour = 2026-05-07T03:00\n"
                  "This Morning, 08:00 = 2026-05-07T08:00\n"
                  "This Evening, 17:00 = 2026-05-07T17:00");
  /* A day later it is no longer the one that a person means. */
  fika_test_store_set_now (store, "2026-05-07T10:50");
  assert_offered (store, call, "");

  fika_test_store_set_now (store, "2026-05-06T11:30");
  happened = fika_catchup_copy (fika_occurrence_get_catchup (call));
  fika_catchup_set_state (happened, FIKA_STATE_HAPPENED);
  {
    g_autoptr (FikaCatchup) saved = fika_test_save_catchup (store, happened);

    over = fika_occurrence_new_for_catchup (saved, NULL);
  }
  assert_offered (store, over, "");
}

/* What is put off can be put off otherwise, and is what is found; what was never told is not. */
static void
test_put_off (void)
{
  g_auto (FikaTestFolder) folder = fika_test_folder_new ();
  g_autoptr (FikaStore) store = fika_test_store_new (folder, "2026-05-04T09:00");
  g_autoptr (FikaCatchup) draft
      = fika_catchup_new (FIKA_KIND_CALL, fika_test_civil ("2026-05-08T11:00"));
  g_autoptr (FikaCatchup) later = NULL;
  g_autoptr (FikaOccurrence) untold = NULL;
  g_autoptr (FikaOccurrence) call = tell (store, "2026-05-06T11:00", 60);
  g_autoptr (FikaReminder) reminder = fika_snooze_find (store, call);
  g_autoptr (FikaReminder) put_off = NULL;
  int64_t until = fika_test_instant ("2026-05-06T10:10");

  fika_test_set_leads (FIKA_PLAN (draft), 1, 10);
  later = fika_test_save_catchup (store, draft);
  untold = fika_occurrence_new_for_catchup (later, NULL);
  assert_offered (store, untold, "");

  g_assert_false (fika_snooze_is_on (reminder));
  g_assert_true (fika_reminders_snooze (store, reminder->id, until, NULL));
  put_off = fika_snooze_find (store, call);
  g_assert_cmpint (put_off->id, ==, reminder->id);
  g_assert_true (fika_snooze_is_on (put_off));
  g_assert_cmpint (put_off->due, ==, until);
  assert_offered (store, call,
                  "In 10 Minutes = 2026-05-06T10:10\nWhen It Begins, 11:00 = 2026-05-06T11:00");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/snooze/before-it-begins", test_before_it_begins);
  g_test_add_func ("/snooze/after-it-began", test_after_it_began);
  g_test_add_func ("/snooze/put-off", test_put_off);

  return g_test_run ();
}
