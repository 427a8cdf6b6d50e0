/* The run of a record that a command line means: RECORD [--run ID], by default the last one. */
#ifndef CLI_CHOSEN_RUN_H
#define CLI_CHOSEN_RUN_H

#include "cli/options.h"
#include "core/record/record.h"
#include "core/scenario/scenario.h"

/* Opens the record named by the first argument, for reading, and finds the run. NULL with
 * ERROR_NO_INPUT (no file, no such run) or ERROR_SCENARIO (not a record). */
Record *chosen_run_open(const Options *options, RunRow *row, Error *error);

/* The scenario as it was recorded with the run, settings applied; NULL with an error. Strategy names are
 * not checked: the run may come from a program that knows more of them. */
Scenario *chosen_run_scenario(Record *record, uint64_t run, Error *error);

#endif
