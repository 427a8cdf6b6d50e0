#include "agents/strategies.h"
#include "agents/time_dependent.h"

static const Parameter parameters[] = {
    PARAMETER_K,
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    time_dependent_open(state, host, 1, arguments[0].number, arguments[1].number);
    return time_dependent_sit(state, host, arguments[2].text, why, why_size);
}

const Strategy strategy_linear = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "linear",
    .summary = "concedes evenly until the deadline",
    .source = TIME_DEPENDENT_SOURCE,
    .parameter = parameters,
    .state_size = sizeof(TimeDependent),
    .open = open,
    .observe = time_dependent_observe,
    .act = time_dependent_act,
};
