#pragma once

#include "command/fika-commands.h"
#include "exchange/fika-json.h"

G_BEGIN_DECLS

#define FIKA_CLI_DONE 0
#define FIKA_CLI_FAILED 1
#define FIKA_CLI_USAGE 2

/**
 * FikaCli:
 * @store: (nullable): the data, once fika_cli_open () opened it
 * @json: whether to answer in JSON
 * @args: what is left of the command line after the options
 * @status: what fika_cli_parse () wants the program to end with when it answers %FALSE
 *
 * One run of one verb.
 */
typedef struct
{
  FikaStore *store;
  FikaClock *clock;
  gboolean json;
  char **args;
  int n_args;
  int status;
  gboolean wrote;
} FikaCli;

typedef int (*FikaCliFunc) (FikaCli *cli, int argc, char **argv);

typedef struct
{
  const char *name;
  const char *usage;   /* what follows the name */
  const char *summary; /* one line */
  FikaCliFunc run;
} FikaCliVerb;

gboolean fika_cli_parse (FikaCli *cli,
                         const FikaCliVerb *verb,
                         const GOptionEntry *entries,
                         int argc,
                         char **argv,
                         int min_args,
                         int max_args);
gboolean fika_cli_open (FikaCli *cli);
GDBusConnection *fika_cli_session_bus (void);

int fika_cli_fail (const GError *error);
int fika_cli_usage (const FikaCliVerb *verb, const char *format, ...) G_GNUC_PRINTF (2, 3);
int fika_cli_answer (FikaCli *cli, JsonNode *node, const char *text);
int fika_cli_answer_list (FikaCli *cli, JsonArray *array);
void fika_cli_add_count (JsonBuilder *builder, const char *key, gint64 count);

/* Values of options; each FALSE (or a none) with an error that says what may be written. */
gboolean fika_cli_kind (const char *text, FikaKind *kind, GError **error);
gboolean fika_cli_window (const char *text, FikaWindow *window, GError **error);
gboolean fika_cli_circle (FikaStore *store, const char *text, int64_t *circle, GError **error);
gboolean fika_cli_ties (char **texts, guint *ties, GError **error);
gboolean fika_cli_group_type (const char *text, FikaGroupType *type, GError **error);
gboolean fika_cli_stage (const char *text, FikaStage *stage, GError **error);
gboolean fika_cli_again (const char *text, FikaAgain *again, GError **error);
gboolean fika_cli_leads (char **texts, GArray **leads, GError **error);
GPtrArray *fika_cli_people (FikaStore *store, char **names, GError **error);
FikaOccurrence *fika_cli_occurrence (FikaStore *store,
                                     const char *uid,
                                     const char *start,
                                     gboolean past,
                                     GError **error);
void fika_cli_no_uid (const char *uid, GError **error);
FikaCivil fika_cli_now (FikaCli *cli);

/* Lines for people; widths in columns. */
#define FIKA_CLI_WHEN_WIDTH 26
#define FIKA_CLI_NAME_WIDTH 28
char *fika_cli_pad (const char *text, int width);
char *fika_cli_occurrence_line (FikaCli *cli, FikaOccurrence *occurrence);
int fika_cli_answer_occurrence (FikaCli *cli, FikaOccurrence *occurrence, const char *done);
int fika_cli_answer_catchup (FikaCli *cli, FikaCatchup *catchup, const char *done);

/* The verbs, by file. */
int fika_cli_person (FikaCli *cli, int argc, char **argv);
int fika_cli_list_people (FikaCli *cli, int argc, char **argv);
int fika_cli_plan (FikaCli *cli, int argc, char **argv);
int fika_cli_agenda (FikaCli *cli, int argc, char **argv);
int fika_cli_log (FikaCli *cli, int argc, char **argv);
int fika_cli_skip (FikaCli *cli, int argc, char **argv);
int fika_cli_move (FikaCli *cli, int argc, char **argv);
int fika_cli_delete (FikaCli *cli, int argc, char **argv);
int fika_cli_group (FikaCli *cli, int argc, char **argv);
int fika_cli_groups (FikaCli *cli, int argc, char **argv);
int fika_cli_visit (FikaCli *cli, int argc, char **argv);
int fika_cli_reminders (FikaCli *cli, int argc, char **argv);
int fika_cli_service (FikaCli *cli, int argc, char **argv);
int fika_cli_import (FikaCli *cli, int argc, char **argv);
int fika_cli_export (FikaCli *cli, int argc, char **argv);
int fika_cli_undo (FikaCli *cli, int argc, char **argv);
int fika_cli_redo (FikaCli *cli, int argc, char **argv);
int fika_cli_history (FikaCli *cli, int argc, char **argv);
int fika_cli_backup (FikaCli *cli, int argc, char **argv);
int fika_cli_check (FikaCli *cli, int argc, char **argv);

const FikaCliVerb *fika_cli_find_verb (const char *name);

G_END_DECLS
