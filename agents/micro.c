/* MiCRO: a strategy that knows neither the clock nor the others. Accepts what is worth the least that it would table itself. */
#include "agents/boa.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

static const Parameter parameters[] = {
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    BoaSpec spec = {.bidding = "micro",
                    .acceptance = "ac_asp",
                    .opponent = "none",
                    .every = arguments[0].number,
                    .table = arguments[1].text};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_micro = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "micro",
    .summary = "goes one package down for each different one that it hears",
    .source = "de Jonge 2022, An Analysis of the Linear Bilateral ANAC Domains Using the MiCRO "
              "Benchmark Strategy",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
