#pragma once

#include "service/fika-popups.h"
#include "store/fika-reminder.h"

G_BEGIN_DECLS

/**
 * FikaClaims:
 * @fresh: FikaReminder: claimed and to be told singly, each with its own token
 * @missed: FikaReminder: the last few of those that are claimed but late
 * @missed_ids: int64: all of those
 * @missed_keys: what those are of, a set: a plan that was missed at each of its leads is one
 * @n_missed: how many things that are
 * @token: what those are claimed with
 * @suspect: (nullable): the first that was tried before, not claimed
 *
 * What is to be told now.
 */
typedef struct
{
  GPtrArray *fresh;
  GPtrArray *missed;
  GArray *missed_ids;
  GHashTable *missed_keys;
  guint n_missed;
  char *token;
  FikaReminder *suspect;
} FikaClaims;

FikaClaims *fika_claims_new (void);
void fika_claims_free (FikaClaims *self);
gboolean fika_claims_take (FikaClaims *self,
                           FikaStore *store,
                           FikaPopups *popups,
                           int64_t now,
                           GError **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaClaims, fika_claims_free)

G_END_DECLS
