#pragma once

#include "store/fika-columns-private.h"
#include "store/fika-parts-private.h"
#include "store/fika-store-private.h"

G_BEGIN_DECLS

/* What the table files share. */

/* Hands on an error; FALSE when there was one. */
gboolean fika_propagate (GError **error, GError *local_error);

/* Sets FIKA_ERROR_NOT_FOUND; FALSE. */
gboolean fika_set_not_found (GError **error, const char *message);
gboolean fika_is_not_found (const GError *error);

/* The text, or a new unique one where it is empty. */
char *fika_uid_or_new (const char *uid);

/* When a new row was made: as its draft says, or now where that is 0. */
int64_t fika_created_or_now (FikaStore *store, int64_t created);

/* When a plan with that zone, window and start begins, in UTC seconds: a loose one when it opens.
 */
int64_t fika_plan_instant (const char *zone, FikaWindow window, FikaCivil start);

/* Runs a statement that takes only the id, as ?1. */
gboolean fika_table_run (FikaStore *store, const char *sql, int64_t id, GError **error);
/* Likewise; FALSE with FIKA_ERROR_NOT_FOUND and the message when it changes no row. */
gboolean fika_table_delete (FikaStore *store,
                            const char *sql,
                            int64_t id,
                            const char *message,
                            GError **error);
/* The ids that a statement with ?1 = id answers. */
GArray *fika_table_ids (FikaStore *store, const char *sql, int64_t id, GError **error);

/* Parts that two tables have. */
GPtrArray *fika_contacts_read (FikaDb *db, const char *sql, int64_t owner, GError **error);
GPtrArray *fika_contacts_to_parts (GPtrArray *contacts);
gboolean fika_plan_read_parts (FikaStore *store,
                               FikaPlan *plan,
                               const char *people_sql,
                               const char *leads_sql,
                               GError **error);
GPtrArray *fika_plan_people_to_parts (FikaPlan *plan, GError **error);
GPtrArray *fika_plan_leads_to_parts (FikaPlan *plan);

/* Reads a row into a new object; NULL with FIKA_ERROR_NOT_FOUND. (transfer full) */
FikaPerson *fika_person_table_load (FikaStore *store, int64_t id, GError **error);
FikaGroup *fika_group_table_load (FikaStore *store, int64_t id, GError **error);
FikaCatchup *fika_catchup_table_load (FikaStore *store, int64_t id, GError **error);
FikaSeries *fika_series_table_load (FikaStore *store, int64_t id, GError **error);

/* Every statement of the room, for its tests: a list that ends with a NULL name. */
const FikaStatements *const *fika_store_statements (void);

extern const FikaStatements fika_agenda_statements;
extern const FikaStatements fika_cache_table_statements;
extern const FikaStatements fika_catchup_table_statements;
extern const FikaStatements fika_circle_table_statements;
extern const FikaStatements fika_group_table_statements;
extern const FikaStatements fika_occasions_statements;
extern const FikaStatements fika_people_table_statements;
extern const FikaStatements fika_person_table_statements;
extern const FikaStatements fika_plan_leads_statements;
extern const FikaStatements fika_related_statements;
extern const FikaStatements fika_reminder_days_statements;
extern const FikaStatements fika_reminder_owners_statements;
extern const FikaStatements fika_reminder_derive_statements;
extern const FikaStatements fika_reminder_forecast_statements;
extern const FikaStatements fika_reminder_move_statements;
extern const FikaStatements fika_reminder_policy_statements;
extern const FikaStatements fika_reminder_row_statements;
extern const FikaStatements fika_reminder_statements;
extern const FikaStatements fika_series_table_statements;
extern const FikaStatements fika_series_times_statements;
extern const FikaStatements fika_store_find_statements;
extern const FikaStatements fika_store_lookup_statements;
extern const FikaStatements fika_topic_table_statements;
extern const FikaStatements fika_touched_statements;
extern const FikaStatements fika_whole_statements;

G_END_DECLS
