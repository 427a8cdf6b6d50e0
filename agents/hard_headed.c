/* HardHeaded: accepts what is worth the least that it has tabled, or would. */
#include "agents/boa.h"
#include "agents/strategies.h"
#include "agents/time_dependent.h"

static const Parameter parameters[] = {
    {.name = "e",
     .initial = 0.05,
     .least = 0.01,
     .most = 1,
     .summary = "pace of its limit; the smaller, the later"},
    {.name = "k",
     .initial = 0.05,
     .least = 0,
     .most = 1,
     .summary = "share of the way that its limit has come down at once"},
    PARAMETER_EVERY,
    PARAMETER_TABLE,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    double numbers[BOA_NUMBERS] = {arguments[0].number, arguments[1].number};
    BoaSpec spec = {.bidding = "hard_headed",
                    .acceptance = "ac_low",
                    .opponent = "frequency",
                    .every = arguments[2].number,
                    .table = arguments[3].text,
                    .numbers = numbers};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_hard_headed = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "hard_headed",
    .summary = "walks its best packages up and down until shortly before the deadline",
    .source = "van Krimpen, Looije and Hajizadeh 2013, HardHeaded: A Tough Negotiator, winner of "
              "ANAC 2011",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
