/* A run that an argument names: RECORD:RUN, or RECORD for its last one. */
#ifndef CLI_RUN_REFERENCE_H
#define CLI_RUN_REFERENCE_H

#include "core/record/record.h"
#include "core/scenario/scenario.h"

typedef struct RunReference {
    char *path;
    Record *record; /* for reading */
    RunRow row;
    Scenario *scenario; /* as it held in the end */
    Text settings;      /* the same: JSON array of "PATH=VALUE" */
} RunReference;

/* `run` 0: what the word says. ERROR_NO_INPUT when there is no such record or run. Finish in either
 * case. */
bool run_reference_open(RunReference *reference, const char *word, uint64_t run, Error *error);
void run_reference_finish(RunReference *reference);

#endif
