#pragma once

#include "ui/fika-compat.h"
#include "ui/fika-main-window.h"

G_BEGIN_DECLS

/**
 * FikaDetails:
 *
 * Everything about one occurrence, and what can be done with it.
 */
#define FIKA_TYPE_DETAILS (fika_details_get_type ())
G_DECLARE_FINAL_TYPE (FikaDetails, fika_details, FIKA, DETAILS, FikaSheet)

void fika_details_present (FikaMainWindow *window, FikaOccurrence *occurrence);

G_END_DECLS
