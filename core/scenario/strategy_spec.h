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

/* As spec_read for what comes after the name: the strategy is known already. */
bool spec_read_for(const char *spec, const Strategy *strategy,
                   Argument arguments[NP_MAX_PARAMETERS], SpecFault *fault);

/* The first parenthesis in a value that is never closed; NULL when all are. Parts are specifications themselves:
 * "boa(bidding=boulware(e=0.2), acceptance=ac_next)". */
const char *spec_unclosed(const char *value);

/* What the name of a specification stands for: whatever ends in .lua or .so is such a file; any other that
 * holds a '/', or ends in .py, .js or .sh, is a program. "#…", a file's hash, may follow. */
typedef enum SpecKind { SPEC_BUILT_IN, SPEC_SCRIPT, SPEC_PLUGIN, SPEC_PROGRAM } SpecKind;
SpecKind spec_kind(const char *spec);

/* The name alone, "dir/mine.so#0123456789abcdef"; false when it is longer than the room for it. */
bool spec_word(const char *spec, char *out, size_t size);
/* What follows the name: "(…)" or "". */
const char *spec_rest(const char *spec);

#endif
