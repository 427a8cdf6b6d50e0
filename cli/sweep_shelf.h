/* Inside nonpaper sweep: cells that were read lately, so that those that are played turn by turn are read once. */
#ifndef CLI_SWEEP_SHELF_H
#define CLI_SWEEP_SHELF_H

#include "cli/sweep_cell.h"
#include "cli/sweep_worker.h"

/* What is taken for the jobs of one order stays until the next. */
enum { SWEEP_SHELF = SWEEP_GROUP + SWEEP_ORDER };

typedef struct SweepShelf {
    SweepCell cell[SWEEP_SHELF];
    uint64_t taken[SWEEP_SHELF]; /* when last; 0: never */
    uint64_t clock;
} SweepShelf;

/* NULL when the job's scenario is none. */
const SweepCell *sweep_shelf_take(SweepShelf *shelf, const SweepPlan *plan, SweepJob job,
                                  Error *error);
void sweep_shelf_finish(SweepShelf *shelf);

#endif
