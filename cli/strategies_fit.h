/* Do the strategies that a scenario names take their seats in it? Parameters that name a table, a lever or an
 * option can be judged only there. */
#ifndef CLI_STRATEGIES_FIT_H
#define CLI_STRATEGIES_FIT_H

#include "core/scenario/scenario.h"

/* Opens each one as a run with seed 1 would. Adds a warning for each that refuses, and gives their number. */
uint32_t strategies_fit(const Scenario *scenario, const char *path, Text *complaints);

#endif
