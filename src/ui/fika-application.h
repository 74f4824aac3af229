#pragma once

#include "store/fika-store.h"
#include "ui/fika-main-window.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaApplication:
 *
 * Owns the store, the clock and the way to the service; has every action of the program.
 */
#define FIKA_TYPE_APPLICATION (fika_application_get_type ())
G_DECLARE_FINAL_TYPE (FikaApplication, fika_application, FIKA, APPLICATION, AdwApplication)

FikaApplication *fika_application_new (void);
FikaStore *fika_application_get_store (FikaApplication *self);

G_END_DECLS
