/* "boulware(e=0.2)": the text that names a strategy and its parameters. */
#ifndef CORE_SCENARIO_STRATEGY_SPEC_H
#define CORE_SCENARIO_STRATEGY_SPEC_H

#include "core/scenario/scenario.h"

/* What is wrong with a specification, and where in it. */
typedef struct SpecFault {
    uint32_t from, length;
    char sentence[400];
} SpecFault;

/* As strategy_spec_parse, with the place of the fault. An empty catalogue: only the form is checked, and
 * *strategy is NULL. */
bool spec_read(const char *spec, StrategyCatalogue catalogue, const Strategy **strategy,
               Argument arguments[NP_MAX_PARAMETERS], SpecFault *fault);

#endif
