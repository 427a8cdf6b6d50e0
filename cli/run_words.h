/* How a recorded run ended, in the words that people and programs read. */
#ifndef CLI_RUN_WORDS_H
#define CLI_RUN_WORDS_H

#include "core/record/record.h"

/* "agreement", "breakdown"; "unfinished" while it has no verdict. */
const char *run_verdict_word(const RunRow *row);
/* "agreement", "walk_out", "deadline"; NULL while it has no verdict. */
const char *run_reason_word(const RunRow *row);
/* "agreement", "breakdown: walk_out (russia)"; returns out. */
char *run_verdict_words(char *out, size_t size, const RunRow *row);

#endif
