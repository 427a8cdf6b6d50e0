#include "agents/judge.h"
#include "agents/strategies.h"

static const Parameter parameters[] = {
    {.name = "temperature",
     .initial = 0.1,
     .least = 0,
     .most = 100,
     .summary = "own utility that it may lose by a draft with a chance of 1/e, at first"},
    {.name = "cooling",
     .initial = 0.97,
     .least = 0,
     .most = 1,
     .summary = "factor by which the temperature falls with every draft"},
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    judge_open(state, host, arguments[0].number, arguments[1].number);
    return true;
}

const Strategy strategy_annealer = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "annealer",
    .summary = "takes worse drafts of the single text too, with the chance e^(du/T), T falling",
    .source = JUDGE_SOURCE,
    .parameter = parameters,
    .state_size = sizeof(Judge),
    .open = open,
    .observe = judge_observe,
    .act = judge_act,
};
