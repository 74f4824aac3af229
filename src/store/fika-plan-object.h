#pragma once

#include "store/fika-group.h"
#include "store/fika-person.h"

G_BEGIN_DECLS

/**
 * FikaPlan:
 *
 * What a catch-up and a series have in common: who, what kind, when (for a series: its anchor),
 * where, how long, and how long before it is told. Like a person, it is live when a store gave it
 * and a draft otherwise.
 *
 * Properties, readable and writable, with notify: title, zone, place, link, notes (strings, never
 * NULL), kind, window (int enums), start (int64 FikaCivil), minutes (int, 0 = open-ended), group
 * (FikaGroup, nullable), sample (boolean). Set by the store: id, uid, created.
 */
#define FIKA_TYPE_PLAN (fika_plan_get_type ())
G_DECLARE_DERIVABLE_TYPE (FikaPlan, fika_plan, FIKA, PLAN, GObject)

struct _FikaPlanClass
{
  GObjectClass parent_class;
};

int64_t fika_plan_get_id (FikaPlan *self);
const char *fika_plan_get_uid (FikaPlan *self);
void fika_plan_set_uid (FikaPlan *self, const char *uid);
FikaKind fika_plan_get_kind (FikaPlan *self);
void fika_plan_set_kind (FikaPlan *self, FikaKind kind);
const char *fika_plan_get_title (FikaPlan *self);
void fika_plan_set_title (FikaPlan *self, const char *title);
FikaCivil fika_plan_get_start (FikaPlan *self);
void fika_plan_set_start (FikaPlan *self, FikaCivil start);
FikaWindow fika_plan_get_window (FikaPlan *self);
void fika_plan_set_window (FikaPlan *self, FikaWindow window);
const char *fika_plan_get_zone (FikaPlan *self);
void fika_plan_set_zone (FikaPlan *self, const char *zone);
int fika_plan_get_minutes (FikaPlan *self);
void fika_plan_set_minutes (FikaPlan *self, int minutes);
const char *fika_plan_get_place (FikaPlan *self);
void fika_plan_set_place (FikaPlan *self, const char *place);
const char *fika_plan_get_link (FikaPlan *self);
void fika_plan_set_link (FikaPlan *self, const char *link);
const char *fika_plan_get_web_link (FikaPlan *self);
const char *fika_plan_get_notes (FikaPlan *self);
void fika_plan_set_notes (FikaPlan *self, const char *notes);
FikaGroup *fika_plan_get_group (FikaPlan *self);
void fika_plan_set_group (FikaPlan *self, FikaGroup *group);
gboolean fika_plan_get_sample (FikaPlan *self);
void fika_plan_set_sample (FikaPlan *self, gboolean sample);
int64_t fika_plan_get_created (FikaPlan *self);
void fika_plan_set_created (FikaPlan *self, int64_t created);

/* FikaPerson, in the order chosen; belongs to the plan. The setter takes references. */
GPtrArray *fika_plan_get_people (FikaPlan *self);
void fika_plan_set_people (FikaPlan *self, GPtrArray *people);
void fika_plan_add_person (FikaPlan *self, FikaPerson *person);
gboolean fika_plan_has_person (FikaPlan *self, int64_t person);

/* int, minutes before the start, ascending; belongs to the plan. */
GArray *fika_plan_get_leads (FikaPlan *self);
void fika_plan_set_leads (FikaPlan *self, GArray *leads);

char *fika_plan_dup_people_names (FikaPlan *self);
char *fika_plan_dup_display_title (FikaPlan *self);

G_END_DECLS
