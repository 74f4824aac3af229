#pragma once

#include "store/fika-store.h"

G_BEGIN_DECLS

/*
 * A person in words, as lists and pages say it. Every function returns (transfer full).
 */
char *fika_person_words_status (FikaPerson *person, FikaDay today);
char *fika_person_words_warmth (FikaPerson *person, FikaCatchup *last, FikaDay today);
char *fika_person_words_ties (FikaPerson *person);
char *fika_person_words_occasion (const FikaOccasion *occasion, FikaDay today);
char *fika_person_words_local_time (FikaPerson *person, int64_t now);

G_END_DECLS
