#include "agents/strategies.h"
#include "agents/time_dependent.h"

static const Parameter parameters[] = {
    {.name = "e",
     .initial = 2,
     .least = 1,
     .most = 100,
     .summary = "pace of concession; the smaller, the later"},
    PARAMETER_K,
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    time_dependent_open(state, host, arguments[0].number, arguments[1].number, arguments[2].number);
    return time_dependent_sit(state, host, arguments[3].text, why, why_size);
}

const Strategy strategy_conceder = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "conceder",
    .summary = "concedes most of its way early",
    .source = TIME_DEPENDENT_SOURCE,
    .parameter = parameters,
    .state_size = sizeof(TimeDependent),
    .open = open,
    .observe = time_dependent_observe,
    .act = time_dependent_act,
};
