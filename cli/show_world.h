/* What a scenario says of what is outside the table, for people and for programs: the world, closed
 * tables, the enforcement of a deal, types, later steps. */
#ifndef CLI_SHOW_WORLD_H
#define CLI_SHOW_WORLD_H

#include "core/base/json.h"
#include "core/scenario/scenario.h"

/* Adds sections; nothing for a scenario that has none of it. */
void show_world(const Scenario *scenario, bool color, Text *out);
void show_enforcement(const Scenario *scenario, bool color, Text *out);
/* Adds the members "world", "tables", "enforcement", "types", "later_steps", where there are such things. */
void show_world_json(const Scenario *scenario, Json *json);
void show_enforcement_json(const Scenario *scenario, Json *json);

/* Values of the variables when the talks open; [NP_MAX_VARIABLES] */
void show_opening(const Negotiation *negotiation, double *value);
/* The share of time that a peace is expected to hold, with that option and the status quo elsewhere. */
double show_share(const Negotiation *negotiation, uint8_t issue, uint8_t option);
/* Does any option of the issue bear on the hazard of renewed war? */
bool show_guarantees(const Negotiation *negotiation, uint8_t issue);

/* What could be agreed, in short. */
void show_yardstick(const Scenario *scenario, bool color, Text *out);
void show_yardstick_json(const Scenario *scenario, Json *json);

#endif
