#pragma once

#include "command/fika-reminder-actions.h"
#include "service/fika-popup.h"

G_BEGIN_DECLS

/* How many things a summary names before it only counts. */
#define FIKA_SUMMARY_LINES 3

char *fika_reminder_card_new_token (void);
char *fika_reminder_card_key (const char *verb, const char *token);
gboolean fika_reminder_card_parse_key (const char *key, char **verb, char **token);

FikaNotification *fika_reminder_card_new (FikaReminder *reminder,
                                          FikaStore *store,
                                          const char *token,
                                          gboolean discreet);
FikaPopup *
fika_reminder_card_new_popup (FikaReminder *reminder, FikaStore *store, gboolean discreet);
FikaNotification *fika_reminder_card_new_summary (GPtrArray *reminders,
                                                  guint count,
                                                  gboolean missed,
                                                  FikaStore *store,
                                                  gboolean discreet);
FikaNotification *fika_reminder_card_new_test (void);
FikaNotification *fika_reminder_card_new_failure (const GError *error);

G_END_DECLS
