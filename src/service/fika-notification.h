#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longest title and body that are sent, in characters. */
#define FIKA_NOTIFICATION_TEXT_MAX 200

/* What pressing the notification itself, beside its buttons, is called on the bus. */
#define FIKA_NOTIFICATION_DEFAULT "default"

/**
 * FikaNotificationButton:
 * @key: what the server answers with when it is pressed
 * @label: what it says
 */
typedef struct
{
  char *key;
  char *label;
} FikaNotificationButton;

/**
 * FikaNotification:
 * @tag: the same for every notification that stands for the same thing, so that servers which know
 *   tags replace instead of adding
 * @title: plain text
 * @body: plain text, lines parted by newlines
 * @replaces: the number of the notification that this one replaces, or 0
 * @buttons: FikaNotificationButton
 *
 * What a notification says, before a server's abilities are taken into account. Counted by
 * reference and not changed once it is shown.
 */
typedef struct
{
  char *tag;
  char *title;
  char *body;
  guint replaces;
  GPtrArray *buttons;
} FikaNotification;

FikaNotification *fika_notification_new (const char *tag, const char *title, const char *body);
FikaNotification *fika_notification_copy (const FikaNotification *self, guint replaces);
FikaNotification *fika_notification_ref (FikaNotification *self);
void fika_notification_unref (FikaNotification *self);
void fika_notification_add_button (FikaNotification *self, const char *key, const char *label);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaNotification, fika_notification_unref)

char *fika_notification_clean_title (const char *text);
char *fika_notification_clean_body (const char *text, gboolean markup);

G_END_DECLS
