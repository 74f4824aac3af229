#pragma once

#include "exchange/fika-document.h"
#include "exchange/fika-import-private.h"
#include "exchange/fika-json-read.h"
#include "store/fika-whole.h"

G_BEGIN_DECLS

/* What an entry of the document is to the data here. */
typedef enum
{
  FIKA_ENTRY_KEPT, /* here already */
  FIKA_ENTRY_NEW,
  FIKA_ENTRY_UPDATED,
} FikaEntryVerdict;

typedef struct
{
  char *person; /* uid */
  char *role;
  FikaDay since;
  FikaDay until;
} FikaEntryMember;

typedef struct
{
  FikaGroup *draft;   /* without members */
  GPtrArray *members; /* FikaEntryMember */
  GArray *stages;     /* FikaStageChange */
  FikaEntryVerdict verdict;
} FikaEntryGroup;

typedef struct
{
  FikaPlan *draft; /* a catch-up or series without people and group */
  char **people;   /* uids */
  char *group;     /* uid; empty where it has none */
  char *series;    /* uid of the series that it is an exception of; empty where of none */
  FikaCivil original;
  FikaEntryVerdict verdict;
} FikaEntryPlan;

typedef struct
{
  FikaTopic topic;
  char *person; /* uid */
  FikaEntryVerdict verdict;
} FikaEntryTopic;

typedef struct
{
  int64_t id;
  char *name; /* NULL = it keeps its own */
  int ideal;  /* -1 = it keeps its own cadence */
  int latest;
} FikaEntryCircle;

struct _FikaDocument
{
  FikaStore *store;
  JsonNode *root;

  GPtrArray *cards;       /* FikaImportCard: the people */
  GPtrArray *introducers; /* char *: uid of who introduced each of them, or "" */
  GHashTable *uids;       /* the uids of the people, as a set */
  GPtrArray *groups;      /* FikaEntryGroup */
  GPtrArray *series;      /* FikaEntryPlan */
  GPtrArray *catchups;    /* FikaEntryPlan */
  GPtrArray *topics;      /* FikaEntryTopic, promises too */
  GArray *circles;        /* FikaEntryCircle that differ */

  guint phase;
  guint next; /* entry of the phase */
};

void fika_entry_group_free (FikaEntryGroup *self);
void fika_entry_plan_free (FikaEntryPlan *self);
void fika_entry_topic_free (FikaEntryTopic *self);

/* Each reads an object of the document; NULL where it makes no sense. */
FikaImportCard *
fika_document_read_person (FikaDocument *self, FikaJsonReader *reader, char **introducer);
FikaEntryGroup *fika_document_read_group (FikaJsonReader *reader);
FikaEntryPlan *fika_document_read_series (FikaJsonReader *reader);
FikaEntryPlan *fika_document_read_catchup (FikaJsonReader *reader);
FikaEntryTopic *fika_document_read_topic (FikaJsonReader *reader, gboolean promise);

G_END_DECLS
