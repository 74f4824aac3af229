#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

char *fika_vcard_export (FikaStore *store, GArray *people, GError **error);

G_END_DECLS
