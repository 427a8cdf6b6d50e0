/* Inside nonpaper sweep: a job made playable. The scenario file once more, under the given settings, those of the cell,
 * and what is drawn for the repetition. */
#ifndef CLI_SWEEP_CELL_H
#define CLI_SWEEP_CELL_H

#include "cli/setting_list.h"
#include "cli/sweep_plan.h"

typedef struct SweepCell {
    bool read;
    SweepJob job;
    Text settings; /* all of them, as recorded with a run */
    Text drawn;    /* of this repetition only: a JSON array */
    Scenario *scenario;
    Cast cast;
} SweepCell;

/* `cell` is zeroed. The scenario's own complaints go to `complaints`; what it comes to is in the error. Finish in
 * either case. */
bool sweep_cell_read(SweepCell *cell, const SweepPlan *plan, SweepJob job, Text *complaints,
                     Error *error);
void sweep_cell_finish(SweepCell *cell);
/* Does it serve another job as well? */
bool sweep_cell_serves(const SweepCell *cell, const SweepPlan *plan, SweepJob job);

/* The same, when a job is reached: the complaint that says what is wrong becomes the error. */
bool sweep_cell_open(SweepCell *cell, const SweepPlan *plan, SweepJob job, Error *error);

/* The settings of the cell alone, and of those the value of a factor: "drawn" where each repetition has its own. Finish
 * the list. */
void sweep_cell_values(const SweepPlan *plan, uint64_t cell, SettingList *list);
const char *sweep_cell_value(const SweepPlan *plan, const SettingList *list, uint32_t factor);
/* JSON: settings of the cell alone, and its factors as numbers, {path: number or null}. */
void sweep_cell_words(const SweepPlan *plan, uint64_t cell, Text *settings, Text *numbers);
/* The line that plays the job alone, and records it. */
void sweep_cell_command(const SweepPlan *plan, SweepJob job, Text *out);

#endif
