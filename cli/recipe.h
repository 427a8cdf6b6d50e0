/* How to play a recorded run again, from its record alone: the scenario's text and the commands, the first
 * ancestor's first. */
#ifndef CLI_RECIPE_H
#define CLI_RECIPE_H

#include "core/base/memory.h"
#include "core/record/record.h"

enum { RECIPE_MAX_STEPS = 32 };

typedef struct Recipe {
    Text scenario;
    char scenario_file[96], record_file[96]; /* names for both */
    const char *command[RECIPE_MAX_STEPS];
    uint32_t steps;
    RunRow row[RECIPE_MAX_STEPS]; /* the run that each command plays */
    Arena arena;
} Recipe;

/* ERROR_NO_INPUT when an ancestor is in another record. Finish in either case. */
bool recipe_write(Recipe *recipe, Record *record, const RunRow *row, Error *error);
void recipe_finish(Recipe *recipe);

#endif
