#pragma once

#include "command/fika-commands.h"

#include "db/fika-db.h"
#include "fika-test.h"

G_BEGIN_DECLS

/* A store in a folder of its own. Its clock stands at noon in Berlin on Wednesday, 6 May 2026. */
typedef struct
{
  FikaTestFolder folder;
  FikaClock *clock;
  FikaStore *store;
} Fixture;

#define NOON G_GINT64_CONSTANT (1778061600)
#define TODAY (fika_day_from_ymd (2026, 5, 6))
#define SOURCE FIKA_SOURCE_WINDOW

void fixture_set_up (Fixture *self, gconstpointer data);
void fixture_tear_down (Fixture *self, gconstpointer data);
void fixture_reopen (Fixture *self);
FikaDb *fixture_db (Fixture *self);
/* A person's data, as text. */
char *fixture_dump (Fixture *self);
/* What the machine worked out from it, and all of that anew. */
char *fixture_dump_machine (Fixture *self);
void fixture_derive_all (Fixture *self);
int64_t fixture_count (Fixture *self, const char *sql);

FikaPerson *fixture_add_person (Fixture *self, const char *name);
FikaGroup *fixture_add_group (Fixture *self, const char *name);
/* "2026-05-06T12:00" */
FikaCivil civil (const char *text);
FikaCatchup *fixture_plan (Fixture *self, FikaKind kind, const char *start, FikaPerson *person);
FikaSeries *fixture_repeat (Fixture *self, const char *rule, const char *start, FikaPerson *person);
/* The occurrence of a plan at `original`, or its next with NULL. */
FikaOccurrence *fixture_occurrence (Fixture *self, gpointer plan, const char *original);
/* States of what the agenda has from `from` until `until`, with starts: "2026-05-06T12:00 planned".
 * */
char *fixture_agenda (Fixture *self, const char *from, const char *until);

#define assert_undo_label(self, expected)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *label_ = fika_store_dup_undo_label ((self)->store);                           \
    g_assert_cmpstr (label_, ==, expected);                                                        \
  }                                                                                                \
  G_STMT_END

void fixture_undo (Fixture *self);
void fixture_redo (Fixture *self);

G_END_DECLS
