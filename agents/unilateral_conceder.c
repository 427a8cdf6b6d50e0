/* Concedes step by step, whatever the others do: concessions for which nothing is asked. */
#include <assert.h>

#include "agents/steadfast.h"
#include "agents/strategies.h"

typedef struct UnilateralConceder {
    Steadfast steadfast;
    double step;
    SimTime next; /* concession */
} UnilateralConceder;

static_assert(sizeof(UnilateralConceder) <= NP_MAX_STRATEGY_STATE,
              "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "step",
     .initial = 0.05,
     .least = 0,
     .most = 1,
     .summary = "own utility that each concession gives up, down to the reservation value"},
    {.name = "every",
     .initial = 14,
     .least = 0.01,
     .most = 3650,
     .summary = "days between concessions"},
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    UnilateralConceder *self = state;
    self->step = arguments[0].number;
    steadfast_open(&self->steadfast, host, arguments[1].number);
    self->next = self->steadfast.every;
    return true;
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    UnilateralConceder *self = state;
    if (self->steadfast.table.closed) return;
    steadfast_follow(&self->steadfast, host);
    for (; now >= self->next; self->next += self->steadfast.every) {
        steadfast_concede(&self->steadfast, self->step);
        self->steadfast.table.due = now; /* and it is tabled at once */
    }
    steadfast_act(&self->steadfast, host, now, reply);
}

const Strategy strategy_unilateral_conceder = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "unilateral_conceder",
    .summary = "concedes at a steady pace, whatever the others do",
    .parameter = parameters,
    .state_size = sizeof(UnilateralConceder),
    .open = open,
    .observe = steadfast_observe,
    .act = act,
};
