#pragma once

#include "store/fika-person.h"

G_BEGIN_DECLS

/**
 * FikaMember:
 *
 * A person in a group. `since` and `until` are FIKA_DAY_NONE where unknown.
 */
typedef struct
{
  FikaPerson *person;
  char *role;
  FikaDay since;
  FikaDay until;
} FikaMember;

FikaMember *fika_member_new (FikaPerson *person, const char *role, FikaDay since, FikaDay until);
FikaMember *fika_member_copy (const FikaMember *self);
gboolean fika_member_equal (const FikaMember *a, const FikaMember *b);
void fika_member_free (FikaMember *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FikaMember, fika_member_free)

/**
 * FikaGroup:
 *
 * Something to belong to. Live when a store gave it, a draft otherwise.
 *
 * Properties, readable and writable, with notify: name, next-step, place, link, cost, notes,
 * goal-period (strings, never NULL), group-type, stage (int enums), next-step-day (int FikaDay),
 * travel-minutes, size (int, -1 = unsaid), lively, online (int, see the schema), private-group,
 * archived, sample (boolean), goal-minutes (int). Set by the store: id, uid, created.
 */
#define FIKA_TYPE_GROUP (fika_group_get_type ())
G_DECLARE_FINAL_TYPE (FikaGroup, fika_group, FIKA, GROUP, GObject)

FikaGroup *fika_group_new (const char *name);
FikaGroup *fika_group_copy (FikaGroup *self);
void fika_group_rebase (FikaGroup *self, FikaGroup *live);
int64_t fika_group_get_id (FikaGroup *self);
const char *fika_group_get_uid (FikaGroup *self);
void fika_group_set_uid (FikaGroup *self, const char *uid);
const char *fika_group_get_name (FikaGroup *self);
void fika_group_set_name (FikaGroup *self, const char *name);
FikaGroupType fika_group_get_group_type (FikaGroup *self);
FikaStage fika_group_get_stage (FikaGroup *self);
void fika_group_set_stage (FikaGroup *self, FikaStage stage);
const char *fika_group_get_next_step (FikaGroup *self);
FikaDay fika_group_get_next_step_day (FikaGroup *self);
const char *fika_group_get_place (FikaGroup *self);
const char *fika_group_get_link (FikaGroup *self);
const char *fika_group_get_cost (FikaGroup *self);
int fika_group_get_travel_minutes (FikaGroup *self);
int fika_group_get_size (FikaGroup *self);
int fika_group_get_lively (FikaGroup *self);
int fika_group_get_online (FikaGroup *self);
gboolean fika_group_get_private_group (FikaGroup *self);
int fika_group_get_goal_minutes (FikaGroup *self);
const char *fika_group_get_goal_period (FikaGroup *self);
const char *fika_group_get_notes (FikaGroup *self);
gboolean fika_group_get_archived (FikaGroup *self);
gboolean fika_group_get_sample (FikaGroup *self);
int64_t fika_group_get_created (FikaGroup *self);
void fika_group_set_created (FikaGroup *self, int64_t created);

/* Lists belong to the group: FikaContact, char* (interests, values), FikaMember. Setters copy. */
GPtrArray *fika_group_get_contacts (FikaGroup *self);
void fika_group_set_contacts (FikaGroup *self, GPtrArray *contacts);
GPtrArray *fika_group_get_interests (FikaGroup *self);
void fika_group_set_interests (FikaGroup *self, GPtrArray *interests);
GPtrArray *fika_group_get_values (FikaGroup *self);
void fika_group_set_values (FikaGroup *self, GPtrArray *values);
GPtrArray *fika_group_get_members (FikaGroup *self);
void fika_group_set_members (FikaGroup *self, GPtrArray *members);

G_END_DECLS
