/* Asks for everything until there is no time left to ask, and then takes what it can get. */
#include <assert.h>

#include "agents/steadfast.h"
#include "agents/strategies.h"

typedef struct Maximalist {
    Steadfast steadfast;
    bool yields;
} Maximalist;

static_assert(sizeof(Maximalist) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "yields",
     .initial = 1,
     .least = 0,
     .most = 1,
     .summary = "1: at the last call it accepts what is worth walking in for; 0: never"},
    PARAMETER_EVERY,
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    Maximalist *self = state;
    self->yields = arguments[0].number >= 0.5;
    steadfast_open(&self->steadfast, host, arguments[1].number);
    return true;
}

/* What it tables stays its best package; only its bar comes down. With turns or in rounds the last call is its
 * last move. */
static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    Maximalist *self = state;
    Steadfast *steadfast = &self->steadfast;
    if (steadfast->table.closed) return;
    steadfast_follow(steadfast, host);
    SimTime after = host->turns || host->rounds ? (SimTime)host->seats * host->delay : 0;
    if (self->yields && now + host->delay + after >= host->deadline) {
        Bar bar = {.target = steadfast->claim.reservation};
        if (table_accept(&steadfast->table, host, now, &bar, reply)) return;
    }
    steadfast_act(steadfast, host, now, reply);
}

const Strategy strategy_maximalist = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "maximalist",
    .summary = "asks for its best package to the last, and then takes what it can get",
    .parameter = parameters,
    .state_size = sizeof(Maximalist),
    .open = open,
    .observe = steadfast_observe,
    .act = act,
};
