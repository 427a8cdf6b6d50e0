/* Inside nonpaper sweep: the parent of the workers. Deals jobs, watches, starts a fresh worker where one died, and tries
 * once more, alone, what it was at. */
#ifndef CLI_SWEEP_CREW_H
#define CLI_SWEEP_CREW_H

#include "cli/sweep_plan.h"

/* A job that came to nothing in one attempt. */
typedef struct SweepFailure {
    SweepJob job;
    bool for_good;
    const char *why;
} SweepFailure;

typedef struct SweepWork {
    const uint8_t *done; /* a bit a job number: has an outcome already */
    uint64_t missing;    /* of this shard: to be played */
    uint32_t first_part; /* numbers of parts from here on are free */

    /* What came of it. */
    uint32_t parts; /* the next free number */
    uint64_t played;
    SweepFailure *failure;
    uint32_t failures;
    Arena arena;
} SweepWork;

/* True when everything that could be played was played; ERROR_STOPPED when somebody asked to stop. What was played is in
 * the parts in either case. Finish the work. */
bool sweep_crew_play(const SweepPlan *plan, SweepWork *work, Error *error);
void sweep_work_finish(SweepWork *work);

#endif
