#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * Which rows hang together, for commands that take something away. Ids as the database has them
 * now, writes of the open action included; (transfer full), NULL with an error.
 */

/* Every catch-up and series of a person or a group, whatever its state. */
GArray *fika_related_catchups_of_person (FikaStore *store, int64_t person, GError **error);
GArray *fika_related_series_of_person (FikaStore *store, int64_t person, GError **error);
GArray *fika_related_catchups_of_group (FikaStore *store, int64_t group, GError **error);
GArray *fika_related_series_of_group (FikaStore *store, int64_t group, GError **error);

/* The catch-ups that stand for an occurrence of a series. */
GArray *fika_related_exceptions (FikaStore *store, int64_t series, GError **error);
/* The id of the one for `original`; 0 without one. */
int64_t
fika_related_exception_at (FikaStore *store, int64_t series, FikaCivil original, GError **error);

/* What the sample data brought. */
GArray *fika_related_sample_people (FikaStore *store, GError **error);
GArray *fika_related_sample_groups (FikaStore *store, GError **error);
GArray *fika_related_sample_series (FikaStore *store, GError **error);
GArray *fika_related_sample_catchups (FikaStore *store, GError **error);

G_END_DECLS
