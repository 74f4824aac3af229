#pragma once

#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaNoticeKind:
 * @FIKA_NOTICE_NONE: nothing has to be said
 * @FIKA_NOTICE_TROUBLE: something keeps reminders from reaching the person
 * @FIKA_NOTICE_AWAY: some came while the person was away
 * @FIKA_NOTICE_LOGIN: after the next login none come before Fika was opened
 */
typedef enum
{
  FIKA_NOTICE_NONE,
  FIKA_NOTICE_TROUBLE,
  FIKA_NOTICE_AWAY,
  FIKA_NOTICE_LOGIN,
} FikaNoticeKind;

/**
 * FikaReminderNotice:
 *
 * One quiet line about reminders, gone when there is nothing to say, and when it is put away.
 */
#define FIKA_TYPE_REMINDER_NOTICE (fika_reminder_notice_get_type ())
G_DECLARE_FINAL_TYPE (FikaReminderNotice, fika_reminder_notice, FIKA, REMINDER_NOTICE, GtkWidget)

FikaNoticeKind fika_notice_choose (const FikaReachState *state,
                                   FikaReachTrouble put_away,
                                   guint n_missed,
                                   gboolean offer_login);
void fika_reminder_notice_set_window (FikaReminderNotice *self, FikaMainWindow *window);
void fika_reminder_notice_update (FikaReminderNotice *self);

G_END_DECLS
