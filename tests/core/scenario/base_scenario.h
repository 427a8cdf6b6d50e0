/* A small good scenario to break in one place at a time, and a catalogue of strategies that do not
 * exist. */
#ifndef TESTS_CORE_SCENARIO_BASE_SCENARIO_H
#define TESTS_CORE_SCENARIO_BASE_SCENARIO_H

#include "core/scenario/scenario.h"

/* Line numbers matter to the tests. */
extern const char base_scenario[];

StrategyCatalogue fake_catalogue(void); /* firm(e, style), plain() */

/* The base scenario with the first `from` replaced by `to`; free with text_finish. */
Text base_with(const char *from, const char *to);

/* Reads text under the name "s.yaml" with the fake catalogue. */
Scenario *base_read(const char *bytes, size_t length, const Setting *settings, size_t setting_count,
                    Text *complaints, Error *error);

#endif
