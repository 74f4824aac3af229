#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * Everything undoable that a person does, in one place for window, notification, terminal and
 * import.
 *
 * Each command checks what it is given, runs as one action of the change log with a label in the
 * person's words ("Plan a call with Ada"), and leaves nothing behind when it fails. `source` is one
 * of FIKA_SOURCE_*. Drafts are copies (fika_person_copy () and so on) or new objects; a command
 * reads the draft and leaves it alone; the returned objects are live. A copy changes only what was
 * changed in it: what another window, the terminal or a notification wrote meanwhile stays.
 */

/* People */
FikaPerson *
fika_command_save_person (FikaStore *store, FikaPerson *draft, const char *source, GError **error);
gboolean fika_command_archive_person (FikaStore *store,
                                      FikaPerson *person,
                                      gboolean archived,
                                      const char *source,
                                      GError **error);
gboolean fika_command_delete_person (FikaStore *store,
                                     FikaPerson *person,
                                     const char *source,
                                     GError **error);
gboolean fika_command_add_topic (FikaStore *store,
                                 FikaPerson *person,
                                 const char *text,
                                 FikaDay day,
                                 const char *source,
                                 GError **error);
gboolean fika_command_add_promise (FikaStore *store,
                                   FikaPerson *person,
                                   gboolean theirs,
                                   const char *text,
                                   FikaDay due,
                                   const char *source,
                                   GError **error);
gboolean fika_command_close_topic (FikaStore *store,
                                   const FikaTopic *topic,
                                   gboolean closed,
                                   const char *source,
                                   GError **error);
gboolean fika_command_delete_topic (FikaStore *store,
                                    const FikaTopic *topic,
                                    const char *source,
                                    GError **error);
gboolean fika_command_set_circle_cadence (FikaStore *store,
                                          int64_t circle,
                                          int ideal,
                                          int latest,
                                          const char *source,
                                          GError **error);

/* Catch-ups and series */
FikaCatchup *fika_command_save_catchup (FikaStore *store,
                                        FikaCatchup *draft,
                                        const char *source,
                                        GError **error);
FikaSeries *
fika_command_save_series (FikaStore *store, FikaSeries *draft, const char *source, GError **error);
FikaCatchup *fika_command_edit_occurrence (FikaStore *store,
                                           FikaOccurrence *occurrence,
                                           FikaCatchup *draft,
                                           const char *source,
                                           GError **error);
FikaCatchup *fika_command_move_occurrence (FikaStore *store,
                                           FikaOccurrence *occurrence,
                                           FikaCivil to,
                                           FikaWindow window,
                                           const char *source,
                                           GError **error);
FikaCatchup *fika_command_skip_occurrence (FikaStore *store,
                                           FikaOccurrence *occurrence,
                                           const char *source,
                                           GError **error);
gboolean
fika_command_delete_plan (FikaStore *store, FikaPlan *plan, const char *source, GError **error);
FikaCatchup *fika_command_convert_to_catchup (FikaStore *store,
                                              FikaSeries *series,
                                              FikaCatchup *draft,
                                              const char *source,
                                              GError **error);
FikaSeries *fika_command_convert_to_series (FikaStore *store,
                                            FikaCatchup *catchup,
                                            FikaSeries *draft,
                                            const char *source,
                                            GError **error);

/**
 * FikaLogDetails:
 *
 * What can be said of a catch-up when it is logged; zero and NULL leave a thing unsaid.
 */
typedef struct
{
  int minutes;
  int feeling;
  int reached_out;
  const char *note;
  const char *next_topic; /* becomes a topic of each person in it */
  const char *learned;
  FikaAgain again;
  int volunteer;
} FikaLogDetails;

FikaCatchup *fika_command_log_occurrence (FikaStore *store,
                                          FikaOccurrence *occurrence,
                                          const FikaLogDetails *details,
                                          const char *source,
                                          GError **error);
FikaCatchup *fika_command_log_new (FikaStore *store,
                                   FikaCatchup *draft,
                                   const FikaLogDetails *details,
                                   const char *source,
                                   GError **error);

/* Groups */
FikaGroup *
fika_command_save_group (FikaStore *store, FikaGroup *draft, const char *source, GError **error);
gboolean fika_command_set_stage (FikaStore *store,
                                 FikaGroup *group,
                                 FikaStage stage,
                                 const char *source,
                                 GError **error);
gboolean
fika_command_delete_group (FikaStore *store, FikaGroup *group, const char *source, GError **error);

/* History, sample data, whole sets */
gboolean fika_command_undo (FikaStore *store, const char *source, char **label, GError **error);
gboolean fika_command_redo (FikaStore *store, const char *source, char **label, GError **error);
void fika_command_step_history_async (FikaStore *store,
                                      gboolean redo,
                                      const char *source,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
char *fika_command_step_history_finish (FikaStore *store, GAsyncResult *result, GError **error);
gboolean fika_command_load_sample (FikaStore *store, const char *source, GError **error);
gboolean fika_command_remove_sample (FikaStore *store, const char *source, GError **error);

/* Many people as one action: each draft is added or, where it is a copy, changes that person. */
gboolean fika_command_save_people (FikaStore *store,
                                   GPtrArray *drafts,
                                   const char *label,
                                   const char *source,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
