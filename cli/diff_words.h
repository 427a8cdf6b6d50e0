/* A comparison of two runs, for people and for programs. */
#ifndef CLI_DIFF_WORDS_H
#define CLI_DIFF_WORDS_H

#include "cli/difference.h"

typedef struct Comparison {
    RunReference run[2];
    SettingList list[2];
    SettingPair setting[2 * SETTING_LIST_MAX];
    size_t settings;
    Difference difference;
} Comparison;

void diff_words(const Comparison *comparison);
void diff_json(const Comparison *comparison);

/* What the seat of that id plays in a run; NULL when there is no such seat. */
const char *diff_strategy(const RunRow *row, const char *seat);
/* Every seat id of either run, the first one's first; gives their number. */
size_t diff_seats(const Comparison *comparison, const char *seat[2 * NP_MAX_SEATS]);
/* Its utility at the end; UTILITY_NONE where it has none. */
Utility diff_utility(const RunRow *row, const char *seat);

#endif
