#pragma once

#include "base/fika-clock.h"
#include "db/fika-db.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* A folder of its own for a test, gone again with all that is in it when it goes out of scope:
 * g_auto (FikaTestFolder) folder = fika_test_folder_new (); */
typedef char *FikaTestFolder;
FikaTestFolder fika_test_folder_new (void);
void fika_test_folder_free (FikaTestFolder folder);
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (FikaTestFolder, fika_test_folder_free, NULL)
/* Has the folders to come in memory, where there is room for it: for a test of thousands of writes
 * that is not about the disk. */
void fika_test_folders_in_memory (void);
/* The files of @folder and of those in it, sorted, relative: what was left behind? */
char **fika_test_folder_list (const char *folder);

/* The path of a database in @folder, and a connection to it. */
char *fika_test_database_path (const char *folder);
FikaDb *fika_test_database_open (const char *folder);

/* The rows of every table that is logged, as text; equal where a person's data is equal. */
char *fika_test_dump (FikaDb *db);

/* One integer, or one text, that a query answers. */
int64_t fika_test_query_int (FikaDb *db, const char *sql);
char *fika_test_query_text (FikaDb *db, const char *sql);

/**
 * FikaTestClock:
 *
 * A clock that stands still until the test moves it. When the wake time is reached it emits wake,
 * at once, from fika_test_clock_set_now ().
 */
#define FIKA_TYPE_TEST_CLOCK (fika_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (FikaTestClock, fika_test_clock, FIKA, TEST_CLOCK, FikaClock)

FikaClock *fika_test_clock_new (int64_t now);
void fika_test_clock_set_now (FikaTestClock *self, int64_t now);
void fika_test_clock_advance (FikaTestClock *self, int64_t seconds);
void fika_test_clock_sleep (FikaTestClock *self, int64_t seconds);
int64_t fika_test_clock_get_wake (FikaTestClock *self);

/* Turns the main loop until @condition says TRUE; FALSE after @timeout_ms. */
typedef gboolean (*FikaTestCondition) (gpointer data);
gboolean fika_test_await (FikaTestCondition condition, gpointer data, guint timeout_ms);

/* Turns the main loop until it has nothing to do. */
void fika_test_settle (void);

/* Turns the main loop until the expression holds; the test fails after ten seconds. */
#define fika_test_await_that(expression)                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 await_deadline_ = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;                        \
    while (!(expression) && g_get_monotonic_time () < await_deadline_)                             \
      if (!g_main_context_iteration (NULL, FALSE))                                                 \
        g_usleep (500);                                                                            \
    g_assert_true (expression);                                                                    \
  }                                                                                                \
  G_STMT_END

G_END_DECLS
