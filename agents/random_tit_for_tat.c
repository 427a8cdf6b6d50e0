/* Chance gets two imitators out of a circle. */
#include "agents/boa.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

static const Parameter parameters[] = {
    {.name = "delta",
     .initial = 1,
     .least = 1,
     .most = BOA_WINDOW,
     .summary = "how many of the other's packages ago lies the step that it imitates"},
    {.name = "most",
     .initial = 0.01,
     .least = 0,
     .most = 1,
     .summary = "most own utility by which chance changes it"},
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    double numbers[BOA_NUMBERS] = {arguments[0].number, arguments[1].number};
    BoaSpec spec = {.bidding = "random_tit_for_tat",
                    .acceptance = "ac_asp",
                    .opponent = "none",
                    .every = arguments[2].number,
                    .table = arguments[3].text,
                    .numbers = numbers};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_random_tit_for_tat = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "random_tit_for_tat",
    .summary = "gives as much as the other gave, a little more or less by chance",
    .source = "Faratin, Sierra and Jennings 1998, random absolute tit-for-tat",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
