#pragma once

#include "plan/fika-rule.h"

G_BEGIN_DECLS

/* Private to plan: the occurrences of a rule. */
GArray *
fika_expand (const FikaRule *rule, FikaCivil anchor, FikaCivil from, FikaCivil until, guint limit);

G_END_DECLS
