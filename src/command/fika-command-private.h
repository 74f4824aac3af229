#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* What the commands share. */

/**
 * FikaAction:
 *
 * The action that a command is writing. Held by g_auto(): leaving the function without
 * fika_action_commit () takes everything back.
 */
typedef struct
{
  FikaStore *store; /* NULL when nothing is open */
} FikaAction;
#define FIKA_ACTION_INIT                                                                           \
  {                                                                                                \
    NULL                                                                                           \
  }

gboolean fika_action_begin (FikaAction *self,
                            FikaStore *store,
                            const char *label,
                            const char *source,
                            GError **error);
gboolean fika_action_commit (FikaAction *self, GError **error);
void fika_action_clear (FikaAction *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FikaAction, fika_action_clear)

/* Checks, each FALSE or NULL with FIKA_ERROR_INVALID and what to change. The drafts' checks answer
 * a cleaned copy (transfer full) and leave the draft as it was typed. */
FikaPerson *fika_check_person (FikaStore *store, FikaPerson *draft, GError **error);
FikaGroup *fika_check_group (FikaStore *store, FikaGroup *draft, GError **error);
FikaCatchup *fika_check_catchup (FikaStore *store, FikaCatchup *draft, GError **error);
FikaSeries *fika_check_series (FikaStore *store, FikaSeries *draft, GError **error);
gboolean fika_check_cadence (int ideal, int latest, GError **error);
gboolean fika_check_day (FikaDay day, const char *what, GError **error);
gboolean fika_check_minutes (int minutes, GError **error);
gboolean fika_plan_is_to_come (FikaStore *store, FikaPlan *plan); /* by more than clocks differ */
gboolean fika_check_list_length (guint length, GError **error);
GPtrArray *fika_check_contacts (GPtrArray *contacts, GError **error);
char *fika_check_text (const char *text, const char *what, GError **error); /* not empty */
gboolean fika_invalid (GError **error, const char *message);

/* The cleaned texts of an object, by property. `what` is marked with N_(). */
typedef struct
{
  const char *property;
  const char *what;
  gboolean note; /* several lines, long */
} FikaTextCheck;
gboolean fika_check_texts (GObject *clean, const FikaTextCheck *checks, guint n, GError **error);
/* Words, each once whatever its case and accents; empty ones fall away. (transfer full) */
GPtrArray *fika_check_words (GPtrArray *words, const char *what, GError **error);

/* What a label calls a plan: "a call with Ada", "“Concert”". (transfer full) */
char *fika_label_object (FikaPlan *plan);
/* A text of any length, fit for a label. (transfer full) */
char *fika_label_quote (const char *text);

/* Parts of commands, within the open action. */
FikaCatchup *
fika_occurrence_to_draft (FikaStore *store, FikaOccurrence *occurrence, GError **error);
void fika_copy_answers (FikaCatchup *from, FikaCatchup *to);
int64_t fika_write_catchup (FikaStore *store, FikaCatchup *draft, GError **error);
gboolean
fika_write_topic (FikaStore *store, int64_t person, const char *text, FikaDay day, GError **error);

/**
 * FikaTakeAway:
 *
 * Rows to delete, as sets of ids: by themselves, and for what only they held together.
 */
typedef struct
{
  GHashTable *people;
  GHashTable *groups;
  GHashTable *series;
  GHashTable *catchups;
} FikaTakeAway;
#define FIKA_TAKE_AWAY_INIT                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }

void fika_take_away_add (GHashTable **set, int64_t id);
void fika_take_away_add_all (GHashTable **set, GArray *ids);
gboolean fika_take_away_run (FikaTakeAway *self, FikaStore *store, GError **error);
void fika_take_away_clear (FikaTakeAway *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FikaTakeAway, fika_take_away_clear)

G_END_DECLS
