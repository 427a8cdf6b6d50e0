/* Pure: two of them that hold out hold out for ever. */
#include "agents/boa.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

static const Parameter parameters[] = {
    {.name = "delta",
     .initial = 1,
     .least = 1,
     .most = BOA_WINDOW,
     .summary = "how many of the other's packages ago lies the step that it imitates"},
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    double numbers[BOA_NUMBERS] = {arguments[0].number};
    BoaSpec spec = {.bidding = "relative_tit_for_tat",
                    .acceptance = "ac_asp",
                    .opponent = "none",
                    .every = arguments[1].number,
                    .table = arguments[2].text,
                    .numbers = numbers};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_relative_tit_for_tat = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "relative_tit_for_tat",
    .summary = "gives as much of its claim as the other gave of its own",
    .source = "Faratin, Sierra and Jennings 1998, relative tit-for-tat",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
