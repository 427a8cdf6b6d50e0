/* A scenario that uses every key of the world at least once, to break in one place at a time. */
#ifndef TESTS_CORE_SCENARIO_WORLD_SCENARIO_H
#define TESTS_CORE_SCENARIO_WORLD_SCENARIO_H

#include "tests/core/scenario/base_scenario.h"

/* Line numbers matter to the tests. Read it with the fake catalogue. */
extern const char world_scenario[];

/* It with the first `from` replaced by `to`; free with text_finish. */
Text world_with(const char *from, const char *to);

#endif
