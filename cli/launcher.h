/* The launcher: starts a broker and its agents as processes, tells the broker of agents that end, passes
 * signals on, and leaves nothing behind. */
#ifndef CLI_LAUNCHER_H
#define CLI_LAUNCHER_H

#include "cli/troupe.h"

enum { LAUNCH_CONTROL_FD = 3, LAUNCH_LOCK_FD = 4, LAUNCH_MAX_ARGUMENTS = 192 };

typedef struct LaunchPlan {
    const char *const *broker_arguments; /* after "nonpaper broker"; ends with NULL */
    TroupePlan cast;                     /* all but the address */
    const char *record;                  /* where the broker records, for advice */
    bool one_core; /* keep all processes on one core: wake-ups are cheaper there */
} LaunchPlan;

/* Runs to the end; returns the broker's exit code, 128 + signal when stopped by one, or the error's. */
int launch(const LaunchPlan *plan, Error *error);

#endif
