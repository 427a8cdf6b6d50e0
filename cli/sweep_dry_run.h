/* nonpaper sweep --dry-run: what would be played, and how long it may take. Nothing is recorded. */
#ifndef CLI_SWEEP_DRY_RUN_H
#define CLI_SWEEP_DRY_RUN_H

#include "cli/sweep_plan.h"

/* Gives the exit code. */
int sweep_dry_run(const SweepPlan *plan);

#endif
