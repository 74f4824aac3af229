#pragma once

#include "store/fika-reminder.h"

G_BEGIN_DECLS

/* A row of the table, with what it is of by id: that is looked up when no statement is at a row. */
typedef struct
{
  FikaReminder *reminder;
  int64_t series;
  int64_t catchup;
  FikaCivil original;
  int64_t source;
  int64_t person;
  int64_t grp;
} FikaReminderRow;

void fika_reminder_row_clear (FikaReminderRow *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FikaReminderRow, fika_reminder_row_clear)

/* Looks up what the reminder is of, as it is now. */
void fika_reminder_row_find (FikaStore *store, FikaReminderRow *row);

G_END_DECLS
