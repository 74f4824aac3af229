#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/* A group in words. Every function returns (transfer full). */
char *fika_group_words_next_step (FikaGroup *group, FikaDay today);
char *fika_group_words_next_session (FikaStore *store, FikaGroup *group);
char *fika_group_words_about (FikaGroup *group);
char *fika_group_words_hours (FikaStore *store, FikaGroup *group);

G_END_DECLS
