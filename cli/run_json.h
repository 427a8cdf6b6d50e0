/* The object "nonpaper.run/1" of the command-line contract. */
#ifndef CLI_RUN_JSON_H
#define CLI_RUN_JSON_H

#include "core/referee/verdict.h"
#include "core/scenario/scenario.h"

void run_json_print(const Scenario *scenario, const Verdict *verdict, uint64_t seed, uint64_t run,
                    const char *record);

#endif
