#pragma once

#include "base/fika-civil.h"

G_BEGIN_DECLS

char *fika_when_words_plan (FikaCivil start,
                            FikaWindow loose,
                            int minutes,
                            const char *rule,
                            int after_days,
                            FikaDay today);
char *fika_when_words_once (FikaCivil start, FikaWindow loose, int minutes);
char *fika_words_sentence (const char *words);

G_END_DECLS
