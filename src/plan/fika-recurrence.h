#pragma once

#include "base/fika-civil.h"

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * FikaRecurrence:
 *
 * A repeating rule, parsed and checked: the RECUR value of RFC 5545, section 3.3.10, limited to
 * DAILY, WEEKLY, MONTHLY and YEARLY, in civil time. An immutable value, counted by reference.
 *
 * Two departures, both on purpose: a monthly or yearly rule whose day of the month comes from the
 * 29th, 30th or 31st (by BYMONTHDAY or by the start) falls on the last valid day of a shorter
 * month, unless the rule also has BYDAY or BYSETPOS; and DTSTART is an occurrence only when the
 * rule generates it.
 */
typedef struct _FikaRecurrence FikaRecurrence;

#define FIKA_TYPE_RECURRENCE (fika_recurrence_get_type ())
GType fika_recurrence_get_type (void);

FikaRecurrence *fika_recurrence_parse (const char *rule, GError **error);
FikaRecurrence *fika_recurrence_ref (FikaRecurrence *self);
void fika_recurrence_unref (FikaRecurrence *self);
char *fika_recurrence_to_rule (FikaRecurrence *self);
char *fika_recurrence_describe (FikaRecurrence *self, FikaCivil anchor);
GArray *fika_recurrence_expand (FikaRecurrence *self,
                                FikaCivil anchor,
                                FikaCivil from,
                                FikaCivil until,
                                guint limit);
FikaCivil fika_recurrence_next (FikaRecurrence *self, FikaCivil anchor, FikaCivil from);
FikaCivil fika_recurrence_previous (FikaRecurrence *self, FikaCivil anchor, FikaCivil before);
gboolean fika_recurrence_contains (FikaRecurrence *self, FikaCivil anchor, FikaCivil civil);
gboolean fika_recurrence_check_anchor (FikaRecurrence *self, FikaCivil anchor, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaRecurrence, fika_recurrence_unref)

G_END_DECLS
