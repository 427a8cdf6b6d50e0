/* The object "nonpaper.run/1" of the command-line contract. */
#ifndef CLI_RUN_JSON_H
#define CLI_RUN_JSON_H

#include "core/base/text.h"
#include "core/referee/event.h"
#include "core/referee/verdict.h"
#include "core/scenario/scenario.h"

/* The seats whose agents failed in talks that went on, and why. */
typedef struct RunFaults {
    SeatSet seats;
    Text text[NP_MAX_SEATS];
} RunFaults;

void run_faults_note(RunFaults *faults, const Event *event);
void run_faults_finish(RunFaults *faults);

void run_json_print(const Scenario *scenario, const Verdict *verdict, const RunFaults *faults,
                    uint64_t seed, uint64_t run, const char *record);

#endif
