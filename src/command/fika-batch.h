#pragma once

#include "store/fika-whole.h"

G_BEGIN_DECLS

/**
 * FikaBatch:
 *
 * Many things saved as one action: all of them or none. Each is checked as its own command would.
 * What is saved can be referred to by what is saved next, and by others once the batch is
 * committed.
 */
typedef struct _FikaBatch FikaBatch;

FikaBatch *
fika_batch_begin (FikaStore *store, const char *label, const char *source, GError **error);
FikaPerson *fika_batch_save_person (FikaBatch *self, FikaPerson *draft, GError **error);
FikaGroup *fika_batch_add_group (FikaBatch *self, FikaGroup *draft, GArray *stages, GError **error);
FikaSeries *fika_batch_add_series (FikaBatch *self, FikaSeries *draft, GError **error);
FikaCatchup *fika_batch_save_catchup (FikaBatch *self, FikaCatchup *draft, GError **error);
gboolean fika_batch_save_topic (FikaBatch *self, const FikaTopic *topic, GError **error);
gboolean
fika_batch_set_circle_name (FikaBatch *self, int64_t circle, const char *name, GError **error);
gboolean fika_batch_set_circle_cadence (FikaBatch *self,
                                        int64_t circle,
                                        int ideal,
                                        int latest,
                                        GError **error);
gboolean fika_batch_commit (FikaBatch *self, GError **error);
void fika_batch_free (FikaBatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaBatch, fika_batch_free)

G_END_DECLS
