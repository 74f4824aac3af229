#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/**
 * FikaIdList:
 *
 * A GListModel that keeps only ordered ids and fetches live rows lazily. It asks its query again
 * when the store says that something it shows may have changed, and emits the smallest hunks.
 */
#define FIKA_TYPE_ID_LIST (fika_id_list_get_type ())
G_DECLARE_DERIVABLE_TYPE (FikaIdList, fika_id_list, FIKA, ID_LIST, GObject)

struct _FikaIdListClass
{
  GObjectClass parent_class;

  /* (transfer full): the ids now. */
  GArray *(*query) (FikaIdList *self, GError **error);
  /* (transfer full) (nullable): the live object of an id. */
  GObject *(*get) (FikaIdList *self, int64_t id);
  GType (*item_type) (FikaIdList *self);
  /* Whether a change may alter membership or order. */
  gboolean (*affected) (FikaIdList *self, const FikaChangeSet *changes);
};

FikaStore *fika_id_list_get_store (FikaIdList *self);
int64_t fika_id_list_get_id (FikaIdList *self, guint position);
/* The value of GTK_INVALID_LIST_POSITION where it is absent. */
guint fika_id_list_find (FikaIdList *self, int64_t id);
void fika_id_list_requery (FikaIdList *self);

/* People: properties search (string), order (int FikaPeopleOrder), archived (boolean). */
#define FIKA_TYPE_PEOPLE_LIST (fika_people_list_get_type ())
G_DECLARE_FINAL_TYPE (FikaPeopleList, fika_people_list, FIKA, PEOPLE_LIST, FikaIdList)
FikaPeopleList *fika_people_list_new (FikaStore *store);
void fika_people_list_set_search (FikaPeopleList *self, const char *search);
void fika_people_list_set_order (FikaPeopleList *self, FikaPeopleOrder order);
void fika_people_list_set_archived (FikaPeopleList *self, gboolean archived);

/* Groups, by stage then name. */
#define FIKA_TYPE_GROUP_LIST (fika_group_list_get_type ())
G_DECLARE_FINAL_TYPE (FikaGroupList, fika_group_list, FIKA, GROUP_LIST, FikaIdList)
FikaGroupList *fika_group_list_new (FikaStore *store);

/* Catch-ups with a person, or visits to a group, newest first. */
#define FIKA_TYPE_TIMELINE (fika_timeline_get_type ())
G_DECLARE_FINAL_TYPE (FikaTimeline, fika_timeline, FIKA, TIMELINE, FikaIdList)
FikaTimeline *fika_timeline_new_for_person (FikaStore *store, FikaPerson *person);
FikaTimeline *fika_timeline_new_for_group (FikaStore *store, FikaGroup *group);

/**
 * FikaWeek:
 *
 * The seven days from `first` as seven GListModels of FikaOccurrence, kept true as the store
 * changes.
 */
#define FIKA_TYPE_WEEK (fika_week_get_type ())
G_DECLARE_FINAL_TYPE (FikaWeek, fika_week, FIKA, WEEK, GObject)
FikaWeek *fika_week_new (FikaStore *store, FikaDay first);
FikaDay fika_week_get_first (FikaWeek *self);
void fika_week_set_first (FikaWeek *self, FikaDay first);
GListModel *fika_week_get_day (FikaWeek *self, int index); /* (transfer none), 0 to 6 */
gboolean fika_week_is_empty (FikaWeek *self);              /* property "empty" notifies */

G_END_DECLS
