#pragma once

#include "base/fika-civil.h"
#include "plan/fika-cadence.h"
#include "plan/fika-kind.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * FikaContact:
 *
 * One way to reach a person or a group. `label` is free ("home", "work"); `value` is kept as typed.
 */
typedef struct
{
  FikaContactKind kind;
  char *label;
  char *value;
  gboolean preferred;
} FikaContact;

FikaContact *fika_contact_new (FikaContactKind kind, const char *label, const char *value);
FikaContact *fika_contact_copy (const FikaContact *self);
void fika_contact_free (FikaContact *self);
gboolean fika_contact_equal (const FikaContact *a, const FikaContact *b);
char *fika_contact_match_key (FikaContactKind kind, const char *value);
char *fika_contact_to_uri (const FikaContact *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaContact, fika_contact_free)

/**
 * FikaOccasion:
 *
 * A day of the year that belongs to a person. `year` is 0 where unknown.
 */
typedef struct
{
  FikaOccasionKind kind;
  char *label;
  int year;
  int month;
  int day;
} FikaOccasion;

FikaOccasion *
fika_occasion_new (FikaOccasionKind kind, const char *label, int year, int month, int day);
FikaOccasion *fika_occasion_parse (FikaOccasionKind kind, const char *text, GError **error);
char *fika_occasion_format (const FikaOccasion *self);
FikaDay fika_occasion_next (const FikaOccasion *self, FikaDay from);
FikaOccasion *fika_occasion_copy (const FikaOccasion *self);
gboolean fika_occasion_equal (const FikaOccasion *a, const FikaOccasion *b);
void fika_occasion_free (FikaOccasion *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaOccasion, fika_occasion_free)

/**
 * FikaPerson:
 *
 * Someone in the person's life: a row object with everything that belongs to it. One got from a
 * store is live: the store alone changes it, and it notifies. A copy (fika_person_copy) or a new
 * one is a draft: set its properties, then give it to fika_command_save_person ().
 *
 * Readable and writable properties, all with notify: name, nickname, pronouns, zone, how-met,
 * notes, photo, extra (strings, never NULL); circle-id (int64), ties (uint, a set), ideal, latest
 * (int, -1 = the circle's, 0 = none), introduced-by (int64, 0 = nobody), archived, deceased, sample
 * (boolean), died, paused-until (int, FikaDay or FIKA_DAY_NONE). Read-only, set by the store: id
 * (int64, 0 in a new draft), uid, created (int64 UTC), circle-key, last-utc, next-utc (int64 or
 * FIKA_UTC_NONE), effective-ideal, effective-latest (int).
 */
#define FIKA_TYPE_PERSON (fika_person_get_type ())
G_DECLARE_FINAL_TYPE (FikaPerson, fika_person, FIKA, PERSON, GObject)

#define FIKA_CADENCE_FROM_CIRCLE -1

FikaPerson *fika_person_new (const char *name);
FikaPerson *fika_person_copy (FikaPerson *self);
void fika_person_rebase (FikaPerson *self, FikaPerson *live);
int64_t fika_person_get_id (FikaPerson *self);
const char *fika_person_get_uid (FikaPerson *self);
void fika_person_set_uid (FikaPerson *self, const char *uid);
const char *fika_person_get_name (FikaPerson *self);
void fika_person_set_name (FikaPerson *self, const char *name);
const char *fika_person_get_nickname (FikaPerson *self);
const char *fika_person_get_pronouns (FikaPerson *self);
const char *fika_person_get_zone (FikaPerson *self);
const char *fika_person_get_how_met (FikaPerson *self);
const char *fika_person_get_notes (FikaPerson *self);
const char *fika_person_get_photo (FikaPerson *self);
const char *fika_person_get_extra (FikaPerson *self);
int64_t fika_person_get_circle_id (FikaPerson *self);
void fika_person_set_circle_id (FikaPerson *self, int64_t circle);
const char *fika_person_get_circle_key (FikaPerson *self);
guint fika_person_get_ties (FikaPerson *self);
void fika_person_set_ties (FikaPerson *self, guint ties);
int fika_person_get_ideal (FikaPerson *self);
int fika_person_get_latest (FikaPerson *self);
void fika_person_set_cadence (FikaPerson *self, int ideal, int latest);
int fika_person_get_effective_ideal (FikaPerson *self);
int fika_person_get_effective_latest (FikaPerson *self);
int64_t fika_person_get_introduced_by (FikaPerson *self);
gboolean fika_person_get_archived (FikaPerson *self);
gboolean fika_person_get_deceased (FikaPerson *self);
gboolean fika_person_get_sample (FikaPerson *self);
FikaDay fika_person_get_died (FikaPerson *self);
FikaDay fika_person_get_paused_until (FikaPerson *self);
int64_t fika_person_get_created (FikaPerson *self);
void fika_person_set_created (FikaPerson *self, int64_t created);
int64_t fika_person_get_last_utc (FikaPerson *self);
int64_t fika_person_get_next_utc (FikaPerson *self);

/* Lists belong to the person; elements FikaContact, FikaOccasion, char*. Setters copy. */
GPtrArray *fika_person_get_contacts (FikaPerson *self);
void fika_person_set_contacts (FikaPerson *self, GPtrArray *contacts);
GPtrArray *fika_person_get_occasions (FikaPerson *self);
void fika_person_set_occasions (FikaPerson *self, GPtrArray *occasions);
GPtrArray *fika_person_get_tags (FikaPerson *self);
void fika_person_set_tags (FikaPerson *self, GPtrArray *tags);
const FikaOccasion *fika_person_get_birthday (FikaPerson *self);
const FikaContact *fika_person_find_contact (FikaPerson *self, FikaContactKind kind);

int fika_person_days_since_contact (FikaPerson *self, FikaDay today);
int fika_person_warmth (FikaPerson *self, FikaDay today);
FikaWarmth fika_person_warmth_state (FikaPerson *self, FikaDay today);

G_END_DECLS
