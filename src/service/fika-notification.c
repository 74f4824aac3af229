#include "config.h"

#include "service/fika-notification.h"

static void
button_free (gpointer data)
{
  FikaNotificationButton *button = data;

  g_free (button->key);
  g_free (button->label);
  g_free (button);
}

static void
notification_clear (gpointer data)
{
  FikaNotification *self = data;

  g_free (self->tag);
  g_free (self->title);
  g_free (self->body);
  g_ptr_array_unref (self->buttons);
}

/**
 * fika_notification_new:
 * @tag: what it stands for, such as "fika-12"
 * @title: plain text
 * @body: plain text, may be empty
 *
 * Returns: (transfer full): a notification without buttons
 */
FikaNotification *
fika_notification_new (const char *tag, const char *title, const char *body)
{
  FikaNotification *self;

  g_return_val_if_fail (tag != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);

  self = g_atomic_rc_box_new0 (FikaNotification);
  self->tag = g_strdup (tag);
  self->title = g_strdup (title);
  self->body = g_strdup (body);
  self->buttons = g_ptr_array_new_with_free_func (button_free);

  return self;
}

/**
 * fika_notification_copy:
 * @self: a notification
 * @replaces: the number of the notification that the copy replaces, or 0
 *
 * Returns: (transfer full): one that says the same
 */
FikaNotification *
fika_notification_copy (const FikaNotification *self, guint replaces)
{
  FikaNotification *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = fika_notification_new (self->tag, self->title, self->body);
  copy->replaces = replaces;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      const FikaNotificationButton *button = g_ptr_array_index (self->buttons, i);

      fika_notification_add_button (copy, button->key, button->label);
    }

  return copy;
}

/**
 * fika_notification_ref:
 * @self: a notification
 *
 * Any thread may hold a reference.
 *
 * Returns: (transfer full): @self
 */
FikaNotification *
fika_notification_ref (FikaNotification *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

/**
 * fika_notification_unref:
 * @self: (transfer full): a notification
 */
void
fika_notification_unref (FikaNotification *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, notification_clear);
}

/**
 * fika_notification_add_button:
 * @self: a notification that was not shown yet
 * @key: what the server answers with, %FIKA_NOTIFICATION_DEFAULT for a press beside the buttons
 * @label: what the button says
 */
void
fika_notification_add_button (FikaNotification *self, const char *key, const char *label)
{
  FikaNotificationButton *button;

  g_return_if_fail (self != NULL);
  g_return_if_fail (key != NULL && *key != '\0');
  g_return_if_fail (label != NULL);

  button = g_new0 (FikaNotificationButton, 1);
  button->key = g_strdup (key);
  button->label = g_strdup (label);
  g_ptr_array_add (self->buttons, button);
}

/* Marks that turn the direction of text: one in a name would let it reorder the words around it. */
static gboolean
is_bidi_control (gunichar c)
{
  return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e)
         || (c >= 0x2066 && c <= 0x2069);
}

static char *
clean (const char *text, gboolean lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) out = g_string_sized_new (FIKA_NOTIFICATION_TEXT_MAX);
  gsize cut = 0;
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (is_bidi_control (c))
        continue;
      if (c == '\n' && lines)
        ;
      else if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
        c = ' ';
      else if (g_unichar_iscntrl (c))
        continue;

      if (n == FIKA_NOTIFICATION_TEXT_MAX)
        {
          g_string_truncate (out, cut);
          g_string_append (out, "…");
          break;
        }
      if (n == FIKA_NOTIFICATION_TEXT_MAX - 1)
        cut = out->len;
      g_string_append_unichar (out, c);
      n++;
    }

  return g_strstrip (g_strdup (out->str));
}

/**
 * fika_notification_clean_title:
 * @text: any text
 *
 * Makes one line that is fit to be a title: valid UTF-8, no control characters, no marks that turn
 * the direction of text, at most %FIKA_NOTIFICATION_TEXT_MAX characters. Titles never hold markup.
 *
 * Returns: (transfer full): the title
 */
char *
fika_notification_clean_title (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return clean (text, FALSE);
}

/**
 * fika_notification_clean_body:
 * @text: any text
 * @markup: whether the server reads markup in bodies (capability "body-markup")
 *
 * As fika_notification_clean_title (), but lines are kept; where the server reads markup the text
 * is escaped, so that a note with "<" or "&" shows as it was written.
 *
 * Returns: (transfer full): the body
 */
char *
fika_notification_clean_body (const char *text, gboolean markup)
{
  g_autofree char *plain = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  plain = clean (text, TRUE);

  return markup ? g_markup_escape_text (plain, -1) : g_steal_pointer (&plain);
}
