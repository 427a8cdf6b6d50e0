#include "agents/judge.h"
#include "agents/strategies.h"

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)arguments, (void)why, (void)why_size;
    judge_open(state, host, 0, 1);
    return true;
}

const Strategy strategy_hill_climber = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "hill_climber",
    .summary = "prefers a draft of the single text only when it is better than the text",
    .source = JUDGE_SOURCE,
    .state_size = sizeof(Judge),
    .open = open,
    .observe = judge_observe,
    .act = judge_act,
};
