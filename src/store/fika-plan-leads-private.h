#pragma once

#include "plan/fika-due.h"
#include "store/fika-store.h"

G_BEGIN_DECLS

/* What a plan is told by: its leads in minutes, ascending, and which of them asks whether it
 * happened. */
typedef struct
{
  FikaDuePolicy policy;
  GArray *minutes;
  int asking; /* negative; 0 = it is not asked */
} FikaPlanLeads;

void fika_plan_leads_clear (FikaPlanLeads *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FikaPlanLeads, fika_plan_leads_clear)

gboolean fika_plan_leads_read (FikaPlanLeads *self,
                               FikaStore *store,
                               gboolean of_series,
                               int64_t id,
                               FikaWindow window,
                               GError **error);
int fika_plan_leads_at (const FikaPlanLeads *self, guint i);

/* When one of them tells of a plan that begins at `start`, in UTC seconds. */
int64_t fika_plan_leads_due (const FikaPlanLeads *self, int64_t start, int lead);
/* Whether a shorter one tells at the very same time, as when both wait for the quiet hours to end.
 */
gboolean fika_plan_leads_is_repeated (const FikaPlanLeads *self, int64_t start, guint i);

G_END_DECLS
