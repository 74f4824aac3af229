#pragma once

#include "ui/fika-main-window.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * FikaTopicList:
 *
 * What to bring up with a person next time, and what was promised either way: tick when done, add
 * in one line.
 */
#define FIKA_TYPE_TOPIC_LIST (fika_topic_list_get_type ())
G_DECLARE_FINAL_TYPE (FikaTopicList, fika_topic_list, FIKA, TOPIC_LIST, AdwPreferencesGroup)

void fika_topic_list_set_person (FikaTopicList *self, FikaMainWindow *window, FikaPerson *person);

G_END_DECLS
