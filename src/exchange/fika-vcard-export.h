#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

typedef enum
{
  FIKA_VCARD_3_0, /* RFC 2426 */
  FIKA_VCARD_4_0, /* RFC 6350 */
} FikaVcardVersion;

char *
fika_vcard_export (FikaStore *store, GArray *people, FikaVcardVersion version, GError **error);

G_END_DECLS
