#include "config.h"

#include "plan/fika-kind.h"

/* The keys are in databases and in scripts: none may ever change. */
#define CHECK_LIST(name, Type, keys)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    Type value;                                                                                    \
                                                                                                   \
    for (int i = 0; i < (int) G_N_ELEMENTS (keys); i++)                                            \
      {                                                                                            \
        g_assert_cmpstr (name##_to_key ((Type) i), ==, (keys)[i]);                                 \
        g_assert_true (name##_parse ((keys)[i], &value));                                          \
        g_assert_cmpint (value, ==, i);                                                            \
        g_assert_cmpstr (name##_label ((Type) i), !=, "");                                         \
      }                                                                                            \
    value = (Type) 1;                                                                              \
    g_assert_false (name##_parse ("stranger", &value));                                            \
    g_assert_false (name##_parse (NULL, &value));                                                  \
    g_assert_cmpint (value, ==, 1);                                                                \
  }                                                                                                \
  G_STMT_END

static void
test_lists (void)
{
  static const char *const kinds[] = {
    "call", "video", "message",  "letter",  "coffee", "meal",
    "walk", "visit", "activity", "session", "other",
  };
  static const char *const states[] = { "planned", "happened", "skipped", "cancelled" };
  static const char *const ties[] = {
    "family", "partner", "friend",       "colleague", "neighbour",
    "mentor", "online",  "acquaintance", "other",
  };
  static const char *const group_types[] = {
    "club", "class", "team", "volunteering", "support", "faith", "online", "neighbourhood", "other",
  };
  static const char *const stages[] = {
    "curious", "asked", "first-visit", "third-visit", "member", "stepping-back", "left",
  };
  static const char *const agains[] = { "", "yes", "maybe", "no" };
  static const char *const contacts[] = { "phone", "email", "url", "address", "chat", "video" };
  static const char *const occasions[] = { "birthday", "anniversary", "other" };

  G_STATIC_ASSERT (G_N_ELEMENTS (kinds) == FIKA_N_KINDS);
  G_STATIC_ASSERT (G_N_ELEMENTS (ties) == FIKA_N_TIES);
  G_STATIC_ASSERT (G_N_ELEMENTS (group_types) == FIKA_N_GROUP_TYPES);
  G_STATIC_ASSERT (G_N_ELEMENTS (stages) == FIKA_N_STAGES);
  G_STATIC_ASSERT (G_N_ELEMENTS (contacts) == FIKA_N_CONTACT_KINDS);

  CHECK_LIST (fika_kind, FikaKind, kinds);
  CHECK_LIST (fika_state, FikaState, states);
  CHECK_LIST (fika_tie, FikaTie, ties);
  CHECK_LIST (fika_group_type, FikaGroupType, group_types);
  CHECK_LIST (fika_stage, FikaStage, stages);
  CHECK_LIST (fika_again, FikaAgain, agains);
  CHECK_LIST (fika_contact_kind, FikaContactKind, contacts);
  CHECK_LIST (fika_occasion_kind, FikaOccasionKind, occasions);
}

static void
test_channels (void)
{
  g_assert_cmpint (fika_kind_channel (FIKA_KIND_CALL), ==, FIKA_CHANNEL_VOICE);
  g_assert_cmpint (fika_kind_channel (FIKA_KIND_VIDEO), ==, FIKA_CHANNEL_VIDEO);
  g_assert_cmpint (fika_kind_channel (FIKA_KIND_MESSAGE), ==, FIKA_CHANNEL_TEXT);
  g_assert_cmpint (fika_kind_channel (FIKA_KIND_LETTER), ==, FIKA_CHANNEL_TEXT);
  for (FikaKind kind = FIKA_KIND_COFFEE; kind <= FIKA_KIND_OTHER; kind++)
    g_assert_cmpint (fika_kind_channel (kind), ==, FIKA_CHANNEL_TOGETHER);
}

static void
test_titles (void)
{
  static const struct
  {
    FikaKind kind;
    const char *people;
    const char *group;
    const char *title;
  } titles[] = {
    { FIKA_KIND_CALL, "Ada and Sam", NULL, "Call with Ada and Sam" },
    { FIKA_KIND_COFFEE, "Li", "", "Coffee with Li" },
    { FIKA_KIND_LETTER, "100% Bo", NULL, "Letter to 100% Bo" },
    { FIKA_KIND_SESSION, NULL, "Choir", "Choir" },
    { FIKA_KIND_SESSION, "Ada", "Choir", "Choir" },
    { FIKA_KIND_SESSION, "Ada", NULL, "Group session with Ada" },
    { FIKA_KIND_WALK, NULL, "Choir", "Walk with Choir" },
    { FIKA_KIND_WALK, "Ada", "Choir", "Walk with Ada" },
    { FIKA_KIND_VIDEO, "", NULL, "Video call" },
    { FIKA_KIND_OTHER, NULL, NULL, "Catch-up" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    {
      g_autofree char *title = fika_kind_title (titles[i].kind, titles[i].people, titles[i].group);

      g_assert_cmpstr (title, ==, titles[i].title);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/kind/lists", test_lists);
  g_test_add_func ("/kind/channels", test_channels);
  g_test_add_func ("/kind/titles", test_titles);

  return g_test_run ();
}
