#include "config.h"

#include "ui/reminders/fika-reminder-notice.h"

#include "base/fika-zone.h"

/* The words that say whether reminders can reach the person, and which of them the week says. */

#define NEXT 1800000000

static FikaReachState
well (void)
{
  FikaReachState state = {
    .asked = TRUE,
    .running = TRUE,
    .notifications = TRUE,
    .actions = TRUE,
    .next = NEXT,
    .quiet = FIKA_QUIET_OFF,
    .login_known = TRUE,
  };

  return state;
}

static GVariant *
new_status (gboolean notifications, const char *server)
{
  g_auto (GVariantDict) status = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&status, "running", "b", TRUE);
  g_variant_dict_insert (&status, "notifications", "b", notifications);
  g_variant_dict_insert (&status, "actions", "b", TRUE);
  g_variant_dict_insert (&status, "version", "s", "1.2.0");
  if (server != NULL)
    {
      g_variant_dict_insert (&status, "server", "s", server);
      g_variant_dict_insert (&status, "next", "x", (gint64) NEXT);
    }

  return g_variant_ref_sink (g_variant_dict_end (&status));
}

static void
test_status (void)
{
  FikaReachState state = { .next = FIKA_UTC_NONE };
  g_autoptr (GVariant) status = new_status (TRUE, "dunst");
  g_autoptr (GVariant) poorer = new_status (FALSE, NULL);

  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_UNKNOWN);
  fika_reach_state_take_status (&state, status);
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_WELL);
  g_assert_cmpstr (state.server, ==, "dunst");
  g_assert_cmpstr (state.version, ==, "1.2.0");
  g_assert_cmpint (state.next, ==, NEXT);

  /* Nothing of an earlier answer stays. */
  fika_reach_state_take_status (&state, poorer);
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_NO_SERVER);
  g_assert_null (state.server);
  g_assert_cmpint (state.next, ==, FIKA_UTC_NONE);
  fika_reach_state_take_status (&state, NULL);
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_NO_SERVICE);
  g_assert_null (state.version);
  fika_reach_state_clear (&state);
}

/* Each trouble hides those that are less grave. */
static void
test_trouble (void)
{
  FikaReachState state = well ();

  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_WELL);
  state.quiet = FIKA_QUIET_UNKNOWN;
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_WELL);
  state.quiet = FIKA_QUIET_ON;
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_QUIET);
  state.quiet = FIKA_QUIET_MUTED;
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_MUTED);
  state.notifications = FALSE;
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_NO_SERVER);
  state.running = FALSE;
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_NO_SERVICE);
  state.asked = FALSE;
  g_assert_cmpint (fika_reach_state_get_trouble (&state), ==, FIKA_REACH_UNKNOWN);
}

/* Every state has words; only a trouble has advice and a line; nothing is said with a word that
 * blames. */
static void
test_words (void)
{
  for (guint i = 0; i < 32; i++)
    {
      FikaReachState state = well ();
      gboolean troubled;

      state.asked = (i & 1) != 0;
      state.running = (i & 2) != 0;
      state.notifications = (i & 4) != 0;
      state.quiet = i / 8;
      troubled = fika_reach_state_get_trouble (&state) != FIKA_REACH_WELL
                 && fika_reach_state_get_trouble (&state) != FIKA_REACH_UNKNOWN;
      g_assert_cmpstr (fika_reach_state_title (&state), !=, "");
      g_assert_cmpint (*fika_reach_state_advice (&state) != '\0', ==, troubled);
      g_assert_cmpint (*fika_reach_state_line (&state) != '\0', ==, troubled);
      g_assert_cmpstr (fika_reach_state_quiet (&state), !=, "");
      g_assert_null (strstr (fika_reach_state_advice (&state), "fail"));
    }
}

static void
assert_words (const FikaReachState *state, const char *service, const char *server)
{
  g_autofree char *of_service = fika_reach_state_dup_service (state);
  g_autofree char *of_server = fika_reach_state_dup_server (state);

  g_assert_cmpstr (of_service, ==, service);
  g_assert_cmpstr (of_server, ==, server);
}

