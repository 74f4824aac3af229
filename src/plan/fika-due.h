#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

/*
 * When things are told: pure rules over a person's wishes. Times of day are minutes since midnight
 * by the clock here; instants are UTC seconds.
 */

/* What an open-ended catch-up is taken to last. */
#define FIKA_OPEN_ENDED_MINUTES 60

#define FIKA_DUE_MAX_CIRCLES 8
#define FIKA_DUE_MAX_LEADS 8
#define FIKA_DUE_MAX_KEY 32

/* How many days before a person's birthday and other dates a circle is told of them too. */
typedef struct
{
  char circle[FIKA_DUE_MAX_KEY];
  int days[FIKA_DUE_MAX_LEADS];
  int n_days;
} FikaDueCircle;

/**
 * FikaDuePolicy: what a person wishes to be told, and when.
 */
typedef struct
{
  gboolean ask;       /* "Did it happen?" */
  gboolean occasions; /* birthdays and other dates */
  gboolean days;      /* topics, promises and next steps that have a day */
  int day_minute;     /* when what belongs to a day is told */
  int digest_minute;  /* -1 = no digest */
  int quiet_from;     /* the same as quiet_to = no quiet hours */
  int quiet_to;
  FikaDay paused_until; /* FIKA_DAY_NONE = not paused */
  FikaDueCircle circles[FIKA_DUE_MAX_CIRCLES];
  int n_circles;
} FikaDuePolicy;

void fika_due_policy_init (FikaDuePolicy *self);
gboolean fika_due_policy_parse (FikaDuePolicy *self, const char *text);
char *fika_due_policy_print (const FikaDuePolicy *self);
void fika_due_policy_set_circle (FikaDuePolicy *self,
                                 const char *circle,
                                 const int *days,
                                 size_t n_days);
const FikaDueCircle *fika_due_policy_get_circle (const FikaDuePolicy *self, const char *circle);

gboolean fika_due_is_quiet (const FikaDuePolicy *self, int64_t utc);
int64_t fika_due_after_quiet (const FikaDuePolicy *self, int64_t utc);
int64_t fika_due_of_plan (const FikaDuePolicy *self, int64_t start, int lead);
int fika_due_asking_lead (FikaWindow window, int minutes);
int64_t fika_due_of_asking (const FikaDuePolicy *self, int64_t start, int lead);
int64_t fika_due_on_day (const FikaDuePolicy *self, FikaDay day, int days_before);
int64_t fika_due_next_digest (const FikaDuePolicy *self, int64_t now);
int64_t fika_due_pause_ends (const FikaDuePolicy *self);

G_END_DECLS
