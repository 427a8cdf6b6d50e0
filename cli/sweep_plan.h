/* Inside nonpaper sweep: what is to be played. A scenario file under the settings that the command line gives, the
 * design over its factors, and the jobs: (cell, repetition) pairs. Not for other commands. */
#ifndef CLI_SWEEP_PLAN_H
#define CLI_SWEEP_PLAN_H

#include "cli/request.h"
#include "core/record/study.h"
#include "core/study/design.h"

/* Cells that are played turn by turn, repetition after repetition; what is read of them is kept as long. */
enum { SWEEP_GROUP = 64, SWEEP_MOST_WORKERS = 256 };
#define SWEEP_MOST_JOBS 1000000000ull

typedef struct SweepJob {
    uint64_t cell, repetition;
} SweepJob;

typedef struct SweepPlan {
    const Options *options;
    PlayRequest base; /* the scenario file with nothing varied */
    Arena arena;
    Factor *factor;
    uint32_t factors;
    DesignKind kind;
    Design *design;
    Shard shard;
    uint64_t seed, points, cells, repetitions;
    uint32_t workers;
    bool full;                    /* every event is recorded, and not outcomes only */
    bool processes;               /* in the lane of processes */
    bool draws;                   /* something is drawn anew for each repetition */
    uint8_t share[NP_MAX_ISSUES]; /* issues whose options are counted, [shares] */
    uint32_t shares;
    Text settings; /* that hold in every cell: a JSON array */
    Text words;    /* canonical JSON: what decides what comes out */
    Digest hash;   /* of the words: names the study */
} SweepPlan;

/* From the options; complaints go to stderr. False after saying why; *code is then the exit code. Finish in either
 * case. */
bool sweep_plan_read(SweepPlan *plan, const Options *options, int *code);
/* Are the cells sound? All of them where they are few; otherwise every level once, or the first cells. Complaints go
 * to stderr. */
bool sweep_plan_check(const SweepPlan *plan, Error *error);
void sweep_plan_finish(SweepPlan *plan);

const Terms *sweep_plan_terms(const SweepPlan *plan);
/* As it is entered into records; borrows from the plan. */
StudyHeader sweep_plan_header(const SweepPlan *plan);

/* Jobs in the order in which they are played, whether they belong to this shard or not. */
uint64_t sweep_plan_jobs(const SweepPlan *plan);
SweepJob sweep_plan_job(const SweepPlan *plan, uint64_t place);
/* repetition * cells + cell: the job's number in every order. */
uint64_t sweep_job_number(const SweepPlan *plan, SweepJob job);

#endif
