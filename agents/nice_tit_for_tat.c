/* Nice Tit for Tat: reciprocates, and helps the other to what it seems to want. */
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
    BoaSpec spec = {.bidding = "nice_tit_for_tat",
                    .acceptance = "ac_combi(t=0.99)",
                    .opponent = "scalable_bayesian",
                    .every = arguments[0].number,
                    .table = arguments[1].text};
    return boa_open(state, host, &spec, why, why_size);
}

const Strategy strategy_nice_tit_for_tat = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "nice_tit_for_tat",
    .summary = "comes as far towards the Nash point as the other has come",
    .source = "Baarslag, Hindriks and Jonker 2013, A Tit for Tat Negotiation Strategy for "
              "Real-Time Bilateral Negotiations",
    .parameter = parameters,
    .state_size = sizeof(Boa),
    .open = open,
    .observe = boa_observe,
    .act = boa_act,
};
