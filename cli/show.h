/* A scenario for people and for programs. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "core/base/json.h"
#include "core/scenario/scenario.h"

void show_scenario(const Scenario *scenario, bool color, Text *out);
/* Adds the members of "nonpaper.show/1" after its schema. */
void show_scenario_json(const Scenario *scenario, Json *json);

#endif
