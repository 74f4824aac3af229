#pragma once

#include "base/fika-civil.h"
#include "plan/fika-kind.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaLeadsGroup:
 *
 * When a plan reminds, in an editor. A new plan reminds as the preferences have it for what it is
 * and with whom, until it gets times of its own.
 *
 * Signals: changed (): somebody chose others.
 */
#define FIKA_TYPE_LEADS_GROUP (fika_leads_group_get_type ())
G_DECLARE_FINAL_TYPE (FikaLeadsGroup, fika_leads_group, FIKA, LEADS_GROUP, AdwPreferencesGroup)

void fika_leads_group_set (FikaLeadsGroup *self, GArray *leads);
void fika_leads_group_suggest (FikaLeadsGroup *self,
                               GSettings *settings,
                               FikaKind kind,
                               FikaWindow window,
                               GPtrArray *people);
GArray *fika_leads_group_get (FikaLeadsGroup *self);

G_END_DECLS
