/* Inside nonpaper sweep: the study in its record. Begun or taken up, what is there of it, what a killed sweep left
 * behind. */
#ifndef CLI_SWEEP_STUDY_H
#define CLI_SWEEP_STUDY_H

#include "cli/sweep_crew.h"
#include "core/record/claim.h"

typedef struct SweepStudy {
    uint64_t study;
    uint64_t repetitions; /* begun, in any cell */
    uint8_t *done;        /* a bit a job number: has an outcome */
    uint64_t missing;     /* of this shard */
    Claims *claims;       /* on the record: one sweep at a time */
} SweepStudy;

/* Begins the study in the plan's record, or with `resume` takes it up, and what workers of a killed sweep have left.
 * ERROR_USAGE when the study is there and is not to be resumed, or is another one. Finish in either case. */
bool sweep_study_begin(SweepStudy *study, const SweepPlan *plan, bool resume, Error *error);
/* Takes over the workers' records and enters what failed. */
bool sweep_study_take(const SweepStudy *study, const SweepPlan *plan, const SweepWork *work,
                      Error *error);
void sweep_study_finish(SweepStudy *study);

#endif
