/* Talks, and concedes nothing. Talk does not count when it is asked whether talks have stalled. */
#include <assert.h>

#include "agents/steadfast.h"
#include "agents/strategies.h"

typedef struct Staller {
    Steadfast steadfast;
    SimTime next;    /* when to say the next thing */
    uint32_t spoken; /* demands made */
} Staller;

static_assert(sizeof(Staller) <= NP_MAX_STRATEGY_STATE, "a strategy's state has a bound");

static const Parameter parameters[] = {
    {.name = "every",
     .initial = 14,
     .least = 0.01,
     .most = 3650,
     .summary = "days between demands that it repeats"},
    {.name = NULL},
};

static bool open(void *state, const Host *host, const Argument *arguments, char *why,
                 size_t why_size) {
    (void)why, (void)why_size;
    Staller *self = state;
    steadfast_open(&self->steadfast, host, arguments[0].number);
    return true;
}

/* It goes through its best package, issue by issue, and begins again. */
static void talk(Staller *self, const Host *host, SimTime now, Reply *reply) {
    Outcome best;
    if (now < self->next || !host->best(host, &best)) return;
    self->next = now + self->steadfast.every;
    Action *action = reply_add(reply, NP_STATEMENT);
    if (action == NULL) return;
    action->statement = NP_SAY_DEMAND;
    action->issue = (uint8_t)(self->spoken++ % host->issues);
    action->option = best.option[action->issue];
    action->lever = NP_NO_LEVER;
}

static void act(void *state, const Host *host, SimTime now, Reply *reply) {
    Staller *self = state;
    if (self->steadfast.table.closed) return;
    talk(self, host, now, reply);
    steadfast_act(&self->steadfast, host, now, reply);
    if (self->next < reply->wake_at && self->next < host->deadline) reply->wake_at = self->next;
}

const Strategy strategy_staller = {
    .abi = NP_STRATEGY_ABI,
    .size = sizeof(Strategy),
    .name = "staller",
    .summary = "talks and repeats its demands, but concedes nothing",
    .parameter = parameters,
    .state_size = sizeof(Staller),
    .open = open,
    .observe = steadfast_observe,
    .act = act,
};
