#pragma once

#include "store/fika-series-times-private.h"

G_BEGIN_DECLS

/* Makes the reminder rows of a plan what they should be now. Within a transaction. */
gboolean fika_reminders_derive_catchup (FikaStore *store, int64_t id, int64_t now, GError **error);
gboolean fika_reminders_derive_series (FikaStore *store, int64_t id, int64_t now, GError **error);

/* Likewise where nobody changed the plan, so that only the zone can have brought it to another
 * time: what was told is not told again, and what was jumped over is told late. */
gboolean fika_reminders_carry_catchup (FikaStore *store, int64_t id, int64_t now, GError **error);
gboolean fika_reminders_carry_series (FikaStore *store, int64_t id, int64_t now, GError **error);

/* Likewise of what belongs to days: of a person, of a group, and the digest. */
gboolean fika_reminders_derive_person (FikaStore *store, int64_t id, int64_t now, GError **error);
gboolean fika_reminders_derive_group (FikaStore *store, int64_t id, int64_t now, GError **error);
gboolean fika_reminders_derive_digest (FikaStore *store, int64_t now, GError **error);

/* Every reminder there is or should be: for another zone, another clock, or other wishes. */
gboolean fika_reminders_derive_all (FikaStore *store, int64_t now, GError **error);

/* Whether a pause let something pass by; and notes it. */
gboolean fika_reminders_are_passed_by (FikaStore *store, int64_t now);
gboolean fika_reminders_pass_by (FikaStore *store, int64_t now, GError **error);

/* The plans that are told: catch-ups that have reminders or leads and are planned, all series. */
GArray *fika_reminders_all_catchups (FikaStore *store, GError **error);
GArray *fika_reminders_all_series (FikaStore *store, GError **error);
/* The people and groups that have what belongs to a day. */
GArray *fika_reminders_all_people (FikaStore *store, GError **error);
GArray *fika_reminders_all_groups (FikaStore *store, GError **error);
/* Those of a person that are still to come. */
GArray *
fika_reminders_catchups_of_person (FikaStore *store, int64_t person, int64_t now, GError **error);
GArray *fika_reminders_series_of_person (FikaStore *store, int64_t person, GError **error);

/* Lets go of what was told long ago. */
gboolean fika_reminders_forget (FikaStore *store, int64_t before, GError **error);

G_END_DECLS
