#pragma once

#include "store/fika-plan-object.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *fika_kind_icon (FikaKind kind);
const char *fika_contact_kind_icon (FikaContactKind kind);
const char *fika_contact_kind_verb (FikaContactKind kind);
const char *fika_plan_tint (FikaPlan *plan);

G_END_DECLS
