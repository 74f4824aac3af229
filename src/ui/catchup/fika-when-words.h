#pragma once

#include "store/fika-occurrence.h"

G_BEGIN_DECLS

FikaCivil fika_occurrence_here (FikaOccurrence *occurrence);
char *fika_when_words_plan (FikaCivil start,
                            FikaWindow loose,
                            int minutes,
                            const char *rule,
                            int after_days,
                            FikaDay today);
char *fika_when_words_once (FikaCivil start, FikaWindow loose, int minutes);
char *fika_words_sentence (const char *words);

G_END_DECLS
