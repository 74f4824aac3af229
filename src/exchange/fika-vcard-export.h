#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* RFC 2426 and RFC 6350. */
typedef enum {
  FIKA_VCARD_3_0,
  FIKA_VCARD_4_0,
} FikaVcardVersion;

char *
fika_vcard_export (FikaStore *store, GArray *people, FikaVcardVersion version, GError **error);

G_END_DECLS
