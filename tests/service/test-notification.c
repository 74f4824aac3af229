#include "config.h"

#include "service/fika-notification.h"

#include <pango/pango.h>

static void
test_title_is_one_clean_line (void)
{
  g_autofree char *title = fika_notification_clean_title ("  Call\twith\nAda\x07\x1b[31m ");

  g_assert_cmpstr (title, ==, "Call with Ada[31m");
}

/* Catalogue row 54: a name cannot turn the words around it. */
static void
test_bidi_controls_go (void)
{
  g_autofree char *title
      = fika_notification_clean_title ("a\u202eb\u2066c\u2069d\u200fe\u061cf\u200eg\u202ah");
  g_autofree char *hebrew = fika_notification_clean_title ("שיחה עם עדה");

  g_assert_cmpstr (title, ==, "abcdefgh");
  g_assert_cmpstr (hebrew, ==, "שיחה עם עדה");
}

/* Catalogue row 54: "&" and "<" are text. */
static void
test_body_is_escaped_for_markup_only (void)
{
  const char *text = "Tom & Jerry <b>said</b> \"hi\"\nand left";
  g_autofree char *plain = fika_notification_clean_body (text, FALSE);
  g_autofree char *escaped = fika_notification_clean_body (text, TRUE);

  g_assert_cmpstr (plain, ==, text);
  g_assert_cmpstr (escaped, ==, "Tom &amp; Jerry &lt;b&gt;said&lt;/b&gt; &quot;hi&quot;\nand left");
}

/* Catalogue row 54: clipped by characters before it is escaped, so that no entity is cut in two. */
static void
test_long_texts_are_clipped (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *whole = NULL;
  g_autofree char *clipped = NULL;
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < 200; i++)
    g_string_append (text, "é");
  whole = fika_notification_clean_title (text->str);
  g_assert_cmpstr (whole, ==, text->str);

  g_string_append (text, "é");
  clipped = fika_notification_clean_title (text->str);
  g_assert_cmpint (g_utf8_strlen (clipped, -1), ==, 200);
  g_assert_true (g_str_has_suffix (clipped, "é…"));

  g_string_truncate (text, 0);
  for (guint i = 0; i < 10000; i++)
    g_string_append_c (text, '&');
  escaped = fika_notification_clean_body (text->str, TRUE);
  g_assert_cmpint (strlen (escaped), ==, 199 * strlen ("&amp;") + strlen ("…"));
}

/* Catalogue row 54, ten thousand times: whatever comes in, what goes out is valid, bounded, and
 * parses as markup, by the parser that servers use, to the same text that one without markup shows.
 */
static void
test_any_bytes (void)
{
  for (guint round = 0; round < 10000; round++)
    {
      int length = g_test_rand_int_range (0, 600);
      g_autofree char *bytes = g_malloc0 (length + 1);
      g_autofree char *title = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *escaped = NULL;
      g_autofree char *read = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = 0; i < length; i++)
        bytes[i] = g_test_rand_bit () ? "<>&\"'/\n\t\xe2\x80\xae;"[g_test_rand_int_range (0, 12)]
                                      : (char) g_test_rand_int_range (1, 256);

      title = fika_notification_clean_title (bytes);
      g_assert_true (g_utf8_validate (title, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (title, -1), <=, FIKA_NOTIFICATION_TEXT_MAX);
      g_assert_null (strchr (title, '\n'));

      plain = fika_notification_clean_body (bytes, FALSE);
      escaped = fika_notification_clean_body (bytes, TRUE);
      g_assert_true (g_utf8_validate (plain, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (plain, -1), <=, FIKA_NOTIFICATION_TEXT_MAX);
      g_assert_null (strstr (plain, "\u202e"));
      g_assert_true (pango_parse_markup (escaped, -1, 0, NULL, &read, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpstr (read, ==, plain);
    }
}

static void
test_copy_says_the_same (void)
{
  g_autoptr (FikaNotification) notification = fika_notification_new ("tag", "title", "body");
  g_autoptr (FikaNotification) copy = NULL;
  FikaNotificationButton *button;

  fika_notification_add_button (notification, "log:1", "Log");
  copy = fika_notification_copy (notification, 7);

  g_assert_cmpuint (notification->replaces, ==, 0);
  g_assert_cmpuint (copy->replaces, ==, 7);
  g_assert_cmpstr (copy->tag, ==, "tag");
  g_assert_cmpstr (copy->title, ==, "title");
  g_assert_cmpstr (copy->body, ==, "body");
  g_assert_cmpuint (copy->buttons->len, ==, 1);
  button = g_ptr_array_index (copy->buttons, 0);
  g_assert_cmpstr (button->key, ==, "log:1");
  g_assert_cmpstr (button->label, ==, "Log");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/notification/title-is-one-clean-line", test_title_is_one_clean_line);
  g_test_add_func ("/notification/054-bidi-controls-go", test_bidi_controls_go);
  g_test_add_func ("/notification/054-body-is-escaped-for-markup-only",
                   test_body_is_escaped_for_markup_only);
  g_test_add_func ("/notification/054-long-texts-are-clipped", test_long_texts_are_clipped);
  g_test_add_func ("/notification/054-any-bytes", test_any_bytes);
  g_test_add_func ("/notification/copy-says-the-same", test_copy_says_the_same);

  return g_test_run ();
}
