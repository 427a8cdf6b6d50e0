/* Inside nonpaper sweep: one process of several. Orders come in, runs are played, outcomes go into a record of its own;
 * what is safe there is reported. */
#ifndef CLI_SWEEP_WORKER_H
#define CLI_SWEEP_WORKER_H

#include <stdatomic.h>

#include "cli/sweep_plan.h"

enum { SWEEP_ORDER = 32, SWEEP_WHY = 512 };

/* From the crew: jobs to be played in this order. None: there is nothing left to do. */
typedef struct SweepOrder {
    uint32_t jobs;
    SweepJob job[SWEEP_ORDER];
} SweepOrder;

typedef enum SweepNews {
    SWEEP_SAFE,   /* so many jobs are done, and safe from the death of this process */
    SWEEP_FAILED, /* a job cannot be played; it counts as done */
    SWEEP_BROKEN  /* nothing more can be done here */
} SweepNews;

typedef struct SweepReport {
    SweepNews news;
    uint64_t done; /* SAFE: in all */
    SweepJob job;  /* FAILED */
    ErrorKind kind;
    char why[SWEEP_WHY];
} SweepReport;

/* Shared with the crew, and left when the worker dies: how many jobs it had begun. */
typedef struct SweepMark {
    _Atomic uint64_t begun;
} SweepMark;

/* Plays what the socket (SOCK_SEQPACKET) orders into the record `part`, until there is nothing left, somebody asks to
 * stop, or the other end is closed. Gives the exit code. */
int sweep_work(const SweepPlan *plan, const char *part, int socket, SweepMark *mark);

#endif
