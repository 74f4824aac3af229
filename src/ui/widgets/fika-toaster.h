#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FIKA_TYPE_TOASTER (fika_toaster_get_type ())
G_DECLARE_FINAL_TYPE (FikaToaster, fika_toaster, FIKA, TOASTER, GObject)

FikaToaster *fika_toaster_new (AdwToastOverlay *overlay);
void fika_toaster_say (FikaToaster *self, const char *text, const char *button, const char *action);

G_END_DECLS
