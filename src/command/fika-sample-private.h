#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* Shared by the files of the sample data alone. */

enum
{
  MUM,
  SAM,
  LI,
  MAYA,
  EMIL,
  JURGEN,
  PRIYA,
  TOMAS,
  NOOR,
  N_PEOPLE,
  NOBODY = -1,
};

enum
{
  CHOIR,
  FOOD_BANK,
  BOOK_CLUB,
  N_GROUPS,
};

/* What is being written. People and groups are there as soon as their rows are. */
typedef struct
{
  FikaStore *store;
  FikaDay today;
  FikaPerson *people[N_PEOPLE];
  FikaGroup *groups[N_GROUPS];
} FikaSample;

/* Catch-ups and series of the sample's people and groups. */
gboolean fika_sample_add_plans (FikaSample *self, GError **error);
const char *fika_sample_translate (const char *text);

G_END_DECLS
