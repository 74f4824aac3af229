#pragma once

#include "store/fika-plan-object.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

const char *fika_kind_icon (FikaKind kind);
const char *fika_contact_kind_icon (FikaContactKind kind);
const char *fika_contact_kind_verb (FikaContactKind kind);
const char *fika_plan_tint (FikaPlan *plan);
void fika_plan_style_icon (FikaPlan *plan, GtkImage *icon);
char *fika_plan_dup_title_among (FikaPlan *plan, GObject *subject);

G_END_DECLS