static void
test_facts (void)
{
  FikaReachState state = well ();
  char server[] = "dunst";
  char version[] = "1.2.0";

  assert_words (&state, "Runs", "Shown when there is one");
  state.server = server;
  state.version = version;
  assert_words (&state, "Runs (Fika 1.2.0)", "Shown by dunst, with buttons");
  /* 51: without buttons it says what to do instead. */
  state.actions = FALSE;
  assert_words (&state, "Runs (Fika 1.2.0)",
                "Shown by dunst, without buttons: press one to open Fika, and log there");
  state.notifications = FALSE;
  assert_words (&state, "Runs (Fika 1.2.0)", "Nothing here shows them");
  state.running = FALSE;
  assert_words (&state, "Does not run", "Not known yet");
  state.asked = FALSE;
  assert_words (&state, "Not known yet", "Not known yet");
}

static void
test_login (void)
{
  FikaReachState state = well ();
  const char *off = fika_reach_state_login (&state);
  const char *last = off;

  for (FikaLoginWay way = FIKA_LOGIN_BY_ENTRY; way <= FIKA_LOGIN_BY_PORTAL; way++)
    {
      state.login.way = way;
      state.login.on = FALSE;
      g_assert_cmpstr (fika_reach_state_login (&state), ==, off);
      state.login.on = TRUE;
      g_assert_cmpstr (fika_reach_state_login (&state), !=, last);
      last = fika_reach_state_login (&state);
    }
  state.login_known = FALSE;
  g_assert_cmpstr (fika_reach_state_login (&state), ==, off);
}

static void
test_notice (void)
{
  FikaReachState state = well ();
  FikaReachTrouble none = FIKA_REACH_UNKNOWN;

  /* Well, but not after the next login: offered once. */
  g_assert_cmpint (fika_notice_choose (&state, none, 0, TRUE), ==, FIKA_NOTICE_LOGIN);
  g_assert_cmpint (fika_notice_choose (&state, none, 0, FALSE), ==, FIKA_NOTICE_NONE);
  state.next = FIKA_UTC_NONE;
  g_assert_cmpint (fika_notice_choose (&state, none, 0, TRUE), ==, FIKA_NOTICE_NONE);
  state.next = NEXT;
  state.login_known = FALSE;
  g_assert_cmpint (fika_notice_choose (&state, none, 0, TRUE), ==, FIKA_NOTICE_NONE);
  state.login_known = TRUE;
  state.login.on = TRUE;
  g_assert_cmpint (fika_notice_choose (&state, none, 0, TRUE), ==, FIKA_NOTICE_NONE);

  /* What came while away comes before the offer, and trouble before both. */
  state.login.on = FALSE;
  g_assert_cmpint (fika_notice_choose (&state, none, 2, TRUE), ==, FIKA_NOTICE_AWAY);
  state.quiet = FIKA_QUIET_ON;
  g_assert_cmpint (fika_notice_choose (&state, none, 2, TRUE), ==, FIKA_NOTICE_TROUBLE);
  /* Put away, it stays away; another trouble is said. */
  g_assert_cmpint (fika_notice_choose (&state, FIKA_REACH_QUIET, 2, TRUE), ==, FIKA_NOTICE_AWAY);
  g_assert_cmpint (fika_notice_choose (&state, FIKA_REACH_QUIET, 0, TRUE), ==, FIKA_NOTICE_NONE);
  state.running = FALSE;
  g_assert_cmpint (fika_notice_choose (&state, FIKA_REACH_QUIET, 0, TRUE), ==, FIKA_NOTICE_TROUBLE);

  /* Before anything is known, nothing is claimed. */
  state.asked = FALSE;
  g_assert_cmpint (fika_notice_choose (&state, none, 0, TRUE), ==, FIKA_NOTICE_NONE);
  g_assert_cmpint (fika_notice_choose (&state, none, 1, TRUE), ==, FIKA_NOTICE_AWAY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reach/status", test_status);
  g_test_add_func ("/reach/trouble", test_trouble);
  g_test_add_func ("/reach/words", test_words);
  g_test_add_func ("/reach/facts", test_facts);
  g_test_add_func ("/reach/login", test_login);
  g_test_add_func ("/reach/notice", test_notice);

  return g_test_run ();
}
