#pragma once

#include "fika-test.h"

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * A store with a clock that stands still, and short ways to fill it. Every way writes one action
 * and fails the test when it cannot.
 */

#define FIKA_TEST_LABEL "Test"

/* A civil time, as an instant in the test's own zone (TZ) and as itself. */
FikaCivil fika_test_civil (const char *text);
FikaDay fika_test_day (const char *text);
int64_t fika_test_instant (const char *civil);

/* In `folder`, at `civil` of the clock here. A second store on the same folder is another
 * process's. */
FikaStore *fika_test_store_new (const char *folder, const char *civil);
void fika_test_store_set_now (FikaStore *store, const char *civil);

/* (transfer full): live objects. Drafts are left alone. */
FikaPerson *fika_test_save_person (FikaStore *store, FikaPerson *draft);
FikaGroup *fika_test_save_group (FikaStore *store, FikaGroup *draft);
FikaCatchup *fika_test_save_catchup (FikaStore *store, FikaCatchup *draft);
FikaSeries *fika_test_save_series (FikaStore *store, FikaSeries *draft);
FikaPerson *fika_test_add_person (FikaStore *store, const char *name);
FikaGroup *fika_test_add_group (FikaStore *store, const char *name);
/* A call, exact, half an hour; `person` nullable. */
FikaCatchup *
fika_test_add_catchup (FikaStore *store, FikaPerson *person, const char *start, FikaState state);
FikaSeries *
fika_test_add_series (FikaStore *store, FikaPerson *person, const char *anchor, const char *rule);
/* The row that stands for the occurrence at `original`. */
FikaCatchup *fika_test_add_exception (FikaStore *store,
                                      FikaSeries *series,
                                      const char *original,
                                      const char *start,
                                      FikaState state);
void fika_test_set_leads (FikaPlan *draft, guint n, ...); /* ints */

void fika_test_delete_plan (FikaStore *store, FikaPlan *plan);
void fika_test_undo (FikaStore *store);
void fika_test_redo (FikaStore *store);

/* All is well: integrity, what is worked out, and no statement that is still at a row. */
void fika_test_assert_store (FikaStore *store);

G_END_DECLS
