/* Inside nonpaper sweep: a broker with one set of agent processes, and many runs at once through them. */
#ifndef CLI_SWEEP_TROUPE_H
#define CLI_SWEEP_TROUPE_H

#include "cli/sweep_run.h"
#include "cli/sweep_worker.h"

typedef struct SweepTroupe SweepTroupe;

/* What came of a job. */
typedef struct SweepTurn {
    SweepJob job;
    const SweepRun *run; /* NULL: it cannot be played */
    Error why;
} SweepTurn;

SweepTroupe *sweep_troupe_create(const SweepPlan *plan);
void sweep_troupe_destroy(SweepTroupe *troupe);

/* Plays at most SWEEP_ORDER jobs at once; what came of them is borrowed until the next call. False when asked to stop
 * (ERROR_STOPPED), or when nothing can be played here. */
bool sweep_troupe_play(SweepTroupe *troupe, SweepTurn *turn, uint32_t turns, Error *error);

#endif
