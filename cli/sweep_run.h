/* Inside nonpaper sweep: one job while it is played, and how it is entered into a record. */
#ifndef CLI_SWEEP_RUN_H
#define CLI_SWEEP_RUN_H

#include "cli/sweep_cell.h"

typedef struct SweepRun {
    SweepJob job;
    uint64_t seed;
    const SweepCell *cell;
    Script script; /* its events, where they are recorded or somebody may take over */
    Verdict verdict;
    bool faulty;                    /* some agent failed in it */
    char fault[EVENT_MAX_TEXT + 1]; /* what went wrong, of the last that failed */
} SweepRun;

/* A job's run begins; the script keeps its memory from run to run. */
void sweep_run_begin(SweepRun *run, const SweepPlan *plan, const SweepCell *cell, SweepJob job);
void sweep_run_finish(SweepRun *run);
/* What a broker's sink says of it. */
void sweep_run_events(SweepRun *run, bool kept, const Event *events, const uint8_t *bytes,
                      const uint32_t *offsets, uint32_t count);
/* Adds to `out` why it has no result: "the agent of upper failed: …". False when no fault has ended it. */
bool sweep_run_fault(const SweepRun *run, Text *out);
/* Adds its events so far, for who takes over. */
void sweep_run_recall(const SweepRun *run, Script *script);
/* Are its events to be kept? */
bool sweep_run_keeps(const SweepRun *run, const SweepPlan *plan);
/* Enters the run, where runs are recorded, and its outcome. Nothing of it is in the record before its end. */
bool sweep_run_enter(const SweepRun *run, const SweepPlan *plan, Record *record, uint64_t study,
                     Error *error);

#endif
