/* Chance as a strategy: what every other is to be better than. */
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
    BoaSpec spec = {.bidding = "random_walker",
                    .acceptance = "ac_next",
                    .opponent = "none",
                    .every = arguments[0].number,
                    .table = arguments[1].text};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_random_walker = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "random_walker",
    .summary = "tables any package that is worth walking in for, drawn evenly",
    .source = "Baarslag, Hindriks and Jonker 2013, Random Walker",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
