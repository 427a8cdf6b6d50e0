/* The launcher: starts a broker and its agents as processes, tells the broker of agents that end, passes
 * signals on, and leaves nothing behind. */
#ifndef CLI_LAUNCHER_H
#define CLI_LAUNCHER_H

#include "core/base/error.h"
#include "core/base/vocabulary.h"

enum { LAUNCH_CONTROL_FD = 3, LAUNCH_LOCK_FD = 4, LAUNCH_MAX_ARGUMENTS = 192 };

typedef struct LaunchPlan {
    const char *const *broker_arguments; /* after "nonpaper broker"; ends with NULL */
    const char *agent_arguments[4]; /* after "nonpaper agent SEAT --connect ADDRESS"; NULL-ended */
    const char *seat_id[NP_MAX_SEATS];
    const char *record;             /* where the broker records, for advice */
    const char *load[NP_MAX_SEATS]; /* the file that the seat's agent plays, "path#HASH", or NULL */
    const char *program[NP_MAX_SEATS]; /* what is started instead of an agent of ours, or NULL */
    bool trusted;                      /* agents without a sandbox */
    uint8_t seats;
    SeatSet foreign; /* seats whose agents are not started here, but waited for */
    bool one_core;   /* keep all processes on one core: wake-ups are cheaper there */
} LaunchPlan;

/* Runs to the end; returns the broker's exit code, 128 + signal when stopped by one, or the error's. */
int launch(const LaunchPlan *plan, Error *error);

#endif
